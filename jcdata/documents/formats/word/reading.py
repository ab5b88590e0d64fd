"""Word files: paragraphs and tables in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from jcdata.documents.formats import mhtml
from jcdata.documents.formats.decoding import decode
from jcdata.documents.formats.detection import Format, detect
from jcdata.documents.formats.html import reading as html
from jcdata.documents.formats.left_out import without_marks
from jcdata.documents.formats.rows import (
    MAX_COLUMNS,
    Cell,
    Row,
    bounded,
    counted_on,
    table_rows,
    tidy,
)
from jcdata.documents.formats.word.boxes import M, is_floating, is_large_picture, is_watermark
from jcdata.documents.formats.word.numbering import Numbering
from jcdata.documents.formats.word.paragraphs import Paragraph, Text, pieces_of
from jcdata.documents.formats.word.parts import Parts, R, W, number_of, value_of
from jcdata.documents.formats.word.styles import PAPER, Styles, ground_of
from jcdata.documents.formats.word.symbols import UNNAMED, symbol, with_symbols
from jcdata.documents.formats.word.tables import (
    CELL,
    FALLBACK,
    ROW,
    SKIPPED,
    TABLE,
    PlacedCell,
    has_choice,
    has_columns,
    has_text,
    inside,
    is_gone,
    joined_downwards,
)
from jcdata.errors import DocumentError
from jcdata.messages import Message

MAX_NESTED = 40  # tables and text boxes, one in the other
MAX_DOCUMENTS = 3  # one taken in by the other
MARKS_PER_FILE, BYTES_PER_MARK = 10_000, 32  # what a file that is taken in counts for
_PARAGRAPH, _BOX, _FIELD = W + "p", W + "txbxContent", W + "fldChar"
_SIGNS = {
    W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", M + "den": "/",
}  # fmt: skip
_LINE_END = re.compile(r"\r\n|\n|\r")
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}


def read_rows(data: bytes) -> tuple[list[Row], list[Message]]:
    """The rows of a document, and what was done to read the files that it takes in.

    Raises DocumentError for one that is damaged, encrypted, or unpacks to an absurd size.
    """
    reader = _Reader(Parts(data))
    return list(bounded(reader.rows())), reader.notes


class _Reader:
    """Reads a document from its beginning to its end."""

    def __init__(self, parts: Parts, depth: int = 0) -> None:
        self._parts = parts
        self._depth = depth  # of documents inside others
        self._root = parts.document()
        self._styles = Styles(parts.beside("styles"))
        self._numbering = Numbering(parts.beside("numbering"))
        self._notes: dict[str, dict[str, etree._Element]] = {}
        self._notes_due: list[etree._Element] = []
        self._boxes: list[Row] = []  # what floats beside the cells of a row
        self._left_out: set[str] = set()  # since the last row or cell
        self._tables = 0
        self.notes: list[Message] = []  # on the files that it takes in

    def rows(self) -> Iterator[Row]:
        """The rows of the document."""
        has_background = self._root.find(W + "background") is not None
        last: Row | None = None
        for row in self._flow(self._root, 0, None if has_background else PAPER, is_body=True):
            if last is not None:
                yield last
            last = row
        if last is not None:
            yield last._replace(left_out=last.left_out | self._left_out)

    def _flow(
        self, root: etree._Element, depth: int, ground: float | None, is_body: bool = False, in_cell: bool = False
    ) -> Iterator[Row]:  # fmt: skip
        """The paragraphs and tables inside an element, one after another; a paragraph follows its text boxes."""
        paragraph: Paragraph | None = None
        begun: list[Text] = []  # of paragraphs whose end is not seen
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "end":
                if tag == _PARAGRAPH and paragraph is not None:
                    begun += self._texts_of(paragraph)
                    if not paragraph.is_joined:
                        yield from self._lines(begun)
                        begun = []
                    paragraph = None
                    if is_body:
                        yield from self._read_notes(depth)
            elif tag in SKIPPED or (tag == FALLBACK and has_choice(element)):
                walk.skip_subtree()
            elif tag == TABLE and depth < MAX_NESTED:
                yield from self._lines(begun)
                begun = []
                yield from self._read_table(element, depth + 1, ground)
                walk.skip_subtree()
                if is_body:
                    yield from self._read_notes(depth)
            elif tag == _BOX and element is not root and depth < MAX_NESTED:
                rows = self._read_box(element, depth + 1)
                if in_cell and is_floating(element):
                    self._boxes += rows
                else:
                    yield from rows
                walk.skip_subtree()
            elif tag == W + "altChunk":
                yield from self._read_chunk(element)
            elif tag == _PARAGRAPH:
                paragraph = Paragraph(element, self._styles, ground)
            elif paragraph is not None and not self._take(element, paragraph):
                walk.skip_subtree()
        yield from self._lines(begun)

    def _take(self, element: etree._Element, paragraph: Paragraph) -> bool:
        """Take an element inside a paragraph; False if what is inside it is not read."""
        tag = element.tag
        if tag == W + "r":
            kind = paragraph.begin_run(element)
            if kind and next(element.iter(W + "t", W + "sym"), None) is not None:
                self._left_out.add(kind)
            for mark in element.iterchildren(_FIELD) if kind else ():
                paragraph.take_field(mark, is_shown=False)
            return kind is None and not self._is_own_mark(element)
        if tag in (W + "t", M + "t"):
            font = _attribute_of(element.getparent(), "rFonts", "ascii")
            text = with_symbols(element.text or "", font)
            if UNNAMED in text:
                self._left_out.add("unnamed")
            paragraph.add(text, is_raised=tag == M + "t" and _is_exponent(element))
        elif tag in _SIGNS:
            paragraph.add(_SIGNS[tag])
        elif tag == W + "sym":
            paragraph.add(self._symbol(element))
        elif tag == _FIELD:
            paragraph.take_field(element)
        elif tag == W + "instrText":
            paragraph.add_code(element.text or "")
        elif tag in _NOTES:
            self._refer(element)
        elif tag == W + "object" or is_large_picture(element):
            self._left_out.add("picture")
        return True

    def _texts_of(self, paragraph: Paragraph) -> list[Text]:
        label = paragraph.label(self._numbering)
        return [Text(label, paragraph.plain), *paragraph.texts] if label else paragraph.texts

    def _lines(self, texts: list[Text]) -> Iterator[Row]:
        """The lines of a paragraph."""
        if not texts:
            return
        text, has_marks = without_marks(list(pieces_of(texts)))
        if has_marks:
            self._left_out.add("mark")
        for line in text.split("\n"):
            if shown := tidy(line):
                yield Row(cells=(shown,), left_out=self._take_left_out())

    def _take_left_out(self) -> frozenset[str]:
        taken = frozenset(self._left_out)
        self._left_out.clear()
        return taken

    def _read_box(self, box: etree._Element, depth: int) -> list[Row]:
        """The lines of a text box, on a ground that is not known; none if it is a watermark."""
        if is_watermark(box):
            self._left_out.add("watermark")
            return []
        return list(self._flow(box, depth, None))

    def _symbol(self, element: etree._Element) -> str:
        try:
            sign = symbol(int(element.get(W + "char", ""), 16), element.get(W + "font", ""))
        except (ValueError, OverflowError):
            sign = UNNAMED
        if sign == UNNAMED:
            self._left_out.add("unnamed")
        return sign

    def _is_own_mark(self, run: etree._Element) -> bool:
        """Whether a run refers to a note by a mark of its own, which follows; the note is then due."""
        for tag in _NOTES:
            reference = run.find(tag)
            if reference is not None and reference.get(W + "customMarkFollows") in (
                "1",
                "true",
                "on",
            ):
                self._refer(reference)
                return True
        return False

    def _refer(self, reference: etree._Element) -> None:
        """Note the reference to a footnote, to be read after what it stands in."""
        kind = _NOTES[reference.tag]
        if kind not in self._notes:
            root = self._parts.beside(kind)
            found = () if root is None else root.iterchildren(W + kind[:-1])
            self._notes[kind] = {note.get(W + "id", ""): note for note in found}
        self._left_out.add("mark")
        note = self._notes[kind].pop(reference.get(W + "id", ""), None)
        if note is not None:
            self._notes_due.append(note)

    def _read_notes(self, depth: int) -> Iterator[Row]:
        while self._notes_due:
            yield from self._flow(self._notes_due.pop(0), depth + 1, PAPER)

    def _read_chunk(self, element: etree._Element) -> Iterator[Row]:
        """The rows of a file that the document takes in as it stands."""
        target = self._parts.targets.get(element.get(R + "id", ""))
        self._parts.take_marks(MARKS_PER_FILE)
        reading = None if target is None else self._read_file(self._parts.content(target.name))
        if target is None or reading is None:
            self._left_out.add("elsewhere")
            return
        rows, notes = reading
        self.notes += [Message(f"{target.name}: {n.en}", f"{target.name}：{n.zh}") for n in notes]
        for row in counted_on(rows, self._tables):
            self._tables = max(self._tables, row.table or 0)
            yield row._replace(left_out=row.left_out | self._take_left_out())

    def _read_file(self, content: bytes | None) -> tuple[list[Row], Iterable[Message]] | None:
        """The rows of another file in this one, and notes on it; None if it is damaged, missing, or not read."""
        if content is None or self._depth >= MAX_DOCUMENTS:
            return None
        try:
            kind = detect(content)
            if kind == Format.WORD:
                parts = Parts(content, self._parts.marks_left)
                reader = _Reader(parts, self._depth + 1)
                rows = list(bounded(reader.rows()))
                self._parts.marks_left = parts.marks_left
                return rows, reader.notes
            self._parts.take_marks(len(content) // BYTES_PER_MARK)
            if kind == Format.HTML:
                return html.read_rows(content)
            if kind == Format.MHTML:
                return mhtml.read_rows(content)
            if kind == Format.TEXT:
                text, notes = decode(content)
                lines = map(tidy, _LINE_END.split(text))
                return [Row(cells=(line,)) for line in lines if line], notes
        except DocumentError:
            return None
        return None

    def _read_table(self, table: etree._Element, depth: int, ground: float | None) -> Iterator[Row]:
        """A table's rows. A row of one cell is layout, as is one that holds another table: its blocks follow one another."""
        shade = ground_of(table.find(W + "tblPr"))
        below = ground if shade is None else shade
        if self._styles.is_shaded(table):
            below = None
        number: int | None = None
        rows: list[list[PlacedCell] | Row] = []
        for row in inside(table, ROW):
            if is_gone(row):
                self._left_out.add("hidden")
                continue
            cells = list(inside(row, CELL))
            if len(cells) < 2 or any(map(has_columns, row.iter(TABLE))):
                rows += self._flow(row, depth, below)
                continue
            if number is None:
                self._tables += 1
                number = self._tables
            placed = self._read_cells(row, cells, depth, below)
            rows += self._boxes
            self._boxes = []
            rows.append(placed)
        yield from table_rows([joined_downwards(rows)], number or 0)

    def _read_cells(
        self, row: etree._Element, cells: Sequence[etree._Element], depth: int, ground: float | None
    ) -> list[PlacedCell]:
        placed: list[PlacedCell] = []
        column = min(max(0, number_of(row, "trPr", "gridBefore") or 0), MAX_COLUMNS)
        if column:
            placed.append(PlacedCell(0, Cell(text="", column_span=column), is_continued=False))
        for element in cells:
            properties = element.find(W + "tcPr")
            if properties is not None and properties.find(W + "cellDel") is not None:
                continue
            span = min(max(1, number_of(properties, "gridSpan") or 1), MAX_COLUMNS)
            if value_of(properties, "hMerge") in ("continue", "") and placed:
                *placed, last = placed
                span += last.cell.column_span
                left_out = last.cell.left_out | ({"hidden"} if has_text(element) else set())
                joined = last.cell._replace(column_span=span, left_out=left_out)
                placed.append(last._replace(cell=joined))
            else:
                shade = ground_of(properties)
                cell = self._read_cell(element, span, depth, ground if shade is None else shade)
                is_continued = value_of(properties, "vMerge") in ("continue", "")
                placed.append(PlacedCell(column, cell, is_continued))
            last = placed[-1]
            column = last.column + last.cell.column_span
        return placed

    def _read_cell(self, cell: etree._Element, span: int, depth: int, ground: float | None) -> Cell:
        rows = list(self._flow(cell, depth, ground, in_cell=True))
        text = " ".join(filter(None, (text for row in rows for text in row.cells)))
        left_out = self._take_left_out().union(*(row.left_out for row in rows))
        return Cell(text=text, column_span=span, left_out=left_out)


def _is_exponent(text: etree._Element) -> bool:
    return next(text.iterancestors(M + "sup"), None) is not None


def _attribute_of(run: etree._Element | None, name: str, attribute: str) -> str:
    """An attribute of one of a run's properties."""
    found = None if run is None else run.find(f"{W}rPr/{W}{name}")
    return "" if found is None else found.get(W + attribute, "")

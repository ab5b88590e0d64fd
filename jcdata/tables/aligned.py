"""Text tables whose cells stand in display columns, as `pdftotext -layout` prints them: the figures show the columns.

Figures that stand below each other share an edge. Where all figures of a table do, and the words of its header stand
above them, the table is a grid and read as any other; where one does not, it is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.codes import CODE, LEVELS
from jcdata.documents.document import Document, Line
from jcdata.documents.formats.rows import Merged
from jcdata.documents.sections import Section
from jcdata.documents.table_titles import without_continued
from jcdata.schema import STATUTORY_TABLES
from jcdata.table_templates import blank_signs
from jcdata.tables.aligned_headers import Heading, read_headings, texts_above
from jcdata.tables.aligned_rows import TextRow, join_wrapped, row_of
from jcdata.tables.columns import is_known_heading
from jcdata.tables.display import WIDTHS, Span, Word, number_spans, text_spans, words_of
from jcdata.tables.grids import Grid, GridRow
from jcdata.tables.kinds import is_title, kind_of
from jcdata.tables.printed import is_caption, is_index_row, is_note
from jcdata.tables.totals import is_total_name
from jcdata.text import label_key, squeeze, strip_ordinal

OTHER_KINDS = ("form", "contents", "passage", "glossary")
FEWEST_APART = 0.5  # of the lines of a table: those in which more than a space parts two words


class Block(NamedTuple):
    """The lines of a text from a table's title to the next: those of the title, and those below it."""

    title: str
    title_lines: tuple[Line, ...]
    lines: tuple[Line, ...]


class Part(NamedTuple):
    """A table as it stands on one page."""

    header: tuple[GridRow, ...]
    headings: tuple[tuple[str, ...], ...]
    rows: tuple[GridRow, ...]


def find_aligned(
    document: Document, furniture: set[int], sections: Sequence[Section]
) -> list[Grid]:
    """The tables of a text whose cells stand in display columns, in order."""
    grids = (_read_block(block) for block in _blocks(document, furniture, sections))
    return [grid for grid in grids if grid]


def _blocks(
    document: Document, furniture: set[int], sections: Sequence[Section]
) -> Iterator[Block]:
    """What stands below the titles of tables, those of sections and others that are known by their words."""
    lines = [line for line, _ in document.filled if line.no not in furniture]
    starts = {section.first_line: section for section in sections}
    title, above, below = "", list[Line](), list[Line]()
    kind, title_end = "", 0
    for i, line in enumerate(lines):
        section = starts.get(line.no)
        if section:
            kind, title_end = section.kind, section.title_line.no
        is_own = line.no > title_end and kind not in OTHER_KINDS
        if section or (is_own and _is_title(lines, i)):
            text = squeeze(line.text)
            if not section and without_continued(text) == title:
                continue  # printed again on the next page
            if title:
                yield Block(title, tuple(above), tuple(below))
            title = (section.title if section.kind == "table" else "") if section else text
            above, below = [line], []
        elif line.no <= title_end:
            above.append(line)
        else:
            below.append(line)
    if title:
        yield Block(title, tuple(above), tuple(below))


def _is_title(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is the title of a statutory table with the caption of one below it."""
    text = squeeze(lines[i].text)
    return (
        is_title(text)
        and kind_of(text) is not None
        and any(is_caption(label_key(line.text)) for line in lines[i + 1 : i + 3])
    )


def _read_block(block: Block) -> Grid | None:
    if any("\t" in line.text for line in block.lines):
        return None
    captions, body, notes = _divided(block.lines)
    for widths in WIDTHS:
        words = [words_of(line, widths) for line in body]
        parts = [
            _read_part(list(part), kind_of(block.title))
            for part in _pages(list(zip(body, words, strict=True)))
        ]
        read = [part for part in parts if part]
        if read and len(read) == len(parts) and len({part.headings for part in read}) == 1:
            return Grid(
                title=block.title,
                captions=(*block.title_lines, *captions),
                header=read[0].header,
                headings=read[0].headings,
                rows=tuple(row for part in read for row in part.rows),
                notes=tuple(notes),
            )
    return None


def _divided(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """The captions above a table, its lines without those that a page break left between them, and the notes below."""
    first = 0
    while first < len(lines) and is_caption(label_key(lines[first].text)):
        first += 1
    last = max(
        (i + 1 for i, line in enumerate(lines) if any(w.is_number for w in words_of(line, (2, 2)))),
        default=first,
    )
    while last < len(lines) and _may_be_row(lines[last]):
        last += 1
    body = [
        line
        for line in lines[first:last]
        if not is_caption(label_key(line.text)) and not is_note(label_key(line.text))
    ]
    return (
        list(lines[:first]),
        body,
        [line for line in lines[last:] if is_note(label_key(line.text))],
    )


def _may_be_row(line: Line) -> bool:
    return not is_note(label_key(line.text)) and "。" not in line.text


Page = list[tuple[Line, list[Word]]]


def _pages(lines: Page) -> Iterator[Page]:
    """The lines of a table, parted where its header is printed again."""
    keys = [squeeze(line.text) for line, _ in lines]
    starts = [i for i, key in enumerate(keys) if key == keys[0]]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start:stop]


def _end_of_header(lines: Page) -> int:
    """Index of the first line that is not of the header: below the numbers of the columns, or one with figures."""
    end = len(lines)
    for i, (line, words) in enumerate(lines):
        if is_index_row(line.text):
            return i
        if any(word.is_number for word in words) or (i and all(map(_begins_row, words))):
            end = i
            break
    return end


def _begins_row(word: Word) -> bool:
    return strip_ordinal(word.text) != word.text or is_total_name(word.text)


def _names_below(lines: Page, end: int, spans: Sequence[Span]) -> int:
    """How many of a header's last lines are the beginning of the first row's name, which wraps above its figures."""
    count = 0
    while count + 1 < end and not (end < len(lines) and is_index_row(lines[end][0].text)):
        words = lines[end - 1 - count][1]
        above = [word for _, line in lines[: end - 1 - count] for word in line]
        if not all(_is_of_name(word, above, spans) for word in words):
            break
        count += 1
    return count


def _is_of_name(word: Word, above: Sequence[Word], spans: Sequence[Span]) -> bool:
    span = max(spans, key=lambda span: word.overlap(span.start, span.end))
    heading = "".join(w.text for w in above if w.overlap(span.start, span.end) > 0)
    return (
        not span.has_numbers
        and word.overlap(span.start, span.end) > 0
        and bool(heading)
        and heading.count("（") == heading.count("）")
        and word.text not in LEVELS
        and not is_known_heading(word.text)
        and not is_known_heading(heading + word.text)
    )


def _read_part(lines: Page, key: str | None) -> Part | None:
    end = _end_of_header(lines)
    spans = _spans([words for line, words in lines[end:] if not is_index_row(line.text)])
    if not spans:
        return None
    end -= _names_below(lines, end, spans)
    header = [words for _, words in lines[:end]]
    data = [(line, words) for line, words in lines[end:] if not is_index_row(line.text)]
    if not header or not _stands_apart([words for _, words in data]):
        return None
    headed = read_headings(header, spans) if spans else None
    if not headed:
        return None
    rows = [row_of(line, words, headed.spans) for line, words in data]
    read = [row for row in rows if row]
    if len(read) < len(rows):
        return None
    names_wrap = bool(key and STATUTORY_TABLES[key].lists_projects) or any(
        CODE.fullmatch(cell) for row in read for cell in row.cells[:2]
    )
    columns = range(len(headed.spans))
    return Part(
        header=tuple(
            _header_rows(headed.headings, [line for line, _ in lines[:end]], len(columns))
        ),
        headings=tuple(texts_above(headed.headings, column) for column in columns),
        rows=tuple(map(_grid_row, join_wrapped(read, headed.spans, names_wrap))),
    )


def _stands_apart(rows: Sequence[Sequence[Word]]) -> bool:
    """Whether cells are parted by more than a space, as they are where they stand in columns."""
    several = [row for row in rows if len(row) > 1]
    apart = [row for row in several if any(b.start - a.end > 1 for a, b in pairwise(row))]
    return bool(several) and len(apart) >= FEWEST_APART * len(several)


def _spans(rows: Sequence[Sequence[Word]]) -> list[Span] | None:
    """The columns of numbers and of texts; None where they do not stand apart."""
    numbers = number_spans(rows)
    if not numbers:
        return None
    firm = [
        word
        for row in rows
        for word in row
        if not word.is_number
        and word.text not in blank_signs()
        and not is_total_name(word.text)
        and not word.overlap(numbers[0].start, numbers[0].start + 1) > 0
    ]
    texts = text_spans(firm)
    if any(Word("", *text[:2]).overlap(n.start, n.end) > 0 for text in texts for n in numbers):
        return None
    return sorted([*numbers, *texts])


def _header_rows(
    headings: Sequence[Heading], lines: Sequence[Line], width: int
) -> Iterator[GridRow]:
    """The lines of a header as rows of cells that say what they cover."""
    for number, line in enumerate(lines):
        cells = [""] * width
        merged = []
        for heading in headings:
            if heading.line == number:
                cells[heading.first] = heading.text
                merged.append(Merged(heading.first, heading.last - heading.first + 1, 1))
        if merged:
            tabbed = line._replace(text="\t".join(cells), merged=tuple(merged))
            yield GridRow(tabbed, tuple(cells))


def _grid_row(row: TextRow) -> GridRow:
    return GridRow(row.line._replace(text="\t".join(row.cells)), row.cells)

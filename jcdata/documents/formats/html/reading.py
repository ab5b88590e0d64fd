"""Web pages: what a browser shows, table rows as cells, other text a line for each block."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from jcdata.documents.formats.decoding import decode
from jcdata.documents.formats.html.controls import Lists, shown_value
from jcdata.documents.formats.html.pages import parse
from jcdata.documents.formats.html.styles import Style, styled
from jcdata.documents.formats.html.stylesheets import Stylesheets
from jcdata.documents.formats.left_out import Piece, without_marks
from jcdata.documents.formats.rows import Cell, Row, TableRow, bounded, table_rows, tidy
from jcdata.messages import Message
from jcdata.spec_files import patterns
from jcdata.text import squeeze

# What is no content, or the reading of a word
_UNSEEN = frozenset((
    "head", "noframes", "script", "style", "template", "noscript", "datalist", "rt", "rp", "rtc", "audio", "video", "canvas", "xml",
))  # fmt: skip
_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_CONTROLS = frozenset({"input", "select"})
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
_INLINE = frozenset({"inline", "inline-block", "contents", "inline-flex"})
_LINE_ENDS = frozenset({"br", "hr"})  # however they are shown
_ROLES = {
    "table": "table", "caption": "caption", "thead": "head", "tbody": "group", "tfoot": "foot", "tr": "row", "td": "cell",
    "th": "cell",
}  # fmt: skip
_SHOWN_AS = {
    "table": "table", "inline-table": "table", "table-caption": "caption", "table-header-group": "head",
    "table-row-group": "group", "table-footer-group": "foot", "table-row": "row", "table-cell": "cell",
}  # fmt: skip
_GROUPS = ("head", "group", "foot")
_LEVELS = dict.fromkeys(("caption", *_GROUPS), 1) | {"row": 2, "cell": 3}  # below a table
_ORDER = {"caption": 0, "head": 1, "foot": 3}  # in which the groups of a table are shown, others 2
MAX_NESTED_TABLES = 40
MAX_ROW_SPAN = 65_534
_NOWHERE = re.compile(r"about:|javascript:", re.IGNORECASE)
_WHOLE = re.compile(r"\s*\+?([0-9]{1,9})")


def read_rows(data: bytes, has_frames: bool = False) -> tuple[list[Row], tuple[Message, ...]]:
    """The rows of the pages in a file, and what was done to decode it. `has_frames` says that their frames are read too.

    Raises DocumentError for a file without content.
    """
    content, notes = decode(data)
    return list(bounded(_Reader(parse(content), has_frames).rows())), notes


class _Shown:
    """An element that is walked through, with its style."""

    def __init__(self, element: etree._Element, style: Style) -> None:
        self.element, self.style = element, style
        self.role = _ROLES.get(element.tag) or _SHOWN_AS.get(style.display)
        is_block = element.tag in _BLOCKS if not style.display else style.display not in _INLINE
        self.is_block = is_block or element.tag in _LINE_ENDS or self.role is not None

    @property
    def level(self) -> int:
        """How deep its role is below that of a table."""
        return _LEVELS.get(self.role or "", 0)


class _Reader:
    """Reads the pages of a file one after another, as a browser shows them in one."""

    def __init__(self, pages: list[etree._Element], has_frames: bool) -> None:
        self._pages = pages
        self._has_frames = has_frames
        self._sheets = Stylesheets(_sheets_of(pages))
        self._lists = Lists()
        self._left_out: set[str] = set()  # since the last row or cell
        self._tables = 0

    def rows(self) -> Iterator[Row]:
        """The rows of all pages."""
        last: Row | None = None
        for page in self._pages:
            for row in self._flow(self._shown(page, Style()), 0):
                if last is not None:
                    yield last
                last = row
            if any(map(_leads_on, page.iter("a"))) and page is self._pages[-1]:
                self._left_out.add("elsewhere")
        if last is not None:
            yield last._replace(left_out=last.left_out | self._left_out)

    def _shown(self, element: etree._Element, outer: Style) -> _Shown:
        return _Shown(element, styled(element, self._sheets.declarations(element), outer))

    def _flow(self, root: _Shown, depth: int, parts: list[_Shown] | None = None) -> Iterator[Row]:
        """The blocks and tables inside an element, one after another, but for the parts of a table if a list takes these."""
        pieces: list[Piece] = []
        open_elements: list[_Shown] = []
        walk = etree.iterwalk(root.element, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                shown = open_elements.pop()
                if shown.is_block:
                    yield from self._lines(pieces)
                if open_elements:
                    yield from self._add(element.tail, open_elements[-1].style, pieces)
                continue
            shown = self._shown(element, open_elements[-1].style) if open_elements else root
            open_elements.append(shown)
            if not self._is_shown(shown):
                shown.is_block = False
                walk.skip_subtree()
                continue
            if shown.is_block:
                yield from self._lines(pieces)
            if parts is not None and shown.level > root.level:
                parts.append(shown)
                walk.skip_subtree()
            elif (
                shown.role == "table" and element is not root.element and depth < MAX_NESTED_TABLES
            ):
                yield from self._read_table(shown, depth + 1)
                walk.skip_subtree()
            elif element.tag in _CONTROLS:
                yield from self._add(shown_value(element), shown.style, pieces)
                walk.skip_subtree()
            else:
                if element.tag == "li" and not shown.style.display.startswith(tuple(_INLINE)):
                    yield from self._add(
                        self._lists.label(element, shown.style.list_style), shown.style, pieces
                    )
                yield from self._add(element.text, shown.style, pieces)
        yield from self._lines(pieces)

    def _is_shown(self, shown: _Shown) -> bool:
        """Whether anything of an element is; notes what is kept from view."""
        element = shown.element
        if element.tag in _FRAMES:
            address = element.get(_FRAMES[element.tag]) or element.get("srcdoc") or ""
            is_there = shown.style.display != "none" and not shown.style.left_out
            if address and is_there and not self._has_frames and not _NOWHERE.match(address):
                self._left_out.add("elsewhere")
            return False
        if shown.style.display == "none":
            self._left_out |= {"hidden"} if _has_text(element) else set()
            return False
        return element.tag not in _UNSEEN

    def _add(self, text: str | None, style: Style, pieces: list[Piece]) -> Iterator[Row]:
        """Add a text to a paragraph, if it is seen. The lines of one that is kept as it stands are rows."""
        if not text:
            return
        if style.left_out:
            if text.strip():
                self._left_out.add(style.left_out)
            return
        if not style.is_kept:
            plain = text.replace("\t", " ")  # a tab parts cells only where it is kept
            pieces.append(Piece(plain, style.is_raised, style.is_lowered))
            return
        first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        pieces.append(Piece(first, style.is_raised, style.is_lowered))
        for other in others:
            yield from self._lines(pieces)
            pieces.append(Piece(other, style.is_raised, style.is_lowered))

    def _lines(self, pieces: list[Piece]) -> Iterator[Row]:
        """The paragraph, which is then empty."""
        if not pieces:
            return
        text, has_marks = without_marks(pieces)
        pieces.clear()
        if has_marks:
            self._left_out.add("mark")
        cells = tuple(map(tidy, text.split("\t") if "\t" in text.strip() else (text,)))
        if any(cells):
            yield Row(cells=cells, left_out=self._take_left_out())

    def _take_left_out(self) -> frozenset[str]:
        taken = frozenset(self._left_out)
        self._left_out.clear()
        return taken

    def _read_table(self, table: _Shown, depth: int) -> Iterator[Row]:
        """A table's rows. A row of one cell is layout, as is one that holds another table: its blocks follow one another.

        What stands in none of its cells comes first: a browser shows it above the table.
        """
        number: int | None = None
        above, grouped = self._groups(table, depth)
        groups: list[list[TableRow]] = [above]
        for group in grouped:
            rows: list[TableRow] = []
            covered_to = 0  # the row that a cell from above reaches
            for row in group:
                stray, cells = self._parts(row, depth) if row.role == "row" else ([], [row])
                # A row of one cell beside a cell from above is a row of that table.
                is_alone = len(cells) < 2 and len(rows) >= covered_to
                if is_alone or any(map(_has_columns, row.element.iter("table"))):
                    rows += stray
                    for cell in cells:
                        rows += self._flow(cell, depth)
                    continue
                above += stray
                if number is None:
                    self._tables += 1
                    number = self._tables
                placed = [self._read_cell(cell, depth) for cell in cells]
                covered_to = max(
                    [
                        covered_to,
                        *(len(rows) + cell.row_span for cell in placed if cell.row_span > 1),
                    ]
                )
                rows.append(placed)
            groups.append(rows)
        yield from table_rows(groups, number or 0)

    def _groups(self, table: _Shown, depth: int) -> tuple[list[TableRow], list[list[_Shown]]]:
        """The lines that stand in no row, and the rows by their groups: caption, head, body and foot, wherever they stand."""
        stray, parts = self._parts(table, depth)
        above: list[TableRow] = [*stray]
        groups: list[tuple[str, list[_Shown]]] = []
        for part in parts:
            if part.role in _GROUPS:
                is_again = part.role != "group" and any(role == part.role for role, _ in groups)
                stray, rows = self._parts(part, depth)
                above += stray
                groups.append(("group" if is_again else part.role, rows))
            elif part.role == "caption":
                groups.append(("caption", [part]))
            else:
                if not groups or groups[-1][0] != "rows":
                    groups.append(("rows", []))
                groups[-1][1].append(part)
        return above, [
            rows for _, rows in sorted(groups, key=lambda group: _ORDER.get(group[0], 2))
        ]

    def _parts(self, outer: _Shown, depth: int) -> tuple[list[Row], list[_Shown]]:
        """What a table, a group or a row is made of, also inside a form, and before it the lines of what else stands there."""
        parts: list[_Shown] = []
        return list(self._flow(outer, depth, parts)), parts

    def _read_cell(self, cell: _Shown, depth: int) -> Cell:
        rows = list(self._flow(cell, depth))
        text = " ".join(filter(None, (text for row in rows for text in row.cells)))
        left_out = self._take_left_out().union(*(row.left_out for row in rows))
        element = cell.element
        row_span = _span(element, "rowspan", 0)
        return Cell(
            text=text,
            column_span=_span(element, "colspan", 1),
            row_span=row_span or MAX_ROW_SPAN,
            left_out=left_out,
        )


def _sheets_of(pages: list[etree._Element]) -> Iterator[str]:
    for page in pages:
        for sheet in page.iter("style"):
            media = (sheet.get("media") or "all").lower()
            if "all" in media or "screen" in media:
                yield "".join(sheet.itertext())


def _span(cell: etree._Element, name: str, least: int) -> int:
    """How many columns or rows a cell covers, 0 all that there are; 1 where that is not said in digits."""
    digits = _WHOLE.match(cell.get(name) or "")
    return max(least, int(digits[1])) if digits else 1


def _has_columns(table: etree._Element) -> bool:
    """Whether a table has cells beside each other."""
    holders = Counter(next(cell.iterancestors("tr", "table")) for cell in table.iter("td", "th"))
    return any(count > 1 for holder, count in holders.items() if holder.tag == "tr")


def _has_text(element: etree._Element) -> bool:
    """Whether an element holds text that could be seen."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        if event == "end":
            text = "" if part is element else part.tail
        elif part.tag in _UNSEEN:
            text = ""
            walk.skip_subtree()
        else:
            text = part.text
        if (text or "").strip():
            return True
    return False


def _leads_on(link: etree._Element) -> bool:
    """Whether a link leads to the next page of the same disclosure."""
    address = link.get("href") or ""
    if not address or address.startswith(("#", "javascript:;", "javascript:void")):
        return False
    words = squeeze("".join(link.itertext()))
    return bool(patterns("furniture")["next_page"].fullmatch(words))

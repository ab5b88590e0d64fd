"""Tables that page breaks cut are put together again: their columns, and the row or merged cell that one divides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.readers.rows import Row, tidy
from jcdata.readers.ruled_tables import TOLERANCE, RuledCell, RuledTable, columns_of, place
from jcdata.text import strip_ordinal

FURNITURE_PAGES = 3  # on which a line stands that is taken for a running header
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\W\d第共页]+")


class TextLine(NamedTuple):
    """A line of text outside tables."""

    top: float
    text: str


Block = TextLine | RuledTable
CellsByColumn = dict[int, RuledCell]


class _Part(NamedTuple):
    """A table's part on one page; its rows are changed while it is joined to the part before."""

    page_no: int
    rows: list[CellsByColumn]


def join_pages(pages: Sequence[Sequence[Block]]) -> Iterator[Row]:
    """The rows of all pages, `pages` being the blocks of each from top to bottom."""
    repeated = _repeated_lines(pages)
    run: list[tuple[int, Block]] = []  # parts of one table and the furniture between them
    for page_no, blocks in enumerate(pages, start=1):
        for block in blocks:
            if isinstance(block, RuledTable):
                may_go_on = _continues(run, block, page_no)
            else:
                may_go_on = bool(_PAGE_NUMBER.fullmatch(block.text)) or repeated[_place_of(block)] >= FURNITURE_PAGES
            if not may_go_on:
                yield from _write(run)
                run.clear()
            run.append((page_no, block))
    yield from _write(run)


def _repeated_lines(pages: Sequence[Sequence[Block]]) -> Counter[tuple[int, str]]:
    """On how many pages a text, whatever its digits, stands first or last at the same height."""
    ends = ({_place_of(b) for b in (*page[:1], *page[-1:]) if isinstance(b, TextLine)} for page in pages)
    return Counter(place for places in ends for place in places)


def _place_of(line: TextLine) -> tuple[int, str]:
    return round(line.top / TOLERANCE), _DIGITS.sub("", line.text).strip()


def _continues(run: Sequence[tuple[int, Block]], table: RuledTable, page_no: int) -> bool:
    """Whether a table may be that of the page before going on: as wide, and nothing but furniture between them."""
    parts = [(no, block) for no, block in run if isinstance(block, RuledTable)]
    if not parts or parts[-1][0] != page_no - 1:
        return False
    last = parts[-1][1]
    return abs(last.x0 - table.x0) < TOLERANCE and abs(last.x1 - table.x1) < TOLERANCE


def _write(run: Sequence[tuple[int, Block]]) -> Iterator[Row]:
    """The rows of a table's parts in the columns that they have together, and the lines between them."""
    columns = columns_of(block for _, block in run if isinstance(block, RuledTable))
    written: list[TextLine | _Part] = []
    pages: list[int] = []
    parts: list[_Part] = []
    for page_no, block in run:
        pages.append(page_no)
        if isinstance(block, TextLine):
            written.append(block)
            continue
        part = _Part(page_no, [{place(cell.x0, columns): cell for cell in row} for row in block.rows])
        if parts:
            _join(parts[0], parts[-1], part)
        parts.append(part)
        written.append(part)
    for page_no, item in zip(pages, written, strict=True):
        if isinstance(item, TextLine):
            yield Row((item.text,), page_no)
            continue
        for row in item.rows:
            texts = [tidy(row[column].text) if column in row else "" for column in range(len(columns))]
            if any(texts):
                yield Row(tuple(texts), page_no)


def _join(first: _Part, above: _Part, below: _Part) -> None:
    """Take the repeated header off a part, and give what the break cut off to the part above."""
    header = 0
    while header < min(len(first.rows), len(below.rows)) - 1 and _texts(first.rows[header]) == _texts(
        below.rows[header]
    ):
        header += 1
    del below.rows[:header]
    if not above.rows or not below.rows:
        return
    last, following = above.rows[-1], below.rows[0]
    if _is_cut(last, following):
        for column, cell in following.items():
            begun = last.get(column)
            last[column] = begun._replace(text=begun.text + cell.text) if begun else cell
        del below.rows[0]
        return
    for number, row in enumerate(above.rows):
        for column, cell in row.items():
            rest = following.get(column)
            reaches_break = number + cell.row_span == len(above.rows)
            if reaches_break and not cell.text and rest and rest.text and max(cell.row_span, rest.row_span) > 1:
                row[column] = cell._replace(text=rest.text)  # the label in the middle of a merged cell
                following[column] = rest._replace(text="")


def _texts(row: CellsByColumn) -> list[tuple[int, str]]:
    return [(column, tidy(cell.text)) for column, cell in row.items()]


def _is_cut(last: CellsByColumn, following: CellsByColumn) -> bool:
    """Whether a page's first row is the rest of the last row above.

    It is where it fills nothing but cells that the row above leaves empty: their text found no room above the break.
    It also is where all its texts go on with those above, and its first columns are empty but not those of the row
    above; or nothing but the first text goes on, as two labels below each other may both fill their cells.
    """
    begun = {column for column, cell in last.items() if cell.text}
    rest = {column for column, cell in following.items() if cell.text}
    if not begun or not rest or not all(_goes_on(last[column], following[column]) for column in begun & rest):
        return False
    return begun.isdisjoint(rest) or min(begun) < min(rest) or (len(rest) == 1 and rest <= begun)


def _goes_on(above: RuledCell, below: RuledCell) -> bool:
    """Whether a text may go on in the cell below: its last line is full, and what follows does not begin an item."""
    begins_item = strip_ordinal(below.text) != below.text and "\n" not in above.text
    return above.is_full and not begins_item

"""What every reader of a file hands on: rows of cells, and the error where there are none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from jcdata.errors import DocumentError
from jcdata.messages import Message
from jcdata.text import CJK

MAX_COLUMNS = 1_000
MAX_CELLS = 4_000_000  # of a file, the blank ones too
ABSURD_SPAN = 50  # columns, from which a cell is meant to cover what there is

_NOTHING = (0, 0)  # covers no column and reaches no row

_LINE_END = re.compile(rf"(?<={CJK})[ \t\f]*[\r\n]\s*(?={CJK})")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


class Merged(NamedTuple):
    """A cell that covers several columns or rows: the column where it begins, and how many it covers."""

    column: int
    columns: int
    rows: int


class Exact(NamedTuple):
    """What a cell holds that shows less: its column in the row, from 0, and the number, or the date in ISO 8601."""

    column: int
    value: str


class CellFault(NamedTuple):
    """What stands in a cell that could not be read, and why."""

    text: str
    reason: Message


class Recognised(NamedTuple):
    """What was read off a picture: how sure its least sure character is (0 to 1), and what it may say instead, likeliest first."""

    confidence: float
    others: tuple[str, ...] = ()


class Row(NamedTuple):
    """A row of a table, or with one cell a line of running text; `page_no` is its page or sheet.

    `table` counts the tables of the file from 1, None stands for running text. A merged cell holds its text where it
    begins, the other places that it covers are ''; `merged` says which cells are. `exact` are the values of cells that
    show less, `faults` say which cells could not be read. `left_out` are kinds of what stands there, or right before it,
    and is not read. `recognised` goes with the cells of a row that was read off a picture, None for
    blank ones; it is empty for others.
    """

    cells: tuple[str, ...]
    page_no: int | None = None
    table: int | None = None
    merged: tuple[Merged, ...] = ()
    exact: tuple[Exact, ...] = ()
    faults: tuple[CellFault, ...] = ()
    left_out: frozenset[str] = frozenset()
    recognised: tuple[Recognised | None, ...] = ()


class Cell(NamedTuple):
    """A cell of a table with the number of columns and rows that it covers; `left_out` as in `Row`."""

    text: str
    column_span: int = 1
    row_span: int = 1
    left_out: frozenset[str] = frozenset()


def least_sure(parts: Iterable[Recognised | None]) -> Recognised | None:
    """How sure a text is that was put together of several."""
    recognised = [part for part in parts if part]
    if len(recognised) == 1:
        return recognised[0]
    return Recognised(min(part.confidence for part in recognised)) if recognised else None


def tidy(text: str) -> str:
    """A cell's or paragraph's text on one line; a line end between two Chinese characters leaves no space."""
    return _SPACES.sub(" ", _LINE_END.sub("", text)).strip()


TableRow = (
    Sequence[Cell] | Row
)  # with its cells, or one that lays out the page and was read as text


def table_rows(groups: Iterable[Sequence[TableRow]], table: int) -> Iterator[Row]:
    """The rows of a table, given in the groups at whose ends cells that cover several rows end too.

    Columns are those in which a cell begins: what only covers others is as wide as nothing. Raises DocumentError for a
    table that is too large to be one of a disclosure.
    """
    placed = [row for group in _without_absurd_spans(groups) for row in _place(group)]
    begins = sorted({column for row in placed if not isinstance(row, Row) for column, _ in row})
    above: list[tuple[int, int]] = []  # the ends of cells from above, and the rows that they reach
    for number, row in enumerate(placed):
        if isinstance(row, Row):
            yield row
            continue
        above = [(end, reach) for end, reach in above if reach > number]
        texts: dict[int, str] = {}
        merged: list[Merged] = []
        for begin, cell in row:
            column, end = bisect_left(begins, begin), bisect_left(begins, begin + cell.column_span)
            texts[column] = cell.text
            if end - column > 1 or cell.row_span > 1:
                merged.append(Merged(column, end - column, cell.row_span))
            above.append((end, number + cell.row_span))
        width = max((end for end, _ in above), default=0)
        cells = tuple(texts.get(column, "") for column in range(width))
        left_out = frozenset().union(*(cell.left_out for _, cell in row))
        yield Row(cells=cells, table=table, merged=tuple(merged), left_out=left_out)


def _without_absurd_spans(groups: Iterable[Sequence[TableRow]]) -> Iterator[list[TableRow]]:
    """The groups with cells that cover no more than there is.

    One that reaches below the last row covers none if the rows below it are as wide without it.
    """
    known = [list(group) for group in groups]
    widths = [_width(row) for group in known for row in group if not _has_absurd_span(row)]
    widest = max(widths, default=MAX_COLUMNS)
    for group in known:
        below = 0  # the width of the widest row below
        for number in range(len(group) - 1, -1, -1):
            row = group[number]
            if isinstance(row, Row):
                continue
            if _has_absurd_span(row):
                room = max(
                    1, widest - sum(c.column_span for c in row if c.column_span < ABSURD_SPAN)
                )
                row = [
                    cell._replace(column_span=room) if cell.column_span >= ABSURD_SPAN else cell
                    for cell in row
                ]
            rest = len(group) - number
            left = 1 if below >= _width(row) else rest
            row = [cell._replace(row_span=left) if cell.row_span > rest else cell for cell in row]
            group[number] = row
            below = max(below, _width(row))
        yield group


def _width(row: TableRow) -> int:
    """How many columns a row's own cells cover."""
    return 0 if isinstance(row, Row) else sum(cell.column_span for cell in row)


def _has_absurd_span(row: TableRow) -> bool:
    return not isinstance(row, Row) and any(cell.column_span >= ABSURD_SPAN for cell in row)


def _place(group: Sequence[TableRow]) -> Iterator[list[tuple[int, Cell]] | Row]:
    """The cells of each row with their columns, none of which covers rows beyond the last."""
    covered: dict[
        int, tuple[int, int]
    ] = {}  # column -> where what covers it ends, and which row it reaches
    jumps: dict[int, tuple[int, int]] = {}  # the same across several cells beside each other

    def next_free(column: int, number: int) -> int:
        first, reach = column, len(group)
        while True:
            covers = jumps.get(column, _NOTHING), covered.get(column, _NOTHING)
            end, reached = max(covers, key=itemgetter(1))
            if reached <= number:
                break
            column, reach = end, min(reach, reached)
        if column > first:
            jumps[first] = column, reach
        return column

    for number, row in enumerate(group):
        if isinstance(row, Row):
            yield row
            continue
        placed: list[tuple[int, Cell]] = []
        column = 0
        for cell in row:
            column = next_free(column, number)
            if column > MAX_COLUMNS:
                raise _too_many()
            placed.append((column, cell))
            end = column + cell.column_span
            if cell.row_span > 1:
                cover = end, number + cell.row_span
                for place in range(column, end):  # it may lie over one that reaches further
                    covered[place] = max(cover, covered.get(place, _NOTHING), key=itemgetter(1))
            column = end
        yield placed


def counted_on(rows: Iterable[Row], tables: int) -> Iterator[Row]:
    """The same rows of a file that follows others with so many tables."""
    for row in rows:
        yield row if row.table is None else row._replace(table=row.table + tables)


def bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows. Raises DocumentError where they become too many or too wide to be a disclosure."""
    cell_count = 0
    for row in rows:
        cell_count += len(row.cells)
        if cell_count > MAX_CELLS or len(row.cells) > MAX_COLUMNS:
            raise _too_many()
        yield row


def _too_many() -> DocumentError:
    return DocumentError(
        Message(
            f"more than {MAX_CELLS} cells, or {MAX_COLUMNS} in a row, are no disclosure",
            "单元格过多，不是公开文件",
        )
    )

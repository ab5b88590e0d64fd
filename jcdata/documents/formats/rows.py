"""What every reader of a file hands on: rows of cells, and the error where there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jcdata.errors import DocumentError
from jcdata.messages import Message
from jcdata.text import CJK

MAX_COLUMNS = 1_000
MAX_CELLS = 4_000_000  # of a file, the blank ones too

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


class Row(NamedTuple):
    """A row of a table, or with one cell a line of running text; `page_no` is its page or sheet.

    `table` counts the tables of the file from 1, None stands for running text. A merged cell holds its text where it
    begins, the other places that it covers are ''; `merged` says which cells are. `exact` are the values of cells that
    show less, `faults` say which cells could not be read.
    """

    cells: tuple[str, ...]
    page_no: int | None = None
    table: int | None = None
    merged: tuple[Merged, ...] = ()
    exact: tuple[Exact, ...] = ()
    faults: tuple[CellFault, ...] = ()


class Cell(NamedTuple):
    """A cell of a table with the number of columns and rows that it covers."""

    text: str
    column_span: int = 1
    row_span: int = 1


def tidy(text: str) -> str:
    """A cell's or paragraph's text on one line; a line end between two Chinese characters leaves no space."""
    return _SPACES.sub(" ", _LINE_END.sub("", text)).strip()


def place_cells(rows: Iterable[Iterable[Cell]]) -> Iterator[tuple[str, ...]]:
    """The texts of each row in their columns: a cell that covers several leaves the others ''.

    Raises DocumentError for a row that is too wide to be one of a disclosure.
    """
    covered: dict[int, int] = {}  # column -> rows that a cell from above still covers
    for cells in rows:
        below: dict[int, int] = {column: left - 1 for column, left in covered.items() if left > 1}
        texts: list[str] = []
        for cell in cells:
            while len(texts) in covered:
                texts.append("")
            first = len(texts)
            if first > MAX_COLUMNS:
                raise _too_many()
            texts += [cell.text, *[""] * (min(cell.column_span, MAX_COLUMNS) - 1)]
            if cell.row_span > 1:
                below |= dict.fromkeys(range(first, len(texts)), cell.row_span - 1)
        texts += [""] * (max(covered, default=-1) + 1 - len(texts))
        covered = below
        yield tuple(texts)


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

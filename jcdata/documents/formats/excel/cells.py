"""A workbook as its file stores it, whichever format that has: sheets of cells with values, formats and formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from jcdata.documents.formats.excel.number_formats import DIGITS
from jcdata.documents.formats.rows import MAX_CELLS
from jcdata.errors import DocumentError
from jcdata.messages import Message

MAX_FILLED = 1_000_000  # cells of a workbook that hold something
MAX_TEXT = 64 * 1024 * 1024  # characters of a workbook's cells, a text as often as cells name it
_LETTERS = 26


class ErrorValue(NamedTuple):
    """What a cell holds that could not be computed, such as `#DIV/0!`."""

    code: str


Value = Decimal | str | bool | ErrorValue | None


class Place(NamedTuple):
    """Row and column of a cell, from 1."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


class Area(NamedTuple):
    """A block of cells, from 1, the last ones too."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Formula(NamedTuple):
    """A formula as its file writes it, without `=`.

    `origin` is the cell for which a shared one is written; `is_relative` says that it counts rows and columns (R1C1).
    """

    text: str
    origin: Place
    is_relative: bool = False


class Cell(NamedTuple):
    """A cell: its value, None where only a formula is stored, and the format in which it is shown."""

    value: Value
    number_format: str = "General"
    formula: Formula | None = None


@dataclass(slots=True)
class Sheet:
    """A worksheet. `rows` holds the cells that hold something, by row and column, from 1; what lies above them is counted."""

    name: str
    number: int  # among the sheets of the workbook, from 1
    is_hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last of each
    merged: list[Area] = field(default_factory=list)
    shows_zeros: bool = True
    pictures: int = 0
    text_boxes: list[str] = field(default_factory=list)

    def cells(self) -> Iterator[tuple[Place, Cell]]:
        """The cells that hold something, with their places."""
        for row, cells in self.rows.items():
            for column, cell in cells.items():
                yield Place(row, column), cell


@dataclass(slots=True)
class Workbook:
    """The worksheets of a file; `is_1904` says from which year it counts its days.

    `is_computed` says that the stored values of formulas are those that a person sees: it is False where the file asks
    to compute them whenever it is opened. `others` are the names of sheets without cells, such as charts.
    """

    sheets: list[Sheet]
    is_1904: bool = False
    is_computed: bool = True
    others: list[str] = field(default_factory=list)


class Budget:
    """How much a workbook may still hold, counted while its cells are taken from its file."""

    def __init__(self) -> None:
        self._filled, self._text = MAX_FILLED, MAX_TEXT

    def spend(self, value: Value) -> None:
        """Count a cell. Raises DocumentError for a workbook of too many, or of too much text."""
        self._filled -= 1
        if isinstance(value, str):
            self._text -= len(value)
        if self._filled < 0:
            raise DocumentError(
                Message(f"a workbook of more than {MAX_FILLED} cells", "工作表过大")
            )
        if self._text < 0:
            raise DocumentError(
                Message(f"a workbook of more than {MAX_TEXT} characters", "工作表过大")
            )


def check_extent(rows: int, columns: int) -> None:
    """Raise DocumentError for a sheet of more than MAX_CELLS cells, the blank ones too."""
    if rows * columns > MAX_CELLS:
        raise DocumentError(Message(f"a sheet of more than {MAX_CELLS} cells", "工作表过大"))


def stored_number(text: str) -> Decimal | None:
    """A number as a file stores it, with the digits that a spreadsheet computes with; None for another text."""
    try:
        number = Decimal(f"{float(text):.{DIGITS}g}")
    except ValueError:
        return None
    return number if number.is_finite() else None


def column_letters(column: int) -> str:
    """1 to A, 27 to AA."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_number(letters: str) -> int:
    """A to 1, AA to 27."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def keys_within(held: Mapping[int, object], first: int, last: int) -> Iterable[int]:
    """The keys from first to last, in order, whether few of them are asked for or few are there."""
    if last - first < len(held):
        return (key for key in range(first, last + 1) if key in held)
    return sorted(key for key in held if first <= key <= last)

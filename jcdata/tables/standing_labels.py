"""The labels of a table that are printed once for several rows: codes, names and units that still stand for a row below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jcdata.codes import PART_OF_SHEET
from jcdata.table_templates import blank_signs
from jcdata.tables.columns import ITEM_CODE
from jcdata.tables.grid_rows import GridRow


class StandingLabels:
    """The labels that still stand for a row, by their column: the latest, and of these those whose cells reach down to it.

    `unit` is the unit of the rows below its own, `_units` the units by the codes that are printed beside their rows.
    """

    def __init__(self) -> None:
        self.latest: dict[int, str] = {}
        self.unit = ""
        self._parts: dict[int, str] = {}  # column -> the part of a code that it has had last
        self._units: dict[str, str] = {}
        self._reaching: dict[int, int] = {}  # column -> rows that its cell still covers

    def add(self, row: GridRow) -> None:
        """Go on to a row."""
        self._reaching = {column: left - 1 for column, left in self._reaching.items() if left > 1}
        for number, cell in enumerate(row.cells):
            if cell:
                self.latest[number] = cell
                self._reaching.pop(number, None)
        for merged in row.line.merged:
            if merged.rows > 1 and row.cell(merged.column):
                self._reaching[merged.column] = merged.rows

    def reaching(self, numbers: Sequence[int]) -> str:
        """The rightmost of some columns' labels whose cell reaches down to the row, '' if none does."""
        number = self.column_reaching(numbers)
        return "" if number is None else self.latest[number]

    def column_reaching(self, numbers: Sequence[int]) -> int | None:
        """The rightmost of some columns whose cell reaches down to the row."""
        return next((n for n in reversed(numbers) if n in self._reaching), None)

    def begin_code(self, row: GridRow, numbers: Sequence[int]) -> list[str]:
        """The parts of a row's code in these columns that stand in rows above it: a code may be printed once for all below it.

        So 05 is a 款 of the latest 类. What is no code, as the label of a total, ends them.
        """
        own = {n: cell for n in numbers if (cell := row.cell(n)) and cell not in blank_signs()}
        first = min(own, default=None)
        if first is None:
            return []
        before = [n for n in numbers if n < first]
        is_part = bool(PART_OF_SHEET.fullmatch(own[first])) and all(
            n in self._parts for n in before
        )
        above = {n: self._parts[n] for n in before} if is_part else {}
        others = {n: part for n, part in self._parts.items() if n not in numbers}
        is_code = all(map(str.isdecimal, own.values()))
        self._parts = others | above | own if is_code else others
        return list(above.values()) if is_code else []

    def codes_reaching(self, numbers: Sequence[int]) -> list[str]:
        """The parts of a code, in these columns, whose cells reach down to the row."""
        parts: dict[str, list[str]] = {ITEM_CODE: []}
        for number in (n for n in numbers if n in self._reaching):
            parts[ITEM_CODE].append(code_part(self.latest[number], parts))
        return parts[ITEM_CODE]

    def name_unit(self, code: str, name: str) -> None:
        """A unit begins, of the rows below and of those with its code."""
        self.unit = name
        if code:
            self._units[code] = name

    def unit_of(self, code: str) -> str:
        """The unit with a code, or the one above it whose code begins so; the code itself where none is named."""
        known = [begin for begin in self._units if code.startswith(begin)]
        return self._units[max(known, key=len)] if known else code


def code_part(cell: str, texts: Mapping[str, Sequence[str]]) -> str:
    """A part of a code; 款 and 项 have two digits, also where a sheet lost the first zero."""
    return cell.zfill(2) if texts.get(ITEM_CODE) and cell.isdigit() else cell

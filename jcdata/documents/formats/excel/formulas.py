"""Formulas without a stored value are computed, if nothing but common functions is needed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from jcdata.documents.formats.excel.cells import (
    Cell,
    ErrorValue,
    Formula,
    Place,
    Value,
    Workbook,
    keys_within,
)
from jcdata.documents.formats.excel.formula_parsing import (
    Literal,
    Node,
    Reference,
    UncomputableError,
    parse_formula,
    references,
)
from jcdata.documents.formats.excel.functions import FormulaError, Operand, Range, apply, scalar

MOST_VISITS = 4_000_000  # of rows and cells by the formulas of a workbook


class _Key(NamedTuple):
    """A cell: the index of its sheet, and its place there."""

    sheet: int
    place: Place


def compute(workbook: Workbook) -> None:
    """Put values into the cells that have a formula only, as far as they can be computed; also where a stored one can't count."""
    _Calculation(workbook).run()


class _Calculation:
    def __init__(self, workbook: Workbook) -> None:
        self._rows = [sheet.rows for sheet in workbook.sheets]
        self._sheets = {sheet.name.casefold(): i for i, sheet in enumerate(workbook.sheets)}
        self._pending: dict[_Key, Formula] = {
            _Key(index, place): cell.formula
            for index, sheet in enumerate(workbook.sheets)
            for place, cell in sheet.cells()
            if cell.formula and (cell.value is None or not workbook.is_computed)
        }
        self._failed: set[_Key] = set()
        self._visits = MOST_VISITS
        self._is_1904 = workbook.is_1904

    def run(self) -> None:
        for key in list(self._pending):
            self._settle(key)

    def _settle(self, key: _Key) -> None:
        """Compute a cell after all that it needs, without recursion: the chain of a column may be long."""
        stack, opened = [key], set()
        while stack:
            key = stack[-1]
            if key not in self._pending:
                stack.pop()
            elif key in opened:  # what it needs is settled, or needs it itself
                stack.pop()
                self._compute(key)
            else:
                opened.add(key)
                stack += [needed for needed in self._needed(key) if needed not in opened]

    def _needed(self, key: _Key) -> list[_Key]:
        """The cells without a value yet that a formula names."""
        try:
            node = parse_formula(self._pending[key])
            return [
                needed
                for reference in references(node)
                for needed, _ in self._cells(reference, key)
                if needed in self._pending
            ]
        except UncomputableError:
            return []

    def _compute(self, key: _Key) -> None:
        row = self._rows[key.sheet][key.place.row]
        cell = row[key.place.column]
        value = cell.value
        try:
            value = self._value(parse_formula(self._pending[key]), key)
        except FormulaError as error:
            value = ErrorValue(error.code)
        except UncomputableError:
            if not value:  # programs that compute nothing store a zero
                self._failed.add(key)
                value = None
        row[key.place.column] = cell._replace(value=value)
        del self._pending[key]

    def _value(self, node: Node, key: _Key) -> Value:
        """What a cell with this formula holds: a reference to a blank one is a zero."""
        found = scalar(self._operand(node, key))
        return Decimal(0) if found is None else found

    def _operand(self, node: Node, key: _Key) -> Operand:
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Reference):
            area = node.area(key.place)
            is_one = area[:2] == area[2:]
            values = [self._held(needed, cell) for needed, cell in self._cells(node, key)]
            return next(iter(values), None) if is_one else Range(values)
        operands = [partial(self._operand, part, key) for part in node.operands]
        return apply(node.name, operands, self._is_1904)

    def _held(self, key: _Key, cell: Cell) -> Value:
        if key in self._pending or key in self._failed:  # it needs itself, or what is not computed
            raise UncomputableError
        return cell.value

    def _cells(self, reference: Reference, key: _Key) -> Iterator[tuple[_Key, Cell]]:
        """The cells of a reference that hold something, row by row."""
        sheet = key.sheet
        if reference.sheet is not None:
            found = self._sheets.get(reference.sheet.casefold())
            if found is None:
                raise UncomputableError
            sheet = found
        area, rows = reference.area(key.place), self._rows[sheet]
        for row in self._within(rows, area.first_row, area.last_row):
            for column in self._within(rows[row], area.first_column, area.last_column):
                yield _Key(sheet, Place(row, column)), rows[row][column]

    def _within(self, held: Mapping[int, object], first: int, last: int) -> Iterable[int]:
        self._visits -= min(last - first + 1, len(held))
        if self._visits < 0:
            raise UncomputableError
        return keys_within(held, first, last)

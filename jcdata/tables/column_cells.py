"""What stands in one column of a table: whether anything does, and whether codes of its levels stand beside those of others."""

from __future__ import annotations

from collections.abc import Sequence

from jcdata.codes import CODE, LEVELS
from jcdata.table_templates import blank_signs
from jcdata.tables.grids import Grid
from jcdata.tables.totals import is_total_name


def is_filled(grid: Grid, number: int) -> bool:
    """Whether anything stands in a column of a table that has figures."""
    return bool(filled_rows(grid, number))


def filled_rows(grid: Grid, number: int) -> set[int]:
    """The rows, from 0, with something in a column that is no sign for nothing."""
    return {
        place
        for place, row in enumerate(grid.rows)
        if number < len(row.cells) and row.cells[number] and row.cells[number] not in blank_signs()
    }


def cells_in(grid: Grid, number: int) -> list[str]:
    """What stands in a column, blanks, names of totals and 类款项 left out."""
    cells = [row.cells[number] for row in grid.rows if number < len(row.cells)]
    return [
        cell
        for cell in cells
        if cell and cell not in blank_signs() and cell not in LEVELS and not is_total_name(cell)
    ]


def has_other_levels(grid: Grid, number: int, before: Sequence[int]) -> bool:
    """Whether a column has codes of other levels than the columns before it, indented: in no row does one stand in both."""
    cells = cells_in(grid, number)
    own = {len(cell) for cell in cells}
    others = {len(cell) for n in before for cell in cells_in(grid, n) if CODE.fullmatch(cell)}
    rows = [[row.cells[n] for n in (number, *before) if n < len(row.cells)] for row in grid.rows]
    return (
        bool(own and others)
        and all(map(CODE.fullmatch, cells))
        and own.isdisjoint(others)
        and all(sum(bool(CODE.fullmatch(cell)) for cell in row) < 2 for row in rows)
    )

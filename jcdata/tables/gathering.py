"""The tables of a document in their order, wherever their cells are found, each with what it means."""

from __future__ import annotations

from collections.abc import Sequence

from jcdata.documents.sections import Section
from jcdata.messages import Message
from jcdata.tables.grids import Grid
from jcdata.tables.interpretation import (
    Fault,
    InterpretedTable,
    interpret_grid,
    interpret_section,
)
from jcdata.tables.printed import is_index_row
from jcdata.tables.together import is_continued, join_continued, set_aside_other_units
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE, count_amounts

_NO_ROW = Message("no row of the table", "不是表中的行")


def gather_tables(
    sections: Sequence[Section],
    unit_name: str | None,
    money_unit: str | None,
    grids: Sequence[Grid],
    aligned: Sequence[Grid],
) -> tuple[list[InterpretedTable], list[Fault]]:
    """The tables, and what could not be read beside them; the arguments as `read_tables` has them."""
    tables = [
        *_from_grids(aligned, sections, unit_name, money_unit),
        *_from_grids(grids, sections, unit_name, money_unit),
    ]
    read = {no for grid in (*grids, *aligned) for no in range(grid.first_line, grid.last_line + 1)}
    others, faults = _from_text(sections, read, unit_name, money_unit)
    tables = sorted([*tables, *others], key=lambda table: table.first_line)
    return set_aside_other_units(join_continued(tables)), faults


def _from_grids(
    grids: Sequence[Grid],
    sections: Sequence[Section],
    unit_name: str | None,
    money_unit: str | None,
) -> list[InterpretedTable]:
    of_forms = {line.no for section in sections if section.kind == "form" for line in section.lines}
    tables: list[InterpretedTable] = []
    for grid in grids:
        last = tables[-1] if tables else None
        goes_on = last is not None and (grid.goes_on or is_continued(last.title, grid.title))
        is_form = any(row.line.no in of_forms for row in (*grid.header, *grid.rows))
        unit = (last.money_unit if last and goes_on else None) or money_unit
        tables.append(interpret_grid(grid, unit, unit_name, is_form))
    return tables


def _from_text(
    sections: Sequence[Section],
    read: set[int],
    unit_name: str | None,
    money_unit: str | None,
) -> tuple[list[InterpretedTable], list[Fault]]:
    """The tables below titles of which no cells are known, and lines with figures beside a table whose lines are `read`."""
    tables: list[InterpretedTable] = []
    faults: list[Fault] = []
    for section in sections:
        if section.kind != "table":
            continue
        left = tuple(line for line in section.lines if line.no not in read)
        with_figures = [
            line
            for line in left
            if any(map(LOOKS_LIKE_FIGURE.fullmatch, line.text.split()))
            and not is_index_row(line.text)
        ]
        if section.title_line.no in read:
            faults += [
                Fault(line_no=line.no, text=line.text.strip(), reason=_NO_ROW)
                for line in with_figures
            ]
            continue
        if len(left) < len(section.lines) and not with_figures:
            continue
        found = interpret_section(section._replace(lines=left), money_unit, unit_name)
        if isinstance(found, Fault):
            lost = sum(count_amounts(line.text) for line in left)
            faults.append(found._replace(figures=max(1, lost)))
        else:
            tables.append(found)
    return tables, faults

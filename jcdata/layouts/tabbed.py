"""Tables of tab-separated text: the columns are told by position, their meaning by the header."""

from __future__ import annotations

from collections.abc import Sequence

from jcdata.amounts import BLANK_SIGNS
from jcdata.documents import Line
from jcdata.layouts.printed_table import (
    Header,
    PrintedFigure,
    PrintedRow,
    PrintedTable,
    by_item,
    is_caption,
    is_header_text,
    is_index_row,
    is_note,
    name_item,
)
from jcdata.specs import ColumnSpec, TableSpec
from jcdata.text import label_key, squeeze, strip_ordinal

NO_AMOUNT = BLANK_SIGNS | {""}


def read_table(lines: Sequence[Line], specs: Sequence[TableSpec]) -> PrintedTable:
    """Read the lines below a table's title by the template whose header fits best."""
    body = [line for line in lines if not is_caption(label_key(line.text)) and not is_note(label_key(line.text))]
    grid = [(line, line.text.split("\t")) for line in body if not is_index_row(line.text)]
    header, positions = _choose_template(grid, specs)
    table = PrintedTable(header, [], [], [])
    for line, cells in grid if header.fits else ():
        keys = [label_key(cell) for cell in cells]
        if all(is_header_text(key, header.spec) for key in keys if key):
            continue
        if len(cells) == 1:
            table.stray.append(line)
        else:
            _read_row(line, cells, header, positions, table)
    return table


def _choose_template(
    grid: Sequence[tuple[Line, list[str]]], specs: Sequence[TableSpec]
) -> tuple[Header, dict[int, ColumnSpec]]:
    fits = []
    for spec in specs:
        positions = _map_columns(grid, spec)
        found = [column._replace(item="") for column in positions.values()]
        missing = [c.labels[0] for c in spec.columns if not c.optional and c._replace(item="") not in found]
        fits.append((Header(spec, tuple(positions.values()), tuple(missing)), positions))
    return min(fits, key=lambda fit: fit[0].misfit)


def _map_columns(grid: Sequence[tuple[Line, list[str]]], spec: TableSpec) -> dict[int, ColumnSpec]:
    """Position -> column, read off the rows at the top that hold nothing but words of the header."""
    labels: dict[int, list[str]] = {}
    for _, cells in grid:
        keys = [label_key(cell) for cell in cells]
        if not all(is_header_text(key, spec) for key in keys if key):
            break
        for position, key in enumerate(keys):
            if key:
                labels.setdefault(position, []).append(key)
    found: dict[int, ColumnSpec] = {}
    next_column = 0
    for position in sorted(labels):
        for index in range(next_column, len(spec.columns)):
            column = spec.columns[index]
            if label := next((x for x in reversed(labels[position]) if column.label.fullmatch(x)), None):
                found[position], next_column = name_item(column, label, spec), index + 1
                break
    return found


def _read_row(
    line: Line, cells: list[str], header: Header, positions: dict[int, ColumnSpec], table: PrintedTable
) -> None:
    if stray := [cell for i, cell in enumerate(cells) if cell.strip() and i not in positions]:
        table.unplaced.append((line, f"no column for {' '.join(stray)!r} / 无对应栏次"))
    sides = list(dict.fromkeys(column.side for column in header.columns))
    label = ""
    for side in sides:
        found = {
            column.name: cells[i].strip() for i, column in positions.items() if column.side == side and i < len(cells)
        }
        code, name = squeeze(found.get("item_code", "")), squeeze(found.get("item_name", ""))
        if not name and not code.isdigit():  # a total's label stands in the column of the codes
            code, name = "", code
        label = name = strip_ordinal(name) or ("" if code else label)
        figures = tuple(
            PrintedFigure(column.name, squeeze(cells[i]), line.no, item=column.item)
            for i, column in positions.items()
            if column.side == side and column.is_money and i < len(cells) and squeeze(cells[i]) not in NO_AMOUNT
        )
        if code or name or figures:
            government = squeeze(found.get("governmental_item", ""))
            table.rows.extend(by_item(PrintedRow(side, code, name, government, figures, line.no)))

"""The cells of a table as they are printed, each with the heading of its column, and the code and label of its row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.tables.blocks import group_columns
from jcdata.tables.columns import Column, may_count_things
from jcdata.tables.grids import Grid
from jcdata.tables.printed import Header, PrintedRow
from jcdata.tables.vocabulary import counts_things
from jcdata.text import bare_name


class Cell(NamedTuple):
    """A cell below a table's header, as in `schema.PrintedCell`; `unit` is the unit of money in which it would be."""

    row_no: int
    column_no: int
    heading: str
    code: str
    label: str
    text: str
    line_no: int
    is_money: bool
    unit: str | None


def cells_of_grid(
    grid: Grid,
    columns: Sequence[Column],
    rows: Sequence[PrintedRow],
    key: str | None,
    unit: str | None,
) -> Iterator[Cell]:
    """The cells of a table that keeps them; a figure of its `rows` is money, whatever its row is called, as sums decided it."""
    may_count = may_count_things(columns, key)
    groups = group_columns(columns)
    block_of = [number for number, group in enumerate(groups) for _ in group]
    by_line: dict[int, list[PrintedRow]] = {}
    for row in rows:
        by_line.setdefault(row.line_no, []).append(row)
    for row_no, printed in enumerate(grid.rows, start=1):
        meant = by_line.get(printed.line.no, [])
        texts: dict[int, str] = {}
        of_block = {block_of[f.column_no - 1]: row for row in reversed(meant) for f in row.figures}
        for column, cell in zip(columns, printed.cells, strict=False):
            if cell and not column.is_money and column.role != "row_number":
                texts.setdefault(block_of[column.number], cell)
        for column, cell in zip(columns, printed.cells, strict=False):
            if not cell:
                continue
            block = block_of[column.number]
            beside = bare_name(texts.get(block, ""))
            alone = next((r for r in meant if len(groups) == 1 or r.name == beside), None)
            meaning, figure = next(
                ((r, f) for r in meant for f in r.figures if f.column_no == column.number + 1),
                (of_block.get(block, alone), None),
            )
            label = meaning.name if meaning else beside
            yield Cell(
                row_no=row_no,
                column_no=column.number + 1,
                heading=" / ".join(column.heading),
                code=meaning.code if meaning else "",
                label=label,
                text=figure.text if figure else cell,
                line_no=printed.line.no,
                is_money=figure is not None
                or (column.is_money and not (may_count and counts_things(label, cell))),
                unit=column.unit or unit,
            )


def cells_of_rows(header: Header, rows: Sequence[PrintedRow], unit: str | None) -> Iterator[Cell]:
    """The labels and figures of a table whose cells are told by a template's columns."""
    headings = {column.name: column.labels[0] for column in header.columns}
    places = {column.name: place for place, column in enumerate(header.columns, start=1)}
    for row_no, row in enumerate(rows, start=1):
        label = row.name or row.code
        yield Cell(
            row_no=row_no,
            column_no=1,
            heading=headings.get("item_name", ""),
            code=row.code,
            label=row.name,
            text=label,
            line_no=row.line_no,
            is_money=False,
            unit=unit,
        )
        for figure in row.figures:
            yield Cell(
                row_no=row_no,
                column_no=1 + places.get(figure.measure, len(places)),
                heading=headings.get(figure.measure, figure.measure),
                code=row.code,
                label=row.name,
                text=figure.text,
                line_no=figure.line_no,
                is_money=True,
                unit=unit,
            )

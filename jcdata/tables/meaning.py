"""What a printed table means: which statutory table it is, what each row and column says, by the words of its print.

A table of which that is not known stays as it is printed, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import process

from jcdata.documents.document import Line
from jcdata.messages import Message
from jcdata.schema import TABLE_NAMES
from jcdata.spec_files import patterns
from jcdata.table_templates import blank_signs
from jcdata.tables.blocks import Block, blocks_of, names_items, names_units
from jcdata.tables.columns import (
    ITEM_CODE,
    ITEM_NAME,
    OTHER,
    OTHER_FUNDS,
    SOURCES,
    Column,
    is_known_heading,
    is_named_part,
)
from jcdata.tables.grid_rows import is_basis_row
from jcdata.tables.grids import Grid
from jcdata.tables.kinds import is_title, kind_of
from jcdata.tables.printed import PrintedFigure, PrintedRow
from jcdata.tables.rows import (
    OPERATING,
    has_figure,
    nameless_rows,
    rows_of_headings,
    rows_of_labels,
)
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.text import label_key

EXPENSES, BASIC = "three_public_expenses", "general_public_basic_expenditure"


class Meaning(NamedTuple):
    """What a table means: its key, None where it is not known and `reason` says why; its rows.

    `unread` are cells of columns of money that are no figures, and a figure of the rows that have no name, with the reason.
    """

    key: str | None
    rows: tuple[PrintedRow, ...]
    has_codes: bool
    unread: tuple[tuple[Line, str, Message], ...] = ()
    reason: Message | None = None
    has_governmental_item: bool = False


def read_meaning(grid: Grid, columns: Sequence[Column]) -> Meaning:
    """What a table means, by its words."""
    if _lists_tables(grid):
        return Meaning(key=None, rows=(), has_codes=False, reason=_CONTENTS)
    key = kind_of(grid.title) if grid.title else None
    if not any(column.is_money for column in columns):
        return Meaning(
            key=key if _is_empty(grid) else None,
            rows=(),
            has_codes=False,
            reason=_NO_MONEY,
        )
    blocks = blocks_of(columns, key)
    if _heads_expenses(key, blocks, grid):
        rows = rows_of_headings(grid, blocks)
    else:
        blocks = [block.told_apart(grid) for block in blocks]
        rows = _rows(grid, columns, blocks, key)
    if key == BASIC and _is_of_several_funds(grid.title, rows):
        return Meaning(key=None, rows=(), has_codes=False, reason=_SEVERAL_FUNDS)
    nameless = [row for row in rows if not row.name and not row.code and _has_money(row)]
    named = tuple(row for row in rows if row.code or row.name)
    reason = _reason(grid, key, blocks, nameless, named)
    return Meaning(
        key=key if key and (named or not nameless) else None,
        rows=_with_units(named),
        has_codes=any(block.has_codes for block in blocks),
        has_governmental_item=any(row.governmental_item for row in named),
        unread=tuple(_unread(grid, [c for c in columns if c.is_money], nameless if named else ())),
        reason=reason,
    )


def _rows(
    grid: Grid, columns: Sequence[Column], blocks: Sequence[Block], key: str | None
) -> list[PrintedRow]:
    has_names = any(column.role in (ITEM_NAME, ITEM_CODE) for column in columns)
    if has_names or key == OPERATING:  # the rows of which are those who spend
        rows = rows_of_labels(grid, blocks)
        return list(map(_with_own_table, rows)) if key == EXPENSES else rows
    return [row for block in blocks for row in nameless_rows(grid, block)]


def _with_own_table(row: PrintedRow) -> PrintedRow:
    """A row of the table of “三公” expenses; 机关运行经费 among them is of a table of its own, as it is as a column."""
    return row._replace(table_key=OPERATING) if kind_of(row.name) == OPERATING else row


def _heads_expenses(key: str | None, blocks: Sequence[Block], grid: Grid) -> bool:
    """Whether the expenses of a table stand in its header: in no column, and its headings are not all sources of money."""
    if key not in (EXPENSES, OPERATING) or names_items(blocks, grid):
        return False
    measures = {measure for block in blocks for measure in block.measures.values()}
    if OTHER in measures or (key == EXPENSES and not all(map(_says_no_expense, blocks))):
        return True
    return measures.isdisjoint(SOURCES) and not (key == OPERATING and names_units(blocks, grid))


def _says_no_expense(block: Block) -> bool:
    """Whether all headings of money say what it measures, and none of them what it is spent on."""
    return all(is_known_heading(column.heading[-1]) for column in block.money if column.heading)


def _has_money(row: PrintedRow) -> bool:
    """Whether a figure of a row is more than nothing."""
    return any(map(_is_money, row.figures))


def _is_money(figure: PrintedFigure) -> bool:
    return any(sign.isdecimal() and int(sign) for sign in figure.text)


def _is_of_several_funds(title: str, rows: Sequence[PrintedRow]) -> bool:
    """Whether a table that names no fund in its title has money of others than 一般公共预算."""
    if patterns("titles")["of_one_fund"].search(label_key(title)):
        return False
    return any(f.measure in OTHER_FUNDS and _is_money(f) for row in rows for f in row.figures)


def _with_units(rows: Sequence[PrintedRow]) -> tuple[PrintedRow, ...]:
    """The rows with their units where the table has several; one alone is the document's own, and repeats its total."""
    units = {row.organisation for row in rows if row.organisation}
    if len(units) > 1:
        return tuple(rows)
    totals = {_printed(row) for row in rows if not row.organisation}
    return tuple(
        row._replace(organisation="")
        for row in rows
        if not (row.organisation and row.figures and _printed(row) in totals)
    )


def _printed(row: PrintedRow) -> tuple[str, ...]:
    """What a row says, whoever's it is."""
    figures = (text for figure in row.figures for text in (figure.measure, figure.text))
    return row.table_key, row.side, row.code, row.name, *figures


_CONTENTS = Message("a list of tables", "报表目录")
_SEVERAL_FUNDS = Message(
    "basic expenditure of several funds, which no statutory table has",
    "多种资金的基本支出，不是法定报表",
)
_NO_MONEY = Message("no column of money", "没有金额栏")


def _lists_tables(grid: Grid) -> bool:
    """Whether a table is the contents: titles of tables below each other."""
    rows = [*grid.header, *grid.rows]
    return sum(any(map(is_title, row.filled)) for row in rows) > 1 and not any(
        LOOKS_LIKE_FIGURE.fullmatch(cell) and "." in cell for row in rows for cell in row.cells
    )


def _is_empty(grid: Grid) -> bool:
    """Whether a table has the header of one with money and nothing below it."""
    return not any(cell for row in grid.rows for cell in row.cells[1:])


def _reason(
    grid: Grid,
    key: str | None,
    blocks: Sequence[Block],
    nameless: Sequence[PrintedRow],
    named: Sequence[PrintedRow],
) -> Message | None:
    """Why the meaning of a table is not known, or what of it is not."""
    if key is None:
        if not grid.title:
            return Message("a table without a title", "表格没有表名")
        nearest = process.extractOne(grid.title, TABLE_NAMES)[2]
        return Message(
            f"no statutory table has such a title; nearest is {nearest}",
            f"不是已知报表，最接近{TABLE_NAMES[nearest]}",
        )
    if nameless and not named:
        return Message("no column names what its rows are", "未找到项目名称栏")
    of_money = {f.column_no - 1 for row in (*named, *nameless) for f in row.figures}
    unknown = [
        column
        for block in blocks
        if not _heads_expenses(key, blocks, grid)
        for column in block.money
        if block.measures[column.number] == OTHER
        and has_figure(grid, column.number)
        and (column.number in of_money or not block.may_count)  # else all are counts of things
        and not is_named_part(column)
    ]
    if unknown:
        said = [_heading_of(column) for column in unknown]
        return Message(
            f"headings that are not understood: {'; '.join(text.en for text in said)}",
            f"未能理解的栏目：{'；'.join(text.zh for text in said)}",
        )
    return None


def _heading_of(column: Column) -> Message:
    heading, place = "/".join(column.heading), column.number + 1
    return Message(
        heading or f"column {place} without one", heading or f"第{place}栏（无栏目名称）"
    )


def _unread(
    grid: Grid, money: Sequence[Column], nameless: Sequence[PrintedRow]
) -> list[tuple[Line, str, Message]]:
    """What stands in the columns of money and is no figure, once for each column, and the first figure without a name."""
    found = []
    if nameless:
        first = nameless[0].figures[0]
        line = next(row.line for row in grid.rows if row.line.no == first.line_no)
        reason = Message(
            f"no name or code beside the figures of {len(nameless)} rows",
            f"{len(nameless)}行数字没有项目名称",
        )
        found.append((line, first.text, reason))
    for column in money:
        for row in grid.rows:
            if is_basis_row(row):
                continue
            cell = row.cell(column.number)
            if cell and cell not in blank_signs() and not LOOKS_LIKE_FIGURE.fullmatch(cell):
                heading = "/".join(column.heading)
                reason = Message(
                    f"no figure in the column {heading}", f"金额栏“{heading}”中不是数字"
                )
                found.append((row.line, cell, reason))
                break
    return found

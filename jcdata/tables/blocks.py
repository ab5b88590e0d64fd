"""The columns of a table in blocks that stand side by side, each with its side and what its money measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcdata.schema import STATUTORY_TABLES
from jcdata.tables.column_cells import filled_rows
from jcdata.tables.columns import (
    ITEM_CODE,
    ITEM_NAME,
    ORGANISATION,
    Column,
    is_basis,
    may_count_things,
)
from jcdata.tables.grids import Grid
from jcdata.tables.items import NOTE, begins_block, names_projects, settle_items
from jcdata.tables.measures import measures_of, tell_apart
from jcdata.tables.vocabulary import vocabulary
from jcdata.text import label_key


class Block(NamedTuple):
    """Columns side by side that make up a row: texts, then the money beside them.

    `table_key` is that of the table to which its rows belong, if not the one in which it is printed.
    It `may_count` things in rows beside others of money. It `has_own_names` where its rows are of no classification.
    """

    side: str
    texts: tuple[Column, ...]
    money: tuple[Column, ...]
    measures: dict[int, str]
    table_key: str = ""
    may_count: bool = False
    has_own_names: bool = False

    @property
    def has_codes(self) -> bool:
        """Whether its rows carry classification codes."""
        return any(column.role == ITEM_CODE for column in self.texts)

    @property
    def lists_projects(self) -> bool:
        """Whether a column names projects, so that a row without one sums up others."""
        return any(column.role == ITEM_NAME and names_projects(column) for column in self.texts)

    def told_apart(self, grid: Grid) -> Block:
        """The block with a measure of its own for each of its columns of money."""
        filled = {column.number: filled_rows(grid, column.number) for column in self.money}
        return self._replace(measures=tell_apart(self.measures, self.money, filled))


def group_columns(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of each block, one from each text on that follows money; texts there that begin none are notes."""
    groups: list[list[Column]] = [[]]
    for column in columns:
        follows_money = groups[-1] and any(c.is_money for c in groups[-1])
        if follows_money and begins_block(column):
            groups.append([])
        elif follows_money and column.role == ITEM_NAME:
            column = column._replace(role=NOTE)
        groups[-1].append(column)
    return groups


def blocks_of(columns: Sequence[Column], key: str | None) -> list[Block]:
    """The columns in blocks, each with what its columns mean beside each other."""
    groups = group_columns(columns)
    if len(groups) > 1 and not any(c.is_money for c in groups[-1]):
        remarks = groups.pop()
        groups[-1] += remarks
    may_count = may_count_things(columns, key)
    groups = [settle_items(group, key) for group in groups]
    sides = list(STATUTORY_TABLES[key].rows_are) if key else [""]
    return [
        Block(
            side=_side(group, sides, number),
            texts=tuple(column for column in group if not column.is_money),
            money=tuple(column for column in group if column.is_money),
            measures=measures_of(group),
            table_key=_table_of(group, key) if len(groups) > 1 else "",
            may_count=may_count,
            has_own_names=key is not None and STATUTORY_TABLES[key].lists_names,
        )
        for number, group in enumerate(groups)
    ]


def _table_of(columns: Sequence[Column], key: str | None) -> str:
    """The table of revenue to which a block so headed belongs in one of expenditure; '' for any other block."""
    words = vocabulary()
    keys = [label_key(text) for column in columns for text in column.heading]
    is_revenue = any(map(words.revenue.search, keys)) and not any(
        map(words.expenditure.search, keys)
    )
    return STATUTORY_TABLES[key].revenue if key and is_revenue else ""


def _side(columns: Sequence[Column], sides: Sequence[str], number: int) -> str:
    """The side of a block, where the table has two: its heading says it, else the first is revenue's."""
    if len(sides) == 1:
        return sides[0]
    words = vocabulary()
    for column in columns:
        for text in column.heading:
            if words.expenditure.search(label_key(text)):
                return "expenditure"
            if words.revenue.search(label_key(text)):
                return "revenue"
    return sides[min(number, 1)]


def names_units(blocks: Sequence[Block], grid: Grid) -> bool:
    """Whether a column names those who spend."""
    return any(_cells(blocks, grid, ORGANISATION))


def names_items(blocks: Sequence[Block], grid: Grid) -> bool:
    """Whether the rows of a table are its items, so that a column names them and not only their years."""
    return not all(map(is_basis, _cells(blocks, grid, ITEM_NAME, ITEM_CODE)))


def _cells(blocks: Sequence[Block], grid: Grid, *roles: str) -> list[str]:
    """What stands in the columns of some roles."""
    numbers = [c.number for block in blocks for c in block.texts if c.role in roles]
    return [
        row.cells[number]
        for number in numbers
        for row in grid.rows
        if number < len(row.cells) and row.cells[number]
    ]

"""Which columns of a block name what its rows are, where several could."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jcdata.schema import STATUTORY_TABLES
from jcdata.tables.columns import ITEM_CODE, ITEM_NAME, ORGANISATION, OTHER, Column
from jcdata.tables.measures import measures_of
from jcdata.tables.vocabulary import vocabulary
from jcdata.text import label_key

NOTE, GOVERNMENTAL = "note", "governmental_item"


def settle_items(columns: Sequence[Column], key: str | None) -> list[Column]:
    """The columns of a block of which only those of one classification still name its rows.

    The others stay as they are printed; the names of the government's economic items beside the department's are kept as such.
    In a table of projects the projects give the names.
    """
    if key and "expenses" in STATUTORY_TABLES[key].rows_are.values():
        columns = _with_units_of_expenses(columns)
    groups = _classifications(columns)
    chosen = _choose(groups, key)
    roles = {
        column.number: GOVERNMENTAL
        if column.role == ITEM_NAME and is_governmental(column)
        else NOTE
        for group in groups
        if group is not chosen
        for column in group
    }
    if key and STATUTORY_TABLES[key].lists_projects:
        names = [column for column in columns if column.role == ITEM_NAME]
        projects = [column for column in names if names_projects(column)]
        if projects:
            roles |= {c.number: NOTE for c in names}
            roles |= {c.number: ITEM_CODE for c in groups[0] if c.role == ITEM_CODE}
            roles[projects[0].number] = ITEM_NAME
    return [column._replace(role=roles.get(column.number, column.role)) for column in columns]


def _with_units_of_expenses(columns: Sequence[Column]) -> list[Column]:
    """The columns of a table of expenses: where its header names them, a column of 单位名称（科目） has units."""
    words = vocabulary()
    if OTHER not in measures_of(columns).values():
        return list(columns)
    return [
        column._replace(role=ORGANISATION)
        if column.role == ITEM_NAME
        and column.heading
        and words.of_units.fullmatch(label_key(column.heading[-1]))
        else column
        for column in columns
    ]


def begins_block(column: Column) -> bool:
    """Whether a column behind money may begin another block: one of codes, or of names that its heading calls so."""
    keys = [label_key(text) for text in column.heading]
    return column.role == ITEM_CODE or (
        column.role == ITEM_NAME
        and (not keys or any(map(vocabulary().item_heading.fullmatch, keys)))
    )


def names_projects(column: Column) -> bool:
    """Whether a column is headed as that of the projects."""
    last = label_key(column.heading[-1]) if column.heading else ""
    return bool(vocabulary().project_heading.fullmatch(last))


def is_governmental(column: Column) -> bool:
    """Whether a column is of the economic classification of the government's budget."""
    return _is_headed(column, vocabulary().governmental)


def _classifications(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of codes and names, those of one classification together."""
    groups: list[list[Column]] = []
    for column in columns:
        if column.role not in (ITEM_CODE, ITEM_NAME):
            continue
        group = groups[-1] if groups else []
        has_code = any(c.role == ITEM_CODE for c in group)
        has_name = any(c.role == ITEM_NAME for c in group)
        begins = (
            not group
            or is_governmental(column) != is_governmental(group[-1])
            or (column.role == ITEM_CODE and has_code and not column.goes_on)
            or (column.role == ITEM_NAME and has_name and group[-1].role == ITEM_CODE)
        )
        if begins:
            groups.append([])
        groups[-1].append(column)
    return groups


def _choose(groups: list[list[Column]], key: str | None) -> list[Column] | None:
    """The classification that the rows of a table are of: in one of economic items the department's, else the first."""
    if key and "economic_items" in STATUTORY_TABLES[key].rows_are.values():
        words = vocabulary().economic
        economic = [group for group in groups if _is_headed(group[0], words)]
        economic.sort(key=lambda group: is_governmental(group[0]))
        groups = economic or groups
    return groups[0] if groups else None


def _is_headed(column: Column, words: re.Pattern[str]) -> bool:
    return any(words.fullmatch(label_key(text)) for text in column.heading)

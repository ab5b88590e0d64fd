"""Where the cells of a row belong if they do not stand below their headings: in the order of the columns."""

from __future__ import annotations

from collections.abc import Sequence

from jcdata.forms.headed_columns import LEVELS, Column, Header
from jcdata.forms.levels import find_level, level1_labels

Placed = tuple[str, int]  # a cell and the place of its heading


def levels_fit(header: Header, cells: Sequence[Placed]) -> bool:
    """Whether no label of a level stands below another heading, nor anything else below that of a level."""
    for text, place in cells:
        column = header.column_at(place)
        is_level = column is not None and column.role in LEVELS
        if is_level != (find_level(text) is not None):
            return False
    return True


def in_order(columns: Sequence[Column], cells: Sequence[str]) -> list[Placed]:
    """The cells of a row that has one for each column but those of levels, in the order of the columns; none otherwise."""
    levels = {column.role: column for column in columns if column.role in LEVELS}
    rest = [column for column in columns if column.role not in LEVELS]
    count = len(cells) - len(rest)
    labels = [find_level(text) for text in cells[: max(0, count)]]
    if not rest or not 0 <= count <= len(levels) or not all(labels) or find_level(cells[count]):
        return []
    roles = list(levels)[-count:] if count else []
    if (
        count == 1
        and labels[0]
        and (labels[0].level2 or labels[0].level1) in level1_labels()
        and "level1" in levels
    ):
        roles = ["level1"]
    places = [*(levels[role].begin for role in roles), *(column.begin for column in rest)]
    return list(zip(cells, places, strict=True))


def spread(cells: Sequence[Placed], width: int) -> tuple[str, ...]:
    """A row of so many places, or as many as its cells need."""
    places = {begin: text for text, begin in cells}
    return tuple(places.get(place, "") for place in range(max(width, *(p + 1 for p in places))))

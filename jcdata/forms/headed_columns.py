"""The columns of a grid by their headings, and the halves that those of a grid of indicators make up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcdata.documents.formats.rows import Merged
from jcdata.forms.headings import PART_OF_YEAR, match_cell, role_of
from jcdata.schema import ANNUAL, HORIZONS, PERIOD

LEVELS = ("level1", "level2")
LABELS = (*LEVELS, "name")  # what begins another half where it is headed once more
_NAMES = ("name", "other_name")
_TARGETS = ("value", "period_value")
_BESIDE = ("comparator", "unit", "weight", "actual", "score", "deviation", "note", PART_OF_YEAR)
_TELLING = {*LEVELS, *_NAMES, *_TARGETS, "actual"}


class Row(NamedTuple):
    """A line as cells without white space; `merged` says which of them cover several columns or rows."""

    line_no: int
    cells: tuple[str, ...]
    merged: tuple[Merged, ...] = ()

    @property
    def filled(self) -> list[str]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell]


class Column(NamedTuple):
    """The columns from `begin` up to `end` that a heading stands above, and what it says of them: '' if nothing known."""

    role: str
    begin: int
    end: int
    heading: str


class Half(NamedTuple):
    """The columns of the indicators of one horizon by what they hold."""

    horizon: str
    columns: dict[str, Column]


class Header(NamedTuple):
    """The columns of a grid with the halves that they make up, how many cells its row has and how many rows it stands in."""

    columns: tuple[Column, ...]
    halves: tuple[Half, ...]
    width: int
    depth: int = 1

    def column_at(self, place: int) -> Column | None:
        """The column in which a cell stands."""
        return next((c for c in self.columns if c.begin <= place < c.end), None)

    @property
    def unknown(self) -> list[Column]:
        """Columns with a heading that says nothing known, or the same as one before it."""
        known = {column for half in self.halves for column in half.columns.values()}
        return [c for c in self.columns if c not in known and c.role not in ("side", "note")]


def find_header(row: Row, below: Row | None = None) -> Header | None:
    """The header of a grid that a row is, with the row below it if that divides its columns; None if it is none."""
    upper = columns_of("indicators", row)
    roles = {column.role for column in upper}
    lower = columns_of("indicators", below) if below else []
    lower_roles = {column.role for column in lower}
    is_whole = not roles.isdisjoint(_NAMES)
    has_levels_below = roles <= {"side", *_TARGETS, *_BESIDE} and not lower_roles.isdisjoint(_NAMES)
    if not is_whole and not (has_levels_below and roles - {"side"}):
        return None
    depth = 1
    if (
        lower
        and "" not in lower_roles
        and (has_levels_below or lower_roles.isdisjoint((*LABELS, "other_name")))
    ):
        upper, depth = divide(upper, lower), 2
    if len({column.role for column in upper} & _TELLING) < 2:
        return None
    halves = _halves(upper)
    width = max(len(row.cells), *(column.end for column in upper))
    return Header(columns=tuple(upper), halves=halves, width=width, depth=depth) if halves else None


def columns_of(part: str, row: Row) -> list[Column]:
    """The columns that each cell of a row heads, if it does, in a part of the form as `role_of` knows them."""
    spans = {merged.column: merged.columns for merged in row.merged}
    return [
        Column(
            role=role_of(part, cell),
            begin=place,
            end=place + spans.get(place, 1),
            heading=cell,
        )
        for place, cell in enumerate(row.cells)
        if cell
    ]


def divide(upper: Sequence[Column], lower: Sequence[Column]) -> list[Column]:
    """The columns of both rows of a header: what stands below a heading says more than it."""
    divided = {place for column in lower for place in range(column.begin, column.end)}
    whole = [c for c in upper if divided.isdisjoint(range(c.begin, c.end))]
    return sorted([*whole, *lower], key=lambda column: column.begin)


def _halves(columns: Sequence[Column]) -> tuple[Half, ...]:
    """One half, or two where level 2 or the name is headed twice or a target is for each horizon; none for anything else."""
    groups: list[dict[str, Column]] = [{}]
    for column in columns:
        if column.role in LABELS and column.role in groups[-1]:
            groups.append({})
        present = groups[-1].get(column.role)
        if column.role not in ("", PART_OF_YEAR) and (not present or _is_rather(column, present)):
            groups[-1][column.role] = column
    for group in groups:
        if "name" not in group and "other_name" in group:
            group["name"] = group["other_name"]
        group.pop("other_name", None)
    if not 1 <= len(groups) <= len(HORIZONS) or not all("name" in group for group in groups):
        return ()
    if len(groups) > 1:
        shared = {role: groups[0][role] for role in LEVELS if role in groups[0]}
        return tuple(
            Half(horizon, shared | _with_target(group))
            for horizon, group in zip(HORIZONS, groups, strict=True)
        )
    group = groups[0]
    if "period_value" not in group:
        return (Half(ANNUAL, group),)
    period = Half(PERIOD, _with_target({r: c for r, c in group.items() if r != "value"}))
    annual = Half(ANNUAL, {r: c for r, c in group.items() if r != "period_value"})
    return (period, annual) if "value" in group else (period,)


def _is_rather(column: Column, present: Column) -> bool:
    """Whether of two columns with one role the second holds what is the year's."""
    is_of_year = (match_cell("of_year", heading) for heading in (column.heading, present.heading))
    return column.role in ("value", "actual") and [bool(found) for found in is_of_year] == [
        True,
        False,
    ]


def _with_target(group: dict[str, Column]) -> dict[str, Column]:
    target = group.get("period_value") or group.get("value")
    rest = {role: column for role, column in group.items() if role not in _TARGETS}
    return rest | ({"value": target} if target else {})

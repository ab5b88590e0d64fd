"""Tables by their ruling lines: the cells of their grids with what is printed in each."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from jcdata.documents.formats.pdf.cut_amounts import middle_of, with_whole_amounts
from jcdata.documents.formats.pdf.page import Rule, TextRun
from jcdata.documents.formats.pdf.ruling_lines import (
    TOLERANCE,
    Grid,
    cluster,
    find_grids,
    has_line,
    is_covered,
    join_columns,
    join_places,
    place,
)
from jcdata.documents.formats.pdf.text_lines import find_lines
from jcdata.documents.formats.rows import Recognised, least_sure

DRIFTS = (10.0, 5.0)  # points by which a browser may move a column from one page to the next
WIDE = 10  # characters
WRAPPED_EARLY = 3  # characters
FEWEST_STACKS = 2  # of amounts, in a row that is several

Frame = tuple[float, float, float, float]  # x0, top, x1 and bottom of a grid

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")


class RuledCell(NamedTuple):
    """A cell: its place on the page, its text with line ends, and how many rows it covers.

    `is_full` says that its last line leaves no room for another character, so that the text may go on elsewhere;
    `is_open` that no line closes it at its bottom. `recognised` says how sure its text is if it was read off a picture,
    `has_marks` that raised footnote marks are left out of it, `is_wrapped` that all its lines but the last are full.
    `is_unsure` says that it may be an amount, part of one, or several.
    """

    x0: float
    x1: float
    text: str
    row_span: int
    is_full: bool
    is_open: bool = False
    recognised: Recognised | None = None
    has_marks: bool = False
    is_wrapped: bool = False
    is_unsure: bool = False


class RuledTable(NamedTuple):
    """A table on one page: its rows with the cells that begin in them, from left to right.

    `tops` are the upper ends of the rows. `is_open_above` and `is_open_below` say that no line runs along that end of it.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[RuledCell]]
    tops: tuple[float, ...] = ()
    is_open_above: bool = False
    is_open_below: bool = False


def find_tables(
    rules: Sequence[Rule], runs: Sequence[TextRun]
) -> tuple[list[RuledTable], list[TextRun], bool]:
    """The tables of a page, given its ruling lines, from top to bottom, and the text that is in none of them.

    The last says whether the page has more lines than are read as tables.
    """
    grids, is_drawn = find_grids(rules)
    frames = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in grids]
    inside: list[list[TextRun]] = [[] for _ in grids]
    outside: list[TextRun] = []
    for run in runs:
        is_cut, frame = _find_frame(frames, run)
        if not is_cut:
            (outside if frame is None else inside[frame]).append(run)
            continue
        sides = [x for x0, _, x1, _ in frames for x in (x0, x1)]
        for group in with_whole_amounts(run.split(), sides):
            _, frame = _find_frame(frames, middle_of(group))
            (outside if frame is None else inside[frame]).extend(group)
    for grid, content in zip(grids, inside, strict=True):
        overflow, outside = _find_overflow(grid, outside)
        content += overflow
    tables = []
    for grid, content in zip(grids, inside, strict=True):
        table = _read_grid(grid, content)
        if _has_rows(table):
            tables.append(table)
        else:
            outside += content
    return sorted(tables, key=lambda table: table.top), outside, is_drawn


def _find_frame(frames: Sequence[Frame], run: TextRun) -> tuple[bool, int | None]:
    """Whether the side of a frame cuts a run, else the number of the narrowest one that it is in."""
    frame, narrowest = None, math.inf
    y, first, last = run.y, run.first_x, run.last_x
    for i, (x0, top, x1, bottom) in enumerate(frames):
        if top < y < bottom and x0 < last and first < x1:
            if first <= x0 or x1 <= last:
                return True, None
            if x1 - x0 < narrowest:
                frame, narrowest = i, x1 - x0
    return False, frame


def _has_rows(table: RuledTable) -> bool:
    """Whether lines part a table's rows: no two cells of a row hold several amounts, one below the other."""
    return all(
        sum(_stacks_amounts(cell.text) for cell in row) < FEWEST_STACKS for row in table.rows
    )


def _stacks_amounts(text: str) -> bool:
    return sum(1 for line in text.split("\n") if _AMOUNT.fullmatch(line)) > 1


def _find_overflow(grid: Grid, runs: Sequence[TextRun]) -> tuple[list[TextRun], list[TextRun]]:
    """The text that follows right below a merged cell which a page break leaves open, and the others.

    A browser gives such a cell no more height than the rows beside it have, and prints its text on below them.
    """
    bottom = len(grid.ys) - 1
    open_places = [
        sides for sides in pairwise(grid.xs) if not is_covered(grid.level[bottom], *sides)
    ]
    if not 0 < len(open_places) < len(grid.xs) - 1:
        return [], list(runs)
    reached = dict.fromkeys(open_places, grid.ys[-1])
    overflow: list[TextRun] = []
    others: list[TextRun] = []
    parts = [part for run in runs for part in (run.split() if _is_cut(run, grid.xs) else (run,))]
    for part in sorted(parts, key=lambda part: part.top):
        x, y = part.first_x, part.y
        sides = next(
            (sides for sides in open_places if sides[0] < x < sides[1] and y > grid.ys[-1]), None
        )
        if sides and part.top < reached[sides] + part.size / 2:
            reached[sides] = part.bottom
            overflow.append(part)
        else:
            others.append(part)
    return overflow, others


def _is_cut(run: TextRun, xs: Sequence[float]) -> bool:
    """Whether one of the upright sides stands between the characters of a run."""
    return bisect_right(xs, run.first_x) != bisect_right(xs, run.last_x)


_Content = dict[int, list[TextRun]]  # first place of a cell -> what is printed in it


def _read_grid(grid: Grid, runs: Iterable[TextRun]) -> RuledTable:
    areas = join_places(grid)
    content = _content_of(grid, areas, runs)
    if narrow := _narrow_columns(grid, areas, content):
        joined = join_columns(grid, narrow)
        areas, content = _moved(grid, areas, content, join_places(joined))
        grid = joined
    return _table_of(grid, areas, content)


def _content_of(grid: Grid, areas: Sequence[int], runs: Iterable[TextRun]) -> _Content:
    content: _Content = defaultdict(list)
    width = len(grid.xs) - 1

    def cell_at(x: float, y: float) -> int:
        row = min(bisect_right(grid.ys, y), len(grid.ys) - 1) - 1
        return areas[row * width - 1 + bisect_right(grid.xs, x)]

    pieces: list[TextRun] = []
    for run in runs:
        is_within = len(run.text) == 1 or cell_at(run.first_x, run.y) == cell_at(run.last_x, run.y)
        pieces += (run,) if is_within else run.split()
    for group in with_whole_amounts(pieces, grid.xs):
        run = middle_of(group)
        content[cell_at(run.first_x, run.y)] += group
    return content


def _narrow_columns(grid: Grid, areas: Sequence[int], content: _Content) -> set[int]:
    """The columns in which no character has room: beside a side that is not drawn in one line, or around a box in a cell."""
    sizes = [run.size for runs in content.values() for run in runs for _ in run.text]
    size = median_low(sizes or [0.0])
    room = size + min(size / 2, _padding(grid, areas, content))
    narrow = {x for x, (x0, x1) in enumerate(pairwise(grid.xs)) if x1 - x0 < room}
    width = len(grid.xs) - 1
    last_of = _last_of(areas)
    for first in (cell for cell, runs in content.items() if runs):
        columns = set(range(first % width, last_of[first] % width + 1))
        narrow -= columns if columns <= narrow else set()
    return narrow


def _moved(
    grid: Grid, areas: Sequence[int], content: _Content, joined: list[int]
) -> tuple[list[int], _Content]:
    """The cells of a grid whose columns are joined, each with what the widest place of a former one holds."""
    widths = [x1 - x0 for x0, x1 in pairwise(grid.xs)]
    widest: dict[int, int] = {}
    for number, cell in enumerate(areas):
        best = widest.setdefault(cell, number)
        if widths[number % len(widths)] > widths[best % len(widths)]:
            widest[cell] = number
    moved: _Content = defaultdict(list)
    for cell, runs in content.items():
        moved[joined[widest[cell]]] += runs
    return joined, moved


def _table_of(grid: Grid, areas: Sequence[int], content: _Content) -> RuledTable:
    width = len(grid.xs) - 1
    padding = _padding(grid, areas, content)
    rows: list[list[RuledCell]] = [[] for _ in grid.ys[1:]]
    last_of = _last_of(areas)
    for first, (x0, x1) in _sides(grid, areas).items():
        lines = find_lines(content[first])
        row_span = last_of[first] // width - first // width + 1
        is_full = _is_full(content[first], x1 - x0 - padding)
        below, last_column = divmod(last_of[first] + width, width)
        is_open = not has_line(grid, below, first % width, last_column + 1)
        rows[first // width].append(
            RuledCell(
                x0=x0,
                x1=x1,
                text="\n".join(line.text for line in lines),
                row_span=row_span,
                is_full=is_full,
                is_open=is_open,
                recognised=least_sure(line.recognised for line in lines),
                has_marks=any(line.marks for line in lines),
                is_wrapped=all(
                    x1 - x0 - padding - (line.x1 - line.x0) < line.bottom - line.top
                    for line in lines[:-1]
                ),
            )
        )
    return RuledTable(
        x0=grid.xs[0],
        top=grid.ys[0],
        x1=grid.xs[-1],
        bottom=grid.ys[-1],
        rows=rows,
        tops=tuple(grid.ys[:-1]),
        is_open_above=not has_line(grid, 0, 0, width),
        is_open_below=not has_line(grid, len(grid.ys) - 1, 0, width),
    )


def _last_of(areas: Sequence[int]) -> dict[int, int]:
    """The last place of each cell by its first."""
    return dict(zip(areas, range(len(areas)), strict=True))


def _sides(grid: Grid, areas: Sequence[int]) -> dict[int, tuple[float, float]]:
    """Where each cell begins and ends, by its first place."""
    width = len(grid.xs) - 1
    return {
        first: (grid.xs[first % width], grid.xs[last % width + 1])
        for first, last in _last_of(areas).items()
    }


def _padding(grid: Grid, areas: Sequence[int], content: _Content) -> float:
    """The room in points that cells keep at both sides of their text together."""
    free = [
        x1 - x0 - _extent(content[first])
        for first, (x0, x1) in _sides(grid, areas).items()
        if content[first]
    ]
    return max(0.0, min(free, default=0.0))


def _extent(runs: Iterable[TextRun]) -> float:
    """The width of what is printed."""
    printed = [run for run in runs if run.text != " "]
    if not printed:
        return 0.0
    return max([run.x1 for run in printed]) - min([run.x0 for run in printed])


def _is_full(runs: Sequence[TextRun], room: float) -> bool:
    """Whether the last line fills the room that a cell has; in wide cells numbers and signs may wrap early."""
    if not runs:
        return False
    bottom = max([run.bottom for run in runs])
    last = [run for run in runs if bottom - run.bottom < TOLERANCE]
    size = max([run.size for run in last])
    return room - _extent(last) < size * (WRAPPED_EARLY if room > WIDE * size else 1)


def _drift_of(tables: Sequence[RuledTable]) -> float:
    """How many points tables below each other may move a column: so few that no two columns of one of them become one."""
    own = [cluster(_begins([table])) for table in tables]
    for drift in DRIFTS:
        columns = cluster(_begins(tables), drift)
        if all(len({place(x, columns) for x in begins}) == len(begins) for begins in own):
            return drift
    return TOLERANCE


def columns_of(tables: Sequence[RuledTable]) -> list[float]:
    """Where the columns of tables that are printed below each other begin."""
    return cluster(_begins(tables), _drift_of(tables))


def _begins(tables: Sequence[RuledTable]) -> list[float]:
    return [cell.x0 for table in tables for row in table.rows for cell in row]

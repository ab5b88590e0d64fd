"""The ruling lines of a page as the grids of its tables.

Browsers and office programs draw lines that end short of a corner, above all where a page breaks, so that a line
counts wherever it covers a good part of a side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.documents.formats.pdf.page import Rule

TOLERANCE = 3.0  # points within which lines are the same
COVERED = 0.3  # share of a cell's side that a line must cover
MAX_GRID = 100_000  # places of a table's grid; more are a drawing
MAX_RULES = 20_000  # ruling lines on a page; more are a drawing


class _Line(NamedTuple):
    """A ruling line: where it runs, and from where to where."""

    at: float
    begin: float
    end: float


class Grid(NamedTuple):
    xs: list[float]
    ys: list[float]
    upright: dict[int, list[tuple[float, float]]]  # index of x -> spans of y
    level: dict[int, list[tuple[float, float]]]  # index of y -> spans of x


def find_grids(rules: Sequence[Rule]) -> tuple[list[Grid], bool]:
    """The grids of the tables of a page, and whether it has more lines than are read as such."""
    level = [_Line(rule.top, rule.x0, rule.x1) for rule in rules if rule.top == rule.bottom]
    upright = [_Line(rule.x0, rule.top, rule.bottom) for rule in rules if rule.top != rule.bottom]
    if max(len(level), len(upright)) > MAX_RULES:
        return [], True
    groups = _with_sides(_connected(_joined(level), _joined(upright)))
    grids = [grid for group in groups if (grid := _build_grid(*group))]
    read = [grid for grid in grids if len(grid.xs) * len(grid.ys) <= MAX_GRID]
    return read, len(read) < len(grids)


def _joined(lines: list[_Line]) -> list[_Line]:
    """Those in one line as one; what is shorter than the tolerance is a dot or a dash."""
    groups: list[list[_Line]] = []
    for line in sorted(lines):
        if groups and line.at - groups[-1][-1].at <= TOLERANCE:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[_Line] = []
    for group in groups:
        at = sum(line.at for line in group) / len(group)
        begin, end = float("inf"), float("-inf")
        for line in sorted(group, key=lambda line: line.begin):
            if line.begin > end + TOLERANCE:
                if end - begin >= TOLERANCE:
                    joined.append(_Line(at, begin, end))
                begin, end = line.begin, line.end
            end = max(end, line.end)
        if end - begin >= TOLERANCE:
            joined.append(_Line(at, begin, end))
    return joined


_Group = tuple[list[_Line], list[_Line]]  # level and upright lines


def _connected(level: list[_Line], upright: list[_Line]) -> list[_Group]:
    """The lines in groups that cross each other; those that cross none are groups of their own."""
    leader = list(range(len(level) + len(upright)))

    def find(key: int) -> int:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    by_place = sorted(range(len(upright)), key=lambda i: upright[i].at)
    places = [upright[i].at for i in by_place]
    for number, line in enumerate(level):
        first = bisect_right(places, line.begin - TOLERANCE)
        last = bisect_right(places, line.end + TOLERANCE)
        for i in by_place[first:last]:
            if upright[i].begin - TOLERANCE <= line.at <= upright[i].end + TOLERANCE:
                leader[find(number)] = find(len(level) + i)
    groups: dict[int, _Group] = defaultdict(lambda: ([], []))
    for number, line in enumerate(level):
        groups[find(number)][0].append(line)
    for number, line in enumerate(upright):
        groups[find(len(level) + number)][1].append(line)
    return list(groups.values())


def _with_sides(groups: Iterable[_Group]) -> list[_Group]:
    """The groups that have level lines, each with the upright lines as high as it that cross none of them.

    Such a line is the side of a merged cell that began on the page before and ends on the next.
    """
    tables: list[_Group] = []
    lone: list[_Group] = []
    for group in groups:
        (tables if group[0] else lone).append(group)
    heights = [_height(table) for table in tables]
    for side in lone:
        alike = (
            table
            for table, height in zip(tables, heights, strict=True)
            if _is_same(height, _height(side))
        )
        if table := next(alike, None):
            table[1].extend(side[1])
    return tables


def _height(group: _Group) -> tuple[float, float]:
    sides = group[1]
    return min((side.begin for side in sides), default=0.0), max(
        (side.end for side in sides), default=0.0
    )


def _is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < TOLERANCE for a, b in zip(one, other, strict=True))


def _build_grid(level: list[_Line], upright: list[_Line]) -> Grid | None:
    """The grid of connected lines; None for a line or a frame.

    Where lines end, the grid ends too: a table that goes on from the page before may have no line at its top.
    """
    if not upright or not level:
        return None
    xs = cluster(
        [
            *(line.at for line in upright),
            min(line.begin for line in level),
            max(line.end for line in level),
        ]
    )
    ys = cluster(
        [
            *(line.at for line in level),
            min(line.begin for line in upright),
            max(line.end for line in upright),
        ]
    )
    if len(xs) < 3 or len(ys) < 2:
        return None
    return Grid(xs=xs, ys=ys, upright=_spans(upright, xs), level=_spans(level, ys))


def cluster(values: Iterable[float], tolerance: float = TOLERANCE) -> list[float]:
    """The values in order, those that lie closer together than the tolerance as one."""
    found: list[float] = []
    last = float("-inf")
    for value in sorted(values):
        if value - last > tolerance:
            found.append(value)
        last = value
    return found


def place(value: float, values: Sequence[float]) -> int:
    """The index of a clustered value."""
    return max(0, bisect_right(values, value + TOLERANCE / 2) - 1)


def _spans(lines: Iterable[_Line], values: Sequence[float]) -> dict[int, list[tuple[float, float]]]:
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for line in lines:
        spans[place(line.at, values)].append((line.begin, line.end))
    return spans


def has_line(grid: Grid, y: int, begin: int, end: int) -> bool:
    """Whether a line runs below or above one of the places between two upright sides, given by their numbers."""
    spans = grid.level[y]
    return any(is_covered(spans, grid.xs[x], grid.xs[x + 1]) for x in range(begin, end))


def join_places(grid: Grid) -> list[int]:
    """For each place of the grid, row by row, the first place of the cell that it belongs to."""
    width = len(grid.xs) - 1
    areas: list[int] = []
    above: dict[
        tuple[int, int], int
    ] = {}  # first and last column of each cell in the row above -> its first place
    for y, (top, bottom) in enumerate(pairwise(grid.ys)):
        walls = [x for x in range(1, width) if is_covered(grid.upright[x], top, bottom)]
        row: dict[tuple[int, int], int] = {}
        for begin, end in pairwise([0, *walls, width]):
            floor = has_line(grid, y, begin, end)
            row[begin, end] = (
                y * width + begin if floor else above.get((begin, end), y * width + begin)
            )
            areas += [row[begin, end]] * (end - begin)
        above = row
    return areas


def join_columns(grid: Grid, narrow: Collection[int]) -> Grid:
    """A grid with one upright side in place of those that only narrow columns part, which are given by their numbers.

    Their lines are at the table's own side if it is one of them, else where the longest are.
    """
    last = len(grid.xs) - 1
    upright: dict[int, list[tuple[float, float]]] = defaultdict(list)
    sides: list[int] = []
    for x in range(len(grid.xs)):
        sides.append(x)
        if x in narrow:
            continue
        outer = [side for side in sides if side in (0, last)]
        longest = max(sides, key=lambda side: sum(end - begin for begin, end in grid.upright[side]))
        upright[outer[0] if outer else longest] = _union(
            span for side in sides for span in grid.upright[side]
        )
        sides = []
    return grid._replace(upright=upright)


def _union(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spans, those that overlap as one."""
    found: list[tuple[float, float]] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def is_covered(spans: Iterable[tuple[float, float]], begin: float, end: float) -> bool:
    """Whether lines cover a good part of a side."""
    covered = sum(
        [
            min(end, stop) - max(begin, start)
            for start, stop in spans
            if start < end and begin < stop
        ]
    )
    return covered >= COVERED * (end - begin)

"""The ruling lines of a page: those that cross make the grid of a table, whose places join where no line parts them.

Browsers and office programs draw lines that end short of a corner, above all where a page breaks, so that a line
counts wherever it covers a good part of a side.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pdfplumber.table import edges_to_intersections, merge_edges
from pdfplumber.utils.geometry import filter_edges

TOLERANCE = 3.0  # points within which lines are the same
COVERED = 0.3  # share of a cell's side that a line must cover
MAX_GRID = 100_000  # places of a table's grid

Edge = dict[str, Any]


class Grid(NamedTuple):
    """Where the lines of a table stand, from left to right and from top to bottom, and how far each is drawn."""

    xs: list[float]
    ys: list[float]
    upright: dict[int, list[tuple[float, float]]]  # index of x -> spans of y
    level: dict[int, list[tuple[float, float]]]  # index of y -> spans of x


def find_grids(edges: Iterable[Edge]) -> list[Grid]:
    """The grids of the tables that the ruling lines of a page draw."""
    return [
        grid for group in _with_sides(_connected(_merge(edges))) if (grid := _build_grid(group))
    ]


def _merge(edges: Iterable[Edge]) -> list[Edge]:
    """The ruling lines, those in one line as one; what is shorter than the tolerance is a dot or a dash."""
    drawn = [edge for edge in edges if edge["orientation"]]
    lines = merge_edges(
        drawn,
        snap_x_tolerance=TOLERANCE,
        snap_y_tolerance=TOLERANCE,
        join_x_tolerance=TOLERANCE,
        join_y_tolerance=TOLERANCE,
    )
    return filter_edges(lines, min_length=TOLERANCE)


def _connected(edges: list[Edge]) -> list[list[Edge]]:
    """The ruling lines in groups that cross each other."""
    leader: dict[int, int] = {id(edge): id(edge) for edge in edges}

    def find(key: int) -> int:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for crossing in edges_to_intersections(edges, TOLERANCE, TOLERANCE).values():
        first, *others = (find(id(edge)) for edge in (*crossing["v"], *crossing["h"]))
        leader.update(dict.fromkeys(others, first))
    groups: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[find(id(edge))].append(edge)
    return list(groups.values())


def _with_sides(groups: Iterable[list[Edge]]) -> list[list[Edge]]:
    """The groups that have level lines, each with the upright lines as high as it that cross none of them.

    Such a line is the side of a merged cell that began on the page before and ends on the next.
    """
    tables: list[list[Edge]] = []
    lone: list[list[Edge]] = []
    for group in groups:
        (tables if any(edge["orientation"] == "h" for edge in group) else lone).append(group)
    heights = [_height(table) for table in tables]
    for side in lone:
        alike = (
            table
            for table, height in zip(tables, heights, strict=True)
            if _is_same(height, _height(side))
        )
        if table := next(alike, None):
            table += side
    return tables


def _height(edges: Iterable[Edge]) -> tuple[float, float]:
    sides = [edge for edge in edges if edge["orientation"] == "v"]
    return min((e["top"] for e in sides), default=0.0), max(
        (e["bottom"] for e in sides), default=0.0
    )


def _is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < TOLERANCE for a, b in zip(one, other, strict=True))


def _build_grid(edges: Iterable[Edge]) -> Grid | None:
    """The grid of connected lines; None for a line, a frame or what is too large to be a table.

    Where lines end, the grid ends too: a table that goes on from the page before may have no line at its top.
    """
    upright = [(e["x0"], e["top"], e["bottom"]) for e in edges if e["orientation"] == "v"]
    level = [(e["top"], e["x0"], e["x1"]) for e in edges if e["orientation"] == "h"]
    if not upright or not level:
        return None
    xs = cluster(
        [*(x for x, *_ in upright), min(x0 for _, x0, _ in level), max(x1 for *_, x1 in level)]
    )
    ys = cluster(
        [
            *(y for y, *_ in level),
            min(top for _, top, _ in upright),
            max(bottom for *_, bottom in upright),
        ]
    )
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MAX_GRID:
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


def _spans(
    lines: Iterable[tuple[float, float, float]], values: Sequence[float]
) -> dict[int, list[tuple[float, float]]]:
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for value, begin, end in lines:
        spans[place(value, values)].append((begin, end))
    return spans


def has_line(grid: Grid, y: int, x0: float, x1: float) -> bool:
    """Whether a line runs below or above one of the places between two sides."""
    places = (sides for sides in pairwise(grid.xs) if x0 <= sides[0] < x1)
    return any(is_covered(grid.level[y], *sides) for sides in places)


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
            floor = has_line(grid, y, grid.xs[begin], grid.xs[end])
            row[begin, end] = (
                y * width + begin if floor else above.get((begin, end), y * width + begin)
            )
            areas += [row[begin, end]] * (end - begin)
        above = row
    return areas


def is_covered(spans: Iterable[tuple[float, float]], begin: float, end: float) -> bool:
    """Whether lines run along enough of a side to count as drawn."""
    covered = sum(max(0.0, min(end, stop) - max(begin, start)) for start, stop in spans)
    return covered >= COVERED * (end - begin)

"""Tables by their ruling lines: a grid of all the lines of a table, cells joined where no line parts them.

Browsers and office programs draw lines that end short of a corner, above all where a page breaks, so that a line
counts wherever it covers a good part of a side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pdfplumber.table import edges_to_intersections, merge_edges
from pdfplumber.utils.geometry import filter_edges
from pdfplumber.utils.text import extract_text

from jcdata.text import fold

TOLERANCE = 3.0  # points within which lines are the same
DRIFT = 5.0  # points by which a browser moves a column from one page to the next; no cell is so narrow
COVERED = 0.3  # share of a cell's side that a line must cover
WIDE = 10  # characters
WRAPPED_EARLY = 3  # characters
FEWEST_STACKS = 2  # of amounts, in a row that is several
MAX_GRID = 100_000  # places of a table's grid

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")

Char = dict[str, Any]
Edge = dict[str, Any]


class RuledCell(NamedTuple):
    """A cell: its place on the page, its text with line ends, and how many rows it covers.

    `is_full` says that its last line leaves no room for another character, so that the text may go on elsewhere;
    `is_open` that no line closes it at its bottom.
    """

    x0: float
    x1: float
    text: str
    row_span: int
    is_full: bool
    is_open: bool = False


class RuledTable(NamedTuple):
    """A table on one page: its rows with the cells that begin in them, from left to right.

    `is_open_above` and `is_open_below` say that no line runs along that end of it.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[RuledCell]]
    is_open_above: bool = False
    is_open_below: bool = False


class _Grid(NamedTuple):
    xs: list[float]
    ys: list[float]
    upright: dict[int, list[tuple[float, float]]]  # index of x -> spans of y
    level: dict[int, list[tuple[float, float]]]  # index of y -> spans of x


def find_tables(edges: Iterable[Edge], chars: Sequence[Char]) -> tuple[list[RuledTable], list[Char]]:
    """The tables of a page, given its ruling lines, from top to bottom, and the characters that are in none of them."""
    grids = [grid for group in _with_sides(_connected(_merge(edges))) if (grid := _build_grid(group))]
    inside: list[list[Char]] = [[] for _ in grids]
    outside: list[Char] = []
    for char in chars:
        x, y = middle(char)
        places = (i for i, g in enumerate(grids) if g.xs[0] < x < g.xs[-1] and g.ys[0] < y < g.ys[-1])
        inside_of = min(places, key=lambda i: grids[i].xs[-1] - grids[i].xs[0], default=None)
        (outside if inside_of is None else inside[inside_of]).append(char)
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
    return sorted(tables, key=lambda table: table.top), outside


def _has_rows(table: RuledTable) -> bool:
    """Whether lines part a table's rows: no two cells of a row hold several amounts, one below the other."""
    return all(sum(_stacks_amounts(cell.text) for cell in row) < FEWEST_STACKS for row in table.rows)


def _stacks_amounts(text: str) -> bool:
    return sum(1 for line in text.split("\n") if _AMOUNT.fullmatch(line)) > 1


def _find_overflow(grid: _Grid, chars: Sequence[Char]) -> tuple[list[Char], list[Char]]:
    """The characters that follow right below a merged cell which a page break leaves open, and the others.

    A browser gives such a cell no more height than the rows beside it have, and prints its text on below them.
    """
    bottom = len(grid.ys) - 1
    open_places = [sides for sides in pairwise(grid.xs) if not _is_covered(grid.level[bottom], *sides)]
    if not 0 < len(open_places) < len(grid.xs) - 1:
        return [], list(chars)
    reached = dict.fromkeys(open_places, grid.ys[-1])
    overflow: list[Char] = []
    others: list[Char] = []
    for char in sorted(chars, key=lambda char: float(char["top"])):
        x, y = middle(char)
        sides = next((sides for sides in open_places if sides[0] < x < sides[1] and y > grid.ys[-1]), None)
        if sides and char["top"] < reached[sides] + char["size"] / 2:
            reached[sides] = char["bottom"]
            overflow.append(char)
        else:
            others.append(char)
    return overflow, others


def middle(char: Char) -> tuple[float, float]:
    return (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2


def _merge(edges: Iterable[Edge]) -> list[Edge]:
    """The ruling lines, those in one line as one; what is shorter than the tolerance is a dot or a dash."""
    lines = merge_edges([edge for edge in edges if edge["orientation"]], *[TOLERANCE] * 4)
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
        alike = (table for table, height in zip(tables, heights, strict=True) if _is_same(height, _height(side)))
        if table := next(alike, None):
            table += side
    return tables


def _height(edges: Iterable[Edge]) -> tuple[float, float]:
    sides = [edge for edge in edges if edge["orientation"] == "v"]
    return min((e["top"] for e in sides), default=0.0), max((e["bottom"] for e in sides), default=0.0)


def _is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < TOLERANCE for a, b in zip(one, other, strict=True))


def _build_grid(edges: Iterable[Edge]) -> _Grid | None:
    """The grid of connected lines; None for a line, a frame or what is too large to be a table.

    Where lines end, the grid ends too: a table that goes on from the page before may have no line at its top.
    """
    upright = [(e["x0"], e["top"], e["bottom"]) for e in edges if e["orientation"] == "v"]
    level = [(e["top"], e["x0"], e["x1"]) for e in edges if e["orientation"] == "h"]
    if not upright or not level:
        return None
    xs = cluster([*(x for x, *_ in upright), min(x0 for _, x0, _ in level), max(x1 for *_, x1 in level)])
    ys = cluster([*(y for y, *_ in level), min(top for _, top, _ in upright), max(bottom for *_, bottom in upright)])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MAX_GRID:
        return None
    return _Grid(xs=xs, ys=ys, upright=_spans(upright, xs), level=_spans(level, ys))


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


def _read_grid(grid: _Grid, chars: Iterable[Char]) -> RuledTable:
    areas = _join_places(grid)
    content: dict[int, list[Char]] = defaultdict(list)
    width = len(grid.xs) - 1
    for char in chars:
        x, y = middle(char)
        row = min(bisect_right(grid.ys, y), len(grid.ys) - 1) - 1
        content[areas[row * width + bisect_right(grid.xs, x) - 1]].append(char)
    last_of = dict(zip(areas, range(len(areas)), strict=True))  # of each cell
    sides = {first: (grid.xs[first % width], grid.xs[last % width + 1]) for first, last in last_of.items()}
    free = [x1 - x0 - _extent(content[first]) for first, (x0, x1) in sides.items() if content[first]]
    padding = max(0.0, min(free, default=0.0))  # that cells keep at both sides together
    rows: list[list[RuledCell]] = [[] for _ in grid.ys[1:]]
    for first, (x0, x1) in sides.items():
        text = fold(extract_text(content[first])).strip()
        row_span = last_of[first] // width - first // width + 1
        is_full = _is_full(content[first], x1 - x0 - padding)
        is_open = not _has_line(grid, last_of[first] // width + 1, x0, x1)
        rows[first // width].append(
            RuledCell(x0=x0, x1=x1, text=text, row_span=row_span, is_full=is_full, is_open=is_open)
        )
    left, right = grid.xs[0], grid.xs[-1]
    return RuledTable(
        x0=left,
        top=grid.ys[0],
        x1=right,
        bottom=grid.ys[-1],
        rows=rows,
        is_open_above=not _has_line(grid, 0, left, right),
        is_open_below=not _has_line(grid, len(grid.ys) - 1, left, right),
    )


def _has_line(grid: _Grid, y: int, x0: float, x1: float) -> bool:
    """Whether a line runs below or above one of the places between two sides."""
    places = (sides for sides in pairwise(grid.xs) if x0 <= sides[0] < x1)
    return any(_is_covered(grid.level[y], *sides) for sides in places)


def _join_places(grid: _Grid) -> list[int]:
    """For each place of the grid, row by row, the first place of the cell that it belongs to."""
    width = len(grid.xs) - 1
    areas: list[int] = []
    above: dict[tuple[int, int], int] = {}  # first and last column of each cell in the row above -> its first place
    for y, (top, bottom) in enumerate(pairwise(grid.ys)):
        walls = [x for x in range(1, width) if _is_covered(grid.upright[x], top, bottom)]
        row: dict[tuple[int, int], int] = {}
        for begin, end in pairwise([0, *walls, width]):
            floor = _has_line(grid, y, grid.xs[begin], grid.xs[end])
            row[begin, end] = y * width + begin if floor else above.get((begin, end), y * width + begin)
            areas += [row[begin, end]] * (end - begin)
        above = row
    return areas


def _is_covered(spans: Iterable[tuple[float, float]], begin: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, stop) - max(begin, start)) for start, stop in spans)
    return covered >= COVERED * (end - begin)


def _extent(chars: Iterable[Char]) -> float:
    """The width of what is printed."""
    printed = [char for char in chars if not char["text"].isspace()]
    begin, end = min((c["x0"] for c in printed), default=0.0), max((c["x1"] for c in printed), default=0.0)
    return float(end - begin)


def _is_full(chars: Sequence[Char], room: float) -> bool:
    """Whether the last line fills the room that a cell has; in wide cells numbers and signs may wrap early."""
    if not chars:
        return False
    bottom = max(char["bottom"] for char in chars)
    last = [char for char in chars if bottom - char["bottom"] < TOLERANCE]
    size = max(float(char["size"]) for char in last)
    return room - _extent(last) < size * (WRAPPED_EARLY if room > WIDE * size else 1)


def columns_of(tables: Iterable[RuledTable]) -> list[float]:
    """Where the columns of tables that are printed below each other begin."""
    return cluster((cell.x0 for table in tables for row in table.rows for cell in row), DRIFT)

"""Tables by their ruling lines: the cells of their grids with what is printed in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.documents.formats.pdf.page import Char, Rule
from jcdata.documents.formats.pdf.ruling_lines import (
    TOLERANCE,
    Grid,
    cluster,
    find_grids,
    has_line,
    is_covered,
    join_places,
)
from jcdata.documents.formats.pdf.text_lines import find_lines

DRIFT = (
    5.0  # points by which a browser moves a column from one page to the next; no cell is so narrow
)
WIDE = 10  # characters
WRAPPED_EARLY = 3  # characters
FEWEST_STACKS = 2  # of amounts, in a row that is several

_AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")


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
    rules: Iterable[Rule], chars: Sequence[Char]
) -> tuple[list[RuledTable], list[Char]]:
    """The tables of a page, given its ruling lines, from top to bottom, and the characters that are in none of them."""
    grids = find_grids(rules)
    inside: list[list[Char]] = [[] for _ in grids]
    outside: list[Char] = []
    for char in chars:
        x, y = char.x, char.y
        places = (
            i for i, g in enumerate(grids) if g.xs[0] < x < g.xs[-1] and g.ys[0] < y < g.ys[-1]
        )
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
    return all(
        sum(_stacks_amounts(cell.text) for cell in row) < FEWEST_STACKS for row in table.rows
    )


def _stacks_amounts(text: str) -> bool:
    return sum(1 for line in text.split("\n") if _AMOUNT.fullmatch(line)) > 1


def _find_overflow(grid: Grid, chars: Sequence[Char]) -> tuple[list[Char], list[Char]]:
    """The characters that follow right below a merged cell which a page break leaves open, and the others.

    A browser gives such a cell no more height than the rows beside it have, and prints its text on below them.
    """
    bottom = len(grid.ys) - 1
    open_places = [
        sides for sides in pairwise(grid.xs) if not is_covered(grid.level[bottom], *sides)
    ]
    if not 0 < len(open_places) < len(grid.xs) - 1:
        return [], list(chars)
    reached = dict.fromkeys(open_places, grid.ys[-1])
    overflow: list[Char] = []
    others: list[Char] = []
    for char in sorted(chars, key=lambda char: char.top):
        x, y = char.x, char.y
        sides = next(
            (sides for sides in open_places if sides[0] < x < sides[1] and y > grid.ys[-1]), None
        )
        if sides and char.top < reached[sides] + char.size / 2:
            reached[sides] = char.bottom
            overflow.append(char)
        else:
            others.append(char)
    return overflow, others


def _read_grid(grid: Grid, chars: Iterable[Char]) -> RuledTable:
    areas = join_places(grid)
    content: dict[int, list[Char]] = defaultdict(list)
    width = len(grid.xs) - 1
    for char in chars:
        x, y = char.x, char.y
        row = min(bisect_right(grid.ys, y), len(grid.ys) - 1) - 1
        content[areas[row * width + bisect_right(grid.xs, x) - 1]].append(char)
    last_of = dict(zip(areas, range(len(areas)), strict=True))  # of each cell
    sides = {
        first: (grid.xs[first % width], grid.xs[last % width + 1])
        for first, last in last_of.items()
    }
    free = [
        x1 - x0 - _extent(content[first]) for first, (x0, x1) in sides.items() if content[first]
    ]
    padding = max(0.0, min(free, default=0.0))  # that cells keep at both sides together
    rows: list[list[RuledCell]] = [[] for _ in grid.ys[1:]]
    for first, (x0, x1) in sides.items():
        text = "\n".join(line.text for line in find_lines(content[first]))
        row_span = last_of[first] // width - first // width + 1
        is_full = _is_full(content[first], x1 - x0 - padding)
        is_open = not has_line(grid, last_of[first] // width + 1, x0, x1)
        rows[first // width].append(
            RuledCell(x0=x0, x1=x1, text=text, row_span=row_span, is_full=is_full, is_open=is_open)
        )
    return RuledTable(
        x0=grid.xs[0],
        top=grid.ys[0],
        x1=grid.xs[-1],
        bottom=grid.ys[-1],
        rows=rows,
        tops=tuple(grid.ys[:-1]),
        is_open_above=not has_line(grid, 0, grid.xs[0], grid.xs[-1]),
        is_open_below=not has_line(grid, len(grid.ys) - 1, grid.xs[0], grid.xs[-1]),
    )


def _extent(chars: Iterable[Char]) -> float:
    """The width of what is printed."""
    printed = [char for char in chars if char.text != " "]
    return max((char.x1 for char in printed), default=0.0) - min(
        (char.x0 for char in printed), default=0.0
    )


def _is_full(chars: Sequence[Char], room: float) -> bool:
    """Whether the last line fills the room that a cell has; in wide cells numbers and signs may wrap early."""
    if not chars:
        return False
    bottom = max(char.bottom for char in chars)
    last = [char for char in chars if bottom - char.bottom < TOLERANCE]
    size = max(char.size for char in last)
    return room - _extent(last) < size * (WRAPPED_EARLY if room > WIDE * size else 1)


def columns_of(tables: Iterable[RuledTable]) -> list[float]:
    """Where the columns of tables that are printed below each other begin."""
    return cluster((cell.x0 for table in tables for row in table.rows for cell in row), DRIFT)

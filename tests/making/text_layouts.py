"""Tables as text in which only white space parts the cells: in display columns, or with lines reduced to single spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from jcdata.documents.formats.rows import Cell
from tests.making.files import Content, Grid, _columns, _width

_FIGURE = re.compile(r"-?[\d,]+\.\d\d")


class TextLayout(NamedTuple):
    """How a text prints tables: where figures and headings stand in their columns, and after how many display columns a text wraps.

    `middle` puts the other cells of a row in the middle of its lines, as PDF files do. `page` is how many rows stand on a page,
    below the header again; 0 for all.
    """

    figures: str = "right"
    headings: str = "centre"
    gap: int = 2
    wrap: int = 0
    middle: bool = False
    page: int = 0


ONE_LINE = TextLayout()


def as_aligned(contents: Content, layout: TextLayout = ONE_LINE) -> str:
    """A text whose cells stand in display columns; no line ends in white space."""
    lines: list[str] = []
    for part in contents:
        lines += [part, ""] if isinstance(part, str) else [*_aligned(part, layout), ""]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_trimmed(contents: Content) -> str:
    """A text whose cells are parted by a single space, blank ones by nothing."""
    return re.sub(r"(?<=\S) +", " ", re.sub(r"(?m)^ +", "", as_aligned(contents)))


def display_width(text: str) -> int:
    """How many display columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


class _Placed(NamedTuple):
    """A cell of a table: where it begins, what it covers, its lines, and where in its columns they stand."""

    row: int
    column: int
    columns: int
    rows: int
    lines: list[str]
    side: str


def _aligned(grid: Grid, layout: TextLayout) -> Iterator[str]:
    header_rows = getattr(grid, "header_rows", 0)
    places = _columns(grid)
    cells = [
        _placed(cell, y, x, y < header_rows, layout)
        for y, (row, columns) in enumerate(zip(grid, places, strict=True))
        for cell, x in zip(row, columns, strict=True)
    ]
    widths = [0] * _width(grid, places)
    for cell in sorted(cells, key=lambda cell: cell.columns):
        need = max(map(display_width, cell.lines))
        own = range(cell.column, cell.column + cell.columns)
        have = sum(widths[x] for x in own) + layout.gap * (cell.columns - 1)
        widths[own[-1]] += max(0, need - have)
    header = list(_lines(cells, range(header_rows), widths, layout))
    size = layout.page or len(grid)
    for start in range(header_rows, len(grid), size):
        yield from header
        yield from _lines(cells, range(start, min(start + size, len(grid))), widths, layout)


def _placed(cell: Cell, y: int, x: int, is_header: bool, layout: TextLayout) -> _Placed:
    text = cell.text.strip()
    is_figure = bool(_FIGURE.fullmatch(text))
    lines = [text] if is_figure or not layout.wrap else _wrapped(text, layout.wrap)
    side = layout.headings if is_header else layout.figures if is_figure else "left"
    return _Placed(y, x, cell.column_span, cell.row_span, lines, side)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for sign in text:
        if display_width(lines[-1] + sign) > width:
            lines.append("")
        lines[-1] += sign
    return lines


def _lines(
    cells: list[_Placed], rows: range, widths: list[int], layout: TextLayout
) -> Iterator[str]:
    """The lines of some rows; a row has as many as its highest cell."""
    heights = {
        y: max([len(c.lines) for c in cells if c.row == y and c.rows == 1], default=1) for y in rows
    }
    for y in rows:  # a cell that covers several rows
        for cell in (c for c in cells if c.row == y and c.rows > 1):
            own = range(y, min(y + cell.rows, rows.stop))
            heights[own[-1]] += max(0, len(cell.lines) - sum(heights[row] for row in own))
    tops = {y: sum(heights[row] for row in rows if row < y) for y in rows}
    starts = [sum(widths[:x]) + layout.gap * x for x in range(len(widths))]
    canvas: list[list[tuple[int, str]]] = [[] for _ in range(sum(heights.values()))]
    for cell in cells:
        if cell.row not in tops:
            continue
        height = sum(heights[y] for y in range(cell.row, min(cell.row + cell.rows, rows.stop)))
        down = (height - len(cell.lines)) // 2 if layout.middle else 0
        room = sum(widths[cell.column : cell.column + cell.columns]) + layout.gap * (
            cell.columns - 1
        )
        for number, text in enumerate(cell.lines):
            free = room - display_width(text)
            shift = {"left": 0, "right": free, "centre": free // 2}[cell.side]
            if text:
                canvas[tops[cell.row] + down + number].append((starts[cell.column] + shift, text))
    for line in canvas:
        yield _drawn(sorted(line))


def _drawn(texts: list[tuple[int, str]]) -> str:
    line = ""
    for start, text in texts:
        line += " " * (start - display_width(line)) + text
    return line

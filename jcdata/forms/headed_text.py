"""Forms in text whose cells only white space parts, where the grid has columns that the form in two halves has not.

A cell stands where it begins, counted in columns of the display; below the header of the grid it belongs to the heading
that it reaches over, or has the place of its row's cell if the row has all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.forms.headed_columns import Column, Header, Row, find_header
from jcdata.forms.printed import PrintedForm
from jcdata.forms.row_order import Placed, in_order, levels_fit, spread
from jcdata.forms.spaced_cells import width
from jcdata.forms.tabbed import read_rows
from jcdata.text import squeeze

_CELL = re.compile(r"\S+(?: \S+)*")
_FEWEST_HEADINGS = 3  # of a grid: a name, a value, and a level or what only other forms have
_PLAIN = {"", "side", "level1", "level2", "name", "value", "note"}


class _Cell(NamedTuple):
    text: str
    begin: int
    end: int


def read_forms(lines: Sequence[Line]) -> list[PrintedForm]:
    """The form that the lines are, if its grid has one half or says by headings what only other forms have; else none."""
    if not any(map(_has_own_grid, lines)):
        return []
    rows: list[Row] = []
    header: Header | None = None
    widths: dict[Column, int] = {}
    for line in lines:
        cells = _cells(line.text)
        if not cells:
            continue
        row = Row(line.no, spread([(cell.text, cell.begin) for cell in cells], 0))
        if found := find_header(row):
            header = found
            widths = {column: width(column.heading) for column in found.columns}
        elif header:
            row = Row(line.no, spread(_below(header, widths, cells), header.width))
        rows.append(row)
    if header is None or not _is_own(header):
        return []
    return [read_rows(rows, lines[0].no)]


def _has_own_grid(line: Line) -> bool:
    """Whether a line is the header of such a grid."""
    if len(_CELL.findall(line.text)) < _FEWEST_HEADINGS:
        return False
    header = find_header(Row(line.no, tuple(cell.text for cell in _cells(line.text))))
    return header is not None and _is_own(header)


def _is_own(header: Header) -> bool:
    """Whether a grid has one half, or a column that only other forms have."""
    return len(header.halves) == 1 or not {column.role for column in header.columns} <= _PLAIN


def _cells(text: str) -> list[_Cell]:
    cells = []
    for match in _CELL.finditer(text):
        begin = width(text[: match.start()])
        cells.append(_Cell(squeeze(match[0]), begin, begin + width(match[0])))
    return cells


def _below(header: Header, widths: dict[Column, int], cells: Sequence[_Cell]) -> list[Placed]:
    """The cells of a row below a header, each at the place of its heading; where none can be told, as they stand."""
    columns = [column for column in header.columns if column.role != "side"]
    reached = [
        [c for c in columns if c.begin < cell.end and cell.begin < c.begin + widths[c]]
        for cell in cells
    ]
    if all(len(found) == 1 for found in reached):
        placed = [(cell.text, found[0].begin) for cell, found in zip(cells, reached, strict=True)]
        if len({place for _, place in placed}) == len(cells) and levels_fit(header, placed):
            return placed
    as_printed = [(cell.text, cell.begin) for cell in cells]
    return in_order(columns, [cell.text for cell in cells]) or as_printed

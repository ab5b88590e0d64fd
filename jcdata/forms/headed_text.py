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
from jcdata.forms.levels import find_level, level1_labels
from jcdata.forms.printed import PrintedForm
from jcdata.forms.spaced_cells import width
from jcdata.forms.tabbed import read_rows
from jcdata.text import squeeze

_CELL = re.compile(r"\S+(?: \S+)*")
_PLAIN = {"", "side", "level1", "level2", "name", "value", "note"}


class _Cell(NamedTuple):
    text: str
    begin: int
    end: int


def read_forms(lines: Sequence[Line]) -> list[PrintedForm]:
    """The form that the lines are, if its grid says by headings what only other forms have; else none."""
    rows: list[Row] = []
    header: Header | None = None
    widths: dict[Column, int] = {}
    for line in lines:
        cells = _cells(line.text)
        if not cells:
            continue
        row = Row(line.no, _placed([(cell.text, cell.begin) for cell in cells]))
        if found := find_header(row):
            header = found
            widths = {column: width(column.heading) for column in found.columns}
        elif header:
            row = Row(line.no, _placed(_below(header, widths, cells), header.columns[-1].begin))
        rows.append(row)
    if header is None or {column.role for column in header.columns} <= _PLAIN:
        return []
    return [read_rows(rows, lines[0].no)]


def _cells(text: str) -> list[_Cell]:
    cells = []
    for match in _CELL.finditer(text):
        begin = width(text[: match.start()])
        cells.append(_Cell(squeeze(match[0]), begin, begin + width(match[0])))
    return cells


def _placed(cells: Sequence[tuple[str, int]], last: int = 0) -> tuple[str, ...]:
    places = {begin: text for text, begin in cells}
    return tuple(places.get(place, "") for place in range(max(last, *places) + 1))


def _below(
    header: Header, widths: dict[Column, int], cells: Sequence[_Cell]
) -> list[tuple[str, int]]:
    """The cells of a row below a header, each at the place of its heading; where none can be told, as they stand."""
    columns = [column for column in header.columns if column.role != "side"]
    reached = [
        [c for c in columns if c.begin < cell.end and cell.begin < c.begin + widths[c]]
        for cell in cells
    ]
    if all(len(found) == 1 for found in reached):
        places = [found[0].begin for found in reached]
        if len(set(places)) == len(cells) and _levels_fit(header, cells, places):
            return [(cell.text, place) for cell, place in zip(cells, places, strict=True)]
    return _in_order(columns, cells) or [(cell.text, cell.begin) for cell in cells]


def _levels_fit(header: Header, cells: Sequence[_Cell], places: Sequence[int]) -> bool:
    """Whether no label of a level stands below another heading, nor anything else below that of a level."""
    for cell, place in zip(cells, places, strict=True):
        column = header.column_at(place)
        is_level = column is not None and column.role in ("level1", "level2")
        if is_level != (find_level(cell.text) is not None):
            return False
    return True


def _in_order(columns: Sequence[Column], cells: Sequence[_Cell]) -> list[tuple[str, int]]:
    """The cells of a row that has one for each column but those of levels, in the order of the columns; none otherwise."""
    levels = {column.role: column for column in columns if column.role in ("level1", "level2")}
    rest = [column for column in columns if column.role not in ("level1", "level2")]
    count = len(cells) - len(rest)
    labels = [find_level(cell.text) for cell in cells[: max(0, count)]]
    if not 0 <= count <= len(levels) or not all(labels):
        return []
    roles = list(levels)[-count:] if count else []
    if count == 1 and cells[0].text in level1_labels() and "level1" in levels:
        roles = ["level1"]
    places = [*(levels[role].begin for role in roles), *(column.begin for column in rest)]
    return [(cell.text, place) for cell, place in zip(cells, places, strict=True)]

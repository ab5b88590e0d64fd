"""In which order the tables and lines of a page are read: from top to bottom, tables side by side one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from jcdata.documents.formats.pdf.ruled_tables import RuledTable
from jcdata.documents.formats.pdf.text_lines import TextLine

BESIDE = 0.5  # of the lower table's height, by which tables side by side stand at the same height

Block = TextLine | RuledTable


def in_reading_order(tables: Sequence[RuledTable], lines: Sequence[TextLine]) -> list[Block]:
    """The blocks of a page; of tables side by side each follows the lines that stand above it."""
    groups: list[tuple[float, list[Block]]] = []
    rest = list(lines)
    for band in _bands(tables):
        if len(band) == 1:
            groups.append((band[0].top, [*band]))
            continue
        band_top = min(table.top for table in band)
        above = max(
            (t.bottom for t in tables if t not in band and t.bottom <= band_top), default=0.0
        )
        below = max(table.bottom for table in band)
        borders = [(left.x1 + right.x0) / 2 for left, right in pairwise(band)]
        columns: list[list[Block]] = [[table] for table in band]
        for line in [line for line in rest if above < line.top < below]:
            if parts := _parted(line, borders):
                rest.remove(line)
                for number, part in parts.items():
                    columns[number].append(part)
        ordered = [
            block for column in columns for block in sorted(column, key=lambda block: block.top)
        ]
        groups.append((min(block.top for block in ordered), ordered))
    groups += [(line.top, [line]) for line in rest]
    return [block for _, group in sorted(groups, key=lambda group: group[0]) for block in group]


def _bands(tables: Sequence[RuledTable]) -> list[list[RuledTable]]:
    """The tables, those side by side together from left to right."""
    bands: list[list[RuledTable]] = []
    for table in sorted(tables, key=lambda table: table.top):
        band = next(
            (band for band in bands if all(_are_beside(table, other) for other in band)), None
        )
        if band:
            band.append(table)
        else:
            bands.append([table])
    return [sorted(band, key=lambda table: table.x0) for band in bands]


def _are_beside(one: RuledTable, other: RuledTable) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return shared > BESIDE * lower and (one.x1 <= other.x0 or other.x1 <= one.x0)


def _parted(line: TextLine, borders: Sequence[float]) -> dict[int, TextLine]:
    """A line's words by the column in which they stand; none where one reaches over a border."""
    columns: dict[int, list[tuple[float, float, str]]] = {}
    for word in line.words:
        begin, end, _ = word
        number = bisect_right(borders, begin)
        if number != bisect_right(borders, end):
            return {}
        columns.setdefault(number, []).append(word)
    return {
        number: line._replace(x0=words[0][0], x1=words[-1][1], words=tuple(words))
        for number, words in columns.items()
    }

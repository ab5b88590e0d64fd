"""Dots that make up ruling lines: each may be of a level line and of an upright one, so that they count only in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from jcdata.documents.formats.pdf.page import Rule

LONGEST = 2.5  # points of a dot
MOST_APART = 3.0  # points between two dots of a line
ALIGNED = 0.25  # points by which their middles may differ
FEWEST = 5  # of a line


class _Dot(NamedTuple):
    """A dot: where it stands along a line and across, and which of the rules it is."""

    across: float
    begin: float
    end: float
    number: int


def with_dotted(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, with one in place of the dots that stand in a row."""
    dots = [
        (number, rule)
        for number, rule in enumerate(rules)
        if max(rule.x1 - rule.x0, rule.bottom - rule.top) <= LONGEST
    ]
    level = [
        _Dot(across=(r.top + r.bottom) / 2, begin=r.x0, end=r.x1, number=number)
        for number, r in dots
    ]
    upright = [
        _Dot(across=(r.x0 + r.x1) / 2, begin=r.top, end=r.bottom, number=number)
        for number, r in dots
    ]
    lines: list[Rule] = []
    used: set[int] = set()
    for row in _rows(level):
        y = row[0].across
        lines.append(Rule(x0=row[0].begin, top=y, x1=row[-1].end, bottom=y))
        used.update(dot.number for dot in row)
    for row in _rows(upright):
        x = row[0].across
        lines.append(Rule(x0=x, top=row[0].begin, x1=x, bottom=row[-1].end))
        used.update(dot.number for dot in row)
    return [*(rule for number, rule in enumerate(rules) if number not in used), *lines]


def _rows(dots: Sequence[_Dot]) -> Iterator[list[_Dot]]:
    """The dots that stand in a row, as near to each other as those of a line."""
    aligned: list[list[_Dot]] = []
    for dot in sorted(dots):
        if aligned and dot.across - aligned[-1][0].across < ALIGNED:
            aligned[-1].append(dot)
        else:
            aligned.append([dot])
    for group in aligned:
        row: list[_Dot] = []
        for dot in sorted(group, key=itemgetter(1)):
            if row and dot.begin - row[-1].end > MOST_APART:
                if len(row) >= FEWEST:
                    yield row
                row = []
            row.append(dot)
        if len(row) >= FEWEST:
            yield row

"""Amounts that are drawn over upright lines, which part them from nothing: they are wider than their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from jcdata.documents.formats.pdf.page import TextRun

GAP = 0.05  # of the height, less than which no two figures are from each other
THROUGH = 0.05  # of the height, from which a line stands within a character
SAME_LINE = 0.25  # of the height

_PIECE = re.compile(r"[\d.,，．-]+")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?|\d+[.．]\d\d)")
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|(?!0\d)\d+)(?:[.．]\d+)?")


def with_whole_amounts(
    runs: Iterable[TextRun], sides: Sequence[float]
) -> Iterator[tuple[TextRun, ...]]:
    """The runs, of which some are characters, those of an amount over one of these sides together.

    Figures that meet at a side are two, unless it stands within a character.
    """
    pieces: list[TextRun] = []
    for run in runs:
        if _PIECE.fullmatch(run.text):
            pieces.append(run)
        else:
            yield (run,)
    pieces.sort(key=lambda run: run.y)
    for line in _parted(pieces, lambda above, run: run.y - above.y < SAME_LINE * run.size):
        line.sort(key=lambda run: run.x0)
        for group in _parted(line, _touch):
            if len(group) > 1 and _is_one(group, sides):
                yield tuple(group)
            else:
                yield from ((run,) for run in group)


def middle_of(group: Sequence[TextRun]) -> TextRun:
    """The run of an amount that stands in the middle of it."""
    middle = (group[0].x0 + group[-1].x1) / 2
    return min(group, key=lambda run: abs((run.x0 + run.x1) / 2 - middle))


def _parted(
    runs: Sequence[TextRun], goes_on: Callable[[TextRun, TextRun], bool]
) -> list[list[TextRun]]:
    begins = [i for i, run in enumerate(runs) if i == 0 or not goes_on(runs[i - 1], run)]
    return [[*runs[begin:end]] for begin, end in pairwise([*begins, len(runs)])]


def _touch(before: TextRun, run: TextRun) -> bool:
    return run.x0 - before.x1 < GAP * run.size and run.reading is None


def _is_one(group: Sequence[TextRun], sides: Sequence[float]) -> bool:
    if not _AMOUNT.fullmatch("".join(run.text for run in group)):
        return False
    cutting = [x for x in sides if group[0].x0 < x < group[-1].x1]
    for x in cutting:
        parts = (
            "".join(run.text for run in group if (run.first_x < x) is left)
            for left in (True, False)
        )
        is_through = any(
            run.x0 + THROUGH * run.size < x < run.x1 - THROUGH * run.size for run in group
        )
        if all(map(_FIGURE.fullmatch, parts)) and not is_through:
            return False
    return bool(cutting)

"""Names that are wrapped beside the amounts of their row, where no line parts the rows: which lines are one row's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from jcdata.documents.formats.pdf.broken_amounts import is_piece, share_a_place
from jcdata.documents.formats.pdf.text_lines import TextLine, Word
from jcdata.text import strip_ordinal

NEARER = 0.4  # of a line's height, by which the lines of a cell are nearer than those of two
LITTLE = 0.1  # of a line's height, by which they may be if a name fills its column
ADJACENT = 0.6  # of a line's height, below which lines that all are as near may be of one cell
FULL = 1.2  # heights; a line that leaves less room goes on
MOST_LINES = 4  # of a name above the first amounts of a table, or below the last


def find_rows(lines: Sequence[TextLine], starts: Sequence[int], begin: int) -> list[range]:
    """The lines of each row of a table, given those with amounts or a code, which may go up to `begin`.

    A line with nothing but a text goes on with the row above, or the one below, if it is nearer to it than rows are to
    each other; where all are as near, if the line before it has no room for more.
    """
    names = [w for i in starts for w in lines[i].words if not is_piece(w[2])]
    first, end = starts[0], starts[-1] + 1
    while first > max(begin, starts[0] - MOST_LINES) and _is_below_any(lines[first - 1], names):
        first -= 1
    while end < min(len(lines), starts[-1] + MOST_LINES) and _is_below_any(lines[end], names):
        end += 1
    gaps = [_gap(lines, b) for a, b in pairwise(starts) if b == a + 1]
    usual = median(gaps or [_gap(lines, start) for start in starts[1:]] or [-inf])
    joints: set[int] = set()  # the lines that go on with the line above
    for above, below in pairwise([first - 1, *starts, end]):
        block = range(above + 1, below)
        if block and all(len(lines[i].words) == 1 for i in block):
            found = {i for i in _joints(lines, block, names, usual) if first < i < end}
            if found.issuperset(range(above + 1, below + 1)):  # that would make two rows one
                found.remove(max(found, key=lambda i: _gap(lines, i)))
            joints |= found
    begins = [i for i in range(first, end) if i not in joints]
    rows = [range(*ends) for ends in pairwise([*begins, end])]
    filled = [i for i, row in enumerate(rows) if any(start in row for start in starts)]
    return rows[filled[0] : filled[-1] + 1]


def _gap(lines: Sequence[TextLine], number: int) -> float:
    """The distance of a line from the one above it."""
    if not 0 < number < len(lines):
        return inf
    return lines[number].top - lines[number - 1].bottom


def _is_below_any(line: TextLine, names: Sequence[Word]) -> bool:
    """Whether a line is a text within the column of some of the names."""
    below = [name for name in names if share_a_place(line.words[0], name)]
    return (
        len(line.words) == 1
        and not is_piece(line.words[0][2])
        and bool(below)
        and min(begin for begin, *_ in below) - 1 < line.x0
        and line.x1 < max(end for _, end, _ in below) + 1
    )


def _joints(
    lines: Sequence[TextLine], block: range, names: Sequence[Word], usual: float
) -> Iterator[int]:
    """Which of the lines of a block and the row below it go on with the line above them."""
    name = lines[block[0]]
    height = name.bottom - name.top
    gaps = {i: _gap(lines, i) for i in (*block, block.stop)}
    known = [gap for gap in gaps.values() if gap < inf]
    widest = max(*known, usual)
    is_even = widest - min(known) < NEARER * height
    ends = [
        word[1]
        for word in (*names, *(lines[i].words[0] for i in block))
        if share_a_place(word, name.words[0])
    ]
    for i, gap in gaps.items():
        if (
            gap == inf
            or not (above := _name(lines[i - 1], name))
            or not (below := _name(lines[i], name))
        ):
            continue
        if strip_ordinal(below[2]) != below[2]:
            continue
        if is_even:
            is_near = gap < ADJACENT * height or widest - gap > LITTLE * height
            if is_near and max(ends) - above[1] < FULL * height:
                yield i
        elif widest - gap > NEARER * height:
            yield i


def _name(line: TextLine, name: TextLine) -> Word | None:
    """The text of a line that stands above or below a name."""
    return next(
        (w for w in line.words if not is_piece(w[2]) and share_a_place(w, name.words[0])), None
    )

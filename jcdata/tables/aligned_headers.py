"""The header of a text table whose cells stand in display columns: which columns each of its words stands above."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.codes import LEVELS
from jcdata.tables.columns import is_known_heading
from jcdata.tables.display import Span, Word

NEAR = 2  # display columns by which a heading may be off the middle of what it stands above


class Heading(NamedTuple):
    """A heading, its line in the header, and the columns that it stands above: from `first` to `last`."""

    text: str
    line: int
    first: int
    last: int


class Headed(NamedTuple):
    """The columns of a table, those of which only the header knows among them, and the headings."""

    spans: list[Span]
    headings: list[Heading]


def read_headings(lines: Sequence[Sequence[Word]], spans: Sequence[Span]) -> Headed | None:
    """What the words of a header stand above; None where that is not clear, or a column of numbers has none."""
    lines = [_phrases(line, spans) for line in lines]
    columns = _with_unfilled(lines, spans)
    extents = [(span.start, span.end) for span in columns]
    found: list[Heading] = []
    headed: set[int] = set()
    for depth in range(len(lines) - 1, -1, -1):
        placed = _place_line(lines[depth], extents, headed)
        if placed is None:
            return None
        for word, (first, last) in zip(lines[depth], placed, strict=True):
            found.append(Heading(text=word.text, line=depth, first=first, last=last))
            headed.update(range(first, last + 1))
            if first == last:
                start, end = extents[first]
                extents[first] = (min(start, word.start), max(end, word.end))
    if any(span.has_numbers and i not in headed for i, span in enumerate(columns)):
        return None
    if any(left[1] > right[0] for left, right in pairwise(extents)):
        return None
    spans = [
        Span(start, end, span.has_numbers)
        for span, (start, end) in zip(columns, extents, strict=True)
    ]
    return Headed(spans, _unwrapped(found, columns))


def _phrases(line: Sequence[Word], spans: Sequence[Span]) -> list[Word]:
    """The words of a line, those put together that stand a space apart above one column: 合 计."""
    found: list[Word] = []
    for word in line:
        last = found[-1] if found else None
        if (
            last
            and word.start - last.end <= 1
            and (
                any(s.start <= last.start and word.end <= s.end for s in spans)
                or len(last.text) == len(word.text) == 1
            )
        ):
            found[-1] = last._replace(text=last.text + word.text, end=word.end)
        else:
            found.append(word)
    return found


def _with_unfilled(lines: Sequence[Sequence[Word]], spans: Sequence[Span]) -> list[Span]:
    """The columns with those in which nothing stands but a heading, below which no other heading stands."""
    columns = sorted(spans)
    for depth in range(len(lines) - 1, -1, -1):
        for i, word in enumerate(lines[depth]):
            if any(word.overlap(span.start, span.end) > 0 for span in columns):
                continue
            if _stands_over_others(i, lines[depth:]):
                continue
            own = _column_of_rest(word, lines[: depth + 1], columns)
            if own is None:
                columns.append(Span(word.start, word.end, False))
            else:
                column = columns[own]
                columns[own] = column._replace(
                    start=min(column.start, word.start), end=max(column.end, word.end)
                )
            columns.sort()
    return columns


def _stands_over_others(i: int, lines: Sequence[Sequence[Word]]) -> bool:
    """Whether headings stand below a word of the first line: right below it, or on both sides."""
    word, words = lines[0][i], lines[0]
    left = words[i - 1].end if i else 0
    right = words[i + 1].start if i + 1 < len(words) else word.end + 1
    below = [w for line in lines[1:] for w in line if left <= w.start and w.end <= right]
    return any(w.overlap(word.start, word.end) > 0 for w in below) or (
        any(w.end <= word.start for w in below) and any(w.start >= word.end for w in below)
    )


def _column_of_rest(
    word: Word, lines: Sequence[Sequence[Word]], columns: Sequence[Span]
) -> int | None:
    """The column of the heading whose last line a word of the last line is; None where it is one for itself.

    A column above whose figures another word of that line stands has its heading.
    """
    headed = [s for s in columns if any(w.overlap(s.start, s.end) > 0 for w in lines[-1])]
    for line in reversed(lines[:-1]):
        for above in line:
            if word.overlap(above.start, above.end) <= 0:
                continue
            own = [n for n, span in enumerate(columns) if above.overlap(span.start, span.end) > 0]
            others = [w for w in lines[-1] if w.overlap(above.start, above.end) > 0]
            is_rest = len(own) == 1 and others == [word] and columns[own[0]] not in headed
            return own[0] if is_rest else None
    return None


def _place_line(
    words: Sequence[Word], extents: Sequence[tuple[int, int]], headed: set[int]
) -> list[tuple[int, int]] | None:
    """The first and last column below each word of a line; None where one stands above none, or two above the same."""
    own: list[tuple[int, int]] = []
    for word in words:
        below = [i for i, extent in enumerate(extents) if word.overlap(*extent) > 0]
        if not below:
            between = [i for i, (start, _) in enumerate(extents) if start >= word.end]
            if not between or not between[0]:
                return None
            below = [between[0] - 1, between[0]]
        own.append((below[0], below[-1]))
    if any(left[1] >= right[0] for left, right in pairwise(own)):
        return None
    return [_widened(i, words, own, extents, headed) for i in range(len(words))]


def _widened(
    i: int,
    words: Sequence[Word],
    own: Sequence[tuple[int, int]],
    extents: Sequence[tuple[int, int]],
    headed: set[int],
) -> tuple[int, int]:
    """The columns below a word, with those beside them that have headings of their own and nothing else above them.

    Where each word of the line begins with its first column it reaches to the next word, else it stands in the middle.
    """
    first, last = own[i]
    if not all(column in headed for column in range(first, last + 1)):
        return first, last
    low = own[i - 1][1] + 1 if i else 0
    high = own[i + 1][0] - 1 if i + 1 < len(own) else len(extents) - 1
    while low < first and not all(column in headed for column in range(low, first)):
        low += 1
    while high > last and not all(column in headed for column in range(last + 1, high + 1)):
        high -= 1
    if all(word.start == extents[a][0] for word, (a, _) in zip(words, own, strict=True)):
        return first, high
    middle = words[i].start + words[i].end
    choices = [
        (abs(middle - extents[a][0] - extents[b][1]), a - b, a, b)
        for a in range(low, first + 1)
        for b in range(last, high + 1)
    ]
    distance, _, a, b = min(choices)
    return (a, b) if distance <= NEAR else (first, last)


def _unwrapped(headings: Sequence[Heading], columns: Sequence[Span]) -> list[Heading]:
    """The headings from top to bottom, those put together that are one wrapped over lines."""
    found: list[Heading] = []
    for heading in sorted(headings, key=lambda h: (h.line, h.first)):
        above = next((i for i in range(len(found) - 1, -1, -1) if _covers(found[i], heading)), None)
        if above is not None and _goes_on(found[above], heading, columns):
            found[above] = found[above]._replace(text=found[above].text + heading.text)
        else:
            found.append(heading)
    return found


def _covers(above: Heading, below: Heading) -> bool:
    return above.first <= below.last and below.first <= above.last


def _goes_on(above: Heading, below: Heading, columns: Sequence[Span]) -> bool:
    """Whether a heading is the rest of the one above it."""
    if (above.first, above.last) != (below.first, below.last):
        return False
    if below.text in LEVELS and len(above.text) > 1:
        # 款 of 财政拨/款, or the column of the 款?
        return columns[below.first].has_numbers and is_known_heading(above.text + below.text)
    if not is_known_heading(below.text):
        return True
    return is_known_heading(above.text + below.text) and not is_known_heading(above.text)

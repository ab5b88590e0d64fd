"""Where the words of a line stand on a screen or in a print: in display columns, of which a wide character takes two."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from jcdata.codes import CODE
from jcdata.documents.document import Line
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE, WORD

# Display columns of a wide character, and of one that is wide in some fonts, as programs count them
WIDTHS = ((2, 2), (2, 1), (1, 1))


class Word(NamedTuple):
    """A word and the display columns that it takes: from `start` to before `end`.

    `is_number` says whether it is a figure, a code or a number of a row.
    """

    text: str
    start: int
    end: int
    is_number: bool

    def overlap(self, start: int, end: int) -> int:
        """How many display columns it shares with others; below 0, how far it is from them."""
        return min(self.end, end) - max(self.start, start)


class Span(NamedTuple):
    """The display columns that a column of a table takes, and whether numbers stand in it."""

    start: int
    end: int
    has_numbers: bool


def words_of(line: Line, widths: tuple[int, int]) -> list[Word]:
    """The words of a line, where a character takes as many display columns as `widths` says."""
    places = list(accumulate(map(_widths(widths).__getitem__, line.text), initial=0))
    return [
        Word(
            text=match[0],
            start=places[match.start()],
            end=places[match.end()],
            is_number=LOOKS_LIKE_FIGURE.fullmatch(match[0]) is not None,
        )
        for match in WORD.finditer(line.text)
    ]


class _Widths(dict[str, int]):
    """Character -> display columns, each looked up once: a province's text has few characters and many of each."""

    def __init__(self, widths: tuple[int, int]) -> None:
        self._widths = widths

    def __missing__(self, sign: str) -> int:
        width = unicodedata.east_asian_width(sign)
        wide, ambiguous = self._widths
        columns = {"W": wide, "F": wide, "A": ambiguous}.get(width, 1)
        self[sign] = 0 if unicodedata.combining(sign) else columns
        return self[sign]


@cache
def _widths(widths: tuple[int, int]) -> _Widths:
    return _Widths(widths)


def without_numbers_of_names(rows: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of rows; a whole number that is no code is none where texts of other rows stand: of a name that wraps."""
    texts = text_spans([word for row in rows for word in row if not word.is_number], ())
    return [
        [
            word._replace(is_number=False)
            if word.text.isdigit()
            and not CODE.fullmatch(word.text)
            and any(word.overlap(text.start, text.end) > 0 for text in texts)
            else word
            for word in row
        ]
        for row in rows
    ]


def number_spans(rows: Sequence[Sequence[Word]]) -> list[Span] | None:
    """The columns in which numbers stand; None where they do not stand below each other."""
    groups = _grouped([(w, i) for i, row in enumerate(rows) for w in row if w.is_number])
    if any(not _shares_edge([word for word, _ in group]) for group in groups):
        return None
    if any(len({row for _, row in group}) < len(group) for group in groups):
        return None
    return [Span(group[0][0].start, max(w.end for w, _ in group), True) for group in groups]


def _grouped(words: list[tuple[Word, int]]) -> list[list[tuple[Word, int]]]:
    """Words, each with its row, that take the same display columns."""
    groups: list[list[tuple[Word, int]]] = []
    end = -1
    for word, row in sorted(words, key=lambda placed: placed[0].start):
        if groups and word.start < end:
            groups[-1].append((word, row))
            end = max(end, word.end)
        else:
            groups.append([(word, row)])
            end = word.end
    return groups


def _shares_edge(words: Sequence[Word]) -> bool:
    """Whether words stand below each other: at their left, their right or their middle; codes may be indented."""
    middles = [word.start + word.end for word in words]
    return (
        len({word.start for word in words}) == 1
        or len({word.end for word in words}) == 1
        or max(middles) - min(middles) <= 1
        or all(CODE.fullmatch(word.text) for word in words)
    )


def text_spans(words: Sequence[Word], headings: Sequence[Word]) -> list[Span]:
    """The columns in which texts stand; a space parts two of them only where each has a heading of its own."""
    spans: list[Span] = []
    for word in sorted(words, key=lambda word: word.start):
        last = spans[-1] if spans else None
        if last and (
            word.start < last.end
            or (
                word.start == last.end + 1
                and not any(
                    h.overlap(word.start, word.end) > 0 >= h.overlap(last.start, last.end)
                    for h in headings
                )
            )
        ):
            spans[-1] = Span(last.start, max(last.end, word.end), False)
        else:
            spans.append(Span(word.start, word.end, False))
    return spans

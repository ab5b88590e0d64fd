"""Running text that wraps over lines: joined into one string in which every character knows its line.

Lines break anywhere, inside a number or a unit too, and spaces fall anywhere, so prose is read without both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from jcdata.amounts import UNITS, AmountError, parse_amount, parse_number
from jcdata.documents.document import Line
from jcdata.text import squeeze

# One sign for one sign, so that a position in the reading is the same position in the print. The full-width comma
# separates; only between groups of digits (4，727.11) it is read as the other one.
_READING = str.maketrans("０１２３４５６７８９％．（）：；！？−－", "0123456789%.():;!?--")
_GROUPING = re.compile(r"(?<=\d)(?<!\d\d\d\d)，(?=\d\d\d(?!\d))")
_LARGEST = Decimal(10) ** 16
MAX_LABEL = 16  # characters of a label that may stand before a text on its line


class Prose:
    """Joined lines: `text` as printed without white space, `reading` the same with half-width digits and brackets."""

    def __init__(self, pieces: Iterable[tuple[int, str]]) -> None:
        self._line_nos: list[int] = []
        self._starts: list[int] = []
        parts: list[str] = []
        length = 0
        for line_no, text in pieces:
            self._line_nos.append(line_no)
            self._starts.append(length)
            parts.append(squeeze(text))
            length += len(parts[-1])
        self.text = "".join(parts)

    @cached_property
    def reading(self) -> str:
        """The text in the form that patterns are written for: `reading_of` the text."""
        return reading_of(self.text)

    def line_at(self, position: int) -> int:
        """Number of the line on which a character of the text is printed."""
        return self._line_nos[bisect_right(self._starts, position) - 1]


def find_pieces(text: str, line_no: int, lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """The lines over which a text wraps, as (line number, its part of the text); it begins on line `line_no`.

    `lines` are those of the document from its first on; `text` is without white space.
    """
    rest = text
    for line in lines[line_no - 1 :]:
        words = squeeze(line.text)
        whole = words.find(rest)
        part = rest if whole >= 0 else _longest_part(words, rest)
        if part:
            yield line.no, part
            rest = rest[len(part) :]
        if not rest:
            return


def _longest_part(words: str, rest: str) -> str:
    """With what a line's end goes on with a text: all of the line, but for a label at its beginning."""
    starts = (i for i in range(min(len(words), MAX_LABEL)) if rest.startswith(words[i:]))
    return words[next(starts, len(words)) :]


def reading_of(text: str) -> str:
    """The text in the form that patterns are written for, sign by sign."""
    reading = text.translate(_READING)
    return _GROUPING.sub(",", reading) if "，" in reading else reading


class Figure(NamedTuple):
    """A number with its unit: positions in the text, the number as printed, its value, the unit as printed."""

    start: int
    end: int
    number: str
    value: Decimal
    unit: str

    @property
    def amount_yuan(self) -> Decimal | None:
        """The figure in yuan; None where it is not money, or not a whole number of fen."""
        if self.unit not in UNITS:
            return None
        try:
            return parse_amount(self.number, self.unit).yuan
        except AmountError:
            return None


def figure_pattern(units: Sequence[str]) -> re.Pattern[str]:
    """A number directly followed by one of these units (patterns, longer ones before those they begin with).

    Every run of digits is tried once: possessive, and never begun in the middle. After a unit (300元-500元) the
    dash is no minus.
    """
    return re.compile(
        rf"(?<!\d)(?<!\d[.,])(?P<number>(?:(?<![元%\d)])-)?\d++(?:[.,]\d++)*+)(?P<unit>{'|'.join(units)})"
    )


def find_figures(reading: str, pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[Figure]:
    """The figures of a text, in order. What only looks like a number (1,23) is left out."""
    for match in pattern.finditer(reading, start, len(reading) if end is None else end):
        try:
            value = parse_number(match["number"])
        except AmountError:
            continue
        if abs(value) < _LARGEST:
            yield Figure(match.start(), match.end(), match["number"], value, match["unit"])

"""Running text that wraps over lines: joined into one string in which every character knows its line.

Lines break anywhere, inside a number or a unit too, and spaces fall anywhere, so prose is read without both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from jcdata.documents.document import Line
from jcdata.figures import reading_of
from jcdata.text import squeeze

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

    def line_end(self, position: int) -> int:
        """Where the line of a character of the text ends."""
        following = bisect_right(self._starts, position)
        return self._starts[following] if following < len(self._starts) else len(self.text)


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

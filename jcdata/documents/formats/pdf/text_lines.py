"""Characters as lines of text: in a cell, or outside tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median_low
from typing import NamedTuple

from jcdata.documents.formats.pdf.page import Char

GAP = 0.25  # of a line's height, from which white space stands between two characters
SAME_LINE = 0.5  # of a character's height, by which the middles of a line's characters may differ
LOW = 0.55  # of the usual height of characters, below which one is a comma, a point or a dash
SMALL = 0.8  # of a line's height, below which a raised character is a footnote's mark
RAISED = 0.15  # of a line's height, by which the middle of such a mark is above the line's
_MARK = re.compile(r"[\d①-⑳*＊†‡\[\]（）()]")
_TOUCHING = re.compile(r"(.*[\u4e00-\u9fff）)])(-?\d{1,3}(?:,?\d{3})*\.\d\d)")
_BASE = re.compile(r"[\d.,%％)）\u4e00-\u9fff]")


class TextLine(NamedTuple):
    """A line of text: `words` are parted by white space, each with its left and right end. `marks` are raised footnote marks."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: tuple[tuple[float, float, str], ...]
    marks: str = ""

    @property
    def text(self) -> str:
        """The words with a space between them: how wide the white space is does not tell how many cells are blank."""
        return " ".join(word for *_, word in self.words)


def find_lines(chars: Iterable[Char]) -> list[TextLine]:
    """The lines of some characters from top to bottom.

    Characters as tall as most make the lines. A low one, such as a comma whose box is no taller than its ink, belongs
    to the line within whose height it stands.
    """
    printed = sorted(chars, key=_height_of_middle)
    usual = median_low(char.size for char in printed) if printed else 0.0
    rows = _rows(char for char in printed if char.size >= LOW * usual)
    spans = [(min(c.top for c in row), max(c.bottom for c in row), row) for row in rows]
    alone: list[Char] = []
    for char in printed:
        if char.size < LOW * usual and char.text != " ":
            around = [row for top, bottom, row in spans if top <= char.y <= bottom]
            if around:
                min(around, key=lambda row: abs(row[0].y - char.y)).append(char)
            else:
                alone.append(char)
    rows = sorted([*rows, *_rows(alone)], key=lambda row: row[0].y)
    return [line for row in _with_raised(rows) if (line := _line(row))]


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters, in the order of their middles, by the height at which they stand."""
    rows: list[list[Char]] = []
    for char in chars:
        row = rows[-1] if rows else None
        if row and char.y - row[-1].y < SAME_LINE * min(char.size, max(row[-1].size, 1.0)):
            row.append(char)
        else:
            rows.append([char])
    return rows


def _height_of_middle(char: Char) -> float:
    return char.y


def _with_raised(rows: list[list[Char]]) -> list[list[Char]]:
    """Lines of small characters that overlap the line below them belong to it: they are raised marks."""
    joined: list[list[Char]] = []
    waiting: list[Char] = []
    for row in rows:
        size = max(char.size for char in row)
        if waiting:
            top = min(char.top for char in row)
            raised = [
                c for c in waiting if c.size < SMALL * size and c.bottom > top + (1 - SMALL) * size
            ]
            if len(raised) == len(waiting):
                row = waiting + row
            else:
                joined.append(waiting)
            waiting = []
        if all(_MARK.fullmatch(char.text) or char.text == " " for char in row) and len(row) <= 4:
            waiting = row
        else:
            joined.append(row)
    return joined + ([waiting] if waiting else [])


def _line(row: Sequence[Char]) -> TextLine | None:
    printed = [char for char in row if char.text != " "]
    if not printed:
        return None
    size = max(char.size for char in printed)
    whole = [char.y for char in printed if char.size >= SMALL * size]
    middle = sum(whole) / len(whole)
    words: list[list[Char]] = []
    marks = ""
    end, is_parted = 0.0, True
    for char in sorted(row, key=lambda char: char.x0):
        if char.text == " ":
            is_parted = True
            continue
        if words and _is_raised(char, words[-1][-1].text, size, middle):
            marks += char.text
            end = max(end, char.x1)
            continue
        if is_parted or char.x0 - end > GAP * size:
            words.append([])
        words[-1].append(char)
        end, is_parted = char.x1, False
    return TextLine(
        x0=words[0][0].x0,
        top=min(char.top for char in printed),
        x1=max(char.x1 for char in printed),
        bottom=max(char.bottom for char in printed),
        words=tuple(part for word in words for part in _without_amount(word)),
        marks=marks,
    )


def _without_amount(word: Sequence[Char]) -> Iterator[tuple[float, float, str]]:
    """A word as it is, or a name and the amount that touches it because the name fills its column."""
    text = "".join(char.text for char in word)
    match = _TOUCHING.fullmatch(text)
    cut = len(match[1]) if match and len(word) == len(text) else len(word)
    for part in (word[:cut], word[cut:]):
        if part:
            yield part[0].x0, part[-1].x1, "".join(char.text for char in part)


def _is_raised(char: Char, before: str, size: float, middle: float) -> bool:
    """Whether a character is the mark of a footnote, such as ¹ or [1], behind a figure or a name.

    Digits alone may be smaller than Chinese characters, but their middles are at one height.
    """
    is_small = char.size < SMALL * size and middle - char.y > RAISED * size
    return bool(is_small and _MARK.fullmatch(char.text) and _BASE.fullmatch(before))

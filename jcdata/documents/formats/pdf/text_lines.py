"""Runs of characters as lines of text: in a cell, or outside tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median_low
from typing import NamedTuple

from jcdata.documents.formats.pdf.drawn_text import GAP
from jcdata.documents.formats.pdf.page import TextRun
from jcdata.documents.formats.rows import Recognised, least_sure
from jcdata.spec_files import patterns

SAME_LINE = 0.5  # of a character's height, by which the middles of a line's characters may differ
STACKED = 0.6  # of a height, from which middles of a line so far apart are those of several
ONE_HEIGHT = 0.25  # of a character's height, by which they may differ in each of these
LOW = 0.55  # of the usual height of characters, below which one is a comma, a point or a dash
SMALL = 0.8  # of a line's height, below which a raised character is a footnote's mark
RAISED = 0.15  # of a line's height, by which the middle of such a mark is above the line's
DOUBTFUL = 0.9  # confidence of a recognised character below which it may be another
MOST_OTHERS = 20  # readings of a word
_MARK = re.compile(r"[\d①-⑳*＊†‡\[\]（）()]*")
LONGEST_MARK = 4  # characters
_LEFT, _MIDDLE = attrgetter("x0"), attrgetter("y")
_TOUCHING = re.compile(r"(.*[\u4e00-\u9fff）)])(-?\d{1,3}(?:,?\d{3})*\.\d\d)")
_BASE = re.compile(r"[\d.,%％)）\u4e00-\u9fff]")


Word = tuple[float, float, str]  # its left and right end, and the text


class TextLine(NamedTuple):
    """A line of text: `words` are parted by white space, each with its left and right end. `marks` are raised footnote marks.

    `recognised` says how sure it is where it was read off a picture. `unsure` are those of its words that may be parts of
    an amount, or two amounts. `touching` are the parts of each word that may be several, as a name begins right behind
    an amount.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    words: tuple[Word, ...]
    marks: str = ""
    recognised: Recognised | None = None
    unsure: tuple[str, ...] = ()
    touching: tuple[tuple[Word, ...], ...] = ()

    @property
    def text(self) -> str:
        """The words with a space between them: how wide the white space is does not tell how many cells are blank."""
        return " ".join(word for *_, word in self.words)


def as_one_line(
    lines: Sequence[TextLine], words: Sequence[Word], unsure: Sequence[str] = ()
) -> TextLine:
    """Some lines as one, with the words that it has then from left to right, and those of them that are unsure besides."""
    return TextLine(
        x0=words[0][0],
        top=min(line.top for line in lines),
        x1=words[-1][1],
        bottom=max(line.bottom for line in lines),
        words=tuple(words),
        marks="".join(line.marks for line in lines),
        recognised=least_sure(line.recognised for line in lines),
        unsure=(*(text for line in lines for text in line.unsure), *unsure),
    )


def find_lines(runs: Iterable[TextRun]) -> list[TextLine]:
    """The lines of some text from top to bottom.

    Characters as tall as most make the lines. A low one, such as a comma whose box is no taller than its ink, belongs
    to the line within whose height it stands.
    """
    by_height = sorted(runs, key=_MIDDLE)
    sizes = [run.size for run in by_height]
    is_even = not sizes or min(sizes) >= LOW * max(sizes)
    rows = _rows(by_height) if is_even else _rows_with_low(by_height)
    return [line for row in _with_raised(rows) if (line := _line(row))]


def _rows_with_low(by_height: Sequence[TextRun]) -> list[list[TextRun]]:
    low = LOW * median_low([run.size for run in by_height for _ in run.text])
    rows = _rows([run for run in by_height if run.size >= low])
    spans = [(min(r.top for r in row), max(r.bottom for r in row), row) for row in rows]
    alone: list[TextRun] = []
    for run in by_height:
        if run.size < low and run.text != " ":
            around = [row for top, bottom, row in spans if top <= run.y <= bottom]
            if around:
                min(around, key=lambda row: abs(row[0].y - run.y)).append(run)
            else:
                alone.append(run)
    return sorted([*rows, *_rows(alone)], key=lambda row: row[0].y)


def _rows(runs: Iterable[TextRun]) -> list[list[TextRun]]:
    """Runs, in the order of their middles, by the height at which they stand."""
    return [
        line
        for row in _parted(runs, SAME_LINE)
        for line in (_parted(row, ONE_HEIGHT) if _is_several(row) else (row,))
    ]


def _parted(runs: Iterable[TextRun], share: float) -> list[list[TextRun]]:
    """Runs, in the order of their middles, parted where these are further apart than a share of their height."""
    rows: list[list[TextRun]] = []
    for run in runs:
        row = rows[-1] if rows else None
        if row and run.y - row[-1].y < share * min(run.size, max(row[-1].size, 1.0)):
            row.append(run)
        else:
            rows.append([run])
    return rows


def _is_several(row: Sequence[TextRun]) -> bool:
    """Whether the texts of a line stand so far above each other that it is several, as wrapped cells beside each other make them."""
    return row[-1].y - row[0].y >= STACKED * max([run.size for run in row])


def _with_raised(rows: list[list[TextRun]]) -> list[list[TextRun]]:
    """Lines of small characters that overlap the line below them belong to it: they are raised marks."""
    if len(rows) < 2:
        return rows
    joined: list[list[TextRun]] = []
    waiting: list[TextRun] = []
    for row in rows:
        if waiting:
            size = max(run.size for run in row)
            top = min(run.top for run in row)
            raised = [
                r for r in waiting if r.size < SMALL * size and r.bottom > top + (1 - SMALL) * size
            ]
            if len(raised) == len(waiting):
                row = waiting + row
            else:
                joined.append(waiting)
            waiting = []
        text = "".join([run.text for run in row])
        if len(text) <= LONGEST_MARK and _MARK.fullmatch(text.replace(" ", "")):
            waiting = row
        else:
            joined.append(row)
    return joined + ([waiting] if waiting else [])


def _line(row: Sequence[TextRun]) -> TextLine | None:
    printed = [run for run in row if run.text != " "]
    if not printed:
        return None
    size = max([run.size for run in printed])
    whole = [run for run in printed if run.size >= SMALL * size]
    may_have_marks = len(whole) < len(printed)
    middle = 0.0
    if may_have_marks:
        row = [char for run in row for char in run.split()]
        middle = sum(run.y * len(run.text) for run in whole) / sum(len(run.text) for run in whole)
    words: list[list[TextRun]] = []
    marks = ""
    end, is_parted = 0.0, True
    for run in _from_left(row):
        if run.text == " ":
            is_parted = True
            continue
        if may_have_marks and words and _is_raised(run, words[-1][-1].text[-1], size, middle):
            marks += run.text
            end = max(end, run.x1)
            continue
        if is_parted or run.x0 - end > GAP * size:
            words.append([])
        words[-1].append(run)
        end, is_parted = run.x1, False
    parted = [_without_amount(word) for word in words]
    return TextLine(
        x0=words[0][0].x0,
        top=min([run.top for run in printed]),
        x1=max([run.x1 for run in printed]),
        bottom=max([run.bottom for run in printed]),
        words=tuple([part for parts, _ in parted for part in parts]),
        marks=marks,
        recognised=_recognised(words),
        touching=tuple([parts for _, parts in parted if parts]),
    )


def _recognised(words: Sequence[Sequence[TextRun]]) -> Recognised | None:
    """How sure a line is that was read off a picture, and what it says with another sign in one place if it is a word."""
    runs = [run for word in words for run in word]
    readings = [(run.reading.confidence, i) for i, run in enumerate(runs) if run.reading]
    if not readings:
        return None
    others: list[str] = []
    if len(words) == 1:
        texts = [run.text for run in runs]
        for confidence, i in sorted(readings):
            reading = runs[i].reading
            if reading and confidence < DOUBTFUL:
                others += ["".join([*texts[:i], sign, *texts[i + 1 :]]) for sign in reading.others]
    return Recognised(min(readings)[0], tuple(others[:MOST_OTHERS]))


def _from_left(row: Sequence[TextRun]) -> Sequence[TextRun]:
    """The runs from left to right; where one begins inside another the characters of all."""
    if len(row) < 2:
        return row
    ordered = sorted(row, key=_LEFT)
    if any(run.x0 < before.x1 and run.x0 < before.last_x0 for before, run in pairwise(ordered)):
        return sorted((char for run in row for char in run.split()), key=_LEFT)
    return ordered


def _without_amount(word: Sequence[TextRun]) -> tuple[list[Word], tuple[Word, ...]]:
    """A word as it is, or a name and the amount that touches it because the name fills its column; what the first may be parted into."""
    text = "".join([run.text for run in word])
    match = _TOUCHING.fullmatch(text)
    end = len(match[1]) if match else len(text)
    touched = patterns("tables")["amount_before_name"].finditer(text) if "." in text else ()
    inner = [place for amount in touched for place in amount.span() if 0 < place < end]
    if not match and not inner:
        return [(word[0].x0, word[-1].x1, text)], ()
    chars = [char for run in word for char in run.split()]
    parts = _cut(chars, text[:end], inner) if inner else ()
    return [*_cut(chars, text, [end] if match else [])], tuple(parts)


def _cut(chars: Sequence[TextRun], text: str, places: Iterable[int]) -> Iterator[Word]:
    """The parts of a text between some places."""
    for begin, end in pairwise([0, *places, len(text)]):
        yield chars[begin].x0, chars[end - 1].x1, text[begin:end]


def _is_raised(char: TextRun, before: str, size: float, middle: float) -> bool:
    """Whether a character is the mark of a footnote, such as ¹ or [1], behind a figure or a name.

    Digits alone may be smaller than Chinese characters, but their middles are at one height.
    """
    is_small = char.size < SMALL * size and middle - char.y > RAISED * size
    return bool(is_small and _MARK.fullmatch(char.text) and _BASE.fullmatch(before))

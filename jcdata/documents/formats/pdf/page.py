"""What a person sees on a page of a PDF file: its text, each character once, and its ruling lines.

Positions are in points from the upper left corner of the page as it is turned for reading.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jcdata.documents.formats.pdf.boxes import Box, turned
from jcdata.documents.formats.pdf.calls import handle_of
from jcdata.documents.formats.pdf.drawn_text import DrawnRun
from jcdata.documents.formats.pdf.objects import Objects
from jcdata.documents.formats.pdf.seen import find_seen

STRUCK = 0.2  # of a character's height, by which a line may miss its middle and strike it out
FURTHEST = 20.0  # points from the middle of a character to a line that strikes it out


class Reading(NamedTuple):
    """How a character was recognised in a picture: how surely (0 to 1; 0 if the scanner did it, which does not tell), and
    what signs it may be instead."""

    confidence: float
    others: str = ""


_BY_SCANNER = Reading(0.0)


@dataclass(slots=True)
class TextRun:
    """A blank, or characters of a line without a gap between them, as they are seen: the box around them.

    `first_x` and `last_x` are the middles of the first and the last character, `y` is that of their height, `size`.
    `lefts` and `rights` are the sides of each of several characters, so far to the right as `shift` says.
    What was recognised in a picture has a `reading`.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    first_x: float
    last_x: float
    y: float
    size: float
    lefts: Sequence[float] = ()
    rights: Sequence[float] = ()
    shift: float = 0.0
    reading: Reading | None = None

    @property
    def last_x0(self) -> float:
        """Where its last character begins."""
        return self.x0 if len(self.text) == 1 else self.lefts[-1] - self.shift

    def split(self) -> Sequence[TextRun]:
        """Each of its characters."""
        if len(self.text) == 1:
            return (self,)
        chars = []
        for sign, left, right in zip(self.text, self.lefts, self.rights, strict=True):
            x0, x1 = left - self.shift, right - self.shift
            # Filled field by field: a call that names them all takes five times as long.
            char = TextRun.__new__(TextRun)
            char.text, char.x0, char.x1 = sign, x0, x1
            char.first_x = char.last_x = (x0 + x1) / 2
            char.top, char.bottom, char.y, char.size = self.top, self.bottom, self.y, self.size
            char.lefts, char.rights, char.shift, char.reading = (), (), 0.0, self.reading
            chars.append(char)
        return chars


class Rule(NamedTuple):
    """A ruling line; level where it has no height, else upright."""

    x0: float
    top: float
    x1: float
    bottom: float


class Page(NamedTuple):
    """What is seen on a page.

    `left_out` counts by kind what is drawn and not read: `hidden`, `slanting`, `watermark`, `struck`, `fontless`, `drawing`;
    of a picture `crowded`, lines of text if there are too many. `picture_share` is the share of the page that pictures cover.
    `is_recognised` says that it was read off its picture.
    """

    width: float
    height: float
    runs: list[TextRun]
    rules: list[Rule]
    left_out: Counter[str]
    picture_share: float
    is_recognised: bool = False


def read_page(page: Any) -> Page:
    """Read a page, given as PDFium's handle."""
    objects = Objects(handle_of(page))
    crop = _crop_box(page)
    seen, left_out = find_seen(page, objects, crop)
    lengths = [0, 0, 0, 0]
    for run in seen:
        lengths[run.quarter or 0] += len(run.text)
    # Most text says how the page is read, whatever its own mark says: a table may be drawn sideways.
    upright = lengths.index(max(lengths)) if seen else -pdfium.FPDFPage_GetRotation(page) % 4
    paper = _Paper(crop, upright)
    runs = [paper.run(run) for run in seen if run.quarter == upright]
    for turn in (1, 2, 3):
        quarter = (upright + turn) % 4
        if lengths[quarter]:
            chars = [char for run in seen if run.quarter == quarter for char in run.split()]
            runs += _as_read([paper.run(char) for char in chars], turn)
    width, height = paper.width, paper.height
    rules = [paper.rule(line) for line in objects.lines]
    rules = [
        rule
        for rule in rules
        if rule.x1 > 0 and rule.bottom > 0 and rule.x0 < width and rule.top < height
    ]
    runs, rules, struck = _without_struck(runs, rules)
    if struck:
        left_out["struck"] = struck
    left_out["drawing"] = int(not objects.is_whole)
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in objects.pictures)
    return Page(
        width=width,
        height=height,
        runs=runs,
        rules=rules,
        left_out=left_out,
        picture_share=covered / max(width * height, 1.0),
    )


class _Paper:
    """The page as it is turned for reading: text whose line runs at so many quarter turns becomes level."""

    def __init__(self, crop: Box, quarter: int) -> None:
        self._quarter = quarter
        self._left, bottom, right, self._top = turned(crop, quarter)
        self.width, self.height = right - self._left, self._top - bottom

    def rule(self, line: Box) -> Rule:
        left, bottom, right, top = turned(line, self._quarter)
        return Rule(
            x0=left - self._left,
            top=self._top - top,
            x1=right - self._left,
            bottom=self._top - bottom,
        )

    def run(self, run: DrawnRun) -> TextRun:
        """A run of the page's own direction, or a character of another one."""
        left, bottom, right, top = run.left, run.bottom, run.right, run.top
        if run.quarter is not None and run.quarter != self._quarter:
            left, bottom, right, top = turned(
                (left, bottom, right, top), self._quarter - run.quarter
            )
        placed = TextRun.__new__(TextRun)  # as the characters of a run
        placed.text = run.text
        placed.x0, placed.x1 = x0, x1 = left - self._left, right - self._left
        if len(run.text) == 1:
            placed.first_x = placed.last_x = (x0 + x1) / 2
        else:
            placed.first_x, placed.last_x = run.first_x - self._left, run.last_x - self._left
        placed.top, placed.bottom = above, below = self._top - top, self._top - bottom
        placed.y, placed.size = (above + below) / 2, below - above
        placed.lefts, placed.rights, placed.shift = run.lefts, run.rights, self._left
        placed.reading = _BY_SCANNER if run.ink.is_hidden else None
        return placed


def _without_struck(
    runs: list[TextRun], rules: list[Rule]
) -> tuple[list[TextRun], list[Rule], int]:
    """The runs and rules of a page without those that strike text out and what they strike, and how many characters that is.

    Such a line runs through the middle of its characters and ends where they end.
    """
    by_height = sorted((run.y, i) for i, run in enumerate(runs) if run.text != " ")
    reach = min(FURTHEST, STRUCK * max((run.size for run in runs), default=0.0))
    strikes: set[Rule] = set()
    struck: set[tuple[int, int]] = set()  # run and character
    for rule in rules:
        if rule.top != rule.bottom:
            continue
        first = bisect_left(by_height, (rule.top - reach,))
        last = bisect_right(by_height, (rule.top + reach, len(runs)))
        crossed = [
            (i, number, char)
            for i in sorted(i for _, i in by_height[first:last])
            if abs(rule.top - runs[i].y) < STRUCK * runs[i].size
            if rule.x0 <= runs[i].last_x and runs[i].first_x <= rule.x1
            for number, char in enumerate(runs[i].split())
            if rule.x0 <= char.first_x <= rule.x1
        ]
        if not crossed:
            continue
        size = crossed[0][2].size
        begin, end = min(char.x0 for *_, char in crossed), max(char.x1 for *_, char in crossed)
        if begin - rule.x0 < size and rule.x1 - end < size:
            strikes.add(rule)
            struck |= {(i, number) for i, number, _ in crossed}
    if not struck:
        return runs, rules, 0
    touched = {i for i, _ in struck}
    kept = [
        char
        for i, run in enumerate(runs)
        for number, char in enumerate(run.split() if i in touched else (run,))
        if (i, number) not in struck
    ]
    return kept, [rule for rule in rules if rule not in strikes], len(struck)


def _crop_box(page: Any) -> Box:
    """The part of the page that is shown."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPage_GetCropBox(page, *sides) and not pdfium.FPDFPage_GetMediaBox(
        page, *sides
    ):
        return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x0, y0, x1, y1 = (side.value for side in sides)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _as_read(chars: list[TextRun], turn: int) -> list[TextRun]:
    """Text that stands at a right angle to the page's own, such as the label beside many rows, or on its head.

    Its lines are laid level, one below the other, within the place that they take together, so that each is read as a line.
    """
    lines: list[list[TextRun]] = []
    for char in sorted(chars, key=lambda char: char.first_x):
        if lines and char.first_x - lines[-1][-1].first_x < (char.x1 - char.x0) / 2:
            lines[-1].append(char)
        else:
            lines.append([char])
    blocks: list[list[list[TextRun]]] = []
    for line in lines:
        line.sort(key=lambda char: char.y)
        if blocks and _is_next_line(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [
        char for block in blocks for char in _laid_level(block if turn == 1 else block[::-1], turn)
    ]


def _is_next_line(line: list[TextRun], other: list[TextRun]) -> bool:
    """Whether two upright lines of turned text stand side by side."""
    shared = min(line[-1].bottom, other[-1].bottom) - max(line[0].top, other[0].top)
    return shared > 0 and other[0].x0 - line[0].x1 < line[0].x1 - line[0].x0


def _laid_level(lines: list[list[TextRun]], turn: int) -> Iterator[TextRun]:
    x0, x1 = (
        min(char.x0 for line in lines for char in line),
        max(char.x1 for line in lines for char in line),
    )
    top, bottom = min(line[0].top for line in lines), max(line[-1].bottom for line in lines)
    height, width = (bottom - top) / len(lines), (x1 - x0) / max(len(line) for line in lines)
    for number, line in enumerate(lines):
        in_order = line[::-1] if turn == 1 else line
        y = top + (number + 0.5) * height
        for i, char in enumerate(in_order):
            left, size = x0 + i * width, min(height, char.x1 - char.x0)
            middle = left + width / 2
            yield TextRun(
                text=char.text,
                x0=left,
                top=y - size / 2,
                x1=left + width,
                first_x=middle,
                last_x=middle,
                bottom=y + size / 2,
                y=y,
                size=size,
                reading=char.reading,
            )

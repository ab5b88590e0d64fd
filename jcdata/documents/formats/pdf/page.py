"""What a person sees on a page of a PDF file: its characters, each once, and its ruling lines.

Positions are in points from the upper left corner of the page as it is turned for reading.
"""

from __future__ import annotations

import ctypes
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jcdata.documents.formats.pdf.objects import Box, Objects
from jcdata.documents.formats.pdf.seen import Seen, find_seen

STRUCK = 0.2  # of a character's height, by which a line may miss its middle and strike it out
BUCKET = 20.0  # points of height, by which characters are looked up


class Char(NamedTuple):
    """A character that is seen: its box, the middle (`x`, `y`) and the height (`size`) of it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    x: float
    y: float
    size: float


class Rule(NamedTuple):
    """A ruling line; level where it has no height, else upright."""

    x0: float
    top: float
    x1: float
    bottom: float


class Page(NamedTuple):
    """What is seen on a page.

    `left_out` counts by kind what is drawn and not read: `hidden`, `slanting`, `watermark`, `struck`, `fontless`.
    `picture_share` is the share of the page that pictures cover.
    """

    width: float
    height: float
    chars: list[Char]
    rules: list[Rule]
    left_out: Counter[str]
    picture_share: float


def read_page(page: Any) -> Page:
    """Read a page, given as PDFium's handle."""
    objects = Objects(page)
    crop = _crop_box(page)
    seen, left_out = find_seen(page, objects, crop)
    quarters = Counter(char.quarter for char in seen)
    # Most text says how the page is read, whatever its own mark says: a table may be drawn sideways.
    upright = quarters.most_common(1)[0][0] if quarters else -pdfium.FPDFPage_GetRotation(page) % 4
    paper = _Paper(crop, upright)
    chars = [paper.char(char) for char in seen if char.quarter == upright]
    for turn in (1, 2, 3):
        if (upright + turn) % 4 in quarters:
            turned = [paper.char(char) for char in seen if char.quarter == (upright + turn) % 4]
            chars += _as_read(turned, turn)
    width, height = paper.size
    rules = [paper.rule(line) for line in objects.lines]
    rules = [
        rule
        for rule in rules
        if rule.x1 > 0 and rule.bottom > 0 and rule.x0 < width and rule.top < height
    ]
    if struck := _find_struck(chars, rules):
        rules = [rule for rule in rules if rule not in struck]
        crossed = {i for indexes in struck.values() for i in indexes}
        left_out["struck"] = len(crossed)
        chars = [char for i, char in enumerate(chars) if i not in crossed]
    covered = sum((p.right - p.left) * (p.top - p.bottom) for p in objects.pictures)
    return Page(
        width=width,
        height=height,
        chars=chars,
        rules=rules,
        left_out=left_out,
        picture_share=covered / max(width * height, 1.0),
    )


class _Paper(NamedTuple):
    """The page as it is turned for reading: text whose line runs at so many quarter turns becomes level."""

    crop: Box
    quarter: int

    @property
    def size(self) -> tuple[float, float]:
        left, bottom, right, top = self.crop
        return (
            (right - left, top - bottom) if self.quarter % 2 == 0 else (top - bottom, right - left)
        )

    def place(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[float, float, float, float]:
        """x0, top, x1 and bottom of a box given by left, bottom, right and top in PDF's own coordinates."""
        left, bottom, right, top = self.crop
        if self.quarter == 0:
            return x0 - left, top - y1, x1 - left, top - y0
        if self.quarter == 1:  # lines run upwards
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if self.quarter == 2:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        return top - y1, right - x1, top - y0, right - x0

    def rule(self, line: Box) -> Rule:
        x0, top, x1, bottom = self.place(line.left, line.bottom, line.right, line.top)
        return Rule(x0=x0, top=top, x1=x1, bottom=bottom)

    def char(self, char: Seen) -> Char:
        x0, top, x1, bottom = self.place(char.left, char.bottom, char.right, char.top)
        return Char(
            text=char.text,
            x0=x0,
            top=top,
            x1=x1,
            bottom=bottom,
            x=(x0 + x1) / 2,
            y=(top + bottom) / 2,
            size=bottom - top,
        )


def _find_struck(chars: list[Char], rules: list[Rule]) -> dict[Rule, list[int]]:
    """The lines that strike text out, with the characters that they strike.

    Such a line runs through the middle of its characters and ends where they end.
    """
    heights: defaultdict[int, list[int]] = defaultdict(list)
    for i, char in enumerate(chars):
        heights[int(char.y // BUCKET)].append(i)
    struck: dict[Rule, list[int]] = {}
    for rule in rules:
        if rule.top != rule.bottom:
            continue
        bucket = int(rule.top // BUCKET)
        near = (i for key in (bucket - 1, bucket, bucket + 1) for i in heights.get(key, ()))
        crossed = [i for i in near if _strikes(rule, chars[i])]
        if crossed:
            size = chars[crossed[0]].size
            begin, end = min(chars[i].x0 for i in crossed), max(chars[i].x1 for i in crossed)
            if begin - rule.x0 < size and rule.x1 - end < size:
                struck[rule] = crossed
    return struck


def _strikes(rule: Rule, char: Char) -> bool:
    return (
        char.text != " "
        and abs(rule.top - char.y) < STRUCK * char.size
        and rule.x0 <= char.x <= rule.x1
    )


def _crop_box(page: Any) -> Box:
    """The part of the page that is shown."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPage_GetCropBox(page, *sides) and not pdfium.FPDFPage_GetMediaBox(
        page, *sides
    ):
        return Box(
            left=0.0,
            bottom=0.0,
            right=pdfium.FPDF_GetPageWidthF(page),
            top=pdfium.FPDF_GetPageHeightF(page),
        )
    x0, y0, x1, y1 = (side.value for side in sides)
    return Box(left=min(x0, x1), bottom=min(y0, y1), right=max(x0, x1), top=max(y0, y1))


def _as_read(chars: list[Char], turn: int) -> list[Char]:
    """Text that stands at a right angle to the page's own, such as the label beside many rows, or on its head.

    Its lines are laid level, one below the other, within the place that they take together, so that each is read as a line.
    """
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.x):
        if lines and char.x - lines[-1][-1].x < (char.x1 - char.x0) / 2:
            lines[-1].append(char)
        else:
            lines.append([char])
    blocks: list[list[list[Char]]] = []
    for line in lines:
        line.sort(key=lambda char: char.y)
        if blocks and _is_next_line(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [
        char for block in blocks for char in _laid_level(block if turn == 1 else block[::-1], turn)
    ]


def _is_next_line(line: list[Char], other: list[Char]) -> bool:
    """Whether two upright lines of turned text stand side by side."""
    shared = min(line[-1].bottom, other[-1].bottom) - max(line[0].top, other[0].top)
    return shared > 0 and other[0].x0 - line[0].x1 < line[0].x1 - line[0].x0


def _laid_level(lines: list[list[Char]], turn: int) -> Iterator[Char]:
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
            yield Char(
                text=char.text,
                x0=left,
                top=y - size / 2,
                x1=left + width,
                bottom=y + size / 2,
                x=left + width / 2,
                y=y,
                size=size,
            )

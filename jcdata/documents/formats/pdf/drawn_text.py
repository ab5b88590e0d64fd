"""The characters of a page as PDFium lists them, in runs: characters of one line that follow each other and are drawn alike.

What holds for a whole run is then asked for once. Positions are in points from the lower left corner of the page, turned as
the line of text is: it runs to the right.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

from jcdata.documents.formats.legibility import SLANT
from jcdata.documents.formats.pdf import calls
from jcdata.documents.formats.pdf.boxes import turned
from jcdata.documents.formats.pdf.calls import Handle, Written, handle_of
from jcdata.documents.formats.pdf.objects import Ink, Text

UNNAMED = "\ufffd"  # stands for a character whose font does not say which it is
LINE_END_HYPHEN = 0x02  # what PDFium makes of a hyphen at the end of a line
QUARTER = math.pi / 2
GAP = 0.25  # of a line's height, from which white space stands between two characters
OVERLAP = 0.2  # of a character's width, by which it may begin before the one in front of it ends
_LONE_HALF = re.compile(
    r"[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]"
)  # of a pair that stands for a rare character


@dataclass(slots=True)
class DrawnRun:
    """A blank, or characters without a gap between them, and the box around them; of slanting text one character.

    `first_x` and `last_x` are the middles of the first and the last character, `lefts` and `rights` the sides of each.
    `quarter` counts the quarter turns of the line, None if it slants. `first` and `last` are their places in the order
    of drawing.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    first_x: float
    last_x: float
    lefts: Sequence[float]
    rights: Sequence[float]
    quarter: int | None
    ink: Ink
    first: int
    last: int

    def split(self) -> Iterator[DrawnRun]:
        """Each of its characters."""
        if len(self.text) == 1:
            yield self
            return
        for sign, left, right in zip(self.text, self.lefts, self.rights, strict=True):
            x = (left + right) / 2
            yield replace(
                self,
                text=sign,
                left=left,
                right=right,
                first_x=x,
                last_x=x,
                lefts=(left,),
                rights=(right,),
            )


def read_runs(
    page: Any, texts: Mapping[int, Text], unknown: Text
) -> tuple[list[DrawnRun], set[int]]:
    """The runs of a page in the order in which PDFium lists them, and the addresses of the text objects that they come from.

    `texts` are the text objects by their address; `unknown` stands for any other.
    """
    pointer = pdfium.FPDFText_LoadPage(page)
    try:
        text_page = handle_of(pointer)
        count = pdfium.FPDFText_CountChars(pointer)
        listed = list(map(calls.text_object_at, repeat(text_page), range(count)))
        # Blanks that PDFium puts between words itself belong to no text object.
        numbers = [number for number, address in enumerate(listed) if address]
        addresses = [address for address in listed if address]
        runs = _find_runs(text_page, numbers, addresses, texts, unknown)
    finally:
        pdfium.FPDFText_ClosePage(pointer)
    return runs, set(addresses)


def _find_runs(
    text_page: Handle,
    numbers: Sequence[int],
    addresses: Sequence[int],
    texts: Mapping[int, Text],
    unknown: Text,
) -> list[DrawnRun]:
    """The runs of the characters of these numbers, given with the addresses of their text objects."""
    signs = _read_signs(text_page, numbers)
    lefts, tops, rights, bottoms = _read_boxes(text_page, numbers)
    runs: list[DrawnRun] = []
    begins: list[int] = []
    run, is_open = DrawnRun.__new__(DrawnRun), False
    (order, ink), quarter, last_address, end, gap = unknown, None, 0, 0.0, 0.0
    boxes = zip(addresses, lefts, tops, rights, bottoms, strict=True)
    for i, (address, left, top, right, bottom) in enumerate(boxes):
        if address != last_address:
            last_address = address
            order, ink = texts.get(address, unknown)
            is_turned = calls.angle_at(text_page, numbers[i])
            quarter = _quarter_of(text_page, numbers[i]) if is_turned else 0
            is_open = is_open and run.quarter == quarter and run.ink == ink and run.last < order
        if quarter:
            left, bottom, right, top = turned((left, bottom, right, top), quarter)
            lefts[i], rights[i] = left, right
        may_go_on = quarter is not None and left < right and signs[i] != " "
        if (
            is_open
            and may_go_on
            and top == run.top
            and bottom == run.bottom
            and end - OVERLAP * (right - left) <= left <= end + gap
        ):
            run.last = order
        else:
            # Filled field by field: a call that names them all takes five times as long.
            run = DrawnRun.__new__(DrawnRun)
            run.quarter, run.ink, run.first, run.last = quarter, ink, order, order
            run.top, run.bottom = top, bottom
            is_open, gap = may_go_on, GAP * (top - bottom)
            runs.append(run)
            begins.append(i)
        end = right
    for run, (begin, stop) in zip(runs, pairwise([*begins, len(signs)]), strict=True):
        run.text, run.lefts, run.rights = signs[begin:stop], lefts[begin:stop], rights[begin:stop]
        run.left, run.right = lefts[begin], rights[stop - 1]
        run.first_x, run.last_x = (run.left + rights[begin]) / 2, (lefts[stop - 1] + run.right) / 2
    return runs


def _read_signs(text_page: Handle, numbers: Sequence[int]) -> str:
    signs = "".join(map(_sign, map(calls.code_at, repeat(text_page), numbers)))
    signs = _LONE_HALF.sub(UNNAMED, signs)
    are_unmapped = list(map(calls.is_unmapped, repeat(text_page), numbers))
    if 1 not in are_unmapped:
        return signs
    return "".join(
        [UNNAMED if is_bad == 1 else sign for sign, is_bad in zip(signs, are_unmapped, strict=True)]
    )


def _read_boxes(text_page: Handle, numbers: Sequence[int]) -> list[list[float]]:
    """The left, top, right and bottom sides of characters."""
    boxes = (ctypes.c_float * (4 * len(numbers)))()
    size = 4 * ctypes.sizeof(ctypes.c_float)
    for i, number in enumerate(numbers):
        calls.loose_box_at(text_page, number, ctypes.byref(boxes, size * i))
    return [boxes[side::4] for side in range(4)]


@cache
def _sign(code: int) -> str:
    if code == LINE_END_HYPHEN:
        return "-"
    sign = chr(code) if code else UNNAMED
    return " " if sign.isspace() else sign


def _quarter_of(text_page: Handle, number: int) -> int | None:
    """The quarter turn, counterclockwise, of the line of a character, None if it slants.

    What PDFium calls its angle is that of its stem: italic text, whose line is level, leans by it too.
    """
    matrix = Written(ctypes.c_float, 6)
    calls.char_matrix_at(text_page, number, matrix.refs[0])
    a, b, *_ = matrix.read()
    angle = math.atan2(b, a)
    turns = round(angle / QUARTER)
    return turns % 4 if abs(angle - turns * QUARTER) < SLANT else None

"""Which characters of a page a person sees, each once.

Not seen is what is off the page, clipped, covered, drawn in the colour of its ground, or not drawn at all. Positions are PDF's
own, in points from the lower left corner of an unturned page.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jcdata.documents.formats.legibility import LEAST_CONTRAST, PALE, SLANT, SMALLEST
from jcdata.documents.formats.pdf.fonts import has_chinese_font
from jcdata.documents.formats.pdf.objects import Area, Box, Objects, Text

UNNAMED = "\ufffd"  # stands for a character whose font does not say which it is
LINE_END_HYPHEN = 0x02  # what PDFium makes of a hyphen at the end of a line
SAME_PLACE = 0.2  # of a character's height, within which the same one is drawn again
LARGE = 1.25  # times the usual height of the page's text, from which pale text is one
BUCKET = 20.0  # points of height, by which areas are looked up
MOST_BUCKETS = 1_000  # of an area
LEFT_OVER = 0.2  # of a character's width and height, from which it is seen though something cuts it
QUARTER = math.pi / 2


class Seen(NamedTuple):
    """A character that is seen, its box, the quarter turns of its line and how much it stands out from its ground (0 to 1)."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    quarter: int
    contrast: float

    @property
    def height(self) -> float:
        """The height of its line."""
        return self.top - self.bottom if self.quarter in (0, 2) else self.right - self.left


def find_seen(page: Any, objects: Objects, crop: Box) -> tuple[list[Seen], Counter[str]]:
    """The characters that are seen within `crop`, and how many are left out by kind."""
    left_out: Counter[str] = Counter()
    chars = _without_twins(_read_chars(page, objects, crop, left_out))
    return _without_watermarks(chars, left_out), left_out


def _read_chars(page: Any, objects: Objects, crop: Box, left_out: Counter[str]) -> list[Seen]:
    ground = _Ground(objects, crop)
    text_page = pdfium.FPDFText_LoadPage(page)
    box = pdfium.FS_RECTF()
    ref = ctypes.byref(box)
    # Looked up once: the loop runs a hundred thousand times for a document
    unicode_of, is_unmapped = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_HasUnicodeMapError
    object_of, box_of = pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetLooseCharBox
    addressof, contrast_of = ctypes.addressof, ground.contrast
    unknown = Text(order=objects.count, luminance=0.0, is_hidden=False, clip=None)
    found: list[Seen] = []
    read: set[int] = set()
    address, text, quarter = 0, unknown, _quarter(0.0)
    try:
        for i in range(pdfium.FPDFText_CountChars(text_page)):
            handle = object_of(text_page, i)
            if not handle:
                continue  # a space that PDFium puts between words itself
            if addressof(handle.contents) != address:
                address = addressof(handle.contents)
                text = objects.texts.get(address, unknown)
                quarter = _quarter(_angle_of(text_page, i))
                read.add(address)
            sign = UNNAMED if is_unmapped(text_page, i) == 1 else _sign(unicode_of(text_page, i))
            box_of(text_page, i, ref)
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            if sign == " ":
                contrast = 1.0
            else:
                contrast = contrast_of(text, left, bottom, right, top)
                if contrast < LEAST_CONTRAST:
                    left_out["hidden"] += 1
                    continue
            if quarter is None:
                left_out["slanting"] += 1
                continue
            if text.clip:  # a sheet's cell may cut its last character at its side
                left, right = max(left, text.clip.left), min(right, text.clip.right)
            found.append(
                Seen(
                    text=sign,
                    left=left,
                    bottom=bottom,
                    right=right,
                    top=top,
                    quarter=quarter,
                    contrast=contrast,
                )
            )
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    if (unread := objects.texts.keys() - read) and not has_chinese_font():
        left_out["fontless"] = objects.count_without_width(unread)
    return found


def _sign(code: int) -> str:
    if code == LINE_END_HYPHEN:
        return "-"
    sign = chr(code) if code else UNNAMED
    return " " if sign.isspace() else sign


def _angle_of(text_page: Any, i: int) -> float:
    """How far the line of a character is turned, in radians counterclockwise.

    What PDFium calls its angle is that of its stem: italic text, whose line is level, leans by it too.
    """
    if not pdfium.FPDFText_GetCharAngle(text_page, i):
        return 0.0
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, i, matrix)
    return math.atan2(matrix.b, matrix.a)


def _quarter(angle: float) -> int | None:
    """The quarter turn of a line of text, None if it slants."""
    turns = round(angle / QUARTER)
    return turns % 4 if abs(angle - turns * QUARTER) < SLANT else None


class _Ground:
    """What lies below and above the text of a page."""

    def __init__(self, objects: Objects, crop: Box) -> None:
        self._crop = crop
        self._pictures = objects.pictures
        self._areas: defaultdict[int, list[Area]] = defaultdict(list)
        for area in objects.areas:
            first, last = (
                int(max(area.box.bottom, -1e6) // BUCKET),
                int(min(area.box.top, 1e6) // BUCKET),
            )
            for bucket in range(first, min(last, first + MOST_BUCKETS) + 1):
                self._areas[bucket].append(area)

    def contrast(self, text: Text, left: float, bottom: float, right: float, top: float) -> float:
        """How much a character stands out from what is around it, 0 to 1; 0 if it can't be seen."""
        x, y = (left + right) / 2, (bottom + top) / 2
        if not self._crop.holds(x, y) or (
            text.clip and not _is_partly_in(text.clip, left, bottom, right, top)
        ):
            return 0.0
        if top - bottom < SMALLEST and right - left < SMALLEST:
            return 0.0
        if text.is_hidden:
            # The text of a scan, laid over its picture so that it can be searched
            return float(any(picture.holds(x, y) for picture in self._pictures))
        below: float | None = 1.0
        for area in self._areas.get(int(y // BUCKET), ()):
            if area.box.holds(x, y):
                if area.order < text.order:
                    below = area.luminance
                elif area.is_opaque:
                    return 0.0
        return 1.0 if below is None else abs(below - text.luminance)


def _is_partly_in(clip: Box, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether enough of a character is left to be seen."""
    if clip.left <= left and right <= clip.right and clip.bottom <= bottom and top <= clip.top:
        return True
    across = min(right, clip.right) - max(left, clip.left)
    up = min(top, clip.top) - max(bottom, clip.bottom)
    return across > LEFT_OVER * (right - left) and up > LEFT_OVER * (top - bottom)


def _without_twins(chars: list[Seen]) -> list[Seen]:
    """Each character once: bold may be drawn two or four times, with a shadow beside it, or over the picture of a scan."""
    places: defaultdict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for i, char in enumerate(chars):
        places[char.text].append((char.bottom + char.top, char.left + char.right, i))
    places.pop(" ", None)
    twins: set[int] = set()
    for same in places.values():
        same.sort()  # by height, so that what may be a twin stands near
        for position, (y, x, i) in enumerate(same):
            near = 2 * SAME_PLACE * min(chars[i].height, 2 * (chars[i].right - chars[i].left))
            for other_y, other_x, j in same[position + 1 :]:
                if other_y - y >= near:
                    break
                if abs(other_x - x) < near:
                    twins.add(i if chars[i].contrast < chars[j].contrast else j)
    return [char for i, char in enumerate(chars) if i not in twins] if twins else chars


def _without_watermarks(chars: list[Seen], left_out: Counter[str]) -> list[Seen]:
    """Without pale text that is larger than the page's own."""
    pale = [char for char in chars if char.contrast < PALE]
    if not pale:
        return chars
    dark = sorted(char.height for char in chars if char.contrast >= PALE)
    largest = LARGE * dark[len(dark) // 2] if dark else math.inf
    left_out["watermark"] += sum(char.height > largest for char in pale)
    return [char for char in chars if char.contrast >= PALE or char.height <= largest]

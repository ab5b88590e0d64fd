"""The objects of a PDF page as PDFium lists them, in the order in which they are drawn: text, lines, areas, pictures.

Positions here are PDF's own, in points from the lower left corner of an unturned page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from jcdata.documents.formats.legibility import luminance

THIN = 2.5  # points up to which a filled area is a line
PALEST_STROKE = 0.93  # luminance from which a stroked line is not seen on paper
PALEST_FILL = 0.75  # luminance from which a thin filled area is shading and not a line
OPAQUE = 200  # alpha, of 255, from which an area hides what is below it
MAX_OBJECTS = 100_000  # on a page; more are a drawing
MAX_NESTED = 10  # forms inside forms
WITHOUT_WIDTH = 0.01  # points
STRAIGHT = 1.0  # points by which a level line may rise

_HIDDEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_OUTLINED_MODES = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """A rectangle of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Area(NamedTuple):
    """A filled area. `luminance` (0 black, 1 white) is None where it is not of one colour."""

    box: Box
    order: int
    luminance: float | None
    is_opaque: bool


class Text(NamedTuple):
    """A text object: its place in the order of drawing, its ink, and what clips it."""

    order: int
    luminance: float
    is_hidden: bool
    clip: Box | None


class Objects:
    """What is drawn on a page, given as PDFium's handle: texts by their address, lines, areas and pictures."""

    def __init__(self, page: Any) -> None:
        self.texts: dict[int, Text] = {}
        self._items: dict[int, Any] = {}
        self.lines: list[Box] = []  # without height or without width
        self.areas: list[Area] = []
        self.pictures: list[Box] = []
        self.count = 0
        # PDFium writes into these; they are made once, as a page has thousands of objects.
        self._sides = (ctypes.c_float * 4)()
        self._side_refs = [
            ctypes.byref(ctypes.c_float.from_buffer(self._sides, 4 * i)) for i in range(4)
        ]
        self._colour = (ctypes.c_uint * 4)()
        self._colour_refs = [
            ctypes.byref(ctypes.c_uint.from_buffer(self._colour, 4 * i)) for i in range(4)
        ]
        self._fill_mode, self._is_stroked = ctypes.c_int(), ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y, self._width = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
        self._clip_key: tuple[float, ...] = ()
        self._clip: Box | None = None
        for i in range(pdfium.FPDFPage_CountObjects(page)):
            self._add(pdfium.FPDFPage_GetObject(page, i), _UNTURNED, 0)

    def _add(self, item: Any, outer: Matrix, depth: int) -> None:
        self.count += 1
        if self.count > MAX_OBJECTS:
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._add_text(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._add_path(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(self._bounds(item, outer))
            self.areas.append(
                Area(box=self.pictures[-1], order=self.count, luminance=None, is_opaque=False)
            )
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            self.areas.append(
                Area(
                    box=self._bounds(item, outer), order=self.count, luminance=None, is_opaque=False
                )
            )
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_NESTED:
            inner = _combined(self._matrix_of(item), outer)
            for i in range(pdfium.FPDFFormObj_CountObjects(item)):
                self._add(pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)

    def _add_text(self, item: Any, outer: Matrix) -> None:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        luminance, alpha = self._ink(item, is_outline=mode in _OUTLINED_MODES)
        text = Text(
            order=self.count,
            luminance=luminance,
            is_hidden=mode in _HIDDEN_MODES or alpha == 0,
            clip=self._clip_of(item, outer),
        )
        address = ctypes.addressof(item.contents)
        self.texts[address], self._items[address] = text, item

    def _add_path(self, item: Any, outer: Matrix) -> None:
        pdfium.FPDFPath_GetDrawMode(item, self._fill_mode, self._is_stroked)
        box = self._bounds(item, outer)
        if self._is_stroked.value:
            luminance, alpha = self._ink(item, is_outline=True)
            if alpha and luminance < PALEST_STROKE:
                self._add_stroke(item, box, outer)
        if self._fill_mode.value:
            luminance, alpha = self._ink(item, is_outline=False)
            if alpha and min(box.right - box.left, box.top - box.bottom) > THIN:
                self.areas.append(
                    Area(box=box, order=self.count, luminance=luminance, is_opaque=alpha >= OPAQUE)
                )
            elif alpha and luminance < PALEST_FILL:
                self.lines.append(_middle_line(box))

    def _add_stroke(self, item: Any, box: Box, outer: Matrix) -> None:
        """The straight sides of a stroked path, most often one line or a rectangle."""
        pdfium.FPDFPageObj_GetStrokeWidth(item, self._width)
        if min(box.right - box.left, box.top - box.bottom) <= max(THIN, 1.5 * self._width.value):
            self.lines.append(_middle_line(box))
            return
        matrix = _combined(self._matrix_of(item), outer)
        begin: Point | None = None
        last: Point | None = None
        for i in range(min(pdfium.FPDFPath_CountSegments(item), MAX_OBJECTS)):
            segment = pdfium.FPDFPath_GetPathSegment(item, i)
            point = _moved_point(self._point_of(segment), matrix)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and last:
                self._add_side(last, point)
            if begin and pdfium.FPDFPathSegment_GetClose(segment):
                self._add_side(point, begin)
            last = point

    def _add_side(self, one: Point, other: Point) -> None:
        across, up = abs(one[0] - other[0]), abs(one[1] - other[1])
        if min(across, up) < STRAIGHT < max(across, up):
            self.lines.append(_middle_line(_around([one, other])))

    def count_without_width(self, addresses: Iterable[int]) -> int:
        """How many of these texts have a font that is not in the file and no width, which PDFium leaves out."""
        items = [self._items[address] for address in addresses]
        missing = [
            i for i in items if not pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(i))
        ]
        boxes = (self._bounds(item, _UNTURNED) for item in missing)
        return sum(box.right - box.left < WITHOUT_WIDTH for box in boxes)

    def _bounds(self, item: Any, outer: Matrix) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self._side_refs)
        left, bottom, right, top = self._sides
        return _moved(Box(left=left, bottom=bottom, right=right, top=top), outer)

    def _matrix_of(self, item: Any) -> Matrix:
        matrix = self._matrix
        pdfium.FPDFPageObj_GetMatrix(item, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _ink(self, item: Any, is_outline: bool) -> tuple[float, int]:
        """Luminance (0 to 1) and alpha (0 to 255) of an object; what has no plain colour is not seen."""
        colour_of = (
            pdfium.FPDFPageObj_GetStrokeColor if is_outline else pdfium.FPDFPageObj_GetFillColor
        )
        if not colour_of(item, *self._colour_refs):
            return 1.0, 0
        red, green, blue, alpha = self._colour
        return luminance(red, green, blue), alpha

    def _clip_of(self, item: Any, outer: Matrix) -> Box | None:
        """What is seen of an object at most; None where nothing clips it. Most objects share the clip of the one before."""
        path = pdfium.FPDFPageObj_GetClipPath(item)
        count = pdfium.FPDFClipPath_CountPaths(path)
        if count <= 0:
            return None
        key = (count, *self._clip_point(path, count - 1, 0))
        if key != self._clip_key:
            self._clip_key = key
            boxes = [
                _around([self._clip_point(path, number, i) for i in range(segments)])
                for number in range(count)
                if 0
                < (segments := pdfium.FPDFClipPath_CountPathSegments(path, number))
                < MAX_OBJECTS
            ]
            self._clip = _moved(_overlap(boxes), outer) if boxes else None
        return self._clip

    def _clip_point(self, path: Any, number: int, i: int) -> Point:
        return self._point_of(pdfium.FPDFClipPath_GetPathSegment(path, number, i))

    def _point_of(self, segment: Any) -> Point:
        pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
        return self._x.value, self._y.value


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    if outer is _UNTURNED:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved_point(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix is _UNTURNED:
        return box
    return _around(
        [_moved_point((x, y), matrix) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    )


def _around(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(left=min(xs), bottom=min(ys), right=max(xs), top=max(ys))


def _overlap(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(left=max(lefts), bottom=max(bottoms), right=min(rights), top=min(tops))


def _middle_line(box: Box) -> Box:
    """A thin box as a line along its middle."""
    left, bottom, right, top = box
    if right - left >= top - bottom:
        return Box(left=left, bottom=(bottom + top) / 2, right=right, top=(bottom + top) / 2)
    return Box(left=(left + right) / 2, bottom=bottom, right=(left + right) / 2, top=top)

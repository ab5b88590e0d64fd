"""The objects of a PDF page as PDFium lists them, in the order in which they are drawn: text, lines, areas, pictures.

Positions here are PDF's own, in points from the lower left corner of an unturned page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2.raw as pdfium

from jcdata.documents.formats.legibility import luminance
from jcdata.documents.formats.pdf import calls
from jcdata.documents.formats.pdf.boxes import Box
from jcdata.documents.formats.pdf.calls import Handle, Written

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


class Area(NamedTuple):
    """A filled area. `luminance` (0 black, 1 white) is None where it is not of one colour."""

    box: Box
    order: int
    luminance: float | None
    is_opaque: bool


class Ink(NamedTuple):
    """How a text is drawn. `clip` is what can be seen of it at most, None where nothing clips it."""

    luminance: float
    is_hidden: bool
    clip: Box | None


Text = tuple[int, Ink]  # a text object: its place in the order of drawing, and its ink


class Objects:
    """What is drawn on a page: texts by the address of their object, lines, areas and pictures."""

    def __init__(self, page: Handle) -> None:
        self.texts: dict[int, Text] = {}
        self.lines: list[Box] = []  # without height or without width
        self.areas: list[Area] = []
        self.pictures: list[Box] = []
        self.count = 0
        self.is_whole = True  # whether all of them are listed
        # PDFium writes into these; they are made once, as a page has thousands of objects.
        self._sides = Written(ctypes.c_float, 4)
        self._colour = Written(ctypes.c_uint, 4)
        self._point = Written(ctypes.c_float, 2)
        self._corners = Written(ctypes.c_float, 4)
        self._matrix = Written(ctypes.c_float, 6)
        self._modes = Written(ctypes.c_int, 2)
        self._width = Written(ctypes.c_float, 1)
        # Most texts have the ink and the clip of the one before.
        self._ink_key: tuple[object, ...] = ()
        self._ink = Ink(luminance=0.0, is_hidden=False, clip=None)
        self._clip_key: tuple[object, ...] = ()
        self._clip: Box | None = None
        for i in range(calls.count_objects(page)):
            self._add(calls.object_at(page, i), _UNTURNED, 0)

    def _add(self, item: Handle, outer: Matrix, depth: int) -> None:
        self.count += 1
        if self.count > MAX_OBJECTS or depth > MAX_NESTED:
            self.is_whole = False
            return
        mode = calls.render_mode_of(item)
        if mode != pdfium.FPDF_TEXTRENDERMODE_UNKNOWN:  # as all that is not text has
            self._add_text(item, mode, outer)
            return
        kind = calls.type_of(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
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
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = _combined(self._matrix_of(item), outer)
            for i in range(calls.count_form_objects(item)):
                self._add(calls.form_object_at(item, i), inner, depth + 1)

    def _add_text(self, item: Handle, mode: int, outer: Matrix) -> None:
        colour = self._colour_of(item, is_outline=mode in _OUTLINED_MODES)
        key = mode, colour, self._clip_of(item, outer)
        if key != self._ink_key:
            self._ink_key = key
            light, alpha = _seen_as(colour)
            self._ink = Ink(light, alpha == 0 or mode in _HIDDEN_MODES, key[2])
        self.texts[item.value or 0] = self.count, self._ink

    def _add_path(self, item: Handle, outer: Matrix) -> None:
        calls.draw_mode_of(item, *self._modes.refs)
        is_filled, is_stroked = self._modes.read()
        box = self._bounds(item, outer)
        if is_stroked:
            light, alpha = _seen_as(self._colour_of(item, is_outline=True))
            if alpha and light < PALEST_STROKE:
                self._add_stroke(item, box, outer)
        if is_filled:
            light, alpha = _seen_as(self._colour_of(item, is_outline=False))
            if alpha and _thickness(box) > THIN:
                self.areas.append(
                    Area(box=box, order=self.count, luminance=light, is_opaque=alpha >= OPAQUE)
                )
            elif alpha and light < PALEST_FILL:
                self.lines.append(_middle_line(box))

    def _add_stroke(self, item: Handle, box: Box, outer: Matrix) -> None:
        """The straight sides of a stroked path, most often one line or a rectangle."""
        calls.stroke_width_of(item, *self._width.refs)
        (width,) = self._width.read()
        if _thickness(box) <= max(THIN, 1.5 * width):
            self.lines.append(_middle_line(box))
            return
        matrix = _combined(self._matrix_of(item), outer)
        begin: Point | None = None
        last: Point | None = None
        for i in range(min(calls.count_segments(item), MAX_OBJECTS)):
            segment = calls.segment_at(item, i)
            point = _moved_point(self._point_of(segment), matrix)
            kind = calls.segment_type_of(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and last:
                self._add_side(last, point)
            if begin and calls.closes(segment):
                self._add_side(point, begin)
            last = point

    def _add_side(self, one: Point, other: Point) -> None:
        across, up = abs(one[0] - other[0]), abs(one[1] - other[1])
        if min(across, up) < STRAIGHT < max(across, up):
            self.lines.append(_middle_line(_around([one, other])))

    def count_without_width(self, addresses: Iterable[int]) -> int:
        """How many of these texts have a font that is not in the file and no width, which PDFium leaves out."""
        items = [Handle(address) for address in addresses]
        missing = [item for item in items if not calls.is_embedded(calls.font_of(item))]
        boxes = (self._bounds(item, _UNTURNED) for item in missing)
        return sum(right - left < WITHOUT_WIDTH for left, _, right, _ in boxes)

    def _bounds(self, item: Handle, outer: Matrix) -> Box:
        calls.bounds_of(item, *self._sides.refs)
        left, bottom, right, top = self._sides.read()
        return _moved((left, bottom, right, top), outer)

    def _matrix_of(self, item: Handle) -> Matrix:
        calls.matrix_of(item, self._matrix.refs[0])
        a, b, c, d, e, f = self._matrix.read()
        return a, b, c, d, e, f

    def _colour_of(self, item: Handle, is_outline: bool) -> tuple[int, ...]:
        """Red, green, blue and alpha (0 to 255) of an object; none if it has no plain colour."""
        colour_of = calls.stroke_colour_of if is_outline else calls.fill_colour_of
        return self._colour.read() if colour_of(item, *self._colour.refs) else ()

    def _clip_of(self, item: Handle, outer: Matrix) -> Box | None:
        """What is seen of an object at most; None where nothing clips it. Most objects share the clip of the one before."""
        path = calls.clip_of(item)
        count = calls.count_clip_paths(path)
        if count <= 0:
            return None
        x0, y0, x1, y1 = self._corners.refs
        calls.point_of(calls.clip_segment_at(path, count - 1, 0), x0, y0)
        calls.point_of(calls.clip_segment_at(path, count - 1, 2), x1, y1)
        key = count, outer, self._corners.read()
        if key != self._clip_key:
            self._clip_key = key
            boxes = [
                _around([self._clip_point(path, number, i) for i in range(segments)])
                for number in range(count)
                if 0 < (segments := calls.count_clip_segments(path, number)) < MAX_OBJECTS
            ]
            self._clip = _moved(_overlap(boxes), outer) if boxes else None
        return self._clip

    def _clip_point(self, path: Handle, number: int, i: int) -> Point:
        return self._point_of(calls.clip_segment_at(path, number, i))

    def _point_of(self, segment: Handle) -> Point:
        calls.point_of(segment, *self._point.refs)
        x, y = self._point.read()
        return x, y


def _seen_as(colour: tuple[int, ...]) -> tuple[float, int]:
    """Luminance (0 to 1) and alpha (0 to 255) of a colour; what has no plain colour is not seen."""
    if not colour:
        return 1.0, 0
    red, green, blue, alpha = colour
    return luminance(red, green, blue), alpha


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
    left, bottom, right, top = box
    return _around([_moved_point((x, y), matrix) for x in (left, right) for y in (bottom, top)])


def _around(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def _thickness(box: Box) -> float:
    left, bottom, right, top = box
    return min(right - left, top - bottom)


def _middle_line(box: Box) -> Box:
    """A thin box as a line along its middle."""
    left, bottom, right, top = box
    if right - left >= top - bottom:
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    return (left + right) / 2, bottom, (left + right) / 2, top

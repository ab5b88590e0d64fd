"""PDFium's functions that are called for each character and each object of a page, without what ctypes does around a call.

Where a function declares its arguments, ctypes checks and converts each of them and wraps each result, in twice the time
that the function itself takes. Here handles are of class `Handle`, results are plain numbers, and where a function writes
into something it is given a reference that is made once. Nothing is checked: a number in place of a handle ends Python.
"""

from __future__ import annotations

import ctypes
import struct
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium


class Handle(ctypes.c_void_p):
    """What PDFium owns: a page, its text, an object, a path. Its `value` is the address, None for nothing."""


def handle_of(pointer: Any) -> Handle:
    """The handle for a pointer of `pypdfium2.raw`."""
    return Handle(ctypes.cast(pointer, ctypes.c_void_p).value)


class Written:
    """Numbers that PDFium writes. A function is given `refs`, one for each of them; `read` gives what was written last."""

    def __init__(self, kind: Any, count: int) -> None:
        numbers = (kind * count)()
        self.refs = [ctypes.byref(numbers, ctypes.sizeof(kind) * i) for i in range(count)]
        self.read = partial(struct.Struct(f"{count}{kind._type_}").unpack, numbers)


def _unchecked(function: Any, result: Any = ctypes.c_int) -> Any:
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


# Objects of a page or of a form
count_objects = _unchecked(pdfium.FPDFPage_CountObjects)
object_at = _unchecked(pdfium.FPDFPage_GetObject, Handle)
count_form_objects = _unchecked(pdfium.FPDFFormObj_CountObjects)
form_object_at = _unchecked(pdfium.FPDFFormObj_GetObject, Handle)
type_of = _unchecked(pdfium.FPDFPageObj_GetType)
bounds_of = _unchecked(pdfium.FPDFPageObj_GetBounds)
matrix_of = _unchecked(pdfium.FPDFPageObj_GetMatrix)
fill_colour_of = _unchecked(pdfium.FPDFPageObj_GetFillColor)
stroke_colour_of = _unchecked(pdfium.FPDFPageObj_GetStrokeColor)
stroke_width_of = _unchecked(pdfium.FPDFPageObj_GetStrokeWidth)
render_mode_of = _unchecked(pdfium.FPDFTextObj_GetTextRenderMode)
font_of = _unchecked(pdfium.FPDFTextObj_GetFont, Handle)
is_embedded = _unchecked(pdfium.FPDFFont_GetIsEmbedded)

# Paths that are drawn, and those that clip
draw_mode_of = _unchecked(pdfium.FPDFPath_GetDrawMode)
count_segments = _unchecked(pdfium.FPDFPath_CountSegments)
segment_at = _unchecked(pdfium.FPDFPath_GetPathSegment, Handle)
segment_type_of = _unchecked(pdfium.FPDFPathSegment_GetType)
closes = _unchecked(pdfium.FPDFPathSegment_GetClose)
point_of = _unchecked(pdfium.FPDFPathSegment_GetPoint)
clip_of = _unchecked(pdfium.FPDFPageObj_GetClipPath, Handle)
count_clip_paths = _unchecked(pdfium.FPDFClipPath_CountPaths)
count_clip_segments = _unchecked(pdfium.FPDFClipPath_CountPathSegments)
clip_segment_at = _unchecked(pdfium.FPDFClipPath_GetPathSegment, Handle)

# Characters, by their number on the page; the address of the text object to which one belongs
code_at = _unchecked(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
is_unmapped = _unchecked(pdfium.FPDFText_HasUnicodeMapError)
loose_box_at = _unchecked(pdfium.FPDFText_GetLooseCharBox)
angle_at = _unchecked(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
char_matrix_at = _unchecked(pdfium.FPDFText_GetMatrix)
text_object_at = _unchecked(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)

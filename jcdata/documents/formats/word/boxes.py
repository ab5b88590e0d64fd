"""Text boxes and pictures of Word files, in both of its drawing languages: where they stand and what they are for."""

from __future__ import annotations

import math
import re

from lxml import etree

from jcdata.documents.formats.legibility import PALE, SLANT, hex_luminance
from jcdata.documents.formats.word.parts import W, value_of

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_VML = "{urn:schemas-microsoft-com:vml}"
_TURNS = 60_000  # of DrawingML, in a degree
_EMU = 12_700  # in a point
LEAST_WIDTH, LEAST_HEIGHT = 200.0, 60.0  # points, from which a picture may show a table
_ROTATION = re.compile(r"\brotation\s*:\s*(-?\d+(?:\.\d+)?)")
_ABSOLUTE = re.compile(r"\bposition\s*:\s*absolute")
_BEHIND = re.compile(r"\bz-index\s*:\s*-")
_SIZE = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d+(?:\.\d+)?)pt")


def is_floating(box: etree._Element) -> bool:
    """Whether a text box stands at a place of its own, not in the line of its paragraph."""
    for outer in box.iterancestors():
        if outer.tag in (_WP + "anchor", _WP + "inline"):
            return bool(outer.tag == _WP + "anchor")
        if outer.tag.startswith(_VML) and _ABSOLUTE.search(outer.get("style", "")):
            return True
        if outer.tag == W + "r":
            break
    return False


def is_watermark(box: etree._Element) -> bool:
    """Whether the text of a box slants, or is pale and lies behind that of the page."""
    angle, is_behind = 0.0, False
    for outer in box.iterancestors():
        if outer.tag == _WPS + "wsp":
            frame = outer.find(f"{_WPS}spPr/{_A}xfrm")
            angle = _number("0" if frame is None else frame.get("rot", "0")) / _TURNS
        elif outer.tag == _WP + "anchor":
            is_behind = outer.get("behindDoc") in ("1", "true")
        elif outer.tag.startswith(_VML):
            style = outer.get("style", "")
            angle = _number(found[1]) if (found := _ROTATION.search(style)) else angle
            is_behind = is_behind or bool(_BEHIND.search(style))
        elif outer.tag == W + "r":
            break
    from_level = abs((math.radians(angle) + math.pi / 4) % (math.pi / 2) - math.pi / 4)
    return from_level > SLANT or (is_behind and _is_pale(box))


def _is_pale(box: etree._Element) -> bool:
    runs = [run for run in box.iter(W + "r") if run.find(W + "t") is not None]
    inks = [hex_luminance(value_of(run, "rPr", "color") or "") for run in runs]
    return bool(inks) and all(ink is not None and ink > PALE for ink in inks)


def is_large_picture(drawing: etree._Element) -> bool:
    """Whether an element is a drawing or picture without text that is large enough to show a table."""
    if (
        drawing.tag not in (W + "drawing", W + "pict")
        or next(drawing.iter(W + "t"), None) is not None
    ):
        return False
    if drawing.tag == W + "drawing":
        extents = list(drawing.iter(_WP + "extent"))
        sizes = [
            (_number(e.get("cx", "0")) / _EMU, _number(e.get("cy", "0")) / _EMU) for e in extents
        ]
    else:
        shapes = [shape for shape in drawing.iter() if shape.find(_VML + "imagedata") is not None]
        styles = [dict(_SIZE.findall(shape.get("style", ""))) for shape in shapes]
        sizes = [(_number(s.get("width", "0")), _number(s.get("height", "0"))) for s in styles]
    return any(width >= LEAST_WIDTH and height >= LEAST_HEIGHT for width, height in sizes)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

"""How a browser shows the elements of a web page: whether they are seen, struck out, raised, kept as they stand."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from lxml import etree

from jcdata.documents.formats.html.stylesheets import Declarations
from jcdata.documents.formats.legibility import (
    LEAST_CONTRAST,
    PALE,
    SLANT,
    SMALLEST,
    hex_luminance,
    luminance,
)

FAR_AWAY = -900.0  # pixels from the edge of the page, beyond which nothing is seen
USUAL_SIZE = 16.0  # pixels of a letter
_PIXELS = {
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "rem": USUAL_SIZE,
}
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))([a-z%]*)")
_SIZE_IN_FONT = re.compile(r"(?:^|\s)((?:\d+\.?\d*|\.\d+)(?:[a-z%]+|(?=[/\s])))(?:/\S+)?\s")
_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b")
_RGB = re.compile(
    r"rgba?\(\s*(\d*\.?\d+)(%?)[\s,]+(\d*\.?\d+)%?[\s,]+(\d*\.?\d+)%?(?:[\s,/]+(\d*\.?\d+)(%?))?\s*\)"
)
_WORD = re.compile(r"[a-z]+(?![\w(-])")
_ROTATION = re.compile(r"(?:rotate(?:z)?\(\s*|^)(-?\d*\.?\d+)(deg|rad|grad|turn)")
_DEGREES = {"deg": 1.0, "rad": 180 / math.pi, "grad": 0.9, "turn": 360.0}
_COLOURS = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "green": "008000", "blue": "0000ff", "yellow": "ffff00",
    "gray": "808080", "grey": "808080", "silver": "c0c0c0", "maroon": "800000", "navy": "000080", "olive": "808000",
    "purple": "800080", "teal": "008080", "lime": "00ff00", "aqua": "00ffff", "cyan": "00ffff", "fuchsia": "ff00ff",
    "magenta": "ff00ff", "orange": "ffa500", "snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5",
    "ghostwhite": "f8f8ff", "floralwhite": "fffaf0", "lightgray": "d3d3d3", "lightgrey": "d3d3d3", "darkgray": "a9a9a9",
}  # fmt: skip
_UNKNOWN = ("url(", "gradient(", "image(")  # grounds of more than one colour
_STRUCK = frozenset({"s", "strike", "del"})
_PLACING = frozenset({"text-indent", "position", "clip", "clip-path", "overflow", "transform"})
_COLOURED = {"font": "color", "body": "text"}  # attributes that name the colour of a text
_KEPT = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})


class Style(NamedTuple):
    """How an element's text is shown. `ink` and `ground` are luminances, None where they are not known; sizes are pixels."""

    display: str = ""  # '' where only the tag says
    is_visible: bool = True
    opacity: float = 1.0
    ink: float | None = 0.0
    ground: float | None = 1.0
    size: float = USUAL_SIZE
    is_struck: bool = False
    is_raised: bool = False
    is_lowered: bool = False
    is_kept: bool = False  # its line ends and spaces stand as they are
    is_away: bool = False  # off the page, or cut off
    is_laid_over: bool = False  # the page, or slants
    list_style: str = ""

    @property
    def left_out(self) -> str | None:
        """The kind of what is not read of the element; None if its text is."""
        if not self.is_visible or self.is_away or self.size < SMALLEST * _PIXELS["pt"]:
            return "hidden"
        contrast = 1.0 if self.ink is None or self.ground is None else abs(self.ink - self.ground)
        if contrast * self.opacity < LEAST_CONTRAST:
            return "hidden"
        if self.is_laid_over and contrast * self.opacity < PALE:
            return "watermark"
        return "struck" if self.is_struck else None


def styled(element: etree._Element, declared: Declarations, outer: Style) -> Style:
    """The style of an element inside one of another style, given what is declared for it."""
    tag = element.tag
    values = {**_hints(element), **declared}
    if not values and tag not in _KEPT and tag != "del":
        return outer._replace(display="") if outer.display else outer
    size = _size(values, outer.size)
    ground = outer.ground
    for name, text in values.items():
        if name.startswith("background"):
            ground = _ground(text, ground)
    ink = outer.ink
    if "color" in values:
        ink = _ink(values["color"], outer.ink, ground)
    line = values.get("text-decoration-line", values.get("text-decoration", ""))
    is_struck = outer.is_struck or tag == "del" or "line-through" in line
    align = values.get("vertical-align", "")
    visibility = values.get("visibility", "inherit")
    white_space = values.get("white-space", "")
    return Style(
        display="none" if values.get("mso-hide") == "all" else values.get("display", ""),
        is_visible=outer.is_visible
        if visibility in ("inherit", "unset")
        else visibility not in ("hidden", "collapse"),
        opacity=outer.opacity * _opacity(values.get("opacity")),
        ink=ink,
        ground=ground,
        size=size,
        is_struck=is_struck,
        is_raised=align == "super" or (outer.is_raised and not align),
        is_lowered=align == "sub" or (outer.is_lowered and not align),
        is_kept=white_space.startswith(("pre", "break-spaces"))
        if white_space
        else outer.is_kept or tag in _KEPT,
        is_away=outer.is_away or _is_away(values, size),
        is_laid_over=outer.is_laid_over or _is_laid_over(values),
        list_style=values.get("list-style-type", values.get("list-style", outer.list_style)),
    )


def _hints(element: etree._Element) -> dict[str, str]:
    """What an element's tag and attributes say, unless style sheets say otherwise."""
    tag, values = element.tag, {}
    if element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None):
        values["display"] = "none"
    if tag in _STRUCK:
        values["text-decoration"] = "line-through"
    if tag in ("sup", "sub"):
        values["vertical-align"] = "super" if tag == "sup" else "sub"
    if colour := element.get("bgcolor"):
        values["background-color"] = colour.strip().lower()
    if element.get("background"):
        values["background-image"] = "url("
    if tag in _COLOURED and (colour := element.get(_COLOURED[tag])):
        values["color"] = colour.strip().lower()
    return values


def _pixels(text: str, base: float) -> float | None:
    """A length; `base` is what a letter, or a whole, measures. None for what is none."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return None
    number = float(match[1])
    if match[2] in ("em", "%", "ex", "ch"):
        return number * base / {"%": 100, "ex": 2, "ch": 2}.get(match[2], 1)
    if not match[2] and number:
        return None
    return number * _PIXELS.get(match[2], 1.0)


def _size(values: Declarations, outer: float) -> float:
    for name, text in values.items():
        if name in ("font", "font-size"):
            match = _SIZE_IN_FONT.search(f"{text} ") if name == "font" else None
            found = _pixels(match[1] if match else text, outer)
            outer = outer if found is None else found
    return outer


def _colour(text: str) -> tuple[float, float] | None:
    """The luminance and opacity of the colour that a text names; None if it names none that is known."""
    if match := _HEX.search(text):
        digits = match[1] if len(match[1]) > 4 else "".join(sign * 2 for sign in match[1])
        found = hex_luminance(digits[:6])
        return None if found is None else (found, int(digits[6:] or "ff", 16) / 255)
    if match := _RGB.search(text):
        scale = 2.55 if match[2] else 1.0
        red, green, blue = (
            round(min(255.0, float(part) * scale)) for part in (match[1], match[3], match[4])
        )
        alpha = float(match[5] or 1) / (100 if match[6] else 1)
        return luminance(red, green, blue), min(1.0, alpha)
    for word in _WORD.findall(text):
        if word == "transparent":
            return 0.0, 0.0
        if word in _COLOURS:
            return hex_luminance(_COLOURS[word]) or 0.0, 1.0
    return None


def _ink(text: str, outer: float | None, ground: float | None) -> float | None:
    if text in ("inherit", "unset", "currentcolor"):
        return outer
    found = _colour(text)
    if found is None:
        return None
    ink, alpha = found
    return ground if ground is not None and not alpha else ink


def _ground(text: str, outer: float | None) -> float | None:
    """The luminance of a background over another; None where it is a picture, or of a colour that is not known."""
    if any(sign in text for sign in _UNKNOWN):
        return None
    found = _colour(text)
    if found is None:
        return (
            outer
            if not text or text in ("none", "inherit", "initial", "unset", "0", "0 0")
            else None
        )
    own, alpha = found
    if alpha == 1.0 or outer is None:
        return own if alpha else outer
    return own * alpha + outer * (1 - alpha)


def _opacity(text: str | None) -> float:
    match = _LENGTH.fullmatch(text.strip()) if text else None
    if match is None:
        return 1.0
    return min(1.0, max(0.0, float(match[1]) / (100 if match[2] == "%" else 1)))


def _is_away(values: Declarations, size: float) -> bool:
    """Whether a text stands off the page, or in a place without extent."""
    if _PLACING.isdisjoint(values):
        return False
    lengths = {
        name: _pixels(text, size)
        for name, text in values.items()
        if _LENGTH.fullmatch(text.strip())
    }

    def is_under(name: str, limit: float) -> bool:
        length = lengths.get(name)
        return length is not None and length <= limit

    if is_under("text-indent", FAR_AWAY):
        return True
    is_placed = values.get("position") in ("absolute", "fixed")
    if is_placed and any(is_under(name, FAR_AWAY) for name in ("left", "top", "right")):
        return True
    clip = "".join(f"{values.get('clip', '')}{values.get('clip-path', '')}".split())
    if (
        (is_placed and clip.startswith("rect(") and not re.search("[2-9]", clip))
        or "inset(50%" in clip
        or "inset(100%" in clip
    ):
        return True
    if values.get("overflow", "").startswith(("hidden", "clip")) and any(
        is_under(name, 1.0) for name in ("width", "height", "max-width", "max-height")
    ):
        return True
    return "scale(0)" in values.get("transform", "")


def _is_laid_over(values: Declarations) -> bool:
    """Whether a text slants, or stands on the page whatever is below it."""
    if values.get("position") == "fixed":
        return True
    turned = _ROTATION.search(values.get("transform", "") or values.get("rotate", ""))
    if turned is None:
        return False
    angle = math.radians(float(turned[1]) * _DEGREES[turned[2]])
    return abs((angle + math.pi / 4) % (math.pi / 2) - math.pi / 4) > SLANT

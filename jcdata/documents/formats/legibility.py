"""From when on a person sees what is written: the same in all formats."""

from __future__ import annotations

import math

LEAST_CONTRAST = 0.1  # of luminance, below which a text is not seen on its ground
PALE = 0.5  # contrast below which text may be a watermark
SMALLEST = 1.5  # points of height; smaller text can't be read
SLANT = math.radians(6)  # by which a line of text may lean and still be level


def luminance(red: int, green: int, blue: int) -> float:
    """How light a colour is, from 0 (black) to 1 (white); its parts are 0 to 255."""
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def hex_luminance(digits: str) -> float | None:
    """The same of a colour in hexadecimal digits, such as `1F4E79`; None for what is no colour."""
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return luminance(red, green, blue)

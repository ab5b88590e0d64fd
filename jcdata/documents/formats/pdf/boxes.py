"""Boxes of a page, in points, and how they are turned so that a line of text runs to the right."""

from __future__ import annotations

Box = tuple[float, float, float, float]  # left, bottom, right, top


def turned(box: Box, quarters: int) -> Box:
    """A box after the page is turned about its corner so that lines that run at so many quarter turns become level.

    Lines at one quarter turn run upwards.
    """
    left, bottom, right, top = box
    if quarters % 4 == 0:
        return box
    if quarters % 4 == 1:
        return bottom, -right, top, -left
    if quarters % 4 == 2:
        return -right, -top, -left, -bottom
    return -top, left, -bottom, right

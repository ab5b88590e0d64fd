"""The picture of a scanned page: laid straight, with its ruling lines and the places of its lines of text.

Positions are pixels from the upper left corner of the straight picture. Only with the extra `ocr`, which brings OpenCV.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np

STEEPEST = 5.0  # degrees by which a page may lie askew
ANGLE_STEPS = (0.5, 0.05, 0.01)  # degrees, each finer than the one before
MOST_SAMPLES = 200_000  # points of ink that tell how a page lies
INK = 0.62  # of the paper's brightness, below which a point is ink
FAINT = 0.85  # of the paper's brightness, below which a point may belong to a ruling line
LEVEL_LINE, UPRIGHT_LINE = 20.0, 12.0  # points, the shortest ruling lines
SURE_LINE = 60.0  # points, from which a line needs no other at which it ends
HIGHEST = 16.0  # points of a stroke that may stand right on a line; longer ones need to end at one other only
THICKEST = 4.0  # points of a ruling line
TOUCHING = 1.0  # points within which a line ends at another
OVERSHOT = 14.0  # points from the end of a line to the last other that it crosses, within which it ends there
LEAST_TEXT = 2.0  # points of the longer side of a line of text; less is a speck
WORD_GAP = 0.9  # of a character's height, from which white space parts two boxes
FLAT = 0.65  # of a character's height, by which the strokes of one may lie apart
PAPER_KERNEL = 15.0  # points, wider than a stroke and narrower than a shaded cell
MARGIN = 0.15  # of a line's height, white above and below it; twice as much at its sides
POINTS = 72.0  # per inch

Grey = np.ndarray[Any, Any]  # of 0 (black) to 255, as are the results of OpenCV
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class TextBox(NamedTuple):
    """Where a line of text stands: the box of its ink."""

    x0: int
    top: int
    x1: int
    bottom: int


class Stroke(NamedTuple):
    """A ruling line; level where it has no height, else upright."""

    x0: float
    top: float
    x1: float
    bottom: float


class Picture(NamedTuple):
    """A straight page: dark on white and without its ruling lines, which are `strokes`; `boxes` hold its text.

    `size` is the usual height of a character.
    """

    grey: Grey
    strokes: list[Stroke]
    boxes: list[TextBox]
    size: float

    def cut_out(self, box: TextBox) -> Grey:
        """The picture of a line of text with white around it; a dash has as much as a character."""
        height = max(box.bottom - box.top, self.size)
        middle = (box.top + box.bottom) / 2
        down, across = round((0.5 + MARGIN) * height), round(2 * MARGIN * height)
        top, left = max(0, round(middle) - down), max(0, box.x0 - across)
        return self.grey[top : round(middle) + down, left : box.x1 + across]


def read_picture(grey: Grey, dpi: float) -> Picture:
    """What stands where on a page, given as grey levels (height × width, 0 is black) at so many dots an inch."""
    point = dpi / POINTS
    even = _even(grey, point)
    angle = find_skew(even < INK * 255)
    if angle:
        even = _turned(even, angle)
    strokes, ruled = _find_strokes(even, point)
    clean = np.where(ruled, 255, even).astype(np.uint8)
    walls = _walls(even.shape, strokes)
    ink = (clean < INK * 255).astype(np.uint8)
    size = _character_size(ink, point)
    boxes = _find_boxes(ink, walls, size, LEAST_TEXT * point)
    return Picture(grey=clean, strokes=strokes, boxes=boxes, size=size)


def _even(grey: Grey, point: float) -> Grey:
    """The picture as if its paper were white all over, shadows and shaded cells too."""
    size = max(3, int(PAPER_KERNEL * point / 4) | 1)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 1), scale=255)


def find_skew(ink: Mask) -> float:
    """The degrees by which a page's lines fall to the right: where they do not, ink gathers in the fewest rows."""
    places = np.flatnonzero(ink)
    if not len(places):
        return 0.0
    y, x = np.divmod(places[:: max(1, len(places) // MOST_SAMPLES)], ink.shape[1])
    best, reach = 0.0, STEEPEST
    for fine in ANGLE_STEPS:
        angles = np.arange(best - reach, best + reach + fine / 2, fine)
        best = float(max(angles, key=lambda angle: (_gathered(y, x, angle), -abs(angle))))
        reach = fine
    return best if abs(best) > ANGLE_STEPS[-1] else 0.0


def _gathered(y: np.ndarray, x: np.ndarray, angle: float) -> float:
    rows = (y - x * np.tan(np.radians(angle))).astype(np.int64)
    return float((np.bincount(rows - rows.min()).astype(np.float64) ** 2).sum())


def _turned(grey: Grey, angle: float) -> Grey:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _find_strokes(even: Grey, point: float) -> tuple[list[Stroke], Mask]:
    """The ruling lines, and the points that they take: long and thin. What is short ends at others, or is a character's."""
    faint = (even < FAINT * 255).astype(np.uint8)
    level, upright = (_long_and_thin(faint, point, is_level) for is_level in (True, False))
    ruled = np.zeros(even.shape, np.uint8)
    found: list[Stroke] = []
    for lines, others, is_level in ((level, upright, True), (upright, level, False)):
        _, labels, stats, _ = cv2.connectedComponentsWithStats(lines)
        crossing = _near_sure_lines(others, point)
        for number, (left, top, width, height, _) in enumerate(stats.tolist()):
            right, bottom = left + width - 1, top + height - 1
            x, y = (left + right) // 2, (top + bottom) // 2
            crossed = np.flatnonzero(
                crossing[y, left : right + 1] if is_level else crossing[top : bottom + 1, x]
            )
            begin, end = _trimmed(crossed, max(width, height), point)
            ends = [len(crossed) and crossed[0] == begin, len(crossed) and crossed[-1] == end]
            needed = 2 if end - begin < HIGHEST * point else 1
            is_sure = max(width, height) >= SURE_LINE * point or sum(map(bool, ends)) >= needed
            if number == 0 or not is_sure:
                continue
            if is_level:
                left, right = left + begin, left + end
                found.append(Stroke(x0=left, top=y, x1=right, bottom=y))
            else:
                top, bottom = top + begin, top + end
                found.append(Stroke(x0=x, top=top, x1=x, bottom=bottom))
            place = slice(top, bottom + 1), slice(left, right + 1)
            ruled[place] |= labels[place] == number
    return found, cv2.dilate(ruled, np.ones((3, 3), np.uint8)) > 0


def _trimmed(crossed: Any, length: int, point: float) -> tuple[int, int]:
    """Where a line begins and ends: a character that touches its end, and goes on in it, is no part of it.

    `crossed` are the places along it at which others are.
    """
    begin, end = 0, length - 1
    if len(crossed) and crossed[0] <= OVERSHOT * point:
        begin = int(crossed[0])
    if len(crossed) and end - crossed[-1] <= OVERSHOT * point:
        end = int(crossed[-1])
    return begin, end


def _near_sure_lines(lines: Grey, point: float) -> Mask:
    """The points at, or next to, the lines that are too long for a character's stroke."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    sizes[0] = 0  # the ground
    sure: Grey = (sizes >= SURE_LINE * point).astype(np.uint8)[labels]
    reach = 2 * round(TOUCHING * point) + 1
    return cv2.dilate(sure, np.ones((reach, reach), np.uint8)) > 0


def _long_and_thin(faint: Grey, point: float, is_level: bool) -> Grey:
    """The points of what is long in one direction and thin in the other."""

    def along(length: float, across: int = 1) -> Grey:
        size = max(1, round(length))
        return np.ones((across, size) if is_level else (size, across), np.uint8)

    shortest = LEVEL_LINE if is_level else UPRIGHT_LINE
    closed = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, along(3))
    lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, along(shortest * point))
    areas = cv2.morphologyEx(lines, cv2.MORPH_OPEN, along(1, round(THICKEST * point) + 1))
    lines[areas > 0] = 0
    return lines


def _walls(shape: tuple[int, ...], strokes: list[Stroke]) -> Grey:
    """The ruling lines as thin as can be: no text reaches over them."""
    walls = np.zeros(shape, np.uint8)
    for line in strokes:
        ends = (round(line.x0), round(line.top)), (round(line.x1), round(line.bottom))
        cv2.line(walls, *ends, 1, 1)
    return walls


def _find_boxes(ink: Grey, walls: Grey, size: float, least: float) -> list[TextBox]:
    """The lines of text: ink that stands side by side within the ruling lines."""
    wide = max(3, round(WORD_GAP * size)) | 1
    near = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, wide), np.uint8))
    near[walls > 0] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    boxes = [
        TextBox(x0=left, top=top, x1=left + width, bottom=top + height)
        for left, top, width, height, _ in stats[1:].tolist()
    ]
    return [
        box
        for box in _merged(boxes, walls, size)
        if max(box.x1 - box.x0, box.bottom - box.top) >= least
    ]


def _character_size(ink: Grey, point: float) -> float:
    """The usual height of the characters of a page in pixels."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    heights = heights[(heights > 4 * point) & (heights < 40 * point)]
    return float(np.median(heights)) if len(heights) else 10 * point


def _merged(boxes: list[TextBox], walls: Grey, size: float) -> list[TextBox]:
    """The boxes with those of one line put together, such as the strokes of a character that do not touch."""
    before = len(boxes) + 1
    while len(boxes) < before:
        before = len(boxes)
        lines: list[TextBox] = []
        for box in sorted(boxes, key=lambda box: box.top - box.bottom):
            home = _find_line(box, lines, walls, size)
            if home is None:
                lines.append(box)
            else:
                lines[home] = _union(box, lines[home])
        boxes = lines
    return boxes


def _find_line(box: TextBox, lines: list[TextBox], walls: Grey, size: float) -> int | None:
    """Index of the line that a box belongs to: near it, together not much higher than either, and no wall between them."""
    if not lines:
        return None
    x0, top, x1, bottom = np.array(lines).T
    gap = np.maximum(x0, box.x0) - np.minimum(x1, box.x1)
    apart = np.maximum(top, box.top) - np.minimum(bottom, box.bottom)
    height = np.maximum(bottom, box.bottom) - np.minimum(top, box.top)
    tallest = np.maximum(bottom - top, box.bottom - box.top)
    fits = (
        (gap < WORD_GAP * size)
        & (apart < FLAT * size)
        & (height <= np.maximum(1.3 * size, 1.15 * tallest))
    )
    for i in sorted(np.nonzero(fits)[0].tolist(), key=lambda i: (height[i] - tallest[i], gap[i])):
        if not _is_walled_off(box, lines[i], walls):
            return i
    return None


def _is_walled_off(box: TextBox, line: TextBox, walls: Grey) -> bool:
    """Whether a ruling line runs between two boxes."""
    x0, x1 = sorted((max(box.x0, line.x0), min(box.x1, line.x1)))
    y0, y1 = sorted((max(box.top, line.top), min(box.bottom, line.bottom)))
    return bool(walls[y0 : y1 + 1, x0 : x1 + 1].any())


def _union(one: TextBox, other: TextBox) -> TextBox:
    return TextBox(
        x0=min(one.x0, other.x0),
        top=min(one.top, other.top),
        x1=max(one.x1, other.x1),
        bottom=max(one.bottom, other.bottom),
    )

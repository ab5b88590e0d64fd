"""Which text of a page a person sees, each character once.

Not seen is what is off the page, clipped, covered, drawn in the colour of its ground, or not drawn at all. Positions are in
points from the lower left corner of the page, turned as the line of text is.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from jcdata.documents.formats.legibility import LEAST_CONTRAST, PALE, SMALLEST
from jcdata.documents.formats.pdf.boxes import Box, turned
from jcdata.documents.formats.pdf.drawn_text import DrawnRun, read_runs
from jcdata.documents.formats.pdf.fonts import has_chinese_font
from jcdata.documents.formats.pdf.objects import Area, Ink, Objects

SAME_PLACE = 0.2  # of a character's height, within which the same one is drawn again
LARGE = 1.25  # times the usual height of the page's text, from which pale text is one
BUCKET = 20.0  # points of height, by which areas are looked up
MOST_BUCKETS = 1_000  # of an area
LEFT_OVER = 0.2  # of a character's width and height, from which it is seen though something cuts it

Seen = tuple[DrawnRun, float]  # a run, and how much it stands out from its ground (0 to 1)


def find_seen(page: Any, objects: Objects, crop: Box) -> tuple[list[DrawnRun], Counter[str]]:
    """The runs that are seen within `crop`, and how many characters are left out by kind."""
    unknown = (objects.count, Ink(luminance=0.0, is_hidden=False, clip=None))
    runs, addresses = read_runs(page, objects.texts, unknown)
    left_out: Counter[str] = Counter()
    seen: list[Seen] = []
    for quarter in sorted({run.quarter or 0 for run in runs}):
        ground = _Ground(objects, crop, quarter)
        level = [run for run in runs if (run.quarter or 0) == quarter]
        seen += _without_twins(list(_find_visible(level, ground, left_out)))
    if (unread := objects.texts.keys() - addresses) and not has_chinese_font():
        left_out["fontless"] = objects.count_without_width(unread)
    return _without_watermarks(seen, left_out), left_out


def _find_visible(
    runs: Sequence[DrawnRun], ground: _Ground, left_out: Counter[str]
) -> Iterator[Seen]:
    for run in runs:
        contrast = 1.0 if run.text == " " else ground.contrast(run)
        if contrast is None:
            yield from _find_visible(list(run.split()), ground, left_out)
        elif contrast < LEAST_CONTRAST:
            left_out["hidden"] += len(run.text)
        elif run.quarter is None:
            left_out["slanting"] += 1
        else:
            yield ground.cut(run), contrast


class _Ground:
    """What lies below and above the text of a page whose lines run at so many quarter turns."""

    def __init__(self, objects: Objects, crop: Box, quarter: int) -> None:
        self._quarter = quarter
        self._crop = turned(crop, quarter)
        self._pictures = [turned(box, quarter) for box in objects.pictures]
        self._areas: defaultdict[int, list[Area]] = defaultdict(list)
        for area in objects.areas:
            _, bottom, _, top = box = turned(area.box, quarter)
            first, last = int(max(bottom, -1e6) // BUCKET), int(min(top, 1e6) // BUCKET)
            for bucket in range(first, min(last, first + MOST_BUCKETS) + 1):
                self._areas[bucket].append(area._replace(box=box) if quarter else area)

    def cut(self, run: DrawnRun) -> DrawnRun:
        """The part of a run that is seen: a sheet's cell may cut its last character at its side."""
        if run.ink.clip:
            left, _, right, _ = turned(run.ink.clip, self._quarter)
            if run.left < left or right < run.right:
                left, right = max(run.left, left), min(run.right, right)
                x = (left + right) / 2
                return replace(run, left=left, right=right, first_x=x, last_x=x)
        return run

    def contrast(self, run: DrawnRun) -> float | None:
        """How much a run stands out from what is around it, 0 to 1; 0 if it can't be seen, None if its characters may differ."""
        is_one = len(run.text) == 1
        height = run.top - run.bottom
        x0, x1, y = run.first_x, run.last_x, (run.bottom + run.top) / 2
        left, bottom, right, top = self._crop
        if not (bottom <= y <= top and x0 <= right and left <= x1):
            return 0.0
        if not is_one and (x0 < left or right < x1 or height < SMALLEST):
            return None
        if height < SMALLEST and run.right - run.left < SMALLEST:
            return 0.0
        if run.ink.clip:
            clip = turned(run.ink.clip, self._quarter)
            if not is_one and (run.left < clip[0] or clip[2] < run.right):
                return None
            if not _is_partly_in(clip, run):
                return 0.0
        if run.ink.is_hidden:
            # The text of a scan, laid over its picture so that it can be searched
            is_shown = any(_holds(box, x0, y) and _holds(box, x1, y) for box in self._pictures)
            return float(is_shown) if is_shown or is_one else None
        below: float | None = 1.0
        for (left, bottom, right, top), order, luminance, is_opaque in self._areas.get(
            int(y // BUCKET), ()
        ):
            if bottom <= y <= top and left <= x1 and x0 <= right:
                if x0 < left or right < x1 or run.first < order < run.last:
                    return None
                if order < run.first:
                    below = luminance
                elif is_opaque:
                    return 0.0
        return 1.0 if below is None else abs(below - run.ink.luminance)


def _holds(box: Box, x: float, y: float) -> bool:
    left, bottom, right, top = box
    return left <= x <= right and bottom <= y <= top


def _is_partly_in(clip: Box, run: DrawnRun) -> bool:
    """Whether enough of a character is left to be seen."""
    left, bottom, right, top = clip
    if left <= run.left and run.right <= right and bottom <= run.bottom and run.top <= top:
        return True
    across, up = (
        min(run.right, right) - max(run.left, left),
        min(run.top, top) - max(run.bottom, bottom),
    )
    return across > LEFT_OVER * (run.right - run.left) and up > LEFT_OVER * (run.top - run.bottom)


def _without_twins(seen: list[Seen]) -> list[Seen]:
    """Each character once: bold may be drawn two or four times, with a shadow beside it, or over the picture of a scan."""
    over_another = _find_overlapping(seen)
    if not over_another:
        return seen
    parts: list[Seen] = []
    places: defaultdict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for i, (run, contrast) in enumerate(seen):
        if i not in over_another:
            parts.append(seen[i])
            continue
        for char in run.split():
            places[char.text].append((char.bottom + char.top, char.left + char.right, len(parts)))
            parts.append((char, contrast))
    twins: set[int] = set()
    for same in places.values():
        same.sort()  # by height, so that what may be a twin stands near
        for position, (y, x, i) in enumerate(same):
            char, contrast = parts[i]
            near = 2 * SAME_PLACE * min(char.top - char.bottom, 2 * (char.right - char.left))
            for other_y, other_x, j in same[position + 1 :]:
                if other_y - y >= near:
                    break
                if abs(other_x - x) < near:
                    twins.add(i if contrast < parts[j][1] else j)
    return [part for i, part in enumerate(parts) if i not in twins] if twins else seen


def _find_overlapping(seen: Sequence[Seen]) -> set[int]:
    """Which runs may have a character where another one at their height has one, going by the middles of their ends."""
    found: set[int] = set()
    row: list[tuple[float, float, int]] = []
    row_y = highest = 0.0
    by_height = [(run.bottom + run.top, i) for i, (run, _) in enumerate(seen) if run.text != " "]
    for y, i in sorted(by_height):
        run = seen[i][0]
        if y - row_y >= 2 * SAME_PLACE * highest:
            found.update(_find_near(row, SAME_PLACE * highest))
            row, highest = [], 0.0
        row.append((run.first_x, run.last_x, i))
        row_y, highest = y, max(highest, run.top - run.bottom)
    found.update(_find_near(row, SAME_PLACE * highest))
    return found


def _find_near(spans: Iterable[tuple[float, float, int]], distance: float) -> Iterator[int]:
    """The numbers of the spans, each from one x to another, that lie nearer to another one than so far."""
    reach, furthest = -math.inf, 0
    for begin, end, i in sorted(spans):
        if begin - reach < distance:
            yield from (furthest, i)
        if end > reach:
            reach, furthest = end, i


def _without_watermarks(seen: list[Seen], left_out: Counter[str]) -> list[DrawnRun]:
    """Without pale text that is larger than the page's own."""
    if all(contrast >= PALE for _, contrast in seen):
        return [run for run, _ in seen]
    dark = sorted(
        run.top - run.bottom for run, contrast in seen if contrast >= PALE for _ in run.text
    )
    largest = LARGE * dark[len(dark) // 2] if dark else math.inf
    kept = []
    for run, contrast in seen:
        if contrast >= PALE or run.top - run.bottom <= largest:
            kept.append(run)
        else:
            left_out["watermark"] += len(run.text)
    return kept

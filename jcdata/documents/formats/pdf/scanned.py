"""A page that is a picture, as if it had text: its characters recognised, its ruling lines found."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2

from jcdata.documents.formats.pdf.page import Page, Reading, Rule, TextRun

if TYPE_CHECKING:  # both only with the extra
    from jcdata.documents.formats.pdf.picture import Grey, Picture, TextBox
    from jcdata.documents.formats.pdf.recognition import Sign

    Recogniser = Callable[[Sequence[Grey]], list[list[Sign]]]

DPI = 200  # at which a page is drawn
MOST_DOTS = 16_000_000  # of a picture; larger pages are drawn coarser
FEWEST_DOTS = 32  # of a picture's sides; nothing can be read in a smaller one
MOST_BOXES = 2_000  # lines of text on a page, each takes some 0.02 s; more are a photograph
PUNCTUATION = 0.6  # of a line's height, white space before or after the ink of a sign
BEFORE, AFTER = "（《〈“‘【〔", "，、。；：）》〉”’】〕"
POINTS = 72.0  # per inch
READABLE = 0.96  # mean confidence of a page below which it may stand on its side or its head
QUARTERS = (0, 1, 3, 2)  # turns, likeliest first


@cache
def can_recognise() -> bool:
    """Whether the extra `ocr` is installed, with the network that it needs: conda's package comes without."""
    if any(importlib.util.find_spec(name) is None for name in ("cv2", "onnxruntime", "rapidocr")):
        return False
    from jcdata.documents.formats.pdf.recognition import MODEL

    return MODEL.exists()


def read_scan(page: pypdfium2.PdfPage, recognise: Recogniser | None = None) -> Page:
    """What is recognised on a page. Only with the extra `ocr`."""
    import numpy as np

    from jcdata.documents.formats.pdf.picture import read_picture

    if recognise is None:
        from jcdata.documents.formats.pdf.recognition import recognise as by_rapidocr

        recognise = by_rapidocr
    width, height = page.get_size()
    scale = min(DPI / POINTS, (MOST_DOTS / max(width * height, 1.0)) ** 0.5)
    grey = page.render(scale=scale, grayscale=True).to_numpy()
    grey = grey.reshape(grey.shape[:2])
    if min(grey.shape) < FEWEST_DOTS:
        grey = np.full((FEWEST_DOTS, FEWEST_DOTS), 255, np.uint8)
    tried: list[Page] = []
    for quarter in QUARTERS:
        picture = read_picture(np.ascontiguousarray(np.rot90(grey, quarter)), scale * POINTS)
        left_out: Counter[str] = Counter()
        if len(picture.boxes) > MOST_BOXES:
            left_out["crowded"] = len(picture.boxes)
            picture = picture._replace(boxes=[])
        signs = recognise([picture.cut_out(box) for box in picture.boxes])
        tried.append(_as_page(picture, signs, scale, left_out))
        if _sureness(tried[-1]) >= READABLE:
            break
    return max(tried, key=_sureness)


def _sureness(page: Page) -> float:
    """The mean confidence of its characters; any of them are better than none."""
    sure = [run.reading.confidence for run in page.runs if run.reading]
    return sum(sure) / len(sure) if sure else 0.0


def _as_page(
    picture: Picture, signs: Sequence[Sequence[Sign]], scale: float, left_out: Counter[str]
) -> Page:
    height, width = picture.grey.shape
    runs = [
        run
        for box, line in zip(picture.boxes, signs, strict=True)
        for run in _runs(box, line, scale)
    ]
    rules = [
        Rule(
            x0=line.x0 / scale, top=line.top / scale, x1=line.x1 / scale, bottom=line.bottom / scale
        )
        for line in picture.strokes
    ]
    return Page(
        width=width / scale,
        height=height / scale,
        runs=runs,
        rules=rules,
        left_out=left_out,
        picture_share=1.0,
        is_recognised=True,
    )


def _runs(box: TextBox, line: Sequence[Sign], scale: float) -> Iterator[TextRun]:
    """The characters of a box side by side, each up to half-way to the next: wider white space parts boxes."""
    if not line:
        return
    x0, top, x1, bottom = (side / scale for side in box)
    middles = [min(max(x0 + sign.place * (x1 - x0), x0), x1) for sign in line]
    # Full-width punctuation has white space within its own square, which parts nothing.
    x1 += PUNCTUATION * (bottom - top) if line[-1].text in AFTER else 0
    x0 -= PUNCTUATION * (bottom - top) if line[0].text in BEFORE else 0
    borders = [x0, *((a + b) / 2 for a, b in pairwise(middles)), x1]
    for sign, (left, right) in zip(line, pairwise(borders), strict=True):
        middle = (left + right) / 2
        yield TextRun(
            text=sign.text,
            x0=left,
            top=top,
            x1=right,
            bottom=bottom,
            first_x=middle,
            last_x=middle,
            y=(top + bottom) / 2,
            size=bottom - top,
            reading=Reading(sign.confidence, sign.others),
        )

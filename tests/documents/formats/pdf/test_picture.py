from __future__ import annotations

import cv2
import numpy as np
import pytest

from jcdata.documents.formats.pdf.picture import Grey, find_skew, read_picture

DPI = 144  # two dots a point


def paper() -> Grey:
    return np.full((600, 900), 255, np.uint8)


def ruled(page: Grey, xs: list[int], ys: list[int]) -> Grey:
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), 0, 2)
    for y in ys:
        cv2.line(page, (xs[0], y), (xs[-1], y), 0, 2)
    return page


def write(page: Grey, x: int, y: int, strokes: int = 4) -> None:
    """Something like a word: upright strokes of 20 dots side by side."""
    for i in range(strokes):
        cv2.rectangle(page, (x + 12 * i, y), (x + 12 * i + 6, y + 20), 0, -1)


@pytest.mark.parametrize("degrees", [-3.2, -1.0, 0.0, 0.4, 2.5])
def test_the_slant_of_a_page_is_found(degrees: float) -> None:
    page = ruled(paper(), [100, 450, 800], [100, 200, 300, 400])
    matrix = cv2.getRotationMatrix2D((450, 300), -degrees, 1.0)
    turned = cv2.warpAffine(page, matrix, (900, 600), borderValue=255)
    assert find_skew(turned < 128) == pytest.approx(degrees, abs=0.06)


def test_a_blank_page_has_no_slant_and_nothing_on_it() -> None:
    picture = read_picture(paper(), DPI)
    assert (find_skew(paper() < 128), picture.strokes, picture.boxes) == (0.0, [], [])


def test_ruling_lines_are_found_and_taken_out_of_the_picture() -> None:
    picture = read_picture(ruled(paper(), [100, 800], [100, 200]), DPI)
    level = sorted(round(line.top) for line in picture.strokes if line.top == line.bottom)
    upright = sorted(round(line.x0) for line in picture.strokes if line.x0 == line.x1)
    assert level == pytest.approx([100, 200], abs=1) and upright == pytest.approx([100, 800], abs=1)
    assert picture.boxes == [] and picture.grey.min() == 255


def test_a_long_stroke_of_a_character_is_no_ruling_line() -> None:
    page = ruled(paper(), [100, 800], [100, 200])
    cv2.line(page, (300, 40), (300, 90), 0, 3)  # 25 points high, above the table
    cv2.line(page, (320, 40), (380, 40), 0, 3)  # 30 points wide
    picture = read_picture(page, DPI)
    assert len(picture.strokes) == 4 and len(picture.boxes) >= 1


def test_a_short_line_between_two_others_is_a_ruling_line() -> None:
    page = ruled(paper(), [100, 800], [100, 130])
    cv2.line(page, (300, 100), (300, 130), 0, 2)  # 15 points
    assert len(read_picture(page, DPI).strokes) == 5


def test_the_rest_of_a_table_at_the_top_of_a_page_keeps_its_sides() -> None:
    page = ruled(paper(), [100, 800], [130, 160])
    for x in (100, 450, 800):
        cv2.line(page, (x, 100), (x, 160), 0, 2)  # 30 points, from where the page begins
    upright = {round(line.x0) for line in read_picture(page, DPI).strokes if line.x0 == line.x1}
    assert upright == {100, 450, 800}


def test_no_box_of_text_reaches_over_a_ruling_line() -> None:
    page = ruled(paper(), [100, 450, 800], [100, 200])
    write(page, 405, 140)  # ends four dots before the line
    write(page, 454, 140)
    boxes = sorted(read_picture(page, DPI).boxes)
    assert [(box.x1 <= 450, box.x0 >= 450) for box in boxes] == [(True, False), (False, True)]


def test_strokes_that_do_not_touch_are_one_character_and_two_lines_stay_two() -> None:
    page = paper()
    write(page, 100, 100, strokes=8)
    write(page, 100, 130, strokes=8)  # the next line, five points below
    cv2.rectangle(page, (400, 100), (420, 102), 0, -1)  # as in 二
    cv2.rectangle(page, (398, 116), (422, 118), 0, -1)
    boxes = sorted(read_picture(page, DPI).boxes)
    assert [(box.x0, box.bottom - box.top) for box in boxes] == [(100, 21), (100, 21), (398, 19)]


def test_a_shaded_cell_and_a_shadow_are_paper() -> None:
    page = ruled(paper(), [100, 450, 800], [100, 200])
    shade = np.linspace(1.0, 0.6, page.shape[1])
    page[101:199, 102:449] = 190
    write(page, 200, 140)
    picture = read_picture((page * shade).astype(np.uint8), DPI)
    assert len(picture.boxes) == 1 and len(picture.strokes) == 5


def test_white_around_a_line_of_text_is_cut_out_with_it() -> None:
    page = paper()
    write(page, 100, 100)
    cv2.rectangle(page, (400, 109), (415, 111), 0, -1)  # a dash
    picture = read_picture(page, DPI)
    word, dash = (picture.cut_out(box) for box in sorted(picture.boxes))
    assert dash.shape[0] == word.shape[0] and dash[0].min() == word[0].min() == 255

"""What is seen on a page: each character once, nothing that is hidden, and the lines that a person takes for lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from operator import itemgetter

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from jcdata.documents.formats.pdf import drawn_text, fonts, seen
from jcdata.documents.formats.pdf.page import Page, Reading, read_page
from jcdata.documents.formats.pdf.text_lines import find_lines
from tests.making.files import FONT, draw_pdf

Draw = Callable[[Canvas], object]

GREY = Color(0.85, 0.85, 0.85)
SIZE = 10


def read(draw: Draw, rotation: int = 0) -> Page:
    file = pypdfium2.PdfDocument(draw_pdf(draw))
    page = file[0]
    page.set_rotation(rotation)
    content = read_page(page.raw)
    file.close()
    return content


def lines(page: Page) -> list[str]:
    return [line.text for line in find_lines(page.runs)]


def figure(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "合计 18,423,600.00")


def again(dx: float, dy: float, colour: Color = black) -> Draw:
    def page(canvas: Canvas) -> None:
        figure(canvas)
        canvas.setFillColor(colour)
        canvas.drawString(100 + dx, 700 + dy, "合计 18,423,600.00")

    return page


@pytest.mark.parametrize(
    "drawn", [again(0, 0), again(0.3, 0), again(0.4, 0.4), again(0.8, -0.8, GREY)]
)
def test_text_that_is_drawn_again_as_bold_or_shadow_is_read_once(drawn: Draw) -> None:
    assert lines(read(drawn)) == ["合计 18,423,600.00"]


def test_of_a_text_and_its_shadow_one_is_read_whichever_is_drawn_first() -> None:
    def shadow_first(canvas: Canvas) -> None:
        canvas.setFillColor(GREY)
        canvas.drawString(100.8, 699.2, "合计")
        canvas.setFillColor(black)
        canvas.drawString(100, 700, "合计")

    assert lines(read(shadow_first)) == ["合计"]


def test_equal_signs_beside_and_below_each_other_are_all_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "1111.11")
        canvas.drawString(100, 690, "1111.11")

    assert lines(read(page)) == ["1111.11", "1111.11"]


def mode_3(canvas: Canvas) -> None:
    text = canvas.beginText(100, 660)
    text.setTextRenderMode(3)
    text.textLine("999.99")
    canvas.drawText(text)


def in_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(100, 660, "999.99")


def covered(canvas: Canvas) -> None:
    canvas.drawString(100, 660, "999.99")
    canvas.setFillColor(white)
    canvas.rect(90, 650, 100, 30, stroke=0, fill=1)


def off_the_page(canvas: Canvas) -> None:
    canvas.drawString(100, -40, "999.99")


def clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(300, 300, 50, 50)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(100, 660, "999.99")
    canvas.restoreState()


def tiny(canvas: Canvas) -> None:
    canvas.setFont(FONT, 0.5)
    canvas.drawString(100, 660, "999.99")


@pytest.mark.parametrize("hidden", [mode_3, in_white, covered, off_the_page, clipped, tiny])
def test_what_nobody_sees_is_not_read_and_counted(hidden: Draw) -> None:
    def page(canvas: Canvas) -> None:
        figure(canvas)
        hidden(canvas)

    content = read(page)
    assert lines(content) == ["合计 18,423,600.00"] and content.left_out["hidden"] == len("999.99")


def test_of_a_text_that_something_covers_in_part_the_rest_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "合计一二三四")
        canvas.setFillColor(white)
        canvas.rect(119, 690, 22, 30, stroke=0, fill=1)

    content = read(page)
    assert lines(content) == ["合计 三四"] and content.left_out["hidden"] == 2


def clipped_text(canvas: Canvas, width: float, x: float, text: str) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(100, 690, width, 20)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(x, 700, text)
    canvas.restoreState()


def test_each_text_is_seen_within_its_own_clip_though_two_begin_at_one_corner() -> None:
    def page(canvas: Canvas) -> None:
        clipped_text(canvas, 20, 112, "甲")
        clipped_text(canvas, 240, 332, "乙")
        clipped_text(canvas, 20, 332, "丙")

    content = read(page)
    assert lines(content) == ["甲 乙"] and content.left_out["hidden"] == 1


def test_a_form_that_clips_its_text_is_read_wherever_it_is_placed() -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("part")
        canvas.setFont(FONT, SIZE)
        clipped_text(canvas, 20, 112, "甲")
        canvas.endForm()
        for x in (0, 200):
            canvas.saveState()
            canvas.translate(x, 0)
            canvas.doForm("part")
            canvas.restoreState()

    assert lines(read(page)) == ["甲 甲"]


def test_white_text_on_a_dark_band_is_seen() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.1, 0.2, 0.5))
        canvas.rect(90, 690, 200, 30, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(100, 700, "科目编码")

    assert lines(read(page)) == ["科目编码"]


def test_the_text_layer_of_a_scan_is_read_although_it_is_not_drawn() -> None:
    from PIL import Image

    def page(canvas: Canvas) -> None:
        canvas.drawInlineImage(Image.new("RGB", (1, 1)), 0, 0, 590, 840)
        mode_3(canvas)

    content = read(page)
    assert lines(content) == ["999.99"]
    # The scanner recognised it: it is no more certain than what is recognised here.
    assert {run.reading for run in content.runs} == {Reading(0.0)}


def test_a_pale_large_text_is_a_watermark_and_a_pale_small_one_is_not() -> None:
    def page(canvas: Canvas) -> None:
        figure(canvas)
        canvas.drawString(100, 680, "基本支出")
        canvas.setFillColor(GREY)
        canvas.drawString(100, 660, "备注")
        canvas.setFont(FONT, 30)
        canvas.drawString(90, 690, "内部资料")

    content = read(page)
    assert (
        lines(content) == ["合计 18,423,600.00", "基本支出", "备注"]
        and content.left_out["watermark"] == 4
    )


def test_text_that_is_struck_out_is_left_out_and_its_line_is_no_ruling_line() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "888.88")
        canvas.line(99, 703, 134, 703)
        canvas.drawString(150, 700, "1563.27")
        canvas.line(50, 690, 400, 690)

    content = read(page)
    assert lines(content) == ["1563.27"] and content.left_out["struck"] == 6
    assert [rule.x1 - rule.x0 for rule in content.rules] == [pytest.approx(350, abs=3)]


def test_of_a_text_that_is_struck_out_in_part_the_rest_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "888.88合计")
        canvas.line(99, 703, 129, 703)

    content = read(page)
    assert lines(content) == ["合计"] and content.left_out["struck"] == 6


def test_a_border_that_text_touches_strikes_nothing_out() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "1563.27")
        canvas.line(50, 703, 400, 703)

    assert lines(read(page)) == ["1563.27"]


def test_a_sign_that_the_font_does_not_name_keeps_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = drawn_text._sign
    monkeypatch.setattr(
        drawn_text,
        "_sign",
        lambda code: drawn_text.UNNAMED if chr(code) == "8" else whole(code),
    )
    assert lines(read(figure)) == ["合计 1\ufffd,423,600.00"]


def test_text_without_font_is_counted_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seen, "has_chinese_font", lambda: False)
    assert read(figure).left_out["fontless"] == 0
    assert fonts.has_chinese_font() is fonts.has_chinese_font()


def sideways(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(300, 100)
    canvas.rotate(90)
    canvas.drawString(0, 0, "支出预算总表")
    canvas.drawString(0, -20, "单位：万元")
    canvas.line(0, -30, 200, -30)
    canvas.restoreState()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_is_read_as_its_text_runs_however_it_is_turned(rotation: int) -> None:
    content = read(sideways, rotation)
    assert lines(content) == ["支出预算总表", "单位：万元"]
    assert content.width > content.height
    assert [rule.top for rule in content.rules] == [rule.bottom for rule in content.rules]


@pytest.mark.parametrize(("angle", "x", "y"), [(90, 60, 600), (-90, 80, 700)])
def test_a_turned_label_is_read_line_by_line_where_it_stands(
    angle: int, x: float, y: float
) -> None:
    def page(canvas: Canvas) -> None:
        for i in range(4):
            canvas.drawString(200, 700 - 20 * i, "一般公共服务支出")
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "支出功能")
        canvas.drawString(0, -12, "分类")

    content = read(page)
    label = [line for line in find_lines(content.runs) if line.x0 < 150]
    assert [line.text for line in label] == ["支出功能", "分类"]
    assert all(45 < line.x0 < line.x1 < 105 for line in label)


def test_narrow_signs_of_turned_text_are_all_read() -> None:
    def close_dots(canvas: Canvas) -> None:
        text = canvas.beginText(0, 0)
        text.setCharSpace(-1)
        text.textLine("......")
        canvas.drawText(text)

    def page(canvas: Canvas) -> None:
        canvas.translate(300, 100)
        canvas.rotate(90)
        close_dots(canvas)

    assert lines(read(page)) == ["......"]


def test_slanting_text_is_left_out_and_counted() -> None:
    def page(canvas: Canvas) -> None:
        figure(canvas)
        canvas.rotate(45)
        canvas.drawString(500, 300, "仅供参考")

    content = read(page)
    assert lines(content) == ["合计 18,423,600.00"] and content.left_out["slanting"] == 4


def test_italic_text_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.transform(1, 0, 0.33, 1, 0, 0)
        canvas.drawString(100, 100, "22")
        canvas.restoreState()
        figure(canvas)

    content = read(page)
    assert lines(content) == ["合计 18,423,600.00", "22"] and not content.left_out["slanting"]


def test_lines_are_what_is_stroked_or_dark_and_thin() -> None:
    def page(canvas: Canvas) -> None:
        canvas.line(100, 700, 300, 700)
        canvas.setFillColor(black)
        canvas.rect(100, 600, 0.5, 50, stroke=0, fill=1)
        for colour in (white, GREY):  # the padding of Word's cells, bands behind rows
            canvas.setFillColor(colour)
            canvas.rect(100, 500, 200, 20, stroke=0, fill=1)
            canvas.rect(100, 480, 200, 1, stroke=0, fill=1)
        canvas.setFillColor(Color(0.3, 0.3, 0.6))
        canvas.rect(100, 400, 200, 20, stroke=0, fill=1)
        canvas.setStrokeColor(white)
        canvas.line(100, 300, 300, 300)

    rules = read(page).rules
    assert Counter(rule.top == rule.bottom for rule in rules) == {True: 1, False: 1}


def test_a_stroked_rectangle_has_four_sides() -> None:
    rules = read(lambda canvas: canvas.rect(100, 600, 200, 50)).rules
    assert Counter(rule.top == rule.bottom for rule in rules) == {True: 2, False: 2}


Text = tuple[int, int, str]
Band = tuple[int, int, int, Color, bool]


def whole_text(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.drawString(x, y, text)


def each_character(canvas: Canvas, x: float, y: float, text: str) -> None:
    for sign in text:
        canvas.drawString(x, y, sign)
        x += canvas.stringWidth(sign, FONT, SIZE)


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.tuples(
            st.integers(-4, 110),
            st.integers(60, 70),
            st.text("合计2.一(—,", min_size=1, max_size=9),
        ),
        min_size=1,
        max_size=8,
        unique_by=itemgetter(1),  # PDFium itself leaves out what is drawn again
    ),
    bands=st.lists(
        st.tuples(
            st.integers(0, 110),
            st.integers(58, 70),
            st.integers(1, 20),
            st.sampled_from([white, GREY, black]),
            st.booleans(),
        ),
        max_size=4,
    ),
)
def test_a_text_is_read_alike_whether_it_is_drawn_as_a_whole_or_by_each_character(
    texts: list[Text], bands: list[Band]
) -> None:
    def page(canvas: Canvas, draw: Callable[[Canvas, float, float, str], None]) -> None:
        def fill(are_above: bool) -> None:
            for x, y, width, colour, is_above in bands:
                if is_above == are_above:
                    canvas.setFillColor(colour)
                    canvas.rect(5 * x + 1.3, 10 * y - 3.1, 5 * width, 10, stroke=0, fill=1)
            canvas.setFillColor(black)

        fill(are_above=False)
        for x, y, text in texts:
            draw(canvas, 5 * x, 10 * y, text)
        fill(are_above=True)

    whole = read(lambda canvas: page(canvas, whole_text))
    by_character = read(lambda canvas: page(canvas, each_character))
    assert lines(whole) == lines(by_character)
    assert whole.left_out.keys() == by_character.left_out.keys()


def test_lines_and_text_of_a_form_stand_where_it_is_placed() -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("part")
        canvas.setFont(FONT, SIZE)
        canvas.drawString(0, 10, "甲乙")
        canvas.line(0, 0, 100, 0)
        canvas.endForm()
        canvas.translate(50, 600)
        canvas.scale(2, 2)
        canvas.doForm("part")

    content = read(page)
    assert lines(content) == ["甲乙"]
    assert content.runs[0].x0 == pytest.approx(50, abs=0.5)
    assert content.rules[0].x1 == pytest.approx(250, abs=0.5)

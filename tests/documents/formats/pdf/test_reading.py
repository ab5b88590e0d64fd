from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import ModuleType

import pytest
from reportlab.pdfgen.canvas import Canvas

from jcdata.documents.formats.pdf import drawn_text, objects, ruling_lines
from jcdata.documents.formats.pdf import reading as pdf
from jcdata.documents.formats.pdf.joining import TextLine, join_pages
from jcdata.documents.formats.pdf.ruled_tables import RuledCell, RuledTable
from jcdata.documents.formats.rows import Cell, Row
from jcdata.errors import DocumentError
from tests.making.files import FONT, Grid, as_pdf, draw_pdf, grid


def read(data: bytes) -> tuple[list[Row], list[str]]:
    rows, notes = pdf.read_rows(data)
    return list(rows), [str(note) for note in notes]


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(data)[0]]


def test_merged_cells_stand_where_they_begin() -> None:
    table: Grid = [
        [Cell("科目", 2), Cell("合计", 1, 2)],
        [Cell("编码"), Cell("名称")],
        [Cell("201"), Cell("一般公共服务支出"), Cell("5.50")],
    ]
    assert cells(as_pdf(["标题", table, "注"])) == [
        ("标题",),
        ("科目", "", "合计"),
        ("编码", "名称", ""),
        ("201", "一般公共服务支出", "5.50"),
        ("注",),
    ]


def test_pages_are_kept_and_a_table_that_goes_on_has_the_same_columns() -> None:
    table = grid("\n".join(f"20{i:03}|甲支出{i}|{i}.50|" for i in range(60)))
    rows, _ = read(as_pdf(["表", table]))
    assert {row.page_no for row in rows} == {1, 2, 3}
    assert [row.cells[:3] for row in rows[1:]] == [
        tuple(cell.text for cell in row[:3]) for row in table
    ]


def test_a_row_that_a_page_break_cuts_is_one() -> None:
    name = "机关事业单位基本养老保险缴费支出及其他社会保障缴费支出" * 3
    table = grid("\n".join(f"208{i:04}|{name}|{i}.50|{i}.50" for i in range(40)))
    rows, _ = read(as_pdf([table], split_rows=True))
    assert [row.cells for row in rows] == [tuple(cell.text for cell in row) for row in table]


def test_lines_of_dots_part_cells() -> None:
    def page(canvas: Canvas) -> None:
        for x in (100, 200, 300):
            for number in range(41):
                canvas.rect(x, 640 + 1.5 * number, 0.75, 0.75, stroke=0, fill=1)
        for y in (640, 670, 700):
            for number in range(134):
                canvas.rect(100 + 1.5 * number, y, 0.75, 0.75, stroke=0, fill=1)
        for y, name in ((680, "基本工资"), (650, "津贴补贴")):
            canvas.drawString(110, y + 8, name)
            canvas.drawString(110, y - 6, "其他")
            canvas.drawString(210, y, f"{y}.00")

    assert cells(draw_pdf(page)) == [("基本工资其他", "680.00"), ("津贴补贴其他", "650.00")]


def test_lines_that_end_short_of_a_corner_still_part_cells() -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 720, 740):
            canvas.line(100, y, 300, y)
        for x, bottom in ((100, 700), (200, 708), (300, 700)):
            canvas.line(x, bottom, x, 740)
        for x, y, text in ((110, 725, "甲"), (210, 725, "乙"), (110, 705, "丙"), (210, 705, "丁")):
            canvas.drawString(x, y, text)

    assert cells(draw_pdf(page)) == [("甲", "乙"), ("丙", "丁")]


def _bent(side: float) -> Callable[[Canvas], None]:
    """A table whose side is drawn some points aside below its header, with boxes around the texts of a column."""

    def page(canvas: Canvas) -> None:
        for y in (700, 720, 740, 760):
            canvas.line(50, y, 350, y)
        for x, top, bottom in (
            (50, 760, 700), (350, 760, 700), (150, 760, 740), (150 + side, 740, 700),
            (250, 760, 700), (244, 758, 742), (256, 758, 742), (344, 758, 742),
        ):  # fmt: skip
            canvas.line(x, top, x, bottom)
        for y, words in (
            (746, ("科目", "合计", "基本支出")),
            (726, ("行政运行", "3.00", "1.00")),
            (706, ("机关服务", "2.00", "2.00")),
        ):
            for x, word in zip((54, 154 + side, 259), words, strict=True):
                canvas.drawString(x, y, word)

    return page


@pytest.mark.parametrize("side", [-7, 0, 7])
def test_a_column_in_which_no_character_has_room_is_none(side: float) -> None:
    assert cells(draw_pdf(_bent(side))) == [
        ("科目", "合计", "基本支出"), ("行政运行", "3.00", "1.00"), ("机关服务", "2.00", "2.00"),
    ]  # fmt: skip


def test_a_narrow_column_that_holds_a_text_is_one() -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 720, 740):
            canvas.line(50, y, 250, y)
        for x in (50, 62, 150, 250):
            canvas.line(x, 740, x, 700)
        for y, words in ((726, ("1", "行政运行", "3.00")), (706, ("2", "机关服务", "2.00"))):
            for x, word in zip((53, 66, 160), words, strict=True):
                canvas.drawString(x, y, word)

    assert cells(draw_pdf(page)) == [("1", "行政运行", "3.00"), ("2", "机关服务", "2.00")]


def test_columns_that_are_empty_beside_a_text_in_the_middle_of_its_cell_are_columns() -> None:
    """As of codes, in the rest of a row that a page break cut."""

    def page(canvas: Canvas) -> None:
        for y in (700, 720):
            canvas.line(50, y, 330, y)
        for x in (50, 68, 86, 104, 250, 330):
            canvas.line(x, 720, x, 700)
        canvas.drawCentredString(177, 706, "公益金支出")
        canvas.drawCentredString(290, 706, "3.00")

    assert cells(draw_pdf(page)) == [("", "", "", "公益金支出", "3.00")]


def _labelled(*sides: float, sign: str = "甲") -> Callable[[Canvas], None]:
    """A table of two rows with a sign in each cell, whose columns begin at these sides."""
    width = 300

    def page(canvas: Canvas) -> None:
        for y in (680, 700, 720):
            canvas.line(50, y, 50 + width, y)
        for x in (50, *sides, 50 + width):
            canvas.line(x, 720, x, 680)
        for number, x in enumerate((50, *sides)):
            canvas.drawString(x + 4, 706, sign)
            canvas.drawString(x + 4, 686, str(number))

    return page


def test_wide_columns_go_on_in_the_same_ones_although_a_page_moves_them() -> None:
    rows, _ = read(draw_pdf(_labelled(200), _labelled(208, sign="乙"), _labelled(204, sign="丙")))
    assert [row.cells for row in rows] == [
        ("甲", "甲"), ("0", "1"), ("乙", "乙"), ("0", "1"), ("丙", "丙"), ("0", "1"),
    ]  # fmt: skip
    assert not any(row.merged for row in rows)


def test_columns_of_one_page_stay_two_although_another_s_begins_between_them() -> None:
    rows, _ = read(draw_pdf(_labelled(150, 170), _labelled(160, sign="乙")))
    assert [row.cells for row in rows] == [
        ("甲", "甲", "", "甲"), ("0", "1", "", "2"), ("乙", "", "乙", ""), ("0", "", "1", ""),
    ]  # fmt: skip


def test_a_cell_covers_no_column_of_another_page_that_begins_a_little_before_its_end() -> None:
    rows, _ = read(draw_pdf(_labelled(170), _labelled(166, sign="乙")))
    assert [row.merged for row in rows] == [()] * 4


def test_a_table_without_a_line_at_its_top_and_sides_is_whole() -> None:
    def page(canvas: Canvas) -> None:
        canvas.line(100, 700, 300, 700)
        canvas.line(100, 720, 300, 720)
        canvas.line(200, 700, 200, 740)
        for x, y, text in ((110, 725, "甲"), (210, 725, "乙"), (110, 705, "丙"), (210, 705, "丁")):
            canvas.drawString(x, y, text)

    assert cells(draw_pdf(page)) == [("甲", "乙"), ("丙", "丁")]


def test_a_frame_around_text_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(50, 600, 400, 150)
        canvas.drawString(100, 700, "一、收支情况")
        canvas.drawString(100, 680, "甲。")

    assert [row.cells[0].strip() for row in read(draw_pdf(page))[0]] == ["一、收支情况", "甲。"]


def test_a_gap_between_words_is_a_space_however_wide_it_is() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "合计")
        canvas.drawString(200, 700, "5.50")
        canvas.drawString(100, 680, "项 目")

    assert cells(draw_pdf(page)) == [("合计 5.50",), ("项 目",)]


def test_slanting_text_is_left_out_and_said_so() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "甲")
        canvas.rotate(45)
        canvas.drawString(500, 300, "仅供参考")

    rows, notes = read(draw_pdf(page))
    assert rows == [Row(("甲",), 1)]
    assert "left out on pages 1" in notes[0]


def test_marks_of_footnotes_are_left_out_and_said_so() -> None:
    def marked(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "12.00")
        canvas.setFont(FONT, 5)
        canvas.drawString(126, 705, "1")

    def with_table(canvas: Canvas) -> None:
        canvas.grid([90, 200, 300], [690, 720])
        canvas.drawString(210, 700, "元")
        marked(canvas)

    rows, notes = read(draw_pdf(words, marked, with_table))
    assert [row.cells for row in rows] == [("甲",), ("12.00",), ("12.00", "元")]
    assert "raised marks of footnotes left out on pages 2, 3" in notes[0]


@pytest.mark.parametrize(
    ("module", "limit", "most"),
    [(ruling_lines, "MAX_RULES", 2), (ruling_lines, "MAX_GRID", 4), (objects, "MAX_OBJECTS", 3)],
)
def test_more_lines_than_are_read_are_said(
    module: ModuleType, limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(canvas: Canvas) -> None:
        words(canvas)
        for x in (90, 200, 300):
            canvas.line(x, 690, x, 720)
        canvas.line(90, 690, 300, 690)
        canvas.line(90, 720, 300, 720)

    assert read(draw_pdf(page))[1] == []
    monkeypatch.setattr(module, limit, most)
    rows, notes = read(draw_pdf(page))
    assert rows == [Row(("甲",), 1)] and "as drawings have, on pages 1" in notes[0]


def picture(canvas: Canvas) -> None:
    canvas.drawInlineImage(_one_pixel(), 0, 0, 500, 700)


def _one_pixel() -> object:
    from PIL import Image

    return Image.new("RGB", (1, 1))


def words(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "甲")


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "can_recognise", lambda: False)


@pytest.mark.usefixtures("without_extra")
def test_a_scan_is_said_to_be_one_with_its_page_and_what_reads_it() -> None:
    with pytest.raises(DocumentError, match=r"only pictures .* page 2"):
        read(draw_pdf(lambda canvas: None, picture))
    rows, notes = read(draw_pdf(words, picture))
    assert rows == [Row(("甲",), 1)]
    assert "pictures (pip install 'jcdata[ocr]' reads them): 2" in notes[0]


def test_a_picture_beside_text_is_noted_for_it_may_show_a_table() -> None:
    def with_table(canvas: Canvas) -> None:
        canvas.drawInlineImage(_one_pixel(), 100, 300, 300, 200)
        canvas.drawString(100, 700, "The table of revenue is shown below.")

    def with_emblem(canvas: Canvas) -> None:
        canvas.drawInlineImage(_one_pixel(), 0, 0, 50, 50)
        words(canvas)

    (note,) = read(draw_pdf(with_table))[1]
    assert (
        note == "pictures beside text, which are not read, on pages 1 / 未读取图片的页（第 1 页）"
    )
    assert read(draw_pdf(with_emblem))[1] == []


@pytest.mark.usefixtures("without_extra")
def test_a_scan_is_one_although_a_page_number_or_a_watermark_is_printed_on_it() -> None:
    def numbered(canvas: Canvas) -> None:
        picture(canvas)
        canvas.drawString(300, 30, "- 2 -")

    def marked(canvas: Canvas) -> None:
        picture(canvas)
        canvas.rotate(45)
        canvas.drawString(500, 300, "仅供内部审核")

    def with_emblem(canvas: Canvas) -> None:
        canvas.drawInlineImage(_one_pixel(), 0, 0, 50, 50)
        words(canvas)

    _, notes = read(draw_pdf(with_emblem, numbered, marked))
    assert "reads them): 2, 3" in notes[0]
    with pytest.raises(DocumentError, match=r"only pictures .* page 1"):
        read(draw_pdf(numbered, marked))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: draw_pdf(words)[:-300], "damaged PDF file"),
        (lambda: b"%PDF-1.4 and no more", "damaged PDF file"),
        (lambda: draw_pdf(words, encrypted="secret"), "encrypted"),
        (lambda: draw_pdf(lambda canvas: None), "no text"),
    ],
)
def test_what_cannot_be_read_is_refused(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(make())


def test_a_file_that_opens_without_a_password_is_read_although_it_is_encrypted() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(100, 700, "2080505")

    assert read(draw_pdf(page, encrypted="")) == ([Row(("2080505",), 1)], [])


def test_a_text_that_is_drawn_across_a_side_stands_in_both_cells() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(100, 690, 100, 20)
        canvas.line(150, 690, 150, 710)
        canvas.drawString(130, 697, "甲乙丙丁")

    assert cells(draw_pdf(page)) == [("甲乙", "丙丁")]


@pytest.mark.parametrize(
    ("side", "texts", "expected"),
    [
        (4.62, ["8,000,000.00"], ("", "8,000,000.00")),
        (5.56, ["8,000,000.00"], ("", "8,000,000.00")),
        (11, ["18,000,000.00"], ("", "18,000,000.00")),
        (8, ["188,000.00"], ("", "188,000.00")),
        (20, ["8,000,000.00"], ("", "8,000,000.00")),
        (46, ["8,000,000.00"], ("8,000,000.00", "")),
        (46, ["8,000,000.00元"], ("8,000,000.00", "元")),
        (9.24, ["12", "3,456.00"], ("12", "3,456.00")),
        (16.4, ["1.50", "8,000.00"], ("1.50", "8,000.00")),
    ],
)
def test_an_amount_that_is_drawn_across_a_side_is_one(
    side: float, texts: Sequence[str], expected: tuple[str, ...]
) -> None:
    """It stands in the cell that has most of it; amounts that meet at the side are two."""

    def page(canvas: Canvas) -> None:
        canvas.rect(40, 690, 320, 20)
        canvas.line(200, 690, 200, 710)
        x = 200 - side
        for text in texts:
            canvas.drawString(x, 697, text)
            x += canvas.stringWidth(text, FONT, 10)

    assert cells(draw_pdf(page)) == [expected]


def test_an_amount_that_is_drawn_in_parts_on_both_ends_of_a_side_is_one() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(40, 690, 320, 20)
        canvas.line(200, 690, 200, 710)
        canvas.drawRightString(199.8, 697, "8")
        for number, sign in enumerate(",000,000.00"):
            height = 697 + 0.3 * (number % 3)
            canvas.drawString(
                200.2 + canvas.stringWidth(",000,000.00"[:number], FONT, 10), height, sign
            )

    assert cells(draw_pdf(page)) == [("", "8,000,000.00")]


def test_an_amount_that_reaches_over_the_end_of_a_table_is_whole() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(40, 690, 160, 20)
        canvas.line(100, 690, 100, 710)
        canvas.drawString(50, 697, "甲")
        canvas.drawString(152, 697, "8,000,000.00")

    assert cells(draw_pdf(page)) == [("甲", "8,000,000.00")]


def test_characters_that_the_font_does_not_name_are_said_to_be_unreadable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "2080505 机关")

    name = drawn_text._sign
    monkeypatch.setattr(
        drawn_text, "_sign", lambda code: name(code) if chr(code).isdigit() else drawn_text.UNNAMED
    )
    rows, notes = read(draw_pdf(page))
    assert (
        rows[0].cells == ("2080505\ufffd\ufffd\ufffd",)
        and "not named by their font on pages 1" in notes[0]
    )
    with pytest.raises(DocumentError, match=r"do not name its characters, from page 1 on"):
        read(draw_pdf(words))


def test_a_rare_character_is_one_and_half_of_one_has_no_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As PDFium lists them: characters beyond the first 65,536 in two halves, of a broken font a half alone."""
    signs = {"A": "\ud842", "B": "\udfb7"}
    name = drawn_text._sign
    monkeypatch.setattr(drawn_text, "_sign", lambda code: signs.get(chr(code), name(code)))

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for y, text in ((700, "1AB2"), (680, "3A4"), (660, "5BA6")):
            canvas.drawString(100, y, text)

    rows, notes = read(draw_pdf(page))
    assert [row.cells for row in rows] == [("1\U00020bb72",), ("3\ufffd4",), ("5\ufffd\ufffd6",)]
    assert "not named by their font on pages 1" in notes[0]


def test_a_page_that_cannot_be_opened_is_named_and_the_others_are_read() -> None:
    data = draw_pdf(words, words, words)
    with pytest.raises(DocumentError, match="no page of it can be opened"):
        read(_without_pages(data, 1, 2, 3))
    rows, notes = read(_without_pages(data, 2))
    assert [row.page_no for row in rows] == [1, 3]
    assert notes == ["damaged pages that can't be opened: 2 / 已损坏、无法打开的页（第 2 页）"]


def _without_pages(data: bytes, *numbers: int) -> bytes:
    """A file in which some pages are no longer objects."""
    pages = [match.start() for match in re.finditer(rb"/Type /Page\b", data)]
    for number in numbers:
        begin = data.rindex(b" obj", 0, pages[number - 1])
        data = data[:begin] + b" not" + data[begin + 4 :]
    return data


def test_absurd_sizes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(DocumentError, match="more than 1 pages"):
        read(draw_pdf(words, words))


def line(top: float, text: str) -> TextLine:
    """A line of one word."""
    return TextLine(x0=0, top=top, x1=100, bottom=top + 10, words=((0.0, 100.0, text),))


def part(*rows: list[tuple[float, str, int]], top: float = 50, x1: float = 300) -> RuledTable:
    """A table's part from rows of (where a cell begins, its text, the rows that it covers)."""
    ruled = [[RuledCell(x0, x0 + 50, text, span, False) for x0, text, span in row] for row in rows]
    return RuledTable(0, top, x1, top + 100, ruled)


def joined(*pages: list[TextLine | RuledTable]) -> list[tuple[str, ...]]:
    return [row.cells for row in join_pages(pages)]


def test_columns_of_parts_are_those_of_the_table() -> None:
    above = part([(0, "a", 1), (100, "b", 1), (200, "c", 1)])
    below = part([(0, "d", 1), (200, "e", 1)])
    assert joined([above, line(800, "- 1 -")], [below]) == [
        ("a", "b", "c"),
        ("- 1 -",),
        ("d", "", "e"),
    ]
    assert joined([above, line(800, "二、说明")], [below])[-1] == ("d", "e")
    assert joined([above], [below._replace(x1=500)])[-1] == ("d", "e")
    assert joined([above], [], [below])[-1] == ("d", "e")


def test_a_running_header_stands_between_the_parts_of_a_table() -> None:
    pages: list[list[TextLine | RuledTable]] = [
        [line(20, f"2031年预算 第{i}页"), part([(0, f"{i}", 1), (100 + 50 * (i == 2), "x", 1)])]
        for i in range(3)
    ]
    assert [row for row in joined(*pages) if len(row) > 1] == [
        ("0", "x", ""),
        ("1", "x", ""),
        ("2", "", "x"),
    ]


def test_a_repeated_header_is_printed_once() -> None:
    header: list[tuple[float, str, int]] = [(0, "项目", 1), (100, "金额", 1)]
    above, below = (
        part(header, [(0, "a", 1), (100, "1", 1)]),
        part(header, [(0, "b", 1), (100, "2", 1)]),
    )
    assert joined([above], [below]) == [("项目", "金额"), ("a", "1"), ("b", "2")]


def test_the_label_of_a_merged_cell_that_a_page_break_cuts_stands_where_the_cell_begins() -> None:
    above = part([(0, "", 2), (100, "a", 1)], [(100, "b", 1)])
    below = part([(0, "产出指标", 2), (100, "c", 1)], [(100, "d", 1)])
    assert joined([above], [below]) == [("产出指标", "a"), ("", "b"), ("", "c"), ("", "d")]


def test_cells_below_a_page_break_are_the_rest_of_a_row_only_where_they_fill_it() -> None:
    above = part([(0, "208", 1), (100, "", 1), (200, "1.00", 1)])
    rest = part([(0, "", 1), (100, "社会保障和就业支出", 1), (200, "", 1)])
    assert joined([above], [rest]) == [("208", "社会保障和就业支出", "1.00")]
    row = part([(0, "", 1), (100, "卫生健康支出", 1), (200, "2.00", 1)])
    assert joined([above], [row]) == [("208", "", "1.00"), ("", "卫生健康支出", "2.00")]


def test_a_full_cell_is_not_gone_on_with_by_what_begins_an_item() -> None:
    above = part([(0, "公务用车购置及运行费", 1), (100, "3.90", 1)])
    above.rows[0][0] = above.rows[0][0]._replace(is_full=True)
    rest = part([(0, "（含上年结转）", 1), (100, "", 1)])
    assert joined([above], [rest]) == [("公务用车购置及运行费（含上年结转）", "3.90")]
    item = part([(0, "①公务用车购置费", 1), (100, "", 1)])
    assert joined([above], [item]) == [("公务用车购置及运行费", "3.90"), ("①公务用车购置费", "")]


def test_names_of_both_sides_that_a_page_break_cuts_go_on_below_it() -> None:
    above = part(
        [
            (0, "一、一般公共预算", 1),
            (100, "9.00", 1),
            (200, "一、一般公共服务", 1),
            (300, "9.00", 1),
        ]
    )
    above.rows[0][0], above.rows[0][2] = (above.rows[0][n]._replace(is_full=True) for n in (0, 2))
    rest = part([(0, "财政拨款", 1), (100, "", 1), (200, "支出", 1), (300, "", 1)])
    assert joined([above], [rest]) == [
        ("一、一般公共预算财政拨款", "9.00", "一、一般公共服务支出", "9.00")
    ]


def left_open(table: RuledTable, *columns: int) -> RuledTable:
    """The same part, its last row's cells open below in these columns."""
    last = [cell._replace(is_open=i in columns) for i, cell in enumerate(table.rows[-1])]
    return table._replace(rows=[*table.rows[:-1], last])


def test_where_a_program_leaves_cut_cells_open_a_row_is_cut_if_all_are() -> None:
    above = left_open(part([(0, "208", 1), (100, "社会保障", 1), (200, "1.00", 1)]), 0, 1, 2)
    below = part(
        [(0, "", 1), (100, "和就业支出", 1), (200, "", 1)],
        [(0, "210", 1), (100, "卫生", 1), (200, "2.00", 1)],
    )
    assert joined([above], [below]) == [
        ("208", "社会保障和就业支出", "1.00"),
        ("210", "卫生", "2.00"),
    ]


def test_where_a_program_leaves_cut_cells_open_a_row_with_its_lines_is_whole_although_its_text_fills_it() -> (
    None
):
    above = left_open(part([(0, "产出指", 2), (100, "数量", 1)], [(100, "社会保障", 1)]), 1)
    above.rows[0][0] = above.rows[0][0]._replace(is_open=True)
    above.rows[1][0] = above.rows[1][0]._replace(is_full=True, is_open=False)
    below = part([(0, "标", 1), (100, "和就业支出", 1)])
    assert joined([above], [below]) == [("产出指标", "数量"), ("", "社会保障"), ("", "和就业支出")]


def test_a_break_in_the_blank_space_below_a_row_cuts_none_of_its_texts() -> None:
    above = left_open(part([(0, "208", 1), (100, "社会保障", 1)]), 0, 1)
    below = part([(0, "210", 1), (100, "卫生", 1)])
    assert joined([above], [below]) == [("208", "社会保障"), ("210", "卫生")]


def test_a_column_that_moves_a_little_from_page_to_page_is_one() -> None:
    above, below = part([(0, "a", 1), (100, "1", 1)]), part([(0, "b", 1), (104, "2", 1)])
    assert joined([above], [below]) == [("a", "1"), ("b", "2")]


def test_a_page_with_nothing_but_the_repeated_header_adds_no_row() -> None:
    header: list[list[tuple[float, str, int]]] = [
        [(0, "项目", 1), (100, "金额", 1)],
        [(0, "科目", 1), (100, "合计", 1)],
    ]
    above, below = part(*header, [(0, "a", 1), (100, "1", 1)]), part(*header)
    assert joined([above], [below]) == [("项目", "金额"), ("科目", "合计"), ("a", "1")]


def test_a_figure_that_is_wrapped_in_its_cell_is_one() -> None:
    table = part(
        [
            (0, "4,047,\n000", 1),
            (100, "2080\n505", 1),
            (200, "共计\n12 项", 1),
            (300, "1.00\n2.00", 1),
        ]
    )
    table.rows[0][1] = table.rows[0][1]._replace(is_wrapped=True)
    assert joined([table]) == [("4,047,000", "2080505", "共计 12 项", "1.00 2.00")]


def test_whole_numbers_below_each_other_in_a_cell_are_several() -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([90, 118, 300], [650, 680, 720])
        for y, code, amount in ((705, "20805", "100"), (690, "05", "200"), (660, "科目", "金额")):
            canvas.drawString(92, y, code)
            canvas.drawString(210, y, amount)

    rows, _ = read(draw_pdf(page))
    assert [row.cells for row in rows] == [("2080505", "100/200"), ("科目", "金额")]
    assert [fault.text for fault in rows[0].faults] == ["100/200"]  # 100 200 would be one figure


def table_at(canvas: Canvas, x: float, y: float, rows: list[list[str]], width: float = 60) -> None:
    """A ruled table whose upper left corner is at (x, y)."""
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            canvas.rect(x + j * width, y - (i + 1) * 20, width, 20)
            canvas.drawString(x + j * width + 3, y - i * 20 - 14, text)


def test_tables_side_by_side_are_read_one_after_the_other_each_below_its_title() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 760, "某局部门预算公开")
        for x, title in ((50, "支出总表"), (300, "收入总表")):
            canvas.drawString(x, 720, title)
            table_at(canvas, x, 700, [["项目", "合计"], [title[:2], "1.00"]])

    assert cells(draw_pdf(page)) == [
        ("某局部门预算公开",), ("支出总表",), ("项目", "合计"), ("支出", "1.00"),
        ("收入总表",), ("项目", "合计"), ("收入", "1.00"),
    ]  # fmt: skip


def test_columns_that_go_on_on_the_next_page_stand_beside_those_before() -> None:
    def first(canvas: Canvas) -> None:
        canvas.drawString(50, 760, "支出总表")
        table_at(canvas, 50, 700, [["科目", "合计"], ["行政运行", "3.00"], ["机关服务", "2.00"]])

    def second(canvas: Canvas) -> None:
        table_at(
            canvas, 50, 780, [["基本支出", "项目支出"], ["1.00", "2.00"], ["2.00", ""]], width=80
        )

    rows = cells(draw_pdf(first, second))
    assert rows[1:] == [
        ("科目", "合计", "基本支出", "项目支出"), ("行政运行", "3.00", "1.00", "2.00"), ("机关服务", "2.00", "2.00", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("labels", [("20101", "2010101", "2010102"), ("甲类", "乙类", "丙")])
def test_pages_that_hold_as_many_rows_as_the_one_before_go_on_below(labels: Sequence[str]) -> None:
    def page(amount: str, *rows: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            table_at(
                canvas, 50, 780, [[row, amount, amount] for row in rows], width=30 + 6 * len(amount)
            )

        return draw

    others = [label[::-1] if label.isalpha() else f"3{label[1:]}" for label in labels]
    content = draw_pdf(page("1.00", *labels), page("1,000.00", *others))
    assert cells(content) == [
        *((label, "1.00", "1.00") for label in labels), *((other, "1,000.00", "1,000.00") for other in others),
    ]  # fmt: skip


def test_a_table_without_lines_has_its_columns_where_its_words_stand() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 760, "单位：万元")
        for y, words in (
            (740, ("科目", "合计", "基本", "项目")),
            (720, ("行政运行", "3.00", "1.00", "2.00")),
            (700, ("机关服务", "2.00", "", "2.00")),
            (680, ("住房公积金", "4.00", "4.00", "")),
        ):
            for x, word in zip((50, 200, 300, 400), words, strict=True):
                canvas.drawString(x, y, word)

    assert cells(draw_pdf(page))[1:] == [
        ("科目", "合计", "基本", "项目"), ("行政运行", "3.00", "1.00", "2.00"),
        ("机关服务", "2.00", "", "2.00"), ("住房公积金", "4.00", "4.00", ""),
    ]  # fmt: skip


def test_a_line_that_is_drawn_for_each_cell_is_one() -> None:
    rows = [(f"科目{name}", "3.00", f"1.{place}0") for place, name in enumerate("甲乙丙丁戊己")]

    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 760, "单位：万元")
        for place, words in enumerate((("科目", "合计", "基本"), *rows)):
            for x, word in zip((50, 200, 300), words, strict=True):
                canvas.drawString(x, 740 - 20 * place, word)
                canvas.line(x, 715, x + 95, 715)  # below the first row only

    assert cells(draw_pdf(page))[2:] == rows


def test_headings_whose_lines_stand_at_heights_of_their_own_are_read_whole() -> None:
    headings: dict[int, Sequence[str]] = {
        50: ("科目名称",),
        150: ("本年支出合", "计"),
        250: ("项目支", "出"),
        350: ("对附属", "单位补", "助支出"),
    }
    rows = [("行政运行", "3.00", "3.00"), ("住房公积金", "2.00", "2.00"), ("合计", "5.00", "5.00")]

    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 770, "单位：万元")
        for x, texts in headings.items():
            middle = 720 if len(texts) > 1 else 709.5
            for number, text in enumerate(texts):
                canvas.drawString(x, middle + 7 * (len(texts) - 1) - 14 * number, text)
        for number, words in enumerate(rows):
            for x, word in zip(headings, words, strict=False):
                canvas.drawString(x, 680 - 20 * number, word)

    assert cells(draw_pdf(page))[1:] == [
        ("科目名称", "本年支出合计", "项目支出", "对附属单位补助支出"),
        *((*words, "") for words in rows),
    ]


HEADED = ("项目", "预算数", "项目", "预算数")
CODED = [
    ("201", "05", "统计信息事务", "3.00", "3.00", "0.00"),
    ("201", "29", "群众团体事务", "2.00", "2.00", "0.00"),
    ("208", "01", "人力资源管理", "5.00", "0.00", "5.00"),
]


def coded_rows(canvas: Canvas) -> None:
    for y, words in zip((680, 660, 640), CODED, strict=True):
        for x, word in zip((50, 90, 150, 290, 340, 400), words, strict=True):
            canvas.drawString(x, y, word)


def test_headings_as_far_apart_as_rows_are_several_in_a_table_without_lines() -> None:
    def page(canvas: Canvas) -> None:
        coded_rows(canvas)
        for x, y, word in (
            *(
                (50, 740, "经济分类"),
                (290, 740, "决算数"),
                (50, 720, "科目编码"),
                (50, 700, "类"),
                (90, 700, "款"),
            ),
            *((150, 720, "科目名称"), (290, 720, "合计"), (340, 720, "基本"), (400, 720, "项目")),
        ):
            canvas.drawString(x, y, word)

    assert cells(draw_pdf(page)) == [
        ("经济分类", "", "", "", "", ""),
        ("科目编码", "", "", "决算数", "", ""),
        ("类", "款", "科目名称", "合计", "基本", "项目"),
        *CODED,
    ]


def test_the_heading_of_a_group_that_begins_with_its_first_column_is_as_wide_as_all() -> None:
    def page(canvas: Canvas) -> None:
        coded_rows(canvas)
        for x, y, word in (
            *((50, 740, "项目"), (290, 740, "一般公共预算支出"), (50, 720, "功能分类科目编码")),
            *((150, 720, "科目名称"), (50, 700, "类"), (90, 700, "款")),
            *((290, 700, "合计"), (340, 700, "基本支出"), (400, 700, "项目支出")),
        ):
            canvas.drawString(x, y, word)
        for y in (735, 715, 695, 675, 655, 635):
            canvas.line(50, y, 480, y)

    rows, _ = read(draw_pdf(page))
    assert rows[1].cells == ("功能分类科目编码", "", "", "一般公共预算支出", "", "")
    assert [(cell.column, cell.columns) for cell in rows[1].merged] == [(0, 3), (3, 3)]


@pytest.mark.parametrize("is_wrapped", [False, True])
def test_headings_of_blocks_side_by_side_are_as_wide_as_these_wherever_they_stand(
    is_wrapped: bool,
) -> None:
    rows = [
        ("一、拨款", "5.00", "一、教育支出", "3.00", "3.00"),
        ("二、事业收入", "1.00", "二、科学技术支出", "2.00", "2.00"),
        ("三、其他收入", "1.00", "三、卫生健康支出", "2.00", "2.00"),
    ]

    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 740, "收入")
        canvas.drawRightString(500, 740, "支出")
        if is_wrapped:
            canvas.drawRightString(500, 727, "预算数")
            canvas.line(50, 720, 500, 720)
        for number, words in enumerate((("项目", "预算数", "项目", "合计", "基金"), *rows)):
            canvas.drawString(50, 705 - 20 * number, words[0])
            for x, word in zip((180, 350, 430, 500), words[1:], strict=True):
                canvas.drawRightString(x, 705 - 20 * number, word)

    first, *_ = read(draw_pdf(page))[0]
    assert first.cells == ("收入", "", "支出预算数" if is_wrapped else "支出", "", "")
    assert [(cell.column, cell.columns) for cell in first.merged] == [(0, 2), (2, 3)]


def test_totals_below_blank_rows_are_of_the_table_without_lines_whose_columns_they_share() -> None:
    rows = [
        ("一、拨款", "5.00", "一、教育支出", "3.00"),
        ("二、事业收入", "1.00", "二、科学技术支出", "2.00"),
        ("三、其他收入", "1.00", "三、卫生健康支出", "2.00"),
    ]
    totals = ("收入总计", "7.00", "支出总计", "7.00")

    def page(canvas: Canvas) -> None:
        placed = zip((720, 700, 680, 660, 600), (HEADED, *rows, totals), strict=True)
        for y, words in placed:
            for x, word in zip((50, 180, 300, 430), words, strict=True):
                canvas.drawString(x, y, word)

    assert cells(draw_pdf(page)) == [HEADED, *rows, totals]


def test_a_heading_without_figures_below_it_has_a_column_of_its_own_in_a_table_without_lines() -> (
    None
):
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 760, "单位：万元")
        for y, words in (
            (740, ("科目", "合计", "一般公共预算", "政府性基金", "事业收入", "结转")),
            (720, ("行政运行", "3.00", "1.00", "", "2.00", "")),
            (700, ("机关服务", "2.00", "", "", "2.00", "")),
            (680, ("住房公积金", "4.00", "4.00", "", "", "")),
        ):
            for x, word in zip((50, 160, 220, 310, 400, 480), words, strict=True):
                canvas.drawString(x, y, word)

    assert cells(draw_pdf(page))[1:] == [
        ("科目", "合计", "一般公共预算", "政府性基金", "事业收入", "结转"),
        ("行政运行", "3.00", "1.00", "", "2.00", ""),
        ("机关服务", "2.00", "", "", "2.00", ""),
        ("住房公积金", "4.00", "4.00", "", "", ""),
    ]


def test_sentences_with_figures_are_no_table() -> None:
    def page(canvas: Canvas) -> None:
        for i in range(4):
            canvas.drawString(
                50, 700 - 20 * i, f"本年支出合计 29{i}0.05 万元，其中基本支出 23{i}6.91 万元，占"
            )

    assert all(len(row) == 1 for row in cells(draw_pdf(page)))

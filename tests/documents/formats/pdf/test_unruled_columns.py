"""The columns of tables without ruling lines: figures end where their cells do, headings stand in the middle of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from jcdata.documents.formats.pdf.reading import read_rows
from tests.making.files import draw_pdf

Place = tuple[
    float, float, str
]  # from the left, from below, and the words; figures end there, headings have it in their middle


def cells(
    headings: Sequence[Place], rows: Sequence[Sequence[str]], *ends: float
) -> list[tuple[str, ...]]:
    """The rows of a page with centred headings, names that begin at 50 and figures that end at `ends`."""

    def page(canvas: Canvas) -> None:
        for x, y, words in headings:
            canvas.drawCentredString(x, y, words)
        for number, (name, *figures) in enumerate(rows):
            canvas.drawString(50, 680 - 20 * number, name)
            for end, figure in zip(ends, figures, strict=True):
                canvas.drawRightString(end, 680 - 20 * number, figure)

    return [row.cells for row in read_rows(draw_pdf(page))[0]]


def test_headings_in_the_middle_of_wide_columns_are_theirs_in_order() -> None:
    headings = [(130, 700, "科目名称"), (260, 700, "合计"), (360, 700, "基本"), (460, 700, "项目")]
    group = (360, 720, "一般公共预算支出")  # over the figures of the second column only
    rows = [("行政运行", "3,000.00", "1,000.00", "2,000.00")] * 3
    assert cells([group, *headings], rows, 310, 410, 510)[1:] == [
        ("科目名称", "合计", "基本", "项目"),
        *rows,
    ]


def test_a_column_without_figures_takes_no_heading_from_the_next() -> None:
    headings = [(130, 700, "科目名称"), (260, 700, "合计"), (360, 700, "基本"), (460, 700, "项目")]
    rows = [
        ("行政运行", "3.00", "", "3.00"),
        ("机关服务", "2.00", "", "2.00"),
        ("培训", "1.00", "", "1.00"),
    ]
    assert cells(headings, rows, 310, 410, 510) == [("科目名称", "合计", "基本", "项目"), *rows]


def test_a_heading_in_the_middle_above_two_is_that_of_both_although_it_touches_neither() -> None:
    headings = [
        (180, 720, "拨款收入"),
        (110, 700, "项目"),
        (250, 700, "预算数"),
    ]
    rows = [("一、一般公共预算", "5.00"), ("二、政府性基金", "3.00"), ("收入总计", "8.00")]
    first, second, *others = cells(headings, rows, 310)
    assert (first[0], [cell for cell in first[1:] if cell]) == ("拨款收入", [])
    assert [second, *others] == [("项目", "预算数"), *rows]


def test_headings_below_a_wider_one_are_of_their_own_columns() -> None:
    """Also where they stand over no figure, and a heading beside them is wrapped."""
    headings = [
        (470, 716, "2034年预算数比2033年执行数"),
        (240, 714, "2033年"),
        (240, 702, "执行数"),
        (130, 700, "科目名称"),
        (330, 700, "预算数"),
        (425, 700, "增减额"),
        (525, 700, "增减率"),
    ]
    rows = [("行政运行", "38.00", "40.00", "2.00", "5.26%")] * 3
    found = cells(headings, rows, 255, 345, 405, 500)
    assert found[-4:] == [("科目名称", "2033年执行数", "预算数", "增减额", "增减率"), *rows]


def test_codes_that_are_set_further_in_stand_in_one_column() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "科目编码")
        canvas.drawString(200, 700, "科目名称")
        canvas.drawString(330, 700, "决算数")
        for number, (x, code) in enumerate(
            ((50, "201"), (90, "20105"), (120, "2010505"), (90, "20129"), (120, "2012902"))
        ):
            canvas.drawString(x, 680 - 20 * number, code)
            canvas.drawString(200, 680 - 20 * number, "统计事务")
            canvas.drawString(330, 680 - 20 * number, "5.50")

    rows = [row.cells for row in read_rows(draw_pdf(page))[0]]
    assert rows[1:] == [
        (code, "统计事务", "5.50") for code in ("201", "20105", "2010505", "20129", "2012902")
    ]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ([(50, "合"), (80, "计")], 0),
        ([(50, "合"), (105, "计")], 0),
        ([(85, "合　　计")], 1),
        ([(80, "合计")], 1),
        ([(210, "合"), (250, "计")], 3),
    ],
    ids=["apart", "over two", "centred", "between", "below names"],
)
def test_the_name_of_a_total_makes_no_column(words: list[tuple[float, str]], place: int) -> None:
    rows = [
        ("201", "", "", "一般公共服务支出"),
        ("201", "31", "", "党委办公厅及相关机构事务"),
        ("201", "31", "01", "行政运行"),
        ("208", "", "", "社会保障和就业支出"),
    ]

    def page(canvas: Canvas) -> None:
        for x, heading in zip((50, 105, 150, 240, 360), "类款项", strict=False):
            canvas.drawString(x, 700, heading)
        canvas.drawString(240, 700, "科目名称")
        canvas.drawRightString(400, 700, "支出")
        for number, cells_of_row in enumerate(rows):
            for x, text in zip((50, 105, 150, 200), cells_of_row, strict=True):
                canvas.drawString(x, 680 - 20 * number, text)
            canvas.drawRightString(400, 680 - 20 * number, "2.50")
        for x, text in words:
            canvas.drawString(x, 600, text)
        canvas.drawRightString(400, 600, "5.00")

    *found, total = [row.cells for row in read_rows(draw_pdf(page))[0]]
    assert found == [("类", "款", "项", "科目名称", "支出"), *((*row, "2.50") for row in rows)]
    assert total == (*("" for _ in range(place)), "合计", *("" for _ in range(3 - place)), "5.00")


def test_a_column_that_is_blank_on_a_page_is_the_same_as_on_the_next() -> None:
    pages = [
        [(name, "3.00", "", "3.00") for name in ("行政运行", "机关服务", "培训支出")],
        [(name, "2.00", "", "2.00") for name in ("公租房", "物业服务", "购房补贴")],
        [(name, "4.00", "4.00", "") for name in ("公积金", "退休费", "医疗补助")],
    ]

    def page(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            for x, words in zip((130, 260, 360, 460), headings, strict=False):
                canvas.drawCentredString(x, 780, words)
            for number, (name, *figures) in enumerate(rows):
                canvas.drawString(50, 760 - 20 * number, name)
                for end, figure in zip((310, 410, 510), figures, strict=True):
                    canvas.drawRightString(end, 760 - 20 * number, figure)

        return draw

    headings = ("科目名称", "合计", "基本", "项目")
    drawn = [page(headings if number == 0 else (), rows) for number, rows in enumerate(pages)]
    assert [row.cells for row in read_rows(draw_pdf(*drawn))[0]] == [
        headings,
        *(row for rows in pages for row in rows),
    ]


def test_the_last_name_of_a_page_is_whole_although_every_name_is_wrapped() -> None:
    rows = [
        ("机关事业单位", "基本养老保险"),
        ("机关事业单位", "职业年金缴费", "支出"),
        ("其他行政事业", "单位养老支出", "总额"),
    ]

    def page(canvas: Canvas) -> None:
        y = 760.0
        for number, names in enumerate(rows):
            canvas.drawRightString(400, y, f"{number + 2}.50")
            for name in names:
                canvas.drawString(50, y, name)
                y -= 21
            y -= 14

    assert [row.cells for row in read_rows(draw_pdf(page))[0]] == [
        ("".join(names), f"{number + 2}.50") for number, names in enumerate(rows)
    ]


def halves(rows: Sequence[tuple[str, str, str, str]], gap: float) -> list[tuple[str, ...]]:
    """The rows of a balance whose right half begins so far behind the amounts of the left one."""

    def page(canvas: Canvas) -> None:
        for x, heading in zip(
            (50, 260, 330, 480), ("项目", "预算数", "项目", "预算数"), strict=True
        ):
            canvas.drawString(x, 700, heading)
        for number, (name, amount, other, amount_of_other) in enumerate(rows):
            y = 680 - 20 * number
            canvas.drawString(50, y, name)
            canvas.drawRightString(300, y, amount)
            canvas.drawString(300 + gap, y, other)
            canvas.drawRightString(520, y, amount_of_other)

    return [row.cells for row in read_rows(draw_pdf(page))[0]]


@pytest.mark.parametrize("gap", [0.0, 0.4, 1.2, 6.0])
@pytest.mark.parametrize("last", ["", "7.25"])
def test_an_amount_that_touches_the_name_behind_it_is_of_its_own_column(
    gap: float, last: str
) -> None:
    rows = [
        ("一、财政拨款收入", "24,313,016.67", "一、一般公共服务支出", "11,568,710.34"),
        ("二、事业收入", "640,279.67", "人员经费", "13,384,586.00"),
        ("三、其他收入", "0.50", "（三）卫生健康支出", last),
        ("四、上年结转", "", "四、住房保障支出", "100.00"),
        ("五、用事业基金弥补收支差额", "9.00", "", ""),
        ("收入总计", "25,053,296.84", "支出总计", "25,053,296.34"),
    ]
    assert halves(rows, gap) == [("项目", "预算数", "项目", "预算数"), *rows]


def test_a_unit_behind_amounts_is_no_column_of_its_own() -> None:
    rows = [(name, "1,234.50元", "备注", "5.00") for name in ("行政运行", "机关服务", "培训支出")]
    found = halves(rows, 20)
    assert found[1:] == rows


def test_a_level_line_over_its_neighbours_parts_no_wrapped_heading() -> None:
    """Others stand above and below it: a group and its columns, which the line parts."""

    def page(canvas: Canvas) -> None:
        for y in (725, 694, 675, 655, 635):
            canvas.line(50, y, 520, y)
        canvas.line(350, 710, 520, 710)
        canvas.drawString(50, 705, "科目名称")
        canvas.drawCentredString(275, 713, "经费拨款收")
        canvas.drawCentredString(275, 700, "入")
        canvas.drawCentredString(440, 713, "其他")
        canvas.drawCentredString(390, 698, "事业收入")
        canvas.drawCentredString(480, 698, "其他收入")
        for number, name in enumerate(("行政运行", "机关服务", "培训支出")):
            canvas.drawString(50, 680 - 20 * number, name)
            for end in (300, 410, 500):
                canvas.drawRightString(end, 680 - 20 * number, "3,000.00")

    rows = [row.cells for row in read_rows(draw_pdf(page))[0]]
    assert [row[1].replace("\n", "") for row in rows[:-3]] == ["经费拨款收入", ""]
    assert [row[-1] for row in rows[:-3]] == ["其他", "其他收入"]


def test_a_heading_somewhere_above_the_columns_of_a_block_is_that_of_the_block() -> None:
    """It need not stand in their middle, nor touch one of them."""

    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 740, "单位：万元")
        for x, words in ((160, "本年收入"), (400, "本年支出")):
            canvas.drawString(x, 720, words)
        for x, words in ((80, "项目"), (260, "预算数"), (350, "项目"), (510, "预算数")):
            canvas.drawString(x, 700, words)
        for number, name in enumerate(("一、拨款收入", "二、事业收入", "收入总计")):
            for x, words in ((50, name), (320, name.replace("收入", "支出"))):
                canvas.drawString(x, 680 - 20 * number, words)
            for end in (300, 550):
                canvas.drawRightString(end, 680 - 20 * number, "3,000.00")

    _, first, second, *_ = read_rows(draw_pdf(page))[0]
    assert (first.cells[0], first.cells[2]) == ("本年收入", "本年支出")
    assert [(cell.column, cell.columns) for cell in first.merged] == [(0, 2), (2, 2)]
    assert second.cells == ("项目", "预算数", "项目", "预算数")

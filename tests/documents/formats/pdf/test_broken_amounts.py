"""Tables without lines whose narrow columns break amounts: each is read whole, or said to be unsure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product

import pytest
from playwright.sync_api import Page
from reportlab.pdfgen.canvas import Canvas

from jcdata.amounts import parse_number
from jcdata.documents.formats.pdf import reading as pdf
from jcdata.documents.formats.rows import Cell, Row
from jcdata.errors import AmountError
from tests.making.files import Content, Headed, as_printed, draw_pdf

HEADER = ["科目名称", "合计", "基本支出", "项目支出"]
NAMES = [
    "一般公共服务支出",
    "行政运行",
    "机关事业单位基本养老保险缴费支出",
    "住房公积金",
    "城乡社区环境卫生",
]
AMOUNTS = [
    ["3,210,000.00", "1,234,567.89", "0.50"],
    ["-12,345.00", "98,000.10", "7,654,321.00"],
    ["45.00", "", "1,000,000.20"],
    ["6,231,879.23", "53.50", "5.40"],
    ["561.12", "12,860,906.04", "89,060.22"],
]
UNRULED = "td { border: none } td + td { width: 36pt; max-width: 36pt }"


def rows_of(data: bytes) -> list[Row]:
    rows, _ = pdf.read_rows(data)
    return list(rows)


def printed(page: Page, body: Sequence[Sequence[str]], style: str, size: float = 9) -> list[Row]:
    """The rows of a table without lines below its title and unit, read from what a browser prints."""
    table = Headed([[Cell(text) for text in row] for row in [HEADER, *body]], 1)
    contents: Content = ["2031年预算支出总表", "单位：元", table, "以上为全部支出。"]
    return rows_of(as_printed(page, contents, UNRULED + style, size, "A4 portrait"))


def drawn(rows: Sequence[tuple[int, tuple[str, ...]]]) -> list[Row]:
    """The rows of a page on which words are drawn at some heights, in columns."""

    def page(canvas: Canvas) -> None:
        for y, words in rows:
            for x, word in zip((50, 200, 300), words, strict=False):
                canvas.drawString(x, y, word)

    return rows_of(draw_pdf(page))


ROWS: list[tuple[int, tuple[str, ...]]] = [
    (720, ("行政运行", "1,000.50", "1,000.50")),
    (700, ("机关服务", "2,000.50", "2,000.50")),
    (660, ("住房公积金", "3,000.50", "3,000.50")),
]
ALIGNMENTS = [*product(["left", "center", "right"], ["top", "middle", "bottom"])]


@pytest.mark.parametrize(("level", "upright"), ALIGNMENTS)
def test_an_amount_that_its_column_breaks_is_one(page: Page, level: str, upright: str) -> None:
    body = [[name, *amounts] for name, amounts in zip(NAMES, AMOUNTS, strict=True)]
    for padding, height, width in (
        ("0 4pt", "1", 60),
        ("3pt 4pt", "1.4", 60),
        ("3pt 4pt", "1", 170),
        ("0 4pt", "normal", 170),
    ):
        style = (
            f"td {{ padding: {padding}; line-height: {height}; vertical-align: {upright} }}"
            f"td + td {{ text-align: {level} }} td:first-child {{ width: {width}pt; max-width: {width}pt }}"
        )
        rows = printed(page, body, style)
        found = [row.cells for row in rows if row.table][-len(body) :]
        assert [list(cells) for cells in found] == body, (padding, height, width)
        assert not [row.faults for row in rows if row.faults]


@pytest.mark.parametrize("style", ["padding: 3pt 4pt", "padding: 0 4pt", "line-height: 1.6"])
def test_a_wrapped_heading_is_one_and_a_group_stands_above_all_its_columns(
    page: Page, style: str
) -> None:
    header = [
        [Cell("科目编码", 1, 2), Cell("合计", 1, 2), Cell("一般公共预算", 3)],
        [Cell("小计"), Cell("基本支出"), Cell("项目支出")],
    ]
    body = [
        [Cell(text) for text in ("201", "3.50", "3.00", *row)] for row in (["1.00", "2.00"],) * 4
    ]
    css = f"td {{ border: none; {style}; text-align: center; width: 20pt }} table {{ width: auto }}"
    contents: Content = ["支出预算表", "单位：元", Headed([*header, *body], 2)]
    rows = [row for row in rows_of(as_printed(page, contents, css)) if row.table]
    assert [row.cells for row in rows[:2]] == [
        ("", "", "一般公共预算", "", ""),
        ("科目编码", "合计", "小计", "基本支出", "项目支出"),
    ]
    assert [(merged.column, merged.columns) for merged in rows[0].merged] == [(2, 3)]


@pytest.mark.parametrize("repeated", [0, 1], ids=["without header", "with header"])
def test_rows_at_the_top_of_a_page_stand_in_the_columns_of_the_page_before(
    page: Page, repeated: int
) -> None:
    style = "td { border: none; text-align: center; height: 24pt } tr { break-inside: avoid } thead { width: 20% }"
    for count in (44, 20, 21, 22):  # two or three pages, the last one with few rows
        body = [
            [f"项目{i}", f"{i * 37 % 9},000.50", f"{i}.00", f"{i * 7}.25"] for i in range(1, count)
        ]
        table = Headed([[Cell(text) for text in row] for row in [HEADER, *body]], repeated)
        contents: Content = ["支出预算表", "单位：元", table, "以上为全部支出。"]
        rows = rows_of(as_printed(page, contents, style, 9, "A5 landscape"))
        assert {row.page_no for row in rows} >= {1, 2}
        assert [[*row.cells] for row in rows if row.table] == [HEADER, *body], count
        assert {row.table for row in rows} == {None, 1}


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("padding", ["3pt", "0"])
def test_a_label_in_the_middle_of_its_rows_stands_where_they_begin(
    page: Page, count: int, padding: str
) -> None:
    items = ["工资福利支出", "商品和服务支出", "对个人和家庭的补助", "资本性支出"][:count]
    body: list[list[Cell]] = []
    for label in ("基本支出", "项目支出"):
        rows = [[Cell(item), Cell(f"{number},000.50")] for number, item in enumerate(items, 1)]
        body += [[Cell(label, 1, count), *rows[0]], *rows[1:]]
    header = [Cell("类别"), Cell("科目名称"), Cell("合计")]
    style = f"td {{ border: none; padding: {padding} 4pt; vertical-align: middle }}"
    contents: Content = ["支出预算表", "单位：元", Headed([header, *body], 1)]
    rows_read = [row for row in rows_of(as_printed(page, contents, style)) if row.table][1:]
    assert [row.cells[1] for row in rows_read] == [*items, *items]
    assert {i: row.cells[0] for i, row in enumerate(rows_read) if row.cells[0]} == {
        0: "基本支出",
        count: "项目支出",
    }


def test_whole_numbers_that_fill_their_columns_are_one_with_what_is_below(page: Page) -> None:
    amounts = [
        ["722396150", "154889", "380000"],
        ["184996824", "6000", "9250000"],
        ["5370", "42684268", "7"],
    ]
    body = [[name, *row] for name, row in zip(NAMES, amounts, strict=False)]
    style = "td { padding: 3pt 4pt } td:first-child { width: 170pt } td + td { width: 34pt; max-width: 34pt; text-align: right }"
    rows = printed(page, body, style)
    assert [list(row.cells) for row in rows if row.table][-3:] == body


def test_whole_numbers_that_may_be_one_or_two_are_reported() -> None:
    rows = drawn(
        [
            (740, ("Name", "Total", "Basic")),
            (720, ("One", "300", "1000")),
            (700, ("Two", "4000", "2000")),
            (690, ("", "50", "")),
            (670, ("Three", "5000", "30000")),
        ]
    )
    assert [row.cells for row in rows][1:] == [
        ("One", "300", "1000"), ("Two", "4000/50", "2000"), ("Three", "5000", "30000"),
    ]  # fmt: skip
    assert [fault.text for row in rows for fault in row.faults] == ["4000/50"]


def test_amounts_without_their_last_zeros_are_rows_of_their_own() -> None:
    names = ["行政运行", "机关服务", "住房公积金", "行政单位医疗", "公务员医疗补助"]
    amounts = ["1200.5", "4", "1200.25", "3000", "12.5"]
    rows = drawn(
        [(740, ("科目", "合计"))]
        + [(728 - 12 * i, row) for i, row in enumerate(zip(names, amounts, strict=True))]
    )
    assert [row.cells for row in rows][1:] == [*zip(names, amounts, strict=True)]
    assert not any(row.faults for row in rows)


def test_the_decimals_of_a_column_of_broken_amounts_are_those_of_the_others() -> None:
    """1,200.3 over 4 is no amount of one decimal, though none of its column shows two."""
    rows = drawn(
        [
            (740, ("科目", "合计", "基本")),
            (720, ("行政运行", "1,200.3", "3,000.25")),
            (709, ("", "4", "")),
            (690, ("机关服务", "5,300.4", "4,000.25")),
            (679, ("", "0", "")),
            (660, ("住房公积金", "6,000.1", "5,000.50")),
            (649, ("", "2", "")),
        ]
    )
    assert [row.cells[1] for row in rows][1:] == ["1,200.34", "5,300.40", "6,000.12"]


def test_digits_between_two_rows_are_reported_with_both() -> None:
    rows = drawn(
        [
            (740, ("科目", "合计", "基本")),
            (720, ("行政运行", "9592210", "8000")),
            (706, ("机关服务", "7504", "6878")),
            (694, ("", "3", "")),
            (682, ("住房公积金", "3000", "1700")),
            (668, ("行政单位医疗", "14955", "1000")),
        ]
    )
    reported = " ".join(fault.text for row in rows for fault in row.faults)
    read = {cell for row in rows for cell in row.cells} - {"科目", "合计", "基本"}
    assert "7504" in reported and "3000" in reported
    assert not read & {"7504", "3", "3000", "75043", "33000"}


def test_a_heading_within_the_place_of_a_wider_one_moves_no_other() -> None:
    header = [
        (740, ("一般公共预算与政府性基金预算与国有资本经营预算的全部支出合计情况",)),
        (730, ("科目", "合计", "基本")),
    ]
    rows = drawn([*header, *ROWS])
    assert [row.cells for row in rows if row.table][-3:] == [cells for _, cells in ROWS]


def test_the_rest_of_a_heading_beside_its_amounts_has_no_column_of_its_own() -> None:
    header = [(740, ("科目", "合计支出预算", "基本")), (729, ("", "数"))]
    short = [(y, (name, f"      {total}", basic)) for y, (name, total, basic) in ROWS]
    rows = drawn([*header, *short])
    assert next(row.cells for row in rows if row.table) == ("科目", "合计支出预算数", "基本")


def test_a_name_between_two_rows_joins_only_one_of_them() -> None:
    rows = drawn(
        [
            (740, ("科目", "合计")),
            (728, ("重点行业领域攻坚", "1,000.50")),
            (716, ("检查验收项目费用",)),
            (704, ("第三方机构项目费", "2,000.50")),
            (692, ("住房公积金", "3,000.50")),
            (680, ("行政单位医疗", "4,000.50")),
        ]
    )
    amounts = [row.cells[-1] for row in rows if row.table][1:]
    assert amounts == ["1,000.50", "2,000.50", "3,000.50", "4,000.50"]


@pytest.mark.parametrize("seed", range(5))
def test_an_amount_that_is_broken_anywhere_is_right_or_reported(page: Page, seed: int) -> None:
    """A figure that is read and not reported is one of the table's, in the row of its name."""
    chance = random.Random(seed)
    for _ in range(4):
        decimals, grouped = chance.choice([0, 2, 2]), chance.choice(["", ","])
        body = [[name, *(_amount(chance, decimals, grouped) for _ in HEADER[1:])] for name in NAMES]
        style = (
            f"td {{ vertical-align: {chance.choice(['top', 'middle', 'bottom'])};"
            f" padding: {chance.choice(['0', '1pt', '3pt', '6pt'])} 4pt; line-height: {chance.choice(['normal', '1', '1.8'])} }}"
            f"td + td {{ text-align: {chance.choice(['left', 'center', 'right'])}; width: {chance.choice([26, 34, 48])}pt }}"
            f"td:first-child {{ width: {chance.choice([70, 170])}pt; max-width: 170pt }}"
        )
        for row in printed(page, body, style):
            faults = {fault.text for fault in row.faults}
            read = {cell for cell in row.cells[1:] if cell not in faults and _is_number(cell)}
            assert not read or any(
                row.cells[0] and name.endswith(row.cells[0][-2:]) and read <= {*amounts}
                for name, *amounts in body
            ), (style, row.cells)


def _amount(chance: random.Random, decimals: int, grouped: str) -> str:
    whole = chance.randrange(10 ** chance.randint(1, 8))
    fraction = f".{chance.randrange(10**decimals):0{decimals}}" if decimals else ""
    return chance.choice(["", "-", "", ""]) + f"{whole:{grouped}}{fraction}"


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except AmountError:
        return False
    return True


def test_codes_in_a_column_of_their_own_before_the_names_are_no_amounts() -> None:
    codes = ("1", "2", "7", "08", "09")
    rows = [
        ("301", code, name, f"{number},000", f"{number},000")
        for number, (code, name) in enumerate(
            zip(
                codes,
                ("基本工资", "津贴补贴", "绩效工资", "养老保险缴费", "职业年金缴费"),
                strict=True,
            ),
            1,
        )
    ]

    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 720, "单位：元")
        for number, words in enumerate([("类", "款", "科目名称", "合计", "人员经费"), *rows]):
            for x, word in zip((50, 90, 130, 250, 350), words, strict=True):
                canvas.drawString(x, 700 - 15 * number, word)

    assert [row.cells for row in rows_of(draw_pdf(page))[2:]] == rows


@pytest.mark.parametrize(
    "names", [("党委办公厅", "（室）及相关", "机构事务"), ("党委办公厅", "及相关机构", "事务")]
)
def test_an_amount_is_broken_beside_a_name_of_more_lines_that_are_not_full(
    names: Sequence[str],
) -> None:
    def page(canvas: Canvas) -> None:
        y = 700
        for code, lines, *amounts in (
            ("201", ["一般公共服务支出"], ["32,131,021.1", "4"], ["31,803,925.8", "3"]),
            ("20131", names, ["32,131,021.1", "4"], ["31,803,925.8", "3"]),
            ("2013101", ["行政运行"], ["23,994,233.1", "1"], ["23,994,233.1", "1"]),
            ("2013102", ["一般行政管理事务"], ["7,844,359.66"], ["7,517,264.35"]),
        ):
            canvas.drawString(50, y, code)
            for x, texts in zip((260, 360), amounts, strict=True):
                for number, text in enumerate(texts):
                    canvas.drawRightString(x, y - 11 * number, text)
            for number, text in enumerate(lines):
                canvas.drawString(90, y - 11 * number, text)
            y -= 11 * max(len(lines), 2) + 12

    rows = rows_of(draw_pdf(page))
    assert [row.cells for row in rows] == [
        ("201", "一般公共服务支出", "32,131,021.14", "31,803,925.83"),
        ("20131", "".join(names), "32,131,021.14", "31,803,925.83"),
        ("2013101", "行政运行", "23,994,233.11", "23,994,233.11"),
        ("2013102", "一般行政管理事务", "7,844,359.66", "7,517,264.35"),
    ]
    assert not [row.faults for row in rows if row.faults]


def test_amounts_without_their_last_zeros_are_several() -> None:
    names = ["行政运行", "机关服务", "培训支出", "公积金", "物业费"]
    amounts = ["11.2", "4", "12.55", "13.42", "0.5"]
    heights = range(720, 600, -20)
    rows = drawn(
        [
            (y, row)
            for y, row in zip(heights, zip(names, amounts, amounts, strict=True), strict=False)
        ]
    )
    assert [row.cells for row in rows] == [*zip(names, amounts, amounts, strict=True)]
    assert not [row.faults for row in rows if row.faults]

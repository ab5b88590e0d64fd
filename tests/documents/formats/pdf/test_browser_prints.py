"""Tables as a browser prints them: cut by page breaks at every size of type, beside each other, without lines."""

from __future__ import annotations

import io
from itertools import product, zip_longest

import pytest
from playwright.sync_api import Page
from reportlab.pdfgen.canvas import Canvas

from jcdata.documents.formats.pdf import reading as pdf
from jcdata.documents.formats.rows import Cell
from jcdata.spec_files import SPECS
from jcdata.text import fold
from tests.making.checkout import RAW
from tests.making.files import Content, Headed, as_printed

HEADER = [
    [Cell("项目", 2), Cell("2031年预算数", 3)],
    [Cell("科目编码"), Cell("科目名称"), Cell("合计"), Cell("基本支出"), Cell("项目支出")],
]
NAMES = [
    "机关事业单位基本养老保险缴费支出",
    "公务员医疗补助",
    "重点行业领域集中攻坚阶段检查验收第三方机构安全检查项目" * 5,
    "住房公积金",
    "一般公共服务支出及其他社会保障和就业支出，含离退休人员经费" * 2,
]
ROWS = 40
STYLES = {
    "cut rows": "",
    "tall rows": "tr { height: 34pt }",
    "texts at the top": "td { vertical-align: top }",
    "whole rows": "tr { break-inside: avoid }",
    "a header that is not repeated": "thead { display: table-row-group }",
}
SIZES = (6, 7, 8, 9, 10.5)
PAPERS = ("A4 portrait", "A5 landscape")


def read(data: bytes) -> list[tuple[str, ...]]:
    rows, _ = pdf.read_rows(data)
    return [tuple(cell.strip() for cell in row.cells) for row in rows]


def long_table() -> Headed:
    body = [
        [Cell(f"{2010000 + i}"), Cell(NAMES[i % len(NAMES)]), Cell(f"{i},000.50"), *_parts(i)]
        for i in range(1, ROWS)
    ]
    return Headed([*HEADER, *body], len(HEADER))


def _parts(i: int) -> list[Cell]:
    return [Cell(f"{i},000.50"), Cell("")] if i % 3 else [Cell(""), Cell(f"{i},000.50")]


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_table_that_page_breaks_cut_is_whole_at_every_size(page: Page, style: str) -> None:
    table = long_table()
    expected = [tuple(cell.text for cell in row) for row in table[len(HEADER) :]]
    for size, paper in product(SIZES, PAPERS):
        rows = read(as_printed(page, ["2031年预算支出总表", table, "注"], style, size, paper))
        wrong = [pair for pair in zip_longest(rows[3:-1], expected) if pair[0] != pair[1]]
        assert not wrong[:1], (size, paper)


def test_the_parts_of_a_merged_cell_that_a_page_break_cuts_are_one_text(page: Page) -> None:
    label = "一二三四五六七八九十" * 6
    for size in SIZES:
        rows = [
            [Cell(label, 1, 90), Cell("指标"), Cell("0.50")],
            *([Cell("指标"), Cell(f"{i}.50")] for i in range(1, 90)),
        ]
        printed = read(
            as_printed(page, [Headed(rows, 0)], "td:first-child[rowspan] { width: 2em }", size)
        )
        assert printed == [
            (label, "指标", "0.50"),
            *(("", "指标", f"{i}.50") for i in range(1, 90)),
        ], size


def test_tables_beside_each_other_are_read_one_after_the_other(page: Page) -> None:
    left = Headed([[Cell("收入"), Cell("1.00")], [Cell("合计"), Cell("1.00")]], 0)
    right = Headed([[Cell("支出"), Cell("2.00")], [Cell("合计"), Cell("2.00")]], 0)
    style = "body { display: flex; gap: 20pt } table { width: 40% }"
    assert read(as_printed(page, [left, right], style)) == [
        ("收入", "1.00"),
        ("合计", "1.00"),
        ("支出", "2.00"),
        ("合计", "2.00"),
    ]


@pytest.mark.parametrize(
    "style",
    [
        "td { border: none }",
        "td { border: none; border-left: 0.5pt solid black } table { border: 0.5pt solid black }",
    ],
    ids=["none", "no level ones"],
)
def test_without_lines_between_its_rows_a_table_is_text(page: Page, style: str) -> None:
    contents: Content = [
        "2031年预算支出总表",
        Headed(
            [
                *HEADER,
                [Cell("201"), Cell("甲支出"), Cell("3.50"), Cell("1.50"), Cell("2.00")],
                [Cell("20101"), Cell("乙支出"), Cell("3.50"), Cell("1.50"), Cell("2.00")],
            ],
            2,
        ),
    ]
    assert read(as_printed(page, contents, style))[-2:] == [
        ("201 甲支出 3.50 1.50 2.00",),
        ("20101 乙支出 3.50 1.50 2.00",),
    ]


@pytest.mark.parametrize("font", ["sans-serif", "serif"])
def test_every_character_that_documents_use_is_read_as_it_is_written(page: Page, font: str) -> None:
    """Fonts draw several code points with one glyph, and a PDF then says another: a Kangxi radical, an angle bracket."""
    written = [
        path.read_text(encoding="utf-8") for path in (*RAW.glob("*.txt"), *SPECS.rglob("*.toml"))
    ]
    characters = sorted({c for c in "".join(written) if c.isprintable() and not c.isspace()})
    rows = [[Cell(c) for c in characters[i : i + 20]] for i in range(0, len(characters), 20)]
    printed = read(as_printed(page, [Headed(rows, 0)], f"td {{ font-family: {font} }}"))
    wrong = [
        pair
        for pair in zip("".join(map("".join, printed)), fold("".join(characters)), strict=False)
        if pair[0] != pair[1]
    ]
    assert not wrong
    assert sum(map(len, printed)) >= len(characters)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_that_is_turned_to_be_shown_is_read_as_it_is_shown(turn: int) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 300))
    canvas.setPageRotation(turn)
    canvas.translate(*((0, 300) if turn == 270 else (400, 0)))
    canvas.rotate(-90 if turn == 270 else 90)
    for y in (100, 120, 140):
        canvas.line(50, y, 250, y)
    for x in (50, 150, 250):
        canvas.line(x, 100, x, 140)
    for x, y, text in ((60, 125, "208"), (160, 125, "1.00"), (60, 105, "210"), (160, 105, "2.00")):
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    assert read(file.getvalue()) == [("208", "1.00"), ("210", "2.00")]

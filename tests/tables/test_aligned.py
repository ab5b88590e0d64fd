"""Text tables whose cells stand in display columns: any print of a table gives its figures again, or they are reported."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jcdata.documents.formats.rows import Cell
from jcdata.extraction.one_document import ParsedDocument, parse_document
from jcdata.schema import BudgetLine
from jcdata.tables.display import number_spans, words_of
from tests.making.documents import document
from tests.making.files import Headed
from tests.making.text_layouts import TextLayout, as_aligned, as_trimmed

MEASURES = {
    "total": "合计",
    "basic": "基本支出",
    "project": "项目支出",
    "institution_operating": "经营支出",
}
UNITS = {"万元": 10_000, "元": 1, "千元": 1_000}
Found = dict[tuple[str, str, str], Decimal]

cents = st.integers(min_value=1, max_value=10**8)
names = st.text(alphabet="甲乙丙丁戊己庚辛社会保障和就业支出", min_size=2, max_size=24)
layouts = st.builds(
    TextLayout,
    figures=st.sampled_from(["left", "right", "centre"]),
    headings=st.sampled_from(["left", "right", "centre"]),
    gap=st.sampled_from([2, 3, 5]),
    wrap=st.sampled_from([0, 16, 24]),
    middle=st.booleans(),
    page=st.sampled_from([0, 2, 5]),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Headed, str, Found]:
    """A table of expenditure with its unit of money and its figures in yuan by code and measure."""
    order = draw(st.permutations(list(MEASURES)))
    unit = draw(st.sampled_from(list(UNITS)))
    two_levels = draw(st.booleans())
    codes = draw(st.lists(st.integers(201, 299), min_size=2, max_size=8, unique=True))
    header = [["科目编码", "科目名称", *(MEASURES[measure] for measure in order)]]
    grid = [[Cell(text) for text in header[0]]]
    if two_levels:
        grid.insert(0, [Cell("项目", 2), Cell("2031年预算数", len(order))])
    depth = len(grid)
    found: Found = {}
    for code in map(str, codes):
        amounts = draw(st.dictionaries(st.sampled_from(order), cents, min_size=1))
        texts = {measure: f"{Decimal(amount) / 100:,.2f}" for measure, amount in amounts.items()}
        grid.append([Cell(code), Cell(draw(names)), *(Cell(texts.get(m, "")) for m in order)])
        for measure, amount in amounts.items():
            found["expenditure", code, measure] = Decimal(amount) / 100 * UNITS[unit]
    return Headed(grid, depth), unit, found


def parsed(text: str) -> ParsedDocument:
    return parse_document(text.encode(), "某局.txt")


def figures(read: ParsedDocument) -> Found:
    return {
        (line.table_key, line.item_code, line.measure): line.amount_yuan
        for line in read.records[BudgetLine]
    }


def contents(table: Headed, unit: str, title: str) -> list[str | Headed]:
    return ["某局2031年部门预算公开", title, f"单位：{unit}", table]


def is_right_or_reported(read: ParsedDocument, expected: Found) -> bool:
    found = figures(read)
    wrong = {key: amount for key, amount in found.items() if expected.get(key) != amount}
    return not wrong and (len(found) == len(expected) or bool(read.troubles))


def has_most(read: ParsedDocument, expected: Found) -> bool:
    """Whether most figures were read, so that a report is the exception."""
    return len(figures(read)) * 2 > len(expected)


@settings(max_examples=60)
@given(tables(), layouts, st.sampled_from(["支出预算总表", "部门支出总体情况表"]))
def test_most_figures_in_display_columns_are_right_and_the_others_reported(
    table: tuple[Headed, str, Found], layout: TextLayout, title: str
) -> None:
    grid, unit, expected = table
    text = as_aligned(contents(grid, unit, title), layout)
    read = parsed(text)
    assert is_right_or_reported(read, expected), text
    rows, columns = len({code for _, code, _ in expected}), {column for *_, column in expected}
    # Words far from the figures of nearly empty columns tell nothing.
    if len(expected) * 2 >= rows * len(columns):
        assert has_most(read, expected), text


@settings(max_examples=60)
@given(tables())
def test_figures_with_single_spaces_between_are_right_or_reported(
    table: tuple[Headed, str, Found],
) -> None:
    grid, unit, expected = table
    text = as_trimmed(contents(grid, unit, "支出预算总表"))
    assert is_right_or_reported(parsed(text), expected), text


@given(st.lists(st.text("合计基本支出项目 （）2031.,-元%", max_size=30), max_size=12))
def test_any_lines_below_a_title_are_read(lines: list[str]) -> None:
    parsed("\n".join(["某局2031年部门预算公开", "支出预算总表", "单位：万元", *lines]))


ALIGNED = """\
某局2031年部门预算公开
支出预算总表
单位：万元
科目编码  科目名称              合计    基本支出  项目支出
201       一般公共服务支出      12.00   10.00         2.00
2010301   行政运行              10.00   10.00
2010302   一般行政管理事务       2.00                 2.00
"""


def test_blanks_cut_from_the_ends_of_lines_move_no_figure() -> None:
    read = figures(parsed(re.sub(r"(?m) +$", "", ALIGNED)))
    assert read["expenditure", "2010301", "basic"] == read["expenditure", "2010301", "total"]
    assert ("expenditure", "2010302", "basic") not in read
    assert read["expenditure", "2010302", "project"] == Decimal(20_000)


def test_a_year_below_a_name_is_its_end_and_no_caption() -> None:
    text = ALIGNED.replace("2010302", "          （2030年）\n2010302")
    names = {line.item_code: line.item_name for line in parsed(text).records[BudgetLine]}
    assert names["2010301"] == "行政运行（2030年）"


def test_a_name_that_begins_below_a_header_is_no_part_of_it() -> None:
    header = ALIGNED.split("\n")[3]
    wrapped = ALIGNED.replace(
        "201       一般公共服务支出", "          一般公共\n201       服务支出        ", 1
    )
    wrapped = wrapped.replace("2010302", f"{header}\n2010302").replace(
        "基本支出  项目支出", "基本支出  经营支出"
    )
    names = {line.item_code: line.item_name for line in parsed(wrapped).records[BudgetLine]}
    assert names == {
        "201": "一般公共服务支出",
        "2010301": "行政运行",
        "2010302": "一般行政管理事务",
    }


def test_an_empty_column_s_heading_is_no_rest_of_the_one_above_its_neighbour() -> None:
    text = """\
某局2031年部门预算公开
支出预算总表
单位：万元
        项目                               2031年预算数
科目编码     科目名称      基本支出      项目支出      合计      经营支出
201          丁丁         0.01
202          丁丁         100,000.00                  100.00
"""
    assert {(code, m): amount for (_, code, m), amount in figures(parsed(text)).items()} == {
        ("201", "basic"): 100, ("202", "basic"): 1_000_000_000, ("202", "total"): 1_000_000,
    }  # fmt: skip


def test_a_title_that_no_template_has_is_known_by_its_words() -> None:
    text = ALIGNED.replace("支出预算总表", "2031年部门支出安排情况总表")
    assert figures(parsed(text)) == figures(parsed(ALIGNED))


@pytest.mark.parametrize(
    ("rows", "count"),
    [(["甲  1.00  2.00", "乙丙  3.00"], None), (["甲    1.00  2.00", "乙丙  3.00"], 2)],
)
def test_numbers_below_each_other_share_an_edge(rows: list[str], count: int | None) -> None:
    spans = number_spans([words_of(line, (2, 2)) for line in document("\n".join(rows)).lines])
    assert (spans and len(spans)) == count

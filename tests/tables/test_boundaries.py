"""A table ends where another begins, in every format; none is swallowed by the one above it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jcdata.documents.formats.rows import Cell
from jcdata.extraction.one_document import ParsedDocument, parse_document
from jcdata.schema import BudgetLine, PrintedCell, PrintedTable
from tests.making.files import Content, Grid, as_excel, as_html, as_pdf, as_word, grid

FORMATS: dict[str, Callable[[Content], bytes]] = {
    "表.xlsx": as_excel, "表.docx": as_word, "表.html": as_html, "表.pdf": as_pdf,
}  # fmt: skip
HEAD = ["某某市水务局2034年度部门预算公开", "支出预算总表", "单位：万元"]
EXPENDITURE = """
科目编码|科目名称|合计|基本支出|项目支出
201|一般公共服务支出|10.00|6.00|4.00
 |合计|10.00|6.00|4.00
"""
OWN = ["10.00", "6.00", "4.00"] * 2


def parsed(contents: Content, name: str) -> ParsedDocument:
    return parse_document(FORMATS[name](contents), name)


def amounts(document: ParsedDocument, key: str = "expenditure") -> list[str]:
    """The prints of the budget lines of a table."""
    lines: list[BudgetLine] = document.records[BudgetLine]
    return [line.amount_text for line in lines if line.table_key == key]


def titles(document: ParsedDocument) -> list[tuple[str, str | None]]:
    tables: list[PrintedTable] = document.records[PrintedTable]
    return [(table.title, table.table_key) for table in tables]


@pytest.mark.parametrize("name", FORMATS)
def test_a_header_below_rows_begins_a_table(name: str) -> None:
    bought = "项目名称|采购数量|单价|金额|备注\n电脑|5|0.60|3.00|急需"
    document = parsed([*HEAD, grid(EXPENDITURE) + grid(bought)], name)
    assert amounts(document) == OWN
    assert titles(document) == [("支出预算总表", "expenditure"), ("", None)]
    assert len(document.troubles) == 1
    cells: list[PrintedCell] = document.records[PrintedCell]
    assert {cell.text for cell in cells} >= {"电脑", "5", "0.60", "3.00"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_title_in_a_row_of_its_own_begins_a_table_with_its_own_unit(name: str) -> None:
    second: Grid = [
        [Cell("收入预算总表", 5, 1)],
        [Cell("单位：元", 5, 1)],
        *grid("科目编码|科目名称|合计|一般公共预算|其他收入\n201|一般公共服务支出|100000.00|100000.00| "),
    ]  # fmt: skip
    document = parsed([*HEAD, grid(EXPENDITURE) + second], name)
    assert amounts(document) == OWN
    lines: list[BudgetLine] = document.records[BudgetLine]
    assert {str(x.amount_yuan) for x in lines if x.table_key == "revenue"} == {"100000.00"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_form_below_a_table_is_none_of_its_rows(name: str) -> None:
    form: Grid = [
        [Cell("项目支出绩效自评表", 5, 1)],
        [Cell("项目名称"), Cell("河道"), Cell("主管部门"), Cell("水务局", 2, 1)],
        *grid("年初预算数|全年预算数|全年执行数|分值|得分\n10.00|10.00|9.00|10|9"),
    ]
    assert amounts(parsed([*HEAD, grid(EXPENDITURE) + form], name)) == OWN


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=6, deadline=None)
@given(pages=st.integers(1, 3), depth=st.integers(1, 2))
def test_a_header_that_each_page_repeats_begins_none(name: str, pages: int, depth: int) -> None:
    header: Grid = grid("科目编码|科目名称|合计|基本支出|项目支出")
    if depth == 2:
        header = [
            [Cell("科目", 2, 1), Cell("合计", 1, 2), Cell("其中", 2, 1)],
            *grid("科目编码|科目名称|基本支出|项目支出"),
        ]
    rows: Grid = []
    for page in range(pages):
        rows += header + grid(f"20{page + 1}|甲{page}支出|{page}1.00|{page}2.00|{page}3.00")
    document = parsed([*HEAD, rows], name)
    assert titles(document) == [("支出预算总表", "expenditure")]
    assert amounts(document) == [f"{page}{n}.00" for page in range(pages) for n in (1, 2, 3)]
    assert document.troubles == []

"""Tables of text whose cells are kept apart by tabs or Markdown, one phenomenon a test."""

from __future__ import annotations

from itertools import groupby

from jcdata.documents.sections import find_furniture, find_sections
from jcdata.tables.budget_lines import Tables, read_tables
from jcdata.tables.grids import find_grids
from tests.making.documents import document


def read(title: str, text: str) -> Tables:
    doc = document(f"{title}\n单位：万元\n{text}")
    furniture = find_furniture(doc)
    return read_tables("a", find_sections(doc, furniture), None, None, find_grids(doc, furniture))


def rows(tables: Tables) -> list[tuple[str, str, str, dict[str, str]]]:
    """Side, code, name and figures of each row with figures."""
    return [
        (*row[1:], {line.measure: line.amount_text for line in lines})
        for row, lines in groupby(
            tables.budget_lines, lambda x: (x.row_no, x.side, x.item_code, x.item_name)
        )
    ]


def test_columns_are_told_by_a_header_of_two_rows() -> None:
    text = "项目\t\t本年收入\t\t\t\t\t\t上年结转\n科目编码\t科目名称\t合计\t一般公共预算\t政府性基金\t国有资本经营预算\t财政专户管理资金\t单位资金\t\n合计\t\t9.00\t9.00\t\t\t\t\t4.00\n208\t甲支出\t\t\t\t\t\t\t4.00"
    assert rows(read("预算收入总表", text)) == [
        ("", "", "合计", {"total": "9.00", "general_public": "9.00", "carry_over": "4.00"}),
        ("", "208", "甲支出", {"carry_over": "4.00"}),
    ]


BALANCE = "收入\t\t支出\t\t\t\t\n项目\t金额\t项目\t金额\t\t\t\n\t\t\t小计\t一般公共预算\t政府性基金预算\t国有资本经营预算\n"


def test_a_header_repeated_by_a_page_break_is_no_row() -> None:
    text = (
        BALANCE
        + "一、一般公共预算\t5.00\t一、甲支出\t5.00\t5.00\t\t\n\n"
        + BALANCE
        + "收入总计\t5.00\t支出总计\t5.00\t5.00\t\t"
    )
    found = rows(read("财政拨款收支总表", text))
    assert [(side, name) for side, _, name, _ in found] == [
        ("revenue", "一般公共预算"), ("expenditure", "甲支出"), ("revenue", "收入总计"), ("expenditure", "支出总计"),
    ]  # fmt: skip


def test_a_shared_total_names_both_sides() -> None:
    text = "国有资本经营预算收入\t\t国有资本经营预算支出\t\t\t\t\t\n项目\t\t国有资本经营收入预算\t科目编码\t科目名称\t合计\t基本支出\t项目支出\n收入科目编码\t科目名称\t\t\t\t\t\t\n合计\t\t1.00\t\t\t1.00\t\t1.00\n1030601\t利润\t1.00\t223\t乙支出\t1.00\t\t1.00"
    assert rows(read("国有资本经营预算收支预算表", text)) == [
        ("revenue", "", "合计", {"total": "1.00"}),
        ("expenditure", "", "合计", {"total": "1.00", "project": "1.00"}),
        ("revenue", "1030601", "利润", {"total": "1.00"}),
        ("expenditure", "223", "乙支出", {"total": "1.00", "project": "1.00"}),
    ]


def test_white_space_inside_header_cells_and_a_row_of_column_numbers() -> None:
    text = "项目名称\t合计\t2025年财政拨款\t\t\t财政专户管理 资金\t单位资金\n\t\t一般公共预算\t政府性 基金预 算\t国有资本经营 预算\t\t\n1\t2\t3\t4\t5\t6\t7\n甲项目\t6.00\t5.00\t\t\t\t1.00"
    assert rows(read("项目支出预算表（本年预算）", text)) == [
        ("", "", "甲项目", {"total": "6.00", "general_public": "5.00", "unit_funds": "1.00"})
    ]


def test_a_figure_without_a_column_is_reported() -> None:
    text = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t甲支出\t1.00\t1.00\t\t7.77"
    tables = read("预算支出总表", text)
    assert rows(tables)[0][3] == {"total": "1.00", "basic": "1.00", "other": "7.77"}
    assert [(fault.line_no, "column 6" in fault.reason.en) for fault in tables.faults] == [
        (3, True)
    ]


def test_a_markdown_table() -> None:
    text = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| --- | --- | ---: | ---: | ---: |\n| 201 | 甲支出 | 3.00 | 1.00 | 2.00 |"
    assert rows(read("预算支出总表", text)) == [
        ("", "201", "甲支出", {"total": "3.00", "basic": "1.00", "project": "2.00"})
    ]


def test_a_row_with_an_amount_is_no_caption_whatever_it_begins_with() -> None:
    text = (
        BALANCE
        + "单位：某某市水务站\t5.00\t一、甲支出\t5.00\t5.00\t\t\n"
        + "收入总计\t5.00\t支出总计\t5.00\t5.00\t\t\n注：本表无数据\t"
    )
    found = rows(read("财政拨款收支总表", text))
    assert [name for side, _, name, _ in found if side == "revenue"] == [
        "单位：某某市水务站", "收入总计",
    ]  # fmt: skip

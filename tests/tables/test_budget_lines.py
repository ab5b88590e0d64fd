"""From printed rows to budget lines, the crosswalk and projects."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jcdata.documents.metadata import describe
from jcdata.documents.sections import find_furniture, find_sections
from jcdata.tables.budget_lines import Tables, read_tables
from jcdata.tables.grids import find_grids
from tests.making.documents import document

CAPTION = "单位名称：某某市水务局\n单位：万元\n"


def read(text: str) -> Tables:
    doc = document(text)
    furniture = find_furniture(doc)
    sections = find_sections(doc, furniture)
    record = describe(doc, sections, furniture).record
    grids = find_grids(doc, furniture)
    return read_tables(record.document_id, sections, record.unit_name, record.source_unit, grids)


EXPENDITURE = "2031年预算支出总表\n" + CAPTION + "科目编码 科目名称 合计 基本支出 项目支出\n"


def test_levels_totals_and_amounts_in_yuan() -> None:
    lines = read(
        EXPENDITURE
        + "合计 5.50 5.50  \n208 甲支出 5.50 5.50  \n20805 乙 5.50 5.50  \n2080505 丙 5.50 5.50  "
    ).budget_lines
    assert [(x.item_code, x.item_level, x.is_total) for x in lines if x.measure == "total"] == [
        ("", None, True), ("208", 1, False), ("20805", 2, False), ("2080505", 3, False),
    ]  # fmt: skip
    assert {x.amount_yuan for x in lines} == {Decimal("55000.00")}
    assert {x.amount_text for x in lines} == {"5.50"}


def test_a_table_in_yuan_is_read_in_its_own_unit() -> None:
    text = (
        EXPENDITURE
        + "合计 5.50 5.50  \n2031年预算收入总表\n单位：元\n科目编码 科目名称 合计 一般公共预算\n合计 55,000.00 55,000.00  "
    )
    totals = [x for x in read(text).budget_lines if x.measure == "total"]
    assert {x.table_no: (x.amount_text, x.amount_yuan) for x in totals} == {
        3: ("5.50", Decimal("55000.00")), 2: ("55,000.00", Decimal("55000.00")),
    }  # fmt: skip


def test_a_table_without_a_unit_of_its_own_is_in_the_document_s() -> None:
    text = (
        "2031年预算收入总表\n科目编码 科目名称 合计 一般公共预算\n合计 5.50 5.50\n"
        + EXPENDITURE
        + "合计 5.50 5.50  "
    )
    assert {x.amount_yuan for x in read(text).budget_lines} == {Decimal("55000.00")}


def test_figures_without_any_unit_are_reported() -> None:
    read_ = read("2031年预算收入总表\n科目编码 科目名称 合计 一般公共预算\n合计 5.50 5.50  ")
    assert read_.budget_lines == []
    assert [(f.line_no, f.text, "no unit of money" in str(f.reason)) for f in read_.faults] == [
        (3, "5.50", True)
    ]


def test_a_table_without_cells_among_others_that_have_them() -> None:
    tabbed = "2031年预算收入总表\n单位：万元\n科目编码\t科目名称\t合计\t一般公共预算\n\t合计\t5.50\t5.50\n"
    lines = read(tabbed + EXPENDITURE + "合计 5.50 5.50  ").budget_lines
    assert [(x.table_key, x.measure) for x in lines] == [
        ("revenue", "total"), ("revenue", "general_public"), ("expenditure", "total"), ("expenditure", "basic"),
    ]  # fmt: skip


def test_every_statutory_table_has_a_row_of_its_own() -> None:
    occurrences = read(
        EXPENDITURE
        + "合计 5.50 5.50  \n2031年政府性基金预算支出表\n单位：万元\n科目编码 科目名称 合计\n合计   \n注：本表无数据"
    ).occurrences
    assert [o.table_no for o in occurrences] == list(range(1, 14))
    assert {o.table_no: o.status for o in occurrences if o.status != "missing"} == {
        3: "found",
        8: "declared_empty",
    }
    assert [(o.first_line, o.last_line) for o in occurrences if o.table_no == 3] == [(1, 5)]


def test_a_figure_that_cannot_be_read_is_reported_and_the_others_are_kept() -> None:
    read_ = read(
        EXPENDITURE + "合计 5.50 5.50  \n201 甲支出 1,23.00 1.00  \n202 乙支出 4.50 4.50  "
    )
    assert ("202", Decimal("45000.00")) in [
        (x.item_code, x.amount_yuan) for x in read_.budget_lines
    ]
    assert [(f.line_no, "1,23.00" in f.text + f.reason.en) for f in read_.faults] == [(6, True)]


def test_a_title_without_a_table_is_reported() -> None:
    faults = read(
        EXPENDITURE + "合计 5.50 5.50  \n2031年预算收入总表\n第三部分 情况说明\n一、收支情况\n甲。"
    ).faults
    assert [(f.line_no, f.text, f.reason.en) for f in faults] == [
        (6, "2031年预算收入总表", "a title without its table")
    ]


def test_a_balance_that_ends_early_is_reported() -> None:
    text = (
        "2031年预算收支总表\n"
        + CAPTION
        + "收入 支出\n项目 2031年 项目 2031年合计 当年预算安排\n上年结转安排\n一、一般公共预算 5.00一、甲支出 5.00 5.00  "
    )
    assert [(f.line_no, "支出总计" in f.reason.en) for f in read(text).faults] == [(7, True)]
    assert read(text + "\n收入总计 5.00支出总计 5.00 5.00  ").faults == []


def test_a_second_table_of_a_kind_is_reported_and_not_mixed_in() -> None:
    read_ = read(
        EXPENDITURE
        + "合计 5.50 5.50  \n2031年度部门支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 7.00 7.00  "
    )
    assert {x.amount_text for x in read_.budget_lines} == {"5.50"}
    assert [(f.line_no, "second table" in f.reason.en) for f in read_.faults] == [(6, True)]


PROJECTS = (
    "2031年项目支出预算表（本年预算）\n"
    + CAPTION
    + "项目名称 合计 一般公共预算 政府性基金 国有资本经营预算 财政专户管理资金 单位资金\n1 2 3 4 5 6 7\n"
)


def test_rows_of_units_above_their_projects_are_totals_and_no_projects() -> None:
    read_ = read(
        PROJECTS
        + "某某市水务局 9.00 9.00     \n某某市水库管理中心 4.00 4.00     \n　　甲项目 4.00 4.00     \n某某市水文站 5.00 5.00     \n　　乙项目 2.00 2.00     \n　　丙项目 3.00 3.00     "
    )
    assert [(x.item_name, x.is_total) for x in read_.budget_lines if x.measure == "total"] == [
        ("某某市水务局", True), ("某某市水库管理中心", True), ("甲项目", False), ("某某市水文站", True), ("乙项目", False), ("丙项目", False),
    ]  # fmt: skip
    assert [(p.project_no, p.project_name, p.funding, p.amount_yuan) for p in read_.projects] == [
        (1, "甲项目", "current_year", Decimal("40000.00")),
        (2, "乙项目", "current_year", Decimal("20000.00")),
        (3, "丙项目", "current_year", Decimal("30000.00")),
    ]


def test_a_unit_above_its_projects_is_a_total_in_wan_of_four_decimals_too() -> None:
    read_ = read(
        PROJECTS
        + "某某市水文站 5.0001 5.0001     \n　　乙项目 2.0000 2.0000     \n　　丙项目 3.0001 3.0001     "
    )
    assert [p.project_name for p in read_.projects] == ["乙项目", "丙项目"]


def test_rows_of_units_above_their_functional_items_are_totals() -> None:
    text = (
        "2031年预算支出总表\n"
        + CAPTION
        + "单位编码\t单位名称\t科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "\t\t合计\t\t9.00\t9.00\t\n101001\t某某市水务局本级\t\t\t4.00\t4.00\t\n101001\t某某市水务局本级\t213\t农林水支出\t4.00\t4.00\t\n"
        "101002\t某某市水文站\t\t\t5.00\t5.00\t\n101002\t某某市水文站\t213\t农林水支出\t5.00\t5.00\t"
    )
    lines = [x for x in read(text).budget_lines if x.measure == "total"]
    assert [(x.item_code, x.item_name, x.is_total) for x in lines] == [
        ("", "合计", True), ("", "某某市水务局本级", True), ("213", "农林水支出", False), ("", "某某市水文站", True), ("213", "农林水支出", False),
    ]  # fmt: skip
    assert read(text).faults == []


def test_a_project_named_like_an_organisation_stays_a_project() -> None:
    read_ = read(
        PROJECTS
        + "　　应急指挥中心 4.00 4.00     \n　　乙项目 2.00 2.00     \n　　丙项目 3.00 3.00     "
    )
    assert [p.project_name for p in read_.projects] == ["应急指挥中心", "乙项目", "丙项目"]


def test_a_project_that_costs_as_much_as_the_next_ones_together_stays_a_project() -> None:
    read_ = read(
        PROJECTS + "　　甲项目 5.00 5.00     \n　　乙项目 2.00 2.00     \n　　丙项目 3.00 3.00     "
    )
    assert [p.project_name for p in read_.projects] == ["甲项目", "乙项目", "丙项目"]


def test_among_items_with_codes_only_units_without_one_are_totals() -> None:
    text = (
        "2031年预算支出总表\n" + CAPTION + "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "\t某某市水文站\t5.00\t5.00\t\n\t其他事项\t4.00\t4.00\t\n2130301\t某某市水库管理中心\t1.00\t1.00\t"
    )
    lines = [x for x in read(text).budget_lines if x.measure == "total"]
    assert [(x.item_name, x.is_total) for x in lines] == [
        ("某某市水文站", True), ("其他事项", False), ("某某市水库管理中心", False),
    ]  # fmt: skip


def test_what_stands_last_sums_up_nothing_whatever_its_name() -> None:
    read_ = read(PROJECTS + "　　乙项目 2.00 2.00     \n　　应急指挥中心 4.00 4.00     ")
    assert [p.project_name for p in read_.projects] == ["乙项目", "应急指挥中心"]


def test_a_colon_behind_a_name_is_no_part_of_it() -> None:
    text = (
        "一般公共预算财政拨款基本支出决算表\n单位：万元\n| 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |\n"
        "| 301 | 工资福利支出 | 7.00 | 302 | 商品和服务支出 | 2.00 |\n| 30101 | 基本工资 | 7.00 | 30201 | 办公费 | 2.00 |\n"
        "| 人员经费合计： | | 7.00 | 公用经费合计 | | 2.00 |\n"
    )
    lines = read(text).budget_lines
    assert [x.item_name for x in lines if x.is_total] == ["人员经费合计", "公用经费合计"]


def test_the_crosswalk_of_economic_items() -> None:
    text = (
        "2031年一般公共预算安排基本支出分经济科目表\n"
        + CAPTION
        + "部门预算支出经济科目名称\n政府预算支出经济科目名称\n2031年预算数\n合计 人员经费 公用经费\n合计 5.00 5.00  \n工资福利支出  5.00 5.00  \n基本工资 工资奖金津补贴 5.00 5.00  "
    )
    assert [
        (x.departmental_item, x.governmental_item, x.line_no) for x in read(text).crosswalk
    ] == [("基本工资", "工资奖金津补贴", 10)]


def test_a_header_that_fits_no_template_is_reported_once_with_the_nearest() -> None:
    read_ = read(
        "2031年预算支出总表\n"
        + CAPTION
        + "序号 事由 甲类 乙类 丙类\n201 甲支出 5.50 5.50  \n202 乙支出 5.50 5.50  "
    )
    assert read_.budget_lines == []
    assert [
        (f.line_no, "expenditure of" in f.reason.en, "基本支出" in f.reason.en)
        for f in read_.faults
    ] == [(1, True, True)]


def test_a_heading_that_the_template_lacks_is_named_once_and_not_said_to_be_missing() -> None:
    header = "科目编码 科目名称 合计 基本支出 项目支出 经营支出\n"
    read_ = read("2031年预算支出总表\n单位：万元\n" + header + "201 甲支出 5.50 3.30 1.10 1.10")
    assert read_.budget_lines == []
    assert [f.reason.en.partition(", ")[2] for f in read_.faults] == ["with 经营支出 besides"]


@pytest.mark.parametrize("unit", ["万元", "元"])
def test_a_table_in_text_that_goes_on_in_another_unit_of_money_keeps_it(unit: str) -> None:
    head = f"2031年预算支出总表（续）\n单位：{unit}\n科目编码 科目名称 合计 基本支出 项目支出\n"
    read_ = read(EXPENDITURE + "208 甲支出 5.50 5.50  \n" + head + "210 乙支出 7.00 7.00  ")
    amounts = {int(x.amount_yuan) for x in read_.budget_lines}
    assert amounts == {55_000, 70_000 if unit == "万元" else 7}
    assert read_.faults == []

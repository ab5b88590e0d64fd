"""Columns that could be taken for others: codes beside codes, counts beside amounts, years and groups beside each other."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jcdata.tables import columns
from jcdata.tables.column_cells import cells_in
from jcdata.tables.grids import Grid
from tests.tables.test_meaning import figures, read, table


def test_the_government_s_economic_items_beside_the_department_s() -> None:
    tables = read(
        table(
            "一般公共预算基本支出表",
            "部门预算支出经济分类科目 | | 政府预算支出经济分类科目 | | 2034年预算数 | | ",
            "科目编码 | 科目名称 | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费",
            "合计 | | | | 80.00 | 80.00 | ",
            "301 | 工资福利支出 | 501 | 机关工资福利支出 | 80.00 | 80.00 | ",
        )
    )
    assert figures(tables)[2:] == [
        ("", "301", "工资福利支出", "total", "80.00"),
        ("", "301", "工资福利支出", "personnel", "80.00"),
    ]
    assert [(x.departmental_item, x.governmental_item) for x in tables.crosswalk] == [
        ("工资福利支出", "机关工资福利支出")
    ]


def test_the_government_s_economic_items_of_several_units_are_numbered_through() -> None:
    tables = read(
        "".join(
            table(
                f"{unit}2034年一般公共预算基本支出表",
                "部门预算支出经济分类科目 | | 政府预算支出经济分类科目 | | 合计",
                "科目编码 | 科目名称 | 科目编码 | 科目名称 | ",
                "301 | 工资福利支出 | 501 | 机关工资福利支出 | 80.00",
            )
            for unit in ("某某市水务局", "某某市水务站")
        )
    )
    numbers = [line.row_no for line in tables.budget_lines]
    assert numbers == [1, 2] and [item.row_no for item in tables.crosswalk] == numbers


def test_a_table_of_economic_items_that_names_functions_too() -> None:
    tables = read(
        table(
            "一般公共预算基本支出表",
            "功能科目编码 | 功能科目名称 | 部门经济科目编码 | 部门经济科目名称 | 政府经济科目编码 | 政府经济科目名称 | 合计",
            "2130301 | 行政运行 | 30101 | 基本工资 | 50101 | 工资奖金津补贴 | 50.00",
        )
    )
    assert figures(tables) == [("", "30101", "基本工资", "total", "50.00")]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("采购数量", "5"), ("数量（台）", "5"), ("单价", "0.60"), ("房屋（平方米）", "300"), ("车辆（台、辆）", "5"), ("占比%", "50.00"), ("百分比", "11.11")],
)  # fmt: skip
def test_what_is_counted_is_no_money(heading: str, cell: str) -> None:
    tables = read(
        table(
            "政府采购预算表",
            f"项目名称 | {heading} | 规格 | 金额",
            f"台式计算机 | {cell} | 台 | 3.00",
        )
    )
    assert figures(tables) == [("", "", "台式计算机", "total", "3.00")]
    assert tables.faults == []
    assert [c.amount_yuan for c in tables.printed_cells if c.text == cell] == [None]


def test_rows_that_count_things_below_rows_of_money() -> None:
    tables = read(
        table(
            "“三公”经费支出决算表",
            "项目 | 行次 | 预算数 | 决算数",
            "栏次 | | 1 | 2",
            "（一）支出合计 | 2 | 9.00 | 8.00",
            "1．因公出国（境）团组数（个） | 9 | — | 1",
            "2．公务用车保有量（辆） | 10 | — | 3",
        )
    )
    assert [(x.item_name, x.measure, x.amount_text) for x in tables.budget_lines] == [
        ("支出合计", "budgeted", "9.00"), ("支出合计", "total", "8.00"),
    ]  # fmt: skip
    assert {c.amount_yuan for c in tables.printed_cells if c.text in "13"} == {None}


@pytest.mark.parametrize(
    ("title", "name", "amount", "is_money"),
    [
        ("国有资产占用情况表", "公务用车（辆）", "3", False),
        ("国有资产占用情况表", "房屋面积（平方米）", "1,300.50", False),
        ("国有资产占用情况表", "公务用车（辆）", "36.50", True),
        ("“三公”经费支出决算表", "公务用车购置（辆）", "36.50", True),
        ("项目支出表", "购置公务用车（2辆）", "36", True),
        ("项目支出表", "公务用车（辆）", "36", True),
        ("政府采购预算表", "扩大办公用房面积", "36", True),
    ],
)  # fmt: skip
def test_a_row_counts_things_only_where_there_are_some_and_they_are_whole(
    title: str, name: str, amount: str, is_money: bool
) -> None:
    tables = read(table(title, "项目名称 | 备注 | 金额", "甲项目 | | 9.00", f"{name} | | {amount}"))
    assert [x.amount_text for x in tables.budget_lines] == ["9.00", *([amount] * is_money)]
    (cell,) = (cell for cell in tables.printed_cells if cell.text == amount)
    assert (cell.amount_yuan is not None) == is_money


@pytest.mark.parametrize(
    "index", ["甲 | 乙 | 1 | 2", "栏次 | | 1 | 2", "** | ** | 1 | 2", "1 | 2 | 3=4+5 | 4", "（1） | （2） | （3） | （4）"]
)  # fmt: skip
def test_a_row_that_counts_the_columns_is_no_row(index: str) -> None:
    tables = read(
        table("收入决算表", "科目编码 | 科目名称 | 合计 | 财政拨款收入", index, "201 | 甲支出 | 10.00 | 9.00")
    )  # fmt: skip
    assert figures(tables) == [
        ("", "201", "甲支出", "total", "10.00"),
        ("", "201", "甲支出", "fiscal_appropriation", "9.00"),
    ]


def test_sources_of_what_was_carried_over_are_not_this_year_s() -> None:
    tables = read(
        table(
            "部门收入总表",
            "科目编码 | 科目名称 | 合计 | 本年收入 | | 上年结转 | ",
            " | | | 小计 | 一般公共预算 | 小计 | 一般公共预算",
            "213 | 农林水支出 | 50.00 | 48.00 | 48.00 | 2.00 | 2.00",
        )
    )
    assert [(x.measure, x.amount_text) for x in tables.budget_lines] == [
        ("total", "50.00"), ("current_revenue", "48.00"), ("general_public", "48.00"), ("carry_over", "2.00"),
        ("other", "2.00"),
    ]  # fmt: skip
    assert not tables.faults  # whose the carried-over money is says its heading


def test_of_columns_that_nothing_tells_apart_one_is_taken_and_all_stay_as_printed() -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计 | 合计 | 合计 | | ", "201 | 甲支出 | 6.00 | 2.00 | 4.00 | 3.00 | 1.00")
    )  # fmt: skip
    assert [(x.measure, x.heading, x.amount_text) for x in tables.budget_lines] == [
        ("total", "合计", "6.00"), ("other", "合计", "2.00"), ("other", "", "3.00"),
    ]  # fmt: skip
    assert [c.text for c in tables.printed_cells if c.amount_yuan is not None] == [
        "6.00",
        "2.00",
        "4.00",
        "3.00",
        "1.00",
    ]
    assert "合计; 合计; column 6 without one; column 7 without one" in tables.faults[0].reason.en


@pytest.mark.parametrize("headings", ["合计 | ", " | 合计", "合计 | 合计"])
def test_two_halves_of_a_column_measure_the_same(headings: str) -> None:
    """As where figures of some rows stand further to the right."""
    tables = read(
        table(
            "一般公共预算支出表",
            f"科目编码 | 科目名称 | {headings} | 基本支出",
            "201 | 甲支出 | 6.00 | | 6.00",
            "20101 | 乙事务 | | 6.00 | 6.00",
            "2010101 | 丙运行 | | 6.00 | 6.00",
        )
    )
    assert not tables.faults
    assert [(x.item_code, x.amount_text) for x in tables.budget_lines if x.measure == "total"] == [
        ("201", "6.00"), ("20101", "6.00"), ("2010101", "6.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("cells", [("5.00", "1.00"), ("5.00", "")])
def test_a_column_without_heading_takes_no_meaning_from_one_that_has_it(
    cells: tuple[str, str],
) -> None:
    tables = read(
        table(
            "一般公共预算支出表",
            "科目编码 | 科目名称 | | 2034年预算数 | ",
            " | | | 小计 | 基本支出",
            f"201 | 甲支出 | {cells[0]} | 6.00 | 6.00",
            f"20101 | 乙事务 | {cells[1]} | 6.00 | 6.00",
        )
    )
    found = [(x.measure, x.amount_text) for x in tables.budget_lines if x.item_code == "201"]
    assert found == [("other", "5.00"), ("total", "6.00"), ("basic", "6.00")]
    (fault,) = tables.faults
    assert "column 3 without one" in fault.reason.en


@pytest.mark.parametrize(
    ("headings", "measures"),
    [
        ("上年结转 | 使用非财政拨款结余", ["carry_over", "non_appropriation_surplus_used"]),
        ("使用非财政拨款结余 | 上年结转", ["non_appropriation_surplus_used", "carry_over"]),
        ("用事业基金弥补收支差额 | 上年结转结余", ["non_appropriation_surplus_used", "carry_over"]),
        ("使用非财政拨款结余（含专用结余） | 其他收入", ["non_appropriation_surplus_used", "other_revenue"]),
        ("使用上年结余 | 其他收入", ["carry_over", "other_revenue"]),
        ("上年结转和使用非财政拨款结余 | 其他收入", ["carry_over", "other_revenue"]),
    ],
)  # fmt: skip
def test_the_unit_s_own_surplus_is_not_what_was_carried_over(
    headings: str, measures: list[str]
) -> None:
    tables = read(
        table(
            "部门收入总表",
            f"科目编码 | 科目名称 | 合计 | 一般公共预算 | {headings}",
            "201 | 甲支出 | 9.00 | 6.00 | 2.00 | 1.00",
        )
    )
    assert [x.measure for x in tables.budget_lines] == ["total", "general_public", *measures]
    assert not tables.faults


@pytest.mark.parametrize(
    ("name", "is_reported"),
    [
        ("甲支出81.500.00", True), ("合计3,124.802,303.30", True), ("设备购置（2.50吨）", False), ("租金2034.05", False),
        ("640,279.67二、社会保障支出", True), ("甲支出12,640,279.67乙支出", True), ("24.31一、教育支出", True),
        ("6.30（一）教育支出", True), ("1,250.50平方米用房租金", False), ("购买1,250.00万元服务", False), ("2.50公里道路", False),
    ],
)  # fmt: skip
def test_an_amount_that_touches_a_name_is_reported(name: str, is_reported: bool) -> None:
    tables = read(
        table(
            "支出预算总表", "科目编码 | 科目名称 | 合计 | 基本支出", f"201 | {name} | 6.00 | 2.00"
        )
    )
    assert [name in fault.text for fault in tables.faults] == [True] * is_reported
    assert {(line.item_code, line.item_name) for line in tables.budget_lines} == {("201", name)}


def test_the_first_digits_of_an_amount_are_no_code_of_the_name_behind_it() -> None:
    tables = read(
        table("支出预算总表", "科目名称 | 合计", "640,279.67社会保障支出 | 6.00", "201教育 | 2.00")
    )
    assert {line.item_code for line in tables.budget_lines} == {"", "201"}


def test_a_part_that_is_named_is_understood_below_what_it_is_a_part_of() -> None:
    tables = read(
        table(
            "部门收入总表",
            "科目编码 | 科目名称 | 合计 | 一般公共预算 | 事业收入 | ",
            " | | | | 金额 | 其中：教育收费",
            "205 | 教育支出 | 9.00 | 6.00 | 3.00 | 1.00",
        )
    )
    assert [(x.measure, x.amount_text) for x in tables.budget_lines] == [
        ("total", "9.00"), ("general_public", "6.00"), ("business_revenue", "3.00"), ("other", "1.00"),
    ]  # fmt: skip
    assert not tables.faults


@pytest.mark.parametrize(
    ("title", "heading", "measure"),
    [
        ("一般公共预算财政拨款支出决算表", "本年支出", "total"),
        ("部门收入总表", "专户资金", "special_account"),
        ("部门收入总表", "单位其他收入", "other_revenue"),
    ],
)
def test_what_columns_are_called(title: str, heading: str, measure: str) -> None:
    tables = read(
        table(title, f"科目编码 | 科目名称 | {heading} | 基本支出", "205 | 教育支出 | 9.00 | 6.00")
    )
    assert [x.measure for x in tables.budget_lines] == [measure, "basic"]


@pytest.mark.parametrize(
    ("headings", "measures"),
    [
        ("年初预算数 | 全年预算数 | 决算数", ["budgeted", "adjusted_budget", "total"]),
        ("年初预算数 | 调整预算数 | 决算数", ["budgeted", "adjusted_budget", "total"]),
        ("全年预算数 | 决算数", ["budgeted", "total"]),  # the only one
    ],
)
def test_what_a_budget_was_adjusted_to(headings: str, measures: list[str]) -> None:
    amounts = " | ".join(f"{number}.00" for number in range(3, 3 + len(measures)))
    tables = read(
        table(
            "“三公”经费支出决算表",
            f"项目 | {headings}",
            f"公务接待费 | {amounts}",
            f"合计 | {amounts}",
        )
    )
    assert [x.measure for x in tables.budget_lines if x.is_total] == measures
    assert not tables.faults


@pytest.mark.parametrize(
    ("title", "cells", "is_known"),
    [
        ("部门预算基本支出预算表", ("8.00", "1.00"), False),
        ("部门预算基本支出预算表", ("9.00", "0.00"), True),
        ("一般公共预算基本支出预算表", ("8.00", "1.00"), True),
    ],
)
def test_basic_expenditure_of_several_funds_is_not_that_of_one(
    title: str, cells: tuple[str, str], is_known: bool
) -> None:
    tables = read(
        table(
            title,
            "科目编码 | 科目名称 | 总计 | 一般公共预算 | 财政专户拨款",
            f"301 | 工资福利支出 | 9.00 | {cells[0]} | {cells[1]}",
        )
    )
    assert {x.table_key for x in tables.budget_lines} == (
        {"general_public_basic_expenditure"} if is_known else set()
    )
    assert [fault.reason.en for fault in tables.faults] == (
        [] if is_known else ["basic expenditure of several funds, which no statutory table has"]
    )


def test_operating_expenses_in_a_row_of_another_table_are_of_their_own() -> None:
    tables = read(
        table(
            "“三公”经费及机关运行经费支出决算表",
            "项目 | 年初预算数 | 决算数",
            "“三公”经费合计 | 12.00 | 4.42",
            "1.因公出国（境）费 | 0.00 | 0.00",
            "3.公务接待费 | 12.00 | 4.42",
            "机关运行经费 | | 188.40",
        )
    )
    assert {x.item_name: x.table_key for x in tables.budget_lines} == {
        "“三公”经费合计": "three_public_expenses",
        "因公出国（境）费": "three_public_expenses",
        "公务接待费": "three_public_expenses",
        "机关运行经费": "agency_operating_expenses",
    }


def test_a_column_of_a_level_has_codes_whatever_stands_in_a_cell_of_it() -> None:
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | | | 科目名称 | 合计",
            "类 | 款 | 项 | |",
            "201 | | | 一般公共服务支出 | 9.00",
            "201 | 03 | | 政府办公厅及相关机构事务 | 9.00",
            "201 | 03 | 01 | 行政运行 | 5.00",
            "201 | 03机关 | 02 | 一般行政管理事务 | 4.00",
        )
    )
    assert [(x.item_code, x.item_name) for x in tables.budget_lines] == [
        ("201", "一般公共服务支出"), ("20103", "政府办公厅及相关机构事务"), ("2010301", "行政运行"), ("", "一般行政管理事务"),
    ]  # fmt: skip
    (fault,) = tables.faults
    assert (fault.text, fault.reason.en) == ("03机关", "words in the column 科目编码/款 of codes")


@pytest.mark.parametrize("total", ["合计 | | | | |", "| 合计 | | | |"])
def test_an_empty_column_between_codes_does_not_part_them(total: str) -> None:
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | | | | 科目名称 | 合计",
            "类 | | 款 | 项 | |",
            "201 | | | | 一般公共服务支出 | 9.00",
            "201 | | 03 | | 政府办公厅及相关机构事务 | 9.00",
            "201 | | 03 | 01 | 行政运行 | 9.00",
            f"{total} 9.00",
        )
    )
    assert [(x.item_code, x.item_name) for x in tables.budget_lines] == [
        ("201", "一般公共服务支出"), ("20103", "政府办公厅及相关机构事务"), ("2010301", "行政运行"), ("", "合计"),
    ]  # fmt: skip
    assert not tables.faults


def test_a_cell_has_the_label_of_its_own_half_of_the_table() -> None:
    tables = read(
        table(
            "机构运行信息表",
            "项目 | 决算数 | 项目 | 决算数",
            "公务接待费 | 0.50 | 车辆数合计（辆） | 3",
            "会议费 | 0.70 | 机要通信用车 | 2",
            "培训费 | 0.80 | 单价100万元以上设备（台、套） | 1",
        )
    )
    amounts = [
        (c.label, c.text, c.amount_yuan is not None)
        for c in tables.printed_cells
        if c.column_no in (2, 4)
    ]
    assert amounts == [
        ("公务接待费", "0.50", True), ("车辆数合计（辆）", "3", False),
        ("会议费", "0.70", True), ("机要通信用车", "2", False),
        ("培训费", "0.80", True), ("单价100万元以上设备（台、套）", "1", False),
    ]  # fmt: skip


def test_last_year_s_parts_beside_this_year_s() -> None:
    tables = read(
        table(
            "一般公共预算支出表",
            "科目编码 | 科目名称 | 2033年预算数 | | 2034年预算数 | ",
            " | | 小计 | 基本支出 | 小计 | 基本支出",
            "213 | 农林水支出 | 90.00 | 80.00 | 100.00 | 85.00",
        )
    )
    assert [(x.measure, x.amount_text) for x in tables.budget_lines] == [
        ("prior_year_actual", "90.00"), ("other", "80.00"), ("total", "100.00"), ("basic", "85.00"),
    ]  # fmt: skip
    assert len(tables.faults) == 1


def test_money_carried_in_and_carried_forward() -> None:
    tables = read(
        table(
            "政府性基金预算财政拨款收入支出决算表",
            "科目代码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余",
            "212 | 城乡社区支出 | 1.00 | 50.00 | 48.00 | 3.00",
        )
    )
    found = {x.measure: x.amount_text for x in tables.budget_lines}
    assert (found["carry_over"], found["carried_forward"]) == ("1.00", "3.00")


HEADINGS = [
    "合计", "2034年预算数", "2033年预算数", "上年执行数", "年初预算数", "决算数", "基本支出", "项目支出", "一般公共预算",
    "政府性基金预算", "上年结转", "年末结转和结余", "其他收入", "人员经费", "公用经费", "增减额", "增减%", "机动甲乙", "数量", "备注",
]  # fmt: skip
GROUPS = ["", "本年收入", "上年结转", "2033年", "2034年", "其中", "支出"]
# What says by itself nothing of the money of a column, so that it is no named part of what was carried over either.
UNKNOWN_ALONE = ("机动甲乙", "年初预算数", "备注")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(GROUPS), st.sampled_from(HEADINGS)), min_size=1, max_size=7)
)
def test_no_two_figures_of_a_row_have_the_same_meaning_and_what_has_none_is_reported_once(
    headings: list[tuple[str, str]],
) -> None:
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | 科目名称 | " + " | ".join(group for group, _ in headings),
            " | | " + " | ".join(heading for _, heading in headings),
            *(
                f"{code} | 甲支出 | "
                + " | ".join(f"{row}{column}.00" for column in range(len(headings)))
                for row, code in enumerate(["201", "208"], start=1)
            ),
        )
    )
    known = Counter((x.item_code, x.measure) for x in tables.budget_lines if x.measure != "other")
    assert not known or max(known.values()) == 1
    unknown = {
        x.heading
        for x in tables.budget_lines
        if x.measure == "other"
        and (not x.heading.startswith("上年结转 / ") or x.heading.endswith(UNKNOWN_ALONE))
    }
    reports = [fault for fault in tables.faults if "not understood" in fault.reason.en]
    assert len(reports) == bool(unknown)
    assert all(heading.replace(" / ", "/") in reports[0].reason.en for heading in unknown)
    assert all(x.item_code and x.item_name for x in tables.budget_lines)


def test_each_of_many_empty_columns_is_looked_at_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at = Counter[int]()

    def counted(grid: Grid, number: int) -> list[str]:
        looked_at[number] += 1
        return cells_in(grid, number)

    monkeypatch.setattr(columns, "cells_in", counted)
    read(
        table(
            "支出预算总表",
            "科目编码 | 科目名称 | 合计" + " |" * 200,
            "201 | 甲支出 | 9.00" + " |" * 200,
        )
    )
    assert len(looked_at) > 200
    assert max(looked_at.values()) < 6


@pytest.mark.parametrize("fund", ["政府性基金预算", "单位资金", "事业收入"])
def test_the_spending_of_one_of_several_funds_is_not_that_of_all(fund: str) -> None:
    tables = read(
        table(
            "部门支出总表",
            f"科目编码 | 科目名称 | 合计 | 一般公共预算 | | | {fund} | ",
            " | | | 小计 | 基本支出 | 项目支出 | 小计 | 项目支出",
            "213 | 农林水支出 | 9.00 | 7.00 | 6.00 | 1.00 | 2.00 | 2.00",
        )
    )
    found = [(x.measure, x.amount_text) for x in tables.budget_lines]
    assert found[:4] == [
        ("total", "9.00"),
        ("general_public", "7.00"),
        ("other", "6.00"),
        ("other", "1.00"),
    ]
    assert found[5] == ("other", "2.00")
    assert tables.faults == []  # each heading says what it is


def test_whole_amounts_of_three_digits_are_no_codes() -> None:
    tables = read(
        table(
            "支出预算总表", "科目名称 | 机动甲乙 | 合计", "甲支出 | 100 | 300", "乙支出 | 200 | 400"
        )
    )
    assert {(x.item_code, x.heading, x.amount_text) for x in tables.budget_lines} == {
        ("", "机动甲乙", "100"), ("", "合计", "300"), ("", "机动甲乙", "200"), ("", "合计", "400"),
    }  # fmt: skip
    assert len(tables.faults) == 1


def test_what_was_spent_in_a_year_is_the_year_before_beside_a_total_without_a_year() -> None:
    tables = read(
        table(
            "2034年一般公共预算支出情况表",
            "科目编码 | 科目名称 | 2033年执行数 | 合计 | 基本支出 | 项目支出 | 增减额 | 增减%",
            "201 | 甲支出 | 8.00 | 9.00 | 5.00 | 4.00 | 1.00 | 12.50%",
        )
    )
    assert {x.measure: x.amount_text for x in tables.budget_lines} == {
        "prior_year_actual": "8.00", "total": "9.00", "basic": "5.00", "project": "4.00", "change": "1.00",
    }  # fmt: skip
    assert tables.faults == []


def test_a_column_half_of_whose_cells_are_unreadable_keeps_its_figures() -> None:
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | 科目名称 | 合计",
            "201 | 甲支出 | 5.50",
            "208 | 乙支出 | #REF!",
        )
    )
    assert [x.amount_text for x in tables.budget_lines] == ["5.50"]
    assert [fault.text for fault in tables.faults] == ["#REF!"]


def test_codes_of_lower_levels_in_a_column_of_their_own() -> None:
    tables = read(
        table(
            "支出决算表",
            "功能分类科目编码 | | 科目名称 | 本年支出合计 | 基本支出 | 项目支出",
            "合计 | | | 30.00 | 25.00 | 5.00",
            "201 | | 一般公共服务支出 | 5.00 | | 5.00",
            " | 20103 | 政府办公厅（室）及相关机构事务 | 5.00 | | 5.00",
            " | 2010302 | 一般行政管理事务 | 5.00 | | 5.00",
            "210 | | 卫生健康支出 | 25.00 | 25.00 | ",
            " | 21011 | 行政事业单位医疗 | 25.00 | 25.00 | ",
        )
    )
    rows = [
        (x.item_code, x.item_name, x.is_total) for x in tables.budget_lines if x.measure == "total"
    ]
    assert rows == [
        ("", "合计", True),
        ("201", "一般公共服务支出", False),
        ("20103", "政府办公厅（室）及相关机构事务", False),
        ("2010302", "一般行政管理事务", False),
        ("210", "卫生健康支出", False),
        ("21011", "行政事业单位医疗", False),
    ]


def test_a_part_of_a_code_that_is_printed_once_is_of_all_rows_below_it() -> None:
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | | | 科目名称 | 合计",
            "类 | 款 | 项 | |",
            "208 | | | 社会保障和就业支出 | 15.00",
            " | 05 | | 行政事业单位养老支出 | 9.00",
            " | | 05 | 机关事业单位基本养老保险缴费支出 | 6.00",
            " | | 06 | 机关事业单位职业年金缴费支出 | 3.00",
            " | 8 | 1 | 死亡抚恤 | 6.00",
            "221 | | | 住房保障支出 | 3.00",
            " | 02 | | 住房改革支出 | 3.00",
            "合计 | | | | 18.00",
        )
    )
    assert [(x.item_code, x.amount_text) for x in tables.budget_lines] == [
        ("208", "15.00"), ("20805", "9.00"), ("2080505", "6.00"), ("2080506", "3.00"), ("2080801", "6.00"), ("221", "3.00"),
        ("22102", "3.00"), ("", "18.00"),
    ]  # fmt: skip


def test_no_part_of_a_code_is_taken_from_above_a_total_or_from_another_class() -> None:
    tables = read(
        table(
            "一般公共预算基本支出表",
            "经济分类科目编码 | | 科目名称 | 合计",
            "301 | | 工资福利支出 | 5.00",
            " | 01 | 基本工资 | 5.00",
            "合计 | | | 5.00",
            " | 02 | 津贴补贴 | 1.00",
        )
    )
    assert [x.item_code for x in tables.budget_lines] == ["301", "30101", "", "02"]


def test_codes_of_lower_levels_in_columns_of_their_own_on_both_sides() -> None:
    tables = read(
        table(
            "一般公共预算财政拨款基本支出决算表",
            "经济分类科目编码 | | 科目名称 | 决算数 | 经济分类科目编码 | | 科目名称 | 决算数",
            "301 | | 工资福利支出 | 80.00 | 302 | | 商品和服务支出 | 20.00",
            " | 30101 | 基本工资 | 50.00 | | 30201 | 办公费 | 20.00",
            " | 30102 | 津贴补贴 | 30.00 | | 30202 | 印刷费 | ",
        )
    )
    assert figures(tables) == [
        ("", "301", "工资福利支出", "total", "80.00"),
        ("", "302", "商品和服务支出", "total", "20.00"),
        ("", "30101", "基本工资", "total", "50.00"),
        ("", "30201", "办公费", "total", "20.00"),
        ("", "30102", "津贴补贴", "total", "30.00"),
    ]

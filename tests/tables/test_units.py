"""Departments with several units: each figure has its unit, however the table says which."""

from __future__ import annotations

import pytest

from jcdata.documents.formats.rows import Cell
from jcdata.extraction.one_document import parse_document
from jcdata.schema import BudgetLine
from tests.making.files import as_excel
from tests.tables.test_meaning import read, table

MAIN, STATION = "某某市水务局本级", "某某市水务站"


def by_unit(text: str) -> list[tuple[str | None, str, str, str, bool]]:
    """Unit, code, name, print and whether it sums up others, of the totals of each row."""
    return [
        (x.organisation, x.item_code, x.item_name, x.amount_text, x.is_total)
        for x in read(text).budget_lines
        if x.measure == "total"
    ]


def test_rows_of_units_above_their_items() -> None:
    rows = by_unit(
        table(
            "部门支出总表",
            "科目编码 | | | 单位代码 | 单位名称（科目） | 合计 | 基本支出",
            "类 | 款 | 项 | | | | ",
            " | | | | 合计 | 600.00 | 600.00",
            f" | | | 301001 | {MAIN} | 400.00 | 400.00",
            "213 | 03 | 01 | 301001 | 行政运行 | 400.00 | 400.00",
            f" | | | 301002 | {STATION} | 200.00 | 200.00",
            "213 | 03 | 06 | 301002 | 水利工程运行与维护 | 200.00 | 200.00",
        )
    )
    assert rows == [
        (None, "", "合计", "600.00", True),
        (MAIN, "", MAIN, "400.00", True),
        (MAIN, "2130301", "行政运行", "400.00", False),
        (STATION, "", STATION, "200.00", True),
        (STATION, "2130306", "水利工程运行与维护", "200.00", False),
    ]


def test_rows_of_units_without_codes_of_units() -> None:
    rows = by_unit(
        table(
            "部门支出总表",
            "科目编码 | 科目名称 | 合计 | 基本支出",
            f"{MAIN} | | 400.00 | 400.00",
            "213 | 农林水支出 | 400.00 | 400.00",
            f"{STATION} | | 200.00 | 200.00",
            "213 | 农林水支出 | 200.00 | 200.00",
            "合计 | | 600.00 | 600.00",
        )
    )
    assert [unit for unit, *_ in rows] == [MAIN, MAIN, STATION, STATION, None]
    assert [is_total for *_, is_total in rows] == [True, False, True, False, True]


def test_codes_of_units_whose_names_are_not_printed() -> None:
    rows = by_unit(
        table(
            "一般公共预算支出表",
            "单位编码 | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
            "301001 | 2130301 | 行政运行 | 300.00 | 300.00 | ",
            "301002 | 2130306 | 水利工程运行与维护 | 200.00 | 100.00 | 100.00",
            " | | 合计 | 500.00 | 400.00 | 100.00",
        )
    )
    assert [unit for unit, *_ in rows] == ["301001", "301002", None]


def test_the_code_of_a_department_is_not_that_of_an_item() -> None:
    rows = by_unit(
        table(
            "部门收入总表",
            "部门代码 | 部门名称 | 合计 | 一般公共预算",
            "301 | 某某市水务局 | 100.00 | 100.00",
        )
    )
    assert rows == [(None, "", "合计", "100.00", True)]


@pytest.mark.parametrize("label", ["{} | | | ", " | {} | | ", " | | {} | "])
def test_the_total_of_a_table_with_columns_of_units_wherever_its_label_stands(label: str) -> None:
    rows = by_unit(
        table(
            "项目支出表",
            "类型 | 项目名称 | 项目单位 | 合计 | 一般公共预算",
            label.format("合计").rstrip(" |") + " | " * (3 - label[: label.index("{")].count("|"))
            + "220.00 | 220.00",
            f"特定目标类 | 河道整治 | {MAIN} | 200.00 | 200.00",
            f"特定目标类 | 档案整理 | {STATION} | 20.00 | 20.00",
        )
    )  # fmt: skip
    assert rows == [
        (None, "", "合计", "220.00", True),
        (MAIN, "", "河道整治", "200.00", False),
        (STATION, "", "档案整理", "20.00", False),
    ]


def test_units_side_by_side() -> None:
    tables = read(
        table(
            "部门支出预算总表",
            f"科目编码 | 科目名称 | 合计 | | {MAIN} | | {STATION} | ",
            " | | 基本支出 | 项目支出 | 基本支出 | 项目支出 | 基本支出 | 项目支出",
            "213 | 农林水支出 | 60.00 | 30.00 | 35.00 | 20.00 | 25.00 | 10.00",
        )
    )
    assert [(x.organisation, x.measure, x.amount_text) for x in tables.budget_lines] == [
        (None, "basic", "60.00"), (None, "project", "30.00"),
        (MAIN, "basic", "35.00"), (MAIN, "project", "20.00"),
        (STATION, "basic", "25.00"), (STATION, "project", "10.00"),
    ]  # fmt: skip
    assert tables.faults == []


def test_a_unit_whose_cell_reaches_down() -> None:
    rows = [
        [Cell(text) for text in ("单位名称", "项目名称", "合计", "一般公共预算")],
        [Cell(MAIN, 1, 2), Cell("河道整治"), Cell("150.00"), Cell("150.00")],
        [Cell("档案整理"), Cell("50.00"), Cell("50.00")],
        [Cell(text) for text in (STATION, "泵站维护", "20.00", "20.00")],
    ]
    parsed = parse_document(as_excel(["项目支出表", "单位：万元", rows]), "表.xlsx")
    lines = [x for x in parsed.records[BudgetLine] if x.measure == "total"]
    assert [(x.organisation, x.item_name) for x in lines] == [
        (MAIN, "河道整治"), (MAIN, "档案整理"), (STATION, "泵站维护"),
    ]  # fmt: skip


def test_a_subtotal_above_projects_is_no_project() -> None:
    tables = read(
        table(
            "部门预算项目支出预算表",
            "科目编码 | 单位名称（科目） | 项目名称 | 金额",
            " | 合计 | | 200.00",
            "2130305 | 水利工程建设 | | 150.00",
            "2130305 | 水利工程建设 | 河道整治 | 150.00",
            "2130306 | 水利工程运行与维护 | 档案整理 | 50.00",
        )
    )
    assert [(x.item_name, x.is_total) for x in tables.budget_lines] == [
        ("合计", True), ("水利工程建设", True), ("河道整治", False), ("档案整理", False),
    ]  # fmt: skip


@pytest.mark.parametrize("codes", [("211001", "211002"), ("3301", "3302")])
def test_units_whose_codes_stand_among_those_of_the_items(codes: tuple[str, str]) -> None:
    """No classification has codes of such lengths."""
    rows = by_unit(
        table(
            "部门支出总表",
            "科目编码 | 单位名称（科目名称） | 合计 | 基本支出",
            " | 合计 | 30.00 | 20.00",
            f"{codes[0]} | {MAIN} | 20.00 | 12.00",
            "213 | 农林水支出 | 20.00 | 12.00",
            f"{codes[1]} | {STATION} | 10.00 | 8.00",
            "213 | 农林水支出 | 10.00 | 8.00",
        )
    )
    assert rows == [
        (None, "", "合计", "30.00", True),
        (MAIN, "", MAIN, "20.00", True),
        (MAIN, "213", "农林水支出", "20.00", False),
        (STATION, "", STATION, "10.00", True),
        (STATION, "213", "农林水支出", "10.00", False),
    ]

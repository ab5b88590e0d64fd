"""The check of printed names against the codes beside them: it finds its faults and is silent on variants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import jcdata
from jcdata.pipeline.build import BuildResult

Build = Callable[..., BuildResult]


def results(build: Build, year: int, *items: str) -> list[tuple[str, str, str, str]]:
    """Check, status, severity and target of the codes and names of a table of expenditure."""
    rows = "".join(f"{item}\t1.00\t1.00\t\n" for item in items)
    table = (
        f"{year}年预算支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{rows}"
    )
    result = build(some=f"某某局{year}年单位预算公开\n第二部分 {year}年预算公开报表\n{table}")
    query = """SELECT check_key, status, severity, target FROM check_results
               WHERE check_key IN ('item_name', 'item_of_another_code') AND status <> 'not_applicable' ORDER BY target, check_key"""
    with jcdata.connect(result.database) as con:
        return [tuple(row) for row in con.sql(query).fetchall()]


@pytest.mark.parametrize(
    ("year", "items"),
    [
        (2018, ["210\t医疗卫生与计划生育支出"]),
        (2019, ["210\t卫生健康支出", "20805\t行政事业单位离退休"]),
        (2021, ["21305\t巩固脱贫衔接乡村振兴"]),
        (
            2023,
            [
                "2101101\t行政单位医疗",
                "20103\t政府办公厅(室)及相关机构事务",
                "20103\t政府办公厅 〔室〕及相关机构事务",
                "20103\t政府办公厅（室）及相关",
                "2010399\t其他支出",
                "2040506\t两庭建设",
                "21305\t巩固脱贫衔接乡村振兴",
                "30231\t公务用车运行维护",
                "30231\t公务用车运行费",
                "30239\t其他交通费",
            ],
        ),
    ],
)
def test_names_as_they_should_be_and_their_variants_pass(
    build: Build, year: int, items: list[str]
) -> None:
    found = results(build, year, *items)
    assert [status for _, status, _, _ in found] == ["pass"] * (2 * len(items))


def test_another_year_s_name_and_a_local_wording_are_only_mentioned(build: Build) -> None:
    found = results(
        build,
        2019,
        "20805\t行政事业单位养老支出",
        "210\t医疗卫生与计划生育支出",
        "2101101\t机关医疗",
    )
    assert [row for row in found if row[1] != "pass"] == [
        ("item_name", "fail", "info", "科目 20805 行政事业单位养老支出"),
        ("item_name", "fail", "info", "科目 210 医疗卫生与计划生育支出"),
        ("item_name", "fail", "info", "科目 2101101 机关医疗"),
    ]


def test_the_name_of_another_code_is_a_warning(build: Build) -> None:
    items = ["2101101\t事业单位医疗", "2101101\t行政事业单位医疗", "213\t农业农村"]
    assert results(build, 2023, *items) == [
        ("item_of_another_code", "fail", "warning", "科目 " + item.replace("\t", " "))
        for item in items
    ]


def test_a_warning_names_both_items_and_their_line(build: Build) -> None:
    results(build, 2023, "2101103\t公务员医疗补助", "2101102\t行政单位医疗")
    with jcdata.connect(build().database) as con:
        query = "SELECT message, message_zh, line_nos FROM findings WHERE check_key = 'item_of_another_code'"
        assert con.sql(query).fetchall() == [
            (
                "科目 2101102 行政单位医疗: that is the name of 2101101; the code's own name is 事业单位医疗",
                "科目 2101102 行政单位医疗：所印为科目 2101101 的名称，该编码应为“事业单位医疗”",
                [7],
            )
        ]


@pytest.mark.parametrize("name", ["疫病防控经费", "行政运行"])
def test_the_name_of_a_project_is_none_of_its_code(build: Build, name: str) -> None:
    result = build(
        some="某某局2023年部门预算公开\n部门项目支出预算表\n单位：万元\n项目名称\t功能科目编码\t功能科目名称\t合计\t一般公共预算\n"
        f"{name}\t2130108\t病虫害控制\t1.00\t1.00\n合计\t\t\t1.00\t1.00\n"
    )
    with jcdata.connect(result.database) as con:
        lines = con.sql("SELECT DISTINCT item_code, item_name FROM budget_lines WHERE NOT is_total")
        assert lines.fetchall() == [("2130108", name)]
        query = "FROM check_results WHERE check_key IN ('item_name', 'item_of_another_code') AND status = 'fail'"
        assert con.sql(query).fetchall() == []


@pytest.mark.parametrize(
    ("year", "item"), [(2023, "2019977\t行政单位医疗"), (2017, "2101101\t事业单位医疗")]
)
def test_unknown_codes_and_years_before_the_reform_are_left_alone(
    build: Build, year: int, item: str
) -> None:
    assert results(build, year, item) == []

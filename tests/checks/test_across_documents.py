"""What documents say of each other: last year's figures, what was carried over, copies, units and departments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.whole.test_final_accounts import ACCOUNTS

Build = Callable[..., BuildResult]

TABLE = """\
{title}
单位名称：{unit}
单位：万元
科目编码 科目名称 合计 基本支出 项目支出
合计 {total}.00 {basic}.00 {project}.00
213 农林水支出 {total}.00 {basic}.00 {project}.00
21303 水利 {total}.00 {basic}.00 {project}.00
2130301 行政运行 {basic}.00 {basic}.00 0.00
2130306 水利工程运行与维护 {project}.00 0.00 {project}.00
"""
HEAD = "{unit}{year}年度{scope}预算公开\n\n第二部分 {year}年预算表\n\n"
PROSE = "\n第三部分 {year}年度预算情况说明\n\n"


def tables(
    year: int, basic: int = 400, project: int = 200, unit: str = "某某市水务局", scope: str = "部门"
) -> str:
    """The tables of expenditure of a budget, amounts in 万元."""
    values = {"unit": unit, "basic": basic, "project": project, "total": basic + project}
    titles = f"{year}年预算支出总表", f"{year}年一般公共预算支出预算表（不含上年结转）"
    head = HEAD.format(unit=unit, year=year, scope=scope)
    return head + "\n".join(TABLE.format(title=title, **values) for title in titles)


def prose(year: int, *paragraphs: str) -> str:
    """The explanations below the tables."""
    return PROSE.format(year=year) + "\n".join(paragraphs) + "\n"


def overview(year: int, total: int, change: str) -> str:
    """A passage on the whole budget with its change."""
    return f"一、收支预算总体情况说明\n{year}年收入、支出预算总计{total}.00万元，与上年预算数相比{change}。"


def item(amount: int, change: str) -> str:
    """A passage with an item of the general public budget."""
    return f"二、一般公共预算支出情况说明\n农林水支出（类）水利（款）行政运行（项）{amount}.00万元，{change}。"


def results(result: BuildResult, check_key: str) -> list[tuple[Any, ...]]:
    """Document, status, severity, stated and computed (万元) of each result that compares something."""
    query = f"""
        SELECT document_id, status, severity, (stated / 10000)::DOUBLE, (computed / 10000)::DOUBLE
        FROM check_results WHERE check_key = '{check_key}' AND status <> 'not_applicable'
        ORDER BY document_id, list_min(line_nos), target
    """
    with jcdata.connect(result.database) as con:
        return con.sql(query).fetchall()


def messages(result: BuildResult, check_key: str) -> list[str]:
    query = f"SELECT message FROM check_results WHERE check_key = '{check_key}' AND target <> '' ORDER BY ALL"
    with jcdata.connect(result.database) as con:
        return [message for (message,) in con.sql(query).fetchall()]


def rows(result: BuildResult, query: str) -> list[tuple[Any, ...]]:
    with jcdata.connect(result.database) as con:
        return con.sql(query).fetchall()


# ---------------------------------------------------------------------------------------------------------
# The year before


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("增加20.00万元", [("b", "pass", "info", 600, 600)]),
        ("增加30.00万元", [("b", "fail", "warning", 590, 600)]),
        ("增加30.00万元（按可比口径）", [("b", "missing", "info", 590, None)]),
    ],
)
def test_the_change_of_a_total_leads_to_last_years_total(
    build: Build, change: str, found: list[tuple[Any, ...]]
) -> None:
    result = build(
        a=tables(2031) + prose(2031, overview(2031, 600, "持平")),
        b=tables(2032, 420) + prose(2032, overview(2032, 620, change)),
    )
    assert results(result, "stated_prior_year") == found


def test_a_finding_names_both_documents_with_their_lines(build: Build) -> None:
    result = build(
        a=tables(2031) + prose(2031, overview(2031, 600, "持平")),
        b=tables(2032, 420) + prose(2032, overview(2032, 620, "增加30.00万元")),
    )
    (said,) = messages(result, "stated_prior_year")
    assert "b (line 28) comes to 590.00" in said and "a (line 28) prints 600.00" in said
    assert "difference -10.00" in said


def test_the_change_of_an_item_leads_to_its_row_of_last_years_table(build: Build) -> None:
    result = build(
        a=tables(2031), b=tables(2032, 420) + prose(2032, item(420, "比上年预算增加25.00万元"))
    )
    assert results(result, "stated_prior_year") == [("b", "fail", "warning", 395, 400)]


def test_what_was_spent_is_no_budget(build: Build) -> None:
    spent = item(420, "比2031年预算执行数增加25.00万元")
    result = build(a=tables(2031), b=tables(2032, 420) + prose(2032, spent))
    assert results(result, "stated_prior_year") == []  # no final accounts of 2031


@pytest.mark.parametrize(("word", "severity"), [("执行数", "info"), ("决算数", "warning")])
def test_what_was_spent_is_compared_with_final_accounts(
    build: Build, word: str, severity: str
) -> None:
    spent = f"二、一般公共预算支出情况说明\n农林水支出（类）水利（款）行政运行（项）2024年{word}为450.00万元，2025年预算安排420.00万元。"
    budget = tables(2025, 420, unit="青石县水务局") + prose(2025, spent)
    result = build(a=ACCOUNTS.replace("|", "\t"), b=budget)
    assert results(result, "stated_prior_year")[0] == ("b", "fail", severity, 450, 800)


def test_of_a_unit_of_which_no_scope_is_said_nothing_is_known(build: Build) -> None:
    result = build(
        a=tables(2031, scope=""),
        b=tables(2032, 420) + prose(2032, item(420, "比上年增加25.00万元")),
    )
    assert results(result, "stated_prior_year") == [("b", "missing", "info", 395, None)]


def test_a_units_year_is_no_departments(build: Build) -> None:
    result = build(
        a=tables(2031, scope="单位"),
        b=tables(2032, 420) + prose(2032, item(420, "比上年增加25.00万元")),
    )
    assert results(result, "stated_prior_year") == []


@pytest.mark.parametrize(("change", "status"), [("10.00", "pass"), ("15.00", "missing")])
def test_where_last_years_documents_differ_one_that_agrees_is_enough(
    build: Build, change: str, status: str
) -> None:
    later = tables(2032, 420) + prose(2032, item(420, f"比上年增加{change}万元"))
    result = build(a=tables(2031, 400), a2=tables(2031, 410), b=later)
    assert [row[1] for row in results(result, "stated_prior_year")] == [status]


# ---------------------------------------------------------------------------------------------------------
# What is carried over


def accounts(year: int, opening: str) -> str:
    text = ACCOUNTS.replace("2024", str(year)).replace("|", "\t")
    return text.replace("年初结转和结余\t6\t20.00", f"年初结转和结余\t6\t{opening}")


@pytest.mark.parametrize(("opening", "status"), [("70.00", "pass"), ("60.00", "fail")])
def test_a_year_begins_with_what_the_one_before_left(
    build: Build, opening: str, status: str
) -> None:
    result = build(a=accounts(2024, "20.00"), b=accounts(2025, opening))
    found = results(result, "carried_between_years")
    stated = float(opening)
    assert found[0] == ("b", status, "warning" if status == "fail" else "info", stated, 70)
    # The sample opens all years with the same money of each fund
    assert found[1:] == [
        ("b", "fail", "warning", 20, 70),
        ("b", "fail", "warning", 20, 60),
    ]


# ---------------------------------------------------------------------------------------------------------
# One disclosure in several documents


def test_a_copy_counts_once(build: Build) -> None:
    whole = tables(2031) + prose(2031, overview(2031, 600, "持平"))
    result = build(a=whole, b=tables(2031))
    assert rows(
        result, "SELECT document_id, counts, same_as FROM documents ORDER BY document_id"
    ) == [("a", True, None), ("b", False, "a")]
    (said,) = messages(result, "document_twice")
    assert "b is of the same unit, year and kind as a: all" in said and "agree" in said
    assert [row[1:3] for row in results(result, "document_twice")] == [("fail", "info")]
    assert rows(
        result, "SELECT figure, sum(amount_yuan) FROM key_figures WHERE counts GROUP BY ALL"
    ) == rows(
        result, "SELECT figure, sum(amount_yuan) FROM key_figures WHERE document_id = 'a' GROUP BY ALL"
    )  # fmt: skip


def test_copies_that_contradict_each_other_are_a_warning(build: Build) -> None:
    result = build(a=tables(2031), b=tables(2031, 410))
    assert [row[1:3] for row in results(result, "document_twice")] == [("fail", "warning")]
    assert "410.00 and in the other line 9 400.00" in messages(result, "document_twice")[0] or (
        "610.00 and in the other" in messages(result, "document_twice")[0]
    )
    assert rows(result, "SELECT count(*) FROM documents WHERE counts") == [(1,)]


def test_tables_and_prose_in_two_files_complement_each_other(build: Build) -> None:
    text = HEAD.format(unit="某某市水务局", year=2031, scope="部门").splitlines()[0]
    result = build(a=tables(2031), b=f"{text}\n" + prose(2031, overview(2031, 600, "持平")))
    assert rows(result, "SELECT document_id, counts, same_as FROM documents ORDER BY ALL") == [
        ("a", True, None), ("b", True, None),
    ]  # fmt: skip
    assert rows(result, "SELECT DISTINCT counts FROM document_parts") == [(True,)]
    assert "complement each other" in messages(result, "document_twice")[0]


def test_of_two_files_that_overlap_each_table_counts_once(build: Build) -> None:
    first, second = tables(2031).split("\n2031年一般公共预算支出预算表")
    other = first.split("2031年预算支出总表")[0] + "2031年一般公共预算支出预算表" + second
    result = build(a=tables(2031), b=other + prose(2031, overview(2031, 600, "持平")))
    assert rows(result, "SELECT part, document_id FROM document_parts WHERE counts ORDER BY ALL") == [
        ("expenditure", "a"), ("general_public_expenditure", "a"), ("prose", "b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        tables(2031, unit="某某市农业局"),
        tables(2030),
        tables(2031, scope="单位"),
        tables(2031, 410, scope=""),  # another scope, perhaps
    ],
)
def test_another_unit_year_or_scope_is_no_copy(build: Build, other: str) -> None:
    result = build(a=tables(2031), b=other)
    assert results(result, "document_twice") == []
    assert rows(result, "SELECT count(*) FROM documents WHERE same_as IS NULL") == [(2,)]


def test_a_copy_that_says_no_scope_is_known_by_its_figures(build: Build) -> None:
    result = build(a=tables(2031), b=tables(2031, scope=""))
    assert [row[1:3] for row in results(result, "document_twice")] == [("fail", "info")]


def test_growth_takes_one_of_the_copies_of_last_year(build: Build) -> None:
    result = build(a=tables(2031), a2=tables(2031), b=tables(2032, 420))
    compared = rows(
        result,
        "SELECT DISTINCT prior_document_id FROM growth WHERE basis = 'documents'",
    )
    assert compared == [("a",)]


# ---------------------------------------------------------------------------------------------------------
# A unit within its department

DEPARTMENT = """\
某某市水务局2031年度部门预算公开

第二部分 2031年预算表

2031年部门支出总表
单位：万元

| 科目编码 |  |  | 单位代码 | 单位名称（科目） | 合计 | 基本支出 | 项目支出 |
| 类 | 款 | 项 |  |  |  |  |  |
|  |  |  |  | 合计 | 800.00 | 500.00 | 300.00 |
|  |  |  | 301001 | 某某市水务局本级 | 600.00 | 400.00 | 200.00 |
| 213 | 03 | 01 | 301001 | 行政运行 | 400.00 | 400.00 |  |
| 213 | 03 | 06 | 301001 | 水利工程运行与维护 | 200.00 |  | 200.00 |
|  |  |  | 301002 | 某某市水务站 | 200.00 | 100.00 | 100.00 |
| 213 | 03 | 06 | 301002 | 水利工程运行与维护 | 200.00 | 100.00 | 100.00 |
"""
UNCODED = """\
某某市水务局2031年度部门预算公开

第二部分 2031年预算表

2031年部门支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t800.00\t500.00\t300.00
\t某某市水务局本级\t600.00\t400.00\t200.00
2130301\t行政运行\t400.00\t400.00\t
2130306\t水利工程运行与维护\t200.00\t\t200.00
\t某某市水务站\t200.00\t100.00\t100.00
2130306\t水利工程运行与维护\t200.00\t100.00\t100.00
"""


@pytest.mark.parametrize(
    ("department", "basic", "found"),
    [
        (DEPARTMENT, 100, []),
        (UNCODED, 110, [("b", "fail", "warning", 210, 200), ("b", "fail", "warning", 110, 100)]),
    ],
)
def test_a_units_total_is_that_of_its_department(
    build: Build, department: str, basic: int, found: list[tuple[Any, ...]]
) -> None:
    result = build(a=department, b=tables(2031, basic, 100, "某某市水务站", "单位"))
    compared = results(result, "unit_in_department")
    assert sorted(row for row in compared if row[1] == "fail") == sorted(found)
    assert len(compared) == 3
    assert rows(
        result, "SELECT document_id, counts, part_of FROM documents ORDER BY document_id"
    ) == [("a", True, None), ("b", True, "a")]
    assert rows(result, "SELECT part FROM document_parts WHERE NOT counts") == [("expenditure",)]


def test_the_departments_own_document_is_part_of_it(build: Build) -> None:
    result = build(a=DEPARTMENT, b=tables(2031, scope="单位"))
    assert {row[1] for row in results(result, "unit_in_department")} == {"pass"}
    assert rows(result, "SELECT document_id FROM documents WHERE part_of = 'a'") == [("b",)]

"""Two documents of a unit are compared item by item, and only what is the same thing in both."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pytest

import jcdata
from jcdata import schema
from jcdata.database.definitions import store_views, view_query
from jcdata.pipeline.build import BuildResult

Build = Callable[..., BuildResult]
ROWS = "合计 {total} {total}  \n208 甲支出 {total} {total}  \n"


def text(
    year: int, total: str, *, unit: str = "某某局", scope: str = "单位", rows: str = ROWS
) -> str:
    """A disclosure with one table."""
    return (
        f"{unit}{year}年{scope}预算公开\n{year}年预算支出总表\n单位名称：{unit}\n单位：万元\n"
        f"科目编码 科目名称 合计 基本支出 项目支出\n{rows.format(total=total)}"
    )


def compared(result: BuildResult, columns: str) -> list[Any]:
    with jcdata.connect(result.database) as con:
        return con.sql(
            f"SELECT {columns} FROM growth WHERE basis = 'documents' ORDER BY ALL"
        ).fetchall()


def test_each_year_is_compared_with_the_year_before(build: Build) -> None:
    totals = ((2030, "4.00"), (2031, "5.00"), (2033, "9.00"))
    result = build(**{f"d{year}": text(year, total) for year, total in totals})
    assert compared(result, "document_id, subject, prior_yuan, rate, prior_document_id") == [
        ("d2031", "合计", Decimal("40000.00"), 0.25, "d2030"),
        ("d2031", "甲支出", Decimal("40000.00"), 0.25, "d2030"),
    ]


def test_both_figures_lead_to_their_lines(build: Build) -> None:
    result = build(
        a=text(2030, "4.00"), b=text(2031, "5.00", rows="201 乙支出 3.00 3.00  \n" + ROWS)
    )
    with jcdata.connect(result.database) as con:
        query = """SELECT printed_line(document_id, line_no), printed_line(prior_document_id, prior_line_no) FROM growth
                   WHERE basis = 'documents' AND subject = '甲支出'"""
        ((this, before),) = con.sql(query).fetchall()
    assert "甲支出 5.00" in this and "甲支出 4.00" in before


@pytest.mark.parametrize(
    ("before", "is_compared"),
    [
        ({}, True),
        ({"unit": "某某局（本级）"}, False),
        ({"scope": "部门"}, False),
        ({"scope": ""}, True),
    ],
)
def test_only_the_same_unit_and_scope_are_compared(
    build: Build, before: dict[str, str], is_compared: bool
) -> None:
    result = build(a=text(2030, "4.00", **before), b=text(2031, "5.00"))
    assert bool(compared(result, "subject")) == is_compared


def test_budgets_are_compared_with_budgets_and_final_accounts_with_final_accounts(
    build: Build,
) -> None:
    result = build(
        a=text(2030, "4.00"), b=text(2030, "3.00"), c=text(2031, "5.00"), d=text(2031, "6.00")
    )
    with duckdb.connect(str(result.database)) as con:
        con.execute(
            "UPDATE documents SET document_kind = 'final_accounts' WHERE document_id IN ('b', 'd')"
        )
        store_views(con)
    assert set(compared(result, "document_id, prior_document_id")) == {("c", "a"), ("d", "b")}


def test_a_name_is_the_same_whatever_the_width_of_its_brackets(build: Build) -> None:
    result = build(
        a=text(2030, "4.00", unit="某某局(本级)"), b=text(2031, "5.00", unit="某某局（本级）")
    )
    assert set(compared(result, "document_id, prior_document_id")) == {("b", "a")}


def test_of_several_documents_of_the_year_before_one_counts(build: Build) -> None:
    result = build(
        a=text(2030, "3.00", scope=""),
        b=text(2030, "4.00"),
        c=text(2030, "4.00"),
        d=text(2031, "5.00"),
        e=text(2031, "6.00"),
    )
    rows = compared(result, "document_id, subject, prior_document_id")
    assert rows == [(d, item, "b") for d in "de" for item in ("合计", "甲支出")]


def test_the_documents_of_a_unit_are_not_paired_with_each_of_the_year_before(build: Build) -> None:
    count = 30
    documents = {f"d{n}": text(2030 + n % 2, f"{n}.00") for n in range(2 * count)}
    with jcdata.connect(build(**documents).database) as con:
        (growth,) = (view for view in schema.views() if view.name == "growth")
        ((_, plan),) = con.execute(f"EXPLAIN ANALYZE {view_query(growth)}").fetchall()
    rows = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) rows?\b", plan, re.IGNORECASE)]
    assert count < max(rows) < count * count


def test_an_item_is_known_by_its_code_though_its_name_changes(build: Build) -> None:
    result = build(
        a=text(2030, "4.00"), b=text(2031, "5.00", rows=ROWS.replace("甲支出", "甲和乙支出"))
    )
    assert compared(result, "subject") == [("合计",), ("甲和乙支出",)]


def test_what_is_printed_twice_with_two_amounts_is_not_compared(build: Build) -> None:
    twice = "合计 5.00 5.00  \n208 甲支出 2.00 2.00  \n208 甲支出 3.00 3.00  \n"
    result = build(a=text(2030, "4.00"), b=text(2031, "5.00", rows=twice))
    assert compared(result, "subject") == [("合计",)]


def test_year_on_year_compares_any_two_documents_and_keeps_what_only_one_prints(
    build: Build,
) -> None:
    rows = "合计 {total} {total}  \n201 乙支出 {total} {total}  \n"
    result = build(a=text(2028, "4.00", unit="某某办"), b=text(2031, "5.00", rows=rows))
    with jcdata.connect(result.database) as con:
        query = "SELECT item_code, current_yuan, prior_yuan, change_yuan, rate FROM year_on_year('b', 'a')"
        assert con.sql(query).fetchall() == [
            ("", 50000, 40000, 10000, 0.25),
            ("201", 50000, None, None, None),
            ("208", None, 40000, None, None),
        ]
        chinese = con.sql(
            "SELECT 报表代号, 科目名称, 本年, 上年_元, 增减率 FROM zh.两年对比('b', 'a') LIMIT 1"
        ).fetchall()
        assert chinese == [("预算支出总表", "合计", 5, 40000, 0.25)]


PROSE = "某某局2031年单位预算公开\n第三部分 预算情况说明\n三、支出预算情况说明\n"


def stated(build: Build, prose: str) -> list[Any]:
    with jcdata.connect(build(some=PROSE + prose).database) as con:
        return con.sql(
            "SELECT subject, change_yuan, stated_rate, agrees FROM growth WHERE basis = 'stated'"
        ).fetchall()


def test_sixteen_times_more_is_no_sixteen_per_cent(build: Build) -> None:
    prose = "机动经费3400.00万元，比上年增加3200.00万元，增长16倍。"
    assert stated(build, prose) == [("机动经费", Decimal("32000000.00"), 16.0, True)]


def test_a_change_on_another_footing_is_of_another_amount(build: Build) -> None:
    prose = "机关运行经费90.00万元，比上年增加40.00万元，增长80%。按可比口径，机关运行经费比上年减少2.00万元，下降4.39%。"
    assert stated(build, prose) == [("机关运行经费", Decimal("400000.00"), 0.8, True)]


def stated_priors(result: BuildResult) -> list[Any]:
    with jcdata.connect(result.database) as con:
        query = "SELECT subject, current_yuan, prior_yuan, stated_rate, agrees FROM growth WHERE basis = 'stated' ORDER BY ALL"
        return con.sql(query).fetchall()


PRIMARY = "“教育支出（类）普通教育（款）小学教育（项）”5.00万元。2033年当年预算执行数为4.00万元，2034年预算安排5.00万元，"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            f"1.{PRIMARY}增加25.00%。",
            [("小学教育", Decimal(50000), Decimal(40000), 0.25, True)],
        ),
        (
            f"1.{PRIMARY}增加20.00%。",
            [("小学教育", Decimal(50000), Decimal(40000), 0.2, False)],
        ),
        (f"1.{PRIMARY.replace('执行数', '数为4.50万元，执行数')}增加25.00%。", []),
        (
            f"1.{PRIMARY}比2033年增加1.00万元，增长25.00%。",
            [("小学教育", Decimal(50000), Decimal(40000), 0.25, True)],
        ),
    ],
)
def test_the_year_before_may_be_stated_instead_of_the_change(
    build: Build, sentence: str, expected: list[Any]
) -> None:
    prose = (
        f"某某局2034年部门预算公开\n第三部分 情况说明\n一、财政拨款支出预算情况说明\n{sentence}\n"
    )
    assert stated_priors(build(a=prose)) == expected


def test_items_of_two_documents_have_table_code_and_level(build: Build) -> None:
    result = build(a=text(2030, "4.00"), b=text(2031, "5.00"))
    assert compared(result, "subject, table_key, item_code, item_level, is_total") == [
        ("合计", "expenditure", "", None, True),
        ("甲支出", "expenditure", "208", 1, False),
    ]


def test_one_fact_of_two_subjects_counts_once(built: BuildResult) -> None:
    with jcdata.connect(built.database) as con:
        query = (
            "SELECT subject, is_repeated FROM growth WHERE change_yuan = 11489300 ORDER BY line_no"
        )
        assert con.sql(query).fetchall() == [("预算收入总计", False), ("预算支出总计", True)]


def test_years_of_an_item_stand_beside_each_other_budgeted_and_spent(build: Build) -> None:
    result = build(a=text(2030, "4.00"), b=text(2031, "5.00"), c=text(2030, "3.00"))
    with duckdb.connect(str(result.database)) as con:
        con.execute("UPDATE documents SET document_kind = 'final_accounts' WHERE document_id = 'c'")
    with jcdata.connect(result.database) as con:
        query = """SELECT fiscal_year, wan(budget_yuan), wan(actual_yuan), execution_rate, budget_document_id, actual_document_id
                   FROM item_years WHERE item_name = '甲支出' ORDER BY ALL"""
        assert con.sql(query).fetchall() == [
            (2030, Decimal("4.00"), Decimal("3.00"), 0.75, "a", "c"),
            (2031, Decimal("5.00"), None, None, "b", None),
        ]
        drawn = jcdata.charts.item_years(jcdata.item_years(con)).to_dict()
    rows = [row for data in drawn["datasets"].values() for row in data]
    assert sorted((row["fiscal_year"], row["kind"], row["written"]) for row in rows) == [
        (2030, "决算数", "3.00"),
        (2030, "预算数", "4.00"),
        (2031, "预算数", "5.00"),
    ]


def test_years_are_drawn_of_units_with_several_documents_only(build: Build) -> None:
    result = build(
        a=text(2030, "4.00"), b=text(2031, "5.00"), c=text(2031, "3.00", unit="乙县某局")
    )
    with jcdata.connect(result.database) as con:
        drawn = jcdata.charts.item_years(jcdata.item_years(con)).to_dict()
        alone = jcdata.charts.item_years(jcdata.item_years(con, unit="乙县某局")).to_dict()
    (panel,) = drawn["vconcat"]
    said = panel["title"]["subtitle"]
    assert said.startswith("某某局；") and said.endswith("只有一份文件的 1 个单位未画")
    written = [row["written"] for data in alone["datasets"].values() for row in data]
    assert written == ["没有一个单位有两份文件可比 / no unit has two documents to compare"]


def test_of_copies_one_counts_for_a_year(build: Build) -> None:
    result = build(a=text(2030, "4.00"), b=text(2030, "4.00") + "\n")
    with jcdata.connect(result.database) as con:
        assert con.sql(
            "SELECT count(*), sum(budget_yuan) FROM item_years WHERE item_level = 1"
        ).fetchall() == [(1, Decimal("40000.00"))]


def test_a_department_and_its_own_unit_are_drawn_apart(build: Build) -> None:
    files = {
        f"{scope}{year}": text(year, "4.00", scope=scope)
        for scope in ("部门", "单位")
        for year in (2030, 2031)
    }
    with jcdata.connect(build(**files).database) as con:
        drawn = jcdata.charts.item_years(jcdata.item_years(con)).to_dict()
    said = [panel["title"]["subtitle"].split("；")[0] for panel in drawn["vconcat"]]
    assert sorted(said) == ["某某局（单位）", "某某局（部门）"]


def test_a_table_that_may_have_what_was_carried_over_is_not_said_to_leave_it_out(
    build: Build,
) -> None:
    files = {
        f"y{year}": text(year, "4.00").replace("预算支出总表", "一般公共预算支出预算表")
        for year in (2030, 2031)
    }
    with jcdata.connect(build(**files).database) as con:
        drawn = jcdata.charts.growth(jcdata.growth(con), basis="documents").to_dict()
    said = drawn["vconcat"][0]["title"]["subtitle"]
    assert said.startswith("某某局 2031年；一般公共预算支出预算表；")


def test_without_a_document_of_the_year_before_that_is_said(build: Build) -> None:
    with jcdata.connect(build(a=text(2031, "4.00")).database) as con:
        drawn = jcdata.charts.growth(jcdata.growth(con), basis="documents").to_dict()
    (said,) = (row["written"] for data in drawn["datasets"].values() for row in data)
    assert said.startswith("没有上年的同类文件可比 / ")

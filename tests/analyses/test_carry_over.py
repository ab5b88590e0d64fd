"""Money between years: balances that are never added, what they are made of, and what is not printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

import jcdata
from jcdata import schema
from jcdata.pipeline.build import BuildResult
from tests.analyses.test_costs import asked, form, owed
from tests.making.checkout import BUREAU, CENTRE
from tests.making.databases import rows_of, write


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


def test_balances_stand_apart_with_their_shares(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT balance, status, amount_yuan, round(100 * share_of_total, 2), round(100 * share_of_prior, 2)
               FROM carry_over_balances WHERE document_id = ? AND counts"""
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("brought_in", "printed", Decimal("5510100.00"), 11.66, 15.4),
        ("earlier_work", "printed", Decimal("4085000.00"), 8.64, None),
        ("earlier_work_prose", "not_printed", None, None, None),
        ("carried_out", "not_printed", None, None, None),
    ]
    assert db.execute(query, [CENTRE]).fetchall() == [
        ("brought_in", "printed", Decimal("0.00"), 0.0, 0.0),
        ("earlier_work", "printed", Decimal("555000.00"), 8.11, None),
        ("earlier_work_prose", "printed", Decimal("4900.00"), 0.07, None),
        ("carried_out", "not_printed", None, None, None),
    ]


def test_a_balance_is_broken_down_into_itself(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT balance, breakdown, count(*), sum(amount_yuan) FROM carry_over_breakdown
               WHERE document_id = ? GROUP BY ALL ORDER BY ALL"""
    brought_in, owes = Decimal("5510100.00"), Decimal("4085000.00")
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("brought_in", "function", 2, brought_in),
        ("brought_in", "fund", 1, brought_in),
        ("brought_in", "project", 2, brought_in),
        ("earlier_work", "function", 1, owes),
        ("earlier_work", "origin_year", 2, owes),
        ("earlier_work", "project", 7, owes),
    ]
    query = "SELECT item_name, amount_yuan FROM carry_over_breakdown WHERE document_id = ? AND breakdown = 'origin_year'"
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("2022", Decimal("3431800.00")),
        ("2021", Decimal("653200.00")),
    ]


def test_earlier_work_says_what_is_paid_and_when_the_rest_is_due(
    db: duckdb.DuckDBPyConnection,
) -> None:
    query = "SELECT form_no, paid_yuan, due_text FROM earlier_work WHERE document_id = ? AND origin_year = 2021 OR form_no = 17"
    assert db.execute(query, [BUREAU]).fetchall() == [
        (21, None, "2023年6月完成项目尾款支付"),
        (17, Decimal("130500.00"), "2023年4月份完成尾款支付"),
    ]


def test_patterns_are_those_to_ask_about(db: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT document_id, pattern, count(*), sum(amount_yuan) FROM carry_over_patterns GROUP BY ALL ORDER BY ALL"
    assert db.sql(query).fetchall() == [
        (BUREAU, "carried_without_form", 2, Decimal("5510100.00")),
        (BUREAU, "one_off_for_old_bills", 6, Decimal("3935000.00")),
    ]


@pytest.mark.parametrize(
    ("sentence", "origin_year"),
    [
        ("2030年未支付合同款10万元。", 2030),
        ("2030应支未支费用10万元。", 2030),
        ("依据某发〔2019〕12号，支付2030年尾款10万元。", 2030),
        ("2029年、2030年未支付费用10万元。", None),
        ("上年未支付费用10万元，于2031年支付。", None),
    ],
)
def test_the_year_of_origin_is_the_one_earlier_year_of_the_sentence(
    tmp_path: Path, sentence: str, origin_year: int | None
) -> None:
    rows = asked(tmp_path, "SELECT origin_year FROM earlier_work", form(), owed(sentence))
    assert rows == [(origin_year,)]


def test_arrears_in_two_years_are_a_pattern(tmp_path: Path) -> None:
    names = {2030: "a", 2031: "b", 2033: "c"}
    records = (
        (schema.DocumentRecord, [{"fiscal_year": year, "counts": True} for year in names]),
        (schema.PerformanceForm, [{"form_kind": "project_goals", "property": None} for _ in names]),
        (schema.Arrears, [{"amount_yuan": Decimal(year)} for year in names]),
    )
    filled = [
        (
            record,
            rows_of(
                record,
                *(
                    change | {"document_id": name}
                    for change, name in zip(changes, names.values(), strict=True)
                ),
            ),
        )
        for record, changes in records
    ]
    write(tmp_path / "some.duckdb", *filled)
    with jcdata.connect(tmp_path / "some.duckdb") as con:
        query = "SELECT document_id, pattern, amount_yuan, prior_document_id, prior_yuan FROM carry_over_patterns"
        assert con.sql(query).fetchall() == [
            ("b", "repeated_arrears", Decimal(2031), "a", Decimal(2030))
        ]


FINAL_ACCOUNTS = """某某局2031年度部门决算公开

收入支出决算总表
单位：万元

| 收入 | | 支出 | |
| 项目 | 决算数 | 项目 | 决算数 |
| 一、一般公共预算财政拨款收入 | 90.00 | 一、教育支出 | 85.00 |
| 本年收入合计 | 90.00 | 本年支出合计 | 85.00 |
| 年初结转和结余 | 10.00 | 年末结转和结余 | 15.00 |
| 总计 | 100.00 | 总计 | 100.00 |
"""


def test_final_accounts_print_what_is_brought_in_and_left_over(
    build: Callable[..., BuildResult],
) -> None:
    with jcdata.connect(build(some=FINAL_ACCOUNTS).database) as con:
        query = (
            "SELECT balance, status, amount_yuan, share_of_total, label FROM carry_over_balances"
        )
        assert con.sql(query).fetchall() == [
            ("brought_in", "printed", Decimal("100000.00"), 0.1, "年初结转和结余"),
            ("earlier_work", "not_printed", None, None, ""),
            ("earlier_work_prose", "not_printed", None, None, ""),
            ("carried_out", "printed", Decimal("150000.00"), 0.15, "年末结转和结余"),
        ]
        rows = con.sql("SELECT kind, item_name, amount_yuan FROM carry_over").fetchall()
        assert rows == [("carried_over", "年初结转和结余", Decimal("100000.00"))]


def test_several_lines_that_do_not_sum_up_are_not_clear(tmp_path: Path) -> None:
    plain = {
        "table_key": "overall_balance",
        "side": "revenue",
        "measure": "total",
        "organisation": None,
        "item_level": None,
    }
    lines = [
        plain | {"row_no": no, "item_name": name, "amount_yuan": Decimal(10 * no)}
        for no, name in enumerate(["上年结转", "上年结余"], start=1)
    ]
    query = "SELECT status, amount_yuan FROM carry_over_balances WHERE balance = 'brought_in'"
    filled = (schema.BudgetLine, rows_of(schema.BudgetLine, *lines))
    assert asked(tmp_path, query, filled) == [("unclear", None)]

"""The analyses' figures are those of the documents: recomputed, and compared with what the prose states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

import jcdata
from jcdata.database.definitions import store_views
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU, CENTRE
from tests.making.documents import OTHER_PLACES


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


def stated(
    db: duckdb.DuckDBPyConnection, document_id: str, dimension: str
) -> list[tuple[str, float, float, bool]]:
    return db.execute(
        """SELECT item_name, round(100 * share, 2), round(100 * stated_share, 2), agrees FROM composition
           WHERE document_id = ? AND dimension = ? AND stated_share IS NOT NULL ORDER BY share DESC""",
        [document_id, dimension],
    ).fetchall()


@pytest.mark.parametrize(
    ("document_id", "dimension", "shares"),
    [
        (BUREAU, "revenue_source", [88.34, 11.66]),
        (BUREAU, "expenditure_type", [75.81, 24.19]),
        (BUREAU, "function", [92.08, 2.88, 1.92, 1.84, 1.29]),
        (CENTRE, "revenue_source", [100.0]),
        (CENTRE, "expenditure_type", [64.84, 35.16]),
        (CENTRE, "function", [83.78, 7.88, 4.92, 3.41]),
    ],
)
def test_shares_are_those_that_the_prose_states(
    db: duckdb.DuckDBPyConnection, document_id: str, dimension: str, shares: list[float]
) -> None:
    rows = stated(db, document_id, dimension)
    assert [row[2] for row in rows] == shares
    assert all(row[3] for row in rows)
    assert all(abs(row[1] - row[2]) < 0.015 for row in rows)


def test_the_shares_of_a_level_add_up_to_one(db: duckdb.DuckDBPyConnection) -> None:
    sums = db.sql(
        "SELECT sum(share), max(cumulative_share) FROM composition WHERE base_yuan <> 0 GROUP BY document_id, dimension, item_level"
    ).fetchall()
    assert len(sums) > 10
    assert all(abs(total - 1) < 1e-9 and abs(cumulative - 1) < 1e-9 for total, cumulative in sums)


@pytest.mark.parametrize(
    ("document_id", "subject", "rate", "stated_rate", "prior"),
    [
        (BUREAU, "预算收入总计", 32.11, 32.11, "35781800.00"),
        (BUREAU, "一般公共预算当年拨款", 16.71, 16.71, "35781700.00"),
        (BUREAU, "机关运行经费", 0.32, 0.31, "1703600.00"),
        (BUREAU, "“三公”经费", -21.25, None, "520000.00"),
        (CENTRE, "预算支出总计", 8.19, 8.19, "6322700.00"),
        (CENTRE, "公务用车运行维护费", -11.16, None, "43900.00"),
    ],
)
def test_growth_is_recomputed_from_amount_and_change(
    db: duckdb.DuckDBPyConnection,
    document_id: str,
    subject: str,
    rate: float,
    stated_rate: float | None,
    prior: str,
) -> None:
    rows = db.execute(
        """SELECT round(100 * rate, 2), round(100 * stated_rate, 2), prior_yuan FROM growth
           WHERE document_id = ? AND subject = ? AND basis = 'stated'""",
        [document_id, subject],
    ).fetchall()
    assert rows == [(rate, stated_rate, Decimal(prior))]


def test_project_costs_have_every_form_with_its_money(db: duckdb.DuckDBPyConnection) -> None:
    assert (
        db.sql("SELECT count(*), sum(amount_yuan) FROM project_costs").fetchall()
        == db.sql("SELECT count(*), sum(annual_total_yuan) FROM performance_forms").fetchall()
    )
    query = """SELECT amount_yuan, indicator_count, yuan_per_indicator, arrears_yuan FROM project_costs
               WHERE project_name = '晋城市第二届应急救援队伍技能比武活动'"""
    assert db.sql(query).fetchall() == [
        (Decimal("800800.00"), 6, Decimal("133466.67"), Decimal("800800.00"))
    ]


def test_a_unit_cost_is_given_only_for_a_single_output_or_the_sum_of_like_ones(
    db: duckdb.DuckDBPyConnection,
) -> None:
    query = "SELECT quantity, unit, yuan_per_unit, ceiling_yuan FROM unit_costs WHERE document_id = ? AND level3 = ?"
    assert db.execute(query, [CENTRE, "设备维护量"]).fetchall()[0] == (
        80.0,
        "项",
        Decimal("3125.00"),
        None,
    )
    assert db.execute(query, [BUREAU, "全市森林防火业务骨干人数"]).fetchall() == [
        (200.0, "人", Decimal("2384.80"), Decimal("400.00"))
    ]


def test_carry_over_open_and_hidden(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT kind, project_name <> '', count(*), sum(amount_yuan) FROM carry_over WHERE document_id = ?
               GROUP BY ALL ORDER BY ALL"""
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("arrears", True, 7, Decimal("4085000.00")),
        ("carried_over", False, 2, Decimal("5510100.00")),
        ("carried_over", True, 2, Decimal("5510100.00")),
    ]


def test_carried_over_projects_are_repeated_only_where_there_are_items(
    built: BuildResult, tmp_path: Path
) -> None:
    query = "SELECT kind, project_name <> '', is_repeated, count(*) FROM carry_over WHERE document_id = ? GROUP BY ALL ORDER BY ALL"
    without_items = tmp_path / "without_items.duckdb"
    without_items.write_bytes(built.database.read_bytes())
    with duckdb.connect(str(without_items)) as con:
        arrears, items = ("arrears", True, False, 7), ("carried_over", False, False, 2)
        assert con.execute(query, [BUREAU]).fetchall() == [
            arrears,
            items,
            ("carried_over", True, True, 2),
        ]
        con.execute(
            "DELETE FROM budget_lines WHERE table_key = 'revenue' AND measure = 'carry_over'"
        )
        store_views(con)
        assert con.execute(query, [BUREAU]).fetchall() == [
            arrears,
            ("carried_over", True, False, 2),
        ]


def test_key_figures_are_printed_totals(db: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT figure, amount_yuan, line_no FROM key_figures WHERE document_id = ?"
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("revenue", Decimal("47271100.00"), 223),
        ("expenditure", Decimal("47271100.00"), 223),
        ("basic", Decimal("11436800.00"), 304),
        ("project", Decimal("35834300.00"), 304),
        ("carry_over", Decimal("5510100.00"), 242),
        ("three_public", Decimal("409500.00"), 858),
        ("operating_expenses", Decimal("1709000.00"), 871),
    ]
    assert [row[0] for row in db.execute(query, [CENTRE]).fetchall()] == [
        "revenue", "expenditure", "basic", "project", "three_public",
    ]  # fmt: skip


def test_much_money_and_few_indicators_are_beyond_the_medians(
    db: duckdb.DuckDBPyConnection,
) -> None:
    query = """SELECT form_no FROM project_costs JOIN (
                   SELECT document_id, median(amount_yuan) AS money, median(indicator_count) AS promises
                   FROM project_costs GROUP BY ALL
               ) USING (document_id) WHERE amount_yuan > money AND indicator_count < promises"""
    marked = db.sql("SELECT form_no FROM project_costs WHERE much_money_few_indicators").fetchall()
    assert marked == db.sql(query).fetchall() == [(5,), (6,), (10,), (25,)]


def test_what_the_prose_states_has_its_own_line(db: duckdb.DuckDBPyConnection) -> None:
    for query in (
        "SELECT v.stated_share, v.stated_line_no, c.value FROM composition v LEFT JOIN claims c ON (c.document_id, c.line_no, c.kind) = (v.document_id, v.stated_line_no, 'share') AND c.value = round(100 * v.stated_share, 2) WHERE v.stated_share IS NOT NULL",
        "SELECT v.stated_rate, v.stated_line_no, c.value FROM growth v LEFT JOIN claims c ON (c.document_id, c.line_no, c.kind) = (v.document_id, v.stated_line_no, 'growth') AND c.value = round(100 * v.stated_rate, 2) WHERE v.stated_rate IS NOT NULL",
        "SELECT v.current_yuan, v.current_line_no, c.value FROM growth v LEFT JOIN claims c ON (c.document_id, c.line_no, c.kind, c.amount_yuan) = (v.document_id, v.current_line_no, 'amount', v.current_yuan)",
        "SELECT v.amount_yuan, v.amount_line_no, f.amount_yuan FROM project_costs v LEFT JOIN form_funding f ON (f.document_id, f.line_no, f.amount_yuan) = (v.document_id, v.amount_line_no, v.amount_yuan)",
    ):
        rows = db.sql(query).fetchall()
        assert len(rows) > 5 and all(value is not None for row in rows for value in row), query


def test_sums_that_stand_among_their_parts_are_counted_once(
    build: Callable[..., BuildResult],
) -> None:
    db = build(other=OTHER_PLACES).database
    shares = jcdata.composition(jcdata.connect(db))
    parts = {
        dimension: dict(zip(rows["item_name"], rows["amount_yuan"] / 10_000, strict=True))
        for dimension, rows in shares.groupby("dimension")
    }
    assert parts["revenue_source"] == {"一般公共预算": 700.0, "其他资金": 50.0}
    assert parts["expenditure_type"] == {
        "基本支出": 400.0,
        "项目支出": 310.0,
        "单位预留机动经费": 40.0,
    }
    assert parts["three_public"] == {
        "因公出国（境）费": 0.0,
        "公务接待费": 1.5,
        "购置费": 3.0,
        "运行费": 5.0,
    }


def test_meetings_and_training_are_no_three_public_expenses(
    build: Callable[..., BuildResult],
) -> None:
    text = """某某市水务局2034年度部门预算公开

“三公”经费、会议费、培训费支出预算表
单位：万元

| 合计 | “三公”经费 | | | 会议费 | 培训费 |
| | 小计 | 公务接待费 | 公务用车购置及运行费 | | |
| 12.50 | 9.50 | 1.50 | 8.00 | 2.00 | 1.00 |
"""
    db = jcdata.connect(build(other=text).database)
    shares = jcdata.composition(db)
    assert dict(zip(shares["item_name"], shares["amount_yuan"] / 10_000, strict=True)) == {
        "公务接待费": 1.5, "公务用车购置及运行费": 8.0,
    }  # fmt: skip
    figures = db.sql("SELECT figure, amount_yuan FROM key_figures").fetchall()
    assert figures == [("three_public", Decimal("95000.00"))]

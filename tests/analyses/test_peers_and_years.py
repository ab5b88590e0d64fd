"""Units among their peers and over the years: like with like, and one unit-year once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import pytest

import jcdata
from jcdata.analyses import charts
from jcdata.analyses.conclusions import conclude
from jcdata.pipeline.build import BuildResult
from tests.checks.test_across_documents import prose, tables
from tests.whole.test_final_accounts import ACCOUNTS

# A machine without a Chinese font runs the tests all the same.
pytestmark = pytest.mark.filterwarnings("ignore::jcdata.MissingFontWarning")

STAFF = "二、其他重要事项情况说明\n我单位实际在编人员{people}人。\n机关运行经费{running}.00万元。"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Departments of 2031, of which one is there twice and has years and a unit too, and final accounts."""
    texts = {
        "a": tables(2031, 400, 200, "甲市水务局"),
        "a_copy": tables(2031, 400, 200, "甲市水务局"),
        "b": tables(2031, 100, 300, "乙市水务局"),
        "c": tables(2031, 700, 100, "丙市水务局"),
        "d": tables(2031, 50, 50, "丁市水务局"),
        "station": tables(2031, 30, 20, "甲市水务站", scope="单位"),
        "a_2030": tables(2030, 300, 200, "甲市水务局"),
        "a_2028": tables(2028, 200, 200, "甲市水务局"),
        "plan": tables(2024, 500, 500, "青石县水务局"),
        "accounts": ACCOUNTS,
    }
    folder = tmp_path_factory.mktemp("many")
    (folder / "raw").mkdir()
    for name, text in texts.items():
        (folder / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    jcdata.build(folder / "raw", folder / "jcdata.duckdb", clean=None)
    return jcdata.connect(folder / "jcdata.duckdb")


def rows(db: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return db.execute(query).fetchall()


def test_departments_are_compared_with_departments_and_each_once(
    db: duckdb.DuckDBPyConnection,
) -> None:
    ranked = rows(
        db,
        """SELECT unit_name, (value_yuan / 10000)::INTEGER, place, peer_count FROM peers
           WHERE measure = 'expenditure' AND fiscal_year = 2031 AND scope = 'department' ORDER BY place""",
    )
    assert ranked == [
        ("丙市水务局", 800, 1, 4), ("甲市水务局", 600, 2, 4), ("乙市水务局", 400, 3, 4), ("丁市水务局", 100, 4, 4),
    ]  # fmt: skip
    (spread,) = rows(
        db,
        """SELECT DISTINCT lower_quartile_yuan, median_yuan, upper_quartile_yuan FROM peers
           WHERE measure = 'expenditure' AND fiscal_year = 2031 AND scope = 'department'""",
    )
    assert spread == (Decimal("3250000.00"), Decimal("5000000.00"), Decimal("6500000.00"))
    alone = (
        "SELECT unit_name, peer_count FROM peers WHERE measure = 'expenditure' AND scope = 'unit'"
    )
    assert rows(db, alone) == [("甲市水务站", 1)]


def test_a_unit_counts_once_in_a_year(db: duckdb.DuckDBPyConnection) -> None:
    for view, key in (
        ("peers", "unit_name, fiscal_year, document_kind, measure"),
        ("timeseries", "unit_name, scope, measure, table_key, item_code, item_name, fiscal_year"),
    ):
        assert rows(db, f"SELECT {key} FROM {view} GROUP BY {key} HAVING count(*) > 1") == [], view


def test_a_name_with_the_party_before_it_is_the_same_unit(
    build: Callable[..., BuildResult],
) -> None:
    result = build(a=tables(2031, unit="某省委办公厅"), b=tables(2031, unit="中共某省委办公厅"))
    with jcdata.connect(result.database) as con:
        units = rows(con, "SELECT DISTINCT unit FROM document_scopes")
        assert units == [("某省委办公厅",)]
        assert rows(con, "SELECT max(peer_count) FROM peers") == [(1,)]


def test_money_per_head_needs_one_number_of_people(build: Callable[..., BuildResult]) -> None:
    result = build(
        a=tables(2031, unit="甲市水务局") + prose(2031, STAFF.format(people=20, running=80)),
        b=tables(2031, unit="乙市水务局")
        + prose(2031, STAFF.format(people=20, running=80) + "另有实际在编人员15人。"),
    )
    with jcdata.connect(result.database) as con:
        heads = rows(
            con,
            """SELECT unit_name, measure, value_yuan, quantity::INTEGER, quantity_line_no IS NOT NULL FROM peers
               WHERE measure LIKE '%per_head' ORDER BY measure""",
        )
        assert heads == [
            ("甲市水务局", "basic_per_head", Decimal("200000.00"), 20, True),
            ("甲市水务局", "expenditure_per_head", Decimal("300000.00"), 20, True),
            ("甲市水务局", "operating_expenses_per_head", Decimal("40000.00"), 20, True),
        ]


def test_years_stand_in_a_row_and_budget_beside_actual(db: duckdb.DuckDBPyConnection) -> None:
    series = jcdata.timeseries(db, unit="甲市水务局")
    totals = series[series["measure"] == "expenditure"]
    assert list(totals["fiscal_year"]) == [2028, 2030, 2031]
    assert list(totals["budget_yuan"] / 10_000) == [400, 500, 600]
    both = rows(
        db,
        """SELECT measure, item_name, budget_yuan, actual_yuan, round(execution_rate, 4), budget_document_id, actual_document_id
           FROM timeseries WHERE unit_name = '青石县水务局' AND fiscal_year = 2024
               AND (measure = 'expenditure' OR table_key = 'expenditure' AND item_code = '2130301')""",
    )
    assert sorted(both) == [
        ("expenditure", "", Decimal("10000000.00"), Decimal("9300000.00"), 0.93, "plan", "accounts"),
        ("item", "行政运行", Decimal("5000000.00"), Decimal("8300000.00"), 1.66, "plan", "accounts"),
    ]  # fmt: skip
    assert rows(db, "SELECT count(*) FROM zh.历年数据") == rows(
        db, "SELECT count(*) FROM timeseries"
    )


def test_figures_of_final_accounts_leave_the_closing_balance_out(
    db: duckdb.DuckDBPyConnection,
) -> None:
    query = "SELECT wan(amount_yuan), table_key FROM {} WHERE document_id = 'accounts' AND figure = 'expenditure'"
    assert rows(db, query.format("key_figures")) == [(Decimal("1000.00"), "overall_balance")]
    assert rows(db, query.format("comparable_figures")) == [(Decimal("930.00"), "expenditure")]
    rest = "SELECT document_id, figure, amount_yuan, line_no FROM {} WHERE document_id <> 'accounts' ORDER BY ALL"
    assert rows(db, rest.format("comparable_figures")) == rows(db, rest.format("key_figures"))


def test_a_conclusion_ranks_the_largest_or_the_chosen_unit(db: duckdb.DuckDBPyConnection) -> None:
    everyone = conclude(db, "peers")
    assert "可比的单位 4 个" in everyone.said.zh and "最多的一组 4 个单位" in everyone.said.zh
    assert everyone.facts[0].said.zh == (
        "丙市水务局 2031：支出总计 800.00 万元，在 4 个同类（部门预算）中第 1 位，中位数 500.00 万元"
    )
    own = conclude(db, "peers", unit="甲市水务局").facts[0]
    assert "在 4 个同类（部门预算）中第 2 位" in own.said.zh and own.line_no


def test_a_conclusion_compares_the_first_with_the_last_year_and_spending_with_the_plan(
    db: duckdb.DuckDBPyConnection,
) -> None:
    said = conclude(db, "timeseries")
    words = [fact.said.zh for fact in said.facts]
    assert words == [
        "甲市水务局（部门）：预算支出总计由 2028 年的 400.00 万元变为 2031 年的 600.00 万元（+50.00%）",
        "青石县水务局（部门）2024：决算支出 930.00 万元，为预算 1,000.00 万元的 93.00%",
    ]
    assert "没有一个单位有两年同类文件" in conclude(db, "timeseries", unit="乙市水务局").said.zh


def test_a_department_and_its_own_unit_are_told_apart_in_both_languages(
    build: Callable[..., BuildResult],
) -> None:
    files = {
        f"{scope}_{year}": tables(year, 100, year - first, "甲市水务局", scope=scope)
        for scope, first in (("部门", 2030), ("单位", 2027))
        for year in (first, first + 1)
    }
    with jcdata.connect(build(**files).database) as con:
        said = [fact.said for fact in conclude(con, "timeseries").facts]
    assert len(said) == 2
    assert any("甲市水务局 (unit): " in words.en for words in said)
    assert any("甲市水务局（单位）：" in words.zh for words in said)


def test_lines_of_several_units_have_common_axes_and_are_counted_as_units(
    db: duckdb.DuckDBPyConnection,
) -> None:
    years = jcdata.item_years(db)
    many = pd.concat(years.assign(unit_name=f"{n}局") for n in range(7))
    spec = charts.item_years(many).to_dict()
    assert spec["resolve"]["scale"] == {"color": "independent", "x": "shared", "y": "shared"}
    assert spec["title"].endswith("个单位中金额最大的 6 个")


def panels(chart: Any) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return [p for row in spec["vconcat"] for p in row.get("hconcat", [row])]


def test_the_panels_of_peers_share_an_axis(db: duckdb.DuckDBPyConnection) -> None:
    compared = jcdata.peers(db)
    chart = charts.peers(compared, unit="甲市水务局")
    spec = chart.to_dict()
    assert spec["resolve"]["scale"]["x"] == "shared"
    assert spec["title"]["text"] == "支出总计：与同类单位相比，处于什么位置？"
    assert [p["title"]["text"] for p in panels(chart)] == ["2031年 部门预算"]
    assert "4 个单位，中位数 500.00 万元" in panels(chart)[0]["title"]["subtitle"]
    with pytest.raises(ValueError, match="no measure 'salary'"):
        charts.peers(compared, measure="salary")


def test_the_panels_of_years_have_common_axes_and_gaps(db: duckdb.DuckDBPyConnection) -> None:
    series = jcdata.timeseries(db, unit="甲市水务局")
    chart = charts.timeseries(series[series["measure"] != "item"])
    drawn = panels(chart)
    axes = [
        (layer["encoding"]["x"]["scale"]["domain"], layer["encoding"]["y"]["scale"]["domain"])
        for panel in drawn
        for layer in panel["layer"][:1]
    ]
    assert len(drawn) > 2 and all(axis == axes[0] for axis in axes)
    assert axes[0][0] == ["2028年", "2029年", "2030年", "2031年"]
    points = [row for data in chart.to_dict()["datasets"].values() for row in data]
    assert len({row["run"] for row in points if row["name"] == "支出总计"}) == 2


def test_why_nothing_is_drawn_is_said(db: duckdb.DuckDBPyConnection) -> None:
    def said(chart: Any) -> str:
        return str(chart.to_dict()["datasets"])

    alone = jcdata.peers(db, unit="甲市水务站")
    assert "没有同年同类的单位可比" in said(charts.peers(alone))
    assert "没有一项有两年的数据" in said(charts.timeseries(jcdata.timeseries(db, year=2031)))
    assert isinstance(alone, pd.DataFrame)

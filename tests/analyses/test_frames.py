"""The analyses in Python: the frames hold the documents' figures, and what is not there is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import jcdata
from jcdata import schema
from jcdata.analyses.panels import largest_rows
from jcdata.errors import DatabaseError, SelectionError
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU, CENTRE

BUREAU_UNIT, CENTRE_UNIT = "晋城市应急管理局", "晋城市应急管理调度指挥中心"
ANALYSES = [
    "composition", "function_by_nature", "key_shares", "growth", "growth_decomposition", "project_costs", "unit_costs", "carry_over",
    "project_funding", "earlier_work", "carry_over_balances", "carry_over_breakdown",
]  # fmt: skip


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


@pytest.mark.parametrize("analysis", ANALYSES)
def test_a_frame_has_the_columns_and_rows_of_its_view(
    db: duckdb.DuckDBPyConnection, analysis: str
) -> None:
    frame = getattr(jcdata, analysis)(db)
    (view,) = (v for v in schema.views() if v.name == analysis)
    assert list(frame.columns) == [f.name for f in view.fields]
    assert [(len(frame),)] == db.sql(f"SELECT count(*) FROM {analysis}").fetchall()
    assert {str(frame[f.name].dtype) for f in view.fields if f.name.endswith("_yuan")} == {
        "float64"
    }


@pytest.mark.parametrize("analysis", ANALYSES)
def test_unit_and_year_choose_documents(db: duckdb.DuckDBPyConnection, analysis: str) -> None:
    read = getattr(jcdata, analysis)
    assert (
        set(read(db, unit=BUREAU_UNIT).document_id)
        == set(read(db, year=2023).document_id)
        == {BUREAU}
    )
    assert set(read(db, unit=CENTRE_UNIT, year=2025).document_id) == {CENTRE}


@pytest.mark.parametrize(
    ("unit", "dimension", "shares"),
    [
        (BUREAU_UNIT, "revenue_source", [88.34, 11.66]),
        (BUREAU_UNIT, "expenditure_type", [75.81, 24.19]),
        (BUREAU_UNIT, "function", [92.08, 2.88, 1.92, 1.84, 1.29]),
        (CENTRE_UNIT, "expenditure_type", [64.84, 35.16]),
        (CENTRE_UNIT, "function", [83.78, 7.88, 4.92, 3.41]),
    ],
)
def test_shares_are_those_that_the_document_states(
    db: duckdb.DuckDBPyConnection, unit: str, dimension: str, shares: list[float]
) -> None:
    frame = jcdata.composition(db, dimension=dimension, unit=unit)
    stated = frame[frame.stated_share.notna()]
    assert (
        list((100 * stated.share).round(2)) == list((100 * stated.stated_share).round(2)) == shares
    )
    assert stated.agrees.all()


def test_rates_are_those_that_the_documents_state(db: duckdb.DuckDBPyConnection) -> None:
    frame = jcdata.growth(db).set_index(["unit_name", "subject"])
    for unit, subject, rate in (
        (BUREAU_UNIT, "预算收入总计", 32.11),
        (BUREAU_UNIT, "一般公共预算当年拨款", 16.71),
        (CENTRE_UNIT, "预算支出总计", 8.19),
    ):
        row = frame.loc[(unit, subject)]
        assert [round(100 * row.rate, 2), round(100 * row.stated_rate, 2)] == [rate, rate]


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (
            {"unit": "晋城市应急局"},
            "no unit '晋城市应急局'; there is: 晋城市应急管理局, 晋城市应急管理调度指挥中心 /",
        ),
        ({"year": 1999}, "no year 1999; there is: 20"),
        ({"unit": BUREAU_UNIT, "year": 2025}, "no year 2025; there is: 2023 /"),
        ({"dimension": "subject"}, "no dimension 'subject'; there is: .*project"),
        (
            {"unit": CENTRE_UNIT, "dimension": "economic"},
            "no dimension 'economic'; there is: (?!.*economic,)",
        ),
        ({"unit": "'; DROP TABLE documents; --"}, "no unit"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    db: duckdb.DuckDBPyConnection, chosen: dict[str, str], message: str
) -> None:
    with pytest.raises(SelectionError, match=message):
        jcdata.composition(db, **chosen)


def test_a_path_does_as_well_as_a_connection(built: BuildResult, tmp_path: Path) -> None:
    assert len(jcdata.growth(built.database)) == len(jcdata.growth(str(built.database))) > 0
    with pytest.raises(DatabaseError, match="jcdata build"):
        jcdata.growth(tmp_path / "none.duckdb")


def test_the_findings_are_those_of_the_view_with_exact_figures(
    db: duckdb.DuckDBPyConnection, built: BuildResult
) -> None:
    frame = jcdata.check(db)
    (view,) = (v for v in schema.views() if v.name == "findings")
    assert list(frame.columns) == [field.name for field in view.fields]
    rows = db.sql("FROM findings").fetchall()
    assert list(frame.itertuples(index=False, name=None)) == rows
    assert list(jcdata.check(str(built.database)).itertuples(index=False, name=None)) == rows
    rounding = frame[
        (frame.check_key == "economic_items") & (frame.target == "表6 工资福利支出 合计")
    ].iloc[0]
    assert (rounding.stated, rounding.difference, rounding.tolerance) == (
        Decimal(8455000),
        Decimal(100),
        Decimal(550),
    )
    assert (
        all(isinstance(value, Decimal) for value in frame.difference.dropna())
        and frame.difference.isna().any()
    )


def test_findings_can_be_counted_sorted_and_read(db: duckdb.DuckDBPyConnection) -> None:
    frame = jcdata.check(db)
    worst = frame.loc[frame.difference.astype(float).abs().idxmax()]
    assert worst.check_key == "empty_table" and worst.difference == -4435400
    assert (frame.difference < 0).sum() == (frame.difference.astype(float) < 0).sum() > 0
    assert frame.iloc[0].check_key == "project_without_form"  # what has most money at stake
    shown = jcdata.in_chinese(frame, "findings").iloc[frame.index.get_loc(worst.name)].to_dict()
    assert (
        shown["推算数"] == "4,435,400" and shown["所列数"] == "0" and shown["所在行"] == "222, 238"
    )
    assert shown["严重程度"] == "警告" and shown["结果"] == "不符"


def test_a_database_without_findings_gives_an_empty_frame(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    built = jcdata.build(tmp_path / "raw", tmp_path / "x.duckdb", clean=None)
    frame = jcdata.check(built.database)
    assert frame.empty and "difference" in frame.columns


def test_an_open_result_of_the_connection_is_left_alone(db: duckdb.DuckDBPyConnection) -> None:
    pending = db.execute("FROM range(3)")
    jcdata.growth(db)
    assert pending.fetchall() == [(0,), (1,), (2,)]


def test_each_yuan_is_counted_once(db: duckdb.DuckDBPyConnection) -> None:
    frame = jcdata.carry_over(db)
    once = frame[~frame.is_repeated]
    sums = once.groupby(["document_id", "kind"]).amount_yuan.sum().to_dict()
    assert sums == {
        (BUREAU, "carried_over"): 5510100,
        (BUREAU, "arrears"): 4085000,
        (CENTRE, "arrears"): 555000,
    }


def test_a_frame_in_chinese_is_for_reading(db: duckdb.DuckDBPyConnection) -> None:
    frame = jcdata.composition(db, dimension="function", unit=BUREAU_UNIT).assign(note="-")
    row = jcdata.in_chinese(frame, "composition").iloc[0].to_dict()
    assert (
        row["金额（万元）"] == "3,845.38" and row["占比"] == "92.08%" and row["维度"] == "功能分类"
    )
    assert row["是否相符"] == "是" and row["科目级次"] == "1" and row["note"] == "-"
    assert jcdata.in_chinese(jcdata.growth(db), "growth")["自述增减率"].iloc[3] == ""
    price = jcdata.in_chinese(jcdata.unit_costs(db, unit=CENTRE_UNIT), "unit_costs").iloc[0]
    assert price["单位成本（元）"] == "3,125.00" and price["年度资金（万元）"] == "25.00"


def test_no_digit_of_a_quantity_is_left_out_and_money_is_rounded_as_in_the_database() -> None:
    read = pd.DataFrame({"amount_yuan": [50.0, 1234567.89], "quantity": [1234567.5, 0.1 + 0.2]})
    shown = jcdata.in_chinese(read, "unit_costs")
    assert list(shown["年度资金（万元）"]) == ["0.01", "123.46"]
    assert list(shown["数量"]) == ["1234567.5", "0.3"]


def test_the_pages_of_lines_are_known_where_the_document_has_pages(
    build: Callable[..., BuildResult],
) -> None:
    text = (
        "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        "合计 5.50 5.50  \n201 一般公共服务支出 5.50 5.50  \n"
    )
    with jcdata.connect(
        build(paged="封面\n\f" + text, plain=text.replace("2031", "2032")).database
    ) as db:
        frame = jcdata.composition(db)
        ((line, page),) = db.sql(
            "SELECT DISTINCT line_no, page_no FROM budget_lines WHERE document_id = 'paged' AND is_total"
        ).fetchall()
    assert page == 2 and frame.attrs["pages"][f"paged:{line}"] == 2
    assert not any(place.startswith("plain:") for place in frame.attrs["pages"])
    shown = largest_rows(
        frame[frame["dimension"] == "expenditure_type"], "amount_yuan", "item_name"
    )
    assert f"paged:{line}，第2页" in set(shown["source"])

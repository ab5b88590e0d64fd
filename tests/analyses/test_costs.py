"""What projects cost: all of their money, what their indicators are worth, and prices only where they are prices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import jcdata
from jcdata import schema
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU
from tests.making.databases import rows_of, write


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


def asked(path: Path, query: str, *filled: tuple[type, list[tuple[object, ...]]]) -> list[Any]:
    """What a query gives where one document of 2031 has these rows."""
    document = (schema.DocumentRecord, rows_of(schema.DocumentRecord, {"fiscal_year": 2031}))
    write(path / "some.duckdb", document, *filled)
    with jcdata.connect(path / "some.duckdb") as con:
        return con.sql(query).fetchall()


def form(**changes: object) -> tuple[type, list[tuple[object, ...]]]:
    plain = {"form_kind": "project_goals", "annual_total_yuan": Decimal(100_000), "annual_goal": ""}
    return schema.PerformanceForm, rows_of(schema.PerformanceForm, plain | changes)


def owed(sentence: str, yuan: int = 100_000) -> tuple[type, list[tuple[object, ...]]]:
    change = {"amount_yuan": Decimal(yuan), "sentence": sentence}
    return schema.Arrears, rows_of(schema.Arrears, change)


def promises(*printed: tuple[str, float, str]) -> tuple[type, list[tuple[object, ...]]]:
    """Annual indicators by what is measured, number and unit; a unit of money makes a price that is not to be exceeded."""
    changes = [
        {
            "indicator_no": number,
            "horizon": "annual",
            "level2": "成本指标" if "元" in unit else "数量指标",
            "level3": name,
            "comparator": "<=" if "元" in unit else ">=",
            "value_min": None if "元" in unit else value,
            "value_max": value if "元" in unit else None,
            "unit": unit,
            "value_kind": "money" if "元" in unit else "quantity",
            "line_no": number,
        }
        for number, (name, value, unit) in enumerate(printed, start=1)
    ]
    return schema.Indicator, rows_of(schema.Indicator, *changes)


def test_project_money_without_a_form_stands_first(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT form_status, sum(amount_yuan), max(amount_yuan), any_value(base_yuan) FROM project_funding
               WHERE document_id = ? AND counts GROUP BY ALL ORDER BY ALL DESC"""
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("without_form", Decimal("13500100.00"), Decimal("7990000.00"), Decimal("35834300.00")),
        ("with_form", Decimal("22334200.00"), Decimal("3000000.00"), Decimal("35834300.00")),
    ]
    rows = db.execute("SELECT form_status FROM project_funding WHERE document_id = ?", [BUREAU])
    assert [status for (status,) in rows.fetchall()][:3] == ["without_form"] * 3


def test_a_document_without_any_form_says_nothing_of_its_projects(tmp_path: Path) -> None:
    projects = rows_of(schema.Project, {"form_no": None, "name_similarity": None})
    query = "SELECT form_status, indicator_count FROM project_funding"
    assert asked(tmp_path, query, (schema.Project, projects)) == [("no_forms", None)]


def test_most_social_benefits_are_words(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT sum(indicator_count), sum(in_words_count), sum(with_number_count), sum(equal_count), sum(evaluated_count)
               FROM indicator_quality WHERE level2 = '社会效益指标' AND counts"""
    assert db.sql(query).fetchall() == [(48, 47, 1, 48, 0)]
    query = "SELECT sum(with_unit_count), sum(with_ceiling_count), sum(indicator_count) FROM indicator_quality WHERE level2 = '成本指标'"
    assert db.sql(query).fetchall() == [(26, 23, 26)]


def test_self_evaluations_are_counted_with_their_points(tmp_path: Path) -> None:
    changes = [
        {"indicator_no": no, "horizon": "annual", "actual_text": text, "score": score, "weight": 10}
        for no, (text, score) in enumerate([("95%", 9.5), ("", None)])
    ]
    query = "SELECT indicator_count, evaluated_count, score, weight FROM indicator_quality"
    indicators = (schema.Indicator, rows_of(schema.Indicator, *changes))
    assert asked(tmp_path, query, form(form_kind="self_evaluation"), indicators) == [
        (2, 1, 9.5, 10.0)
    ]


def test_a_ceiling_times_its_number_against_the_money(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT price_unit, ceiling_yuan, quantity, at_most_yuan, amount_yuan FROM price_ceilings
               WHERE document_id = ? AND why_not IS NULL"""
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("人/次", Decimal("400.00"), 980.0, Decimal("392000.00"), Decimal("2337100.00"))
    ]


@pytest.mark.parametrize(
    ("printed", "at_most", "why_not"),
    [
        ([("标准", 2.0, "万元/个"), ("路口数", 3.0, "个")], "60000.00", None),
        ([("标准", 50.0, "元/人"), ("甲人数", 3.0, "人"), ("乙人数", 4.0, "人")], "350.00", None),
        ([("标准", 50.0, "元/个"), ("路口数", 3.0, "个"), ("井盖数", 4.0, "个")], None, "unlike"),
        ([("标准", 50.0, "元/人/天"), ("人数", 3.0, "人")], None, "several"),
        ([("标准", 50.0, "元/天"), ("人数", 3.0, "人")], None, "no_quantity"),
    ],
)
def test_a_ceiling_is_multiplied_only_by_what_it_is_for(
    tmp_path: Path, printed: list[tuple[str, float, str]], at_most: str | None, why_not: str | None
) -> None:
    query = "SELECT at_most_yuan, why_not FROM price_ceilings"
    expected = (at_most and Decimal(at_most), why_not)
    assert asked(tmp_path, query, form(), promises(*printed)) == [expected]


def test_money_for_a_year_is_no_price(tmp_path: Path) -> None:
    rows = asked(tmp_path, "FROM price_ceilings", form(), promises(("标准", 7.0, "万元/年")))
    assert rows == []


def test_no_unpaid_rest_and_no_kind_has_a_price(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT form_no, level3, unit, why_not FROM unit_costs
               WHERE document_id = ? AND form_no IN (5, 10, 17, 21) ORDER BY form_no"""
    assert db.execute(query, [BUREAU]).fetchall() == [
        (5, "检查煤矿数量", "个", "arrears"),
        (10, "管理防汛抗旱物资种类", "种", "kind"),
        (17, "检查行业数量", "个", "kind"),
        (21, "土地占用", "亩", "land"),
    ]
    query = "SELECT count(*) FROM unit_costs WHERE (yuan_per_unit IS NULL) = (why_not IS NULL)"
    assert db.sql(query).fetchall() == [(0,)]


def test_a_rest_is_divided_with_what_is_paid_already(db: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT quantity, paid_yuan, total_yuan, yuan_per_unit FROM unit_costs WHERE document_id = ? AND form_no = 25"
    assert db.execute(query, [BUREAU]).fetchall() == [
        (100.0, Decimal("193800.00"), Decimal("994600.00"), Decimal("9946.00"))
    ]


@pytest.mark.parametrize(
    ("printed", "prices", "why_not"),
    [
        ([("培训人数", 50.0, "人")], ["2000.00"], [None]),
        ([("培训人数", 50.0, "人"), ("教材种类", 3.0, "种")], [None, None], ["several", "kind"]),
        ([("甲人数", 50.0, "人"), ("乙人数", 50.0, "人")], [None, None], ["several", "several"]),
        (
            [("甲人数", 40.0, "人"), ("乙人数", 60.0, "人"), ("标准", 400.0, "元/人")],
            ["1000.00", "1000.00"],
            [None, None],
        ),
        (
            [("城区保障人员数量", 40.0, "人"), ("乡镇保障人员数量", 60.0, "人")],
            ["1000.00", "1000.00"],
            [None, None],
        ),
        (
            [("覆盖单位数", 40.0, "家"), ("聘请机构数", 2.0, "家")],
            [None, None],
            ["several", "several"],
        ),
        ([("每家企业专家数", 2.0, "人")], [None], ["rate"]),
        ([("治理面积", 30.0, "亩")], [None], ["land"]),
    ],
)
def test_a_price_has_one_driver(
    tmp_path: Path,
    printed: list[tuple[str, float, str]],
    prices: list[str | None],
    why_not: list[str | None],
) -> None:
    rows = asked(
        tmp_path, "SELECT yuan_per_unit, why_not FROM unit_costs", form(), promises(*printed)
    )
    assert rows == [
        (price and Decimal(price), reason) for price, reason in zip(prices, why_not, strict=True)
    ]


@pytest.mark.parametrize(
    ("sentence", "owes", "price", "why_not"),
    [
        ("2030年已支付5万元，剩余10万元于2031年支付。", 100_000, "3000.00", None),
        ("2030年已支付50,000元，还需支付10万元。", 100_000, "3000.00", None),
        ("2030年未支付的10万元。", 100_000, None, "arrears"),
        ("2029年已支付2万元，2030年已支付3万元，余款10万元。", 100_000, None, "arrears"),
        ("2030年已支付合同款70%，余款10万元。", 100_000, None, "arrears"),
        ("2030年已支付5万元，余款4万元。", 40_000, None, "arrears"),
    ],
)
def test_arrears_have_a_price_only_with_one_stated_payment(
    tmp_path: Path, sentence: str, owes: int, price: str | None, why_not: str | None
) -> None:
    query = "SELECT yuan_per_unit, why_not FROM unit_costs"
    rows = asked(tmp_path, query, form(), owed(sentence, owes), promises(("人数", 50.0, "人")))
    assert rows == [(price and Decimal(price), why_not)]

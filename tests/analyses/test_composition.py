"""Shares say of what they are, parts name their whole, and nothing is a share of what is not printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import duckdb
import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


def test_each_share_says_of_what_it_is(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT DISTINCT "维度", "基数名称", "基数" FROM zh."构成分析" WHERE "文件编号" = ?
               AND "基数" IN (4727.11, 4176.10, 3583.43) AND coalesce("科目级次", 1) = 1 ORDER BY ALL"""
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("功能分类", "一般公共预算支出（不含上年结转）", Decimal("4176.10")),
        ("支出类型", "支出合计", Decimal("4727.11")),
        ("收入来源", "收入合计", Decimal("4727.11")),
        ("项目", "项目支出合计", Decimal("3583.43")),
    ]


@pytest.mark.parametrize(
    ("dimension", "item", "parent"),
    [
        ("function", "行政运行", "应急管理事务"),
        ("function", "应急管理事务", "灾害防治及应急管理支出"),
        ("function", "灾害防治及应急管理支出", None),
        ("economic", "退休费", "对个人和家庭的补助"),
        ("economic", "工资福利支出", None),
    ],
)
def test_parts_name_the_item_above(
    db: duckdb.DuckDBPyConnection, dimension: str, item: str, parent: str | None
) -> None:
    query = (
        "SELECT parent_name FROM composition WHERE (document_id, dimension, item_name) = (?, ?, ?)"
    )
    assert db.execute(query, [BUREAU, dimension, item]).fetchall() == [(parent,)]


def test_governmental_items_are_sums_of_the_departmental_ones(
    db: duckdb.DuckDBPyConnection,
) -> None:
    query = """SELECT item_name, amount_yuan FROM composition
               WHERE document_id = ? AND dimension = 'governmental_economic' ORDER BY amount_yuan DESC LIMIT 3"""
    assert db.execute(query, [BUREAU]).fetchall() == [
        ("工资奖金津补贴", Decimal("4981500.00")),
        ("社会保障缴费", Decimal("1750600.00")),
        ("离退休费", Decimal("1150400.00")),
    ]


def test_functions_are_crossed_with_nature(db: duckdb.DuckDBPyConnection) -> None:
    query = """SELECT basic_yuan, project_yuan, carry_over_yuan, total_yuan, round(project_share, 4) FROM function_by_nature
               WHERE document_id = ? AND item_name = ?"""
    rows = {name: db.execute(query, [BUREAU, name]).fetchone() for name in ("行政运行", "应急管理")}
    assert rows["行政运行"] == (
        Decimal("8929600.00"), Decimal("6325900.00"), 0, Decimal("15255500.00"), 0.4147,
    )  # fmt: skip
    assert rows["应急管理"] == (
        0, Decimal("15033900.00"), Decimal("5310100.00"), Decimal("15033900.00"), 1.0,
    )  # fmt: skip


def test_what_a_row_does_not_print_is_nothing_only_where_the_others_make_up_its_total(
    build: Callable[..., BuildResult],
) -> None:
    text = (
        "某某局2030年单位预算公开\n2030年预算支出总表\n单位名称：某某局\n单位：万元\n"
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t9.00\t5.00\t4.00\n"
        "208\t甲支出\t5.00\t5.00\t\n210\t乙支出\t4.00\t\t3.00\n"
    )
    with jcdata.connect(build(a=text).database) as con:
        query = "SELECT basic_yuan, project_yuan, carry_over_yuan FROM function_by_nature ORDER BY item_code"
        assert con.sql(query).fetchall() == [
            (Decimal("50000.00"), 0, None),
            (None, Decimal("30000.00"), None),
        ]


@pytest.mark.parametrize(
    ("said", "carried"), [("，其中：本年收入9.00万元，上年结转0万元", 0), ("", None)]
)
def test_nothing_is_carried_over_only_where_the_document_says_how_much(
    build: Callable[..., BuildResult], said: str, carried: int | None
) -> None:
    text = (
        "某某局2030年单位预算公开\n2030年预算收入总表\n单位名称：某某局\n单位：万元\n"
        "科目编码\t科目名称\t合计\t一般公共预算\n合计\t\t9.00\t9.00\n208\t甲支出\t9.00\t9.00\n"
        "2030年预算支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "合计\t\t9.00\t9.00\t\n208\t甲支出\t9.00\t9.00\t\n"
        f"一、收支总体情况\n2030年预算收入总计9.00万元{said}，比上年增加1.00万元。\n"
    )
    with jcdata.connect(build(a=text).database) as con:
        assert con.sql("SELECT carry_over_yuan FROM function_by_nature").fetchall() == [(carried,)]


@pytest.mark.parametrize(
    ("share_key", "part", "whole", "base", "share"),
    [
        ("procurement", "1939.27", "4727.11", "支出合计", 0.4102),
        ("office_project", "632.59", "1525.55", "行政运行支出", 0.4147),
        ("office_in_project", "632.59", "3583.43", "项目支出合计", 0.1765),
        ("personnel", "972.78", "1143.68", "一般公共预算基本支出", 0.8506),
        ("non_personnel", "170.90", "1143.68", "一般公共预算基本支出", 0.1494),
    ],
)
def test_key_shares_name_both_amounts(
    db: duckdb.DuckDBPyConnection, share_key: str, part: str, whole: str, base: str, share: float
) -> None:
    query = """SELECT wan(amount_yuan), wan(base_yuan), "基数名称", round(share, 4) FROM key_shares
               JOIN zh."关键占比" ON ("文件编号", "金额_元", "基数_元") = (document_id, amount_yuan, base_yuan)
               WHERE document_id = ? AND share_key = ?"""
    assert db.execute(query, [BUREAU, share_key]).fetchall() == [
        (Decimal(part), Decimal(whole), base, share)
    ]


@pytest.mark.parametrize(("basic", "count"), [("8.00", 2), ("7.00", 0)])
def test_staff_and_running_are_shares_only_of_what_they_make_up(
    build: Callable[..., BuildResult], basic: str, count: int
) -> None:
    text = (
        "某某局2030年单位预算公开\n一、基本支出情况\n"
        f"2030年一般公共预算基本支出{basic}万元，其中：人员经费5.00万元，公用经费3.00万元。\n"
    )
    with jcdata.connect(build(a=text).database) as con:
        query = "SELECT count(*) FROM key_shares WHERE base = 'basic'"
        assert con.sql(query).fetchall() == [(count,)]


@pytest.mark.parametrize(
    ("total", "base"), [("10.00", "10.00"), ("10.01", "10.00"), ("12.50", "12.50")]
)
def test_a_share_is_one_of_the_printed_total_where_more_than_rounding_is_missing(
    build: Callable[..., BuildResult], total: str, base: str
) -> None:
    text = (
        "某某局2030年单位预算公开\n2030年一般公共预算支出预算表\n单位名称：某某局\n单位：万元\n"
        f"科目编码\t科目名称\t合计\n合计\t\t{total}\n208\t社会保障和就业支出\t4.00\n210\t卫生健康支出\t6.00\n"
    )
    with jcdata.connect(build(a=text).database) as con:
        query = """SELECT wan(base_yuan), abs(share - (amount_yuan / base_yuan)::DOUBLE) < 1e-9
                   FROM composition WHERE dimension = 'function'"""
        assert con.sql(query).fetchall() == [(Decimal(base), True)] * 2


def test_totals_of_parts_of_a_table_are_no_base(build: Callable[..., BuildResult]) -> None:
    text = (
        "某某局2030年单位决算公开\n一般公共预算财政拨款基本支出决算表\n单位名称：某某局\n单位：万元\n"
        "科目编码\t科目名称\t决算数\n301\t工资福利支出\t6.00\n302\t商品和服务支出\t4.00\n"
        "人员经费合计\t\t6.00\n公用经费合计\t\t4.00\n"
    )
    with jcdata.connect(build(a=text).database) as con:
        query = "SELECT DISTINCT base_yuan FROM composition WHERE dimension = 'economic' AND item_level = 1"
        assert con.sql(query).fetchall() == [(Decimal("100000.00"),)]


@pytest.mark.parametrize(
    ("headings", "kinds"),
    [("合计\t基本支出", ["基本支出", "项目支出"]), ("金甲\t金乙", [])],
)
def test_there_is_no_share_of_kinds_of_which_a_column_is_not_understood(
    build: Callable[..., BuildResult], headings: str, kinds: list[str]
) -> None:
    text = (
        "某某局2030年单位预算公开\n2030年预算支出总表\n单位名称：某某局\n单位：万元\n"
        f"科目编码\t科目名称\t{headings}\t项目支出\n合计\t\t9.00\t5.00\t4.00\n208\t甲支出\t9.00\t5.00\t4.00\n"
    )
    with jcdata.connect(build(a=text).database) as con:
        query = (
            "SELECT item_name FROM composition WHERE dimension = 'expenditure_type' ORDER BY ALL"
        )
        assert [name for (name,) in con.sql(query).fetchall()] == kinds

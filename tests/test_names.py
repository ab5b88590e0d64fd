"""When two names are one, in Python and in SQL alike."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.database.definitions import name_key_in_sql
from jcdata.names import beginnings, is_cut, is_misspelling, name_key, name_without_year

SIGNS = "一期二项目运行维护费用０1２3.．、，,·（）()〔]“”' 　\n*#ＡaII-"


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        yield con


def key_in_sql(con: duckdb.DuckDBPyConnection, name: str) -> str:
    ((key,),) = con.execute(
        f"SELECT {name_key_in_sql('name')} FROM (SELECT ? AS name)", [name]
    ).fetchall()
    return str(key)


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("防汛、抗旱项目", "防汛抗旱项目", True),
        ("公务用车运行维护费", "公务用车运行费", True),
        ("2031年应急项目", "应急项目", False),
        ("因公出国（境）费用", "因公出国(境)费", True),
        ("政府办公厅 〔室〕及相关机构事务", "政府办公厅(室)及相关机构事务", True),
        ("“两新”组织　经费", "两新组织经费", True),
        ("Ａ区３号楼", "A区3号楼", True),
        ("纪检，监察·事务", "纪检监察事务", True),
        ("堤防加固一期", "堤防加固二期", False),
        ("1、2号泵站", "12号泵站", False),
        ("二、十村供水", "二十村供水", False),
        ("高标准农田2.5万亩", "高标准农田25万亩", False),
        ("办公设备运行", "办公设备运行维护", False),
        ("费用核算", "费核算", False),
    ],
)
def test_python_and_sql_know_the_same_names(
    con: duckdb.DuckDBPyConnection, one: str, other: str, is_one: bool
) -> None:
    assert (name_key(one) == name_key(other)) == is_one
    assert (key_in_sql(con, one), key_in_sql(con, other)) == (name_key(one), name_key(other))


@given(name=st.text(SIGNS, max_size=12))
def test_the_key_of_any_name_is_the_same_in_python_and_sql(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    assert key_in_sql(con, name) == name_key(name)


def test_a_year_parts_two_names_unless_years_are_compared() -> None:
    names = ("2031年应急、抢险项目", "提前下达2030年度应急抢险项目", "应急抢险项目")
    assert {name_key(name_without_year(name)) for name in names} == {"应急抢险项目"}


@pytest.mark.parametrize(
    ("cut", "whole", "expected"),
    [
        ("市级应急指挥平台", "市级应急指挥平台运行维护费项目", True),
        ("市级应急指挥平台运行维护", "市级应急指挥平台运行维护费项目", True),
        ("市级应急指挥平台运行维护费", "市级应急指挥平台运行维护费用补助", True),
        ("市级应急指挥平台（", "市级应急指挥平台(二期)", True),
        ("市级应急指挥平台运行维护", "市级应急指挥平台运行保障项目", False),
        ("市级应急指挥", "市级应急指挥平台", False),
    ],
)
def test_a_cut_leaves_the_beginning_of_the_print(cut: str, whole: str, expected: bool) -> None:
    assert is_cut(cut, whole) == is_cut(whole, cut) == expected


def test_a_cut_may_leave_each_beginning_of_some_length() -> None:
    assert beginnings("检查、培训次数") == ("检查培训", "检查培训次", "检查培训次数")
    assert beginnings("系统运行维护费用") == (
        "系统运行",
        "系统运行维",
        "系统运行维护",
        "系统运行费",
    )
    assert beginnings("次数") == ("次数",)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("应急演练费", "应急演炼费", True),
        ("应急演练费用", "应急演练费", True),
        ("应急演练费", "应急演练费", False),
        ("应急演练费", "应急训炼费", False),
        ("演练经费", "演炼经费", False),  # too short to tell a slip from another name
        ("应急演练", "应急演练费", False),
        ("水库加固一期", "水库加固二期", False),
        ("水库加固期", "水库加固2期", False),
        ("3处水库加固一期", "3处水库加因一期", True),
    ],
)
def test_a_misspelt_name_differs_in_one_character_that_is_no_numeral(
    one: str, other: str, expected: bool
) -> None:
    assert is_misspelling(one, other) is is_misspelling(other, one) is expected

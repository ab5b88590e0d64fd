"""The classification of expenditure: its files and its table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import jcdata
from jcdata.classification import classification, find_code, item_names, read_classification
from jcdata.errors import SpecError
from jcdata.pipeline.build import BuildResult

HEADING = "code,name,name_en,first_year,last_year,rests_on\n"


def names(code: str, year: int) -> list[str]:
    """The names of a code in a fiscal year."""
    return [
        item.name
        for item in classification()
        if item.code == code and (item.first_year or 0) <= year <= (item.last_year or 9999)
    ]


@pytest.mark.parametrize(
    ("code", "year", "before", "after"),
    [
        ("207", 2019, ["文化体育与传媒支出"], ["文化旅游体育与传媒支出"]),
        ("210", 2019, ["医疗卫生与计划生育支出"], ["卫生健康支出"]),
        ("215", 2020, ["资源勘探信息等支出"], ["资源勘探工业信息等支出"]),
        ("220", 2019, ["国土海洋气象等支出"], ["自然资源海洋气象等支出"]),
        ("224", 2019, [], ["灾害防治及应急管理支出"]),
        ("20805", 2020, ["行政事业单位离退休"], ["行政事业单位养老支出"]),
        ("2101101", 2019, ["行政单位医疗"], ["行政单位医疗"]),
        ("310", 2018, ["其他资本性支出"], ["资本性支出"]),
        ("50101", 2018, [], ["工资奖金津补贴"]),
    ],
)
def test_a_code_has_the_name_of_its_year(
    code: str, year: int, before: list[str], after: list[str]
) -> None:
    assert (names(code, year - 1), names(code, year)) == (before, after)


def test_items_know_their_level_and_parent() -> None:
    items = {item.code: item for item in classification()}
    assert [(items[code].level, items[code].parent_code) for code in ("208", "20805", "2080505", "50101")] == [
        (1, None), (2, "208"), (3, "20805"), (2, "501"),
    ]  # fmt: skip


def test_names_are_compared_without_regard_to_brackets() -> None:
    assert {"维修(护)费", "资本性支出(基本建设)"} <= item_names("departmental_economic")


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("", None),
        ("301,甲,A,,\n30101,乙,B,2018,\n", None),
        ("301,甲,A,,2017\n301,乙,B,2018,\n30101,丙,C,2016,2020\n", None),
        ("201,甲,A,,\n", "is no code"),
        ("3010,甲,A,,\n", "is no code"),
        ("301,甲,A,\n", "5 columns"),
        ("301,,A,,\n", "no name"),
        ("301,甲,,,\n", "no name"),
        ("301,甲,A,now,\n", "no year"),
        ("301,甲,A,2020,2019\n", "ends before"),
        ("301,甲,A,,\n301,甲,A,,\n", "two names"),
        ("301,甲,A,,2018\n301,乙,B,2018,\n", "two names"),
        ("301,甲,A,,\n301,乙,B,2018,2019\n", "two names"),
        ("30101,甲,A,,\n", "no parent 301"),
        ("301,甲,A,2019,\n30101,乙,B,2018,\n", "outlives"),
        ("301,甲,A,,2019\n30101,乙,B,,2020\n", "outlives"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name(
    tmp_path: Path, rows: str, complaint: str | None
) -> None:
    path = tmp_path / "departmental_economic.csv"
    path.write_text(HEADING + rows.replace("\n", ",recalled\n"), encoding="utf-8")
    if complaint is None:
        assert len(read_classification(path)) == rows.count("\n")
    else:
        with pytest.raises(SpecError, match=f"^departmental_economic.csv.*{complaint}"):
            read_classification(path)


def test_a_row_says_what_it_rests_on(tmp_path: Path) -> None:
    path = tmp_path / "functional.csv"
    path.write_text(HEADING + "201,甲,A,,,hearsay\n", encoding="utf-8")
    with pytest.raises(SpecError, match="rests on 'hearsay'"):
        read_classification(path)


def test_names_that_documents_print_stand_beside_the_standard(
    build: Callable[..., BuildResult],
) -> None:
    table = "支出预算总表\n单位：万元\n| 科目编码 | 科目名称 | 合计 |\n| 201 | {} | 1.00 |\n| 20199 | 丁事务 | 1.00 |\n"
    texts = {
        name: f"{unit}{year}年部门预算公开\n" + table.format(item)
        for name, unit, year, item in (
            ("a", "甲市水务局", 2024, "一般公共服务支出"),
            ("b", "甲市水务局", 2025, "一般公共服务支出"),
            ("c", "乙市水务局", 2025, "一般服务"),
        )
    }
    with jcdata.connect(build(**texts).database) as con:
        seen = con.sql(
            "SELECT code, name, documents, units, first_year, last_year, names_of_code, is_standard"
            " FROM seen_in_documents WHERE code = '201'"
        ).fetchall()
    assert seen == [
        ("201", "一般公共服务支出", 2, 1, 2024, 2025, 2, True),
        ("201", "一般服务", 1, 1, 2025, 2025, 2, False),
    ]


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "functional.csv"
    path.write_text("code,name,name_en,first_year,last_year,note\n201,甲,A,,,x\n", encoding="utf-8")
    with pytest.raises(SpecError, match="the columns are code, name"):
        read_classification(path)


def test_items_of_documents_get_an_english_name_and_a_parent(built: BuildResult) -> None:
    query = """
        SELECT DISTINCT item_code, c.name_en, parent.name_en
        FROM budget_lines JOIN documents USING (document_id)
        LEFT JOIN classification AS c
          ON c.code = item_code AND fiscal_year BETWEEN ifnull(c.first_year, 0) AND ifnull(c.last_year, 9999)
        LEFT JOIN classification AS parent
          ON parent.code = c.parent_code
          AND fiscal_year BETWEEN ifnull(parent.first_year, 0) AND ifnull(parent.last_year, 9999)
        WHERE item_code <> ''"""
    with jcdata.connect(built.database) as con:
        rows = con.sql(query).fetchall()
        chinese = con.sql(
            "SELECT 分类, 科目名称 FROM zh.收支分类科目 WHERE 科目编码 = '30113'"
        ).fetchall()
    assert ("2210201", "Housing provident fund", "Housing reform") in rows
    assert ("224", "Disaster prevention and emergency management", None) in rows
    assert len(rows) == len({code for code, *_ in rows}) == 25
    assert all(english for _, english, _ in rows)
    assert chinese == [("部门预算支出经济分类", "住房公积金")]


def test_a_division_may_be_said_right_before_its_item() -> None:
    assert find_code([None, None, "人大事务行政运行"], 2017) == "2010101"
    assert find_code(["教育支出", None, "普通教育小学教育"], 2025) == "2050202"
    assert find_code([None, None, "行政运行"], 2025) == ""  # of which division, is not said
    assert find_code([None, None, "政协事务小学教育"], 2025) == ""

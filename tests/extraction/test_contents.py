"""A table that the contents name is missing where nothing printed can be it, and only there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import jcdata
from jcdata.extraction.one_document import parse_document
from jcdata.pipeline.build import BuildResult
from jcdata.schema import ContentsTable, TableOccurrence
from tests.making.checkout import CENTRE, RAW

REVENUE = """收入预算总表
单位：万元
| 项目名称 | 金额 |
| 收入总计 | 750.00 |
| 一般公共预算资金 | 700.00 |
| 其他资金 | 50.00 |
"""
EXPENDITURE = """支出预算总表
单位：万元
| 合计 | 基本支出 | 项目支出 |
| 750.00 | 400.00 | 350.00 |
"""
CONTENTS = """某某市水务局2034年度部门预算公开
目 录
第一部分 部门概况
一、主要职能
第二部分 2034年部门预算表
一、收入预算总表……………………1
二、支出预算总表……………………2
三、政府性基金预算收入表…………3
第一部分 部门概况
负责全市水务工作。
"""
FUND = "三、政府性基金预算收入表"


def named(text: str) -> dict[str, str]:
    """The titles that the contents name, each with its status."""
    records = parse_document(text.encode(), "some.txt").records
    return {entry.title: entry.status for entry in records[ContentsTable]}


def test_a_table_that_is_named_and_not_printed_is_missing() -> None:
    assert named(CONTENTS + REVENUE + EXPENDITURE) == {
        "一、收入预算总表": "printed",
        "二、支出预算总表": "printed",
        FUND: "missing",
    }


@pytest.mark.parametrize(
    "more",
    [
        "政府性基金预算收入表\n",  # only its title: the table may be a picture
        "2034年政府性基金预算收入表\n本表见图\n",
        "政府性基金预算收支表\n单位：万元\n| 科目名称 | 合计 |\n| 合计 | 1.00 |\n",  # two in one
        "政府性基金预算收入表\n单位：万元\n| 类 | 科目名称 | 合计 |\n| 类 | — | — |\n| | — | — |\n| 合计 | — | — |\n",  # without a figure
        "部门其他情况表\n单位：万元\n| 科目名称 | 合计 |\n| 合计 | 1.00 |\n",  # of no known kind
        "| 科目名称 | 合计 |\n| 合计 | 1.00 |\n| 水利 | 1.00 |\n",  # without a title
        "合计 1.00 1.00\n水利 1.00 1.00\n",  # without a grid
        "我局2034年无政府性基金预算收入，故不列表。\n",
        "其他报表附后。\n",
        "部门预算表及绩效目标表附后。\n",
        "\ufffd\n",  # unreadable
    ],
)
def test_a_table_that_may_be_unread_is_not_said_to_be_missing(more: str) -> None:
    assert named(CONTENTS + more + REVENUE + EXPENDITURE)[FUND] == "uncertain"


def test_forms_in_another_file_say_nothing_of_tables() -> None:
    more = "已按要求编制绩效目标（相关表格附后），公开情况见附件。\n"
    assert named(CONTENTS + more + REVENUE + EXPENDITURE)[FUND] == "missing"


def test_tables_of_which_none_is_printed_may_be_in_another_file() -> None:
    assert set(named(CONTENTS + "收入750.00万元。\n").values()) == {"uncertain"}


def test_an_entry_may_wrap_and_a_heading_of_the_list_is_none() -> None:
    contents = CONTENTS.replace("一、收入预算总表……………………1", "一、收入预算\n总表…1").replace(
        "第二部分 2034年部门预算表", "五、部门收支预算表"
    )
    assert list(named(contents + REVENUE + EXPENDITURE)) == [
        "一、收入预算总表",
        "二、支出预算总表",
        FUND,
    ]


def test_an_entry_may_end_with_the_words_of_another() -> None:
    contents = CONTENTS.replace(
        "三、政府性基金预算收入表…………3", "三、财政拨款收入预算总表…3\n四、政府性基金预算收入表…3"
    )
    assert "四、政府性基金预算收入表" in named(contents + REVENUE)


def test_a_chapter_that_the_contents_name_in_fewer_words_ends_them() -> None:
    contents = CONTENTS.replace(
        "第一部分 部门概况\n负责", "某某市水务局主要职能\n四、其他收入预算总表\n负责"
    )
    assert list(named(contents + REVENUE)) == ["一、收入预算总表", "二、支出预算总表", FUND]


def test_a_document_without_contents_names_nothing() -> None:
    assert named("某某市水务局2034年度部门预算公开\n" + REVENUE) == {}


def test_contents_that_name_nothing_cost_no_document() -> None:
    heading, contents = CONTENTS.splitlines()[:2]
    assert named(f"{heading}\n{contents}\n") == {}


def test_the_missing_table_is_in_the_list_of_tables_whatever_its_kind() -> None:
    contents = CONTENTS.replace("政府性基金预算收入表", "政府采购预算表")
    records = parse_document((contents + REVENUE + EXPENDITURE).encode(), "some.txt").records
    (table,) = [t for t in records[TableOccurrence] if t.table_key == "procurement"]
    assert (table.status, table.first_line) == ("missing", None)


def test_the_check_cites_the_line_of_the_contents(build: Callable[..., BuildResult]) -> None:
    result = build(some=CONTENTS + REVENUE + EXPENDITURE, bare=REVENUE)
    with jcdata.connect(result.database) as db:
        found = db.sql(
            "SELECT document_id, status, severity, line_nos, message FROM check_results"
            " WHERE check_key = 'contents_tables' ORDER BY ALL"
        ).fetchall()
    assert [(*row[:3], list(row[3])) for row in found] == [
        ("bare", "not_applicable", "info", []),
        ("some", "fail", "warning", [8]),
        ("some", "pass", "info", [6]),
        ("some", "pass", "info", [7]),
    ]
    assert "the document prints it nowhere" in found[1][-1]


@pytest.mark.parametrize("ordinal", ["表二", "表四", "表八", "表十一", "表十三"])
def test_each_table_of_a_real_document_is_missed_when_taken_out(ordinal: str) -> None:
    lines = (RAW / f"{CENTRE}.txt").read_text(encoding="utf-8").split("\n")
    title = next(line for line in lines if line.startswith(f"{ordinal}20"))
    bare = title.removeprefix(ordinal).rstrip("0123456789.\t ")
    starts = [i for i, line in enumerate(lines) if re.match("2025年.*表|第三部分", line)]
    begin = next(i for i in starts if lines[i].strip() == bare)
    end = next(i for i in starts if i > begin)
    statuses = named("\n".join(lines[:begin] + lines[end:]))
    assert {title: status for title, status in statuses.items() if status != "printed"} == {
        f"{ordinal}{bare}": "missing"
    }

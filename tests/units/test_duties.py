"""The duties of a unit, from lists as documents print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import number_lines
from jcdata.extraction.one_document import parse_document
from jcdata.schema import Duty
from jcdata.units.duties import read_duties

BOOKS, READERS = "负责采购图书。", "负责服务读者；完成交办的其他任务。"


def read(*lines: str) -> list[tuple[str, int]]:
    found = read_duties("d", [line for line in number_lines("\n".join(lines)) if line.text])
    assert [duty.duty_no for duty in found] == list(range(1, len(found) + 1))
    return [(duty.text, duty.line_no) for duty in found]


@pytest.mark.parametrize(
    "heading",
    ["一、本单位职责", "（一）主要职能。", "一、部门主要职责及机构设置情况", "某某馆主要职能", "主要职责是："],
)  # fmt: skip
@pytest.mark.parametrize(
    ("first", "second"),
    [("1.", "2."), ("（一）", "（二）"), ("1、", "2、"), ("（1）", "（2）"), ("- 一、", "- 二、"), ("①", "②"), ("１、", "２、")],
)  # fmt: skip
@pytest.mark.parametrize(
    "end", ["二、机构设置情况", "第二部分 某某馆2031年部门预算表", "某某馆机构设置"]
)
def test_a_list_below_its_heading(heading: str, first: str, second: str, end: str) -> None:
    assert read(heading, first + BOOKS, second + READERS, end, "本单位内设3个科室。") == [
        (BOOKS, 2),
        (READERS, 3),
    ]


def test_an_introduction_is_no_duty_and_a_duty_goes_on_over_lines() -> None:
    assert read(
        "一、主要职能",
        "某某馆是某某局的直属单位。",
        "主要职能包括：",
        "1.贯彻落实国家和省、市有关公共图书馆的方针、",
        "政策。",
        "2." + BOOKS,
        "二、机构设置",
    ) == [("贯彻落实国家和省、市有关公共图书馆的方针、政策。", 4), (BOOKS, 6)]


def test_parts_of_a_duty_belong_to_it() -> None:
    assert read("主要职责", "一、服务读者。", "（一）借阅。", "（二）咨询。", "二、" + BOOKS) == [
        ("服务读者。（一）借阅。（二）咨询。", 2),
        (BOOKS, 5),
    ]


def test_a_list_in_one_paragraph() -> None:
    assert read("一、部门职责", "主要职责是：（一）负责采购图书；（二）负责服务读者。") == [
        ("负责采购图书；", 2),
        ("负责服务读者。", 2),
    ]


def test_the_articles_of_a_rule_end_a_list() -> None:
    lines = (
        "第二条 某某馆为正科级。",
        "第三条 某某馆的主要职责是：",
        "（一）" + BOOKS,
        "第四条 某某馆设3个科室。",
    )
    assert read("一、主要职能", *lines) == [(BOOKS, 4)]


def test_paragraphs_where_no_list_is() -> None:
    assert read("一、部门职责", "负责采购", "图书。", READERS, "二、机构设置") == [
        (BOOKS, 2),
        (READERS, 4),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("立足职能职责，项目实施可有效保障各项工作，", "1." + BOOKS),
        ("五、政府购买服务：是指将国家机关属于自身职责范", "围且适合的事项", "1." + BOOKS),
        ("一、本单位职责", "二、机构设置情况", "1.办公室"),
        ("一、本单位职责",),
    ],
)
def test_what_is_no_list_of_duties(lines: tuple[str, ...]) -> None:
    assert read(*lines) == []


def test_the_duties_of_a_document_and_not_its_contents() -> None:
    text = (
        "某某馆2031年度部门预算公开\n目录\n第一部分 概况\n一、主要职责\n二、机构设置\n第二部分 报表\n\n"
        f"第一部分 概况\n一、主要职责\n1.{BOOKS}\n2.{READERS}\n二、机构设置\n无。\n第二部分 报表\n"
        "支出预算总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50  \n"
    )
    rows = parse_document(text.encode(), "some.txt").records[Duty]
    assert [(row.text, row.line_no) for row in rows] == [(BOOKS, 10), (READERS, 11)]


WORDS = ["主要职责", "：", "一、", "（二）", "1.", "2.", "十十、", "①", "-", "负责采购图书", "。", "；", "第三条", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_any_text_is_read_and_nothing_invented(text: str) -> None:
    printed = text.replace("\n", "")
    assert all(duty in printed for duty, _ in read(*text.split("\n")))

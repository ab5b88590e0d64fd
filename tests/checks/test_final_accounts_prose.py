"""What the prose of final accounts says beside its own figures and the tables; and the years and items of any document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.failures import Failures, with_faults

SOUND = """某某市水务局2034年度部门决算公开
第二部分 2034年度部门决算表
支出决算表
单位：万元
| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| 合计 | | 60.00 | 50.00 | 10.00 |
| 205 | 教育支出 | 60.00 | 50.00 | 10.00 |
| 20502 | 普通教育 | 60.00 | 50.00 | 10.00 |
| 2050202 | 小学教育 | 50.00 | 50.00 | |
| 2050203 | 初中教育 | 10.00 | | 10.00 |
第三部分 2034年度部门决算情况说明
一、一般公共预算财政拨款支出决算情况说明
1.教育支出（类）普通教育（款）小学教育（项）。年初预算为52.00万元，支出决算为50.00万元，完成年初预算的96.15%。决算数小于预算数的主要原因：人员减少。
2.教育支出（类）普通教育（款）初中教育（项）。年初预算为10.00万元，支出决算为10.00万元。决算数等于预算数。
二、国有资产占用情况说明
截至2034年12月31日，某某市水务局共有车辆2辆。
三、支出决算情况说明
本年支出合计60.00万元，其中：基本支出50.00万元，占83.33%；项目支出10.00万元，占16.67%。
"""
SUBJECT = "情况说明（一般公共预算）小学教育"
# What is printed, what is put in its place, what then fails
FAULTS = {
    "completion": ("的96.15%", "的96.51%", f"prose_completion {SUBJECT}完成率"),
    "comparison": ("决算数小于预算数", "决算数大于预算数", f"prose_against_budget {SUBJECT}"),
    "equality": ("决算为10.00", "决算为9.00", "prose_against_budget 情况说明（一般公共预算）初中教育"),
    "item": ("决算为10.00", "决算为9.00", "prose_item 情况说明（一般公共预算）初中教育（2050203）"),
    "chapter": ("第三部分 2034", "第三部分 2033", "stated_year 第三部分2033年度部门决算情况说明"),
    "share": ("占83.33%", "占83.53%", "prose_share 情况说明（支出）基本支出占比"),
    "placeholder": ("主要原因：人员减少", "主要原因：减少XX人", "placeholders 占位符"),
    "day": ("截至2034", "截至2033", "stated_year 截至2033年12月31日"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of(with_faults(SOUND, FAULTS))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(found: Failures, name: str) -> None:
    assert SOUND.count(FAULTS[name][0]) == 1
    assert (FAULTS[name][2], "fail") in found[name]


def test_what_is_sound_is_accused_of_nothing(found: Failures) -> None:
    assert {
        target
        for target, _ in found["sound"]
        if not target.startswith(("table_missing", "document_twice"))
    } == set()


def test_a_message_names_the_cell_that_it_compares_with(build: Callable[..., BuildResult]) -> None:
    wrong = SOUND.replace(
        "二、国有资产", "三、支出决算情况说明\n本年支出合计61.00万元。\n二、国有资产"
    )
    with jcdata.connect(build(some=wrong).database) as con:
        found = con.sql("SELECT message_zh FROM findings WHERE check_key = 'prose_cell'").fetchall()
    assert found == [("情况说明（支出）本年支出：文字写 61.00，表3“合计”为 60.00，相差 1.00 万元",)]

"""What the parts of a whole are that the prose states, and which cell holds a whole of which some is carried over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.failures import Failures, with_faults

BUDGET = """某某市人民法院2034年部门预算
一、2034年部门预算安排情况说明
（一）关于2034年收入预算情况的说明
某某市人民法院2034年收入预算110.00万元，其中：本年收入100.00万元，占90.91%，上年结转10.00万元，占9.09%。本年收入中，一般公共预算拨款收入100.00万元，占100.00%。
（二）关于2034年一般公共预算当年拨款情况的说明
某某市人民法院2034年一般公共预算当年拨款100.00万元，其中：基本支出60.00万元，项目支出40.00万元。
公共安全（类）支出70.00万元，占70.00%；社会保障和就业（类）支出30.00万元，占30.00%。
（1）公共安全（类）法院（款）行政运行（项）70.00万元，主要用于日常运转。
（2）社会保障和就业（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）20.00万元，主要用于缴费。
（3）社会保障和就业（类）其他社会保障和就业支出（款）其他社会保障和就业支出（项）10.00万元，主要用于缴费。
（三）关于2034年政府采购情况的说明
2034年政府采购安排9.00万元，其中：货物类采购预算4.00万元，工程类采购预算0万元，服务类采购预算5.00万元。
二、附表
2034年部门收支预算总表
单位：万元
| 收入 | | 支出 | |
| 项目 | 预算数 | 项目 | 预算数 |
| 一、一般公共预算拨款 | 100.00 | 一、公共安全支出 | 80.00 |
| | | 二、社会保障和就业支出 | 30.00 |
| 本年收入合计 | 100.00 | 本年支出合计 | 110.00 |
| 上年结转 | 10.00 | 结转下年 | |
| 收入总计 | 110.00 | 支出总计 | 110.00 |

2034年部门收入预算总表
单位：万元
| 科目编码 | 科目名称 | 合计 | 上年结转 | 本年收入 | |
| | | | | 小计 | 一般公共预算 |
| | 合计 | 110.00 | 10.00 | 100.00 | 100.00 |
| 204 | 公共安全支出 | 80.00 | 10.00 | 70.00 | 70.00 |
| 208 | 社会保障和就业支出 | 30.00 | | 30.00 | 30.00 |
"""
# What is printed, what is put in its place, what then fails
FAULTS = {
    "category": ("公共安全（类）支出70.00", "公共安全（类）支出71.00", "prose_sum 情况说明（一般公共预算）一般公共预算当年拨款＝各类支出等"),
    "of_this_year": ("占100.00%", "占90.91%", "prose_share 情况说明（收入）一般公共预算拨款收入占比"),
    "this_year": ("本年收入100.00万元", "本年收入110.00万元", "prose_cell 情况说明（收入）本年收入"),
    "purchases": ("服务类采购预算5.00", "服务类采购预算6.00", "prose_sum 情况说明（政府采购）政府采购预算总额＝政府采购货物预算＋政府采购工程预算＋政府采购服务预算"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of(with_faults(BUDGET, FAULTS))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(found: Failures, name: str) -> None:
    assert BUDGET.count(FAULTS[name][0]) == 1
    assert (FAULTS[name][2], "fail") in found[name]


def test_what_is_sound_is_accused_of_nothing(found: Failures) -> None:
    assert {target for target, _ in found["sound"] if target.startswith("prose")} == set()


def test_what_may_be_a_category_that_is_not_known_makes_no_sum(
    build: Callable[..., BuildResult],
) -> None:
    text = BUDGET.replace("社会保障和就业（类）支出30.00", "社会保障福利支出30.00")
    query = "SELECT status FROM check_results WHERE check_key = 'prose_sum' AND target LIKE '%各类支出%'"
    with jcdata.connect(build(some=text).database) as con:
        assert con.sql(query).fetchall() == [("missing",)]


@pytest.mark.parametrize(("training", "status"), [("2.10", "missing"), ("", "fail")])
def test_the_total_beside_conferences_is_none_of_the_three(
    build: Callable[..., BuildResult], training: str, status: str
) -> None:
    text = (
        "某某市水务局2034年部门预算\n“三公”经费及会议费、培训费支出预算表\n单位：万元\n| 项目 | 预算数 |\n"
        f"| 合计 | 6.10 |\n| 公务接待费 | 4.00 |\n| 培训费 | {training} |\n\n"
        "2034年部门预算情况说明\n一、“三公”经费预算情况说明\n2034年“三公”经费预算数4.00万元，其中公务接待费4.00万元。\n"
    )
    query = "SELECT status FROM check_results WHERE target = '情况说明（“三公”经费）“三公”经费'"
    with jcdata.connect(build(some=text).database) as con:
        assert con.sql(query).fetchall() == [(status,)]


@pytest.mark.parametrize(
    ("carried", "status"), [("上年结转（结余）2.00万元", "pass"), ("甲乙来源2.00万元", "missing"), ("其他收入1.00万元", "fail"), ("甲乙来源2.00万元；其他收入5.00万元", "fail")]
)  # fmt: skip
def test_money_beside_the_parts_that_no_sum_names_may_be_one(
    build: Callable[..., BuildResult], carried: str, status: str
) -> None:
    text = (
        "某某市水务局2034年部门预算\n2034年部门预算情况说明\n一、收入预算情况说明\n"
        f"2034年收入预算总额为9.00万元，其中：财政拨款收入6.00万元；事业收入1.00万元；{carried}。\n"
    )
    query = (
        "SELECT status FROM check_results WHERE target = '情况说明（收入）预算收入＝财政拨款收入等'"
    )
    with jcdata.connect(build(some=text).database) as con:
        assert con.sql(query).fetchall() == [(status,)]


@pytest.mark.parametrize(
    ("stated", "status"), [("7.00", "missing"), ("9.00", "pass"), ("6.90", "fail"), ("9.10", "fail")]
)  # fmt: skip
def test_expenditure_may_be_stated_without_what_was_carried_over(
    build: Callable[..., BuildResult], stated: str, status: str
) -> None:
    text = (
        "某某市水务局2034年部门预算\n财政拨款收支预算总表\n单位：万元\n| 项目 | 预算数 | 项目 | 预算数 |\n"
        "| 一般公共预算 | 7.00 | 教育支出 | 9.00 |\n| 本年收入合计 | 7.00 | 本年支出合计 | 9.00 |\n"
        "| 上年结转 | 2.00 | 结转下年 | |\n| 收入总计 | 9.00 | 支出总计 | 9.00 |\n\n"
        f"2034年部门预算情况说明\n一、财政拨款收支预算总体情况说明\n2034年财政拨款收支总预算9.00万元。支出包括：教育支出{stated}万元。\n"
    )
    query = "SELECT status FROM check_results WHERE target = '情况说明（财政拨款）教育支出'"
    with jcdata.connect(build(some=text).database) as con:
        assert con.sql(query).fetchall() == [(status,)]


def test_a_share_of_the_fiscal_appropriation_s_expenditure(
    failures_of: Callable[[dict[str, str]], Failures],
) -> None:
    text = (
        "某某市水务局2034年部门预算\n2034年部门预算情况说明\n一、财政拨款支出预算情况说明\n"
        "2034年财政拨款支出预算总额9.00万元。项目支出3.00万元，占财政拨款支出总额的{}%。\n"
    )
    found = failures_of({"sound": text.format("33.33"), "wrong": text.format("35.33")})
    target = "prose_share 情况说明（财政拨款）项目支出占比"
    assert [(target, "fail") in found[name] for name in ("sound", "wrong")] == [False, True]

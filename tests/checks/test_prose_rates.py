"""Shares and growth rates of the prose: what each is a share of, and what it grew from, is what the print says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.failures import Failures, with_faults

BUDGET = """某某市水务局2034年度部门预算公开
第二部分 2034年度部门预算表
一般公共预算“三公”经费、会议费、培训费支出预算表
单位：万元
| 合计 | “三公”经费 | 因公出国（境）费 | 公务用车购置及运行维护费小计 | 公务用车购置费 | 公务用车运行维护费 | 公务接待费 | 会议费 | 培训费 |
| 100.00 | 40.00 | 10.00 | 26.00 | | 26.00 | 4.00 | 50.00 | 10.00 |
第三部分 2034年度部门预算情况说明
一、支出预算情况说明
本年支出合计200.00万元，其中：基本支出150.00万元，占75.00%；项目支出50.00万元，占25.00%。
二、财政拨款支出预算情况说明
某某市水务局2034年财政拨款预算支出190.00万元，占本年支出合计的95.00%。
1.“教育支出（类）普通教育（款）小学教育（项）”5.00万元，主要用于小学。2033年当年预算执行数为4.00万元，2034年预算安排5.00万元，比2033年预算执行数增加25.00%。
2.“教育支出（类）普通教育（款）初中教育（项）”8.00万元，主要用于初中。2033年当年预算数为6.00万元，2033年当年预算执行数为5.00万元，2034年预算安排8.00万元，增长60.00%。
三、“三公”经费预算情况说明
“三公”经费预算支出中，因公出国（境）费支出10.00万元，占“三公”经费的25.00%；公务用车购置及运行费支出26.00万元，占“三公”经费的65.00%；公务接待费支出4.00万元，占“三公”经费的10.00%。
四、一般公共预算支出预算情况说明
一般公共预算财政拨款支出180.00万元，主要用于以下方面：教育支出90.00万元，占50.00%；农林水支出45.00万元，占全市教育支出的3.00%。
"""
# What is printed, what is put in its place, what then fails
FAULTS = {
    "of_another_passage": ("的95.00%", "的95.40%", "prose_share 情况说明（财政拨款）财政拨款预算支出占比"),
    "of_a_cell": ("占“三公”经费的65.00%", "占“三公”经费的26.00%", "prose_share 情况说明（“三公”经费）公务用车购置及运行费占比"),
    "of_its_passage": ("占50.00%", "占45.00%", "prose_share 情况说明（一般公共预算）教育支出占比"),
    "from_a_stated_year": ("增加25.00%", "增加20.00%", "prose_growth 情况说明（财政拨款）小学教育增减率"),
}  # fmt: skip
WITHOUT_OPERANDS = {
    "情况说明（财政拨款）初中教育增减率",  # from which of two years before
    "情况说明（一般公共预算）农林水支出占比",  # of what the document does not state
}


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of(with_faults(BUDGET, FAULTS))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(found: Failures, name: str) -> None:
    assert BUDGET.count(FAULTS[name][0]) == 1
    assert (FAULTS[name][2], "fail") in found[name]


def test_what_is_sound_is_accused_of_nothing(found: Failures) -> None:
    assert {target for target, _ in found["sound"] if target.startswith("prose")} == set()


def test_a_rate_without_operands_is_not_guessed(build: Callable[..., BuildResult]) -> None:
    query = "SELECT target, status FROM check_results WHERE check_key IN ('prose_share', 'prose_growth')"
    with jcdata.connect(build(some=BUDGET).database) as con:
        statuses = dict(con.sql(query).fetchall())
    assert {
        target for target, status in statuses.items() if status == "missing"
    } == WITHOUT_OPERANDS
    assert set(statuses.values()) == {"pass", "missing"}


# Prose of which nobody can tell what a rate is of; what is printed and what, in its place, fits nothing
UNTOLD: dict[str, tuple[str, tuple[str, str] | None]] = {
    "base_of_other_money": (
        "三、支出决算情况说明\n支出合计500.00万元，其中：基本支出300.00万元，占60.00%；项目支出200.00万元，占40.00%。\n"
        "五、一般公共预算财政拨款支出决算情况说明\n一般公共预算财政拨款支出380.00万元，占本年支出合计的76.00%。\n"
        "八、政府性基金预算财政拨款收入支出决算情况说明\n本年收入40.00万元，本年支出38.00万元。\n",
        None,
    ),
    "on_another_footing": (
        "三、一般公共预算当年拨款情况说明\n体育（款）体育场馆（项）预算数为716.00万元，扣除基建投资后为539.00万元，比2033年执行数减少206.00万元，下降27.65%。\n",
        None,
    ),
    "by_the_same_rules": (
        "三、一般公共预算当年拨款情况说明\n体育（款）体育场馆（项）预算数为400.00万元，按可比口径，比2033年执行数减少100.00万元，下降25.00%。\n",
        None,
    ),
    "of_the_whole": (
        "三、收入决算情况说明\n收入总计3576.90万元，其中年初结转和结余395.95万元，比上年增加930.00万元，增长35.1%。\n",
        ("增长35.1%", "增长36.1%"),
    ),
}


@pytest.mark.parametrize("name", UNTOLD)
def test_what_a_rate_may_be_of_besides_accuses_nobody(
    name: str, failures_of: Callable[[dict[str, str]], Failures]
) -> None:
    prose, fault = UNTOLD[name]
    texts = {"sound": f"某某局2034年度部门决算\n第三部分 决算情况说明\n{prose}"}
    if fault:
        texts["wrong"] = texts["sound"].replace(*fault)
    found = failures_of(texts)
    assert not [
        target
        for target, _ in found["sound"]
        if target.startswith(("prose_share ", "prose_growth "))
    ]
    if fault:
        assert [target for target, _ in found["wrong"] if target.startswith("prose_growth ")]

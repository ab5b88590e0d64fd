"""What final accounts say of their budget against its column; notes that a table is empty; reasons; growth from nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.failures import Failures, with_faults

ACCOUNTS = """某某市水务局2034年度部门决算
第二部分 2034年度部门决算表
财政拨款“三公”经费支出决算表
单位：万元
| 合计 | | 因公出国（境）费 | | 公务接待费 | |
| 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |
| 0.90 | 0.10 | | | 0.90 | 0.10 |

政府性基金预算财政拨款收入支出决算表
单位：万元
| 科目编码 | 科目名称 | 本年支出 |
| 合计 | | |
注：本部门无政府性基金预算，故本表无数据。

第三部分 2034年度部门决算情况说明
一、一般公共预算财政拨款支出决算情况说明
1.教育支出（类）进修及培训（款）培训支出（项）。年初预算为2.00万元，支出决算为2.50万元，比上年减少0.50万元，下降16.67%，主要原因是：培训减少。
二、财政拨款“三公”经费支出决算情况说明
“三公”经费财政拨款支出年初预算为0.90万元，支出决算为0.10万元。公务接待费年初预算为0.90万元，支出决算为0.10万元。
三、其他事项
差旅费3.00万元，比上年增加3.00万元，增长为新增。
"""
CELLS = "| 0.90 | 0.10 | | | 0.90 | 0.10 |"
BLANK = "|  |  | | |  |  |"
FAULTS = {
    "another_amount": ("公务接待费年初预算为0.90", "公务接待费年初预算为0.80", "prose_cell 情况说明（“三公”经费）公务接待费年初预算"),
    "a_blank_cell": (CELLS, "| 0.90 | 0.10 | | |  | 0.10 |", "prose_cell 情况说明（“三公”经费）公务接待费年初预算"),
    "a_blank_table": (CELLS, BLANK, "prose_cell 情况说明（“三公”经费）“三公”经费年初预算"),
    "a_note_inside": (CELLS, f"{CELLS}\n注：本部门无“三公”经费，故本表为空表。", "figures_in_empty_table 表10 “三公”经费支出预算表"),
    "a_reason": ("培训减少", "培训经费增加", "prose_reason 情况说明（一般公共预算）培训支出增减率"),
    "from_nothing": ("增长为新增", "增长100.00%", "prose_growth_from_nothing 情况说明（其他）差旅费增减率"),
}  # fmt: skip
NO_FAULTS = {
    "without_a_column": (("预算数", "金额"), ("公务接待费年初预算为0.90", "公务接待费年初预算为0.80")),
    "reason_of_both": (("培训减少", "培训减少，师资费增加"),),
    "reason_of_another_year": (("培训减少", "上年增加了一次性培训"),),
    "blank_as_zero": ((CELLS, BLANK), ("年初预算为0.90", "年初预算为0.00"), ("支出决算为0.10", "支出决算为0.00")),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    texts = with_faults(ACCOUNTS, FAULTS)
    for name, changes in NO_FAULTS.items():
        texts[name] = ACCOUNTS
        for printed, changed in changes:
            assert printed in texts[name]
            texts[name] = texts[name].replace(printed, changed)
    return failures_of(texts)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(found: Failures, name: str) -> None:
    assert ACCOUNTS.count(FAULTS[name][0]) == 1
    assert (FAULTS[name][2], "fail") in found[name]


@pytest.mark.parametrize("name", [*NO_FAULTS, "sound"])
def test_what_is_sound_is_accused_of_nothing(found: Failures, name: str) -> None:
    checks = ("prose_cell", "prose_reason", "prose_growth", "figures_in")
    assert {target for target, _ in found[name] if target.startswith(checks)} == set()


def test_a_change_from_the_budget_is_none_from_the_year_before(
    failures_of: Callable[[dict[str, str]], Failures],
) -> None:
    text = ACCOUNTS.replace(
        "“三公”经费财政拨款支出年初预算",
        "公务用车购置及运行维护费支出决算为9.00万元，较上年增加5.00万元。其中：公务用车购置费支出6.00万元，较上年增加6.00万元；"
        "公务用车运行维护费支出3.00万元，比年初预算减少1.50万元，比上年下降25.00%。\n“三公”经费财政拨款支出年初预算",
    )
    wrong = text.replace("比年初预算减少1.50万元，比上年", "比年初预算减少1.50万元，比年初预算")
    found = failures_of({"sound": text, "wrong": wrong})
    checks = ("prose_sum", "prose_growth")
    assert {t for t, status in found["sound"] if status == "fail" and t.startswith(checks)} == set()
    assert ("prose_growth 情况说明（“三公”经费）公务用车运行维护费增减率", "fail") in found["wrong"]


@pytest.mark.parametrize(
    ("row", "spoken", "named"),
    [
        ("| | 0.10 | | | | 0.10 |", "", [("合计、公务接待费，空白", "合计、公务接待费, blank")]),
        ("| | 0.10 | | | | 0.10 |", "公务接待费年初预算为0.90万元。", [("合计，空白", "合计, blank"), ("公务接待费，空白", "公务接待费, blank")]),
        (BLANK, "公务接待费支出决算为0.10万元。", [("“三公”经费、公务接待费，空白", "“三公”经费、公务接待费, blank")]),
    ],
)  # fmt: skip
def test_a_blank_that_the_prose_does_not_speak_of_is_named_by_the_finding_beside_it(
    build: Callable[..., BuildResult], row: str, spoken: str, named: list[tuple[str, str]]
) -> None:
    text = ACCOUNTS.replace(CELLS, row).replace(
        "公务接待费年初预算为0.90万元，支出决算为0.10万元。", spoken
    )
    with jcdata.connect(build(some=text).database) as db:
        said = db.sql(
            "SELECT message_zh, message FROM findings WHERE check_key = 'prose_cell' "
            "AND contains(target, '年初预算') ORDER BY contains(target, '公务接待费')"
        ).fetchall()
    found = [
        (re.search(r"（([^（）]*)）为", zh), re.search(r"\(([^()]*)\) has", en)) for zh, en in said
    ]
    assert [(zh and zh[1], en and en[1]) for zh, en in found] == named

"""Where carry-over has a column of its own, the columns of the funds are this year's only; expenses below 其中： are parts of their total."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.making.failures import Failures, with_faults

BUDGET = """某某省水务厅2034年部门预算
一、2034年部门预算情况说明
（一）关于2034年一般公共预算当年拨款情况的说明
某某省水务厅2034年一般公共预算当年拨款10.00万元。
二、附表
财政拨款收支预算总表
单位：万元
| 收入 | | 支出 | | | | |
| 项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算 | 上年财政拨款资金结转 |
| 一、本年收入 | 12.00 | 一、本年支出 | 15.00 | 10.00 | 2.00 | 3.00 |
| 一般公共预算拨款收入 | 10.00 | 农林水支出 | 15.00 | 10.00 | 2.00 | 3.00 |
| 政府性基金预算拨款收入 | 2.00 | | | | | |
| 二、上年结转 | 3.00 | | | | | |
| 一般公共预算拨款收入 | 3.00 | | | | | |
| 收入总计 | 15.00 | 支出总计 | 15.00 | 10.00 | 2.00 | 3.00 |

一般公共预算支出预算表
单位：万元
| 科目编码 | 科目名称 | 合计 | 当年财政拨款安排 | 上年结转安排 |
| | 合计 | 13.00 | 10.00 | 3.00 |
| 213 | 农林水支出 | 13.00 | 10.00 | 3.00 |

“三公”经费支出预算表
单位：万元
| 项目 | 预算数 |
| “三公”经费 | 29.00 |
| 其中：（一）因公出国（境）支出 | 5.00 |
| （二）公务用车购置及运行维护支出 | 21.00 |
| 1.公务用车购置 | 0.00 |
| 2.公务用车运行维护费 | 21.00 |
| （三）公务接待费支出 | 3.00 |
"""
# What is printed, what is put in its place, what then fails
FAULTS = {
    "fund": ("| 农林水支出 | 15.00 | 10.00", "| 农林水支出 | 15.00 | 11.00", "row_sum 表4 213 农林水支出"),
    "prose": ("当年拨款10.00", "当年拨款11.00", "prose_cell 情况说明（一般公共预算）一般公共预算当年拨款"),
    "expense": ("| 5.00 |\n| （二）", "| 6.00 |\n| （二）", "three_public_sum 表10 “三公”经费小计 合计"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of(with_faults(BUDGET, FAULTS))


def test_a_sound_document_is_not_accused(found: Failures) -> None:
    beside = ("table_missing", "document_twice")  # other tables, the changed copies
    assert not [target for target, _ in found["sound"] if not target.startswith(beside)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(found: Failures, name: str) -> None:
    assert (FAULTS[name][2], "fail") in found[name]

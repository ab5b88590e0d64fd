"""Parts that stand below their sum, and that nothing but their amounts tells from it, count once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.making.failures import Failures

BUDGET = """某某局2034年部门预算
收支总体情况表
单位：万元
| 收入 | | 支出 | | 支出 | |
| 项目 | 预算数 | 支出功能分科目 | 预算数 | 支出经济分类科目 | 预算数 |
| 一、预算拨款 | 100.00 | 一、教育支出 | 58.00 | 一、工资福利支出 | 70.00 |
| 一般公共预算 | 90.00 | 二、住房保障支出 | 42.00 | 二、专项业务经费支出 | 30.00 |
| 政府性基金预算 | 10.00 | | | 其他 | 17.00 |
| 二、其他资金 | 0.00 | | | | |
| 本年收入合计 | 100.00 | 本年支出合计 | 100.00 | 本年支出合计 | 100.00 |
| 收入总计 | 100.00 | 支出总计 | 100.00 | 支出总计 | 100.00 |

专项业务经费支出表
单位：万元
| 项目名称 | 项目金额 |
| 合计 | 30.00 |
| 通用项目 | 18.00 |
| 安全检查 | 11.00 |
| 困难救助 | 7.00 |
| 专用项目 | 12.00 |
| 平台建设 | 12.00 |
"""
REVENUE, EXPENDITURE = "balance_sum 表1 本年收入合计", "balance_sum 表1 本年支出合计 合计"


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of(
        {
            "sound": BUDGET,
            "other_part": BUDGET.replace("一般公共预算 | 90.00", "一般公共预算 | 91.00"),
            "other_category": BUDGET.replace("教育支出 | 58.00", "教育支出 | 59.00"),
            "other_project": BUDGET.replace("困难救助 | 7.00", "困难救助 | 8.00"),
        }
    )


def test_parts_are_no_terms_beside_their_sum(found: Failures) -> None:
    assert not [target for target, _ in found["sound"] if target.startswith(("bal", "projects "))]


@pytest.mark.parametrize(
    ("name", "target"),
    [("other_part", REVENUE), ("other_project", "projects 表19 合计 合计")],
)
def test_a_part_that_is_not_right_is_found(found: Failures, name: str, target: str) -> None:
    assert (target, "fail") in found[name]


def test_what_may_be_of_another_classification_accuses_nobody(found: Failures) -> None:
    assert (EXPENDITURE, "fail") not in found["other_category"]

"""A budget paid from two funds whose table of revenue names no fund: items of both, amounts cut short, costs of vehicles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.making.failures import Failures, with_faults

BUDGET = """某某区建设委员会2034年部门预算
2034年部门财务收支预算总表
单位：元
| 本年收入 | 本年收入 | 本年支出 | 本年支出 |
| 项目 | 预算数 | 项目 | 预算数 |
| 一、财政拨款收入 | 9,000,067 | 一、城乡社区支出 | 9,000,067 |
| 二、事业收入 | 0 | | |
| 收入总计 | 9,000,067 | 支出总计 | 9,000,067 |

2034年部门收入预算总表
单位：元
| 功能分类科目编码 | 功能分类科目名称 | 合计 | 财政拨款收入 | 事业收入 |
| 212 | 城乡社区支出 | 9,000,067 | 9,000,067 | 0 |
| 21201 | 城乡社区管理事务 | 4,000,067 | 4,000,067 | 0 |
| 21208 | 国有土地使用权出让收入安排的支出 | 5,000,000 | 5,000,000 | 0 |
| 合计 | | 9,000,067 | 9,000,067 | 0 |

2034年部门支出预算总表
单位：元
| 功能分类科目编码 | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |
| 212 | 城乡社区支出 | 9,000,067 | 1,000,067 | 8,000,000 |
| 21201 | 城乡社区管理事务 | 4,000,067 | 1,000,067 | 3,000,000 |
| 21208 | 国有土地使用权出让收入安排的支出 | 5,000,000 | 0 | 5,000,000 |
| 合计 | | 9,000,067 | 1,000,067 | 8,000,000 |

2034年部门一般公共预算支出功能分类预算表
单位：元
| 功能分类科目编码 | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |
| 212 | 城乡社区支出 | 4,000,067 | 1,000,067 | 3,000,000 |
| 21201 | 城乡社区管理事务 | 4,000,067 | 1,000,067 | 3,000,000 |
| 合计 | | 4,000,067 | 1,000,067 | 3,000,000 |

2034年部门政府性基金预算支出功能分类预算表
单位：元
| 功能分类科目编码 | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |
| 212 | 城乡社区支出 | 5,000,000 | 0 | 5,000,000 |
| 21208 | 国有土地使用权出让收入安排的支出 | 5,000,000 | 0 | 5,000,000 |
| 合计 | | 5,000,000 | 0 | 5,000,000 |

2034年部门“三公”经费和机关运行经费预算表
单位：万元
| “三公”经费预算数 | “三公”经费预算数 | “三公”经费预算数 | “三公”经费预算数 | “三公”经费预算数 | “三公”经费预算数 | 机关运行经费预算数 |
| 合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | 公务用车购置及运行费 | 公务用车购置及运行费 | 机关运行经费预算数 |
| 合计 | 因公出国（境）费 | 公务接待费 | 小计 | 购置费 | 运行费 | 机关运行经费预算数 |
| 5.00 | 0.00 | 1.00 | 4.00 | 3.00 | 1.00 | 7.25 |

2034年部门预算编制说明
2034年，某某区建设委员会收入预算900万元，其中：财政拨款收入900万元；事业收入0万元。
支出预算900万元。财政拨款支出预算中，一般公共预算拨款支出预算400.00万元；政府性基金拨款支出预算500.00万元。
其他相关情况说明
一、2034年“三公”经费预算情况说明
2034年“三公”经费预算数为5.00万元，其中：公务接待费1.00万元。公务用车购置及运行费4.00万元，其中：公务用车购置费3.00万元；公务用车运行费1.00万元。
二、机关运行经费预算
2034年某某区建设委员会的机关运行经费预算为7.25万元。
"""
FAULTS = {
    "purchase": ("公务用车购置费3.00", "公务用车购置费3.50", "prose_cell 情况说明（“三公”经费）公务用车购置费"),
    "running": ("公务用车运行费1.00", "公务用车运行费1.50", "prose_cell 情况说明（“三公”经费）公务用车运行维护费"),
    "agency": ("经费预算为7.25", "经费预算为7.52", "prose_cell 情况说明（机关运行经费）机关运行经费"),
    "more_than_cut": ("财政拨款收入900", "财政拨款收入899", "prose_cell 情况说明（收入）财政拨款收入"),
    "more_than_is_there": ("财政拨款收入900", "财政拨款收入901", "prose_cell 情况说明（收入）财政拨款收入"),
    "nature": (
        "| 21201 | 城乡社区管理事务 | 4,000,067 | 1,000,067 | 3,000,000 |\n| 合计 | | 4,000,067",
        "| 21201 | 城乡社区管理事务 | 4,000,067 | 3,000,000 | 1,000,067 |\n| 合计 | | 4,000,067",
        "expenditure_by_nature 表3、表5 基本支出 21201 城乡社区管理事务",
    ),
}  # fmt: skip
CUT = ("9,000,067", "9,009,067")  # 900.9067 万元


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of(with_faults(BUDGET, FAULTS) | {"cut": BUDGET.replace(*CUT)})


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(found: Failures, name: str) -> None:
    assert BUDGET.count(FAULTS[name][0]) == 1
    assert (FAULTS[name][2], "fail") in found[name]


def test_items_paid_from_both_funds_are_compared_with_neither_alone(found: Failures) -> None:
    about_tables = ("table_missing", "document_twice")
    assert {
        target
        for target, status in found["sound"]
        if status == "fail" and not target.startswith(about_tables)
    } == set()


def test_an_amount_cut_at_its_last_place_is_no_other_one(found: Failures) -> None:
    assert ("prose_cell 情况说明（收入）财政拨款收入", "rounding") in found["cut"]

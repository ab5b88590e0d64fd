"""Money that a unit takes from its own surplus (使用非财政拨款结余) is a source beside what was carried over; other spending stands beside 基本支出 and 项目支出."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.making.failures import Failures, with_faults

BUDGET = """某某局2034年部门预算
一、2034年部门预算情况说明
（一）关于2034年收入预算情况的说明
某某局2034年收入预算130.00万元，其中：上年结转8.00万元，占6.15%；一般公共预算拨款收入90.00万元，占69.23%；事业收入15.00万元，占11.54%；其他收入5.00万元，占3.85%；使用非财政拨款结余12.00万元，占9.23%。
（二）关于2034年支出预算情况的说明
某某局2034年支出预算130.00万元，其中：基本支出90.00万元，占69.23%；项目支出30.00万元，占23.08%；上缴上级支出4.00万元，占3.08%；事业单位经营支出3.00万元，占2.31%；对附属单位补助支出3.00万元，占2.31%。
二、附表
部门收支总表
单位：万元
| 收入 | | 支出 | |
| 项目 | 预算数 | 项目 | 预算数 |
| 一、一般公共预算拨款收入 | 90.00 | 一、一般公共服务支出 | 130.00 |
| 二、事业收入 | 15.00 | | |
| 三、其他收入 | 5.00 | | |
| 本年收入合计 | 110.00 | 本年支出合计 | 130.00 |
| 使用非财政拨款结余 | 12.00 | | |
| 上年结转 | 8.00 | 结转下年 | |
| 收入总计 | 130.00 | 支出总计 | 130.00 |

部门收入总表
单位：万元
| 科目编码 | 科目名称 | 合计 | 上年结转 | 一般公共预算拨款收入 | 事业收入 | 其他收入 | 使用非财政拨款结余 |
| 201 | 一般公共服务支出 | 130.00 | 8.00 | 90.00 | 15.00 | 5.00 | 12.00 |
| | 合计 | 130.00 | 8.00 | 90.00 | 15.00 | 5.00 | 12.00 |

部门支出总表
单位：万元
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 上缴上级支出 | 事业单位经营支出 | 对附属单位补助支出 |
| 201 | 一般公共服务支出 | 130.00 | 90.00 | 30.00 | 4.00 | 3.00 | 3.00 |
| | 合计 | 130.00 | 90.00 | 30.00 | 4.00 | 3.00 | 3.00 |
"""
TOTAL = "| | 合计 | 130.00 | 8.00 | 90.00 | 15.00 | 5.00 | 12.00 |"
# What is printed, what is put in its place, what then fails
FAULTS = {
    "in_the_row": (TOTAL, TOTAL.replace("12.00", "13.00"), "row_sum 表2 合计"),
    "brought_in": (TOTAL, TOTAL.replace("12.00", "13.00"), "carry_over 表1 上年结转"),
    "revenue": ("其他收入5.00", "其他收入6.00", "prose_sum 情况说明（收入）预算收入＝一般公共预算拨款收入等"),
    "stated": ("使用非财政拨款结余12.00", "使用非财政拨款结余11.00", "prose_cell 情况说明（收入）使用非财政拨款结余"),
    "expenditure": ("项目支出30.00万元", "项目支出31.00万元", "prose_sum 情况说明（支出）支出预算＝基本支出＋项目支出等"),
    "to_the_superior": ("上缴上级支出4.00", "上缴上级支出5.00", "prose_cell 情况说明（支出）上缴上级支出"),
    "of_business": ("经营支出3.00", "经营支出2.00", "prose_cell 情况说明（支出）事业单位经营支出"),
    "to_others": ("附属单位补助支出3.00", "附属单位补助支出2.00", "prose_cell 情况说明（支出）对附属单位补助支出"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of(with_faults(BUDGET, FAULTS))


def test_a_sound_document_is_not_accused(found: Failures) -> None:
    beside = ("table_missing", "document_twice")  # other tables, the changed copies
    failed = [target for target, status in found["sound"] if status == "fail"]
    assert not [target for target in failed if not target.startswith(beside)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(found: Failures, name: str) -> None:
    assert (FAULTS[name][2], "fail") in found[name]

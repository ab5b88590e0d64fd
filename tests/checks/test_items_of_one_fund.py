"""What one fund pays of an item is no contradiction of a table that has all money, where the fund's own can't be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.making.failures import Failures

ACCOUNTS = """某某局2034年度部门决算
收入决算表
单位：万元
| 科目编码 | 科目名称 | 合计 | 财政拨款收入 | 其他收入 |
| 201 | 一般公共服务支出 | 60.00 | 55.00 | 5.00 |
| 208 | 社会保障和就业支出 | 30.00 | 30.00 | |
| 合计 | | 90.00 | 85.00 | 5.00 |

支出决算表
单位：万元
| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 201 | 一般公共服务支出 | 60.00 | 40.00 | 20.00 |
| 208 | 社会保障和就业支出 | 30.00 | 30.00 | 0.00 |
| 合计 | | 90.00 | 70.00 | 20.00 |

第三部分 2034年度部门决算情况说明
一、一般公共预算财政拨款支出决算情况说明
（二）一般公共预算财政拨款支出决算具体情况
1.一般公共服务（类）支出55.00万元。
2.社会保障和就业（类）支出30.00万元。
"""


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of({"sound": ACCOUNTS, "more": ACCOUNTS.replace("支出30.00万", "支出31.00万")})


def test_a_part_of_all_money_is_not_accused(found: Failures) -> None:
    assert not [target for target, _ in found["sound"] if target.startswith("prose")]


def test_more_than_all_money_is_found(found: Failures) -> None:
    target = "prose_item 情况说明（一般公共预算）社会保障和就业（208）"
    assert (target, "fail") in found["more"]

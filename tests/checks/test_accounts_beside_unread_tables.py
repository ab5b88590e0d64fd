"""Final accounts of which one table can't be read: the others are compared all the same, classes by their codes too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jcdata.extraction.one_document import parse_document
from jcdata.schema import UnrecognisedLine
from tests.making.failures import Failures

ACCOUNTS = """某某街道办事处2034年度部门决算
一般公共预算财政拨款支出决算表
单位：万元
| 功能分类科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 207 | 文化旅游体育与传媒支出 | 82.00 | 2.00 | 80.00 |
| 212 | 城乡社区支出 | 18.00 | 8.00 | 10.00 |
| 合计 | | 100.00 | 10.00 | 90.00 |

一般公共预算财政拨款基本支出决算表
单位：万元
| 经济分类科目编码 | 科目名称 | 决算数 |
| 302 | 商品和服务支出 | 10.00 |
| 30217 | 公务接待费 | 8.31 |
| 30218 | 专用材料费 | 1.69 |
| 合计 | | 10.00 |

财政拨款“三公”经费支出决算表
单位：万元
| 合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行维护费 |
| 0.30 | 0.00 | 0.30 | 0.00 |

政府性基金预算财政拨款收入支出决算表
单位：万元
| 科目编码 | 科目名称 | 不详甲 | 不详乙 |
| 212 | 城乡社区支出 | 1.00 | 5.00 |

第三部分 2034年度部门决算情况说明
一、一般公共预算财政拨款支出决算情况说明
一般公共预算财政拨款支出100.00万元，主要用于以下方面：文化体育与传媒支出（类）82.00万元，占82.00%；城乡社区支出（类）18.00万元，占18.00。
"""


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    other = ACCOUNTS.replace("传媒支出（类）82.00", "传媒支出（类）83.00")
    return failures_of({"sound": ACCOUNTS, "other_amount": other})


def test_a_table_with_a_title_of_its_own_hides_nothing_of_the_one_above(found: Failures) -> None:
    assert ("three_public_basic 表6 公务接待费", "fail") in found["sound"]


def test_a_class_by_another_name_is_compared_by_its_code(found: Failures) -> None:
    target = "prose_item 情况说明（一般公共预算）文化体育与传媒支出（207）"
    assert (target, "fail") in found["other_amount"]
    assert target not in {one for one, _ in found["sound"]}


def test_a_share_without_its_sign_is_not_lost_in_silence() -> None:
    records = parse_document(ACCOUNTS.encode(), "some.md").records
    assert [
        row.reason.split(" / ")[0]
        for row in records[UnrecognisedLine]
        if row.line_no == ACCOUNTS.count("\n")
    ] == ["figures that no claim holds: 18.00"]


def test_a_bracket_that_is_not_closed_in_a_name_of_the_prose_costs_nothing(
    failures_of: Callable[[dict[str, str]], Failures],
) -> None:
    broken = ACCOUNTS.replace("城乡社区支出（类）18.00", "城乡社区事务（款区管理支出18.00")
    assert ("three_public_basic 表6 公务接待费", "fail") in failures_of({"broken": broken})[
        "broken"
    ]

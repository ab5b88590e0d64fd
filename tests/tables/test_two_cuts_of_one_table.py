"""Two tables of the same money, cut in two ways: the statutory one counts, wherever it stands."""

from __future__ import annotations

import pytest

from jcdata.extraction.one_document import parse_document
from jcdata.schema import BudgetLine, PrintedTable, UnrecognisedLine

BY_FUNCTION = """一般公共预算基本支出明细表（按支出功能分类科目）
单位：万元
| 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |
| 208 | 社会保障和就业支出 | 9.00 | 8.00 | 1.00 |
| 合计 | | 9.00 | 8.00 | 1.00 |
"""
BY_ITEM = """一般公共预算基本支出明细表（按支出经济分类科目）
单位：万元
| 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |
| 301 | 工资福利支出 | 8.00 | 8.00 | |
| 302 | 商品和服务支出 | 1.00 | | 1.00 |
| 合计 | | 9.00 | 8.00 | 1.00 |
"""
SETTLED = """一般公共预算财政拨款收入支出决算表
单位：万元
| 科目代码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年收入 | 本年收入 | 本年支出 | 本年支出 | 本年支出 | 年末结转和结余 |
| 科目代码 | 科目名称 | 合计 | 合计 | 基本支出 | 项目支出 | 合计 | 基本支出 | 项目支出 | 合计 |
| 208 | 社会保障和就业支出 | 1.00 | 9.00 | 7.00 | 2.00 | 8.00 | 6.00 | 2.00 | 2.00 |
| 合计 | | 1.00 | 9.00 | 7.00 | 2.00 | 8.00 | 6.00 | 2.00 | 2.00 |
"""
SPENT = """一般公共预算财政拨款支出决算表
单位：万元
| 科目代码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| 208 | 社会保障和就业支出 | 8.00 | 6.00 | 2.00 |
| 合计 | | 8.00 | 6.00 | 2.00 |
"""


def read(*tables: str) -> tuple[list[tuple[str, str, str, str]], list[str], list[str]]:
    """Key, code, measure and print of the figures of items, the titles of tables that count, and what was not read."""
    text = "某某局2034年度部门决算\n" + "\n".join(tables)
    records = parse_document(text.encode(), "some.md").records
    return (
        [
            (line.table_key, line.item_code, line.measure, line.amount_text)
            for line in records[BudgetLine]
            if line.item_code
        ],
        [table.title for table in records[PrintedTable] if table.table_key],
        [line.reason.split(" / ")[0] for line in records[UnrecognisedLine]],
    )


@pytest.mark.parametrize("tables", [(BY_FUNCTION, BY_ITEM), (BY_ITEM, BY_FUNCTION)])
def test_basic_expenditure_by_economic_item_counts(tables: tuple[str, str]) -> None:
    figures, titles, unread = read(*tables)
    assert titles == [BY_ITEM.splitlines()[0]]
    assert ("general_public_basic_expenditure", "301", "personnel", "8.00") in figures
    assert "a second table of this kind, not loaded" in unread


def test_basic_expenditure_by_function_counts_alone() -> None:
    assert read(BY_FUNCTION)[1] == [BY_FUNCTION.splitlines()[0]]


def test_expenditure_beside_revenue_counts_before_a_table_of_both() -> None:
    assert read(SETTLED, SPENT)[1] == [SPENT.splitlines()[0]]


def test_of_a_table_of_both_spending_is_what_was_spent() -> None:
    figures, titles, unread = read(SETTLED)
    assert titles == [SETTLED.splitlines()[0]]
    assert figures == [
        ("general_public_expenditure", "208", "carry_over", "1.00"),
        ("general_public_expenditure", "208", "current_revenue", "9.00"),
        ("general_public_expenditure", "208", "other", "7.00"),
        ("general_public_expenditure", "208", "other", "2.00"),
        ("general_public_expenditure", "208", "total", "8.00"),
        ("general_public_expenditure", "208", "basic", "6.00"),
        ("general_public_expenditure", "208", "project", "2.00"),
        ("general_public_expenditure", "208", "carried_forward", "2.00"),
    ]
    assert unread == ["headings that are not understood: 本年收入/基本支出; 本年收入/项目支出"]

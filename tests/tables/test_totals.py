from __future__ import annotations

import pytest

from jcdata.documents.document import number_lines
from jcdata.schema import STATUTORY_TABLES
from jcdata.table_templates import table_specs
from jcdata.tables import spaced
from jcdata.tables.printed import PrintedFigure, PrintedRow
from jcdata.tables.totals import is_total_name, match_total, total_rows


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("合计", True),
        ("小计", True),
        ("部门合计", True),
        ("人员经费合计", True),
        ("收入总计", True),
        ("总计划编制经费", False),
        ("合计数核对经费", False),
        ("", False),
    ],
)
def test_a_total_is_known_by_the_end_of_its_name(name: str, expected: bool) -> None:
    assert is_total_name(name) == expected


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("合计5.00", "合计"),
        ("部门合计5.00", "部门合计"),
        ("单位小计", "单位小计"),
        ("人员经费合计", None),
    ],
)
def test_a_line_may_begin_with_a_total(line: str, name: str | None) -> None:
    match = match_total(line)
    assert (match and match[0]) == name


@pytest.mark.parametrize("total", ["合计", "总计", "部门合计", "单位小计", "合 计"])
def test_a_table_of_codes_may_begin_with_any_total(total: str) -> None:
    lines = number_lines(
        f"科目编码 科目名称 合计 基本支出 项目支出\n{total} 5.50  \n201 甲支出 5.50  "
    )
    table = spaced.read_table(lines, [spec for spec in table_specs() if spec.key == "expenditure"])
    assert [(row.code, row.name) for row in table.rows] == [
        ("", total.replace(" ", "")),
        ("201", "甲支出"),
    ]


@pytest.mark.parametrize(
    "key", [k for k, table in STATUTORY_TABLES.items() if table.lists_projects]
)
def test_in_every_table_of_projects_a_unit_above_them_is_a_total(key: str) -> None:
    rows = [
        PrintedRow("", "", name, "", (PrintedFigure("total", text, no),), no)
        for no, (name, text) in enumerate(
            [("某某市水文站", "5.00"), ("甲项目", "2.00"), ("乙项目", "3.00")], start=1
        )
    ]
    assert total_rows(rows, key, False, None) == {0}

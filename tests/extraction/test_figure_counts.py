"""How many of the figures of a document have a meaning, are kept only as printed, or are not understood: each counts once."""

from __future__ import annotations

import pytest

from jcdata.extraction.one_document import parse_document
from jcdata.schema import DocumentFigures
from tests.tables.test_meaning import HEAD, table


def counts(text: str) -> tuple[int, int, int]:
    """Of how many figures the meaning is known, how many are kept as printed, and how many are not understood."""
    (row,) = parse_document((HEAD + text).encode(), "some.md").records[DocumentFigures]
    assert (
        row.printed_count == row.meaning_count + row.printed_only_count + row.not_understood_count
    )
    return row.meaning_count, row.printed_only_count, row.not_understood_count


ROWS = "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", "202 | 乙支出 | 1.00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (table("支出预算总表", *ROWS), (2, 0, 0)),
        (table("支出预算总表", *ROWS, "203 | 丙支出 | 1,2.00"), (2, 0, 1)),
        (table("支出预算总表", *ROWS, " | | 3.00"), (2, 1, 0)),
        (table("支出预算总表", *ROWS) + table("支出预算总表", *ROWS), (2, 2, 0)),
        (table("项目绩效情况表", *ROWS), (0, 2, 0)),
        (table("支出预算总表", *ROWS, caption=""), (0, 0, 2)),
        (table("项目绩效情况表", *ROWS, caption=""), (0, 2, 0)),
        (table("某情况表", *ROWS, "203 | 丙支出 | ", caption=""), (0, 2, 0)),
        (table("目录", " | ", "第一部分 概况 | 1", "第二部分 报表 | 12", caption=""), (0, 0, 0)),
    ],
)
def test_each_figure_counts_once(text: str, expected: tuple[int, int, int]) -> None:
    assert counts(text) == expected

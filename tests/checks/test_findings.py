from __future__ import annotations

import pytest

from jcdata.checks.findings import depths, line_ranges, tables_in_words
from jcdata.schema import Finding, TableOccurrence


@pytest.mark.parametrize(
    ("line_nos", "shown"),
    [
        ([], ""),
        ([3], "3"),
        ([3, 7, 8, 9], "3, 7–9"),
        ([1, 2, 4, 6, 7], "1–2, 4, 6–7"),
        (list(range(1, 60, 2)), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, …, 59"),
    ],
)
def test_lines_in_words(line_nos: list[int], shown: str) -> None:
    assert line_ranges(line_nos) == shown


def finding(finding_id: str, cause: str | None = None, verdict: str | None = None) -> Finding:
    return Finding(
        document_id="x", check_key="x", target="x", finding_id=finding_id, status="fail", severity="error",
        stated=None, computed=None, difference=None, tolerance=None, message="", message_zh="", line_nos=[],
        consequence_of=cause, verdict=verdict,
    )  # fmt: skip


def test_what_follows_stands_below_its_cause_unless_only_one_is_dismissed() -> None:
    results = [
        finding("a"),
        finding("b", "a"),
        finding("c", "b"),
        finding("d", "e"),
        finding("e", verdict="dismissed"),
        finding("f", "e", verdict="dismissed"),
    ]
    assert depths(results) == [0, 1, 2, 0, 0, 1]


def occurrence(number: int, title: str | None) -> TableOccurrence:
    return TableOccurrence(
        document_id="x", table_key="expenditure", table_no=number, title=title,
        status="found" if title else "missing", first_line=None, last_line=None,
    )  # fmt: skip


def test_tables_that_findings_number_are_told_by_their_own_titles() -> None:
    results = [finding("a")._replace(message_zh="表10 合计：列示 1.00，表3 2.00，表7 缺表")]
    tables = [
        occurrence(n, title) for n, title in ((1, "甲表"), (3, "乙表"), (7, None), (10, "丙表"))
    ]
    said = tables_in_words(results, tables)
    assert said and said.zh == "表号为统一编号，在本文件中：表3 乙表，表10 丙表"
    assert tables_in_words(results, tables[:1]) is None


def test_numbers_of_forms_are_none_of_tables() -> None:
    form = finding("a")._replace(message_zh="绩效目标表3 某项目：年度资金总额 1.00，合计 2.00")
    assert tables_in_words([form], [occurrence(3, "乙表")]) is None

"""A passage that the contents name is missing where nothing printed is about it, and only there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import jcdata
from jcdata.extraction.one_document import parse_document
from jcdata.pipeline.build import BuildResult
from jcdata.schema import ContentsPassage

CONTENTS = """某某市水务局2034年度部门预算公开
目 录
第一部分 部门概况
一、主要职能
第二部分 2034年部门预算情况说明
一、收支预算总体情况说明…………4
二、“三公”经费预算情况说明………5
三、政府采购支出预算情况说明………6
第一部分 部门概况
一、主要职能
负责全市水务工作。
第二部分 2034年部门预算情况说明
一、收支预算总体情况说明
2034年收支总预算5.00万元。
"""
THREE_PUBLIC = "二、“三公”经费预算情况说明\n2034年“三公”经费预算1.00万元。\n"
PROCUREMENT = "三、政府采购支出预算情况说明\n2034年政府采购预算2.00万元。\n"


def named(text: str) -> dict[str, str]:
    """What the passages are about that the contents name, each with its status."""
    records = parse_document(text.encode(), "some.txt").records
    return {entry.passage: entry.status for entry in records[ContentsPassage]}


def test_a_passage_that_is_named_and_not_printed_is_missing() -> None:
    assert named(CONTENTS + THREE_PUBLIC) == {
        "overview": "printed", "three_public": "printed", "procurement": "missing",
    }  # fmt: skip
    assert set(named(CONTENTS + THREE_PUBLIC + PROCUREMENT).values()) == {"printed"}


@pytest.mark.parametrize(
    "more",
    [
        "二、其他事项说明\n本部门无政府采购预算。\n",  # the matter is spoken of under another heading
        "二、其他事项说明\n�本部门�。\n",  # something could not be read
    ],
)
def test_what_may_be_said_elsewhere_is_not_missing(more: str) -> None:
    assert named(CONTENTS + more)["procurement"] == "uncertain"


def test_explanations_may_be_in_another_file() -> None:
    assert set(named(CONTENTS[: CONTENTS.index("负责")]).values()) == {"uncertain"}


def test_a_missing_passage_is_a_finding(build: Callable[..., BuildResult]) -> None:
    result = build(some=CONTENTS + THREE_PUBLIC)
    with jcdata.connect(result.database) as con:
        found = con.sql(
            "SELECT status, severity, line_nos, message FROM check_results"
            " WHERE check_key = 'contents_passages' ORDER BY ALL"
        ).fetchall()
    assert [(*row[:2], list(row[2])) for row in found] == [
        ("fail", "warning", [8]), ("pass", "info", [6]), ("pass", "info", [7]),
    ]  # fmt: skip
    assert "no sentence of the document is about it" in found[0][-1]

"""Every query of the SQL guide runs and gives rows; those that it calls empty give rows where there is something to find."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

import jcdata
from jcdata import schema
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import ROOT

GUIDE = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
EMPTY = "empty for the two documents"

ONE_UNIT = (
    "{year}年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 {total} {total}  \n208 甲支出 {total} {total}  \n"
)


class Query(NamedTuple):
    """A query of the guide, and whether the guide says that the two documents have no rows for it."""

    sql: str
    is_empty: bool


QUERIES = [
    Query(match["sql"], EMPTY in match["said"])
    for match in re.finditer(r"(?P<said>[^\n]*)\n\n```sql\n(?P<sql>.*?)```", GUIDE, re.DOTALL)
]


def count(result: BuildResult, query: str) -> int:
    with jcdata.connect(result.database) as db:
        return len(db.execute(query).fetchall())


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_query_of_the_guide_has_rows(query: Query, built: BuildResult) -> None:
    assert bool(count(built, query.sql)) == (not query.is_empty)


def test_what_is_empty_for_the_two_documents_has_rows_for_two_years_of_a_unit(
    build: Callable[..., BuildResult],
) -> None:
    result = build(
        a=ONE_UNIT.format(year=2030, total="4.00"), b=ONE_UNIT.format(year=2031, total="5.00")
    )
    empty = [query.sql for query in QUERIES if query.is_empty]
    assert len(empty) == 2 and all(count(result, sql) for sql in empty)


def test_the_guide_shows_every_query_and_every_macro() -> None:
    assert len(QUERIES) == GUIDE.count("```sql") >= 12
    shown = " ".join(query.sql for query in QUERIES)
    assert [
        m.name for m in schema.MACROS if f"{m.name}(" not in shown and f"zh.{m.zh}(" not in shown
    ] == []

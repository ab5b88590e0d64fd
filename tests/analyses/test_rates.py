"""Views and checks judge a stated rate alike: by the decimals that it is printed with."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

import jcdata
from jcdata.database.definitions import create_macros
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import CENTRE, raw_text

SHARE = (
    "SELECT agrees FROM composition WHERE dimension = 'expenditure_type' AND item_name = '基本支出'"
)
GROWTH = (
    "SELECT agrees FROM growth WHERE subject = '一般公共预算当年支出' AND stated_rate IS NOT NULL"
)


@pytest.mark.parametrize(
    ("printed", "instead", "query", "agrees"),
    [
        ("占64.84%", "占64.8%", SHARE, True),
        ("占64.84%", "占64.9%", SHARE, False),
        ("占64.84%", "占65%", SHARE, True),
        ("占64.84%", "占64.85%", SHARE, False),
        ("增长8.19%。", "增长8.2%。", GROWTH, True),
        ("增长8.19%。", "增长8.1%。", GROWTH, True),  # cut
        ("增长8.19%。", "增长8.0%。", GROWTH, False),
    ],
)
def test_a_stated_rate_agrees_as_far_as_it_is_printed(
    build: Callable[..., BuildResult], printed: str, instead: str, query: str, agrees: bool
) -> None:
    result = build(some=raw_text(CENTRE).replace(printed, instead))
    with jcdata.connect(result.database) as db:
        assert db.sql(query).fetchall() == [(agrees,)]
        check = "prose_share" if query == SHARE else "prose_growth"
        failed = "SELECT count(*) FROM check_results WHERE check_key = ? AND status = 'fail'"
        assert db.execute(failed, [check]).fetchall() == [(0 if agrees else 1,)]


@pytest.mark.parametrize(
    ("stated", "step", "rate", "doubt", "agrees"),
    [
        ("0.31", "0.01", 0.317, 0, True),  # cut
        ("0.32", "0.01", 0.317, 0, True),
        ("0.33", "0.01", 0.317, 0, False),
        ("0.33", "0.01", 0.317, 0.008, True),
        ("-8.2", "0.1", -8.19, 0, True),
        ("5", "0", 5.0, 0, None),
        ("5", "1", None, None, None),
    ],
)
def test_rate_agrees(
    stated: str, step: str, rate: float | None, doubt: float | None, agrees: bool | None
) -> None:
    with duckdb.connect() as con:
        create_macros(con, {"rate_agrees"})
        assert con.execute(
            f"SELECT rate_agrees({stated}, {step}, ?, ?)", [rate, doubt]
        ).fetchall() == [(agrees,)]

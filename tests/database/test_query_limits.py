"""Whatever ends a query, it is interrupted and the connection goes on."""

from __future__ import annotations

import threading

import duckdb
import pytest

from jcdata.database.query_limits import within
from jcdata.errors import DatabaseError

ENDLESS = "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r"


@pytest.mark.parametrize(
    ("seconds", "looks", "raised"),
    [
        (0.01, [True], DatabaseError),
        (0, [False], SystemExit),
        (0, [KeyboardInterrupt()], KeyboardInterrupt),
    ],
)
def test_a_query_is_interrupted(
    seconds: float, looks: list[bool | BaseException], raised: type[BaseException]
) -> None:
    interrupted = threading.Event()

    def look() -> bool:
        now = looks[0]
        if isinstance(now, BaseException):
            raise now
        return now

    with duckdb.connect() as con:

        def ask() -> None:
            try:
                con.execute(ENDLESS)
            except duckdb.InterruptException:
                interrupted.set()

        with pytest.raises(raised):
            within(seconds, con, ask, look)
        assert interrupted.wait(60)
        assert within(60, con, lambda: con.execute("SELECT 1").fetchall()) == [(1,)]


def test_an_error_of_the_query_is_raised() -> None:
    with duckdb.connect() as con, pytest.raises(duckdb.ParserException):
        within(60, con, lambda: con.execute("SELECT ("))

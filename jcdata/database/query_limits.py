"""A query of a user ends when it takes too long, when somebody stops it, or when nobody waits for it any more."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from jcdata.errors import DatabaseError
from jcdata.messages import Message

if TYPE_CHECKING:
    import duckdb

SECONDS = 60  # that a query may take unless more are asked for
LOOKS_EVERY = 0.1  # seconds
STOPS_WITHIN = 3.0  # seconds that a query which is interrupted is waited for
_Answer = TypeVar("_Answer")


def within(
    seconds: float, con: duckdb.DuckDBPyConnection, ask: Callable[[], _Answer],
    is_awaited: Callable[[], bool] = lambda: True,
) -> _Answer:  # fmt: skip
    """What `ask` gives, which queries the connection in a thread of its own; `seconds` of 0 are no limit.

    What ends it sooner interrupts the query: Ctrl-C, the limit (DatabaseError), `is_awaited` turning false (SystemExit).
    The caller goes on when DuckDB has stopped, or soon where it does not: it can't within one value of one row.
    """
    answers: list[_Answer] = []
    errors: list[BaseException] = []

    def answer() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # raised again below, where somebody can catch it
            errors.append(error)

    thread = threading.Thread(target=answer, daemon=True)
    end = time.monotonic() + seconds
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LOOKS_EVERY)
            if not is_awaited():
                raise SystemExit(1)
            if seconds and thread.is_alive() and time.monotonic() > end:
                raise DatabaseError(
                    Message(
                        f"the query was stopped after {seconds:g} seconds; --timeout gives it more",
                        "查询超时，已中止；可用 --timeout 延长",
                    )
                )
    finally:
        if thread.is_alive():
            con.interrupt()
            thread.join(STOPS_WITHIN)  # the connection is free for the next query
    if errors:
        raise errors[0]
    return answers[0]

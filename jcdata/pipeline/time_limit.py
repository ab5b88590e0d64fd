"""How long a document may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from jcdata.errors import DocumentError

MOST_SECONDS = 300  # that one document may take; a PDF of a thousand pages takes less


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raises DocumentError if what runs inside takes longer.

    Only a process's main thread can be interrupted, and not on Windows; elsewhere there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    reason = f"not read and checked within {seconds} seconds / 超过读取核对时限"
    is_over = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_over
        is_over = True
        raise DocumentError(reason)

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except RuntimeError as error:  # DuckDB's, which says that a query was interrupted, and not why
        if is_over:
            raise DocumentError(reason) from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)

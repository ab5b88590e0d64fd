"""How long a document may take."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType

from jcdata.errors import DocumentError
from jcdata.messages import Message

MOST_SECONDS = 300  # that one document may take; a PDF of a thousand pages takes less
SCAN_SECONDS = 60  # more for each page that is recognised in a picture, which takes some seconds
AGAIN = 10  # seconds after which what went on all the same is interrupted again; whoever cleans up takes less


class _OutOfTime(BaseException):
    """The limit is over. No Exception, so that no library takes it for a fault of the document."""


class TimeLimit:
    """Interrupts what runs inside if it takes longer, and raises DocumentError then, whatever became of it.

    Only a process's main thread can be interrupted, and not on Windows; elsewhere there is no limit.
    """

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._is_set = self._is_over = False

    def __enter__(self) -> TimeLimit:
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            self._is_set = True
            self._previous = signal.signal(signal.SIGALRM, self._interrupt)
            signal.setitimer(signal.ITIMER_REAL, self._seconds, AGAIN)
        return self

    def extend(self, seconds: int) -> None:
        """Allow so much more; what is over stays so."""
        self._seconds += seconds
        if self._is_set and not self._is_over:
            left, _ = signal.getitimer(signal.ITIMER_REAL)
            signal.setitimer(signal.ITIMER_REAL, left + seconds, AGAIN)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._is_set:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._previous)
        # DuckDB, for one, raises an error of its own; Ctrl-C stays what it is
        if self._is_over and (error is None or isinstance(error, (_OutOfTime, Exception))):
            reason = Message(
                f"not read and checked within {self._seconds} seconds", "超过读取核对时限"
            )
            raise DocumentError(reason) from error

    def _interrupt(self, _signal: int, frame: FrameType | None) -> None:
        self._is_over = True
        if (
            frame is None or frame.f_code is not TimeLimit.__exit__.__code__
        ):  # which raises by itself
            raise _OutOfTime

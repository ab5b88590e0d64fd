"""One build of a database at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from jcdata.messages import Message
from jcdata.replacing import hidden_beside


@contextmanager
def locked(database: Path, notice: Callable[[Message], None]) -> Iterator[None]:
    """Only one build of a database at a time; `notice` is told if another one is running, before it is waited for.

    The system releases the lock of a process that is killed. Raises OSError if the folder can't be written.
    """
    database.resolve().parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(hidden_beside(database, "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        notice(
            Message(
                f"another build of {database} is running; waiting for it",
                "另一构建正在进行，等待其完成",
            )
        )
        lock.acquire()
    try:
        yield
    finally:
        lock.release()

"""A build becomes visible at once or not at all, and one at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from jcdata.exports.replacing import hidden_beside


@contextmanager
def locked(database: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Only one build of a database at a time; `waiting` is called if another one is running, before it is waited for.

    The system releases the lock of a process that is killed. Raises OSError if the folder can't be written.
    """
    database.resolve().parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(hidden_beside(database, "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def staged(database: Path) -> Iterator[Path]:
    """A folder beside a locked database, on the same disk, that is gone afterwards. Raises OSError if there can't be one.

    It is the same for every build, which so removes what one that was killed has left.
    """
    folder = hidden_beside(database, "build")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)

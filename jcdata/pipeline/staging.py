"""A build becomes visible at once or not at all, and one at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def locked(database: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Only one build of a database at a time; `waiting` is called if another one is running, before it is waited for.

    The system releases the lock of a process that is killed. Raises OSError if the folder can't be written.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(database.parent / f".{database.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        for left in database.parent.glob(f".{database.name}-*"):
            shutil.rmtree(left, ignore_errors=True)  # of a build that was killed
        yield
    finally:
        lock.release()


@contextmanager
def staged(database: Path) -> Iterator[Path]:
    """A folder beside the database, on the same disk, that is gone afterwards. Raises OSError if there can't be one."""
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=f".{database.name}-") as name:
        yield Path(name)

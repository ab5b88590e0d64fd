"""The file of a built database: whether it is one, who is writing it, and what other programs leave beside it."""

from __future__ import annotations

import itertools
import mmap
import os
import re
from pathlib import Path

import duckdb

from jcdata.errors import DatabaseError
from jcdata.messages import Message
from jcdata.schema import BuiltWith, table_of

MARK = table_of(BuiltWith).name  # the table by which a database is known as ours
_MAGIC, _MAGIC_AT = b"DUCK", 8
_HEADERS = 3 * 4096  # bytes of a DuckDB file before its first block; it holds nothing until there
_LOGS = (".wal", ".wal.checkpoint", ".wal.recovery")
# What DuckDB says, on Linux and macOS, on Windows, and within one process
_HELD = re.compile(
    "Could not set lock on file|being used by another process|with a different configuration"
)


def is_built(path: Path) -> bool:
    """Whether a file is a database that jcdata built, of any version of it, damaged or not.

    Raises DatabaseError if it can't be told because somebody has it open for writing.
    """
    with path.open("rb") as file:
        if file.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] != _MAGIC:
            return False
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            return bool(con.execute("FROM duckdb_tables() WHERE table_name = ?", [MARK]).fetchall())
    except duckdb.Error as error:
        _require_not_held(path, error)
        # Damaged, or its log belongs to another: the names of its tables stand in it all the same
        return path.stat().st_size <= _HEADERS or _contains(path, MARK.encode())


def require_unwritten(path: Path) -> None:
    """Raises DatabaseError if a program has the database open for writing, or this one in another way than for reading."""
    if not path.exists():
        return
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error as error:
        _require_not_held(path, error)


def _require_not_held(path: Path, error: duckdb.Error) -> None:
    """Raises DatabaseError if that is why the database could not be opened."""
    if _HELD.search(str(error)):
        raise DatabaseError(
            Message(
                f"{path} is open for writing elsewhere and is left as it is, close it there first: {error}",
                "数据库正被其他程序以写入方式打开，未作改动，请先在该程序中关闭",
            )
        ) from error


def set_logs_aside(path: Path) -> list[Path]:
    """Rename what a program that was killed, or another database, left as the log of this one; gives the new places.

    DuckDB would refuse to open a database beside the log of another, for ever.
    """
    beside = {
        place.with_name(place.name + ending) for place in (path, path.resolve()) for ending in _LOGS
    }
    return [_set_aside(log) for log in sorted(beside) if os.path.isfile(log)]


def _set_aside(log: Path) -> Path:
    """Rename a file to the first free one of NAME-left-1, NAME-left-2 ..."""
    places = (log.with_name(f"{log.name}-left-{number}") for number in itertools.count(1))
    place = next(place for place in places if not place.exists())
    return log.rename(place)


def _contains(path: Path, words: bytes) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(words) >= 0

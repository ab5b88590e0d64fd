"""A built database is opened: the file that is at the path now, locked, and for our own questions only if it is ours."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import duckdb

from jcdata import paths
from jcdata.database import access
from jcdata.database.authenticity import require_own
from jcdata.errors import DatabaseError
from jcdata.messages import Message

# The file that this process has open under each path: its disk, its number there and when it was written
_opened: dict[Path, tuple[int, int, int]] = {}


def connect(
    path: Path = paths.DATABASE, allow_folders: Sequence[Path] = ()
) -> duckdb.DuckDBPyConnection:
    """Open a built database for questions, see `jcdata.database.access`.

    Raises DatabaseError if there is none, it can't be opened or the folders can't be allowed.
    """
    if not path.exists():
        raise DatabaseError(
            Message(
                f"{path} does not exist: run `jcdata build` first",
                "数据库不存在，请先运行 jcdata build",
            )
        )
    try:
        access.require_folders(path, allow_folders)
        return _open_apart(path, allow_folders) if allow_folders else _open_current(path)
    except (OSError, duckdb.Error, DatabaseError) as error:
        raise DatabaseError(
            Message(f"{path} can't be opened: {error}", "数据库无法打开")
        ) from error


def connect_own(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database for what this program itself asks, without a limit of time.

    Raises DatabaseError also for a database that is not what this program makes, see `jcdata.database.authenticity`.
    """
    con = connect(path)
    try:
        require_own(con)
    except (duckdb.Error, DatabaseError) as error:
        con.close()
        raise DatabaseError(f"{path}: {error}") from error
    return con


def _open_current(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to the file that is at the path now.

    DuckDB keeps one open database for a path; while any connection to it lives, it is the file of before a build.
    """
    stat = path.stat()
    file = (stat.st_dev, stat.st_ino, stat.st_mtime_ns)
    con = duckdb.connect(str(path), read_only=True)
    try:
        if not access.is_locked(con):
            access.lock(con, ())
            _opened[path.resolve()] = file
            return con
    except duckdb.Error:
        con.close()
        raise
    if _opened.get(path.resolve()) == file:
        return con
    con.close()
    return _open_apart(path, ())


def _open_apart(path: Path, folders: Sequence[Path]) -> duckdb.DuckDBPyConnection:
    """A connection that shares its open database with no other one, under a name that is gone as soon as it is open.

    So the names that `access.lock` leaves open for writing lead nowhere. Raises OSError where that name can't be removed.
    """
    with ExitStack() as stack:
        link = _linked(path, stack)
        con = duckdb.connect(str(link), read_only=True)
        try:
            link.unlink()
            access.lock(con, folders)
        except (OSError, duckdb.Error):
            con.close()
            raise
    return con


def _linked(path: Path, stack: ExitStack) -> Path:
    """Another name for a file, in a folder of its own; a copy where the file can't have one."""
    real = path.resolve()
    try:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix=f".{real.name}.", dir=real.parent)
        )
        link = Path(folder, path.name)
        os.link(real, link)
    except OSError:  # a folder of others, or a disk without links
        link = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jcdata-")), path.name)
        shutil.copyfile(real, link)
    return link

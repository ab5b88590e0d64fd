"""A built database is opened: the file that is at the path now, locked, and for our own questions only if it is ours."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias
from weakref import WeakKeyDictionary

import duckdb

from jcdata import paths
from jcdata.database import access
from jcdata.database.authenticity import require_own
from jcdata.errors import DatabaseError
from jcdata.messages import Message

File: TypeAlias = tuple[int, int, int]  # its disk, its number there and when it was written
_opened: dict[Path, File] = {}  # what this process has open under each path
_asked: WeakKeyDictionary[duckdb.DuckDBPyConnection, tuple[Path, File]] = WeakKeyDictionary()


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
        file = _file_at(path)
        con = _open_apart(path, allow_folders) if allow_folders else _open_current(path, file)
    except (OSError, duckdb.Error, DatabaseError) as error:
        raise DatabaseError(
            Message(f"{path} can't be opened: {error}", "数据库无法打开")
        ) from error
    _asked[con] = path.resolve(), file
    return con


def is_outdated(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether another file has taken the place of the one that `connect` opened, as after a build."""
    if con not in _asked:
        return False
    path, file = _asked[con]
    return path.exists() and _file_at(path) != file


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


def _file_at(path: Path) -> File:
    stat = path.stat()
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns


def _open_current(path: Path, file: File) -> duckdb.DuckDBPyConnection:
    """A connection to the file that is at the path now, which `file` is.

    DuckDB keeps one open database for a path; while any connection to it lives, it is the file of before a build. Of one
    that others opened, nobody knows which file it is.
    """
    con = duckdb.connect(str(path), read_only=True)
    try:
        is_locked = access.is_locked(con)
        if not is_locked and _is_alone(con):
            access.lock(con, ())
            _opened[path.resolve()] = file
            return con
    except duckdb.Error:
        con.close()
        raise
    if is_locked and _opened.get(path.resolve()) == file:
        return con
    con.close()
    return _open_apart(path, ())


def _is_alone(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether no other connection in this process has the same open database."""
    ((count,),) = con.execute("SELECT count FROM duckdb_connection_count()").fetchall()
    return bool(count == 1)


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

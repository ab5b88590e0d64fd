"""A database without rows, whose definitions take longer than most documents: its file is kept for the next process.

It lies in the folder that `paths.cache_folder` names. Only what this program and this DuckDB made is taken from there, whole,
and only where nobody but the user can write; where it can't be kept, it is made again.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import duckdb

from jcdata import paths
from jcdata.database.definitions import create_tables, create_views, literal
from jcdata.database.warehouse import BUILT, open_new
from jcdata.program import package_checksum

_PREFIX, _ENDING = "empty-", ".duckdb"
_OWN_NAME = re.compile(rf"{_PREFIX}(?:[0-9a-f]{{16}}-[0-9a-f]{{64}}{_ENDING}|\d+\.new)")


def create_database(path: Path) -> None:
    """Create a database without rows.

    One is copied within DuckDB, not as a file: each database is to have an identity of its own, by which DuckDB knows its log.
    """
    with open_new(path, 1) as con:
        is_known = _copy_kept(con)
        if not is_known:
            create_tables(con)
            create_views(con)
    if not is_known and (folder := paths.cache_folder()):
        _keep(path.read_bytes(), folder)


def _copy_kept(con: duckdb.DuckDBPyConnection) -> bool:
    """Copy the definitions of the database that is kept, if one is and can be opened."""
    kept = kept_file()
    if kept is None:
        return False
    try:
        con.execute(f"ATTACH {literal(str(kept))} AS kept (READ_ONLY)")
    except duckdb.Error:  # gone just now
        return False
    con.execute(f"COPY FROM DATABASE kept TO {BUILT} (SCHEMA)")
    con.execute("DETACH kept")
    return True


def kept_file() -> Path | None:
    """The database without rows that this program and this DuckDB made and kept; None if there is none."""
    folder = paths.cache_folder()
    if folder is None or not _is_private(folder):
        return None
    for path in sorted(folder.glob(f"{_PREFIX}{_key()}-*{_ENDING}")):
        try:
            if path.name == _name_of(path.read_bytes()):
                return path
        except OSError:
            continue
    return None


def _keep(content: bytes, folder: Path) -> None:
    """Keep it, and none of another program, as far as that is possible."""
    new = folder / f"{_PREFIX}{os.getpid()}.new"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder):
            return
        new.write_bytes(content)
        new.replace(folder / _name_of(content))
        for other in folder.iterdir():
            if _OWN_NAME.fullmatch(other.name) and other.name != _name_of(content):
                other.unlink()
    except OSError:  # no room, no right, or another process has it open
        return


def _key() -> str:
    """What made it."""
    return hashlib.sha256(f"{package_checksum()} {duckdb.__version__}".encode()).hexdigest()[:16]


def _name_of(content: bytes) -> str:
    """The name of its file, with the checksum of what is in it."""
    return f"{_PREFIX}{_key()}-{hashlib.sha256(content).hexdigest()}{_ENDING}"


def _is_private(folder: Path) -> bool:
    """Whether nobody but the user can write into a folder; Windows keeps those of users apart."""
    getuid: Callable[[], int] | None = getattr(os, "getuid", None)
    try:
        status = folder.stat()
    except OSError:
        return False
    return getuid is None or (
        status.st_uid == getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )

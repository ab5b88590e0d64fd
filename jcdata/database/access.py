"""What a query may touch: the open database for reading, and nothing else unless a folder is allowed.

Queries come from anywhere: a colleague, a web page, a language model. None of them can change the database, read or
write a file, reach the network, load an extension, take the memory of the machine or undo this.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb

from jcdata.database.definitions import literal
from jcdata.errors import DatabaseError
from jcdata.messages import Message

MEMORY, SPILL = "2GB", "8GB"  # of memory and of the disk that all queries of a connection may take
MOST_THREADS = 4

_REFUSALS = {
    "disabled by configuration": Message(
        "queries neither read nor write files, nor reach the network; to use files of a folder, allow it: "
        "jcdata.connect(allow_folders=[...]) or jcdata sql --allow-folder FOLDER (with its whole path in the query)",
        "查询不能读写文件，也不能联网；需要用到某个文件夹中的文件时，请用上述方式允许该文件夹，查询中写完整路径",
    ),
    "disabled through configuration": Message("queries load no extensions", "查询不能加载扩展"),
    "configuration has been locked": Message(
        "settings are fixed while the database is open", "数据库打开期间设置不可更改"
    ),
    "read-only mode": Message(
        "the database is only read; CREATE TEMP TABLE keeps something until it is closed",
        "数据库为只读；临时结果可用 CREATE TEMP TABLE 保存到关闭为止",
    ),
}


def require_folders(database: Path, folders: Sequence[Path]) -> None:
    """Raises DatabaseError for what is no folder, and for one that holds the database, which queries could overwrite."""
    for folder in folders:
        if not folder.is_dir():
            raise DatabaseError(Message(f"no such folder: {folder}", "没有这个文件夹"))
        if database.resolve().is_relative_to(folder.resolve()):
            raise DatabaseError(
                Message(
                    f"{folder} holds the database, which queries could then overwrite: allow another folder",
                    "该文件夹内有数据库文件，允许后查询可将其覆盖；请改用其他文件夹",
                )
            )


def is_locked(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether `lock` was called on this connection, or on another one to the same open database."""
    # The system's function: the database may hold a macro of its name
    ((locked,),) = con.execute(
        "SELECT system.main.current_setting('lock_configuration')"
    ).fetchall()
    return bool(locked)


def lock(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Take from a connection, and all others to its open database in this process, what is outside the database.

    Files in `folders` and below can be read, and written with COPY; DuckDB 1.4 also follows links out of them. DuckDB
    leaves the path under which the database was opened, and names made from it, open for writing where there are folders.
    """
    real = [str(folder.resolve()) for folder in folders]
    con.execute(f"SET memory_limit = '{MEMORY}'; SET max_temp_directory_size = '{SPILL}'")
    con.execute(f"SET threads = {min(os.cpu_count() or 1, MOST_THREADS)}")
    if real:  # where DuckDB spills, queries may write too
        con.execute(f"SET temp_directory = {literal(str(Path(real[0], '.duckdb-spill')))}")
    con.execute("SET allowed_directories = [{}]".format(", ".join(map(literal, real))))
    for setting in (
        "autoinstall_known_extensions",
        "autoload_known_extensions",
        "allow_community_extensions",
    ):
        con.execute(f"SET {setting} = false")
    con.execute("SET enable_external_access = false")
    if not real:
        con.execute("SET disabled_filesystems = 'LocalFileSystem'")
    con.execute("SET lock_configuration = true")


def explained(error: duckdb.Error) -> duckdb.Error:
    """The same error; if it is about something that `lock` took away, it says why and what to do instead."""
    for words, explanation in _REFUSALS.items():
        if words in str(error):
            return type(error)(f"{error}\n{explanation}")
    return error

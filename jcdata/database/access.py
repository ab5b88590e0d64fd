"""What a query may touch: the open database for reading, and nothing else unless a folder is allowed.

Queries come from anywhere: a colleague, a web page, a language model. None of them can change the database, read or
write a file, reach the network, load an extension or undo this.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from jcdata.database.definitions import literal
from jcdata.errors import DatabaseError
from jcdata.messages import Message

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


def lock(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Take from a connection, and all others to its database in this process, what is outside the database.

    Files in `folders` and below can be read, and written with COPY; DuckDB 1.4 also follows links out of them. Raises
    DatabaseError for what is no folder, and if the database is locked already without one of them.
    """
    for folder in folders:
        if not folder.is_dir():
            raise DatabaseError(Message(f"no such folder: {folder}", "没有这个文件夹"))
    real = [folder.resolve() for folder in folders]
    (is_locked, allowed), *_ = con.sql(
        "SELECT current_setting('lock_configuration'), current_setting('allowed_directories')"
    ).fetchall()
    if is_locked:
        if not {Path(folder) for folder in allowed}.issuperset(real):
            raise DatabaseError(
                Message(
                    "it is open already without these folders: close that connection first",
                    "数据库已打开且未允许这些文件夹，请先关闭原连接",
                )
            )
        return
    con.execute(
        "SET allowed_directories = [{}]".format(", ".join(literal(str(folder)) for folder in real))
    )
    for setting in (
        "autoinstall_known_extensions",
        "autoload_known_extensions",
        "allow_community_extensions",
    ):
        con.execute(f"SET {setting} = false")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def explained(error: duckdb.Error) -> duckdb.Error:
    """The same error; if it is about something that `lock` took away, it says why and what to do instead."""
    for words, explanation in _REFUSALS.items():
        if words in str(error):
            return type(error)(f"{error}\n{explanation}")
    return error

"""Whether a database is what this program makes: one that somebody else made may hold views that never end."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TypeAlias

import duckdb

from jcdata.database.definitions import create_definitions
from jcdata.errors import DatabaseError
from jcdata.kept_files import keep, kept_content
from jcdata.messages import Message

KEPT = "definitions", ".json"
_Definition: TypeAlias = tuple[str, str, str, str]  # kind, schema, name and what it is
# Without any function but those of the system: a database may hold a macro with the name of any other
_DEFINED = """
SELECT 'table', schema_name, table_name, sql, NULL FROM system.main.duckdb_tables() WHERE NOT internal AND NOT temporary
UNION ALL
SELECT 'view', schema_name, view_name, sql, NULL FROM system.main.duckdb_views() WHERE NOT internal AND NOT temporary
UNION ALL
SELECT 'macro', schema_name, function_name, macro_definition, parameters
FROM system.main.duckdb_functions() WHERE NOT internal
"""
_ARRANGED = re.compile(
    r"[\s();]"
)  # what DuckDB writes otherwise when it has read a definition from a file


def require_own(con: duckdb.DuckDBPyConnection) -> None:
    """Raises DatabaseError unless all published tables, views and macros are those of this program.

    Other tables and views may be there, as nothing of ours reads them, but no macro, which ours would read instead
    of a function of its name. Nothing of what is defined there runs.
    """
    published = {definition[:3] for definition in _own()}
    try:
        foreign = _own() ^ _defined(con)
    except duckdb.Error as error:  # 1.4 takes a macro of that name for the system's own function
        raise _foreign("a name of the system") from error
    if strange := sorted(made for made in foreign if made[:3] in published or made[0] == "macro"):
        kind, schema_name, name, _ = strange[0]
        raise _foreign(f"{kind} {schema_name}.{name}")


def _foreign(what: str) -> DatabaseError:
    return DatabaseError(
        Message(
            f"{what} is not that of this jcdata, as another version or somebody else made the "
            "database: run `jcdata build` again",
            "数据库由其他版本或他人生成，请重新运行 jcdata build",
        )
    )


@cache
def _own() -> frozenset[_Definition]:
    if kept := kept_content(*KEPT):
        return frozenset(map(tuple, json.loads(kept)))
    with duckdb.connect() as con:
        create_definitions(con)
        own = _defined(con)
    keep(*KEPT, json.dumps(sorted(own), ensure_ascii=False).encode())
    return own


def _defined(con: duckdb.DuckDBPyConnection) -> frozenset[_Definition]:
    """What is defined, each by its kind, schema, name and definition; of a macro there may be several."""
    return frozenset(
        (kind, schema_name, name, _ARRANGED.sub("", f"{sql} {parameters}"))
        for kind, schema_name, name, sql, parameters in con.execute(_DEFINED).fetchall()
    )

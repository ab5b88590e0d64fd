"""What the Tab key offers in SQL cells: tables, macros and the columns of the tables that the cell names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
from IPython.core.completer import (
    CompletionContext,
    SimpleCompletion,
    SimpleMatcherResult,
    context_matcher,
)
from IPython.core.interactiveshell import InteractiveShell

MATCHER = "jcdata.sql"

_SQL_CELL = re.compile(r"\s*%%?sql\b")
_SOURCE = re.compile(r'\b(?:from|join)\s+((?:\w+\.)?"?\w+"?)(?:\s+(?:as\s+)?(\w+))?', re.IGNORECASE)

_COLUMNS = """
SELECT if(schema_name = 'main', '', schema_name || '.') || table_name, list(column_name ORDER BY column_index)
FROM duckdb_columns() WHERE NOT internal GROUP BY ALL ORDER BY ALL"""
_MACROS = """
SELECT DISTINCT if(schema_name = 'main', '', schema_name || '.') || function_name || '('
FROM duckdb_functions() WHERE NOT internal ORDER BY ALL"""


def register(shell: InteractiveShell) -> None:
    """Let a notebook complete its SQL cells, instead of offering Python there."""

    def complete(context: CompletionContext) -> SimpleMatcherResult:
        db = shell.user_ns.get("db")
        if not _SQL_CELL.match(context.full_text) or not isinstance(db, duckdb.DuckDBPyConnection):
            return {"completions": []}
        start = context.token.lower()
        offered = (c for c in candidates(db, context.full_text) if c.text.lower().startswith(start))
        return {"completions": [*offered], "suppress": True, "ordered": True}

    matchers = shell.Completer.custom_matchers
    others = [m for m in matchers if getattr(m, "matcher_identifier", None) != MATCHER]
    matchers[:] = [*others, context_matcher(identifier=MATCHER)(complete)]


def candidates(db: duckdb.DuckDBPyConnection, query: str) -> Iterator[SimpleCompletion]:
    """All names that may stand in a query: columns of its tables, also behind their aliases, then tables and macros."""
    with db.cursor() as cursor:
        columns = dict(cursor.execute(_COLUMNS).fetchall())
        macros = [name for (name,) in cursor.execute(_MACROS).fetchall()]
    sources = [(table.replace('"', ""), alias) for table, alias in _SOURCE.findall(query)]
    for column in dict.fromkeys(
        column for table, _ in sources for column in columns.get(table, [])
    ):
        yield SimpleCompletion(column, type="column")
    for table in columns:
        yield SimpleCompletion(table, type="table")
    for macro in macros:
        yield SimpleCompletion(macro, type="function")
    for table, alias in sources:
        for column in columns.get(table, []):
            yield SimpleCompletion(f"{alias or table}.{column}", type="column")

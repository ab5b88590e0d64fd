"""Several statements in one text, one after the other, each with its result."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb


def execute_each(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[str]]:
    """Execute the statements of a text; of each with a result the names of its columns, while its rows can be fetched.

    Nothing for a statement without a result, such as CREATE TEMP TABLE. Raises duckdb.Error, for a text that is no SQL before
    anything is executed.
    """
    for statement in con.extract_statements(query):
        con.execute(statement)  # whose text DuckDB 1.4 does not know for one that it expands
        names = [name for name, *_ in con.description or ()]
        # What changes something gives the number of rows that it changed.
        only_counts = (
            duckdb.ExpectedResultType.CHANGED_ROWS in statement.expected_result_type
            and names == ["Count"]
        )
        if names and not only_counts:
            yield names

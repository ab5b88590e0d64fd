"""What the statutory tables are, as rows that the checks join: no query names a table by its number."""

from __future__ import annotations

from typing import NamedTuple

import duckdb

from jcdata.checks.identities import load_records
from jcdata.schema import STATUTORY_TABLES
from jcdata.table_templates import table_specs


class TableSide(NamedTuple):
    """A side of a statutory table, '' where it has one only, and what its rows are but for totals."""

    table_key: str
    side: str
    rows_are: str


class ExpectedTable(NamedTuple):
    """A statutory table that some template of a kind of document has: others can't be missed in such a document."""

    document_kind: str
    table_key: str


def load_statutory_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Put what the tables are into tables of the connection."""
    sides = [
        TableSide(key, side, rows_are)
        for key, table in STATUTORY_TABLES.items()
        for side, rows_are in table.rows_are.items()
    ]
    load_records(con, "table_sides", TableSide, sides)
    expected = sorted({ExpectedTable(spec.document_kind, spec.key) for spec in table_specs()})
    load_records(con, "expected_tables", ExpectedTable, expected)

"""Databases with rows that no document gave."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from jcdata import schema
from jcdata.database import warehouse
from jcdata.database.definitions import store_views
from jcdata.database.empty import create_database


def rows_of(record: type, *changes: dict[str, object]) -> list[tuple[object, ...]]:
    """Rows of a table, filled with plain values of each type, with changes."""
    plain: dict[str, object] = {
        "VARCHAR": "x", "INTEGER": 1, "BOOLEAN": False, "DOUBLE": 0.5, "DECIMAL(18,2)": Decimal(0), schema.NUMBER: Decimal(0), "DATE": date(2023, 1, 1), "INTEGER[]": [1],
    }  # fmt: skip
    table = schema.table_of(record)
    base = {f.name: next(iter(f.column.values or {}), plain[f.sql_type]) for f in table.fields}
    return [tuple((base | change).values()) for change in changes]


def write(path: Path, *filled: tuple[type, list[tuple[object, ...]]]) -> None:
    """A new database with these rows."""
    with tempfile.TemporaryDirectory() as name:
        parts = Path(name)
        for table, content in warehouse.as_parquet(dict(filled), lambda con: None).items():
            (parts / table).mkdir()
            (parts / table / "0.parquet").write_bytes(content)
        create_database(path)
        with warehouse.open_new(path, threads=1) as con:
            warehouse.add_documents(con, parts)
            store_views(con)

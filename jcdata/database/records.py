"""Rows of the database as records: each value goes into the field of its column's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    import duckdb

_Record = TypeVar("_Record", bound=NamedTuple)


def read_records(
    con: duckdb.DuckDBPyConnection,
    record: type[_Record],
    source: str,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
) -> list[_Record]:
    """The rows of a query as records of a class; `source` is what follows FROM, with its parameters.

    Raises duckdb.BinderException if a field of the class is no column of the source.
    """
    columns = ", ".join(record._fields)
    return [
        record._make(row)
        for row in con.execute(f"SELECT {columns} FROM {source}", parameters).fetchall()
    ]

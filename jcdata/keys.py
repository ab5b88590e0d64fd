"""The keys of the tables and what refers to them, within the records of one document."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from jcdata.schema import document_tables


class BrokenKeyError(Exception):
    """Two rows with one key, or a row that refers to none."""


def require_keys(records: dict[type, list[Any]]) -> None:
    """Raises BrokenKeyError if the records of a document break a key or a reference that the schema declares.

    As the document is the beginning of every key, what holds within each document holds among all.
    """
    keys = {table.name: _keys(records.get(table.record, []), table.key) for table in document_tables()}
    for table in document_tables():
        rows = records.get(table.record, [])
        if len(set(keys[table.name])) < len(rows):
            twice = next(key for i, key in enumerate(keys[table.name]) if key in keys[table.name][:i])
            raise BrokenKeyError(f"{table.name}: {twice!r} twice")
        for columns, target in table.references:
            if missing := set(_keys(rows, columns)) - set(keys[target]):
                raise BrokenKeyError(f"{table.name}: no row of {target} for {min(missing)!r}")


def _keys(rows: Sequence[Any], columns: Sequence[str]) -> list[Any]:
    return list(map(attrgetter(*columns), rows))

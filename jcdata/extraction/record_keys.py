"""The keys of the tables and what refers to them, within the records of one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from jcdata.schema import Table, document_tables

Records = dict[type, list[Any]]


class Broken(NamedTuple):
    """A row with the key of another one, or that refers to none; `line_no` is None where it has no line."""

    line_no: int | None
    reason: str


def set_aside_broken(records: Records) -> list[Broken]:
    """Take out the rows that break a key or a reference which the schema declares, and say which.

    As the document is the beginning of every key, what holds within each document holds among all.
    """
    broken: list[Broken] = []
    for table in document_tables():
        broken += _set_aside(records, table, _doubled(records, table))
    while found := [
        fault
        for table in document_tables()
        for fault in _set_aside(records, table, _lost(records, table))
    ]:
        broken += found  # what refers to these is lost too
    return broken


def _doubled(records: Records, table: Table) -> Iterator[tuple[int, str]]:
    seen = set()
    for i, key in enumerate(_keys(records.get(table.record, []), table.key)):
        if key in seen:
            yield i, f"{table.name}: {key!r} twice"
        seen.add(key)


def _lost(records: Records, table: Table) -> Iterator[tuple[int, str]]:
    targets = {t.name: t for t in document_tables()}
    for columns, target in table.references:
        known = set(_keys(records.get(targets[target].record, []), targets[target].key))
        for i, key in enumerate(_keys(records.get(table.record, []), columns)):
            if key not in known:
                yield i, f"{table.name}: no row of {target} for {key!r}"


def _set_aside(records: Records, table: Table, faults: Iterator[tuple[int, str]]) -> list[Broken]:
    reasons = dict(faults)
    rows = records.get(table.record, [])
    if reasons:
        records[table.record] = [row for i, row in enumerate(rows) if i not in reasons]
    return [Broken(getattr(rows[i], "line_no", None), reason) for i, reason in reasons.items()]


def _keys(rows: Sequence[Any], columns: Sequence[str]) -> list[Any]:
    return list(map(attrgetter(*columns), rows))

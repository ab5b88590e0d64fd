"""Known errors of a source: declared with their evidence in `corrections.toml`, applied only when asked for.

    [[correction]]
    document = "some-bureau-2031"
    table = "budget_lines"          # any published table with lines and amounts
    line_no = 120
    column = "amount_yuan"
    expect = "2400500.00"           # what the document prints there, in yuan; else nothing is applied
    value = "2405000.00"
    reason = "..."                  # what went wrong
    evidence = "..."                # where the right figure stands

Only the amount in yuan is corrected: the printed text beside it and the document's lines stay as they are.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from jcdata.amounts import IN_YUAN, parse_amount
from jcdata.errors import AmountError, CorrectionError
from jcdata.messages import Message
from jcdata.schema import YUAN, CorrectionApplied, Table, tables

_KEYS = {"document", "table", "line_no", "column", "expect", "value", "reason", "evidence"}


class Correction(NamedTuple):
    """A declared correction; amounts in yuan."""

    number: int
    document_id: str
    table: Table
    line_no: int
    column: str
    expect: Decimal
    value: Decimal
    reason: str
    evidence: str


def read_corrections(path: Path) -> list[Correction]:
    """The corrections that a file declares, none if there is no such file. Raises CorrectionError."""
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("correction", [])
        return [_correction(number, entry) for number, entry in enumerate(entries, start=1)]
    except (
        OSError,
        tomllib.TOMLDecodeError,
        UnicodeDecodeError,
        AmountError,
        CorrectionError,
    ) as error:
        raise CorrectionError(Message(f"{path.name}: {error}", "更正清单无法读取")) from error


def _correction(number: int, entry: dict[str, Any]) -> Correction:
    if set(entry) != _KEYS:
        different = ", ".join(sorted(set(entry) ^ _KEYS))
        raise CorrectionError(f"correction {number}: missing or unknown: {different}")
    table = next((t for t in tables() if t.name == entry["table"]), None)
    money = [field.name for field in table.fields if field.column.unit == YUAN] if table else []
    if (
        table is None
        or entry["column"] not in money
        or "line_no" not in [f.name for f in table.fields]
    ):
        raise CorrectionError(
            f"correction {number}: no amounts {entry['column']!r} with lines in {entry['table']!r}"
        )
    expect, value = (parse_amount(str(entry[key]), IN_YUAN).yuan for key in ("expect", "value"))
    return Correction(
        number=number,
        document_id=entry["document"],
        table=table,
        line_no=int(entry["line_no"]),
        column=entry["column"],
        expect=expect,
        value=value,
        reason=entry["reason"],
        evidence=entry["evidence"],
    )


def apply_corrections(
    corrections: Iterable[Correction], records: dict[type, list[Any]]
) -> list[CorrectionApplied]:
    """Correct the records of documents in place; what was applied, row by row."""
    applied: list[CorrectionApplied] = []
    counts: Counter[str] = Counter()
    for correction in corrections:
        rows = records[correction.table.record]
        for i in [i for i, row in enumerate(rows) if _is_meant(row, correction)]:
            rows[i] = rows[i]._replace(**{correction.column: correction.value})
            counts[correction.document_id] += 1
            applied.append(_applied(counts[correction.document_id], correction))
    return applied


def _is_meant(row: Any, correction: Correction) -> bool:
    place = (row.document_id, row.line_no, getattr(row, correction.column))
    return bool(place == (correction.document_id, correction.line_no, correction.expect))


def _applied(number: int, c: Correction) -> CorrectionApplied:
    return CorrectionApplied(
        document_id=c.document_id,
        correction_no=number,
        table_name=c.table.name,
        line_no=c.line_no,
        column_name=c.column,
        printed_yuan=c.expect,
        corrected_yuan=c.value,
        reason=c.reason,
        evidence=c.evidence,
    )

"""What a site shows of a document, read from the database a batch of documents at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import duckdb

from jcdata.checks.not_read import NotRead, find_not_read
from jcdata.database.records import read_records
from jcdata.schema import (
    Arrears,
    BudgetLine,
    Claim,
    CostComponent,
    DocumentFigures,
    DocumentRecord,
    Finding,
    FormFunding,
    FormPrinting,
    Indicator,
    KeyFigure,
    PerformanceForm,
    PrintedCell,
    PrintedTable,
    Project,
    SourceLine,
    TableOccurrence,
    table_of,
)

BATCH = 10  # documents that are read, and made pages of, together


class DocumentRows(NamedTuple):
    """The rows of a document, those of each table in the order of its key."""

    document: DocumentRecord
    figures: DocumentFigures
    lines: list[SourceLine]
    occurrences: list[TableOccurrence]
    printed_tables: list[PrintedTable]
    cells: list[PrintedCell]  # of the tables whose meaning is not known
    budget_lines: list[BudgetLine]
    projects: list[Project]
    forms: list[PerformanceForm]
    printings: list[FormPrinting]
    funding: list[FormFunding]
    indicators: list[Indicator]
    components: list[CostComponent]
    arrears: list[Arrears]
    claims: list[Claim]
    findings: list[Finding]
    key_figures: list[KeyFigure]
    unread: NotRead


_TABLES: dict[str, type] = {
    "lines": SourceLine, "occurrences": TableOccurrence, "printed_tables": PrintedTable, "cells": PrintedCell,
    "budget_lines": BudgetLine, "projects": Project, "forms": PerformanceForm, "printings": FormPrinting,
    "funding": FormFunding, "indicators": Indicator, "components": CostComponent, "arrears": Arrears, "claims": Claim,
}  # fmt: skip
_VIEWS: dict[str, tuple[type, str]] = {
    "findings": (Finding, "findings"),
    "key_figures": (KeyFigure, "key_figures"),
    "figures": (DocumentFigures, "document_figures"),
}
_OF_UNKNOWN_TABLES = """(
    SELECT * FROM printed_cells SEMI JOIN (SELECT * FROM printed_tables WHERE table_key IS NULL) USING (document_id, printed_table_no)
)"""


def read_contents(
    con: duckdb.DuckDBPyConnection, documents: Sequence[DocumentRecord]
) -> Iterator[list[DocumentRows]]:
    """The rows of documents, in batches."""
    unread = find_not_read(con)
    problems = _grouped(unread.problems, "file_name")
    not_understood = _grouped(unread.figures, "document_id")
    not_compared = _grouped(unread.not_compared, "document_id")

    def unread_of(document: DocumentRecord) -> NotRead:
        return NotRead(
            problems=problems.get(document.file_name, []),
            figures=not_understood.get(document.document_id, []),
            not_compared=not_compared.get(document.document_id, []),
        )

    of_views = {name: _by_document(con, *view) for name, view in _VIEWS.items()}
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        ids = [document.document_id for document in batch]
        rows = of_views | {
            name: _by_document(con, record, _source(name, record), ids)
            for name, record in _TABLES.items()
        }
        yield [_document_rows(document, rows, unread_of(document)) for document in batch]


def _document_rows(
    document: DocumentRecord, rows: Mapping[str, dict[str, list[Any]]], unread: NotRead
) -> DocumentRows:
    own = {name: of_documents.get(document.document_id, []) for name, of_documents in rows.items()}
    (figures,) = own.pop("figures")
    return DocumentRows(
        document=document,
        figures=figures,
        unread=unread,
        **own,
    )


def _source(name: str, record: type) -> str:
    table = table_of(record)
    source = _OF_UNKNOWN_TABLES if name == "cells" else table.name
    return f"{source} WHERE document_id IN (SELECT unnest(?)) ORDER BY {', '.join(table.key)}"


def _by_document(
    con: duckdb.DuckDBPyConnection, record: type, source: str, document_ids: Sequence[str] = ()
) -> dict[str, list[Any]]:
    found: list[Any] = read_records(
        con, record, source, [list(document_ids)] if document_ids else ()
    )
    return _grouped(found, "document_id")


def _grouped(rows: Iterable[Any], field: str) -> dict[str, list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, field)].append(row)
    return dict(groups)

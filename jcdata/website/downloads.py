"""Tables to take along: those of a document, and every published table and view of the database."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
from xlsxwriter.workbook import Workbook

from jcdata.database.warehouse import csv_to_parquet, write_csv
from jcdata.exports.data_package import neutralised, ordered_rows
from jcdata.exports.workbook import EPOCH, export_workbook
from jcdata.exports.workbook_cells import add_formats, number_format, write_value
from jcdata.schema import BudgetLine, Table, View, published, table_of

MOST_DOCUMENTS = 6  # of a workbook of all tables, which takes seconds for each


def of_document(lines: Sequence[BudgetLine]) -> dict[str, bytes]:
    """The budget lines of a document as CSV, Parquet and Excel, and those of each of its tables as CSV, by their names."""
    if not lines:
        return {}
    table = table_of(BudgetLine)
    with tempfile.TemporaryDirectory() as folder:
        files = _written(Path(folder), table, lines)
        for key in dict.fromkeys(line.table_key for line in lines):
            own = (line for line in lines if line.table_key == key)
            files.append(Path(folder) / f"table-{key}.csv")
            write_csv(files[-1], table, map(neutralised, own))
        workbook = {f"{table.name}.xlsx": _workbook(lines)}
        return workbook | {file.name: file.read_bytes() for file in files}


def of_database(con: duckdb.DuckDBPyConnection, document_count: int) -> Iterator[tuple[str, bytes]]:
    """Every published table and view as CSV and Parquet, all of few documents as a workbook, with their names."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for shown in published():
            for file in _written(folder, shown, list(ordered_rows(con, shown))):
                yield file.name, file.read_bytes()
        if document_count <= MOST_DOCUMENTS:
            export_workbook(con, folder / "jcdata.xlsx")
            yield "jcdata.xlsx", (folder / "jcdata.xlsx").read_bytes()


def _written(folder: Path, shown: Table | View, rows: Sequence[Sequence[Any]]) -> list[Path]:
    """Files of rows in a folder: as Parquet, and as CSV of which no spreadsheet runs a text as a formula."""
    parquet, csv = folder / f"{shown.name}.parquet", folder / f"{shown.name}.csv"
    write_csv(csv, shown, rows)
    csv_to_parquet(csv, shown, parquet)
    write_csv(csv, shown, map(neutralised, rows))
    return [csv, parquet]


def _workbook(lines: Sequence[BudgetLine]) -> bytes:
    content = io.BytesIO()
    table = table_of(BudgetLine)
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": EPOCH})
        formats = add_formats(book)
        sheet = book.add_worksheet(table.zh)
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(table.fields):
            sheet.write_string(0, column, field.column.zh, formats.heading)
            code = number_format(field)
            for row, line in enumerate(lines, start=1):
                write_value(sheet, row, column, line[column], formats, code, table.name)
    return content.getvalue()

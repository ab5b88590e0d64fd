"""Tables to take along: those of a document, and every published table and view of the database."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
from xlsxwriter.workbook import Workbook

from jcdata.database.definitions import literal
from jcdata.database.warehouse import (
    copy_to_csv,
    csv_to_parquet,
    in_memory,
    write_csv,
)
from jcdata.exports.data_package import neutralised, ordered_rows
from jcdata.exports.formula_guard import MAY_BE_FORMULA
from jcdata.exports.workbook import EPOCH, export_workbook
from jcdata.exports.workbook_cells import add_formats, number_format, set_headings, write_value
from jcdata.schema import BudgetLine, Table, View, published, table_of

MOST_DOCUMENTS = 6  # of a workbook of all tables, which takes seconds for each


def of_document(
    converter: duckdb.DuckDBPyConnection, lines: Sequence[BudgetLine]
) -> dict[str, bytes]:
    """The budget lines of a document as CSV, Parquet and Excel, and those of each of its tables as CSV, by their names.

    `converter` is a connection of `jcdata.database.warehouse.in_memory`.
    """
    if not lines:
        return {}
    table = table_of(BudgetLine)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv, parquet = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
        write_csv(csv, table, lines)
        csv_to_parquet(converter, csv, table, parquet)
        write_csv(csv, table, map(neutralised, lines))
        for key in dict.fromkeys(line.table_key for line in lines):
            own = (line for line in lines if line.table_key == key)
            write_csv(folder / f"table-{key}.csv", table, map(neutralised, own))
        contents = {file.name: file.read_bytes() for file in folder.iterdir()}
    return contents | {f"{table.name}.xlsx": _workbook(lines)}


def of_database(con: duckdb.DuckDBPyConnection, document_count: int) -> Iterator[tuple[str, bytes]]:
    """Every published table and view as CSV and Parquet, all of few documents as a workbook, with their names."""
    with tempfile.TemporaryDirectory() as name, in_memory(name) as converter:
        folder = Path(name)
        for shown in published():
            csv, parquet = folder / f"{shown.name}.csv", folder / f"{shown.name}.parquet"
            copy_to_csv(con, csv, shown)
            csv_to_parquet(converter, csv, shown, parquet)
            if _may_hold_formulas(converter, shown, parquet):
                write_csv(csv, shown, map(neutralised, ordered_rows(con, shown)))
            for file in (csv, parquet):
                yield file.name, file.read_bytes()
                file.unlink()
        if document_count <= MOST_DOCUMENTS:
            export_workbook(con, folder / "jcdata.xlsx")
            yield "jcdata.xlsx", (folder / "jcdata.xlsx").read_bytes()


def _may_hold_formulas(
    converter: duckdb.DuckDBPyConnection, shown: Table | View, parquet: Path
) -> bool:
    """Whether any text of a table, written as Parquet, may be one that a spreadsheet runs."""
    texts = [field.name for field in shown.fields if field.sql_type == "VARCHAR"]
    conditions = [f"regexp_matches({name}, {literal(MAY_BE_FORMULA)})" for name in texts]
    query = f"FROM read_parquet({literal(str(parquet))}) WHERE {' OR '.join(conditions) or 'FALSE'} LIMIT 1"
    return bool(converter.execute(query).fetchall())


def _workbook(lines: Sequence[BudgetLine]) -> bytes:
    content = io.BytesIO()
    table = table_of(BudgetLine)
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": EPOCH})
        formats = add_formats(book)
        sheet = book.add_worksheet(table.zh)
        set_headings(sheet, [field.column.zh for field in table.fields], formats)
        for column, field in enumerate(table.fields):
            code = number_format(field)
            for row, line in enumerate(lines, start=1):
                write_value(sheet, row, column, line[column], formats, code, table.name)
    return content.getvalue()

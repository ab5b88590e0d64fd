"""The clean files: each table as CSV, and as Parquet in partitions by fiscal year.

`NAME.csv` holds a whole table in the order of its key. `NAME/fiscal_year=2031/NAME.parquet` holds the rows of that
year's documents, which DuckDB, Spark and Polars read in place; tables that don't belong to documents are in
`NAME/NAME.parquet`. The same database gives the same bytes, however it came about.
"""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import duckdb

from jcdata import schema
from jcdata.database import warehouse
from jcdata.database.definitions import literal
from jcdata.schema import Table

UNKNOWN_YEAR = "__HIVE_DEFAULT_PARTITION__"


def write_all(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write all files of a database into a folder."""
    folder.mkdir()
    copies = [_copy_csv(table, folder / f"{table.name}.csv") for table in schema.clean_tables()]
    copies += [
        _copy_whole(table, folder) for table in schema.clean_tables() if not table.of_documents
    ]
    copies += [copy for year in _years_of(con) for copy in _copy_partitions(folder, year)]
    _execute(con, copies)


def write_changed(
    con: duckdb.DuckDBPyConnection, old: Path, folder: Path, document_ids: Collection[str], years: Collection[int | None]
) -> None:  # fmt: skip
    """Write into a folder those files that differ from the ones in `old`, where only the given documents changed.

    `years` are the fiscal years that the documents had and have. Where no document of such a year is left, its
    partition is there without a file.
    """
    changed = folder / "changed"
    changed.mkdir(parents=True)
    present = _years_of(con)
    copies = [copy for year in years if year in present for copy in _copy_partitions(folder, year)]
    ids = ", ".join(map(literal, document_ids)) or "NULL"
    for table in schema.clean_tables():
        if table.of_documents:
            copies.append(
                _copy_csv(table, changed / f"{table.name}.csv", f"WHERE document_id IN ({ids})")
            )
        else:
            copies += [_copy_csv(table, folder / f"{table.name}.csv"), _copy_whole(table, folder)]
    _execute(con, copies)
    for path in sorted(changed.iterdir()):
        _splice(old / path.name, path, folder / path.name, document_ids)
    shutil.rmtree(changed)
    for year in (year for year in years if year not in present):
        for table in schema.document_tables():
            (folder / _partition(table, year)).mkdir(parents=True)


def _execute(con: duckdb.DuckDBPyConnection, copies: Iterable[str]) -> None:
    """Write files. What DuckDB remembers of rows that are gone would else say of columns whether they may be empty."""
    con.execute("SET disabled_optimizers = 'statistics_propagation'")
    try:
        warehouse.execute_side_by_side(con, copies)
    finally:
        con.execute("RESET disabled_optimizers")


def _years_of(con: duckdb.DuckDBPyConnection) -> list[int | None]:
    return [
        year
        for (year,) in con.sql("SELECT DISTINCT fiscal_year FROM documents ORDER BY ALL").fetchall()
    ]


def _partition(table: Table, year: int | None) -> str:
    return f"{table.name}/fiscal_year={UNKNOWN_YEAR if year is None else year}"


def _copy_partitions(folder: Path, year: int | None) -> Iterator[str]:
    rows = f"WHERE document_id IN (SELECT document_id FROM documents WHERE fiscal_year IS NOT DISTINCT FROM {year or 'NULL'})"
    for table in schema.document_tables():
        yield _copy_parquet(table, folder / _partition(table, year) / f"{table.name}.parquet", rows)


def _copy_whole(table: Table, folder: Path) -> str:
    return _copy_parquet(table, folder / table.name / f"{table.name}.parquet")


def _copy_parquet(table: Table, path: Path, rows: str = "") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    return (
        f"COPY {_ordered(table, rows)} TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
    )


def _copy_csv(table: Table, path: Path, rows: str = "") -> str:
    """Text and lists in quotation marks, NULL as nothing, numbers as they are."""
    quoted = ", ".join(f.name for f in table.fields if f.sql_type in ("VARCHAR", "INTEGER[]"))
    return f"COPY {_ordered(table, rows)} TO {literal(str(path))} (FORMAT csv, HEADER, FORCE_QUOTE ({quoted}))"


def _ordered(table: Table, rows: str) -> str:
    return f"(FROM {table.name} {rows} ORDER BY {', '.join(table.key)})"


# ---------------------------------------------------------------------------------------------------------
# The rows of a document within a CSV file


def _splice(old: Path, changed: Path, new: Path, document_ids: Collection[str]) -> None:
    """Copy `old` to `new` with the rows of some documents replaced by those that `changed` has of them.

    Rows are lines: no text of a document has a line end in it.
    """
    with _mapped(old) as before, _mapped(changed) as instead, new.open("wb") as out:
        copied, taken = 0, instead.find(b"\n") + 1
        for document_id in sorted(document_id.encode() for document_id in document_ids):
            first = _first_row(before, document_id)
            out.write(memoryview(before)[copied:first])
            copied = _first_row(before, document_id + b"\0")
            end = _first_row(instead, document_id + b"\0")
            out.write(memoryview(instead)[taken:end])
            taken = end
        out.write(memoryview(before)[copied:])


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _first_row(rows: mmap.mmap, document_id: bytes) -> int:
    """Where the first row begins whose document is not before the given one, by bisection."""
    low, high = rows.find(b"\n") + 1, len(rows)  # beginnings of rows
    while low < high:
        middle = rows.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = max(middle, low)
        if _document_of(rows, middle) < document_id:
            low = rows.find(b"\n", middle) + 1
        else:
            high = middle
    return low


def _document_of(rows: mmap.mmap, start: int) -> bytes:
    """The document id that a row begins with, in quotation marks, those within it doubled."""
    end = start + 1
    while rows[end : end + 1] != b'"' or rows[end + 1 : end + 2] == b'"':
        end += 2 if rows[end : end + 1] == b'"' else 1
    return rows[start + 1 : end].replace(b'""', b'"')

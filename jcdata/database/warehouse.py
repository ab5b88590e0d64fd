"""Records into columns, columns into DuckDB.

Every value is read as its declared type: money reaches DECIMAL(18,2) from its digits, never through floating point.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from jcdata import schema
from jcdata.database.definitions import create_tables, literal
from jcdata.errors import DamagedError, DatabaseError
from jcdata.messages import Message
from jcdata.schema import Field, Table, View

# Clients from DuckDB 1.4 on open this format; the default of 2.0 is refused by every 1.x.
STORAGE_VERSION = "v1.4.0"
MAX_LINE = 2**24  # bytes of a row of CSV
BUILT = "built"  # the database that is written, within DuckDB
MEMORY = "1GB"  # that DuckDB may take before it writes to the disk
ROWS_AT_ONCE = 10_000
# What DuckDB says, in errors of other classes from version to version
_DAMAGED = re.compile("Corrupt database file|Could not read enough bytes")


def read_rows(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query on published tables, a part of them in memory at a time.

    Raises DatabaseError if the database lacks a table or column, because another version of the program built it.
    """
    with con.cursor() as cursor:
        try:
            cursor.execute(query)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise DatabaseError(
                Message(
                    f"built by another version, run `jcdata build` again: {error}",
                    "数据库由其他版本生成，请重新运行 jcdata build",
                )
            ) from error
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Raises DamagedError where DuckDB finds inside that the database is damaged."""
    try:
        yield
    except duckdb.Error as error:
        if not _DAMAGED.search(str(error)):
            raise
        raise DamagedError(Message(f"{path} is damaged: {error}", "数据库文件已损坏")) from error


# ---------------------------------------------------------------------------------------------------------
# Records into columns


def as_parquet(
    records: dict[type, list[Any]],
    derive: Callable[[duckdb.DuckDBPyConnection], None],
    scratch: Path | None = None,
) -> dict[str, bytes]:
    """The rows of each table that has any, in the order of what it is sorted by and of its key, as a Parquet file.

    `derive` fills the derived tables from the others, on a connection that holds nothing else. Temporary files go below
    `scratch`, or where the system puts them.
    """
    with (
        tempfile.TemporaryDirectory(prefix="jcdata-", dir=scratch) as name,
        in_memory(name) as con,
    ):
        folder = Path(name)
        create_tables(con)
        for table in schema.tables():
            if rows := records.get(table.record):
                write_csv(folder / f"{table.name}.csv", table, rows)
                con.execute(
                    f"INSERT INTO {table.name} BY NAME FROM {_read_csv(folder / f'{table.name}.csv', table)}"
                )
        derive(con)
        filled = [
            table for table in schema.tables() if con.sql(f"FROM {table.name} LIMIT 1").fetchall()
        ]
        for table in filled:
            order = ", ".join(filter(None, (table.sorted_by, *table.key)))
            ordered = f"(FROM {table.name} ORDER BY {order})"
            con.execute(f"COPY {ordered} TO {literal(str(folder / f'{table.name}.parquet'))}")
        return {table.name: (folder / f"{table.name}.parquet").read_bytes() for table in filled}


def in_memory(folder: str) -> duckdb.DuckDBPyConnection:
    """A connection that holds nothing yet and puts what does not fit into memory into a folder."""
    return duckdb.connect(config={"threads": 1, "memory_limit": MEMORY, "temp_directory": folder})


def write_csv(path: Path, table: Table | View, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of a table or view as CSV in UTF-8: text in quotation marks, NULL as nothing, numbers as they are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(field.name for field in table.fields) + "\n")
        file.writelines(",".join(map(_csv_value, row)) + "\n" for row in rows)


def copy_to_csv(con: duckdb.DuckDBPyConnection, path: Path, table: Table | View) -> None:
    """Write what `write_csv` writes of all rows of a table or view in their order, much faster where there are many."""
    values = ", ".join(_csv_expression(field) for field in table.fields)
    rows = read_rows(
        con, f"SELECT concat_ws(',', {values}) FROM {table.name} ORDER BY {order_of(table)}"
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(field.name for field in table.fields) + "\n")
        file.writelines(f"{line}\n" for (line,) in rows)


def order_of(table: Table | View) -> str:
    """What a table or view is ordered by, so that its rows always come in the same order."""
    return ", ".join(table.key if isinstance(table, Table) else (f.name for f in table.fields))


def csv_to_parquet(
    con: duckdb.DuckDBPyConnection, csv: Path, table: Table | View, path: Path
) -> None:
    """Write what `write_csv` wrote of a table or view as Parquet; `con` is a connection of `in_memory`."""
    con.execute(f"COPY (FROM {_read_csv(csv, table)}) TO {literal(str(path))}")


def _csv_expression(field: Field) -> str:
    """The value of a field as `_csv_value` writes it."""
    if field.sql_type == "VARCHAR":
        return f"""coalesce('"' || replace({field.name}, '"', '""') || '"', '')"""
    if field.sql_type.endswith("[]"):
        return f"""coalesce('"' || {field.name}::VARCHAR || '"', '')"""
    return f"coalesce({field.name}::VARCHAR, '')"


def _csv_value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f'"{value}"'
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _read_csv(path: Path, table: Table | View) -> str:
    columns = ", ".join(f"{field.name}: {literal(field.sql_type)}" for field in table.fields)
    return (
        f"read_csv({literal(str(path))}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"allow_quoted_nulls = false, max_line_size = {MAX_LINE}, buffer_size = {2 * MAX_LINE}, columns = {{{columns}}})"
    )


# ---------------------------------------------------------------------------------------------------------
# Columns into the database


@contextmanager
def open_new(path: Path, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes a database, new or there already.

    Raises OSError if the disk does not take it, duckdb.Error if the one that is there is damaged.
    """
    con = duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": MEMORY,
            "temp_directory": str(path.parent / "spill"),
        }
    )
    try:
        con.execute(
            f"ATTACH {literal(str(path))} AS {BUILT} (STORAGE_VERSION {literal(STORAGE_VERSION)}); USE {BUILT}"
        )
        yield con
        con.execute(f"USE memory; DETACH {BUILT}")
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
        if _DAMAGED.search(str(error)):
            raise
        raise OSError(f"{path}: {error}") from error
    finally:
        con.close()


def execute_side_by_side(con: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    """Execute statements two at a time, in no order: a part of each runs on one core only.

    What interrupts this process, a limit of time or Ctrl-C, interrupts the statements too.
    """
    ((database,),) = con.sql("SELECT current_database()").fetchall()
    waiting = iter(list(statements))

    def execute(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(f"USE {database}")
        for statement in waiting:
            cursor.execute(statement)

    with con.cursor() as one, con.cursor() as other, ThreadPoolExecutor(2) as threads:
        try:
            list(threads.map(execute, (one, other)))
        finally:  # of a whole run nothing is left to stop
            list(waiting)
            one.interrupt()
            other.interrupt()


def remove_documents(con: duckdb.DuckDBPyConnection, document_ids: Collection[str]) -> None:
    """Delete all rows of some documents."""
    if document_ids:
        for table in schema.document_tables():
            con.execute(
                f"DELETE FROM {table.name} WHERE document_id IN (SELECT unnest(?))",
                [list(document_ids)],
            )


def add_documents(
    con: duckdb.DuckDBPyConnection, parts: Path, except_for: Collection[str] = ()
) -> None:
    """Insert the rows of the Parquet files that lie in `parts`, in a folder for each table, in the order of their names.

    Raises duckdb.ConstraintException if a value is not one that its column allows.
    """
    left_out = ", ".join(map(literal, except_for))
    wanted = f"WHERE document_id NOT IN ({left_out})" if left_out else ""
    execute_side_by_side(con, (
        f"INSERT INTO {table.name} BY NAME FROM {rows} {wanted}"
        for table in schema.document_tables() for rows in parts_of(parts, table.name)
    ))  # fmt: skip


def write_parts(parts: Path, name: str, parquet: Mapping[str, bytes]) -> None:
    """Write the Parquet files of a batch into `parts`, in a folder for each table, under one name."""
    for table, content in parquet.items():
        (parts / table).mkdir(parents=True, exist_ok=True)
        (parts / table / f"{name}.parquet").write_bytes(content)


def parts_of(parts: Path, table: str) -> list[str]:
    """What to select from for the Parquet files of a table in `parts`: nothing, or all of them in their order."""
    files = sorted((parts / table).glob("*.parquet"))
    return [f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"] if files else []


def replace_rows(
    con: duckdb.DuckDBPyConnection, record: type, rows: Iterable[Sequence[Any]]
) -> None:
    """Let a table that does not belong to documents hold these rows and no others."""
    table = schema.table_of(record)
    con.execute(f"DELETE FROM {table.name}")
    insert_rows(con, table.name, [field.sql_type for field in table.fields], rows)


def insert_rows(
    con: duckdb.DuckDBPyConnection,
    table: str,
    sql_types: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Insert rows column by column, in one statement with as many parameters as columns, which is the fastest."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        values = ", ".join(f"unnest(?::{sql_type}[])" for sql_type in sql_types)
        con.execute(f"INSERT INTO {table} SELECT {values}", columns)

"""Records into DuckDB and into clean files. `staged` lets both take the place of the old ones together, at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from jcdata import paths, schema
from jcdata.schema import Field, Table, View

# Clients from DuckDB 1.4 on open this format; the default of 2.0 is refused by every 1.x.
STORAGE_VERSION = "v1.4.0"
CHINESE_SCHEMA = "zh"
WAN = "0.0001::DECIMAL(5,4)"
MAX_LINE = 2**24  # bytes of a row of CSV
SQL = paths.PACKAGE / "sql"


class DatabaseError(Exception):
    """A database that is not there, or can't be opened or written."""


def connect(path: Path = paths.DATABASE) -> duckdb.DuckDBPyConnection:
    """Open a built database for reading. Raises DatabaseError if there is none or it can't be opened."""
    if not path.exists():
        raise DatabaseError(f"{path} does not exist: run `jcdata build` first / 数据库不存在，请先运行 jcdata build")
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise DatabaseError(f"{path} can't be opened: {error} / 数据库无法打开") from error


@contextmanager
def staged(database: Path, clean_dir: Path | None) -> Iterator[tuple[Path, Path]]:
    """A new database and a new folder, beside the old ones, that take their place if all goes well.

    If anything fails, the old ones stay as they are and nothing is left behind. Raises OSError if nothing can be
    written.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=f".{database.name}-") as new:
        new_database, new_clean = Path(new) / database.name, Path(new) / "clean"
        new_clean.mkdir()
        yield new_database, new_clean
        if clean_dir is not None:
            clean_dir.mkdir(parents=True, exist_ok=True)
            for file in sorted(new_clean.iterdir()):
                shutil.move(file, clean_dir / file.name)
        os.replace(new_database, database)


def write_csv(path: Path, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Write a published table as CSV in UTF-8: text in quotation marks, NULL as nothing, numbers as they are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(field.name for field in table.fields) + "\n")
        file.writelines(",".join(map(_csv_value, row)) + "\n" for row in rows)


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


def write_database(path: Path, clean_dir: Path, derive: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
    """Load the CSV files of `clean_dir` into a new database with views and comments, and write them as Parquet too.

    `derive` fills the derived tables from the loaded ones; they are written as CSV and Parquet like the others. Each
    value is read as its declared type: money reaches DECIMAL(18,2) from its digits, never through floating point.
    Raises OSError if the disk does not take it, duckdb.ConstraintException if rows break a key or a check.
    """
    con = duckdb.connect(config={"threads": "1"})  # so that files don't depend on the number of processors
    try:
        con.execute(f"ATTACH {_text(str(path))} AS built (STORAGE_VERSION {_text(STORAGE_VERSION)})")
        con.execute("USE built")
        con.execute("BEGIN")
        create_tables(con)
        for table in schema.tables():
            if not table.is_derived:
                con.execute(f"INSERT INTO {table.name} FROM {_read_csv(clean_dir / f'{table.name}.csv', table)}")
        derive(con)
        con.execute(f"CREATE SCHEMA {CHINESE_SCHEMA}")
        for statement in _definitions():
            con.execute(statement)
        con.execute("COMMIT")
        for table in schema.tables():
            target = _text(str(clean_dir / f"{table.name}.parquet"))
            con.execute(f"COPY {table.name} TO {target} (FORMAT parquet, COMPRESSION zstd)")
            if table.is_derived:
                con.execute(_copy_csv(clean_dir / f"{table.name}.csv", table))
        con.execute("USE memory")
        con.execute("DETACH built")
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
        raise OSError(f"{path}: {error}") from error
    finally:
        con.close()


def insert_rows(
    con: duckdb.DuckDBPyConnection, table: str, sql_types: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows column by column, in one statement with as many parameters as columns, which is the fastest."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        values = ", ".join(f"unnest(?::{sql_type}[])" for sql_type in sql_types)
        con.execute(f"INSERT INTO {table} SELECT {values}", columns)


def _read_csv(path: Path, table: Table) -> str:
    columns = ", ".join(f"{field.name}: {_text(field.sql_type)}" for field in table.fields)
    return (
        f"read_csv({_text(str(path))}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"allow_quoted_nulls = false, max_line_size = {MAX_LINE}, buffer_size = {2 * MAX_LINE}, columns = {{{columns}}})"
    )


def _copy_csv(path: Path, table: Table) -> str:
    """The same form as `write_csv` gives: in the order of the key, in quotation marks what is text or a list."""
    quoted = ", ".join(f.name for f in table.fields if f.sql_type in ("VARCHAR", "INTEGER[]"))
    rows = f"(FROM {table.name} ORDER BY {', '.join(table.key)})"
    return f"COPY {rows} TO {_text(str(path))} (FORMAT csv, HEADER, FORCE_QUOTE ({quoted}))"


# ---------------------------------------------------------------------------------------------------------
# SQL from the schema


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create all published tables, empty."""
    for table in schema.tables():
        con.execute(create_table(table))


def create_table(table: Table) -> str:
    """The CREATE TABLE statement with keys and checks."""
    parts = [f"{f.name} {f.sql_type}{'' if f.nullable else ' NOT NULL'}{_value_check(f)}" for f in table.fields]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    parts += [f"CHECK ({check})" for check in table.checks]
    parts += [
        f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {target} ({', '.join(columns)})"
        for columns, target in table.references
    ]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(parts) + "\n)"


def _value_check(field: Field) -> str:
    values = field.column.values
    return f" CHECK ({field.name} IN ({', '.join(map(_text, values))}))" if values else ""


def _definitions() -> Iterator[str]:
    for view in schema.views():
        yield f"CREATE VIEW {view.name} AS\n{(SQL / 'views' / f'{view.name}.sql').read_text(encoding='utf-8')}"
    for shown in schema.published():
        kind = "TABLE" if isinstance(shown, Table) else "VIEW"
        yield f"COMMENT ON {kind} {shown.name} IS {_text(f'{shown.comment} / {shown.comment_zh}')}"
        for f in shown.fields:
            yield f"COMMENT ON COLUMN {shown.name}.{f.name} IS {_text(column_comment(f))}"
        yield from _chinese_view(shown)


def column_comment(field: Field) -> str:
    """Meaning and unit in both languages."""
    unit = f" [{field.column.unit}]" if field.column.unit else ""
    return f"{field.column.comment}{unit} / {field.column.comment_zh}"


def _chinese_view(table: Table | View) -> Iterator[str]:
    view = f'{CHINESE_SCHEMA}."{table.zh}"'
    columns = [column for f in table.fields for column in chinese_columns(f)]
    selected = ",\n  ".join(f'{expression} AS "{name}"' for name, expression, _ in columns)
    yield f"CREATE VIEW {view} AS SELECT\n  {selected}\nFROM main.{table.name}"
    yield f"COMMENT ON VIEW {view} IS {_text(f'{table.comment_zh} / {table.comment}')}"
    for name, _, comment in columns:
        yield f'COMMENT ON COLUMN {view}."{name}" IS {_text(comment)}'


def chinese_columns(field: Field) -> list[tuple[str, str, str]]:
    """Name, expression and comment in the Chinese view: 万元 rounded for reading and exact 元 beside it, codes as words."""
    zh, comment = field.column.zh, f"{field.column.comment_zh} / {field.column.comment}"
    if field.column.unit == schema.YUAN:
        wan = f"CAST({field.name} * {WAN} AS DECIMAL(18,2))"
        return [(zh, wan, f"{comment}，万元"), (f"{zh}_元", field.name, f"{comment}，元")]
    if field.column.values:
        cases = " ".join(f"WHEN {_text(value)} THEN {_text(word)}" for value, word in field.column.values.items())
        return [(zh, f"CASE {field.name} {cases} END", comment)]
    return [(zh, field.name, comment)]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

"""Records into DuckDB and into clean files. `staged` lets both take the place of the old ones together, at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pyarrow import csv, parquet

from jcdata import paths, schema
from jcdata.schema import Field, Table

# Clients from DuckDB 1.4 on open this format; the default of 2.0 is refused by every 1.x.
STORAGE_VERSION = "v1.4.0"
CHINESE_SCHEMA = "zh"
WAN = "0.0001::DECIMAL(5,4)"

_ARROW = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BOOLEAN": pa.bool_(),
    "DOUBLE": pa.float64(),
    "DECIMAL(18,2)": pa.decimal128(18, 2),
    "DATE": pa.date32(),
    "INTEGER[]": pa.list_(pa.int32()),
}


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


def to_arrow(table: Table, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Rows of a published table as Arrow; money as decimal128(18,2), never as floating point."""
    arrow_schema = pa.schema([(f.name, _ARROW[f.sql_type]) for f in table.fields])
    columns = zip(*rows, strict=True) if rows else ([] for _ in table.fields)
    arrays = [pa.array(values, type=f.type) for values, f in zip(columns, arrow_schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=arrow_schema)


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


def write_database(path: Path, tables: Iterable[tuple[Table, pa.Table]]) -> None:
    """Write all published tables, the Chinese views and the comments into a new database.

    Raises OSError if the disk does not take it, duckdb.ConstraintException if rows break a key or a check.
    """
    con = duckdb.connect()
    try:
        con.execute(f"ATTACH {_text(str(path))} AS built (STORAGE_VERSION {_text(STORAGE_VERSION)})")
        con.execute("USE built")
        con.execute("BEGIN")
        for table, rows in tables:
            con.execute(create_table(table))
            con.register("arriving", rows)
            con.execute(f"INSERT INTO {table.name} SELECT * FROM arriving")
            con.unregister("arriving")
        con.execute(f"CREATE SCHEMA {CHINESE_SCHEMA}")
        for statement in _definitions():
            con.execute(statement)
        con.execute("COMMIT")
        con.execute("USE memory")
        con.execute("DETACH built")
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
        raise OSError(f"{path}: {error}") from error
    finally:
        con.close()


def write_clean_files(folder: Path, tables: Iterable[tuple[Table, pa.Table]]) -> None:
    """Write each table as NAME.csv (UTF-8, NULL empty, empty text "") and NAME.parquet."""
    for table, rows in tables:
        csv.write_csv(_flat(rows), folder / f"{table.name}.csv")
        parquet.write_table(rows, folder / f"{table.name}.parquet", compression="zstd")


def _flat(rows: pa.Table) -> pa.Table:
    """CSV knows no lists: they are written as 1 2 3."""
    for i, column in enumerate(rows.schema):
        if pa.types.is_list(column.type):
            texts = [None if v is None else " ".join(map(str, v)) for v in rows[i].to_pylist()]
            rows = rows.set_column(i, column.name, pa.array(texts, pa.string()))
    return rows


# ---------------------------------------------------------------------------------------------------------
# SQL from the schema


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
    for table in schema.tables():
        yield f"COMMENT ON TABLE {table.name} IS {_text(f'{table.comment} / {table.comment_zh}')}"
        for f in table.fields:
            yield f"COMMENT ON COLUMN {table.name}.{f.name} IS {_text(column_comment(f))}"
        yield from _chinese_view(table)


def column_comment(field: Field) -> str:
    """Meaning and unit in both languages."""
    unit = f" [{field.column.unit}]" if field.column.unit else ""
    return f"{field.column.comment}{unit} / {field.column.comment_zh}"


def _chinese_view(table: Table) -> Iterator[str]:
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

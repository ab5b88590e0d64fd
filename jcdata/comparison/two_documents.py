"""The two documents that are compared: taken from a database, or files that are read for it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from jcdata.analyses.selection import find_document_id
from jcdata.comparison.differences import Comparison, compare
from jcdata.comparison.things import COMPARED, Records
from jcdata.database import opening, warehouse
from jcdata.database.definitions import create_tables
from jcdata.database.records import read_records
from jcdata.documents.raw_files import read_bytes
from jcdata.errors import ComparisonError, DocumentError, SelectionError
from jcdata.extraction.one_document import Trouble
from jcdata.messages import Message
from jcdata.pipeline.batches import RawFile
from jcdata.pipeline.processes import read_one
from jcdata.schema import table_of


class Side(NamedTuple):
    """One of the documents, and what could not be read of it if it is a file; `stored_id` is its id if it is none."""

    records: Records
    troubles: Sequence[Trouble]
    stored_id: str | None = None


def compare_documents(
    db: Path | duckdb.DuckDBPyConnection, a: str, b: str
) -> tuple[Comparison, list[Trouble]]:
    """Compare two documents, each named by the path of a file or by its id in the database `db`, or a part that only one has.

    The database is opened only for ids. Gives what could not be read of the files too. Raises ComparisonError, and
    DatabaseError for a database that can't be opened.
    """
    same = Message(f"{a!r} and {b!r} are the same document", "两者是同一份文件")
    if a == b or (Path(a).is_file() and Path(b).is_file() and Path(a).samefile(b)):
        raise ComparisonError(same)
    one, other = (
        _read_file(Path(name)) if Path(name).is_file() else _read_stored(db, name)
        for name in (a, b)
    )
    if one.stored_id is not None and one.stored_id == other.stored_id:
        raise ComparisonError(same)
    return compare(one.records, other.records), [*one.troubles, *other.troubles]


def _read_file(path: Path) -> Side:
    """Read and check a file as a build does, into a database in memory."""
    try:
        batch = read_one(RawFile(path.as_posix(), read_bytes(path)))
    except DocumentError as error:
        raise ComparisonError(f"{path}: {error.reason}") from error
    if batch.unreadable:
        trouble = batch.troubles[0]
        place = f"{path}:{trouble.line_no}" if trouble.line_no else str(path)
        raise ComparisonError(f"{place}: {trouble.reason} {trouble.text}".rstrip())
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as con:
        warehouse.write_parts(Path(name), path.stem, batch.parquet)
        create_tables(con)
        warehouse.add_documents(con, Path(name))
        ((document_id,),) = con.sql("SELECT document_id FROM documents").fetchall()
        return Side(_read_records(con, document_id), batch.troubles)


def _read_stored(db: Path | duckdb.DuckDBPyConnection, name: str) -> Side:
    if isinstance(db, Path):
        if not db.exists():
            raise ComparisonError(
                Message(
                    f"no file {name!r}, and no database {db} to look it up in",
                    "没有这个文件，也没有数据库",
                )
            )
        with closing(opening.connect_own(db)) as con:
            return _read_stored(con, name)
    with db.cursor() as con:
        try:
            document_id = find_document_id(con, name)
            return Side(_read_records(con, document_id), [], document_id)
        except SelectionError as error:
            raise ComparisonError(f"no file {name!r}: {error}") from error
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise ComparisonError(
                Message(
                    f"the database is not of this version: run `jcdata build` again: {error}",
                    "数据库版本不符，请重新运行 jcdata build",
                )
            ) from error


def _read_records(con: duckdb.DuckDBPyConnection, document_id: str) -> Records:
    records: dict[type, list[Any]] = {}
    for record in COMPARED:
        table = table_of(record)
        source = f"{table.name} WHERE document_id = ? ORDER BY {', '.join(table.key)}"
        records[record] = read_records(con, record, source, [document_id])
    return records

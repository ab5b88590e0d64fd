"""The documents of a unit and a year, the unit by a part of its name; a connection that sees only what they have."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb
from rapidfuzz import process

from jcdata.analyses.frames import find_documents
from jcdata.database import access, opening
from jcdata.database.definitions import create_macros, literal, view_query
from jcdata.errors import DatabaseError, SelectionError
from jcdata.messages import Message
from jcdata.schema import MACROS, DocumentRecord, Review, Table, View, published, table_of

MOST_NAMED = 20  # units that a message names
MOST_IDS = 5  # documents that a message names
RANKED = "findings"  # the view that ranks what stands in tables, of each document by itself


def find_unit(con: duckdb.DuckDBPyConnection, name: str, year: int | None = None) -> str:
    """The unit of that name, or the only one, with a document of the year, in whose name it stands.

    A unit without a document of the year is found too, so that it is the year that is missed. What no unit is called is
    given back as it is. Raises SelectionError, which names them, if several units fit.
    """
    query = """
        SELECT DISTINCT unit_name FROM documents
        WHERE contains(unit_name, $name) AND coalesce(fiscal_year = $year, $year IS NULL) ORDER BY unit_name
    """
    fitting = [unit for (unit,) in con.execute(query, {"name": name, "year": year}).fetchall()]
    if not fitting and year is not None:
        return find_unit(con, name)
    if len(fitting) < 2 or name in fitting:
        return name if name in fitting else next(iter(fitting), name)
    more = ", ..." if len(fitting) > MOST_NAMED else ""
    raise SelectionError(
        Message(
            f"{len(fitting)} units fit {name!r}: {', '.join(fitting[:MOST_NAMED])}{more}",
            "有多个单位符合，请写出更多文字",
        )
    )


def find_document_id(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """The id of a document, given as it is or as a part that only one id has.

    Raises SelectionError if none or several fit: it names those that fit, else those that are most like it.
    """
    query = "SELECT document_id FROM documents ORDER BY document_id"
    known = [document_id for (document_id,) in con.execute(query).fetchall()]
    fitting = (
        [name] if name in known else [document_id for document_id in known if name in document_id]
    )
    if len(fitting) == 1:
        return fitting[0]
    near = fitting or sorted(match for match, *_ in process.extract(name, known, limit=MOST_IDS))
    more = ", ..." if len(near) > MOST_IDS else ""
    named = f"{', '.join(near[:MOST_IDS])}{more}"
    raise SelectionError(
        Message(f"{name!r} is in the ids of several documents: {named}", "多份文件的编号含有它")
        if fitting
        else Message(
            f"no document {name!r}; documents there are: {named}", "没有这份文件，相近者如上"
        )
    )


def connect_chosen(
    path: Path, unit: str | None, year: int | None, views: Collection[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a database for what this program itself asks, as if it had the documents of a unit and a year only.

    What compares documents, such as a unit with its peers, is as it is among all documents. Of what belongs to no document all is
    there. With `views` only those of these names are there, beside all tables, as each takes its time.

    Raises SelectionError if the database has no such unit or year or several units fit, else as `opening.connect_own`.
    """
    with opening.connect_own(path) as whole:
        exact = None if unit is None else find_unit(whole, unit, year)
        documents = find_documents(whole, unit=exact, year=year)
    con = duckdb.connect()
    try:
        con.execute(f"ATTACH {literal(str(path.resolve()))} AS built (READ_ONLY)")
        for shown in published():
            if isinstance(shown, Table) or views is None or shown.name in views:
                con.execute(f"CREATE VIEW {shown.name} AS {_query(shown, documents, exact, year)}")
        create_macros(con, {macro.name for macro in MACROS if not macro.fields})
        access.lock(con, ())
    except duckdb.Error as error:
        con.close()
        raise DatabaseError(
            Message(f"{path} can't be opened: {error}", "数据库无法打开")
        ) from error
    return con


def _query(
    shown: Table | View, documents: list[DocumentRecord], unit: str | None, year: int | None
) -> str:
    """The rows of a table or view that belong to the documents of the unit and year."""
    if (
        isinstance(shown, View) and shown.name == RANKED
    ):  # among those of these documents, not of all
        return view_query(shown)
    source, columns = f"FROM built.main.{shown.name}", {field.name for field in shown.fields}
    if "file_name" in columns:
        return f"{source} {_semi_join('file_name', (d.file_name for d in documents))}"
    own = _semi_join("document_id", (d.document_id for d in documents))
    if "document_id" in columns:
        return f"{source} {own}"
    if shown is table_of(Review):
        return f"{source} SEMI JOIN (FROM built.main.check_results {own}) AS results USING (finding_id)"
    if {"unit_name", "fiscal_year"} <= columns:  # of several documents
        units = "true" if unit is None else f"unit_name = {literal(unit)}"
        years = "true" if year is None else f"fiscal_year = {year}"
        return f"{source} WHERE {units} AND {years}"
    return source


def _semi_join(column: str, values: Iterable[str]) -> str:
    """Restricts a column to values: what IN does only after all columns are read."""
    rows = ", ".join(f"({literal(value)})" for value in values)
    return f"SEMI JOIN (VALUES {rows}) AS chosen ({column}) USING ({column})"

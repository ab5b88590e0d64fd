"""What documents say of each other: which hold the same money, and what one says that another one contradicts.

Everything is SQL over a whole database, once its documents are loaded: `sql/across/operands` finds which documents belong
together, `sql/across/documents.sql` and `document_parts.sql` what counts of them, `sql/across/checks` what to compare.
What the other checks found is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from jcdata.checks.declarations import specs_across_documents
from jcdata.checks.running import load_operands, prepare_checks, read_shared, sql_files
from jcdata.database.definitions import SQL, literal, map_literal, read_sql
from jcdata.database.warehouse import insert_rows
from jcdata.messages import Message

ACROSS = SQL / "across"
_ASKED = (
    "documents",
    "source_lines",
    "budget_lines",
    "claims",
    "performance_forms",
    "unrecognised_lines",
)

# Why two documents can't be compared
_OBSTACLES = {
    "unsaid": Message(
        "whether that is the budget of the year before or what was spent is not said",
        "未说明是上年预算数还是执行数、决算数",
    ),
    "anew": Message("the year before was counted anew", "上年数按可比口径调整"),
    "scope": Message(
        "whether the documents of both years are a department's or a unit's is not said",
        "未说明两年文件是部门还是单位口径",
    ),
    "unprinted": Message("the document of the year before does not print it", "上年文件未列此数"),
    "several": Message(
        "the document of the year before prints several amounts", "上年文件所列数不止一个"
    ),
    "no_total": Message("the department prints no total of the unit", "部门文件未列该单位合计"),
}


def prepare_comparison(con: duckdb.DuckDBPyConnection, built: str) -> None:
    """Put what the queries share into a connection's own database, in memory; the database `built` is attached to it."""
    with _sharing(con, built):
        prepare_checks(con, specs_across_documents())
        _load_macros(con)


def compare_documents(
    con: duckdb.DuckDBPyConnection, built: str, changed: Iterable[tuple[str, str | None]]
) -> set[str]:
    """Bring what documents say of each other up to date after some of them came, changed or left.

    `changed` names these, each with its unit; the result is the ids of the documents of which any row changed. The
    connection is one that `prepare_comparison` prepared, for one comparison.
    """
    with _sharing(con, built):
        _show_documents(con, built, changed)
        load_operands(con, ACROSS / "operands")
        for path in sql_files(ACROSS / "checks"):
            con.execute(f"INSERT INTO check_rows BY NAME\n{read_sql(path)}")
        return _relate(con, built) | _replace_results(con, built)


@contextmanager
def _sharing(con: duckdb.DuckDBPyConnection, built: str) -> Iterator[None]:
    """Names mean what stands in memory first, then what is in the database `built`."""
    con.execute(f"SET search_path = 'memory.main,{built}.main'")
    try:
        yield
    finally:
        con.execute(f"USE {built}")


def _load_macros(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(read_sql(ACROSS / "shared" / "macros.sql"))
    for macro, words in (
        ("obstacle_in_words", {key: said.en for key, said in _OBSTACLES.items()}),
        ("obstacle_in_words_zh", {key: said.zh for key, said in _OBSTACLES.items()}),
    ):
        con.execute(f"CREATE OR REPLACE MACRO {macro}(word) AS {map_literal(words)}[word]")


def _show_documents(
    con: duckdb.DuckDBPyConnection, built: str, changed: Iterable[tuple[str, str | None]]
) -> None:
    """Let the names of the published tables mean, of the documents, only those that have to be compared again."""
    con.execute(
        "CREATE OR REPLACE TABLE changed_documents (document_id VARCHAR, unit_name VARCHAR)"
    )
    insert_rows(con, "changed_documents", ["VARCHAR", "VARCHAR"], changed)
    con.execute(f"CREATE OR REPLACE TABLE asked AS\n{read_sql(ACROSS / 'asked_documents.sql')}")
    for name in _ASKED:
        con.execute(
            f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {built}.{name} SEMI JOIN asked USING (document_id)"
        )


def _relate(con: duckdb.DuckDBPyConnection, built: str) -> set[str]:
    con.execute(
        f"CREATE OR REPLACE TABLE document_parts AS\n{read_sql(ACROSS / 'document_parts.sql')}"
    )
    con.execute(f"CREATE OR REPLACE TABLE related AS\n{read_sql(ACROSS / 'documents.sql')}")
    columns = ("counts", "same_as", "part_of")
    differs = " OR ".join(f"d.{name} IS DISTINCT FROM r.{name}" for name in columns)
    values = ", ".join(f"{name} = r.{name}" for name in columns)
    updated = con.execute(
        f"UPDATE {built}.documents AS d SET {values} FROM related AS r JOIN asked USING (document_id) "
        f"WHERE d.document_id = r.document_id AND may_change AND ({differs}) RETURNING d.document_id"
    ).fetchall()
    replaced = _replace_rows(con, f"{built}.document_parts", "document_parts", "TRUE")
    return replaced | {document_id for (document_id,) in updated}


def _replace_results(con: duckdb.DuckDBPyConnection, built: str) -> set[str]:
    results = f"{built}.check_results"
    con.execute(f"CREATE OR REPLACE TABLE check_results AS FROM {results} LIMIT 0")
    con.execute(f"INSERT INTO check_results BY NAME\n{read_shared('results')}")
    keys = ", ".join(literal(spec.key) for spec in specs_across_documents())
    return _replace_rows(con, results, "check_results", f"check_key IN ({keys})")


def _replace_rows(con: duckdb.DuckDBPyConnection, table: str, new: str, which: str) -> set[str]:
    """Replace the rows of a table for which a condition holds, where they may have changed and did; their documents."""
    may_change = "document_id IN (SELECT document_id FROM asked WHERE may_change)"
    rows, old = (f"(SELECT * FROM {name} WHERE {which} AND {may_change})" for name in (new, table))
    con.execute(
        "CREATE OR REPLACE TABLE changed AS SELECT DISTINCT document_id FROM ("
        f"(FROM {rows} EXCEPT FROM {old}) UNION ALL (FROM {old} EXCEPT FROM {rows}))"
    )
    con.execute(f"DELETE FROM {table} WHERE {which} AND document_id IN (FROM changed)")
    con.execute(f"INSERT INTO {table} BY NAME FROM {new} WHERE document_id IN (FROM changed)")
    return {document_id for (document_id,) in con.sql("FROM changed").fetchall()}

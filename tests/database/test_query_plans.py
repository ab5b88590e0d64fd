"""No query compares each row with each: what that takes grows with the square of the documents.

The plans are those of the installed DuckDB: `make test` asks the newest and `make test-lowest` the oldest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from jcdata import schema
from jcdata.checks.across_documents import ACROSS, compare_documents, prepare_comparison
from jcdata.checks.running import fill_check_results, sql_files
from jcdata.database.definitions import SQL, create_tables, literal, read_sql, view_query
from jcdata.pipeline.build import BuildResult
from jcdata.schema import CheckResult

CHECKS = SQL / "checks"
OF_ONE_DOCUMENT = [
    *sql_files(CHECKS / "operands"),
    *sql_files(CHECKS),
    CHECKS / "shared" / "results.sql",
]
ACROSS_DOCUMENTS = [
    *sql_files(ACROSS / "operands"),
    *sql_files(ACROSS / "checks"),
    *sql_files(ACROSS),
]
EACH_WITH_EACH = re.compile("NL_JOIN|NESTED_LOOP_JOIN|PIECEWISE_MERGE|IE_JOIN|CROSS_PRODUCT")
# What has as many rows whatever the documents are: VALUES, a row of sums, a table of what the specs declare
OF_CONSTANT_SIZE = {"COLUMN_DATA_SCAN", "UNGROUPED_AGGREGATE"}
CONSTANT_TABLES = ("check_declarations",)


@pytest.fixture(scope="module")
def con(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    """The documents, in memory, with all that the checks of one document make."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH {literal(str(built.database))} AS filled (READ_ONLY)")
        create_tables(con)
        for table in schema.document_tables():
            if table.record is not CheckResult:
                con.execute(f"INSERT INTO {table.name} BY NAME FROM filled.{table.name}")
        fill_check_results(con)
        yield con


@pytest.fixture(scope="module")
def across(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    """The documents, attached, with all that the checks across documents make beside them."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH {literal(str(built.database))} AS filled (READ_ONLY)")
        con.execute("ATTACH ':memory:' AS copied")
        con.execute("COPY FROM DATABASE filled TO copied")
        units = con.sql("SELECT document_id, unit_name FROM copied.documents").fetchall()
        prepare_comparison(con, "copied")
        compare_documents(con, "copied", units)
        con.execute("SET search_path = 'memory.main,copied.main'")
        yield con


def compared_with_each(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The operators of a query's plan that compare all rows of two inputs, neither of constant size."""
    ((plan,),) = [row[1:] for row in con.execute(f"EXPLAIN (FORMAT json) {query}").fetchall()]
    return [
        f"{operator['name']}: {operator['extra_info']}"
        for operator in _operators(json.loads(plan))
        if EACH_WITH_EACH.search(operator["name"])
        and not any(map(_is_of_constant_size, operator["children"]))
    ]


def _operators(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for operator in plan:
        yield operator
        yield from _operators(operator["children"])


def _is_of_constant_size(operator: dict[str, Any]) -> bool:
    """Whether it gives as many rows whatever the documents are."""
    name, children = operator["name"].strip(), operator["children"]
    if name in ("PROJECTION", "FILTER"):
        return _is_of_constant_size(children[0])
    table = str(operator["extra_info"].get("Table", ""))
    return name in OF_CONSTANT_SIZE or table.rpartition(".")[2] in CONSTANT_TABLES


def test_a_comparison_of_each_with_each_is_seen(con: duckdb.DuckDBPyConnection) -> None:
    by_place = "FROM documents JOIN claims ON claims.line_no < documents.line_count"
    assert compared_with_each(con, by_place)
    assert not compared_with_each(con, "FROM documents JOIN claims USING (document_id)")
    assert not compared_with_each(con, "FROM documents CROSS JOIN (VALUES (1), (2))")


@pytest.mark.parametrize("view", schema.views(), ids=lambda view: view.name)
def test_no_view_compares_each_row_with_each(built: BuildResult, view: schema.View) -> None:
    with duckdb.connect(str(built.database), read_only=True) as con:
        assert compared_with_each(con, view_query(view)) == []


@pytest.mark.parametrize("path", OF_ONE_DOCUMENT, ids=lambda path: path.stem)
def test_no_check_compares_each_row_with_each(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    assert compared_with_each(con, read_sql(path)) == []


@pytest.mark.parametrize("path", ACROSS_DOCUMENTS, ids=lambda path: path.stem)
def test_no_check_across_documents_compares_each_row_with_each(
    across: duckdb.DuckDBPyConnection, path: Path
) -> None:
    assert compared_with_each(across, read_sql(path)) == []

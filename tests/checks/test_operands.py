"""What the queries of the checks have in common says what it is: the tables of sql/checks/operands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import duckdb
import pytest

from jcdata import schema
from jcdata.checks import running
from jcdata.checks.running import fill_check_results
from jcdata.database.definitions import SQL, create_tables, literal, read_sql
from jcdata.pipeline.build import BuildResult
from jcdata.schema import CheckResult, PerformanceForm

HEADS = {
    path.stem: "\n".join(
        takewhile(lambda line: line.startswith("--"), path.read_text(encoding="utf-8").splitlines())
    )
    for path in sorted((SQL / "checks" / "operands").glob("*.sql"))
}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database without documents, with all that the checks make in it."""
    with duckdb.connect() as con:
        create_tables(con)
        fill_check_results(con)
        yield con


def test_queries_of_forms_find_nothing_without_forms(built: BuildResult) -> None:
    """So that they need not be asked: whatever else the documents hold."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH {literal(str(built.database))} AS filled (READ_ONLY)")
        create_tables(con)
        for table in schema.document_tables():
            if table.record not in (PerformanceForm, CheckResult):
                con.execute(f"INSERT INTO {table.name} BY NAME FROM filled.{table.name}")
        fill_check_results(con)
        queries = [path for path in running.sql_files(SQL / "checks") if running.is_of_forms(path)]
        assert len(queries) > 20
        found = {path.stem: con.sql(read_sql(path)).fetchall() for path in queries}
    assert {name for name, rows in found.items() if rows} == set()


@pytest.mark.parametrize("name", HEADS)
def test_head_names_the_grain(name: str) -> None:
    assert " Grain: " in HEADS[name]


@pytest.mark.parametrize("name", HEADS)
def test_head_names_each_column(con: duckdb.DuckDBPyConnection, name: str) -> None:
    named = set(re.findall(r"`(\w+)`", HEADS[name].partition("Columns: ")[2]))
    of_tables = {
        field.name for table in schema.tables() if table.name in named for field in table.fields
    }
    assert set(con.table(name).columns) - named - of_tables == set()


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("需1,234,567元", "需1234567元"),
        ("1,200,000元，12,345.67元", "1200000元，12345.67元"),
        ("2023,2024年", "2023,2024年"),
        ("2023,100人", "2023,100人"),
        ("1.5,200人", "1.5,200人"),
    ],
)
def test_only_commas_between_thousands_are_left_out(
    con: duckdb.DuckDBPyConnection, printed: str, read: str
) -> None:
    assert con.execute("SELECT joined_thousands(?)", [printed]).fetchall() == [(read,)]

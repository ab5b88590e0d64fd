"""Any DuckDB client from 1.4 on opens the file and finds its views and macros, without anything of jcdata.

`make test` runs this with the newest DuckDB and `make test-lowest` with the oldest. What one version writes, only the
other can read, so the last test holds the forms in which DuckDB 2.0 stores a query that 1.4.0 cannot read back.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import duckdb
import pytest

from jcdata import schema
from jcdata.database.definitions import SQL
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU, CENTRE

# The header's version number of the storage format that DuckDB 1.4 introduced; 2.0 writes a higher one by default.
STORAGE_NUMBER = 67

CALLS = {
    "wan": "yuan := 1",
    "share_of": "part := 1, whole := 2",
    "growth_rate": "current_amount := 1, prior_amount := 2",
    "rate_doubt": "upper := 1, upper_half := 0, lower := 2, lower_half := 0",
    "rate_agrees": "stated := 1, step := 1, rate := 1, doubt := 0",
    "comparable_name": "name := '某项费用'",
    "printed_line": f"document := '{CENTRE}', line := 1",
    "year_on_year": f"this_document := '{BUREAU}', prior_document := '{CENTRE}'",
}


@pytest.fixture(params=["opened", "attached"])
def client(
    built: BuildResult, request: pytest.FixtureRequest
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A plain connection to the file, or to nothing, with the file attached under another name."""
    if request.param == "opened":
        with duckdb.connect(str(built.database), read_only=True) as con:
            yield con
    else:
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{built.database}' AS budgets (READ_ONLY)")
            con.execute("USE budgets")
            yield con


def test_the_file_has_the_format_of_duckdb_1_4(built: BuildResult) -> None:
    header = built.database.read_bytes()[:4096]
    assert header[8:12] == b"DUCK"
    assert struct.unpack_from("<Q", header, 12)[0] <= STORAGE_NUMBER


@pytest.mark.parametrize("shown", schema.published(), ids=lambda shown: shown.name)
def test_every_table_and_view_can_be_read_in_both_languages(
    client: duckdb.DuckDBPyConnection, shown: schema.Table | schema.View
) -> None:
    rows = client.execute(f"FROM {shown.name}").fetchall()
    assert len(rows) == len(client.execute(f'FROM zh."{shown.zh}"').fetchall())


@pytest.mark.parametrize("macro", schema.MACROS, ids=lambda macro: macro.name)
def test_every_macro_can_be_called_in_both_languages(
    client: duckdb.DuckDBPyConnection, macro: schema.Macro
) -> None:
    start = "FROM" if macro.fields else "SELECT"
    english = CALLS[macro.name]
    chinese = english
    for name, zh in macro.parameters.items():
        chinese = chinese.replace(f"{name} :=", f'"{zh}" :=')
    rows = client.execute(f"{start} {macro.name}({english})").fetchall()
    assert rows and len(rows) == len(
        client.execute(f'{start} zh."{macro.zh}"({chinese})').fetchall()
    )


@pytest.mark.parametrize(
    "path", [*SQL.glob("views/*.sql"), *SQL.glob("macros/*.sql")], ids=lambda path: path.name
)
def test_published_sql_is_stored_in_forms_that_1_4_reads(path) -> None:
    query = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"\bif\s*\(", query), "write CASE"
    first_word, *rest = query.split()
    assert "WITH" not in rest, "a WITH inside a query or a macro is lost"
    assert first_word != "WITH" or path.parent.name == "views"


def test_no_definition_is_stored_with_an_if(client: duckdb.DuckDBPyConnection) -> None:
    """Nor one that is no file: patterns and words of the specs make some macros."""
    stored = client.execute(
        "SELECT macro_definition FROM duckdb_functions() WHERE NOT internal "
        "UNION ALL SELECT sql FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    assert [definition for (definition,) in stored if re.search(r'\bif"?\s*\(', definition)] == []

"""What a site gives to take along: all rows, exact, harmless in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jcdata
from jcdata import schema
from jcdata.database.warehouse import copy_to_csv, in_memory, order_of, write_csv
from jcdata.exports.data_package import ordered_rows
from jcdata.exports.formula_guard import MAY_BE_FORMULA, neutralise
from jcdata.pipeline.build import BuildResult
from jcdata.schema import BudgetLine
from jcdata.website import downloads
from tests.making.databases import rows_of, write

texts = st.text(st.sampled_from("'=+-@＝－\t\r\n\x0b\x1c\x85\u2028 ;,\"a\u3000\xa0一"), max_size=12)


@given(st.lists(texts, max_size=20))
def test_each_text_that_is_changed_is_one_that_is_looked_for(values: list[str]) -> None:
    changed = [value for value in values if neutralise(value) != value]
    query = "SELECT count(*) FROM (SELECT unnest(?::VARCHAR[]) AS t) WHERE regexp_matches(t, ?)"
    with duckdb.connect() as con:
        assert con.execute(query, [changed, MAY_BE_FORMULA]).fetchall() == [(len(changed),)]


@pytest.mark.parametrize("shown", schema.published(), ids=lambda shown: str(shown.name))
def test_a_table_is_written_alike_row_by_row_and_at_once(
    built: BuildResult, tmp_path: Path, shown: schema.Table | schema.View
) -> None:
    with jcdata.connect(built.database) as con:
        copy_to_csv(con, tmp_path / "fast.csv", shown)
        write_csv(tmp_path / "slow.csv", shown, ordered_rows(con, shown))
    assert (tmp_path / "fast.csv").read_text("utf-8") == (tmp_path / "slow.csv").read_text("utf-8")


def test_tables_are_whole_and_harmless(tmp_path: Path) -> None:
    path = tmp_path / "d.duckdb"
    write(
        path,
        (
            BudgetLine,
            rows_of(
                BudgetLine,
                {"item_name": "=1+1", "item_code": "201"},
                {"row_no": 2, "item_code": "201"},
            ),
        ),
    )
    with jcdata.connect(path) as con:
        contents = dict(downloads.of_database(con, 1))
    assert {name.partition(".")[0] for name in contents} >= {s.name for s in schema.published()}
    assert b'"\'=1+1"' in contents["budget_lines.csv"] and "jcdata.xlsx" in contents
    (tmp_path / "lines.parquet").write_bytes(contents["budget_lines.parquet"])
    order = order_of(schema.table_of(BudgetLine))
    query = f"SELECT item_name FROM read_parquet(?) ORDER BY {order}"
    with duckdb.connect() as con:
        found = con.execute(query, [str(tmp_path / "lines.parquet")]).fetchall()
    assert found == [("=1+1",), ("x",)]


def test_lines_of_a_document_are_given_in_each_form(tmp_path: Path) -> None:
    lines = [BudgetLine(**dict(zip(BudgetLine._fields, row, strict=True))) for row in rows_of(BudgetLine, {"item_name": "@x"})]  # fmt: skip
    with in_memory(str(tmp_path)) as converter:
        contents = downloads.of_document(converter, lines)
        assert downloads.of_document(converter, []) == {}
    key = lines[0].table_key
    assert set(contents) == {f"budget_lines.{e}" for e in ("csv", "parquet", "xlsx")} | {f"table-{key}.csv"}  # fmt: skip
    assert b'"\'@x"' in contents["budget_lines.csv"]
    assert contents[f"table-{key}.csv"] == contents["budget_lines.csv"]

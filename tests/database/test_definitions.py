"""What SQL takes from the specs: patterns and words, written as SQL writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from jcdata.database import definitions
from jcdata.database.definitions import SQL, literal, map_literal, read_sql
from jcdata.errors import SpecError
from jcdata.spec_files import patterns, written_patterns

USED = {
    call
    for path in SQL.rglob("*.sql")
    for call in re.findall(r"\bspec\('(.+?)'\)", path.read_text("utf-8"))
}
FILES = ("analyses", "checking", "across_documents")
SHARED = {"classification.name_ending"}  # by which Python finds items too
DECLARED = SHARED | {f"{file}.{key}" for file in FILES for key in patterns(file)}


def query(tmp_path: Path, sql: str) -> str:
    path = tmp_path / "some.sql"
    path.write_text(sql, encoding="utf-8")
    return read_sql(path)


def test_a_pattern_of_the_specs_stands_in_a_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definitions, "written_patterns", lambda file: {"price": rf"{file}'s \d+$"})
    sql = query(
        tmp_path, r"SELECT regexp_matches('the shop''s 12', spec('shop.price')) AS is_price"
    )
    assert duckdb.sql(sql).fetchall() == [(True,)]


def test_a_pattern_that_the_specs_do_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"some.sql: checking.toml has no colour"):
        query(tmp_path, "SELECT spec('checking.colour')")


def test_queries_use_what_is_declared_for_them_and_nothing_else() -> None:
    assert USED == DECLARED


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_duckdb_can_read_the_pattern(name: str) -> None:
    file, _, key = name.partition(".")
    assert duckdb.sql(
        f"SELECT regexp_matches('', {literal(written_patterns(file)[key])})"
    ).fetchall()


def test_words_and_numbers_are_looked_up() -> None:
    words = map_literal({"it's": 'that\'s "so"', "元": "yuan"})
    numbers = map_literal({"元": Decimal(1), "百万元": Decimal(1_000_000)})
    found = duckdb.sql(
        f"SELECT {words}['it''s'], {words}['元'], {numbers}['百万元'], {numbers}['斤']"
    ).fetchall()
    assert found == [('that\'s "so"', "yuan", 1_000_000, None)]

"""The database without rows that one process keeps for the next: taken only if it is what this program made."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from jcdata import paths, schema
from jcdata.database import authenticity, empty, opening
from jcdata.database.definitions import literal
from jcdata.errors import DatabaseError
from jcdata.kept_files import kept_content

COMMENTED = """
SELECT 'table', table_name, comment FROM duckdb_tables() WHERE NOT internal
UNION ALL SELECT 'view', view_name, comment FROM duckdb_views() WHERE NOT internal
UNION ALL SELECT 'macro', function_name, comment FROM duckdb_functions() WHERE NOT internal
UNION ALL SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal
ORDER BY ALL
"""


@pytest.fixture
def kept_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv(paths.CACHE, str(folder))
    return folder


def comments(path: Path) -> list[tuple[str, ...]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(COMMENTED).fetchall()


def definitions(path: Path) -> frozenset[tuple[str, str, str, str]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return authenticity._defined(con)


def test_the_second_database_has_all_that_the_first_has_without_being_defined(
    kept_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first.duckdb", tmp_path / "second.duckdb"
    empty.create_database(first)
    monkeypatch.delattr(empty, "create_views")
    empty.create_database(second)
    assert definitions(first) == definitions(second)
    assert comments(first) == comments(second)
    assert len(comments(first)) > sum(len(shown.fields) for shown in schema.published())


def test_a_log_of_another_database_is_not_taken_for_its_own(
    kept_folder: Path, tmp_path: Path
) -> None:
    """As it would be if both were copies of one file."""
    one, other = tmp_path / "one.duckdb", tmp_path / "other.duckdb"
    empty.create_database(tmp_path / "first.duckdb")
    empty.create_database(one)
    empty.create_database(other)
    with duckdb.connect(str(one)) as con:
        con.execute("SET wal_autocheckpoint = '1GB'; INSERT INTO built_with VALUES ('x')")
        shutil.copy(f"{one}.wal", f"{other}.wal")
    with pytest.raises(duckdb.Error, match="does not match"):
        duckdb.connect(str(other), read_only=True)


@pytest.mark.parametrize("change", ["other content", "gone"])
def test_a_database_that_is_not_as_it_was_kept_is_not_copied(
    kept_folder: Path, tmp_path: Path, change: str
) -> None:
    empty.create_database(tmp_path / "first.duckdb")
    (kept,) = kept_folder.iterdir()
    if change == "gone":
        kept.unlink()
    else:
        with duckdb.connect(str(kept)) as con:
            con.execute("CREATE OR REPLACE VIEW findings AS SELECT 1")
    empty.create_database(tmp_path / "second.duckdb")
    assert definitions(tmp_path / "second.duckdb") == definitions(tmp_path / "first.duckdb")


def test_what_is_kept_says_the_same_as_the_program(kept_folder: Path, tmp_path: Path) -> None:
    """So that a database of somebody else is refused with it as without it."""
    made = tmp_path / "made.duckdb"
    empty.create_database(made)
    authenticity._own.cache_clear()
    without = authenticity._own()
    authenticity._own.cache_clear()
    assert kept_content(*authenticity.KEPT) and authenticity._own() == without
    with opening.connect_own(made) as con:
        assert con.execute("FROM documents").fetchall() == []
    with duckdb.connect(str(made)) as con:
        con.execute(f"CREATE OR REPLACE MACRO wan(yuan) AS {literal('much')}")
    with pytest.raises(DatabaseError, match="wan is not that of this jcdata"):
        opening.connect_own(made)
    authenticity._own.cache_clear()

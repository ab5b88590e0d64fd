"""A query can change nothing and see nothing outside the database, whichever way it comes in, unless a folder is allowed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

import jcdata
from jcdata.cli.commands import app
from jcdata.database import access, opening
from jcdata.errors import DatabaseError
from jcdata.notebook import magic
from jcdata.pipeline.build import BuildResult

FILES = "queries neither read nor write files"
SETTINGS = "settings are fixed"
READ_ONLY = "the database is only read"
EXTENSIONS = "queries load no extensions"

# {folder} holds some.csv
REFUSED = [
    ("FROM read_csv('{folder}/some.csv')", FILES),
    ("FROM '{folder}/some.csv'", FILES),
    ("FROM read_text('{folder}/some.csv')", FILES),
    ("FROM read_blob('{folder}/*')", FILES),
    ("FROM glob('{folder}/*')", FILES),
    ("FROM read_parquet('https://example.org/some.parquet')", FILES),
    ("FROM 's3://some/some.parquet'", FILES),
    ("COPY documents TO '{folder}/out.csv'", FILES),
    ("EXPORT DATABASE '{folder}/out'", FILES),
    ("IMPORT DATABASE '{folder}'", FILES),
    ("ATTACH '{folder}/other.duckdb' AS other", FILES),
    ("INSTALL httpfs", FILES),
    ("LOAD httpfs", EXTENSIONS),
    ("SET enable_external_access = true", SETTINGS),
    ("SET allowed_directories = ['/']", SETTINGS),
    ("RESET lock_configuration", SETTINGS),
    ("SET threads = 1", SETTINGS),
    ("PRAGMA profile_output = '{folder}/out'", SETTINGS),
    ("CREATE TABLE mine AS SELECT 1", READ_ONLY),
    ("CREATE VIEW mine AS SELECT 1", READ_ONLY),
    ("INSERT INTO documents FROM documents", READ_ONLY),
    ("UPDATE documents SET title = ''", READ_ONLY),
    ("DROP TABLE documents", READ_ONLY),
    ("COMMENT ON TABLE documents IS ''", READ_ONLY),
    ("ATTACH ':memory:' AS other", READ_ONLY),
]


@pytest.fixture
def database(built: BuildResult, tmp_path: Path) -> Path:
    """A database of its own, because what is allowed holds for all connections of a process to it."""
    return Path(shutil.copy(built.database, tmp_path / "some.duckdb"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "some.csv").write_text("unit,staff\n某某局,12\n", encoding="utf-8")
    return tmp_path / "mine"


def by_python(database: Path, query: str, *allowed: Path) -> str:
    with jcdata.connect(database, allow_folders=allowed) as db:
        try:
            return str(db.execute(query).fetchall())
        except duckdb.Error as error:
            return str(access.explained(error))


def by_cell(database: Path, query: str, *allowed: Path) -> str:
    with jcdata.connect(database, allow_folders=allowed) as db:
        try:
            return str(magic.run(query, {"db": db}))
        except duckdb.Error as error:
            return str(error)


def by_command(database: Path, query: str, *allowed: Path) -> str:
    options = [word for folder in allowed for word in ("--allow-folder", str(folder))]
    return CliRunner().invoke(app, ["sql", query, "--db", str(database), *options]).output


WAYS = [by_python, by_cell, by_command]


@pytest.mark.parametrize("ask", WAYS)
@pytest.mark.parametrize(("query", "reason"), REFUSED)
def test_what_leaves_the_database_is_refused_and_explained(
    database: Path, folder: Path, ask: Callable[..., str], query: str, reason: str
) -> None:
    answer = ask(database, query.format(folder=folder))
    assert reason in answer and any("\u4e00" <= sign <= "\u9fff" for sign in answer)
    assert [path.name for path in folder.iterdir()] == ["some.csv"]


@pytest.mark.parametrize("ask", WAYS)
def test_an_allowed_folder_can_be_read_and_written_and_nothing_else(
    database: Path, folder: Path, ask: Callable[..., str]
) -> None:
    (folder.parent / "other").mkdir()
    shutil.copy(folder / "some.csv", folder.parent / "other" / "other.csv")
    assert "12" in ask(database, f"SELECT staff FROM '{folder}/*.csv'", folder)
    assert FILES not in ask(database, f"COPY documents TO '{folder}/out.parquet'", folder)
    assert (folder / "out.parquet").exists()
    for path in (
        f"{folder.parent}/other/other.csv",
        f"{folder}/../other/other.csv",
        f"{folder.parent}/*/*.csv",
    ):
        assert FILES in ask(database, f"FROM '{path}'", folder)
    assert EXTENSIONS in ask(database, f"LOAD '{folder}/some.duckdb_extension'", folder)
    assert SETTINGS in ask(database, "SET allowed_directories = ['/']", folder)


def test_a_link_out_of_the_folder_is_followed_by_duckdb_1_4_only(
    database: Path, folder: Path
) -> None:
    (folder.parent / "other").mkdir()
    shutil.copy(folder / "some.csv", folder.parent / "other" / "other.csv")
    (folder / "link.csv").symlink_to(folder.parent / "other" / "other.csv")
    is_refused = FILES in by_python(database, f"FROM '{folder}/link.csv'", folder)
    assert is_refused == (not duckdb.__version__.startswith("1.4."))


def test_a_folder_that_is_a_link_is_the_folder_itself(database: Path, folder: Path) -> None:
    (folder.parent / "link").symlink_to(folder)
    assert "12" in by_python(database, f"FROM '{folder}/some.csv'", folder.parent / "link")


def test_each_connection_has_the_folders_that_it_was_given(database: Path, folder: Path) -> None:
    with jcdata.connect(database) as one, jcdata.connect(database, allow_folders=[folder]) as other:
        assert other.sql(f"SELECT staff FROM '{folder}/some.csv'").fetchall() == [(12,)]
        with pytest.raises(duckdb.PermissionException):
            one.sql(f"SELECT staff FROM '{folder}/some.csv'")
    with pytest.raises(DatabaseError, match="no such folder"):
        jcdata.connect(database, allow_folders=[folder / "none"])


# {path} is the database itself
OVERWRITING = [
    "COPY (SELECT 'x') TO '{path}' (FORMAT csv, USE_TMP_FILE false)",
    "COPY (SELECT 'x'::BLOB AS b) TO '{path}' (FORMAT blob, USE_TMP_FILE false)",
    "EXPLAIN ANALYZE COPY (SELECT 'x') TO '{path}' (FORMAT csv, USE_TMP_FILE false)",
    "COPY (SELECT 'x') TO '{path}.wal' (FORMAT csv, USE_TMP_FILE false)",
    "COPY (SELECT 'x') TO '{path}.wal.checkpoint'",
    "COPY (SELECT 'x') TO '{path}.wal.recovery'",
    "COPY (SELECT 'x') TO '{path}.tmp/x.csv'",
    "COPY (SELECT 1 AS a, 2 AS b) TO '{path}.wal' (FORMAT csv, PARTITION_BY a)",
    "SELECT octet_length(content) FROM read_blob('{path}')",
]


@pytest.mark.parametrize("ask", WAYS)
@pytest.mark.parametrize("is_allowed", [False, True])
@pytest.mark.parametrize("query", OVERWRITING)
def test_the_open_database_itself_can_be_neither_overwritten_nor_forged(
    database: Path, folder: Path, ask: Callable[..., str], is_allowed: bool, query: str
) -> None:
    before, names = database.read_bytes(), sorted(database.parent.iterdir())
    answer = ask(database, query.format(path=database), *([folder] if is_allowed else []))
    assert FILES in answer
    assert database.read_bytes() == before and sorted(database.parent.iterdir()) == names


@pytest.mark.parametrize("query", OVERWRITING[:-1])
def test_the_name_under_which_it_was_opened_leads_nowhere(
    database: Path, folder: Path, query: str
) -> None:
    before, names = database.read_bytes(), sorted(database.parent.iterdir())
    with jcdata.connect(database, allow_folders=[folder]) as db:
        ((path,),) = db.sql(
            "SELECT path FROM duckdb_databases() WHERE database_name = 'some'"
        ).fetchall()
        with pytest.raises(duckdb.Error):
            db.execute(query.format(path=path)).fetchall()
        assert sorted(database.parent.iterdir()) == names and not Path(path).exists()
    assert database.read_bytes() == before


def test_a_folder_that_holds_the_database_is_not_allowed(database: Path, folder: Path) -> None:
    for holding in (database.parent, database.parent.parent, folder / ".."):
        with pytest.raises(DatabaseError, match="holds the database"):
            jcdata.connect(database, allow_folders=[folder, holding])


def test_a_database_that_can_have_no_second_name_is_copied(
    database: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    names = sorted(database.parent.iterdir())
    assert "12" in by_python(database, f"SELECT staff FROM '{folder}/some.csv'", folder)
    assert sorted(database.parent.iterdir()) == names


def test_what_queries_may_take_of_the_machine_is_bounded(db: duckdb.DuckDBPyConnection) -> None:
    settings = "memory_limit", "max_temp_directory_size", "threads"
    query = f"SELECT {', '.join(f'current_setting({name!r})' for name in settings)}"
    ((memory, spill, threads),) = db.sql(query).fetchall()
    assert (memory, spill) == ("1.8 GiB", "7.4 GiB") and 1 <= threads <= access.MOST_THREADS


def test_a_connection_made_after_a_build_sees_the_new_database(tmp_path: Path) -> None:
    path = tmp_path / "some.duckdb"

    def replace(number: int) -> None:
        with duckdb.connect(str(tmp_path / "new")) as con:
            con.execute(f"CREATE TABLE built AS SELECT {number} AS number")
        (tmp_path / "new").replace(path)

    connections = []
    for number in range(3):
        replace(number)
        connections += [jcdata.connect(path), jcdata.connect(path)]
    assert [opening.is_outdated(con) for con in connections] == [True] * 4 + [False] * 2
    seen = [con.sql("SELECT number FROM built").fetchall() for con in connections]
    assert seen == [[(0,)], [(0,)], [(1,)], [(1,)], [(2,)], [(2,)]]
    for con in connections:
        con.close()


def test_a_connection_of_another_making_keeps_no_old_database_alive(tmp_path: Path) -> None:
    path = tmp_path / "some.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE built AS SELECT 1 AS number")
    with duckdb.connect(str(path), read_only=True) as other:
        with duckdb.connect(str(tmp_path / "new")) as con:
            con.execute("CREATE TABLE built AS SELECT 2 AS number")
        (tmp_path / "new").replace(path)
        with jcdata.connect(path) as db:
            assert db.sql("SELECT number FROM built").fetchall() == [(2,)]
            assert not opening.is_outdated(db)
        assert other.sql("SELECT number FROM built").fetchall() == [(1,)]
        assert not access.is_locked(other)


@pytest.fixture
def db(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(database) as con:
        yield con


def test_a_connection_of_another_making_sees_no_files_either(
    db: duckdb.DuckDBPyConnection, database: Path, folder: Path
) -> None:
    with (
        duckdb.connect(str(database), read_only=True) as other,
        pytest.raises(duckdb.PermissionException),
    ):
        other.execute(f"FROM '{folder}/some.csv'")


def test_frames_and_temporary_tables_still_serve(db: duckdb.DuckDBPyConnection) -> None:
    db.register("frame", pd.DataFrame({"unit_name": ["晋城市应急管理局"]}))
    db.execute(
        "CREATE TEMP TABLE mine AS SELECT document_id FROM documents JOIN frame USING (unit_name)"
    )
    assert db.sql("SELECT count(*) FROM mine").fetchall() == [(1,)]


def test_other_errors_stay_as_they_are(db: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error) as caught:
        db.execute("SELECT nothing")
    assert access.explained(caught.value) is caught.value

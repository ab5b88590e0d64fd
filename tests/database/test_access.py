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
from jcdata.database import access
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


def test_the_first_connection_decides_for_those_beside_it(database: Path, folder: Path) -> None:
    with (
        jcdata.connect(database),
        pytest.raises(DatabaseError, match="close that connection first"),
    ):
        jcdata.connect(database, allow_folders=[folder])
    with jcdata.connect(database, allow_folders=[folder]), jcdata.connect(database) as db:
        assert len(jcdata.growth(database)) > 0
        assert db.sql(f"SELECT staff FROM '{folder}/some.csv'").fetchall() == [(12,)]
    with pytest.raises(DatabaseError, match="no such folder"):
        jcdata.connect(database, allow_folders=[folder / "none"])


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

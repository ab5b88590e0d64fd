"""What is known of a database by its file, whoever made it and in whatever state it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from jcdata.database.built_file import is_built, require_unwritten, set_logs_aside
from jcdata.errors import DatabaseError
from jcdata.pipeline.build import BuildResult

LEAVE_A_LOG = """
import duckdb, os, sys
con = duckdb.connect(sys.argv[1])
con.execute("PRAGMA disable_checkpoint_on_shutdown; CREATE TABLE notes AS SELECT 1")
os._exit(0)
"""
HOLD = "import duckdb, sys\ncon = duckdb.connect(sys.argv[1])\nprint('open', flush=True)\nsys.stdin.read()"


def copy_of(built: BuildResult, folder: Path) -> Path:
    path = folder / "some.duckdb"
    path.write_bytes(built.database.read_bytes())
    return path


def test_a_built_database_is_known_also_when_it_is_damaged(
    built: BuildResult, tmp_path: Path
) -> None:
    path = copy_of(built, tmp_path)
    assert is_built(path)
    with path.open("r+b") as file:
        file.truncate(len(path.read_bytes()) // 2)
        file.seek(4096)
        file.write(b"\xff" * 8192)  # both headers that say where its tables are
    with pytest.raises(duckdb.Error):
        duckdb.connect(str(path), read_only=True)
    assert is_built(path)


def test_another_database_and_another_file_are_not(tmp_path: Path) -> None:
    own, text = tmp_path / "own.duckdb", tmp_path / "text"
    with duckdb.connect(str(own)) as con:
        con.execute("CREATE TABLE years AS SELECT 42")
    text.write_text("built_with DUCK")
    assert not is_built(own) and not is_built(text)


def test_a_database_that_is_written_is_told(built: BuildResult, tmp_path: Path) -> None:
    path = copy_of(built, tmp_path)
    with duckdb.connect(str(path)), pytest.raises(DatabaseError, match="open for writing"):
        require_unwritten(path)
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"open\n"
        with pytest.raises(DatabaseError, match="open for writing"):
            is_built(path)
        process.communicate()
    with duckdb.connect(str(path), read_only=True):
        require_unwritten(path)


def test_logs_that_were_left_are_renamed_and_lose_nothing(
    built: BuildResult, tmp_path: Path
) -> None:
    path, link = copy_of(built, tmp_path), tmp_path / "link.duckdb"
    link.symlink_to(path)
    for number in (1, 2):
        subprocess.run([sys.executable, "-c", LEAVE_A_LOG, str(path)], check=True)
        log = path.with_name("some.duckdb.wal").read_bytes()
        (left,) = set_logs_aside(link)
        assert (left.name, left.read_bytes()) == (f"some.duckdb.wal-left-{number}", log)
    assert set_logs_aside(link) == []

"""What `jcdata doctor` looks at, and what it says to do."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from jcdata import installation
from jcdata.cli.commands import app
from jcdata.installation import Checked, look_at
from jcdata.pipeline.build import BuildResult


def looked_at(database: Path) -> dict[str, Checked]:
    return {found.subject.en: found for found in look_at(database, database.parent / "clean")}


def test_all_is_well_with_a_database(built: BuildResult) -> None:
    found = looked_at(built.database)
    assert {"jcdata", "duckdb", "Python", "extra analysis", "extra ocr"} <= found.keys()
    database = found[f"database {built.database}"]
    assert (database.state.en, database.remedy) == ("2 documents, by this program", None)
    assert "GiB free" in found[f"folder {built.database.parent}"].state.en
    assert not any(one.is_missing for one in found.values())
    shown = CliRunner().invoke(app, ["doctor", "--db", str(built.database)])
    assert shown.exit_code == 0 and "由本程序生成" in shown.output


def test_what_is_missing_is_said_with_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jcdata.exports.printed_report.find_browser", lambda: None)
    monkeypatch.setattr(installation, "missing_modules", lambda extra: ["some"])
    found = looked_at(tmp_path / "x.duckdb")
    assert found["extra cluster"].remedy == "pip install 'jcdata[cluster]'"
    assert found["browser for PDF reports"].remedy and found["font with Chinese characters"].remedy
    assert [one.remedy for one in found.values() if one.is_missing] == ["jcdata build"]
    assert CliRunner().invoke(app, ["doctor", "--db", str(tmp_path / "x.duckdb")]).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_no_folder_or_a_full_disk_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    found = looked_at(tmp_path / "file" / "x.duckdb")
    assert found[f"folder {tmp_path / 'file'}"].is_missing
    monkeypatch.setattr(installation, "LEAST_FREE", 2**80)
    assert looked_at(tmp_path / "x.duckdb")[f"folder {tmp_path}"].is_missing


def test_a_database_of_another_program_or_damaged_is_told(
    built: BuildResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.duckdb").write_bytes(b"no database")
    assert looked_at(tmp_path / "x.duckdb")[f"database {tmp_path / 'x.duckdb'}"].is_missing
    locked = tmp_path / "locked.duckdb"
    with duckdb.connect(str(locked)):
        held = looked_at(locked)[f"database {locked}"]
    assert "open for writing elsewhere" in held.state.en and not held.is_missing
    monkeypatch.setattr("jcdata.pipeline.inputs.program_checksum", lambda *_: "another")
    other = looked_at(built.database)[f"database {built.database}"]
    assert other.remedy == "jcdata build" and not other.is_missing

"""A build destroys nothing that it did not make, and loses no document that nobody removed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import duckdb
import pytest
from typer.testing import CliRunner, Result

import jcdata
from jcdata.cli.commands import app
from jcdata.errors import DatabaseError, DocumentError, OutputError
from jcdata.messages import Message
from jcdata.pipeline import build
from jcdata.pipeline.build import BuildResult, build_database
from jcdata.pipeline.processes import Reading
from tests.database.test_built_file import LEAVE_A_LOG

TEXT = "某某市{0}局2031年度部门预算公开\n2031年预算支出总表\n单位名称：某某市{0}局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50 0.00\n201 一般公共服务支出 5.50 5.50 0.00\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Three documents, two of them in a folder of their own."""
    raw = tmp_path / "raw"
    (raw / "more").mkdir(parents=True)
    for name in ("a", "more/b", "more/c"):
        (raw / f"{name}.txt").write_text(TEXT.format(name[-1]), encoding="utf-8")
    return raw


def run(raw: Path, database: Path, clean: Path, *options: str) -> Result:
    return CliRunner().invoke(
        app, ["build", str(raw), "--db", str(database), "--clean", str(clean), *options]
    )


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("database", "clean"),
    [
        ("raw/x.duckdb", "clean"),
        ("raw/a.txt", "clean"),
        ("diary.docx", "clean"),
        ("own.duckdb", "clean"),
        ("x.duckdb", "raw"),
        ("x.duckdb", "raw/clean"),
        ("x.duckdb", "."),
        ("x.duckdb", "projects"),
        ("x.duckdb", "diary.docx"),
        ("projects", "clean"),
    ],
)
def test_what_is_not_ours_is_refused_and_stays(
    raw: Path, tmp_path: Path, database: str, clean: str
) -> None:
    (tmp_path / "projects").mkdir()
    for name in ("diary.docx", "projects/thesis.txt"):
        (tmp_path / name).write_text("mine")
    with duckdb.connect(str(tmp_path / "own.duckdb")) as con:
        con.execute("CREATE TABLE years AS SELECT 42")
    before = contents(tmp_path)
    shown = run(raw, tmp_path / database, tmp_path / clean)
    assert shown.exit_code == 1 and "请另选位置" in shown.output.replace(
        "不能写成文件", "请另选位置"
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["[abc].duckdb", "*.duckdb", "some.duckdb"])
def test_folders_beside_the_database_stay(raw: Path, tmp_path: Path, name: str) -> None:
    own = [tmp_path / f".{some}-backup" for some in ("some.duckdb", "b.duckdb", name)]
    for folder in own:
        folder.mkdir(exist_ok=True)
        (folder / "mine").touch()
    build_database(raw, tmp_path / name, None)
    assert all((folder / "mine").exists() for folder in own)
    (tmp_path / f".{name}.build").mkdir()
    (tmp_path / f".{name}.build" / "mine").touch()
    with pytest.raises(OutputError, match=r"\.build holds something else"):
        build_database(raw, tmp_path / name, None, full=True)
    assert (tmp_path / f".{name}.build" / "mine").exists()


def test_a_private_database_stays_private(raw: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    build_database(raw, database, None)
    database.chmod(0o600)
    build_database(raw, database, None, full=True)
    assert database.stat().st_mode & 0o777 == 0o600


def test_a_log_that_was_left_is_set_aside_and_the_new_database_opens(
    raw: Path, tmp_path: Path
) -> None:
    database = tmp_path / "x.duckdb"
    build_database(raw, database, None)
    subprocess.run([sys.executable, "-c", LEAVE_A_LOG, str(database)], check=True)
    (raw / "d.txt").write_text(TEXT.format("d"), encoding="utf-8")
    said: list[Message] = []
    build_database(raw, database, None, notice=said.append)
    assert [message.en.rpartition("/")[2] for message in said] == ["x.duckdb.wal-left-1"]
    with jcdata.connect(database) as con:
        assert con.sql("SELECT count(*) FROM documents").fetchall() == [(4,)]


def test_a_log_of_another_database_is_no_obstacle(raw: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    build_database(raw, database, None)
    database.with_name("x.duckdb.wal").write_bytes(b"of something else")
    build_database(raw, database, None)
    jcdata.connect(database).close()


def test_a_database_that_is_opened_for_writing_meanwhile_stays(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "x.duckdb"
    build_database(raw, database, None)
    read_all, opened = build.read_all, []

    def read(*arguments: Any) -> Reading:
        opened.append(duckdb.connect(str(database)))
        return read_all(*arguments)

    monkeypatch.setattr(build, "read_all", read)
    before = database.read_bytes()
    with pytest.raises(DatabaseError, match="open for writing"):
        build_database(raw, database, None, full=True)
    opened[0].close()
    assert database.read_bytes() == before


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Let a folder, or a file, be one that nobody may open, also where the tests run as root."""
    scandir, open_file = os.scandir, Path.open

    def closing(closed: Path | None) -> None:
        def refuse(path: object) -> None:
            if closed is not None and str(path) == str(closed):
                raise PermissionError(13, "Permission denied", str(path))

        def scan(path: str) -> object:
            refuse(path)
            return scandir(path)

        def opening(path: Path, *options: Any, **named: Any) -> IO[Any]:
            refuse(path)
            return open_file(path, *options, **named)

        monkeypatch.setattr(os, "scandir", scan)
        monkeypatch.setattr(Path, "open", opening)
        monkeypatch.setattr(
            os, "access", lambda path, mode: closed is None or str(path) != str(closed)
        )  # as the system would

    return closing


@pytest.mark.parametrize(
    ("closed", "options"), [("more", ()), ("more/b.txt", ()), ("more", ("--full",))]
)
def test_documents_that_can_not_be_opened_stay_until_they_can(
    raw: Path,
    tmp_path: Path,
    close: Callable[[Path | None], None],
    closed: str,
    options: tuple[str, ...],
) -> None:
    database, clean = tmp_path / "x.duckdb", tmp_path / "clean"
    build_database(raw, database, clean)
    before = {path: content for path, content in contents(clean).items() if path.suffix == ".csv"}
    (raw / "d.txt").write_text(TEXT.format("d"), encoding="utf-8")
    close(raw / closed)
    for _ in range(2):
        shown = run(raw, database, clean, *options)
        assert shown.exit_code == 2 and shown.output.count(f"{closed}: can't be opened: ") == 1
        assert documents_of(database) == ["a", "b", "c", "d"]
    close(None)
    (raw / "d.txt").unlink()
    assert build_database(raw, database, clean).troubles == []
    assert documents_of(database) == ["a", "b", "c"]
    assert {
        path: content for path, content in contents(clean).items() if path.suffix == ".csv"
    } == before


def test_what_can_not_be_read_again_by_another_version_stays_as_it_is(
    raw: Path, tmp_path: Path, close: Callable[[Path | None], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "x.duckdb"
    build_database(raw, database, None)
    close(raw / "more")
    monkeypatch.setattr(build, "program_checksum", lambda *settings: "another")
    with pytest.raises(DocumentError, match="stays as it is: more"):
        build_database(raw, database, None)
    assert documents_of(database) == ["a", "b", "c"]


def documents_of(database: Path) -> list[str]:
    with jcdata.connect(database) as con:
        return [
            name for (name,) in con.sql("SELECT document_id FROM documents ORDER BY ALL").fetchall()
        ]


def test_a_new_file_does_not_take_the_id_of_one_that_can_not_be_opened(
    raw: Path, tmp_path: Path, close: Callable[[Path | None], None]
) -> None:
    build_database(raw, tmp_path / "x.duckdb", None)
    (raw / "b.txt").write_text(TEXT.format("another"), encoding="utf-8")
    close(raw / "more")
    result: BuildResult = build_database(raw, tmp_path / "x.duckdb", None)
    assert [t.file_name for t in result.troubles] == ["b.txt", "more"]
    assert {d.document_id: d.file_name for d in result.documents}["b"] == "more/b.txt"


@pytest.mark.parametrize("options", [(), ("--full",)])
def test_an_empty_folder_empties_the_database_only_if_that_is_allowed(
    raw: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    database, clean, empty = tmp_path / "x.duckdb", tmp_path / "clean", tmp_path / "empty"
    empty.mkdir()
    assert run(empty, database, clean).exit_code == 0  # there is nothing to lose
    build_database(raw, database, clean)
    before = contents(tmp_path)
    shown = run(empty, database, clean, *options)
    assert shown.exit_code == 2 and "--allow-empty" in shown.output and contents(tmp_path) == before
    assert run(empty, database, clean, *options, "--allow-empty").exit_code == 0
    assert documents_of(database) == []


def test_a_name_that_is_no_utf8_costs_no_other(raw: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("预算.txt".encode("gbk"), "预算".encode("gbk") + b"/e.txt")):
        path = os.path.join(os.fsencode(raw), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(TEXT.format(f"{number}"))
    result = build_database(raw, tmp_path / "x.duckdb", tmp_path / "clean")
    assert [(t.file_name, t.reason.partition(" /")[0]) for t in result.troubles] == [
        ("Ԥ\\xcb\\xe3.txt", "its name is not UTF-8, rename it")
    ]
    assert {d.document_id: d.file_name for d in result.documents}["e"] == "Ԥ\\xcb\\xe3/e.txt"
    assert len(documents_of(tmp_path / "x.duckdb")) == 4

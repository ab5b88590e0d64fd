"""What is given to a build: a folder is the whole of it, single files are added to what the database has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from jcdata.cli.commands import app
from jcdata.errors import DatabaseError, DocumentError
from jcdata.pipeline.build import BuildResult, build_database, plan_build
from tests.making.checkout import ROOT

PAGE = "2031年预算支出总表\n单位名称：{unit}\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 {total} {total}  \n"


def write(path: Path, unit: str, total: str = "5.50") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(unit=unit, total=total), encoding="utf-8")
    return path


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    write(tmp_path / "raw" / "a.txt", "青禾局")
    write(tmp_path / "raw" / "deep" / "b.txt", "园林局")
    return tmp_path / "raw"


def build(place: Path, *given: Path, **options: Any) -> BuildResult:
    return build_database(given, place / "x.duckdb", place / "clean", **options)


def totals(place: Path) -> dict[str, str]:
    with duckdb.connect(str(place / "x.duckdb"), read_only=True) as con:
        query = "SELECT document_id, any_value(amount_text) FROM budget_lines WHERE measure = 'total' GROUP BY ALL"
        return dict(con.sql(query).fetchall())


def test_a_single_file_is_added_and_all_others_stay(raw: Path, tmp_path: Path) -> None:
    build(tmp_path, raw)
    new = write(tmp_path / "elsewhere" / "c.txt", "水务局", "7.50")
    result = build(tmp_path, new)
    assert (result.changes.new, result.changes.unchanged) == (["c.txt"], ["a.txt", "deep/b.txt"])
    assert totals(tmp_path) == {"a": "5.50", "b": "5.50", "c": "7.50"}
    again = build(tmp_path, new)
    assert again.read_count == 0 and len(again.documents) == 3
    back = build(tmp_path, raw)
    assert back.changes.gone == ["c.txt"] and totals(tmp_path).keys() == {"a", "b"}


def test_a_single_file_takes_the_place_of_its_namesake(raw: Path, tmp_path: Path) -> None:
    build(tmp_path, raw)
    result = build(tmp_path, write(tmp_path / "new" / "b.txt", "园林局", "6.50"))
    assert result.changes.changed == ["deep/b.txt"]
    assert totals(tmp_path) == {"a": "5.50", "b": "6.50"}


def test_it_takes_the_place_of_the_one_that_was_loaded(raw: Path, tmp_path: Path) -> None:
    write(raw / "z" / "b.txt", "园林局")  # as deep/b.txt, so it is not loaded
    build(tmp_path, raw)
    result = build(tmp_path, write(tmp_path / "new" / "b.txt", "园林局", "6.50"))
    assert result.changes.changed == ["deep/b.txt"] and totals(tmp_path)["b"] == "6.50"


def test_an_addition_gives_what_a_build_of_all_gives(raw: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    build(one, raw)
    added = write(raw / "c.txt", "水务局", "7.50")
    build(one, added)
    build(other, raw)
    for path in sorted((other / "clean").rglob("*.csv")):
        assert (one / "clean" / path.relative_to(other / "clean")).read_bytes() == path.read_bytes()
    assert build(one, raw).read_count == 0


def test_an_addition_keeps_what_could_not_be_read_of_others(raw: Path, tmp_path: Path) -> None:
    (raw / "bad.txt").write_bytes(b"")
    (raw / "copy.txt").write_bytes((raw / "a.txt").read_bytes())
    before = build(tmp_path, raw)
    result = build(tmp_path, write(tmp_path / "c.txt", "水务局"))
    assert result.troubles == before.troubles and result.exit_status == 2
    assert result.changes.duplicate == ["copy.txt"]
    changed = build(tmp_path, write(tmp_path / "new" / "a.txt", "青禾局", "9.50"))
    assert "left out for a.txt" in next(
        t.reason for t in changed.troubles if t.file_name == "copy.txt"
    )


def test_a_text_beside_its_tables_may_come_later(raw: Path, tmp_path: Path) -> None:
    build(tmp_path, raw)
    build(tmp_path, write(tmp_path / "new" / "a.md", "青禾局", "8.50"))
    assert totals(tmp_path) == {"a": "5.50", "a.md": "8.50", "b": "5.50"}


def test_nothing_is_added_to_what_would_have_to_be_read_again(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, raw)
    added = write(tmp_path / "c.txt", "水务局")
    monkeypatch.setattr("jcdata.pipeline.build.program_checksum", lambda *_: "another")
    with pytest.raises(DocumentError, match="build it from its folder"):
        build(tmp_path, added)
    monkeypatch.undo()
    database = tmp_path / "x.duckdb"
    database.write_bytes(database.read_bytes()[:12_000])
    with pytest.raises(DocumentError, match="build it from its folder"):
        build(tmp_path, added)


def test_several_folders_are_named_and_are_all_that_there_is(raw: Path, tmp_path: Path) -> None:
    build(tmp_path, raw)
    write(tmp_path / "more" / "c.txt", "水务局")
    single = write(tmp_path / "d.txt", "交通局")
    result = build(tmp_path, raw, tmp_path / "more", single, single)
    names = {file.file_name for file in result.files}
    assert names == {"raw/a.txt", "raw/deep/b.txt", "more/c.txt", "d.txt"}
    beside = build(tmp_path, raw, single)
    assert {f.file_name for f in beside.files} == {"a.txt", "deep/b.txt", "d.txt"}
    with pytest.raises(DocumentError, match=r"are called a\.txt"):
        build(tmp_path, raw, write(tmp_path / "new" / "a.txt", "另一局"))
    with pytest.raises(
        FileNotFoundError, match=r"no such folder or file: .* / 没有这个文件夹或文件"
    ):
        build(tmp_path, raw, tmp_path / "none.txt")


def test_a_plan_says_what_a_build_does_and_writes_nothing(raw: Path, tmp_path: Path) -> None:
    write(raw / "c.txt", "水务局")
    build(tmp_path, raw)
    (raw / "a.txt").unlink()
    write(raw / "c.txt", "水务局", "6.50")
    write(raw / "d.txt", "交通局")
    (raw / "e.txt").write_bytes((raw / "d.txt").read_bytes())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    changes, troubles = plan_build(raw, tmp_path / "x.duckdb", tmp_path / "clean")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert changes._asdict() == {
        "new": ["d.txt"], "changed": ["c.txt"], "read_again": [], "unchanged": ["deep/b.txt"],
        "gone": ["a.txt"], "duplicate": ["e.txt"], "refused": [],
    }  # fmt: skip
    assert troubles == []
    assert build(tmp_path, raw).changes == changes
    assert plan_build(raw, tmp_path / "x.duckdb", tmp_path / "clean", full=True)[0].read_again == [
        "deep/b.txt", "c.txt", "d.txt",
    ]  # fmt: skip


def test_a_plan_says_that_a_database_of_another_version_is_built_anew(
    raw: Path, tmp_path: Path
) -> None:
    build(tmp_path, raw)
    at = (raw, tmp_path / "x.duckdb", tmp_path / "clean")
    said: list[str] = []
    plan_build(*at, notice=lambda message: said.append(message.en))
    assert said == []
    with duckdb.connect(str(tmp_path / "x.duckdb")) as con:
        con.execute("ALTER TABLE main.input_files RENAME COLUMN outcome TO another")
    changes, _ = plan_build(*at, notice=lambda message: said.append(message.en))
    assert len(said) == 1 and said[0].endswith("it is built anew")
    assert changes.unchanged == []


def test_nothing_is_planned_for_a_database_that_is_being_written(raw: Path, tmp_path: Path) -> None:
    build(tmp_path, raw)
    with duckdb.connect(str(tmp_path / "x.duckdb")), pytest.raises(DatabaseError):
        plan_build(raw, tmp_path / "x.duckdb", tmp_path / "clean")


def test_the_command_plans_and_sums_up(raw: Path, tmp_path: Path) -> None:
    def run(*options: str) -> Any:
        at = ["--db", str(tmp_path / "x.duckdb"), "--clean", str(tmp_path / "clean")]
        return CliRunner().invoke(app, ["build", str(raw), *at, *options])

    planned = run("--dry-run")
    assert planned.exit_code == 0 and "new / 新增: deep/b.txt" in planned.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw"]
    assert "new / 新增 2" in " ".join(run().output.split())
    (raw / "a.txt").unlink()
    summary = run()
    assert "gone / 已移除 1" in " ".join(summary.output.split())
    assert "a.txt: gone, no longer in the database" in summary.stderr
    (raw / "deep" / "b.txt").unlink()
    for refused in (run("--dry-run"), run()):
        assert refused.exit_code == 2 and "--allow-empty" in refused.stderr
    assert totals(tmp_path).keys() == {"b"}


@pytest.mark.parametrize("kind", ["missing", "no document", "closed"])
def test_a_folder_without_documents_empties_nothing(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    build(tmp_path, raw)
    folder = {"missing": tmp_path / "none", "no document": tmp_path / "empty", "closed": raw}[kind]
    (tmp_path / "empty").mkdir()
    if kind == "closed":  # root may open every folder
        monkeypatch.setattr("jcdata.documents.raw_files.os.access", lambda *_: False)
    with pytest.raises((DocumentError, FileNotFoundError)):
        build(tmp_path, folder)
    assert totals(tmp_path).keys() == {"a", "b"}


def test_the_committed_documents_can_be_planned() -> None:
    changes, _ = plan_build(ROOT / "data" / "raw", Path("none.duckdb"), None)
    assert len(changes.new) == 2

"""`jcdata diff` and `jcdata.diff`, on the two real documents and versions of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

import jcdata
from jcdata.cli.commands import app
from jcdata.comparison.differences import Change
from jcdata.documents.raw_files import MAX_BYTES
from jcdata.errors import ComparisonError
from jcdata.pipeline import batches
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU, CENTRE, RAW, raw_text

PROJECT = "专项业务工作经费"
AMOUNTS = f"{PROJECT}\t215.50\t215.50"
NO_DATABASE = Path("no-such.duckdb")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, arguments)])


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """Two versions of a real document, of one file name; in the second a project costs 10,000 yuan more."""
    text = raw_text(CENTRE)
    assert text.count(AMOUNTS) == 1
    paths = tmp_path / "old" / "budget.txt", tmp_path / "new" / "budget.txt"
    for path, amount in zip(paths, ("215.50", "216.50"), strict=True):
        path.parent.mkdir()
        path.write_text(text.replace(AMOUNTS, AMOUNTS.replace("215.50", amount)), encoding="utf-8")
    return paths


def test_versions_are_compared_without_a_database(versions: tuple[Path, Path]) -> None:
    shown = run(*versions, "--db", NO_DATABASE)
    assert shown.exit_code == 1
    for expected in (
        "old/budget.txt 晋城",
        "晋城市应急管理调度指挥中心 2025年 预算 budget",
        f"{PROJECT} 合计、一般公共预算 215.50 216.50 +1.00 +0.5%",
    ):
        assert expected in " ".join(shown.output.split())
    assert "warning" not in shown.output
    assert "新增 new" in shown.output  # the project's table no longer adds up


def test_json_has_exact_figures_and_both_lines(versions: tuple[Path, Path]) -> None:
    found = json.loads(run(*versions, "--json").output)
    project, total = (c for c in found["changes"] if c["kind"] == "project")
    assert project | {"field": "total"} == total
    assert list(total) == list(Change._fields)
    assert (total["value_a"], total["value_b"], total["change"]) == (
        "2155000.00",
        "2165000.00",
        "10000.00",
    )
    assert total["line_a"] == total["line_b"] > 1
    assert found["counts"]["project"] == {"same": 1, "changed": 1, "only_a": 0, "only_b": 0}
    assert {c["kind"] for c in found["changes"]} == {"project", "finding"}
    assert found["a"]["unit_name"] == found["b"]["unit_name"]


def test_a_file_is_the_same_as_its_document_in_the_database(built: BuildResult) -> None:
    shown = run(RAW / f"{CENTRE}.txt", CENTRE, "--db", built.database)
    assert shown.exit_code == 0
    assert "绩效指标 indicators 60 – – –" in " ".join(shown.output.split())


def test_two_units_are_compared_with_a_warning(built: BuildResult) -> None:
    shown = run(BUREAU, CENTRE, "--db", built.database)
    assert shown.exit_code == 1
    assert "two different units" in shown.output
    assert "more with --all" in shown.output
    assert max(map(len, shown.output.splitlines())) <= 100
    everything = run(BUREAU, CENTRE, "--db", built.database, "--all")
    assert "--all" not in everything.output
    assert len(everything.output) > len(shown.output)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ((CENTRE, CENTRE), "same document"),
        ((CENTRE, "jincheng-dispatch-center-2025"), f"documents there are: {CENTRE}"),
        ((RAW / f"{CENTRE}.txt", RAW / ".." / "raw" / f"{CENTRE}.txt"), "same document"),
        ((CENTRE, RAW / "sources.toml"), "sources.toml"),
    ],
)
def test_what_can_not_be_compared_is_said(
    built: BuildResult, names: tuple[str | Path, str | Path], message: str
) -> None:
    shown = run(*names, "--db", built.database)
    assert shown.exit_code == 2
    assert message in shown.output


def test_a_document_without_a_database_is_said(tmp_path: Path) -> None:
    shown = run(CENTRE, "missing.pdf", "--db", tmp_path / NO_DATABASE)
    assert shown.exit_code == 2
    assert "no file" in shown.output and "no database" in shown.output


def test_a_database_of_something_else_is_said(tmp_path: Path) -> None:
    database = tmp_path / "other.duckdb"
    duckdb.connect(str(database)).close()
    shown = run(BUREAU, CENTRE, "--db", database)
    assert shown.exit_code == 2
    assert "run `jcdata build` again" in shown.output


def test_a_file_that_is_not_read_wholly_is_said(versions: tuple[Path, Path]) -> None:
    old, new = versions
    new.write_text(
        new.read_text(encoding="utf-8").replace("216.50\t", "21.6.50\t"), encoding="utf-8"
    )
    shown = run(old, new)
    assert shown.exit_code == 2
    assert "budget.txt:323" in shown.output


def test_a_file_that_no_build_would_take_is_said(versions: tuple[Path, Path]) -> None:
    os.truncate(versions[1], MAX_BYTES + 1)
    shown = run(*versions)
    assert shown.exit_code == 2
    assert "new/budget.txt: larger than 64 MiB" in shown.output


def test_a_fault_of_the_program_is_said(
    versions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("FROM no_such_table")

    monkeypatch.setattr(batches, "fill_check_results", check)
    shown = run(*versions)
    assert shown.exit_code == 2
    assert "budget.txt: a fault of jcdata: Catalog Error" in shown.output


def test_in_python_it_is_a_frame(built: BuildResult, versions: tuple[Path, Path]) -> None:
    frame = jcdata.diff(NO_DATABASE, *versions)
    assert list(frame.columns) == list(Change._fields)
    (change,) = frame[(frame["kind"] == "project") & (frame["field"] == "total")].itertuples()
    assert (change.value_b, change.change, change.matched_by) == ("2165000.00", 10000.0, "name")
    with (
        jcdata.connect(built.database) as db,
        pytest.warns(UserWarning, match="two different units"),
    ):
        stored = jcdata.diff(db, BUREAU, CENTRE)
    assert stored["line_a"].isna().sum() == (stored["name_a"] == "").sum() > 0
    with pytest.raises(ComparisonError, match="no document"):
        jcdata.diff(built.database, BUREAU, "nobody")


def test_a_part_of_an_id_is_enough_if_only_one_has_it(built: BuildResult) -> None:
    shown = run("dispatch", "bureau", "--db", built.database)
    assert shown.exit_code == 1
    assert shown.output == run(CENTRE, BUREAU, "--db", built.database).output
    for a, b, reason in (
        ("jincheng", CENTRE, f"several documents: {CENTRE}, {BUREAU}"),
        ("dispatch", CENTRE, "are the same document"),
        ("dispatch", "centre", "are the same document"),
    ):
        shown = run(a, b, "--db", built.database)
        assert shown.exit_code == 2 and reason in shown.output


def test_documents_that_are_the_same_give_an_empty_frame(built: BuildResult) -> None:
    frame = jcdata.diff(built.database, RAW / f"{CENTRE}.txt", CENTRE)
    assert frame.empty
    assert str(frame["line_a"].dtype) == "Int64"

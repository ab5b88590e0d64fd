"""Former calls do what they did and say so; the new ones and the wrong ones are taken as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import jcdata
from jcdata import paths
from jcdata.deprecations import formerly_by_position, formerly_path_first
from jcdata.pipeline.build import BuildResult


@formerly_path_first("folder")
def export(db: object, folder: object, *, unit: str | None = None) -> tuple[object, ...]:
    """What it was given."""
    return db, folder, unit


@formerly_by_position(2, "clean", "full")
def build(
    raw_dir: str = "raw", db: str = "x.duckdb", *, clean: str = "clean", full: bool = False
) -> tuple[object, ...]:
    """What it was given."""
    return raw_dir, db, clean, full


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of an unusual name, `mine.db`, and a file that is none, `page.html`."""
    monkeypatch.chdir(tmp_path)
    duckdb.connect("mine.db").close()
    Path("page.html").write_text("<p>longer than any sign of a database</p>", encoding="utf-8")


CONNECTION = object()  # what is no path is one
Call = Callable[[], Any]


@pytest.mark.parametrize(
    ("call", "given"),
    [
        (lambda: export(CONNECTION, "out"), (CONNECTION, "out", None)),
        (lambda: export(CONNECTION, folder="out", unit="u"), (CONNECTION, "out", "u")),
        (lambda: export(folder="out", db="mine.db"), ("mine.db", "out", None)),
        (lambda: export("none.duckdb", "page.html"), ("none.duckdb", "page.html", None)),
        (lambda: export("none.duckdb", folder="none.db"), ("none.duckdb", "none.db", None)),
        (lambda: export(Path("mine.db"), "page.html"), (Path("mine.db"), "page.html", None)),
        (lambda: export("none.db", "out"), ("none.db", "out", None)),
        (lambda: export("mine.db", "copy.duckdb"), ("mine.db", "copy.duckdb", None)),
        (lambda: build("my", "my.duckdb", clean="c"), ("my", "my.duckdb", "c", False)),
    ],
)
def test_a_call_of_today_is_taken_as_it_is(call: Call, given: tuple[object, ...]) -> None:
    assert call() == given


@pytest.mark.parametrize(
    ("call", "given", "instead"),
    [
        (lambda: export("out"), (paths.DATABASE, "out", None), r"export\(db, folder\)"),
        (
            lambda: export(Path("page.html"), unit="u"),
            (paths.DATABASE, Path("page.html"), "u"),
            "export",
        ),
        (lambda: export(folder="out"), (paths.DATABASE, "out", None), "export"),
        (lambda: export("out", db=CONNECTION), (CONNECTION, "out", None), "export"),
        (lambda: export("out", CONNECTION, unit="u"), (CONNECTION, "out", "u"), "export"),
        (lambda: export("out", "none.duckdb"), ("none.duckdb", "out", None), "export"),
        (lambda: export("page.html", "mine.db"), ("mine.db", "page.html", None), "export"),
        (
            lambda: build("my", "my.duckdb", "c"),
            ("my", "my.duckdb", "c", False),
            r"build\(\.\.\., clean=\.\.\.\)",
        ),
        (
            lambda: build("my", "my.duckdb", "c", True),
            ("my", "my.duckdb", "c", True),
            "clean=.*, full=",
        ),
        (
            lambda: build("my", "my.duckdb", "c", full=True),
            ("my", "my.duckdb", "c", True),
            "clean=",
        ),
    ],
)
def test_a_former_call_does_what_it_did_and_says_so(
    call: Call, given: tuple[object, ...], instead: str
) -> None:
    with pytest.warns(DeprecationWarning, match=rf"write jcdata\..*{instead}.*原写法") as warned:
        assert call() == given
    assert [warning.filename for warning in warned] == [__file__]


@pytest.mark.parametrize(
    "call",
    [
        lambda: export(),
        lambda: export(db=CONNECTION),
        lambda: export(CONNECTION),
        lambda: export("none.duckdb"),  # it is not to be overwritten
        lambda: export("mine.db"),
        lambda: export("mine.db", db=CONNECTION),
        lambda: export("out", "none.duckdb", "u"),
        lambda: build("my", "my.duckdb", "c", True, 1),
    ],
)
def test_a_call_that_never_was_right_is_an_error(call: Call) -> None:
    with pytest.raises(TypeError, match=r"argument|takes"):
        call()


def test_the_public_functions_take_both_orders(built: BuildResult, tmp_path: Path) -> None:
    outputs = {
        jcdata.report: "x.html",
        jcdata.export_workbook: "x.xlsx",
        jcdata.export_package: "package",
    }
    for function, name in outputs.items():
        with pytest.warns(DeprecationWarning, match=rf"write jcdata\.{function.__name__}\(db, "):
            function(tmp_path / name, built.database)
        assert (tmp_path / name).exists()
        function(built.database, tmp_path / name)


def test_the_former_call_of_the_usual_database(built: BuildResult, tmp_path: Path) -> None:
    paths.DATABASE.parent.mkdir()
    paths.DATABASE.write_bytes(built.database.read_bytes())
    with pytest.warns(DeprecationWarning, match="report"):
        jcdata.report("x.html", year=2023)
    assert "<article" in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_the_former_call_of_build(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.warns(DeprecationWarning, match=r"build\(\.\.\., clean=\.\.\., corrected=\.\.\.\)"):
        jcdata.build(tmp_path / "raw", tmp_path / "x.duckdb", None, True)
    assert (tmp_path / "x.duckdb").exists() and not paths.CLEAN_DIR.exists()


def test_the_former_calls_end_with_version_0_2() -> None:
    assert jcdata.__version__.startswith("0.1."), (
        "remove jcdata/deprecations.py with its decorators and this file"
    )

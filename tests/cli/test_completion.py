from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from jcdata.pipeline.build import BuildResult
from tests.making.checkout import CENTRE, ROOT


def completed(*words: str | Path) -> list[str]:
    """What a shell is told that a command line could go on with."""
    asked = {
        "_JCDATA_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_ARGS": " ".join(["jcdata", *map(str, words)]),
        "PYTHONPATH": str(ROOT),
    }
    code = "import sys; sys.argv = ['jcdata']; from jcdata.cli.commands import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | asked, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return [line.partition("\t")[0] for line in done.stdout.split("\n") if line]


def test_documents_units_and_years_are_completed_from_the_database(built: BuildResult) -> None:
    at = ("--db", built.database)
    assert CENTRE in completed("explain", *at, CENTRE[:2])
    assert completed("report", *at, "--year", "20") == ["2023", "2025"]
    assert completed("report", *at, "--unit", "晋城")[0] == "晋城市应急管理局"


def test_without_a_database_nothing_is_completed(tmp_path: Path) -> None:
    assert completed("explain", "--db", tmp_path / "none.duckdb", "b") == []

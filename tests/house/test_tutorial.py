"""Every command of the tutorial runs in its order and prints what the page shows; the page is the same in both languages."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.making.checkout import ROOT

DOCS = ROOT / "docs"
LANGUAGES = ("en", "zh")
LEFT_OUT = "…"


class Step(NamedTuple):
    """What a page says to run, in a shell or in Python, and the lines that it shows of what is printed."""

    run: str
    is_python: bool
    shown: list[str]


def steps(page: str) -> list[Step]:
    """The steps of a page in their order: commands behind `$`, code of Python with the text below it."""
    found = []
    for block in re.finditer(
        r"```(console|python)\n(.*?)```(?:\n\n```text\n(.*?)```)?", page, re.S
    ):
        if block[1] == "python":
            found.append(Step(block[2], True, (block[3] or "").splitlines()))
        else:
            for command in re.split(r"(?m)^\$ ", block[2])[1:]:
                run, *shown = command.splitlines()
                found.append(Step(run, False, shown))
    return found


def page(language: str) -> str:
    return (DOCS / language / "tutorial.md").read_text(encoding="utf-8")


def printed(step: Step, folder: Path) -> str:
    """What a step prints, results and errors together, in a wide terminal."""
    python = [sys.executable, "-X", "utf8"]
    arguments = ["-c", step.run] if step.is_python else ["-m", *shlex.split(step.run)]
    done = subprocess.run(
        [*python, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=os.environ | {"COLUMNS": "100"},
        check=False,
    )
    return done.stdout


def not_printed(step: Step, output: str) -> list[str]:
    """The lines that a page shows and the output lacks at their place; white space does not count."""
    rest = iter([" ".join(line.split()) for line in output.splitlines()])
    shown = (" ".join(line.split()) for line in step.shown if line != LEFT_OUT)
    return [line for line in shown if line not in rest]


def test_every_step_prints_what_the_page_shows(tmp_path: Path) -> None:
    shutil.copytree(DOCS / "example", tmp_path / "documents")
    wrong = {
        step.run: lines
        for step in steps(page("en"))
        if (lines := not_printed(step, printed(step, tmp_path)))
    }
    assert wrong == {}
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {"documents", "data", "report.html", "figures.xlsx", "package"}


def test_the_page_shows_the_same_in_both_languages() -> None:
    english, chinese = map(steps, map(page, LANGUAGES))
    assert english == chinese and len(english) >= 10


def test_a_line_that_is_not_printed_is_found() -> None:
    step = Step("jcdata x", False, ["a  b", LEFT_OUT, "d", "c"])
    assert not_printed(step, "a b\nc\nd\n") == ["c"]

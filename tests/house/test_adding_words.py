"""The changes of docs/en/adding-words.md, made in a copy of the package, have the document of the page read as it says."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.making.checkout import ROOT

PAGES = {
    language: (ROOT / "docs" / language / "adding-words.md").read_text(encoding="utf-8")
    for language in ("en", "zh")
}
QUERY = "SELECT item_code, item_name, measure, amount_yuan FROM budget_lines ORDER BY row_no"


def blocks(page: str, kind: str) -> list[str]:
    """The blocks of code of a kind on a page."""
    return re.findall(rf"```{kind}\n(.*?)```", page, re.S)


def rows_shown(page: str) -> list[list[str]]:
    table = page.partition("| item_code |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table]


def changed(folder: Path, change: str) -> None:
    """Make a change that the page shows in a copy of the package; its old lines must stand there once."""
    name, *lines = change.removeprefix("--- ").splitlines()
    old, new = (
        "\n".join(line[1:] for line in lines if line[0] in (" ", sign)) for sign in ("-", "+")
    )
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert content.count(f"{old}\n") == 1, old
    path.write_text(content.replace(f"{old}\n", f"{new}\n"), encoding="utf-8")


def rows_read(folder: Path) -> list[list[str]]:
    """The budget lines that the copy of the package reads from the document."""
    for arguments in (["build", "documents", "--full"], ["sql", "--csv", QUERY]):
        done = subprocess.run(
            [sys.executable, "-m", "jcdata", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
            check=True,
        )
    return list(csv.reader(done.stdout.splitlines()))[1:]


def test_the_changes_have_the_document_read_as_the_page_says(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "jcdata", tmp_path / "jcdata", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "documents").mkdir()
    (text,) = blocks(PAGES["en"], "text")
    (tmp_path / "documents" / "example.txt").write_text(text, encoding="utf-8")
    assert rows_read(tmp_path) == []
    changes = blocks(PAGES["en"], "diff")
    assert len(changes) == 3
    for change in changes:
        changed(tmp_path, change)
    assert sorted(rows_read(tmp_path)) == sorted(rows_shown(PAGES["en"]))


def test_the_page_shows_the_same_in_both_languages() -> None:
    english, chinese = PAGES.values()
    for kind in ("text", "diff"):
        assert blocks(english, kind) == blocks(chinese, kind)
    assert rows_shown(english) == rows_shown(chinese) != []

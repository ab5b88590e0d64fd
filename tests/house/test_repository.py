"""What must not be in the repository: private numbers, paths of one machine, addresses, results, large files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.making.checkout import ROOT

MAX_BYTES = 5_000_000
MAX_PICTURE_BYTES = 150_000
ONLY_ELSEWHERE = {"uv.lock", "pylock.toml"}  # they name the index of the machine that made them

# Written so that no pattern matches itself.
FORBIDDEN = {
    "telephone number": r"(?<![\w.,])(?:1[3-9]\d{9}|0\d{2,3}[-—]\d{7,8}|[48]00-\d{3}-?\d{4})(?![\w.,])",
    "path of one machine": r"(?<![\w.])/(?:home|root|Users|work|workspace|mnt|Volumes)/\w|\b[A-Z]:\\\w|file:/{2}",
    "package index": r"(?i)pypi\.[a-z]|python[h]osted|\banaconda\.[a-z]|\bindex[-_]ur[l]|trusted-hos[t]",
}


def tracked_files() -> list[Path]:
    """The files that git has or would add; all files where the tree is no clone."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = (
            subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
            .stdout.decode()
            .split("\0")
        )
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file()]


def find_forbidden(what: str, content: str) -> list[str]:
    """The lines of a text in which something forbidden stands, numbered."""
    pattern = re.compile(FORBIDDEN[what])
    return [
        f"{no}: {line.strip()[:120]}"
        for no, line in enumerate(content.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_text_holds_what_must_not_leave(what: str) -> None:
    raw = ROOT / "data" / "raw"  # published documents, kept as they are
    found = {
        str(path.relative_to(ROOT)): lines
        for path in tracked_files()
        if not path.is_relative_to(raw)
        and (lines := find_forbidden(what, path.read_text("utf-8", errors="ignore")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("telephone number", "电话:" + "138" + "1234" * 2),
        ("telephone number", "0356" + "-" + "1234567"),
        ("path of one machine", "open('" + "/home" + "/someone/data')"),
        ("path of one machine", "C:" + r"\Users"),
        ("package index", "https://" + "pypi" + ".org/simple"),
        ("package index", "index" + "-url = https://mirror.example"),
    ],
)
def test_forbidden_text_is_found(what: str, text: str) -> None:
    assert find_forbidden(what, text) == [f"1: {text}"]


def test_no_large_file_and_no_foreign_lock() -> None:
    files = tracked_files()
    assert [
        str(path)
        for path in files
        if path.stat().st_size > MAX_BYTES or path.name in ONLY_ELSEWHERE
    ] == []


def test_pictures_are_small_and_shown_with_words_in_both_languages() -> None:
    names = {path.name for path in (ROOT / "docs" / "images").iterdir()}
    assert names and all(
        (ROOT / "docs" / "images" / name).stat().st_size < MAX_PICTURE_BYTES for name in names
    )
    for language, readme in (("en", "README.md"), ("zh", "README.zh-CN.md")):
        shown = pictures_shown(ROOT / readme)
        assert len(shown) == 3, readme
        pages = (ROOT / "docs" / language).iterdir()
        assert shown.union(*map(pictures_shown, pages)) == names, language


def pictures_shown(page: Path) -> set[str]:
    """The names of the pictures that a page shows, each with words that say what is in it."""
    pattern = r"!\[.{20,}\]\((?:docs|\.\.)/images/(.*)\)"
    return set(re.findall(pattern, page.read_text(encoding="utf-8")))


def test_notebooks_are_kept_without_results() -> None:
    for path in tracked_files():
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), (
                path
            )

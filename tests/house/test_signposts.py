"""Where things are: documents name each folder of the package and nothing that is not there, tests stand in the same folders."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.making.checkout import ROOT

PACKAGE = ROOT / "jcdata"
FILES = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
FOLDERS = sorted({path.relative_to(PACKAGE).parts[0] for path in FILES if path.parent != PACKAGE})
OPERANDS = sorted(path.stem for path in (PACKAGE / "sql" / "checks" / "operands").iterdir())

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

# Between backticks or brackets: with a slash inside, or a file at the root
PATH = re.compile(r"[\w.*-]+/[\w./*-]*|[\w-]+\.(?:md|toml|yml)")


def named_paths(text: str) -> Iterator[str]:
    """The paths from the root of the checkout that a Markdown text names, as code or as the target of a link."""
    for code, target in re.findall(r"`([^`\n]+)`|\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if PATH.fullmatch(name := code or target):
            yield name


def missing_paths(text: str) -> list[str]:
    """Those of them to which nothing leads; `*` stands for any part of a name."""
    return [name for name in named_paths(text) if not any(ROOT.glob(name.rstrip("/")))]


def anchors(text: str) -> set[str]:
    """What the headings of a Markdown text are called in links."""
    return {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")
        for title in re.findall(r"(?m)^#+ (.+)$", text)
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_contributing_names_each_folder(folder: str) -> None:
    assert f"jcdata/{folder}" in {
        "/".join(name.split("/")[:2]) for name in named_paths(CONTRIBUTING)
    }


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_pages_on_the_code_name_each_folder(language: str, folder: str) -> None:
    page = ROOT / "docs" / language / "code.md"
    assert re.search(rf"(?m)^    (?:\w+/  )*{folder}/  ", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "SECURITY.md"])
def test_paths_lead_somewhere(document: str) -> None:
    assert missing_paths((ROOT / document).read_text(encoding="utf-8")) == []


def test_missing_path_is_found() -> None:
    text = "`jcdata/specs/*.toml` [here](docs/sql.md#top) `jcdata/nowhere.py`, `none/*` [there](NONE.md) `/`, `a b/c`, `--x`"
    assert missing_paths(text) == ["jcdata/nowhere.py", "none/*", "NONE.md"]


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "README.md", "README.zh-CN.md"])
def test_links_lead_to_headings_of_contributing(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    pattern = (
        r"\]\((?:CONTRIBUTING\.md)?#([^)]+)\)"
        if document == "CONTRIBUTING.md"
        else r"\]\(CONTRIBUTING\.md#([^)]+)\)"
    )
    linked = re.findall(pattern, text)
    assert linked and set(linked) <= anchors(CONTRIBUTING)


def test_contributing_names_each_table_that_checks_share() -> None:
    rows = CONTRIBUTING.partition("| operands |")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"`(\w+)`", rows)) == OPERANDS


def test_tests_stand_in_the_folders_of_the_package() -> None:
    tests = ROOT / "tests"
    folders = {
        path.parent.relative_to(PACKAGE).as_posix() for path in FILES if path.suffix == ".py"
    }
    found = {path.parent.relative_to(tests).as_posix() for path in tests.rglob("test_*.py")}
    assert found - folders <= {"whole", "house", "making"}
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    assert {path.stem.removeprefix("test_") for path in tests.glob("test_*.py")} <= modules

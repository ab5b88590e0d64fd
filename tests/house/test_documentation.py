"""The documentation: its links lead somewhere, what is made is current, both languages have the same pages, the site works from a folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.making import reference_pages
from tests.making.checkout import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
LANGUAGES = ("en", "zh")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
CHINESE = r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]"


def broken_commands(text: str) -> list[str]:
    """The commands of a Markdown text that Markdown would fold into a sentence: neither indented nor between fences."""
    return re.findall(r"(?m)^jcdata .*", re.sub(r"```.*?```", "", text, flags=re.S))


def anchors(text: str) -> set[str]:
    """What the headings of a Markdown text are called in links, as code hosts and the site do it."""
    headings = re.findall(r"(?m)^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.S))
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings}


def dead_links(path: Path, text: str) -> list[str]:
    """The links of a page to files, or to headings of pages, that are not there."""
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", CODE.sub("", text)):
        name, _, anchor = target.partition("#")
        if "://" in name:
            continue
        other = path.parent / name if name else path
        linked = (
            text
            if not name
            else other.read_text("utf-8")
            if other.suffix == ".md" and other.is_file()
            else ""
        )
        if not other.exists() or (anchor and anchor not in anchors(linked)):
            dead.append(target)
    return dead


@pytest.mark.parametrize(
    "path",
    [*PAGES, *READMES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert dead_links(path, text) == []
    if path in PAGES:  # what the site doesn't have
        outside = re.findall(r"\]\((?:\.\./)+(?!en/|zh/|images/|example/)([^)]*/[^)]*)\)", text)
        assert outside == []


def test_a_dead_link_is_found() -> None:
    text = "# Here it is\n[a](none.md) [b](CONTRIBUTING.md#none) [c](#here-it-is) [d](#nowhere) `[e](f)` [g](https://example.org/)"
    assert dead_links(ROOT / "README.md", text) == ["none.md", "CONTRIBUTING.md#none", "#nowhere"]


@pytest.mark.parametrize(
    "path", [*PAGES, *READMES], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_commands_stand_in_blocks(path: Path) -> None:
    assert broken_commands(path.read_text(encoding="utf-8")) == []


def test_a_command_outside_a_block_is_found() -> None:
    text = "jcdata check\n    jcdata diff a b\n\n```\njcdata sql\n```\n"
    assert broken_commands(text) == ["jcdata check"]


@pytest.mark.parametrize("path", reference_pages.PAGES)
def test_pages_that_are_made_are_current(path: str) -> None:
    made = reference_pages.text_of(path)
    assert (DOCS / path).read_text(encoding="utf-8") == made, "run `make reference`"


def test_each_check_is_in_the_catalogue_with_its_words() -> None:
    import jcdata

    english, chinese = (
        (DOCS / language / "checks.md").read_text("utf-8") for language in LANGUAGES
    )
    for spec in jcdata.check_specs():
        assert f"### {spec.key}\n\n**{spec.title}**" in english and spec.message in english
        assert f"### {spec.key}\n\n**{spec.title_zh}**" in chinese and spec.message_zh in chinese


def test_both_languages_have_the_same_pages() -> None:
    english, chinese = (
        {path.name for path in (DOCS / language).iterdir()} for language in LANGUAGES
    )
    assert english == chinese


def test_both_languages_give_the_same_measurements() -> None:
    english, chinese = (
        re.findall(r"(?m)^\| \d.*$", (DOCS / language / "scaling.md").read_text("utf-8"))
        for language in LANGUAGES
    )
    assert english == chinese != []


def test_chinese_is_not_broken_where_a_browser_would_show_a_blank() -> None:
    broken = {
        path.name: found
        for path in [*(DOCS / "zh").iterdir()]
        if (
            found := re.findall(
                rf"{CHINESE}\n {{0,3}}{CHINESE}", CODE.sub("", path.read_text("utf-8"))
            )
        )
    }
    assert broken == {}


def nav_pages(entries: list[dict[str, object]]) -> Iterator[str]:
    for entry in entries:
        for below in entry.values():
            if isinstance(below, list):
                yield from nav_pages(below)
            else:
                yield str(below)


def test_each_page_stands_once_in_the_navigation() -> None:
    config = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    named = sorted(nav_pages(config["project"]["nav"]))
    assert named == sorted(path.relative_to(DOCS).as_posix() for path in PAGES)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, made in a copy of what they are made of; a link that leads nowhere would fail this."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(ROOT / "zensical.toml", folder)
    shutil.copytree(DOCS, folder / "docs")
    subprocess.run([sys.executable, "-m", "zensical", "build", "--strict"], cwd=folder, check=True)
    return folder / "build" / "docs"


def test_the_site_asks_for_nothing_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) == len(PAGES) + 1  # and the one for an address that is not there
    for path in pages:
        sources = re.findall(
            r"""(?:src|<link[^>]*href)=["'](?:https?:)?//[^"']*""", path.read_text("utf-8")
        )
        assert sources == [], path.name


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["index", "zh/tutorial", "en/checks", "zh/tables", "glossary"])
def test_pages_fit_the_screen_in_their_language(
    page: Page, site: Path, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == ("en" if name.startswith("en/") else "zh")


@pytest.mark.parametrize(
    ("asked", "title"), [("三公经费", "三公"), ("上年结转", "结转"), ("carry-over", "carry")]
)
def test_the_search_finds_words_without_a_server(
    page: Page, site: Path, asked: str, title: str
) -> None:
    page.goto((site / "index.html").as_uri())
    found = page.locator("[role=listbox] a", has_text=re.compile(title, re.I))
    assert found.count() == 0
    page.keyboard.press("/")
    page.locator("input:visible").fill(asked)
    found.first.wait_for()

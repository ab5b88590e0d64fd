"""Pages of the site are valid HTML, and axe-core finds nothing in them that keeps anybody out."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

import jcdata
from jcdata.pipeline.build import BuildResult
from jcdata.website import addresses
from tests.making.checkout import BUREAU, CENTRE

SETTLED = "#status:not(:empty):not(:has-text('…'))"


@pytest.fixture(scope="module")
def site(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    jcdata.site(built.database, folder, jobs=1)
    return folder


def pages_of(site: Path) -> list[Path]:
    """A page of each kind."""
    bureau, centre = (site / addresses.document_folder(name) for name in (BUREAU, CENTRE))
    kinds = ("index", "table-expenditure", "lines-1", "form-1")
    return [
        site / "index.html",
        min((site / "units").iterdir()),
        site / addresses.code_page("2240101"),
        site / "codes" / "index.html",
        site / "downloads" / "index.html",
        *(bureau / f"{kind}.html" for kind in kinds),
        min(bureau.glob("finding-*.html")),
        min(centre.glob("printed-*.html")),
    ]


def faults(page: Page) -> list[str]:
    """What axe-core finds in a page, with the first element of each."""
    # Without `preload` it would ask for the style again, which the policy of the page forbids.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found]


def test_html_is_valid(site: Path) -> None:
    for path in site.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(path.read_text("utf-8"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("zh", 360), ("en", 1280), ("zh", 1920)])
def test_nobody_is_kept_out(page: Page, site: Path, theme: str, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / "index.html").as_uri())
    page.locator(f"#{language}").check()
    page.locator(f"#{theme}").check()
    page.goto((site / "index.html").as_uri() + "?q=培训费")
    page.wait_for_selector(SETTLED)
    assert page.locator(".hit").count() and faults(page) == []
    for path in pages_of(site):
        page.goto(path.as_uri())
        assert faults(page) == [], path.name

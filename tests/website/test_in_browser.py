"""The site as people use it, opened from the disk: search, citations, sorting, both languages, phone and paper.

The fixture `page` fails a test whose page logs an error or asks for anything that is not on this machine.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

import jcdata
from jcdata.pipeline.build import BuildResult, build_database
from jcdata.website import addresses
from tests.making.browser import undrawn
from tests.making.checkout import BUREAU, RAW

FOUND = "#status:not(:empty):not(:has-text('…'))"
GROUND = "() => getComputedStyle(document.body).backgroundColor"
OPEN_ALL = "() => document.querySelectorAll('details').forEach(details => details.open = true)"
WIDTH = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def site(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "网站 #1"
    jcdata.site(built.database, folder, files=RAW, jobs=1)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """The address of a page of each kind."""
    bureau = site / addresses.document_folder(BUREAU)
    found = {
        "home": site / "index.html",
        "unit": next((site / "units").iterdir()),
        "code": site / addresses.code_page("2240101"),
        "codes": site / "codes" / "index.html",
        "downloads": site / "downloads" / "index.html",
        "document": bureau / "index.html",
        "table": bureau / addresses.table_page("expenditure"),
        "lines": bureau / "lines-1.html",
        "project": bureau / addresses.form_page(1),
        "finding": min(bureau.glob("finding-*.html")),
        "printed": min((site / "documents").glob("*/printed-*.html")),
    }
    return {kind: path.as_uri() for kind, path in found.items()}


def search(page: Page, home: str, asked: str, **filters: str) -> list[str]:
    """The text of each place that the search finds."""
    page.goto(home)
    for name, value in filters.items():
        page.locator(f"select[name={name}]").select_option(value)
    page.fill("#q", asked)
    page.press("#q", "Enter")
    page.wait_for_selector(FOUND)
    return page.locator(".hit").all_inner_texts()


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("航空应急救援服务费", "航空应急救援服务费"),  # a project
        ("机关事业单位职业年金缴费支出", "机关事业单位职业年金缴费支出"),  # an item
        ("4727.11", "4,727.11"),
        ("4,727.11万元", "4,727.11"),
        ("47271100", "4,727.11"),
        ("８８．３４％", "88.34%"),
        ("应急管理局 2023 培训费", "培训费"),
    ],
)
def test_what_is_asked_for_is_one_click_from_its_line(
    page: Page, pages: dict[str, str], asked: str, printed: str
) -> None:
    hits = search(page, pages["home"], asked)
    assert hits
    page.locator(".hit").first.click()
    line = page.locator("li:target")
    text = line.inner_text()
    following = line.locator("xpath=following-sibling::li[1]")
    whole = text + (following.inner_text() if following.count() else "")
    assert printed in whole or "47271100" in whole.replace(",", "")
    box = line.bounding_box()
    assert box is not None and 0 < box["y"] < 1000


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a share and a negative amount of the same digits as an amount of their line."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text(
        "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        "合计 100.00 100.00\n201 一般公共服务支出 105.00 105.00\n202 外交支出 -5 -5\n"
        "第三部分 情况说明\n2031年支出预算100万元，其中基本支出100万元，占100%。\n",
        encoding="utf-8",
    )
    built = build_database(folder / "raw", folder / "jcdata.duckdb", folder / "clean")
    jcdata.site(built.database, folder / "site", jobs=1)
    return folder / "site"


@pytest.mark.parametrize(
    ("asked", "printed"), [("100%", "占100%"), ("-5", "外交支出"), ("−5", "外交支出")]
)
def test_a_figure_is_found_where_an_amount_has_the_same_digits(
    page: Page, small_site: Path, asked: str, printed: str
) -> None:
    hits = search(page, (small_site / "index.html").as_uri(), asked)
    assert len(hits) == 1 and printed in hits[0]


@pytest.mark.parametrize(
    "missing", ["search/documents.js", "search/shard-*.js", "documents/*/search-0.js"]
)
def test_an_index_that_can_not_be_read_is_said(
    page: Page, small_site: Path, tmp_path: Path, missing: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(small_site, site)
    for path in site.glob(missing):
        path.unlink()
    assert page.context.browser is not None
    context = page.context.browser.new_context(locale="zh-CN")
    other = context.new_page()
    other.goto(f"{(site / 'index.html').as_uri()}?q=外交支出")
    other.wait_for_selector("#status:has-text('索引无法读取。')")
    context.close()


def test_words_are_found_where_a_line_ends_in_them(page: Page, pages: dict[str, str]) -> None:
    text = next(
        f"{a.strip()[-4:]}{b.strip()[:4]}"
        for a, b in zip(*(lambda lines: (lines, lines[1:]))(
            (RAW / f"{BUREAU}.txt").read_text("utf-8").splitlines()), strict=False)
        if len(a.strip()) > 30 and len(b.strip()) > 30 and a.strip()[-4:].isalpha() and b.strip()[:4].isalpha()
    )  # fmt: skip
    assert search(page, pages["home"], text)


def test_nothing_is_found_where_nothing_is(page: Page, pages: dict[str, str]) -> None:
    assert search(page, pages["home"], "没有印过的字句") == []
    assert page.inner_text("#status") == "没有找到。"
    assert search(page, pages["home"], "123456789.01") == []
    assert search(page, pages["home"], "字") == []


def test_filters_leave_documents_out(page: Page, pages: dict[str, str]) -> None:
    everywhere = search(page, pages["home"], "培训费")
    one_year = search(page, pages["home"], "培训费", year="2025")
    assert 0 < len(one_year) < len(everywhere)
    assert page.locator("[data-unit]:visible").count() <= 1
    assert search(page, pages["home"], "培训费", kind="1") == []


def test_a_query_stands_in_an_address(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["table"])
    page.fill("#find", "培训费")
    page.press("#find", "Enter")
    page.wait_for_selector(FOUND)
    assert page.locator(".hit").count() > 3 and page.input_value("#q") == "培训费"


def test_a_table_is_sorted_with_the_keyboard(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["table"])
    button = page.locator("th button", has_text="合计")
    column = "table.sortable tbody tr td.number:nth-of-type(2)"
    values = []
    for order in ("descending", "ascending"):
        button.press("Enter")
        assert page.locator(f"th[aria-sort={order}]").count() == 1
        values.append([t for t in page.locator(column).all_inner_texts() if t])
    numbers = [float(text.replace(",", "")) for text in values[0]]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) > 10
    assert [float(text.replace(",", "")) for text in values[1]] == sorted(numbers)


def test_a_citation_names_all_that_it_needs(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["table"])
    page.locator("tr:has-text('行政运行') .place a").first.click()
    said = page.inner_text("#said")
    for part in (
        "晋城市应急管理局",
        "2023年预算",
        "预算支出总表",
        "行政运行",
        "原文第",
        "SHA-256",
        "#l",
    ):
        assert part in said
    assert page.url in said
    assert page.locator("tr:target").count() == 1


def test_language_and_theme_are_remembered(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["document"])
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.locator("#en").check()
    page.locator("#dark").check()
    page.goto(pages["table"])
    assert page.get_attribute("html", "lang") == "en"
    assert page.locator(".zh:visible").count() == 0
    assert page.evaluate(GROUND) != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert page.locator(".settings:visible, .find:visible").count() == 0


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_no_page_scrolls_sideways(page: Page, pages: dict[str, str], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for kind, address in pages.items():
        page.goto(address)
        for language in ("zh", "en"):
            page.locator(f"#{language}").check()
            page.evaluate(OPEN_ALL)
            assert page.evaluate(WIDTH) <= 0, (kind, language)


def test_every_character_is_drawn(page: Page, pages: dict[str, str]) -> None:
    for address in pages.values():
        page.goto(address)
        assert undrawn(page, page.inner_text("body")) == []


def test_without_script_everything_but_the_search_is_there(
    page: Page, pages: dict[str, str]
) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(pages["home"])
    assert plain.locator("[data-unit] a").first.is_visible()
    assert plain.locator("noscript").count() == 1
    plain.goto(pages["table"])
    assert "SHA-256" in plain.inner_text("#citation")
    assert plain.locator(".quote, button[data-download]:visible").count() == 0
    plain.locator("td .figure").first.click()
    assert plain.locator("li:target").count() == 1
    context.close()

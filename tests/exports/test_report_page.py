"""The report as people see it, opened from a file: with the keyboard, in both languages and themes, on a phone, on paper.

The fixture `page` fails a test whose page logs an error or asks for anything that is not on this machine.
"""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.browser import undrawn

# The smallest contrast of text with its ground, as WCAG 2 computes it, and the text. What is hidden does not count.
CONTRAST = """() => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number)
    const luminance = colour => {
        const [r, g, b] = channels(colour).slice(0, 3).map(c => c / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const ground = element => {
        for (; element; element = element.parentElement) {
            const colour = getComputedStyle(element).backgroundColor
            if (channels(colour)[3] !== 0) return colour
        }
        return "rgb(255, 255, 255)"
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let worst = [21, ""], count = 0
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement
        if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue
        const [a, b] = [getComputedStyle(element).color, ground(element)].map(luminance)
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
        if (contrast < worst[0]) worst = [contrast, texts.currentNode.data.trim()]
        count += 1
    }
    return [...worst, count]
}"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach(details => details.open = true)"
OVERFLOWING = """() => [document.documentElement, ...document.querySelectorAll(".scroll")]
    .filter(element => element.scrollWidth > element.clientWidth).map(element => element.innerText.slice(0, 60))"""
GROUND = "() => getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def address(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the report of the two real documents stands."""
    path = tmp_path_factory.mktemp("report") / "报告.html"
    jcdata.report(built.database, path)
    return path.as_uri()


@pytest.fixture
def report(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def press(element: Locator, key: str) -> None:
    element.focus()
    element.press(key)


def test_chinese_comes_first_and_every_character_is_drawn(report: Page) -> None:
    assert report.inner_text("h1") == "预算公开数据报告"
    assert "Budget" not in report.inner_text("main")
    assert undrawn(report, report.inner_text("body")) == []


def test_the_language_is_switched_with_the_keyboard(report: Page) -> None:
    press(report.locator("#zh"), "ArrowRight")
    assert report.inner_text("h1") == "Budget disclosure report"
    assert (
        report.locator(".zh:visible").count() == 0 and report.locator(".en:visible").count() > 100
    )
    press(report.locator("#en"), "ArrowLeft")
    assert report.inner_text("h1") == "预算公开数据报告"


def test_the_theme_is_switched_with_the_keyboard(report: Page) -> None:
    assert report.evaluate(GROUND) == "rgb(255, 255, 255)"
    press(report.locator("#light"), "ArrowRight")
    dark = report.evaluate(GROUND)
    assert dark != "rgb(255, 255, 255)"
    press(report.locator("#auto"), "Space")
    report.emulate_media(color_scheme="dark")
    assert report.evaluate(GROUND) == dark
    press(report.locator("#auto"), "ArrowRight")
    assert report.evaluate(GROUND) == "rgb(255, 255, 255)"


def test_the_first_key_leads_past_the_settings(report: Page) -> None:
    report.keyboard.press("Tab")
    skip = report.locator(":focus")
    box = skip.bounding_box()
    assert skip.inner_text() == "跳到正文" and box is not None and box["x"] >= 0
    skip.press("Enter")
    report.keyboard.press("Tab")
    assert report.locator("main :focus").count() == 1


def test_focus_is_seen(report: Page) -> None:
    link = report.locator(".figure").first
    report.locator("#dark").focus()
    report.keyboard.press("Tab")
    assert link.evaluate("link => document.activeElement.matches(':focus-visible')")
    outline = report.evaluate("() => getComputedStyle(document.activeElement).outline")
    assert "solid 3px" in outline


@pytest.mark.parametrize("figure", ["4,727.11", "88.34%", "+1,148.93", "215.10"])
def test_a_figure_leads_to_its_line_and_back(report: Page, figure: str) -> None:
    link = report.locator(f"article .figure:text-is('{figure}'):visible").first
    press(link, "Enter")
    line = report.locator(":target")
    plain = re.sub(r"[+,]", "", figure)
    printed = line.inner_text().replace(",", "")
    assert plain in printed or f"{float(plain.rstrip('%')) * 10_000:.0f}" in printed
    box = line.bounding_box()
    assert box is not None and 0 < box["y"] < 900
    assert line.evaluate("line => getComputedStyle(line).backgroundColor") != "rgba(0, 0, 0, 0)"
    report.go_back()
    assert report.locator(":target").count() == 0
    back = link.bounding_box()
    assert back is not None and 0 <= back["y"] < 1000


def test_what_is_folded_opens_with_the_keyboard(report: Page) -> None:
    folded = report.locator("details:has(table)").first
    assert not folded.locator("table").is_visible()
    press(folded.locator("summary"), "Enter")
    assert folded.locator("table").is_visible()


def test_documents_and_findings_are_chosen_without_script(report: Page) -> None:
    shown = report.locator("article:visible, .comparison tbody tr:visible")
    findings = report.locator(".findings li:visible")
    every = findings.count()
    assert shown.count() == 4 and report.locator(".findings .info:visible").count() > 0
    report.locator("#by-severity").select_option(label="警告 warning（26）")
    assert 0 < findings.count() < every
    assert {item.get_attribute("class") for item in findings.all()} == {"warning"}
    report.locator("#by-year").select_option(label="2025（1）")
    assert shown.count() == 2 and report.locator("#d1").is_hidden()
    report.locator("#by-unit").select_option(label="晋城市应急管理局（1）")
    assert shown.count() == 0
    report.goto(report.url + "#d1-figures")  # a link leads there all the same
    assert report.locator("#d1").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_stands_out_from_its_ground(report: Page, theme: str, language: str) -> None:
    report.locator(f"#{theme}").check()
    report.locator(f"#{language}").check()
    report.evaluate(OPEN_ALL)
    contrast, said, count = report.evaluate(CONTRAST)
    assert count > 1500 and contrast >= 4.5, said
    report.goto(report.url.split("#")[0] + report.locator(".figure").first.get_attribute("href"))
    contrast, said, _ = report.evaluate(CONTRAST)
    assert contrast >= 4.5, said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_scrolls_only_down(report: Page, language: str) -> None:
    report.set_viewport_size({"width": 360, "height": 780})
    report.locator(f"#{language}").check()
    report.evaluate(OPEN_ALL)
    assert report.evaluate(OVERFLOWING) == []


def test_paper_has_all_that_is_folded_and_the_line_of_each_figure(report: Page) -> None:
    report.locator("#dark").check()
    report.emulate_media(media="print")
    assert report.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert report.locator(".settings, .skip, nav").locator("visible=true").count() == 0
    with pypdfium2.PdfDocument(report.pdf(format="A4", print_background=True)) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    text = "\n".join(pages)
    assert "[223]" in pages[0] + pages[1] and "4,727.11" in pages[0] + pages[1]
    assert "机关事业单位职业年金缴费" in text  # in a level that is folded on the screen
    assert "合计 4,727.11 1,143.68 3,583.43" in text  # a printed line
    assert (
        text.count("合计（推算）") == report.locator("tfoot").count()
    )  # not again on each page of a table
    assert {"tr", "li"} <= {
        tag.lower() for tag in report.evaluate(
            "() => [...document.querySelectorAll('*')].filter(e => getComputedStyle(e).breakInside === 'avoid').map(e => e.tagName)"
        )
    }  # fmt: skip

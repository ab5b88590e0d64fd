"""The browser of the tests draws Chinese, and tells when a page logs an error or asks for anything elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.making.browser import is_local, launched, undrawn, watched_page

TEXT = "晋城市应急管理局 “三公”经费（万元）：占比、增减率"
NO_FONT_HAS = "\U0010fffe"


def test_chinese_text_of_a_local_page_is_drawn(page: Page, tmp_path: Path) -> None:
    (tmp_path / "页.html").write_text(f'<meta charset="utf-8"><p>{TEXT}</p>', encoding="utf-8")
    page.goto((tmp_path / "页.html").as_uri())
    assert page.inner_text("p") == TEXT
    assert undrawn(page, TEXT) == []


def test_a_missing_glyph_is_told(page: Page) -> None:
    assert undrawn(page, "中" + NO_FONT_HAS) == [NO_FONT_HAS]


@pytest.mark.parametrize(
    ("event", "script", "seen"),
    [
        ("console", "console.error('wrong')", "wrong"),
        ("pageerror", "setTimeout(() => { throw new Error('thrown') })", "thrown"),
        (
            "request",
            "fetch('https://outside.example/').catch(() => 0)",
            "asked for https://outside.example/",
        ),
        (
            "websocket",
            "new WebSocket('wss://outside.example/')",
            "connected to wss://outside.example/",
        ),
    ],
)
def test_what_a_page_must_not_do_is_told(
    browser: Browser, event: str, script: str, seen: str
) -> None:
    with (
        pytest.raises(AssertionError, match=seen),
        watched_page(browser) as page,
        page.expect_event(event),
    ):
        page.evaluate(f"() => {{ {script} }}")


def test_no_other_host_is_found(browser: Browser) -> None:
    found = pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED")
    with pytest.raises(AssertionError, match="asked for"), watched_page(browser) as page, found:
        page.goto("http://outside.example/")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8888/lab", "http://[::1]/", "file:" + "///a.html", "data:,a", "blob:x"],
)
def test_this_machine_is_local(url: str) -> None:
    assert is_local(url)


def test_a_missing_browser_is_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.making.browser.find_chromium", lambda: None)
    with pytest.raises(RuntimeError, match="make browser"), launched():
        pass

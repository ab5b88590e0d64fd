"""The browser in which tests look at what people see. `python -m tests.making.browser` installs it where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from jcdata.exports.printed_report import find_browser

SECONDS = 300  # that anything may take; nobody waits so long unless something is wrong
PACKAGES = ("chromium", "fonts-noto-cjk")
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

LOCAL_SCHEMES = {"file", "data", "blob", "about"}
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

# The characters of a text that look like one that no font has, drawn as the page's canvas draws them.
UNDRAWN = """([text, font]) => {
    const draw = character => {
        const canvas = Object.assign(document.createElement("canvas"), {width: 48, height: 48})
        const context = canvas.getContext("2d")
        context.font = `32px ${font}`
        context.fillText(character, 4, 36)
        return canvas.toDataURL()
    }
    const missing = draw("\\u{10FFFD}")
    return [...new Set(text.replace(/\\s/g, ""))].filter(character => draw(character) === missing)
}"""


class MissingBrowserError(RuntimeError):
    """No Chromium; the message says how to get one."""


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium that finds no host but this machine. Raises MissingBrowserError if there is none."""
    if (path := find_chromium()) is None:
        raise MissingBrowserError("no Chromium for the tests of what is seen: run `make browser`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, chromium_sandbox=not IS_ROOT, args=OPTIONS
        )
        yield browser
        browser.close()


@contextmanager
def watched_page(browser: Browser) -> Iterator[Page]:
    """A page as on a Chinese desktop. Raises AssertionError at its end if it logged an error or asked for anything elsewhere."""
    seen: list[str] = []
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="zh-CN")
    context.set_default_timeout(1000 * SECONDS)
    page = context.new_page()
    page.on(
        "console", lambda message: seen.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: seen.append(str(error)))
    context.on(
        "request",
        lambda request: None if is_local(request.url) else seen.append(f"asked for {request.url}"),
    )
    page.on(
        "websocket",
        lambda socket: None if is_local(socket.url) else seen.append(f"connected to {socket.url}"),
    )
    try:
        yield page
    finally:
        context.close()
    if seen:
        raise AssertionError("the page did what it must not: " + "; ".join(seen))


def is_local(url: str) -> bool:
    """Whether what is asked for is on this machine."""
    parts = urlsplit(url)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOCAL_HOSTS


def undrawn(page: Page, text: str, font: str = "sans-serif") -> list[str]:
    """The characters of a text for which this browser has no glyph, so that it shows boxes."""
    characters: list[str] = page.evaluate(UNDRAWN, [text, font])
    return characters


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome: the system's, else the one that `playwright install chromium` got."""
    if path := find_browser():
        return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Get what is missing of a Chromium and a font with Chinese characters. Exits with what to do if that fails."""
    elevated = [] if IS_ROOT else ["sudo", "-n"]
    if (
        not is_complete()
        and shutil.which("apt-get")
        and (IS_ROOT or _succeeds("sudo", "-n", "true"))
    ):
        print("Installing", *PACKAGES, flush=True)
        _succeeds(*elevated, "apt-get", "update", "-qq")
        environment = "DEBIAN_FRONTEND=noninteractive"
        _succeeds(*elevated, "env", environment, "apt-get", "install", "-y", "-qq", *PACKAGES)
    if find_chromium() is None:
        print("Downloading Chromium", flush=True)
        _succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    if not is_complete():
        sys.exit(
            "The tests of what is seen need Chromium or Chrome on the PATH and a font with Chinese characters. On Debian or "
            f"Ubuntu: apt-get install {' '.join(PACKAGES)}. Elsewhere: Chrome, and Noto Sans CJK from your distribution."
        )


def is_complete() -> bool:
    """Whether there is a Chromium and a font with Chinese characters."""
    from jcdata.analyses.chart_theme import (
        has_chinese_font,
    )  # takes a second, and only the installation needs it

    has_chinese_font.cache_clear()
    return find_chromium() is not None and has_chinese_font()


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    install()

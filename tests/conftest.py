"""Fixtures that several tests need: databases built from the real and from other documents, and a page in the browser."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page

from jcdata import paths
from jcdata.pipeline.build import BuildResult, build_database
from tests.making.browser import launched, watched_page
from tests.making.checkout import RAW
from tests.making.failures import Failures, failures_in

# Both languages are shown, whatever those of the machine are.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("JCDATA_LANG", None)

# What processes keep for each other is that of the tests alone.
_kept = tempfile.TemporaryDirectory(prefix="jcdata-tests-")
os.environ[paths.CACHE] = _kept.name

# Nothing is timed, so that a slow machine fails no test; a merge is decided on the same examples every time.
settings.register_profile(
    "jcdata",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("jcdata")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The two real documents, built."""
    folder = tmp_path_factory.mktemp("built")
    return build_database(RAW, folder / "jcdata.duckdb", folder / "clean")


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., BuildResult]:
    """Build the files given as name=bytes or text, in a folder of their own."""

    def run(**files: str | bytes) -> BuildResult:
        raw = tmp_path / "raw"
        raw.mkdir(exist_ok=True)
        for name, content in files.items():
            path = raw / f"{name}.txt"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return build_database(raw, tmp_path / "jcdata.duckdb", tmp_path / "clean")

    return run


@pytest.fixture(scope="session")
def failures_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], Failures]:
    """What `failures_in` finds in documents given as name=text, built in a folder of their own."""
    return lambda texts: failures_in(tmp_path_factory.mktemp("changed"), texts)


# Of each module, since Playwright's event loop would be in the way of other modules that have one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, which finds no host but this machine."""
    with launched() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of the browser; the test fails if it logs an error or asks for anything that is not on this machine."""
    with watched_page(browser) as watched:
        yield watched

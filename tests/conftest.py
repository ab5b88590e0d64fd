"""What several tests need: the raw documents, a built database, documents made from a text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from browser import launched, watched_page
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page

from jcdata.documents.document import Document, number_lines, read_document
from jcdata.documents.sections import Section, find_furniture, find_sections
from jcdata.pipeline.build import BuildResult, build_database

# Nothing is timed, so that a slow machine fails no test; a merge is decided on the same examples every time.
settings.register_profile(
    "jcdata", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("jcdata")

ROOT = Path(__file__).parent.parent
RAW = ROOT / "data" / "raw"
BUREAU = "jincheng-emergency-bureau-2023"
CENTRE = "jincheng-dispatch-centre-2025"


def document(text: str, name: str = "some.txt") -> Document:
    """A document with this text."""
    return Document(name, "0" * 64, list(number_lines(text)))


def sections_of_raw(document_id: str) -> list[Section]:
    """The sections of one of the two real documents."""
    read = read_document((RAW / f"{document_id}.txt").read_bytes(), f"{document_id}.txt")
    return find_sections(read, find_furniture(read))


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


Failures = dict[str, set[tuple[str, str]]]


@pytest.fixture(scope="session")
def failures_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], Failures]:
    """Build documents given as name=text at once; by their names, (check, status) of what does not simply agree."""

    def run(texts: dict[str, str]) -> Failures:
        folder = tmp_path_factory.mktemp("mutated")
        (folder / "raw").mkdir()
        for number, (name, text) in enumerate(texts.items()):
            different = text + "\n" * number  # what is there twice is loaded once
            (folder / "raw" / f"{name}.txt").write_text(different, encoding="utf-8")
        result = build_database(folder / "raw", folder / "jcdata.duckdb", None)
        with duckdb.connect(str(result.database), read_only=True) as db:
            rows = db.execute(
                "SELECT document_id, check_key || ' ' || target, status FROM check_results WHERE status IN ('fail', 'rounding')"
            ).fetchall()
        return {name: {(target, status) for document, target, status in rows if document == name} for name in texts}

    return run


def raw_text(document_id: str) -> str:
    """The text of one of the two real documents."""
    return (RAW / f"{document_id}.txt").read_text(encoding="utf-8")


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

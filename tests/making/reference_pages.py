"""Remake the pages of docs that say what specs and docstrings say. `make reference` runs this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tests.making.checkout import ROOT
from tests.making.checks_page import checks_page
from tests.making.python_page import python_page
from tests.making.tables_page import tables_page

MADE_BY = (
    "<!-- Made by `make reference` from what the program itself reads; a test keeps it current. -->"
)

# By their path below docs
PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "en/checks.md": partial(checks_page, "en"),
    "zh/checks.md": partial(checks_page, "zh"),
    "en/tables.md": partial(tables_page, "en"),
    "zh/tables.md": partial(tables_page, "zh"),
    "python.md": python_page,
}


def text_of(path: str) -> str:
    """The text of a page as it ought to be."""
    return "\n".join([*PAGES[path](), MADE_BY]) + "\n"


if __name__ == "__main__":
    for path in PAGES:
        (ROOT / "docs" / path).write_text(text_of(path), encoding="utf-8")

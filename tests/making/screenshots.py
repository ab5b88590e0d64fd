"""Remake the pictures of the documentation: what a notebook shows from a certain cell on. `make screenshots` runs this."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from tests.making.browser import launched, watched_page
from tests.making.checkout import ROOT
from tests.making.jupyterlab import jupyterlab, run_notebook

FOLDER = ROOT / "docs" / "images"
SIZE = {"width": 1000, "height": 640}

# Name of the picture, its notebook, and words of the cell at its top
PICTURES = {
    "composition": ("01-composition-shares.ipynb", "Functions: the classes"),
    "growth": ("02-growth-rates.ipynb", "The changes that the documents state"),
    "project-costs": (
        "03-project-cost-per-indicator.ipynb",
        "jcdata.charts.project_costs(costs)",
    ),
    "findings": ("05-do-the-figures-add-up.ipynb", "哪些不符？"),
}


def take(page: Page, words: str, path: Path) -> None:
    """Write what the notebook shows with the cell that has these words at its top."""
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    page.set_viewport_size({"width": SIZE["width"] + 120, "height": SIZE["height"] + 200})
    page.locator(".jp-Cell", has_text=words).first.evaluate("cell => cell.scrollIntoView()")
    page.wait_for_timeout(1000)  # for what moves while the page gets its new size
    corner = page.locator(".jp-WindowedPanel-outer").bounding_box() or {}
    page.screenshot(path=path, clip={"x": corner["x"], "y": corner["y"], **SIZE})


def main(database: Path) -> None:
    """Take all pictures with this database."""
    FOLDER.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        jupyterlab(Path(folder), database) as address,
        launched() as browser,
    ):
        for name, (notebook, words) in PICTURES.items():
            with watched_page(browser) as page, run_notebook(page, address, notebook):
                take(page, words, FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

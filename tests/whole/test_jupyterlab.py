"""Every notebook in JupyterLab as an analyst opens it: it runs, its charts are drawn in Chinese, nothing asks the network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from jcdata.analyses.chart_theme import FONT
from jcdata.pipeline.build import BuildResult
from tests.making.browser import undrawn
from tests.making.checkout import ROOT
from tests.making.jupyterlab import charts_of, jupyterlab, run_notebook

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# What the conclusions must say of the two real documents
SAID = {
    "01": ["4,176.10 万元的 92.08%", "75.81%"],
    "02": ["+32.11%", "+8.19%", "+5.3%", "-0.6%"],
    "03": ["27 个", "3 个，共 1,350.01 万元", "799.00 万元"],
    "04": ["551.01 万元", "464.00 万元", "年末结转（2 份没有读到）"],
    "05": ["0 处错误", "26 处警告"],
    "06": ["预算 2 份", "1,374 个"],
    "07": ["没有同年同类的其他单位可比"],
    "08": ["没有一个单位有两年同类文件"],
}
# How many charts a notebook shows of them
CHARTS = {"01": 11, "02": 4, "03": 4, "04": 2, "05": 0, "06": 0, "07": 2, "08": 2}

# Of each chart the share of its pixels that something is drawn on, and the number of its colours.
DRAWN = """() => [...document.querySelectorAll(".jp-RenderedVegaCommon5 canvas")].map(canvas => {
    const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)
    const drawn = pixels.filter(pixel => pixel !== 0xffffffff && pixel !== 0)
    return [drawn.length / pixels.length, new Set(drawn).size]
})"""


@pytest.fixture(scope="module")
def lab(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab on the notebooks, with the database of the two real documents."""
    with jupyterlab(tmp_path_factory.mktemp("lab"), built.database) as address:
        yield address


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_in_jupyterlab(lab: str, page: Page, notebook: Path) -> None:
    with run_notebook(page, lab, notebook.name) as cells:
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        assert [output for output in outputs if _is_trouble(output)] == []
        assert all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code")
        (said,) = (
            "".join(output["data"]["text/markdown"])
            for output in outputs
            if "text/markdown" in output.get("data", {})
        )
        assert (
            "nan" not in said
            and [figure for figure in SAID[notebook.name[:2]] if figure not in said] == []
        )

        drawn = page.evaluate(DRAWN)
        charts = charts_of(cells)
        assert len(drawn) == len(charts) == CHARTS[notebook.name[:2]]
        assert all(share > 0.005 and colours > 20 for share, colours in drawn), drawn
        assert undrawn(page, json.dumps(charts, ensure_ascii=False), FONT) == []
        assert undrawn(page, page.locator(".jp-Notebook").inner_text()) == []


def test_the_notebooks_are_those_that_have_something_to_say() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == list(SAID) == list(CHARTS)


def _is_trouble(output: dict[str, Any]) -> bool:
    """An error or something printed, but for what an old library says of its own age."""
    return output["output_type"] == "error" or (
        output["output_type"] == "stream" and "deprecated" not in output["text"]
    )

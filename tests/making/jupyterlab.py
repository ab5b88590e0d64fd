"""JupyterLab as a user has it, in the browser of the tests: open a notebook, run it to its end, see what came of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from jcdata.analyses.chart_theme import VEGALITE_MIME
from tests.making.browser import SECONDS
from tests.making.checkout import ROOT

PLACES = (
    "IPYTHONDIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)

OPEN = """async name => {
    const app = window.jupyterapp
    await app.restored
    const panel = await app.commands.execute("docmanager:open", {path: name})
    await panel.context.ready
    await panel.sessionContext.ready
}"""
RUN = """async () => {
    await window.jupyterapp.commands.execute("notebook:run-all-cells")
    return window.jupyterapp.shell.currentWidget.model.toJSON().cells
}"""
# A chart is drawn some time after its cell has run, on a canvas that gets its height with it.
ALL_DRAWN = """count => {
    const charts = [...window.jupyterapp.shell.currentWidget.node.querySelectorAll(".jp-RenderedVegaCommon5 canvas")]
    return charts.length >= count && charts.every(canvas => canvas.height > 0)
}"""
SHUT_DOWN = "() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"


@contextmanager
def jupyterlab(folder: Path, database: Path) -> Iterator[str]:
    """The address of a JupyterLab that `jcdata lab` opened on a copy of the notebooks, whose path leads to this database.

    The machine's own settings have no part in it. Raises RuntimeError with the server's log if it doesn't start.
    """
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    (folder / "data").mkdir()
    shutil.copy(database, folder / "data" / "jcdata.duckdb")
    options = ["--no-browser", "--ip=127.0.0.1", "--expose-app-in-browser"]
    command = [
        sys.executable,
        "-m",
        "jcdata",
        "lab",
        "--notebooks",
        str(folder / "notebooks"),
        *options,
    ]
    own = {place: str(folder / place) for place in PLACES}
    # A user answers once whether JupyterLab may ask the network for news; the question would cover the page.
    answer = (
        folder
        / "JUPYTERLAB_SETTINGS_DIR"
        / "@jupyterlab"
        / "apputils-extension"
        / "notification.jupyterlab-settings"
    )
    answer.parent.mkdir(parents=True)
    answer.write_text('{"fetchNews": "false"}', encoding="utf-8")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log)
        try:
            yield _address(folder, server)
        finally:
            server.terminate()
            server.wait(timeout=SECONDS)


@contextmanager
def run_notebook(page: Page, address: str, name: str) -> Iterator[list[dict[str, Any]]]:
    """The cells of a notebook after all of them ran, while the page shows them with their charts."""
    page.goto(address)
    page.wait_for_function("() => window.jupyterapp !== undefined")
    page.evaluate(OPEN, name)
    cells: list[dict[str, Any]] = page.evaluate(RUN)
    page.wait_for_function(ALL_DRAWN, arg=len(charts_of(cells)))
    yield cells
    page.evaluate(SHUT_DOWN)


def charts_of(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The charts among the results of cells."""
    results = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [data[VEGALITE_MIME] for data in results if VEGALITE_MIME in data]


def _address(folder: Path, server: subprocess.Popen[bytes]) -> str:
    for _ in range(SECONDS * 10):
        for about in (folder / "JUPYTER_RUNTIME_DIR").glob("jpserver-*.json"):
            with suppress(json.JSONDecodeError):  # the server is still writing it
                running = json.loads(about.read_text(encoding="utf-8"))
                return f"{running['url']}lab?reset&token={running['token']}"
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(folder / 'log').read_text(encoding='utf-8')}")

"""Every notebook runs unchanged on other documents too, asks first, and holds neither figures nor parsing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import jcdata
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_CELLS = 15
PARSING = re.compile(
    r"\bimport re\b|\bre\.|\.split\(|\bopen\(|read_text|read_csv|regexp_|\.str\.extract"
)
FIGURE = re.compile(r"\d[\d,]*\.\d|\d%")

SYNTHETIC = (
    "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 5.50 5.50  \n201 一般公共服务支出 5.50 5.50  \n"
)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own IPython and Jupyter settings, and no port that another test may take."""
    for variable in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable))


def execute(notebook: Path, database: Path, folder: Path) -> nbformat.NotebookNode:
    """The notebook with its results, run where its path leads to this database."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "data").mkdir()
    shutil.copy(database, folder / "data" / "jcdata.duckdb")
    node = nbformat.read(notebook, as_version=4)
    NotebookClient(
        node, timeout=300, resources={"metadata": {"path": str(folder / "notebooks")}}
    ).execute()
    nbformat.validate(node)
    return node


def conclusion(node: nbformat.NotebookNode) -> str:
    """What is said in words, once and before the first heading."""
    ((number, said),) = (
        (number, str(output.data["text/markdown"]))
        for number, cell in enumerate(node.cells)
        for output in cell.get("outputs", [])
        if "text/markdown" in output.get("data", {})
    )
    assert all(cell.cell_type == "code" for cell in node.cells[1:number])
    return said


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_on_other_documents(
    notebook: Path, build: Callable[..., BuildResult], tmp_path: Path
) -> None:
    database = build(
        some=SYNTHETIC, other=SYNTHETIC.replace("2031", "2032").replace("5.50", "6.60")
    ).database
    node = execute(notebook, database, tmp_path / "run")
    said = conclusion(node)
    assert "nan" not in said and "晋城" not in said
    shown = [
        output.data["text/html"]
        for cell in node.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert "识别率" in shown[0], "how much was understood stands first"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_short_asks_first_and_holds_neither_figures_nor_parsing(notebook: Path) -> None:
    cells = nbformat.read(notebook, as_version=4).cells
    assert len(cells) <= MOST_CELLS
    assert cells[0].cell_type == "markdown" and "？" in cells[0].source and "?" in cells[0].source
    assert not any(FIGURE.search(cell.source) for cell in cells if cell.cell_type == "markdown")
    assert [cell.source for cell in cells if PARSING.search(cell.source)] == []
    if not notebook.name.startswith("06"):
        assert [cell.metadata.get("tags") for cell in cells].count(["parameters"]) == 1


def test_answers_of_one_unit_and_year_are_those_of_each_document(
    build: Callable[..., BuildResult],
) -> None:
    result = build(
        部门="某某局2031年部门预算公开\n" + SYNTHETIC, 单位="某某局2031年单位预算公开\n" + SYNTHETIC
    )
    (cell,) = (
        cell.source
        for cell in nbformat.read(ROOT / "notebooks" / "06-sql-cookbook.ipynb", as_version=4).cells
        if "one row a document" in cell.source
    )
    with jcdata.connect(result.database) as con:
        rows = con.sql(cell.removeprefix("%%sql\n")).fetchall()
    assert sorted(row[2:] for row in rows) == [("单位", 1.0, None), ("部门", 1.0, None)]

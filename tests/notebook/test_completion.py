"""The Tab key in SQL cells, as JupyterLab asks the kernel for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from jupyter_client.manager import start_new_kernel

from jcdata.pipeline.build import BuildResult

Complete = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def complete(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Complete]:
    """What a kernel offers at the | in a cell, each as the whole text up to there."""
    folder = tmp_path_factory.mktemp("kernel")
    settings = {
        name: str(folder / name)
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        manager, client = start_new_kernel(startup_timeout=300, cwd=str(folder))

    def ask(cell: str) -> list[str]:
        before, _, after = cell.partition("|")
        reply = client.complete(before + after, len(before), reply=True, timeout=300)["content"]
        assert reply["cursor_end"] == len(before)
        return [before[: reply["cursor_start"]] + match for match in reply["matches"]]

    code = f"import jcdata\n%load_ext jcdata\ndb = jcdata.connect({str(built.database)!r})"
    assert client.execute_interactive(code, timeout=300)["content"]["status"] == "ok"
    try:
        yield ask
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("cell", "offered"),
    [
        ("%%sql\nFROM budget|", ["%%sql\nFROM budget_lines"]),
        ("%%sql kept\nFROM zh.预算|", ["%%sql kept\nFROM zh.预算明细"]),
        (
            "%%sql\nSELECT 科目| FROM zh.预算明细",
            [f"%%sql\nSELECT 科目{name}" for name in ("编码", "名称", "级次")],
        ),
        ("%%sql\nSELECT b.item_n|\nFROM budget_lines AS b", ["%%sql\nSELECT b.item_name"]),
        ("%%sql\nSELECT sha|", ["%%sql\nSELECT share_of("]),
        (
            "%%sql\nSELECT sha|\nFROM composition",
            ["%%sql\nSELECT share", "%%sql\nSELECT share_of("],
        ),
        ("%%sql\nFROM zh.两年|", ["%%sql\nFROM zh.两年对比("]),
        (
            "%sql FROM DOCU|",
            [f"%sql FROM document{name}" for name in ("_figures", "_parts", "_scopes", "s")],
        ),
        ("%%sql\nSELECT nothing_of_that_name|", []),
    ],
)
def test_names_are_offered_in_sql_cells(complete: Complete, cell: str, offered: list[str]) -> None:
    assert complete(cell) == offered


def test_python_cells_are_left_alone(complete: Complete) -> None:
    assert complete("jcdata.unit_c|") == ["jcdata.unit_costs"]
    assert complete("jcdata.chart|") == ["jcdata.charts"]
    assert complete("budget_l|") == []

"""The report as a PDF file, printed by the browser of the machine."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from jcdata.cli.commands import app
from jcdata.exports import printed_report
from jcdata.pipeline.build import BuildResult


def run(built: BuildResult, out: Path) -> Result:
    return CliRunner().invoke(app, ["report", str(out), "--db", str(built.database)])


def test_a_report_is_printed_and_replaces_only_its_own(built: BuildResult, tmp_path: Path) -> None:
    out = tmp_path / "报告.pdf"
    for _ in range(2):
        assert run(built, out).exit_code == 0
    with pypdfium2.PdfDocument(out) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "晋城市应急管理局" in words
    foreign = pypdfium2.PdfDocument.new()
    foreign.new_page(100, 100)
    foreign.save(out)
    before = out.read_bytes()
    refused = run(built, out)
    assert refused.exit_code == 1 and "holds something else" in refused.stderr
    assert out.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == [out.name]


def test_without_a_browser_one_sentence_says_what_to_do(
    built: BuildResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed_report, "find_browser", lambda: None)
    refused = run(built, tmp_path / "x.pdf")
    assert refused.exit_code == 1 and "print it" in refused.stderr
    monkeypatch.setattr(printed_report, "find_browser", lambda: "false")  # which prints nothing
    refused = run(built, tmp_path / "x.pdf")
    assert refused.exit_code == 2 and "printed nothing" in refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x.docx", "x.xlsx", "x", "x.csv"])
def test_a_name_of_another_kind_is_refused(built: BuildResult, tmp_path: Path, name: str) -> None:
    refused = run(built, tmp_path / name)
    assert refused.exit_code == 2 and ".html or .pdf" in refused.stderr
    assert list(tmp_path.iterdir()) == []

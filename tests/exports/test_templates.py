"""The templates of pages, compiled once for all processes."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from jcdata import paths
from jcdata.exports import templates


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.CACHE, str(tmp_path / "kept"))
    said = templates.environment("exports/pages").get_template("filters.html").render(filters=[])
    monkeypatch.delattr(jinja2.Environment, "compile")
    again = templates.environment("exports/pages").get_template("filters.html")
    assert again.render(filters=[]) == said


def test_a_template_that_is_another_now_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.CACHE, str(tmp_path / "kept"))
    page = tmp_path / "page.html"
    for text in ("one", "two"):
        page.write_text(text)
        assert templates.environment(str(tmp_path)).get_template("page.html").render() == text

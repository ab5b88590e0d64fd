"""What governments print stands in jcdata/specs, not in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcdata import spec_files


def test_a_pattern_may_stand_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec_files, "SPECS", tmp_path)
    (tmp_path / "some.toml").write_text(
        "ending = '局|{words}'\nunit = '.{2,4}{ending}本级'\nwords = ['中心', '(院)']\n", encoding="utf-8"
    )
    is_unit = spec_files.patterns("some")["unit"].fullmatch
    names = ["青禾局本级", "青禾中心本级", "青禾(院)本级", "青禾院本级", "青禾局", "{ending}本级"]
    assert [name for name in names if is_unit(name)] == names[:3]
    assert spec_files.spec_words("some")["words"] == ["中心", "(院)"]


def test_a_pattern_that_is_not_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec_files, "SPECS", tmp_path)
    (tmp_path / "another.toml").write_text("unit = '.{2,4}{ending}'\n", encoding="utf-8")
    with pytest.raises(spec_files.SpecError, match=r"another\.toml.*ending"):
        spec_files.patterns("another")

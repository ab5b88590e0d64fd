"""No version with a known hole is allowed or locked."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest
from packaging.version import Version

from tests.making.checkout import ROOT


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "security" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_is_well_formed(audit: ModuleType) -> None:
    holes = audit.known_holes()
    assert holes
    for hole in holes:
        assert Version(hole.before) and hole.advisory.startswith(("CVE-", "GHSA-"))
        assert hole.since.year > 2000


def test_a_version_below_the_fixed_one_is_told(audit: ModuleType) -> None:
    lock = "jinja2==3.1.5 \\\n    --hash=sha256:0\njinja2-time==0.1\nJinja2==3.1.6 ; python_version > '3'\n"
    assert audit.faults(audit.pinned(lock)) == ["jinja2 3.1.5: CVE-2025-27516, fixed in 3.1.6"]


def test_pyproject_allows_no_known_hole(audit: ModuleType) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert audit.faults(audit.lower_bounds(text)) == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-lowest.lock"])
def test_no_lock_holds_a_known_hole(audit: ModuleType, name: str) -> None:
    locked = audit.pinned((ROOT / name).read_text(encoding="utf-8"))
    assert audit.faults(locked) == []

"""Dependencies are declared once, in pyproject.toml: both locks and the conda environment must agree with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.making.checkout import ROOT

CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "playwright": "playwright-python",
}  # where conda-forge calls a package otherwise
ONLY_CONDA = {"pip"}  # comes with Python elsewhere


def declared() -> dict[str, SpecifierSet]:
    """Range of every direct dependency of pyproject.toml, the extras too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    requirements = [Requirement(text) for group in groups for text in group]
    return {r.name: r.specifier for r in requirements if r.name != project["name"]} | {
        "python": SpecifierSet(project["requires-python"])
    }


PACKAGES = sorted(declared().keys() - {"python"})


def parse_conda(content: str) -> dict[str, SpecifierSet]:
    """Range of every package of an environment.yml: `- name range` lines, and below `- pip:` requirements."""
    of_conda, _, of_pip = content.partition("dependencies:\n")[2].partition("  - pip:")
    lines = of_conda.splitlines()
    entries = [
        line.strip().removeprefix("- ").partition(" ") for line in lines if line.startswith("  - ")
    ]
    required = [Requirement(text) for text in re.findall("(?m)^      - (.*)", of_pip)]
    return {name: SpecifierSet(versions) for name, _, versions in entries} | {
        requirement.name: requirement.specifier for requirement in required
    }


def locked(lock: str) -> Iterator[tuple[str, str, str]]:
    """Name, version and the rest of the entry of each package of a lock."""
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8")):
        name, _, rest = entry.partition("==")
        version, _, rest = rest.partition(" ")
        yield canonicalize_name(name), version, rest


def locked_versions(lock: str, name: str) -> set[str]:
    """Versions of a package in a lock: more than one where it depends on the Python, none where it is missing."""
    return {version for other, version, _ in locked(lock) if other == canonicalize_name(name)}


def test_conda_environment_has_the_same_dependencies() -> None:
    conda = parse_conda((ROOT / "environment.yml").read_text(encoding="utf-8"))
    expected = {CONDA_NAMES.get(name, name): versions for name, versions in declared().items()}
    assert {
        name: versions for name, versions in conda.items() if name not in ONLY_CONDA
    } == expected


def test_conda_environment_is_read_whole() -> None:
    content = "channels:\n  - here\ndependencies:\n  - python-duckdb >=1.4,<3\n  # note\n  - rich >=13.7\n  - pip:\n      - some>=1\n"
    assert parse_conda(content) == {
        "python-duckdb": SpecifierSet("<3,>=1.4"),
        "some": SpecifierSet(">=1"),
        "rich": SpecifierSet(">=13.7"),
    }


@pytest.mark.parametrize("name", PACKAGES)
def test_lock_satisfies_pyproject(name: str) -> None:
    versions = locked_versions("requirements.lock", name)
    assert versions, "not locked: run `make lock`"
    assert set(declared()[name].filter(versions)) == versions


@pytest.mark.parametrize("name", PACKAGES)
def test_lowest_lock_holds_the_oldest_versions_allowed(name: str) -> None:
    (lowest,) = (bound.version for bound in declared()[name] if bound.operator == ">=")
    assert set(map(Version, locked_versions("requirements-lowest.lock", name))) == {Version(lowest)}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-lowest.lock"])
def test_lock_pins_each_package_by_hash(lock: str) -> None:
    assert [name for name, _, rest in locked(lock) if "--hash=sha256:" not in rest] == []

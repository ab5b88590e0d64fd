"""The floors of the package: which folder may import from which, and how long a module may be."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.making.checkout import ROOT

# What stands at the top of jcdata, folder or file, imports only from lines above its own; what shares a line knows
# nothing of each other. Inside a folder the files may stand in any order in which no circle closes.
FLOORS = """
codes messages paths
errors numerals
amounts deprecations extras replacing program schema spec_files
kept_files text
figures names table_templates
classification database documents
analyses checks forms prose tables units
exports extraction notebook
pipeline
comparison installation website
api cli
__init__
__main__
"""
FLOOR_OF = {
    room: floor for floor, line in enumerate(FLOORS.strip().splitlines()) for room in line.split()
}

LONGEST = 340  # lines, at a width of 100
DECLARATIONS = {"schema"}  # as long as there are columns

PACKAGE = ROOT / "jcdata"


def module_name(path: Path) -> str:
    """The name of a module within jcdata: `tables` for tables/__init__.py, `__init__` for the package's own."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


SOURCES = {
    module_name(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))
}


def room_of(module: str) -> str:
    """The folder, or file, at the top of jcdata in which a module stands."""
    return module.partition(".")[0]


ROOMS = sorted({room_of(module) for module in SOURCES})


def imported_modules(source: str, known: Collection[str]) -> list[str]:
    """The modules of jcdata that a source imports, at its top or inside a function; ruff forbids relative imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    modules = []
    for root, *parts in (name.split(".") for name in names):
        if root == "jcdata":
            while parts and ".".join(parts) not in known:
                parts.pop()  # the name of something in the module
            modules.append(".".join(parts) or "__init__")
    return modules


def climbing_imports(module: str, source: str, known: Collection[str]) -> list[str]:
    """The modules of other rooms that `module` imports although they don't stand on a floor above its own in FLOORS.

    Raises KeyError for a room that is not in FLOORS.
    """
    here = room_of(module)
    others = [other for other in imported_modules(source, known) if room_of(other) != here]
    return [other for other in others if FLOOR_OF[room_of(other)] >= FLOOR_OF[here]]


def find_circle(room: str, sources: Mapping[str, str]) -> list[str]:
    """Modules of a room of which each is imported by the next, the first by itself at the end; empty if there is no circle."""
    imports = {
        module: [other for other in imported_modules(source, sources) if room_of(other) == room]
        for module, source in sources.items()
        if room_of(module) == room
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_floors_are_those_of_the_package() -> None:
    assert sorted(FLOOR_OF) == ROOMS


@pytest.mark.parametrize("module", SOURCES)
def test_module_imports_only_from_floors_above_its_own(module: str) -> None:
    assert climbing_imports(module, SOURCES[module], SOURCES) == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_circle_within_a_folder(room: str) -> None:
    assert find_circle(room, SOURCES) == []


@pytest.mark.parametrize("module", [name for name in SOURCES if name not in DECLARATIONS])
def test_module_is_short(module: str) -> None:
    assert len(SOURCES[module].splitlines()) <= LONGEST


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("names", "from jcdata.text import squeeze", []),
        ("amounts", "from jcdata import paths, spec_files", ["spec_files"]),
        ("text", "def late():\n    import jcdata.pipeline.build", ["pipeline.build"]),
        (
            "tables.new",
            "from jcdata.tables import spaced\nfrom jcdata.documents.sections import Section",
            [],
        ),
        ("tables.spaced", "from jcdata.forms.spaced import read_form", ["forms.spaced"]),
        ("documents.formats.new", "from jcdata.tables import spaced", ["tables.spaced"]),
        ("pipeline.build", "from jcdata import __version__", ["__init__"]),
    ],
)
def test_climbing_import_is_found(module: str, source: str, expected: list[str]) -> None:
    assert climbing_imports(module, source, SOURCES) == expected


def test_circle_is_found() -> None:
    sources = {
        "tables.one": "from jcdata.tables.formats import two",
        "tables.formats.two": "def late():\n    from jcdata.tables.three import Three",
        "tables.three": "import jcdata.tables.one",
        "tables.four": "from jcdata.tables import one",
    }
    assert set(find_circle("tables", sources)) == {
        "tables.one",
        "tables.formats.two",
        "tables.three",
    }
    assert find_circle("tables", sources | {"tables.three": ""}) == []


def test_room_without_a_floor_is_found() -> None:
    with pytest.raises(KeyError, match="utils"):
        climbing_imports("utils", "from jcdata import text", SOURCES)

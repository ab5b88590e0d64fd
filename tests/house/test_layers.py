"""The order of the modules: which may import which, and how long one may be."""

from __future__ import annotations

import ast
from collections.abc import Collection
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.making.checkout import ROOT

# A module may import only modules that stand before it. What is listed need not exist yet; what exists must
# be listed. Modules that share a `*` know nothing of each other.
ORDER = """
0  paths  text  schema  outputs  spreadsheets
1  amounts  specs  classification
   readers  readers.rows  readers.archive  readers.formats  readers.ruled_tables
   readers.cut_tables  readers.*  documents
2  sections  metadata  placement  indicator_values
   layouts  layouts.printed_form  layouts.form_spec  layouts.printed_table  layouts.tokens  layouts.labels
   layouts.spaced_entries  layouts.spaced_indicators  layouts.grid_labels  layouts.tabbed_grid  layouts.*
3  tables  form_identity  indicator_levels  indicator_merging  form_merging  forms
   prose  overviews  breakdowns  costs  claim_patterns  claims  annexes  coverage  corrections  keys
4  definitions  access  warehouse  dictionary  tracing  linking  matching  compared  differences
   identities  claim_identities  checks  analyses
5  findings  changes  rendering  panels  charts  frame_html  completion  magic  reports
   data_package  workbook_cells  workbook_cover  workbook
6  batches  inputs  parallel  versions  loading  clean_files  staging  pipeline  comparison
7  terminal  output_commands  cli  __init__  __main__
"""
PLACES = [word for word in ORDER.split() if not word.isdigit()]

LONGEST = 300
DECLARATIONS = {"schema"}  # as long as there are columns

PACKAGE = ROOT / "jcdata"


def module_name(path: Path) -> str:
    """The name as ORDER writes it: `layouts` for layouts/__init__.py, `__init__` for the package's own."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


SOURCES = {module_name(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def place(module: str) -> int:
    """Index of a module in ORDER. Raises LookupError for one that is not there."""
    for index, pattern in enumerate(PLACES):
        if fnmatchcase(module, pattern):
            return index
    raise LookupError(f"jcdata.{module} is missing in ORDER")


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


def backward_imports(module: str, source: str, known: Collection[str]) -> list[str]:
    """The modules that `module` imports although they don't stand before it."""
    here = place(module)
    return [other for other in imported_modules(source, known) if place(other) >= here]


@pytest.mark.parametrize("module", SOURCES)
def test_module_imports_only_what_stands_before_it(module: str) -> None:
    assert backward_imports(module, SOURCES[module], SOURCES) == []


@pytest.mark.parametrize("module", [name for name in SOURCES if name not in DECLARATIONS])
def test_module_is_short(module: str) -> None:
    assert len(SOURCES[module].splitlines()) <= LONGEST


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("amounts", "from jcdata.text import squeeze", []),
        ("amounts", "from jcdata import paths, specs", ["specs"]),
        ("text", "def late():\n    import jcdata.pipeline.build", ["pipeline"]),
        ("forms", "from jcdata.layouts import spaced", []),
        ("layouts.spaced", "from jcdata.forms.printed import PrintedForm", []),
        ("layouts.spaced", "from jcdata.layouts import tabbed", ["layouts.tabbed"]),
        ("pipeline", "from jcdata import __version__", ["__init__"]),
    ],
)
def test_backward_import_is_found(module: str, source: str, expected: list[str]) -> None:
    known = {*PLACES, "layouts.spaced", "layouts.tabbed"}
    assert backward_imports(module, source, known) == expected


def test_unlisted_module_is_found() -> None:
    with pytest.raises(LookupError, match="utils"):
        backward_imports("utils", "", {"utils"})

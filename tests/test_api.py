"""What is public in Python: names, signatures and help, and that the documentation keeps to it."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import jcdata
from jcdata.comparison import differences
from jcdata.pipeline import build
from jcdata.pipeline.build import BuildResult

ROOT = Path(__file__).parents[1]
PUBLIC = {
    "AmountError", "BuildResult", "Change", "ComparisonError", "CorrectionError", "DamagedError", "DatabaseError", "DocumentError", "Explanation",
    "JcdataError", "MissingExtraError", "MissingFontWarning", "OutputError", "ReviewError", "SelectionError", "SpecError", "UnopenedError", "WorkerEndedError", "WorkerError", "__version__", "build", "carry_over",
    "charts", "check", "check_specs", "choose", "composition", "conclude", "connect", "diff", "explain", "export_package", "export_workbook", "growth",
    "carry_over_balances", "carry_over_breakdown", "carry_over_patterns", "earlier_work", "indicator_quality", "price_ceilings", "project_funding",
    "function_by_nature", "growth_decomposition", "item_years", "key_shares",
    "in_chinese", "peers", "project_costs", "report", "review", "schema", "site", "timeseries", "trace", "understood", "unit_costs",
}  # fmt: skip
DOCUMENTS = [
    *ROOT.glob("README*.md"),
    ROOT / "SECURITY.md",
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("notebooks/*.ipynb"),
]
# Not data/jcdata.duckdb, nor a file jcdata/schema.py
NAME = re.compile(r"(?<![/\w.])jcdata\.([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?")


def run(code: str) -> str:
    """What Python prints that runs nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout


def unknown_names(text: str) -> list[str]:
    """What a text calls `jcdata.NAME` or `jcdata.NAME.NAME`, and is not public."""
    modules = {"charts", "schema"}
    return [
        found[0]
        for found in NAME.finditer(text)
        if found[1] not in PUBLIC
        or (found[2] and not (found[1] in modules and hasattr(getattr(jcdata, found[1]), found[2])))
    ]


def test_dir_shows_what_is_public() -> None:
    assert set(dir(jcdata)) == PUBLIC
    assert set(jcdata.__all__) == PUBLIC - {"charts", "schema", "__version__"}


def test_every_public_name_is_there_and_explained() -> None:
    assert [
        name for name in PUBLIC - {"__version__"} if not inspect.getdoc(getattr(jcdata, name))
    ] == []
    assert jcdata.Change is differences.Change and jcdata.BuildResult is build.BuildResult


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = jcdata.nothing


def test_import_brings_nothing_that_takes_time() -> None:
    heavy = "{'altair', 'duckdb', 'IPython', 'joblib', 'lxml', 'pandas', 'rapidfuzz', 'rich', 'typer', 'jcdata.schema'}"
    assert (
        run(f"import sys, jcdata; dir(jcdata); print(sorted({heavy} & set(sys.modules)))") == "[]\n"
    )


def test_help_needs_no_altair() -> None:
    code = "import sys; sys.modules['altair'] = None; import jcdata; help(jcdata); print('charts' in dir(jcdata))"
    shown = run(code)
    assert "composition(db" in shown and shown.endswith("False\n")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documentation_names_only_what_is_public(path: Path) -> None:
    assert unknown_names(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", sorted(PUBLIC - {"__version__"}))
def test_help_names_only_what_is_public(name: str) -> None:
    shown = getattr(jcdata, name)
    texts = [
        shown.__doc__,
        *(getattr(shown, part).__doc__ for part in getattr(shown, "__all__", ())),
    ]
    assert [found for text in texts for found in unknown_names(text)] == []


def test_an_inner_name_is_found() -> None:
    text = "`jcdata.growth`, jcdata.charts.save, data/jcdata.duckdb; jcdata.charts.none, jcdata.checks.running jcdata.growth.x"
    assert unknown_names(text) == ["jcdata.charts.none", "jcdata.checks.running", "jcdata.growth.x"]


@pytest.mark.parametrize(
    ("function", "positional", "keywords"),
    [
        (
            jcdata.build,
            ["raw_dir", "db"],
            ["clean", "corrected", "full", "allow_empty", "jobs", "dask", "reviews"],
        ),
        (jcdata.report, ["db", "path"], ["unit", "year"]),
        (jcdata.site, ["db", "folder"], ["files", "address", "jobs"]),
        (jcdata.export_workbook, ["db", "path"], []),
        (jcdata.export_package, ["db", "folder"], []),
        (jcdata.check, ["db"], []),
        (jcdata.review, ["db", "finding_id", "verdict"], ["reason", "by", "reviews"]),
        (jcdata.connect, ["db"], ["allow_folders"]),
        (jcdata.diff, ["db", "a", "b"], []),
        (jcdata.trace, ["db", "asked"], []),
        (jcdata.item_years, ["db"], ["unit", "year", "exact"]),
        (jcdata.composition, ["db"], ["dimension", "unit", "year", "kind", "exact"]),
        *(
            (analysis, ["db"], ["unit", "year", "kind", "exact"])
            for analysis in (jcdata.growth, jcdata.project_costs)
        ),
        *(
            (analysis, ["db"], ["unit", "year", "kind", "exact"])
            for analysis in (
                jcdata.unit_costs,
                jcdata.carry_over,
                jcdata.function_by_nature,
                jcdata.key_shares,
                jcdata.growth_decomposition,
                jcdata.peers,
                jcdata.project_funding,
                jcdata.indicator_quality,
            )
        ),
        *(
            (analysis, ["db"], ["unit", "year", "kind", "exact"])
            for analysis in (jcdata.price_ceilings, jcdata.earlier_work, jcdata.carry_over_balances)
        ),
        *(
            (analysis, ["db"], ["unit", "year", "kind", "exact"])
            for analysis in (jcdata.carry_over_breakdown, jcdata.carry_over_patterns)
        ),
        (jcdata.timeseries, ["db"], ["unit", "year", "exact"]),
    ],
)
def test_help_shows_the_arguments_of_today(
    function: Callable[..., Any], positional: list[str], keywords: list[str]
) -> None:
    parameters = inspect.signature(function).parameters.values()
    assert [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD] == positional
    assert [p.name for p in parameters if p.kind is p.KEYWORD_ONLY] == keywords
    assert len(parameters) == len(positional) + len(keywords) and function.__doc__


def test_money_is_exact_in_an_analysis_if_asked_for(built: BuildResult) -> None:
    with jcdata.connect(built.database) as db:
        for analysis in (
            jcdata.composition,
            jcdata.growth,
            jcdata.project_costs,
            jcdata.carry_over,
        ):
            exact, usual = analysis(db, exact=True), analysis(db)
            money = next(name for name in exact if name.endswith("_yuan"))
            assert {type(value) for value in exact[money].dropna()} == {Decimal}
            assert usual[money].dtype == float and [*map(float, exact[money])] == [*usual[money]]
            assert list(exact) == list(usual)

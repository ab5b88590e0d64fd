"""What is public in Python: names, signatures and help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

import jcdata


@pytest.mark.parametrize(
    ("function", "positional", "keywords"),
    [
        (jcdata.build, ["raw_dir", "db"], ["clean", "corrected", "full", "jobs", "dask"]),
        (jcdata.report, ["db", "path"], ["unit", "year"]),
        (jcdata.export_workbook, ["db", "path"], []),
        (jcdata.export_package, ["db", "folder"], []),
        (jcdata.check, ["db"], []),
        (jcdata.connect, ["db"], ["allow_folders"]),
        (jcdata.diff, ["db", "a", "b"], []),
        (jcdata.composition, ["db"], ["dimension", "unit", "year", "kind"]),
        *((analysis, ["db"], ["unit", "year", "kind"]) for analysis in (jcdata.growth, jcdata.project_costs)),
        *((analysis, ["db"], ["unit", "year", "kind"]) for analysis in (jcdata.unit_costs, jcdata.carry_over)),
    ],
)
def test_help_shows_the_arguments_of_today(
    function: Callable[..., Any], positional: list[str], keywords: list[str]
) -> None:
    parameters = inspect.signature(function).parameters.values()
    assert [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD] == positional
    assert [p.name for p in parameters if p.kind is p.KEYWORD_ONLY] == keywords
    assert len(parameters) == len(positional) + len(keywords) and function.__doc__

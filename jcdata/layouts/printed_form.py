"""A performance form as it is printed once, before printings are merged: what both layouts hand on."""

from __future__ import annotations

from typing import NamedTuple


class PrintedCell(NamedTuple):
    """Text of a cell without white space, and the line on which it begins."""

    text: str
    line_no: int


class PrintedFunding(NamedTuple):
    """An amount of the funding grid as printed; `horizon` and `source` as in `schema.FormFunding`."""

    horizon: str
    source: str
    text: str
    line_no: int


class PrintedIndicator(NamedTuple):
    """An indicator of one half of the grid as printed."""

    horizon: str
    level1: str
    level2: str
    level3: str
    value_text: str
    is_truncated: bool
    line_no: int


class PrintedForm(NamedTuple):
    """One printing of a form.

    `fields` maps names of `schema.PerformanceForm` (project_name, department, implementing_unit, property,
    period_text, overview, basis, necessity, safeguards, schedule, period_goal, annual_goal, filed_on_text) to
    their cells; a field that is not printed or empty is absent. `department` is 222-某某局 as printed.
    `unrecognised` lists lines that were not understood, with the reason.
    """

    fields: dict[str, PrintedCell]
    funding: list[PrintedFunding]
    indicators: list[PrintedIndicator]
    first_line: int
    last_line: int
    unrecognised: list[tuple[int, str]]

"""Which printings are of the same project's form.

A one-off slip must not make a second form, and two projects must never become one: so a name is not believed alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from jcdata.forms.printed import PrintedForm
from jcdata.names import is_cut, is_misspelling, name_key
from jcdata.schema import BUDGETED
from jcdata.text import text_key

ALIKE = 90.0  # percent: overviews of one project, however the printings differ
COMPARED = 2000  # characters of the overviews


def group_printings(printings: Sequence[PrintedForm]) -> list[list[PrintedForm]]:
    """The printings of each form, in order of first appearance; one without a project's name goes on with the last."""
    groups: list[list[PrintedForm]] = []
    spellings: list[
        dict[str, PrintedForm]
    ] = []  # of each group: one printing per spelling of the name
    for printed in printings:
        name = name_key(_text(printed, "project_name"))
        place = len(groups)
        if not name and groups and groups[-1][-1].kind == printed.kind:
            place -= 1
        elif name:
            # Each spelling once, else every printing is compared with all before it.
            known = (
                i
                for i, names in enumerate(spellings)
                if any(is_same_form(p, printed) for p in names.values())
            )
            place = next(known, place)
        if place == len(groups):
            groups.append([])
            spellings.append({})
        groups[place].append(printed)
        spellings[place].setdefault(name, printed)
    return groups


def is_same_form(one: PrintedForm, other: PrintedForm) -> bool:
    """Whether two printings are of one project.

    Names that agree need one more witness, the money or the overview, as units under one department may name their
    projects alike. A name that is cut or has a wrong character needs both, as parts of a project may cost the same.
    """
    name, other_name = _text(one, "project_name"), _text(other, "project_name")
    key, other_key = name_key(name), name_key(other_name)
    if one.kind != other.kind:
        return False
    if key == other_key:
        return _units_agree(one, other) and (
            _money_agrees(one, other) is not False or _overviews_agree(one, other)
        )
    if not key or not other_key or not (is_cut(name, other_name) or is_misspelling(key, other_key)):
        return False
    return (
        _units_agree(one, other)
        and _money_agrees(one, other) is True
        and _overviews_agree(one, other)
    )


def _units_agree(one: PrintedForm, other: PrintedForm) -> bool:
    unit, other_unit = (name_key(_text(printed, "implementing_unit")) for printed in (one, other))
    return not unit or not other_unit or unit == other_unit or is_misspelling(unit, other_unit)


def _money_agrees(one: PrintedForm, other: PrintedForm) -> bool | None:
    """Whether the totals of both are the same; None if they share none."""
    totals, other_totals = (
        {
            row.horizon: row.figure_key
            for row in printed.funding
            if row.source == "total" and row.basis == BUDGETED
        }
        for printed in (one, other)
    )
    shared = totals.keys() & other_totals.keys()
    return all(totals[horizon] == other_totals[horizon] for horizon in shared) if shared else None


def _overviews_agree(one: PrintedForm, other: PrintedForm) -> bool:
    """Whether both have an overview and it says the same up to wording, one perhaps cut off."""
    text, other_text = (text_key(_text(printed, "overview")) for printed in (one, other))
    length = min(len(text), len(other_text), COMPARED)
    return length > 0 and fuzz.ratio(text[:length], other_text[:length]) >= ALIKE


def _text(printed: PrintedForm, field: str) -> str:
    cell = printed.fields.get(field)
    return cell.text if cell else ""

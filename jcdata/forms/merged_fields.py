"""The fields and amounts of a form as its printings have them together, and where they contradict each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jcdata.forms.printed import TEXT_FIELDS, PrintedCell, PrintedForm, PrintedFunding
from jcdata.text import text_key

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


FundingPlace = tuple[str, str, str]  # horizon, source and basis


class Contradiction(NamedTuple):
    """Two printings of a form disagree: what is kept and what stands elsewhere.

    `subject` is a field of the form, horizon and source of an amount, or the name of an indicator.
    """

    form_no: int
    subject: str
    kept: PrintedCell
    other: PrintedCell


def best_spelling(cells: Sequence[PrintedCell]) -> PrintedCell:
    """The cell that most printings agree with, one that is cut off counting for the fuller; else the longest."""
    counts = Counter(text_key(cell.text) for cell in cells)

    def support(key: str) -> tuple[int, int]:
        return sum(count for other, count in counts.items() if key.startswith(other)), len(key)

    best = max(counts, key=support)
    return next(cell for cell in cells if text_key(cell.text) == best)


def merge_fields(
    form_no: int, printings: Sequence[PrintedForm]
) -> tuple[dict[str, PrintedCell], list[Contradiction]]:
    """Each field as its best printing has it, and what other printings say instead."""
    merged: dict[str, PrintedCell] = {}
    contradictions: list[Contradiction] = []
    for field in dict.fromkeys(field for printed in printings for field in printed.fields):
        cells = [printed.fields[field] for printed in printings if field in printed.fields]
        kept = merged[field] = best_spelling(cells)
        others = _distinct(cell for cell in cells if _contradicts(field, kept.text, cell.text))
        contradictions += (
            Contradiction(form_no=form_no, subject=field, kept=kept, other=other)
            for other in others
        )
    return merged, contradictions


def merge_funding(
    form_no: int, printings: Sequence[PrintedForm]
) -> tuple[dict[FundingPlace, PrintedFunding], list[Contradiction]]:
    """Each amount by horizon, source and basis as most printings have it, and what other printings say instead."""
    amounts: defaultdict[FundingPlace, list[PrintedFunding]] = defaultdict(list)
    for row in (row for printed in printings for row in printed.funding):
        amounts[row.horizon, row.source, row.basis].append(row)
    merged: dict[FundingPlace, PrintedFunding] = {}
    contradictions: list[Contradiction] = []
    for place, rows in amounts.items():
        most = Counter(row.figure_key for row in rows).most_common(1)[0][0]
        kept = merged[place] = next(row for row in rows if row.figure_key == most)
        others = _distinct(
            PrintedCell(row.text, row.line_no) for row in rows if row.figure_key != most
        )
        cell = PrintedCell(kept.text, kept.line_no)
        contradictions += (
            Contradiction(form_no=form_no, subject=" ".join(place[:2]), kept=cell, other=other)
            for other in others
        )
    return merged, contradictions


def _contradicts(field: str, kept: str, other: str) -> bool:
    """Whether a cell says something else: of a passage only the figures count; a cut text contradicts nothing."""
    one, two = text_key(kept), text_key(other)
    if one.startswith(two):
        return False
    return field not in TEXT_FIELDS or Counter(_FIGURE.findall(one)) != Counter(
        _FIGURE.findall(two)
    )


def _distinct(cells: Iterable[PrintedCell]) -> list[PrintedCell]:
    first: dict[str, PrintedCell] = {}
    for cell in cells:
        first.setdefault(text_key(cell.text), cell)
    return list(first.values())

"""What the money of columns that stand side by side measures: each something else, of this year or of others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from jcdata.tables.columns import (
    CARRY_OVER,
    FUNDS,
    OTHER,
    PRIOR,
    SOURCES,
    TOTAL,
    Column,
    measure_of,
)
from jcdata.tables.vocabulary import vocabulary
from jcdata.text import label_key

BUDGETS = BUDGETED, ADJUSTED = "budgeted", "adjusted_budget"
REVENUE = "current_revenue"
EXPENDITURES = ("basic", "project", "personnel", "non_personnel")


def measures_of(columns: Sequence[Column]) -> dict[int, str]:
    """Column -> what it measures, for the money of one block of columns that stand beside one name.

    What all of them have above them says what the table is about and distinguishes none. An amount alone in its block is
    its total, also one of a single source of money; where none is the total, what the year's revenue sums up to is.
    """
    money = [column for column in columns if column.is_money]
    found: dict[int, str] = {}
    for column, keys in zip(money, _distinguishing(money), strict=True):
        measure = measure_of(keys)
        if (measure == OTHER and not keys) or (measure in (OTHER, *SOURCES) and len(money) == 1):
            measure = TOTAL
        found[column.number] = measure
    if TOTAL not in found.values():
        found = {n: TOTAL if measure == REVENUE else measure for n, measure in found.items()}
    return _with_budgets(_prior_years(found, money), money)


def _distinguishing(money: Sequence[Column]) -> list[list[str]]:
    """The texts of the headings of money that stand side by side, without units and what all have above them."""
    words = vocabulary()
    headings = [column.own_heading for column in money]
    shared = _shared_length(headings) if len(money) > 1 else 0
    texts = [heading[shared:] if len(money) > 1 else heading[-1:] for heading in headings]
    return [[words.unit.sub("", label_key(text)) for text in heading] for heading in texts]


def tell_apart(
    found: dict[int, str], money: Sequence[Column], filled: Mapping[int, Set[int]]
) -> dict[int, str]:
    """What columns side by side measure, none the same as another: of two that would be, one has a meaning of its own.

    They measure the same if they are two halves of one column: beside each other, under one heading, and no row of those that
    are `filled` has a figure in both. Nor does a part of last year's money, of what was carried over or of revenue measure what
    a part of this year's spending does, nor the spending of one of several funds what that of all does.
    """
    words = vocabulary()
    years = _years(money)
    latest = max(years.values(), default=0)
    told = dict(found)
    taken: dict[tuple[str, str], Column] = {}
    ranked = []
    distinguishing = _distinguishing(money)
    funds = {measure_of([key]) for keys in distinguishing for key in keys} & FUNDS
    for column, keys in zip(money, distinguishing, strict=True):
        above = {measure_of([key]) for key in keys[:-1]}
        is_unknown = len(money) > 1 and bool(keys) and measure_of(keys[-1:]) == OTHER
        if is_unknown and found[column.number] not in (PRIOR, *BUDGETS):
            told[column.number] = OTHER
        is_old = years.get(column.number, latest) < latest or bool(above & {PRIOR, CARRY_OVER})
        is_of_part = REVENUE in above or (len(funds) > 1 and bool(above & FUNDS))
        is_spent_of_part = is_of_part and found[column.number] in EXPENDITURES
        if is_spent_of_part or (
            is_old and found[column.number] not in (PRIOR, CARRY_OVER, "change")
        ):
            told[column.number] = OTHER
        is_actual = any(words.actual.search(key) for key in keys)
        year = years.get(column.number, latest)
        # What has no heading takes no meaning from what has one
        ranked.append(
            (not keys, -year, column.number in years, not is_actual, column.number, column)
        )
    for *_, column in sorted(ranked):
        first = taken.setdefault((column.organisation, told[column.number]), column)
        if first is not column and not _are_halves(first, column, filled):
            told[column.number] = OTHER
    return told


def _are_halves(one: Column, other: Column, filled: Mapping[int, Set[int]]) -> bool:
    own, others = filled.get(one.number, set()), filled.get(other.number, set())
    return (
        abs(one.number - other.number) == 1
        and other.heading in ((), one.heading)
        and bool(own and others)
        and own.isdisjoint(others)
    )


def _shared_length(headings: Sequence[tuple[str, ...]]) -> int:
    length = 0
    while (
        all(len(heading) > length + 1 for heading in headings)
        and len({heading[length] for heading in headings}) == 1
    ):
        length += 1
    return length


def _years(money: Sequence[Column]) -> dict[int, int]:
    """Column -> the year that its heading names, if it does."""
    found = {column.number: re.search(r"20\d\d", "".join(column.heading)) for column in money}
    return {number: int(match[0]) for number, match in found.items() if match}


def columns_of_earlier_years(money: Sequence[Column]) -> set[int]:
    """The columns whose headings name a year before the latest that one of them names."""
    years = _years(money)
    latest = max(years.values(), default=0)
    return {number for number, year in years.items() if year < latest}


def _prior_years(found: dict[int, str], money: Sequence[Column]) -> dict[int, str]:
    """Of columns of several years only the last year's are this year's, and what was spent in a year is not, beside a total without one."""
    words = vocabulary()
    years = _years(money)
    latest = max(years.values(), default=0)
    has_undated = any(measure == TOTAL and number not in years for number, measure in found.items())
    spent = {
        column.number
        for column in money
        if column.number in years
        and has_undated
        and any(words.spent.fullmatch(label_key(text)) for text in column.own_heading)
    }
    return {
        number: PRIOR
        if measure in (TOTAL, OTHER) and (years.get(number, latest) < latest or number in spent)
        else measure
        for number, measure in found.items()
    }


def _with_budgets(found: dict[int, str], money: Sequence[Column]) -> dict[int, str]:
    """Beside 决算数 the columns of 预算数 are what was budgeted, of two that of the whole year what it was adjusted to."""
    words = vocabulary()
    keys = {column.number: [label_key(text) for text in column.heading] for column in money}
    accounted = {n for n, texts in keys.items() if any(map(words.accounted.fullmatch, texts))}
    budgeted = {
        number
        for number, measure in found.items()
        if accounted
        and number not in accounted
        and measure in (TOTAL, OTHER)
        and any(map(words.budgeted.fullmatch, keys[number]))
    }
    adjusted = {n for n in budgeted if any(map(words.adjusted.fullmatch, keys[n]))}
    named = dict.fromkeys(budgeted, BUDGETED)
    if adjusted < budgeted:
        named |= dict.fromkeys(adjusted, ADJUSTED)
    return found | named


def bases_of(names: Sequence[str]) -> list[str]:
    """What the rows of such names measure, side by side."""
    rows = [
        Column(number=number, heading=(name,), role="money") for number, name in enumerate(names)
    ]
    return list(tell_apart(measures_of(rows), rows, {}).values())

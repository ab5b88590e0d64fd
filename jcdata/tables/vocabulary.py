"""The words of headings, as `specs/headings.toml` has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from jcdata.codes import NO_AMOUNT
from jcdata.errors import SpecError
from jcdata.schema import MEASURES
from jcdata.spec_files import spec_words
from jcdata.text import label_key, strip_ordinal

IGNORED = "ignored"  # figures that are no money


class Vocabulary(NamedTuple):
    """The patterns of `specs/headings.toml`, those of texts and of measures in the order in which they are tried."""

    year: re.Pattern[str]
    unit: re.Pattern[str]
    whole: re.Pattern[str]
    part: re.Pattern[str]
    named_part: re.Pattern[str]
    revenue: re.Pattern[str]
    expenditure: re.Pattern[str]
    around_expense: re.Pattern[str]
    expense: re.Pattern[str]
    before: re.Pattern[str]
    code_before: re.Pattern[str]
    code_behind: re.Pattern[str]
    budgeted: re.Pattern[str]
    adjusted: re.Pattern[str]
    accounted: re.Pattern[str]
    actual: re.Pattern[str]
    spent: re.Pattern[str]
    total_name: str
    this_year: re.Pattern[str]
    item_heading: re.Pattern[str]
    economic: re.Pattern[str]
    governmental: re.Pattern[str]
    project_heading: re.Pattern[str]
    of_units: re.Pattern[str]
    counted: re.Pattern[str]
    measured: re.Pattern[str]
    texts: tuple[tuple[str, re.Pattern[str]], ...]
    measures: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def vocabulary() -> Vocabulary:
    """The words of headings. Raises SpecError for a measure that there is not."""
    content = spec_words("headings")
    plain = {key: value for key, value in content.items() if isinstance(value, str)}
    plain["no_amount"] = NO_AMOUNT

    def pattern(text: str) -> re.Pattern[str]:
        for key, value in plain.items():
            text = text.replace("{" + key + "}", value)
        return re.compile(text)

    if unknown := set(content["measures"]) - {*MEASURES, IGNORED}:
        raise SpecError(f"headings.toml: unknown measure {', '.join(sorted(unknown))}")
    return Vocabulary(
        year=pattern(plain["year"]),
        unit=pattern(plain["unit"]),
        whole=pattern(plain["whole"]),
        part=pattern(plain["part"]),
        named_part=pattern(plain["named_part"]),
        revenue=pattern(plain["revenue"]),
        expenditure=pattern(plain["expenditure"]),
        around_expense=pattern(plain["around_expense"]),
        expense=pattern(plain["expense"]),
        before=pattern(plain["before"]),
        code_before=pattern(plain["code_before"]),
        code_behind=pattern(plain["code_behind"]),
        budgeted=pattern(plain["budgeted"]),
        adjusted=pattern(plain["adjusted"]),
        accounted=pattern(plain["accounted"]),
        actual=pattern(plain["actual"]),
        spent=pattern(plain["spent"]),
        total_name=plain["total_name"],
        this_year=pattern(plain["this_year"]),
        item_heading=pattern(plain["item_heading"]),
        economic=pattern(plain["economic"]),
        governmental=pattern(plain["governmental"]),
        project_heading=pattern(plain["project_heading"]),
        of_units=pattern(plain["of_units"]),
        counted=pattern(plain["count"]),
        measured=pattern(plain["size"]),
        texts=tuple((name, pattern(text)) for name, text in content["texts"].items()),
        measures=tuple((name, pattern(text)) for name, text in content["measures"].items()),
    )


def code_in(name: str) -> tuple[str, str]:
    """A code that is printed before or behind a name, and the name; no code where there is none."""
    words = vocabulary()
    match = words.code_before.fullmatch(name) or words.code_behind.fullmatch(name)
    return (match["code"], match["name"]) if match else ("", name)


def expense_of(heading: Sequence[str]) -> str:
    """The expense that a heading names, from top to bottom, in one cell or cut into several; a 小计 is that of the one above it."""
    words = vocabulary()
    plain = [
        words.around_expense.sub("", text) or text for text in heading if not says_only_basis(text)
    ] or list(heading)
    for begin in reversed(range(len(plain))):
        joined = "".join(plain[begin:])
        if words.expense.fullmatch(label_key(joined)):
            return strip_ordinal(joined)
    is_part = words.part.fullmatch(label_key(plain[-1])) and len(plain) > 1
    return strip_ordinal(plain[-2] if is_part else plain[-1])


def says_only_basis(text: str) -> bool:
    """Whether a text says only that amounts are those of the budget, or of the account: 预算数, 2034年决算数."""
    words = vocabulary()
    key = label_key(text)
    return bool(words.budgeted.fullmatch(key) or words.accounted.fullmatch(key))


def counts_things(name: str, text: str) -> bool:
    """Whether a figure beside a name says how many things there are: only areas and lengths have decimals, money may."""
    words = vocabulary()
    key = label_key(name)
    is_whole = not re.search("[.．]", text)
    return bool(words.measured.fullmatch(key) or (is_whole and words.counted.fullmatch(key)))

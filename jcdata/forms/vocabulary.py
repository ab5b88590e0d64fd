"""What `specs/forms.toml` says about the performance form, ready for the readers to match with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from jcdata.errors import SpecError
from jcdata.schema import HORIZONS, SOURCES
from jcdata.spec_files import SPECS, read_toml

_KEYS = {"footer", "signature", "filed_on", "date", "years", "fields", "signatures", "funding", "horizons", "totals", "funding_prefix", "funding_print",
         "levels", "level_names", "grid", "values", "names", "fields_in_cells"}  # fmt: skip
_KEYS_WITHIN = {
    "funding": set(SOURCES),
    "horizons": set(HORIZONS),
    "totals": set(HORIZONS),
    "funding_print": {*SOURCES, "amount", "label_characters"},
    "grid": {"header", "side_label", "label_ending"},
    "values": {"comparators", "signs", "units", "times", "words"},
    "names": {"endings"},
}


@cache
def form_words() -> dict[str, Any]:
    """The content of `specs/forms.toml`. Raises SpecError for a key that is not known."""
    content = read_toml(SPECS / "forms.toml", _KEYS)
    for part, known in _KEYS_WITHIN.items():
        if unknown := set(content[part]) - known:
            raise SpecError(f"forms.toml: unknown key {', '.join(sorted(unknown))} in {part}")
    return content


class FormSpec(NamedTuple):
    """The printed form: its labels, its two levels of indicators, what target values look like.

    `fields` come in printed order; each matches its label inside a line, `any_field` one at a line's beginning,
    both only where it stands free. `number` matches a whole value that is a figure with its comparator and unit,
    `words` one that consists of usual words.
    """

    fields: dict[str, re.Pattern[str]]
    any_field: re.Pattern[str]
    footer: re.Pattern[str]
    signature: re.Pattern[str]
    filed_on: re.Pattern[str]
    date: re.Pattern[str]
    years: re.Pattern[str]
    funding: re.Pattern[str]
    funding_line: re.Pattern[str]
    header: tuple[str, ...]
    side_label: str
    level1: tuple[str, ...]
    level1_of: dict[str, str]
    comparator: re.Pattern[str]
    space_in_value: re.Pattern[str]
    number: re.Pattern[str]
    words: re.Pattern[str]
    value_endings: tuple[str, ...]
    name_endings: tuple[str, ...]


@cache
def form_spec() -> FormSpec:
    """The form as `specs/forms.toml` describes it, for lines of the spaced layout."""
    content = form_words()
    labels = {
        name: _any_of(words) for name, words in content["fields"].items() if name != "filed_on_text"
    }
    both_goals = rf"(?:{labels['period_goal']})\s*(?:{labels['annual_goal']})"  # one above each half of the form
    in_place = {"period_goal": ("both_goals", both_goals)}
    labels = dict(in_place.get(name, (name, label)) for name, label in labels.items())
    words = content["funding_print"]
    sources = {source: words[source] for source in SOURCES if source in words}
    values, amount = content["values"], words["amount"]
    comparators = re.escape(values["comparators"])
    going_on = _any_of([*values["units"], *values["times"]])
    return FormSpec(
        fields={name: re.compile(rf"(?P<{name}>{label})(?=\s)") for name, label in labels.items()},
        any_field=re.compile(rf"(?:{_named(labels)})(?:[:：]|(?=[\s（(]|$))"),
        footer=re.compile(rf"\s*(?:{content['footer']})"),
        signature=re.compile(content["signature"]),
        filed_on=re.compile(content["filed_on"]),
        date=re.compile(content["date"]),
        years=re.compile(content["years"]),
        funding=re.compile(f"{_named(sources)}|(?P<amount>{amount})"),
        funding_line=re.compile(rf"[{re.escape(words['label_characters'])}\d,.E+\s]*"),
        header=tuple(content["grid"]["header"]),
        side_label=content["grid"]["side_label"],
        level1=tuple(content["levels"]),
        level1_of={
            level2: level1 for level1, under in content["levels"].items() for level2 in under
        },
        comparator=re.compile(f"[{comparators}]"),
        space_in_value=re.compile(
            rf"(?<=[{comparators}])\s+(?=\d)|(?<=\d)\s+(?=(?:{_any_of(values['units'])})(?:\s|$))"
        ),
        number=re.compile(rf"[{comparators}]?\d(?:[\d{re.escape(values['signs'])}]|{going_on})*+"),
        words=re.compile(rf"(?:{_any_of(values['words'])})++"),
        value_endings=(*values["units"], *values["times"], *values["words"], *values["signs"]),
        name_endings=tuple(content["names"]["endings"]),
    )


def _named(patterns: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items())


def _any_of(words: Iterable[str]) -> str:
    """Alternatives with the longest first, so that a possessive repetition of them needs no second try."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))

"""How the prose states figures: the content of `specs/claims.toml`, compiled."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from jcdata.amounts import MONEY_UNIT, UNITS
from jcdata.figures import Figure, figure_pattern
from jcdata.numerals import NUMERAL
from jcdata.spec_files import SPECS, patterns, read_toml

_WORDS = (
    "heading", "item_begins", "share", "completion", "comparison", "comparison_begins", "compared_year", "compared_budget", "unchanged",
    "before_unchanged", "reason", "explained", "threshold", "range_begins", "range_goes_on", "mean", "same_subject",
    "is_budget", "is_actual", "is_executed", "is_of_year", "qualifier", "item_path", "inside_subject", "vague", "uncounted", "parts",
    "parts_begin", "several", "listed", "only_joins", "last_clause", "item_ordinal", "item_begins_after",
    "item_with_code", "item_with_codes", "class_before", "level_before", "marked_digits", "is_name", "sum", "score", "own_spending", "sum_of_money",
    "share_of", "whole_before", "of_all", "noun_behind", "noun_ends", "listed_completion", "cause", "part_of_name", "verb_behind", "label",
    "label_ending", "statement_begins", "use_begins", "explanation_goes_on", "completion_of", "of_it", "last_listed", "noun",
    "only_verb", "more_than_budget", "less_than_budget", "equal_to_budget",
    "opposites", "those_before", "threshold_before", "threshold_of", "changed_money", "list_of", "whole_again",
)  # fmt: skip
_KNOWN = {
    *_WORDS,
    "before_subject", "leads_to_figure", "before_known", "bare_money", "percentages", "counts", "multiples",
    "worded_counts", "worded_figure", "increase", "decrease", "compared", "change_ending", "reason_end",
    "after_subject", "subjects", "counted",
}  # fmt: skip

# A figure of money or a share, whether or not its number is one; its unit may have been left out: 占76.50;
PRINTED_FIGURE = re.compile(
    rf"(?<![\d.])(?<!\d,)(?:\d[\d,]*+(?:\.\d++)?+(?:{MONEY_UNIT}|%)|\d[\d,]*+\.\d\d(?=[，,;；。、]|$))"
)


class Patterns(NamedTuple):
    """The content of `specs/claims.toml`, compiled; the keys are explained there, those of one pattern are in `words`."""

    figure: re.Pattern[str]
    worded_figure: re.Pattern[str]
    percentages: frozenset[str]
    multiples: frozenset[str]
    increase: re.Pattern[str]
    decrease: re.Pattern[str]
    reason_end: re.Pattern[str]
    subject: re.Pattern[str]
    subject_names: tuple[str, ...]
    counted: tuple[tuple[str, re.Pattern[str]], ...]
    words: dict[str, re.Pattern[str]]

    def is_rate(self, figure: Figure) -> bool:
        """Whether a figure is a share or a multiple, no amount and no count."""
        return figure.unit in self.percentages | self.multiples


@cache
def load_patterns() -> Patterns:
    """Read `specs/claims.toml`. Raises SpecError for a key that is not known."""
    spec = read_toml(SPECS / "claims.toml", _KNOWN)
    money = sorted(UNITS, key=len, reverse=True)
    subjects = "|".join(f"({_without_groups(pattern)})" for pattern in spec["subjects"].values())
    subject = f"(?:{subjects})(?:{_without_groups(spec['after_subject'])})$"
    unit_ending = f"({patterns('sections')['unit_ending'].pattern})"
    reason_end = spec["reason_end"].replace("{unit_ending}", unit_ending)
    increase, decrease = (
        "|".join(spec[key]).replace("{compared}", f"(?:{spec['compared']})")
        for key in ("increase", "decrease")
    )
    return Patterns(
        figure=figure_pattern(
            [*money, *spec["bare_money"], *spec["percentages"], *spec["multiples"], *spec["counts"]]
        ),
        worded_figure=re.compile(
            spec["worded_figure"]
            .replace("{numeral}", NUMERAL)
            .replace("{units}", "|".join([*money, *spec["worded_counts"]]))
        ),
        percentages=frozenset(spec["percentages"]),
        multiples=frozenset(spec["multiples"]),
        increase=re.compile(f"(?:{increase}){spec['change_ending']}$"),
        decrease=re.compile(f"(?:{decrease}){spec['change_ending']}$"),
        reason_end=re.compile(_without_groups(reason_end) + subject),
        subject=re.compile(subject),
        subject_names=tuple(spec["subjects"]),
        counted=tuple((name, re.compile(pattern)) for name, pattern in spec["counted"].items()),
        words={key: re.compile(_joined(spec[key])) for key in _WORDS}
        | {
            "leads_to_figure": re.compile(f"(?:{_joined(spec['leads_to_figure'])})+$"),
            "before_subject": re.compile(f"(?:{_joined(spec['before_subject'])})+"),
            "before_known": re.compile(spec["before_known"].replace("{unit_ending}", unit_ending)),
        },
    )


def _joined(words: str | list[str]) -> str:
    return words if isinstance(words, str) else "|".join(words)


def _without_groups(pattern: str) -> str:
    """The pattern with groups that capture nothing, so that the number of the captured group tells the subject."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)

"""How the prose states figures: the content of `specs/claims.toml`, compiled."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from jcdata.amounts import UNITS
from jcdata.figures import figure_pattern
from jcdata.spec_files import SPECS, patterns, read_toml


class Patterns(NamedTuple):
    """The content of `specs/claims.toml`, compiled; the keys are explained there."""

    figure: re.Pattern[str]
    percentages: frozenset[str]
    heading: re.Pattern[str]
    increase: re.Pattern[str]
    decrease: re.Pattern[str]
    share: re.Pattern[str]
    comparison: re.Pattern[str]
    unchanged: re.Pattern[str]
    reason: re.Pattern[str]
    reason_end: re.Pattern[str]
    threshold: re.Pattern[str]
    same_subject: re.Pattern[str]
    before_subject: re.Pattern[str]
    inside_subject: re.Pattern[str]
    after_subject: re.Pattern[str]
    subject: re.Pattern[str]
    subject_names: tuple[str, ...]
    counted: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def load_patterns() -> Patterns:
    """Read `specs/claims.toml`. Raises SpecError for a key that is not known."""
    spec = read_toml(
        SPECS / "claims.toml",
        {"percentages", "counts", "heading", "increase", "decrease", "change_ending", "share", "comparison", "unchanged",
         "reason", "reason_end", "threshold", "same_subject", "before_subject", "inside_subject", "after_subject", "subjects", "counted"},
    )  # fmt: skip
    money = sorted(UNITS, key=len, reverse=True)
    subjects = "|".join(f"({_without_groups(pattern)})" for pattern in spec["subjects"].values())
    after_subject = f"(?:{_without_groups(spec['after_subject'])})$"
    subject = f"(?:{subjects}){after_subject}"
    reason_end = spec["reason_end"].replace(
        "{unit_ending}", f"({patterns('sections')['unit_ending'].pattern})"
    )
    return Patterns(
        figure=figure_pattern([*money, *spec["percentages"], *spec["counts"]]),
        percentages=frozenset(spec["percentages"]),
        heading=re.compile(spec["heading"]),
        increase=re.compile(f"(?:{'|'.join(spec['increase'])}){spec['change_ending']}$"),
        decrease=re.compile(f"(?:{'|'.join(spec['decrease'])}){spec['change_ending']}$"),
        share=re.compile(spec["share"]),
        comparison=re.compile(spec["comparison"]),
        unchanged=re.compile(spec["unchanged"]),
        reason=re.compile(spec["reason"]),
        reason_end=re.compile(_without_groups(reason_end) + subject),
        threshold=re.compile(spec["threshold"]),
        same_subject=re.compile(spec["same_subject"]),
        before_subject=re.compile(spec["before_subject"]),
        inside_subject=re.compile(spec["inside_subject"]),
        after_subject=re.compile(after_subject),
        subject=re.compile(subject),
        subject_names=tuple(spec["subjects"]),
        counted=tuple((name, re.compile(pattern)) for name, pattern in spec["counted"].items()),
    )


def _without_groups(pattern: str) -> str:
    """The pattern with groups that capture nothing, so that the number of the captured group tells the subject."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)

"""What the headings of a performance form say: which column of which grid stands below one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from jcdata.amounts import MONEY_UNIT
from jcdata.forms.printed import PrintedCell, PrintedForm
from jcdata.schema import PROJECT_GOALS, SELF_EVALUATION, WHOLE_DEPARTMENT_GOALS
from jcdata.spec_files import SPECS, read_toml
from jcdata.text import label_key

LONGEST_HEADING = 40
PART_OF_YEAR = "part_of_year"
BRACKETED_UNIT = re.compile(rf"\(({MONEY_UNIT})\)")
_BRACKET = re.compile(r"\([^()]*\)")
_PARTS = {"indicators", "funding", "tasks", "cells", "kinds"}


@cache
def _patterns(part: str) -> dict[str, re.Pattern[str]]:
    words: dict[str, str] = read_toml(SPECS / "form_headings.toml", _PARTS)[part]
    return {role: re.compile(pattern) for role, pattern in words.items()}


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """A heading as patterns compare it; '' where it is too long for one."""
    if len(text) > LONGEST_HEADING:
        return ""
    key = label_key(text)
    return (_BRACKET.sub("", key) or key.strip("()")).rstrip(":")


@lru_cache(maxsize=4096)
def role_of(part: str, text: str) -> str:
    """What a heading says of its column in a part of the form: `indicators`, `funding` or `tasks`; '' if nothing.

    A target or result of a part of the year has a role that no column of an indicator has.
    """
    if part == "funding" and (match := match_cell("said_in_brackets", text)):
        text = match["heading"] if _role(part, match["heading"]) else text
    return _role(part, text)


def _role(part: str, text: str) -> str:
    key = heading_key(text)
    if key and match_cell("part_of_year", text):
        return PART_OF_YEAR if part == "indicators" else ""
    roles = _patterns(part).items() if key else ()
    return next((role for role, pattern in roles if pattern.fullmatch(key)), "")


@lru_cache(maxsize=4096)
def match_cell(kind: str, text: str) -> re.Match[str] | None:
    """A whole cell as a kind of those that stand below headings."""
    return _patterns("cells")[kind].fullmatch(label_key(text))


def bracketed_unit(line_no: int, texts: Iterable[str]) -> PrintedCell | None:
    """The unit of money that labels or headings on a line name in brackets: 预算金额（万元）."""
    found = (BRACKETED_UNIT.search(label_key(text)) for text in texts)
    return next((PrintedCell(match[1], line_no) for match in found if match), None)


def kind_of_form(title: str, printed: PrintedForm) -> str:
    """Which kind of form it is: as its title says, else by what its columns hold."""
    kinds = _patterns("kinds").items()
    said = next((kind for kind, words in kinds if words.search(label_key(title))), "")
    if any(row.rating.actual or row.rating.score for row in printed.indicators):
        return SELF_EVALUATION
    is_of_unit = printed.tasks and "project_name" not in printed.fields
    return said or (WHOLE_DEPARTMENT_GOALS if is_of_unit else PROJECT_GOALS)

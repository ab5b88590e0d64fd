"""Classification codes: three digits for a 类, two more for one of its 款, two more for one of its 项."""

from __future__ import annotations

import re

LEVELS = ("类", "款", "项")  # as they are called, above a column too
LENGTHS = [3, 5, 7]  # digits of their codes
NO_AMOUNT = r"(?!\d|[,，]\d{3}|[.．]\d\d(?![\d.．]))"  # after it
CODE = re.compile("|".join(rf"\d{{{length}}}{NO_AMOUNT}" for length in LENGTHS))
PART = re.compile(r"\d\d")  # 款 or 项 where each has a column of its own
PART_OF_SHEET = re.compile(r"\d\d?")  # a sheet may have lost its first zero


def level_of(code: str) -> int | None:
    """1 for a 类, 2 for a 款, 3 for a 项; None for what is no code."""
    return LENGTHS.index(len(code)) + 1 if len(code) in LENGTHS and code.isdecimal() else None


def parent_of(code: str) -> str:
    """The code one level up, '' for that of a 类 and what is no code."""
    level = level_of(code) or 1
    return code[: LENGTHS[level - 2]] if level > 1 else ""

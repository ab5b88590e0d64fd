"""When two names are one: their key, names that are cut off or misspelt, and how alike they are.

The key is the same in Python and in SQL: `database.definitions.name_key_in_sql` is made of its steps. The names of two
years are one more often: those whose `name_without_year` has one key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from jcdata.spec_files import SPECS, read_toml
from jcdata.text import NUMERALS, text_key

SHORTEST_CUT_NAME = 8
SHORTEST_BEGINNING, LONGEST_BEGINNING = (
    4,
    120,
)  # characters that a cut must leave to be known again, and that are tried
SHORTEST_MISSPELT = 5

# The key of a name, step by step; Python and DuckDB read the patterns alike.
# 1. One sign for another: the full-width ones of ASCII, and all brackets as round ones
FOLDED = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | dict(
    zip("［］[]〔〕﹝﹞【】", "()" * 5, strict=True)
)
# 2. Nothing for white space, quotation marks and Markdown, and for what separates, but between numerals: 1、2号 is not 12号
LEFT_OUT = (
    ("[\\s\xa0\u3000“”‘’\"'「」『』*#]", ""),
    (f"([{NUMERALS}]+(?:[、,.·]+[{NUMERALS}]+)*)|[、,.·]", r"\1"),
)
_FOLDING = str.maketrans(FOLDED)


# 3. One wording for another
@cache
def wordings() -> tuple[tuple[str, str], ...]:
    """The patterns of wordings and what takes their place, one after the other."""
    return tuple(_words()["wordings"].items())


@cache
def _words() -> dict[str, Any]:
    return read_toml(SPECS / "names.toml", {"yearly", "larger_place", "wordings"})


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """What two names have in common that are one: width, white space, punctuation and known wordings make no difference."""
    key = name.translate(_FOLDING)
    for pattern, replacement in _compiled():
        key = pattern.sub(replacement, key)
    return key


@cache
def _compiled() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(pattern, re.ASCII), replacement)
        for pattern, replacement in (*LEFT_OUT, *wordings())
    ]


@lru_cache(maxsize=50_000)
def name_without_year(name: str) -> str:
    """A name without what comes and goes from year to year, whose key is for comparisons across years; never empty."""
    text = text_key(name)
    return _yearly().sub("", text) or text


def short_unit_name(unit_name: str) -> str:
    """The name of a unit as its texts call it, without the larger places: 青衣县人民法院 of 四川省青衣县人民法院."""
    while larger := _larger_place().match(unit_name):
        unit_name = unit_name[larger.end() :]
    return unit_name


@cache
def _larger_place() -> re.Pattern[str]:
    return re.compile(_words()["larger_place"])


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(_words()["yearly"])


@lru_cache(maxsize=4096)
def beginnings(name: str) -> tuple[str, ...]:
    """The keys of what a cut may leave of a name, that of the whole name last."""
    keys = (
        name_key(name[:length])
        for length in range(SHORTEST_BEGINNING, min(len(name), LONGEST_BEGINNING))
    )
    whole = name_key(name)
    return *dict.fromkeys(
        key for key in keys if len(key) >= SHORTEST_BEGINNING and key != whole
    ), whole


def is_cut(one: str, other: str) -> bool:
    """Whether one of two names is the other cut off, so much of it that it can be no other."""
    shorter, longer = sorted((one, other), key=len)
    return len(name_key(shorter)) >= SHORTEST_CUT_NAME and name_key(shorter) in beginnings(longer)


def is_misspelling(one: str, other: str) -> bool:
    """Whether two names, given by their keys, differ in one character that is no numeral: 一期 and 二期 are two things."""
    if (
        min(len(one), len(other)) < SHORTEST_MISSPELT
        or Levenshtein.distance(one, other, score_cutoff=1) != 1
    ):
        return False
    return [c for c in one if c in NUMERALS] == [c for c in other if c in NUMERALS]


ALIKE = 0.6  # with equal amounts
NEARLY_EQUAL = 0.9  # with different amounts


def is_evidence(
    name: str, other: str, similarity: float, amounts_are_equal: bool, alike: float = ALIKE
) -> bool:
    """Whether two names may be of one thing; `alike` is what equal amounts ask for."""
    key, other_key = name_key(name), name_key(other)
    if key == other_key or not key or not other_key:
        return bool(key and other_key)
    fewer, more = sorted((_numerals(key), _numerals(other_key)), key=len)
    if amounts_are_equal:
        return (similarity >= alike or is_cut(name, other)) and _is_subsequence(fewer, more)
    return similarity >= NEARLY_EQUAL and fewer == more


def name_similarity(one: str, other: str) -> float:
    """The likeness of two names as printed, 0 to 1: twice the characters that both share in order, of all characters."""
    return round(fuzz.ratio(text_key(one), text_key(other)) / 100, 4)


def _numerals(name: str) -> list[str]:
    return [character for character in name if character in NUMERALS]


def _is_subsequence(part: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)

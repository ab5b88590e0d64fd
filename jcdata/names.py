"""When two names are one: their keys, names that are cut off or misspelt, and how alike they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from jcdata.spec_files import patterns
from jcdata.text import NUMERALS, label_key

SHORTEST_CUT_NAME = 8
SHORTEST_MISSPELT = 5


@lru_cache(maxsize=4096)
def text_key(text: str) -> str:
    """A text for comparison: NFKC, without white space and quotation marks."""
    return label_key(unicodedata.normalize("NFKC", text))


def is_misspelling(one: str, other: str) -> bool:
    """Whether two names differ in one character that is no numeral: 一期 and 二期 are different things."""
    if min(len(one), len(other)) < SHORTEST_MISSPELT or Levenshtein.distance(one, other, score_cutoff=1) != 1:
        return False
    return [c for c in one if c in NUMERALS] == [c for c in other if c in NUMERALS]


ALIKE = 0.6  # with equal amounts
NEARLY_EQUAL = 0.9  # with different amounts


def is_evidence(name: str, other: str, similarity: float, amounts_are_equal: bool, alike: float = ALIKE) -> bool:
    """Whether two names, given by their keys, may be of one thing; `alike` is what equal amounts ask for."""
    if not name or not other:
        return False
    fewer, more = sorted((_numerals(name), _numerals(other)), key=len)
    if amounts_are_equal:
        return (similarity >= alike or _is_cut(name, other)) and _is_subsequence(fewer, more)
    return similarity >= NEARLY_EQUAL and fewer == more


def name_similarity(one: str, other: str) -> float:
    """The likeness of two names, 0 to 1: twice the characters that both share in order, of all characters."""
    return round(fuzz.ratio(text_key(one), text_key(other)) / 100, 4)


def _is_cut(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST_CUT_NAME and longer.startswith(shorter)


def _numerals(name: str) -> list[str]:
    return [character for character in name if character in NUMERALS]


def _is_subsequence(part: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)


def name_without_year(name: str) -> str:
    """A name's key without its years and 提前下达, which come and go from year to year; never empty."""
    key = text_key(name)
    return patterns("names")["yearly"].sub("", key) or key


def figure_key(text: str) -> str:
    """An amount for comparison: 7,000 and 7000 are the same."""
    return text_key(text).replace(",", "")

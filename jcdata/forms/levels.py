"""The labels of the grid of indicators: a closed vocabulary, in the order of the form."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from jcdata.forms.vocabulary import form_words
from jcdata.text import label_key

SHORTEST_MISSPELT_LABEL = 4


class Level(NamedTuple):
    """What a label says: level 1, and level 2 unless it is a label of level 1."""

    level1: str
    level2: str


@cache
def level_labels() -> dict[str, Level]:
    """Every label of a level, with and without its closing 指标; one of both levels counts as level 2."""
    levels: dict[str, list[str]] = form_words()["levels"]
    found = [(label, Level(level1, label)) for level1, below in levels.items() for label in below]
    found += [(level1, Level(level1, "")) for level1 in levels]
    other_names: dict[str, list[str]] = form_words()["level_names"]
    found += [(name, Level(level1, "")) for level1, names in other_names.items() for name in names]
    labels: dict[str, Level] = {}
    for label, level in found:
        labels.setdefault(label, level)
        labels.setdefault(label.removesuffix(label_ending()), level)
    return labels


@cache
def level1_labels() -> frozenset[str]:
    """The labels that may stand in level 1, one of both levels too."""
    return frozenset(form_words()["levels"])


@cache
def label_ending() -> str:
    """How the labels of levels end."""
    ending: str = form_words()["grid"]["label_ending"]
    return ending


@cache
def header_words() -> list[str]:
    """The words that head the grid: what stands beside it, level 1, then the three columns of a half."""
    grid = form_words()["grid"]
    return [grid["side_label"], *grid["header"]]


@cache
def _longest_label() -> int:
    return max(map(len, level_labels()))


@lru_cache(maxsize=4096)
def find_level(text: str) -> Level | None:
    """The level that a cell names, one wrong character allowed in a longer label; None if it names none."""
    key = label_key(text)
    labels = level_labels()
    if key in labels or not SHORTEST_MISSPELT_LABEL <= len(key) <= _longest_label():
        return labels.get(key)
    same_length = (label for label in labels if len(label) == len(key))
    alike = {
        labels[label]
        for label in same_length
        if Levenshtein.distance(label, key, score_cutoff=1) == 1
    }
    return alike.pop() if len(alike) == 1 else None


def is_grid_label(text: str) -> bool:
    """Whether a cell is a word of the header or names a level."""
    if len(text) > _longest_label():
        return False
    key = label_key(text)
    return key in level_labels() or key in header_words()


@cache
def _places() -> dict[Level, int]:
    """Every level 2 with its place in the form."""
    levels = dict.fromkeys(level for level in level_labels().values() if level.level2)
    return {level: place for place, level in enumerate(levels)}


def next_level(level: Level) -> Level | None:
    """The level 2 whose label the form prints next; None behind the last."""
    levels = list(_places())
    following = levels[levels.index(level) + 1 :] if level in levels else []
    return next(iter(following), None)


def skips_a_level(above: Level, below: Level) -> bool:
    """Whether a label is missing between two that follow each other, as the form prints all of them, empty ones too."""
    places = _places()
    if above not in places or below not in places:
        return False
    between = list(places)[places[above] + 1 : places[below]]
    return any(level.level1 in (above.level1, below.level1) for level in between)

"""The numbers that Word sets before paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from jcdata.documents.formats.word.parts import W, is_on, number_of, value_of
from jcdata.numerals import written_number

MOST_LEVELS = 9
MAX_LINKS = 10  # from a list to the style that has its levels
_PLACE = re.compile("%([1-9])")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WIDE = ("F", "W")


class Level(NamedTuple):
    """A level of a list, from 0. `text` has %1 to %9 for the numbers of the levels; `restarts_after` counts levels from 1."""

    start: int
    number_format: str
    text: str
    restarts_after: int
    is_legal: bool
    is_hidden: bool
    is_parted: bool
    style_id: str | None


class Numbering:
    """The lists of a document, given its numbering part, with how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, str] = {}  # id of a list -> id of what defines its levels
        self._starts: dict[str, dict[int, int]] = {}  # that a list has of its own, until it begins
        self._own_levels: dict[str, dict[int, Level]] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}  # what has no levels -> the style that has them
        self._styled: dict[str, str] = {}  # that style -> what defines its levels
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for defined in root.iter(W + "abstractNum"):
            defined_id = defined.get(W + "abstractNumId", "")
            self._levels[defined_id] = dict(_read_levels(defined))
            if link := value_of(defined, "numStyleLink"):
                self._linked[defined_id] = link
            if style := value_of(defined, "styleLink"):
                self._styled[style] = defined_id
        for used in root.iter(W + "num"):
            num_id = used.get(W + "numId", "")
            self._lists[num_id] = value_of(used, "abstractNumId") or ""
            overrides = used.findall(W + "lvlOverride")
            self._own_levels[num_id] = {
                number: level for override in overrides for number, level in _read_levels(override)
            }
            self._starts[num_id] = {
                _level_of(override): start
                for override in overrides
                if (start := number_of(override, "startOverride")) is not None
            }

    def level_of_style(self, num_id: str, style_id: str) -> int | None:
        """The level of a list that is linked to a style of paragraphs; None if none is."""
        levels = self._levels_of(num_id)
        return next((n for n, level in levels.items() if level.style_id == style_id), None)

    def label(self, num_id: str, number: int, is_shown: bool = True) -> str:
        """What stands before the next paragraph of a list on a level, with what parts it from the text; '' for nothing."""
        levels = self._levels_of(num_id)
        level = levels.get(number)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._defined_by(num_id), {})
        start = self._starts.get(num_id, {}).pop(number, None)
        if start is not None:
            counts[number] = start
        else:
            counts[number] = counts[number] + 1 if number in counts else level.start
        for deeper in [n for n in counts if n > number]:
            if deeper not in levels or number < levels[deeper].restarts_after:
                del counts[deeper]
        if level.is_hidden or not is_shown:
            return ""
        text = _label_text(level, levels, counts)
        return f"{text} " if level.is_parted and not _ends_wide(text) else text

    def _defined_by(self, num_id: str) -> str:
        """The id of what defines a list's levels, which may be another's."""
        defined = self._lists.get(num_id, "")
        for _ in range(MAX_LINKS):
            following = self._styled.get(self._linked.get(defined, ""), defined)
            if following == defined:
                break
            defined = following
        return defined

    def _levels_of(self, num_id: str) -> dict[int, Level]:
        own = self._own_levels.get(num_id)
        levels = self._levels.get(self._defined_by(num_id), {})
        return {**levels, **own} if own else levels


def _label_text(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    """A level's text with the numbers in their places; those of levels that did not begin are what they begin with."""
    if level.number_format == "bullet":  # a sign says nothing, words do
        return level.text if any(sign.isalnum() for sign in level.text) else ""

    def written(place: re.Match[str]) -> str:
        number = int(place[1]) - 1
        if number not in levels:
            return ""
        number_format = levels[number].number_format
        if level.is_legal and number_format not in ("none", "bullet"):
            number_format = "decimal"
        return written_number(counts.get(number, levels[number].start), number_format)

    return _PLACE.sub(written, level.text)


def _ends_wide(text: str) -> bool:
    """Whether a label needs nothing more to part it from the text: it has none, or ends in a Chinese sign such as 、."""
    return not text or (
        unicodedata.east_asian_width(text[-1]) in _WIDE
        and unicodedata.category(text[-1]).startswith("P")
    )


def _read_levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in parent.findall(W + "lvl"):
        number = _level_of(element)
        restarts_after = number_of(element, "lvlRestart")
        yield (
            number,
            Level(
                start=number_of(element, "start") or 0,
                number_format=_number_format(element),
                text=value_of(element, "lvlText") or "",
                restarts_after=number if restarts_after is None else restarts_after,
                is_legal=bool(is_on(element, "isLgl")),
                is_hidden=bool(is_on(element, "rPr", "vanish")),
                is_parted=value_of(element, "suff") != "nothing",
                style_id=value_of(element, "pStyle"),
            ),
        )


def _number_format(level: etree._Element) -> str:
    """The format of a level's numbers; newer ones stand beside one that older programs know."""
    known = value_of(level, "numFmt")
    if known is None:
        known = next((value_of(old, "numFmt") for old in level.iter(_FALLBACK)), None)
    return known or "decimal"


def _level_of(element: etree._Element) -> int:
    digits = element.get(W + "ilvl", "")
    return int(digits) if digits in map(str, range(MOST_LEVELS)) else 0

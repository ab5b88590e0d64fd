"""The parts of a unit that the prose lists: its divisions and the units below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from jcdata.documents.joined_text import Prose
from jcdata.numerals import chinese_number, chinese_value
from jcdata.units.sentences import find_matches, group, patterns_of, sentence_at

MAX_ENTRY = 600  # characters from one ordinal of a list to the next

_Names = list[tuple[str, int]]  # with their places


def find_organisations(prose: Prose) -> Iterator[tuple[str, str, int]]:
    """Kind, name and place of the parts that the lists of a text name; none of a list that is not as long as it says."""
    for kind, match in find_matches("organisations", prose):
        if not _explains(prose, match.start()):
            for name, place in _names(prose, match):
                yield kind, name, place


def _explains(prose: Prose, position: int) -> bool:
    """Whether what stands before a position in its sentence says that a term is explained."""
    begin = sentence_at(prose, position).start
    return bool(patterns_of("parts")["explains"].search(prose.reading, begin, position))


def _names(prose: Prose, match: re.Match[str]) -> _Names:
    """The names of a list; without a number of them each has to be the name of a unit."""
    spec = patterns_of("parts")
    begin = next(
        match.start(key)
        for key, text in match.groupdict().items()
        if key.startswith("names") and text is not None
    )
    number = sum(
        int(chinese_value(said) or 0) for said in spec["count"].findall(group(match, "number"))
    )
    numbered = _numbered_names(prose, begin)
    if numbered and number in (0, len(numbered)):
        return numbered
    clause = spec["list"].match(prose.reading, begin)
    text = group(match, "names") or (clause[0] if clause else "")
    for separators in ("separators", "last_separators"):
        names = _entries(text, begin, spec[separators])
        is_whole = number == len(names) if number else all(_is_unit(name) for name, _ in names)
        if names and is_whole:
            return names
    return []


def _is_unit(name: str) -> bool:
    return bool(patterns_of("parts")["ends_as_unit"].search(name))


def _entries(text: str, begin: int, separators: re.Pattern[str]) -> _Names:
    """The entries of a list with their places; none where one is no name."""
    starts = [0, *(match.end() for match in separators.finditer(text))]
    found = [
        (patterns_of("parts")["name"].fullmatch(entry), begin + start)
        for entry, start in zip(separators.split(text), starts, strict=True)
    ]
    names = [(match["name"], place) for match, place in found if match]
    return names if len(names) == len(found) else []


def _numbered_names(prose: Prose, begin: int) -> _Names:
    """The units that follow the ordinals of a list, up to an entry that is none."""
    first = patterns_of("parts")["first_ordinal"].match(prose.reading, begin)
    if not first:
        return []
    write = str if first["first"].isdigit() else chinese_number
    found: _Names = []
    place = first.end()
    for number in count(2):
        ordinal = first["before"] + write(number) + first["after"]
        following = _find_ordinal(prose, ordinal, place)
        line_end = prose.line_end(place)
        # The last name may wrap too, but what follows is its rest only where it is none without it.
        ends = (line_end, prose.line_end(line_end)) if following < 0 else (following, line_end)
        names = (patterns_of("parts")["numbered_name"].match(prose.reading, place, e) for e in ends)
        name = next((match[0] for match in names if match and _is_unit(match[0])), "")
        if not name:
            break
        found.append((name, place))
        if following < 0:
            break
        place = following + len(ordinal)
    return found


def _find_ordinal(prose: Prose, ordinal: str, place: int) -> int:
    """Where an ordinal begins a line or stands behind a stop; -1 where it doesn't."""
    is_stop = patterns_of("parts")["stop"].match
    at = prose.reading.find(ordinal, place, place + MAX_ENTRY)
    while at >= 0 and not (prose.line_end(at - 1) == at or is_stop(prose.reading, at - 1)):
        at = prose.reading.find(ordinal, at + 1, place + MAX_ENTRY)
    return at

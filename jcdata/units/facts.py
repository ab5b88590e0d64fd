"""Staff, assets and parts of a unit as the prose states them, each with its sentence and line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jcdata.amounts import parse_amount, parse_number
from jcdata.documents.joined_text import Prose
from jcdata.schema import Asset, Headcount, Organisation
from jcdata.units.sentences import group, patterns_of, sentence_at

PLANNED, HELD = "planned", "held"


class UnitFacts(NamedTuple):
    """What the prose of a document says of the unit."""

    headcounts: list[Headcount]
    assets: list[Asset]
    organisations: list[Organisation]


def read_unit_facts(document_id: str, proses: Iterable[Prose]) -> UnitFacts:
    """The staff, assets and parts that the running text of a document names."""
    facts = UnitFacts([], [], [])
    for prose in proses:
        for kind, match in _matches("headcounts", prose):
            facts.headcounts.append(
                Headcount(
                    document_id=document_id,
                    headcount_no=len(facts.headcounts) + 1,
                    kind=kind,
                    label=group(match, "label"),
                    people=int(parse_number(group(match, "number"))),
                    sentence=prose.text[sentence_at(prose, match.start())],
                    line_no=prose.line_at(match.end() - 1),
                )
            )
        for kind, match in _matches("assets", prose):
            facts.assets.append(_asset(document_id, len(facts.assets) + 1, prose, kind, match))
        for kind, match in _matches("organisations", prose):
            if _explains(prose, match.start()):
                continue
            for name, place in _names(match):
                facts.organisations.append(
                    Organisation(
                        document_id=document_id,
                        organisation_no=len(facts.organisations) + 1,
                        kind=kind,
                        name=name,
                        line_no=prose.line_at(place),
                    )
                )
    return facts


def _matches(part: str, prose: Prose) -> Iterator[tuple[str, re.Match[str]]]:
    """What the patterns of a part find, in the order of the text; a place is read by the first that fits."""
    found = [
        (match.start(), -match.end(), kind, match)
        for kind, pattern in patterns_of(part).items()
        for match in pattern.finditer(prose.reading)
    ]
    end = 0
    for _, _, kind, match in sorted(found, key=lambda entry: entry[:2]):
        if match.start() >= end:
            yield kind, match
            end = match.end()


def _asset(document_id: str, number: int, prose: Prose, kind: str, match: re.Match[str]) -> Asset:
    sentence = sentence_at(prose, match.start())
    spec = patterns_of("parts")
    as_of = spec["as_of"].search(prose.reading, sentence.start, match.start())
    is_planned = spec["planned"].search(prose.reading, sentence.start, match.end())
    price = group(match, "price")
    return Asset(
        document_id=document_id,
        asset_no=number,
        kind=kind,
        label=group(match, "label"),
        status=PLANNED if is_planned else HELD,
        quantity=float(parse_number(group(match, "number"))),
        unit=group(match, "unit"),
        unit_price_from_yuan=parse_amount(price, group(match, "price_unit")).yuan
        if price
        else None,
        as_of=_day(as_of) if as_of else None,
        sentence=prose.text[sentence],
        line_no=prose.line_at(match.end() - 1),
    )


def _day(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _explains(prose: Prose, position: int) -> bool:
    """Whether what stands before a position in its sentence says that a term is explained."""
    begin = sentence_at(prose, position).start
    return bool(patterns_of("parts")["explains"].search(prose.reading, begin, position))


def _names(match: re.Match[str]) -> list[tuple[str, int]]:
    """The names of a list with their places; none where they are not as many as it says, or without a number no units."""
    spec = patterns_of("parts")
    begin = next(
        match.start(key)
        for key, text in match.groupdict().items()
        if key.startswith("names") and text is not None
    )
    number = group(match, "number")
    for separators in ("separators", "last_separators"):
        names = _entries(group(match, "names"), begin, spec[separators])
        is_whole = (
            int(number) == len(names)
            if number
            else all(spec["ends_as_unit"].search(name) for name, _ in names)
        )
        if names and is_whole:
            return names
    return []


def _entries(text: str, begin: int, separators: re.Pattern[str]) -> list[tuple[str, int]]:
    """The entries of a list with their places; none where one is no name."""
    starts = [0, *(match.end() for match in separators.finditer(text))]
    found = [
        (patterns_of("parts")["name"].fullmatch(entry), begin + start)
        for entry, start in zip(separators.split(text), starts, strict=True)
    ]
    names = [(match["name"], place) for match, place in found if match]
    return names if len(names) == len(found) else []

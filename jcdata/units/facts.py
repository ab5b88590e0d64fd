"""Staff, assets and parts of a unit as the prose states them, each with its sentence and line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

from jcdata.amounts import parse_amount, parse_number
from jcdata.documents.joined_text import Prose
from jcdata.schema import Asset, Headcount, Organisation
from jcdata.units.organisations import find_organisations
from jcdata.units.sentences import find_matches, group, patterns_of, sentence_at

PLANNED, HELD = "planned", "held"


class UnitFacts(NamedTuple):
    """What the prose of a document says of the unit."""

    headcounts: list[Headcount]
    assets: list[Asset]
    organisations: list[Organisation]


def read_unit_facts(document_id: str, proses: Iterable[Prose]) -> UnitFacts:
    """The staff, assets and parts that the running text of a document names."""
    facts = UnitFacts([], [], [])
    named: set[tuple[str, str]] = set()
    for prose in proses:
        for kind, match in find_matches("headcounts", prose):
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
        for kind, match in find_matches("assets", prose):
            facts.assets.append(_asset(document_id, len(facts.assets) + 1, prose, kind, match))
        for kind, name, place in find_organisations(prose):
            if (kind, name) in named:
                continue
            named.add((kind, name))
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

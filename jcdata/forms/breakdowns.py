"""Amounts in the overview of a project (项目概况) that the overview breaks down itself, so that they can be added up.

- a part and what it consists of: 160万元，主要包括：一是…22万元；二是…
- a price that is shared out: 55元/人、收费分成：…6元/人、…
- a total of which one part is paid and one owed: 总金额100万元，…已支付19.38万元，…还需支付80.08万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from jcdata.documents.joined_text import Prose
from jcdata.forms.overviews import LEAD, Amount, Overview, is_divided, load_patterns, parts_of_item

_CLAUSE_END = "，,;。:"
_SIGNS_AFTER = 4  # signs after the last part in which a 等 says that there are more


class Breakdown(NamedTuple):
    """An amount and its parts, as printed and in yuan. Where `is_open`, the parts named are some of all."""

    label: str
    yuan: Decimal
    parts_yuan: Decimal
    parts_text: str
    is_open: bool
    line_no: int


def find_breakdowns(
    overview: Sequence[tuple[int, str]], annual_total_yuan: Decimal | None
) -> list[Breakdown]:
    """The amounts of an overview that are broken down, in order; the overview comes as (line number, text)."""
    prose = Prose(overview)
    found = Overview(prose.reading, annual_total_yuan)
    divisions = [*_divided_parts(found), *_shared_prices(found), *_settlements(found)]
    return [
        _breakdown(prose, head, parts, is_open)
        for head, parts, is_open in sorted(divisions, key=lambda division: division[0].start)
        if len(parts) > 1
    ]


def _breakdown(prose: Prose, head: Amount, parts: Sequence[Amount], is_open: bool) -> Breakdown:
    words = re.split(f"[{_CLAUSE_END}]", prose.reading[max(0, head.start - LEAD) : head.start])[-1]
    return Breakdown(
        label=prose.text[head.start - len(words) : head.start],
        yuan=head.yuan,
        parts_yuan=sum((part.yuan for part in parts), Decimal(0)),
        parts_text=" + ".join(prose.text[part.start : part.end] for part in parts),
        is_open=is_open,
        line_no=prose.line_at(head.start),
    )


def _divided_parts(overview: Overview) -> Iterator[tuple[Amount, list[Amount], bool]]:
    """Parts with what they consist of: the items of an enumeration, or amounts side by side."""
    patterns, reading = load_patterns(), overview.reading
    for head, end in overview.find_divided():
        inside = [amount for amount in overview.amounts if head.end <= amount.start < end]
        items = next(
            (items for items in overview.enumerations if head.end <= items[0].start < end), []
        )
        found = [
            _first_unless_side_by_side(
                reading, [amount for amount in inside if item.start <= amount.start < item.end]
            )
            for item in items
        ]
        # One item with money may be any remark; a list of costs has several.
        if sum(map(bool, found)) > 1:
            yield head, [part for parts in found for part in parts], not all(found)
        elif parts := [amount for amount in inside if amount.kind == "part"]:
            is_open = patterns.open_before.search(
                reading, head.end, parts[0].start
            ) or patterns.open_after.search(reading, parts[-1].end, parts[-1].end + _SIGNS_AFTER)
            yield head, parts, bool(is_open)


def _first_unless_side_by_side(reading: str, amounts: Sequence[Amount]) -> list[Amount]:
    parts = parts_of_item(reading, amounts)
    return (
        parts[:1]
        if len(parts) > 1 and is_divided(reading[parts[0].end : parts[1].start])
        else parts
    )


def _shared_prices(overview: Overview) -> Iterator[tuple[Amount, list[Amount], bool]]:
    """Prices of one unit with the prices of the same unit that follow in their sentence and share it out."""
    patterns, reading = load_patterns(), overview.reading
    prices = [amount for amount in overview.amounts if amount.kind == "rate"]
    for position, head in enumerate(prices[:-1]):
        unit = re.compile(r"/\w").match(reading, head.end)
        end = overview.sentence_end(head.end)
        if unit and patterns.sharing.search(reading, head.end, prices[position + 1].start):
            yield (
                head,
                [
                    p
                    for p in prices[position + 1 :]
                    if p.start < end and reading.startswith(unit[0], p.end)
                ],
                False,
            )


def _settlements(overview: Overview) -> Iterator[tuple[Amount, list[Amount], bool]]:
    """Three amounts in a row: a total, what is paid of it and what is owed."""
    reading = overview.reading
    for three in zip(overview.amounts, overview.amounts[1:], overview.amounts[2:], strict=False):
        starts = [0, *(amount.end for amount in three[:-1])]
        if all(
            words.search(reading, max(start, amount.start - LEAD), amount.start)
            for words, start, amount in zip(load_patterns().settlement, starts, three, strict=True)
        ):
            yield three[0], list(three[1:]), False

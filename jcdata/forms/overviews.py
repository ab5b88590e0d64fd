"""The overview of a project (项目概况) as its amounts of money and its enumerations.

An amount is the cost of a part, a price (每家3万元), a total, or money of other years or contracts; the words right
before and after it tell, and `specs/costs.toml` knows them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from jcdata.amounts import IN_YUAN, UNITS, parse_amount
from jcdata.errors import AmountError
from jcdata.figures import Figure, figure_pattern, find_figures
from jcdata.numerals import chinese_number
from jcdata.spec_files import SPECS, read_toml

LEAD = 80  # signs before an amount in which the words are looked for that say what it is

_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERS = {chinese_number(n): n for n in range(1, 100)} | {
    chr(ord("①") + n - 1): n for n in range(1, 21)
}


class Patterns(NamedTuple):
    """The content of `specs/costs.toml`, compiled; the keys are explained there."""

    figure: re.Pattern[str]
    rate_before: re.Pattern[str]
    rate_after: re.Pattern[str]
    total_before: re.Pattern[str]
    settled_before: re.Pattern[str]
    breakdown: re.Pattern[str]
    next_breakdown: re.Pattern[str]
    label_start: re.Pattern[str]
    label_end: re.Pattern[str]
    no_label: re.Pattern[str]
    ordinal: re.Pattern[str]
    arrears: re.Pattern[str]
    arrears_name: re.Pattern[str]
    earlier: re.Pattern[str]
    quotation: re.Pattern[str]
    open_before: re.Pattern[str]
    open_after: re.Pattern[str]
    sharing: re.Pattern[str]
    settlement: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]


@cache
def load_patterns() -> Patterns:
    """Read `specs/costs.toml`. Raises SpecError for a key that is not known."""
    names = (
        "rate_before",
        "rate_after",
        "total_before",
        "settled_before",
        "breakdown",
        "label_start",
        "label_end",
        "no_label",
        "open_before",
        "open_after",
        "sharing",
    )
    spec = read_toml(SPECS / "costs.toml", {"units", "ordinals", "arrears", "settlement", *names})
    arrears, settlement = spec["arrears"], spec["settlement"]
    return Patterns(
        figure=figure_pattern(spec["units"]),
        rate_before=re.compile(spec["rate_before"]),
        rate_after=re.compile(spec["rate_after"]),
        total_before=re.compile(spec["total_before"]),
        settled_before=re.compile(spec["settled_before"]),
        breakdown=re.compile(spec["breakdown"]),
        next_breakdown=re.compile(rf"。[^，,;。\d]{{0,8}}(?:{spec['breakdown']})"),
        label_start=re.compile(spec["label_start"]),
        label_end=re.compile(spec["label_end"]),
        no_label=re.compile(spec["no_label"]),
        ordinal=re.compile("|".join(spec["ordinals"].values())),
        arrears=re.compile(arrears["words"]),
        arrears_name=re.compile(arrears["names"]),
        earlier=re.compile(arrears["earlier"]),
        quotation=re.compile(arrears["quotation"]),
        open_before=re.compile(spec["open_before"]),
        open_after=re.compile(spec["open_after"]),
        sharing=re.compile(spec["sharing"]),
        settlement=(
            re.compile(settlement["total"]),
            re.compile(settlement["paid"]),
            re.compile(settlement["owed"]),
        ),
    )


class Amount(NamedTuple):
    """An amount of money and what it is: `part`, `rate`, `total`, `whole` (the project's total) or `settled`."""

    start: int
    end: int
    yuan: Decimal
    kind: str


class Item(NamedTuple):
    """An entry of an enumeration: its style, and where its text begins and ends."""

    style: int
    start: int
    end: int


class Overview:
    """The text of an overview, digits and brackets half-width, with its amounts and enumerations in order.

    `annual_total_yuan` tells which amount is the whole.
    """

    def __init__(self, reading: str, annual_total_yuan: Decimal | None) -> None:
        self.reading = reading
        self._stops = [stop.end() for stop in re.finditer("。|$", reading)]
        self.amounts = list(find_amounts(reading, annual_total_yuan))
        self.enumerations = [self._items(marks) for marks in _find_marks(reading) if len(marks) > 1]

    def sentence_end(self, position: int) -> int:
        """Where the sentence ends that a position stands in."""
        return self._stops[min(bisect_left(self._stops, position), len(self._stops) - 1)]

    def _items(self, marks: Sequence[re.Match[str]]) -> list[Item]:
        """An item ends where the next begins, the last one with the sentence that states its cost."""
        end = self.sentence_end(marks[-1].end())
        following = bisect_left(self.amounts, (marks[-1].end(),))
        if following < len(self.amounts):
            end = max(end, self.sentence_end(self.amounts[following].start))
        ends = [*(mark.start() for mark in marks[1:]), end]
        return [
            Item(mark.lastindex or 0, mark.end(), end)
            for mark, end in zip(marks, ends, strict=True)
        ]

    def find_parts(self) -> list[tuple[Amount, int]]:
        """The top-level parts of the cost, each with the position where the words begin that it is named in.

        They are those of the first enumeration of which several items have a cost, else those named side by side.
        """
        amounts = self._undivided_amounts()
        for items in self.enumerations:
            found = [
                parts_of_item(
                    self.reading,
                    amounts[bisect_left(amounts, (i.start,)) : bisect_left(amounts, (i.end,))],
                )
                for i in items
            ]
            if sum(map(bool, found)) > 1:
                return [
                    (part, item.start)
                    for item, parts in zip(items, found, strict=True)
                    for part in parts
                ]
        return [(amount, 0) for amount in amounts if amount.kind == "part"]

    def paid_yuan(self) -> Decimal:
        """What the overview says was paid already."""
        paid = load_patterns().settlement[1]
        return sum(
            (
                amount.yuan
                for amount in self.amounts
                if paid.search(self.reading, max(0, amount.start - LEAD), amount.start)
            ),
            Decimal(0),
        )

    def named_wholes(self) -> list[Amount]:
        """The amount that is the whole under a name of its own, not as a total; none where several are."""
        total = load_patterns().total_before
        found = [
            amount
            for amount in self.amounts
            if amount.kind == "whole"
            and not total.search(self.reading, max(0, amount.start - LEAD), amount.start)
        ]
        return found if len(found) == 1 else []

    def _undivided_amounts(self) -> list[Amount]:
        """The amounts without those that divide one before them: 27万元，包括：①…10万元；②…"""
        return [amount for amount, _ in self._walk()]

    def find_divided(self) -> list[tuple[Amount, int]]:
        """The parts that are divided further, each with the position up to which the amounts divide it."""
        return [(amount, end) for amount, end in self._walk() if end]

    def _walk(self) -> Iterator[tuple[Amount, int]]:
        """The amounts that divide no other, each with the end of what divides it, 0 if nothing does."""
        items = sorted(
            (item for items in self.enumerations for item in items), key=lambda item: item.start
        )
        list_starts = [items[0].start for items in self.enumerations]
        inside: dict[int, Item] = {}
        next_item = divided_until = 0
        next_starts = [*(amount.start for amount in self.amounts[1:]), len(self.reading)]
        for amount, next_start in zip(self.amounts, next_starts, strict=False):
            # Of each style the item begun last may still go on: lists stand within lists.
            while next_item < len(items) and items[next_item].start <= amount.start:
                inside[items[next_item].style] = items[next_item]
                next_item += 1
            if amount.start < divided_until:
                continue
            around = [item for item in inside.values() if item.end > amount.start]
            # The innermost item bounds what divides an amount; outside of lists its sentence does.
            end = (
                max(around, key=lambda item: item.start).end
                if around
                else self.sentence_end(amount.end)
            )
            divides = amount.kind == "part" and is_divided(
                self.reading[amount.end : min(end, next_start)]
            )
            if divides:
                lists = self.enumerations[
                    bisect_left(list_starts, amount.end) : bisect_left(list_starts, end)
                ]
                divided_until = max([end, *(items[-1].end for items in lists)])
            yield amount, divided_until if divides else 0


def find_amounts(reading: str, annual_total_yuan: Decimal | None) -> Iterator[Amount]:
    """The amounts outside brackets, classified by the words around them."""
    patterns = load_patterns()
    bracketed = [bracket.span() for bracket in _BRACKETS.finditer(reading)]
    bracket_starts = [start for start, _ in bracketed]
    previous_end = 0
    for figure in find_figures(reading, patterns.figure):
        lead = reading[max(previous_end, figure.start - LEAD) : figure.start]
        previous_end = figure.end
        bracket = bisect_right(bracket_starts, figure.start) - 1
        yuan = _yuan(figure)
        # In brackets stands how an amount is made up, not what else is paid.
        if yuan is None or (bracket >= 0 and figure.start < bracketed[bracket][1]):
            continue
        # The surest sign first: a price may well be as large as the total.
        if patterns.rate_after.match(reading, figure.end) or patterns.rate_before.search(lead):
            kind = "rate"
        elif yuan == annual_total_yuan:
            kind = "whole"
        elif patterns.total_before.search(lead):
            kind = "total"
        else:
            kind = "settled" if patterns.settled_before.search(lead) else "part"
        yield Amount(start=figure.start, end=figure.end, yuan=yuan, kind=kind)


def _yuan(figure: Figure) -> Decimal | None:
    unit = figure.unit if figure.unit in UNITS else figure.unit + IN_YUAN
    try:
        return parse_amount(figure.number, unit).yuan
    except AmountError:
        return None


def _find_marks(reading: str) -> list[list[re.Match[str]]]:
    """The ordinals of each enumeration: of one style, from 1 on without a gap."""
    found: list[list[re.Match[str]]] = []
    latest: dict[int, list[re.Match[str]]] = {}
    for mark in load_patterns().ordinal.finditer(reading):
        style = mark.lastindex or 0
        number = _NUMBERS.get(mark[style]) or (int(mark[style]) if mark[style].isdecimal() else 0)
        if number == 1:
            latest[style] = [mark]
            found.append(latest[style])
        elif number == len(latest.get(style, ())) + 1:
            latest[style].append(mark)
    return found


def is_divided(words: str) -> bool:
    """Whether the words after an amount announce its parts, in its sentence or at the beginning of the next."""
    patterns = load_patterns()
    words = words.partition(";")[0]
    return bool(
        patterns.breakdown.search(words.partition("。")[0]) or patterns.next_breakdown.search(words)
    )


def parts_of_item(reading: str, amounts: Sequence[Amount]) -> list[Amount]:
    """An item's parts; a total is one where it sums up a price (每台4000元，共计2万元) or where it stands alone."""
    parts = [amount for amount in amounts if amount.kind == "part"]
    priced = [
        amount
        for before, amount in pairwise(amounts)
        if (before.kind, amount.kind) == ("rate", "total")
        and ";" not in reading[before.end : amount.start]
    ]
    return sorted(parts + priced) or [amount for amount in amounts if amount.kind == "total"][:1]

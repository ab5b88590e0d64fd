"""What a project's overview (项目概况) says about its cost: the parts that make it up, and debts of earlier years.

The overview names parts in an enumeration (1、…2、…, 一是…二是…) or side by side in a sentence. Beside them stand
figures of other kinds: what one thing costs, the whole, the parts of a part; `specs/costs.toml` knows their words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from jcdata.amounts import AmountError, parse_amount
from jcdata.prose import Figure, Prose, figure_pattern, find_figures
from jcdata.sections import chinese_number
from jcdata.specs import SPECS, read_toml
from jcdata.text import squeeze

LEAD = 80  # signs before an amount that say what it is

_SENTENCE = re.compile("[^。]*。*")
_CLAUSE_END = re.compile("[，,;]")
_YEAR = re.compile(r"20\d\d(?!\d)")
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERS = {chinese_number(n): n for n in range(1, 100)} | {chr(ord("①") + n - 1): n for n in range(1, 21)}


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
    )
    spec = read_toml(SPECS / "costs.toml", {"units", "ordinals", "arrears", *names})
    arrears = spec["arrears"]
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
    )


class _Amount(NamedTuple):
    """An amount of money and what it is: `part`, `rate`, `total`, `whole` (the project's total) or `settled`."""

    start: int
    end: int
    yuan: Decimal
    kind: str


class _Item(NamedTuple):
    """An entry of an enumeration: its style and where its text begins and ends."""

    style: int
    start: int
    end: int


def find_cost_components(
    overview: Sequence[tuple[int, str]], annual_total_yuan: Decimal | None
) -> list[tuple[str, Decimal, int]]:
    """The top-level parts of a project's cost as (label, yuan, line number), in order; empty where none are named.

    `overview` gives its lines as (line number, text). Neither the total is a part, nor what one thing costs, nor
    the parts of a part. Where all the money pays for earlier years, the parts named are not this year's: none.
    """
    arrears = find_arrears(overview, annual_total_yuan)
    if arrears and arrears[0] == annual_total_yuan:
        return []
    prose = Prose(overview)
    amounts = list(_find_amounts(prose.reading, annual_total_yuan))
    enumerations = _find_enumerations(prose.reading, amounts)
    amounts = _without_subdivisions(prose.reading, amounts, enumerations)
    parts = _enumerated_parts(prose.reading, amounts, enumerations) or [(a, 0) for a in amounts if a.kind == "part"]
    if len(parts) < 2:
        return []
    label_starts = [max(start, end) for (_, start), end in zip(parts, [0, *(a.end for a, _ in parts)], strict=False)]
    return [
        (_label(prose.reading[start : amount.start]), amount.yuan, prose.line_at(amount.start))
        for (amount, _), start in zip(parts, label_starts, strict=True)
    ]


def _find_amounts(reading: str, annual_total_yuan: Decimal | None) -> Iterator[_Amount]:
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
        if yuan is None or (bracket >= 0 and figure.start < bracketed[bracket][1]):
            continue
        if patterns.rate_after.match(reading, figure.end) or patterns.rate_before.search(lead):
            kind = "rate"
        elif yuan == annual_total_yuan:
            kind = "whole"
        elif patterns.total_before.search(lead):
            kind = "total"
        else:
            kind = "settled" if patterns.settled_before.search(lead) else "part"
        yield _Amount(figure.start, figure.end, yuan, kind)


def _yuan(figure: Figure) -> Decimal | None:
    try:
        return parse_amount(figure.number, figure.unit.removesuffix("元") + "元" if figure.unit != "元" else "元").yuan
    except AmountError:
        return None


def _find_enumerations(reading: str, amounts: Sequence[_Amount]) -> list[list[_Item]]:
    """The enumerations of a text, those that begin first before others.

    An item ends where the next begins, the last one with its sentence; in an enumeration of costs, with the
    sentence that states its amount.
    """
    marks: list[list[re.Match[str]]] = []
    last: dict[int, list[re.Match[str]]] = {}
    for mark in load_patterns().ordinal.finditer(reading):
        style = mark.lastindex or 0
        ordinal = mark[style]
        number = _NUMBERS.get(ordinal) or (int(ordinal) if ordinal.isdecimal() else 0)
        if number == 1:
            last[style] = [mark]
            marks.append(last[style])
        elif style in last and number == len(last[style]) + 1:
            last[style].append(mark)
    stops = [stop.end() for stop in re.finditer("。|$", reading)]
    starts = [amount.start for amount in amounts]
    return [_items(run, stops, starts) for run in marks if len(run) > 1]


def _items(marks: Sequence[re.Match[str]], stops: Sequence[int], amounts: Sequence[int]) -> list[_Item]:
    first, last = marks[0].end(), marks[-1].end()
    end = stops[min(bisect_left(stops, last), len(stops) - 1)]
    following = bisect_left(amounts, last)
    is_of_costs = bisect_left(amounts, first) < following < len(amounts)
    if is_of_costs and amounts[following] >= end:
        end = stops[min(bisect_left(stops, amounts[following]), len(stops) - 1)]
    ends = [mark.start() for mark in marks[1:]] + [end]
    return [_Item(mark.lastindex or 0, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _without_subdivisions(
    reading: str, amounts: Sequence[_Amount], enumerations: Sequence[Sequence[_Item]]
) -> list[_Amount]:
    """Leave out the amounts that divide an amount before them: 27万元，包括：①…10万元；②…"""
    items = sorted((item for items in enumerations for item in items), key=lambda item: item.start)
    list_starts = [items[0].start for items in enumerations]
    inside: dict[int, _Item] = {}
    kept: list[_Amount] = []
    next_item = divided_until = 0
    for i, amount in enumerate(amounts):
        while next_item < len(items) and items[next_item].start <= amount.start:
            inside[items[next_item].style] = items[next_item]
            next_item += 1
        if amount.start < divided_until:
            continue
        kept.append(amount)
        own = max(
            (item for item in inside.values() if item.end > amount.start), key=lambda item: item.start, default=None
        )
        end = own.end if own else _sentence_end(reading, amount.end)
        stop = min(end, amounts[i + 1].start if i + 1 < len(amounts) else len(reading))
        if amount.kind == "part" and _is_divided(reading[amount.end : stop].partition(";")[0]):
            lists = enumerations[bisect_left(list_starts, amount.end) : bisect_left(list_starts, end)]
            divided_until = max([end, *(items[-1].end for items in lists)])
    return kept


def _sentence_end(reading: str, position: int) -> int:
    stop = reading.find("。", position)
    return len(reading) if stop < 0 else stop


def _is_divided(words: str) -> bool:
    """Whether the words after an amount announce its parts, in its sentence or at the beginning of the next."""
    patterns = load_patterns()
    return bool(patterns.breakdown.search(words.partition("。")[0]) or patterns.next_breakdown.search(words))


def _enumerated_parts(
    reading: str, amounts: Sequence[_Amount], enumerations: Sequence[Sequence[_Item]]
) -> list[tuple[_Amount, int]]:
    """The parts that the first enumeration of costs names, each with the position where its item begins."""
    starts = [amount.start for amount in amounts]
    for items in enumerations:
        found = [
            _parts_of_item(reading, amounts[bisect_left(starts, i.start) : bisect_left(starts, i.end)]) for i in items
        ]
        if sum(map(bool, found)) > 1:
            return [(part, item.start) for item, parts in zip(items, found, strict=True) for part in parts]
    return []


def _parts_of_item(reading: str, amounts: Sequence[_Amount]) -> list[_Amount]:
    """An item's parts; a total is one where it sums up a price (每台4000元，共计2万元) or where it stands alone."""
    parts = [amount for amount in amounts if amount.kind == "part"]
    priced = [
        amount
        for before, amount in pairwise(amounts)
        if (before.kind, amount.kind) == ("rate", "total") and ";" not in reading[before.end : amount.start]
    ]
    return sorted(parts + priced) or [amount for amount in amounts if amount.kind == "total"][:1]


def _label(words: str) -> str:
    """What an amount is for: of the words before it the last clause that is more than 预计费用 and holds no price."""
    patterns = load_patterns()
    words = _stripped(words[-LEAD:], patterns.label_start.match(words[-LEAD:]), None)
    for clause in reversed(re.split("[，,;。:]", words)):
        label = _stripped(clause, patterns.label_start.match(clause), patterns.label_end.search(clause))
        if not patterns.no_label.fullmatch(label) and not patterns.figure.search(label):
            return label
    return words


def _stripped(words: str, start: re.Match[str] | None, end: re.Match[str] | None) -> str:
    return words[start.end() if start else 0 : end.start() if end else len(words)]


def find_arrears(
    texts: Sequence[tuple[int, str]],
    annual_total_yuan: Decimal | None,
    project_name: tuple[int, str] | None = None,
    fiscal_year: int | None = None,
) -> tuple[Decimal, str, int] | None:
    """The money of a project that is owed for work of earlier years: (yuan, sentence, line number), or None.

    `texts` are the lines of the overview as (line number, text), `project_name` the name with its line. A name
    that speaks of 尾款 says it of all the money; so does a sentence that names the debt without an amount. The
    sentence must tell of an earlier year: before `fiscal_year` where that is given, else of any year.
    """
    patterns = load_patterns()
    if project_name and annual_total_yuan is not None and patterns.arrears_name.search(project_name[1]):
        return annual_total_yuan, squeeze(project_name[1]), project_name[0]
    prose = Prose(texts)
    for sentence in _SENTENCE.finditer(prose.reading):
        words = patterns.quotation.sub(lambda quoted: "　" * len(quoted[0]), sentence[0])
        debt = patterns.arrears.search(words)
        if not debt or not _tells_of_earlier_year(sentence[0], fiscal_year):
            continue
        owed = _owed_amount(words, debt)
        printed = prose.text[sentence.start() : sentence.end()]
        if owed:
            return owed.yuan, printed, prose.line_at(sentence.start() + owed.start)
        if annual_total_yuan is not None:
            return annual_total_yuan, printed, prose.line_at(sentence.start() + debt.start())
    return None


def _tells_of_earlier_year(sentence: str, fiscal_year: int | None) -> bool:
    years = map(int, _YEAR.findall(sentence))
    return any(fiscal_year is None or year < fiscal_year for year in years) or bool(
        load_patterns().earlier.search(sentence)
    )


def _owed_amount(sentence: str, debt: re.Match[str]) -> _Amount | None:
    """The amount after the words for the debt, else the one before them in the same clause."""
    amounts = [amount for amount in _find_amounts(sentence, None) if amount.kind in ("part", "total")]
    after = next((amount for amount in amounts if amount.start >= debt.start()), None)
    before = [amount for amount in amounts if not _CLAUSE_END.search(sentence, amount.end, debt.start())]
    return after or (before[-1] if before and before[-1].start < debt.start() else None)

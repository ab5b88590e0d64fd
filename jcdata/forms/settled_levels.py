"""Which level an indicator belongs to where a printing leaves it in doubt: the other witnesses vote.

A page break cuts off the label of a block, a label slips into another row. The same indicator mostly stands in the
other half and in other printings too, and both halves share their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from jcdata.forms.printed import PrintedIndicator

ANY_VALUE = None


class LevelName(NamedTuple):
    """Level 1 and level 2."""

    level1: str
    level2: str


class _Tally(NamedTuple):
    weight: float
    least_doubt: int


def level_of(row: PrintedIndicator) -> LevelName:
    """The level of a row, '' where it is not known."""
    return LevelName(row.level1, row.level2)


def is_doubtful(row: PrintedIndicator) -> bool:
    """Whether the level of a row is not certain."""
    return row.level_doubt > 0 or not row.level2


def settle_levels(printings: Sequence[Sequence[PrintedIndicator]]) -> list[list[PrintedIndicator]]:
    """Give each doubtful indicator of a form the level that its witnesses agree on; without any, it keeps its own."""
    rows = [row for printing in printings for row in printing]
    if not any(is_doubtful(row) for row in rows):
        return [list(printing) for printing in printings]
    witnesses = _Witnesses(
        [row for row in rows if row.level2], has_lost_values=not all(row.value_text for row in rows)
    )
    return [_settle_printing(printing, witnesses) for printing in printings]


class _Witnesses:
    """What the printed rows say about the level of an indicator, by its name, cut names and value."""

    def __init__(self, rows: Iterable[PrintedIndicator], has_lost_values: bool) -> None:
        self._whole: defaultdict[tuple[str, str | None], dict[LevelName, _Tally]] = defaultdict(
            dict
        )
        self._begun: defaultdict[tuple[str, str | None], dict[LevelName, _Tally]] = defaultdict(
            dict
        )
        for row in rows:
            for kept_value in (row.value_key, ANY_VALUE) if has_lost_values else (row.value_key,):
                _count(self._whole[row.name_key, kept_value], row)
                for beginning in row.beginnings:
                    _count(self._begun[beginning, kept_value], row)

    def verdict(self, row: PrintedIndicator) -> LevelName | None:
        """The level that most witnesses say, those in less doubt counting more; None if nobody knows better."""
        votes: defaultdict[LevelName, float] = defaultdict(float)
        doubts: dict[LevelName, int] = {}
        for tallies in self._find(row):
            for level, tally in tallies.items():
                votes[level] += tally.weight
                doubts[level] = min(tally.least_doubt, doubts.get(level, tally.least_doubt))
        own = level_of(row)
        best = max(votes, key=lambda level: (votes[level], level == own), default=own)
        knows_better = best != own or doubts.get(own, row.level_doubt) < row.level_doubt
        return best if knows_better else None

    def _find(self, row: PrintedIndicator) -> Iterator[dict[LevelName, _Tally]]:
        """Rows with this name, a fuller or a shorter one, and this value or none."""
        for agreeing in (row.value_key, "") if row.value_key else (ANY_VALUE,):
            yield self._begun.get((row.name_key, agreeing), {})
            for beginning in row.beginnings:
                if beginning != row.name_key:
                    yield self._whole.get((beginning, agreeing), {})


def _count(tallies: dict[LevelName, _Tally], row: PrintedIndicator) -> None:
    level = level_of(row)
    weight, least_doubt = tallies.get(level, _Tally(0.0, row.level_doubt))
    tallies[level] = _Tally(weight + 1 / (1 + row.level_doubt), min(least_doubt, row.level_doubt))


def _settle_printing(
    printing: Sequence[PrintedIndicator], witnesses: _Witnesses
) -> list[PrintedIndicator]:
    """Settle the rows that witnesses know; the rest of a block whose label was lost moves with them."""
    verdicts = {i: witnesses.verdict(row) for i, row in enumerate(printing) if is_doubtful(row)}
    # Both halves of a line stand under one label, and all lines of a block too.
    moved_line: dict[int, LevelName] = {}
    for i, verdict in verdicts.items():
        if verdict and verdict != level_of(printing[i]):
            moved_line.setdefault(printing[i].line_no, verdict)
    moved_block: dict[LevelName, LevelName] = {}
    settled = list(printing)
    for i, verdict in verdicts.items():
        row = printing[i]
        if row.line_no in moved_line:
            moved_block[level_of(row)] = moved_line[row.line_no]
        if level := verdict or moved_block.get(level_of(row)):
            settled[i] = replace(row, level1=level.level1, level2=level.level2, level_doubt=0)
    return settled

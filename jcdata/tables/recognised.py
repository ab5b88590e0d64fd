"""Figures that were read off a picture: sums confirm them, and decide where a digit is in doubt.

A sum that holds confirms its figures, as a misread one would break it. A sum of a single part is only a copy, which may
be misread in the same way: it is as sure as the figure that it copies. A sum that does not hold, but would if one doubtful
figure read otherwise, in a single way among those that the recognition thinks possible, decides that figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from jcdata.amounts import IN_YUAN, parse_money
from jcdata.documents.document import Line
from jcdata.documents.formats.rows import Recognised, least_sure
from jcdata.errors import AmountError
from jcdata.table_templates import table_specs
from jcdata.tables.printed import PrintedFigure, PrintedRow

FEWEST_PARTS = 2  # other than zero, of a sum that confirms

Place = tuple[int, int]  # row, and figure in it


class _Sum(NamedTuple):
    """Where a figure stands that others should add up to, and where those stand."""

    total: Place
    parts: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return self.total, *self.parts


def with_recognition(rows: Sequence[PrintedRow], lines: Iterable[Line]) -> tuple[PrintedRow, ...]:
    """The rows of a table, each figure with how sure it is where its line was read off a picture."""
    recognised = {line.no: line.recognised for line in lines if line.recognised}
    if not recognised:
        return tuple(rows)
    return tuple(
        row._replace(
            figures=tuple(
                figure._replace(recognised=_of_figure(figure, recognised.get(figure.line_no, ())))
                for figure in row.figures
            )
        )
        for row in rows
    )


def _of_figure(figure: PrintedFigure, cells: Sequence[Recognised | None]) -> Recognised | None:
    """That of its cell, or where cells are not kept apart of its line."""
    return cells[figure.column_no - 1] if figure.column_no else least_sure(cells)


def with_sums(rows: Sequence[PrintedRow], totals: Collection[int]) -> tuple[PrintedRow, ...]:
    """The rows of a table with their figures decided and confirmed by its sums; `totals` are the indexes of totals."""
    figures = {(i, k): figure for i, row in enumerate(rows) for k, figure in enumerate(row.figures)}
    if not any(figure.recognised for figure in figures.values()):
        return tuple(rows)
    sums = [*_row_sums(rows), *_column_sums(rows, totals)]
    settled = _settle(figures, sums)
    return tuple(
        row._replace(figures=tuple(settled[i, k] for k in range(len(row.figures))))
        for i, row in enumerate(rows)
    )


def _row_sums(rows: Sequence[PrintedRow]) -> Iterator[_Sum]:
    """What adds up within a row of any template: a table that is read by its words has the measures of one."""
    known = dict.fromkeys((s.total, s.parts) for spec in table_specs() for s in spec.sums)
    for i, row in enumerate(rows):
        places = {figure.measure: (i, k) for k, figure in enumerate(row.figures)}
        sums = (
            _Sum(places[total], tuple(places[part] for part in parts if part in places))
            for total, parts in known
            if total in places
        )
        yield from dict.fromkeys(found for found in sums if found.parts)


def _column_sums(rows: Sequence[PrintedRow], totals: Collection[int]) -> Iterator[_Sum]:
    """What may add up in the columns: codes below a shorter one, and above or below a total what no code sums up."""
    columns: defaultdict[tuple[str, str], dict[int, Place]] = defaultdict(dict)
    for i, row in enumerate(rows):
        for k, figure in enumerate(row.figures):
            columns[row.side, figure.measure][i] = (i, k)
    for places in columns.values():
        groups: defaultdict[int, list[int]] = defaultdict(list)
        highest: list[int] = []
        of_code = {rows[i].code: i for i in places}
        for i in places:
            parent = _parent(rows, of_code, i)
            if parent is not None:
                groups[parent].append(i)
            elif i not in totals:
                highest.append(i)
        for parent, below in groups.items():
            yield _Sum(places[parent], tuple(places[i] for i in below))
        for total in (i for i in places if i in totals):
            for group in _below_total(total, highest, sorted(totals)):
                yield _Sum(places[total], tuple(places[i] for i in group))


def _parent(rows: Sequence[PrintedRow], of_code: Mapping[str, int], i: int) -> int | None:
    """The row whose code is the longest that a row's own begins with."""
    code = rows[i].code
    prefixes = (code[:length] for length in range(len(code) - 1, 0, -1))
    return next((of_code[prefix] for prefix in prefixes if prefix in of_code), None)


def _below_total(
    total: int, highest: Sequence[int], totals: Sequence[int]
) -> Iterator[Sequence[int]]:
    """The rows that a total may sum up: all, those since the total before, those until the one after."""
    before = max((i for i in totals if i < total), default=-1)
    after = min((i for i in totals if i > total), default=max([*highest, total]) + 1)
    groups: tuple[Sequence[int], ...] = (
        tuple(highest),
        tuple(i for i in highest if before < i < total),
        tuple(i for i in highest if total < i < after),
    )
    yield from dict.fromkeys(group for group in groups if group)


def _settle(
    figures: Mapping[Place, PrintedFigure], sums: Sequence[_Sum]
) -> dict[Place, PrintedFigure]:
    """The figures as the sums confirm and decide them, each step taken up by the next, until nothing changes."""
    settled = dict(figures)
    amounts = {place: _number(figure.text) for place, figure in figures.items()}
    confirmed = {place for place, figure in figures.items() if not figure.recognised}
    while True:
        known = len(confirmed)
        for wanted in sums:
            if _holds(wanted, amounts):
                parts = sum(bool(amounts[place]) for place in wanted.parts)
                if parts >= FEWEST_PARTS or (
                    amounts[wanted.total] and _is_copy_sure(wanted, amounts, confirmed)
                ):
                    confirmed.update(wanted.places)
        if len(confirmed) > known:
            continue  # what is confirmed narrows down what is in doubt
        decided = next(
            (found for wanted in sums if (found := _decide(wanted, settled, amounts, confirmed))),
            None,
        )
        if decided is None:
            break
        place, text = decided
        settled[place] = settled[place]._replace(text=text)
        amounts[place] = _number(text)
        confirmed.add(place)
    return {
        place: figure._replace(is_confirmed=place in confirmed) for place, figure in settled.items()
    }


def _number(text: str) -> Decimal | None:
    try:
        return parse_money(text, IN_YUAN)
    except AmountError:
        return None


def _holds(wanted: _Sum, amounts: Mapping[Place, Decimal | None]) -> bool:
    values = [amounts[place] for place in wanted.places]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and known[0] == sum(known[1:], Decimal(0))


def _is_copy_sure(
    wanted: _Sum, amounts: Mapping[Place, Decimal | None], confirmed: Collection[Place]
) -> bool:
    """Whether the total or its only part is confirmed by another sum."""
    return any(amounts[place] and place in confirmed for place in wanted.places)


def _decide(
    wanted: _Sum,
    figures: Mapping[Place, PrintedFigure],
    amounts: Mapping[Place, Decimal | None],
    confirmed: Collection[Place],
) -> tuple[Place, str] | None:
    """The figure that alone breaks a sum, and the only one of its other readings with which the sum holds."""
    if _holds(wanted, amounts):
        return None
    found: dict[tuple[Place, Decimal], str] = {}
    for place in wanted.places:
        recognised = figures[place].recognised
        if recognised is None or place in confirmed:
            continue
        for text in recognised.others:
            amount = _number(text)
            if amount is not None and _holds(wanted, {**amounts, place: amount}):
                found.setdefault((place, amount), text)
    if len(found) != 1:
        return None
    (((place, _), text),) = found.items()
    parts = [amounts[part] for part in wanted.parts if part != place]
    is_sum = sum(map(bool, parts)) + (place in wanted.parts) >= FEWEST_PARTS
    is_copy = any(
        other in confirmed and amounts[other] for other in wanted.places if other != place
    )
    return (place, text) if is_sum or is_copy else None

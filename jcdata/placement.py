"""Which column does a figure stand in? Decided by the white space of the print, and by arithmetic where that fails.

A blank cell leaves an extra space, or two in documents that print a space for it, so a run of spaces tells how
many cells are blank. Where the run fits no number of cells, or fits several, the identity of the row decides
(total = sum of parts), then the sums of its table (a parent is the sum of its children).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from jcdata.specs import RowSum

STYLES = (1, 2)  # spaces that a blank cell leaves
TOLERANCE = 1  # extra white space that may be noise
MAX_CHOICES = 20_000


class Gap(NamedTuple):
    """A run of white space: how many spaces, and whether it separates two cells or begins a line.

    `size` is None where nothing is known: a line break between figures.
    """

    size: int | None
    begins_line: bool = False


class Choice(NamedTuple):
    """The columns of a row's figures, and how far they are from what the white space says."""

    columns: tuple[int, ...]
    cost: float


class Placement(NamedTuple):
    """The columns decided for a row, by what, and the other choices if nothing decided among them."""

    columns: tuple[int, ...]
    placed_by: str
    others: tuple[tuple[int, ...], ...] = ()


def choices(gaps: Sequence[Gap], trailing: int, columns: Sequence[int], width: int) -> list[Choice]:
    """All ways to set figures, one after each gap, into `columns` of a row `width` cells wide, likeliest first."""
    found = []
    for chosen in combinations(columns, len(gaps)):
        cost = min(_cost(gaps, trailing, chosen, width, style) for style in STYLES)
        found.append(Choice(chosen, cost))
    return sorted(found, key=lambda choice: choice.cost)


def _cost(gaps: Sequence[Gap], trailing: int, chosen: Sequence[int], width: int, style: int) -> float:
    cost, previous = 0.0, -1
    for gap, column in zip(gaps, chosen, strict=True):
        blanks = column - previous - 1
        previous = column
        if gap.size is None or (gap.size == 0 and blanks == 0):
            continue
        cost += abs(gap.size - style * blanks - (0 if gap.begins_line else 1))
    blanks = width - 1 - previous
    expected = (style * blanks, style * blanks + 1)
    if trailing and trailing not in expected:  # no white space at all may have been trimmed away
        cost += min(abs(trailing - e) for e in expected) / 2
    return cost


def place(
    gaps: Sequence[Gap], trailing: int, columns: Sequence[int], width: int, amounts: Sequence[Decimal | None],
    names: Sequence[str], sums: Sequence[RowSum],
) -> Placement:  # fmt: skip
    """Decide the columns of a row's figures. Raises ValueError if there are more figures than columns."""
    ranked = choices(gaps, trailing, columns, width)
    if not ranked:
        raise ValueError("more figures than columns")
    best = ranked[0]
    rivals = [c for c in ranked if c.cost <= best.cost + (TOLERANCE if best.cost else 0)]
    if len(rivals) == 1:
        return Placement(best.columns, "print")
    adding = [c for c in rivals if adds_up(c.columns, amounts, names, sums)]
    if len(adding) == 1:
        return Placement(adding[0].columns, "arithmetic")
    rest = adding or rivals
    if len(rest) > 1 and rest[0].cost < rest[1].cost:
        return Placement(rest[0].columns, "print")
    return Placement(rest[0].columns, "arithmetic", tuple(c.columns for c in rest[1:]))


def adds_up(
    columns: Sequence[int], amounts: Sequence[Decimal | None], names: Sequence[str], sums: Sequence[RowSum]
) -> bool:
    """Whether the figures in these columns satisfy the row's identities; a blank counts as nothing."""
    row = {names[column]: amount or Decimal(0) for column, amount in zip(columns, amounts, strict=True)}
    for identity in sums:
        parts = sum((row.get(part, Decimal(0)) for part in identity.parts), Decimal(0))
        if identity.total in names and row.get(identity.total, Decimal(0)) != parts:
            return False
    return True


def settle(
    parent: dict[int, Decimal], children: Sequence[tuple[Sequence[Decimal], Sequence[tuple[int, ...]]]]
) -> list[tuple[int, ...]] | None:
    """Columns for each child, such that the children add up to their parent in every column; None unless just one way does.

    A child is its amounts and the choices of columns left to it.
    """
    sums: dict[frozenset[tuple[int, Decimal]], list[list[tuple[int, ...]]]] = {frozenset(): [[]]}
    for amounts, options in children:
        grown: dict[frozenset[tuple[int, Decimal]], list[list[tuple[int, ...]]]] = {}
        for so_far, ways in sums.items():
            for option in options:
                total = dict(so_far)
                for column, amount in zip(option, amounts, strict=True):
                    total[column] = total.get(column, Decimal(0)) + amount
                if all(value <= parent.get(column, Decimal(0)) for column, value in total.items() if value > 0):
                    bucket = grown.setdefault(frozenset(total.items()), [])
                    bucket += [[*way, option] for way in ways[: 2 - len(bucket)]]
        sums = grown
        if len(sums) > MAX_CHOICES:
            return None
    ways = [way for total, found in sums.items() if _same(dict(total), parent) for way in found]
    return ways[0] if len(ways) == 1 else None


def _same(total: dict[int, Decimal], parent: dict[int, Decimal]) -> bool:
    return all(total.get(c, Decimal(0)) == parent.get(c, Decimal(0)) for c in {*total, *parent})

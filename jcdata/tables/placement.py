"""Which column does a figure stand in? Decided by the white space of the print, and by arithmetic where that fails.

A blank cell leaves an extra space, or two in documents that print a space for it, so a run of spaces tells how
many cells are blank. Where the run fits no number of cells, fits several, or where white space was reduced to
single spaces, the identity of the row decides (total = sum of parts), then the sums of its table (a parent is the
sum of its children).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from jcdata.table_templates import ColumnSpec, RowSum

STYLES = (1, 2)  # spaces that a blank cell leaves
TOLERANCE = 1  # extra white space that may be noise
TRIMMED = 0.25  # white space at the end of a line may have been cut off
MAX_CHOICES = 2_000  # sums to keep in mind at once
MAX_CHILDREN = 200


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
    """The columns likeliest for a row's figures, by what each is decided, and the other choices that are left.

    `is_decided` says whether print or sums decide among them. `ranked` are all choices that there were, likeliest first.
    """

    columns: tuple[int, ...]
    placed_by: tuple[str, ...]
    others: tuple[tuple[int, ...], ...] = ()
    is_decided: bool = True
    ranked: Sequence[Choice] = ()


def decide(columns: Sequence[int], rivals: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """What decided each figure's column: the print if every rival choice has it there too, else arithmetic."""
    return tuple(
        "print" if all(rival[i] == column for rival in rivals) else "arithmetic"
        for i, column in enumerate(columns)
    )


def choices(
    gaps: Sequence[Gap], trailing: int, cells: range, columns: Sequence[ColumnSpec]
) -> list[Choice]:
    """All ways to set figures, one after each gap, into the cells after a label, likeliest first."""
    return _choices(
        tuple(gaps), trailing, cells, tuple(cell for cell in cells if not columns[cell].is_text)
    )


@lru_cache(maxsize=10_000)  # many rows are set alike
def _choices(
    gaps: tuple[Gap, ...], trailing: int, cells: range, free: tuple[int, ...]
) -> list[Choice]:
    found = []
    for chosen in combinations(free, len(gaps)):
        cost = min(_cost(gaps, trailing, chosen, cells, style) for style in STYLES)
        found.append(Choice(chosen, cost))
    return sorted(found, key=lambda choice: choice.cost)


def _cost(
    gaps: Sequence[Gap], trailing: int, chosen: Sequence[int], cells: range, style: int
) -> float:
    cost, previous = 0.0, cells.start - 1
    for gap, column in zip(gaps, chosen, strict=True):
        blanks = column - previous - 1
        previous = column
        if gap.size is None or (gap.size == 0 and blanks == 0):
            continue
        cost += abs(gap.size - style * blanks - (0 if gap.begins_line else 1))
    blanks = cells.stop - 1 - previous
    expected = (style * blanks, style * blanks + 1)
    if trailing not in expected:
        # The end of a line is the least sure witness: programs cut it off.
        cost += min(abs(trailing - e) for e in expected) / 2 if trailing else TRIMMED
    return cost


def place(
    gaps: Sequence[Gap], trailing: int, cells: range, columns: Sequence[ColumnSpec], amounts: Sequence[Decimal],
    sums: Sequence[RowSum], blanks_show: bool = False,
) -> Placement:  # fmt: skip
    """Decide the columns of a row's figures.

    A figure stands after each gap; `trailing` is the white space after the last one; `cells` are the positions in
    `columns` that may follow the row's label; `sums` are the row's identities. `blanks_show` says that blank cells of the
    table are seen to leave white space. Raises ValueError if there are more figures than cells.
    """
    ranked = choices(gaps, trailing, cells, columns)
    if not ranked:
        raise ValueError("more figures than columns")
    best = ranked[0]
    # White space that was reduced to single spaces says nothing: then any choice may be right.
    mute = (
        not blanks_show
        and len(ranked) > 1
        and trailing == 0
        and all(gap.size in (None, 0, 1) for gap in gaps)
    )
    # A perfect fit may lack spaces cut off at the line's end, any other have one that is noise.
    reach = best.cost + (TOLERANCE if best.cost else TRIMMED)
    rivals = [choice for choice in ranked if mute or choice.cost <= reach]
    # Where no choice adds up, a figure is misprinted or misread: then the print decides.
    rest = [choice for choice in rivals if adds_up(choice.columns, columns, amounts, sums)]
    rest = rest or (rivals if mute else rivals[:1])
    chosen = rest[0].columns
    print_decides = rest[0] is best and (len(rivals) == 1 or best.cost < rivals[1].cost)
    decided = decide(chosen, () if print_decides else [choice.columns for choice in rivals])
    return Placement(
        columns=chosen,
        placed_by=decided,
        others=tuple(choice.columns for choice in rest[1:]),
        is_decided=len(rest) == 1 or (print_decides and not mute),
        ranked=ranked,
    )


def adds_up(
    chosen: Sequence[int],
    columns: Sequence[ColumnSpec],
    amounts: Sequence[Decimal],
    sums: Sequence[RowSum],
) -> bool:
    """Whether the figures in these columns satisfy the row's identities; a blank counts as nothing."""
    row = {
        (columns[i].side, columns[i].name): amount
        for i, amount in zip(chosen, amounts, strict=True)
    }
    zero = Decimal(0)
    return all(
        row.get((s.side, s.total), zero)
        == sum((row.get((s.side, part), zero) for part in s.parts), zero)
        for s in sums
    )


def settle(
    parent: dict[int, Decimal],
    children: Sequence[tuple[Sequence[Decimal], Sequence[tuple[int, ...]]]],
) -> list[tuple[int, ...]] | None:
    """Columns for each child, such that the children add up to their parent in every column; None unless just one way does.

    A child is its amounts and the choices of columns left to it.
    """
    if len(children) > MAX_CHILDREN:
        return None
    sums: dict[frozenset[tuple[int, Decimal]], list[list[tuple[int, ...]]]] = {frozenset(): [[]]}
    for amounts, options in children:
        grown: dict[frozenset[tuple[int, Decimal]], list[list[tuple[int, ...]]]] = {}
        for so_far, ways in sums.items():
            for option in options:
                total = dict(so_far)
                for column, amount in zip(option, amounts, strict=True):
                    total[column] = total.get(column, Decimal(0)) + amount
                # Amounts are hardly ever negative: what exceeds the parent stays too large.
                if all(
                    value <= parent.get(column, Decimal(0))
                    for column, value in total.items()
                    if value > 0
                ):
                    # Two ways to one sum are enough to know that it decides nothing.
                    bucket = grown.setdefault(frozenset(total.items()), [])
                    bucket += [[*way, option] for way in ways[: 2 - len(bucket)]]
        sums = grown
        if len(sums) > MAX_CHOICES:
            return None
    ways = [way for total, found in sums.items() if _same(dict(total), parent) for way in found]
    return ways[0] if len(ways) == 1 else None


def _same(total: dict[int, Decimal], parent: dict[int, Decimal]) -> bool:
    return all(total.get(c, Decimal(0)) == parent.get(c, Decimal(0)) for c in {*total, *parent})

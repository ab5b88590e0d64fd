from __future__ import annotations

from decimal import Decimal

import pytest

from jcdata.table_templates import TableSpec, table_specs
from jcdata.tables.placement import Gap, Placement, place, settle


def spec(key: str) -> TableSpec:
    return next(s for s in table_specs() if s.key == key and s.template == "thirteen-tables")


def placed(
    key: str,
    amounts: list[str],
    gaps: list[int | None],
    trailing: int = 0,
    line_start: bool = False,
) -> tuple[list[str], Placement]:
    table = spec(key)
    columns = [
        column for column in table.columns if not column.optional or column.name == "carry_over"
    ]
    first = next(i for i, column in enumerate(columns) if not column.is_text)
    runs = [Gap(gap, line_start and i == 0) for i, gap in enumerate(gaps)]
    numbers = [Decimal(a) for a in amounts]
    decided = place(runs, trailing, range(first, len(columns)), columns, numbers, table.sums)
    return [columns[i].name for i in decided.columns], decided


@pytest.mark.parametrize(
    ("amounts", "gaps", "trailing", "measures", "placed_by"),
    [
        (["5.00", "2.00", "3.00"], [1, 1, 1], 0, ["total", "basic", "project"], "print"),
        (["5.00", "5.00"], [1, 1], 2, ["total", "basic"], "print"),
        (["5.00", "5.00"], [1, 2], 0, ["total", "project"], "print"),
        (
            ["5.00", "5.00"],
            [1, 3],
            0,
            ["total", "project"],
            "print",
        ),  # a space is printed for the blank cell
        (
            ["5.00", "4.00"],
            [1, 2],
            0,
            ["total", "project"],
            "print",
        ),  # a wrong sum does not move what the print shows
        (["3.00"], [3], 0, ["project"], "print"),
    ],
)
def test_white_space_tells_the_columns(
    amounts: list[str], gaps: list[int | None], trailing: int, measures: list[str], placed_by: str
) -> None:
    names, decided = placed("expenditure", amounts, gaps, trailing)
    assert names == measures
    assert set(decided.placed_by) == {placed_by}


def test_the_sum_of_the_row_decides_where_white_space_fits_twice() -> None:
    names, decided = placed(
        "revenue", ["9.00", "9.00", "4.00"], [1, 1, 4]
    )  # one space short of the last column
    assert names == ["total", "general_public", "carry_over"]
    assert decided.placed_by[2] == "arithmetic"


def test_a_row_without_white_space_is_decided_by_its_sum() -> None:
    names, decided = placed("revenue", ["9.00", "4.00", "5.00", "2.00"], [1, 1, 1, 1])
    assert names[0] == "total" and names[-1] == "carry_over"
    assert decided.placed_by[-1] == "arithmetic"


def test_leading_blanks_at_the_start_of_a_line_count_themselves() -> None:
    assert placed("expenditure", ["3.00"], [2], 0, line_start=True)[0] == ["project"]


def test_more_figures_than_cells_is_an_error() -> None:
    with pytest.raises(ValueError, match="more figures than columns"):
        placed("expenditure", ["1.00"] * 4, [1, 1, 1, 1])


def test_children_are_settled_by_their_parent() -> None:
    parent = {2: Decimal(8), 3: Decimal(5), 4: Decimal(3)}
    children = [
        ((Decimal(5), Decimal(5)), ((2, 3), (2, 4))),
        ((Decimal(3), Decimal(3)), ((2, 3), (2, 4))),
    ]
    assert settle(parent, children) == [(2, 3), (2, 4)]


def test_two_ways_to_add_up_settle_nothing() -> None:
    parent = {2: Decimal(8), 3: Decimal(4), 4: Decimal(4)}
    children = [((Decimal(4), Decimal(4)), ((2, 3), (2, 4)))] * 2
    assert settle(parent, children) is None


def test_children_that_cannot_add_up_settle_nothing() -> None:
    assert settle({2: Decimal(9)}, [((Decimal(5),), ((2,),))]) is None

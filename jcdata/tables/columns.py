"""What the columns of a table say, by the words of their headings and by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from jcdata.codes import CODE, LEVELS, PART_OF_SHEET
from jcdata.messages import Message
from jcdata.schema import STATUTORY_TABLES
from jcdata.spec_files import patterns
from jcdata.tables.column_cells import cells_in, has_other_levels, is_filled
from jcdata.tables.grids import Grid
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.vocabulary import IGNORED, vocabulary
from jcdata.text import label_key

ITEM_NAME = "item_name"
ITEM_CODE = "item_code"
ORGANISATION = "organisation"
OTHER = "other"  # money whose heading is not known
TOTAL = "total"
PRIOR, CARRY_OVER = "prior_year_actual", "carry_over"
SOURCES = ("general_public", "government_fund", "state_capital", "fiscal_appropriation")
# Than 一般公共预算
OTHER_FUNDS = {"government_fund", "state_capital", "special_account", "unit_funds", "business_revenue", "other_funds"}  # fmt: skip
FUNDS = {*SOURCES, *OTHER_FUNDS}
_NUMBERS = ("row_number", "unit_code")  # columns of numbers that are neither amounts nor codes
_PROJECT_CODE = "project_code"
BY_HEADING = Message("by its heading", "依栏目名称")
BY_CODES = Message("all its cells are codes", "单元格均为科目编码")
BY_FIGURES = Message("most of its cells are figures", "单元格多为数字")
BY_TEXTS = Message("at most half of its cells are figures", "数字单元格不过半")


class Column(NamedTuple):
    """A column of a table: its place, the texts of its header, what it says.

    `role` is that of a column of text (`item_name`, `item_code`, `organisation` ...), or `money`, or `ignored` for figures
    that are none, `told_by` what told it. `unit` is the unit of money that its heading names, `organisation` the unit of
    which its money is, where several stand side by side. A column of codes `goes_on` where it has the next digits of the
    one before it, or the whole codes of other levels.
    """

    number: int
    heading: tuple[str, ...]
    role: str
    unit: str | None = None
    told_by: Message = BY_HEADING
    organisation: str = ""
    goes_on: bool = False

    @property
    def own_heading(self) -> tuple[str, ...]:
        """The texts of its header without the unit whose money it has."""
        return tuple(text for text in self.heading if text != self.organisation)

    @property
    def is_money(self) -> bool:
        """Whether amounts of money stand in it."""
        return self.role == "money"


def read_columns(grid: Grid) -> list[Column]:
    """The columns of a table."""
    columns: list[Column] = []
    for number, heading in enumerate(grid.headings):
        column = _column(grid, number, heading)
        if not column.is_money or measure_of([label_key(text) for text in heading]) == OTHER:
            cells = cells_in(grid, number)
            goes_on = _continues_codes(grid, number, cells, columns)
            if column.role == ITEM_CODE:
                column = column._replace(goes_on=goes_on)
            elif (
                cells
                and column.role not in (IGNORED, *_NUMBERS)
                and (
                    not column.is_money
                    or _may_have_codes(column, columns)
                    or (goes_on and not heading)
                )
                and (goes_on or all(map(CODE.fullmatch, cells)))
            ):
                column = column._replace(role=ITEM_CODE, goes_on=goes_on, told_by=BY_CODES)
        if column.role == ITEM_NAME and not is_filled(grid, number) and _begins_behind(columns):
            column = column._replace(role="note")  # of what, an empty column does not tell
        columns.append(column)
    return _with_units(columns)


def _continues_codes(
    grid: Grid, number: int, cells: Sequence[str], before: Sequence[Column]
) -> bool:
    """Whether a column beside codes has their next digits, or codes of other levels that stand in rows of their own.

    One that is headed so has them, whatever stands in a cell of it. Columns without heading and cells do not part them.
    """
    if not cells and not grid.headings[number]:
        return False
    beside = (c for c in reversed(before) if c.heading or cells_in(grid, c.number))
    codes = [c.number for c in takewhile(lambda c: c.role == ITEM_CODE, beside)]
    return bool(codes) and (
        heads_level(grid.headings[number])
        or all(map(PART_OF_SHEET.fullmatch, cells))
        or has_other_levels(grid, number, codes)
    )


def heads_level(heading: Sequence[str]) -> bool:
    """Whether a heading names a level of codes: 款."""
    return bool(heading) and label_key(heading[-1]) in LEVELS


def _begins_behind(columns: Sequence[Column]) -> bool:
    """Whether money stands before a column, so that names there would begin another block."""
    return any(column.is_money for column in columns)


def _may_have_codes(column: Column, before: Sequence[Column]) -> bool:
    """Whether whole numbers could be codes: before any amount, below a heading of items or before any name."""
    if any(other.is_money for other in before):
        return False
    words = vocabulary().item_heading
    return all(other.role != ITEM_NAME for other in before) or any(
        words.fullmatch(label_key(text)) for text in column.heading
    )


def _with_units(columns: Sequence[Column]) -> list[Column]:
    """The columns of money with the units that their headings name, where several stand side by side."""
    is_unit = patterns("sections")["organisation"].fullmatch
    units = {
        column.number: next((text for text in column.heading if is_unit(label_key(text))), "")
        for column in columns
        if column.is_money
    }
    if len(set(units.values()) - {""}) < 2:
        return list(columns)
    return [column._replace(organisation=units.get(column.number, "")) for column in columns]


def _column(grid: Grid, number: int, heading: tuple[str, ...]) -> Column:
    words = vocabulary()
    keys = [label_key(text) for text in heading]
    unit = next(
        (match["unit"] for key in reversed(keys) if (match := words.unit.search(key))), None
    )
    plain = [words.unit.sub("", key) for key in keys]
    filled = cells_in(grid, number)
    figures = sum(bool(LOOKS_LIKE_FIGURE.fullmatch(cell)) for cell in filled)
    if not filled and not any(plain):
        return Column(number=number, heading=heading, role="note")
    role = _text_role(plain, has_figures=figures * 2 > len(filled))
    told_by = BY_HEADING if role else BY_TEXTS
    if not role and figures * 2 > len(filled):
        role = IGNORED if _is_ignored(plain) else "money"
        told_by = BY_HEADING if role == IGNORED else BY_FIGURES
    if not role and (figures or not filled) and (measure := measure_of(plain)) != OTHER:
        # Of few cells one may be unreadable
        role, told_by = IGNORED if measure == IGNORED else "money", BY_HEADING
    return Column(
        number=number, heading=heading, role=role or ITEM_NAME, unit=unit, told_by=told_by
    )


def _text_role(keys: Sequence[str], has_figures: bool) -> str | None:
    """What a column of text says, by its last heading; a column of figures may still be one of codes or numbers."""
    last = keys[-1] if keys else ""
    for role, pattern in vocabulary().texts:
        may_be_figures = role in (ITEM_CODE, _PROJECT_CODE, *_NUMBERS)
        if pattern.fullmatch(last) and (may_be_figures or not has_figures):
            return role
    return None


def may_count_things(columns: Sequence[Column], key: str | None) -> bool:
    """Whether rows of a table may say how many things there are: if it is of such a kind, and none of its columns does."""
    return (not key or STATUTORY_TABLES[key].counts_things) and all(
        column.role != IGNORED for column in columns
    )


def _is_ignored(keys: Sequence[str]) -> bool:
    pattern = next(pattern for name, pattern in vocabulary().measures if name == IGNORED)
    return any(pattern.fullmatch(key) for key in keys)


def measure_of(keys: Sequence[str]) -> str:
    """What a heading measures: the last of its words that say it decide, those above them where they are more than `whole`."""
    said = [_measure_said(key) for key in reversed(keys)]
    other = next((measure for measure in said if measure not in (TOTAL, OTHER)), OTHER)
    return TOTAL if other == OTHER and TOTAL in said else other


@lru_cache(maxsize=4096)
def _measure_said(key: str) -> str:
    """What one word of a heading says that it measures: TOTAL if no more than the whole, OTHER if nothing."""
    words = vocabulary()
    key = words.before.sub("", key)
    plain = words.year.sub("", key)
    if not plain or words.whole.fullmatch(key) or words.whole.fullmatch(plain):
        return TOTAL
    texts = (key, plain, words.this_year.sub("", plain))
    return next(
        (name for name, pattern in words.measures if any(map(pattern.fullmatch, texts))), OTHER
    )


def is_known_heading(text: str) -> bool:
    """Whether the words of headings know a heading for itself."""
    key = vocabulary().unit.sub("", label_key(text))
    return _text_role([key], has_figures=False) is not None or measure_of([key]) != OTHER


def is_named_part(column: Column) -> bool:
    """Whether its heading names a part of what the one above it measures, which is no more to be understood.

    What was carried over is printed by the fund that it is of, what a fund pays by its kind of expenditure.
    """
    *above, last = [label_key(text) for text in column.heading] or [""]
    whole = measure_of(above)
    if whole in (CARRY_OVER, *FUNDS) and measure_of([last]) != OTHER:
        return True
    return whole != OTHER and bool(vocabulary().named_part.fullmatch(last))


def is_basis(text: str) -> bool:
    """Whether the name of a row says no more than which year's money stands in it, budget or account, or how it changed."""
    return measure_of([label_key(text)]) in (TOTAL, PRIOR, "change", IGNORED)


def is_measure(text: str) -> bool:
    """Whether a heading says what an amount measures."""
    return measure_of([label_key(text)]) not in (OTHER, TOTAL, IGNORED)

"""Figures in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from jcdata.amounts import BARE_UNITS, IN_YUAN, UNITS, parse_amount, parse_number
from jcdata.errors import AmountError
from jcdata.numerals import chinese_value
from jcdata.text import SIMPLIFIED, TRADITIONAL

# One sign for one sign, so that a position in the reading is the same position in the print. The full-width comma
# separates; only between groups of digits (4，727.11) it is read as the other one.
_READING = str.maketrans(
    "０１２３４５６７８９％．（）：；！？−－" + TRADITIONAL,
    "0123456789%.():;!?--" + SIMPLIFIED,
)
_GROUPING = re.compile(r"(?<=\d)(?<!\d\d\d\d)，(?=\d\d\d(?!\d))")
_LARGEST = Decimal(10) ** 16


def reading_of(text: str) -> str:
    """The text in the form that patterns are written for, sign by sign."""
    reading = text.translate(_READING)
    return _GROUPING.sub(",", reading) if "，" in reading else reading


class Figure(NamedTuple):
    """A number with its unit: positions in the text, the number as printed, its value, the unit as printed."""

    start: int
    end: int
    number: str
    value: Decimal
    unit: str

    @property
    def is_money(self) -> bool:
        """Whether it is counted in yuan."""
        return self.money_unit in UNITS

    @property
    def money_unit(self) -> str:
        """Its unit, 万元 where 万 is printed alone."""
        return self.unit + IN_YUAN if self.unit in BARE_UNITS else self.unit

    @property
    def amount_yuan(self) -> Decimal | None:
        """The figure in yuan; None where it is not money, or not a whole number of fen."""
        if not self.is_money:
            return None
        try:
            return parse_amount(str(self.value), self.money_unit).yuan
        except AmountError:
            return None


def figure_pattern(units: Sequence[str]) -> re.Pattern[str]:
    """A number directly followed by one of these units (patterns, longer ones before those they begin with).

    Every run of digits is tried once: possessive, and never begun in the middle. After a unit (300元-500元) the
    dash is no minus.
    """
    return re.compile(
        rf"(?<!\d)(?<!\d[.,])(?P<number>(?:(?<![{IN_YUAN}%\d)])-)?\d++(?:[.,]\d++)*+)(?P<unit>{'|'.join(units)})"
    )


def find_figures(
    reading: str, pattern: re.Pattern[str], start: int = 0, end: int | None = None
) -> Iterator[Figure]:
    """The figures of a text, in order. What only looks like a number (1,23) is left out."""
    for match in pattern.finditer(reading, start, len(reading) if end is None else end):
        try:
            value = parse_number(match["number"])
        except AmountError:
            continue
        if abs(value) < _LARGEST:
            yield Figure(
                start=match.start(),
                end=match.end(),
                number=match["number"],
                value=value,
                unit=match["unit"],
            )


def find_worded_figures(
    reading: str, pattern: re.Pattern[str], start: int, end: int
) -> Iterator[Figure]:
    """The figures in words of a text, in order; per cent for 百分之 and for each doubling, whose `number` is ''."""
    for match in pattern.finditer(reading, start, end):
        if match["doublings"]:
            value: Decimal | None = 100 * (
                2 ** int(chinese_value(match["doublings"]) or 0) - Decimal(1)
            )
        else:
            value = chinese_value(match["per_cent"] or match["number"])
        if value is not None and value < _LARGEST:
            yield Figure(
                start=match.start(),
                end=match.end(),
                number=match["number"] or "",
                value=value,
                unit=match["unit"] or "%",
            )


def last_place(value: Decimal) -> Decimal:
    """One unit of the last printed place: 0.01 for 3.90."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)

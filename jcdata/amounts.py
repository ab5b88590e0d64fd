"""A printed figure becomes an exact amount here and nowhere else.

Money is Decimal yuan with two places; the printed text and its number of decimals are kept, because the
tolerance of every check follows from what was printed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jcdata.errors import AmountError

IN_YUAN, IN_WAN = "元", "万元"
UNITS = {IN_YUAN: Decimal(1), "千元": Decimal(1_000), IN_WAN: Decimal(10_000), "百万元": Decimal(1_000_000),
         "亿元": Decimal(100_000_000)}  # fmt: skip
BARE_UNITS = ("万", "亿")  # of yuan, where prose leaves 元 out
MONEY_UNIT = "[十百千万亿]*元"  # a pattern of whatever is printed as a unit of money

# What stands for a minus before a figure, and of these what stands behind one too; for a class of a pattern
MINUS_SIGNS = r"\-－−–—‑‒﹣△▲▽▼∆↓负"
MINUS_BEHIND = r"\-－−–—"
_ASCII = str.maketrans("０１２３４５６７８９，．（）＋＇’\u3000", "0123456789,.()+'' ")
_SIGNED = re.compile(
    rf"(?:(?P<minus>[{MINUS_SIGNS}])|\+)?\s*(?P<number>.*?\d)\s*(?P<behind>[{MINUS_BEHIND}])?"
)
_IN_BRACKETS = re.compile(r"\(\s*(\d.*\d|\d)\s*\)")
_GROUP_SIGNS = re.compile("[,' ]")
_SPREAD = re.compile(r"(?:[\d.,] ){3,}\d")
_OWN_UNIT = re.compile(f"(.+?)({'|'.join(sorted(UNITS, key=len, reverse=True))})")
_FIGURE = re.compile(r"(?:\d{1,3}(?:([,' ])\d{3}(?:\1\d{3})*)?|\d+)(?:\.\d+)?")
CURRENCY = "¥￥"  # signs of what is counted, not in which unit; for a class of a pattern
_NO_CURRENCY = str.maketrans("", "", CURRENCY)
_CENT = Decimal("0.01")
_LIMIT = Decimal(10) ** 15  # differences of amounts are amounts too


class Amount(NamedTuple):
    """A printed figure: exact yuan, and the characters printed."""

    yuan: Decimal
    text: str


def parse_number(text: str) -> Decimal:
    """Turn a printed figure into an exact Decimal.

    Digits may be full-width, in groups of three by commas, apostrophes or single blanks (`1 842.36`), or each by itself
    (`1 8 4 2 . 3 6`). Negative are `-11.05`, `△11.05`, `负11.05`, `（11.05）`, `11.05-`. Raises AmountError for anything
    else: scientific notation, misplaced commas, words.
    """
    plain = text.translate(_ASCII).strip()
    signed = _SIGNED.fullmatch(plain)
    if bracketed := _IN_BRACKETS.fullmatch(plain):
        is_negative, number = True, bracketed[1]
    elif signed and not (signed["minus"] and signed["behind"]):
        is_negative, number = bool(signed["minus"] or signed["behind"]), signed["number"]
    else:
        raise AmountError(f"not a figure: {text!r}")
    if _SPREAD.fullmatch(number):
        number = number.replace(" ", "")
    if not _FIGURE.fullmatch(number):
        raise AmountError(f"not a figure: {text!r}")
    value = Decimal(_GROUP_SIGNS.sub("", number))
    return -value if is_negative else value


def parse_money(text: str, unit: str) -> Decimal:
    """Read a figure as `parse_amount` does, but of any size and with whatever part of a fen is printed."""
    own = _OWN_UNIT.fullmatch(text)
    figure, unit = own.groups() if own else (text, unit)
    if unit not in UNITS:
        raise AmountError(f"unknown unit of money: {unit!r}")
    return parse_number(figure.translate(_NO_CURRENCY)) * UNITS[unit]


@lru_cache(maxsize=50_000)  # a figure stands in several tables
def parse_amount(text: str, unit: str) -> Amount:
    """Read a figure printed in `unit` (元, 万元, 亿元 ...) as exact yuan; a unit behind the figure itself goes first.

    A sign of currency, as in `¥1,234.50`, says nothing of the unit.

    Raises AmountError when the text is no figure, the unit unknown, or the amount not a whole number of
    fen below 10^15 yuan, so that a sum of some is within the range of DECIMAL(18,2).
    """
    yuan = parse_money(text, unit)
    if abs(yuan) >= _LIMIT:
        raise AmountError(f"too large to be an amount: {text!r} {unit}")
    cents = yuan.quantize(_CENT)
    if cents != yuan:
        raise AmountError(f"not a whole number of fen: {text!r} {unit}")
    return Amount(cents, text)

"""What a cell shows of its number: the number formats of Excel (ECMA-376, part 1, 18.8.31).

Fractions are shown as General. Fillers and the space of a character become a space, colours and the numerals of other
languages are left out; a point with nothing before it gets a zero, one with nothing behind it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from jcdata.documents.formats.excel import dates
from jcdata.documents.formats.excel.format_tokens import Section, Shown, Token, choose, sections
from jcdata.spec_files import spec_words

DIGITS = 15  # that a spreadsheet computes with; what follows is noise of binary fractions
_WIDTH, _PLACES = 11, 6  # of General: characters, and decimals, which are those of a fen in 万元
_SCIENTIFIC = "0.#####E+00"
_GROUP = 3
_PADDING = {"0": "0", "?": " ", "#": ""}
_EXACT = Context(prec=1000)  # more than the longest format can ask for
_ELSEWHERE = re.compile(r"DBNum\d|\$-(?:x-.*|F[48]00|0*[1-9A-F][0-9A-F]{4,})", re.IGNORECASE)
_NOT_SHOWN = ("bracket", "filler")
_ZERO = Token("digit", "0")


def numbered_format(number: int) -> str:
    """The format that files only number."""
    return str(spec_words("number_formats")["numbered"].get(str(number), "General"))


def named_format(name: str) -> str:
    """The format that a workbook in XML names; what is no name is a format itself."""
    return str(spec_words("number_formats")["named"].get(name, name))


def show_text(text: str, code: str) -> str:
    """A text in a format."""
    _, section = sections(code)
    if section is None:
        return text
    return "".join(
        text if token.kind == "text" else token.text
        for token in section.tokens
        if token.kind in ("text", "literal")
    )


def show_number(number: Decimal, code: str, is_1904: bool = False) -> Shown:
    """A number in a format; a date is the number of its day, counted from 1900 or from 1904."""
    choice = choose(number, code)
    if choice is None:
        return _show_general(number)
    section, is_unsigned = choice
    if section.has("date", "elapsed"):
        date = dates.show_date(number, section.tokens, is_1904)
        return date or _show_general(number)
    shows_nothing = all(token.kind == "bracket" for token in section.tokens)
    if section.has("slash") or (shows_nothing and (section.tokens or not code)):
        return _show_general(number)
    shown = _show_in(abs(number) if is_unsigned else number, section)
    return shown._replace(exact=plain_number(number)) if shown.exact else shown


def is_shown_otherwise(number: Decimal, code: str, is_1904: bool = False) -> bool:
    """Whether a format asks for what is not shown here: fractions, other numerals, the system's date, a date that is none."""
    choice = choose(number, code)
    if choice is None:
        return False
    tokens = choice.section.tokens
    if any(token.kind == "bracket" and _ELSEWHERE.fullmatch(token.text) for token in tokens):
        return True
    if choice.section.has("date", "elapsed"):
        return dates.show_date(number, tokens, is_1904) is None
    return choice.section.has("slash")


def _show_in(number: Decimal, section: Section) -> Shown:
    if section.has("digit"):
        return _show_figure(number, section)
    general = _show_general(number)
    text = "".join(
        general.text if token.kind == "general" else token.text
        for token in section.tokens
        if token.kind not in _NOT_SHOWN
    )
    if section.has("general"):
        return general._replace(text=text)
    return Shown(text, plain_number(number) if number else "")


def plain_number(number: Decimal) -> str:
    """All digits of a number, without an exponent and zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_general(number: Decimal) -> Shown:
    """As many digits as Excel shows where a column is wide enough; a whole number keeps all that Excel stores."""
    if number == number.to_integral_value() and abs(number) < Decimal(10) ** DIGITS:
        return Shown(f"{number.to_integral_value():f}")
    whole = max(1, number.adjusted() + 1)
    if whole > _WIDTH:
        return show_number(number, _SCIENTIFIC)
    rounded = _round(number, min(_PLACES, max(0, _WIDTH - 1 - whole)))
    return Shown(plain_number(rounded), "" if rounded == number else plain_number(number))


class _Figure(NamedTuple):
    """Where a section has the digits of a number, and the power of ten by which that is divided before."""

    whole: tuple[Token, ...]
    fraction: tuple[Token, ...]
    exponent: tuple[Token, ...]
    is_grouped: bool
    power: int
    whole_places: int
    fraction_places: int
    has_zero: bool  # before the point, even where the number has none


@lru_cache(maxsize=4096)
def _figure(section: tuple[Token, ...]) -> _Figure:
    tokens = [token for token in section if token.kind not in _NOT_SHOWN]
    kinds = [token.kind for token in tokens]
    end = kinds.index("exponent") if "exponent" in kinds else len(kinds)
    point = kinds.index("point") if "point" in kinds[:end] else end
    last = max((i for i in range(point) if kinds[i] == "digit"), default=-1)
    commas = kinds[max(last, 0) : point].count("comma") + kinds[point:end].count("comma")
    tokens = [Token("end", "") if token.kind == "comma" else token for token in tokens]
    whole, fraction = tokens[:point], tokens[point + 1 : end]
    return _Figure(
        whole=tuple(whole),
        fraction=tuple(fraction),
        exponent=tuple(tokens[end:]),
        is_grouped="comma" in kinds[: max(last, 0)],
        power=3 * commas - 2 * kinds.count("percent"),
        whole_places=_places(whole),
        fraction_places=_places(fraction),
        has_zero=any(token == _ZERO for token in whole),
    )


def _show_figure(number: Decimal, section: Section) -> Shown:
    """A number in the digits of a section: `0` always shown, `#` and `?` where there is something to show."""
    figure = _figure(section.tokens)
    power = figure.power
    if figure.exponent:
        power = _exponent(number, max(figure.whole_places, 1), figure.fraction_places)
    rounded = _round(number.scaleb(-power, _EXACT), figure.fraction_places)
    digits, _, decimals = f"{abs(rounded):f}".partition(".")
    digits = digits.lstrip("0")
    before = _whole_part(figure, digits)
    behind = _fraction_part(figure.fraction, decimals)
    if behind[:1].isdigit():
        behind = f".{behind}" if digits or figure.has_zero else f"0.{behind}"
    text = before + behind
    if figure.exponent:
        text += _exponent_part(figure.exponent, power)
    exact = "" if rounded.scaleb(power, _EXACT) == number else plain_number(number)
    return Shown(f"-{text}" if number < 0 else text, exact)


def _places(tokens: Sequence[Token]) -> int:
    return sum(token.kind == "digit" for token in tokens)


def _whole_part(figure: _Figure, digits: str) -> str:
    """The digits before the point in their places, from the right; the first place takes all that are left."""
    places = figure.whole_places
    shown = 0
    parts = [] if places else [digits]
    for token in reversed(figure.whole):
        if token.kind != "digit":
            parts.append(token.text)
            continue
        places -= 1
        taken = digits[-1:] if places else digits
        digits = digits.removesuffix(taken)
        for digit in reversed(taken or _PADDING[token.text]):
            if figure.is_grouped and shown and shown % _GROUP == 0 and digit.isdigit():
                parts.append(",")
            parts.append(digit)
            shown += 1
    return "".join(reversed(parts))


def _fraction_part(tokens: Sequence[Token], decimals: str) -> str:
    """The digits behind the point, and what follows them."""
    significant = len(decimals.rstrip("0"))
    digits = iter(enumerate(decimals))
    parts = []
    for token in tokens:
        if token.kind != "digit":
            parts.append(token.text)
            continue
        place, digit = next(digits)
        parts.append(digit if place < significant or token.text == "0" else _PADDING[token.text])
    return "".join(parts)


def _exponent(number: Decimal, slots: int, places: int) -> int:
    """The power of ten of a number in scientific notation with so many digits before the point."""
    if not number:
        return 0
    power = number.adjusted() // slots * slots
    is_carried = _round(number.scaleb(-power, _EXACT), places).adjusted() >= slots
    return power + slots if is_carried else power


def _exponent_part(tokens: Sequence[Token], power: int) -> str:
    plus = tokens[0].text.removeprefix("E").removeprefix("e").removesuffix("-")
    sign = "-" if power < 0 else plus
    rest = "".join(token.text for token in tokens[1:] if token.kind != "digit")
    return f"E{sign}{abs(power):0{max(1, _places(tokens[1:]))}d}{rest}"


def _round(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)

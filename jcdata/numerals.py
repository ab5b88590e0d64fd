"""Numbers as the lists of Word files and web pages write them: 一, 十二, 壹, 甲, ①, iv, aa, 01; numerals of running text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

_VALUES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_POINT = "点"
_SIGNS = "".join((*_VALUES, *_PLACES))
# 四点一八, 十二; for a pattern
NUMERAL = rf"(?<![{_SIGNS}])[{_SIGNS}]{{1,12}}+(?:{_POINT}[{_SIGNS}]{{1,8}}+)?"

_DIGITS = "〇一二三四五六七八九"
_SIMPLIFIED_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL_LEGAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_MOST_COUNTED = 9_999  # beyond that a list is written in digits
_MOST_LETTERS = 780  # thirty times the alphabet, where word processors begin anew
_MOST_ROMAN = 3_999
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def chinese_number(n: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(n, 10)
    digits = "零一二三四五六七八九"
    if tens == 0:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


def _counted(n: int, digits: str, units: str) -> str:
    """一百零一, or with other digits and units 壹佰零壹."""
    written, is_gap = "", False
    for place in range(len(str(n)) - 1, -1, -1):
        digit = n // 10**place % 10
        if digit:
            written += (digits[0] if is_gap else "") + digits[digit]
            written += units[place - 1] if place else ""
        is_gap = bool(written) and digit == 0
    return written


def _counted_in_chinese(n: int) -> str:
    return chinese_number(n) if n < 100 else _counted(n, "零" + _DIGITS[1:], "十百千")


def _in_chinese_digits(n: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(n))


def _counted_to_99(n: int) -> str:
    return chinese_number(n) if n < 100 else _in_chinese_digits(n)


def _japanese(n: int) -> str:
    """百一: a single hundred or thousand has no 一, a gap no sign."""
    written = _counted(n, _DIGITS, "十百千").replace(_DIGITS[0], "")
    for unit in "十百千":
        written = written.replace(f"一{unit}", unit)
    return written


def _roman(n: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        times, n = divmod(n, value)
        written += sign * times
    return written


def _letters(n: int) -> str:
    """a to z, then aa to zz."""
    times, letter = divmod((n - 1) % _MOST_LETTERS, 26)
    return chr(ord("a") + letter) * (times + 1)


def _english_ordinal(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _full_width(n: int) -> str:
    return str(n).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})


def _one_of(first: str, last: str) -> tuple[int, Callable[[int], str]]:
    """Signs that follow each other, from 1."""
    return ord(last) - ord(first) + 1, lambda n: chr(ord(first) + n - 1)


def _sign_of(signs: str) -> tuple[int, Callable[[int], str]]:
    return len(signs), lambda n: signs[n - 1]


# Format as WordprocessingML calls it -> the largest number that has it, and how that is written
_FORMATS: dict[str, tuple[int, Callable[[int], str]]] = {
    **dict.fromkeys(
        ("chineseCountingThousand", "taiwaneseCountingThousand"),
        (_MOST_COUNTED, _counted_in_chinese),
    ),
    **dict.fromkeys(("chineseCounting", "taiwaneseCounting"), (_MOST_COUNTED, _counted_to_99)),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"),
        (_MOST_COUNTED, _in_chinese_digits),
    ),
    "japaneseCounting": (_MOST_COUNTED, _japanese),
    "chineseLegalSimplified": (
        _MOST_COUNTED,
        lambda n: _counted(n, _SIMPLIFIED_LEGAL, "拾佰仟"),
    ),
    "ideographLegalTraditional": (
        _MOST_COUNTED,
        lambda n: _counted(n, _TRADITIONAL_LEGAL, "拾佰仟"),
    ),
    "ideographTraditional": _sign_of(_STEMS),
    "ideographZodiac": _sign_of(_BRANCHES),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _one_of("①", "⑳")),
    "decimalEnclosedParen": _one_of("⑴", "⒇"),
    "decimalEnclosedFullstop": _one_of("⒈", "⒛"),
    "ideographEnclosedCircle": _one_of("㊀", "㊉"),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), (_MOST_COUNTED, _full_width)),
    "decimalZero": (_MOST_COUNTED, lambda n: f"{n:02}"),
    "numberInDash": (_MOST_COUNTED, lambda n: f"- {n} -"),
    "ordinal": (_MOST_COUNTED, _english_ordinal),
    "lowerLetter": (_MOST_COUNTED, _letters),
    "upperLetter": (_MOST_COUNTED, lambda n: _letters(n).upper()),
    "lowerRoman": (_MOST_ROMAN, _roman),
    "upperRoman": (_MOST_ROMAN, lambda n: _roman(n).upper()),
}


def written_number(n: int, number_format: str) -> str:
    """A number of a list in the format that WordprocessingML calls so; in digits where it has no such form."""
    most, write = _FORMATS.get(number_format, (0, str))
    return write(n) if 0 < n <= most else str(n)


def chinese_value(text: str) -> Decimal | None:
    """The value of a numeral below ten thousand, 四点一八 or 十二 or 12.5; None for what is none, as 二〇二五."""
    if text[0].isdigit():
        return Decimal(text)
    whole, _, places = text.partition(_POINT)
    total = 0
    digit: int | None = None
    for sign in whole:
        if sign in _PLACES:
            total, digit = total + _PLACES[sign] * (1 if digit is None else digit), None
        elif digit:
            return None
        else:
            digit = _VALUES[sign]
    if any(sign in _PLACES for sign in places):
        return None
    return total + (digit or 0) + Decimal("0." + "".join(str(_VALUES[sign]) for sign in places))

"""Dates and times, which a spreadsheet stores as the number of days since 1900 or 1904."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

from jcdata.documents.formats.excel.format_tokens import Shown, Token
from jcdata.spec_files import spec_words

_DAY = datetime.date(1899, 12, 30)
_DAY_BEFORE_MARCH = datetime.date(1899, 12, 31)  # for Excel 1900 had a 29 February, day 60
_LEAP_DAY = 60
_DAY_1904 = datetime.date(1904, 1, 1)
_SECONDS = 24 * 60 * 60
_EXACT = Context(prec=300)  # more than the decimals of the longest format
_NOON = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def parse_date(text: str, is_1904: bool = False) -> Decimal | None:
    """The number of a date or time in ISO 8601, None for another text."""
    try:
        if ":" in text and "-" not in text:
            moment = datetime.datetime.combine(_DAY, datetime.time.fromisoformat(text))
            return _fraction(moment.time())
        moment = datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    first = _DAY_1904 if is_1904 else _DAY
    days = (moment.date() - first).days
    if not is_1904 and days <= _LEAP_DAY:
        days -= 1
    return days + _fraction(moment.time())


def show_date(number: Decimal, tokens: Sequence[Token], is_1904: bool) -> Shown | None:
    """A number as date or time, and the whole of it in ISO 8601 where that shows less; None if it can be none."""
    if not 0 <= number <= (datetime.date.max - (_DAY_1904 if is_1904 else _DAY)).days:
        return None
    unit = Decimal(1).scaleb(-sum(token.kind == "digit" for token in tokens))
    seconds = (number * _SECONDS).quantize(unit, ROUND_HALF_UP, _EXACT)
    days, second_of_day = divmod(seconds, _SECONDS)
    moment = datetime.datetime.combine(
        _date(int(days), is_1904), datetime.time()
    ) + datetime.timedelta(microseconds=int(second_of_day * 1_000_000))
    text = "".join(_parts(tokens, moment, seconds))
    letters = {
        sign for token in tokens if token.kind in ("date", "elapsed") for sign in token.text.lower()
    }
    is_whole_day = second_of_day == 0
    says_time = bool(letters & {"h", "s"})
    says_day = bool(letters & {"y", "e"}) and "d" in letters
    is_elapsed = any(token.kind == "elapsed" for token in tokens)
    if is_elapsed or ((says_day or number < 1) and (says_time or is_whole_day)):
        return Shown(text)
    exact = moment.date().isoformat() if is_whole_day else moment.isoformat(sep=" ")
    return Shown(text, exact if number >= 1 else moment.time().isoformat())


def _date(days: int, is_1904: bool) -> datetime.date:
    if is_1904:
        return _DAY_1904 + datetime.timedelta(days)
    return (_DAY_BEFORE_MARCH if days < _LEAP_DAY else _DAY) + datetime.timedelta(days)


def _fraction(time: datetime.time) -> Decimal:
    seconds = time.hour * 3600 + time.minute * 60 + time.second
    return (seconds + Decimal(time.microsecond) / 1_000_000) / _SECONDS


def _parts(tokens: Sequence[Token], moment: datetime.datetime, seconds: Decimal) -> Iterator[str]:
    in_half_days = any(token.kind == "half_day" for token in tokens)
    minutes = _minutes(tokens)
    decimals = iter(f"{seconds:f}".partition(".")[2])
    for place, token in enumerate(tokens):
        text = token.text.lower()
        if token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
            yield f"{int(seconds // unit):0{len(text)}d}"
        elif token.kind == "half_day":
            yield token.text.split("/")[moment.hour >= _NOON]
        elif token.kind == "date":
            yield _shown(f"{text}inutes" if place in minutes else text, moment, in_half_days)
        elif token.kind == "digit":
            yield next(decimals)
        elif token.kind not in ("bracket", "filler"):
            yield token.text


def _minutes(tokens: Sequence[Token]) -> set[int]:
    """Where an m means minutes: behind hours or before seconds."""
    letters = [
        (place, token.text[0].lower())
        for place, token in enumerate(tokens)
        if token.kind in ("date", "elapsed")
    ]
    behind_hours = {place for (_, before), (place, _) in pairwise(letters) if before == "h"}
    before_seconds = {place for (place, _), (_, after) in pairwise(letters) if after == "s"}
    return {place for place, letter in letters if letter == "m"} & (behind_hours | before_seconds)


def _shown(letters: str, moment: datetime.datetime, in_half_days: bool) -> str:
    match letters:
        case "y" | "yy":
            return f"{moment.year % 100:02d}"
        case "m" | "mm":
            return f"{moment.month:0{len(letters)}d}"
        case "mmm":
            return _MONTHS[moment.month - 1][:3]
        case "mmmmm":
            return _MONTHS[moment.month - 1][:1]
        case "d" | "dd":
            return f"{moment.day:0{len(letters)}d}"
        case "ddd":
            return _DAYS[moment.weekday()][:3]
        case "aaa":
            return str(spec_words("number_formats")["weekdays"][moment.weekday()])
        case "h" | "hh":
            hour = (moment.hour - 1) % _NOON + 1 if in_half_days else moment.hour
            return f"{hour:0{len(letters)}d}"
        case "minutes" | "mminutes":
            return f"{moment.minute:0{len(letters) - 6}d}"
        case "s" | "ss":
            return f"{moment.second:0{len(letters)}d}"
    words = spec_words("number_formats")
    match letters[0]:
        case "m":
            return _MONTHS[moment.month - 1]
        case "d":
            return _DAYS[moment.weekday()]
        case "a":
            return f"{words['weekday_prefix']}{words['weekdays'][moment.weekday()]}"
    return f"{moment.year:04d}"

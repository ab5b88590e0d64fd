"""What an indicator's target says: a comparison with a figure, a time, or words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from jcdata.spec_files import patterns
from jcdata.text import squeeze

LONGEST = 60
_WRAPPINGS = "\"'“”‘’「」『』《》()[]【】。;；,，、"
_SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "equal_to": "="}
_BOUNDS = {"or_more": ">=", "or_less": "<=", "within": "<="}
_UNIT_IN_BRACKETS = re.compile(r"(?<=\d)[(（]([^()（）]{1,12})[)）]\s*$")  # ≥90.00(%)


class IndicatorValue(NamedTuple):
    """A target value as parsed; the fields are those of `schema.Indicator`."""

    comparator: str | None
    value_min: float | None
    value_max: float | None
    unit: str | None
    value_kind: str


QUALITATIVE = IndicatorValue(
    comparator=None, value_min=None, value_max=None, unit=None, value_kind="qualitative"
)
DATE = IndicatorValue(comparator=None, value_min=None, value_max=None, unit=None, value_kind="date")


def parse_value(text: str) -> IndicatorValue:
    """Read a target value such as `≥20场/次`, `≤400元/人/次`, `60%-80%`, `10月底前` or `有效降低`. Never raises.

    The figure is the one printed and stands in the unit printed: `≥90%` is 90 with the unit %, `11万元` is 11
    with the unit 万元, `≥1万份` is 1 with 万份.

    - `≥` and `>` (不低于, 以上 ...) give value_min, `≤` and `<` (不超过, 以内 ...) give value_max, `=` both.
    - A bare figure gives both and no comparator; a range gives both ends and no comparator.
    - `date` is a time of the calendar or a recurrence (`5-11月`, `2023年11月份前`, `全年`, `每月`): when, not how
      much, so without figures. `duration` is a length of time (`≤2天`, `12个月`), `money` has a unit of 元.
    - A figure without a unit is a `quantity` with unit None, be it cut or not.
    - A cell that the conversion doubled (`10月前10月前`) counts once. Everything else is `qualitative`.
    """
    plain = plain_value(_UNIT_IN_BRACKETS.sub(r"\1", text))
    if not plain or len(plain) > LONGEST:
        return QUALITATIVE
    if _date_pattern().fullmatch(plain):
        return DATE
    return _parse_figure(plain)


@lru_cache(maxsize=4096)
def plain_value(text: str) -> str:
    """A value for comparison: NFKC, without white space and enclosing signs, a doubled one once."""
    plain = squeeze(unicodedata.normalize("NFKC", squeeze(text))).strip(_WRAPPINGS)
    half, odd = divmod(len(plain), 2)
    is_doubled = (
        half and not odd and plain[:half] == plain[half:] and not re.fullmatch(r"[\d.,]+", plain)
    )
    return plain[:half] if is_doubled else plain


def is_figure(text: str) -> bool:
    """Whether a text is a value by its form: a figure or a time."""
    return parse_value(text).value_kind != "qualitative"


def _parse_figure(plain: str) -> IndicatorValue:
    match = _figure_pattern().fullmatch(plain)
    if not match:
        return QUALITATIVE
    signs = {sign for name, sign in (_SIGNS | _BOUNDS).items() if match[name]}
    low_unit, unit = match["low_unit"], match["unit"]
    # 不低于 … 以下 and the like contradict themselves: no bound can be told.
    if len(signs) > 1 or (match["high"] is None and low_unit) or (match["high"] and signs):
        return QUALITATIVE
    kind = _kind_of(unit)
    if match["within"] and kind != "duration":
        return QUALITATIVE
    low = float(match["low"].replace(",", ""))
    if match["high"] is not None:
        high = float(match["high"].replace(",", ""))
        is_range = low <= high and low_unit in (None, unit)
        return (
            IndicatorValue(
                comparator=None, value_min=low, value_max=high, unit=unit, value_kind=kind
            )
            if is_range
            else QUALITATIVE
        )
    comparator = signs.pop() if signs else None
    value_min = None if comparator in ("<=", "<") else low
    value_max = None if comparator in (">=", ">") else low
    return IndicatorValue(
        comparator=comparator, value_min=value_min, value_max=value_max, unit=unit, value_kind=kind
    )


def _kind_of(unit: str | None) -> str:
    if unit is None:
        return "quantity"
    kinds = (
        kind
        for kind in ("percentage", "money", "duration")
        if patterns("indicator_values")[kind].fullmatch(unit)
    )
    return next(kinds, "quantity")


@cache
def _figure_pattern() -> re.Pattern[str]:
    words = {name: pattern.pattern for name, pattern in patterns("indicator_values").items()}
    signs = "|".join(f"(?P<{name}>{words[name]})" for name in _SIGNS)
    bounds = "|".join(f"(?P<{name}>{words[name]})" for name in _BOUNDS)
    number, unit = words["number"], words["unit"]
    return re.compile(
        rf"(?:{signs})?(?P<low>{number})"
        rf"(?:(?P<low_unit>{unit})?(?:{words['range_sign']})(?P<high>{number}))?(?P<unit>{unit})??(?:{bounds})?"
    )


@cache
def _date_pattern() -> re.Pattern[str]:
    words = {name: pattern.pattern for name, pattern in patterns("indicator_values").items()}
    time = rf"(?:{words['month_range']}|{words['calendar']}){words['part']}"
    one = rf"(?:{time}|{words['recurring']}){words['deadline']}{words['done']}"
    return re.compile(rf"{one}(?:{words['joined']}{one}){{0,11}}")

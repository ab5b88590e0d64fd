"""What operators and functions of formulas give, in decimals: exact where a spreadsheet has binary fractions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import (
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
    localcontext,
)
from typing import NamedTuple

from jcdata.documents.formats.excel.cells import ErrorValue, Value, stored_number
from jcdata.documents.formats.excel.formula_parsing import UncomputableError
from jcdata.documents.formats.excel.number_formats import (
    DIGITS,
    is_shown_otherwise,
    show_number,
    show_text,
)

LONGEST_TEXT = 32_767  # characters of a cell
_LARGEST = Decimal(10) ** 308
_MOST_PLACES = 30
_STORED = Context(prec=DIGITS)


class Range(NamedTuple):
    """The values of a block of cells that hold something."""

    values: Sequence[Value]


Operand = Value | Range
Lazy = Callable[[], Operand]  # as a branch that is not taken is not computed


class FormulaError(Exception):
    """A value of error as a spreadsheet shows it, such as `#DIV/0!`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def apply(name: str, operands: Sequence[Lazy], is_1904: bool = False) -> Value:
    """The value of a function or operator; `is_1904` as in `Workbook`.

    Raises FormulaError, and UncomputableError for one that is not known.
    """
    if name in _LAZY:
        return _LAZY[name](operands)
    try:
        if name in _OF_MANY:
            return _stored(_OF_MANY[name](list(_numbers(operands))))
        if name in _OF_SCALARS:
            return _stored(_OF_SCALARS[name](*(scalar(operand()) for operand in operands)))
        if name == "TEXT":
            value, code = (scalar(operand()) for operand in operands)
            return _stored(_formatted(value, _text(code), is_1904))
    except DecimalException as error:
        raise FormulaError("#NUM!") from error
    except (TypeError, ValueError) as error:  # too few or too many of them
        raise UncomputableError from error
    raise UncomputableError


def scalar(operand: Operand) -> Value:
    """One value. Raises FormulaError for one of error, UncomputableError for a block of cells."""
    if isinstance(operand, Range):
        raise UncomputableError
    if isinstance(operand, ErrorValue):
        raise FormulaError(operand.code)
    return operand


def _stored(value: Value) -> Value:
    if isinstance(value, Decimal):
        if abs(value) >= _LARGEST:
            raise FormulaError("#NUM!")
        return _STORED.plus(value)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise FormulaError("#VALUE!")
    return value


def _number(value: Value) -> Decimal:
    """A value where a number is wanted: a blank cell is a zero, a text may be one."""
    if isinstance(value, Decimal):
        return value
    if value is None or isinstance(value, bool):
        return Decimal(value or 0)
    number = stored_number(value.replace(",", "")) if isinstance(value, str) else None
    if number is None:
        raise FormulaError("#VALUE!")
    return number


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return show_number(value, "General").text
    if isinstance(value, bool):
        return str(value).upper()
    return value if isinstance(value, str) else ""


def _formatted(value: Value, code: str, is_1904: bool) -> str:
    """A value in a format. Raises UncomputableError for a format that is not shown as it says, or a text that may be a number."""
    if isinstance(value, bool):
        return _text(value)
    if isinstance(value, str) and stored_number(value.replace(",", "")) is None:
        if any(map(str.isdigit, value)):  # such as a date
            raise UncomputableError
        return show_text(value, code)
    number = _number(value)
    if is_shown_otherwise(number, code, is_1904):
        raise UncomputableError
    return show_number(number, code, is_1904).text if code else ""


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise FormulaError("#VALUE!")
    return bool(value)


def _numbers(operands: Iterable[Lazy]) -> Iterator[Decimal]:
    """The numbers among cells; what stands in the formula itself must be one."""
    for lazy in operands:
        operand = lazy()
        if not isinstance(operand, Range):
            yield _number(scalar(operand))
            continue
        for value in operand.values:
            if isinstance(value, ErrorValue):
                raise FormulaError(value.code)
            if isinstance(value, Decimal):
                yield value


def _average(numbers: list[Decimal]) -> Decimal:
    return _divide(sum(numbers, Decimal(0)), Decimal(len(numbers)))


def _product(numbers: list[Decimal]) -> Decimal:
    product = Decimal(bool(numbers))
    for number in numbers:
        product *= number
    return product


def _divide(dividend: Value, divisor: Value) -> Decimal:
    if _number(divisor) == 0:
        raise FormulaError("#DIV/0!")
    return _number(dividend) / _number(divisor)


def _power(base: Value, exponent: Value) -> Decimal:
    with localcontext() as context:
        context.Emax, context.Emin = 400, -400
        return _number(base) ** _number(exponent)


def _order(value: Value, other: Value) -> tuple[int, Decimal | str | bool]:
    """How a value compares: numbers before texts before truths; a blank cell is like what it is compared with."""
    if isinstance(value, str) or (value is None and isinstance(other, str)):
        return 1, _text(value).casefold()
    if isinstance(value, bool) or (value is None and isinstance(other, bool)):
        return 2, bool(value)
    return 0, _number(value)


def _compared(holds: Callable[..., bool]) -> Callable[[Value, Value], bool]:
    return lambda a, b: holds(_order(a, b), _order(b, a))


def _rounded(rounding: str) -> Callable[[Value, Value], Decimal]:
    def round_to(value: Value, places: Value) -> Decimal:
        exponent = max(-_MOST_PLACES, min(_MOST_PLACES, int(_number(places))))
        with localcontext(Context(prec=400)):
            return _number(value).quantize(Decimal(1).scaleb(-exponent), rounding) + 0

    return round_to


def _if(operands: Sequence[Lazy]) -> Value:
    if len(operands) not in (2, 3):
        raise UncomputableError
    if _truth(scalar(operands[0]())):
        return scalar(operands[1]())
    return scalar(operands[2]()) if len(operands) == 3 else False


def _if_error(operands: Sequence[Lazy]) -> Value:
    if len(operands) != 2:
        raise UncomputableError
    try:
        return scalar(operands[0]())
    except FormulaError:
        return scalar(operands[1]())


_LAZY: dict[str, Callable[[Sequence[Lazy]], Value]] = {
    "IF": _if,
    "IFERROR": _if_error,
    "AND": lambda operands: all([_truth(scalar(operand())) for operand in operands]),
    "OR": lambda operands: any([_truth(scalar(operand())) for operand in operands]),
}
_OF_MANY: dict[str, Callable[[list[Decimal]], Value]] = {
    "SUM": lambda numbers: sum(numbers, Decimal(0)),
    "AVERAGE": _average,
    "PRODUCT": _product,
    "MIN": lambda numbers: min(numbers, default=Decimal(0)),
    "MAX": lambda numbers: max(numbers, default=Decimal(0)),
}
_OF_SCALARS: dict[str, Callable[..., Value]] = {
    "+": lambda a, b: _number(a) + _number(b),
    "-": lambda a, b: _number(a) - _number(b),
    "*": lambda a, b: _number(a) * _number(b),
    "/": _divide,
    "^": _power,
    "%": lambda a: _number(a) / 100,
    "unary -": lambda a: -_number(a),
    "unary +": lambda a: a,
    "&": lambda a, b: _text(a) + _text(b),
    "=": _compared(operator.eq),
    "<>": _compared(operator.ne),
    "<": _compared(operator.lt),
    "<=": _compared(operator.le),
    ">": _compared(operator.gt),
    ">=": _compared(operator.ge),
    "ABS": lambda a: abs(_number(a)),
    "INT": lambda a: _number(a).to_integral_value(ROUND_FLOOR),
    "NOT": lambda a: not _truth(a),
    "ROUND": _rounded(ROUND_HALF_UP),
    "ROUNDUP": _rounded(ROUND_UP),
    "ROUNDDOWN": _rounded(ROUND_DOWN),
    "CONCATENATE": lambda *texts: "".join(map(_text, texts)),
}

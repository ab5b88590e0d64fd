"""Formulas as trees, in the notation of A1 or of R1C1: operators, references, and calls of functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jcdata.documents.formats.excel.cells import (
    Area,
    ErrorValue,
    Formula,
    Place,
    Value,
    column_number,
)

LONGEST, DEEPEST = 8192, 64  # characters and levels, as Excel takes them
LAST_ROW, LAST_COLUMN = 2**20, 2**14

_A1 = r"(?:\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d{1,7}:\$?\d{1,7})"
_R1C1 = r"(?:R(?:\[-?\d{1,7}\]|\d{1,7})?C(?:\[-?\d{1,7}\]|\d{1,7})?)"
_TOKENS = r"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!))
  | (?P<reference>(?:(?P<sheet>'(?:[^'\[]|'')+'|[^\W\d][\w.]*)!)?(?P<area>{area})(?![\w(.]))
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d{{1,3}})?)
  | (?P<call>[A-Z_][\w.]*\()
  | (?P<truth>(?:TRUE|FALSE)(?![\w(.]))
  | (?P<sign><=|>=|<>|[-+*/^&=<>%(),])
"""
_IN_A1 = re.compile(_TOKENS.format(area=_A1), re.VERBOSE | re.IGNORECASE)
_IN_R1C1 = re.compile(_TOKENS.format(area=f"{_R1C1}(?::{_R1C1})?"), re.VERBOSE | re.IGNORECASE)
_A1_PART = re.compile(r"(\$?)([A-Z]*)(\$?)(\d*)", re.IGNORECASE)
_R1C1_PART = re.compile(r"R(\[?)(-?\d*)\]?C(\[?)(-?\d*)\]?", re.IGNORECASE)
_PRECEDENCE = {
    "=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5,
}  # fmt: skip
_FUNCTION_PREFIX = "_XLFN."


class UncomputableError(Exception):
    """A formula that asks for something that is not computed here."""


class Coordinate(NamedTuple):
    """A row or column: a number, or how far it is from that of the cell in which the formula stands."""

    number: int
    is_offset: bool

    def at(self, own: int) -> int:
        """The row or column for a formula in row or column `own`."""
        return self.number + own if self.is_offset else self.number


class Literal(NamedTuple):
    """A value that stands in the formula itself."""

    value: Value


class Reference(NamedTuple):
    """A block of cells, of another sheet if one is named."""

    sheet: str | None
    first_row: Coordinate
    first_column: Coordinate
    last_row: Coordinate
    last_column: Coordinate

    def area(self, place: Place) -> Area:
        """The block for a formula that stands at `place`. Raises UncomputableError where it would leave the sheet."""
        rows = sorted(edge.at(place.row) for edge in (self.first_row, self.last_row))
        columns = sorted(edge.at(place.column) for edge in (self.first_column, self.last_column))
        if rows[0] < 1 or columns[0] < 1 or rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
            raise UncomputableError
        return Area(
            first_row=rows[0],
            first_column=columns[0],
            last_row=rows[1],
            last_column=columns[1],
        )


class Call(NamedTuple):
    """A function, or an operator by its sign, with what it is applied to."""

    name: str
    operands: tuple[Node, ...]


Node = Literal | Reference | Call


@lru_cache(maxsize=4096)
def parse_formula(formula: Formula) -> Node:
    """The tree of a formula. Raises UncomputableError for one that is not understood."""
    return _Parser(formula).parse()


def references(node: Node) -> Iterator[Reference]:
    """The references of a formula, in order."""
    if isinstance(node, Reference):
        yield node
    elif isinstance(node, Call):
        for operand in node.operands:
            yield from references(operand)


class _Token(NamedTuple):
    kind: str
    text: str
    sheet: str = ""


class _Parser:
    """By precedence climbing: an expression goes on as long as the next operator binds more tightly."""

    def __init__(self, formula: Formula) -> None:
        self._formula = formula
        self._tokens = [*_tokens(formula)]
        self._next = 0
        self._depth = 0

    def parse(self) -> Node:
        node = self._expression(0)
        if self._next < len(self._tokens):
            raise UncomputableError
        return node

    def _expression(self, least: int) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UncomputableError
        node = self._operand()
        while (precedence := _PRECEDENCE.get(sign := self._sign(), 0)) > least:
            self._next += 1
            node = Call(sign, (node, self._expression(precedence)))
        self._depth -= 1
        return node

    def _operand(self) -> Node:
        token = self._take()
        if token.kind == "sign" and token.text in ("-", "+"):
            node: Node = Call(f"unary {token.text}", (self._operand_within(),))
        elif token.kind == "sign" and token.text == "(":
            node = self._expression(0)
            self._take(")")
        elif token.kind == "call":
            name = token.text.upper()[:-1].removeprefix(_FUNCTION_PREFIX)
            node = Call(name, tuple(self._operands()))
        else:
            node = _value(token, self._formula)
        while self._sign() == "%":
            self._next += 1
            node = Call("%", (node,))
        return node

    def _operand_within(self) -> Node:
        """What a sign stands before: Excel binds it more tightly than any operator."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UncomputableError
        node = self._operand()
        self._depth -= 1
        return node

    def _operands(self) -> Iterator[Node]:
        if self._sign() == ")":
            self._next += 1
            return
        while True:
            yield Literal(None) if self._sign() in (",", ")") else self._expression(0)
            if self._take().text == ")":
                return
            if self._tokens[self._next - 1].text != ",":
                raise UncomputableError

    def _sign(self) -> str:
        if self._next < len(self._tokens) and self._tokens[self._next].kind == "sign":
            return self._tokens[self._next].text
        return ""

    def _take(self, sign: str = "") -> _Token:
        if self._next >= len(self._tokens) or (sign and self._sign() != sign):
            raise UncomputableError
        self._next += 1
        return self._tokens[self._next - 1]


def _tokens(formula: Formula) -> Iterator[_Token]:
    pattern = _IN_R1C1 if formula.is_relative else _IN_A1
    place = 0
    if len(formula.text) > LONGEST:
        raise UncomputableError
    while place < len(formula.text):
        match = pattern.match(formula.text, place)
        if match is None:
            raise UncomputableError
        place = match.end()
        kind = str(match.lastgroup)
        if match["reference"]:
            yield _Token("reference", match["area"], match["sheet"] or "")
        elif kind != "space":
            yield _Token(kind, match[kind])


def _value(token: _Token, formula: Formula) -> Node:
    match token.kind:
        case "number":
            return Literal(Decimal(token.text))
        case "text":
            return Literal(token.text[1:-1].replace('""', '"'))
        case "truth":
            return Literal(token.text.upper() == "TRUE")
        case "error":
            return Literal(ErrorValue(token.text.upper()))
        case "reference":
            return _reference(token, formula)
    raise UncomputableError


def _reference(token: _Token, formula: Formula) -> Reference:
    sheet = token.sheet.removeprefix("'").removesuffix("'").replace("''", "'") or None
    first, _, last = token.text.partition(":")
    corners = [
        _in_r1c1(part) if formula.is_relative else _in_a1(part, formula.origin)
        for part in (first, last or first)
    ]
    (first_row, first_column), (last_row, last_column) = corners
    return Reference(
        sheet=sheet,
        first_row=first_row or Coordinate(1, False),
        first_column=first_column or Coordinate(1, False),
        last_row=last_row or Coordinate(LAST_ROW, False),
        last_column=last_column or Coordinate(LAST_COLUMN, False),
    )


def _in_a1(text: str, origin: Place) -> tuple[Coordinate | None, Coordinate | None]:
    """Row and column, None where a whole column or row is meant."""
    match = _A1_PART.fullmatch(text)
    if match is None:
        raise UncomputableError
    letters, digits = match[2], match[4]
    row_is_fixed = bool(match[3] or (match[1] and not letters))
    return (
        _coordinate(int(digits), row_is_fixed, origin.row) if digits else None,
        _coordinate(column_number(letters), bool(match[1]), origin.column) if letters else None,
    )


def _coordinate(number: int, is_fixed: bool, own: int) -> Coordinate:
    return Coordinate(number, False) if is_fixed else Coordinate(number - own, True)


def _in_r1c1(text: str) -> tuple[Coordinate, Coordinate]:
    match = _R1C1_PART.fullmatch(text)
    if match is None:
        raise UncomputableError
    row, column = (
        Coordinate(int(digits or 0), bool(bracket) or not digits)
        for bracket, digits in ((match[1], match[2]), (match[3], match[4]))
    )
    return row, column

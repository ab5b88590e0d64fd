"""Number formats in their parts: sections of tokens, and which section is for which number."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from jcdata.spec_files import spec_words

LONGEST = 255  # characters, as Excel takes them
_NUMBER_SECTIONS = 3  # what is positive, negative, zero; a fourth is for texts
_TOKENS = r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _(?P<space>.) | \*(?P<filler>.)
  | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<bracket>[^\]]*)\]
  | (?P<general>{general}) | (?P<half_day>{half_days}) | (?P<exponent>E[+-])
  | (?P<date>y+|m+|d+|h+|s+|e+|a{{3,}}) | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,)
  | (?P<percent>%) | (?P<slash>/) | (?P<text>@) | (?P<end>;) | (?P<literal>.)
"""
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)")
_CURRENCY = re.compile(r"\$([^-]+)(?:-.*)?")
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_LITERALS = ("quoted", "escaped", "literal")


class Shown(NamedTuple):
    """What a cell shows; `exact` is the value where this says less, else ''."""

    text: str
    exact: str = ""


class Token(NamedTuple):
    """A part of a format: its kind, a group of `_TOKENS`, and its text; whatever stands for itself is a `literal`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """The part of a format that is for some numbers, or for texts; the condition is (comparison, limit)."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, Decimal] | None = None

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its tokens."""
        return frozenset(token.kind for token in self.tokens)

    def has(self, *kinds: str) -> bool:
        """Whether it has a token of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    def holds(self, number: Decimal) -> bool:
        """Whether the number meets the condition, if there is one."""
        return self.condition is not None and _HOLDS[self.condition[0]](number, self.condition[1])


class Choice(NamedTuple):
    """The section for a number; `is_unsigned` if that it is chosen says already that the number is negative."""

    section: Section
    is_unsigned: bool = False


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[tuple[Section, ...], Section | None]:
    """The sections of a format for numbers, and the one for texts, if there is one."""
    found: list[list[Token]] = [[]]
    for match in _pattern().finditer(code[:LONGEST]):
        kind = str(match.lastgroup)
        if kind == "end":
            found.append([])
        else:
            found[-1].append(_token(kind, match[kind]))
    parts = [_section(tokens) for tokens in found]
    if len(parts) > _NUMBER_SECTIONS:
        return tuple(parts[:_NUMBER_SECTIONS]), parts[_NUMBER_SECTIONS]
    if parts[-1].has("text"):
        return tuple(parts[:-1]), parts[-1]
    return tuple(parts), None


def choose(number: Decimal, code: str) -> Choice | None:
    """The section of a format that is for a number; None if there is none."""
    parts, _ = sections(code)
    if not parts:
        return None
    if not any(part.condition for part in parts):
        if number < 0 and len(parts) > 1:
            return Choice(parts[1], is_unsigned=True)
        return Choice(parts[2 if number == 0 and len(parts) > 2 else 0])
    for part in parts[:2]:
        if part.holds(number):
            return Choice(part, is_unsigned=_is_below_zero(part))
    others = [part for part in parts[1:] if part.condition is None]
    if not others:
        return None
    if number < 0:  # a second section without a condition is for what is negative
        return Choice(others[0], is_unsigned=len(others) > 1 or _is_from_zero(parts[0]))
    return Choice(others[-1])


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    written_out = _TOKENS.format(**spec_words("number_formats"))
    return re.compile(written_out, re.VERBOSE | re.IGNORECASE | re.DOTALL)


def _token(kind: str, text: str) -> Token:
    if kind in _LITERALS:
        return Token("literal", text)
    if kind == "space":
        return Token("literal", " ")
    if kind == "bracket" and (currency := _CURRENCY.fullmatch(text)):
        return Token("literal", currency[1])
    return Token(kind, text)


def _section(tokens: list[Token]) -> Section:
    for token in tokens:
        if token.kind == "bracket" and (match := _CONDITION.fullmatch(token.text)):
            return Section(tuple(tokens), (match[1], Decimal(match[2])))
    return Section(tuple(tokens))


def _is_below_zero(section: Section) -> bool:
    comparison, limit = section.condition or ("", Decimal(0))
    return comparison in ("<", "<=", "=") and (limit < 0 or (limit == 0 and comparison == "<"))


def _is_from_zero(section: Section) -> bool:
    comparison, limit = section.condition or ("", Decimal(0))
    return comparison in (">", ">=") and limit <= 0

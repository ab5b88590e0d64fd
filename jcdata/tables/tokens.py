"""Words and figures of a space-separated table, each with the white space before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, takewhile

from jcdata.amounts import CURRENCY, MINUS_BEHIND, MINUS_SIGNS, MONEY_UNIT
from jcdata.codes import CODE
from jcdata.documents.document import Line
from jcdata.table_templates import blank_signs
from jcdata.tables.placement import Gap

WORD = re.compile(r"[^ \u3000]+")
_WHOLE = rf"[{MINUS_SIGNS}]?(?:\d{{1,3}}(?:[,，]\d{{3}})+|\d+)"
_UNIT = f"(?:{MONEY_UNIT})?"
FIGURE = re.compile(rf"{_WHOLE}(?:[.．]\d+)?{_UNIT}")
LOOKS_LIKE_FIGURE = re.compile(
    rf"[{CURRENCY}]?[+＋(（{MINUS_SIGNS}]?[{CURRENCY}]?[\d,，.．]*\d[\d,，.．]*[)）{MINUS_BEHIND}]?{_UNIT}"
)
_AMOUNT_SIGNS = frozenset(".．,，")  # of which a year, a code or the number of a page has none
_DECIMALS = re.compile(r"[.．](\d+)\D*")
_ROW_NUMBER = re.compile(r"\d{1,3}")


def has_amount(text: str) -> bool:
    """Whether an amount, with decimals or commas, stands among the words of a line."""
    return any(map(_is_amount, text.split()))


def count_amounts(text: str) -> int:
    """How many amounts, with decimals or commas, stand among the words of a line."""
    return sum(map(_is_amount, text.split()))


def _is_amount(word: str) -> bool:
    return bool(FIGURE.fullmatch(word)) and not _AMOUNT_SIGNS.isdisjoint(word)


@dataclass(slots=True)
class Token:
    """A word or figure; `gap` is the white space before it, `trailing` the spaces after it to the line's end."""

    text: str
    line: Line
    gap: Gap
    is_figure: bool
    follows_line: bool  # its line follows the line of the token before without a blank one between
    trailing: int = 0


def tokenise(lines: Sequence[Line], has_codes: bool = False) -> list[Token]:
    """Words and figures of a table's lines, in reading order; with codes, a whole number may begin a line as one."""
    decimals = _usual_decimals(lines)
    tokens: list[Token] = []
    previous: Line | None = None
    for line in lines:
        words = list(WORD.finditer(line.text))
        tail = _first_of_tail(words)
        end = 0
        for i, word in enumerate(words):
            # A code at the head of a line of figures would else be the first of them.
            is_code = has_codes and i == 0 and bool(CODE.fullmatch(word[0]))
            for part, is_figure in _split_word(
                word[0], decimals, in_tail=i >= tail and not is_code
            ):
                begins = not end
                follows = begins and previous is not None and line.no == previous.no + 1
                tokens.append(
                    Token(
                        text=part,
                        line=line,
                        gap=Gap(max(0, word.start() - end), begins),
                        is_figure=is_figure,
                        follows_line=follows,
                    )
                )
                end = word.end()
        if words:
            # Blank cells at the end of a row leave nothing but this.
            tokens[-1].trailing = len(line.text) - end
        previous = line
    return _join_broken_figures(tokens)


def _first_of_tail(words: Sequence[re.Match[str]]) -> int:
    """Index of the first word from which on a line holds nothing but figures, readable or not, and signs for blanks."""
    first = len(words)
    while first and (
        LOOKS_LIKE_FIGURE.fullmatch(words[first - 1][0]) or words[first - 1][0] in blank_signs()
    ):
        first -= 1
    return first


def _usual_decimals(lines: Sequence[Line]) -> int | None:
    """How many decimals the table's figures have; None if they are whole numbers."""
    numbers = [word for line in lines for word in line.text.split() if FIGURE.fullmatch(word)]
    decimals = Counter(len(match[1]) for number in numbers if (match := _DECIMALS.search(number)))
    if decimals:
        return decimals.most_common(1)[0][0]
    return None if numbers else 2


def _split_word(word: str, decimals: int | None, in_tail: bool) -> list[tuple[str, bool]]:
    """A run of characters as words and figures, cutting apart what is glued: 551.01年终结转, 0.00208, 收入合计4.00.

    A whole number is a figure only in tables of whole numbers, or if it is 0 or has commas; otherwise it is a word.
    """
    match = _DECIMALS.search(word)
    places = len(match[1]) if match else 0
    if in_tail and (decimals is None or places <= decimals):
        return [(word, decimals is None or not word.isdigit() or word == "0")]
    if decimals is None:
        return [(word, False)]
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in _glued_figure(decimals).finditer(word):
        parts += [(word[end : match.start()], False)] if match.start() > end else []
        parts.append((match[0], True))
        end = match.end()
    return parts + ([(word[end:], False)] if end < len(word) else [])


@cache
def _glued_figure(decimals: int) -> re.Pattern[str]:
    """A figure with these decimals before or after words; before a code only the decimals tell where it ends."""
    number = rf"{_WHOLE}[.．]\d{{{decimals}}}"
    return re.compile(rf"(?<![\dA-Za-z.,．，]){number}(?:{_UNIT}(?=\D|$)|(?={CODE.pattern}))")


def _join_broken_figures(tokens: Sequence[Token]) -> list[Token]:
    """Put a figure together that a narrow column broke after a comma or point: `9,629,` / `880.71`."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if (
            last
            and last.text[-1] in ",.，．"
            and token.gap.begins_line
            and FIGURE.fullmatch(last.text + token.text)
        ):
            joined[-1] = replace(
                last, text=last.text + token.text, is_figure=True, trailing=token.trailing
            )
        else:
            joined.append(token)
    return joined


def drop_row_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Leave out the numbers of the rows, one of which stands between each label and its figures."""
    kept: list[Token] = []
    expected = True
    for token in tokens:
        # Among words a number is no figure; of figures only the first may number the row.
        if _ROW_NUMBER.fullmatch(token.text) and (expected or not token.is_figure):
            expected = False
            continue
        expected = not token.is_figure
        kept.append(token)
    return kept


def drop_leading(tokens: Sequence[Token]) -> list[Token]:
    """Leave out what stands before an item's code on its line: the row's number, the unit's code and name."""
    kept: list[Token] = []
    for _, on_line in groupby(tokens, key=lambda token: token.line.no):
        line = list(on_line)
        words = list(takewhile(lambda token: not token.is_figure, line))
        start = max((i for i, token in enumerate(words) if CODE.fullmatch(token.text)), default=0)
        # The code begins the line now, which tells that it begins a row.
        line[start].gap = line[start].gap._replace(begins_line=True)
        kept += line[start:]
    return kept

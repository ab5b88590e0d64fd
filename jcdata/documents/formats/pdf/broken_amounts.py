"""Amounts that a narrow column breaks over several lines: which pieces are one amount.

No line parts the rows, so that the print has to tell: `1,234,5` is no amount, nor is `67.8` where all others have two
decimals. Whole numbers below each other are one amount only where the first fills its column and has the row's only name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from jcdata.documents.formats.pdf.text_lines import TextLine, Word

MOST_LINES = 4  # of an amount
MOST_APART = 2.2  # heights from one of its lines to the next
FARTHEST = 6.0  # heights from one amount of a column to the next
EVEN = 1.25  # the distance between its lines to the least
ALIGNED = 0.15  # of the height, by which the sides or the middles of its lines may differ
ONE_SIGN = 0.6  # of the height; the width of a digit is less
ONE_CHARACTER = 1.2  # of the height; no Chinese character is wider
FEWEST_ALIKE = 2  # amounts with as many decimals as those of their column
FEWEST_FULL = 3  # amounts of digits alone that fill their columns

_SIGN, _END = r"[-−－–△▲(（]", r"[)）%％]"
_PIECE = re.compile(rf"(?=.){_SIGN}?[\d,，.．]*{_END}?")
_WHOLE = re.compile(
    rf"{_SIGN}?(?:(?!0\d)\d+|(?!0)\d{{1,3}}(?:[,，]\d{{3}})+)(?:[.．](?P<decimals>\d+))?{_END}?"
)
_DECIMALS = re.compile(rf"[.．](\d+){_END}?")


Names = Sequence[Word | None]  # the first text of each line
Place = tuple[int, Word]  # the number of a line, and a word of it


class Piece(NamedTuple):
    """A word that may be an amount or part of one, with its line's number, top and height."""

    line: int
    word: Word
    top: float
    height: float

    @property
    def text(self) -> str:
        return self.word[2]

    @property
    def place(self) -> Place:
        return self.line, self.word

    @property
    def width(self) -> float:
        return self.word[1] - self.word[0]


class Amount(NamedTuple):
    """Pieces that are one amount if `is_sure`, else may be; `is_row` says that their lines are of one row."""

    pieces: tuple[Piece, ...]
    is_sure: bool
    is_row: bool

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last."""
        return self.pieces[0].line, self.pieces[-1].line


class _Column(NamedTuple):
    """Pieces one below the other, and how amounts are printed among them.

    `decimals` is None where they have not all as many.
    """

    pieces: Sequence[Piece]
    decimals: int | None

    def is_whole(self, text: str) -> bool:
        """Whether a text is an amount as this column prints them."""
        match = _WHOLE.fullmatch(text)
        return match is not None and self.decimals in (None, len(match["decimals"] or ""))

    @property
    def widest(self) -> float:
        return max(piece.width for piece in self.pieces)


class _Candidate(NamedTuple):
    """Pieces that would make an amount.

    `by` says what speaks for it: `signs` that one of them is none, `decimals` that the first has too few, `nothing`.
    `named` are its lines with a name, `is_name_full` says that the first of these leaves no room for another character,
    `is_full` that no line but the last leaves room for another digit, `is_only` that no more or fewer pieces would make
    another amount.
    """

    pieces: tuple[Piece, ...]
    by: str
    named: list[int]
    is_name_full: bool
    is_full: bool
    is_only: bool


def is_piece(text: str) -> bool:
    """Whether a word may be an amount or part of one."""
    return bool(_PIECE.fullmatch(text))


def share_a_place(one: Word, other: Word) -> bool:
    """Whether two words would stand above each other."""
    return one[0] < other[1] and other[0] < one[1]


def find_broken(lines: Sequence[TextLine]) -> list[Amount]:
    """The amounts that are broken over lines, given from top to bottom, and those that may be."""
    stacks = _find_stacks(lines)
    names = [next((word for word in line.words if not is_piece(word[2])), None) for line in lines]
    usual = _usual_decimals(piece for stack in stacks for piece in stack)
    found = [c for stack in stacks for c in _candidates_of(stack, usual, names)]
    possible = {piece.place for c in found for piece in c.pieces}
    told = {piece.place for c in found if c.by != "nothing" for piece in c.pieces}
    is_filling = _fill_their_columns([c for c in found if c.by == "nothing" and len(c.named) == 1])
    judged = (
        _judge(c, lines, told if c.by == "decimals" else possible, is_filling and c.is_full)
        for c in found
    )
    return list(_without_shared(amount for amount in judged if amount))


def _fill_their_columns(candidates: Sequence[_Candidate]) -> bool:
    """Whether whole numbers are broken because they fill their columns: several do, and none has room that shares no piece with them."""
    full = [candidate for candidate in candidates if candidate.is_full]
    pieces = {piece for candidate in full for piece in candidate.pieces}
    return len(full) >= FEWEST_FULL and all(not pieces.isdisjoint(c.pieces) for c in candidates)


def _without_shared(amounts: Iterable[Amount]) -> Iterator[Amount]:
    """The amounts without those that share a piece with a sure one; others that share a piece are one that is not sure."""
    waiting: Amount | None = None
    for amount in amounts:
        if not waiting or waiting.pieces[-1] != amount.pieces[0]:
            if waiting:
                yield waiting
            waiting = amount
        elif amount.is_sure:
            waiting = amount
        elif not waiting.is_sure:
            pieces = waiting.pieces + amount.pieces[1:]
            waiting = Amount(pieces, is_sure=False, is_row=False)
    if waiting:
        yield waiting


def _find_stacks(lines: Sequence[TextLine]) -> list[list[Piece]]:
    """The pieces that stand one below the other with no other word between them."""
    stacks: list[list[Piece]] = []
    lowest: list[tuple[float, float, list[Piece]]] = []  # what begins and ends there; a text is []
    for number, line in enumerate(lines):
        height = line.bottom - line.top
        for word in line.words:
            begin, end, text = word
            above = [entry for entry in lowest if entry[0] < end and begin < entry[1]]
            stack: list[Piece] = []
            if is_piece(text):
                stack = above[0][2] if len(above) == 1 else []
                if not stack or line.top - stack[-1].top > FARTHEST * height:
                    stack = []
                    stacks.append(stack)
                stack.append(Piece(line=number, word=word, top=line.top, height=height))
            lowest = [entry for entry in lowest if entry not in above]
            lowest.append((begin, end, stack))
    return stacks


def _usual_decimals(pieces: Iterable[Piece]) -> int | None:
    """As many as several amounts have: the most, as those that are broken off have fewer."""
    counts = Counter(len(match[1]) for p in pieces if (match := _DECIMALS.search(p.text)))
    return max((count for count, number in counts.items() if number >= FEWEST_ALIKE), default=None)


def _candidates_of(stack: Sequence[Piece], usual: int | None, names: Names) -> list[_Candidate]:
    """Those with as many decimals as all amounts have, or all of the stack if others are left; else with any."""
    candidates: list[_Candidate] = []
    for decimals in dict.fromkeys((usual, _usual_decimals(stack), None)):
        column = _Column(stack, decimals)
        candidates = list(_find_candidates(column, names))
        parts = {piece for candidate in candidates for piece in candidate.pieces}
        others = [p.text for p in stack if p not in parts and p.text != "0"]
        if all(column.is_whole(text) or not _WHOLE.fullmatch(text) for text in others):
            break
    return candidates


def _find_candidates(column: _Column, names: Names) -> Iterator[_Candidate]:
    first = 0
    while first < len(column.pieces):
        candidate = _candidate_at(first, column, names)
        if not candidate:
            first += 1
            continue
        yield candidate
        first += len(candidate.pieces)
        if candidate.by == "nothing" and not candidate.is_full:
            first -= 1  # the last piece may belong to what is below


def _candidate_at(first: int, column: _Column, names: Names) -> _Candidate | None:
    windows = [
        parts
        for count in range(2, MOST_LINES + 1)
        if _are_near(column.pieces, first, first + count)
        and (parts := tuple(column.pieces[first : first + count]))
        and column.is_whole("".join(piece.text for piece in parts))
        and not _are_codes(parts, names)
    ]
    of_one_name = [parts for parts in windows if len(_named(parts, names)) < 2]
    windows = of_one_name or [parts for parts in windows if _told_by(parts, column) != "nothing"]
    if not windows:
        return None
    parts = windows[-1]
    return _Candidate(
        pieces=parts,
        by=_told_by(parts, column),
        named=_named(parts, names),
        is_name_full=_is_name_full(_named(parts, names), names, column),
        is_full=all(column.widest - part.width < ONE_SIGN * part.height for part in parts[:-1]),
        is_only=len(windows) == 1,
    )


def _are_codes(pieces: Sequence[Piece], names: Names) -> bool:
    """Whether digits stand before the name of each of their lines, not behind it as amounts do."""
    return all(
        piece.text.isdigit() and (name := names[piece.line]) and piece.word[1] <= name[0]
        for piece in pieces
    )


def _are_near(pieces: Sequence[Piece], first: int, end: int) -> bool:
    """Whether pieces may be the lines of a cell: nearer to each other than to those above and below, and aligned."""
    if end > len(pieces):
        return False
    around = [b.top - a.top for a, b in pairwise(pieces[max(first - 1, 0) : end + 1])]
    within = [b.top - a.top for a, b in pairwise(pieces[first:end])]
    return max(within) < min(EVEN * min(around), MOST_APART * pieces[first].height) and all(
        _are_aligned(a, b) for a, b in pairwise(pieces[first:end])
    )


def _are_aligned(above: Piece, below: Piece) -> bool:
    """Whether a piece stands at the same side as that above it, or in the same middle."""
    (left, right, _), (begin, end, _) = above.word, below.word
    apart = min(abs(left - begin), abs(right - end), abs(left + right - begin - end) / 2)
    return apart < ALIGNED * above.height


def _told_by(parts: Sequence[Piece], column: _Column) -> str:
    texts = [part.text for part in parts]
    if not all(map(_WHOLE.fullmatch, texts)):
        return "signs"
    if not column.is_whole(texts[0]):
        return "decimals"
    return "nothing"


def _named(pieces: Sequence[Piece], names: Names) -> list[int]:
    """The lines of an amount on which a name stands to its left."""
    left = min(piece.word[0] for piece in pieces)
    lines = range(pieces[0].line, pieces[-1].line + 1)
    return [number for number in lines if (name := names[number]) and name[0] < left]


def _is_name_full(named: Sequence[int], names: Names, column: _Column) -> bool:
    """Whether the first line of a name leaves no room for another character."""
    name = names[named[0]] if named else None
    if not name:
        return False
    lines = range(column.pieces[0].line, column.pieces[-1].line + 1)
    around = [other for number in lines if (other := names[number]) and share_a_place(name, other)]
    return max(end for _, end, _ in around) - name[1] < ONE_CHARACTER * column.pieces[0].height


def _judge(
    candidate: _Candidate, lines: Sequence[TextLine], parts: Set[Place], is_filling: bool
) -> Amount | None:
    """Whether it is one amount, or may be; None where it is several.

    `parts` are the words of all candidates that are as sure: a line on which a row begins or goes on has no other amounts.
    """
    pieces, named = candidate.pieces, candidate.named
    has_rest_only = {
        number: all((number, word) in parts for word in lines[number].words if is_piece(word[2]))
        for number in (pieces[0].line, pieces[-1].line)
    }
    if len(named) == 1:
        goes_on = all(rest for number, rest in has_rest_only.items() if number not in named)
    else:
        is_told = candidate.by == "decimals" and has_rest_only[pieces[-1].line]
        goes_on = any(has_rest_only.values()) and (not named or candidate.is_name_full or is_told)
    is_row = len(named) < 2
    is_one = goes_on and (len(named) == 1 or candidate.is_full)
    is_sign = not any(map(str.isdigit, pieces[0].text))  # it also stands for no amount
    match candidate.by:
        case "signs" if is_row or not is_sign:
            is_sure = is_one and not is_sign
        case "decimals" if len(named) == 1 or is_one:
            is_sure = is_one
        case "nothing" if len(named) == 1 and goes_on:
            is_sure = is_filling
        case _:
            return None
    return Amount(pieces, is_sure and candidate.is_only, is_row or is_sure)

"""Where one indicator ends and the next begins, in a run of printed pieces that no label interrupts.

The text layer gives the lines of the cells one after the other: name, value, name, value. Three witnesses tell
where a cell ends. White space: a wrapped name fills its column on every line but the last. Vocabulary: most
values are figures or one of a few words. Consistency: left and right half mostly say the same. Each reading of
the run costs what it asks us to believe against them, and the cheapest reading of the whole run is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from jcdata.forms.vocabulary import form_spec

# What it costs to believe that ...
ONE_MORE_INDICATOR = 2
SHORT_LINE_GOES_ON = 8  # a name wraps although the next word would have fitted
NAME_TOO_WIDE = 8
NAME_TOO_SHORT = 3
NAME_IS_NUMBER = 9
NAME_IS_USUAL_VALUE = 3
NAME_BEGINS_WITH_USUAL_VALUE = 5
NAME_RESUMES_ON_ITS_LINE = 4
NAME_LINE_TOO_MANY = 1
NAME_ABSENT = 10
VALUE_ABSENT = 8
VALUE_UNUSUAL = 4
VALUE_WITH_COMPARATOR_INSIDE = 8
SHORT_VALUE_WRAPS = 8
SHORT_NUMBER_WRAPS = 3
WIDE_VALUE_WRAPS = 1
NAME_CUT = 1  # a name that fills its column touches the value
NAME_CUT_UNSEEN = 6  # the same, where only the width of other cut names says so
TWINS = -3  # both halves say the same
HOPELESS = 12
FAR_BEHIND = 8  # so much dearer than a reading that already got further

NARROWEST_COLUMN, WIDEST_COLUMN = 8, 48
SHORTEST_NAME, SHORTEST_VALUE = 6, 4
USUAL_NAME_LINES, MOST_NAME_LINES, MOST_VALUE_LINES = 4, 12, 3
LONGEST_GLUED_VALUE = 24
HANGING = "）)”》、，。"  # may stand beyond the column's edge
_FIRST_WORD = re.compile(r"[（(“《〈【「]*(?:[A-Za-z0-9.]+|.)[）)”》〉】」、，。；：％%]*")


class Piece(NamedTuple):
    """Printed text without white space inside, and its width in half characters.

    `follows` says that another piece stands before it on its line.
    """

    text: str
    width: int
    line_no: int
    follows: bool


class Habits(NamedTuple):
    """What the print of a form does throughout; widths in half characters.

    Names wrap at `wrap`; `cuts` are the widths of names that a value touches; `values` end a run elsewhere.
    """

    wrap: int
    cuts: frozenset[int]
    values: frozenset[str]


class _Widths(NamedTuple):
    """Of a printed piece: where it may be divided so that a value follows, and its whole width."""

    heads: tuple[int, ...]
    whole: int


class Entry(NamedTuple):
    """An indicator's name and target value as printed."""

    name: str
    value: str
    is_truncated: bool
    line_no: int


class _Reading(NamedTuple):
    """The cheapest way to read a run up to some place: its last indicator and where that begins."""

    cost: int
    start: int
    name: str
    value: str
    is_cut: bool


def width(text: str) -> int:
    """Width in half characters: two for a Chinese character or sign, one for an ASCII one."""
    return len(text) + (len(text.encode("utf-8", "replace")) - len(text)) // 2


@lru_cache(maxsize=4096)
def _is_number(text: str) -> bool:
    return form_spec().number.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _is_usual(text: str) -> bool:
    return form_spec().words.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _first_word_width(text: str) -> int:
    match = _FIRST_WORD.match(text)
    return width(match[0]) if match else 2


def is_value(text: str) -> bool:
    """Whether a printed piece looks like a whole target value."""
    return _is_number(text) or _is_usual(text) or form_spec().comparator.match(text) is not None


def find_habits(runs: Sequence[Sequence[Piece]]) -> Habits:
    """Learn how a form is printed from its runs of pieces.

    The column's width is the one that most lines of names fill, alone or up to a value that touches them, and
    few exceed. Before a label stands a value, so it is known where it stands again.
    """
    fits: Counter[_Widths] = Counter()
    cuts: set[int] = set()
    for piece in chain.from_iterable(runs):
        if not is_value(piece.text):
            heads = tuple(width(head) for head, _ in _before_value(piece.text))
            fits[_Widths(heads, piece.width)] += 1
            cuts.update(heads[:1] if form_spec().comparator.search(piece.text) else ())
    # A line fills the column alone or up to a value, so the column's width is one of these.
    candidates = {
        w
        for heads, whole in fits
        for w in (*heads, whole)
        if NARROWEST_COLUMN <= w <= WIDEST_COLUMN
    }
    wrap = max(candidates, key=lambda w: (_support(w, fits), w), default=NARROWEST_COLUMN)
    last = [
        run[-1] for run in runs if len(run) > 1 and not form_spec().comparator.search(run[-1].text)
    ]
    values = frozenset(piece.text for piece in last if SHORTEST_VALUE <= piece.width <= wrap)
    return Habits(wrap, frozenset(w for w in cuts if w >= wrap - 1) or frozenset([wrap]), values)


def _support(column: int, fits: Counter[_Widths]) -> int:
    """How many lines fill a column exactly, less those too wide for it."""
    support = 0
    for (heads, whole), count in fits.items():
        if column == whole or column in heads:
            support += count
        elif column < whole and not any(column < head for head in heads):
            support -= count
    return support


def _before_value(text: str) -> list[tuple[str, str]]:
    """Ways to divide a text so that what follows is a whole value, the longest value first."""
    comparator = form_spec().comparator.search(text)
    if comparator:
        return (
            [(text[: comparator.start()], text[comparator.start() :])] if comparator.start() else []
        )
    if not (text[-1].isdigit() or text.endswith(form_spec().value_endings)):
        return []
    cuts = range(max(NARROWEST_COLUMN // 2, len(text) - LONGEST_GLUED_VALUE), len(text))
    return [
        (text[:cut], text[cut:])
        for cut in cuts
        if is_value(text[cut:]) and not text[cut - 1].isdigit()
    ]


def split_entries(
    pieces: Sequence[Piece], habits: Habits, previous: Entry | None = None
) -> list[Entry]:
    """Divide a run of pieces into indicators; `previous` is the indicator printed before the run."""
    name, value = (previous.name, previous.value) if previous else ("", "")
    best: list[_Reading | None] = [
        _Reading(cost=0, start=0, name=name, value=value, is_cut=False),
        *[None] * len(pieces),
    ]
    for start in range(len(pieces)):
        here = best[start]
        # What is far behind a reading that got further will not win.
        if here is None or any(
            ahead and ahead.cost <= here.cost - FAR_BEHIND for ahead in best[start + 1 : start + 8]
        ):
            continue
        for end, cost, name, value, is_cut in _entries_from(pieces, start, habits):
            total = (
                here.cost
                + cost
                + ONE_MORE_INDICATOR
                + (TWINS if (name, value) == (here.name, here.value) else 0)
            )
            rival = best[end]
            if rival is None or total < rival.cost:
                best[end] = _Reading(cost=total, start=start, name=name, value=value, is_cut=is_cut)
    return _trace(pieces, best)


def _trace(pieces: Sequence[Piece], best: Sequence[_Reading | None]) -> list[Entry]:
    entries: list[Entry] = []
    place = len(pieces)
    while place and (reading := best[place]):
        is_truncated = _has_open_bracket(reading.name) or (
            reading.is_cut and not reading.name.endswith(form_spec().name_endings)
        )
        entries.append(
            Entry(
                name=reading.name,
                value=reading.value,
                is_truncated=is_truncated,
                line_no=pieces[reading.start].line_no,
            )
        )
        place = reading.start
    return entries[::-1]


def _entries_from(
    pieces: Sequence[Piece], start: int, habits: Habits
) -> Iterator[tuple[int, int, str, str, bool]]:
    """Every indicator that may begin at a piece: its end, what it costs to believe, name, value, whether cut."""
    # The print may have lost a name, but no name is a number.
    if _is_number(pieces[start].text):
        yield start + 1, NAME_ABSENT, "", pieces[start].text, False
    name, lead = "", 0
    for stop in range(start, min(start + MOST_NAME_LINES, len(pieces))):
        piece = pieces[stop]
        if stop > start:
            lead += _wrapping_cost(pieces[stop - 1], piece, habits)
        for head, value, cost in _touching(piece, habits):
            yield stop + 1, lead + cost, name + head, value, True
        name += piece.text
        lead += _name_line_cost(piece, stop - start + 1, habits)
        yield stop + 1, lead + VALUE_ABSENT, name, "", False
        if lead >= HOPELESS:
            return
        short = NAME_TOO_SHORT if stop == start and piece.width < SHORTEST_NAME else 0
        for end, cost, value in _values_from(pieces, stop + 1, habits):
            yield end, lead + short + cost, name, value, False


def _name_line_cost(line: Piece, count: int, habits: Habits) -> int:
    """What it costs to believe that a line is the n-th of a name."""
    cost = 0
    if _is_number(line.text) or form_spec().comparator.search(line.text):
        cost = NAME_IS_NUMBER
    elif _is_usual(line.text) or line.text in habits.values:
        cost = NAME_BEGINS_WITH_USUAL_VALUE if count == 1 else NAME_IS_USUAL_VALUE
    if line.width > habits.wrap + (2 if line.text[-1] in HANGING else 0):
        cost += NAME_TOO_WIDE
    return cost + (NAME_LINE_TOO_MANY if count > USUAL_NAME_LINES else 0)


def _wrapping_cost(line: Piece, following: Piece, habits: Habits) -> int:
    cost = NAME_RESUMES_ON_ITS_LINE if following.follows else 0
    is_full = line.width + _first_word_width(following.text) > habits.wrap
    return cost if is_full else cost + SHORT_LINE_GOES_ON


def _values_from(
    pieces: Sequence[Piece], start: int, habits: Habits
) -> Iterator[tuple[int, int, str]]:
    """Every value that may begin at a piece: its end, what it costs to believe, its text."""
    value, wrapping = "", 0
    for stop in range(start, min(start + MOST_VALUE_LINES, len(pieces))):
        piece = pieces[stop]
        if value:
            if piece.follows:
                return
            # A value that is whole already goes on in another line only if both make a usual one.
            is_whole = is_value(value) and not _is_usual(value + piece.text)
            if _is_number(value + piece.text):
                wrapping += SHORT_NUMBER_WRAPS
            elif pieces[stop - 1].width > habits.wrap and not is_whole:
                wrapping += WIDE_VALUE_WRAPS
            else:
                wrapping += SHORT_VALUE_WRAPS
        value += piece.text
        is_usual = _is_number(value) or _is_usual(value) or value in habits.values
        if is_usual or (value == piece.text and form_spec().comparator.match(value)):
            yield stop + 1, wrapping, value
        else:
            inside = form_spec().comparator.search(value)
            yield (
                stop + 1,
                wrapping + (VALUE_WITH_COMPARATOR_INSIDE if inside else VALUE_UNUSUAL),
                value,
            )


def _touching(piece: Piece, habits: Habits) -> Iterator[tuple[str, str, int]]:
    """Ways to divide a piece in which a value touches the name before it: name, value, cost."""
    has_comparator = form_spec().comparator.search(piece.text) is not None
    if not has_comparator and piece.width <= habits.wrap:
        return
    divided = _before_value(piece.text)
    for head, value in divided:
        if has_comparator:
            yield head, value, NAME_CUT
        elif width(head) >= habits.wrap - 1:
            yield head, value, NAME_CUT + min(abs(width(head) - cut) for cut in habits.cuts) // 2
    if not divided and not has_comparator:
        head = _head_of_width(piece.text, min(habits.cuts))
        yield head, piece.text[len(head) :], NAME_CUT_UNSEEN


def _head_of_width(text: str, column: int) -> str:
    return next(
        text[:cut]
        for cut in range(min(len(text) - 1, column), -1, -1)
        if width(text[:cut]) <= column
    )


def _has_open_bracket(name: str) -> bool:
    return sum(map(name.count, "（(")) > sum(map(name.count, "）)"))

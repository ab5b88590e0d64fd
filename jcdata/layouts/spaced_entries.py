"""Where one indicator ends and the next begins, in a run of printed pieces that no label interrupts.

The text layer gives the lines of the cells one after the other: name, value, name, value. Three witnesses tell
where a cell ends. White space: a wrapped name fills its column on every line but the last. Vocabulary: most
values are figures or one of a few words. Consistency: left and right half mostly say the same. Each reading of
the run costs what it asks us to believe against them, and the cheapest reading of the whole run is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jcdata.layouts.form_spec import form_spec

# What it costs to believe that ...
SHORT_LINE_GOES_ON = 8  # a name wraps although the next word would have fitted
NAME_TOO_WIDE = 8
NAME_IS_NUMBER = 9
NAME_IS_USUAL_VALUE = 3
NAME_RESUMES_ON_ITS_LINE = 4
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
MOST_NAME_LINES, MOST_VALUE_LINES = 12, 3
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


class Columns(NamedTuple):
    """Widths of the name column in half characters: where names wrap, and where values were seen to touch them."""

    wrap: int
    cuts: frozenset[int]


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
    """Whether a text looks like a whole target value."""
    return _is_number(text) or _is_usual(text)


def measure_columns(pieces: Iterable[Piece]) -> Columns:
    """The width that most lines of names fill, alone or up to a value that touches them, and few exceed."""
    fits: Counter[tuple[int, ...]] = Counter()
    cuts: set[int] = set()
    for piece in pieces:
        if not is_value(piece.text):
            heads = [width(head) for head, _ in _before_value(piece.text)]
            fits[*heads, piece.width] += 1
            cuts.update(heads[:1] if form_spec().comparator.search(piece.text) else ())
    candidates = {w for widths in fits for w in widths if NARROWEST_COLUMN <= w <= WIDEST_COLUMN}
    wrap = max(candidates, key=lambda w: (_support(w, fits), w), default=NARROWEST_COLUMN)
    return Columns(wrap, frozenset(w for w in cuts if w >= wrap) or frozenset([wrap]))


def _support(column: int, fits: Counter[tuple[int, ...]]) -> int:
    """How many lines fill a column exactly, less those too wide for it."""
    support = 0
    for (*heads, whole), count in fits.items():
        if column == whole or column in heads:
            support += count
        elif column < whole and not any(column < head for head in heads):
            support -= count
    return support


def _before_value(text: str) -> list[tuple[str, str]]:
    """Ways to divide a text so that what follows is a whole value, the longest value first."""
    comparator = form_spec().comparator.search(text)
    if comparator:
        return [(text[: comparator.start()], text[comparator.start() :])] if comparator.start() else []
    if not (text[-1].isdigit() or text.endswith(form_spec().value_endings)):
        return []
    cuts = range(max(NARROWEST_COLUMN // 2, len(text) - LONGEST_GLUED_VALUE), len(text))
    return [(text[:cut], text[cut:]) for cut in cuts if is_value(text[cut:]) and not text[cut - 1].isdigit()]


def split_entries(pieces: Sequence[Piece], columns: Columns, previous: Entry | None = None) -> list[Entry]:
    """Divide a run of pieces into indicators; `previous` is the indicator printed before the run."""
    name, value = previous[:2] if previous else ("", "")
    best: list[_Reading | None] = [_Reading(0, 0, name, value, False), *[None] * len(pieces)]
    for start in range(len(pieces)):
        here = best[start]
        if here is None or any(ahead and ahead.cost <= here.cost - FAR_BEHIND for ahead in best[start + 1 : start + 8]):
            continue
        for end, cost, name, value, is_cut in _entries_from(pieces, start, columns):
            total = here.cost + cost + (TWINS if (name, value) == (here.name, here.value) else 0)
            rival = best[end]
            if rival is None or total < rival.cost:
                best[end] = _Reading(total, start, name, value, is_cut)
    return _trace(pieces, best)


def _trace(pieces: Sequence[Piece], best: Sequence[_Reading | None]) -> list[Entry]:
    entries: list[Entry] = []
    place = len(pieces)
    while place and (reading := best[place]):
        is_truncated = _has_open_bracket(reading.name) or (
            reading.is_cut and not reading.name.endswith(form_spec().name_endings)
        )
        entries.append(Entry(reading.name, reading.value, is_truncated, pieces[reading.start].line_no))
        place = reading.start
    return entries[::-1]


def _entries_from(pieces: Sequence[Piece], start: int, columns: Columns) -> Iterator[tuple[int, int, str, str, bool]]:
    """Every indicator that may begin at a piece: its end, what it costs to believe, name, value, whether cut."""
    if _is_number(pieces[start].text):
        yield start + 1, NAME_ABSENT, "", pieces[start].text, False
    name, lead = "", 0
    for stop in range(start, min(start + MOST_NAME_LINES, len(pieces))):
        piece = pieces[stop]
        if stop > start:
            lead += _wrapping_cost(pieces[stop - 1], piece, columns)
        for head, value, cost in _touching(piece, columns):
            yield stop + 1, lead + cost, name + head, value, True
        name += piece.text
        lead += _name_cost(piece, columns)
        yield stop + 1, lead + VALUE_ABSENT, name, "", False
        if lead >= HOPELESS:
            return
        for end, cost, value in _values_from(pieces, stop + 1, columns):
            yield end, lead + cost, name, value, False


def _name_cost(line: Piece, columns: Columns) -> int:
    cost = NAME_IS_NUMBER if _is_number(line.text) else NAME_IS_USUAL_VALUE if _is_usual(line.text) else 0
    hanging = 2 if line.text[-1] in HANGING else 0
    return cost + (NAME_TOO_WIDE if line.width > columns.wrap + hanging else 0)


def _wrapping_cost(line: Piece, following: Piece, columns: Columns) -> int:
    cost = NAME_RESUMES_ON_ITS_LINE if following.follows else 0
    is_full = line.width + _first_word_width(following.text) > columns.wrap
    return cost if is_full else cost + SHORT_LINE_GOES_ON


def _values_from(pieces: Sequence[Piece], start: int, columns: Columns) -> Iterator[tuple[int, int, str]]:
    value, cost = "", 0
    for stop in range(start, min(start + MOST_VALUE_LINES, len(pieces))):
        piece = pieces[stop]
        if value:
            if piece.follows:
                return
            is_wide = pieces[stop - 1].width > columns.wrap
            is_figure = value[0].isdigit() or form_spec().comparator.match(value)
            cost += WIDE_VALUE_WRAPS if is_wide else SHORT_NUMBER_WRAPS if is_figure else SHORT_VALUE_WRAPS
        value += piece.text
        yield stop + 1, cost + _value_cost(value), value


def _value_cost(text: str) -> int:
    if is_value(text):
        return 0
    return VALUE_WITH_COMPARATOR_INSIDE if form_spec().comparator.search(text) else VALUE_UNUSUAL


def _touching(piece: Piece, columns: Columns) -> Iterator[tuple[str, str, int]]:
    """Ways to divide a piece in which a value touches the name before it: name, value, cost."""
    has_comparator = form_spec().comparator.search(piece.text) is not None
    if not has_comparator and piece.width <= columns.wrap:
        return
    divided = _before_value(piece.text)
    for head, value in divided:
        if has_comparator:
            yield head, value, NAME_CUT
        elif width(head) >= columns.wrap:
            yield head, value, NAME_CUT + min(abs(width(head) - cut) for cut in columns.cuts) // 2
    if not divided and not has_comparator:
        head = _head_of_width(piece.text, min(columns.cuts))
        yield head, piece.text[len(head) :], NAME_CUT_UNSEEN


def _head_of_width(text: str, column: int) -> str:
    return next(text[:cut] for cut in range(min(len(text) - 1, column), -1, -1) if width(text[:cut]) <= column)


def _has_open_bracket(name: str) -> bool:
    return sum(map(name.count, "（(")) > sum(map(name.count, "）)"))

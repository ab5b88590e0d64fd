"""The indicator grid of a form in a text layer: labels of level 1 and 2, and the indicators of both halves.

A row of the grid is printed as: label of level 2, indicator of the left half, the same label again, indicator of
the right half. Further rows under the same label are just indicators, left and right in turn. A page break
prints the labels anew. So the labels, which come from closed lists, tell the halves apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.forms.printed import PrintedIndicator
from jcdata.forms.spaced_cells import (
    Entry,
    Habits,
    Piece,
    find_habits,
    is_value,
    split_entries,
    width,
)
from jcdata.forms.vocabulary import form_spec
from jcdata.schema import ANNUAL, HORIZONS, PERIOD

SHORTEST_CUT_LABEL = 5
LOOK_AHEAD = 60
HEADER_PIECES = 8


class _Label(NamedTuple):
    """A label of level 1 or 2 as found: `end` is the place after it, `rest` what the print glued behind it."""

    text: str
    end: int
    rest: str
    is_cut: bool


class _Group(NamedTuple):
    """What is printed between two labels of level 2 and after them; `right` is None without a second label."""

    level2: str
    left: list[Piece]
    right: list[Piece] | None


def read_indicators(lines: Sequence[Line]) -> tuple[list[PrintedIndicator], list[int]]:
    """Read the lines from a grid's header to the signatures.

    Returns the indicators in the order of print, and the numbers of lines that stand under no label.
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    # A form for one year only prints the header of its values once.
    halves = (
        1
        if sum(piece.text == form_spec().header[-1] for piece in pieces[:HEADER_PIECES]) == 1
        else 2
    )
    groups, stray = _find_groups(
        [piece for piece in pieces if piece.text not in form_spec().header]
    )
    habits = find_habits([run for group in groups for run in (group.left, group.right) if run])
    indicators: list[PrintedIndicator] = []
    seen: dict[str, dict[str, set[str]]] = defaultdict(
        lambda: {horizon: set() for horizon in HORIZONS}
    )
    for group in groups:
        for horizon, entry in _assign(group, habits, halves, seen[group.level2]):
            level1 = form_spec().level1_of[group.level2]
            indicators.append(
                PrintedIndicator(
                    horizon=horizon,
                    level1=level1,
                    level2=group.level2,
                    level3=entry.name,
                    value_text=entry.value,
                    is_truncated=entry.is_truncated,
                    line_no=entry.line_no,
                )
            )
    return indicators, stray


def begins_grid(text: str) -> bool:
    """Whether a line begins with a label of level 1 or 2 that stands free."""
    first = text.split(maxsplit=1)[0]
    return first in form_spec().level1 or first in form_spec().level1_of


def _pieces(line: Line) -> Iterator[Piece]:
    for order, word in enumerate(form_spec().space_in_value.sub("", line.text).split()):
        yield Piece(text=word, width=width(word), line_no=line.no, follows=order > 0)


# ---------------------------------------------------------------------------------------------------------
# Labels


@cache
def _labels_by_initial() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for label in dict.fromkeys((*form_spec().level1_of, *form_spec().level1)):
        found[label[0]].append(label)
    return {initial: tuple(labels) for initial, labels in found.items()}


def _find_label(pieces: Sequence[Piece], start: int) -> _Label | None:
    """The label that begins at a piece: whole, wrapped over several pieces, with text glued on, or cut."""
    if start >= len(pieces):
        return None
    cut, longest = None, SHORTEST_CUT_LABEL - 1
    for label in _labels_by_initial().get(pieces[start].text[0], ()):
        text, end = pieces[start].text, start + 1
        while end < len(pieces) and text != label and label.startswith(text):
            following = text + pieces[end].text
            if not (label.startswith(following) or following.startswith(label)):
                break
            text, end = following, end + 1
        if text.startswith(label):
            return _Label(text=label, end=end, rest=text[len(label) :], is_cut=False)
        common = _common_length(text, label)
        if common > longest:
            cut, longest = _Label(text=label, end=end, rest=text[common:], is_cut=True), common
    return cut


def _common_length(text: str, label: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(text, label, strict=False)) if a != b),
        min(len(text), len(label)),
    )


def _side_label_end(pieces: Sequence[Piece], start: int) -> int:
    """The place after the characters of 绩效指标 that a page prints downwards, or `start` if there are none."""
    run, end = "", start
    while (
        end < len(pieces)
        and len(pieces[end].text) == 1
        and run + pieces[end].text in form_spec().side_label
    ):
        run, end = run + pieces[end].text, end + 1
    begins = len(run) > 1 and form_spec().side_label.startswith(run)
    return end if begins or (run and (end == len(pieces) or _find_label(pieces, end))) else start


# ---------------------------------------------------------------------------------------------------------
# From labels to groups


def _find_groups(printed: Sequence[Piece]) -> tuple[list[_Group], list[int]]:
    """Divide the grid at its labels; also the lines of pieces that stand before any."""
    pieces = list(printed)
    groups: list[_Group] = []
    run: list[Piece] = []
    stray = run
    anew = True  # a label of level 1 came since the last one of level 2
    at = 0
    while at < len(pieces):
        if (end := _side_label_end(pieces, at)) > at:
            at = end
            continue
        label = _find_label(pieces, at)
        if label and _is_level1(label, pieces):
            anew, at = True, _skip_label(label, pieces)
        elif label and label.text in form_spec().level1_of and _is_due(label, pieces, groups, anew):
            run = []
            if groups and groups[-1].right is None and groups[-1].level2 == label.text:
                groups[-1] = groups[-1]._replace(right=run)
            else:
                groups.append(_Group(label.text, run, None))
            anew, at = False, _skip_label(label, pieces)
        else:
            run.append(pieces[at])
            at += 1
    return groups, [piece.line_no for piece in stray]


def _skip_label(label: _Label, pieces: list[Piece]) -> int:
    """Where to read on after a label: what was glued to it becomes a piece of its own."""
    if not label.rest:
        return label.end
    glued = pieces[label.end - 1]
    pieces[label.end - 1] = Piece(
        text=label.rest, width=width(label.rest), line_no=glued.line_no, follows=True
    )
    return label.end - 1


def _is_level1(label: _Label, pieces: Sequence[Piece]) -> bool:
    if label.is_cut or label.text not in form_spec().level1:
        return False
    glued = [Piece(text=label.rest, width=width(label.rest), line_no=0, follows=True)]
    following = _find_label(glued, 0) if label.rest else _find_label(pieces, label.end)
    if label.text in form_spec().level1_of or label.rest:
        return following is not None and form_spec().level1_of.get(following.text) == label.text
    return True


def _is_due(label: _Label, pieces: Sequence[Piece], groups: Sequence[_Group], anew: bool) -> bool:
    """Whether a label may stand here; one that is cut or has text glued on may be the name of an indicator."""
    if not label.is_cut and not label.rest:
        return True
    following = label.rest or (pieces[label.end].text if label.end < len(pieces) else "")
    if not following or is_value(following):
        return not following
    # They come anew after one of level 1, and twice each: for the left half and the right.
    if anew or not groups or groups[-1].level2 != label.text:
        return True
    return groups[-1].right is None and not (label.is_cut and _comes_whole(label, pieces))


def _comes_whole(label: _Label, pieces: Sequence[Piece]) -> bool:
    """Whether the next whole label further on is the same: then this is a name that begins alike."""
    for at in range(label.end, min(label.end + LOOK_AHEAD, len(pieces))):
        found = _find_label(pieces, at)
        if found and not found.is_cut:
            return found.text == label.text
    return False


# ---------------------------------------------------------------------------------------------------------
# From groups to halves


def _assign(
    group: _Group, habits: Habits, halves: int, seen: dict[str, set[str]]
) -> list[tuple[str, Entry]]:
    """Give each indicator of a group its horizon; `seen` holds the names that each half has under this label."""
    left = split_entries(group.left, habits)
    right = split_entries(group.right or (), habits, left[-1] if left else None)
    if halves == 1:
        return [(ANNUAL, entry) for entry in (*left, *right)]
    if group.right is None:
        return _alternate(left, seen)
    sure = [(PERIOD, entry) for entry in left] + [
        (ANNUAL, entry) for entry in (right[:1] if left else right)
    ]
    for horizon, entry in sure:
        seen[horizon].add(entry.name)
    return sure + _alternate(right[1:] if left else (), seen)


def _alternate(entries: Sequence[Entry], seen: dict[str, set[str]]) -> list[tuple[str, Entry]]:
    """Left and right in turn, unless that half has the indicator already and only the other lacks it."""
    turns = []
    horizon, other = PERIOD, ANNUAL
    for entry in entries:
        if entry.name in seen[horizon] and entry.name not in seen[other]:
            horizon, other = other, horizon
        seen[horizon].add(entry.name)
        turns.append((horizon, entry))
        horizon, other = other, horizon
    return turns

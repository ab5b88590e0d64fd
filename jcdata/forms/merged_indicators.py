"""The indicators of a form from all its printings: each printing repeats some, cuts some, misspells some."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from jcdata.forms.printed import PrintedCell, PrintedIndicator, Rating
from jcdata.forms.settled_levels import ANY_VALUE, LevelName, is_doubtful, level_of, settle_levels
from jcdata.names import is_misspelling
from jcdata.schema import ANNUAL, HORIZONS, PERIOD


class MergedIndicators(NamedTuple):
    """The indicators of a form, and pairs of printed rows that give one of them different values."""

    indicators: list[PrintedIndicator]
    contradictions: list[tuple[PrintedIndicator, PrintedIndicator]]


def merge_indicators(printings: Sequence[Sequence[PrintedIndicator]]) -> MergedIndicators:
    """One row per horizon and indicator of a form, level by level in the order of first appearance.

    Printed rows are one indicator if horizon, levels and value agree and the names are equal or, in another printing,
    one is the beginning of the other; or if the value differs, of a name that each of two printings with common rows has
    once; or if a single character differs and both stand beside the same neighbour. The fuller name wins, a lost value is
    filled in, and a name that the other half has fuller is cut: it is completed from there if only one fits.
    """
    settled = settle_levels(printings)
    names = Counter(
        beginning for printing in settled for row in printing for beginning in row.beginnings
    )
    merged: list[PrintedIndicator] = []
    contradictions: list[tuple[PrintedIndicator, PrintedIndicator]] = []
    for horizon in HORIZONS:
        half = _Half()
        for printing in settled:
            half.add([row for row in printing if row.horizon == horizon])
        for entry in half.entries:
            kept = _best_row(entry, names)
            merged.append(kept)
            contradictions += [(kept, row) for row in entry.rows if not _values_agree(row, kept)]
    return MergedIndicators(_in_order(_complete(_mark_cut(merged))), contradictions)


class _Entry:
    """An indicator: the rows that print it, and the entries that stand next to it in some printing."""

    def __init__(self) -> None:
        self.rows: list[PrintedIndicator] = []
        self.surest: PrintedIndicator | None = None  # the row that is surest of its level
        self.above: dict[_Entry, None] = {}
        self.below: dict[_Entry, None] = {}

    def add(self, row: PrintedIndicator) -> None:
        self.rows.append(row)
        if self.surest is None or _level_doubt(row) < _level_doubt(self.surest):
            self.surest = row

    def accepts_level(self, row: PrintedIndicator) -> bool:
        own = self.surest or row
        return level_of(own) == level_of(row) or is_doubtful(own) or is_doubtful(row)

    def is_slip_of(self, row: PrintedIndicator) -> bool:
        """Whether a row in this place of the form prints this indicator with a wrong character or another value."""
        own = self.rows[0]
        if row.name_key == own.name_key:
            return True
        return is_misspelling(row.name_key, own.name_key) and _values_agree(row, own)


class _Half:
    """Collects the indicators of one half of the grid, printing after printing."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self._whole: defaultdict[tuple[str, str | None], dict[_Entry, None]] = defaultdict(dict)
        self._begun: defaultdict[tuple[str, str | None], dict[_Entry, None]] = defaultdict(dict)

    def add(self, rows: Sequence[PrintedIndicator]) -> None:
        """Add one printing: rows that are the same first, then those that can only be the same."""
        # What one printing has twice is two: equal rows share the search, each goes on where the last one stopped.
        taken: set[_Entry] = set()
        places: list[_Entry | None] = []
        searches: dict[tuple[str, str, LevelName], Iterator[_Entry]] = {}
        for row in rows:
            search = searches.setdefault(
                (row.name_key, row.value_key, level_of(row)), self._find_same(row)
            )
            same = _first_free(search, taken, row)
            places.append(same)
            taken.update([same] if same else [])

        def find_places(candidates: Callable[[int, PrintedIndicator], Iterator[_Entry]]) -> None:
            for i, row in enumerate(rows):
                if places[i] is None and (entry := _first_free(candidates(i, row), taken, row)):
                    places[i] = entry
                    taken.add(entry)

        # A cut name is tried before a slip, which is weaker evidence and must not take its place.
        find_places(lambda i, row: self._find_cut(row))
        find_places(
            lambda i, row: _find_slip(row, places[i - 1] if i else None, *places[i + 1 : i + 2])
        )
        # Printings that share no row may print parts of the grid in which a name stands twice.
        names = Counter(row.name_key for row in rows) if taken else Counter[str]()
        find_places(
            lambda i, row: self._find_namesake(row) if names[row.name_key] == 1 else iter(())
        )
        above: _Entry | None = None
        for row, place in zip(rows, places, strict=True):
            entry = place or _Entry()
            self._put(row, entry)
            if above:
                above.below[entry] = entry.above[above] = None
            above = entry

    def _find_same(self, row: PrintedIndicator) -> Iterator[_Entry]:
        """Entries with this name and value."""
        return iter(self._whole.get((row.name_key, row.value_key), ()))

    def _find_cut(self, row: PrintedIndicator) -> Iterator[_Entry]:
        """Entries with a fuller or a shorter name, and the value or none."""
        for agreeing in (row.value_key, "") if row.value_key else (ANY_VALUE,):
            yield from self._begun.get((row.name_key, agreeing), ())
            for beginning in row.beginnings:
                yield from self._whole.get((beginning, agreeing), ())

    def _find_namesake(self, row: PrintedIndicator) -> Iterator[_Entry]:
        """The entry with this name and another value, if only one has it: printings that contradict each other."""
        same = [e for e in self._whole.get((row.name_key, ANY_VALUE), ()) if e.accepts_level(row)]
        return iter(same if len(same) == 1 else ())

    def _put(self, row: PrintedIndicator, entry: _Entry) -> None:
        if not entry.rows:
            self.entries.append(entry)
        entry.add(row)
        for kept_value in (row.value_key, ANY_VALUE):
            self._whole[row.name_key, kept_value][entry] = None
            for beginning in row.beginnings:
                self._begun[beginning, kept_value][entry] = None


def _first_free(
    candidates: Iterator[_Entry], taken: set[_Entry], row: PrintedIndicator
) -> _Entry | None:
    return next(
        (entry for entry in candidates if entry not in taken and entry.accepts_level(row)), None
    )


def _find_slip(
    row: PrintedIndicator, above: _Entry | None, below: _Entry | None = None
) -> Iterator[_Entry]:
    """What another printing has beside these neighbours, if one character or the value is all that differs."""
    neighbours = [*(above.below if above else ()), *(below.above if below else ())]
    return (entry for entry in neighbours if entry.is_slip_of(row))


def _values_agree(one: PrintedIndicator, other: PrintedIndicator) -> bool:
    return not one.value_text or not other.value_text or one.value_key == other.value_key


def _level_doubt(row: PrintedIndicator) -> tuple[bool, int]:
    return not row.level2, row.level_doubt


def _best_row(entry: _Entry, names: Counter[str]) -> PrintedIndicator:
    """The row with the fullest and best witnessed name, with the level and value that the rows support most."""
    first_of: dict[str, PrintedIndicator] = {}
    for row in entry.rows:
        first_of.setdefault(row.name_key, row)
    begun = {beginning for row in first_of.values() for beginning in row.beginnings[:-1]}
    fullest = [key for key in first_of if key not in begun]
    row = first_of[max(fullest, key=names.__getitem__)]  # of several the one that is printed first
    level = entry.surest or row
    values = Counter(row.value_key for row in entry.rows if row.value_text)
    value = next((value for value, _ in values.most_common(1)), "")
    texts = [row.value_text for row in entry.rows if row.value_key == value]
    rated = [r.rating for r in entry.rows]
    rating = Rating(
        weight=next((r.weight for r in rated if r.weight), ""),
        actual=next((r.actual for r in rated if r.actual), ""),
        score=next((r.score for r in rated if r.score), ""),
        deviation=next((r.deviation for r in rated if r.deviation), ""),
    )
    return replace(
        row,
        level1=level.level1,
        level2=level.level2,
        value_text=min(texts, key=len, default=""),
        level_doubt=level.level_doubt,
        rating=rating,
    )


def _mark_cut(merged: Sequence[PrintedIndicator]) -> list[PrintedIndicator]:
    """Mark the names that go on in the other half."""
    whole = {(row.horizon, row.name_key, row.value_key) for row in merged}
    begun = {
        (row.horizon, beginning, row.value_key) for row in merged for beginning in row.beginnings
    } - whole
    marked = []
    for row in merged:
        twin = (ANNUAL if row.horizon == PERIOD else PERIOD, row.name_key, row.value_key)
        marked.append(replace(row, is_truncated=row.is_truncated or twin in begun))
    return marked


def _complete(merged: Sequence[PrintedIndicator]) -> list[PrintedIndicator]:
    """The rows, those whose name is cut with the whole name of the other half, if a single one there begins so.

    It stands under the same label with the same value; one that this half has too is another indicator.
    """
    whole: defaultdict[tuple[str, str, str, str], dict[str, PrintedIndicator]] = defaultdict(dict)
    for row in merged:
        for beginning in () if row.is_truncated else row.beginnings[:-1]:
            place = row.horizon, row.level2, row.value_key, beginning
            whole[place].setdefault(row.name_key, row)
    known = {(row.horizon, row.level2, row.name_key) for row in merged}
    cut = Counter((row.horizon, row.level2, row.name_key) for row in merged if row.is_truncated)
    completed = []
    for row in merged:
        other = ANNUAL if row.horizon == PERIOD else PERIOD
        found = [
            fuller
            for key, fuller in whole[other, row.level2, row.value_key, row.name_key].items()
            if (row.horizon, row.level2, key) not in known
        ]
        is_alone = cut[row.horizon, row.level2, row.name_key] == 1
        if row.is_truncated and is_alone and len(found) == 1:
            full_name = PrintedCell(found[0].level3, found[0].line_no)
            row = replace(row, full_name=full_name)
        completed.append(row)
    return completed


def _in_order(merged: Sequence[PrintedIndicator]) -> list[PrintedIndicator]:
    """The period before the year, level after level in the order in which the printings bring them."""
    order: dict[LevelName, int] = {}
    for row in merged:
        order.setdefault(level_of(row), len(order))
    return sorted(merged, key=lambda row: (row.horizon == ANNUAL, order[level_of(row)]))

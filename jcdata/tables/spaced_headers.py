"""The header of a table in text that keeps no cells: the columns of a template that its words name, and where it ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from jcdata.codes import CODE
from jcdata.documents.document import Line
from jcdata.spec_files import patterns
from jcdata.table_templates import ColumnSpec, TableSpec
from jcdata.tables.columns import is_measure
from jcdata.tables.printed import Header, is_index_row, name_item
from jcdata.tables.tokens import FIGURE, has_amount
from jcdata.tables.totals import match_total
from jcdata.text import ORDINAL_CHARS, label_key

_ORDINAL_LABEL = rf"[{ORDINAL_CHARS}]{{1,3}}、|[（(][{ORDINAL_CHARS}]{{1,3}}[）)]"


class _HeaderWord(NamedTuple):
    """A word of a template's header as it is printed, and the line of the header in which it ends."""

    text: str
    line: int


def read_header(lines: Sequence[Line], spec: TableSpec) -> tuple[Header, int]:
    """The header by a template, and the index of the first line below it."""
    keys = [label_key(line.text) for line in lines]
    end = next(
        (i for i, line in enumerate(lines) if _is_data(line.text, keys[i], spec)), len(lines)
    )
    counted = next((i for i in range(end) if is_index_row(lines[i].text)), None)
    words = [match for match in spec.header_word.finditer("".join(keys[:end]))]
    start = counted + 1 if counted is not None else end
    if counted is None and not spec.has_codes:
        start = _last_header_line(keys[:end], words) + 1  # a name may wrap above its first figure
    ends = list(accumulate(len(key) for key in keys[:end]))
    printed = [_HeaderWord(word[0], bisect_left(ends, word.end())) for word in words]
    unknown = tuple(_other_amounts(lines[:end], words))
    return _fit_columns(printed, spec)._replace(unknown=unknown), start


def _is_data(text: str, key: str, spec: TableSpec) -> bool:
    if is_index_row(text):
        return False
    if spec.has_codes:
        total = match_total(key)
        is_total = total is not None and bool(
            patterns("tables")["figures"].fullmatch(key, total.end())
        )
        return is_total or bool(CODE.match(key)) or has_amount(text)
    if spec.is_balance and re.match(_ORDINAL_LABEL, key):
        return True
    if spec.row_labels and spec.row_labels.match(key) and not match_total(key):
        return True
    # Not so the numbers that count the columns.
    return any(FIGURE.fullmatch(word) and word not in "0123456789" for word in text.split())


def _other_amounts(lines: Sequence[Line], known: Sequence[re.Match[str]]) -> Iterator[str]:
    """The words of a header that head amounts and of which the template knows nothing."""
    covered = {i for match in known for i in range(match.start(), match.end())}
    start = 0
    for line in lines:
        for word in map(label_key, line.text.split()):
            own = range(start, start + len(word))
            start += len(word)
            if covered.isdisjoint(own) and is_measure(word):
                yield word


def _last_header_line(keys: Sequence[str], words: Sequence[re.Match[str]]) -> int:
    """Index of the last line that consists of header words only, -1 if none does."""
    covered = {i for word in words for i in range(word.start(), word.end())}
    last, position = -1, 0
    for index, key in enumerate(keys):
        if key and all(i in covered for i in range(position, position + len(key))):
            last = index
        position += len(key)
    return last


def _fit_columns(words: Sequence[_HeaderWord], spec: TableSpec) -> Header:
    """Which of a template's columns a header names, in printed order; the optional ones that it does not name are left out."""
    left = dict(enumerate(words))
    columns: list[ColumnSpec] = []
    missing: list[str] = []
    places: list[int | None] = []  # of the word that names each column
    for column in spec.columns:
        place = next((i for i, word in left.items() if column.label.fullmatch(word.text)), None)
        if place is not None:
            del left[place]
        elif column.optional:
            continue
        else:
            missing.append(column.labels[0])
        columns.append(name_item(column, None if place is None else words[place].text, spec))
        places.append(place)
    return Header(
        spec=spec, columns=_in_printed_order(columns, places, words), missing=tuple(missing)
    )


def _in_printed_order(
    columns: Sequence[ColumnSpec], places: Sequence[int | None], words: Sequence[_HeaderWord]
) -> tuple[ColumnSpec, ...]:
    """The columns of figures in the order of their words, where these follow each other in the print.

    They do on one line, and on lines with nothing else, unless the lower part of a header of two levels begins there.
    """
    column_of = {place: i for i, place in enumerate(places) if place is not None}
    if _has_lower_level(column_of, words):
        return tuple(columns)
    on_line = Counter(word.line for word in words)
    found = list(columns)
    run: list[int] = []

    def settle_run() -> None:
        for slot, column in zip(sorted(run), run, strict=True):
            found[slot] = columns[column]
        run.clear()

    for place, word in enumerate(words):
        column = column_of.get(place)
        if column is None or columns[column].is_text:
            settle_run()
            continue
        before = words[place - 1] if place else word
        alone = on_line[word.line] == on_line[before.line] == 1
        if run and (
            (word.line != before.line and not alone)
            or columns[run[-1]].block != columns[column].block
        ):
            settle_run()
        run.append(column)
    settle_run()
    return tuple(found)


def _has_lower_level(column_of: Mapping[int, int], words: Sequence[_HeaderWord]) -> bool:
    """Whether the order of the columns is that of a header of two levels: each column of the lower one below a heading.

    `column_of` has the column of each word that is no heading.
    """
    last = max(
        column_of, default=0
    )  # what follows it, as where tables follow their titles, is no part of the header
    for start in range(1, last + 1):
        if words[start].line == words[start - 1].line:
            continue
        upper = [column_of.get(place) for place in range(start)]
        lower = [column_of[place] for place in range(start, last + 1) if place in column_of]
        above = [column for column in upper if column is not None]
        if above != sorted(above) or lower != sorted(lower):
            continue
        if all(None in upper[_after(upper, column) : _before(upper, column)] for column in lower):
            return True
    return False


def _after(upper: Sequence[int | None], column: int) -> int:
    """Where the columns to the left of one end."""
    return max((i + 1 for i, c in enumerate(upper) if c is not None and c < column), default=0)


def _before(upper: Sequence[int | None], column: int) -> int:
    """Where the columns to the right of one begin."""
    return next((i for i, c in enumerate(upper) if c is not None and c > column), len(upper))

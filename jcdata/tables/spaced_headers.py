"""The header of a table in text that keeps no cells: the columns of a template that its words name, and where it ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from jcdata.codes import CODE
from jcdata.documents.document import Line
from jcdata.spec_files import patterns
from jcdata.table_templates import TableSpec
from jcdata.tables.columns import is_measure
from jcdata.tables.printed import Header, HeaderWord, fit_columns, is_index_row
from jcdata.tables.tokens import FIGURE
from jcdata.tables.totals import match_total
from jcdata.text import ORDINAL_CHARS, label_key

_ORDINAL_LABEL = rf"[{ORDINAL_CHARS}]{{1,3}}、|[（(][{ORDINAL_CHARS}]{{1,3}}[）)]"


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
    printed = [HeaderWord(word[0], bisect_left(ends, word.end())) for word in words]
    unknown = tuple(_other_amounts(lines[:end], words))
    return fit_columns(printed, spec)._replace(unknown=unknown), start


def _is_data(text: str, key: str, spec: TableSpec) -> bool:
    if is_index_row(text):
        return False
    if spec.has_codes:
        total = match_total(key)
        is_total = total is not None and bool(
            patterns("tables")["figures"].fullmatch(key, total.end())
        )
        return is_total or bool(CODE.match(key)) or _has_amount(text)
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


def _has_amount(text: str) -> bool:
    """Whether a figure with decimals or commas stands in a line: no header has amounts."""
    return any(FIGURE.fullmatch(word) and not word.isdigit() for word in text.split())


def _last_header_line(keys: Sequence[str], words: Sequence[re.Match[str]]) -> int:
    """Index of the last line that consists of header words only, -1 if none does."""
    covered = {i for word in words for i in range(word.start(), word.end())}
    last, position = -1, 0
    for index, key in enumerate(keys):
        if key and all(i in covered for i in range(position, position + len(key))):
            last = index
        position += len(key)
    return last

"""The columns of a table without ruling lines: where words stand one below the other, and under which headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from jcdata.codes import CODE
from jcdata.documents.formats.pdf.broken_amounts import is_piece
from jcdata.documents.formats.pdf.text_lines import TextLine, Word
from jcdata.table_templates import is_bare_total

LEAST_GAP = 1.5  # points between two columns
FEWEST_CODES = 2  # of a part of a column of codes

Span = tuple[float, float]


def find_columns(body: Sequence[TextLine]) -> list[Span]:
    """Where the columns begin and end: the words of all rows, seen from above, leave gaps only between columns.

    The name of a total may stand anywhere in a cell that is as wide as several columns, so that it makes none.
    """
    spans = _spans(word for line in body for word in line.words if not is_bare_total(word[2]))
    spans = _spans(word for line in body for word in line.words if _counts(word, line, spans, body))
    return _with_codes_joined(spans, body)


def _spans(words: Iterable[Word]) -> list[Span]:
    """What words cover from left to right."""
    spans: list[Span] = []
    for begin, end, _ in sorted(words):
        if spans and begin - spans[-1][1] < LEAST_GAP:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((begin, end))
    return spans


def _counts(word: Word, line: TextLine, spans: Sequence[Span], body: Sequence[TextLine]) -> bool:
    """Whether a word tells where columns are: each but the name of a total over several columns, or beside one without amounts."""
    if not is_bare_total(word[2]) or not spans:
        return True
    wide = word[0] - LEAST_GAP, word[1] + LEAST_GAP
    over = sum(is_over(wide, span) for span in spans)
    if over:
        return over == 1
    beside = spans[_nearest(word, spans)]
    texts = [
        text for row in body for begin, end, text in row.words if is_over((begin, end), beside)
    ]
    is_free = not any(is_over(other, beside) for other in line.words)
    return not is_free or any(is_piece(text) and not text.isdigit() for text in texts)


def with_whole_totals(lines: Iterable[TextLine]) -> list[TextLine]:
    """Lines with the name of a total as one word whose characters are set apart."""
    return [line._replace(words=tuple(_whole_totals(line.words))) for line in lines]


def _whole_totals(words: Sequence[Word]) -> Iterator[Word]:
    waiting: Word | None = None
    for word in words:
        if waiting and is_bare_total(waiting[2] + word[2]):
            waiting = waiting[0], word[1], waiting[2] + word[2]
            continue
        if waiting:
            yield waiting
        waiting = word
    if waiting:
        yield waiting


def _with_codes_joined(columns: Sequence[Span], body: Sequence[TextLine]) -> list[Span]:
    """The columns with those of codes as one that stand beside each other, as deeper codes are set further in."""
    rows = [[place_of(word, columns)[0] for word in line.words] for line in body]
    codes = [set[str]() for _ in columns]
    for line, places in zip(body, rows, strict=True):
        for (*_, text), place in zip(line.words, places, strict=True):
            codes[place] |= set() if is_bare_total(text) else {text}
    joined: list[Span] = list(columns[:1])
    for number, column in enumerate(columns[1:], 1):
        deeper = codes[number]
        if (
            len(deeper) >= FEWEST_CODES
            and all(map(CODE.fullmatch, deeper))
            and any(map(CODE.fullmatch, codes[number - 1]))
            and not any(number in places and number - 1 in places for places in rows)
        ):
            joined[-1] = joined[-1][0], column[1]
        else:
            joined.append(column)
    return joined


def with_headed(columns: Sequence[Span], header: Sequence[TextLine]) -> list[Span]:
    """The columns with those that only a heading shows, as nothing stands below it.

    A heading beside a column without one is that column's, which is then as wide as both. Others have columns of their
    own beside the headings of all their neighbours. The heading of a group is that of no column. As many headings as columns
    are theirs in order, if none of them stands over another's.
    """
    words = sorted(header[-1].words) if header else []
    if len(words) == len(columns) and not any(
        is_over(word, column)
        for i, word in enumerate(words)
        for j, column in enumerate(columns)
        if i != j
    ):
        return [
            (min(begin, word[0]), max(end, word[1]))
            for (begin, end), word in zip(columns, words, strict=True)
        ]
    is_headed = [any(is_over(word, column) for word in words) for column in columns]
    free: list[Word] = []  # headings over no column
    for word in words:
        if any(is_over(word, column) for column in columns):
            continue
        if free and word[0] - free[-1][1] < LEAST_GAP:
            free[-1] = free[-1][0], max(free[-1][1], word[1]), ""
        else:
            free.append(word)
    widened = list(columns)
    for number in range(1, len(columns)):
        own = None if is_headed[number] else _heading_beside(number, columns, free)
        if own:
            free.remove(own)
            begin, end = columns[number]
            widened[number] = min(begin, own[0]), max(end, own[1])
            is_headed[number] = True
    widened += [word[:2] for word in free if is_headed[_nearest(word, columns)]]
    return sorted(widened)


def _heading_beside(number: int, columns: Sequence[Span], free: Sequence[Word]) -> Word | None:
    """The heading of a column over which none stands: the last before its figures, which end where it does, else the next."""
    begin, end = columns[number]
    after = columns[number + 1][0] if number + 1 < len(columns) else inf
    before = [word for word in free if columns[number - 1][1] <= word[0] and word[1] <= end]
    behind = [word for word in free if begin <= word[0] and word[1] <= after]
    return before[-1] if before else next(iter(behind), None)


def place_of(word: Word, columns: Sequence[Span]) -> tuple[int, int]:
    """The first and last column that a word stands over, the nearest if it stands over none."""
    over = [i for i, column in enumerate(columns) if is_over(word, column)]
    if over:
        return over[0], over[-1]
    nearest = _nearest(word, columns)
    return nearest, nearest


def is_over(word: Word | Span, column: Span) -> bool:
    """Whether a word, or a column of another part, stands within a column or reaches into it."""
    return column[0] < word[1] and word[0] < column[1]


def _nearest(word: Word, columns: Sequence[Span]) -> int:
    """Index of the column whose middle is nearest to that of a word."""
    middle = (word[0] + word[1]) / 2
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))

"""Tables without ruling lines, or with level ones only: their columns are where their words stand one below the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from math import inf
from statistics import median_low
from typing import NamedTuple

from jcdata.codes import CODE
from jcdata.documents.formats.pdf.broken_amounts import is_piece
from jcdata.documents.formats.pdf.drawn_text import UNNAMED
from jcdata.documents.formats.pdf.merged_labels import with_labels_in_first_rows
from jcdata.documents.formats.pdf.page import Rule
from jcdata.documents.formats.pdf.ruled_tables import RuledCell, RuledTable
from jcdata.documents.formats.pdf.ruling_lines import cluster
from jcdata.documents.formats.pdf.text_lines import TextLine
from jcdata.documents.formats.pdf.unruled_columns import (
    LEAST_GAP,
    Span,
    find_columns,
    is_over,
    place_of,
    with_headed,
)
from jcdata.documents.formats.pdf.unruled_headers import (
    header_begin,
    headings,
    with_groups,
    with_whole_headings,
)
from jcdata.documents.formats.pdf.wrapped_names import find_rows
from jcdata.documents.formats.rows import least_sure

FEWEST_ROWS = 3  # with amounts, of a table
MOST_APART = 4.0  # line heights between two rows of a table
FARTHEST = 8.0  # line heights from the last row but one to a row of totals
FIGURES, AMOUNTS = (
    0.8,
    0.5,
)  # of the words of a column of amounts; few of them may have neither point nor four digits
_AMOUNT = re.compile(
    r"[-−－–△▲(（]?\d{1,3}(?:[,，]\d{3})*(?:[.．]\d+)?[)）%％-]?|[-−－–△▲(（]?\d+(?:[.．]\d+)?[)）%％-]?"
)
_WITH_POINT = re.compile(r"\d[.．,，]\d|\d{4}|^0$")


class TextRow(NamedTuple):
    """The lines that make up a row of a table."""

    lines: Sequence[TextLine]

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return max(line.bottom for line in self.lines)


class UnruledTable(NamedTuple):
    """The rows of a header and those below it, and the columns in which both stand."""

    header: Sequence[TextRow]
    body: Sequence[TextRow]
    columns: Sequence[Span]


def find_unruled(
    lines: Sequence[TextLine], rules: Sequence[Rule]
) -> Iterator[TextLine | UnruledTable]:
    """Lines with the tables that are found among them in their places; `rules` are the level lines beside them."""
    level = cluster(rule.top for rule in rules)  # many programs draw a line for each cell
    end = 0
    for first, last in _runs(lines):
        rows = _rows(lines, _with_small(lines, first, last, end), end, level)
        first, after = rows[0].start, rows[-1].stop
        body = lines[first:after]
        columns = find_columns(body)
        if not _has_column_of_amounts(body, columns):
            continue  # sentences with figures
        if _is_row_below(lines, after, columns):  # of totals, below rows that are left blank
            rows.append(range(after, after + 1))
            columns = find_columns(lines[first : after + 1])
            after += 1
        top = header_begin(lines, end, first, columns)
        yield from lines[end:top]
        header = lines[top:first]
        parts = [TextRow(lines[row.start : row.stop]) for row in rows]
        columns = with_headed(columns, headings(header, columns, apart(parts)))
        yield UnruledTable(
            header=_header_rows(header, columns, rules, apart(parts)),
            body=parts,
            columns=columns,
        )
        end = after
    yield from lines[end:]


def _runs(lines: Sequence[TextLine]) -> Iterator[tuple[int, int]]:
    """First and last line of each run of rows with amounts; a row may have a line without amount, not two."""
    rows = [i for i, line in enumerate(lines) if _has_amounts(line)]
    run: list[int] = []
    for i in rows:
        if run and (i - run[-1] > 3 or _are_apart(lines[run[-1]], lines[i], i - run[-1])):
            if len(run) >= FEWEST_ROWS:
                yield run[0], run[-1]
            run = []
        run.append(i)
    if len(run) >= FEWEST_ROWS:
        yield run[0], run[-1]


def _with_small(lines: Sequence[TextLine], first: int, last: int, begin: int) -> range:
    """A run with the rows right above and below whose figures are too small to look like amounts."""
    while (
        first > begin
        and has_figures(lines[first - 1])
        and not _are_apart(lines[first - 1], lines[first], 1)
    ):
        first -= 1
    while (
        last + 1 < len(lines)
        and has_figures(lines[last + 1])
        and not _are_apart(lines[last], lines[last + 1], 1)
    ):
        last += 1
    return range(first, last + 1)


def _are_apart(above: TextLine, below: TextLine, lines: int) -> bool:
    """Whether two rows with amounts, so many lines from each other, are too far apart to be of one table."""
    height = min(above.bottom - above.top, below.bottom - below.top)
    return below.top - above.bottom > (MOST_APART * lines - 1) * height


def _is_row_below(lines: Sequence[TextLine], number: int, columns: Sequence[Span]) -> bool:
    """Whether a line some way below a table is one of its rows: a name and amounts, each in one of its columns."""
    if number >= len(lines) or not _has_amounts(lines[number]):
        return False
    line = lines[number]
    places = [[i for i, column in enumerate(columns) if is_over(w, column)] for w in line.words]
    return (
        line.top - lines[number - 1].bottom < FARTHEST * (line.bottom - line.top)
        and all(len(place) == 1 for place in places)
        and len({place[0] for place in places}) == len(places)
        and places[0] == [0]
    )


def _has_amounts(line: TextLine) -> bool:
    """Whether a line is a row: words, and amounts behind them."""
    words = [word for *_, word in line.words]
    return len(words) > 1 and any(is_amount(word) for word in words[1:]) and not _is_sentence(words)


def has_figures(line: TextLine) -> bool:
    """Whether a name is followed by nothing but figures of any kind, which do not count the columns."""
    words = [word for *_, word in line.words]
    figures = [*takewhile(is_piece, reversed(words))][::-1]
    counted = [str(number) for number in range(1, len(figures) + 1)]
    return 0 < len(figures) < len(words) and figures != counted


def _is_sentence(words: Sequence[str]) -> bool:
    return any(sign in word for word in words for sign in "。；，" if not is_amount(word))


def is_amount(word: str) -> bool:
    """Whether a word looks like an amount of money: with a point or comma, or of four digits or more."""
    digits = word.replace(UNNAMED, "8")  # a sign that can't be read may be a digit
    return bool(_AMOUNT.fullmatch(digits) and _WITH_POINT.search(digits))


def _has_column_of_amounts(body: Sequence[TextLine], columns: Sequence[Span]) -> bool:
    """Whether amounts stand one below the other, and nothing but amounts."""
    if len(columns) < 2:
        return False
    words: list[list[str]] = [[] for _ in columns]
    for line in body:
        for begin, _, word in line.words:
            words[
                bisect_right(columns, begin, key=lambda column: column[0] - LEAST_GAP) - 1
            ].append(word)
    return any(
        sum(map(is_amount, column)) >= max(FEWEST_ROWS, AMOUNTS * len(column))
        and sum(map(is_piece, column)) >= FIGURES * len(column)
        for column in words[1:]
    )


def as_ruled(table: UnruledTable) -> RuledTable:
    """A table with a cell for each column of each row."""
    header, body = ([_cells(row, table.columns) for row in part] for part in table[:2])
    middles = [(row.top + row.bottom) / 2 for row in table.body]
    labelled = with_labels_in_first_rows(body, middles)
    rows = [*table.header, *(table.body[number] for number in labelled)]
    return RuledTable(
        x0=table.columns[0][0],
        top=rows[0].top,
        x1=table.columns[-1][1],
        bottom=rows[-1].bottom,
        rows=[*header, *map(list, labelled.values())],
        tops=tuple(row.top for row in rows),
    )


def _header_rows(
    header: Sequence[TextLine], columns: Sequence[Span], rules: Sequence[Rule], distance: float
) -> list[TextRow]:
    rows = _between_rules(header, cluster(rule.top for rule in rules))
    parts: list[Sequence[TextLine]] = [[line] for line in headings(header, columns, distance)]
    if len(rows) < len(header):
        between = [header[row.start : row.stop] for row in rows]
        parts = with_whole_headings(between, columns, rules)
    return [TextRow(lines) for lines in with_groups(parts, columns)]


def apart(rows: Sequence[TextRow]) -> float:
    """The distance of most rows of a table from the one above them."""
    return median_low([below.top - above.bottom for above, below in pairwise(rows)] or [inf])


def _rows(
    lines: Sequence[TextLine], body: range, begin: int, level: Sequence[float]
) -> list[range]:
    """The rows of a table: what stands between two level lines, else each line with the rest of its wrapped name."""
    inside = [y for y in level if lines[body[0]].top < y < lines[body[-1]].bottom]
    if len(inside) * 2 >= len(body) - 1 > 0:
        between = _between_rules(lines[body.start : body.stop], level)
        return [range(row.start + body.start, row.stop + body.start) for row in between]
    starts = [
        i
        for i in body
        if _has_amounts(lines[i]) or has_figures(lines[i]) or CODE.fullmatch(lines[i].words[0][2])
    ]
    return find_rows(lines, starts, begin)


def _between_rules(lines: Sequence[TextLine], level: Sequence[float]) -> list[range]:
    """The lines in groups that no level line parts; without level lines each line is one."""
    if not lines or not any(lines[0].top < y < lines[-1].bottom for y in level):
        return [range(i, i + 1) for i in range(len(lines))]
    places = [bisect_right(level, (line.top + line.bottom) / 2) for line in lines]
    begins = [i for i in range(len(lines)) if i == 0 or places[i] != places[i - 1]]
    return [range(*ends) for ends in pairwise([*begins, len(lines)])]


def _cells(row: TextRow, columns: Sequence[Span]) -> list[RuledCell]:
    """A cell for each column; a word that reaches over several columns is a merged one."""
    texts: dict[tuple[int, int], list[str]] = {}
    for line in row.lines:
        parts: dict[tuple[int, int], list[str]] = {}
        for word in line.words:
            parts.setdefault(place_of(word, columns), []).append(word[2])
        for place, words in parts.items():
            texts.setdefault(place, []).append(" ".join(words))
    cells: list[RuledCell] = []
    covered = 0
    for (first, last), parts_of in sorted(texts.items()):
        text = "\n".join(parts_of)
        if last < covered:  # within the cell before
            cells[-1] = cells[-1]._replace(text=f"{cells[-1].text}\n{text}")
            continue
        begin = max(first, covered)
        cells += [_cell(columns, i, i, "") for i in range(covered, begin)]
        cells.append(_cell(columns, begin, last, text))
        covered = last + 1
    cells += [_cell(columns, i, i, "") for i in range(covered, len(columns))]
    unsure = {text for line in row.lines for text in line.unsure}
    cells = [
        cell._replace(is_unsure=not unsure.isdisjoint(cell.text.split("\n"))) for cell in cells
    ]
    recognised = least_sure(line.recognised for line in row.lines)
    if recognised is None:
        return cells
    of_line = recognised._replace(
        others=()
    )  # which of its words it is that is in doubt is not known
    return [cell._replace(recognised=of_line) if cell.text else cell for cell in cells]


def _cell(columns: Sequence[Span], first: int, last: int, text: str) -> RuledCell:
    """A cell that reaches to the next column, as those with lines between them do."""
    x1 = columns[last + 1][0] if last + 1 < len(columns) else columns[last][1]
    return RuledCell(x0=columns[first][0], x1=x1, text=text, row_span=1, is_full=False)

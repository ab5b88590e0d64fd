"""Tables without ruling lines, or with level ones only: their columns are where their words stand one below the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from jcdata.documents.formats.pdf.drawn_text import UNNAMED
from jcdata.documents.formats.pdf.order import Block
from jcdata.documents.formats.pdf.page import Rule
from jcdata.documents.formats.pdf.ruled_tables import RuledCell, RuledTable
from jcdata.documents.formats.pdf.text_lines import TextLine
from jcdata.documents.formats.rows import least_sure
from jcdata.spec_files import patterns

FEWEST_ROWS = 3  # with amounts, of a table
MOST_APART = 4.0  # line heights between two rows of a table
MOST_HEADER = 6  # lines
WRAPPED = 0.75  # of the usual distance of two rows, within which a line goes on with its neighbour
LEAST_GAP = 1.5  # points between two columns
_AMOUNT = re.compile(
    r"[-−－–△▲(（]?\d{1,3}(?:[,，]\d{3})*(?:[.．]\d+)?[)）%％-]?|[-−－–△▲(（]?\d+(?:[.．]\d+)?[)）%％-]?"
)
_WITH_POINT = re.compile(r"\d[.．,，]\d|\d{4}|^0$")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")

Word = tuple[float, float, str]
Span = tuple[float, float]


class _Row(NamedTuple):
    """The lines that make up a row of a table."""

    lines: list[TextLine]

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return max(line.bottom for line in self.lines)


def with_unruled_tables(blocks: Sequence[Block], rules: Sequence[Rule]) -> list[Block]:
    """The blocks of a page, with the lines that make up a table put together to one."""
    level = sorted(rule.top for rule in rules if rule.top == rule.bottom)
    result: list[Block] = []
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, TextLine):
            lines.append(block)
        else:
            result += _parted(lines, level)
            result.append(block)
            lines = []
    return result + _parted(lines, level)


def _parted(lines: Sequence[TextLine], level: Sequence[float]) -> list[Block]:
    """Lines with the tables that are found among them in their places."""
    parted: list[Block] = []
    end = 0
    for first, last in _runs(lines):
        body = lines[first : last + 1]
        columns = _columns(body)
        if not _has_column_of_amounts(body, columns):
            continue  # sentences with figures
        top = _header_begin(lines, end, first)
        parted += lines[end:top]
        header = lines[top:first]
        parted.append(_table(header, body, _with_headed(columns, header), level))
        end = last + 1
    return parted + list(lines[end:])


def _runs(lines: Sequence[TextLine]) -> Iterator[tuple[int, int]]:
    """First and last line of each run of rows with amounts; a row may have a line without amount, not two."""
    rows = [i for i, line in enumerate(lines) if _has_amounts(line)]
    run: list[int] = []
    for i in rows:
        apart = lines[i].top - lines[run[-1]].top if run else 0.0
        if run and (
            i - run[-1] > 3 or apart > MOST_APART * (lines[i].bottom - lines[i].top) * (i - run[-1])
        ):
            if len(run) >= FEWEST_ROWS:
                yield run[0], run[-1]
            run = []
        run.append(i)
    if len(run) >= FEWEST_ROWS:
        yield run[0], run[-1]


def _has_amounts(line: TextLine) -> bool:
    """Whether a line is a row: words, and amounts behind them."""
    words = [word for *_, word in line.words]
    return len(words) > 1 and any(is_amount(word) for word in words[1:]) and not _is_sentence(words)


def _is_sentence(words: Sequence[str]) -> bool:
    return any(sign in word for word in words for sign in "。；，" if not is_amount(word))


def is_amount(word: str) -> bool:
    """Whether a word looks like an amount of money: with a point or comma, or of four digits or more."""
    digits = word.replace(UNNAMED, "8")  # a sign that can't be read may be a digit
    return bool(_AMOUNT.fullmatch(digits) and _WITH_POINT.search(digits))


def _header_begin(lines: Sequence[TextLine], begin: int, first: int) -> int:
    """Index of the first line of the header above the first row: up to a line of one word or with a colon."""
    stands_above = patterns("sections")["caption_word"].fullmatch
    top = first
    while top > begin and first - top < MOST_HEADER:
        line = lines[top - 1]
        is_caption = any(stands_above(word) for *_, word in line.words)
        if (
            is_caption
            or (len(line.words) < 2 and top < first)
            or lines[top].top - line.bottom > MOST_APART * (line.bottom - line.top)
        ):
            break
        top -= 1
    return top


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
        sum(map(is_amount, column)) >= max(FEWEST_ROWS, 0.8 * len(column)) for column in words[1:]
    )


def _table(
    header: Sequence[TextLine],
    body: Sequence[TextLine],
    columns: Sequence[Span],
    level: Sequence[float],
) -> RuledTable:
    rows = [*_header_rows(header, level), *_rows(body, level)]
    cells = [_cells(row, columns) for row in rows]
    return RuledTable(
        x0=columns[0][0],
        top=rows[0].top,
        x1=columns[-1][1],
        bottom=rows[-1].bottom,
        rows=cells,
        tops=tuple(row.top for row in rows),
    )


def _columns(body: Sequence[TextLine]) -> list[Span]:
    """Where the columns begin and end: the words of all rows, seen from above, leave gaps only between columns."""
    spans: list[list[float]] = []
    for begin, end, _ in sorted(word for line in body for word in line.words):
        if spans and begin - spans[-1][1] < LEAST_GAP:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([begin, end])
    return [(begin, end) for begin, end in spans]


def _with_headed(columns: Sequence[Span], header: Sequence[TextLine]) -> list[Span]:
    """The columns with those that only a heading shows, as nothing stands below it: beside the headings of all their neighbours."""
    words = [word for line in header for word in line.words]
    is_headed = [any(_is_over(word, column) for word in words) for column in columns]
    found: list[Span] = []
    for begin, end, text in sorted(words):
        if any(_is_over((begin, end, text), column) for column in columns):
            continue
        if found and begin - found[-1][1] < LEAST_GAP:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif is_headed[_nearest((begin, end, text), columns)]:
            found.append((begin, end))
    return sorted([*columns, *found])


def _header_rows(header: Sequence[TextLine], level: Sequence[float]) -> list[_Row]:
    return [_Row(lines) for lines in _between_rules(header, level)]


def _rows(body: Sequence[TextLine], level: Sequence[float]) -> list[_Row]:
    """The rows of a table: what stands between two level lines, else each line with the rest of its wrapped name."""
    top, bottom = body[0].top, body[-1].bottom
    inside = [y for y in level if top < y < bottom]
    if len(inside) * 2 >= len(body) - 1 > 0:
        return [_Row(lines) for lines in _between_rules(body, level)]
    starts = [
        i for i, line in enumerate(body) if _has_amounts(line) or _CODE.fullmatch(line.words[0][2])
    ]
    distances = [body[b].top - body[a].top for a, b in pairwise(starts) if b == a + 1]
    usual = median(distances) if distances else float("inf")
    rows: list[_Row] = []
    for i, line in enumerate(body):
        goes_on = (
            rows
            and i not in starts
            and len(line.words) == 1
            and line.top - rows[-1].lines[-1].top < WRAPPED * usual
        )
        if goes_on:
            rows[-1].lines.append(line)
        else:
            rows.append(_Row([line]))
    return rows


def _between_rules(lines: Sequence[TextLine], level: Sequence[float]) -> Iterator[list[TextLine]]:
    """The lines in groups that no level line parts; without level lines each line is one."""
    groups: dict[int, list[TextLine]] = {}
    if not any(lines[0].top < y < lines[-1].bottom for y in level) if lines else True:
        yield from ([line] for line in lines)
        return
    for line in lines:
        groups.setdefault(bisect_right(level, (line.top + line.bottom) / 2), []).append(line)
    yield from groups.values()


def _cells(row: _Row, columns: Sequence[Span]) -> list[RuledCell]:
    """A cell for each column; a word that reaches over several columns is a merged one."""
    texts: dict[tuple[int, int], list[str]] = {}
    for line in row.lines:
        parts: dict[tuple[int, int], list[str]] = {}
        for word in line.words:
            parts.setdefault(_place(word, columns), []).append(word[2])
        for place, words in parts.items():
            texts.setdefault(place, []).append(" ".join(words))
    cells: list[RuledCell] = []
    covered = 0
    for (first, last), parts_of in sorted(texts.items()):
        begin = max(first, covered)
        cells += [_cell(columns, i, i, "") for i in range(covered, begin)]
        cells.append(_cell(columns, begin, max(begin, last), "\n".join(parts_of)))
        covered = max(begin, last) + 1
    cells += [_cell(columns, i, i, "") for i in range(covered, len(columns))]
    recognised = least_sure(line.recognised for line in row.lines)
    if recognised is None:
        return cells
    of_line = recognised._replace(
        others=()
    )  # which of its words it is that is in doubt is not known
    return [cell._replace(recognised=of_line) if cell.text else cell for cell in cells]


def _cell(columns: Sequence[Span], first: int, last: int, text: str) -> RuledCell:
    return RuledCell(
        x0=columns[first][0], x1=columns[last][1], text=text, row_span=1, is_full=False
    )


def _place(word: Word, columns: Sequence[Span]) -> tuple[int, int]:
    """The first and last column that a word stands over, the nearest if it stands over none."""
    over = [i for i, column in enumerate(columns) if _is_over(word, column)]
    if over:
        return over[0], over[-1]
    nearest = _nearest(word, columns)
    return nearest, nearest


def _is_over(word: Word, column: Span) -> bool:
    return column[0] < word[1] and word[0] < column[1]


def _nearest(word: Word, columns: Sequence[Span]) -> int:
    """Index of the column whose middle is nearest to that of a word."""
    middle = (word[0] + word[1]) / 2
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))

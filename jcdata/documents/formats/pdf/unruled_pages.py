"""Tables without ruling lines over all pages: what goes on at the top of a page stands in the columns of the page before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from jcdata.documents.formats.pdf.broken_amounts import is_piece
from jcdata.documents.formats.pdf.order import Block
from jcdata.documents.formats.pdf.page import Rule
from jcdata.documents.formats.pdf.ruled_tables import RuledTable
from jcdata.documents.formats.pdf.text_lines import TextLine
from jcdata.documents.formats.pdf.text_rows import with_whole_rows
from jcdata.documents.formats.pdf.touching import with_parted
from jcdata.documents.formats.pdf.unruled_columns import Span, is_over, with_whole_totals
from jcdata.documents.formats.pdf.unruled_headers import MOST_LINES, headings, is_caption
from jcdata.documents.formats.pdf.unruled_tables import (
    TextRow,
    UnruledTable,
    apart,
    as_ruled,
    find_unruled,
    has_figures,
)
from jcdata.documents.formats.pdf.wrapped_names import find_rows
from jcdata.spec_files import patterns

MOST_ABOVE = 2  # lines at the top of a page above a table that goes on

Found = TextLine | RuledTable | UnruledTable


class _Rest(NamedTuple):
    """A page on which a table goes on: what stands above it, its part, and what follows."""

    above: Sequence[Found]
    part: UnruledTable
    below: Sequence[Found]


def with_unruled_tables(
    pages: Sequence[Sequence[Block]], rules: Sequence[Sequence[Rule]]
) -> list[list[Block]]:
    """The blocks of each page, with the lines that make up a table put together to one."""
    found = [[*_find(blocks, lines)] for blocks, lines in zip(pages, rules, strict=True)]
    rests: dict[int, _Rest] = {}
    for number in range(len(found) - 1, 0, -1):  # the columns of all parts meet in the first
        above = _open_table(found[number - 1])
        rest = above and _find_rest(above, found[number])
        columns = above and rest and _together(above, rest.part)
        if above and rest and columns:
            rests[number] = rest
            place = found[number - 1].index(above)
            found[number - 1][place] = above._replace(columns=columns)
    for number, rest in sorted(rests.items()):
        above = _open_table(found[number - 1])
        if above:
            part = rest.part._replace(columns=above.columns)
            found[number] = [*rest.above, part, *rest.below]
    return [
        [as_ruled(block) if isinstance(block, UnruledTable) else block for block in page]
        for page in found
    ]


def _find(blocks: Sequence[Block], rules: Sequence[Rule]) -> Iterator[Found]:
    level = [rule for rule in rules if rule.top == rule.bottom]
    for is_table, group in groupby(blocks, lambda block: isinstance(block, RuledTable)):
        if is_table:
            yield from group
        else:
            lines = [block for block in group if isinstance(block, TextLine)]
            lines = with_whole_totals(with_parted(lines))
            yield from find_unruled(with_whole_rows(lines), level)


def _open_table(page: Sequence[Found]) -> UnruledTable | None:
    """The table at the foot of a page, which may go on on the next."""
    is_page_number = patterns("furniture")["page_number_between"].fullmatch
    for block in reversed(page):
        if not isinstance(block, TextLine):
            return block if isinstance(block, UnruledTable) else None
        if not is_page_number(block.text):
            return None
    return None


def _find_rest(table: UnruledTable, page: Sequence[Found]) -> _Rest | None:
    """What goes on with a table at the top of a page, with its header or without; also rows that are too few to be a table."""
    top = 0
    while top < min(len(page), MOST_ABOVE) and _is_furniture(page[top]):
        top += 1
    first = page[top] if top < len(page) else None
    if isinstance(first, UnruledTable):
        is_part = not first.header or _texts(first.header) == _texts(table.header)
        return _Rest(page[:top], first, page[top + 1 :]) if is_part else None
    lines = [*takewhile(lambda block: isinstance(block, TextLine), page[top:])]
    return _few_rows(table, page, top, [line for line in lines if isinstance(line, TextLine)])


def _few_rows(
    table: UnruledTable, page: Sequence[Found], top: int, lines: Sequence[TextLine]
) -> _Rest | None:
    """The same of rows that are too few for a table, in lines that begin so far from the top."""
    height = next(
        (
            height
            for height in range(1, min(len(lines), MOST_LINES) + 1)
            if _texts(_headings(lines[:height], table)) == _texts(table.header)
        ),
        0,
    )
    fitting = height + sum(
        1 for _ in takewhile(lambda line: _fits(line, table.columns), lines[height:])
    )
    starts = [i for i in range(height, fitting) if has_figures(lines[i])]
    if not starts:
        return None
    rows = find_rows(lines[:fitting], starts, height)
    part = UnruledTable(
        header=_headings(lines[:height], table),
        body=[TextRow(lines[row.start : row.stop]) for row in rows],
        columns=table.columns,
    )
    return _Rest([*page[:top], *lines[height : rows[0].start]], part, page[top + rows[-1].stop :])


def _headings(lines: Sequence[TextLine], table: UnruledTable) -> list[TextRow]:
    return [TextRow([line]) for line in headings(lines, table.columns, apart(table.body))]


def _texts(header: Sequence[TextRow]) -> list[list[str]]:
    return [[text for line in row.lines for *_, text in line.words] for row in header]


def _fits(line: TextLine, columns: Sequence[Span]) -> bool:
    """Whether each word of a line stands in one column, and figures not in the first."""
    places = [[i for i, column in enumerate(columns) if is_over(w, column)] for w in line.words]
    return all(len(place) == 1 for place in places) and not (
        is_piece(line.words[-1][2]) and places[-1] == [0]
    )


def _is_furniture(block: Found) -> bool:
    """Whether a line may stand above each page: a text that names nothing below it."""
    return isinstance(block, TextLine) and len(block.words) == 1 and not is_caption(block.text)


def _together(above: UnruledTable, part: UnruledTable) -> list[Span] | None:
    """The columns of two parts, each as wide as both have it; None where these are not the same.

    What stands in no column of the part above is below the heading before it, if nothing else is; where that part goes on
    itself, without a header, it has a column of its own.
    """
    widened = list(above.columns)
    added: list[Span] = []
    for other in part.columns:
        over = [i for i, column in enumerate(above.columns) if is_over(other, column)]
        before = sum(column[1] <= other[0] for column in above.columns) - 1
        if not over and not above.header and before >= 0:
            added.append(other)
            continue
        over = over or [before] * _is_blank(before, above)
        if len(over) != 1:
            return None
        begin, end = widened[over[0]]
        widened[over[0]] = min(begin, other[0]), max(end, other[1])
    together = sorted([*widened, *added])
    return together if all(a[1] < b[0] for a, b in pairwise(together)) else None


def _is_blank(number: int, table: UnruledTable) -> bool:
    """Whether nothing stands below the heading of a column."""
    words = (word for row in table.body for line in row.lines for word in line.words)
    return number >= 0 and not any(is_over(word, table.columns[number]) for word in words)

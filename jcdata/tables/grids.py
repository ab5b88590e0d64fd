"""The tables of a document as they are printed: captions, header, rows; without asking what they mean.

A table that a file keeps as one may hold several, as a sheet does: each begins with a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.codes import CODE, LEVELS
from jcdata.documents.document import Document, Line, is_pipe_row
from jcdata.documents.formats.rows import Merged
from jcdata.spec_files import patterns
from jcdata.table_templates import blank_signs
from jcdata.tables.kinds import is_title
from jcdata.tables.printed import is_caption, is_index_row, is_note
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.totals import is_total_name
from jcdata.text import label_key, squeeze, strip_ordinal

MOST_CAPTIONS = 8  # lines above a table


class GridRow(NamedTuple):
    """A row: its line, its cells without white space; what is no cell of its own but covered by another is ''."""

    line: Line
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell]


class Grid(NamedTuple):
    """A table as printed. `headings` has for each column the texts of its header from top to bottom.

    `captions` are the lines above the header, `notes` those below the rows that belong to none.
    """

    title: str
    captions: tuple[Line, ...]
    header: tuple[GridRow, ...]
    headings: tuple[tuple[str, ...], ...]
    rows: tuple[GridRow, ...]
    notes: tuple[Line, ...]

    @property
    def first_line(self) -> int:
        """The first line, captions included."""
        return min(line.no for line in self.lines)

    @property
    def last_line(self) -> int:
        """The last line, notes included."""
        return max(line.no for line in self.lines)

    @property
    def lines(self) -> list[Line]:
        """All lines, captions and notes included."""
        rows = (row.line for row in (*self.header, *self.rows))
        return [*self.captions, *rows, *self.notes]

    @property
    def page_no(self) -> int | None:
        """The page on which it begins."""
        return (self.header or self.rows)[0].line.page_no


def find_grids(document: Document, furniture: set[int]) -> list[Grid]:
    """The tables of a document in which cells are kept apart, in order; none where only white space does."""
    lines = [line for line, _ in document.filled if line.no not in furniture]
    tables: dict[int, list[Line]] = {}
    captions: dict[int, list[Line]] = {}
    above: list[Line] = []
    for line, number in zip(lines, _table_numbers(document, lines), strict=True):
        if number is None:
            above.append(line)
            continue
        if number not in tables:
            captions[number] = _captions(above)
        tables.setdefault(number, []).append(line)
        above = []
    return [
        grid
        for number, rows in tables.items()
        for grid in _grids_of(captions[number], [_row(line) for line in rows])
    ]


def _table_numbers(document: Document, lines: Sequence[Line]) -> list[int | None]:
    """For each line the number of its table: as the file says it; in text, rows of Markdown that follow each other."""
    if any(line.table is not None for line in lines):
        return [line.table for line in lines]
    numbers: list[int | None] = []
    number, last = 0, 0
    for line in lines:
        if "\t" not in line.text or not is_pipe_row(line.raw):
            numbers.append(None)
            continue
        parted = any(not between.raw.strip() for between in document.lines[last : line.no - 1])
        if not numbers or numbers[-1] is None or parted:
            number += 1
        last = line.no
        numbers.append(number)
    return numbers


def _row(line: Line) -> GridRow:
    return GridRow(line, tuple(squeeze(cell) for cell in line.text.split("\t")))


def _captions(above: Sequence[Line]) -> list[Line]:
    """Of the lines before a table those that belong to it: back to the title, or those that say unit and year."""
    near = list(above[-MOST_CAPTIONS:])
    texts = [_title_in(line) for line in near]
    for i in range(len(near) - 1, -1, -1):
        if begin := _begin_of_title(texts, i):
            return near[i + 1 - begin :]
    first = len(near)
    while first and is_caption(label_key(near[first - 1].text)):
        first -= 1
    return near[first:]


def _begin_of_title(texts: Sequence[str], i: int) -> int:
    """How many lines a title has whose last one this is, as it may wrap in the middle of its name; 0 if none ends here."""
    begun = i > 0 and _is_begun(texts[i - 1])
    if is_title(texts[i]):
        return 2 if begun else 1
    return (
        2
        if begun and not is_caption(label_key(texts[i])) and is_title(texts[i - 1] + texts[i])
        else 0
    )


def _title_in(line: Line) -> str:
    """A line's text without white space; the cell that is a title, if others beside it say unit and year."""
    cells = [squeeze(cell) for cell in line.text.split("\t")]
    titles = [cell for cell in cells if is_title(cell)]
    return titles[0] if len(titles) == 1 else "".join(cells)


def _is_begun(text: str) -> bool:
    """Whether a title that begins so goes on on the next line."""
    key = label_key(text)
    spec = patterns("titles")
    return bool(
        spec["begins_title"].fullmatch(key)
        and not is_title(text)
        and not spec["no_title"].fullmatch(key)
        and not spec["heading"].fullmatch(key)
        and not is_caption(key)
    )


def _grids_of(captions: list[Line], rows: Sequence[GridRow]) -> Iterator[Grid]:
    """The tables of one table of the file: the first, and another from each title on that stands in a row by itself."""
    starts = [0]
    for i, row in enumerate(rows):
        begun = any(
            len(above.filled) > 1 and not _is_caption_row(above) for above in rows[starts[-1] : i]
        )
        if begun and len(row.filled) == 1 and (is_title(row.filled[0]) or _is_form(row.filled[0])):
            starts.append(i)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        grid = _grid(captions if number == 0 else [], rows[start:end])
        if grid:
            yield grid


def _is_form(text: str) -> bool:
    return bool(patterns("sections")["form_title"].fullmatch(label_key(text)))


def _grid(captions: list[Line], rows: Sequence[GridRow]) -> Grid | None:
    first = _end_of_captions(rows)
    last = len(rows)
    while last > first and _is_note_row(rows[last - 1]):
        last -= 1
    body = [row for row in rows[first:last] if not is_index_row(" ".join(row.cells))]
    if not body:
        return None
    above = [*captions, *(row.line for row in rows[:first])]
    end = _end_of_header(body)
    header = body[:end]
    return Grid(
        title=_title(above),
        captions=tuple(above),
        header=tuple(header),
        headings=_headings(header, max(len(row.cells) for row in body)),
        rows=tuple(row for row in body[end:] if not _repeats(row, header)),
        notes=tuple(row.line for row in rows[last:]),
    )


def _title(captions: Sequence[Line]) -> str:
    """The title among the lines above a table, wrapped or not; '' if there is none."""
    texts = [_title_in(line) for line in captions]
    for i in range(len(texts) - 1, -1, -1):
        if begin := _begin_of_title(texts, i):
            return "".join(texts[i + 1 - begin : i + 1])
    return ""


def _end_of_captions(rows: Sequence[GridRow]) -> int:
    """Index of the first row of the header: above it stand titles and captions, each in a row by itself."""
    end = 0
    for i, row in enumerate(rows[:MOST_CAPTIONS]):
        if _is_caption_row(row):
            end = i + 1
        elif len(row.filled) > 1 or _has_figure(row):
            break
    return end


def _is_caption_row(row: GridRow) -> bool:
    """Whether a row above a header is none of the table: its title, the unit, the unit of money, the year."""
    filled = row.filled
    if all(is_caption(label_key(cell)) for cell in filled):
        return True
    rest = [cell for cell in filled if not is_caption(label_key(cell))]
    return len(rest) == 1 and is_title(rest[0])


def _is_note_row(row: GridRow) -> bool:
    filled = row.filled
    return len(filled) == 1 and is_note(label_key(filled[0]))


def _has_figure(row: GridRow) -> bool:
    return any(LOOKS_LIKE_FIGURE.fullmatch(cell) for cell in row.cells)


def _end_of_header(rows: Sequence[GridRow]) -> int:
    """Index of the first row that is not of the header: one with a figure, a code, or the label of an item.

    The cells of a header may reach down into rows below it: those are the header's too.
    """
    reach = 0
    for i, row in enumerate(rows):
        if i < reach:
            if not _has_amount(row):
                reach = max(reach, i + _depth(row))
                continue
            return i
        following = rows[i + 1] if i + 1 < len(rows) else None
        if (i and _begins_data(row, following)) or _has_figure(row):
            return i
        reach = max(reach, i + _depth(row))
    return len(rows)


def _depth(row: GridRow) -> int:
    """How many rows the deepest cell of a row covers."""
    return max((m.rows for m in row.line.merged if row.cells[m.column]), default=1)


def _has_amount(row: GridRow) -> bool:
    """Whether a figure stands in a row that is no year, code or number of a column."""
    return any(LOOKS_LIKE_FIGURE.fullmatch(cell) and not CODE.fullmatch(cell) for cell in row.cells)


def _begins_data(row: GridRow, following: GridRow | None) -> bool:
    """Whether a row without figures is the first below the header: that of an item, or a total with nothing below it."""
    filled = [cell for cell in row.filled if cell not in LEVELS and cell not in blank_signs()]
    if not filled:
        return False
    if len(filled) == 1 and is_total_name(filled[0]):
        return not following or not following.filled or _has_figure(following)
    return all(strip_ordinal(cell) != cell or is_total_name(cell) for cell in filled)


def _repeats(row: GridRow, header: Sequence[GridRow]) -> bool:
    """Whether a row is one of the header, printed again on the next page."""
    return bool(row.filled) and any(row.cells == other.cells for other in header)


def _headings(header: Sequence[GridRow], width: int) -> tuple[tuple[str, ...], ...]:
    """For each column the texts of the header's cells that cover it, from top to bottom."""
    found: list[list[str]] = [[] for _ in range(width)]
    covered: list[int] = [0] * width  # rows that a cell from above still covers
    for depth, row in enumerate(header):
        spans = _spans(row, header[depth + 1 :], covered, width)
        covered = [max(0, left - 1) for left in covered]
        for span in spans:
            text = row.cells[span.column]
            for column in range(span.column, min(span.column + span.columns, width)):
                if text and (not found[column] or found[column][-1] != text):
                    found[column].append(text)
                covered[column] = max(covered[column], span.rows - 1)
    return tuple(tuple(texts) for texts in found)


def _spans(
    row: GridRow, below: Sequence[GridRow], covered: Sequence[int], width: int
) -> list[Merged]:
    """The cells of a header's row with what they cover; where the file does not say it, as far as blank cells follow.

    A blank cell is covered from its left only if something below it stands there.
    """
    if row.line.merged or any(other.line.merged for other in below):
        merged = {m.column: m for m in row.line.merged}
        return [
            merged.get(column, Merged(column, 1, 1))
            for column, text in enumerate(row.cells)
            if text
        ]
    spans: list[Merged] = []
    for column, text in enumerate(row.cells):
        if text:
            spans.append(Merged(column, 1, 1))
        elif (
            spans
            and not covered[column]
            and any(column < len(other.cells) and other.cells[column] for other in below)
        ):
            last = spans[-1]
            if last.column + last.columns == column:
                spans[-1] = last._replace(columns=last.columns + 1)
    return spans

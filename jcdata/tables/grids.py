"""The tables of a document as they are printed: captions, header, rows; without asking what they mean.

A table that a file keeps as one may hold several, as a sheet does: each begins with a title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.codes import CODE, LEVELS
from jcdata.documents.document import Document, Line
from jcdata.documents.table_titles import is_bare_title, without_continued
from jcdata.spec_files import patterns
from jcdata.table_templates import blank_signs, is_bare_total
from jcdata.tables.captions import MOST_CAPTIONS, captions_above, title_of
from jcdata.tables.grid_headings import headings_of
from jcdata.tables.grid_rows import (
    GridRow,
    begins_table,
    has_figure,
    is_caption_row,
    is_note_row,
    row_of,
    table_numbers,
)
from jcdata.tables.kinds import is_form_title
from jcdata.tables.printed import is_index_row
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.totals import is_total_name
from jcdata.tables.vocabulary import says_only_basis
from jcdata.text import label_key, strip_ordinal


class Grid(NamedTuple):
    """A table as printed. `headings` has for each column the texts of its header from top to bottom.

    `captions` are the lines above the header, `notes` those below the rows that belong to none. One that `goes_on` is the
    rest of the table above it.
    """

    title: str
    captions: tuple[Line, ...]
    header: tuple[GridRow, ...]
    headings: tuple[tuple[str, ...], ...]
    rows: tuple[GridRow, ...]
    notes: tuple[Line, ...]
    goes_on: bool = False

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
        return [*self.captions, *(row.line for row in (*self.header, *self.rows)), *self.notes]


def find_grids(document: Document, furniture: set[int]) -> list[Grid]:
    """The tables of a document in which cells are kept apart, in order; none where only white space does."""
    lines = [line for line, _ in document.filled if line.no not in furniture]
    # Captions, rows, notes below them, whether text is above
    tables: list[tuple[list[Line], list[Line], list[Line], bool]] = []
    latest: dict[int, tuple[list[Line], list[Line]]] = {}  # number of a table -> its rows and notes
    above: list[Line] = []
    below: list[Line] | None = None  # the notes of a table, while nothing else stands below it
    for line, number in zip(lines, table_numbers(document, lines), strict=True):
        if number is None:
            if below is not None and _is_note(line):
                below.append(line)
            else:
                below = None
            above.append(line)
            continue
        captions = captions_above(above)
        if number not in latest or title_of(captions):
            latest[number] = [], []
            tables.append((captions, *latest[number], bool(above)))
        else:  # a cell as wide as the table may stand for no row of it
            latest[number][0].extend(between for between in above if says_only_basis(between.text))
        rows, below = latest[number]
        rows.append(line)
        above = []
    grids: list[Grid] = []
    for captions, rows, notes, is_below_text in tables:
        found = list(_grids_of(captions, [row_of(line) for line in rows]))
        for grid in found:
            if grids and _is_rest(grids[-1], grid):
                last = grids[-1]
                grid = grid._replace(title=last.title, headings=last.headings, goes_on=True)
            elif grids and not is_below_text and _goes_on(grids[-1], grid):
                last = grids.pop()
                grid = last._replace(rows=last.rows + grid.rows, notes=last.notes + grid.notes)
            grids.append(grid)
        if found:
            grids[-1] = grids[-1]._replace(notes=(*grids[-1].notes, *notes))
    return grids


def _is_note(line: Line) -> bool:
    """Whether a line outside the tables is a whole note; one with a figure is prose, of which claims are made."""
    key, spec = label_key(line.text), patterns("sections")
    is_note = any(spec[kind].fullmatch(key) for kind in ("note", "no_data"))
    is_whole = key.endswith("。") or not spec["sentence"].search(key)
    return is_note and is_whole and not patterns("passages")["has_figure"].search(key)


def _goes_on(last: Grid, grid: Grid) -> bool:
    """Whether a table goes on with the one above it: under the same header, with nothing between them."""
    return bool(
        grid.header and not grid.captions and not last.notes and last.headings == grid.headings
    )


def _is_rest(last: Grid, grid: Grid) -> bool:
    """Whether a table is the rest of the one above it: it is called so, or title, captions and header are printed again, no row."""
    if not grid.title or (grid.header and grid.headings != last.headings):
        return False
    if not without_continued(label_key(grid.title)):
        return True
    captions, before = ([label_key(x.text) for x in each.captions] for each in (grid, last))
    return bool(grid.header) and captions == before and _labels(last).isdisjoint(_labels(grid))


def _labels(grid: Grid) -> set[tuple[str, ...]]:
    """What the rows of a table are called."""
    return {tuple(cell for cell in row.filled if not _is_amount(cell)) for row in grid.rows}


def _grids_of(captions: list[Line], rows: Sequence[GridRow]) -> Iterator[Grid]:
    """The tables of one table of the file: the first, and others where a title stands in a row by itself or a header begins.

    Below a header no title stands for, as in a form, others belong to the same table.
    """
    starts = [0]
    header = _header(rows)
    title = title_of([*captions, *(row.line for row in rows[:MOST_CAPTIONS])])
    is_titled = bool(title) and not is_form_title(title)
    for i, row in enumerate(rows):
        above = rows[starts[-1] : i]
        begun = any(len(other.filled) > 1 and not is_caption_row(other) for other in above)
        if begun and len(row.filled) == 1 and (begins_table(row.filled[0]) or _is_bare(rows, i)):
            starts.append(i)
            header = _header(rows[i:])
            is_titled = not is_form_title(row.filled[0])
        elif begun and is_titled and _begins_header(row, above, header, rows[i + 1 : i + 2]):
            starts.append(i - _length_of_heading(above))
            header = _header(rows[i:])
            is_titled = False
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        grid = _grid(captions if number == 0 else [], rows[start:end])
        if grid:
            yield grid


def _is_bare(rows: Sequence[GridRow], i: int) -> bool:
    """Whether a row is a title without the word, above captions in rows of their own."""
    keys = [label_key("".join(row.filled)) for row in rows[i : i + 1 + MOST_CAPTIONS]]
    return is_bare_title(keys, 0)


def _header(rows: Sequence[GridRow]) -> Sequence[GridRow]:
    """The rows of the header of a table that begins with its captions."""
    body = rows[_end_of_captions(rows) :]
    return body[: _end_of_header(body)]


def _begins_header(
    row: GridRow, above: Sequence[GridRow], header: Sequence[GridRow], below: Sequence[GridRow]
) -> bool:
    """Whether a row below others is the header of another table: words where they have figures, or figures where they have words.

    One of the header above is that header again, on the next page.
    """
    words = [
        column
        for column, cell in enumerate(row.cells)
        if cell and not LOOKS_LIKE_FIGURE.fullmatch(cell) and cell not in blank_signs()
    ]
    if len(words) < 2 or len(words) < len(row.filled) or row in header or _repeats(row, header):
        return False
    return any(
        _has_figures(above, column) or (_has_words(above, column) and _has_figures(below, column))
        for column in words
    )


def _has_figures(rows: Sequence[GridRow], column: int) -> bool:
    """Whether amounts stand in a column."""
    return any(_is_amount(row.cells[column]) for row in rows if column < len(row.cells))


def _has_words(rows: Sequence[GridRow], column: int) -> bool:
    """Whether a column has words and no number."""
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]]
    return bool(cells) and not any(any(map(str.isdigit, cell)) for cell in cells)


def _length_of_heading(rows: Sequence[GridRow]) -> int:
    """How many rows right above a header hold a single text, such as what the table is called."""
    length = 0
    for row in reversed(rows):
        if len(row.filled) != 1 or has_figure(row) or is_total_name(row.filled[0]):
            break
        length += 1
    return length


def _grid(captions: list[Line], rows: Sequence[GridRow]) -> Grid | None:
    first = _end_of_captions(rows)
    last = len(rows)
    while last > first and is_note_row(rows[last - 1]):
        last -= 1
    body = [row for row in rows[first:last] if not is_index_row(" ".join(row.cells))]
    if not body:
        return None
    above = [*captions, *(row.line for row in rows[:first])]
    end = _end_of_header(body)
    header = body[:end]
    return Grid(
        title=title_of(above),
        captions=tuple(above),
        header=tuple(header),
        headings=headings_of(header, max(len(row.cells) for row in body)),
        rows=tuple(row for row in body[end:] if not _repeats(row, header)),
        notes=tuple(row.line for row in rows[last:]),
    )


def _end_of_captions(rows: Sequence[GridRow]) -> int:
    """Index of the first row of the header: above it stand titles and captions, each in a row by itself."""
    end = 0
    for i, row in enumerate(rows[:MOST_CAPTIONS]):
        if is_caption_row(row):
            end = i + 1
        elif len(row.filled) > 1 or has_figure(row):
            break
    return end


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
        if (i and _begins_data(row, following)) or has_figure(row):
            return i
        reach = max(reach, i + _depth(row))
    return len(rows)


def _depth(row: GridRow) -> int:
    """How many rows the deepest cell of a row covers."""
    return max((m.rows for m in row.line.merged if row.cells[m.column]), default=1)


def _has_amount(row: GridRow) -> bool:
    """Whether a figure stands in a row that is no year, code or number of a column."""
    return any(map(_is_amount, row.cells))


def _is_amount(cell: str) -> bool:
    return bool(LOOKS_LIKE_FIGURE.fullmatch(cell)) and not CODE.fullmatch(cell)


def _begins_data(row: GridRow, following: GridRow | None) -> bool:
    """Whether a row without figures is the first below the header: that of an item, or a total with nothing below it."""
    filled = [cell for cell in row.filled if cell not in LEVELS and cell not in blank_signs()]
    if not filled:
        return False
    has_figures_below = following is not None and has_figure(following)
    if len(filled) == 1 and is_total_name(filled[0]):
        return has_figures_below or not following or not following.filled
    if has_figures_below and all(map(is_bare_total, filled)):
        return False  # 合计 below each of several headings
    return all(strip_ordinal(cell) != cell or is_total_name(cell) for cell in filled)


def _repeats(row: GridRow, header: Sequence[GridRow]) -> bool:
    """Whether a row is one of the header, printed again on the next page."""
    return bool(row.filled) and any(row.cells == other.cells for other in header)

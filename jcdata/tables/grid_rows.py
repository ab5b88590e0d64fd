"""A row of a table whose cells are kept apart, what rows beside the figures are, and of which table a line is a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcdata.documents.document import Document, Line, begins_text_table, is_pipe_row, is_text_row
from jcdata.tables.captions import title_in
from jcdata.tables.kinds import is_form_title
from jcdata.tables.printed import is_caption, is_note
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.vocabulary import says_only_basis
from jcdata.text import label_key, squeeze


class GridRow(NamedTuple):
    """A row: its line, its cells without white space; what is no cell of its own but covered by another is ''."""

    line: Line
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell]

    def cell(self, number: int) -> str:
        """The cell in a column, '' where the row is shorter."""
        return self.cells[number] if number < len(self.cells) else ""


def row_of(line: Line) -> GridRow:
    """A line as a row."""
    return GridRow(line, tuple(squeeze(cell) for cell in line.text.split("\t")))


def begins_table(text: str) -> bool:
    """Whether a text is the title of a table or of a form."""
    return bool(title_in(text)) or is_form_title(text)


def is_caption_row(row: GridRow) -> bool:
    """Whether a row above a header is none of the table: its title, the unit, the unit of money, the year."""
    filled = row.filled
    if all(is_caption(label_key(cell)) for cell in filled):
        return True
    rest = [cell for cell in filled if not is_caption(label_key(cell))]
    return len(rest) == 1 and begins_table(rest[0])


def is_note_row(row: GridRow) -> bool:
    """Whether a row is a note below a table."""
    filled = row.filled
    return len(filled) == 1 and is_note(label_key(filled[0]))


def is_basis_row(row: GridRow) -> bool:
    """Whether a row says only that those below it are of the budget, or of the account."""
    filled = row.filled
    return len(filled) == 1 and says_only_basis(filled[0])


def has_figure(row: GridRow) -> bool:
    """Whether a figure or a code stands in a row."""
    return any(LOOKS_LIKE_FIGURE.fullmatch(cell) for cell in row.cells)


def table_numbers(document: Document, lines: Sequence[Line]) -> list[int | None]:
    """For each line the number of its table: as the file says it, unless it is all captions; in text, rows with cells kept apart."""
    if any(line.table is not None for line in lines):
        tables: set[int | None] = set()
        for line in lines:
            if line.table not in tables and not is_caption_row(row_of(line)):
                tables.add(line.table)
        return [line.table if line.table in tables else None for line in lines]
    numbers: list[int | None] = []
    number, last = 0, 0
    for line in lines:
        row = row_of(line) if is_text_row(line) else None
        if row is None or (is_caption_row(row) and any(map(begins_table, row.filled))):
            numbers.append(None)
            continue
        goes_on = bool(numbers) and numbers[-1] is not None
        if is_pipe_row(line.raw):  # a blank line ends a table of Markdown
            goes_on = goes_on and all(x.raw.strip() for x in document.lines[last : line.no - 1])
        if not goes_on and (not begins_text_table(line) or is_caption_row(row)):
            numbers.append(None)
            continue
        number += not goes_on
        last = line.no
        numbers.append(number)
    return numbers

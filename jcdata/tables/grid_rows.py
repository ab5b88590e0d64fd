"""A row of a table whose cells are kept apart, and what rows beside the figures are."""

from __future__ import annotations

from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.tables.captions import title_in
from jcdata.tables.kinds import is_form_title
from jcdata.tables.printed import is_caption, is_note
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.text import label_key, squeeze


class GridRow(NamedTuple):
    """A row: its line, its cells without white space; what is no cell of its own but covered by another is ''."""

    line: Line
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell]


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


def has_figure(row: GridRow) -> bool:
    """Whether a figure or a code stands in a row."""
    return any(LOOKS_LIKE_FIGURE.fullmatch(cell) for cell in row.cells)

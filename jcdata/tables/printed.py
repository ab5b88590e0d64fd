"""The rows of a table as they are printed: what all its readers hand on, and what tells a row from other lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from jcdata.codes import LEVELS
from jcdata.documents.document import Line
from jcdata.documents.formats.rows import Recognised
from jcdata.messages import Message
from jcdata.spec_files import patterns, spec_words
from jcdata.table_templates import ColumnSpec, TableSpec
from jcdata.tables.placement import Gap, Placement
from jcdata.tables.tokens import has_amount
from jcdata.text import label_key

_INDEX = re.compile(r"[(（]?(?P<number>\d{1,2})[)）]?(?:[=＝][\d+＋\-－()（）]+)?")


class PrintedFigure(NamedTuple):
    """A figure and the column that it stands in; `placed_by` as in `schema.BudgetLine`.

    `item` is what it is about where the items stand in the header. `heading` is that of its column as printed, `unit` the
    unit of money that the heading names. One that was read off a picture has `recognised`; `is_confirmed` says that a sum
    confirms it.
    """

    measure: str
    text: str
    line_no: int
    placed_by: str = "print"
    item: str = ""
    heading: str = ""
    unit: str | None = None
    column_no: int = 0
    recognised: Recognised | None = None
    is_confirmed: bool = False

    @property
    def read_by(self) -> str:
        """As in `schema.BudgetLine`."""
        if not self.recognised:
            return "text"
        return "sums" if self.is_confirmed else "ocr"


class PrintedRow(NamedTuple):
    """One side of one row. `governmental_item` is printed beside economic items only, `organisation` where rows are of several units."""

    side: str
    code: str
    name: str
    governmental_item: str
    figures: tuple[PrintedFigure, ...]
    line_no: int
    organisation: str = ""
    table_key: str = ""  # of the table that it belongs to, if not the one in which it is printed
    sums_up: bool = False  # others, as its place in the table says, whatever it is called


class Header(NamedTuple):
    """What a template's header says of a table: its columns in print order, and the labels of those it does not show.

    `unknown` are the headings of amounts that the table has and the template has not.
    """

    spec: TableSpec
    columns: tuple[ColumnSpec, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def misfit(self) -> tuple[int, int, int]:
        """How badly the template fits: amounts unknown, columns missing, then how few columns it explains."""
        return len(self.unknown), len(self.missing), -len(self.columns)

    @property
    def fits(self) -> bool:
        """Whether the header shows at least half of the columns that the template demands, and no other amounts."""
        demanded = sum(not column.optional for column in self.spec.columns)
        return not self.unknown and len(self.missing) * 2 <= demanded


class PlacedRow(NamedTuple):
    """How the figures of a row were given their columns where white space parts them.

    `gaps` stand before the figures, `trailing` spaces after the last; the placement counts `columns` from 0.
    """

    name: str
    line_nos: tuple[int, ...]
    figures: tuple[str, ...]
    gaps: tuple[Gap, ...]
    trailing: int
    columns: tuple[ColumnSpec, ...]
    placement: Placement


class PrintedTable(NamedTuple):
    """The rows of a table and the header by which they were read; no rows if it fits no template.

    `unplaced` are lines with figures that could not be given a column, with the reason; `stray` are lines of text
    that belong to no row; `placed` says how rows were read that only white space divides.
    """

    header: Header
    rows: list[PrintedRow]
    unplaced: list[tuple[Line, Message]]
    stray: list[Line]
    placed: tuple[PlacedRow, ...] = ()


def by_item(row: PrintedRow) -> list[PrintedRow]:
    """A row as it is, or where the items stand in the header one row for each of them."""
    if not any(figure.item for figure in row.figures):
        return [row]
    items = dict.fromkeys(figure.item for figure in row.figures)
    return [
        row._replace(name=item, figures=tuple(f for f in row.figures if f.item == item))
        for item in items
    ]


@lru_cache(maxsize=4096)  # several readers ask it of each line
def is_caption(key: str) -> bool:
    """Whether a line names the unit, the unit of money or the year, or marks the table's number."""
    spec = patterns("sections")
    if key.isdigit():
        return False  # a number alone may be a part of a code
    rest = spec["caption_rest"].sub("", key)
    return not rest or bool(spec["unit_name"].match(rest) or spec["table_mark"].fullmatch(key))


def without_captions(lines: Iterable[Line]) -> list[Line]:
    """The lines of a table without captions and notes; a year in brackets right below a row is the end of its name.

    A line with an amount is a row, whatever it begins with.
    """
    kept: list[Line] = []
    above: Line | None = None
    for line in lines:
        key = label_key(line.text)
        ends_name = (
            key.startswith("(")
            and key.endswith(")")
            and above is not None
            and above.no == line.no - 1
            and kept[-1:] == [above]
        )
        if ends_name or has_amount(line.text) or not (is_caption(key) or is_note(key)):
            kept.append(line)
        above = line
    return kept


def is_note(key: str) -> bool:
    """Whether a line is a note below a table, such as 注：本表无数据, or a heading that a page break left there."""
    spec = patterns("sections")
    return bool(
        spec["note"].fullmatch(key)
        or spec["no_data"].fullmatch(key)
        or spec["chapter_of_tables"].fullmatch(key)
    )


def is_header_text(key: str, spec: TableSpec) -> bool:
    """Whether a text consists of words of the template's header and nothing else."""
    position = 0
    while position < len(key):
        match = spec.header_word.match(key, position)
        if not match or match.end() == position:
            return False
        position = match.end()
    return True


def name_item(column: ColumnSpec, label: str | None, spec: TableSpec) -> ColumnSpec:
    """In a table whose items stand in the header, the column with its item: the label as printed, or the template's."""
    return column._replace(item=column.item or label or column.labels[0]) if spec.wide else column


def is_index_row(text: str) -> bool:
    """Whether a line counts the columns: 1 2 3 4 5, and says which sums up which: 1=2+3."""
    words = text.split()
    numbers = [
        match["number"] if (match := _INDEX.fullmatch(word)) else word
        for word in words
        if word not in _index_words()
    ]
    return (
        len(words) > 1 and bool(numbers) and numbers == [str(i) for i in range(1, len(numbers) + 1)]
    )


@cache
def _index_words() -> frozenset[str]:
    return frozenset(spec_words("tables")["index_words"]).union(LEVELS)

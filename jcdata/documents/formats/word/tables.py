"""The tables of a Word file: their rows and cells, and which cells belong to those above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from jcdata.documents.formats.rows import Cell, Row, TableRow
from jcdata.documents.formats.word.parts import W, is_on

TABLE, ROW, CELL = (W + tag for tag in ("tbl", "tr", "tc"))
_CHOICE, FALLBACK = (  # a fallback is the same once more
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}" + tag
    for tag in ("Choice", "Fallback")
)
# Properties, what revisions took away, the readings above words
SKIPPED = frozenset(
    W + tag for tag in ("pPr", "rPr", "del", "moveFrom", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr", "rt", "tblGrid")
)  # fmt: skip


class PlacedCell(NamedTuple):
    """A cell of a table with its column; `is_continued` says that it belongs to the one above."""

    column: int
    cell: Cell
    is_continued: bool


def joined_downwards(rows: Sequence[list[PlacedCell] | Row]) -> list[TableRow]:
    """The rows with their cells, those that belong to one above left to it."""
    joined: list[TableRow] = []
    open_cells: dict[tuple[int, int], tuple[list[Cell], int, int]] = {}
    for number, row in enumerate(rows):
        if isinstance(row, Row):
            joined.append(row)
            continue
        cells: list[Cell] = []
        reached: dict[tuple[int, int], tuple[list[Cell], int, int]] = {}
        for column, cell, is_continued in row:
            place = column, cell.column_span
            if is_continued and place in open_cells:
                above, index, first = open_cells[place]
                begun = above[index]
                hidden = {"hidden"} if cell.text or cell.left_out else set()
                above[index] = begun._replace(
                    row_span=number - first + 1, left_out=begun.left_out | hidden
                )
                reached[place] = open_cells[place]
            else:
                cells.append(cell)
                reached[place] = cells, len(cells) - 1, number
        open_cells = reached
        joined.append(cells)
    return joined


def inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, those in content controls and revisions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in SKIPPED and child.tag != FALLBACK:
            yield from inside(child, tag)


def has_choice(fallback: etree._Element) -> bool:
    """Whether what a fallback stands for is there itself."""
    parent = fallback.getparent()
    return parent is not None and parent.find(_CHOICE) is not None


def has_text(cell: etree._Element) -> bool:
    """Whether anything is written in a cell."""
    return any((text.text or "").strip() for text in cell.iter(W + "t"))


def has_columns(table: etree._Element) -> bool:
    """Whether a table has cells beside each other."""
    return any(len(list(inside(row, CELL))) > 1 for row in inside(table, ROW))


def is_gone(row: etree._Element) -> bool:
    """Whether a row was deleted, or is hidden."""
    return any(is_on(row, "trPr", tag) for tag in ("del", "hidden"))

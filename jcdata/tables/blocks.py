"""The rows of a table as its columns give them: by the labels beside the figures, by the headings above them, or by neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcdata.codes import LEVELS
from jcdata.schema import STATUTORY_TABLES
from jcdata.table_templates import blank_signs
from jcdata.tables.columns import (
    ITEM_CODE,
    ITEM_NAME,
    TOTAL,
    Column,
    measures_of,
    vocabulary,
)
from jcdata.tables.grids import Grid, GridRow
from jcdata.tables.kinds import kind_of
from jcdata.tables.printed import PrintedFigure, PrintedRow
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.totals import is_total_name
from jcdata.text import label_key, strip_ordinal

OPERATING = "agency_operating_expenses"


class Block(NamedTuple):
    """Columns side by side that make up a row: texts, then the money beside them."""

    side: str
    texts: tuple[Column, ...]
    money: tuple[Column, ...]
    measures: dict[int, str]

    @property
    def has_codes(self) -> bool:
        """Whether its rows carry classification codes."""
        return any(column.role == ITEM_CODE for column in self.texts)


def blocks_of(columns: Sequence[Column], key: str | None) -> list[Block]:
    """The columns in blocks, one from each text on that follows money."""
    groups: list[list[Column]] = [[]]
    for column in columns:
        follows_money = groups[-1] and any(c.is_money for c in groups[-1])
        if follows_money and column.role in (ITEM_NAME, ITEM_CODE):
            groups.append([])
        groups[-1].append(column)
    if len(groups) > 1 and not any(c.is_money for c in groups[-1]):
        remarks = groups.pop()
        groups[-1] += remarks
    sides = list(STATUTORY_TABLES[key].rows_are) if key else [""]
    return [
        Block(
            side=_side(group, sides, number),
            texts=tuple(column for column in group if not column.is_money),
            money=tuple(column for column in group if column.is_money),
            measures=measures_of(group),
        )
        for number, group in enumerate(groups)
    ]


def _side(columns: Sequence[Column], sides: Sequence[str], number: int) -> str:
    """The side of a block, where the table has two: its heading says it, else the first is revenue's."""
    if len(sides) == 1:
        return sides[0]
    words = vocabulary()
    for column in columns:
        for text in column.heading:
            if words.expenditure.search(label_key(text)):
                return "expenditure"
            if words.revenue.search(label_key(text)):
                return "revenue"
    return sides[min(number, 1)]


def names_items(blocks: Sequence[Block], grid: Grid) -> bool:
    """Whether the rows of a table are its items, so that a column names them."""
    numbers = [
        c.number for block in blocks for c in block.texts if c.role in (ITEM_NAME, ITEM_CODE)
    ]
    return any(
        number < len(row.cells) and row.cells[number] for number in numbers for row in grid.rows
    )


def rows_of_labels(grid: Grid, blocks: Sequence[Block]) -> list[PrintedRow]:
    """The rows of a table, block by block."""
    found: list[PrintedRow] = []
    labels = _Labels()
    for row in grid.rows:
        beside = ""
        labels.add(row)
        for block in blocks:
            printed = _row(row, block, beside, labels)
            beside = printed.name or beside
            if printed.code or printed.name or printed.figures:
                found.append(printed)
    return found


class _Labels:
    """The labels that still stand for a row, by their column: the latest, and of these those whose cells reach down to it."""

    def __init__(self) -> None:
        self.latest: dict[int, str] = {}
        self._reaching: dict[int, int] = {}  # column -> rows that its cell still covers

    def add(self, row: GridRow) -> None:
        """Go on to a row."""
        self._reaching = {column: left - 1 for column, left in self._reaching.items() if left > 1}
        for number, cell in enumerate(row.cells):
            if cell:
                self.latest[number] = cell
                self._reaching.pop(number, None)
        for merged in row.line.merged:
            if merged.rows > 1 and cell_of(row, merged.column):
                self._reaching[merged.column] = merged.rows

    def reaching(self, numbers: Sequence[int]) -> str:
        """The rightmost of some columns' labels whose cell reaches down to the row, '' if none does."""
        return next((self.latest[n] for n in reversed(numbers) if n in self._reaching), "")


def _row(row: GridRow, block: Block, beside: str, labels: _Labels) -> PrintedRow:
    texts: dict[str, list[str]] = {}
    for column in block.texts:
        cell = cell_of(row, column.number)
        if not cell or cell in blank_signs() or cell in LEVELS:
            continue
        texts.setdefault(column.role, []).append(
            _code_part(cell, texts) if column.role == ITEM_CODE else cell
        )
    code = label_key("".join(texts.get(ITEM_CODE, ())))
    names = texts.get(ITEM_NAME, [])
    if not code.isdigit():  # a total's label stands in the column of the codes
        names, code = [*([code] if code else []), *names], ""
    numbers = [column.number for column in block.texts if column.role == ITEM_NAME]
    name = strip_ordinal(names[0] if names else labels.reaching(numbers))
    if not code and name:
        code, name = _code_in(name)
    if name and vocabulary().part.fullmatch(name):
        name = _group(block, row, labels) or name
    figures = tuple(_figures(row, block))
    return PrintedRow(
        side=block.side,
        code=code,
        name=name or ("" if code else beside),
        governmental_item="".join(texts.get("governmental_item", ())),
        figures=figures,
        line_no=row.line.no,
        organisation=_organisation(texts.get("organisation", ())),
    )


def _organisation(names: Sequence[str]) -> str:
    """The unit of a row; a total is none."""
    return " ".join(name for name in names if not is_total_name(name))


def _code_in(name: str) -> tuple[str, str]:
    """A code that is printed before or behind a name, and the name; no code where there is none."""
    words = vocabulary()
    match = words.code_before.fullmatch(name) or words.code_behind.fullmatch(name)
    return (match["code"], match["name"]) if match else ("", name)


def _code_part(cell: str, texts: dict[str, list[str]]) -> str:
    """A part of a code; 款 and 项 have two digits, also where a sheet lost the first zero."""
    return cell.zfill(2) if texts.get(ITEM_CODE) and cell.isdigit() else cell


def _group(block: Block, row: GridRow, labels: _Labels) -> str:
    """What a 小计 sums up: the label that still stands to its left."""
    number = next(c.number for c in block.texts if cell_of(row, c.number))
    left = [
        labels.latest[c.number]
        for c in block.texts
        if c.number < number and c.number in labels.latest
    ]
    return strip_ordinal(left[-1]) if left else ""


def cell_of(row: GridRow, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""


def _cells_of(row: GridRow, block: Block, role: str) -> list[str]:
    cells = (cell_of(row, column.number) for column in block.texts if column.role == role)
    return [cell for cell in cells if cell]


def _figures(row: GridRow, block: Block) -> list[PrintedFigure]:
    return [
        PrintedFigure(
            measure=block.measures[column.number],
            text=text,
            line_no=row.line.no,
            heading=" / ".join(column.heading),
            unit=column.unit,
            column_no=column.number + 1,
        )
        for column in block.money
        if (text := cell_of(row, column.number)) and LOOKS_LIKE_FIGURE.fullmatch(text)
    ]


def nameless_rows(grid: Grid, block: Block) -> list[PrintedRow]:
    """Rows of a table without a column of names: all of them are the table's total."""
    return [
        PrintedRow(
            side=block.side,
            code="",
            name=vocabulary().total_name,
            governmental_item="",
            figures=tuple(_figures(row, block)),
            line_no=row.line.no,
            organisation=_organisation(_cells_of(row, block, "organisation")),
        )
        for row in grid.rows
    ]


def rows_of_headings(grid: Grid, blocks: Sequence[Block]) -> list[PrintedRow]:
    """One row for each expense that the header names."""
    found: list[PrintedRow] = []
    for row in grid.rows:
        for block in blocks:
            by_name: dict[str, list[PrintedFigure]] = {}
            for figure in _figures(row, block):
                by_name.setdefault(_expense(figure.heading.split(" / ")), []).append(
                    figure._replace(measure=_of_expense(figure.measure))
                )
            organisation = _organisation(_cells_of(row, block, "organisation"))
            found += [
                PrintedRow(
                    side="",
                    code="",
                    name=name,
                    governmental_item="",
                    figures=tuple(figures),
                    line_no=row.line.no,
                    organisation=organisation,
                    table_key=OPERATING if kind_of(name) == OPERATING else "",
                )
                for name, figures in by_name.items()
            ]
    return found


def _expense(heading: Sequence[str]) -> str:
    """The expense that a heading names; a 小计 is that of the expense above it."""
    words = vocabulary()
    plain = [
        words.around_expense.sub("", text) or text for text in heading if not _says_only_basis(text)
    ] or list(heading)
    is_part = words.part.fullmatch(label_key(plain[-1])) and len(plain) > 1
    return strip_ordinal(plain[-2] if is_part else plain[-1])


def _of_expense(measure: str) -> str:
    """What a figure of an expense measures: what its heading says besides, else its total."""
    return measure if measure in ("budgeted", "prior_year_actual", "change") else TOTAL


def _says_only_basis(text: str) -> bool:
    words = vocabulary()
    key = label_key(text)
    return bool(words.budgeted.fullmatch(key) or words.accounted.fullmatch(key))

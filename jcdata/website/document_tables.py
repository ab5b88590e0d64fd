"""The statutory tables of a document as they are shown: a row for each printed row, a column for each measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from jcdata.schema import MEASURES, BudgetLine, PrintedCell

MOST_BARS = 12


class Figure(NamedTuple):
    """A printed figure with its own address on the page of its table."""

    anchor: str
    text: str
    yuan: Decimal
    line_no: int
    page_no: int | None


class Row(NamedTuple):
    """A row of a table: one line of budget for each column that prints a figure."""

    anchor: str | None  # of its line; None where another row of the line stands above
    first: BudgetLine
    figures: list[Figure | None]


class Part(NamedTuple):
    """A table, or the revenue or expenditure side of one that has both."""

    side: str
    headings: list[str]
    rows: list[Row]


class Bar(NamedTuple):
    """An item of a chart, and its part of the longest."""

    name: str
    yuan: Decimal
    share: float


def parts_of(lines: Sequence[BudgetLine]) -> list[Part]:
    """The sides of a table, in the order of print."""
    sides: defaultdict[str, list[BudgetLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.row_no):
        sides[line.side].append(line)
    seen: set[int] = set()
    parts = []
    for side, own in sides.items():
        columns = sorted(
            dict.fromkeys((line.heading, line.measure) for line in own),
            key=lambda column: list(MEASURES).index(column[1]),
        )
        rows: defaultdict[int, list[BudgetLine]] = defaultdict(list)
        for line in own:
            rows[line.row_no].append(line)
        parts.append(
            Part(
                side=side,
                headings=[heading or MEASURES[measure] for heading, measure in columns],
                rows=[_row(row, columns, seen) for row in rows.values()],
            )
        )
    return parts


def bars_of(part: Part) -> list[Bar]:
    """The largest items of the topmost level by their first column, if there are several."""
    rows = [(row.first, row.figures[0]) for row in part.rows if not row.first.is_total]
    levels = {line.item_level for line, _ in rows if line.item_level}
    top = min(levels, default=None)
    items = [
        (line.item_name, figure.yuan)
        for line, figure in rows
        if figure and figure.yuan > 0 and line.item_level == top
    ]
    largest = sorted(items, key=lambda item: -item[1])[:MOST_BARS]
    if len(largest) < 2:
        return []
    return [Bar(name=name, yuan=yuan, share=float(yuan / largest[0][1])) for name, yuan in largest]


def grid_of(cells: Iterable[PrintedCell]) -> tuple[list[str], list[list[PrintedCell | None]]]:
    """The headings and rows of a table of unknown meaning."""
    columns: dict[int, str] = {}
    rows: defaultdict[int, dict[int, PrintedCell]] = defaultdict(dict)
    for cell in cells:
        columns.setdefault(cell.column_no, cell.heading)
        rows[cell.row_no][cell.column_no] = cell
    numbers = sorted(columns)
    return [columns[n] for n in numbers], [
        [row.get(n) for n in numbers] for _, row in sorted(rows.items())
    ]


def _row(lines: list[BudgetLine], columns: list[tuple[str, str]], seen: set[int]) -> Row:
    first = lines[0]
    anchor = None if first.line_no in seen else f"l{first.line_no}"
    seen.add(first.line_no)
    counts: defaultdict[str, int] = defaultdict(int)
    figures: dict[tuple[str, str], Figure] = {}
    for line in lines:
        counts[line.measure] += 1
        again = counts[line.measure]
        parts = [f"r{line.row_no}", line.side, line.measure, str(again) if again > 1 else ""]
        figures[line.heading, line.measure] = Figure(
            anchor="-".join(filter(None, parts)),
            text=line.amount_text,
            yuan=line.amount_yuan,
            line_no=line.line_no,
            page_no=line.page_no,
        )
    return Row(anchor=anchor, first=first, figures=[figures.get(column) for column in columns])

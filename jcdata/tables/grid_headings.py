"""What the header of a table says above each of its columns, where cells are kept apart."""

from __future__ import annotations

from collections.abc import Sequence

from jcdata.documents.formats.rows import Merged
from jcdata.table_templates import blank_signs
from jcdata.tables.grid_rows import GridRow


def headings_of(header: Sequence[GridRow], width: int) -> tuple[tuple[str, ...], ...]:
    """For each column the texts of the header's cells that cover it, from top to bottom."""
    found: list[list[str]] = [[] for _ in range(width)]
    covered: list[int] = [0] * width  # rows that a cell from above still covers
    for depth, row in enumerate(header):
        spans = _spans(row, header[depth + 1 :], covered)
        covered = [max(0, left - 1) for left in covered]
        for span in spans:
            text = _heading(row.cells[span.column])
            for column in range(span.column, min(span.column + span.columns, width)):
                if text and (not found[column] or found[column][-1] != text):
                    found[column].append(text)
                covered[column] = max(covered[column], span.rows - 1)
    return tuple(tuple(texts) for texts in found)


def _heading(cell: str) -> str:
    """A cell of a header, '' where a sign says that it is blank."""
    return "" if cell in blank_signs() else cell


def _spans(row: GridRow, below: Sequence[GridRow], covered: Sequence[int]) -> list[Merged]:
    """The cells of a header's row with what they cover; where the file does not say it, as far as blank cells follow.

    A blank cell is covered from its left only if something below it stands there.
    """
    if row.line.merged or any(other.line.merged for other in below):
        merged = {m.column: m for m in row.line.merged}
        return [
            merged.get(column, Merged(column, 1, 1))
            for column, text in enumerate(row.cells)
            if _heading(text)
        ]
    spans: list[Merged] = []
    for column, text in enumerate(row.cells):
        if _heading(text):
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

"""Labels in the middle beside the rows of tables without ruling lines to which they belong: they go where these begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcdata.documents.formats.pdf.broken_amounts import is_piece
from jcdata.documents.formats.pdf.ruled_tables import RuledCell

NEAR_MIDDLE = 0.3  # of the distance of two rows, by which a label may miss the middle of its rows

Cells = Sequence[RuledCell]


class _Label(NamedTuple):
    """A label with its row and its height on the page."""

    row: int
    middle: float


def with_labels_in_first_rows(rows: Sequence[Cells], middles: Sequence[float]) -> dict[int, Cells]:
    """Rows with the labels of their first column in the first of the rows that share them, as merged cells have them.

    `middles` are the heights of the rows. Nothing changes unless each label stands in the middle of rows of its own, and
    all rows have one. A label at the first of its rows stands where it belongs. Rows keep their numbers; those that have
    only a label are left out.
    """
    if any(len(row) < 2 or row[0].x1 > row[1].x0 for row in rows):
        return dict(enumerate(rows))
    labels = [_Label(i, middles[i]) for i, row in enumerate(rows) if row[0].text]
    items = [i for i, row in enumerate(rows) if row[1].text and not is_piece(row[1].text)]
    others = [i for i in range(len(rows)) if i not in items]
    between = [i for i in others if not any(cell.text for cell in rows[i][1:])]
    labels = [label for label in labels if label.row not in others or label.row in between]
    spans = _spans(labels, items, middles)
    if not spans or not (between or labels[0].row != items[0]):
        return dict(enumerate(rows))
    moved = {
        first: rows[label.row][0]._replace(row_span=count)
        for label, (first, count) in zip(labels, spans, strict=True)
    }
    blank = {label.row for label in labels} - set(moved)
    return {
        i: [moved.get(i, row[0]._replace(text="") if i in blank else row[0]), *row[1:]]
        for i, row in enumerate(rows)
        if i not in between
    }


def _spans(
    labels: Sequence[_Label], items: Sequence[int], middles: Sequence[float]
) -> list[tuple[int, int]]:
    """The first row of each label and how many it has; none if they do not have all rows between them."""
    spans: list[tuple[int, int]] = []
    if not items:
        return []
    apart = (middles[items[-1]] - middles[items[0]]) / max(len(items) - 1, 1)
    first = 0
    for label in labels:
        misses = [
            (abs((middles[items[first]] + middles[items[last]]) / 2 - label.middle), last)
            for last in range(first, len(items))
        ]
        miss, last = min(misses, default=(apart, 0))
        if miss > NEAR_MIDDLE * apart:
            return []
        spans.append((items[first], last - first + 1))
        first = last + 1
    return spans if first == len(items) else []

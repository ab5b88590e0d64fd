"""The rows of a text table whose cells stand in display columns: the cell of each word, and rows that wrap over lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcdata.classification import item_names
from jcdata.documents.document import Line
from jcdata.names import name_key
from jcdata.table_templates import blank_signs
from jcdata.tables.display import Span, Word
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.totals import is_total_name
from jcdata.text import strip_ordinal

WIDE = 2  # display columns of the first sign of what did not fit into a line any more


class TextRow(NamedTuple):
    """A row: the line that its figures stand in, its cells, and how many display columns each takes."""

    line: Line
    cells: tuple[str, ...]
    widths: tuple[int, ...]

    @property
    def has_number(self) -> bool:
        """Whether a figure, a code or a number stands in it."""
        return any(LOOKS_LIKE_FIGURE.fullmatch(cell) for cell in self.cells)


def row_of(line: Line, words: Sequence[Word], spans: Sequence[Span]) -> TextRow | None:
    """The cells of a line; None where a word stands below no column, or two columns' words could be one's."""
    cells = [""] * len(spans)
    widths = [0] * len(spans)
    for word in words:
        shares = [word.overlap(span.start, span.end) for span in spans]
        best = max(range(len(spans)), key=lambda i: (shares[i], not spans[i].has_numbers))
        is_text = not word.is_number and word.text not in blank_signs()
        if word.is_number and (shares[best] <= 0 or not spans[best].has_numbers):
            return None
        if is_text and spans[best].has_numbers and shares[best] > 0 and not _is_label(word, best):
            return None
        if is_text and shares[best] <= 0:
            texts = [i for i, span in enumerate(spans) if not span.has_numbers]
            best = max(texts or range(len(spans)), key=lambda i: shares[i])
        cells[best] += word.text
        widths[best] = max(widths[best], word.end - spans[best].start)
    return TextRow(line, tuple(cells), tuple(widths))


def _is_label(word: Word, column: int) -> bool:
    """Whether a text may stand in a column of numbers: the name of a total or a unit among codes."""
    return is_total_name(word.text) or column == 0


def join_wrapped(rows: Sequence[TextRow], spans: Sequence[Span], names_wrap: bool) -> list[TextRow]:
    """The rows, each with the lines over which its texts wrap.

    `names_wrap` says that each row has a code or is a project, so that a text alone is a part of a name; else it is one
    only where the text before it reaches to the end of its column or has a bracket open.
    """
    room = {
        i: max((row.widths[i] for row in rows), default=0)
        for i, span in enumerate(spans)
        if not span.has_numbers
    }
    runs: list[list[TextRow]] = [
        []
    ]  # texts alone: above the first row, between two, below the last
    whole: list[TextRow] = []
    last: TextRow | None = None
    for row in rows:
        if (
            not row.has_number
            and not _begins(row)
            and (names_wrap or (last and _is_open(last, room)))
        ):
            runs[-1].append(row)
        else:
            whole.append(row)
            runs.append([])
        last = row
    if not whole:
        return [_joined(runs[0])] if runs[0] else []
    fitting = [
        _fitting(above, parts, below, room)
        for above, parts, below in zip(whole, runs[1:-1], whole[1:], strict=False)
    ]
    in_middle = bool(runs[0]) or any(
        max(counts) < len(parts) for counts, parts in zip(fitting, runs[1:-1], strict=True)
    )
    joined: list[TextRow] = []
    above = runs[0]
    for i, row in enumerate(whole):
        parts = runs[i + 1]
        count = len(parts)
        if i < len(fitting):
            lines = [*above, row, *parts]
            count = max(
                fitting[i],
                key=lambda n: (
                    _is_known(lines[: len(lines) - len(parts) + n]),
                    -abs(n - len(above)) if in_middle else n,
                    n,
                ),
            )
        joined.append(_joined([*above, row, *parts[:count]]))
        above = parts[count:]
    return joined


def _is_known(lines: Sequence[TextRow]) -> bool:
    """Whether the classification has an item of the name that these lines make up."""
    return any(
        name_key(cell) in item_names(kind)
        for cell in _joined(lines).cells
        if cell
        for kind in ("functional", "departmental_economic")
    )


def _begins(row: TextRow) -> bool:
    """Whether a line without figures is a row for itself: that of an item that is numbered, or a total."""
    return any(strip_ordinal(cell) != cell or is_total_name(cell) for cell in row.cells if cell)


def _fitting(
    above: TextRow, parts: Sequence[TextRow], below: TextRow, room: dict[int, int]
) -> list[int]:
    """How many of the texts between two rows may belong to the one above: a text goes on only where its line is full."""
    is_named = any(below.cells[i] for i in room)
    most = len(parts) if is_named else max(0, len(parts) - 1)
    return [
        count
        for count in range(most + 1)
        if all(_is_full(part, room) for part in [above, *parts[:count]][:-1])
        and all(_is_full(part, room) for part in (parts[count:] if is_named else parts[count:-1]))
    ] or [most]


def _is_open(row: TextRow, room: dict[int, int]) -> bool:
    return _is_full(row, room) or any(cell.count("（") > cell.count("）") for cell in row.cells)


def _is_full(row: TextRow, room: dict[int, int]) -> bool:
    """Whether no sign more fits into the line of a text."""
    return any(row.cells[i] and row.widths[i] + WIDE > wide for i, wide in room.items())


def _joined(lines: Sequence[TextRow]) -> TextRow:
    """The lines of a row as one, whose line is the one with figures; it is full where its last line is."""
    line = next((part.line for part in lines if part.has_number), lines[0].line)
    cells = tuple("".join(parts) for parts in zip(*(part.cells for part in lines), strict=True))
    return TextRow(line, cells, lines[-1].widths)

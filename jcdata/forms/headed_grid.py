"""A grid of indicators read by its headings: a column is what its heading says, never the next one of another form.

A row whose cells contradict their headings is reported, and so is a cell below no heading, so that no number is
taken for what it is not.
"""

from __future__ import annotations

from typing import NamedTuple

from jcdata.forms.headed_columns import LEVELS, Column, Half, Header, Row, find_header
from jcdata.forms.headings import match_cell, role_of
from jcdata.forms.levels import Level, find_level, header_words, level1_labels
from jcdata.forms.printed import PrintedCell, PrintedIndicator, Rating
from jcdata.forms.row_order import in_order, levels_fit, spread
from jcdata.forms.target_values import is_figure
from jcdata.messages import Message

_SLIPPED = Message("cells that contradict the headings above them", "单元格与表头不符")
_NO_HEADING = Message("a cell below no heading", "没有表头的单元格")
_NO_INDICATOR = Message("no indicator of the grid", "不是绩效指标")
_WIDTH = Message(
    "a row with more or fewer cells than its header", "单元格数与表头不同"
)  # one may have slipped


class _Reach(NamedTuple):
    """A cell that covers the rows below it, down to a line of so many rows."""

    text: str
    last: int


class HeadedGrid:
    """Reads row after row of a grid below a header; a header that comes again on another page takes its place."""

    def __init__(self, header: Header) -> None:
        self.indicators: list[PrintedIndicator] = []
        self.unrecognised: list[tuple[int, Message]] = []
        self.total: PrintedCell | None = None  # the score of the whole form
        self._header = header
        self._levels: dict[str, Level] = {}  # of each horizon
        self._names: dict[Column, _Reach] = {}
        self._count = 0
        self._said: set[str] = set()  # headings that are reported

    def read(self, row: Row, below: Row | None = None) -> int:
        """Read a row, and say how many rows that were: a header has two where the lower one divides the upper."""
        self._count += 1
        if header := find_header(row, below):
            self.go_on_below(header)
            return header.depth
        row = self._settled(row)
        texts, stray = self._texts(row)
        if self._read_total(row, texts) or match_cell("note", next(iter(row.filled), "")):
            return 1
        for cell in stray:
            if not _is_side(cell):
                self._reject(row, _NO_HEADING)
        if len(row.filled) == 1 and (len(row.cells) == 1 or not self._is_label(texts)):
            self._reject(row, _NO_INDICATOR)
            return 1
        self._report_unknown(row, texts)
        if len(row.cells) != self._header.width and not stray:
            self._reject(row, _WIDTH)
        for half in self._header.halves:
            self._read_half(row, half, texts)
        return 1

    def go_on_below(self, header: Header) -> None:
        """Read the rows that follow by another header."""
        self._header, self._names = header, {}

    def _is_label(self, texts: dict[Column, str]) -> bool:
        """Whether a label stands in a row, which may head the rows below it."""
        return any(column.role in (*LEVELS, "side") for column in texts)

    def _reject(self, row: Row, reason: Message) -> None:
        self.unrecognised.append((row.line_no, reason))

    def _settled(self, row: Row) -> Row:
        """A row of which a conversion lost blank cells, with its cells below their headings; any other as it stands."""
        placed = [(cell, place) for place, cell in enumerate(row.cells) if cell]
        is_whole = len(row.cells) == self._header.width and levels_fit(self._header, placed)
        if is_whole or row.merged or len(self._header.halves) > 1:
            return row
        columns = [column for column in self._header.columns if column.role != "side"]
        ordered = in_order(columns, [cell for cell, _ in placed if not _is_side(cell)])
        return row._replace(cells=spread(ordered, self._header.width)) if ordered else row

    def _texts(self, row: Row) -> tuple[dict[Column, str], list[str]]:
        """The text of each column of a row, and the cells that stand in none."""
        texts: dict[Column, str] = {}
        stray: list[str] = []
        for place, cell in enumerate(row.cells):
            if not cell:
                continue
            if column := self._header.column_at(place):
                texts[column] = texts.get(column, "") + cell
            else:
                stray.append(cell)
        return texts, stray

    def _read_total(self, row: Row, texts: dict[Column, str]) -> bool:
        """Whether a row sums up the points; the score of all is kept."""
        if any(match_cell("subtotal", cell) for cell in row.filled[:2]):
            return True
        if not any(match_cell("total", cell) for cell in row.filled[:2]):
            return False
        score = next((text for column, text in texts.items() if column.role == "score"), "")
        if score and self.total is None:
            self.total = PrintedCell(score, row.line_no)
        return True

    def _report_unknown(self, row: Row, texts: dict[Column, str]) -> None:
        for column in self._header.unknown:
            if texts.get(column) and column.heading not in self._said:
                self._said.add(column.heading)
                reason = f"a column of indicators with an unknown heading: {column.heading}"
                self._reject(row, Message(reason, "绩效指标栏的表头未知"))

    def _read_half(self, row: Row, half: Half, texts: dict[Column, str]) -> None:
        printed = {role: texts.get(column, "") for role, column in half.columns.items()}
        self._settle_level(half.horizon, printed.get("level1", ""), printed.get("level2", ""))
        name = self._name(row, half, printed)
        target = _target(printed)
        rating = Rating(
            weight=printed.get("weight", ""),
            actual=printed.get("actual", ""),
            score=printed.get("score", ""),
            deviation=printed.get("deviation", ""),
        )
        if not name and not target and not any(rating):
            return
        if not name or target is None or _contradicts(printed, name):
            self._reject(row, _SLIPPED)
            return
        if any(points and not _is_points(points) for points in (rating.weight, rating.score)):
            self._reject(row, _SLIPPED)
        level = self._levels.get(half.horizon, Level("", ""))
        self.indicators.append(
            PrintedIndicator(
                horizon=half.horizon,
                level1=level.level1,
                level2=level.level2,
                level3=name,
                value_text=target,
                is_truncated=False,
                line_no=row.line_no,
                rating=rating,
            )
        )

    def _name(self, row: Row, half: Half, printed: dict[str, str]) -> str:
        """The name in a row, or that of the cell which covers it from above."""
        column, text = half.columns["name"], printed["name"]
        if text:
            ordinal = match_cell("ordinal_name", text)
            rows = next((m.rows for m in row.merged if m.column == column.begin), 1)
            self._names[column] = _Reach(
                ordinal["name"] if ordinal else text, self._count + rows - 1
            )
        reach = self._names.get(column)
        return reach.text if reach and self._count <= reach.last else ""

    def _settle_level(self, horizon: str, level1: str, level2: str) -> None:
        """Levels hold until others are printed; a label of level 2 tells level 1 where none stands beside it."""
        current = self._levels.get(horizon, Level("", ""))
        if level1:
            current = _of_level1(level1)
        if level2:
            known = find_level(level2)
            label = (known.level2 or known.level1) if known else level2
            above = known.level1 if known and known.level2 and not level1 else current.level1
            current = Level(above or current.level1, label)
        self._levels[horizon] = current


def _of_level1(text: str) -> Level:
    """What a label in the column of level 1 says; one of level 2 tells both."""
    known = find_level(text)
    if known is None:
        return Level(text, "")
    label = known.level2 or known.level1
    return Level(label, "") if label in level1_labels() else known


def _is_side(cell: str) -> bool:
    """Whether a cell is what stands beside the grid, perhaps a part of it that is printed downwards."""
    return role_of("indicators", cell) == "side" or cell in header_words()[0]


def _contradicts(printed: dict[str, str], name: str) -> bool:
    """Whether the cells say that they stand in columns of others: a figure for a label, or a label for a name."""
    labels = [printed.get(role, "") for role in LEVELS]
    value = printed.get("value", "")
    if any(label and is_figure(label) for label in labels) or is_figure(name):
        return True
    below = find_level(labels[1]) if labels[1] else None
    if below and not below.level2 and find_level(name):
        return True
    is_label = find_level(name) is not None and not labels[1] and not is_figure(value)
    return is_label or bool(value and find_level(value))


def _is_points(text: str) -> bool:
    return bool(match_cell("points", text) or match_cell("none", text))


def _target(printed: dict[str, str]) -> str | None:
    """The target value with comparator and unit where those have columns of their own; None if one is neither."""
    sign, value, unit = (printed.get(role, "") for role in ("comparator", "value", "unit"))
    if match_cell("none", unit):
        unit = ""
    if sign and match_cell("comparator", sign):
        value = value if value.startswith(sign) else sign + value
    elif sign and not match_cell("nature", sign):
        return None
    return value if value.endswith(unit) else value + unit

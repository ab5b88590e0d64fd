"""The grid of indicators of a tabbed performance form: two halves, three levels, and cells that slipped.

A row is read by the columns that the header gives wherever it fits them. A row that slipped is read by the order
of its cells: labels of levels come from a closed vocabulary, and a name is followed by its value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from jcdata.forms.headed_columns import Row
from jcdata.forms.headings import match_cell
from jcdata.forms.levels import (
    Level,
    find_level,
    header_words,
    is_grid_label,
    label_ending,
    next_level,
    skips_a_level,
)
from jcdata.forms.printed import PrintedIndicator
from jcdata.forms.target_values import is_figure
from jcdata.messages import Message
from jcdata.schema import HORIZONS
from jcdata.text import label_key

UNKNOWN = Level("", "")
_UNCLEAR = Message("cells of an indicator that can't be told apart", "无法分辨的绩效指标单元格")


class _Columns(NamedTuple):
    """Where the header puts the cells of a half."""

    level2: int
    name: int
    value: int


class _Half(NamedTuple):
    labels: tuple[Level, ...] = ()
    name: str = ""
    value: str = ""

    @property
    def level(self) -> Level | None:
        """What the labels say together; level 2 tells level 1, whatever is printed beside it."""
        if not self.labels:
            return None
        last = next((label for label in reversed(self.labels) if label.level2), self.labels[-1])
        return last if last.level1 else Level(self.labels[0].level1, last.level2)


class _Token(NamedTuple):
    column: int
    text: str
    level: Level | None


def is_grid_row(row: Row) -> bool:
    """Whether a row is the header of the grid or carries a label of it."""
    return any(is_grid_label(cell) for cell in row.cells if cell)


def is_plain_header(row: Row) -> bool:
    """Whether a row heads two halves and nothing else; a word may be lost, the label of the rows below stand beside it."""
    keys = [label_key(cell) for cell in row.filled]
    return keys.count(header_words()[-2]) == len(HORIZONS) and all(map(is_grid_label, keys))


def _has_halves(row: Row) -> bool:
    """Whether a row has a heading of an indicator twice, among whatever slipped into it, or one label before each of two."""
    keys = [label_key(cell) for cell in row.filled]
    if any(keys.count(word) == len(HORIZONS) for word in header_words()[-3:]):
        return True
    levels = [find_level(cell) for cell in row.filled]
    return any(
        level and level in levels[i + 2 :] and not all(levels[i + 1 : levels.index(level, i + 1)])
        for i, level in enumerate(levels)
    )


def read_grid(
    rows: Sequence[Row], is_cut: bool
) -> tuple[list[PrintedIndicator], list[tuple[int, Message]]]:
    """The indicators of both halves, row by row, and the lines that were not understood, with the reason.

    Where no row has two halves for sure, each is one indicator, of the year.
    `is_cut` says that a page break ended the grid: the label of the last rows may then stand on the next page.
    """
    indicators: list[PrintedIndicator] = []
    unrecognised: list[tuple[int, Message]] = []
    columns: tuple[_Columns, _Columns] | None = None
    has_halves = any(_has_halves(row) for row in rows)
    current = dict.fromkeys(HORIZONS, UNKNOWN)
    block: list[
        tuple[int, PrintedIndicator]
    ] = []  # since the last label, each with the rows that it is below it
    depth, last_label = 0, UNKNOWN
    for row in rows:
        columns = _find_columns(row.cells) or columns
        if has_halves:
            halves, has_slipped, problem = _read_row(row.cells, columns)
        else:
            halves, has_slipped, problem = _read_one_half(row.cells)
        if problem:
            unrecognised.append((row.line_no, problem))
            if not has_halves:  # what could not be read may have named another level
                indicators += _end_block(block, last_label, None, is_cut=False)
                current = dict.fromkeys(HORIZONS, UNKNOWN)
                block, depth, last_label = [], 0, UNKNOWN
        label = (
            halves[0].level or halves[1].level
        )  # the halves share their rows: a label of one counts for both
        depth += 1
        if label:
            indicators += _end_block(block, last_label, label, is_cut=False)
            block, depth, last_label = [], 0, label
        for horizon, half in zip(HORIZONS, halves, strict=True):
            level = half.level or label or current[horizon]
            current[horizon] = (
                level if level.level1 else Level(current[horizon].level1, level.level2)
            )
            if half.name:
                ordinal = match_cell("ordinal_name", half.name)
                printed = PrintedIndicator(
                    horizon=horizon,
                    level1=current[horizon].level1,
                    level2=current[horizon].level2,
                    level3=ordinal["name"] if ordinal else half.name,
                    value_text=half.value,
                    is_truncated=False,
                    line_no=row.line_no,
                    level_doubt=int(has_slipped),
                )
                block.append((depth, printed))
        if label and not any(half.name for half in halves):
            # A label without content heads an empty block: what follows belongs to the next, whose label is lost.
            current = {horizon: Level(level.level1, "") for horizon, level in current.items()}
    return indicators + _end_block(block, last_label, None, is_cut), unrecognised


def _end_block(
    block: Sequence[tuple[int, PrintedIndicator]], above: Level, below: Level | None, is_cut: bool
) -> list[PrintedIndicator]:
    """The indicators since the label above, seen from the label below them or from the end of the grid."""
    has_lost_label = skips_a_level(above, below) if below else is_cut
    lost = next_level(above)
    indicators: list[PrintedIndicator] = []
    for depth, row in block:
        if not row.level2 and lost and lost != below:
            row = replace(
                row, level1=lost.level1, level2=lost.level2, level_doubt=max(1, row.level_doubt)
            )
        if has_lost_label:
            row = replace(row, level_doubt=max(depth, row.level_doubt))
        indicators.append(row)
    return indicators


def _find_columns(cells: Sequence[str]) -> tuple[_Columns, _Columns] | None:
    """The columns of both halves, if the row is a whole header."""
    words = header_words()[-3:]
    found = [
        (key, column) for column, cell in enumerate(cells) if (key := label_key(cell)) in words
    ]
    if [key for key, _ in found] != words * 2:
        return None
    level2, name, value, other_level2, other_name, other_value = (column for _, column in found)
    return _Columns(level2, name, value), _Columns(other_level2, other_name, other_value)


def _read_row(
    cells: Sequence[str], columns: tuple[_Columns, _Columns] | None
) -> tuple[tuple[_Half, _Half], bool, Message | None]:
    """Both halves of a row, whether its cells slipped, and what could not be understood."""
    content = _without_header_words(cells)
    middle = columns[1].level2 if columns else len(content) // 2
    first = second = None
    if columns:
        content += [""] * (columns[1].value + 1 - len(content))
        first = _aligned_half(content, columns[0], 0, middle)
        second = _aligned_half(content, columns[1], middle, len(content))
        if first and second:
            return (first, second), False, None
    tokens = _tokens(content)
    if ordered := _halves_by_order(tokens, middle):
        return ordered, columns is not None, None
    return (first or _Half(), second or _Half()), False, _UNCLEAR


def _read_one_half(cells: Sequence[str]) -> tuple[tuple[_Half, _Half], bool, Message | None]:
    """A row of a grid that no header divides, as `_read_row` gives it."""
    tokens = _tokens(_without_header_words(cells))
    half = _half_by_order(tokens)
    return (_Half(), half or _Half()), False, None if half else _UNCLEAR


def _without_header_words(cells: Sequence[str]) -> list[str]:
    return ["" if label_key(cell) in header_words() else cell for cell in cells]


def _tokens(content: Sequence[str]) -> list[_Token]:
    return [_Token(i, cell, find_level(cell)) for i, cell in enumerate(content) if cell]


def _aligned_half(cells: Sequence[str], columns: _Columns, begin: int, end: int) -> _Half | None:
    """A half whose cells stand where the header says; None if one doesn't."""
    labels: list[Level] = []
    name, value = cells[columns.name], cells[columns.value]
    for column in range(begin, end):
        if not cells[column] or column in (columns.name, columns.value):
            continue
        level = find_level(cells[column])
        if level is None and column == columns.level2 and cells[column].endswith(label_ending()):
            level = Level("", cells[column])
        if level is None:
            return None
        labels.append(level)
    level = find_level(name) if name else None
    if level and not value:
        return _Half((*labels, level))
    # A cell that slipped shows by what stands in the place of another.
    if (
        (value and not name)
        or (level and not _fits_as_value(value, name))
        or (value and find_level(value))
    ):
        return None
    return _Half(tuple(labels), name, value)


def _halves_by_order(tokens: Sequence[_Token], middle: int) -> tuple[_Half, _Half] | None:
    boundary = _find_boundary(tokens, middle)
    if boundary is None:
        return None
    first, second = _half_by_order(tokens[:boundary]), _half_by_order(tokens[boundary:])
    return (first, second) if first and second else None


def _half_by_order(tokens: Sequence[_Token]) -> _Half | None:
    labels = [token for token in tokens if token.level]
    content = [token.text for token in tokens if not token.level]
    if len(content) == 1 and is_figure(
        content[0]
    ):  # a name may read like a label: 服务对象满意度 ≥90%
        if not labels:
            return None
        content.insert(0, labels.pop().text)
    if len(content) > 2:
        return None
    return _Half(
        labels=tuple(token.level for token in labels if token.level),
        name=content[0] if content else "",
        value=content[1] if len(content) > 1 else "",
    )


def _find_boundary(tokens: Sequence[_Token], middle: int) -> int | None:
    """Where the second half begins: at a label after content, else after the first name and value."""
    first = next((i for i, token in enumerate(tokens) if not token.level), len(tokens))
    if label := next((i for i in range(first, len(tokens)) if tokens[i].level), None):
        return label
    content = tokens[first:]
    texts = [token.text for token in content]
    # Each half gives a name and a value, of which one or both may be lost.
    match len(content):
        case 0:
            return first
        case 1 | 2 if content[0].column >= middle:
            return first
        case 1:
            return first + 1
        case 2 if _fits_as_value(texts[1], texts[0]):
            return first + 2
        case 2 if texts[0].startswith(texts[1]):
            return first + 1
        case 3 if _fits_as_value(texts[1], texts[0]) and not is_figure(texts[2]):
            return first + 2
        case 3 if is_figure(texts[2]) and not is_figure(texts[1]):
            return first + 1
        case 4:
            return first + 2
    return None


def _fits_as_value(text: str, name: str) -> bool:
    """Whether a text behind a name may be its value: a figure, or a word shorter than it and not the name cut."""
    shorter = len(text) * 2 <= len(name) if name.startswith(text) else len(text) < len(name)
    return shorter or is_figure(text)

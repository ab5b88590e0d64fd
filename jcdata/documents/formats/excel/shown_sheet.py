"""What a worksheet shows: hidden rows and columns left out, merged cells as one, values in their formats."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jcdata.documents.formats.excel.cells import (
    Cell,
    ErrorValue,
    Place,
    Sheet,
    check_extent,
    column_letters,
    keys_within,
)
from jcdata.documents.formats.excel.format_tokens import Shown
from jcdata.documents.formats.excel.number_formats import show_number, show_text
from jcdata.documents.formats.rows import CellFault, Exact, Merged, Row, tidy
from jcdata.messages import Message

_MOST_NAMED = 20  # rows, columns or cells in a note
_LONGEST = 100  # characters of a formula in a message
_NOTHING = Shown("")
_ROWS = Message("hidden rows", "隐藏的行")
_COLUMNS = Message("hidden columns", "隐藏的列")
_COVERED = Message("cells below merged ones", "合并单元格所覆盖的单元格")
_PICTURES = Message("pictures, which are not read,", "图片（张）")
_TEXT_BOXES = Message("text boxes", "文本框")
_BLANK = Message("cells whose format shows nothing", "格式为不显示的单元格")


class ShownSheet(NamedTuple):
    """The rows of a sheet, and notes on what it holds and doesn't show."""

    rows: list[Row]
    notes: list[Message]


class Ranges:
    """Whole numbers, given as the first and the last of each range."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in sorted(ranges):
            if self._lasts and first <= self._lasts[-1] + 1:
                self._lasts[-1] = max(last, self._lasts[-1])
            else:
                self._firsts.append(first)
                self._lasts.append(last)

    def __contains__(self, number: int) -> bool:
        return self.next_outside(number) != number

    def next_outside(self, number: int) -> int:
        """The number itself, or the first one after it that is in no range."""
        place = bisect_right(self._firsts, number) - 1
        return max(number, self._lasts[place] + 1) if place >= 0 else number


def show_sheet(sheet: Sheet, is_1904: bool) -> ShownSheet:
    """Show a sheet whose formulas are computed; merges its cells. Raises DocumentError for one that is too large."""
    hidden_rows = Ranges((row, row) for row in sheet.hidden_rows)
    hidden_columns = Ranges(sheet.hidden_columns)
    covered = _merge(sheet, hidden_rows, hidden_columns)
    held = {column for cells in sheet.rows.values() for column in cells}
    hidden = {column for column in held if column in hidden_columns}
    shown: dict[int, dict[int, Shown]] = {}
    for row, cells in sorted(sheet.rows.items()):
        if row not in hidden_rows:
            shown[row] = {
                column: _show(cell, is_1904, sheet.shows_zeros)
                for column, cell in cells.items()
                if column not in hidden
            }
    unshown = {
        _ROWS: [
            str(row) for row, cells in sorted(sheet.rows.items()) if cells and row not in shown
        ],
        _COLUMNS: [column_letters(column) for column in sorted(hidden)],
        _COVERED: [*map(str, covered)],
        _BLANK: [
            str(Place(row, column))
            for row, cells in shown.items()
            for column, cell in cells.items()
            if not cell.text and (cell.exact or _is_text(sheet.rows[row][column]))
        ],
    }
    notes = [_note(sheet, kind, named) for kind, named in unshown.items() if named]
    if sheet.pictures:
        notes.append(_note(sheet, _PICTURES, [str(sheet.pictures)]))
    if sheet.text_boxes:
        texts = [tidy(text)[:_LONGEST] for text in sheet.text_boxes]
        notes.append(_note(sheet, _TEXT_BOXES, texts))
    return ShownSheet([*_rows(sheet, shown, hidden_columns)], notes)


def _merge(sheet: Sheet, hidden_rows: Ranges, hidden_columns: Ranges) -> list[Place]:
    """Make one of merged cells: what the first holds stands where they begin to be seen; gives those below it that hold something else."""
    last_row = max(sheet.rows, default=0)
    last_column = max((max(cells, default=0) for cells in sheet.rows.values()), default=0)
    covered: list[Place] = []
    visited = 0
    for area in sheet.merged:
        height = min(area.last_row, last_row) - area.first_row + 1
        width = min(area.last_column, last_column) - area.first_column + 1
        visited += max(height, 0) * max(width, 0)
        check_extent(visited, 1)  # as merged cells don't overlap
        first = sheet.rows.get(area.first_row, {}).get(area.first_column)
        for row in [*keys_within(sheet.rows, area.first_row, area.last_row)]:
            cells = sheet.rows[row]
            for column in [*keys_within(cells, area.first_column, area.last_column)]:
                below = cells.pop(column)
                if below is not first and (first is None or below.value != first.value):
                    covered.append(Place(row, column))
        row = hidden_rows.next_outside(area.first_row)
        column = hidden_columns.next_outside(area.first_column)
        if first is not None and row <= area.last_row and column <= area.last_column:
            sheet.rows.setdefault(row, {})[column] = first
    return covered


def _show(cell: Cell, is_1904: bool, shows_zeros: bool) -> Shown:
    match cell.value:
        case None:
            return Shown("")
        case bool():
            return Shown(str(cell.value).upper())
        case str():
            return Shown(tidy(show_text(cell.value, cell.number_format)))
        case ErrorValue():
            return Shown(cell.value.code)
    if not cell.value and not shows_zeros:
        return Shown("")
    shown = show_number(cell.value, cell.number_format, is_1904)
    return shown._replace(text=tidy(shown.text))


def _is_text(cell: Cell) -> bool:
    return isinstance(cell.value, str) and bool(tidy(cell.value))


def _rows(sheet: Sheet, shown: Mapping[int, dict[int, Shown]], hidden: Ranges) -> Iterator[Row]:
    """The rows that show something or hold what can't be read, from the first to the last column that any of them needs."""
    faults = {row: [*_faults(sheet, row, cells)] for row, cells in shown.items()}
    kept = [
        row for row, cells in shown.items() if faults[row] or any(c.text for c in cells.values())
    ]
    used = [
        column
        for row in kept
        for column, cell in shown[row].items()
        if cell.text or sheet.rows[row][column].value is None
    ]
    first, last = min(used, default=1), max(used, default=1)
    check_extent(len(kept), last - first + 1)
    columns = [column for column in range(first, last + 1) if column not in hidden]
    merged = _merged(sheet, kept, columns)
    for row in kept:
        cells = [shown[row].get(column, _NOTHING) for column in columns]
        yield Row(
            cells=tuple(cell.text for cell in cells),
            page_no=sheet.number,
            table=sheet.number if len(columns) > 1 else None,
            merged=tuple(merged.get(row, ())),
            exact=tuple(Exact(i, c.exact) for i, c in enumerate(cells) if c.exact and c.text),
            faults=tuple(faults[row]),
        )


def _merged(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> dict[int, list[Merged]]:
    """Row -> its cells that cover several of these columns or rows."""
    found: dict[int, list[Merged]] = {}
    for area in sorted(sheet.merged, key=lambda area: (area.first_row, area.first_column)):
        left, right = (
            bisect_left(columns, area.first_column),
            bisect_right(columns, area.last_column),
        )
        top, bottom = bisect_left(rows, area.first_row), bisect_right(rows, area.last_row)
        if top < bottom and left < right and (bottom - top, right - left) != (1, 1):
            found.setdefault(rows[top], []).append(Merged(left, right - left, bottom - top))
    return found


def _faults(sheet: Sheet, row: int, columns: Iterable[int]) -> Iterator[CellFault]:
    """What could not be read of a row."""
    for column in columns:
        cell, place = sheet.rows[row][column], Place(row, column)
        if isinstance(cell.value, ErrorValue):
            code = cell.value.code
            yield CellFault(
                code,
                Message(
                    f"sheet {sheet.name!r}, cell {place} shows an error: {code}",
                    f"工作表“{sheet.name}”单元格 {place} 为错误值 {code}",
                ),
            )
        elif cell.value is None and cell.formula is not None:
            yield CellFault(
                f"={cell.formula.text[:_LONGEST]}",
                Message(
                    f"sheet {sheet.name!r}, cell {place}: a formula without a stored value that is not computed here",
                    f"工作表“{sheet.name}”单元格 {place} 的公式没有存储结果，此处未能计算",
                ),
            )


def _note(sheet: Sheet, kind: Message, named: Sequence[str]) -> Message:
    listed = ", ".join(named[:_MOST_NAMED])
    listed += f", ... ({len(named)})" if len(named) > _MOST_NAMED else ""
    return Message(
        f"sheet {sheet.name!r}: {kind.en} {listed} left out",
        f"工作表“{sheet.name}”：未读取{kind.zh} {listed}",
    )

"""Excel files, old and new: the visible sheets one after another, a row of the sheet a row of cells."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jcdata.documents.formats.archive import repack, unpack
from jcdata.documents.formats.rows import MAX_CELLS, Row, tidy
from jcdata.errors import DocumentError
from jcdata.messages import Message

# A cell with content; those that only have a format may stand anywhere.
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*\s)?r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^>/])?>(?!</)')
_DIGITS = 15  # that a spreadsheet computes with; what follows is noise of binary fractions
_PLACES = 6  # decimals of a fen in 万元
_LETTERS = 26

Value = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)


def read_rows(data: bytes) -> tuple[list[Row], list[Message]]:
    """The rows of a workbook, and notes that name the hidden sheets, which are left out.

    Raises DocumentError for a file that is damaged, encrypted or absurdly large.
    """
    if data.startswith(b"PK"):
        members = unpack(data, lambda name: name.endswith((".xml", ".rels")))
        _check_size(members)
        data = repack(members)
    try:
        return _read_workbook(CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except PasswordError as error:
        raise DocumentError(Message("the file is encrypted", "文件已加密")) from error
    except CalamineError as error:
        raise DocumentError(
            Message(f"a damaged Excel file: {error}", "Excel 文件已损坏")
        ) from error
    except BaseException as error:  # what the library did not foresee is a panic of Rust, whose class can't be imported
        if type(error).__name__ != "PanicException":
            raise
        raise DocumentError(Message("a damaged Excel file", "Excel 文件已损坏")) from error


def _read_workbook(workbook: CalamineWorkbook) -> tuple[list[Row], list[Message]]:
    rows: list[Row] = []
    notes: list[Message] = []
    for number, sheet in enumerate(workbook.sheets_metadata, start=1):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            notes.append(Message(f"hidden sheet {sheet.name!r} left out", "未读取隐藏的工作表"))
            continue
        for values in workbook.get_sheet_by_name(sheet.name).to_python():
            if any(cells := tuple(map(_format, values))):
                rows.append(Row(cells, number))
    return rows, notes


def _format(value: Value) -> str:
    """A cell's value as a sheet shows it, as far as that is known without its format."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, float):
        number = Decimal(f"{value:.{_DIGITS}g}")
        if number.is_finite() and abs(number) < Decimal(10) ** _DIGITS:
            number = round(number, _PLACES).normalize()
        return f"{number:f}"
    return str(value).upper() if isinstance(value, bool) else str(value)


def _check_size(members: Mapping[str, bytes]) -> None:
    """Raise DocumentError where a far-away cell would make a sheet huge, which the library keeps as a whole."""
    for name, content in members.items():
        if name.startswith("xl/worksheets/"):
            rows, columns = 1, 1
            for column, row in _CELL.findall(content):
                rows, columns = max(rows, int(row)), max(columns, _column_number(column))
            if rows * columns > MAX_CELLS:
                raise DocumentError(
                    Message(f"a sheet of more than {MAX_CELLS} cells", "工作表过大")
                )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number

"""Excel files, old and new: the visible sheets one after another, a row of the sheet a row of cells."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jcdata.documents.formats.archive import repack, unpack
from jcdata.documents.formats.rows import Row, tidy
from jcdata.documents.formats.sheet_size import check_cells, check_size
from jcdata.errors import DocumentError
from jcdata.messages import Message

_DIGITS = 15  # that a spreadsheet computes with; what follows is noise of binary fractions
_PLACES = 6  # decimals of a fen in 万元

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
        check_size(members)
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
        content = workbook.get_sheet_by_name(sheet.name)
        check_cells(content.total_height, content.total_width)
        for values in content.to_python():
            if any(cells := tuple(map(_format, values))):
                rows.append(Row(cells=cells, page_no=number))
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

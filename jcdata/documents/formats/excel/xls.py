"""Workbooks in the binary format of Excel 97 to 2003, and older ones."""

from __future__ import annotations

import io
from collections.abc import Mapping

import xlrd

from jcdata.documents.formats.excel.cells import (
    Area,
    Budget,
    Cell,
    ErrorValue,
    Formula,
    Place,
    Sheet,
    Value,
    Workbook,
    stored_number,
)
from jcdata.documents.formats.excel.number_formats import numbered_format
from jcdata.documents.formats.excel.xls_formulas import formulas_without_value
from jcdata.documents.formats.excel.xml_parts import damaged
from jcdata.errors import DocumentError
from jcdata.messages import Message

_ENCRYPTED = "encrypted"


def read_workbook(data: bytes) -> Workbook:
    """Read a compound file. Raises DocumentError for one that is damaged, encrypted, or too large."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        formulas = formulas_without_value(data, book)
    except (DocumentError, MemoryError):
        raise
    # Damaged bytes make the library raise whatever they lead to: IndexError, KeyError, struct.error, AssertionError ...
    except Exception as error:
        if isinstance(error, xlrd.XLRDError) and _ENCRYPTED in str(error):
            raise DocumentError(Message("the file is encrypted", "文件已加密")) from error
        raise damaged(str(error) or type(error).__name__) from error
    budget = Budget()
    sheets = [
        _read_sheet(book, number, formulas.get(number, {}), budget)
        for number in range(book.nsheets)
    ]
    return Workbook(sheets=sheets, is_1904=book.datemode == 1)


def _read_sheet(
    book: xlrd.Book, number: int, formulas: Mapping[Place, Formula], budget: Budget
) -> Sheet:
    stored = book.sheet_by_index(number)
    sheet = Sheet(name=stored.name, number=number + 1, is_hidden=stored.visibility != 0)
    sheet.shows_zeros = bool(stored.show_zero_values)
    own = {declared.format_key: declared.format_str for declared in book.format_list}
    formats = [
        str(own.get(style.format_key) or numbered_format(style.format_key))
        for style in book.xf_list
    ]
    for row in range(stored.nrows):
        cells: dict[int, Cell] = {}
        for column, (kind, value) in enumerate(
            zip(stored.row_types(row), stored.row_values(row), strict=True)
        ):
            formula = formulas.get(Place(row + 1, column + 1))
            read = None if formula else _value(kind, value)
            if formula or read not in (None, ""):
                budget.spend(read)
                style = stored.cell_xf_index(row, column)
                if style >= len(formats):
                    raise damaged(f"a cell has format {style} of {len(formats)}")
                cells[column + 1] = Cell(read, formats[style], formula)
        if cells:
            sheet.rows[row + 1] = cells
    sheet.hidden_rows = {
        row + 1 for row, info in stored.rowinfo_map.items() if info.hidden or info.height == 0
    }
    sheet.hidden_columns = [
        (column + 1, column + 1)
        for column, info in stored.colinfo_map.items()
        if info.hidden or info.width == 0
    ]
    sheet.merged = [
        Area(
            first_row=first_row + 1,
            first_column=first_column + 1,
            last_row=end_row,
            last_column=end_column,
        )
        for first_row, end_row, first_column, end_column in stored.merged_cells
    ]
    return sheet


def _value(kind: int, value: object) -> Value:
    match kind:
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return stored_number(str(value))
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_ERROR:
            return ErrorValue(xlrd.error_text_from_code.get(value, "#N/A"))
        case xlrd.XL_CELL_TEXT:
            return str(value)
    return None

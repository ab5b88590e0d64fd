"""Values into cells of an Excel workbook: what is shown is what is stored, and text stays text."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from unicodedata import east_asian_width

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jcdata.exports.formula_guard import cut, is_formula
from jcdata.schema import NUMBER, YUAN, Field

Value = str | bool | int | float | Decimal | datetime.date | list[int] | None
MAX_DIGITS = 15  # that a number of Excel holds


class Formats(NamedTuple):
    """The formats of a workbook's cells; `numbers` by Excel's own code."""

    bold: Format
    heading: Format
    link: Format
    text: Format
    wrapped: Format
    guarded: Format  # stays a text although someone edits the cell
    numbers: dict[str, Format]


def add_formats(book: Workbook) -> Formats:
    """The formats, added to a workbook."""
    top = {"valign": "top"}
    text = {**top, "indent": 1}  # else a text touches the number to its left
    codes = ("General", "0", "0.00%", "#,##0.00", "#,##0.00####", "yyyy-mm-dd")
    return Formats(
        bold=book.add_format({**text, "bold": True}),
        heading=book.add_format({**text, "bold": True, "bg_color": "#DDEBF7", "bottom": 1}),
        link=book.add_format({**text, "text_wrap": True, "font_color": "#0563C1", "underline": 1}),
        text=book.add_format(text),
        wrapped=book.add_format({**text, "text_wrap": True}),
        guarded=book.add_format({**text, "quote_prefix": True}),
        numbers={code: book.add_format({**top, "num_format": code}) for code in codes},
    )


def set_printing(sheet: Worksheet) -> None:
    """Print all columns on the width of A4, each page with its number and the sheet's name."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&R&A")
    sheet.set_footer("&C第 &P 页，共 &N 页")


def set_headings(sheet: Worksheet, headings: Sequence[str], formats: Formats) -> None:
    """Write the headings of the columns, which stay in sight and stand on each printed page."""
    for no, heading in enumerate(headings):
        sheet.write_string(0, no, heading, formats.heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def number_format(field: Field) -> str:
    """Excel's code for how the values of a column are shown."""
    if field.column.unit == YUAN:
        return "#,##0.00"
    if field.column.unit == "fraction":
        return "0.00%"
    return {"INTEGER": "0", "DATE": "yyyy-mm-dd", NUMBER: "#,##0.00####"}.get(
        field.sql_type, "General"
    )


def write_value(
    sheet: Worksheet, row: int, column: int, value: Value, formats: Formats, code: str, where: str
) -> None:
    """Write a value of the database; `where` says where the whole of a text stands that is longer than a cell."""
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", formats.text)
    elif isinstance(value, (int, float, Decimal)):
        if _fits(value):
            sheet.write_number(row, column, value, formats.numbers[code])
        else:
            sheet.write_string(row, column, str(value), formats.text)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, formats.numbers[code])
    elif isinstance(value, list):
        write_text(sheet, row, column, _listed(value), formats, where)
    elif value is not None:
        write_text(sheet, row, column, value, formats, where)


def write_link(
    sheet: Worksheet, row: int, column: int, address: str, line_nos: list[int], formats: Formats
) -> None:
    """Write lines as a link to where the first of them stands."""
    sheet.write_url(row, column, address, formats.link, cut(_listed(line_nos), "“核对结果”表"))


def write_text(
    sheet: Worksheet, row: int, column: int, text: str, formats: Formats, where: str
) -> None:
    """Write a text, never as a formula or link, cut with a mark if it is longer than a cell."""
    shown = cut(text, where)
    if shown.startswith("<r>") and shown.endswith("</r>"):
        shown += " "  # else XlsxWriter takes it for markup of its own
    sheet.write_string(row, column, shown, formats.guarded if is_formula(shown) else formats.text)


def width_of(value: Value) -> int:
    """The width of a value in half-width characters, about; a Chinese character takes two."""
    if isinstance(value, (int, float, Decimal)):
        return len(f"{value:,.2f}")
    text = "" if value is None else str(value)
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _fits(value: float | Decimal) -> bool:
    """Whether Excel shows a number with all its digits."""
    if isinstance(value, Decimal):
        return len(value.normalize().as_tuple().digits) <= MAX_DIGITS
    return math.isfinite(value)

"""A database as an Excel workbook, for people who use neither SQL nor Python.

A sheet holds what the Chinese view of the same name holds: Chinese headings, 万元 rounded to two decimals with exact 元
beside it, codes as words. The first sheet explains the others.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import duckdb
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jcdata.analyses.frames import PRICES
from jcdata.database.definitions import chinese_columns
from jcdata.database.warehouse import read_rows
from jcdata.exports.workbook_cells import (
    Formats,
    Value,
    add_formats,
    number_format,
    set_printing,
    width_of,
    write_value,
)
from jcdata.exports.workbook_cover import SHEET, TITLE, Entry, write_cover
from jcdata.replacing import replaced_file
from jcdata.schema import YUAN, Field, Table, View, tables, views

MAX_ROWS = 1_048_576  # of a sheet of Excel
NARROWEST, WIDEST = 8, 48  # columns, in half-width characters
LINE_HEIGHT, MAX_HEIGHT = 15, 405  # points
MEASURED_ROWS = 1_000  # for the widths of columns
EPOCH = datetime.datetime(
    1980, 1, 1
)  # instead of the hour of making, so that the same database gives the same bytes
_Row = tuple[Value, ...]
_LINES = ("line_no", "first_line")  # columns that say where a row stands in its document


class _Column(NamedTuple):
    """A column of a sheet: its heading and the note on it, the SQL of its values, how Excel shows them."""

    heading: str
    note: str
    expression: str
    code: str


def export_workbook(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write every published view and table into an Excel workbook, the analyses and findings first.

    What is longer than a sheet goes on in another one, what is longer than a cell is cut with a mark. The same
    database gives the same bytes. Raises OutputError if anything but an earlier workbook is at the path, DatabaseError if the database lacks a
    table, OSError if the file can't be written; what was there is then as it was.
    """
    with replaced_file(path, _is_workbook) as new:
        try:
            with Workbook(str(new), {"constant_memory": True, "tmpdir": str(new.parent)}) as book:
                _write_book(book, con)
        except XlsxWriterException as error:
            raise OSError(f"{path}: {error}") from error


def _is_workbook(path: Path) -> bool:
    """Whether a file is a workbook that was written here, by its title."""
    try:
        with zipfile.ZipFile(path) as book:
            return TITLE.encode() in book.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError):
        return False


def _write_book(book: Workbook, con: duckdb.DuckDBPyConnection) -> None:
    book.set_properties({"title": TITLE, "created": EPOCH})
    formats = add_formats(book)
    cover = book.add_worksheet(SHEET)
    sheets: tuple[Table | View, ...] = (*views(), *tables())
    entries = [entry for shown in sheets for entry in _write_sheets(book, formats, con, shown)]
    write_cover(cover, formats, con, entries)


def _write_sheets(
    book: Workbook, formats: Formats, con: duckdb.DuckDBPyConnection, shown: Table | View
) -> Iterator[Entry]:
    """Write a table or view into as many sheets as it takes, and say what is on each."""
    columns = [column for field in shown.fields for column in _columns(field)]
    is_read = isinstance(shown, View)  # rather than searched
    text_formats = formats._replace(text=formats.wrapped) if is_read else formats
    ((total,),) = read_rows(con, f"SELECT count(*) FROM {shown.name}")
    rows = read_rows(con, _query(shown, columns))
    for part, start in enumerate(range(0, max(total, 1), MAX_ROWS - 1), start=1):
        sheet = book.add_worksheet(shown.zh if part == 1 else f"{shown.zh}（{part}）")
        own = islice(rows, MAX_ROWS - 1)
        _write_headings(sheet, columns, formats)
        _write_rows(sheet, columns, _heightened(sheet, own) if is_read else own, text_formats)
        yield Entry(sheet.get_name(), shown, min(total - start, MAX_ROWS - 1))


def _query(shown: Table | View, columns: Sequence[_Column]) -> str:
    """The values of the columns and, as words, the place of the row in its document; tables in the order of reading."""
    line = next((f.name for f in shown.fields if f.name in _LINES), None)
    place = f"'原文第' || {line} || '行'" if line else f"'数据库 {shown.name}'"
    query = f"SELECT {', '.join(c.expression for c in columns)}, {place} FROM {shown.name}"
    if isinstance(shown, View):
        return query
    reading = ("document_id", line) if line and "document_id" in shown.key else ()
    return f"{query} ORDER BY {', '.join(dict.fromkeys((*reading, *shown.key)))}"


def _columns(field: Field) -> Iterator[_Column]:
    for name, expression, comment in chinese_columns(field):
        if field.column.unit != YUAN:
            heading = name
        elif name != field.column.zh:
            heading = f"{field.column.zh}（元）"
        elif field.name in PRICES:
            continue
        else:
            heading = f"{name}（万元）"
        yield _Column(
            heading=heading,
            note=f"{comment}\n{field.name}",
            expression=expression,
            code=number_format(field),
        )


def _write_headings(sheet: Worksheet, columns: Sequence[_Column], formats: Formats) -> None:
    for no, column in enumerate(columns):
        sheet.write_string(0, no, column.heading, formats.heading)
        sheet.write_comment(0, no, column.note, {"x_scale": 2})
    sheet.freeze_panes(1, 0)
    set_printing(sheet)
    sheet.repeat_rows(0)


def _write_rows(
    sheet: Worksheet, columns: Sequence[_Column], rows: Iterable[_Row], formats: Formats
) -> None:
    widths = [width_of(c.heading) + 3 for c in columns]  # room for the button of the filter
    row = 0
    for row, (*values, place) in enumerate(rows, start=1):
        for no, (value, column) in enumerate(zip(values, columns, strict=True)):
            write_value(sheet, row, no, value, formats, column.code, str(place))
        if row <= MEASURED_ROWS:
            widths = [
                max(width, width_of(value)) for width, value in zip(widths, values, strict=True)
            ]
    for no, width in enumerate(widths):
        sheet.set_column(no, no, min(max(width + 1, NARROWEST), WIDEST))
    sheet.autofilter(0, 0, row, len(columns) - 1)


def _heightened(sheet: Worksheet, rows: Iterable[_Row]) -> Iterator[_Row]:
    """The rows, each made as high as its longest text takes: not every program does it by itself."""
    for row, values in enumerate(rows, start=1):
        lines = max(width_of(value) for value in values) // (WIDEST - 4) + 1
        if lines > 1:
            sheet.set_row(row, min(lines * LINE_HEIGHT, MAX_HEIGHT))
        yield values

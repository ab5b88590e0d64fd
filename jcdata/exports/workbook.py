"""A database as an Excel workbook, for people who use neither SQL nor Python.

A sheet holds what the Chinese view of the same name holds: Chinese headings, 万元 rounded to two decimals with exact 元
beside it, codes as words; and whose a row is. The first sheet explains the others. What people open first stands first.
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jcdata.analyses.frames import QUESTIONS
from jcdata.database.warehouse import read_rows
from jcdata.exports.workbook_cells import (
    Formats,
    Value,
    add_formats,
    set_headings,
    set_printing,
    width_of,
    write_link,
    write_value,
)
from jcdata.exports.workbook_charts import write_charts
from jcdata.exports.workbook_columns import (
    LINES,
    SheetColumn,
    line_of,
    printed_columns,
    query_of,
    sheet_columns,
)
from jcdata.exports.workbook_cover import SHEET, TITLE, Entry, write_cover
from jcdata.exports.workbook_links import MAX_LINKS, LineLinks, find_line_links, part_name
from jcdata.replacing import replaced_file
from jcdata.schema import Table, View, tables, views

MAX_ROWS = 1_048_576  # of a sheet of Excel
NARROWEST, WIDEST = 8, 48  # columns, in half-width characters
LINE_HEIGHT, MAX_HEIGHT = 15, 405  # points
MEASURED_ROWS = 1_000  # for the widths of columns
EPOCH = datetime.datetime(
    1980, 1, 1
)  # instead of the hour of making, so that the same database gives the same bytes
_Row = tuple[Value, ...]
_FIRST = ("findings", "not_compared", "problems", "key_figures")  # that people open first
_LOOKED_UP = ("seen_in_documents", "stale_reviews")  # views that are no analyses


def export_workbook(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write every published view and table into an Excel workbook: findings, key figures and charts first, lines last.

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
    every: list[Table | View] = [*views(), *tables()]
    first = [shown for name in _FIRST for shown in every if shown.name == name]
    others = [shown for shown in every if shown not in first]
    links = find_line_links(con, MAX_ROWS)
    entries = _entries(book, formats, con, first, links)
    for chart, row_count in write_charts(book, formats, con):
        question = QUESTIONS[chart.question]
        entries.append(
            Entry(
                sheet=chart.sheet,
                comment_zh=f"图：{question.zh}",
                comment=f"Chart: {question.en}",
                row_count=row_count,
            )
        )
    others.sort(
        key=lambda shown: (
            shown.name in LINES,
            isinstance(shown, Table) or shown.name in _LOOKED_UP,
        )
    )
    entries += _entries(book, formats, con, others, links)
    write_cover(cover, formats, con, entries)


def _entries(
    book: Workbook,
    formats: Formats,
    con: duckdb.DuckDBPyConnection,
    sheets: Iterable[Table | View],
    links: LineLinks,
) -> list[Entry]:
    return [entry for shown in sheets for entry in _write_sheets(book, formats, con, shown, links)]


def _write_sheets(
    book: Workbook,
    formats: Formats,
    con: duckdb.DuckDBPyConnection,
    shown: Table | View,
    links: LineLinks,
) -> Iterator[Entry]:
    """Write a table or view into as many sheets as it takes, and say what is on each."""
    columns = sheet_columns(shown)
    is_read = isinstance(shown, View)  # rather than searched
    text_formats = formats._replace(text=formats.wrapped) if is_read else formats
    ((total,),) = read_rows(con, f"SELECT count(*) FROM {shown.name}")
    rows = read_rows(con, query_of(shown, columns, _extras(shown)))
    for part, start in enumerate(range(0, max(total, 1), MAX_ROWS - 1), start=1):
        sheet = book.add_worksheet(part_name(shown.zh, part))
        own = islice(rows, MAX_ROWS - 1)
        _write_headings(sheet, columns, formats)
        _write_rows(
            sheet, columns, _heightened(sheet, own) if is_read else own, text_formats, links
        )
        yield Entry(
            sheet=sheet.get_name(),
            comment_zh=shown.comment_zh,
            comment=shown.comment,
            row_count=min(total - start, MAX_ROWS - 1),
        )


def _extras(shown: Table | View) -> tuple[str, str]:
    """The document of a row, where it has one, and as words where the row stands."""
    line = line_of(shown)
    place = f"'原文第' || {line} || '行'" if line else f"'数据库 {shown.name}'"
    return "document_id" if "document_id" in {f.name for f in shown.fields} else "NULL", place


def _write_headings(sheet: Worksheet, columns: Sequence[SheetColumn], formats: Formats) -> None:
    set_headings(sheet, [column.heading for column in columns], formats)
    for no, column in enumerate(columns):
        sheet.write_comment(0, no, column.note, {"x_scale": 2})
    set_printing(sheet)


def _write_rows(
    sheet: Worksheet,
    columns: Sequence[SheetColumn],
    rows: Iterable[_Row],
    formats: Formats,
    links: LineLinks,
) -> None:
    widths = [width_of(c.heading) + 3 for c in columns]  # room for the button of the filter
    row = linked = 0
    for row, (*values, document_id, place) in enumerate(rows, start=1):
        for no, (value, column) in enumerate(zip(values, columns, strict=True)):
            address = links.get((document_id, *value[:1])) if isinstance(value, list) else None
            if isinstance(value, list) and address and linked < MAX_LINKS:
                write_link(sheet, row, no, address, value, formats)
                linked += 1
            else:
                write_value(sheet, row, no, value, formats, column.code, str(place))
        if row <= MEASURED_ROWS:
            widths = [
                max(width, width_of(value)) for width, value in zip(widths, values, strict=True)
            ]
    for no, width in enumerate(widths):
        sheet.set_column(no, no, min(max(width + 1, NARROWEST), WIDEST))
    sheet.autofilter(0, 0, row, len(columns) - 1)
    sheet.print_area(0, 0, row, printed_columns(columns) - 1)


def _heightened(sheet: Worksheet, rows: Iterable[_Row]) -> Iterator[_Row]:
    """The rows, each made as high as its longest text takes: not every program does it by itself."""
    for row, values in enumerate(rows, start=1):
        lines = max(width_of(value) for value in values[:-2]) // (WIDEST - 4) + 1
        if lines > 1:
            sheet.set_row(row, min(lines * LINE_HEIGHT, MAX_HEIGHT))
        yield values

"""A workbook as a person sees it: the visible cells of the visible sheets, a row of the sheet a row of cells."""

from __future__ import annotations

from jcdata.documents.formats.detection import is_archive, is_compound_file
from jcdata.documents.formats.excel.cells import Workbook
from jcdata.documents.formats.excel.formulas import compute
from jcdata.documents.formats.excel.shown_sheet import show_sheet
from jcdata.documents.formats.rows import Row
from jcdata.messages import Message


def read_rows(data: bytes) -> tuple[list[Row], list[Message]]:
    """The rows of a workbook, and notes on what is hidden in it and left out.

    Raises DocumentError for a file that is damaged, encrypted or absurdly large.
    """
    workbook = _read_workbook(data)
    compute(workbook)
    rows: list[Row] = []
    notes = [
        Message(f"sheet {name!r} without cells left out", f"未读取没有单元格的工作表“{name}”")
        for name in workbook.others
    ]
    for sheet in workbook.sheets:
        if sheet.is_hidden:
            name = sheet.name
            notes.append(Message(f"hidden sheet {name!r} left out", f"未读取隐藏的工作表“{name}”"))
            continue
        shown = show_sheet(sheet, workbook.is_1904)
        rows += shown.rows
        notes += shown.notes
    return rows, notes


def _read_workbook(data: bytes) -> Workbook:
    """The reader is loaded only where a file of its kind is met."""
    if is_archive(data):
        from jcdata.documents.formats.excel import xlsx

        return xlsx.read_workbook(data)
    if is_compound_file(data):
        from jcdata.documents.formats.excel import xls

        return xls.read_workbook(data)
    from jcdata.documents.formats.excel import xml_2003

    return xml_2003.read_workbook(data)

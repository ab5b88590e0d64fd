"""Workbooks in the XML of Excel 2002 and 2003 (SpreadsheetML), mostly named .xls."""

from __future__ import annotations

from lxml import etree

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
from jcdata.documents.formats.excel.dates import parse_date
from jcdata.documents.formats.excel.number_formats import named_format
from jcdata.documents.formats.excel.xml_parts import (
    attributes,
    elements,
    is_true,
    local,
    measure,
    whole,
)

_VISIBLE, _DEFAULT = "SheetVisible", "Default"


def read_workbook(data: bytes) -> Workbook:
    """Read a file. Raises DocumentError for one that is damaged or too large."""
    reader = _Reader()
    for name, element in elements(data, kept="Data"):
        if read := _ELEMENTS.get(name):
            read(reader, element)
    return reader.workbook


class _Reader:
    """What was read of the style, the sheet, the row and the cell that are open."""

    def __init__(self) -> None:
        self.workbook = Workbook(sheets=[])
        self._budget = Budget()
        self._formats: dict[str, str] = {}
        self._number_format: str | None = None
        self._open_sheet()

    def _open_sheet(self) -> None:
        self._sheet = Sheet(name="", number=len(self.workbook.sheets) + 1)
        self._row = self._column = self._declared = 0  # the last row, cell and column that are done
        self._column_styles: list[tuple[int, int, str]] = []
        self._data: tuple[str, str] | None = None

    def number_format(self, element: etree._Element) -> None:
        self._number_format = attributes(element).get("Format", "")

    def style(self, element: etree._Element) -> None:
        values = attributes(element)
        inherited = self._formats.get(values.get("Parent", ""), self._formats.get(_DEFAULT, ""))
        own = self._number_format
        self._formats[values.get("ID", "")] = inherited if own is None else own
        self._number_format = None

    def date_system(self, element: etree._Element) -> None:
        self.workbook.is_1904 = True

    def column(self, element: etree._Element) -> None:
        values = attributes(element)
        first = whole(values.get("Index")) or self._declared + 1
        self._declared = last = first + whole(values.get("Span"))
        if style := values.get("StyleID"):
            self._column_styles.append((first, last, style))
        if is_true(values.get("Hidden")) or measure(values.get("Width")) == 0:
            self._sheet.hidden_columns.append((first, last))

    def row(self, element: etree._Element) -> None:
        values = attributes(element)
        first = self._open_row(values)
        self._row, self._column = first + whole(values.get("Span")), 0
        if is_true(values.get("Hidden")) or measure(values.get("Height")) == 0:
            self._sheet.hidden_rows.add(first)

    def _open_row(self, values: dict[str, str]) -> int:
        return whole(values.get("Index")) or self._row + 1

    def data(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is not None and local(parent.tag) == "Cell":  # else of a comment
            self._data = attributes(element).get("Type", "String"), "".join(element.itertext())

    def cell(self, element: etree._Element) -> None:
        values, row = attributes(element), element.getparent()
        row_values = {} if row is None else attributes(row)
        column = whole(values.get("Index")) or self._column + 1
        place = Place(self._open_row(row_values), column)
        right, down = whole(values.get("MergeAcross")), whole(values.get("MergeDown"))
        self._column = column + right
        if right or down:
            self._sheet.merged.append(
                Area(
                    first_row=place.row,
                    first_column=column,
                    last_row=place.row + down,
                    last_column=column + right,
                )
            )
        formula = values.get("Formula", "").removeprefix("=")
        value = self._value()
        if formula or value not in (None, ""):
            self._budget.spend(value)
            style = values.get("StyleID") or row_values.get("StyleID") or self._style_of(column)
            code = named_format(self._formats.get(style, ""))
            written = Formula(formula, place, is_relative=True) if formula else None
            self._sheet.rows.setdefault(place.row, {})[column] = Cell(value, code, written)
        self._data = None

    def _style_of(self, column: int) -> str:
        styles = (style for first, last, style in self._column_styles if first <= column <= last)
        return next(styles, _DEFAULT)

    def _value(self) -> Value:
        kind, text = self._data or ("", "")
        match kind:
            case "Boolean":
                return is_true(text)
            case "Error":
                return ErrorValue(text)
            case "Number":
                return text if (number := stored_number(text)) is None else number
            case "DateTime":
                date = parse_date(text, self.workbook.is_1904)
                return text if date is None else date
        return text if self._data else None

    def visibility(self, element: etree._Element) -> None:
        self._sheet.is_hidden = (element.text or "").strip() != _VISIBLE

    def no_zeros(self, element: etree._Element) -> None:
        self._sheet.shows_zeros = False

    def sheet(self, element: etree._Element) -> None:
        self._sheet.name = attributes(element).get("Name", "")
        self.workbook.sheets.append(self._sheet)
        self._open_sheet()


_ELEMENTS = {
    "NumberFormat": _Reader.number_format, "Style": _Reader.style, "Date1904": _Reader.date_system,
    "Column": _Reader.column, "Row": _Reader.row, "Data": _Reader.data, "Cell": _Reader.cell,
    "Visible": _Reader.visibility, "DoNotDisplayZeros": _Reader.no_zeros, "Worksheet": _Reader.sheet,
}  # fmt: skip

"""A worksheet of Office Open XML."""

from __future__ import annotations

import re
from typing import NamedTuple

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
    column_number,
    stored_number,
)
from jcdata.documents.formats.excel.dates import parse_date
from jcdata.documents.formats.excel.xml_parts import (
    damaged,
    elements,
    is_phonetic,
    is_true,
    measure,
    unescape,
    whole,
)

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class Tables(NamedTuple):
    """What the cells of a workbook share: the texts and formats that they name by numbers, and how much they may hold."""

    texts: list[str]
    formats: list[str]
    is_1904: bool
    budget: Budget


def read_sheet(sheet: Sheet, content: bytes, tables: Tables) -> None:
    """Fill a sheet from its part. Raises DocumentError for one that is damaged or too large."""
    reader = _Reader(sheet, tables)
    for name, element in elements(content):
        if read := _ELEMENTS.get(name):
            read(reader, element)


class _Reader:
    """What was read of the cell and the row that are open."""

    def __init__(self, sheet: Sheet, tables: Tables) -> None:
        self._sheet, self._tables = sheet, tables
        self._row = self._column = 0
        self._shared: dict[str, Formula] = {}
        self._clear()

    def _clear(self) -> None:
        self._stored: str | None = None
        self._text: list[str] = []
        self._formula: Formula | None = None

    def value(self, element: etree._Element) -> None:
        self._stored = element.text or ""

    def text(self, element: etree._Element) -> None:
        if not is_phonetic(element):
            self._text.append(element.text or "")

    def formula(self, element: etree._Element) -> None:
        self._formula = Formula(element.text or "", self._place(element.getparent()))
        shared = element.get("si")
        if shared is not None and self._formula.text:
            self._shared[shared] = self._formula
        elif shared is not None:
            self._formula = self._shared.get(shared, self._formula)

    def cell(self, element: etree._Element) -> None:
        place = self._place(element)
        self._column = place.column
        value = self._value(element.get("t", "n"))
        if self._formula is not None or value not in (None, ""):
            self._tables.budget.spend(value)
            style, formats = whole(element.get("s")), self._tables.formats
            code = formats[style] if style < len(formats) else "General"
            cell = Cell(value, code, self._formula)
            self._sheet.rows.setdefault(place.row, {})[place.column] = cell
        self._clear()

    def _place(self, element: etree._Element) -> Place:
        """Where a cell stands; what it doesn't say follows from the row and the cell before."""
        row = element.getparent()
        match = _REFERENCE.fullmatch(element.get("r", ""))
        own_row = whole(None if row is None else row.get("r"))
        return Place(
            row=own_row or (int(match[2]) if match else self._row + 1),
            column=column_number(match[1]) if match else self._column + 1,
        )

    def _value(self, kind: str) -> Value:
        if kind == "inlineStr":
            return unescape("".join(self._text))
        if self._stored is None or (self._stored == "" and kind != "str"):
            return None
        match kind:
            case "s":
                index, texts = whole(self._stored, -1), self._tables.texts
                if not 0 <= index < len(texts):
                    raise damaged(f"no shared text {self._stored}")
                return texts[index]
            case "str":
                return unescape(self._stored)
            case "b":
                return is_true(self._stored)
            case "e":
                return ErrorValue(self._stored)
            case "d":
                date = parse_date(self._stored, self._tables.is_1904)
                return self._stored if date is None else date
        number = stored_number(self._stored)
        return self._stored if number is None else number

    def row(self, element: etree._Element) -> None:
        self._row, self._column = whole(element.get("r")) or self._row + 1, 0
        if is_true(element.get("hidden")) or measure(element.get("ht")) == 0:
            self._sheet.hidden_rows.add(self._row)

    def column(self, element: etree._Element) -> None:
        if is_true(element.get("hidden")) or measure(element.get("width")) == 0:
            columns = whole(element.get("min")), whole(element.get("max"))
            self._sheet.hidden_columns.append(columns)

    def view(self, element: etree._Element) -> None:
        self._sheet.shows_zeros = is_true(element.get("showZeros", "1"))

    def merged(self, element: etree._Element) -> None:
        first, _, last = element.get("ref", "").partition(":")
        begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if begin and end:
            rows = sorted((int(begin[2]), int(end[2])))
            columns = sorted((column_number(begin[1]), column_number(end[1])))
            self._sheet.merged.append(
                Area(
                    first_row=rows[0],
                    first_column=columns[0],
                    last_row=rows[1],
                    last_column=columns[1],
                )
            )


_ELEMENTS = {
    "v": _Reader.value, "t": _Reader.text, "f": _Reader.formula, "c": _Reader.cell, "row": _Reader.row,
    "col": _Reader.column, "sheetView": _Reader.view, "mergeCell": _Reader.merged,
}  # fmt: skip

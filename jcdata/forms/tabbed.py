"""Performance forms in the tabbed layout: what a conversion kept of the printed cells.

The cells keep their order but not always their column; a label, a value or half a row may be lost. Above the grid
of indicators a cell belongs to the label before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from jcdata.amounts import MONEY_UNIT
from jcdata.documents.document import Line
from jcdata.forms.printed import TEXT_FIELDS, PrintedCell, PrintedForm, PrintedFunding
from jcdata.forms.tabbed_grid import Row, is_grid_row, read_grid
from jcdata.forms.vocabulary import form_words
from jcdata.messages import Message
from jcdata.schema import ANNUAL, PERIOD
from jcdata.spec_files import patterns
from jcdata.text import label_key, squeeze

LONGEST_LABEL = 24
_MONEY_UNIT = re.compile(rf"\(({MONEY_UNIT})\)$")


def read_form(lines: Sequence[Line]) -> PrintedForm:
    """Read the lines of one printing. What is not understood is listed; never an exception."""
    reader = _FormReader()
    is_year = patterns("sections")["form_year"].fullmatch
    for line in lines:
        cells = tuple(squeeze(cell) for cell in line.text.split("\t"))
        if any(cells) and not is_year(label_key("".join(cells))):
            reader.read_row(Row(line.no, cells))
    indicators, unrecognised = read_grid(reader.grid, is_cut=not reader.is_closed)
    first_line = lines[0].no if lines else 0
    return PrintedForm(
        fields=reader.fields,
        funding=reader.funding,
        indicators=indicators,
        first_line=first_line,
        last_line=max(reader.last_line, first_line),
        unrecognised=sorted(reader.unrecognised + unrecognised),
    )


class _FormReader:
    """Reads row after row: fields and funding, then the grid of indicators, then the signatures."""

    def __init__(self) -> None:
        self.fields: dict[str, PrintedCell] = {}
        self.funding: list[PrintedFunding] = []
        self.grid: list[Row] = []
        self.unrecognised: list[tuple[int, Message]] = []
        self.is_closed = False
        self.last_line = 0
        self._last_field = ""
        self._annual_column: int | None = (
            None  # where the annual half begins, as its last label says
        )

    def read_row(self, row: Row) -> None:
        """Read one row according to the labels in it and the part of the form that it stands in."""
        keys = [_label(cell) for cell in row.cells]
        if not _signatures().isdisjoint(keys):
            self._read_fields(row, keys)
            self.is_closed = self.is_closed or bool(self.grid)
        elif self.is_closed:
            self._reject(row, Message("below the end of the form", "目标表结束之后的内容"))
            return
        elif self.grid:
            self.grid.append(row)
        elif any(_funding_label(key) for key in keys):
            self._read_funding(row, keys)
        elif is_grid_row(row) and _fields().keys().isdisjoint(keys):
            self.grid.append(row)
        else:
            self._read_fields(row, keys)
        self.last_line = row.line_no

    def _reject(self, row: Row, reason: Message) -> None:
        self.unrecognised.append((row.line_no, reason))

    def _read_funding(self, row: Row, keys: Sequence[str]) -> None:
        """Amounts behind their labels; a source without a horizon stands first for the period, then for the year."""
        horizon, source = "", ""
        seen: set[str] = set()
        for column, (cell, key) in enumerate(zip(row.cells, keys, strict=True)):
            if label := _funding_label(key):
                if label[0] == "grid":
                    self._read_money_unit(cell, row.line_no)
                    continue
                source, horizon = label
                horizon = horizon or (
                    ANNUAL if source in seen or self._is_annual(column, keys, key) else PERIOD
                )
                seen.add(source)
                if horizon == ANNUAL:
                    self._annual_column = column
            elif cell and source:
                self.funding.append(
                    PrintedFunding(horizon=horizon, source=source, text=cell, line_no=row.line_no)
                )
                source = ""
            elif cell:
                self._reject(row, Message("an amount without its source", "没有资金来源的金额"))

    def _is_annual(self, column: int, keys: Sequence[str], key: str) -> bool:
        """Whether a lone label stands in the annual half."""
        return (
            keys.count(key) == 1
            and self._annual_column is not None
            and column >= self._annual_column
        )

    def _read_money_unit(self, cell: str, line_no: int) -> None:
        if match := _MONEY_UNIT.search(label_key(cell)):
            self.fields.setdefault("money_unit", PrintedCell(match[1], line_no))

    def _read_fields(self, row: Row, keys: Sequence[str]) -> None:
        """Cells behind their labels; a row without a label continues the field before it."""
        field = self._last_field
        goals: list[tuple[int, str]] = []
        heads: set[str] = set()
        for column, (cell, key) in enumerate(zip(row.cells, keys, strict=True)):
            label, value = _split_label(cell, key)
            if label:
                field = self._last_field = label
                heads.add(label)
                if label == "annual_goal":
                    self._annual_column = column
            if not value:
                continue
            heads.clear()
            if field == "goals":
                goals.append((column, value))
            elif not self._add(field, value, row.line_no):
                self._reject(row, Message("a cell without a label", "没有栏目名称的单元格"))
        self._add_goals(goals, row)
        if {"period_goal", "annual_goal"} <= heads:
            self._last_field = "goals"  # which then stand below these labels

    def _add(self, field: str, value: str, line_no: int) -> bool:
        """Put a value into its field, or add it to a text that goes on; whether it has a place."""
        present = self.fields.get(field)
        if not field or field == "ignored":
            return bool(field)
        if present is None:
            self.fields[field] = PrintedCell(value, line_no)
        elif field in TEXT_FIELDS and present.text != value:
            self.fields[field] = present._replace(text=present.text + value)
        return present is None or field in TEXT_FIELDS or present.text == value

    def _add_goals(self, goals: Sequence[tuple[int, str]], row: Row) -> None:
        """The goal of the period, then that of the year; a lone one by its column."""
        places = ["period_goal", "annual_goal"]
        # The left cell of a goal may be lost: only its column tells then.
        if (
            len(goals) == 1
            and self._annual_column is not None
            and goals[0][0] >= self._annual_column
        ):
            places.reverse()
        for place, (_, value) in zip(places, goals, strict=False):
            self._add(place, value, row.line_no)
            self._last_field = place
        if len(goals) > len(places):
            self._reject(row, Message("more goals than two", "总体目标多于两项"))


@cache
def _spec(part: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = form_words()[part]
    return found


@cache
def _fields() -> dict[str, str]:
    fields = _spec("fields").items()
    return {
        label_key(label): field
        for field, labels in fields
        if field != "funding"
        for label in labels
    }


@cache
def _signatures() -> frozenset[str]:
    return frozenset(_spec("signatures")["labels"])


@cache
def _funding_labels() -> dict[str, tuple[str, str]]:
    """Labels of the funding grid with their source and, for the totals, their horizon."""
    labels = {
        label_key(label): (source, "")
        for source, words in _spec("funding").items()
        for label in words
    }
    labels |= {label_key(label): ("grid", "") for label in _spec("fields")["funding"]}
    for horizon, words in _spec("horizons").items():
        labels |= {
            word + total: ("total", horizon)
            for word in words
            for total in _spec("funding")["total"]
        }
    return labels


def _funding_label(key: str) -> tuple[str, str] | None:
    return (
        _funding_labels().get(_MONEY_UNIT.sub("", key).removeprefix(form_words()["funding_prefix"]))
        if key
        else None
    )


@lru_cache(maxsize=4096)
def _label(cell: str) -> str:
    """A cell as labels are compared; '' where it is too long for one."""
    return label_key(cell).rstrip(":") if len(cell) <= LONGEST_LABEL else ""


def _split_label(cell: str, key: str) -> tuple[str, str]:
    """The field that a cell names and the value in it; 项目名称 and 项目名称:某某 are both in use."""
    if field := _field_of(key):
        return field, ""
    head, colon, value = cell.partition(":") if ":" in cell else cell.partition("：")
    field = _field_of(_label(head)) if colon else ""
    return (field, value) if field else ("", cell)


def _field_of(key: str) -> str:
    return _fields().get(key) or ("ignored" if key in _signatures() else "")

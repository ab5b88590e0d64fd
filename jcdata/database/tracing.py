"""Every place where a figure or words stand: cells of tables, forms and the lines of prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

from jcdata.amounts import (
    BARE_UNITS,
    CURRENCY,
    IN_WAN,
    IN_YUAN,
    MINUS_SIGNS,
    UNITS,
    parse_number,
)
from jcdata.database.definitions import literal
from jcdata.errors import AmountError, SelectionError
from jcdata.figures import reading_of
from jcdata.messages import Message
from jcdata.schema import YUAN, SourceLine, Table, table_of, tables

# Columns that say what a figure of a table is about, and those of them whose words are looked through
LABELS = (
    "table_key", "side", "item_code", "item_name", "project_name", "form_no", "label", "level3", "subject", "measure",
    "horizon", "source", "table_name",
)  # fmt: skip
NAMES = ("item_name", "project_name", "label", "level3")
PER_CENT = "%"

_UNIT = "|".join((PER_CENT, *sorted(UNITS, key=len, reverse=True), *BARE_UNITS))
_ASKED = re.compile(rf"[{CURRENCY}]?(?P<number>.+?)\s*(?P<unit>{_UNIT})?")
# A dash behind a digit, a unit or a letter is no minus: 300元-500元
_PRINTED = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<number>(?:(?<![\dA-Za-z{IN_YUAN}%)])[{MINUS_SIGNS}]\s*)?\d++(?:[.,]\d++)*+)"
    rf"(?:\s*(?P<unit>{_UNIT}))?"
)
# In SQL: from an ASCII sign to the full-width one, what groups digits, what stands before and behind a figure
_WIDER = ord("０") - ord("0")
_GROUPING = "[,，]*"
_BEFORE, _BEHIND = f"(?:^|[^0-9.０-９．,，]){_GROUPING}", f"{_GROUPING}(?:$|[^0-9０-９,，])"
_MOST_DIGITS = Decimal(10) ** 15  # of an amount, and more than any other figure has
_PLACES = Decimal("0.000001")  # that a column of figures has


class Place(NamedTuple):
    """Where a figure stands; `what` names the row and column, or is empty for a line of text."""

    document_id: str
    page_no: int | None
    line_no: int
    table_name: str
    what: str
    text: str


HEADINGS_ZH = ("文件编号", "页码", "行号", "表", "内容", "原文")  # of the fields of Place


class _Found(NamedTuple):
    """A row that holds what is asked for in a column, with what names it; a line of text has neither column nor names."""

    document_id: str
    page_no: int | None
    line_no: int
    table: Table
    names: Sequence[tuple[str, str]]
    column: str
    text: str

    def place(self, language: str) -> Place:
        """It in words: in English as the database writes them."""
        if language == "en":
            table_name, words = self.table.name, [*(value for _, value in self.names), self.column]
        else:
            columns = {field.name: field.column for field in self.table.fields}
            table_name = self.table.zh
            words = [(columns[name].values or {}).get(value, value) for name, value in self.names]
            words += [columns[self.column].zh] if self.column else []
        return Place(
            document_id=self.document_id,
            page_no=self.page_no,
            line_no=self.line_no,
            table_name=table_name,
            what=" ".join(" ".join(words).split()),
            text=self.text.strip(),
        )


class _Figure(NamedTuple):
    """A figure with its unit, '' where there is none."""

    value: Decimal
    unit: str

    @property
    def yuan(self) -> Decimal | None:
        """The amount, None where the unit is none of money."""
        unit = self.unit + IN_YUAN if self.unit in BARE_UNITS else self.unit
        return self.value * UNITS[unit] if unit in UNITS else None

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        """The amounts in yuan that it may be: without a unit it is read as 元 and as 万元."""
        if self.unit:
            return () if self.yuan is None else (self.yuan,)
        return self.value, self.value * UNITS[IN_WAN]


def find_places(con: duckdb.DuckDBPyConnection, asked: str, language: str = "en") -> list[Place]:
    """All places of a figure or of words, named in a language, en or zh.

    A figure without a unit is read as 元 and as 万元, so that `156.00`, `1560000` and `1,560,000` find the same amount, and
    stands wherever its digits are printed; `156万元` is money only and `8.19%` per cent only. What is no figure is
    looked for in names of items, projects and indicators and in lines, also where a line breaks in it. Lines of
    text follow where no table holds what is asked for. Raises SelectionError if nothing is asked for.
    """
    if not asked.strip():
        raise SelectionError(Message("nothing to look for", "没有要查找的内容"))
    figure = _asked_figure(asked)
    if figure:
        found = [row for table in tables() for row in _find_in_table(con, table, figure)]
        lines = _find_in_lines(con, figure)
    else:
        found = [row for table in tables() for row in _find_in_names(con, table, asked.strip())]
        lines = _find_words(con, asked.strip())
    known = {(row.document_id, row.line_no) for row in found}
    found += [line for line in lines if (line.document_id, line.line_no) not in known]
    found.sort(key=lambda row: (row.document_id, row.line_no, row.table.name, row.place("en").what))
    return [row.place(language) for row in found]


def _asked_figure(asked: str) -> _Figure | None:
    match = _ASKED.fullmatch(reading_of(asked.strip()))
    try:
        return _Figure(parse_number(match["number"]), match["unit"] or "") if match else None
    except AmountError:
        return None


def _find_in_table(
    con: duckdb.DuckDBPyConnection, table: Table, figure: _Figure
) -> Iterator[_Found]:
    names = [field.name for field in table.fields]
    for field in table.fields:
        if field.column.unit == YUAN:
            wanted = _in_columns(*figure.amounts)
            condition = f"t.{field.name} IN (SELECT unnest(?::DECIMAL(38,6)[]))"
        elif (
            field.name == "value" and figure.yuan is None
        ):  # of which money has a column of its own
            wanted = _in_columns(figure.value)
            condition = "t.value IN (SELECT unnest(?::DECIMAL(38,6)[])) AND t.amount_yuan IS NULL"
            if figure.unit:
                condition += f" AND t.unit = '{figure.unit}'"
        else:
            continue
        if "is_implied" in names:
            condition += " AND NOT t.is_implied"  # 与上年持平 prints no figure
        yield from _places(con, table, field.name, condition, wanted)


def _in_columns(*values: Decimal) -> list[Decimal]:
    """Those of the values that a column can hold: what is rounded to fit would find another figure."""
    return [v for v in values if abs(v) < _MOST_DIGITS and v == v.quantize(_PLACES)]


def _find_in_names(con: duckdb.DuckDBPyConnection, table: Table, words: str) -> Iterator[_Found]:
    for field in table.fields:
        if field.name in NAMES:
            yield from _places(con, table, field.name, f"contains(t.{field.name}, ?)", words)


def _places(
    con: duckdb.DuckDBPyConnection, table: Table, column: str, condition: str, wanted: Any
) -> Iterator[_Found]:
    """The rows of a table for which the condition holds, if each of them has its line."""
    names = [field.name for field in table.fields]
    if "line_no" not in names:
        return
    labels = [name for name in LABELS if name in names]
    values = ", ".join(f"t.{name}::VARCHAR" for name in labels)
    query = f"""
        SELECT t.document_id, s.page_no, t.line_no, [{values}], s.text
        FROM {table.name} t JOIN source_lines s USING (document_id, line_no)
        WHERE {condition}
    """
    for document_id, page_no, line_no, said, text in con.execute(query, [wanted]).fetchall():
        yield _Found(
            document_id=document_id,
            page_no=page_no,
            line_no=line_no,
            table=table,
            names=[(name, value) for name, value in zip(labels, said, strict=True) if value],
            column=column,
            text=text,
        )


def _find_in_lines(con: duckdb.DuckDBPyConnection, figure: _Figure) -> Iterator[_Found]:
    """Lines that print the figure, or its amount in another unit of money that stands behind it."""
    numbers = {figure.value} | {yuan / u for yuan in figure.amounts for u in UNITS.values()}
    forms = "|".join(sorted({_digits(abs(number)) for number in numbers}))
    # Of the text as it is: to translate it takes four times as long, to match it five times as long as to find a digit in it
    digits = set.intersection(*(set(f"{n.normalize():f}") - set("-.") for n in numbers))
    has_digits = " AND ".join(
        f"(contains(text, '{digit}') OR contains(text, '{_wider(digit)}'))"
        for digit in sorted(digits)
    )
    query = f"""
        SELECT document_id, page_no, line_no, text FROM source_lines
        WHERE {has_digits} AND regexp_matches(text, {literal(f"{_BEFORE}(?:{forms}){_BEHIND}")})
    """
    for document_id, page_no, line_no, text in con.execute(query).fetchall():
        if any(_is_same(printed, figure) for printed in _printed_figures(text)):
            yield _line(document_id, page_no, line_no, text)


def _digits(number: Decimal) -> str:
    """A pattern of the prints of a number, with any zeros at its end."""
    digits = f"{number.normalize():f}"
    zeros = f"(?:{_GROUPING}{_printed('0')})*"
    behind = zeros if "." in digits else f"(?:{_GROUPING}{_printed('.')}{zeros})?"
    return _GROUPING.join(map(_printed, digits)) + behind


def _printed(sign: str) -> str:
    """A pattern of a digit or a point, also as wide as a Chinese character."""
    return f"[{sign}{_wider(sign)}]"


def _wider(sign: str) -> str:
    return chr(ord(sign) + _WIDER)


def _printed_figures(text: str) -> Iterator[_Figure]:
    for match in _PRINTED.finditer(reading_of(text)):
        try:
            yield _Figure(parse_number(match["number"]), match["unit"] or "")
        except AmountError:  # 3.1.2
            continue


def _is_same(printed: _Figure, asked: _Figure) -> bool:
    if printed.value == asked.value and (not asked.unit or asked.unit == printed.unit):
        return True
    return printed.yuan is not None and printed.yuan in asked.amounts


def _find_words(con: duckdb.DuckDBPyConnection, words: str) -> Iterator[_Found]:
    """Lines in which the words stand, or begin where the next line has the rest."""
    query = """
        SELECT document_id, page_no, line_no, text
        FROM (
            SELECT
                *,
                ltrim(coalesce(lead(text) OVER (PARTITION BY document_id ORDER BY line_no), '')) AS following
            FROM source_lines
        )
        WHERE contains(text, $words) OR contains(rtrim(text) || following, $words) AND NOT contains(following, $words)
    """
    for document_id, page_no, line_no, text in con.execute(query, {"words": words}).fetchall():
        yield _line(document_id, page_no, line_no, text)


def _line(document_id: str, page_no: int | None, line_no: int, text: str) -> _Found:
    return _Found(
        document_id=document_id,
        page_no=page_no,
        line_no=line_no,
        table=table_of(SourceLine),
        names=(),
        column="",
        text=text,
    )

"""The columns of a sheet of the workbook: Chinese headings, money in both units, what people read first at the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.analyses.frames import PRICES
from jcdata.database.definitions import chinese_columns
from jcdata.exports.workbook_cells import number_format
from jcdata.schema import YUAN, DocumentRecord, Field, Table, View, table_of

LINES = ("printed_cells", "source_lines")  # of the documents, each with a row
# Of what a check says; the English of the message stands at the right
_READ_FIRST = ("severity", "status", "message_zh", "at_stake_yuan", "stated", "computed", "difference", "line_nos",
               "result_count", "verdict", "review_reason")  # fmt: skip
_READ_LAST = ("message",)
_FINDINGS = "findings"
_FIGURES = ("stated", "computed", "difference")
_IS_MONEY = "at_stake_yuan IS NOT NULL"  # so it is of all findings about money, and of no other
_OF_DOCUMENTS = [f for f in table_of(DocumentRecord).fields if f.name in ("unit_name", "fiscal_year")]  # fmt: skip


class SheetColumn(NamedTuple):
    """A column of a sheet: the field that it shows, its heading and the note on it, the SQL of its values, how Excel shows them."""

    field: str
    heading: str
    note: str
    expression: str
    code: str


def sheet_columns(shown: Table | View) -> list[SheetColumn]:
    """The columns from the left to the right."""
    columns = [column for field in _arranged(shown) for column in _columns(field)]
    return list(_with_money(columns)) if shown.name == _FINDINGS else columns


def printed_columns(columns: Sequence[SheetColumn]) -> int:
    """How many columns stand on paper: all, or of what checks say those that people read."""
    read = [no for no, column in enumerate(columns, 1) if column.field in _READ_FIRST]
    return read[-1] if "message_zh" in {column.field for column in columns} else len(columns)


def query_of(shown: Table | View, columns: Sequence[SheetColumn], extras: Sequence[str]) -> str:
    """The values of the columns and then of other expressions; a view in its own order, a table in that of reading."""
    selected = ", ".join([*(column.expression for column in columns), *extras])
    source, order = shown.name, "row_no"
    if isinstance(shown, View):
        source = f"(SELECT *, row_number() OVER () AS row_no FROM {shown.name})"
    else:
        line = line_of(shown)
        reading = ("document_id", line) if line and "document_id" in shown.key else ()
        order = ", ".join(dict.fromkeys((*reading, *shown.key)))
    if added := _added(shown):
        names = ", ".join(field.name for field in added)
        source += f" LEFT JOIN (SELECT document_id, {names} FROM documents) USING (document_id)"
    return f"SELECT {selected} FROM {source} ORDER BY {order}"


def line_of(shown: Table | View) -> str | None:
    """The column that says where a row stands in its document."""
    return next((f.name for f in shown.fields if f.name in ("line_no", "first_line")), None)


def _added(shown: Table | View) -> list[Field]:
    """What tells people whose a row is, where only the document's id does."""
    own = {field.name for field in shown.fields}
    if "document_id" not in own or "unit_name" in own or shown.name in LINES:
        return []
    return [field for field in _OF_DOCUMENTS if field.name not in own]


def _arranged(shown: Table | View) -> list[Field]:
    fields = [*_added(shown), *shown.fields]
    if "message_zh" not in {field.name for field in fields}:
        return fields

    def place(field: Field) -> int:
        if field in _OF_DOCUMENTS:
            return -1
        if field.name in _READ_FIRST:
            return _READ_FIRST.index(field.name)
        return len(_READ_FIRST) + (field.name in _READ_LAST)

    return sorted(fields, key=place)


def _columns(field: Field) -> Iterator[SheetColumn]:
    for name, expression, comment in chinese_columns(field):
        if field.column.unit != YUAN:
            heading = name
        elif name != field.column.zh:
            heading = f"{field.column.zh}（元）"
        elif field.name in PRICES:
            continue
        else:
            heading = f"{name}（万元）"
        yield SheetColumn(
            field=field.name,
            heading=heading,
            note=f"{comment}\n{field.name}",
            expression=expression,
            code=number_format(field),
        )


def _with_money(columns: Sequence[SheetColumn]) -> Iterator[SheetColumn]:
    """The columns of the findings, before the figures those of them that are money in 万元, behind them their unit."""
    for column in columns:
        if column.field in _FIGURES:
            yield column._replace(
                heading=f"{column.heading}（万元）",
                note=f"{column.note}\n金额以万元列示，非金额为空",
                expression=f"CASE WHEN {_IS_MONEY} THEN main.wan({column.field}) END",
                code="#,##0.00",
            )
        yield column
        if column.field == _FIGURES[-1]:
            yield SheetColumn(
                field="",
                heading="数字单位",
                note="所列数、推算数、差额、容差的单位；非金额者（个数、百分比等）见说明\nunit of the four figures",
                expression=f"CASE WHEN {_IS_MONEY} THEN '元' WHEN stated IS NOT NULL OR computed IS NOT NULL THEN '见说明' END",
                code="General",
            )

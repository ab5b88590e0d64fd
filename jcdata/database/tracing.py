"""Every place where a figure stands: cells of tables, forms and the lines of prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import duckdb

from jcdata.amounts import IN_WAN, IN_YUAN, UNITS, parse_number
from jcdata.schema import YUAN, Table, tables

# Columns that say what a figure of a table is about
LABELS = (
    "table_key", "side", "item_code", "item_name", "project_name", "form_no", "label", "level3", "subject", "measure",
    "horizon", "source", "table_name",
)  # fmt: skip


class Place(NamedTuple):
    """Where a figure stands; `what` names the row and column, or is empty for a line of text."""

    document_id: str
    page_no: int | None
    line_no: int
    table_name: str
    what: str
    text: str


def find_places(con: duckdb.DuckDBPyConnection, figure: str) -> list[Place]:
    """All places of a figure, read as 万元 and as 元: `156.00`, `1560000` and `1,560,000` find the same amount.

    Lines of text follow where no table holds their figure. Raises AmountError if it is not a figure.
    """
    number = parse_number(figure)
    amounts = sorted({number * UNITS[IN_WAN], number})
    places = [place for table in tables() for place in _find_in_table(con, table, amounts)]
    known = {(place.document_id, place.line_no) for place in places}
    places += [p for p in _find_in_lines(con, amounts) if (p.document_id, p.line_no) not in known]
    return sorted(
        places, key=lambda place: (place.document_id, place.line_no, place.table_name, place.what)
    )


def _find_in_table(
    con: duckdb.DuckDBPyConnection, table: Table, amounts: list[Decimal]
) -> Iterator[Place]:
    names = [field.name for field in table.fields]
    line = next((name for name in ("line_no", "first_line") if name in names), None)
    labels = ", ".join(f"t.{name}" for name in LABELS if name in names) or "''"
    for field in table.fields if line else ():
        if field.column.unit != YUAN:
            continue
        query = f"""
            SELECT t.document_id, s.page_no, t.{line}, concat_ws(' ', {labels}), s.text
            FROM {table.name} t JOIN source_lines s ON s.document_id = t.document_id AND s.line_no = t.{line}
            WHERE t.{field.name} IN (SELECT unnest(?::DECIMAL(38,6)[]))
        """
        for document_id, page_no, line_no, label, text in con.execute(query, [amounts]).fetchall():
            what = f"{' '.join(label.split())} {field.name}".strip()
            yield Place(
                document_id=document_id,
                page_no=page_no,
                line_no=line_no,
                table_name=table.name,
                what=what,
                text=text.strip(),
            )


def _find_in_lines(con: duckdb.DuckDBPyConnection, amounts: list[Decimal]) -> Iterator[Place]:
    """Lines that print an amount in 元 or in 万元; whole 万元 only before the character 万, else any number would do."""
    forms = set()
    for yuan in amounts:
        wan = yuan / UNITS[IN_WAN]
        for shape in ("f", ",f"):
            forms.add(re.escape(f"{yuan.normalize():{shape}}") + r"(\.0+)?")
            forms.add(re.escape(f"{wan:{shape[:-1]}.2f}"))
            forms.add(
                re.escape(f"{wan.normalize():{shape}}") + rf"0* *{IN_WAN.removesuffix(IN_YUAN)}"
            )
    pattern = rf"(^|[^0-9.,])({'|'.join(sorted(forms))})($|[^0-9.,]|[.,]($|[^0-9]))"
    query = (
        "SELECT document_id, page_no, line_no, text FROM source_lines WHERE regexp_matches(text, ?)"
    )
    for document_id, page_no, line_no, text in con.execute(query, [pattern]).fetchall():
        yield Place(
            document_id=document_id,
            page_no=page_no,
            line_no=line_no,
            table_name="source_lines",
            what="",
            text=text.strip(),
        )

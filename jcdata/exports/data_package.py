"""A database as a Fiscal Data Package: `datapackage.json`, made from the schema, and a CSV file for each table and view.

Everyone's tools read it: a Frictionless tabular data package, whose columns carry the ColumnTypes of the budget
taxonomy of specs.frictionlessdata.io where one fits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from jcdata.database.definitions import column_comment
from jcdata.database.warehouse import order_of, read_rows, write_csv
from jcdata.exports.formula_guard import ADDED_APOSTROPHES, neutralise
from jcdata.replacing import replaced_folder
from jcdata.schema import YUAN, Field, Table, View, published

DESCRIPTOR = "datapackage.json"
NAME = "jcdata-budget-disclosures"
TAXONOMY = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
DESCRIPTION = (
    "Budgets that government units of China disclosed, read by jcdata: each figure with the line of its document. "
    "Money is in yuan; the same money stands in several tables, and rows where is_total is true sum up others, so add up "
    "one table at a time without them. The documents are public disclosures of their publishers (Budget Law, article 14); "
    "jcdata knows of no licence that they state. "
    "So that no spreadsheet runs a text as a formula, an apostrophe stands before = + - @ at the beginning of a text and "
    "after semicolons and line ends in it; removing what formulaGuard.removes matches gives the text as it was. / "
    "jcdata 从中国政府单位公开的预算中读出的数据，每个数字都注明原文行号。金额单位为元；同一笔钱列示于多张表，is_total 为真的行是"
    "其他行之和，加总时只取一张表并排除合计行。文件由各单位依预算法第十四条公开，未见其注明许可条款。为防止电子表格把文字当作公式"
    "运行，文字开头以及其中分号、换行之后的 = + - @ 前加有撇号，删去 formulaGuard.removes 所匹配的撇号即为原文。"
)
_DIALECT = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminator": "\n",
}  # else it is guessed
_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
    "DATE": "date",
    "INTEGER[]": "array",
}


def export_package(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write every published table and view into a folder as a data package; the same database gives the same bytes.

    Raises OutputError if the folder holds anything but an earlier package, DatabaseError if the database lacks a
    table, OSError if it can't be written; the folder is then as it was.
    """
    with replaced_folder(path, _is_package) as new:
        for shown in published():
            write_csv(new / _file_name(shown), shown, map(neutralised, ordered_rows(con, shown)))
        text = json.dumps(_descriptor(con, new), ensure_ascii=False, indent=1)
        (new / DESCRIPTOR).write_text(text + "\n", encoding="utf-8", newline="\n")


def _is_package(folder: Path) -> bool:
    """Whether a folder holds an exported package and nothing else."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        listed = {DESCRIPTOR, *(resource["path"] for resource in descriptor["resources"])}
        return bool(descriptor["name"] == NAME) and listed.issuperset(
            path.name for path in folder.iterdir()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def ordered_rows(con: duckdb.DuckDBPyConnection, shown: Table | View) -> Iterator[tuple[Any, ...]]:
    """The rows of a table or view in a fixed order."""
    columns = ", ".join(f.name for f in shown.fields)
    return read_rows(con, f"SELECT {columns} FROM {shown.name} ORDER BY {order_of(shown)}")


def neutralised(row: Iterable[Any]) -> tuple[Any, ...]:
    """A row of which no spreadsheet runs a text as a formula."""
    return tuple(neutralise(value) if isinstance(value, str) else value for value in row)


# ---------------------------------------------------------------------------------------------------------
# datapackage.json


def _descriptor(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Any]:
    documents = list(
        read_rows(
            con,
            "SELECT document_id, file_name, sha256, title, unit_name FROM documents ORDER BY document_id",
        )
    )
    units = sorted({unit for *_, unit in documents if unit})
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": "Budget disclosures of China's government units / 政府单位预算公开数据",
        "description": DESCRIPTION,
        "contributors": [{"title": unit, "role": "publisher"} for unit in units],
        "sources": [
            {
                "title": title or file_name,
                "documentId": document_id,
                "fileName": file_name,
                "sha256": sha256,
            }
            for document_id, file_name, sha256, title, _ in documents
        ],
        "columnTypes": [TAXONOMY],
        "formulaGuard": {"fields": "string", "adds": "'", "removes": ADDED_APOSTROPHES},
        "resources": [_resource(shown, folder / _file_name(shown)) for shown in published()],
    }


def _resource(shown: Table | View, file: Path) -> dict[str, Any]:
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": shown.name,
        "path": file.name,
        "title": f"{shown.name} / {shown.zh}",
        "description": f"{shown.comment} / {shown.comment_zh}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256}",
        "schema": _table_schema(shown),
    }


def _table_schema(shown: Table | View) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(f) for f in shown.fields], "missingValues": [""]}
    if isinstance(shown, Table):
        schema["primaryKey"] = list(shown.key)
    schema["foreignKeys"] = [
        {"fields": list(columns), "reference": {"resource": target, "fields": list(columns)}}
        for columns, target in shown.references
    ]
    if any(f.column.fiscal_type == "value" for f in shown.fields):
        schema["extraFields"] = [
            {
                "name": "currency",
                "type": "string",
                "columnType": "value-currency:code",
                "constant": "CNY",
            }
        ]
    return schema


def _field(field: Field) -> dict[str, Any]:
    column = field.column
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES.get(field.sql_type, "number"),
        "title": column.zh,
        "description": column_comment(field),
    }
    if column.unit:
        described["unit"] = "CNY" if column.unit == YUAN else column.unit
    if column.fiscal_type:
        described["columnType"] = column.fiscal_type
    if not field.nullable:
        described["constraints"] = {"required": True}
        if field.sql_type == "VARCHAR":
            described["missingValues"] = []  # an empty text is a text there, not a gap
    if column.values:
        described.setdefault("constraints", {})["enum"] = [
            neutralise(value) for value in column.values
        ]
        described["words"] = {neutralise(value): word for value, word in column.values.items()}
    return described


def _file_name(shown: Table | View) -> str:
    return f"{shown.name}.csv"

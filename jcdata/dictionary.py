"""The data dictionary: what each published table and column means, from the schema."""

from __future__ import annotations

from collections.abc import Iterator

from jcdata.definitions import CHINESE_SCHEMA, chinese_columns
from jcdata.schema import Field, Table, View, published

_HEADING = """# Data dictionary / 数据字典

Made from `jcdata/schema.py` by `jcdata tables --markdown`; a test keeps it current.

Money is in yuan, exact, DECIMAL(18,2), in columns that end in `_yuan`; shares are fractions. Every row that was read
from a document carries `line_no`, the line of `source_lines` where it is printed. Each table and view has a Chinese view of
the same rows in the schema `zh`, with amounts in 万元 (rounded for reading) and exact amounts in columns ending in `_元`.

金额一律为元，精确到分，列名以 `_yuan` 结尾；比率为小数。凡取自文件的数据都带 `line_no`，可在 `source_lines` 中查到原文。
每张表和视图在 `zh` 模式下有同内容的中文视图，金额以万元列示（四舍五入），以 `_元` 结尾的列为精确金额。
"""


def find_table(name: str) -> Table | View | None:
    """A table or view by its English or Chinese name."""
    return next((t for t in published() if name in (t.name, t.zh, f"{CHINESE_SCHEMA}.{t.zh}")), None)


def allowed_values(field: Field) -> str:
    """The closed list of values with their Chinese words, '' where there is none."""
    return ", ".join(f"`{v}` {zh}".strip() for v, zh in (field.column.values or {}).items() if v)


def markdown() -> str:
    """The whole dictionary as Markdown."""
    return "\n".join([_HEADING, *_contents(), *(line for table in published() for line in _section(table))])


def _contents() -> Iterator[str]:
    yield "| table | 视图 | one row per |"
    yield "| --- | --- | --- |"
    for table in published():
        yield f"| [`{table.name}`](#{table.name}) | `zh.{table.zh}` | {table.comment} |"
    yield ""


def _section(table: Table | View) -> Iterator[str]:
    yield f"## {table.name}\n"
    kind = f"Key: {', '.join(f'`{k}`' for k in table.key)}" if isinstance(table, Table) else "A view."
    yield f"{table.comment}. {table.comment_zh}。 {kind}\n"
    yield "| column | 中文列 | type | meaning | 含义 |"
    yield "| --- | --- | --- | --- | --- |"
    for field in table.fields:
        unit = f" ({field.column.unit})" if field.column.unit else ""
        values = allowed_values(field)
        meaning = f"{field.column.comment}{unit}{': ' + values if values else ''}"
        chinese = ", ".join(name for name, _, _ in chinese_columns(field))
        null = "" if not field.nullable else ", may be NULL"
        yield f"| `{field.name}` | {chinese} | {field.sql_type}{null} | {meaning} | {field.column.comment_zh} |"
    yield ""

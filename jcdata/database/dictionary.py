"""The data dictionary: what each published table and column means, from the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jcdata.database.definitions import CHINESE_SCHEMA, chinese_columns, relations_of
from jcdata.schema import MACROS, Field, Macro, Table, View, published

_HEADING = """# Data dictionary / 数据字典

Made from `jcdata/schema.py` by `jcdata tables --markdown`; a test keeps it current.

Money is in yuan, exact, DECIMAL(18,2), in columns that end in `_yuan`; shares are fractions. Every row that was read
from a document carries `line_no`, the line of `source_lines` where it is printed. Each table and view has a Chinese view of
the same rows in the schema `zh`, with amounts in 万元 (rounded for reading) and exact amounts in columns ending in `_元`.

金额一律为元，精确到分，列名以 `_yuan` 结尾；比率为小数。凡取自文件的数据都带 `line_no`，可在 `source_lines` 中查到原文。
每张表和视图在 `zh` 模式下有同内容的中文视图，金额以万元列示（四舍五入），以 `_元` 结尾的列为精确金额。
"""

HEADINGS = ("column", "中文", "type", "unit", "meaning", "含义")


def find_table(name: str) -> Table | View | None:
    """A table or view by its English or Chinese name."""
    return next((t for t in published() if _is_named(t, name)), None)


def find_macro(name: str) -> Macro | None:
    """A macro by its English or Chinese name."""
    return next((m for m in MACROS if _is_named(m, name)), None)


def _is_named(shown: Table | View | Macro, name: str) -> bool:
    return name in (shown.name, shown.zh, f"{CHINESE_SCHEMA}.{shown.zh}")


def calls(macro: Macro) -> tuple[str, str]:
    """How a macro is called by its English and its Chinese name."""
    english = f"{macro.name}({', '.join(macro.parameters)})"
    return english, f"{CHINESE_SCHEMA}.{macro.zh}({', '.join(macro.parameters.values())})"


def described(fields: Iterable[Field]) -> Iterator[tuple[str, ...]]:
    """The columns of a table for a terminal, under `HEADINGS`."""
    for field in fields:
        column = field.column
        meaning = f"{column.comment}\n{allowed_values(field)}".strip()
        yield field.name, column.zh, field.sql_type, column.unit, meaning, column.comment_zh


def allowed_values(field: Field) -> str:
    """The closed list of values with their Chinese words, '' where there is none."""
    return ", ".join(f"`{v}` {zh}".strip() for v, zh in (field.column.values or {}).items() if v)


def markdown() -> str:
    """The whole dictionary as Markdown."""
    sections = (line for table in published() for line in _section(table))
    return "\n".join([_HEADING, *_contents(), *sections, *_macros()])


def _contents() -> Iterator[str]:
    yield "| table | 视图 | one row per |"
    yield "| --- | --- | --- |"
    for table in published():
        yield f"| [`{table.name}`](#{table.name}) | `zh.{table.zh}` | {table.comment} |"
    yield ""


def _section(table: Table | View) -> Iterator[str]:
    yield f"## {table.name}\n"
    kind = "" if isinstance(table, Table) else "A view. "
    relations = "; ".join(relations_of(table, "`{}`"))
    yield f"{table.comment}. {table.comment_zh}。 {kind}{relations[:1].upper()}{relations[1:]}".rstrip()
    yield ""
    yield from _columns(table.fields)


def _columns(fields: Iterable[Field]) -> Iterator[str]:
    yield "| column | 中文列 | type | meaning | 含义 |"
    yield "| --- | --- | --- | --- | --- |"
    for field in fields:
        unit = f" ({field.column.unit})" if field.column.unit else ""
        values = allowed_values(field)
        meaning = f"{field.column.comment}{unit}{': ' + values if values else ''}"
        chinese = ", ".join(name for name, _, _ in chinese_columns(field))
        null = "" if not field.nullable else ", may be NULL"
        yield f"| `{field.name}` | {chinese} | {field.sql_type}{null} | {meaning} | {field.column.comment_zh} |"
    yield ""


def _macros() -> Iterator[str]:
    yield "## Macros / 宏\n"
    yield "What queries repeat. Those that give a table stand after FROM. / 常用算法；给出表的宏写在 FROM 之后。\n"
    yield "| macro | 宏 | gives | meaning | 含义 |"
    yield "| --- | --- | --- | --- | --- |"
    for macro in MACROS:
        english, chinese = calls(macro)
        kind = "a table" if macro.fields else "a value"
        yield f"| `{english}` | `{chinese}` | {kind} | {macro.comment} | {macro.comment_zh} |"
    yield ""
    for macro in MACROS:
        if macro.fields:
            yield f"### {macro.name}\n"
            yield from _columns(macro.fields)

"""The published tables, views and macros as SQL, made from the schema."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb

from jcdata import paths, schema
from jcdata.errors import SpecError
from jcdata.schema import Field, Macro, Table, View
from jcdata.spec_files import written_patterns

CHINESE_SCHEMA = "zh"
STORED = "stored"  # the schema of the rows of the stored views
SQL = paths.PACKAGE / "sql"
_SPEC = re.compile(r"\bspec\('(\w+)\.(\w+)'\)")


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create all published tables, empty, with checks of their values.

    Keys are not declared to DuckDB, whose indexes would take more time and room than the rows: `jcdata.extraction.record_keys` looks after
    them when a document is read.
    """
    con.execute(";\n".join(map(_create_table, schema.tables())))


def _create_table(table: Table) -> str:
    parts = [
        f"{f.name} {f.sql_type}{'' if f.nullable else ' NOT NULL'}{_value_check(f)}"
        for f in table.fields
    ]
    parts += [f"CHECK ({check})" for check in table.checks]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(parts) + "\n)"


def _value_check(field: Field) -> str:
    values = field.column.values
    return f" CHECK ({field.name} IN ({', '.join(map(literal, values))}))" if values else ""


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Create the published views and macros, the Chinese ones too, and all comments.

    In one transaction: hundreds of statements by themselves would each be written to the disk.
    """
    con.execute(";\n".join(["BEGIN", *_definitions(), "COMMIT"]))


def store_views(con: duckdb.DuckDBPyConnection) -> None:
    """Compute the rows of the stored views anew, in the order of their declaration, as one may ask another before it."""
    for view in schema.views():
        if view.is_stored:
            con.execute(f"DELETE FROM {STORED}.{view.name}")
            con.execute(f"INSERT INTO {STORED}.{view.name}\n{view_query(view)}")


def create_definitions(con: duckdb.DuckDBPyConnection) -> None:
    """Create tables, views and macros without the comments, which take most of the time."""
    definitions = (
        definition for definition in _definitions() if not definition.startswith("COMMENT")
    )
    create_tables(con)
    con.execute(";\n".join(["BEGIN", *definitions, "COMMIT"]))


def _definitions() -> Iterator[str]:
    yield f"CREATE SCHEMA {CHINESE_SCHEMA}"
    yield f"CREATE SCHEMA {STORED}"
    for macro in schema.MACROS:
        yield from _macro(macro)
    for view in schema.views():
        if view.is_stored:
            yield from _stored_view(view)
        else:
            yield f"CREATE VIEW {view.name} AS\n{view_query(view)}"
    for shown in schema.published():
        kind = "TABLE" if isinstance(shown, Table) else "VIEW"
        yield f"COMMENT ON {kind} {shown.name} IS {literal(table_comment(shown))}"
        for f in shown.fields:
            yield f"COMMENT ON COLUMN {shown.name}.{f.name} IS {literal(column_comment(f))}"
        yield from _chinese_view(shown)


def view_query(view: View) -> str:
    """What a view shows, stored or not."""
    return read_sql(SQL / "views" / f"{view.name}.sql")


def _stored_view(view: View) -> Iterator[str]:
    """A table for its rows, which are in their order there, and the view that shows them."""
    stored = f"{STORED}.{view.name}"
    columns = ", ".join(f"{field.name} {field.sql_type}" for field in view.fields)
    yield f"CREATE TABLE {stored} ({columns})"
    yield f"COMMENT ON TABLE {stored} IS {literal(f'The rows of the view {view.name}, computed by the last build / 视图“{view.zh}”的结果，构建时算出')}"
    yield f"CREATE VIEW {view.name} AS\nFROM {stored}"


def create_macros(con: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
    """Create some of the published macros, in English and without comments, where there are no views."""
    con.execute(";\n".join(_create_macro(macro) for macro in schema.MACROS if macro.name in names))


def _create_macro(macro: Macro) -> str:
    table = "TABLE " if macro.fields else ""
    return f"CREATE OR REPLACE MACRO {macro.name}({', '.join(macro.parameters)}) AS {table}\n{_body(macro)}"


def _macro(macro: Macro) -> Iterator[str]:
    """The macro, and the same with Chinese names and, if it is a table's, with columns as in the Chinese views."""
    yield _create_macro(macro)
    table = "TABLE " if macro.fields else ""
    yield f"COMMENT ON MACRO {table}{macro.name} IS {literal(f'{macro.comment} / {macro.comment_zh}')}"
    chinese = f'{CHINESE_SCHEMA}."{macro.zh}"'
    parameters = ", ".join(f'"{name}"' for name in macro.parameters.values())
    call = f"main.{macro.name}({parameters})"
    if macro.fields:
        call = f"SELECT {_chinese_selection(macro.fields)}\nFROM {call}"
    yield f"CREATE MACRO {chinese}({parameters}) AS {table}{call}"
    yield f"COMMENT ON MACRO {table}{chinese} IS {literal(f'{macro.comment_zh} / {macro.comment}')}"


def _body(macro: Macro) -> str:
    if macro.name == "comparable_name":
        return name_key_in_sql("name")
    return (SQL / "macros" / f"{macro.name}.sql").read_text(encoding="utf-8")


def name_key_in_sql(name: str) -> str:
    """The key by which Python compares names, `names.name_key`, of an expression."""
    from jcdata import names  # which a query needs not, nor the library that it loads

    return _replaced(spelling_in_sql(name), names.wordings())


def spelling_in_sql(name: str) -> str:
    """The same without regard to wordings, for names of which something is left out."""
    from jcdata import names

    signs, instead = "".join(names.FOLDED), "".join(names.FOLDED.values())
    folded = f"translate({name}, {literal(signs)}, {literal(instead)})"
    has_any = f"regexp_matches({name}, {literal(f'[{re.escape(signs)}]')})"  # as a long translate takes its time
    return _replaced(f"CASE WHEN {has_any} THEN {folded} ELSE {name} END", names.LEFT_OUT)


def _replaced(expression: str, replacements: Iterable[tuple[str, str]]) -> str:
    for pattern, replacement in replacements:
        expression = (
            f"regexp_replace({expression}, {literal(pattern)}, {literal(replacement)}, 'g')"
        )
    return expression


def table_comment(shown: Table | View) -> str:
    """What a row is in both languages, and the relations, which are not declared to DuckDB."""
    relations = "; ".join(relations_of(shown))
    return f"{shown.comment} / {shown.comment_zh}{f' [{relations}]' if relations else ''}"


def relations_of(shown: Table | View, name: str = "{}") -> list[str]:
    """The key of a table, then what it refers to, columns and tables written as `name` says."""

    def listed(columns: Iterable[str]) -> str:
        return ", ".join(name.format(column) for column in columns)

    key = [f"key: {listed(shown.key)}"] if isinstance(shown, Table) else []
    return [
        *key,
        *(f"{listed(columns)} → {name.format(target)}" for columns, target in shown.references),
    ]


def column_comment(field: Field) -> str:
    """Meaning and unit in both languages."""
    unit = f" [{field.column.unit}]" if field.column.unit else ""
    return f"{field.column.comment}{unit} / {field.column.comment_zh}"


def _chinese_view(table: Table | View) -> Iterator[str]:
    view = f'{CHINESE_SCHEMA}."{table.zh}"'
    yield f"CREATE VIEW {view} AS SELECT\n  {_chinese_selection(table.fields)}\nFROM main.{table.name}"
    yield f"COMMENT ON VIEW {view} IS {literal(f'{table.comment_zh} / {table.comment}')}"
    for name, _, comment in (column for field in table.fields for column in chinese_columns(field)):
        yield f'COMMENT ON COLUMN {view}."{name}" IS {literal(comment)}'


def _chinese_selection(fields: Iterable[Field]) -> str:
    columns = (column for field in fields for column in chinese_columns(field))
    return ",\n  ".join(f'{expression} AS "{name}"' for name, expression, _ in columns)


def chinese_columns(field: Field) -> list[tuple[str, str, str]]:
    """Name, expression and comment in the Chinese view: 万元 rounded for reading and exact 元 beside it, codes as words."""
    zh, comment = field.column.zh, f"{field.column.comment_zh} / {field.column.comment}"
    if field.column.unit == schema.YUAN:
        return [
            (zh, f"main.wan({field.name})", f"{comment}，万元"),
            (f"{zh}_元", field.name, f"{comment}，元"),
        ]
    if field.column.values:
        cases = " ".join(
            f"WHEN {literal(value)} THEN {literal(word)}"
            for value, word in field.column.values.items()
        )
        return [(zh, f"CASE {field.name} {cases} END", comment)]
    return [(zh, field.name, comment)]


def read_sql(path: Path) -> str:
    """A file of `sql`; `spec('FILE.KEY')` in it has become that pattern of `specs/FILE.toml`. Raises SpecError if there is none."""

    def pattern(call: re.Match[str]) -> str:
        file, key = call.groups()
        if key not in written_patterns(file):
            raise SpecError(f"{path.name}: {file}.toml has no {key}")
        return literal(written_patterns(file)[key])

    return _SPEC.sub(pattern, path.read_text(encoding="utf-8"))


def literal(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def map_literal(values: Mapping[str, str | Decimal]) -> str:
    """A MAP of texts or numbers by texts as SQL writes it."""
    pairs = (
        (literal(key), literal(v) if isinstance(v, str) else f"{v:f}") for key, v in values.items()
    )
    return "MAP {" + ", ".join(": ".join(pair) for pair in pairs) + "}"

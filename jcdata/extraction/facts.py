"""What is said of a line in both languages, and what the rows of the database say that were read from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from jcdata.analyses.frames import heading_of, in_words
from jcdata.analyses.sentences import zh_money
from jcdata.messages import Message, read_message
from jcdata.schema import BudgetLine, Field, Problem, Table, document_tables, table_of

if TYPE_CHECKING:
    import duckdb

_LONGEST = 120  # characters of a value
_WHERE = {"document_id", "file_name", "line_no", "page_no"}
_NAMES = {"table_key", "side", "item_code", "item_name", "measure"}  # what a budget line is about


class Fact(NamedTuple):
    """One thing that is said of a line: what it is about, and what."""

    what: Message
    said: Message


def listed(*said: Message | str) -> Message:
    """Several things one after the other; what is no message is the same in both languages."""
    messages = [Message(text, text) if isinstance(text, str) else text for text in said]
    return Message(", ".join(m.en for m in messages), "，".join(m.zh for m in messages))


def budget_line_in_words(line: BudgetLine) -> Message:
    """What a budget line is about, and its amount."""
    names = [(f, v) for f, v in _values(table_of(BudgetLine), line) if f.name in _NAMES]
    return Message(
        f"{' '.join(value for _, value in names)} {line.amount_yuan:f} yuan",
        f"{' '.join(in_words(v, field) for field, v in names)} {zh_money(line.amount_yuan)}",
    )


def facts_of_database(
    con: duckdb.DuckDBPyConnection,
    document_id: str,
    file_name: str,
    line_no: int,
    left_out: set[str],
) -> Iterator[Fact]:
    """The rows of the database that were read from a line, but those of the tables that are left out."""
    for table in document_tables():
        names = [field.name for field in table.fields]
        if table.name == "source_lines" or table.name in left_out:
            continue
        if "line_no" in names:
            at = "line_no = $line"
        elif "last_line" in names:
            at = "$line BETWEEN first_line AND last_line"
        else:
            continue
        where = f"document_id = $document AND {at}"
        yield from _rows(con, table, where, {"document": document_id, "line": line_no})
    where = "file_name = $file AND line_no = $line"
    yield from _rows(con, table_of(Problem), where, {"file": file_name, "line": line_no})


def _rows(
    con: duckdb.DuckDBPyConnection, table: Table, where: str, parameters: dict[str, str | int]
) -> Iterator[Fact]:
    names = ", ".join(field.name for field in table.fields)
    query = f"SELECT {names} FROM {table.name} WHERE {where}"
    for row in con.execute(query, parameters).fetchall():
        values = [(f, v) for f, v in _values(table, row) if f.name not in _WHERE]
        en = [f"{field.name} {_in_english(value, field)[:_LONGEST]}" for field, value in values]
        zh = [f"{heading_of(field)} {in_words(value, field)[:_LONGEST]}" for field, value in values]
        yield Fact(Message(table.name, table.zh), Message("; ".join(en), "；".join(zh)))


def _in_english(value: Any, field: Field) -> str:
    """What stands in a column, as the database has it but for the Chinese half of messages."""
    return read_message(value).en if field.column.is_message else str(value)


def _values(table: Table, row: tuple[Any, ...]) -> Iterator[tuple[Field, Any]]:
    """What stands in a row, with its columns."""
    for field, value in zip(table.fields, row, strict=True):
        if value not in (None, ""):
            yield field, value

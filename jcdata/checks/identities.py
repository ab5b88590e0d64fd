"""The identities between the statutory tables, from `specs/identities.toml` into tables that SQL evaluates.

An identity names cells: "current_year_projects project total" is the column `total` of all rows of the kind `project`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import duckdb

from jcdata.database.warehouse import insert_rows
from jcdata.errors import SpecError
from jcdata.schema import DOCUMENT_KINDS, MEASURES, TABLE_NUMBERS, has_side
from jcdata.spec_files import SPECS, read_toml

_SQL_TYPES = {int: "INTEGER", bool: "BOOLEAN", str: "VARCHAR", list[str]: "VARCHAR[]"}
KEYED = {"every", "code", "category"}  # kinds that make an identity of each row
RELATIONS = {"equal", "at_most", "all_of_unit", "empty", "if_printed"}
_OPERAND = re.compile(
    r"(?P<sign>-?)(?P<optional>\??)(?P<table>\w+)(/(?P<side>\w+))? (?P<row>[\w@]+) (?P<measures>[\w+@]+)"
)
_IDENTITY = {
    "check",
    "target",
    "document_kind",
    "stated",
    "terms",
    "perhaps",
    "zero",
    "measures",
    "relation",
}
_ROW_KIND = {"tables", "side", "role", "key", "zh", "pattern"}

_TABLE_WORDS = {key: f"表{number}" for key, number in TABLE_NUMBERS.items()}

# Rows that need no pattern to be known
_OTHER_ROWS = {
    "total": "合计",
    "project": "各项目",
    "item": "各项",
    "source": "各来源",
    "carried_source": "上年结转各项",
}


class RowKind(NamedTuple):
    """Rows that identities name: those of a table whose name matches a pattern; the first that matches counts."""

    kind_no: int
    table_key: str
    side: str
    role: str
    key: str
    pattern: str


class Operand(NamedTuple):
    """Cells that an identity adds up, or that must be zero for it to apply."""

    identity_no: int
    check_key: str
    target: str
    relation: str
    document_kind: str  # '' for all
    operand_no: int
    use: str  # stated, terms, perhaps, zero
    sign: int
    is_optional: bool
    table_key: str
    side: str
    row: str
    measures: list[str]
    label: str
    label_zh: str


@cache
def row_kinds() -> tuple[RowKind, ...]:
    """The kinds of rows in the order of their declaration."""
    found: list[RowKind] = []
    for entry in _spec()["row"]:
        _require(
            set(entry) <= _ROW_KIND
            and all(has_side(table, entry.get("side", "")) for table in entry["tables"]),
            str(entry),
        )
        for table in entry["tables"]:
            key = entry.get("key", entry["role"])
            found.append(
                RowKind(
                    kind_no=len(found),
                    table_key=table,
                    side=entry.get("side", ""),
                    role=entry["role"],
                    key=key,
                    pattern=entry["pattern"].replace("{part}", _spec()["part"]),
                )
            )
    return tuple(found)


@cache
def operands() -> tuple[Operand, ...]:
    """The operands of all identities. Raises SpecError for a cell that no table has."""
    found: list[Operand] = []
    number = 0
    for entry in _spec()["identity"]:
        _require(
            set(entry) <= _IDENTITY and entry.get("relation", "equal") in RELATIONS, str(entry)
        )
        _require(entry.get("document_kind", "budget") in DOCUMENT_KINDS, str(entry))
        for measure in entry.get("measures", [""]):
            number += 1
            found += _operands(number, entry, measure)
    return tuple(found)


def load_identities(con: duckdb.DuckDBPyConnection) -> None:
    """Put the identities into tables of the connection."""
    load_records(con, "row_kinds", RowKind, row_kinds())
    load_records(con, "operands", Operand, operands())


def load_records(
    con: duckdb.DuckDBPyConnection, name: str, record: type, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Put records into a table with the fields of their class."""
    types = {field: _SQL_TYPES[kind] for field, kind in get_type_hints(record).items()}
    columns = ", ".join(f"{field} {sql_type}" for field, sql_type in types.items())
    con.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
    insert_rows(con, name, list(types.values()), rows)


def _operands(number: int, entry: dict[str, Any], measure: str) -> Iterator[Operand]:
    target = _target(entry["target"], measure)
    uses = [("stated", entry["stated"])]
    uses += [(use, text) for use in ("terms", "perhaps", "zero") for text in entry.get(use, [])]
    for operand_no, (use, text) in enumerate(uses):
        match = _OPERAND.fullmatch(text)
        if match is None or not has_side(match["table"], match["side"] or ""):
            raise SpecError(f"identities.toml: {text!r} is no cell")
        label, label_zh = _labels(
            match, measure, is_own=match["table"] == entry["stated"].split()[0].split("/")[0]
        )
        yield Operand(
            identity_no=number,
            check_key=entry["check"],
            target=target,
            relation=entry.get("relation", "equal"),
            document_kind=entry.get("document_kind", ""),
            operand_no=operand_no,
            use=use,
            sign=-1 if match["sign"] else 1,
            is_optional=bool(match["optional"]),
            table_key=match["table"],
            side=match["side"] or "",
            row=match["row"].replace("@", measure),
            measures=_measures(match["measures"], measure),
            label=label,
            label_zh=label_zh,
        )


def _target(text: str, measure: str) -> str:
    words = _TABLE_WORDS | {"measure": MEASURES.get(measure, "")}
    _require(set(re.findall(r"\{(.*?)\}", text)) <= set(words), text)
    return text.format_map(words)


def _measures(text: str, measure: str) -> list[str]:
    groups: dict[str, list[str]] = _spec()["measures"]
    found = [
        one
        for name in text.split("+")
        for one in groups.get(name, [measure if name == "@" else name])
    ]
    _require(set(found) <= set(MEASURES), text)
    return found


def _labels(match: re.Match[str], measure: str, is_own: bool) -> tuple[str, str]:
    """What stands before an amount in a message; nothing where it is another column of the row that is checked."""
    row = match["row"].replace("@", measure)
    if row == "every" and is_own:
        return "", ""
    columns = [measure if name == "@" else name for name in match["measures"].split("+")]
    columns = [name for name in columns if name in MEASURES and name != "total"]
    table = match["table"]
    english = [f"table {TABLE_NUMBERS[table]}", "" if row in KEYED else row, *columns]
    chinese = [
        _TABLE_WORDS[table],
        "" if row in KEYED else row_names()[row],
        *(MEASURES[name] for name in columns),
    ]
    return " ".join(filter(None, english)).replace("_", " ") + " ", "".join(chinese) + " "


@cache
def row_names() -> dict[str, str]:
    """What the kinds of rows are called in Chinese."""
    named = {entry.get("key", entry["role"]): entry["zh"] for entry in _spec()["row"]}
    carried = {f"carried_{key}": f"上年结转{zh}" for key, zh in named.items() if key in MEASURES}
    return _OTHER_ROWS | carried | named


@cache
def _spec() -> dict[str, Any]:
    return read_toml(SPECS / "identities.toml", {"part", "measures", "row", "identity"})


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise SpecError(f"identities.toml: not understood: {what}")

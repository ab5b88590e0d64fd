"""How records are filled, by the names of their fields, and that no conditional expression stands inside another.

A value that is given by its position goes silently into the wrong field once a field is added before it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from jcdata.paths import PACKAGE

MOST_BY_POSITION = 3  # fields, whose order is as plain as their names
NOTATION = {
    "jcdata.schema.Column",
    "jcdata.schema.Macro",
    "jcdata.schema.StatutoryTable",
}  # their words stand in one line, as in a dictionary
READS_ROWS = "jcdata.database.records"  # beside the query that names the columns


def module_name(path: str) -> str:
    return "jcdata." + path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


TREES = {
    module_name(path.relative_to(PACKAGE).as_posix()): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}


def find_records(trees: Mapping[str, ast.Module]) -> dict[str, int]:
    """The classes of records by their whole names, with the number of their fields."""
    records = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                marks = {
                    ast.unparse(mark).partition("(")[0]
                    for mark in (*node.bases, *node.decorator_list)
                }
                if marks & {"NamedTuple", "dataclass"}:
                    records[f"{module}.{node.name}"] = sum(
                        isinstance(line, ast.AnnAssign) for line in node.body
                    )
    return records


def whole_names(module: str, tree: ast.Module) -> dict[str, str]:
    """What the names that a module defines or imports stand for."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names[node.name] = f"{module}.{node.name}"
        elif isinstance(node, ast.ImportFrom):
            names |= {
                alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names
            }
    return names


def filled_by_position(module: str, tree: ast.Module, records: Mapping[str, int]) -> Iterator[str]:
    """The calls that fill a record by the order of its fields."""
    names = whole_names(module, tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            head, dot, rest = ast.unparse(node.func).partition(".")
            record = names.get(head, head) + dot + rest
            has_star = any(isinstance(value, ast.Starred) for value in node.args)
            is_long = records.get(record, 0) > MOST_BY_POSITION and record not in NOTATION
            if (
                (rest.endswith("_make") and module != READS_ROWS)
                or (has_star and record in records)
                or (node.args and is_long)
            ):
                yield f"{module}:{node.lineno}: {ast.unparse(node)}"


def nested_conditions(module: str, tree: ast.Module) -> Iterator[str]:
    """The conditional expressions that hold another one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp):
            inside = [part for child in ast.iter_child_nodes(node) for part in ast.walk(child)]
            if any(isinstance(part, ast.IfExp) for part in inside):
                yield f"{module}:{node.lineno}: {ast.unparse(node)}"


def test_records_are_filled_by_the_names_of_their_fields() -> None:
    records = find_records(TREES)
    assert "jcdata.schema.BudgetLine" in records and "jcdata.tables.tokens.Token" in records
    assert [
        fault
        for module, tree in TREES.items()
        for fault in filled_by_position(module, tree, records)
    ] == []


def test_no_conditional_expression_stands_inside_another() -> None:
    assert [
        fault for module, tree in TREES.items() for fault in nested_conditions(module, tree)
    ] == []


SHORT = "class Short(NamedTuple):\n    a: int\n    b: int\n"
LONG = "class Long(NamedTuple):\n    a: int\n    b: int\n    c: int\n    d: int = 0\n"
CLASS = "@dataclass(slots=True)\nclass Long:\n    a: int\n    b: int\n    c: int\n    d: int\n"


@pytest.mark.parametrize(
    ("source", "is_fault"),
    [
        (LONG + "Long(1, 2, 3)", True),
        (CLASS + "Long(1, b=2, c=3, d=4)", True),
        (LONG + "Long(a=1, b=2, c=3)", False),
        (LONG + "Long(**row._asdict())", False),
        (LONG + "Long._make(row)", True),
        (SHORT + "Short(1, 2)", False),
        (SHORT + "Short(*row)", True),
        (SHORT + "[Short(1, *rest) for rest in rows]", True),
        ("from some.records import Row\nRow(1, 2, 3, 4)", True),
        ("from some import records\nrecords.Row(1, 2, 3, 4)", True),
        ("from some.records import Row as Line\nLine(*row)", True),
        ("from rich.table import Row\nRow(*columns)", False),
    ],
)  # fmt: skip
def test_a_record_filled_by_position_is_found(source: str, is_fault: bool) -> None:
    tree = ast.parse(source)
    records = find_records({"module": tree}) | {"some.records.Row": 4}
    assert bool(list(filled_by_position("module", tree, records))) == is_fault


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("1 if a else 2", 0),
        ("[1 if a else 2, 3 if b else 4]", 0),
        ("1 if a else 2 if b else 3", 1),
        ("1 if a else 2 + (3 if b else 4)", 1),
        ("sum(1 if x else 2 for x in y) if a else 0", 1),
        ("1 if (2 if a else 3) else 4 if b else 5", 1),
    ],
)
def test_a_condition_inside_another_is_found(source: str, count: int) -> None:
    assert len(list(nested_conditions("module", ast.parse(source)))) == count

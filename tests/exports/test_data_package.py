"""The data package: valid, complete, exact, the same every time, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pytest

import jcdata
from jcdata import schema
from jcdata.errors import DatabaseError, OutputError
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU
from tests.making.databases import rows_of, write

# The ColumnTypes of the budget taxonomy that are used, and the type that it gives each; a longer name of which
# one of these is the beginning is a type of our own that inherits from it.
COLUMN_TYPES = {
    "activity:generic:project:code": "string",
    "administrative-classification:generic:code": "string",
    "administrative-classification:generic:level1:code": "string",
    "administrative-classification:generic:level1:label": "string",
    "date:fiscal-year": "integer",
    "direction": "string",
    "economic-classification:generic:code": "string",
    "fin-source:generic:code": "string",
    "functional-classification:generic:code": "string",
    "functional-classification:generic:label": "string",
    "phase:id": "string",
    "value": "number",
    "value-kind:code": "string",
}
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "甲;=1",
    "'=1",
    '甲"",=1',
    '","=1',
    "..",
    "a\n=1",
]


@pytest.fixture(scope="module")
def package(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "package"
    jcdata.export_package(built.database, folder)
    return folder


def descriptor(package: Path) -> dict[str, Any]:
    return json.loads((package / "datapackage.json").read_text(encoding="utf-8"))


def records(package: Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV file, its texts as they were before apostrophes were added."""
    added = re.compile(descriptor(package)["formulaGuard"]["removes"])
    with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {key: added.sub("", value) for key, value in row.items()}
            for row in csv.DictReader(file)
        ]


def validate(package: Path) -> list[list[Any]]:
    return frictionless.validate(str(package / "datapackage.json")).flatten(
        ["title", "type", "note"]
    )


def test_the_package_is_valid(package: Path) -> None:
    assert validate(package) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("budget_lines.csv", '"current_year"', '"unheard_of"', "constraint-error"),
        ("budget_lines.csv", ".00,", "x,", "type-error"),
        ("projects.csv", f'"{BUREAU}"', '"another"', "foreign-key"),
        ("composition.csv", f'"{BUREAU}"', '"another"', "foreign-key"),
        ("documents.csv", "2023,", "2024,", "hash-count"),
    ],
)
def test_validation_finds_what_is_wrong(
    package: Path, tmp_path: Path, name: str, old: str, new: str, error: str
) -> None:
    for path in package.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert text.count(old) >= 1
    assert error in {kind for _, kind, _ in validate(tmp_path)}


def test_every_table_and_column_is_described_in_both_languages(package: Path) -> None:
    resources = {r["name"]: r for r in descriptor(package)["resources"]}
    assert list(resources) == [shown.name for shown in schema.published()]
    for shown in schema.published():
        resource = resources[shown.name]
        assert (
            shown.comment in resource["description"] and shown.comment_zh in resource["description"]
        )
        fields = resource["schema"]["fields"]
        assert [(f["name"], f["title"]) for f in fields] == [
            (f.name, f.column.zh) for f in shown.fields
        ]
        for described, field in zip(fields, shown.fields, strict=True):
            assert (
                field.column.comment in described["description"]
                and field.column.comment_zh in described["description"]
            )
            assert (described.get("unit") == "CNY") == (field.column.unit == schema.YUAN)
        keys = {
            tuple(key["fields"]): key["reference"]["resource"]
            for key in resource["schema"]["foreignKeys"]
        }
        assert keys == dict(shown.references)
        if isinstance(shown, schema.Table):
            assert resource["schema"]["primaryKey"] == list(shown.key)


def test_fiscal_columns_are_types_of_the_budget_taxonomy(package: Path) -> None:
    seen = set()
    for resource in descriptor(package)["resources"]:
        typed = [
            (f["columnType"], f["type"]) for f in resource["schema"]["fields"] if "columnType" in f
        ]
        for name, kind in typed:
            known = max(
                (known for known in COLUMN_TYPES if f"{name}:".startswith(f"{known}:")), key=len
            )
            assert kind == COLUMN_TYPES[known]
            seen.add(known)
        names = [name for name, _ in typed]
        assert len(set(names)) == len(names)  # a row has one value, one project
        currencies = [f["constant"] for f in resource["schema"].get("extraFields", [])]
        assert currencies == (["CNY"] if "value" in names else [])
    assert seen == set(COLUMN_TYPES)


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("shown", schema.published(), ids=lambda shown: shown.name)
def test_every_value_is_the_databases(
    package: Path, built: BuildResult, shown: schema.Table | schema.View
) -> None:
    with jcdata.connect(built.database) as con:
        rows = con.sql(f"FROM {shown.name}").fetchall()
    names = [f.name for f in shown.fields]
    expected = [dict(zip(names, map(as_text, row), strict=True)) for row in rows]
    assert sorted(map(str, records(package, shown.name))) == sorted(map(str, expected))


def test_the_documents_are_its_sources(package: Path) -> None:
    described = descriptor(package)
    assert [s["documentId"] for s in described["sources"]] == [
        r["document_id"] for r in records(package, "documents")
    ]
    assert all(s["title"] and len(s["sha256"]) == 64 for s in described["sources"])
    assert {"title": "晋城市应急管理局", "role": "publisher"} in described["contributors"]


def test_the_same_database_gives_the_same_bytes(
    package: Path, built: BuildResult, tmp_path: Path
) -> None:
    with jcdata.connect(built.database) as con:
        jcdata.export_package(con, tmp_path / "again")
    first, again = (
        {p.name: p.read_bytes() for p in folder.iterdir()}
        for folder in (package, tmp_path / "again")
    )
    assert first == again


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A database whose names and texts are meant to do harm."""
    changes = [
        {
            "document_id": f"../{n}'; DROP TABLE documents; --",
            "file_name": text,
            "title": text,
            "unit_name": text,
        }
        for n, text in enumerate(HOSTILE)
    ]
    lines = [{"document_id": c["document_id"], "text": c["title"]} for c in changes]
    path = tmp_path / "hostile.duckdb"
    write(
        path,
        (schema.DocumentRecord, rows_of(schema.DocumentRecord, *changes)),
        (schema.SourceLine, rows_of(schema.SourceLine, *lines)),
    )
    return path


def test_no_cell_of_hostile_texts_is_a_formula_and_every_text_can_be_had_back(
    hostile: Path, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    jcdata.export_package(hostile, package)
    assert validate(package) == []
    for name in ("documents", "source_lines"):
        with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert sorted(r["title"] for r in records(package, "documents")) == sorted(HOSTILE)
    assert sorted(r["text"] for r in records(package, "source_lines")) == sorted(HOSTILE)


def test_hostile_names_write_nothing_elsewhere(hostile: Path, tmp_path: Path) -> None:
    jcdata.export_package(hostile, tmp_path / "package")
    expected = {"datapackage.json", *(f"{shown.name}.csv" for shown in schema.published())}
    assert {path.name for path in (tmp_path / "package").iterdir()} == expected
    assert {path.name for path in tmp_path.iterdir()} == {"hostile.duckdb", "package"}


def test_an_earlier_package_is_replaced_but_nothing_else(
    built: BuildResult, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    for _ in range(2):
        jcdata.export_package(built.database, package)
    (package / "my notes.txt").write_text("mine")
    before = {p.name: p.stat().st_mtime_ns for p in package.iterdir()}
    with pytest.raises(OutputError, match="holds something else"):
        jcdata.export_package(built.database, package)
    assert {p.name: p.stat().st_mtime_ns for p in package.iterdir()} == before


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"name": "theirs", "resources": []}', '{"resources": [{}]}']
)
def test_another_package_is_left_alone(built: BuildResult, tmp_path: Path, content: str) -> None:
    (tmp_path / "datapackage.json").write_text(content)
    with pytest.raises(OutputError):
        jcdata.export_package(built.database, tmp_path)
    assert (tmp_path / "datapackage.json").read_text() == content


def test_a_database_of_another_version_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "old.duckdb")) as con:
        con.execute("CREATE TABLE documents (document_id VARCHAR)")
    with pytest.raises(DatabaseError, match="jcdata build"):
        jcdata.export_package(tmp_path / "old.duckdb", tmp_path / "package")
    assert [path.name for path in tmp_path.iterdir()] == ["old.duckdb"]

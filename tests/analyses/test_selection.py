"""A part of a unit's name and a year choose its documents, for every command in the same way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from jcdata.analyses.selection import connect_chosen
from jcdata.cli.commands import app
from jcdata.database import opening
from jcdata.errors import SelectionError
from jcdata.pipeline.build import BuildResult

Build = Callable[..., BuildResult]
PAGE = "{year}年预算支出总表\n单位名称：{unit}\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 {total} 5.50  \n"


@pytest.fixture
def database(build: Build) -> Path:
    """Three units of which two share a part of their names, one with a figure that contradicts itself, and what can't be read."""
    pages = {
        "water-2030": ("青禾市水务局", 2030, "5.50"),
        "water-2031": ("青禾市水务局", 2031, "6.50"),
        "station-2031": ("青禾市水务局泵站", 2031, "5.50"),
        "parks-2031": ("青禾市园林局", 2031, "7.50"),
    }
    texts = {
        name: PAGE.format(unit=unit, year=year, total=total)
        for name, (unit, year, total) in pages.items()
    }
    return build(**texts, unreadable=b"").database


def run(database: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments), "--db", str(database)])


def chosen(database: Path, unit: str | None, year: int | None) -> list[str]:
    with connect_chosen(database, unit, year) as con:
        return [name for (name,) in con.sql("SELECT document_id FROM documents").fetchall()]


@pytest.mark.parametrize(
    ("unit", "year", "documents"),
    [
        ("园林", None, ["parks-2031"]),
        (
            "青禾市水务局",
            None,
            ["water-2030", "water-2031"],
        ),  # the whole name, though others hold it
        ("水务", 2030, ["water-2030"]),  # the only one with a document of the year
        (None, 2031, ["parks-2031", "station-2031", "water-2031"]),
        ("泵站", 2031, ["station-2031"]),
    ],
)
def test_a_part_of_a_name_chooses(
    database: Path, unit: str | None, year: int | None, documents: list[str]
) -> None:
    assert sorted(chosen(database, unit, year)) == documents


@pytest.mark.parametrize(
    ("unit", "year", "said"),
    [
        ("水务", None, "2 units fit '水务': 青禾市水务局, 青禾市水务局泵站 /"),
        ("消防", None, "no unit '消防'; there is: "),
        ("园林", 2030, "no unit '园林'|no year 2030"),
        ("园林", 2040, "^no year 2040; there is: 2031 /"),
        (None, 2040, "no year 2040; there is: "),
        ("", None, "3 units fit"),
    ],
)
def test_what_chooses_nothing_or_too_much_names_what_there_is(
    database: Path, unit: str | None, year: int | None, said: str
) -> None:
    with pytest.raises(SelectionError, match=said):
        connect_chosen(database, unit, year)


def test_peers_stay_those_of_all_documents(database: Path) -> None:
    query = "FROM peers WHERE document_id = 'parks-2031' ORDER BY ALL"
    with opening.connect_own(database) as whole, connect_chosen(database, "园林", None) as con:
        assert con.sql(query).fetchall() == whole.sql(query).fetchall()
        assert con.sql("FROM peers").fetchall() == con.sql(query).fetchall()


def test_check_of_a_unit_has_only_its_findings_and_its_exit_status(database: Path) -> None:
    assert run(database, "check").exit_code == 1
    found = run(database, "check", "--unit", "水务", "--year", "2030", "--json")
    shown = json.loads(found.output)
    assert found.exit_code == 0 and shown["problems"] == []
    assert {f["document_id"] for f in shown["findings"]} <= {"water-2030"}
    wrong = run(database, "check", "--unit", "园林")
    assert wrong.exit_code == 1 and "water" not in wrong.output


def test_trace_of_a_unit_has_only_its_places(database: Path) -> None:
    shown = run(database, "trace", "5.50", "--unit", "园林").output
    assert "parks-2031" in shown and "water" not in shown
    assert run(database, "trace", "6.50", "--unit", "园林").exit_code == 1


@pytest.mark.parametrize("command", [["check"], ["trace", "5.50"], ["report"], ["export"]])
def test_every_command_names_the_units_that_fit(
    database: Path, tmp_path: Path, command: list[str]
) -> None:
    place = {"report": [tmp_path / "x.html"], "export": [tmp_path / "x.xlsx"]}.get(command[0], [])
    refused = run(database, *command, *place, "--unit", "水务")
    assert refused.exit_code == 2 and "2 units fit" in refused.stderr
    assert not any(path.exists() for path in place)


def test_report_takes_a_part_of_a_name(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.html"
    assert run(database, "report", out, "--unit", "园林").exit_code == 0
    page = out.read_text(encoding="utf-8")
    assert "青禾市园林局" in page and "泵站" not in page


def test_an_export_of_a_unit_holds_its_rows_only(database: Path, tmp_path: Path) -> None:
    assert run(database, "export", tmp_path / "x.xlsx", "--unit", "园林").exit_code == 0
    book = load_workbook(tmp_path / "x.xlsx", read_only=True)
    cells = {str(v) for sheet in book for row in sheet.values for v in row}
    assert "parks-2031" in cells and not any("water-" in c or "station-" in c for c in cells)
    assert run(database, "export", tmp_path / "package", "--year", "2030").exit_code == 0
    lines = (tmp_path / "package" / "budget_lines.csv").read_text(encoding="utf-8")
    assert "water-2030" in lines and "2031" not in lines

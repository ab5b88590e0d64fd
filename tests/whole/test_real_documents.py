"""What the two real documents say, looked up in their text by eye."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import jcdata
from jcdata.pipeline.build import BuildResult
from jcdata.schema import clean_tables
from tests.making.checkout import BUREAU, CENTRE, RAW, ROOT


@pytest.fixture(scope="module")
def db(built: BuildResult):
    with jcdata.connect(built.database) as con:
        yield con


def test_everything_is_read(built: BuildResult) -> None:
    assert built.troubles == []
    assert [d.document_id for d in built.documents] == [CENTRE, BUREAU]


@pytest.mark.parametrize(
    ("document_id", "unit", "year", "layout"),
    [
        (BUREAU, "晋城市应急管理局", 2023, "spaced"),
        (CENTRE, "晋城市应急管理调度指挥中心", 2025, "tabbed"),
    ],
)
def test_what_the_documents_say_of_themselves(
    built: BuildResult, document_id: str, unit: str, year: int, layout: str
) -> None:
    record = next(d for d in built.documents if d.document_id == document_id)
    assert (record.unit_name, record.fiscal_year, record.layout) == (unit, year, layout)
    assert (record.document_kind, record.source_unit) == ("budget", "万元")
    assert record.title is not None and record.title.startswith(f"{unit}{year}年")


@pytest.mark.parametrize(
    ("document_id", "empty"), [(BUREAU, [7, 8]), (CENTRE, [6, 7, 8, 9, 11, 13])]
)
def test_all_thirteen_tables_are_there(db, document_id: str, empty: list[int]) -> None:
    rows = db.execute(
        "SELECT table_no, status FROM table_occurrences WHERE document_id = ? ORDER BY 1",
        [document_id],
    ).fetchall()
    assert rows == [(n, "declared_empty" if n in empty else "found") for n in range(1, 14)]


def amount(
    db, document_id: str, table_no: int, item: str, measure: str, side: str = ""
) -> list[Decimal]:
    query = """SELECT amount_yuan FROM budget_lines WHERE document_id = ? AND table_no = ? AND item_name = ?
               AND measure = ? AND side = ? ORDER BY row_no"""
    return [
        row[0] for row in db.execute(query, [document_id, table_no, item, measure, side]).fetchall()
    ]


@pytest.mark.parametrize(
    ("document_id", "table_no", "item", "measure", "side", "yuan"),
    [
        (BUREAU, 1, "支出总计", "carry_over", "expenditure", ["5510100.00"]),
        (BUREAU, 2, "其他自然灾害救灾及恢复重建支出", "carry_over", "", ["200000.00"]),
        (BUREAU, 3, "灾害防治及应急管理共同财政事权转移支付支出", "project", "", ["800000.00"]),
        (BUREAU, 4, "一般公共预算", "total", "revenue", ["41761000.00", "5510100.00"]),
        (BUREAU, 5, "应急管理", "project", "", ["9723800.00"]),
        (BUREAU, 6, "公务用车运行维护费", "non_personnel", "", ["229500.00"]),
        (BUREAU, 9, "一般性转移支付", "project", "expenditure", ["0.00"]),
        (BUREAU, 10, "公务用车运行维护费", "general_public", "", ["399500.00"]),
        (BUREAU, 11, "晋城市应急管理局", "total", "", ["1709000.00"]),
        (BUREAU, 12, "遗属补助/抚恤金", "general_public", "", ["295400.00"]),
        (BUREAU, 13, "晋城市应急管理局", "total", "", ["5510100.00", "5510100.00"]),
        (CENTRE, 1, "本年支出合计", "current_year", "expenditure", ["6840400.00"]),
        (CENTRE, 3, "应急管理", "basic", "", ["3326000.00"]),
        (CENTRE, 12, "专项业务工作经费", "total", "", ["2155000.00"]),
    ],
)
def test_figures(
    db, document_id: str, table_no: int, item: str, measure: str, side: str, yuan: list[str]
) -> None:
    assert amount(db, document_id, table_no, item, measure, side) == [Decimal(y) for y in yuan]


def test_the_projects_are_complete(db) -> None:
    rows = db.sql(
        "SELECT document_id, funding, count(*), sum(amount_yuan) FROM projects GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert rows == [
        (CENTRE, "current_year", 2, Decimal("2405000.00")),
        (BUREAU, "carry_over", 2, Decimal("5510100.00")),
        (BUREAU, "current_year", 26, Decimal("30324200.00")),
    ]


def test_every_figure_stands_on_the_line_that_it_names(db) -> None:
    query = """SELECT b.amount_text, s.text FROM budget_lines b JOIN source_lines s USING (document_id, line_no)
               WHERE NOT contains(s.text, b.amount_text)"""
    assert db.sql(query).fetchall() == []


def test_the_clean_files_are_those_of_this_parser(built: BuildResult, tmp_path: Path) -> None:
    folder = built.database.parent / "clean"
    committed = ROOT / "data" / "clean"
    assert {p.name for p in committed.glob("*.csv")} == {f"{t.name}.csv" for t in clean_tables()}
    for table in clean_tables():
        made, kept = folder / f"{table.name}.csv", committed / f"{table.name}.csv"
        assert made.read_bytes() == kept.read_bytes(), (
            f"{table.name}.csv differs: `jcdata build` and review the change"
        )


def test_a_second_build_gives_the_same_bytes(built: BuildResult, tmp_path: Path) -> None:
    jcdata.build(RAW, tmp_path / "again.duckdb", clean=tmp_path / "again")
    made = [p for p in sorted((tmp_path / "again").rglob("*")) if p.suffix in (".csv", ".parquet")]
    assert len(made) > 2 * len(clean_tables())
    for path in made:
        first = built.database.parent / "clean" / path.relative_to(tmp_path / "again")
        assert path.read_bytes() == first.read_bytes(), path.name

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jcdata
from jcdata import schema
from jcdata.database import definitions, warehouse
from jcdata.database.records import read_records
from jcdata.errors import DatabaseError
from jcdata.pipeline.build import BuildResult, build_database
from tests.making.checkout import BUREAU, CENTRE, raw_text
from tests.making.databases import rows_of, write


@pytest.fixture(scope="module")
def db(built: BuildResult):
    with jcdata.connect(built.database) as con:
        yield con


def test_all_tables_have_the_declared_columns(db) -> None:
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for name, column, kind, nullable in db.sql(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(name, []).append((column, kind, nullable))
    declared = {
        t.name: [(f.name, f.sql_type, f.nullable) for f in t.fields] for t in schema.tables()
    }
    declared |= {
        v.name: [(f.name, f.sql_type, True) for f in v.fields] for v in schema.views()
    }  # nullable, all of them
    assert found == declared


STORED = [view for view in schema.views() if view.is_stored]


@pytest.mark.parametrize("view", STORED, ids=lambda view: view.name)
def test_what_is_stored_of_a_view_is_what_its_query_gives_in_its_order(
    db, view: schema.View
) -> None:
    rows = db.sql(f"FROM {view.name}").fetchall()
    assert rows and rows == db.sql(definitions.view_query(view)).fetchall()


def test_a_stored_view_asks_none_that_is_stored_after_it() -> None:
    for place, view in enumerate(STORED):
        asked = re.findall(r"\b(?:FROM|JOIN) (\w+)", definitions.view_query(view))
        assert not set(asked) & {later.name for later in STORED[place:]}


def test_rows_stand_in_the_order_by_which_their_table_is_sorted(tmp_path: Path) -> None:
    results = rows_of(
        schema.CheckResult,
        *(
            {"document_id": d, "status": s}
            for d, s in (("a", "missing"), ("a", "fail"), ("b", "fail"))
        ),
    )
    write(tmp_path / "some.duckdb", (schema.CheckResult, results))
    with jcdata.connect(tmp_path / "some.duckdb") as con:
        found = con.sql("SELECT document_id, status FROM check_results").fetchall()
    assert found == [("a", "fail"), ("b", "fail"), ("a", "missing")]


def test_money_is_exact_everywhere() -> None:
    for table in schema.tables():
        for field in table.fields:
            assert field.name.endswith("_yuan") == (field.column.unit == schema.YUAN)
            assert (field.sql_type == "DECIMAL(18,2)") == field.name.endswith("_yuan")


def test_every_table_view_and_column_has_a_comment_in_both_languages(db) -> None:
    queries = (
        "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal",
        "SELECT view_name, comment FROM duckdb_views() WHERE schema_name IN ('main', 'zh') AND NOT internal",
        "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE schema_name IN ('main', 'zh') AND NOT internal",
    )
    for query in queries:
        rows = db.sql(query).fetchall()
        assert len(rows) >= len(schema.tables())
        assert [name for name, comment in rows if not comment or " / " not in comment] == []


def test_the_comment_of_a_table_says_its_relations(db) -> None:
    query = "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'"
    comments = dict(db.sql(query).fetchall())
    assert comments["documents"].endswith("[key: document_id]")
    assert comments["duties"].endswith("[key: document_id, duty_no; document_id → documents]")
    assert "document_id, table_key → table_occurrences" in comments["budget_lines"]


def test_every_macro_is_there_in_both_languages_with_its_comment(db) -> None:
    query = "SELECT schema_name, function_name, comment, parameters FROM duckdb_functions() WHERE NOT internal AND database_name = current_database()"
    found = {
        (schema_name, name): (comment, parameters)
        for schema_name, name, comment, parameters in db.sql(query).fetchall()
    }
    declared = {}
    for macro in schema.MACROS:
        declared["main", macro.name] = (
            f"{macro.comment} / {macro.comment_zh}",
            list(macro.parameters),
        )
        declared["zh", macro.zh] = (
            f"{macro.comment_zh} / {macro.comment}",
            list(macro.parameters.values()),
        )
    assert found == declared


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("wan(295450)", Decimal("29.55")),
        ("wan(sum(yuan))", Decimal("10000000010.00")),
        ("wan(-0.01)", Decimal("0.00")),
        ("wan(NULL)", None),
        ("zh.万元(295450)", Decimal("29.55")),
        ("share_of(1, 8)", 0.125),
        ("share_of(1.00, 0.00)", None),
        ("zh.占比(1, 8)", 0.125),
        ("growth_rate(3, 4)", -0.25),
        ("growth_rate(3, 0)", None),
        ("zh.增减率(3, 4)", -0.25),
        ("comparable_name('公务用车购置及运行维护费')", "公务用车购置及运行费"),
        ("comparable_name(' “三公”经费(境)')", "三公经费(境)"),
        ("comparable_name('因公出国（境）费用') = comparable_name('因公出国(境)费')", True),
        ("zh.可比名称('“三公”经费')", "三公经费"),
        ("comparable_name('防汛、抗旱〔物资〕')", "防汛抗旱(物资)"),
        ("comparable_name('1、2号泵站')", "1、2号泵站"),
        ("comparable_name(NULL)", None),
    ],
)
def test_macros_give_values(db, call: str, value: object) -> None:
    yuan = "SELECT unnest([99999999999999.99, 99999.99])::DECIMAL(18,2) AS yuan"
    grouped = f"(SELECT {call} FROM ({yuan}))" if "sum" in call else call
    assert db.sql(f"SELECT {grouped}").fetchall() == [(value,)]


def test_a_line_can_be_looked_up_beside_its_figure(db) -> None:
    query = """SELECT DISTINCT printed_line(document_id, line_no), zh.原文(document_id, line_no) FROM budget_lines
               WHERE item_name = '遗属补助/抚恤金'"""
    ((english, chinese),) = db.sql(query).fetchall()
    assert english == chinese and "29.54" in english


def test_every_table_has_its_chinese_view_in_wan(db) -> None:
    for table in schema.published():
        assert (
            db.sql(f'SELECT count(*) FROM zh."{table.zh}"').fetchall()
            == db.sql(f"SELECT count(*) FROM {table.name}").fetchall()
        )
    row = db.sql(
        "SELECT 金额, 金额_元, 指标口径, 收支 FROM zh.预算明细 WHERE 科目名称 = '遗属补助/抚恤金' AND 指标口径 = '合计'"
    ).fetchall()
    assert row == [(Decimal("29.54"), Decimal("295400.00"), "合计", "")]


def test_the_database_is_read_only(built: BuildResult) -> None:
    with (
        jcdata.connect(built.database) as con,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        con.execute("DELETE FROM budget_lines")


def test_connecting_without_a_database_says_to_build(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="jcdata build"):
        jcdata.connect(tmp_path / "none.duckdb")


def test_connecting_to_something_else_says_so(tmp_path: Path) -> None:
    (tmp_path / "some.duckdb").write_bytes(b"no database at all" * 300)
    with pytest.raises(DatabaseError, match="can't be opened"):
        jcdata.connect(tmp_path / "some.duckdb")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"measure": "unheard_of"}, "CHECK"),
        ({"item_code": "208", "item_level": 3}, "CHECK"),
        ({"amount_text": None}, "NOT NULL"),
    ],
)
def test_keys_and_checks_hold(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    document = (schema.DocumentRecord, rows_of(schema.DocumentRecord, {}))
    occurrence = (schema.TableOccurrence, rows_of(schema.TableOccurrence, {}))
    fine = {"item_code": "", "item_level": None}
    write(
        tmp_path / "fine.duckdb",
        document,
        occurrence,
        (schema.BudgetLine, rows_of(schema.BudgetLine, fine)),
    )
    with pytest.raises(duckdb.ConstraintException, match=reason):
        write(
            tmp_path / "wrong.duckdb",
            document,
            occurrence,
            (schema.BudgetLine, rows_of(schema.BudgetLine, fine | change)),
        )


def test_many_whole_and_broken_amounts_stay_exact(tmp_path: Path) -> None:
    amounts = [Decimal(n * 1000) for n in range(20_000)] + [Decimal("0.07")]
    changes = [
        {"row_no": n, "amount_yuan": a, "item_code": "", "item_level": None}
        for n, a in enumerate(amounts, start=1)
    ]
    document = (schema.DocumentRecord, rows_of(schema.DocumentRecord, {}))
    occurrence = (schema.TableOccurrence, rows_of(schema.TableOccurrence, {}))
    write(
        tmp_path / "some.duckdb",
        document,
        occurrence,
        (schema.BudgetLine, rows_of(schema.BudgetLine, *changes)),
    )
    with jcdata.connect(tmp_path / "some.duckdb") as con:
        assert con.sql("SELECT sum(amount_yuan) FROM budget_lines").fetchall() == [(sum(amounts),)]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20)


@given(st.lists(st.tuples(texts, st.none() | texts), max_size=5))
def test_any_text_and_null_survive_csv_and_database(pairs: list[tuple[str, str | None]]) -> None:
    changes = [
        {"document_id": f"{n}", "file_name": name, "title": title}
        for n, (name, title) in enumerate(pairs)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.duckdb"
        write(path, (schema.DocumentRecord, rows_of(schema.DocumentRecord, *changes)))
        with jcdata.connect(path) as con:
            assert (
                con.sql(
                    "SELECT file_name, title FROM documents ORDER BY document_id::INTEGER"
                ).fetchall()
                == pairs
            )


def test_lists_dates_and_booleans_survive(tmp_path: Path) -> None:
    filed = {
        "filed_on": date(2023, 4, 17),
        "period_total_is_exact": None,
        "annual_total_yuan": Decimal("0.01"),
    }
    write(
        tmp_path / "some.duckdb",
        (schema.DocumentRecord, rows_of(schema.DocumentRecord, {})),
        (schema.PerformanceForm, rows_of(schema.PerformanceForm, filed)),
    )
    with jcdata.connect(tmp_path / "some.duckdb") as con:
        query = "SELECT filed_on, period_total_is_exact, annual_total_yuan FROM performance_forms"
        assert con.sql(query).fetchall() == [(date(2023, 4, 17), None, Decimal("0.01"))]


def test_the_parquet_files_hold_the_same_rows_and_types(built: BuildResult, tmp_path: Path) -> None:
    database = Path(
        shutil.copy(built.database, tmp_path)
    )  # others have the first one open without its folder
    with jcdata.connect(database, allow_folders=[built.database.parent / "clean"]) as con:
        for table in schema.clean_tables():
            files = f"read_parquet('{built.database.parent}/clean/{table.name}/**/*.parquet', hive_partitioning = false)"
            differing = f"(FROM {files} EXCEPT ALL FROM {table.name}) UNION ALL (FROM {table.name} EXCEPT ALL FROM {files})"
            assert con.sql(f"SELECT count(*) FROM ({differing})").fetchall() == [(0,)]
            types = con.sql(f"DESCRIBE FROM {files}").fetchall()
            assert [(row[0], row[1]) for row in types] == [
                (f.name, f.sql_type) for f in table.fields
            ]


@pytest.mark.parametrize("name", [BUREAU, CENTRE])
def test_no_amount_is_too_large_for_checks_and_views(name: str, tmp_path: Path) -> None:
    text = re.sub(r"\d+\.\d\d(?!\d)", "9999999.99", raw_text(name).replace("万元", "亿元"))
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "some.txt").write_text(text, encoding="utf-8")
    result = build_database(tmp_path / "raw", tmp_path / "some.duckdb", None)
    assert not [t for t in result.troubles if "fault" in t.reason]
    with jcdata.connect(result.database) as con:
        assert con.sql("SELECT max(amount_yuan) FROM budget_lines").fetchall() == [
            (Decimal("999999999000000.00"),)
        ]
        empty = {v.name for v in schema.views() if not con.sql(f'FROM zh."{v.zh}"').fetchall()}
    # Where all figures are equal nothing grew, is a part of another one, or has a ceiling.
    assert empty <= {
        "stale_reviews", "price_ceilings", "carry_over_patterns", "growth_decomposition", "key_shares",
    }  # fmt: skip


def test_records_are_read_by_the_names_of_their_fields() -> None:
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE terms AS SELECT 'what it means' AS definition, 7 AS line_no, 'a' AS document_id, 'a word' AS term, 1 AS more, 3 AS page_no"
        )
        found = read_records(con, schema.GlossaryTerm, "terms WHERE line_no = ?", [7])
        assert found == [
            schema.GlossaryTerm(
                document_id="a", term="a word", definition="what it means", line_no=7, page_no=3
            )
        ]
        with pytest.raises(duckdb.BinderException):
            read_records(con, schema.SourceLine, "terms")


def test_rows_of_a_file_go_into_the_columns_of_their_names(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        definitions.create_tables(con)
        swapped = (
            "SELECT 'some text' AS text, 1 AS line_no, NULL::INTEGER AS page_no, 'a' AS document_id, "
            "'text' AS read_by, NULL::DOUBLE AS confidence"
        )
        (tmp_path / "source_lines").mkdir()
        con.execute(f"COPY ({swapped}) TO '{tmp_path / 'source_lines' / '1.parquet'}'")
        warehouse.add_documents(con, tmp_path)
        assert con.sql(
            "SELECT document_id, line_no, page_no, text FROM source_lines"
        ).fetchall() == [("a", 1, None, "some text")]

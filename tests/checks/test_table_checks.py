"""The checks of the tables: each finds its fault, and nothing where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import jcdata
from jcdata import schema
from jcdata.checks import declarations, identities, running
from jcdata.database import warehouse
from jcdata.errors import SpecError
from jcdata.pipeline.build import BuildResult
from jcdata.schema import TABLE_NUMBERS
from tests.making.checkout import BUREAU, CENTRE, RAW
from tests.making.documents import OTHER_PLACES

Build = Callable[..., BuildResult]
TABLES = {"row_sum", "change", "functional_items", "economic_items", "units", "projects", "balance_sum", "balance_total",
          "balance", "three_public_sum", "three_public_basic", "revenue_by_source", "expenditure_by_function",
          "expenditure_by_fund", "expenditure_by_nature", "expenditure_by_use", "basic_expenditure", "project_expenditure", "carry_over",
          "carry_over_projects", "agency_operating_expenses", "empty_table", "table_missing", "figures_in_empty_table",
          "zeros_in_empty_table"}  # fmt: skip


def changed(document_id: str, *changes: tuple[int, str, str]) -> str:
    """A real document with something on some lines, each named by its number, replaced once."""
    lines = (RAW / f"{document_id}.txt").read_text(encoding="utf-8").split("\n")
    for line_no, old, new in changes:
        assert old in lines[line_no - 1], lines[line_no - 1]
        lines[line_no - 1] = lines[line_no - 1].replace(old, new, 1)
    return "\n".join(lines)


def weighty(result: BuildResult) -> list[Any]:
    """Findings about the tables that are errors or warnings, without the one that the real document has."""
    return [
        f
        for f in jcdata.check(result.database).itertuples()
        if f.severity != "info" and f.check_key in TABLES and f.check_key != "empty_table"
    ]


FAULTS = [
    (CENTRE, 132, "23.35", "23.65", {"functional_items", "row_sum"}),
    (CENTRE, 165, "332.60", "323.60", {"row_sum", "functional_items", "expenditure_by_nature"}),
    (
        CENTRE,
        91,
        "53.93\t53.93",
        "54.93\t53.93",
        {"row_sum", "balance_sum", "expenditure_by_function"},
    ),
    (CENTRE, 84, "684.04", "684.34", {"balance_sum", "revenue_by_source"}),
    (CENTRE, 117, "收入总计\t684.04", "收入总计\t684.05", {"balance_total", "balance"}),
    (
        CENTRE,
        183,
        "53.93\t53.93",
        "53.93\t53.39",
        {"row_sum", "balance_sum", "expenditure_by_fund"},
    ),
    (
        CENTRE,
        222,
        "240.50",
        "240.05",
        {"row_sum", "functional_items", "project_expenditure", "expenditure_by_nature"},
    ),
    (CENTRE, 323, "215.50", "215.80", {"projects", "row_sum", "project_expenditure"}),
    (CENTRE, 298, "3.90", "4.20", {"row_sum", "three_public_sum"}),
    (BUREAU, 221, "551.01", "551.31", {"balance_total", "balance", "carry_over"}),
    (BUREAU, 242, "551.01", "550.01", {"functional_items", "carry_over"}),
    (BUREAU, 502, "551.01", "515.01", {"balance_sum", "balance_total", "carry_over_projects"}),
    (BUREAU, 640, "1.00  1.00", "1.30  1.30", {"economic_items", "three_public_basic"}),
    (BUREAU, 632, "1.00  1.00", "1.00  2.00", {"economic_items", "row_sum"}),
    (BUREAU, 871, "170.90", "171.90", {"row_sum", "units"}),
    (BUREAU, 871, "170.90 170.90", "170.60 170.60", {"units", "agency_operating_expenses"}),
    (
        BUREAU,
        1040,
        "20.00 20.00",
        "20.30 20.30",
        {"projects", "carry_over_projects", "project_expenditure"},
    ),
    (BUREAU, 704, "0.00", "1.00", {"functional_items", "figures_in_empty_table"}),
]


@pytest.mark.parametrize(("document_id", "line_no", "old", "new", "check_keys"), FAULTS)
def test_a_wrong_figure_is_found_and_named(
    build: Build, document_id: str, line_no: int, old: str, new: str, check_keys: set[str]
) -> None:
    found = weighty(build(some=changed(document_id, (line_no, old, new))))
    assert check_keys <= {f.check_key for f in found}
    assert all(line_no in f.line_nos for f in found)


def test_every_check_of_the_tables_is_seen_to_fail() -> None:
    elsewhere = {
        "empty_table",
        "table_missing",
        "zeros_in_empty_table",
        "change",
        "basic_expenditure",
        "expenditure_by_use",
    }  # below
    assert set[str]().union(*(keys for *_, keys in FAULTS)) | elsewhere == TABLES


def test_table_6_must_break_down_the_basic_expenditure(build: Build) -> None:
    lines = (RAW / f"{BUREAU}.txt").read_text(encoding="utf-8").split("\n")
    total = next(
        n for n, line in enumerate(lines, 1) if line.startswith("合计") and "972.78" in line
    )
    found = weighty(build(some=changed(BUREAU, (total, "1,143.68", "1,143.98"))))
    assert "basic_expenditure" in {f.check_key for f in found}


def test_the_real_documents_have_no_weighty_finding_but_the_empty_table(built: BuildResult) -> None:
    found = [
        f
        for f in jcdata.check(built.database).itertuples()
        if f.severity != "info" and f.check_key in TABLES
    ]
    assert [(f.document_id, f.check_key, f.target) for f in found] == [
        (CENTRE, "empty_table", "表6 本表无数据")
    ]
    assert "443.54" in found[0].message and "表5合计基本支出 443.54" in found[0].message_zh
    assert found[0].line_nos == [222, 238]


def test_a_subtotal_that_is_off_by_a_cent_is_rounding_and_shows_its_items(
    built: BuildResult,
) -> None:
    found = [
        f for f in jcdata.check(built.database).itertuples() if f.check_key == "economic_items"
    ]
    assert [(f.target, f.status, f.severity) for f in found] == [
        ("表6 工资福利支出 人员经费", "rounding", "info"),
        ("表6 工资福利支出 合计", "rounding", "info"),
    ]
    terms = "236.97 + 145.22 + 115.96 + 77.10 + 43.10 + 36.76 + 16.97 + 1.13 + 76.79 + 95.49"
    for message in (found[0].message, found[0].message_zh):
        assert all(figure in message for figure in (terms, "845.50", "845.49", "0.01"))
    assert found[0].tolerance == 550  # eleven figures of 0.01 万元, half a unit each
    assert found[0].line_nos[0] == 596 and len(found[0].line_nos) == 11


def test_zeros_under_the_note_that_a_table_is_empty_are_only_mentioned(built: BuildResult) -> None:
    found = [
        f
        for f in jcdata.check(built.database).itertuples()
        if f.check_key == "zeros_in_empty_table"
    ]
    assert [(f.document_id, f.severity, f.stated) for f in found] == [(BUREAU, "info", 34)]


def test_a_missing_operand_is_no_pass(built: BuildResult) -> None:
    with jcdata.connect(built.database) as con:
        query = "SELECT status, stated, computed, message FROM check_results WHERE document_id = ? AND check_key = 'basic_expenditure'"
        assert con.execute(query, [CENTRE]).fetchall() == [
            (
                "missing",
                None,
                4435400,
                "表6 合计: can't be compared, no stated figure, computed 443.54",
            )
        ]


def test_a_missing_operand_is_said_in_words(build: Build) -> None:
    text = (
        "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        "合计 5.50 5.50\n201 一般公共服务支出 5.50 5.50\n第三部分 情况说明\n2031年收入预算100.00万元。\n"
    )
    with jcdata.connect(build(a=text).database) as con:
        said = con.execute(
            "SELECT message, message_zh FROM check_results WHERE check_key = 'prose_cell' AND status = 'missing'"
        ).fetchall()
    assert said == [
        (
            "情况说明（收入）预算收入: can't be compared, stated 100.00, no figure to compare it with",
            "情况说明（收入）预算收入：无法核对，列示 100.00，没有可供核对的数字",
        )
    ]


def test_each_document_has_a_result_of_each_check(built: BuildResult) -> None:
    with jcdata.connect(built.database) as con:
        pairs = set(con.sql("SELECT DISTINCT document_id, check_key FROM check_results").fetchall())
    assert pairs == {
        (document_id, spec.key)
        for document_id in (BUREAU, CENTRE)
        for spec in declarations.check_specs()
    }


def test_messages_are_whole(built: BuildResult) -> None:
    with jcdata.connect(built.database) as con:
        messages = [
            m
            for row in con.sql("SELECT message, message_zh FROM check_results").fetchall()
            for m in row
        ]
    assert [m for m in messages if re.search(r"[{}]|None|NULL", m)] == []


def test_a_missing_table_is_mentioned(build: Build) -> None:
    text = "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50  \n201 一般公共服务支出 5.50 5.50  \n"
    found = jcdata.check(build(some=text).database)
    assert set(found.check_key) == {"table_missing"} and len(found) == 12
    assert set(found.severity) == {"info"}


def findings_of(*rows: tuple[str, ...], read_by: str = "text") -> list[tuple[str, str, str]]:
    """Check, status and target of what is found in figures that no document prints.

    A row is table or table/side, code, name, measure, amount in 万元.
    """
    con = duckdb.connect()
    for table in schema.tables():
        con.execute(
            f"CREATE TABLE {table.name} ({', '.join(f'{f.name} {f.sql_type}' for f in table.fields)})"
        )
    con.execute("INSERT INTO documents (document_id) VALUES ('some')")
    numbers = {
        names: number for number, names in enumerate(dict.fromkeys(row[:3] for row in rows), 1)
    }
    lines = []
    for place, code, name, measure, amount in rows:
        (key, _, side), number = place.partition("/"), numbers[place, code, name]
        is_total = re.fullmatch(".*[合总]计", name) is not None
        lines.append(schema.BudgetLine(
            "some", key, TABLE_NUMBERS[key], number, side, code, name, 1 if len(code) == 3 else None, is_total, measure,
            Decimal(amount) * 10000, amount, "print", read_by, None, number,
        ))  # fmt: skip
    printed = {line.table_key for line in lines}
    occurrences = [
        schema.TableOccurrence(
            "some", key, number, None, "found" if key in printed else "missing", 1, 9
        )
        for key, number in TABLE_NUMBERS.items()
    ]
    texts = [schema.SourceLine("some", line.line_no, 1, "", read_by, None) for line in lines]
    for record, records in (
        (schema.BudgetLine, lines),
        (schema.TableOccurrence, occurrences),
        (schema.SourceLine, texts),
    ):
        table = schema.table_of(record)
        warehouse.insert_rows(con, table.name, [f.sql_type for f in table.fields], records)
    running.fill_check_results(con)
    query = """
        SELECT check_key, status, target FROM check_results
        WHERE (status IN ('fail', 'rounding') OR message LIKE '%recognised in a picture%') AND check_key <> 'table_missing'
        ORDER BY ALL
    """
    return con.sql(query).fetchall()


@pytest.mark.parametrize(
    ("personnel", "found"), [("5.00", []), ("6.00", [("economic_items", "fail", "表6 合计 合计")])]
)
def test_items_of_table_6_add_up_by_their_codes(
    personnel: str, found: list[tuple[str, str, str]]
) -> None:
    table = "general_public_basic_expenditure"
    rows = [
        ("", "合计", "7.00"),
        ("301", "工资福利支出", personnel),
        ("30101", "基本工资", "2.00"),
        ("30102", "津贴补贴", "3.00"),
        ("302", "商品和服务支出", "2.00"),
    ]
    if found:
        rows[2] = ("30101", "基本工资", "3.00")
    assert (
        findings_of(*((table, code, name, "total", amount) for code, name, amount in rows)) == found
    )


@pytest.mark.parametrize(
    ("read_by", "status"), [("text", "fail"), ("sums", "fail"), ("ocr", "missing")]
)
def test_what_is_recognised_and_not_confirmed_is_no_contradiction(
    read_by: str, status: str
) -> None:
    table = "general_public_basic_expenditure"
    found = findings_of(
        (table, "", "合计", "total", "7.00"),
        (table, "301", "工资福利支出", "total", "6.00"),
        read_by=read_by,
    )
    assert [(key, result) for key, result, _ in found] == [("economic_items", status)]


def test_a_word_with_an_apostrophe_is_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schema.MEASURES, "total", "the row's 'total'")
    table = "general_public_basic_expenditure"
    found = findings_of(
        (table, "", "合计", "total", "7.00"), (table, "301", "工资福利支出", "total", "6.00")
    )
    assert found == [("economic_items", "fail", "表6 合计 the row's 'total'")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("公务接待费 1.00; 公务用车购置及运行费 4.00; 公务用车运行维护费 4.00; 合计 5.00", []),
        ("公务接待费 1.00; 公务用车运行维护费 4.00; 合计 5.00", []),
        ("公务接待费 5.00; 合计 5.00", []),
        ("公务接待费 1.00; 公务用车运行维护费 4.00; 会议费 2.00; 合计 7.00", []),
        ("公务接待费 1.00; 公务用车运行维护费 4.00; 会议费 2.00; 合计 5.00", []),
        (
            "公务接待费 1.00; 公务用车运行维护费 4.00; 合计 5.30",
            ["表10 合计 合计（未列公务用车小计）"],
        ),
        (
            "公务接待费 1.00; 公务用车购置及运行费 4.30; 公务用车运行维护费 4.00; 合计 5.30",
            ["表10 公务用车购置及运行费 合计"],
        ),
        (
            "公务接待费 1.00; 公务用车费 4.00; 其中：（1）公务用车运行维护费 4.00; 公务用车购置 0.00; 合计 5.00",
            [],
        ),
        (
            "公务接待费 1.00; 公务用车费 4.00; 其中：公务用车运行维护费 3.00; 公务用车购置 0.00; 合计 5.00",
            ["表10 公务用车购置及运行费 合计"],
        ),
    ],
)
def test_three_public_expenses_add_up_with_and_without_a_subtotal(
    rows: str, found: list[str]
) -> None:
    printed = [
        ("three_public_expenses", "", name, "total", amount)
        for name, amount in map(str.split, rows.split("; "))
    ]
    assert [target for _, _, target in findings_of(*printed)] == found


@pytest.mark.parametrize(
    ("total", "found"),
    [("5.00", []), ("7.00", []), ("6.00", ["表10 公务用车购置及运行费与合计 预算数"])],
)
def test_a_budgeted_total_may_hold_meetings_and_training(total: str, found: list[str]) -> None:
    amounts = {
        "公务接待费": "1.00",
        "公务用车购置及运行费": "4.00",
        "会议费": "2.00",
        "合计": total,
    }
    printed = [
        ("three_public_expenses", "", name, "budgeted", amount) for name, amount in amounts.items()
    ]
    assert [target for _, _, target in findings_of(*printed)] == found


@pytest.mark.parametrize(("total", "found"), [("310.00", []), ("301.00", ["表3 图书馆"])])
def test_basic_expenditure_may_be_printed_as_its_two_parts(total: str, found: list[str]) -> None:
    printed = [
        ("expenditure", "", name, measure, amount)
        for name, *amounts in (("馆舍", "40.00", "30.00", "5.00", "5.00"), ("图书馆", total, "220.00", "30.00", "60.00"))
        for measure, amount in zip(
            ("total", "personnel", "non_personnel", "project"), amounts, strict=True
        )
    ]  # fmt: skip
    assert [target for _, _, target in findings_of(*printed)] == found


def test_a_figure_that_found_no_column_makes_the_sums_of_its_table_missing(build: Build) -> None:
    header = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    rows = [["208", "社会保障和就业支出", "48.00", "48.00"], ["合计", "68.00", "48.00", "20.00"]]
    cells = [cell for row in (header, *rows) for cell in row]
    result = build(some="某某局2034年部门预算\n支出预算总表\n单位：万元\n" + "\n\n".join(cells))
    assert weighty(result) == []
    with duckdb.connect(str(result.database), read_only=True) as db:
        said = db.sql("SELECT message FROM check_results WHERE status = 'missing'").fetchall()
    assert any("figures in the table or below it are not understood" in text for (text,) in said)


@pytest.mark.parametrize(
    ("below", "accused"),
    [
        ("| 30102 | 津贴补贴 | 其中 | 6.00 |\n| 302 | 办公费 | 其中 | 1.00 |\n", False),
        ("30102津贴补贴 6.00\n", False),
        ("第三部分 情况说明\n一、收支情况\n", True),
        ("注：本表按经济分类编列。\n", True),
    ],
)
def test_what_is_not_understood_below_a_table_may_be_its_rest(
    build: Build, below: str, accused: bool
) -> None:
    table = "一般公共预算基本支出表\n单位：万元\n| 科目编码 | 科目名称 | 金额 |\n| 301 | 工资福利支出 | 10.00 |\n| 30101 | 基本工资 | 4.00 |\n"
    found = weighty(build(some=f"某某局2034年部门预算\n{table}\n{below}"))
    assert [f.check_key for f in found] == ["economic_items"] * accused


USES = {
    "overall_balance/expenditure 教育支出 total": "10.00",
    "overall_balance/expenditure 教育支出 personnel": "4.00",
    "overall_balance/expenditure 教育支出 non_personnel": "2.00",
    "overall_balance/expenditure 教育支出 project": "4.00",
    "overall_balance/expenditure 基本支出 total": "6.00",
    "overall_balance/expenditure 项目支出 total": "4.00",
    "expenditure 合计 basic": "6.00",
    "expenditure 合计 project": "4.00",
    "fiscal_appropriation_balance/expenditure 基本支出 total": "5.00",
    "fiscal_appropriation_balance/expenditure 项目支出 total": "4.00",
    "fiscal_appropriation_balance/expenditure 支出总计 total": "9.00",
    "fiscal_appropriation_basic_expenditure 合计 total": "5.00",
    "three_public_expenses “三公”经费小计 total": "3.00",
    "three_public_expenses 合计 total": "3.00",
    "three_public_expenses 公务接待费 total": "1.00",
    "three_public_expenses 公务用车购置及运行费 total": "2.00",
    "three_public_expenses 公务用车运行维护费 total": "2.00",
    "three_public_expenses 合计 budgeted": "3.50",
    "three_public_expenses 公务接待费 budgeted": "1.00",
    "three_public_expenses 公务用车购置及运行费 budgeted": "2.50",
}


def test_a_sum_of_which_no_part_is_printed_is_compared_with_none() -> None:
    table = "three_public_expenses"
    vehicles = (table, "", "公务用车购置及运行费", "total", "2.00")
    blank = (table, "", "公务用车购置费", "total", "0.00")
    assert findings_of(vehicles) == []
    assert ("three_public_sum", "fail", "表10 公务用车购置及运行费 合计") in findings_of(
        vehicles, blank
    )


@pytest.mark.parametrize(
    ("cell", "amount", "found"),
    [
        ("overall_balance/expenditure 教育支出 non_personnel", "1.00", ["row_sum 表1 支出用途 教育支出"]),
        ("overall_balance/expenditure 基本支出 total", "6.50", ["expenditure_by_use 表1 基本支出"]),
        ("overall_balance/expenditure 项目支出 total", "3.50", ["expenditure_by_use 表1 项目支出"]),
        ("fiscal_appropriation_balance/expenditure 基本支出 total", "4.50", ["expenditure_by_use 表4 基本支出"]),
        ("fiscal_appropriation_balance/expenditure 项目支出 total", "4.50", ["expenditure_by_use 表4 项目支出"]),
        ("three_public_expenses “三公”经费小计 total", "3.50", ["three_public_sum 表10 “三公”经费小计 合计"]),
        ("three_public_expenses 合计 budgeted", "3.00", ["three_public_sum 表10 公务用车购置及运行费与合计 预算数"]),
        ("three_public_expenses 公务用车购置及运行费 total", "2.00", []),
    ],
)  # fmt: skip
def test_uses_and_subtotals_are_those_of_other_cells(
    cell: str, amount: str, found: list[str]
) -> None:
    rows = [(*key.split(), printed) for key, printed in (USES | {cell: amount}).items()]
    failed = findings_of(*((table, "", name, measure, a) for table, name, measure, a in rows))
    checks = ("expenditure_by_use", "row_sum", "three_public_sum")
    assert [
        f"{check} {target}"
        for check, status, target in failed
        if status == "fail" and check in checks
    ] == found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        (["6.00", "3.00", "2.00"], []),  # an item without money this year is not printed
        (["4.00", "3.00", "2.00"], [("functional_items", "fail", "表5 205 教育支出 上年执行数")]),
        ([None, "3.00", "2.00"], []),
    ],
)
def test_items_of_the_year_before_are_together_no_more_than_what_they_belong_to(
    before: list[str | None], found: list[tuple[str, str, str]]
) -> None:
    table, rows = "general_public_expenditure", ["205 教育支出", "20501 管理", "20502 普通教育"]
    figures = [
        (table, *row.split(), measure, amount)
        for row, *amounts in zip(rows, before, ["2.00", "1.00", "1.00"], strict=True)
        for measure, amount in zip(("prior_year_actual", "total"), amounts, strict=True)
        if amount
    ]
    assert [f for f in findings_of(*figures) if f[0] == "functional_items"] == found


@pytest.mark.parametrize(
    ("change", "found"), [("-1.50", []), ("1.50", [("change", "fail", "表5 合计")])]
)
def test_the_change_is_what_two_years_differ_by(
    change: str, found: list[tuple[str, str, str]]
) -> None:
    table = "general_public_expenditure"
    measures = {"prior_year_actual": "4.00", "total": "2.50", "project": "2.50", "change": change}
    assert (
        findings_of(*((table, "", "合计", measure, amount) for measure, amount in measures.items()))
        == found
    )


@pytest.mark.parametrize(
    ("printed", "parts", "status"),
    [
        ("10.00", ["3.33", "3.33", "3.33"], "rounding"),  # four figures: 0.02 would be
        ("10.00", ["3.33", "3.33", "3.31"], "fail"),
        ("10.00", ["9.99"], "fail"),  # one figure that is another must be printed alike
        ("10", ["9.6"], "rounding"),  # but for one that is printed coarser
        ("10", ["9.4"], "fail"),
        ("10", ["4.8", "4.8"], "rounding"),  # half of 1, and twice half of 0.1
    ],
)
def test_the_tolerance_follows_from_the_printing(
    printed: str, parts: list[str], status: str
) -> None:
    rows = [
        ("government_fund_revenue", f"10{n}", f"款{n}", "total", part)
        for n, part in enumerate(parts, 1)
    ]
    found = findings_of(("government_fund_revenue", "", "合计", "total", printed), *rows)
    assert found == [("functional_items", status, "表7 合计 合计")]


def test_carry_over_that_table_2_does_not_print_raises_no_alarm() -> None:
    def cells(place: str, items: str) -> list[tuple[str, ...]]:
        return [(place, "", *item.split()) for item in items.split("; ")]

    def columns(place: str, **amounts: str) -> list[tuple[str, ...]]:
        named = (("", "合计"), ("205", "教育支出"))
        return [
            (place, code, name, measure, amount)
            for code, name in named
            for measure, amount in amounts.items()
        ]

    rows = [
        *cells(
            "overall_balance/revenue",
            "一般公共预算 total 5.00; 本年收入合计 total 5.00; 上年结转 total 2.00; 收入总计 total 7.00",
        ),
        *cells(
            "overall_balance/expenditure",
            "教育支出 total 7.00; 本年支出合计 total 7.00; 支出总计 total 7.00",
        ),
        *columns("revenue", total="5.00", general_public="5.00"),
        *columns("expenditure", total="7.00", basic="4.00", project="3.00"),
        *columns("general_public_expenditure", total="5.00", basic="3.00", project="2.00"),
    ]
    assert findings_of(*rows) == []
    assert findings_of(*rows[:-1]) == [
        ("functional_items", "fail", "表5 合计 项目支出"),
        ("row_sum", "fail", "表5 205 教育支出"),
    ]


@pytest.mark.parametrize(("cell", "found"), [("见附注", []), ("", ["fail"])])
def test_a_table_of_which_some_could_not_be_read_proves_nothing(
    build: Build, cell: str, found: list[str]
) -> None:
    balance = "单位：万元\n| 项目 | 预算数 | 项目 | 预算数 |\n| 一般公共预算 | {0} | 教育支出 | {0} |\n| 本年收入合计 | {0} | 本年支出合计 | {0} |\n\n"
    text = (
        "某某市水务局2034年部门预算\n收支预算总表\n" + balance.format("9.00")
        + "财政拨款收支预算总表\n" + balance.format("7.00")
        + "收入预算总表\n单位：万元\n| 科目编码 | 科目名称 | 合计 | 一般公共预算 | 其他收入 |\n"
        f"| | 合计 | 9.00 | 7.00 | {cell} |\n| 205 | 教育支出 | 9.00 | 7.00 | 2.00 |\n"
    )  # fmt: skip
    query = "SELECT status FROM findings WHERE target = '表1、表4 本年支出合计'"
    with jcdata.connect(build(some=text).database) as con:
        assert [status for (status,) in con.sql(query).fetchall()] == found


@pytest.mark.parametrize(
    ("unknown", "found"),
    [
        ("教师进修经费", []),  # a part of a category, or a total of some
        ("部门预算", []),
        ("人员经费和公用经费支出", []),
        ("卫生健康支出", ["表1 本年支出合计 合计"]),
        ("一般公共服务", ["表1 本年支出合计 合计"]),  # without its last word
    ],
)
def test_only_categories_add_up_to_expenditure(unknown: str, found: list[str]) -> None:
    rows = [
        ("教育支出", "5.00"),
        (unknown, "5.00"),
        ("住房保障支出", "2.00"),
        ("本年支出合计", "7.00"),
    ]
    lines = [("overall_balance/expenditure", "", name, "total", amount) for name, amount in rows]
    assert [
        target
        for check, status, target in findings_of(*lines)
        if (check, status) == ("balance_sum", "fail")
    ] == found


def test_money_that_is_not_understood_may_be_why_an_identity_does_not_apply() -> None:
    """Money beside the fiscal appropriation explains more expenditure than it: so may a column of unknown meaning."""
    rows = [
        ("overall_balance/expenditure", "", "教育支出", "total", "9.00"),
        ("overall_balance/expenditure", "", "本年支出合计", "total", "9.00"),
        ("fiscal_appropriation_balance/expenditure", "", "教育支出", "total", "7.00"),
        ("fiscal_appropriation_balance/expenditure", "", "本年支出合计", "total", "7.00"),
        ("revenue", "", "合计", "total", "9.00"),
        ("revenue", "", "合计", "general_public", "7.00"),
    ]
    target = ("expenditure_by_function", "表1、表4 本年支出合计")
    found = {(check, of): status for check, status, of in findings_of(*rows)}
    unknown = ("revenue", "", "合计", "other", "2.00")
    beside = {(check, of): status for check, status, of in findings_of(*rows, unknown)}
    assert (found[target], beside.get(target)) == ("fail", None)


def test_columns_that_are_not_understood_may_hold_all_the_parts_of_a_row() -> None:
    total, unknown = (
        ("revenue", "208", "社会保障和就业支出", measure, "200.00")
        for measure in ("total", "other")
    )
    own = ("revenue", "201", "一般公共服务支出", "total", "500.00")
    source = ("revenue", "201", "一般公共服务支出", "general_public", "500.00")
    target = ("row_sum", "表2 208 社会保障和就业支出")

    def statuses(*rows: tuple[str, str, str, str, str]) -> list[str]:
        return [status for check, status, of in findings_of(*rows) if (check, of) == target]

    assert statuses(total, own, source) == ["fail"]
    assert statuses(total, unknown, own, source) == []


def test_carry_over_in_totals_or_beside_them_raises_no_alarm(build: Build) -> None:
    """Table 2 without and with the carry-over in its totals: both are in use."""
    head = "{year}年预算收入总表\n单位：元\n科目编码\t科目名称\t合计\t一般公共预算\t政府性基金\t国有资本经营预算\t财政专户管理资金\t单位资金\t上年结转\n"
    rows = "\t合计\t{}\t500\t\t\t\t\t70\n201\t一般公共服务支出\t{}\t300\t\t\t\t\t70\n202\t外交支出\t200\t200\t\t\t\t\t\n"
    spending = "2031年预算支出总表\n单位：元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t570\t500\t70\n201\t一般公共服务支出\t370\t300\t70\n202\t外交支出\t200\t200\t\n"
    head = head.replace("{year}", "2031")
    result = build(
        without=head + rows.format(500, 300) + spending,
        including=head + rows.format(570, 370) + spending,
    )
    assert result.troubles == []
    assert [
        f for f in jcdata.check(result.database).itertuples() if f.check_key != "table_missing"
    ] == []


def test_a_declaration_that_is_not_understood_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "some.toml").write_text('[[check]]\nkey = "one"\n')
    monkeypatch.setattr(declarations, "SPECS", tmp_path)
    with pytest.raises(SpecError, match="one"):
        declarations.specs_of_one_document.__wrapped__()


def test_a_target_of_an_unknown_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {
        "check": "row_sum",
        "target": "{expenditures}",
        "stated": "expenditure every total",
        "terms": [],
    }
    spec = identities._spec() | {"identity": [entry]}
    monkeypatch.setattr(identities, "_spec", lambda: spec)
    with pytest.raises(SpecError, match="expenditures"):
        identities.operands.__wrapped__()


@pytest.mark.parametrize(
    "cell",
    [
        "nothing total total",
        "revenue total nothing",
        "revenue/left total total",
        "revenue/expenditure total total",
    ],
)
def test_an_identity_of_unknown_cells_is_refused(
    monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    entry = {"check": "row_sum", "target": "x", "stated": cell, "terms": []}
    spec = identities._spec() | {
        "identity": [entry]
    }  # the rows stay, as they are read once for all tests
    monkeypatch.setattr(identities, "_spec", lambda: spec)
    with pytest.raises(SpecError):
        identities.operands.__wrapped__()


def test_sound_tables_in_the_shape_of_other_places_raise_no_finding(build: Build) -> None:
    assert weighty(build(other=OTHER_PLACES)) == []


@pytest.mark.parametrize(
    ("old", "new", "checks"),
    [
        ("| 400.00 | 310.00 | 40.00 |", "| 400.00 | 301.00 | 40.00 |", {"row_sum"}),
        ("| 二、住房保障支出 | 150.00 |", "| 二、住房保障支出 | 160.00 |", {"balance_sum"}),
        ("| 3.00 | 5.00 | 44.00 |", "| 3.00 | 6.00 | 44.00 |", {"three_public_sum"}),
    ],
)
def test_faults_in_tables_in_the_shape_of_other_places_are_found(
    build: Build, old: str, new: str, checks: set[str]
) -> None:
    assert old in OTHER_PLACES
    assert checks <= {f.check_key for f in weighty(build(other=OTHER_PLACES.replace(old, new)))}


@pytest.mark.parametrize(
    ("title", "rows", "found"),
    [
        (
            "收入预算总表",
            [
                "科目编码|科目名称|合计|一般公共预算|单位资金|单位资金",
                "科目编码|科目名称|合计|一般公共预算|小计|其他收入",
                "205|教育支出|9.00|6.00|3.00|3.00",
                "合计||9.00|6.00|3.00|3.00",
            ],
            [],
        ),
        (
            "收入预算总表",
            [
                "科目编码|科目名称|合计|一般公共预算|事业收入|上年结转|使用非财政拨款结余",
                "205|教育支出|9.00|5.00|1.00|2.00|1.00",
                "合计||9.00|5.00|1.00|2.00|1.00",
            ],
            [],
        ),
        (
            "收入预算总表",
            [
                "科目编码|科目名称|合计|一般公共预算|事业收入|上年结转|使用非财政拨款结余",
                "205|教育支出|9.00|5.00|1.00|2.00|",
                "合计||9.00|5.00|1.00|2.00|",
            ],
            ["row_sum", "row_sum"],
        ),
        (
            "支出预算总表",
            [
                "科目编码|科目名称|合计|一般公共预算|一般公共预算|一般公共预算|单位资金",
                "科目编码|科目名称|合计|小计|基本支出|项目支出|单位资金",
                "205|教育支出|9.00|6.00|4.00|2.00|3.00",
                "合计||9.00|6.00|4.00|2.00|3.00",
            ],
            [],
        ),
    ],
)
def test_parts_of_a_source_and_columns_that_are_not_understood_accuse_no_sum(
    build: Build, title: str, rows: list[str], found: list[str]
) -> None:
    cells = [f"| {' | '.join(row.split('|'))} |" for row in rows]
    header = [cells[0], "|" + " --- |" * len(rows[0].split("|"))]
    result = build(
        some="\n".join(["某某局2034年部门预算", "", title, "单位：万元", "", *header, *cells[1:]])
    )
    assert [finding.check_key for finding in weighty(result)] == found


def test_expenditure_by_nature_in_the_balance_is_no_expenditure_by_function() -> None:
    rows = {
        "基本支出": "6.00",
        "工资福利支出": "5.00",
        "对个人和家庭的补助": "1.00",
        "项目支出": "4.00",
        "事业单位经营支出": "1.00",
        "本年支出合计": "11.00",
    }
    printed = [
        ("overall_balance/expenditure", "", name, "total", amount) for name, amount in rows.items()
    ]
    assert findings_of(*printed) == []


@pytest.mark.parametrize(
    ("spent", "found"), [("11.00", []), ("12.00", ["expenditure_by_function"])]
)
def test_a_total_with_what_is_left_for_next_year_is_not_added_to_that_of_the_year(
    spent: str, found: list[str]
) -> None:
    printed = [
        ("overall_balance/expenditure", "", "本年支出合计", "total", "11.00"),
        ("expenditure", "", "基本支出", "total", spent),
        ("expenditure", "", "本年支出合计", "total", spent),
        ("expenditure", "", "支出总计", "total", spent),
    ]
    assert [check for check, _, _ in findings_of(*printed)] == found


def test_a_balance_of_several_classifications_has_one_total(build: Build) -> None:
    rows = [
        "收入 | | 支出 | | | ",
        "项目 | 预算数 | 项目（按功能分类） | 预算数 | 项目（按经济分类） | 预算数",
        "--- | --- | --- | --- | --- | ---",
        "一、一般公共预算 | 5.00 | 一、教育支出 | 5.00 | 一、工资福利支出 | 4.00",
        " | | | | 二、资本性支出 | 1.00",
        "本年收入合计 | 5.00 | 本年支出合计 | 5.00 | 本年支出合计 | 5.00",
    ]
    result = build(
        some="\n".join(
            [
                "某某局2034年部门预算",
                "",
                "收支预算总表",
                "单位：万元",
                "",
                *(f"| {row} |" for row in rows),
            ]
        )
    )
    assert weighty(result) == []
    with duckdb.connect(str(result.database), read_only=True) as db:
        passed = db.sql(
            "SELECT count(*) FROM check_results WHERE check_key = 'balance_sum' AND status = 'pass'"
        )
        assert passed.fetchall() == [(2,)]


@pytest.mark.parametrize("total", ["合计", "公用经费合计"])
def test_two_totals_side_by_side_are_those_of_two_halves(build: Build, total: str) -> None:
    rows = [
        "人员经费 | | | 公用经费 | | ",
        "科目编码 | 科目名称 | 预算数 | 科目编码 | 科目名称 | 预算数",
        "--- | --- | --- | --- | --- | ---",
        "301 | 工资福利支出 | 4.00 | 302 | 商品和服务支出 | 1.00",
        "30101 | 基本工资 | 4.00 | 30201 | 办公费 | 1.00",
        f"合计 | | 4.00 | {total} | | 1.00",
    ]
    table = "\n".join(f"| {row} |" for row in rows)
    result = build(some=f"某某局2034年部门预算\n\n一般公共预算基本支出表\n单位：万元\n\n{table}")
    assert weighty(result) == []

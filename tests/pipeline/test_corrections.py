"""Known errors of a source are corrected only when asked for, with a guard, and the print stays."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import jcdata
from jcdata.errors import CorrectionError
from jcdata.pipeline.build import BuildResult, build_database
from tests.making.checkout import CENTRE, RAW, ROOT

ENTRY = """[[correction]]
document = "some"
table = "budget_lines"
line_no = 5
column = "amount_yuan"
expect = "{expect}"
value = "65000.00"
reason = "misprint"
evidence = "table 5"
"""
TEXT = "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50  \n"


def build(folder: Path, corrections: str, corrected: bool = True) -> BuildResult:
    (folder / "raw").mkdir()
    (folder / "raw" / "some.txt").write_text(TEXT, encoding="utf-8")
    (folder / "corrections.toml").write_text(corrections, encoding="utf-8")
    return build_database(folder / "raw", folder / "x.duckdb", None, corrected=corrected)


def test_a_correction_changes_the_amount_and_not_the_print(tmp_path: Path) -> None:
    result = build(tmp_path, ENTRY.format(expect="55000.00"))
    with jcdata.connect(result.database) as con:
        amounts = con.sql("SELECT DISTINCT amount_yuan, amount_text FROM budget_lines").fetchall()
        applied = con.sql(
            "SELECT line_no, printed_yuan, corrected_yuan, reason FROM corrections_applied"
        ).fetchall()
    assert amounts == [(Decimal("65000.00"), "5.50")]
    assert (
        applied == [(5, Decimal("55000.00"), Decimal("65000.00"), "misprint")] * 2
    )  # total and basic expenditure


def test_nothing_is_corrected_unless_asked_for(tmp_path: Path) -> None:
    result = build(tmp_path, ENTRY.format(expect="55000.00"), corrected=False)
    with jcdata.connect(result.database) as con:
        assert con.sql("SELECT DISTINCT amount_yuan FROM budget_lines").fetchall() == [
            (Decimal("55000.00"),)
        ]
        assert con.sql("SELECT count(*) FROM corrections_applied").fetchall() == [(0,)]


def test_a_correction_that_expects_something_else_is_reported_and_not_applied(
    tmp_path: Path,
) -> None:
    result = build(tmp_path, ENTRY.format(expect="54000.00"))
    assert [(t.file_name, "54000.00" in t.reason) for t in result.troubles] == [
        ("corrections.toml", True)
    ]
    with jcdata.connect(result.database) as con:
        assert con.sql("SELECT DISTINCT amount_yuan FROM budget_lines").fetchall() == [
            (Decimal("55000.00"),)
        ]


@pytest.mark.parametrize(
    "broken",
    [
        "[[correction]]\ndocument = 'some'",
        ENTRY.format(expect="55000.00").replace("amount_yuan", "item_name"),
        ENTRY.format(expect="55000.00").replace("budget_lines", "documents"),
        ENTRY.format(expect="much"),
        "[[correction",
    ],
)
def test_a_broken_list_of_corrections_is_an_error(tmp_path: Path, broken: str) -> None:
    with pytest.raises(CorrectionError, match=r"corrections\.toml"):
        build(tmp_path, broken)


def test_the_declared_corrections_fit_the_documents_and_settle_their_findings(
    built: BuildResult, tmp_path: Path
) -> None:
    shutil.copytree(RAW, tmp_path / "raw")
    shutil.copy(ROOT / "data" / "corrections.toml", tmp_path)
    result = build_database(tmp_path / "raw", tmp_path / "x.duckdb", None, corrected=True)
    assert result.troubles == []
    query = "SELECT count(*) FROM findings WHERE document_id = ? AND contains(message, '240.05')"
    with jcdata.connect(built.database) as before, jcdata.connect(result.database) as after:
        assert before.execute(query, [CENTRE]).fetchall() == [(3,)]
        assert after.execute(query, [CENTRE]).fetchall() == [(0,)]
        assert after.sql("SELECT count(*) FROM corrections_applied").fetchall() == [(5,)]

"""SQL cells: results are frames, frames are tables, errors are raised."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import jcdata
from jcdata.notebook import magic
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU


@pytest.fixture(params=["jcdata", "jcdata.notebook.magic"])
def shell(built: BuildResult, request: pytest.FixtureRequest) -> Iterator[InteractiveShell]:
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_line_magic("load_ext", request.param)
    with jcdata.connect(built.database) as db:
        shell.user_ns["db"] = db
        yield shell


def test_a_result_is_a_frame_or_kept_under_a_name(shell: InteractiveShell) -> None:
    result = shell.run_cell_magic("sql", "", "SELECT 科目名称 FROM zh.预算明细\nLIMIT 3")
    assert isinstance(result, pd.DataFrame) and result.shape == (3, 1)
    assert shell.run_cell_magic("sql", "lines", "FROM budget_lines") is None
    assert len(shell.user_ns["lines"]) == 507
    assert shell.run_line_magic("sql", "SELECT count(*) AS n FROM lines").n[0] == 507


def test_frames_are_shown_as_people_read_tables(shell: InteractiveShell) -> None:
    assert shell.display_formatter is not None
    shown, _ = shell.display_formatter.format(
        shell.run_line_magic("sql", "SELECT 1 AS n, '甲' AS 名称")
    )
    assert "td.col1 {\n  text-align: left" in shown["text/html"]


def test_a_frame_does_not_hide_a_table_of_its_name(shell: InteractiveShell) -> None:
    shell.user_ns["documents"] = pd.DataFrame({"document_id": ["another"]})
    assert BUREAU in set(shell.run_line_magic("sql", "FROM documents").document_id)


def test_errors_are_raised(shell: InteractiveShell) -> None:
    with pytest.raises(duckdb.Error, match="nothing"):
        shell.run_line_magic("sql", "SELECT nothing")
    with pytest.raises(duckdb.Error, match="read-only"):
        shell.run_line_magic("sql", "DROP TABLE documents")
    with pytest.raises(UsageError, match="next line"):
        shell.run_cell_magic("sql", "SELECT 1", "FROM documents")
    shell.user_ns["money"] = pd.DataFrame({"yuan": [Decimal("0.01")]})
    with pytest.raises(UsageError, match=r"money\.yuan holds Decimal"):
        shell.run_line_magic("sql", "FROM money")
    del shell.user_ns["db"]
    with pytest.raises(UsageError, match=r"jcdata\.connect"):
        shell.run_line_magic("sql", "SELECT 1")


ENDLESS = "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r"


def test_a_query_that_never_ends_is_stopped_and_the_connection_goes_on(
    shell: InteractiveShell,
) -> None:
    with pytest.raises(jcdata.DatabaseError, match=r"stopped after 0\.2 seconds"):
        shell.run_cell_magic("sql", "--timeout 0.2", ENDLESS)
    assert shell.run_cell_magic("sql", "--timeout 0 one", "SELECT 1 AS n") is None
    assert shell.user_ns["one"].n[0] == 1
    with pytest.raises(UsageError, match="not a name"):
        shell.run_cell_magic("sql", "--timeout soon", "SELECT 1 AS n")


def test_it_is_loaded_twice_without_a_word(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("jcdata", "jcdata.notebook.magic", "jcdata"):
        shell.run_line_magic("load_ext", name)
        shell.run_line_magic("load_ext", name)
    assert capsys.readouterr() == ("", "")
    matchers = [getattr(m, "matcher_identifier", "") for m in shell.Completer.custom_matchers]
    assert matchers.count("jcdata.sql") == 1
    with pytest.raises(ModuleNotFoundError, match="nothing_of_that_name"):
        shell.run_line_magic("load_ext", "nothing_of_that_name")


def test_variables_stand_in_braces_in_both_kinds_of_cells(shell: InteractiveShell) -> None:
    shell.user_ns |= {"year": 2023, "row": {"kind": "budget"}, "名": "bureau"}
    query = "SELECT document_id FROM documents WHERE fiscal_year = {year} AND document_kind = '{row[kind]}' AND document_id LIKE '%{名}%'"
    for result in (
        shell.run_cell_magic("sql", "", query),
        shell.run_line_magic("sql", query),
    ):
        assert list(result.document_id) == [BUREAU]
    with pytest.raises(UsageError, match="nothing"):
        shell.run_cell_magic("sql", "", "SELECT {row[nothing]}")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (r"regexp_matches('2023', '^\d{4}$')", True),
        (r"regexp_matches('预算', '\p{Han}')", True),
        ("{'year': 4}.year", 4),
    ],
)
def test_other_braces_are_the_query_s_own(
    shell: InteractiveShell, expression: str, value: object
) -> None:
    shell.user_ns |= {"year": 2023}
    for result in (
        shell.run_line_magic("sql", f"SELECT {expression} AS it"),
        shell.run_cell_magic("sql", "", f"SELECT {expression} AS it"),
    ):
        assert result["it"][0] == value


def test_each_of_several_statements_is_shown(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[pd.DataFrame] = []
    monkeypatch.setattr("jcdata.notebook.magic.display", shown.append)
    query = "SELECT ';' AS a; CREATE TEMP TABLE t AS SELECT 2 AS b; FROM t; -- and\nSELECT 3 AS c;"
    last = shell.run_cell_magic("sql", "", query)
    assert [frame.iloc[0, 0] for frame in (*shown, last)] == [";", 2, 3]
    assert shell.run_cell_magic("sql", "kept", query) is None
    assert len(shown) == 4 and list(shell.user_ns["kept"]) == ["c"]
    assert shell.run_cell_magic("sql", "", "-- nothing is asked\n") is None


def test_money_is_exact_where_that_is_asked_for(shell: InteractiveShell) -> None:
    query = "SELECT 12345678901234.56::DECIMAL(18, 2) AS amount_yuan, NULL::DECIMAL(18, 2) AS none"
    frame = shell.run_cell_magic("sql", "--exact --timeout 5", query)
    assert list(frame.loc[0]) == [Decimal("12345678901234.56"), None]
    assert isinstance(shell.run_cell_magic("sql", "", query).amount_yuan[0], float)


def test_errors_are_shown_in_a_sentence(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.user_ns["jcdata"] = jcdata
    for cell, said, most in [
        ("%%sql\nSELECT nothing FROM documents", "nothing", 6),
        ("%sql FROM nowhere", "nowhere", 6),
        ("%%sql --timeout 0.2\n" + ENDLESS, "stopped after", 1),
        ("jcdata.composition(db, year=1066)", "no year 1066", 1),
        ("jcdata.connect('nowhere.duckdb')", "does not exist", 1),
    ]:
        shell.run_cell(cell)
        printed = "".join(capsys.readouterr()).strip()
        assert said in printed and "Traceback" not in printed and ".py" not in printed
        assert len(printed.splitlines()) <= most


def test_a_database_that_was_built_anew_is_no_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, new = tmp_path / "some.duckdb", tmp_path / "new"
    for place in (path, new):
        duckdb.connect(str(place)).close()
    with jcdata.connect(path) as db:
        magic.run("SELECT 1", {"db": db})
        assert capsys.readouterr().err == ""
        new.replace(path)
        magic.run("SELECT 1", {"db": db})
        assert "built anew" in capsys.readouterr().err
    with jcdata.connect(path) as db:
        magic.run("SELECT 1", {"db": db})
        assert capsys.readouterr().err == ""

"""SQL cells: results are frames, frames are tables, errors are raised."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pandas as pd
import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import jcdata
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

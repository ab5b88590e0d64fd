from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jcdata.cli.commands import app
from jcdata.pipeline.build import BuildResult

SEVERAL = "SELECT 1 AS 甲; CREATE TEMP TABLE t AS SELECT 2 AS b; FROM t"


def run(built: BuildResult, *arguments: str | Path, given: str | bytes = "") -> Result:
    command = ["sql", *map(str, arguments), "--db", str(built.database)]
    return CliRunner().invoke(app, command, input=given)


def test_sql_from_an_argument_a_file_and_standard_input_is_the_same(
    built: BuildResult, tmp_path: Path
) -> None:
    file = tmp_path / "query.sql"
    file.write_text(SEVERAL, encoding="utf-8-sig")  # as Windows editors store it
    outputs = {
        run(built, SEVERAL, "--csv").output,
        run(built, "--file", file, "--csv").output,
        run(built, "-", "--csv", given=SEVERAL).output,
    }
    assert outputs == {"甲\n1\n\nb\n2\n"}


def test_json_of_several_results_is_an_array_of_them(built: BuildResult) -> None:
    assert json.loads(run(built, SEVERAL, "--json").output) == [[{"甲": 1}], [{"b": 2}]]
    one = "CREATE TEMP TABLE t AS SELECT 2 AS b; FROM t"
    assert json.loads(run(built, one, "--json").output) == [{"b": 2}]


def test_one_statement_of_several_that_is_cut_is_said(built: BuildResult) -> None:
    cut = run(built, "FROM range(3); SELECT 5 AS n", "--most-rows", "2")
    assert cut.exit_code == 2 and "more than 2 rows" in cut.stderr and "5" in cut.stdout


def test_a_query_that_is_expanded_is_one(built: BuildResult) -> None:
    pivot = "PIVOT (SELECT 'x' AS a, 1 AS n) ON a USING sum(n)"
    assert run(built, pivot, "--csv").output == "x\n1\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["SELECT 1", "--csv", "--json"], "not both"),
        ([], "--file FILE"),
        (["SELECT 1", "--file", "x.sql"], "--file FILE"),
        (["--file", "nowhere.sql"], "can't be read"),
    ],
)
def test_what_can_not_be_asked_so_is_refused(
    built: BuildResult, arguments: list[str], said: str
) -> None:
    refused = run(built, *arguments)
    assert (refused.exit_code, refused.stdout) == (2, "") and said in refused.stderr


def test_a_file_that_is_no_text_is_refused(built: BuildResult) -> None:
    refused = run(built, "-", given="查询".encode("gb18030"))
    assert refused.exit_code == 2 and "can't be read" in refused.stderr


def test_a_wrong_query_says_where_the_names_are(built: BuildResult) -> None:
    for query in ("SELECT * FROM zh.预算", "SELECT nothing FROM documents", "SELECT FORM x"):
        refused = run(built, query)
        assert refused.exit_code == 1 and "jcdata tables 表名" in refused.output

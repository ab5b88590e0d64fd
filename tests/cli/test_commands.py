from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

import jcdata
from jcdata import schema
from jcdata.cli.commands import app
from jcdata.cli.lab_commands import OPTIONS
from jcdata.database import dictionary
from jcdata.database.definitions import store_views
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import CENTRE, RAW, ROOT

GOOD = "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50  \n"
COMMANDS = [
    "build",
    "check",
    "diff",
    "doctor",
    "explain",
    "export",
    "lab",
    "report",
    "site",
    "review",
    "sql",
    "tables",
    "trace",
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_in_both_languages(command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert f"jcdata {command}" in shown.output
    assert any("\u4e00" <= sign <= "\u9fff" for sign in shown.output)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_says_the_exit_status_in_both_languages(command: str) -> None:
    shown = run(command, "-h").output
    assert "Exit status" in shown and "退出状态" in shown


def test_the_version_is_that_of_the_package() -> None:
    shown = run("--version")
    assert (shown.exit_code, shown.output) == (0, f"jcdata {jcdata.__version__}\n")


def test_no_command_is_untested() -> None:
    assert sorted(
        str(c.name or c.callback.__name__) for c in app.registered_commands if c.callback
    ) == sorted(COMMANDS)


def test_build_prints_a_summary(tmp_path: Path) -> None:
    result = run("build", RAW, "--db", tmp_path / "x.duckdb", "--clean", tmp_path / "clean")
    assert result.exit_code == 0
    for shown in (
        "文件 2",
        "有数据的报表 18",
        "空表 8",
        "缺表 0",
        "报表数字 507",
        "未识别的行 1",
        "无法读取之处 0",
    ):
        assert shown in " ".join(result.output.split())
    assert f"{CENTRE}:764: " in result.output


def test_build_reports_what_it_could_not_read_and_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "bad.txt").write_bytes(b"")
    (tmp_path / "raw" / "good.txt").write_text(GOOD, encoding="utf-8")
    result = run(
        "build", tmp_path / "raw", "--db", tmp_path / "x.duckdb", "--clean", tmp_path / "clean"
    )
    assert result.exit_code == 2
    assert "bad.txt: the file is empty / 文件为空" in result.output
    assert (tmp_path / "x.duckdb").exists()


def test_build_of_an_empty_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    at = ("--db", tmp_path / "x.duckdb", "--clean", tmp_path / "clean")
    assert "文件夹中没有可以读取的文件" in run("build", tmp_path / "raw", *at).output
    assert "文件夹中没有" not in run("build", RAW, *at).output


def test_build_without_a_folder_says_so(tmp_path: Path) -> None:
    result = run("build", tmp_path / "none", "--db", tmp_path / "x.duckdb")
    assert result.exit_code == 2 and "no such folder" in result.output


def test_build_into_a_place_that_is_no_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(
        "build", RAW, "--db", tmp_path / "file" / "x.duckdb", "--clean", tmp_path / "clean"
    )
    assert result.exit_code == 2 and "can't write" in result.output


def test_sql_as_table_csv_and_json(built: BuildResult) -> None:
    query = "SELECT item_name, amount_yuan FROM budget_lines WHERE item_name LIKE '遗属%' AND measure = 'total'"
    assert "295400.00" in run("sql", query, "--db", built.database).output
    rows = list(csv.reader(io.StringIO(run("sql", query, "--db", built.database, "--csv").output)))
    assert rows == [["item_name", "amount_yuan"], ["遗属补助/抚恤金", "295400.00"]]
    found = json.loads(run("sql", query, "--db", built.database, "--json").output)
    assert found == [{"item_name": "遗属补助/抚恤金", "amount_yuan": "295400.00"}]


def test_sql_that_fails_and_sql_that_writes(built: BuildResult) -> None:
    for query, word in (("SELECT nothing", "nothing"), ("DROP TABLE documents", "read-only")):
        result = run("sql", query, "--db", built.database)
        assert result.exit_code == 1 and word in result.output


ENDLESS = "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r"
IN_ONE_ROW = "SELECT list_sum(list_transform(range(100000000), lambda x: x * 2))"  # which DuckDB does not interrupt


@pytest.mark.parametrize("query", [ENDLESS, IN_ONE_ROW])
@pytest.mark.parametrize(
    ("parents", "options", "status", "said"),
    [
        (
            "[1, KeyboardInterrupt()]",
            [],
            130,
            "stopped / 已中止",
        ),  # Ctrl-C comes while the query runs
        ("[1, 2]", [], 1, "nobody waits for the query / 已无人等待查询结果"),
        ("itertools.repeat(1)", ["--timeout", "0.2"], 1, "the query was stopped after 0.2 seconds"),
    ],
)
def test_a_query_that_never_ends_is_ended(
    built: BuildResult, query: str, parents: str, options: list[str], status: int, said: str
) -> None:
    code = (
        "import itertools, os, sys\n"
        "from unittest.mock import Mock\n"
        f"os.getppid = Mock(side_effect={parents})\n"
        f"sys.argv = ['jcdata', 'sql', {query!r}, '--db', {str(built.database)!r}, *{options!r}]\n"
        "from jcdata.cli.commands import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (status, "", 1)
    assert said in done.stderr


@pytest.mark.parametrize("options", [[], ["--csv"], ["--json"]])
def test_more_rows_than_are_printed_are_said(built: BuildResult, options: list[str]) -> None:
    cut = run(
        "sql",
        "SELECT 700 + range AS n FROM range(1000000000000)",
        "--db",
        built.database,
        "--most-rows",
        2,
        *options,
    )
    assert cut.exit_code == 2 and "there are more than 2 rows" in cut.stderr
    assert "701" in cut.stdout and "702" not in cut.stdout
    whole = run(
        "sql",
        "SELECT 700 + range AS n FROM range(2)",
        "--db",
        built.database,
        "--most-rows",
        2,
        *options,
    )
    assert whole.exit_code == 0 and "701" in whole.stdout and whole.stderr == ""


def test_sql_without_a_database(tmp_path: Path) -> None:
    result = run("sql", "SELECT 1", "--db", tmp_path / "none.duckdb")
    assert result.exit_code == 2 and "jcdata build" in result.output


def test_check_shows_the_arithmetic_and_the_lines_within_100_columns(built: BuildResult) -> None:
    output = run("check", "--db", built.database).output
    assert "表6 本表无数据，按他表应列 443.54 万元（表5合计基本支出 443.54）" in output
    assert "行 lines 222, 238" in output
    assert max(cell_len(line) for line in output.splitlines()) <= 100
    assert "pass" not in output and "pass" in run("check", "--all", "--db", built.database).output


def test_check_as_json_keeps_figures_exact(built: BuildResult) -> None:
    found = json.loads(run("check", "--json", "--db", built.database).output)["findings"]
    wages = next(f for f in found if f["target"] == "表6 工资福利支出 合计")
    assert (
        wages["stated"] == "8455000.000000"
        and wages["difference"] == "100.000000"
        and 596 in wages["line_nos"]
    )


def test_check_exits_with_1_only_for_errors(built: BuildResult, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for content, status in ((GOOD, 0), (GOOD.replace("合计 5.50 5.50", "合计 5.50 5.40"), 1)):
        (tmp_path / "raw" / "some.txt").write_text(content, encoding="utf-8")
        run("build", tmp_path / "raw", "--db", tmp_path / "x.duckdb", "--clean", tmp_path / "clean")
        assert run("check", "--db", tmp_path / "x.duckdb").exit_code == status
    assert run("check", "--db", tmp_path / "none.duckdb").exit_code == 2
    duckdb.connect(str(tmp_path / "old.duckdb")).close()
    old = run("check", "--db", tmp_path / "old.duckdb")
    assert old.exit_code == 2 and "jcdata build" in old.output


def test_review_marks_a_finding_and_a_dismissed_error_fails_no_more(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    wrong = GOOD.replace("合计 5.50 5.50", "合计 5.50 5.40")
    (tmp_path / "raw" / "some.txt").write_text(wrong, encoding="utf-8")
    at = ("--db", tmp_path / "x.duckdb")
    run("build", tmp_path / "raw", *at, "--clean", tmp_path / "clean")
    (found,) = (
        f for f in json.loads(run("check", "--json", *at).output)["findings"] if f["stated"]
    )
    assert f"{found['finding_id']}  行 lines 5" in run("check", *at).output
    assert run("review", "0123456789ab", "accepted", "--reason", "x", *at).exit_code == 1
    assert run("review", found["finding_id"], "maybe", "--reason", "x", *at).exit_code == 1
    assert run("review", found["finding_id"], "accepted", "--reason", " ", *at).exit_code == 2
    marked = run("review", found["finding_id"], "dismissed", "--reason", "see the annex", *at)
    assert marked.exit_code == 0 and "不予采纳" in marked.output
    shown = run("check", *at)
    assert shown.exit_code == 0
    assert "不予采纳 dismissed" in shown.output and "see the annex" in shown.output
    (tmp_path / "raw" / "some.txt").write_text(GOOD, encoding="utf-8")
    rebuilt = run("build", tmp_path / "raw", *at, "--clean", tmp_path / "clean")
    stale = f"review of {found['finding_id']} is stale"
    assert rebuilt.exit_code == 0 and stale in rebuilt.output and stale in run("check", *at).output


def test_check_begins_with_what_could_not_be_read_or_compared(
    built: BuildResult, tmp_path: Path
) -> None:
    shown = " ".join(run("check", "--db", built.database).output.split())  # as lines are broken
    assert shown.index("figures not understood") < shown.index("未能核对 not compared")
    assert shown.index("1 处未能核对，表6 合计") < shown.index("警告 warning")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "bad.txt").write_bytes(b"")
    (tmp_path / "raw" / "good.txt").write_text(GOOD, encoding="utf-8")
    at = ("--db", tmp_path / "x.duckdb")
    run("build", tmp_path / "raw", *at, "--clean", tmp_path / "clean")
    assert run("check", *at).output.startswith("未能读取 not read\n  bad.txt: the file is empty")
    found = json.loads(run("check", "--json", *at).output)
    assert list(found) == ["problems", "document_figures", "not_compared", "findings"]
    assert [(p["file_name"], p["line_no"]) for p in found["problems"]] == [("bad.txt", None)]
    found = json.loads(run("check", "--json", "--db", built.database).output)
    assert {f["check_key"] for f in found["not_compared"] if f["result_count"] == 1}
    assert all(f["not_understood_count"] > 0 for f in found["document_figures"])


def test_figures_that_are_kept_only_as_printed_are_said_to_be_compared_with_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "raw").mkdir()
    table = "部门某情况表\n| 项目 | 合计 |\n| 甲 | 60.00 |\n| 乙 | 15.00 |\n"
    (tmp_path / "raw" / "a.txt").write_text(f"临河县档案馆2031年部门预算公开\n\n{table}", "utf-8")
    at = ("--db", tmp_path / "x.duckdb")
    built = run("build", tmp_path / "raw", *at, "--clean", tmp_path / "clean").output
    assert "0 / 2 (0.00%)" in built
    shown = run("check", *at, "--lang", "zh").output
    assert "a: 2 个数字仅原样保留，未参与核对" in shown


def test_a_build_that_reads_no_figure_says_no_share(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("", encoding="utf-8")
    at = ("--db", tmp_path / "x.duckdb", "--clean", tmp_path / "clean")
    assert "%" not in run("build", tmp_path / "raw", *at).output


def test_tables_lists_all_and_shows_one_by_either_name() -> None:
    listed = run("tables").output
    assert all(table.name in listed and table.zh in listed for table in schema.tables())
    assert (
        run("tables", "budget_lines").output
        == run("tables", "预算明细").output
        == run("tables", "zh.预算明细").output
    )
    assert "amount_yuan" in run("tables", "budget_lines").output
    assert run("tables", "nothing").exit_code == 1


def test_tables_lists_the_macros_and_shows_one_by_either_name() -> None:
    listed = " ".join(run("tables").output.split())
    assert all(
        f"{macro.name}(" in listed and f"zh.{macro.zh}(" in listed for macro in schema.MACROS
    )
    assert (
        "zh.占比(部分, 合计)" in run("tables", "share_of").output == run("tables", "zh.占比").output
    )
    assert (
        "prior_line_no" in run("tables", "year_on_year").output == run("tables", "两年对比").output
    )


@pytest.mark.parametrize(("user", "added"), [(0, ["--allow-root"]), (1000, [])])
def test_lab_hands_its_options_to_jupyterlab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, added: list[str]
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr("jupyterlab.labapp.main", calls.append)
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    assert run("lab", "--notebooks", tmp_path, "--no-browser", "--port", "9999").exit_code == 0
    assert calls == [[str(tmp_path), *OPTIONS, *added, "--no-browser", "--port", "9999"]]
    assert list(tmp_path.iterdir()) == []  # a folder that is there stays as it is


def test_lab_copies_the_notebooks_where_they_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jupyterlab.labapp.main", lambda arguments: None)
    monkeypatch.chdir(tmp_path)
    first, *others = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / first).write_text("mine")
    assert "copied to notebooks" in run("lab").stderr
    assert (tmp_path / "notebooks" / first).read_text() == "mine"
    for name in others:
        copied = tmp_path / "notebooks" / name
        assert copied.read_bytes() == (ROOT / "notebooks" / name).read_bytes()
    assert run("lab").stderr == ""
    assert run("lab", "--notebooks", tmp_path / "new").exit_code == 0
    assert (tmp_path / "new" / first).is_file()


def test_lab_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    result = run("lab", "--notebooks", tmp_path / "file")
    assert result.exit_code == 2 and "no such folder" in result.output
    result = run("lab", "--notebooks", tmp_path / "file" / "new")
    assert result.exit_code == 2 and "can't write" in result.output
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    result = run("lab", "--notebooks", tmp_path)
    assert result.exit_code == 2 and "pip install 'jcdata[lab]'" in result.output


def test_sql_puts_a_result_that_is_too_wide_below_each_other(built: BuildResult) -> None:
    def lines(columns: int) -> list[str]:
        named = ", ".join(
            f"'value {n} of many' AS column_{n}, NULL AS none_{n}" for n in range(columns)
        )
        output = run("sql", f"SELECT {named} FROM range(2)", "--db", built.database).output
        return [line.strip() for line in output.splitlines()]

    assert len(lines(2)) == 3
    wide = lines(20)
    assert wide[0] == "row 1 / 第 1 行" and len(wide) == 82
    assert wide[1].split() == ["column_0", "value", "0", "of", "many"] and wide[2] == "none_0"


@pytest.mark.parametrize("figure", ["156.00", "1560000", "1,560,000", "１５６．００"])
def test_trace_finds_a_figure_in_table_form_and_prose(built: BuildResult, figure: str) -> None:
    output = run("trace", figure, "--db", built.database).output
    assert "current_year_projects 特种作业人员安全技术考试收费" in output
    assert "年度资金总额： 1560000" in output


def test_trace_shows_each_line_once_in_the_language(built: BuildResult) -> None:
    def shown(*options: str) -> str:
        return run("trace", "156.00", *options, "--db", built.database).output

    for output in (shown(), shown("--lang", "zh")):
        assert output.count("特种作业人员安全技术考试收费 156.00 156.00") == 1
    assert "项目支出预算表（本年预算） 特种作业人员安全技术考试收费 合计" in output
    assert "amount_yuan" not in output and "amount_yuan" in shown("--lang", "en")


def test_export_makes_a_workbook_or_a_package_by_the_name(
    built: BuildResult, tmp_path: Path
) -> None:
    for name, made in (("预算 2023.xlsx", "预算 2023.xlsx"), ("数据包", "数据包/datapackage.json")):
        result = run("export", tmp_path / name, "--db", built.database)
        assert result.exit_code == 0 and "已写入" in result.output
        assert (tmp_path / made).is_file()


def test_export_says_why_it_writes_nothing(built: BuildResult, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("")
    for name, status, reason in (
        ("x.xls", 2, ".xlsx"),
        ("x.csv", 2, "jcdata sql --csv"),
        ("mine", 1, "holds something else"),
        ("file/x.xlsx", 2, "can't write"),
        ("file/x", 2, "can't write"),
    ):
        result = run("export", tmp_path / name, "--db", built.database)
        assert result.exit_code == status and reason in result.output
    assert run("export", tmp_path / "x.xlsx", "--db", tmp_path / "none.duckdb").exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "mine"]


def test_trace_of_nothing(built: BuildResult) -> None:
    assert run("trace", "987654.32", "--db", built.database).exit_code == 1
    assert run("trace", "abc", "--db", built.database).exit_code == 1
    assert run("trace", "999999", "--db", built.database).exit_code == 1
    assert run("trace", " ", "--db", built.database).exit_code == 1


@pytest.mark.parametrize(
    ("asked", "text"), [("8.19%", "增长8.19%"), ("156万元", "特种作业"), ("特种作业", "156.00")]
)
def test_trace_takes_units_and_words(built: BuildResult, asked: str, text: str) -> None:
    assert text in run("trace", asked, "--db", built.database).output


def test_a_figure_less_than_nothing_is_no_option(built: BuildResult) -> None:
    result = run("trace", "-5", "--db", built.database)
    assert result.exit_code == 1 and "-5 stands nowhere" in result.output


def test_the_data_dictionary_in_the_docs_is_current() -> None:
    path = ROOT / "docs" / "data-dictionary.md"
    assert path.read_text(encoding="utf-8") == dictionary.markdown(), "run `make dictionary`"


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["sql", "SELECT 1"]])
def test_these_commands_import_neither_pandas_nor_altair(
    built: BuildResult, arguments: list[str]
) -> None:
    if arguments[0] != "--help":
        arguments = [*arguments, "--db", str(built.database)]
    code = (
        f"import sys; sys.argv = ['jcdata', *{arguments!r}]\n"
        "from jcdata.cli.commands import app\n"
        "app(standalone_mode=False)\n"
        "print('imported', sorted({'pandas', 'altair', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "imported []"


def test_a_build_looks_for_garbage_between_its_batches() -> None:
    code = (
        "import gc, sys\n"
        "from jcdata.cli.commands import main\n"
        "from jcdata.pipeline import build\n"
        "build.build_database = lambda *_: sys.exit(str(gc.isenabled()))\n"
        "sys.argv = ['jcdata', 'build']\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stderr == "True\n"


def _on_a_full_disk(most_bytes: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command that can't write a file larger than this, as on a full disk."""
    code = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_bytes}, {most_bytes}))\n"
        f"sys.argv = {['jcdata', *map(str, arguments)]!r}\n"
        "from jcdata.cli.commands import main\n"
        "main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_a_full_disk_is_said_and_leaves_the_old_database_whole(
    built: BuildResult, tmp_path: Path
) -> None:
    database = tmp_path / "x.duckdb"
    database.write_bytes(built.database.read_bytes())
    done = _on_a_full_disk(200_000, "build", RAW, "--db", database, "--clean", tmp_path / "clean")
    assert done.returncode == 2 and "can't write" in done.stderr
    assert database.read_bytes() == built.database.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} <= {"x.duckdb", ".x.duckdb.lock"}


@pytest.mark.parametrize("out", ["x.xlsx", "package"])
def test_a_full_disk_is_said_and_leaves_the_old_export_whole(
    built: BuildResult, tmp_path: Path, out: str
) -> None:
    assert run("export", tmp_path / out, "--db", built.database).exit_code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = _on_a_full_disk(100_000, "export", tmp_path / out, "--db", built.database)
    assert done.returncode == 2 and "can't write" in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


EVIL = "\x1b]0;x\x07\x1b[2J\x9b31m\u202e"


def obeyed(shown: str) -> list[str]:
    """What a terminal would obey in an output."""
    return [sign for sign in shown if sign != "\n" and not sign.isprintable()]


@pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["check"],
        ["check", "--json"],
        ["sql", "FROM documents"],
        ["sql", "FROM source_lines", "--json"],
        ["trace", "5.50"],
        ["explain", "a", "5"],
        ["diff", "a", "b"],
        ["diff", "a", "b", "--json"],
    ],
)
def test_what_a_document_says_is_not_obeyed_by_the_terminal(
    tmp_path: Path, command: list[str]
) -> None:
    raw, database = tmp_path / "raw", tmp_path / "x.duckdb"
    raw.mkdir()
    for name, change in (("a", "5.40"), ("b", "5.30")):
        content = GOOD.replace("合计 5.50 5.50", f"合计 5.50 {change}").replace(
            "某某局", f"某某局{EVIL}"
        )
        (raw / f"{name}.txt").write_text(f"{content}{EVIL}\n", encoding="utf-8")
    (raw / f"c{EVIL}.txt").write_text(GOOD, encoding="utf-8")
    built = run("build", raw, "--db", database, "--clean", tmp_path / "clean")
    with duckdb.connect(str(database)) as con:  # as a database of another making may have it
        con.execute("UPDATE documents SET unit_name = $1, file_name = $1", [EVIL])
        con.execute("UPDATE check_results SET message = $1, message_zh = $1", [EVIL])
        con.execute("UPDATE source_lines SET text = $1 || text", [EVIL])
        store_views(con)
    shown = built if command == ["build"] else run(*command, "--db", database)
    assert shown.exit_code in (0, 1, 2) and shown.output and "Traceback" not in shown.output
    assert obeyed(shown.output) == []


def test_explain_says_what_was_seen_in_a_line(built: BuildResult) -> None:
    shown = run("explain", "emergency", "242", "--db", built.database, "--raw", RAW)
    assert shown.exit_code == 0
    assert "gaps / 空白: 合计: 1 1 9" in shown.output
    asked = ["explain", "emergency", "242", "--db", built.database, "--raw", RAW, "--lang"]
    chinese, english = (run(*asked, language).output for language in ("zh", "en"))
    assert "  空白: 合计: 1 1 9" in chinese and "  gaps: 合计: 1 1 9" in english
    assert run(*asked, "fr").exit_code == 2
    assert run("explain", "nothing", "1", "--db", built.database).exit_code == 1
    assert run("explain", "emergency", "99999", "--db", built.database).exit_code == 1

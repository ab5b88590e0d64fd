"""The command line. Heavy libraries are imported in the command that needs them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import metadata
from typing import Annotated

import typer

from jcdata.cli import (
    build_commands,
    check_commands,
    lab_commands,
    output_commands,
    query_commands,
    terminal,
)

app = typer.Typer(
    name="jcdata", no_args_is_help=True, rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _show_version(asked: bool) -> None:
    if asked:
        print(f"jcdata {metadata.version('jcdata')}")
        raise typer.Exit


@app.callback()
def jcdata_command(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Show the version and exit. / 显示版本。",
            callback=_show_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Budget disclosures of China's government units as data that one can trust. / 把政府单位预算公开文件变成可信的数据。

    Exit status: 0 done, 1 what the help of the command names, 2 wrongly called or something can't be read or written,
    130 stopped. / 退出状态：0 完成，1 见各命令帮助，2 用法有误或无法读写，130 已中止。
    """


# The commands in the order in which the help lists them, with examples
COMMANDS: dict[Callable[..., None], str] = {
    build_commands.build: "`jcdata build` · `jcdata build my/documents --db my.duckdb --clean my/clean` · `jcdata build new.pdf` · `jcdata build --dry-run`",
    check_commands.check: "`jcdata check` · `jcdata check --unit 某某局 --year 2030` · `jcdata check --json`",
    check_commands.review: "`jcdata review 0123456789ab dismissed --reason TEXT` · `jcdata review 0123456789ab accepted --reason TEXT --by NAME`",
    check_commands.diff: "`jcdata diff bureau-2023 bureau-2024` · `jcdata diff old.pdf new.pdf` · `jcdata diff A B --json`",
    query_commands.sql: '`jcdata sql "SELECT * FROM zh.预算明细 LIMIT 5"` · `jcdata sql "FROM documents" --json` · `jcdata sql --file query.sql`',
    query_commands.tables: "`jcdata tables` · `jcdata tables budget_lines` · `jcdata tables 预算明细` · `jcdata tables year_on_year`",
    query_commands.trace: "`jcdata trace 156.00` · `jcdata trace 156万元` · `jcdata trace 8.19%` · `jcdata trace -5` · `jcdata trace 培训费`",
    query_commands.explain: "`jcdata explain bureau-2023 242` · `jcdata explain 2023 242 --raw my/documents`",
    output_commands.report: "`jcdata report 报告.html` · `jcdata report report.pdf --unit 某某局 --year 2030`",
    output_commands.site: "`jcdata site 网站` · `jcdata site public --files data/raw --address https://example.org/budgets/`",
    output_commands.export: "`jcdata export 预算数据.xlsx` · `jcdata export my/package` · `jcdata export out.xlsx --unit 某某局`",
    lab_commands.lab: "`jcdata lab` · `jcdata lab --notebooks my/notebooks` · `jcdata lab --no-browser --port 9999`",
    lab_commands.doctor: "`jcdata doctor` · `jcdata doctor --db my.duckdb`",
}
# -5 is a figure; what `lab` does not know are options of JupyterLab.
PASSING_ON = (query_commands.trace, lab_commands.lab)

for command, examples in COMMANDS.items():
    app.command(
        epilog=examples, context_settings={"ignore_unknown_options": command in PASSING_ON}
    )(command)


def main() -> None:
    """Run the command line."""
    gc.disable()  # most commands need until their end what they load; those that run long enable it again
    terminal.stopped_by_signals()(app)()

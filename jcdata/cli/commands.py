"""The command line. Heavy libraries are imported in the command that needs them."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Annotated

import typer

from jcdata import paths
from jcdata.cli import output_commands, query_commands, terminal
from jcdata.cli.terminal import Database, Reviews
from jcdata.errors import (
    ComparisonError,
    CorrectionError,
    DatabaseError,
    DocumentError,
    OutputError,
    ReviewError,
    SelectionError,
    WorkerError,
)
from jcdata.messages import Message
from jcdata.text import visible

# Running a notebook of the project changes no file, see there.
SAVING = "--ContentsManager.pre_save_hook=jcdata.notebook.saving.leave_out_results"

app = typer.Typer(
    name="jcdata", no_args_is_help=True, add_completion=False, rich_markup_mode="markdown",
    help="Budget disclosures of China's government units as data that one can trust. / 把政府单位预算公开文件变成可信的数据。",
)  # fmt: skip


@app.command(epilog="`jcdata build` · `jcdata build my/documents --db my.duckdb --clean my/clean`")
def build(
    raw_dir: Annotated[
        Path, typer.Argument(help="Folder with the documents. / 存放公开文件的文件夹。")
    ] = paths.RAW_DIR,
    db: Database = paths.DATABASE,
    clean: Annotated[
        Path,
        typer.Option(help="Folder for the CSV and Parquet files. / CSV 与 Parquet 输出文件夹。"),
    ] = paths.CLEAN_DIR,
    corrected: Annotated[
        bool,
        typer.Option(
            "--corrected",
            help="Apply the known errors of corrections.toml. / 应用 corrections.toml 中的更正。",
        ),
    ] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Read every document, unchanged ones too. / 重新读取全部文件。"
        ),
    ] = False,
    allow_empty: Annotated[
        bool,
        typer.Option(
            "--allow-empty",
            help="Let an empty folder empty the database. / 文件夹为空时清空数据库。",
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes that read; one for each processor if not given. / 读取进程数，默认与处理器数相同。",
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            help="Read on the cluster of this Dask scheduler. / 在该 Dask 集群上读取。",
            metavar="ADDRESS",
        ),
    ] = None,
    reviews: Reviews = None,
) -> None:
    """Read every document into the database and the clean files. / 读取全部文件，写入数据库与数据文件。

    Only what is new or changed since the last build is read. / 仅读取上次构建后新增或有改动的文件。

    Exit status 2 when something could not be read; the rest is loaded all the same.
    """
    from jcdata.pipeline.build import build_database
    from jcdata.pipeline.processes import Processes

    gc.enable()
    try:
        with terminal.show_progress() as progress:
            result = build_database(
                raw_dir,
                db,
                clean,
                corrected,
                full,
                allow_empty,
                Processes(jobs, dask),
                progress,
                terminal.say,
                reviews,
            )
    except (OutputError, DatabaseError) as error:
        terminal.fail(str(error), status=1)
    except (CorrectionError, DocumentError, FileNotFoundError, ReviewError, WorkerError) as error:
        terminal.fail(str(error))
    except OSError as error:
        terminal.fail(Message(f"can't write: {error}", "无法写入；原有数据未改动"))
    terminal.print_summary(result)
    raise typer.Exit(result.exit_status)


@app.command(epilog="`jcdata check` · `jcdata check --db my.duckdb` · `jcdata check --json`")
def check(
    db: Database = paths.DATABASE,
    json: Annotated[bool, typer.Option("--json", help="Print JSON. / 以 JSON 输出。")] = False,
    show_all: Annotated[bool, typer.Option("--all", help="Passes too. / 相符者亦列出。")] = False,
) -> None:
    """Show what the documents contradict, worst first. / 列出文件中的矛盾之处，严重者在前。

    First comes what could not be read or compared. Each finding shows its arithmetic, its id and its lines; what follows
    from it is indented below. JSON has the same under the names of the tables that hold it: problems, document_figures,
    not_compared, findings. Exit status 1 when there is a finding of severity `error` that no reviewer dismissed.
    """
    import duckdb

    from jcdata.checks import findings, not_read, reviews
    from jcdata.database.records import read_records
    from jcdata.schema import StaleReview

    with terminal.connected(db) as con:
        try:
            results = findings.read_results(con, with_passes=show_all)
            unread = not_read.find_not_read(con)
            stale = read_records(con, StaleReview, "stale_reviews")
        except duckdb.CatalogException:
            terminal.fail(
                Message(
                    f"{db} was built without checks: run `jcdata build` again",
                    "该数据库没有核对结果，请重新运行 jcdata build",
                )
            )
    if json:
        terminal.print_json(findings.as_json(results, unread))
    else:
        shown = terminal.console(findings.WIDTH)
        for line in not_read.render(unread):
            shown.print(line)
        for part in (
            findings.render(results)
            if results
            else [str(Message("no contradictions", "未发现矛盾"))]
        ):
            shown.print(part)
    for mark in stale:
        terminal.say(reviews.stale_in_words(mark))
    raise typer.Exit(any(r.severity == "error" and not findings.is_dismissed(r) for r in results))


@app.command(
    epilog="`jcdata review 0123456789ab dismissed --reason TEXT` · `jcdata review 0123456789ab accepted --reason TEXT --by NAME`"
)
def review(
    finding: Annotated[
        str,
        typer.Argument(
            help="A finding's id, as `jcdata check` prints it. / 核对发现的编号，见 jcdata check。"
        ),
    ],
    verdict: Annotated[
        str, typer.Argument(help="accepted or dismissed. / accepted 属实，dismissed 不予采纳。")
    ],
    reason: Annotated[str, typer.Option(help="Why. / 理由。")],
    by: Annotated[str | None, typer.Option(help="Who decided. / 复核人。")] = None,
    db: Database = paths.DATABASE,
    reviews: Reviews = None,
) -> None:
    """Mark a finding as accepted or dismissed. / 复核一项核对发现：属实或不予采纳。

    The mark is added at the end of reviews.toml and survives every build. A dismissed finding stays visible, but counts
    no more.

    Exit status 1 when there is no such finding or verdict, 2 when reviews.toml can't be read or written.
    """
    from jcdata.pipeline import reviewing
    from jcdata.schema import VERDICTS

    if verdict not in VERDICTS:
        terminal.fail(
            Message(f"no verdict {verdict!r}; there is: {', '.join(VERDICTS)}", "没有这种复核结论，现有者如上"),
            status=1,
        )  # fmt: skip
    try:
        marked = reviewing.add_review(db, finding, verdict, reason, by, reviews, terminal.say)
    except SelectionError as error:
        terminal.fail(str(error), status=1)
    except (DatabaseError, OutputError, ReviewError) as error:
        terminal.fail(str(error))
    except OSError as error:
        terminal.fail(Message(f"can't write: {error}", "无法写入；原有数据未改动"))
    print(visible(f"{marked.finding_id} {verdict} {VERDICTS[verdict]}: {marked.message_zh}"))


@app.command(
    epilog="`jcdata diff bureau-2023 bureau-2024` · `jcdata diff old.pdf new.pdf` · `jcdata diff A B --json`"
)
def diff(
    a: Annotated[
        str,
        typer.Argument(
            help="A document of the database, or a file. / 数据库中的文件编号，或文件路径。"
        ),
    ],
    b: Annotated[
        str, typer.Argument(help="What it is compared with, likewise. / 与之比较的文件，同上。")
    ],
    db: Database = paths.DATABASE,
    json: Annotated[bool, typer.Option("--json", help="Print JSON. / 以 JSON 输出。")] = False,
    show_all: Annotated[bool, typer.Option("--all", help="All changes. / 列出全部变动。")] = False,
) -> None:
    """Show what changed between two documents. / 比较两份文件，列出变动。

    Two years of a unit, or two versions of one document: amounts, projects, indicators. Exit status 0 if they are the
    same, 1 if they differ, 2 if one could not be read.
    """
    from jcdata.comparison import printout, two_documents

    try:
        compared, troubles = two_documents.compare_documents(db, a, b)
    except (ComparisonError, DatabaseError) as error:
        terminal.fail(str(error))
    if json:
        terminal.print_json(printout.as_json(compared))
    else:
        console = terminal.console(printout.WIDTH)
        for part in printout.render(compared, show_all):
            console.print(part)
    terminal.print_troubles(troubles)
    raise typer.Exit(terminal.EXIT_UNREADABLE if troubles else bool(compared.changes))


app.command(
    epilog='`jcdata sql "SELECT * FROM zh.预算明细 LIMIT 5"` · `jcdata sql "FROM documents" --json`'
)(query_commands.sql)


app.command(
    epilog="`jcdata tables` · `jcdata tables budget_lines` · `jcdata tables 预算明细` · `jcdata tables year_on_year`"
)(query_commands.tables)


app.command(
    epilog="`jcdata trace 156.00` · `jcdata trace 156万元` · `jcdata trace 8.19%` · `jcdata trace -5` · `jcdata trace 培训费`",
    context_settings={"ignore_unknown_options": True},  # -5 is a figure
)(query_commands.trace)


app.command(
    epilog="`jcdata explain bureau-2023 242` · `jcdata explain 2023 242 --raw my/documents`"
)(query_commands.explain)


app.command(
    epilog="`jcdata report 报告.html` · `jcdata report report.html --unit 某某局 --year 2030`"
)(output_commands.report)
app.command(
    epilog="`jcdata export 预算数据.xlsx` · `jcdata export my/package` · `jcdata export out.xlsx --db my.duckdb`"
)(output_commands.export)


@app.command(
    epilog="`jcdata lab` · `jcdata lab --notebooks my/notebooks` · `jcdata lab --no-browser --port 9999`",
    context_settings={"ignore_unknown_options": True},
)
def lab(
    options: Annotated[
        list[str] | None,
        typer.Argument(
            help="Options of JupyterLab. / JupyterLab 的选项。", metavar="[OPTIONS OF JUPYTERLAB]"
        ),
    ] = None,
    notebooks: Annotated[
        Path, typer.Option(help="Folder with the notebooks. / 存放笔记本的文件夹。")
    ] = paths.NOTEBOOKS,
) -> None:
    """Open JupyterLab on the notebooks. / 在 JupyterLab 中打开笔记本。"""
    try:
        from jupyterlab import labapp
    except ModuleNotFoundError:
        terminal.fail(
            Message(
                "JupyterLab is not installed: pip install 'jcdata[lab]'",
                "未安装 JupyterLab，请运行上述命令",
            )
        )
    if not notebooks.is_dir():
        terminal.fail(Message(f"no such folder: {notebooks}", "没有这个文件夹"))
    # JupyterLab refuses to run as root, which in a container one always is; it listens to this machine only, with a token.
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    gc.enable()
    # In this process, so that what stops jcdata stops the server, which then stops its kernels.
    labapp.main([str(notebooks), SAVING, *as_root, *(options or [])])


def main() -> None:
    """Run the command line."""
    gc.disable()  # most commands need until their end what they load; those that run long enable it again
    terminal.stopped_by_signals()(app)()

"""The command that reads documents into a database."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from jcdata import paths
from jcdata.cli import terminal
from jcdata.cli.terminal import Database, Reviews
from jcdata.errors import (
    CorrectionError,
    DatabaseError,
    DocumentError,
    MissingExtraError,
    OutputError,
    ReviewError,
    WorkerError,
)
from jcdata.messages import Message


def build(
    raw: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FOLDER_OR_FILE]...",
            help=f"Folder with the documents, {paths.RAW_DIR} if not given, or single files. / 存放公开文件的文件夹，默认为 {paths.RAW_DIR}；或单个文件。",
        ),
    ] = None,
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
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Only say what is new, changed or gone. / 只列出新增、改动、移除的文件，不写入。",
        ),
    ] = False,
) -> None:
    """Read every document into the database and the clean files. / 读取全部文件，写入数据库与数据文件。

    Only what is new or changed since the last build is read. / 仅读取上次构建后新增或有改动的文件。

    With a folder, or several, the database has what is there: what is gone leaves it. Single files alone are added to what the
    database has, in place of those of the same names. / 给出文件夹时，数据库与其内容一致，已不在其中的随之移除；只给出单个文件时，
    添加到现有数据库，同名者被取代。

    Exit status 1 when what stands at the place of the database or clean files is not replaced, 2 when something could not be
    read; the rest is loaded all the same. / 退出状态：1 输出位置已有其他内容，2 有内容未能读取，其余照常载入。
    """
    from jcdata.pipeline.build import build_database, plan_build
    from jcdata.pipeline.processes import Processes

    gc.enable()
    given = raw or [paths.RAW_DIR]
    try:
        if dry_run:
            changes, troubles = plan_build(
                given, db, clean, corrected, full, allow_empty, terminal.say
            )
            terminal.print_changes(changes)
            terminal.print_troubles(troubles)
            raise typer.Exit(terminal.EXIT_UNREADABLE if troubles else 0)
        with terminal.show_progress() as progress:
            result = build_database(
                given,
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
    except (
        CorrectionError,
        DocumentError,
        FileNotFoundError,
        MissingExtraError,
        ReviewError,
        WorkerError,
    ) as error:
        terminal.fail(str(error))
    except OSError as error:
        terminal.fail(Message(f"can't write: {error}", "无法写入；原有数据未改动"))
    terminal.print_summary(result)
    raise typer.Exit(result.exit_status)

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

    Exit status 1 when what stands at the place of the database or clean files is not replaced, 2 when something could not be
    read; the rest is loaded all the same. / 退出状态：1 输出位置已有其他内容，2 有内容未能读取，其余照常载入。
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

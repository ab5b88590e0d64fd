"""The commands about this machine: open the notebooks, look at what is installed."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Annotated

import typer

from jcdata import paths
from jcdata.cli import terminal
from jcdata.cli.terminal import Database
from jcdata.extras import install_command
from jcdata.messages import Message

OPTIONS = (
    # Running a notebook of the project changes no file, see there.
    "--ContentsManager.pre_save_hook=jcdata.notebook.saving.leave_out_results",
    # No question about news when it opens, and nothing asked of the network
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


def lab(
    options: Annotated[
        list[str] | None,
        typer.Argument(
            help="Options of JupyterLab. / JupyterLab 的选项。", metavar="[OPTIONS OF JUPYTERLAB]"
        ),
    ] = None,
    notebooks: Annotated[
        Path | None,
        typer.Option(
            help=f"Folder with the notebooks, {paths.NOTEBOOKS} if not given. / 存放笔记本的文件夹，默认为 {paths.NOTEBOOKS}。"
        ),
    ] = None,
) -> None:
    """Open JupyterLab on the notebooks. / 在 JupyterLab 中打开笔记本。

    Those of the project that `notebooks` lacks are copied there, and into a folder that is not there yet; what is there stays
    as it is. / 默认文件夹中缺少的笔记本会自动补上，已有的不动；指定的文件夹不存在时新建。

    Exit status 2 when JupyterLab is not installed or the notebooks can't be copied. / 退出状态：2 未安装 JupyterLab，或笔记本无法写入。
    """
    from jcdata.notebook.copying import copy_notebooks

    try:
        from jupyterlab import labapp
    except ModuleNotFoundError:
        terminal.fail(
            Message(
                f"JupyterLab is not installed: {install_command('lab')}",
                "未安装 JupyterLab，请运行上述命令",
            )
        )
    folder = notebooks or paths.NOTEBOOKS
    if notebooks is None or not notebooks.exists():
        try:
            copied = copy_notebooks(folder)
        except OSError as error:
            terminal.fail(Message(f"can't write: {error}", "无法写入"))
        if copied:
            terminal.say(
                Message(f"{len(copied)} files copied to {folder}", f"{len(copied)} 个文件已复制")
            )
    elif not notebooks.is_dir():
        terminal.fail(Message(f"no such folder: {notebooks}", "没有这个文件夹"))
    # JupyterLab refuses to run as root, which in a container one always is; it listens to this machine only, with a token.
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    gc.enable()
    # In this process, so that what stops jcdata stops the server, which then stops its kernels.
    labapp.main([str(folder), *OPTIONS, *as_root, *(options or [])])


def doctor(db: Database = paths.DATABASE) -> None:
    """Show what is installed and what is missing, with the command that brings it. / 检查安装情况，列出缺少的内容及安装命令。

    Versions, extras, a font with Chinese characters, a browser, the disk, the folders and the database. / 版本、可选组件、中文字体、
    浏览器、磁盘、文件夹与数据库。

    Exit status 1 when something is missing that jcdata can't do without. / 退出状态：1 缺少必需的内容。
    """
    from jcdata import installation

    looked_at = list(installation.look_at(db))
    rows = [(str(found.subject), str(found.state), found.remedy) for found in looked_at]
    terminal.print_table(("", "", "what to do / 处理办法"), rows)
    raise typer.Exit(any(found.is_missing for found in looked_at))

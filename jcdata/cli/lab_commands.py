"""The command that opens the notebooks."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Annotated

import typer

from jcdata import paths
from jcdata.cli import terminal
from jcdata.messages import Message

# Running a notebook of the project changes no file, see there.
SAVING = "--ContentsManager.pre_save_hook=jcdata.notebook.saving.leave_out_results"


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
    """Open JupyterLab on the notebooks. / 在 JupyterLab 中打开笔记本。

    Exit status 2 when JupyterLab or the folder is missing. / 退出状态：2 未安装 JupyterLab 或没有该文件夹。
    """
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

"""Whether all that the program may need is on this machine, and the command that brings what is not."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from jcdata import paths
from jcdata.errors import DatabaseError
from jcdata.extras import EXTRAS, install_command, missing_modules
from jcdata.messages import Message

LEAST_FREE = 2**30  # bytes of a disk, for a build of many documents
FONTS = "apt-get install fonts-noto-cjk, dnf install google-noto-sans-cjk-fonts"


class Checked(NamedTuple):
    """One thing that was looked at: what it is, how it stands, and what to do, None where nothing is.

    Without what is `needed` commands fail; all else only some of them want.
    """

    subject: Message
    state: Message
    remedy: str | None = None
    needed: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether something is to be done that the program can't do without."""
        return self.needed and self.remedy is not None


def look_at(database: Path = paths.DATABASE, clean: Path = paths.CLEAN_DIR) -> Iterator[Checked]:
    """What was found about programs, extras, fonts, the browser, disk, folders and the database; nothing is written."""
    for name in ("jcdata", "duckdb"):
        version = metadata.version(name)
        yield Checked(subject=Message(name, name), state=Message(version, version))
    python = platform.python_version()
    yield Checked(subject=Message("Python", "Python"), state=Message(python, python))
    yield from map(_look_at_extra, EXTRAS)
    yield _look_at_fonts()
    yield _look_at_browser()
    yield from map(_look_at_folder, dict.fromkeys((database.parent, clean.parent)))
    yield _look_at_database(database)


def _look_at_extra(extra: str) -> Checked:
    subject = Message(f"extra {extra}", f"可选组件 {extra}")
    if missing := missing_modules(extra):
        names = ", ".join(missing)
        return Checked(
            subject=subject,
            state=Message(f"missing: {names}", f"缺少 {names}"),
            remedy=install_command(extra),
        )
    return Checked(subject=subject, state=Message("installed", "已安装"))


def _look_at_fonts() -> Checked:
    subject = Message("font with Chinese characters", "中文字体")
    if missing_modules("analysis"):
        remedy = install_command("analysis")
        return Checked(
            subject=subject,
            state=Message("not known without Altair", "未安装 Altair，无法检查"),
            remedy=remedy,
        )
    from jcdata.analyses.chart_theme import has_chinese_font

    if has_chinese_font():
        return Checked(subject=subject, state=Message("found", "有"))
    return Checked(
        subject=subject,
        state=Message("none, charts as images show boxes", "没有，图片中的汉字显示为方框"),
        remedy=FONTS,
    )


def _look_at_browser() -> Checked:
    from jcdata.exports.printed_report import find_browser

    subject = Message("browser for PDF reports", "生成 PDF 报告的浏览器")
    if browser := find_browser():
        return Checked(subject=subject, state=Message(browser, browser))
    return Checked(
        subject=subject, state=Message("none", "没有"), remedy="apt-get install chromium"
    )


def _look_at_folder(folder: Path) -> Checked:
    """Whether files can be written into a folder, or one be made there, and the space on its disk."""
    place = folder.resolve()
    subject = Message(f"folder {folder}", f"文件夹 {folder}")
    there = next(path for path in (place, *place.parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        state = Message("can't be written", "不能写入")
        return Checked(subject=subject, state=state, remedy=f"chmod u+wx '{there}'", needed=True)
    free = shutil.disk_usage(there).free
    state = Message(
        f"writable, {free / 2**30:,.1f} GiB free", f"可写，剩余 {free / 2**30:,.1f} GiB"
    )
    if free < LEAST_FREE:
        return Checked(subject=subject, state=state, remedy=f"df -h '{there}'", needed=True)
    return Checked(subject=subject, state=state)


def _look_at_database(database: Path) -> Checked:
    from jcdata.database.built_file import require_unwritten
    from jcdata.pipeline.inputs import program_checksum
    from jcdata.pipeline.loading import read_last_build

    subject = Message(f"database {database}", f"数据库 {database}")
    if not database.exists():
        return Checked(
            subject=subject, state=Message("none", "没有"), remedy="jcdata build", needed=True
        )
    try:
        require_unwritten(database)
    except DatabaseError as error:
        return Checked(subject=subject, state=error.args[0])
    last = read_last_build(database)
    if last is None:
        state = Message("damaged or of another version of jcdata", "已损坏或由其他版本生成")
        return Checked(subject=subject, state=state, remedy="jcdata build", needed=True)
    count = sum(file.document_id is not None for file in last.files.values())
    if last.program == program_checksum([]):  # without corrections
        return Checked(
            subject=subject,
            state=Message(f"{count} documents, by this program", f"{count} 份文件，由本程序生成"),
        )
    state = Message(
        f"{count} documents, by another program, or with corrections, which --corrected keeps",
        f"{count} 份文件，由其他版本或按更正清单生成，后者请加 --corrected",
    )
    return Checked(subject=subject, state=state, remedy="jcdata build")

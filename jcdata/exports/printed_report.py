"""The report as a PDF file: the page, printed by a browser of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import duckdb
import pypdfium2

from jcdata.errors import OutputError
from jcdata.exports import report
from jcdata.messages import Message
from jcdata.replacing import replaced_file

ON_PATH = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge",
)  # fmt: skip
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
SECONDS = 300  # that printing may take
OPTIONS = ("--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer")


def find_browser() -> str | None:
    """Path of a browser that prints pages without a window, None if there is none."""
    found = [path for name in ON_PATH if (path := shutil.which(name))]
    found += [str(MAC)] * MAC.exists()
    return found[0] if found else None


def write_pdf(
    con: duckdb.DuckDBPyConnection, path: Path, unit: str | None = None, year: int | None = None
) -> None:
    """Print the report of a unit, a year or the whole database into a PDF file; an old one stays until all is written.

    Raises OutputError if there is no browser or anything but an earlier report is at the path, OSError if the file can't be written or
    the browser prints nothing, else as `report.write`.
    """
    if (browser := find_browser()) is None:
        raise OutputError(
            Message(
                f"{path}: a PDF file needs Chromium, Chrome or Edge; without one write an .html file and print it",
                "生成 PDF 需要 Chromium、Chrome 或 Edge；没有时请先写成 .html 文件，再从浏览器打印",
            )
        )
    with replaced_file(path, _is_report) as new, tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        page.write_text(report.render(con, unit, year), encoding="utf-8")
        _print(browser, page, Path(folder, "report.pdf"))
        shutil.move(Path(folder, "report.pdf"), new)


def _print(browser: str, page: Path, pdf: Path) -> None:
    # Chromium does not run as root otherwise; the page has no script.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [
        browser, *OPTIONS, *as_root, f"--user-data-dir={page.parent / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri(),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise OSError(f"{browser} took longer than {SECONDS} seconds") from error
    if not pdf.is_file():
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise OSError(f"{browser} printed nothing: {' '.join(said[-1:])}")


def _is_report(path: Path) -> bool:
    """Whether a file is a report that was printed here, by its title."""
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            title = str(pdf.get_metadata_value("Title"))
    except pypdfium2.PdfiumError:
        return False
    return title.endswith(report.TITLE_END)

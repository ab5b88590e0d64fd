"""The commands that write something to take along: a page, a site, a workbook, a data package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jcdata import paths
from jcdata.cli.terminal import Database, Unit, Year, connected, fail, show_progress
from jcdata.errors import DatabaseError, OutputError, SelectionError
from jcdata.messages import Message


def report(
    out: Annotated[
        Path,
        typer.Argument(
            help="The page to write (.html), or a PDF file (.pdf), which a browser prints. / 要写入的网页（.html），或由浏览器打印的 PDF 文件（.pdf）。",
            metavar="OUT.html",
        ),
    ],
    db: Database = paths.DATABASE,
    unit: Unit = None,
    year: Year = None,
) -> None:
    """Write analyses and findings as one page that needs no network. / 把分析与核对结果写成一个网页，无需联网即可打开。

    Exit status 1 when something else stands at its place or no browser prints the PDF file, 2 when there is no such unit or
    year or it can't be written. / 退出状态：1 该位置已有其他内容，或没有浏览器可打印 PDF，2 没有这个单位或年度，或无法写入。
    """
    import duckdb

    from jcdata.analyses import selection

    kind = out.suffix.lower()
    if kind == ".pdf":
        from jcdata.exports.printed_report import write_pdf as write
    elif kind in (".html", ".htm"):
        from jcdata.exports.report import write
    else:
        fail(
            Message(
                f"{out}: give a name ending in .html or .pdf; jcdata export makes workbooks and CSV files",
                "请给出以 .html 或 .pdf 结尾的文件名；工作簿和 CSV 文件用 jcdata export 生成",
            )
        )
    with connected(db) as con:
        try:
            exact = None if unit is None else selection.find_unit(con, unit, year)
            write(con, out, exact, year)
        except OutputError as error:
            fail(str(error), status=1)
        except SelectionError as error:
            fail(str(error))
        except duckdb.CatalogException:
            fail(
                Message(
                    f"{db} was built by an older jcdata: run `jcdata build` again",
                    "该数据库由旧版本生成，请重新运行 jcdata build",
                )
            )
        except OSError as error:
            fail(Message(f"can't write: {error}", "无法写入；原有文件未改动"))
    print(f"{out} ({out.stat().st_size / 1024:,.0f} KB)")


def export(
    out: Annotated[
        Path,
        typer.Argument(
            help="An Excel file (.xlsx), or a folder for a data package. / Excel 文件（.xlsx），或数据包文件夹。"
        ),
    ],
    db: Database = paths.DATABASE,
    unit: Unit = None,
    year: Year = None,
) -> None:
    """Write everything as an Excel workbook or as a Fiscal Data Package. / 导出为 Excel 工作簿或财政数据包。

    A name that ends in .xlsx makes the workbook, a name without an ending a folder of CSV files with their description.
    What an earlier export wrote is replaced when all is written; anything else is left as it is.

    Exit status 1 when something else stands at its place, 2 when there is no such unit or year or it can't be written.
    / 退出状态：1 该位置已有其他内容，2 没有这个单位或年度，或无法写入。
    """
    if out.suffix.lower() == ".xlsx":
        from jcdata.exports.workbook import export_workbook as write
    elif out.suffix and not out.is_dir():
        fail(
            Message(
                f"{out}: give a name ending in .xlsx, or a folder for CSV files; jcdata sql --csv prints one table",
                "请给出以 .xlsx 结尾的文件名，或存放 CSV 文件的文件夹名；单张表可用 jcdata sql --csv",
            )
        )
    else:
        from jcdata.exports.data_package import export_package as write
    with connected(db, unit, year) as con:
        try:
            write(con, out)
        except OutputError as error:
            fail(str(error), status=1)
        except DatabaseError as error:
            fail(str(error))
        except OSError as error:
            fail(Message(f"can't write: {error}", "无法写入；原有内容未改动"))
    print(f"written / 已写入: {out}")


def site(
    folder: Annotated[Path, typer.Argument(help="The folder to write. / 要写入的文件夹。")],
    db: Database = paths.DATABASE,
    files: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the documents: their files are copied beside their pages, contacts included. / "
            "原始文件夹：把原件复制到各自的页面旁，其中的联系方式不遮盖。"
        ),
    ] = None,
    address: Annotated[
        str,
        typer.Option(
            help="Where the site will be published, for citations. / 站点发布的网址，用于引用。",
            metavar="URL",
        ),
    ] = "",
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes that write; one for each processor if not given. / 写入进程数，默认与处理器数相同。",
        ),
    ] = None,
) -> None:
    """Write a site of static pages with a search, which needs neither server nor network. / 生成可检索的静态网站，无需服务器与网络。

    Open FOLDER/index.html. Written again, only what changed is replaced; files that are not of the site stay as they are.

    Exit status 1 when something else stands at its place, 2 when it can't be written. / 退出状态：1 该位置已有其他内容，2 无法写入。
    """
    from jcdata.website.writing import Options, write_site

    with connected(db) as con, show_progress(Message("writing", "写入")) as progress:
        try:
            written = write_site(con, folder, Options(address, files), jobs, progress)
        except OutputError as error:
            fail(str(error), status=1)
        except (DatabaseError, SelectionError, FileNotFoundError) as error:
            fail(str(error))
        except OSError as error:
            fail(Message(f"can't write: {error}", "无法写入"))
    print(f"{folder / 'index.html'} ({written.file_count:,} files / 个文件)")
    if written.without_file:
        count = f"{written.without_file:,}"
        print(
            Message(
                f"{count} documents without their file, which is not in {files} as it was read",
                f"{count} 份文件未附原件：文件夹中没有，或与读取时不同",
            )
        )

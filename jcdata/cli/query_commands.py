"""The commands that ask: a query, what the columns mean, where a figure stands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from jcdata import paths
from jcdata.cli import terminal
from jcdata.cli.terminal import Database
from jcdata.database import query_limits
from jcdata.errors import DatabaseError, SelectionError
from jcdata.messages import Message
from jcdata.text import visible


def sql(
    query: Annotated[str, typer.Argument(help="One SQL query. / 一条 SQL 查询。")],
    db: Database = paths.DATABASE,
    allow_folder: Annotated[
        list[Path] | None,
        typer.Option(help="Let it use the files of a folder. / 允许查询使用该文件夹中的文件。"),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(
            min=0, help="Seconds that it may take; 0 for no limit. / 限时（秒），0 为不限。"
        ),
    ] = query_limits.SECONDS,
    most_rows: Annotated[
        int, typer.Option(min=1, help="Rows that are printed at most. / 最多输出的行数。")
    ] = 100_000,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV. / 以 CSV 输出。")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON. / 以 JSON 输出。")] = False,
) -> None:
    """Ask the database. A query changes nothing and sees no files. / 查询数据库。查询不会改动数据，也不能访问文件。

    Exit status 1 when the query is wrong or takes too long, 2 when there are more rows than are printed.
    """
    import duckdb

    from jcdata.database import access

    parent = os.getppid()
    with terminal.connected_for_queries(db, allow_folder or ()) as con:

        def ask() -> tuple[list[str], list[tuple[object, ...]]]:
            con.execute(query)
            columns = [column for column, *_ in con.description or ()]
            return columns, con.fetchmany(most_rows + 1) if columns else []

        try:
            columns, rows = query_limits.within(timeout, con, ask, lambda: os.getppid() == parent)
        except duckdb.Error as error:
            terminal.fail(str(access.explained(error)), status=1)
        except DatabaseError as error:
            terminal.end_at_once(str(error), status=1)
        except SystemExit:
            terminal.end_at_once(
                Message("nobody waits for the query", "已无人等待查询结果"), status=1
            )
        except KeyboardInterrupt:
            terminal.end_at_once(Message("stopped", "已中止"), status=130)
    is_cut = len(rows) > most_rows
    del rows[most_rows:]
    if csv:
        terminal.print_csv(columns, rows)
    elif json:
        terminal.print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif columns:
        terminal.print_table(columns, rows)
    if is_cut:
        terminal.fail(
            Message(
                f"there are more than {most_rows} rows; --most-rows prints more",
                "还有更多行，可用 --most-rows 增加",
            )
        )


def tables(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A table or macro, by its English or Chinese name. / 表名或宏名（英文或中文）。"
        ),
    ] = None,
    markdown: Annotated[
        bool,
        typer.Option(
            "--markdown", help="The whole dictionary as Markdown. / 以 Markdown 输出全部数据字典。"
        ),
    ] = False,
) -> None:
    """Show the data dictionary. / 显示数据字典。"""
    from jcdata import schema
    from jcdata.database import dictionary

    if markdown:
        print(dictionary.markdown(), end="")
        return
    if name is None:
        rows = [
            (table.name, f"zh.{table.zh}", table.comment, table.comment_zh)
            for table in schema.published()
        ]
        terminal.print_table(("table", "view / 视图", "one row per", "含义"), rows)
        print()
        macros = [
            (*dictionary.calls(macro), macro.comment, macro.comment_zh) for macro in schema.MACROS
        ]
        terminal.print_table(("macro", "macro / 宏", "gives", "含义"), macros)
    elif shown := dictionary.find_table(name):
        terminal.print_table(dictionary.HEADINGS, dictionary.described(shown.fields))
    elif macro := dictionary.find_macro(name):
        terminal.print_table((), [(*dictionary.calls(macro), macro.comment, macro.comment_zh)])
        if macro.fields:
            terminal.print_table(dictionary.HEADINGS, dictionary.described(macro.fields))
    else:
        terminal.fail(
            Message(
                f"no table {name!r}; `jcdata tables` lists them",
                "没有这张表，可用 jcdata tables 查看",
            ),
            status=1,
        )


def trace(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE_OR_WORDS",
            help="A figure as printed, in 万元, 元 or %, or words. / 原文数字（万元、元或百分数），或文字。",
        ),
    ],
    db: Database = paths.DATABASE,
) -> None:
    """Find every place where a figure or words stand, with the line. / 查出一个数字或文字出现的每一处及其行号。

    Exit status 1 when it stands nowhere.
    """
    from jcdata.database import tracing

    with terminal.connected(db) as con:
        try:
            places = tracing.find_places(con, asked)
        except SelectionError as error:
            terminal.fail(str(error), status=1)
    if not places:
        terminal.fail(Message(f"{asked} stands nowhere", "未找到"), status=1)
    rows = [place._replace(text=place.text[:120]) for place in places]
    terminal.print_table(tracing.Place._fields, rows)


def explain(
    document: Annotated[
        str,
        typer.Argument(
            help="A document's id, or a part that only one has. / 文件编号，或其中唯一的一部分。"
        ),
    ],
    line: Annotated[int, typer.Argument(help="A line of it. / 行号。")],
    db: Database = paths.DATABASE,
    raw: Annotated[
        Path, typer.Option(help="Folder with the documents. / 存放公开文件的文件夹。")
    ] = paths.RAW_DIR,
) -> None:
    """Show what was seen in a line, and what decided. / 说明一行内容如何识别，依据为何。

    Its part of the document, its table, columns and cells, and what became of them; the file is read again for it.

    Exit status 1 when there is no such document or line.
    """
    from jcdata.extraction import explaining

    with terminal.connected(db) as con:
        try:
            found = explaining.explain_line(con, document, line, raw)
        except SelectionError as error:
            terminal.fail(str(error), status=1)
    print("\n".join(visible(said) for said in str(found).split("\n")))

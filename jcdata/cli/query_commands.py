"""The commands that ask: a query, what the columns mean, where a figure stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from jcdata import paths
from jcdata.cli import completion, terminal
from jcdata.cli.terminal import Database, Language, Unit, Year
from jcdata.database import query_limits
from jcdata.errors import DatabaseError, SelectionError
from jcdata.messages import Message
from jcdata.text import visible

if TYPE_CHECKING:
    from jcdata.database.tracing import Place

STANDARD_INPUT = "-"
_LONGEST_LINE = 120  # characters of a line that are shown


class Result(NamedTuple):
    """What a statement gives: the names of its columns, and its rows."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help="SQL, several statements too; - reads them from standard input. / SQL 查询，可有多条；- 为从标准输入读取。"
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A file that holds the SQL. / 存放 SQL 的文件。")
    ] = None,
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
        int,
        typer.Option(
            min=1,
            help="Rows of a result that are printed at most. / 每条查询最多输出的行数。",
        ),
    ] = 100_000,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV. / 以 CSV 输出。")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON. / 以 JSON 输出。")] = False,
) -> None:
    """Ask the database. A query changes nothing and sees no files. / 查询数据库。查询不会改动数据，也不能访问文件。

    The result of each statement is shown, with an empty line between two; JSON of several results is an array of them.
    / 每条语句的结果依次输出，以空行分隔；多个结果的 JSON 为其数组。

    Exit status 1 when a query is wrong or takes too long, 2 when there are more rows than are printed.
    / 退出状态：1 查询有误或超时，2 结果行数超过输出上限。
    """
    import duckdb

    from jcdata.database import access, statements

    if csv and json:
        terminal.fail(Message("--csv or --json, not both", "--csv 与 --json 只能选一"))
    asked = _read_query(query, file)
    parent = os.getppid()
    with terminal.connected_for_queries(db, allow_folder or ()) as con:

        def ask() -> list[Result]:
            return [
                Result(columns=columns, rows=con.fetchmany(most_rows + 1))
                for columns in statements.execute_each(con, asked)
            ]

        try:
            results = query_limits.within(timeout, con, ask, lambda: os.getppid() == parent)
        except (duckdb.CatalogException, duckdb.BinderException, duckdb.ParserException) as error:
            terminal.fail(f"{access.explained(error)}\n{_WHERE_NAMES_ARE}", status=1)
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
    shown = [result._replace(rows=result.rows[:most_rows]) for result in results]
    if json:
        lists = [[dict(zip(r.columns, row, strict=True)) for row in r.rows] for r in shown]
        terminal.print_json(lists[0] if len(lists) == 1 else lists)
    else:
        show = terminal.print_csv if csv else terminal.print_result
        for number, result in enumerate(shown):
            if number:
                print()
            show(result.columns, result.rows)
    if any(len(result.rows) > most_rows for result in results):
        terminal.fail(
            Message(
                f"there are more than {most_rows} rows; --most-rows prints more",
                "还有更多行，可用 --most-rows 增加",
            )
        )


_WHERE_NAMES_ARE = Message(
    "the query is wrong at the mark; `jcdata tables` lists the tables, `jcdata tables NAME` the columns of one",
    "查询有误，见 ^ 所指之处；表名见 jcdata tables，某张表的栏目见 jcdata tables 表名",
)


def _read_query(query: str | None, file: Path | None) -> str:
    """The SQL, from where the arguments say it is; the command ends where they say nothing, two things or what can't be read."""
    if (query is None) == (file is None):
        terminal.fail(
            Message(
                'give the SQL as "SELECT ...", as --file FILE or as - for standard input',
                "请给出一条查询，或用 --file 指定文件，或用 - 从标准输入读取",
            )
        )
    if query is not None and query != STANDARD_INPUT:
        return query
    try:
        data = sys.stdin.buffer.read() if file is None else file.read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        terminal.fail(Message(f"the SQL can't be read: {error}", "SQL 无法读取"))


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
    """Show the data dictionary. / 显示数据字典。

    Exit status 1 when there is no such table. / 退出状态：1 没有这张表。
    """
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
    unit: Unit = None,
    year: Year = None,
    lang: Language = None,
) -> None:
    """Find every place where a figure or words stand, with the line. / 查出一个数字或文字出现的每一处及其行号。

    What was read from one line stands together, the line beside the first; in English it is called as in the database.

    Exit status 1 when it stands nowhere, 2 when there is no such unit or year. / 退出状态：1 未找到，2 没有这个单位或年度。
    """
    from jcdata.database import tracing

    language = "zh" if terminal.languages_of(lang) == ("zh",) else "en"
    with terminal.connected(db, unit, year, views=()) as con:
        try:
            places = tracing.find_places(con, asked, language)
        except SelectionError as error:
            terminal.fail(str(error), status=1)
    if not places:
        terminal.fail(Message(f"{asked} stands nowhere", "未找到"), status=1)
    headings = tracing.Place._fields if language == "en" else tracing.HEADINGS_ZH
    terminal.print_table(headings, _by_line(places))


def _by_line(places: Iterable[Place]) -> Iterator[tuple[Any, ...]]:
    """Rows of what stands in each line, once each, with the line beside the first."""
    for (document_id, page_no, line_no, text), own in groupby(
        places, key=lambda place: (place.document_id, place.page_no, place.line_no, place.text)
    ):
        first, *others = dict.fromkeys((place.table_name, place.what) for place in own)
        yield document_id, page_no, line_no, *first, text[:_LONGEST_LINE]
        for other in others:
            yield "", None, None, *other, ""


def explain(
    document: Annotated[
        str,
        typer.Argument(
            help="A document's id, or a part that only one has. / 文件编号，或其中唯一的一部分。",
            autocompletion=completion.document_ids,
        ),
    ],
    line: Annotated[int, typer.Argument(help="A line of it. / 行号。")],
    db: Database = paths.DATABASE,
    raw: Annotated[
        Path, typer.Option(help="Folder with the documents. / 存放公开文件的文件夹。")
    ] = paths.RAW_DIR,
    lang: Language = None,
) -> None:
    """Show what was seen in a line, and what decided. / 说明一行内容如何识别，依据为何。

    Its part of the document, its table, columns and cells, and what became of them; the file is read again for it.
    In Chinese codes are words and money is in 万元, in English both are as in the database.

    Exit status 1 when there is no such document or line. / 退出状态：1 没有这份文件或这一行。
    """
    from jcdata.extraction import explaining

    languages = terminal.languages_of(lang)
    with terminal.connected(db) as con:
        try:
            found = explaining.explain_line(con, document, line, raw)
        except SelectionError as error:
            terminal.fail(str(error), status=1)
    print("\n".join(visible(said) for said in found.said(languages).split("\n")))

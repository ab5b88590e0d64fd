"""The commands about what documents contradict, and about how two of them differ."""

from __future__ import annotations

from typing import Annotated

import typer

from jcdata import paths
from jcdata.cli import completion, terminal
from jcdata.cli.terminal import Database, Language, Reviews, Unit, Year
from jcdata.errors import (
    ComparisonError,
    DatabaseError,
    OutputError,
    ReviewError,
    SelectionError,
)
from jcdata.messages import Message
from jcdata.text import visible


def check(
    db: Database = paths.DATABASE,
    unit: Unit = None,
    year: Year = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON. / 以 JSON 输出。")] = False,
    show_all: Annotated[bool, typer.Option("--all", help="Passes too. / 相符者亦列出。")] = False,
    lang: Language = None,
) -> None:
    """Show what the documents contradict, worst first. / 列出文件中的矛盾之处，严重者在前。

    First comes what could not be read or compared. Each finding shows its arithmetic, its id and its lines; what follows
    from it is indented below. JSON has the same under the names of the tables that hold it: problems, document_figures,
    not_compared, findings.

    Exit status 1 when there is a finding of severity `error` that no reviewer dismissed, 2 when there is no
    such unit or year. / 退出状态：1 有未被复核排除的错误，2 没有这个单位或年度。
    """
    import duckdb

    from jcdata.checks import findings, not_read, reviews
    from jcdata.database.records import read_records
    from jcdata.schema import StaleReview

    languages = terminal.languages_of(lang)
    with terminal.connected(db, unit, year, ("findings", "not_compared", "stale_reviews")) as con:
        try:
            results = findings.read_results(con, with_passes=show_all)
            unread = not_read.find_not_read(con)
            tables = findings.read_tables(con)
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
        for line in not_read.render(unread, languages):
            shown.print(line)
        for part in (
            findings.render(results, languages, tables)
            if results
            else [" / ".join(Message("no contradictions", "未发现矛盾").said(languages))]
        ):
            shown.print(part)
    for mark in stale:
        terminal.say(" / ".join(reviews.stale_in_words(mark).said(languages)))
    raise typer.Exit(any(r.severity == "error" and not findings.is_dismissed(r) for r in results))


def review(
    finding: Annotated[
        str,
        typer.Argument(
            help="A finding's id, as `jcdata check` prints it. / 核对发现的编号，见 jcdata check。",
            autocompletion=completion.finding_ids,
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
    / 退出状态：1 没有这项发现或这种结论，2 复核清单无法读写。
    """
    from jcdata.pipeline import reviewing
    from jcdata.schema import VERDICTS

    if verdict not in VERDICTS:
        terminal.fail(
            Message(
                f"no verdict {verdict!r}; there is: {', '.join(VERDICTS)}",
                f"没有这种复核结论，可写{'、'.join(f'{word}（{zh}）' for word, zh in VERDICTS.items())}",
            ),
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


def diff(
    a: Annotated[
        str,
        typer.Argument(
            help="A document's id, or a part that only one has, or a file. / 文件编号，或其中唯一的一部分，或文件路径。",
            autocompletion=completion.document_ids,
        ),
    ],
    b: Annotated[
        str,
        typer.Argument(
            help="What it is compared with, likewise. / 与之比较的文件，同上。",
            autocompletion=completion.document_ids,
        ),
    ],
    db: Database = paths.DATABASE,
    json: Annotated[bool, typer.Option("--json", help="Print JSON. / 以 JSON 输出。")] = False,
    show_all: Annotated[bool, typer.Option("--all", help="All changes. / 列出全部变动。")] = False,
) -> None:
    """Show what changed between two documents. / 比较两份文件，列出变动。

    Two years of a unit, or two versions of one document: amounts, projects, indicators.

    Exit status 0 if they are the same, 1 if they differ, 2 if one could not be read. / 退出状态：0 相同，1 不同，2 有文件无法读取。
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

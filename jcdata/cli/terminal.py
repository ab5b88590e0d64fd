"""What the commands print on a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from jcdata.checks.reviews import stale_in_words
from jcdata.cli import completion
from jcdata.errors import DatabaseError, SelectionError
from jcdata.messages import BOTH, Message
from jcdata.text import visible, visible_json

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console

    from jcdata.extraction.one_document import Trouble
    from jcdata.pipeline.build import BuildResult
    from jcdata.pipeline.inputs import FileChanges

_NOT_LOADED = {
    "duplicate": ("not loaded, same content as", "内容重复，未载入"),
    "replaced": ("not loaded, replaced by", "已被更正版取代，未载入"),
}
Reviews = Annotated[
    Path | None,
    typer.Option(
        help="The file of reviews; reviews.toml beside the database if not given. / 复核清单，默认为数据库旁的 reviews.toml。"
    ),
]
Unit = Annotated[
    str | None,
    typer.Option(
        help="Name of a unit, or a part that only one has. / 单位名称，或其中唯一的一部分。",
        autocompletion=completion.unit_names,
    ),
]
Year = Annotated[
    int | None,
    typer.Option(help="A fiscal year. / 预算年度。", autocompletion=completion.years),
]
Language = Annotated[
    str | None,
    typer.Option(
        envvar="JCDATA_LANG",
        help="zh or en; that of the locale if not given, both where it is another. / 语言：zh 或 en，默认随系统语言，其他语言则中英文并列。",
    ),
]
Database = Annotated[Path, typer.Option("--db", help="The DuckDB file. / 数据库文件。")]
# What a build does with a file, in the order of FileChanges
_CHANGES = (
    "new / 新增", "changed / 有改动", "read again / 重新读取", "unchanged / 未变", "gone / 已移除", "duplicate / 重复",
    "not taken / 未载入",
)  # fmt: skip
EXIT_UNREADABLE = 2
MOST_TROUBLES = 50  # that are shown after a build
MOST_NOTES = 20
WIDTH = 200  # columns where there is no terminal
LEAST_WIDTH = 12  # to which a longer column of a result may be squeezed
MANY = 5  # documents from which on a build shows its progress
READING = Message("reading", "读取")


def languages_of(asked: str | None) -> Sequence[str]:
    """The languages in which something is shown: the one that is asked for or the locale's, both where that is neither.

    The command ends for a language that there is not.
    """
    if asked is None:
        locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
        language = re.split(r"[_.@-]", locale)[0]
        return (language,) if language in BOTH else BOTH
    if asked not in BOTH:
        fail(
            Message(
                f"no language {asked!r}; there is: {', '.join(BOTH)}", "没有这种语言，现有者如上"
            )
        )
    return (asked,)


def print_summary(result: BuildResult) -> None:
    """What a build did: counts on the output, what was left out or could not be read on the error output."""
    rows = [
        (
            "figures understood / 已识别的数字",
            f"{result.meaning_count} / {result.printed_count}"
            + ("" if (share := result.understood_share) is None else f" ({share:.2%})"),
        ),
        ("documents / 文件", len(result.documents)),
        ("read now, others unchanged / 本次读取，其余未变", result.read_count),
        *((f"  {word}", len(names)) for word, names in zip(_CHANGES, result.changes, strict=True)),
        ("tables found / 有数据的报表", result.table_counts.get("found", 0)),
        ("tables declared empty / 空表", result.table_counts.get("declared_empty", 0)),
        ("tables missing / 缺表", result.table_counts.get("missing", 0)),
        ("figures in tables / 报表数字", result.figure_count),
        ("lines not understood / 未识别的行", result.unrecognised_count),
        ("problems / 无法读取之处", len(result.troubles)),
    ]
    print_table(("", str(result.database)), rows)
    if not result.documents:
        say(
            Message("the folder holds no document that could be read", "文件夹中没有可以读取的文件")
        )
    for name in result.changes.gone[:MOST_TROUBLES]:
        say(f"{name}: {Message('gone, no longer in the database', '已移除，不再载入')}")
    if (more := len(result.changes.gone) - MOST_TROUBLES) > 0:
        say(Message(f"... {more} more are gone", f"另有 {more} 个已移除"))
    for file in result.files:
        if file.other_file:
            same, same_zh = _NOT_LOADED[file.outcome]
            say(f"{file.file_name}: {same} {file.other_file} / {same_zh}")
    noted = [document for document in result.documents if document.notes]
    for document in noted[:MOST_NOTES]:
        say(f"{document.document_id}: {document.notes}")
    if (more := len(noted) - MOST_NOTES) > 0:
        say(Message(f"... {more} more in documents.notes", "其余见 documents.notes"))
    for stale in result.stale_reviews:
        say(stale_in_words(stale))
    for unknown in result.unrecognised:
        say(f"{unknown.document_id}:{unknown.line_no}: {unknown.reason}")
    if (more := result.unrecognised_count - len(result.unrecognised)) > 0:
        say(Message(f"... {more} more in unrecognised_lines", "其余见 unrecognised_lines"))
    print_troubles(result.troubles)


def print_changes(changes: FileChanges) -> None:
    """What a build would do with each file that is not as it was, the first of very many, and how many of each kind there are."""
    print_table(
        ("", "files / 文件"),
        [(word, len(names)) for word, names in zip(_CHANGES, changes, strict=True)],
    )
    for word, names in zip(_CHANGES, changes._replace(unchanged=[]), strict=True):
        for name in names[:MOST_TROUBLES]:
            print(visible(f"{word}: {name}"))
        if (more := len(names) - MOST_TROUBLES) > 0:
            print(f"{word}: ... {Message(f'{more} more', f'另有 {more} 个')}")


def say(message: Message | str) -> None:
    """Print something on the error output."""
    print(visible(str(message)), file=sys.stderr)


def print_json(value: object) -> None:
    """Print JSON, with Chinese characters as they are; what it has no form for as text."""
    print(visible_json(json.dumps(value, ensure_ascii=False, default=str, indent=1)))


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print CSV: as it is into a file or to another program, without control characters for somebody who looks."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    print(visible(text.getvalue()) if sys.stdout.isatty() else text.getvalue(), end="")


def print_troubles(troubles: Sequence[Trouble]) -> None:
    """What could not be read, with its file, line and page, on the error output; of very many the first."""
    for trouble in troubles[:MOST_TROUBLES]:
        line = f":{trouble.line_no}" if trouble.line_no else ""
        page = f" (p. {trouble.page_no} / 第 {trouble.page_no} 页)" if trouble.page_no else ""
        text = f": {trouble.text}" if trouble.text else ""
        say(f"{trouble.file_name}{line}{page}: {trouble.reason}{text}")
    if (more := len(troubles) - MOST_TROUBLES) > 0:
        say(Message(f"... {more} more in problems", "其余见 problems"))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows in columns, without a frame; numbers to the right, NULL as nothing."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_header=any(columns))
    for column in columns:
        table.add_column(Text(visible(column)))
    for row in rows:
        table.add_row(
            *(
                Text(
                    "" if v is None else visible(str(v)),
                    justify="right" if _is_number(v) else "left",
                    overflow="fold",
                )
                for v in row
            )
        )
    console(WIDTH).print(table)


def print_result(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows in columns; where those would be squeezed beyond reading one row below the other, each value beside its column."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, map(str, column))) for column in zip(columns, *rows, strict=True)]
    least = sum(min(width, LEAST_WIDTH) for width in widths) + 2 * (len(widths) - 1)
    if not rows or least <= console(WIDTH).width:
        print_table(columns, rows)
        return
    for number, row in enumerate(rows, start=1):
        values = ["" if value is None else str(value) for value in row]
        heading = (str(Message(f"row {number}", f"第 {number} 行")), "")
        print_table(heading, zip(columns, values, strict=True))


def console(width: int) -> Console:
    """A terminal has its own width; where there is none, `width` columns."""
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=width)


def _is_number(value: object) -> bool:
    from decimal import Decimal

    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


@contextmanager
def show_progress(doing: Message = READING) -> Iterator[Callable[[int, int], None]]:
    """Shows how many files are read or written, if there are many and somebody looks."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return

    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(str(doing), visible=False)
        yield lambda done, total: shown.update(
            task, completed=done, total=total, visible=total >= MANY
        )


@contextmanager
def connected(
    db: Path, unit: str | None = None, year: int | None = None, views: Collection[str] | None = None
) -> Iterator[Any]:
    """A connection for what a command asks, of a unit and year only if they are given; `views` is all that it asks beside tables.

    Without a database of this program, or such a unit or year, the command ends and says so.
    """
    from jcdata.database import opening

    def connect() -> duckdb.DuckDBPyConnection:
        if unit is None and year is None:
            return opening.connect_own(db)
        from jcdata.analyses import selection

        return selection.connect_chosen(db, unit, year, views)

    with _opened(connect) as con:
        yield con


@contextmanager
def connected_for_queries(db: Path, allow_folders: Sequence[Path]) -> Iterator[Any]:
    """A connection for what the user asks; without a database the command ends and says so."""
    from jcdata.database import opening

    with _opened(lambda: opening.connect(db, allow_folders)) as con:
        yield con


@contextmanager
def _opened(connect: Callable[[], duckdb.DuckDBPyConnection]) -> Iterator[Any]:
    try:
        con = connect()
    except (DatabaseError, SelectionError) as error:
        fail(str(error))
    try:
        yield con
    finally:
        con.close()


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Ctrl-C and SIGTERM end a command after it has cleaned up, with one sentence and the status that shells expect."""
    received: list[int] = []

    def stop(number: int, frame: object) -> None:
        received.append(number)
        for other in stopping:  # let it clean up
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    stopping = (signal.SIGINT, signal.SIGTERM)
    for number in stopping:
        signal.signal(number, stop)
    try:
        yield
    except BaseException as error:  # DuckDB makes a RuntimeError of it, Typer an exit
        if not received:
            raise
        print(
            Message("stopped", "已中止"),
            file=sys.stderr,
        )
        raise SystemExit(128 + received[0]) from error


def fail(message: Message | str, status: int = EXIT_UNREADABLE) -> NoReturn:
    """End the command with a message on the error output."""
    say(message)
    raise typer.Exit(status)


def end_at_once(message: Message | str, status: int) -> NoReturn:
    """End the process although a query still runs, which closing its connection would wait for."""
    say(message)
    sys.stderr.flush()
    os._exit(status)

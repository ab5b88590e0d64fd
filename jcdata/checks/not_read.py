"""What could not be read, and which comparisons could not be made: what stands before the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from jcdata.checks.declarations import check_specs
from jcdata.database.records import read_records
from jcdata.messages import BOTH, Message, read_message
from jcdata.schema import DocumentFigures, NotCompared, Problem
from jcdata.text import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_SHOWN = 20  # of each kind, on a terminal
INDENTED = (0, 0, 0, 2)  # columns, below their heading


class NotRead(NamedTuple):
    """The parts that could not be read, the documents of which figures were not understood, what was not compared."""

    problems: list[Problem]
    figures: list[DocumentFigures]
    not_compared: list[NotCompared]


def find_not_read(con: duckdb.DuckDBPyConnection) -> NotRead:
    """What could not be read of all documents of a database, and what was not compared."""
    return NotRead(
        problems=read_records(con, Problem, "problems ORDER BY problem_no"),
        figures=read_records(
            con,
            DocumentFigures,
            "document_figures WHERE meaning_count < printed_count "
            "ORDER BY not_understood_count DESC, printed_only_count DESC, document_id",
        ),
        not_compared=read_records(con, NotCompared, "not_compared"),
    )


def of_document(not_read: NotRead, document_id: str, file_name: str) -> NotRead:
    """What of it concerns one document, which was read from the file."""
    return NotRead(
        problems=[p for p in not_read.problems if p.file_name == file_name],
        figures=[f for f in not_read.figures if f.document_id == document_id],
        not_compared=[n for n in not_read.not_compared if n.document_id == document_id],
    )


def problem_in_words(problem: Problem, languages: Sequence[str] = BOTH) -> str:
    """`bad.txt:7: no amount / 不是金额`: where it is and what is wrong."""
    line = f":{problem.line_no}" if problem.line_no else ""
    return f"{problem.file_name}{line}: {read_message(problem.reason).text_in(languages)}"


def figures_in_words(figures: DocumentFigures) -> Message:
    """How many figures of a document were not understood, and how many are kept only as printed."""
    unknown, kept = figures.not_understood_count, figures.printed_only_count
    said: list[Message] = []
    if unknown:
        said.append(Message(f"{unknown} figures not understood", f"{unknown} 个数字未识别"))
    if kept:
        said.append(Message(f"{kept} figures kept only as printed", f"{kept} 个数字仅原样保留"))
    return Message(
        f"{', '.join(text.en for text in said)}, compared with nothing",
        f"{'，'.join(text.zh for text in said)}，未参与核对",
    )


def not_compared_in_words(not_compared: NotCompared) -> Message:
    """What a check could not compare, how often, and why the first time."""
    title, title_zh = _titles()[not_compared.check_key]
    return Message(
        f"{title}: {not_compared.result_count} not compared, {not_compared.message}",
        f"{title_zh}：{not_compared.result_count} 处未能核对，{not_compared.message_zh}",
    )


def render(not_read: NotRead, languages: Sequence[str] = BOTH) -> Iterator[RenderableType]:
    """The same for a terminal, in some languages; nothing where all was read and compared."""
    from rich.padding import Padding
    from rich.text import Text

    def words(message: Message) -> str:
        return message.text_in(languages)

    parts: list[tuple[Message, str, Sequence[str]]] = [
        (
            Message("not read", "未能读取"),
            "problems",
            [problem_in_words(p, languages) for p in not_read.problems],
        ),
        (
            Message("figures not understood", "未识别的数字"),
            "document_figures",
            [f"{f.document_id}: {words(figures_in_words(f))}" for f in not_read.figures],
        ),
        (
            Message("not compared", "未能核对"),
            "not_compared",
            [
                f"{document_id}: {words(said)}" if document_id else words(said)
                for document_id, said in _by_check(not_read.not_compared)
            ],
        ),
    ]
    for heading, source, lines in parts:
        if not lines:
            continue
        yield Text(" ".join(heading.said(languages)), "bold")
        for line in lines[:MOST_SHOWN]:
            yield Padding(Text(visible(line)), INDENTED)
        if (more := len(lines) - MOST_SHOWN) > 0:
            yield Padding(
                f"... {words(Message(f'{more} more in {source}', f'其余见 {source}'))}", INDENTED
            )
        yield ""


def _by_check(not_compared: Sequence[NotCompared]) -> Iterator[tuple[str, Message]]:
    """What each check could not compare: of one document, which is named, in full, of several how often, most first."""
    checks: dict[str, list[NotCompared]] = {}
    for one in not_compared:
        checks.setdefault(one.check_key, []).append(one)
    for key, found in sorted(checks.items(), key=lambda check: -_results(check[1])):
        if len(found) == 1:
            yield found[0].document_id, not_compared_in_words(found[0])
            continue
        (title, title_zh), count = _titles()[key], _results(found)
        yield (
            "",
            Message(
                f"{title}: {count} not compared in {len(found)} documents",
                f"{title_zh}：{len(found)} 份文件中 {count} 处未能核对",
            ),
        )


def _results(not_compared: Sequence[NotCompared]) -> int:
    return sum(one.result_count for one in not_compared)


def _titles() -> dict[str, tuple[str, str]]:
    return {spec.key: (spec.title, spec.title_zh) for spec in check_specs()}

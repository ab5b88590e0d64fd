"""What the checks found, read from a built database and printed for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import duckdb

from jcdata.checks.not_read import NotRead
from jcdata.database.records import read_records
from jcdata.messages import BOTH, Message
from jcdata.schema import CHECK_STATUSES, SEVERITIES, VERDICTS, Finding, TableOccurrence
from jcdata.spec_files import patterns
from jcdata.text import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 100  # columns where nothing tells the width of the terminal
_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
INDENT = 2  # columns, of a finding below its cause
_MOST_RANGES = 12


def read_results(con: duckdb.DuckDBPyConnection, with_passes: bool = False) -> list[Finding]:
    """The findings, worst first; with passes, missing operands and what does not apply, all results."""
    results = read_records(con, Finding, "findings")
    if with_passes:
        others = (
            "(SELECT *, NULL AS verdict, NULL AS review_reason FROM check_results "
            "WHERE status NOT IN ('fail', 'rounding') ORDER BY ALL)"
        )
        results += read_records(con, Finding, others)
    return results


def read_tables(con: duckdb.DuckDBPyConnection) -> list[TableOccurrence]:
    """The statutory tables of the documents, whose numbers stand in what is said of findings."""
    return read_records(con, TableOccurrence, "table_occurrences")


def tables_in_words(
    results: Sequence[Finding], tables: Sequence[TableOccurrence]
) -> Message | None:
    """What a document itself calls the tables that its findings number; None if they number none that it prints.

    The numbers are the same for all documents; many print others, or none.
    """
    find_numbers = patterns("sections")["numbered_table"].findall
    numbers = {int(no) for result in results for no in find_numbers(result.message_zh)}
    titles = {t.table_no: t.title for t in tables if t.title and t.table_no in numbers}
    named = "，".join(f"表{number} {titles[number]}" for number in sorted(titles))
    if not named:
        return None
    return Message(
        f"numbers are those of the statutory tables, in this document: {named}",
        f"表号为统一编号，在本文件中：{named}",
    )


def is_dismissed(finding: Finding) -> bool:
    """Whether a reviewer dismissed it, so that it counts no more."""
    return finding.verdict == "dismissed"


def depths(results: Sequence[Finding]) -> list[int]:
    """How many causes stand above each finding, in their order: 0, or one more than its cause has.

    A finding stands alone where its cause does not stand before it, or only one of the two is dismissed.
    """
    found: dict[tuple[str | None, bool], int] = {}
    for result in results:
        depth = found.get((result.consequence_of, is_dismissed(result)), -1) + 1
        found[result.finding_id, is_dismissed(result)] = depth
    return list(found.values())


def render(
    results: Sequence[Finding],
    languages: Sequence[str] = BOTH,
    tables: Sequence[TableOccurrence] = (),
) -> Iterator[RenderableType]:
    """Results for a terminal, in some languages: those of each document together, the document with the worst finding first.

    What follows from another finding is indented below it. The `tables` tell what the numbers in them stand for.
    """
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    order = {
        document_id: place
        for place, document_id in reversed(list(enumerate(r.document_id for r in results)))
    }
    grouped = sorted(results, key=lambda r: order[r.document_id])
    for document_id, own in groupby(grouped, key=lambda r: r.document_id):
        rows = list(own)
        yield Text.assemble((visible(document_id), "bold"), f"  {_count(rows, languages)}")
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for result, depth in zip(rows, depths(rows), strict=True):
            label = Text(
                " ".join(_label(result).said(languages)),
                "dim" if is_dismissed(result) else _STYLES[result.severity],
            )
            for place, said in enumerate(_said(result, languages)):
                text = Text(visible(said), "dim" if place else "")
                table.add_row(
                    "" if place else Padding(label, (0, 0, 0, INDENT * depth)),
                    Padding(text, (0, 0, 0, INDENT * depth)),
                )
        yield table
        if named := tables_in_words(rows, [t for t in tables if t.document_id == document_id]):
            yield Text(visible(" / ".join(named.said(languages))), "dim")
        yield ""


def line_ranges(line_nos: Sequence[int]) -> str:
    """`3, 7–9` for [3, 7, 8, 9]; of many only the first and the last."""
    return ", ".join(map(range_in_words, ranges_of(line_nos)))


def ranges_of(line_nos: Sequence[int]) -> list[range | None]:
    """The runs of lines that follow each other; of many only the first and the last, with None for those between."""
    runs = [
        [n for _, n in run]
        for _, run in groupby(enumerate(line_nos), key=lambda numbered: numbered[1] - numbered[0])
    ]
    ranges: list[range | None] = [range(run[0], run[-1] + 1) for run in runs]
    return (
        ranges if len(ranges) <= _MOST_RANGES else [*ranges[: _MOST_RANGES - 1], None, ranges[-1]]
    )


def range_in_words(lines: range | None) -> str:
    """`3` for range(3, 4), `7–9` for range(7, 10), `…` for None."""
    if lines is None:
        return "…"
    return f"{lines[0]}" if len(lines) == 1 else f"{lines[0]}–{lines[-1]}"


def as_json(results: Sequence[Finding], unread: NotRead) -> dict[str, list[dict[str, Any]]]:
    """What `jcdata check` shows as JSON holds it: rows of each table or view by its name, in the order in which they are shown.

    First what could not be read, not understood and not compared, then the results.
    """
    return {
        "problems": [row._asdict() for row in unread.problems],
        "document_figures": [row._asdict() for row in unread.figures],
        "not_compared": [row._asdict() for row in unread.not_compared],
        "findings": [_result_as_json(result) for result in results],
    }


def _result_as_json(result: Finding) -> dict[str, Any]:
    """A result, its figures as text, so that they stay exact."""
    figures = ("stated", "computed", "difference", "tolerance", "at_stake_yuan")
    return {k: str(v) if k in figures and v is not None else v for k, v in result._asdict().items()}


def _said(result: Finding, languages: Sequence[str]) -> Iterator[str]:
    def words(en: str, zh: str) -> str:
        return " ".join(Message(en, zh).said(languages))

    yield from Message(result.message, result.message_zh).said(languages)
    lines = f"  {words('lines', '行')} {line_ranges(result.line_nos)}" if result.line_nos else ""
    cause = result.consequence_of
    follows = f"  {words('follows from', '起因')} {cause}" if cause else ""
    yield f"{result.finding_id}{lines}{follows}"
    if result.verdict:
        verdict = words(result.verdict, VERDICTS[result.verdict])
        yield f"{words('review', '复核')}: {verdict}, {result.review_reason}"


def _label(result: Finding) -> Message:
    if is_dismissed(result):
        return Message("dismissed", VERDICTS["dismissed"])
    if result.status == "fail":
        return Message(result.severity, SEVERITIES[result.severity])
    return Message(result.status.replace("_", " "), CHECK_STATUSES[result.status])


def _count(rows: Sequence[Finding], languages: Sequence[str]) -> str:
    """How many findings of each kind there are, in Chinese where that is one of the languages."""
    standing = [r for r in rows if not is_dismissed(r)]
    failed = [r.severity for r in standing if r.status == "fail"]
    counts = {Message(key, zh): failed.count(key) for key, zh in SEVERITIES.items()}
    counts[Message("rounding", "尾差")] = sum(r.status == "rounding" for r in standing)
    counts[Message("dismissed", VERDICTS["dismissed"])] = len(rows) - len(standing)
    said = [f"{word.said(languages)[0]} {count}" for word, count in counts.items() if count]
    return ("，" if languages[0] == "zh" else ", ").join(said)

"""What the checks found, read from a built database and printed for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import duckdb

from jcdata.database.records import read_records
from jcdata.schema import CHECK_STATUSES, SEVERITIES, CheckResult
from jcdata.text import visible

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 100  # columns where nothing tells the width of the terminal
_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
_MOST_RANGES = 12


def read_results(con: duckdb.DuckDBPyConnection, with_passes: bool = False) -> list[CheckResult]:
    """The findings, worst first; with passes, missing operands and what does not apply, all results."""
    results = read_records(con, CheckResult, "findings")
    if with_passes:
        others = "check_results WHERE status NOT IN ('fail', 'rounding') ORDER BY ALL"
        results += read_records(con, CheckResult, others)
    return results


def render(results: Sequence[CheckResult]) -> Iterator[RenderableType]:
    """Results for a terminal: those of each document together, the document with the worst finding first."""
    from rich.table import Table
    from rich.text import Text

    order = {
        document_id: place
        for place, document_id in reversed(list(enumerate(r.document_id for r in results)))
    }
    grouped = sorted(results, key=lambda r: order[r.document_id])
    for document_id, own in groupby(grouped, key=lambda r: r.document_id):
        rows = list(own)
        yield Text.assemble((visible(document_id), "bold"), f"  {_count(rows)}")
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for result in rows:
            table.add_row(
                Text(_label(result), _STYLES[result.severity]), Text(visible(result.message_zh))
            )
            table.add_row("", Text(visible(result.message), "dim"))
            if result.line_nos:
                table.add_row("", Text(f"行 lines {line_ranges(result.line_nos)}", "dim"))
        yield table
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


def as_json(result: CheckResult) -> dict[str, Any]:
    """A result as JSON holds it: figures as text, so that they stay exact."""
    figures = ("stated", "computed", "difference", "tolerance")
    return {k: str(v) if k in figures and v is not None else v for k, v in result._asdict().items()}


def _label(result: CheckResult) -> str:
    if result.status == "fail":
        return f"{SEVERITIES[result.severity]} {result.severity}"
    return f"{CHECK_STATUSES[result.status]} {result.status.replace('_', ' ')}"


def _count(rows: Sequence[CheckResult]) -> str:
    failed = [r.severity for r in rows if r.status == "fail"]
    counts = [f"{zh} {failed.count(key)}" for key, zh in SEVERITIES.items() if key in failed]
    rounding = sum(r.status == "rounding" for r in rows)
    return "，".join(counts + ([f"尾差 {rounding}"] if rounding else []))

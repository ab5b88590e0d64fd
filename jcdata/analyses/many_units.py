"""Where units stand among their peers and how they moved over the years, in the words of a conclusion."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from jcdata.analyses.frames import find_documents, read_rows
from jcdata.analyses.sentences import (
    Chosen,
    Fact,
    Said,
    counted,
    en_money,
    in_yuan,
    name_of,
    nothing,
    percent,
    zh_money,
)
from jcdata.messages import Message
from jcdata.schema import DOCUMENT_KINDS, PEER_MEASURES, SCOPES, Peer, YearOfSeries

if TYPE_CHECKING:
    import duckdb


def peers(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    """The place of the chosen unit among its peers, or which unit has most in the largest groups of peers."""
    compared = [
        row for row in read_rows(con, Peer, "peers", **chosen) if row.counts and row.peer_count > 1
    ]
    if not compared:
        return nothing(
            "no other unit of the same year and kind is there to compare with",
            "没有同年同类的其他单位可比",
        ), []
    groups = {(row.fiscal_year, row.document_kind, row.scope) for row in compared}
    units = {row.unit_name for row in compared}
    said = Message(
        f"{counted(len(units), 'unit')} with peers, in {counted(len(groups), 'group')} of the same year, kind of document and scope, "
        f"of up to {max(row.peer_count for row in compared)} units.",
        f"有同类可比的单位 {len(units)} 个，按年度、文件类别和范围分为 {len(groups)} 组，最多的一组 {max(row.peer_count for row in compared)} 个单位。",
    )
    shown = compared if chosen.get("unit") else [row for row in compared if row.place == 1]
    order = list(PEER_MEASURES)
    shown.sort(key=lambda row: (-row.peer_count, -(row.fiscal_year or 0), order.index(row.measure)))
    return said, [Fact(_place(row), row.document_id, row.line_no) for row in shown]


def _place(row: Peer) -> Message:
    """A unit's figure, its place and the median; what is counted is in yuan."""
    kind = f"{SCOPES[row.scope]}{DOCUMENT_KINDS[row.document_kind]}"
    en_money_of, zh_money_of = (
        (en_money, zh_money) if row.quantity is None else (_en_yuan, _zh_yuan)
    )
    en, zh = (
        (words(row.value_yuan), words(row.median_yuan)) for words in (en_money_of, zh_money_of)
    )
    return Message(
        f"{name_of(row)}: {row.measure.replace('_', ' ')} {en[0]}, place {row.place} of {row.peer_count}, the median is {en[1]}",
        f"{name_of(row)}：{PEER_MEASURES[row.measure]} {zh[0]}，在 {row.peer_count} 个同类（{kind}）中第 {row.place} 位，中位数 {zh[1]}",
    )


def _en_yuan(yuan: Decimal) -> str:
    return f"{yuan:,.2f} yuan"


def _zh_yuan(yuan: Decimal) -> str:
    return f"{yuan:,.2f} 元"


def timeseries(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    """How far total expenditure moved from the first to the last year, and spending from the plan; all years are looked at."""
    find_documents(con, **chosen)
    series: defaultdict[tuple[str | None, str], list[YearOfSeries]] = defaultdict(list)
    for row in read_rows(con, YearOfSeries, "timeseries", unit=chosen.get("unit")):
        if row.measure == "expenditure" and row.counts:
            series[row.unit_name, row.scope].append(row)
    moved = [
        fact
        for years in series.values()
        for side in ("budget", "actual")
        if (fact := _moved(years, side)) is not None
    ]
    moved.sort(key=lambda found: -found[0])
    executed = [row for years in series.values() for row in years if row.execution_rate is not None]
    executed.sort(key=lambda row: row.execution_rate or 0)
    if not moved and not executed:
        return nothing(
            "no unit has documents of one kind for two years, nor budget and final accounts of one year",
            "没有一个单位有两年同类文件，也没有同一年度的预算与决算",
        ), []
    said = Message(
        f"{counted(len(moved), 'series')} of total expenditure over several years; {len(executed)} with budget and final accounts of one year.",
        f"有多年支出总计的序列 {len(moved)} 个；预算与决算都有的单位年度 {len(executed)} 个。",
    )
    return said, [fact for _, fact in moved] + [_executed(row) for row in executed]


def _moved(years: list[YearOfSeries], side: str) -> tuple[float, Fact] | None:
    """The change from the first to the last year that has an amount, in yuan, and in words; None with less than two years."""
    known = sorted(
        (row for row in years if getattr(row, f"{side}_yuan") is not None),
        key=lambda row: row.fiscal_year or 0,
    )
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    before, after = (in_yuan(getattr(row, f"{side}_yuan")) for row in (first, last))
    rate = percent(float(after / before - 1), "+") if before else ""
    zh = {"budget": "预算", "actual": "决算"}[side]
    name = _name_of_series(last)
    fact = Fact(
        Message(
            f"{name.en}: {side} expenditure from {en_money(before)} in {first.fiscal_year} to {en_money(after)} in {last.fiscal_year}"
            + (f" ({rate})" if rate else ""),
            f"{name.zh}：{zh}支出总计由 {first.fiscal_year} 年的 {zh_money(before)}"
            f"变为 {last.fiscal_year} 年的 {zh_money(after)}" + (f"（{rate}）" if rate else ""),
        ),
        getattr(last, f"{side}_document_id"),
        getattr(last, f"{side}_line_no"),
    )
    return float(abs(after - before)), fact


def _executed(row: YearOfSeries) -> Fact:
    """What was spent beside what was planned."""
    name = _name_of_series(row)
    return Fact(
        Message(
            f"{name.en} {row.fiscal_year}: {en_money(row.actual_yuan)} spent, {percent(row.execution_rate)} of the budget of {en_money(row.budget_yuan)}",
            f"{name.zh}{row.fiscal_year}：决算支出 {zh_money(row.actual_yuan)}，为预算 {zh_money(row.budget_yuan)}的 {percent(row.execution_rate)}",
        ),
        row.actual_document_id or "",
        row.actual_line_no,
    )


def _name_of_series(row: YearOfSeries) -> Message:
    """A unit with its scope: a department and its own unit may have one name."""
    return Message(
        f"{row.unit_name} ({row.scope or 'scope not stated'})",
        f"{row.unit_name}（{SCOPES[row.scope]}）",
    )

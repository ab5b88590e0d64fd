"""What documents contradict and how much of them was understood, in the words of a conclusion."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from jcdata.analyses.frames import find_documents, read_rows_of
from jcdata.analyses.sentences import (
    Chosen,
    Fact,
    Said,
    counted,
    en_money,
    in_yuan,
    name_of,
    nothing,
    zh_money,
)
from jcdata.messages import Message
from jcdata.schema import DOCUMENT_KINDS, DocumentFigures, Finding

if TYPE_CHECKING:
    import duckdb


def findings(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    """What the documents contradict, worst first, but for what a reviewer dismissed."""
    known = {row.document_id: row for row in find_documents(con, **chosen)}
    rows = [
        row
        for row in read_rows_of(con, Finding, "findings", known)
        if row.severity != "info" and row.verdict != "dismissed"
    ]
    count = Counter(row.severity for row in rows)
    most = max((in_yuan(row.at_stake_yuan) for row in rows), default=Decimal(0))
    if not rows:
        return nothing("what was read does not contradict itself", "已读出的内容中没有发现矛盾"), []
    en, zh = (
        (f" The largest is about {en_money(most)}.", f"涉及金额最大的一处为 {zh_money(most)}。")
        if most
        else ("", "")
    )
    said = Message(
        f"{counted(len(known), 'document')}: {counted(count['error'], 'error')} and {counted(count['warning'], 'warning')} to resolve.{en}",
        f"{len(known)} 份文件中有 {count['error']} 处错误、{count['warning']} 处警告需要核实。{zh}",
    )
    facts = [
        Fact(
            Message(
                f"{name_of(known[row.document_id])}: {row.message.removesuffix(f' / {row.message_zh}')}",
                f"{name_of(known[row.document_id])}：{row.message_zh}",
            ),
            row.document_id,
            row.line_nos[0],
        )
        for row in rows
        if row.line_nos and row.consequence_of is None
    ]
    return said, facts


def documents(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    """Which documents there are, and how much of their figures was understood."""
    known = {row.document_id: row for row in find_documents(con, **chosen)}
    figures = read_rows_of(con, DocumentFigures, "document_figures", known)
    printed, understood, kept, unread = (
        sum(getattr(row, name) for row in figures)
        for name in ("printed_count", "meaning_count", "printed_only_count", "not_understood_count")
    )
    kinds = Counter(row.document_kind for row in known.values())
    units = len({row.unit_name for row in known.values() if row.unit_name})
    said = Message(
        f"{' and '.join(counted(count, kind) for kind, count in kinds.items())} of {counted(units, 'unit')}: of {printed:,} printed figures "
        f"{understood:,} understood, {kept:,} kept only as printed, {unread:,} not understood.",
        f"{units} 个单位的{'、'.join(f'{DOCUMENT_KINDS[kind]} {count} 份' for kind, count in kinds.items())}：印出数字 {printed:,} 个，"
        f"已识别 {understood:,} 个，仅原样保留 {kept:,} 个，未识别 {unread:,} 个。",
    )
    return said, []

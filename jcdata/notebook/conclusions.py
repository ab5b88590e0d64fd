"""What an analysis comes to, in words: the money at stake, then the three facts that tell most, each with its line.

A sentence says what the documents print and what was read of them. Where nothing was read it says so, never that there
is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from jcdata.analyses.frames import find_documents, read_rows
from jcdata.messages import Message
from jcdata.notebook import quality
from jcdata.notebook.sentences import (
    Chosen,
    Conclusion,
    Fact,
    Said,
    counted,
    en_money,
    in_yuan,
    joined,
    name_of,
    nothing,
    percent,
    total,
    zh_money,
)
from jcdata.schema import (
    DIMENSIONS,
    DOCUMENT_KINDS,
    CarryOver,
    Composition,
    Growth,
    Project,
    ProjectCost,
)

if TYPE_CHECKING:
    import duckdb

MOST_FACTS = 3
WHOLE = 0.9995  # a share that is printed as 100 % says nothing


def conclude(
    con: duckdb.DuckDBPyConnection, analysis: str, unit: str | None = None, year: int | None = None
) -> Conclusion:
    """The conclusion of an analysis over the documents of a unit, of a year or all; one of `ANALYSES`.

    Money that several documents have counts once. Raises SelectionError for a unit or year that is not there, KeyError for
    another analysis.
    """
    said, facts = ANALYSES[analysis](con, {"unit": unit, "year": year})
    facts = facts[:MOST_FACTS]
    query = "SELECT page_no FROM source_lines WHERE document_id = ? AND line_no = ?"
    places = {(fact.document_id, fact.line_no) for fact in facts}
    found = {place: con.execute(query, place).fetchall() for place in places}
    pages = {place: rows[0][0] for place, rows in found.items() if rows and rows[0][0] is not None}
    return Conclusion(said, tuple(facts), pages)


def _composition(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    rows = [row for row in read_rows(con, Composition, "composition", **chosen) if row.counts]
    totals = {
        row.document_id: (row.document_kind, row.base_yuan)
        for row in rows
        if row.dimension == "expenditure_type" and row.base_yuan is not None
    }
    if not totals:
        return nothing(
            "no table of expenditure by kind was read", "没有读到可按类型划分的支出总表"
        ), []
    said = joined(
        Message(
            f"{counted(count, kind)} with {en_money(money)} of expenditure by kind",
            f"{count} 份{DOCUMENT_KINDS[kind]}列示支出共 {zh_money(money)}",
        )
        for kind, count, money in _sums_by_kind(totals.values())
    )
    shares = [row for row in rows if row.share is not None and row.amount_yuan is not None]
    tops = {
        dimension: min(levels)
        for dimension in DIMENSIONS
        if (levels := [row.item_level or 1 for row in shares if row.dimension == dimension])
    }
    largest: dict[str, Composition] = {}
    for row in sorted(shares, key=lambda row: row.amount_yuan or 0, reverse=True):
        if (row.item_level or 1) == tops[row.dimension] and (row.share or 0) < WHOLE:
            largest.setdefault(row.dimension, row)
    wrong = [row for row in shares if row.agrees is False]
    wrong.sort(key=lambda row: row.amount_yuan or 0, reverse=True)
    facts = [
        Fact(
            Message(
                f"{name_of(row)}: {row.item_name} has {percent(row.share)} of {en_money(row.base_yuan)}; the document states {percent(row.stated_share)}",
                f"{name_of(row)}：{row.item_name}占 {zh_money(row.base_yuan)}的 {percent(row.share)}，文件自述 {percent(row.stated_share)}，两者不符",
            ),
            row.document_id,
            row.stated_line_no or row.line_no,
        )
        for row in wrong
    ]
    facts += [
        Fact(_top(largest[dimension]), largest[dimension].document_id, largest[dimension].line_no)
        for dimension in DIMENSIONS
        if dimension in largest
    ]
    return said, facts


def _top(row: Composition) -> Message:
    """The largest item of a dimension in words."""
    whole, share, most = row.base_yuan, percent(row.share), row.amount_yuan
    dimension = row.dimension.replace("_", " ")
    return Message(
        f"{name_of(row)}: of {dimension}, {row.item_name} has most: {en_money(most)}, {share} of {en_money(whole)}",
        f"{name_of(row)}：{DIMENSIONS[row.dimension]}中以{row.item_name}最多，{zh_money(most)}，占 {zh_money(whole)}的 {share}",
    )


def _growth(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    rows = [
        row
        for row in read_rows(con, Growth, "growth", **chosen)
        if row.counts and row.basis == "stated" and row.change_yuan is not None
    ]
    if not rows:
        return nothing(
            "no change in money was read in the prose", "文字部分没有读到以金额写出的增减"
        ), []
    rated = [row for row in rows if row.agrees is not None]
    agreed = sum(bool(row.agrees) for row in rated)
    up, down = (sum(sign * in_yuan(row.change_yuan) > 0 for row in rows) for sign in (1, -1))
    most = max(abs(in_yuan(row.change_yuan)) for row in rows)
    documents = len({row.document_id for row in rows})
    said = Message(
        f"{counted(documents, 'document')} state {len(rows)} changes, {up} up and {down} down, of up to {en_money(most)} each (parts overlap, so they "
        f"are not added up); {len(rated)} have a stated rate that can be compared, {agreed} of them agree.",
        f"{documents} 份文件自述增减 {len(rows)} 项，其中增 {up} 项、减 {down} 项，单项最多 {zh_money(most)}（各项互有包含，不相加）；"
        f"可核对的自述增减率 {len(rated)} 个，相符 {agreed} 个。",
    )
    # What is said of revenue and expenditure alike is one fact.
    once = {(row.document_id, row.current_yuan, row.change_yuan): row for row in reversed(rows)}
    ranked = sorted(
        (row for row in once.values() if row.change_yuan),
        key=lambda row: (row.agrees is not False, -abs(in_yuan(row.change_yuan)), row.line_no),
    )
    return said, [Fact(_change(row), row.document_id, row.line_no) for row in ranked]


def _change(row: Growth) -> Message:
    """A stated change in words, with the rate of its amounts and that of the document."""
    change = in_yuan(row.change_yuan)
    en, zh = (
        f"{'up' if change > 0 else 'down'} by {en_money(abs(change))}",
        f"{'增加' if change > 0 else '减少'} {zh_money(abs(change))}",
    )
    if row.prior_yuan is not None and row.current_yuan is not None:
        en += f", from {en_money(row.prior_yuan)} to {en_money(row.current_yuan)}"
        zh += f"，由 {zh_money(row.prior_yuan)}变为 {zh_money(row.current_yuan)}"
    if row.rate is not None:
        en, zh = f"{en} ({row.rate:+.2%})", f"{zh}（{row.rate:+.2%}）"
    if row.agrees is False:
        en += f"; the document states {percent(row.stated_rate, '+')}"
        zh += f"，文件自述 {percent(row.stated_rate, '+')}，两者不符"
    return Message(f"{name_of(row)}: {row.subject} {en}", f"{name_of(row)}：{row.subject}{zh}")


def _project_costs(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    costs = [row for row in read_rows(con, ProjectCost, "project_costs", **chosen) if row.counts]
    documents = {row.document_id: row for row in find_documents(con, **chosen) if row.counts}
    listed = [row for row in read_rows(con, Project, "projects") if row.document_id in documents]
    apart = [row for row in listed if row.form_no is None and row.amount_yuan is not None]
    if not costs and not listed:
        return nothing(
            "neither projects nor performance forms were read", "没有读到项目，也没有读到绩效目标表"
        ), []
    covered, open_money = (total(row.amount_yuan for row in rows) for rows in (costs, apart))
    count = sum(row.indicator_count for row in costs)
    said = Message(
        f"{counted(len(costs), 'project')} with a performance form: {en_money(covered)}, {count} annual indicators; {counted(len(apart), 'project')} "
        f"of the tables for which no form was found: {en_money(open_money)}.",
        f"有绩效目标表的项目 {len(costs)} 个，共 {zh_money(covered)}，年度指标 {count} 项；"
        f"列入项目支出表而未找到目标表的 {len(apart)} 个，共 {zh_money(open_money)}。",
    )
    facts = []
    for project in sorted(apart, key=lambda row: in_yuan(row.amount_yuan), reverse=True)[:1]:
        name = name_of(documents[project.document_id])
        facts.append(
            Fact(
                Message(
                    f"{name}: {project.project_name}, {en_money(project.amount_yuan)}, is the largest project for which no form was found",
                    f"{name}：{project.project_name} {zh_money(project.amount_yuan)}，是未找到目标表的项目中最大的",
                ),
                project.document_id,
                project.line_no,
            )
        )
    ranked = sorted(
        (row for row in costs if row.amount_yuan),
        key=lambda row: (row.indicator_count > 0, not row.much_money_few_indicators, -(row.yuan_per_indicator or 0)),
    )  # fmt: skip
    facts += [
        Fact(_cost(row), row.document_id, row.amount_line_no or row.line_no) for row in ranked
    ]
    return said, facts


def _cost(row: ProjectCost) -> Message:
    """The money of a project beside its indicators, in words."""
    en, zh = f"{row.indicator_count} annual indicators", f"年度指标 {row.indicator_count} 项"
    if row.yuan_per_indicator is not None:
        en += f", {en_money(row.yuan_per_indicator)} for each"
        zh += f"，平均每项 {zh_money(row.yuan_per_indicator)}"
    if row.much_money_few_indicators:
        en += "; more money and fewer indicators than the document's median"
        zh += "；资金多于、指标少于本文件中位数"
    name = f"{name_of(row)}"
    return Message(
        f"{name}: {row.project_name}, {en_money(row.amount_yuan)}, {en}",
        f"{name}：{row.project_name} {zh_money(row.amount_yuan)}，{zh}",
    )


def _carry_over(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    documents = {row.document_id for row in find_documents(con, **chosen) if row.counts}
    rows = [row for row in read_rows(con, CarryOver, "carry_over", **chosen) if row.counts]
    once = [row for row in rows if not row.is_repeated]
    brought, owed = (
        [row for row in once if row.kind == kind] for kind in ("carried_over", "arrears")
    )
    silent = len(documents - {row.document_id for row in once})
    unread = Message(
        f" In {counted(silent, 'document')} neither was found: it is not printed or was not read, which does not mean that there is none.",
        f"另有 {silent} 份文件没有印出或未能读出这两项，不等于没有。",
    )
    if not once:
        return nothing(
            "neither money carried over nor arrears were found: not printed or not read, which does not mean that there is none",
            "没有找到上年结转或应付未付：文件没有印出或未能读出，不等于没有",
        ), []
    sums = [total(row.amount_yuan for row in part) for part in (brought, owed)]
    printed = [len({row.document_id for row in part}) for part in (brought, owed)]
    said = Message(
        f"Carried over from the year before: {en_money(sums[0])} in {counted(printed[0], 'document')}. This year's money for earlier years' work "
        f"(arrears): {en_money(sums[1])} in {counted(printed[1], 'document')}. These are two balances and are not added up.{unread.en if silent else ''}",
        f"列明的上年结转 {zh_money(sums[0])}（{printed[0]} 份文件）；本年项目资金中用于以前年度工作的应付未付 {zh_money(sums[1])}（{printed[1]} 份文件）。"
        f"两者是两笔账，不相加。{unread.zh if silent else ''}",
    )
    facts = []
    for row in sorted(once, key=lambda row: row.amount_yuan, reverse=True):
        en, zh = {"carried_over": ("carried over", "上年结转"), "arrears": ("arrears", "应付未付")}[
            row.kind
        ]
        share = percent(row.share_of_total)
        facts.append(
            Fact(
                Message(
                    f"{name_of(row)}: {row.project_name or row.item_name}, {en} {en_money(row.amount_yuan)}"
                    + (f", {share} of the year's expenditure" if share else ""),
                    f"{name_of(row)}：{row.project_name or row.item_name}{zh} {zh_money(row.amount_yuan)}"
                    + (f"，占当年总支出的 {share}" if share else ""),
                ),
                row.document_id,
                row.line_no,
            )
        )
    return said, facts


ANALYSES: Mapping[str, Callable[[duckdb.DuckDBPyConnection, Chosen], Said]] = {
    "composition": _composition,
    "growth": _growth,
    "project_costs": _project_costs,
    "carry_over": _carry_over,
    "findings": quality.findings,
    "documents": quality.documents,
}


def _sums_by_kind(
    totals: Iterable[tuple[str, Decimal | None]],
) -> list[tuple[str, int, Decimal]]:
    """Kind of document, number of documents and sum of their money: plans and results are not added up."""
    totals = list(totals)
    return [
        (kind, len(amounts), total(amounts))
        for kind in DOCUMENT_KINDS
        if (amounts := [money for known, money in totals if known == kind])
    ]

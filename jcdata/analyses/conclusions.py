"""What an analysis comes to, in words: the money at stake, then the three facts that tell most, each with its line.

A sentence says what the documents print and what was read of them. Where nothing was read it says so, never that there
is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from jcdata.analyses import between_years, many_units, quality
from jcdata.analyses.frames import find_documents, read_rows, read_rows_of
from jcdata.analyses.sentences import (
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
from jcdata.messages import Message
from jcdata.schema import (
    DIMENSIONS,
    DOCUMENT_KINDS,
    SHARE_BASES,
    Composition,
    Growth,
    GrowthStep,
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
    # What a document and its copy say alike is said once.
    once: dict[Message, Fact] = {}
    for fact in facts:
        once.setdefault(fact.said, fact)
    facts = list(once.values())[:MOST_FACTS]
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
                f"{name_of(row)}: {row.item_name} has {percent(row.share)} of {row.base.replace('_', ' ')} of {en_money(row.base_yuan)}; "
                f"the document states {percent(row.stated_share)}",
                f"{name_of(row)}：{row.item_name}占{SHARE_BASES[row.base]} {zh_money(row.base_yuan)}的 {percent(row.share)}，"
                f"文件自述 {percent(row.stated_share)}，两者不符",
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
    dimension, base = (word.replace("_", " ") for word in (row.dimension, row.base))
    return Message(
        f"{name_of(row)}: of {dimension}, {row.item_name} has most: {en_money(most)}, {share} of {base} of {en_money(whole)}",
        f"{name_of(row)}：{DIMENSIONS[row.dimension]}中以{row.item_name}最多，{zh_money(most)}，占{SHARE_BASES[row.base]} {zh_money(whole)}的 {share}",
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
    even = len(rows) - up - down
    most = max(abs(in_yuan(row.change_yuan)) for row in rows)
    documents = len({row.document_id for row in rows})
    said = Message(
        f"{counted(documents, 'document')} {'states' if documents == 1 else 'state'} {len(rows)} changes, {up} up, {down} down and "
        f"{even} of nothing, of up to {en_money(most)} each (parts overlap, so they are not added up); "
        f"{len(rated)} have a stated rate that can be compared, {agreed} of them agree.",
        f"{documents} 份文件自述增减 {len(rows)} 项，其中增 {up} 项、减 {down} 项、持平 {even} 项，单项最多 {zh_money(most)}（各项互有包含，不相加）；"
        f"可核对的自述增减率 {len(rated)} 个，相符 {agreed} 个。",
    )
    # What is said of revenue and expenditure alike is one fact.
    once = {(row.document_id, row.current_yuan, row.change_yuan): row for row in reversed(rows)}
    ranked = sorted(
        (row for row in once.values() if row.change_yuan),
        key=lambda row: (row.agrees is not False, -abs(in_yuan(row.change_yuan)), row.line_no),
    )
    like = _like_for_like(read_rows(con, GrowthStep, "growth_decomposition", **chosen))
    return said, [
        Fact(
            _change(row, like.get((row.document_id, row.prior_yuan, row.current_yuan))),
            row.document_id,
            row.line_no,
        )
        for row in ranked
    ]


def _like_for_like(
    steps: list[GrowthStep],
) -> dict[tuple[str, Decimal | None, Decimal | None], float | None]:
    """The change without carry-over and arrears, as a part of last year's total, by document and the totals of both years."""
    known = {(s.document_id, s.step): s for s in steps if s.basis == "stated"}
    return {
        (
            document_id,
            known[document_id, "prior_year"].amount_yuan,
            known[document_id, "this_year"].amount_yuan,
        ): like.points
        for (document_id, step), like in known.items()
        if step == "like_for_like"
    }


def _change(row: Growth, like: float | None) -> Message:
    """A stated change in words, with the rate of its amounts and that of the document, and the one of like for like."""
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
    if like is not None:
        en += f"; {like:+.1%} without carry-over and arrears"
        zh += f"；剔除结转与以前年度欠款后 {like:+.1%}"
    return Message(f"{name_of(row)}: {row.subject} {en}", f"{name_of(row)}：{row.subject}{zh}")


def _project_costs(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> Said:
    costs = [row for row in read_rows(con, ProjectCost, "project_costs", **chosen) if row.counts]
    documents = {row.document_id: row for row in find_documents(con, **chosen) if row.counts}
    listed = read_rows_of(con, Project, "projects", documents)
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
    if not row.indicator_count:
        en, zh = "no annual indicator was read", "没有读到年度指标"
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


ANALYSES: Mapping[str, Callable[[duckdb.DuckDBPyConnection, Chosen], Said]] = {
    "composition": _composition,
    "growth": _growth,
    "project_costs": _project_costs,
    "carry_over": between_years.carry_over,
    "peers": many_units.peers,
    "timeseries": many_units.timeseries,
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

"""Charts of what projects cost: all their money, their indicators, and how far these can be measured."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from jcdata.analyses.chart_theme import BLUE, GREY, SKY, VERMILLION
from jcdata.analyses.frames import QUESTIONS, YUAN_PER_WAN
from jcdata.analyses.panels import (
    WIDTH,
    Panel,
    largest_rows,
    legend_of,
    names_of,
    omitted,
    panels,
    percent,
    titled,
    tooltip_of,
    unique,
    wan,
    written_values,
)
from jcdata.schema import FORM_STATUSES

__all__ = ["indicator_quality", "money_and_indicators", "project_costs", "project_funding"]

WITH_FORM, WITHOUT_FORM, NO_FORMS = FORM_STATUSES
STATUS_COLOURS = {
    FORM_STATUSES[WITHOUT_FORM]: VERMILLION,
    FORM_STATUSES[NO_FORMS]: GREY,
    FORM_STATUSES[WITH_FORM]: SKY,
}
MOST_LABELS = 5
HEIGHT = 300
KINDS_OF_VALUE = {"有数字": BLUE, "日期等": GREY, "仅文字": VERMILLION}


def project_funding(funding: pd.DataFrame) -> alt.VConcatChart:
    """Bars of all project money, what no performance form stands behind first and in red.

    `funding` comes from `jcdata.project_funding`. The title says how much of the money has a form.
    """

    def draw(rows: pd.DataFrame) -> Panel:
        first = rows.assign(rank=rows["amount_yuan"] + _is_bare(rows) * rows["base_yuan"])
        shown = largest_rows(first, "rank", "project_name").drop(columns="rank")
        shown["group"] = shown["form_status"].map(FORM_STATUSES)
        shown["wan"] = shown["amount_yuan"] / YUAN_PER_WAN
        shown["written"] = [
            f"{wan(row.amount_yuan)} 万元 · {percent(row.share)}".removesuffix(" · ")
            for row in shown.itertuples()
        ]
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(
                shown, amount_yuan="金额", share="占项目资金合计", group="目标表情况"
            ),
        )
        bars = base.mark_bar().encode(
            x=alt.X("wan:Q", title="项目资金（万元）"),
            color=legend_of("group", _colours_of(shown)),
        )
        notes = ["百分数为占本文件项目资金合计", omitted(rows, shown)]
        question = f"{QUESTIONS['project_funding'].zh} {_covered(rows)}"
        return titled(alt.layer(bars, written_values(base, "wan")), question, rows, notes)

    return panels(
        funding, "amount_yuan", QUESTIONS["project_funding"].zh, draw, length="amount_yuan"
    )


def money_and_indicators(funding: pd.DataFrame) -> alt.VConcatChart:
    """Points of each project's money above the number of indicators that can be measured, without a form in red at nought.

    `funding` comes from `jcdata.project_funding`; the projects with most money have their names beside them.
    """

    def draw(rows: pd.DataFrame) -> Panel:
        shown = rows.sort_values("amount_yuan", ascending=False, kind="stable").reset_index(
            drop=True
        )
        shown["name"] = unique(shown["project_name"])
        shown["source"] = shown["document_id"] + ":" + shown["line_no"].astype(str)
        shown["group"] = shown["form_status"].map(FORM_STATUSES)
        shown["measurable"] = shown["measurable_indicator_count"].fillna(0)
        shown["wan"] = shown["amount_yuan"] / YUAN_PER_WAN
        shown["label"] = [
            name if position < MOST_LABELS else "" for position, name in enumerate(shown["name"])
        ]
        base = alt.Chart(shown).encode(
            x=alt.X(
                "measurable:Q",
                title="可衡量的年度指标（项）",
                axis=alt.Axis(format="d", tickMinStep=1, grid=True),
            ),
            y=alt.Y("wan:Q", title="项目资金（万元）", axis=alt.Axis(grid=True)),
            tooltip=tooltip_of(
                shown,
                amount_yuan="金额",
                indicator_count="年度指标",
                measurable_indicator_count="可衡量的指标",
                group="目标表情况",
            ),
        )
        points = base.mark_point(filled=True, size=90, opacity=0.8).encode(
            color=legend_of("group", _colours_of(shown), "circle")
        )
        names = base.mark_text(align="left", dx=9, limit=WIDTH * 0.6).encode(text="label:N")
        notes = ["可衡量：指标值为数字", f"标出金额最大的 {min(MOST_LABELS, len(shown))} 个"]
        question = f"{QUESTIONS['money_and_indicators'].zh} {_covered(rows)}"
        return titled(alt.layer(points, names), question, rows, notes).properties(height=HEIGHT)

    question = QUESTIONS["money_and_indicators"].zh
    return panels(funding, "amount_yuan", question, draw, length="amount_yuan", axes=("x", "y"))


def indicator_quality(quality: pd.DataFrame) -> alt.VConcatChart:
    """Bars from 0 to 100 %: how many of a level's indicators have a number, are dates and the like, or are only words.

    `quality` comes from `jcdata.indicator_quality`.
    """
    question = QUESTIONS["indicator_quality"].zh

    def draw(rows: pd.DataFrame) -> Panel:
        shown = largest_rows(rows, "indicator_count", "level2")
        shown["written"] = [_quality(row) for row in shown.itertuples()]
        shown["有数字"], shown["仅文字"] = shown["with_number_count"], shown["in_words_count"]
        shown["日期等"] = shown["indicator_count"] - shown["有数字"] - shown["仅文字"]
        parts = shown.melt(
            id_vars=["name", "source", "indicator_count"],
            value_vars=list(KINDS_OF_VALUE),
            var_name="group",
            value_name="count",
        )
        parts["order"] = parts["group"].map(list(KINDS_OF_VALUE).index)
        parts["share"] = parts["count"] / parts["indicator_count"]
        bars = (
            alt.Chart(parts)
            .mark_bar()
            .encode(
                y=names_of(shown),
                x=alt.X(
                    "share:Q",
                    title="占该级指标的比重",
                    axis=alt.Axis(format=".0%"),
                    scale=alt.Scale(domain=[0, 1]),
                ),
                order="order:O",
                color=legend_of("group", KINDS_OF_VALUE),
                tooltip=tooltip_of(parts, group="指标值", count="项数", share="占比"),
            )
        )
        text = (
            alt.Chart(shown)
            .mark_text(align="left")
            .encode(y=names_of(shown), x=alt.value(WIDTH + 10), text="written:N")
        )
        notes = [f"年度指标共 {rows['indicator_count'].sum()} 项", omitted(rows, shown)]
        return titled(alt.layer(bars, text), question, rows, notes)

    return panels(quality, "indicator_count", question, draw)


def project_costs(costs: pd.DataFrame) -> alt.VConcatChart:
    """Bars of the money that stands behind each indicator, the projects with much money and few indicators in red.

    `costs` comes from `jcdata.project_costs`. Much and few mean more and less than the document's median, which the
    subtitle gives. Projects without any indicator stand first, without a bar; money without a form is in `project_funding`.
    """
    question = QUESTIONS["project_costs"].zh

    def draw(rows: pd.DataFrame) -> Panel:
        money, count = rows["amount_yuan"].median(), rows["indicator_count"].median()
        words = rows["much_money_few_indicators"].map({True: "钱多、指标少", False: "其他项目"})
        ranked = rows.assign(
            group=words, money_per_indicator=rows["yuan_per_indicator"].fillna(float("inf"))
        )
        shown = largest_rows(ranked, "money_per_indicator", "project_name").drop(
            columns="money_per_indicator"
        )
        shown["per_indicator"] = shown["yuan_per_indicator"] / YUAN_PER_WAN
        shown["written"] = [
            f"{wan(row.yuan_per_indicator)} = {wan(row.amount_yuan)} 万元 ÷ {row.indicator_count} 项"
            if row.indicator_count
            else f"{wan(row.amount_yuan)} 万元，没有读到指标"
            for row in shown.itertuples()
        ]
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(
                shown,
                amount_yuan="年度资金",
                indicator_count="指标数",
                yuan_per_indicator="每项指标",
                property="项目属性",
            ),
        )
        bars = base.mark_bar().encode(
            x=alt.X("per_indicator:Q", title="每项指标对应的资金（万元）"),
            color=legend_of("group", {"钱多、指标少": VERMILLION, "其他项目": SKY}),
        )
        notes = [
            f"仅含有绩效目标表的 {len(rows)} 个项目，共 {wan(rows['amount_yuan'].sum())} 万元",
            omitted(rows, shown),
            f"钱多、指标少：资金多于中位数 {wan(money)} 万元，指标少于中位数 {count:g} 项"
            if len(rows) > 1
            else "",
        ]
        return titled(alt.layer(bars, written_values(base, "per_indicator")), question, rows, notes)

    return panels(costs, "amount_yuan", question, draw, length="yuan_per_indicator")


def _is_bare(rows: pd.DataFrame) -> pd.Series:
    return rows["form_status"] == WITHOUT_FORM


def _covered(rows: pd.DataFrame) -> str:
    """What part of a document's project money the forms cover."""
    whole = f"项目资金 {wan(rows['amount_yuan'].sum())} 万元"
    if (rows["form_status"] == NO_FORMS).all():
        return f"{whole}，文件未印绩效目标表"
    if not _is_bare(rows).any():
        return f"{whole}，均有绩效目标表"
    without = rows.loc[_is_bare(rows), "amount_yuan"].sum()
    return f"{whole}，其中 {wan(without)} 万元没有绩效目标表"


def _colours_of(shown: pd.DataFrame) -> dict[str, str]:
    """The colours of the groups that are drawn."""
    return {
        word: colour for word, colour in STATUS_COLOURS.items() if (shown["group"] == word).any()
    }


def _quality(row: Any) -> str:
    """The counts of a level in words."""
    count = {
        "有数字": "with_number_count",
        "有上限": "with_ceiling_count",
        "仅文字": "in_words_count",
        "两栏相同": "equal_count",
        "已自评": "evaluated_count",
    }
    written = "，".join(
        f"{word} {getattr(row, name)}" for word, name in count.items() if getattr(row, name)
    )
    return f"{row.indicator_count} 项：{written}".removesuffix("：")

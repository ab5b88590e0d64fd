"""Charts of the analyses for people: Chinese, in 万元, values written, largest first, each bar with its source line.

Each function takes a frame of the analysis of the same name and draws one panel a document, those with most money
first. What is left out for want of room is said in the chart.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from jcdata.analyses.chart_theme import BLUE, GREY, SKY, VERMILLION, save
from jcdata.analyses.frames import QUESTIONS, YUAN_PER_WAN
from jcdata.analyses.many_panels import peers, timeseries
from jcdata.analyses.panels import (
    MOST_BARS,
    STEP,
    WIDTH,
    Panel,
    largest_rows,
    legend_of,
    name_of,
    names_of,
    nothing,
    omitted,
    panels,
    percent,
    titled,
    tooltip_of,
    unique,
    wan,
    written_values,
)
from jcdata.codes import LEVELS
from jcdata.messages import Message
from jcdata.schema import CARRY_OVER_KINDS

__all__ = ["carry_over", "composition", "growth", "peers", "project_costs", "save", "timeseries"]

LEVEL_NAMES = dict(enumerate(LEVELS, start=1))
NARROWEST = 0.15  # part of the width in which an amount can be written
TICK = "M-0.2,-1H0.2V1H-0.2Z"  # in a legend


def composition(shares: pd.DataFrame, *, level: int | None = None) -> alt.VConcatChart:
    """Bars of the shares of one dimension, with amounts; a mark where the document states a share.

    `shares` comes from `jcdata.composition`; `level` chooses among items with levels, the topmost by default, of a
    document without that level its finest. Bars whose stated share differs have a red mark. Raises ValueError if the
    frame holds several dimensions.
    """
    dimensions = list(shares["dimension"].unique())
    if len(dimensions) > 1:
        raise ValueError(
            Message(
                f"a chart shows one dimension, not {', '.join(dimensions)}", "一张图只画一个维度"
            )
        )
    question = QUESTIONS[dimensions[0] if dimensions else "composition"].zh
    levels = shares.groupby("document_id")["item_level"]
    wanted = levels.transform("min") if level is None else levels.transform("max").clip(upper=level)
    shares = shares[wanted.isna() | (shares["item_level"] == wanted)]

    def draw(rows: pd.DataFrame) -> Panel:
        shown = largest_rows(rows, "amount_yuan", "item_name")
        shown["written"] = [
            f"{percent(row.share)} · {wan(row.amount_yuan)} 万元".removeprefix(" · ")
            for row in shown.itertuples()
        ]
        words = {True: "文件自述的占比", False: "文件自述的占比，与此不符"}
        shown["mark"] = shown["agrees"].map(words)
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(
                shown, share="占比", cumulative_share="累计占比", stated_share="自述占比"
            ),
        )
        bars = base.mark_bar(color=SKY).encode(
            x=alt.X("share:Q", title="占比", axis=alt.Axis(format=".0%"))
        )
        colours = {words[True]: "black", words[False]: VERMILLION}
        marks = base.mark_tick(thickness=3, opacity=1, height=STEP - 6).encode(
            x="stated_share:Q",
            color=legend_of(
                "mark", {word: colours[word] for word in shown["mark"].dropna().unique()}, TICK
            ),
        )
        shown["end"] = shown[["share", "stated_share"]].max(axis=1)
        level = rows["item_level"].iloc[0]
        notes = [
            f"{LEVEL_NAMES[level]}级科目" if level in LEVEL_NAMES else "",
            omitted(rows, shown),
        ]
        layers = [bars, marks] if shown["stated_share"].notna().any() else [bars]
        return titled(alt.layer(*layers, written_values(base, "end")), question, rows, notes)

    return panels(shares, "amount_yuan", question, draw)


def growth(changes: pd.DataFrame, *, basis: str = "stated") -> alt.VConcatChart:
    """Bars to both sides of the rates of change, with the amounts and the rate that the document states.

    `changes` comes from `jcdata.growth`. `basis` is `stated` or `documents`, as in the column of that name. What was
    nothing the year before has no rate and is counted in the subtitle.
    """
    question = QUESTIONS[f"growth_{basis}"].zh

    changes = changes[changes["basis"] == basis]

    def draw(rows: pd.DataFrame) -> Panel:
        largest = rows.loc[rows["change_yuan"].abs().sort_values(ascending=False).index[:MOST_BARS]]
        shown = largest_rows(largest, "rate", "subject")
        shown["written"] = [
            f"{row.rate:+.2%}{_stated(row.stated_rate)} · {wan(row.prior_yuan)} → {wan(row.current_yuan)} 万元"
            for row in shown.itertuples()
        ]
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(
                shown,
                current_yuan="本年",
                prior_yuan="上年",
                change_yuan="增减额",
                rate="增减率",
                stated_rate="自述增减率",
            ),
        )
        bars = base.mark_bar().encode(
            x=alt.X(
                "rate:Q",
                title="增减率",
                axis=alt.Axis(labelExpr="datum.value === 0 ? '0%' : format(datum.value, '+.0%')"),
            ),
            color=alt.condition("datum.rate < 0", alt.value(VERMILLION), alt.value(BLUE)),
        )
        zero = alt.Chart().mark_rule(color=GREY).encode(x=alt.datum(0))
        text = base.mark_text(align="left").encode(x=alt.value(WIDTH + 10), text="written:N")
        unrated = (changes["document_id"].isin(rows["document_id"]) & changes["rate"].isna()).sum()
        notes = [omitted(rows, shown), f"上年为零而无增减率者 {unrated} 项" if unrated else ""]
        return titled(alt.layer(bars, zero, text, data=shown), question, rows, notes)

    return panels(changes[changes["rate"].notna()], "current_yuan", question, draw)


def project_costs(costs: pd.DataFrame) -> alt.VConcatChart:
    """Bars of the money that stands behind each indicator, the projects with much money and few indicators in red.

    `costs` comes from `jcdata.project_costs`. Much and few mean more and less than the document's median, which the
    subtitle gives. Projects without any indicator stand first, without a bar.
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
            else f"{wan(row.amount_yuan)} 万元，没有指标"
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
            omitted(rows, shown),
            f"钱多、指标少：资金多于中位数 {wan(money)} 万元，指标少于中位数 {count:g} 项",
        ]
        return titled(alt.layer(bars, written_values(base, "per_indicator")), question, rows, notes)

    return panels(costs, "amount_yuan", question, draw)


def carry_over(carried: pd.DataFrame) -> alt.VConcatChart:
    """One stacked bar a document: money carried over openly, and arrears hidden in projects; below, what each is for.

    `carried` comes from `jcdata.carry_over`; money that it lists twice is drawn once.
    """
    question = QUESTIONS["carry_over"].zh
    once = carried[~carried["is_repeated"]]
    if once.empty:
        return nothing(question)
    colours = legend_of(
        "group", dict(zip(CARRY_OVER_KINDS.values(), (BLUE, VERMILLION), strict=True))
    )
    once = once.assign(
        group=once["kind"].map(CARRY_OVER_KINDS),
        item=once["project_name"].where(once["project_name"] != "", once["item_name"]),
    )

    def draw(rows: pd.DataFrame) -> Panel:
        shown = largest_rows(rows, "amount_yuan", "item")
        shown["wan"] = shown["amount_yuan"] / YUAN_PER_WAN
        shown["written"] = [
            f"{wan(row.amount_yuan)} 万元 · {percent(row.share_of_total)}".removesuffix(" · ")
            for row in shown.itertuples()
        ]
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(
                shown, amount_yuan="金额", share_of_total="占当年总支出", group="类别"
            ),
        )
        bars = base.mark_bar().encode(x=alt.X("wan:Q", title="金额（万元）"), color=colours)
        return titled(
            alt.layer(bars, written_values(base, "wan")),
            QUESTIONS["carry_over_items"].zh,
            rows,
            [omitted(rows, shown), "百分数为占当年总支出"],
        )

    parts = panels(once, "amount_yuan", question, draw)
    both = [_stacked(once, question, colours), parts]
    chart: alt.VConcatChart = alt.vconcat(*both, spacing=30).resolve_scale(color="independent")
    return chart


def _stacked(once: pd.DataFrame, question: str, colours: alt.Color) -> Panel:
    """One bar a document, the sum of its money for earlier years written beside it."""
    sums = once.groupby(
        ["document_id", "unit_name", "fiscal_year", "document_kind"], as_index=False, dropna=False
    )
    sums = sums[["amount_yuan", "share_of_total"]].sum(min_count=1)
    shown = sums.sort_values("amount_yuan", ascending=False, kind="stable").head(MOST_BARS)
    shown["name"] = unique(pd.Series([name_of(row) for row in shown.itertuples()], shown.index))
    shown["wan"] = shown["amount_yuan"] / YUAN_PER_WAN
    shown["written"] = [
        f"共 {wan(row.amount_yuan)} 万元，占当年总支出 {percent(row.share_of_total) or '未知'}"
        for row in shown.itertuples()
    ]
    parts = once.groupby(["document_id", "group"], as_index=False)["amount_yuan"].sum()
    parts = parts.merge(shown[["document_id", "name"]], on="document_id")
    parts["wan"] = parts["amount_yuan"] / YUAN_PER_WAN
    parts["written"] = parts["amount_yuan"].map(wan)
    parts["inside"] = parts["written"].where(parts["wan"] > shown["wan"].max() * NARROWEST, "")
    base = alt.Chart(parts).encode(
        x=alt.X("wan:Q", title="金额（万元）", stack="zero"),
        y=names_of(shown),
        order=alt.Order("group:N", sort="ascending"),
        tooltip=[alt.Tooltip("name:N", title="文件"), alt.Tooltip("group:N", title="类别"), alt.Tooltip("written:N", title="万元")],
    )  # fmt: skip
    bars = base.mark_bar().encode(color=colours)
    middle = alt.X("wan:Q", stack="zero", bandPosition=0.5)
    inside = base.mark_text(color="white").encode(x=middle, detail="group:N", text="inside:N")
    totals = written_values(alt.Chart(shown).encode(y=names_of(shown)), "wan")
    notes = ["上年结转是公开列出的；应付未付隐含在本年项目中", omitted(sums, shown)]
    title = alt.TitleParams(question, subtitle="；".join(filter(None, notes)))
    return alt.layer(bars, inside, totals).properties(
        width=WIDTH, height=alt.Step(STEP * 1.5), title=title
    )


def _stated(rate: float) -> str:
    return "" if pd.isna(rate) else f"（自述 {rate:+.2%}）"

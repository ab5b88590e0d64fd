"""Charts of the analyses for people: Chinese, in 万元, values written, largest first, each bar with its source line.

Each function takes a frame of the analysis of the same name and draws one panel a document, those with most money
first. What is left out for want of room is said in the chart.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from jcdata.analyses.carry_over_charts import carry_over, carry_over_breakdown
from jcdata.analyses.chart_theme import BLUE, GREY, SKY, VERMILLION, save
from jcdata.analyses.cost_charts import (
    indicator_quality,
    money_and_indicators,
    project_costs,
    project_funding,
)
from jcdata.analyses.frames import QUESTIONS
from jcdata.analyses.many_panels import peers, timeseries
from jcdata.analyses.panels import (
    MOST_BARS,
    STEP,
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
    wan,
    written_values,
)
from jcdata.codes import LEVELS
from jcdata.messages import Message

__all__ = [
    "carry_over",
    "carry_over_breakdown",
    "composition",
    "growth",
    "indicator_quality",
    "money_and_indicators",
    "peers",
    "project_costs",
    "project_funding",
    "save",
    "timeseries",
]

LEVEL_NAMES = dict(enumerate(LEVELS, start=1))
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


def _stated(rate: float) -> str:
    return "" if pd.isna(rate) else f"（自述 {rate:+.2%}）"

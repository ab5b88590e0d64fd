"""What the money is made of, drawn: shares of a named base, all units on one axis up to 100 %."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from jcdata.analyses.chart_theme import SKY, VERMILLION
from jcdata.analyses.frames import QUESTIONS
from jcdata.analyses.panels import (
    STEP,
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
from jcdata.schema import KEY_SHARES, SHARE_BASES

LEVEL_NAMES = dict(enumerate(LEVELS, start=1))
NATURES = {
    "basic": "基本支出",
    "project": "项目支出",
    "carry_over": "其中：上年结转",
    "total": "合计",
}
CELL = 140  # width in which money and a share can be written
TICK = "M-0.2,-1H0.2V1H-0.2Z"  # in a legend


def composition(shares: pd.DataFrame, *, level: int | None = None) -> alt.VConcatChart:
    """Bars of the shares of one dimension, with amounts; a mark where the document states a share.

    All panels have one axis up to 100 %, of the base that is named.
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

    shares = shares.assign(labelled=[_with_parent(row) for row in shares.itertuples()])
    ends = shares[["share", "stated_share"]].stack()
    axis = alt.Scale(domain=[min(0, ends.min()), max(1, ends.max())] if len(ends) else [0, 1])

    def draw(rows: pd.DataFrame) -> Panel:
        shown = largest_rows(rows, "amount_yuan", "labelled")
        shown["written"] = [
            f"{percent(row.share)} · {wan(row.amount_yuan)} 万元".removeprefix(" · ")
            for row in shown.itertuples()
        ]
        base_name = SHARE_BASES[rows["base"].iloc[0]]
        words = {True: "文件自述的占比", False: "文件自述的占比，与此不符"}
        shown["mark"] = shown["agrees"].map(words)
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(
                shown, share="占比", cumulative_share="累计占比", stated_share="自述占比"
            ),
        )
        bars = base.mark_bar(color=SKY).encode(
            x=alt.X(
                "share:Q", title=f"占{base_name}的比重", axis=alt.Axis(format=".0%"), scale=axis
            )
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
            f"100% 为{base_name} {wan(rows['base_yuan'].iloc[0])} 万元",
            f"{LEVEL_NAMES[level]}级科目" if level in LEVEL_NAMES else "",
            omitted(rows, shown),
        ]
        layers = [bars, marks] if shown["stated_share"].notna().any() else [bars]
        return titled(alt.layer(*layers, written_values(base, "end")), question, rows, notes)

    return panels(shares, "amount_yuan", question, draw)


def function_by_nature(items: pd.DataFrame, *, level: int = 3) -> alt.VConcatChart:
    """A heat table of functional items by nature, each cell with its money and its share of the row.

    `items` comes from `jcdata.function_by_nature`; `level` chooses among 类, 款 and 项. What is not printed is said.
    """
    question = QUESTIONS["function_by_nature"].zh
    items = items[items["item_level"] == level]
    items = items.assign(labelled=[_with_parent(row) for row in items.itertuples()])

    def draw(rows: pd.DataFrame) -> Panel:
        shown = largest_rows(rows, "total_yuan", "labelled")
        cells = pd.concat(
            shown.assign(
                nature=word,
                cell_yuan=shown[f"{nature}_yuan"],
                share=shown.get(f"{nature}_share"),
            )
            for nature, word in NATURES.items()
        )
        cells["share"] = cells["share"].astype(float)
        cells["written"] = [_written_cell(row) for row in cells.itertuples()]
        base = alt.Chart(cells).encode(
            x=alt.X(
                "nature:N",
                sort=list(NATURES.values()),
                title=None,
                axis=alt.Axis(orient="top", labelAngle=0),
                scale=alt.Scale(paddingInner=0.02, paddingOuter=0),
            ),
            y=names_of(shown),
            tooltip=tooltip_of(cells, nature="性质", cell_yuan="金额", share="占该行合计"),
        )
        colour = alt.Color(
            "share:Q",
            scale=alt.Scale(domain=[0, 1], scheme="blues"),
            legend=alt.Legend(title="占该行合计的比重", format=".0%"),
        )
        tiles = base.mark_rect(stroke="white").encode(color=colour)
        dark = alt.condition("datum.share > 0.6", alt.value("white"), alt.value("black"))
        text = base.mark_text().encode(text="written:N", color=dark)
        notes = [
            "万元，括号内为占该行合计的比重",
            f"{LEVEL_NAMES[level]}级科目",
            "上年结转已含在基本支出或项目支出中",
            omitted(rows, shown),
        ]
        table = titled(alt.layer(tiles, text), question, rows, notes)
        return table.properties(width=CELL * len(NATURES))

    return panels(items, "total_yuan", question, draw, axes=())


def key_shares(shares: pd.DataFrame) -> alt.VConcatChart:
    """Bars of the shares asked for first, all on one axis up to 100 %, each with its amount and its base.

    `shares` comes from `jcdata.key_shares`.
    """
    question = QUESTIONS["key_shares"].zh
    axis = alt.Scale(domain=[0, max([1, *shares["share"].dropna()])])
    words = [
        f"{KEY_SHARES[row.share_key]}（占{SHARE_BASES[row.base]}）" for row in shares.itertuples()
    ]
    shares = shares.assign(labelled=pd.Series(words, shares.index, dtype=object))

    def draw(rows: pd.DataFrame) -> Panel:
        shown = largest_rows(rows, "share", "labelled")
        shown["written"] = [
            f"{percent(row.share)} = {wan(row.amount_yuan)} ÷ {wan(row.base_yuan)} 万元"
            for row in shown.itertuples()
        ]
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(shown, amount_yuan="金额", base_yuan="基数", share="占比"),
        )
        bars = base.mark_bar(color=SKY).encode(
            x=alt.X("share:Q", title="占所注基数的比重", axis=alt.Axis(format=".0%"), scale=axis)
        )
        layers = alt.layer(bars, written_values(base, "share"))
        return titled(layers, question, rows, ["文件未列示者不画"])

    return panels(shares, "amount_yuan", question, draw)


def _written_cell(row: Any) -> str:
    if pd.isna(row.cell_yuan):
        return "未列示"
    share = percent(row.share)
    return f"{wan(row.cell_yuan)}（{share}）" if share and row.cell_yuan else wan(row.cell_yuan)


def _with_parent(row: Any) -> str:
    return row.item_name if pd.isna(row.parent_name) else f"{row.item_name}（{row.parent_name}）"

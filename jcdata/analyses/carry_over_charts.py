"""Charts of the money between years: balances side by side, never stacked, and what each is made of."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jcdata.analyses.chart_theme import BLUE, VERMILLION
from jcdata.analyses.frames import QUESTIONS, YUAN_PER_WAN
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
from jcdata.schema import BALANCES, BREAKDOWNS, CARRY_OVER_KINDS

__all__ = ["carry_over", "carry_over_breakdown"]

COLOURS = dict(zip(CARRY_OVER_KINDS.values(), (BLUE, VERMILLION), strict=True))


def carry_over(carried: pd.DataFrame) -> alt.VConcatChart:
    """A bar for each document and balance: money carried over, and this year's money in arrears; below, what each is for.

    `carried` comes from `jcdata.carry_over`; money that it lists twice is drawn once, and the two are never added.
    """
    once = carried[~carried["is_repeated"]]
    if once.empty:
        return nothing(QUESTIONS["carry_over"].zh)
    once = once.assign(
        group=once["kind"].map(CARRY_OVER_KINDS),
        item=once["project_name"].where(once["project_name"] != "", once["item_name"]),
    )
    parts = [
        panels(
            once[once["group"] == group],
            "amount_yuan",
            QUESTIONS["carry_over_items"].zh,
            _items,
            length="amount_yuan",
        )
        for group in COLOURS
        if (once["group"] == group).any()
    ]
    chart: alt.VConcatChart = alt.vconcat(_balances(once), *parts, spacing=30).resolve_scale(
        color="independent"
    )
    return chart


def carry_over_breakdown(
    parts: pd.DataFrame, *, balance: str = "earlier_work", breakdown: str = "origin_year"
) -> alt.VConcatChart:
    """Bars of what one balance is made of by one breakdown, each with its share of the balance.

    `parts` comes from `jcdata.carry_over_breakdown`, `balance` and `breakdown` are words of those columns. What the document
    does not say is drawn as such.
    """
    question = f"{BALANCES[balance]}：按{BREAKDOWNS[breakdown]}，分别是多少？"
    chosen = parts[(parts["balance"] == balance) & (parts["breakdown"] == breakdown)]

    def draw(rows: pd.DataFrame) -> Panel:
        named = rows.assign(item=rows["item_name"].where(rows["item_name"] != "", "文件未列示"))
        shown = largest_rows(named, "amount_yuan", "item")
        shown["written"] = [
            f"{wan(row.amount_yuan)} 万元 · {percent(row.share)}".removesuffix(" · ")
            for row in shown.itertuples()
        ]
        note = f"百分数为占合计 {wan(rows['base_yuan'].iloc[0])} 万元"
        return titled(_bars(shown, share="占合计"), question, rows, [note, omitted(rows, shown)])

    return panels(chosen, "amount_yuan", question, draw, length="amount_yuan")


def _items(rows: pd.DataFrame) -> Panel:
    shown = largest_rows(rows, "amount_yuan", "item")
    shown["written"] = [
        _of_total(row.amount_yuan, row.share_of_total) for row in shown.itertuples()
    ]
    group = rows["group"].iloc[0]
    notes = [omitted(rows, shown), "百分数为占当年总支出"]
    question = f"{group}，{QUESTIONS['carry_over_items'].zh}"
    return titled(
        _bars(shown, COLOURS[group], share_of_total="占当年总支出"), question, rows, notes
    )


def _balances(once: pd.DataFrame) -> Panel:
    """One bar a document and balance, each sum written beside its own bar."""
    keys = ["document_id", "unit_name", "fiscal_year", "document_kind", "group"]
    sums = once.groupby(keys, as_index=False, dropna=False)
    amounts = sums[["amount_yuan", "share_of_total"]].sum(min_count=1)
    largest = amounts.groupby("document_id")["amount_yuan"].transform("max")
    ordered = amounts.assign(largest=largest).sort_values(
        ["largest", "document_id", "group"], ascending=[False, True, True], kind="stable"
    )
    shown = ordered.head(MOST_BARS).drop(columns="largest").reset_index(drop=True)
    shown["name"] = unique(
        pd.Series([f"{row.group}  {name_of(row)}" for row in shown.itertuples()], shown.index)
    )
    shown["wan"] = shown["amount_yuan"] / YUAN_PER_WAN
    shown["written"] = [
        f"{wan(row.amount_yuan)} 万元，占当年总支出 {percent(row.share_of_total) or '未知'}"
        for row in shown.itertuples()
    ]
    base = alt.Chart(shown).encode(
        y=names_of(shown),
        tooltip=[
            alt.Tooltip("name:N", title="文件"),
            alt.Tooltip("written:N", title="金额"),
        ],
    )
    bars = base.mark_bar().encode(
        x=alt.X("wan:Q", title="金额（万元）"), color=legend_of("group", COLOURS)
    )
    notes = ["上年结转是上年的钱，应付未付用的是本年的钱，两者不可相加", omitted(amounts, shown)]
    title = alt.TitleParams(QUESTIONS["carry_over"].zh, subtitle="；".join(filter(None, notes)))
    chart: Panel = alt.layer(bars, written_values(base, "wan")).properties(
        width=WIDTH, height=alt.Step(STEP), title=title
    )
    return chart


def _bars(shown: pd.DataFrame, colour: str = BLUE, **share: str) -> Panel:
    """Bars of the amounts, with what is written behind them and the given share below the pointer."""
    shown["wan"] = shown["amount_yuan"] / YUAN_PER_WAN
    base = alt.Chart(shown).encode(
        y=names_of(shown), tooltip=tooltip_of(shown, amount_yuan="金额", **share)
    )
    bars = base.mark_bar(color=colour).encode(x=alt.X("wan:Q", title="金额（万元）"))
    return alt.layer(bars, written_values(base, "wan"))


def _of_total(amount: float, share: float) -> str:
    return f"{wan(amount)} 万元 · {percent(share)}".removesuffix(" · ")

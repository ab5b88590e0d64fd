"""What grew and what shrank, drawn."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from jcdata.analyses.chart_theme import BLUE, GREY, LIGHT_GREY, LINES, VERMILLION
from jcdata.analyses.frames import QUESTIONS, YUAN_PER_WAN
from jcdata.analyses.panels import (
    MOST_BARS,
    STEP,
    WIDTH,
    Panel,
    largest_rows,
    legend_of,
    names_of,
    nothing,
    omitted,
    panels,
    signed_wan,
    titled,
    tooltip_of,
    wan,
)
from jcdata.codes import LEVELS
from jcdata.schema import GROWTH_STEPS, SCOPES, SHOWN_TABLE_NAMES, TABLE_NUMBERS

LEVEL_NAMES = dict(enumerate(LEVELS, start=1))
TOTALS = ("prior_year", "this_year")
NO_YEAR_BEFORE = (
    "没有上年的同类文件可比 / no document of its kind of the year before to compare with"
)
MOST_REASON = 24  # characters that stand beside a step; the tooltip has all


def growth(
    changes: pd.DataFrame, *, basis: str = "stated", table: str | None = None, level: int = 1
) -> alt.VConcatChart:
    """Bars to both sides of the changes, the largest first, with the amounts, the rate and the one that is stated.

    `changes` comes from `jcdata.growth`. `basis` is `stated` or `documents`, as in the column of that name. Two documents
    are compared by one `table`, the first that both print if none is given, and one `level` of its items. What is stated
    of two subjects is drawn once.
    """
    question = QUESTIONS[f"growth_{basis}"].zh
    chosen = changes[changes["basis"] == basis]
    chosen = chosen[~chosen["is_repeated"].astype(bool) & chosen["change_yuan"].notna()]
    if basis == "documents":
        if chosen.empty:
            return nothing(question, NO_YEAR_BEFORE)
        chosen = chosen[chosen["is_total"].eq(False).fillna(False).astype(bool)]
        chosen = chosen[chosen["item_level"].isna() | (chosen["item_level"] == level)]
        numbers = chosen["table_key"].map(TABLE_NUMBERS)
        first = numbers == numbers.groupby(chosen["document_id"]).transform("min")
        chosen = chosen[first if table is None else chosen["table_key"] == table]

    def draw(rows: pd.DataFrame) -> Panel:
        largest = rows.loc[rows["change_yuan"].abs().sort_values(ascending=False).index[:MOST_BARS]]
        shown = largest_rows(largest, "change_yuan", "subject")
        shown["wan"] = shown["change_yuan"] / YUAN_PER_WAN
        shown["written"] = [
            f"{signed_wan(row.change_yuan)} 万元（{wan(row.prior_yuan)} → {wan(row.current_yuan)}） · "
            f"{_rate(row.rate)}{_stated(row.stated_rate)}"
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
            x=alt.X("wan:Q", title="增减额（万元）", axis=alt.Axis(format="+,.0f")),
            color=alt.condition("datum.wan < 0", alt.value(VERMILLION), alt.value(BLUE)),
        )
        zero = alt.Chart().mark_rule(color=GREY).encode(x=alt.datum(0))
        text = base.mark_text(align="left").encode(x=alt.value(WIDTH + 10), text="written:N")
        by_table = basis == "documents"
        notes = [
            SHOWN_TABLE_NAMES[rows["table_key"].iloc[0]] if by_table else "",
            f"{LEVEL_NAMES[level]}级科目" if by_table and rows["item_level"].notna().any() else "",
            "百分数为与上年之比",
            omitted(rows, shown),
        ]
        return titled(alt.layer(bars, zero, text, data=shown), question, rows, notes)

    return panels(chosen, "current_yuan", question, draw, length="change_yuan")


def growth_decomposition(steps: pd.DataFrame, *, basis: str = "stated") -> alt.VConcatChart:
    """A waterfall from last year's total to this year's, each step with its money and points of last year's total.

    `steps` comes from `jcdata.growth_decomposition`, `basis` is as there. Reasons without an amount are written at the
    step that they are about; their money is part of what is not explained.
    """
    question = QUESTIONS["growth_decomposition"].zh
    steps = steps[steps["basis"] == basis]

    def draw(rows: pd.DataFrame) -> Panel:
        (like,) = [*rows[rows["step"] == "like_for_like"].itertuples()] or [None]
        shown = rows[rows["step"] != "like_for_like"].reset_index(drop=True)
        is_total = shown["step"].isin(TOTALS)
        change = shown["amount_yuan"].where(~is_total, 0).fillna(0)
        end = shown["amount_yuan"].iloc[0] + change.cumsum()
        shown["begin_wan"] = (end - change).where(~is_total, 0) / YUAN_PER_WAN
        shown["end_wan"] = end.where(~is_total, shown["amount_yuan"]) / YUAN_PER_WAN
        shown["name"] = shown["step"].map(GROWTH_STEPS)
        shown["source"] = shown["document_id"] + ":" + shown["line_no"].astype(str)
        shown["kind"] = "减"
        shown.loc[shown["amount_yuan"] > 0, "kind"] = "增"
        shown.loc[shown["step"] == "unexplained", "kind"] = "未说明"
        shown.loc[is_total, "kind"] = "总额"
        shown["written"] = [_written_step(row) for row in shown.itertuples()]
        shown["far_wan"] = shown[["begin_wan", "end_wan"]].max(axis=1)
        shown["reason"] = shown["reason"].fillna("")
        base = alt.Chart(shown).encode(
            y=names_of(shown),
            tooltip=tooltip_of(shown, amount_yuan="金额", points="占上年总额", reason="原因"),
        )
        bars = base.mark_bar().encode(
            x=alt.X("begin_wan:Q", title="金额（万元）", axis=alt.Axis(format=",.0f")),
            x2="end_wan:Q",
            color=legend_of(
                "kind", {"总额": GREY, "增": BLUE, "减": VERMILLION, "未说明": LIGHT_GREY}
            ),
        )
        text = base.mark_text(align="left").encode(x=alt.value(WIDTH + 10), text="written:N")
        stated = rows["stated_rate"].dropna()
        notes = [
            f"自述 {stated.iloc[0]:+.2%}" if len(stated) else "未自述增减率",
            f"剔除结转与以前年度欠款后 {like.points:+.1%}" if like else "可比增减无法得出",
            "百分点以上年总额为基数",
        ]
        return titled(alt.layer(bars, text), question, rows, notes)

    return panels(steps, "amount_yuan", question, draw, length="amount_yuan")


def item_years(years: pd.DataFrame, *, level: int = 1) -> alt.VConcatChart:
    """A line per item over the years, of what was budgeted and, dashed, of what was spent; the largest items of a unit.

    `years` comes from `jcdata.item_years`; `level` chooses among 类, 款 and 项. Units of a single document are counted.
    """
    question = QUESTIONS["item_years"].zh
    years = years[years["item_level"] == level]
    kinds = {"budget_yuan": "预算数", "actual_yuan": "决算数"}
    key = years["unit_name"] + years["scope"]
    years = years.assign(document_id=key, largest=years[[*kinds]].max(axis=1))
    units, has_scopes = key.nunique(), years.groupby("unit_name")["scope"].transform("nunique") > 1
    years = years.assign(whose=years["unit_name"].where(~has_scopes, _with_scope(years)))
    several = years[_is_of_several(years, [*kinds])]
    if several.empty and units:
        return nothing(
            question, "没有一个单位有两份文件可比 / no unit has two documents to compare"
        )
    years, single = several, units - several["document_id"].nunique()

    def draw(rows: pd.DataFrame) -> Panel:
        largest = rows.groupby("item_code")["largest"].max().nlargest(len(LINES)).index
        names = rows.groupby("item_code")["item_name"].last()
        shown = rows[rows["item_code"].isin(largest)]
        shown = pd.concat(
            shown.assign(kind=word, amount=shown[column] / YUAN_PER_WAN)
            for column, word in kinds.items()
        )
        shown = shown.assign(
            name=shown["item_code"].map(names), written=shown["amount"].map("{:,.2f}".format)
        ).dropna(subset="amount")
        base = alt.Chart(shown).encode(
            x=alt.X("fiscal_year:O", title="年度", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("amount:Q", title="金额（万元）", axis=alt.Axis(grid=True, format=",.0f")),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(names[largest]), range=LINES),
                legend=alt.Legend(orient="right"),
            ),
            strokeDash=alt.StrokeDash(
                "kind:N", scale=alt.Scale(domain=[*kinds.values()]), legend=None
            ),
            tooltip=[
                alt.Tooltip("name:N", title="科目"),
                alt.Tooltip("fiscal_year:O", title="年度"),
                alt.Tooltip("kind:N", title="类别"),
                alt.Tooltip("written:N", title="金额（万元）"),
                alt.Tooltip("execution_rate:Q", title="执行率", format=".2%"),
            ],
        )
        lines = alt.layer(base.mark_line(), base.mark_point(filled=True, size=50))
        items = rows["item_code"].nunique()
        notes = [
            rows["whose"].iloc[0],
            f"支出总表的{LEVEL_NAMES[level]}级科目",
            f"{items} 项中最大的 {len(LINES)} 项" if items > len(LINES) else "",
            "实线为预算数，虚线为决算数，没有文件的年度不画",
            f"只有一份文件的 {single} 个单位未画" if single else "",
        ]
        title = alt.TitleParams(question, subtitle="；".join(filter(None, notes)))
        return lines.properties(width=WIDTH, height=STEP * 10, title=title)

    return panels(years, "largest", question, draw, length="largest", axes=("x", "y"), of="个单位")


def _is_of_several(years: pd.DataFrame, kinds: list[str]) -> pd.Series:
    """Which rows are of units with several documents: of two years, or a year's budget and what was spent."""
    keys = [years["document_id"], years["fiscal_year"]]
    documents = years[kinds].notna().groupby(keys).any().sum(axis=1).groupby("document_id").sum()
    return years["document_id"].map(documents) > 1


def _with_scope(years: pd.DataFrame) -> pd.Series:
    """The name of a unit and whether a document covers all of its department."""
    return years["unit_name"] + "（" + years["scope"].replace("", SCOPES[""]) + "）"


def _written_step(row: Any) -> str:
    reason = f"：{row.reason}" if isinstance(row.reason, str) else ""
    if reason and len(reason) > MOST_REASON:
        reason = f"{reason[:MOST_REASON]}…"
    if row.step in TOTALS:
        return f"{wan(row.amount_yuan)} 万元"
    if pd.isna(row.amount_yuan):
        return f"金额未列示{reason}"
    only = "" if pd.isna(row.has_prior) or row.has_prior else "（本年数，上年未列示）"
    return f"{signed_wan(row.amount_yuan)} 万元，{100 * row.points:+.1f} 个百分点{only}{reason}"


def _rate(rate: float) -> str:
    return "上年为零" if pd.isna(rate) else f"{rate:+.2%}"


def _stated(rate: float) -> str:
    return "" if pd.isna(rate) else f"（自述 {rate:+.2%}）"

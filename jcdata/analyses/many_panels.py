"""Charts of many units and years: small panels on common axes, so that what is drawn longer is more."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jcdata.analyses.chart_theme import BLUE, GREY, SKY, VERMILLION
from jcdata.analyses.frames import QUESTIONS, YUAN_PER_WAN
from jcdata.analyses.panels import (
    MOST_PANELS,
    STEP,
    WIDTH,
    Panel,
    largest_rows,
    legend_of,
    names_of,
    nothing,
    omitted,
    tooltip_of,
    wan,
    written_values,
)
from jcdata.messages import Message
from jcdata.schema import DOCUMENT_KINDS, PEER_MEASURES, SCOPES, SERIES, SHOWN_TABLE_NAMES

MOST_SERIES = 12
COLUMNS = 3
SMALL_WIDTH, SMALL_HEIGHT = 230, 130
PLANNED, SPENT = "预算数", "决算数"


def peers(
    compared: pd.DataFrame, *, measure: str = "expenditure", unit: str | None = None
) -> alt.VConcatChart:
    """Bars of one measure of units of the same year, kind and scope, with the median and the middle half of them.

    `compared` comes from `jcdata.peers`; `measure` is one of its measures. A panel for each group of at least two
    peers, the largest groups first, all on one axis: 万元 for totals, 元 per head, vehicle and square metre. The bars of
    `unit` stand out. Raises ValueError for a measure that is none.
    """
    if measure not in PEER_MEASURES:
        raise ValueError(
            Message(f"no measure {measure!r}; there is: {', '.join(PEER_MEASURES)}", "没有这项指标")
        )
    question = f"{PEER_MEASURES[measure]}：{QUESTIONS['peers'].zh}"
    rows = compared[(compared["measure"] == measure) & (compared["peer_count"] > 1)]
    if rows.empty:
        return nothing(question, "没有同年同类的单位可比 / no peers to compare with")
    money, size = ("元", 1) if "_per_" in measure else ("万元", YUAN_PER_WAN)
    groups = sorted(
        (group for _, group in rows.groupby(["fiscal_year", "document_kind", "scope"], sort=False)),
        key=lambda group: (-len(group), -group["fiscal_year"].iloc[0]),
    )
    panels = [_peer_panel(group, money, size, unit) for group in groups[:MOST_PANELS]]
    notes = ["竖线为中位数，浅色带为中间一半单位（四分位数之间）"]
    if len(groups) > MOST_PANELS:
        notes.append(f"{len(groups)} 组中单位最多的 {MOST_PANELS} 组")
    chart: alt.VConcatChart = alt.vconcat(
        *panels,
        spacing=24,
        title=alt.TitleParams(question, subtitle="；".join(notes)),
    ).resolve_scale(x="shared")
    return chart


def _peer_panel(group: pd.DataFrame, money: str, size: int, unit: str | None) -> Panel:
    first = next(group.itertuples())
    shown = largest_rows(group, "value_yuan", "unit_name")
    for column in ("value", "lower_quartile", "median", "upper_quartile"):
        shown[column] = shown[f"{column}_yuan"] / size
    shown["written"] = [
        f"{row.value:,.2f} {money} · 第 {row.place} 位" for row in shown.itertuples()
    ]
    shown["end"] = shown[["value", "upper_quartile"]].max(axis=1)
    shown["middle"] = [f"{value:,.2f}" for value in shown["median"]]
    base = alt.Chart(shown).encode(
        y=names_of(shown),
        tooltip=[
            *tooltip_of(shown, written="数值与名次", peer_count="同类单位数"),
            alt.Tooltip("middle:N", title=f"中位数（{money}）"),
        ],
    )
    axis = alt.X("value:Q", title=f"金额（{money}）", scale=alt.Scale(zero=True))
    is_chosen = alt.FieldOneOfPredicate("unit_name", [unit] if unit else list(shown["unit_name"]))
    bars = base.mark_bar(height=STEP / 2).encode(
        x=axis, color=alt.condition(is_chosen, alt.value(BLUE), alt.value(GREY))
    )
    limits = alt.Chart(shown.head(1))
    band = limits.mark_rect(color=SKY, opacity=0.3).encode(
        x="lower_quartile:Q", x2="upper_quartile:Q"
    )
    median = limits.mark_rule(color=VERMILLION, strokeWidth=2).encode(x="median:Q")
    scope = f"{SCOPES[first.scope]}{DOCUMENT_KINDS[first.document_kind]}"
    subtitle = [
        f"{first.peer_count} 个单位，中位数 {first.median_yuan / size:,.2f} {money}",
        omitted(group, shown),
    ]
    title = alt.TitleParams(
        f"{first.fiscal_year:.0f}年 {scope}", subtitle="；".join(filter(None, subtitle))
    )
    return alt.layer(band, bars, median, written_values(base, "end")).properties(
        width=WIDTH, height=alt.Step(STEP), title=title
    )


def timeseries(series: pd.DataFrame) -> alt.VConcatChart:
    """A small panel for each unit's total or item over the years, budget and actual as two lines, on common axes.

    `series` comes from `jcdata.timeseries`. Those of several years with most money are drawn; what has one year only is
    counted in the subtitle. Years that no document covers are gaps in the line.
    """
    question = QUESTIONS["timeseries"].zh
    keys = ["unit_name", "scope", "measure", "item_code", "item_name", "of_table"]
    shown = series.assign(of_table=series["table_key"].where(series["measure"] == "item", ""))
    of_series = shown.groupby(keys, dropna=False)
    several = shown[of_series["fiscal_year"].transform("nunique") > 1]
    if several.empty:
        return nothing(question, "没有一项有两年的数据 / nothing has two years")
    money = several[["budget_yuan", "actual_yuan"]].max(axis=1)
    largest = (
        several.assign(money=money)
        .groupby(keys, dropna=False)["money"]
        .max()
        .sort_values(ascending=False, kind="stable")
    )
    years = range(int(several["fiscal_year"].min()), int(several["fiscal_year"].max()) + 1)
    top = float(largest.iloc[0]) / YUAN_PER_WAN
    one_unit = several[["unit_name", "scope"]].drop_duplicates().shape[0] == 1
    drawn = []
    for key in largest.index[:MOST_SERIES]:
        own = several[several[keys].apply(tuple, axis=1) == key]
        drawn.append(_series_panel(own, years, top, one_unit))
    rows = [alt.hconcat(*drawn[n : n + COLUMNS]) for n in range(0, len(drawn), COLUMNS)]
    notes = [
        several["unit_name"].iloc[0] if one_unit else "",
        "各图坐标相同，金额为万元",
        f"{len(largest)} 项中金额最大的 {MOST_SERIES} 项" if len(largest) > MOST_SERIES else "",
        f"只有一年的 {of_series.ngroups - len(largest)} 项未画"
        if of_series.ngroups > len(largest)
        else "",
    ]
    title = alt.TitleParams(question, subtitle="；".join(filter(None, notes)))
    chart: alt.VConcatChart = alt.vconcat(*rows, title=title)
    return chart


def _series_panel(own: pd.DataFrame, years: range, top: float, one_unit: bool) -> Panel:
    first = next(own.itertuples())
    points = pd.concat(
        own.assign(
            group=word,
            money_yuan=own[f"{side}_yuan"],
            document_id=own[f"{side}_document_id"],
            line_no=own[f"{side}_line_no"],
        )
        for side, word in (("budget", PLANNED), ("actual", SPENT))
    )
    points = points[points["money_yuan"].notna()].copy()
    name = first.item_name if first.measure == "item" else SERIES[first.measure]
    points["name"] = name
    points["year"] = points["fiscal_year"].map("{:.0f}年".format)
    points["wan"] = points["money_yuan"] / YUAN_PER_WAN
    points["written"] = points["money_yuan"].map(wan)
    points["source"] = points["document_id"] + ":" + points["line_no"].map("{:.0f}".format)
    # A year without a document parts the line
    points["run"] = points["fiscal_year"] - points.groupby("group")["fiscal_year"].rank()
    base = alt.Chart(points).encode(
        x=alt.X(
            "year:O",
            title=None,
            axis=alt.Axis(labelAngle=0),
            scale=alt.Scale(domain=[f"{year}年" for year in years]),
        ),
        y=alt.Y("wan:Q", title=None, scale=alt.Scale(domain=[0, top * 1.15])),
        color=legend_of("group", {PLANNED: BLUE, SPENT: VERMILLION}),
        detail="run:N",
        tooltip=tooltip_of(points, unit_name="单位", year="年度", group="口径", money_yuan="金额"),
    )
    shape = alt.Shape(
        "group:N",
        title=None,
        scale=alt.Scale(domain=[PLANNED, SPENT], range=["circle", "square"]),
    )
    text = base.mark_text(dy=-10, fontSize=10).encode(text="written:N", color=alt.value(GREY))
    whose = "" if one_unit else first.unit_name
    table = SHOWN_TABLE_NAMES[first.table_key] if first.measure == "item" else ""
    return alt.layer(
        base.mark_line(),
        base.mark_point(filled=True, size=50, opacity=1).encode(shape=shape),
        text,
    ).properties(
        width=SMALL_WIDTH,
        height=SMALL_HEIGHT,
        title=alt.TitleParams(
            name, subtitle=" ".join(filter(None, [whose, table])), limit=SMALL_WIDTH + 40
        ),
    )

"""What the charts have in common: a panel for each document, names on the left, values behind the bars, tooltips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import altair as alt
import pandas as pd

from jcdata.analyses.chart_theme import GREY
from jcdata.analyses.frames import YUAN_PER_WAN
from jcdata.schema import DOCUMENT_KINDS

Panel: TypeAlias = alt.LayerChart | alt.FacetChart  # what alt.layer is declared to give

WIDTH = 340
STEP = 24  # height of a bar with the space around it
LABELS = 270  # most width that the names on the left take
MOST_PANELS = 6
MOST_BARS = 30
MOST_TIMES = 10  # by which the longest bars of two panels on one axis may differ


def panels(
    frame: pd.DataFrame,
    money: str,
    question: str,
    draw: Callable[[pd.DataFrame], Panel],
    *,
    length: str = "",
    axes: Sequence[str] = ("x",),
    of: str = "份文件",
) -> alt.VConcatChart:
    """A panel for each document, those with most money first; a sentence where there is nothing to draw.

    The panels have the `axes` in common, so that what is drawn longer is more, unless `length`, the column that is drawn,
    is so unlike that those with least could not be seen: then the title says it. `of` is what a panel is of.
    """
    if frame.empty:
        return nothing(question)
    largest = frame.groupby("document_id")[money].sum().sort_values(ascending=False, kind="stable")
    shown = largest.index[:MOST_PANELS]
    parts = _by_document(frame)
    chart: alt.VConcatChart = alt.vconcat(
        *(draw(parts[document_id]) for document_id in shown), spacing=30
    )
    notes = []
    if len(largest) > MOST_PANELS:
        notes.append(f"{len(largest)} {of}中金额最大的 {MOST_PANELS} {of[0]}")
    if length and _are_unlike(frame[length].astype(float).groupby(frame["document_id"]), shown):
        notes.append("数额悬殊，各图坐标不同")
        axes = ()
    scales = {"color": "independent"} | dict.fromkeys(axes, "shared")
    chart = chart.properties(resolve=alt.Resolve.from_dict({"scale": scales}))
    return chart.properties(title="；".join(notes)) if notes else chart


def _by_document(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each document; of those that are called the same, such as of a department and its own unit, `file` says which."""
    parts = {str(document_id): rows for document_id, rows in frame.groupby("document_id")}
    if "document_kind" not in frame:  # of units, which tell their names themselves
        return parts
    names = {key: name_of(next(rows.itertuples())) for key, rows in parts.items()}
    alike = Counter(names.values())
    return {
        key: rows.assign(file=key) if alike[names[key]] > 1 else rows for key, rows in parts.items()
    }


def _are_unlike(lengths: Any, shown: pd.Index) -> bool:
    """Whether what is longest in one panel could hardly be seen beside what is longest in another."""
    longest = lengths.agg(lambda drawn: drawn.abs().max())[shown]
    return bool(longest.max() > MOST_TIMES * longest[longest > 0].min())


def nothing(
    question: str, answer: str = "没有读到这项数据 / nothing of it was read"
) -> alt.VConcatChart:
    """The question and why nothing is drawn, by default that nothing was read that answers it."""
    base = alt.Chart(pd.DataFrame({"written": [answer]}))
    text = base.mark_text(align="left", color=GREY).encode(x=alt.value(0), text="written:N")
    return alt.vconcat(text.properties(width=WIDTH, height=STEP, title=question))


def titled(chart: Panel, question: str, rows: pd.DataFrame, notes: list[str]) -> Panel:
    """The chart with its question, whose document it is, and what one has to know."""
    first = next(rows.itertuples())
    file = f"文件 {first.file}" if hasattr(first, "file") else ""
    subtitle = "；".join([name_of(first), *filter(None, [file, *notes])])
    return chart.properties(
        width=WIDTH, height=alt.Step(STEP), title=alt.TitleParams(question, subtitle=subtitle)
    )


def name_of(row: Any) -> str:
    """The unit and year of a row's document, and that it is no budget."""
    unit = row.document_id if pd.isna(row.unit_name) else row.unit_name
    year = "" if pd.isna(row.fiscal_year) else f" {row.fiscal_year:.0f}年"
    return (
        f"{unit}{year}{'' if row.document_kind == 'budget' else DOCUMENT_KINDS[row.document_kind]}"
    )


def largest_rows(rows: pd.DataFrame, by: str, name: str) -> pd.DataFrame:
    """The rows with the largest values in descending order, with a name that no other has, and the source line."""
    shown = (
        rows.sort_values(by, ascending=False, kind="stable").head(MOST_BARS).reset_index(drop=True)
    )
    shown["name"] = unique(shown[name])
    shown["source"] = shown["document_id"] + ":" + shown["line_no"].astype(str)
    pages = rows.attrs.get("pages", {})
    shown["source"] += [f"，第{pages[s]}页" if s in pages else "" for s in shown["source"]]
    return shown


def unique(names: pd.Series) -> pd.Series:
    """Names of which no two are the same, as each has a bar of its own."""
    return names + names.groupby(names).cumcount().map(lambda n: f"（{n + 1}）" if n else "")


def omitted(rows: pd.DataFrame, shown: pd.DataFrame) -> str:
    """That not all rows are shown, '' if they are."""
    return f"{len(rows)} 项中的前 {len(shown)} 项" if len(rows) > len(shown) else ""


def names_of(shown: pd.DataFrame) -> alt.Y:
    """The names on the left, in the order of the rows."""
    return alt.Y("name:N", sort=list(shown["name"]), title=None, axis=alt.Axis(labelLimit=LABELS))


def written_values(base: alt.Chart, x: str) -> alt.Chart:
    """The values, written behind the bars."""
    text: alt.Chart = base.mark_text(align="left", dx=6).encode(x=f"{x}:Q", text="written:N")
    return text


def legend_of(column: str, colours: dict[str, str], symbol: str = "square") -> alt.Color:
    """A colour for each word that may stand in a column; the symbol is a name or an SVG path around the origin."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Color(f"{column}:N", title=None, scale=scale, legend=alt.Legend(symbolType=symbol))


def tooltip_of(shown: pd.DataFrame, **titles: str) -> list[alt.Tooltip]:
    """What is shown under the pointer: the whole name, the given columns, money in 万元, and the source line."""
    tooltip = [alt.Tooltip("name:N", title="名称")]
    for column, title in titles.items():
        if column.endswith("_yuan") or column.startswith("yuan_"):
            shown[f"{column}_wan"] = shown[column].map(wan)
            tooltip.append(alt.Tooltip(f"{column}_wan:N", title=f"{title}（万元）"))
        elif column.endswith(("share", "rate", "share_of_total", "points")):
            tooltip.append(alt.Tooltip(f"{column}:Q", title=title, format=".2%"))
        else:
            tooltip.append(alt.Tooltip(f"{column}:N", title=title))
    return [*tooltip, alt.Tooltip("source:N", title="出处（文件:行，页）")]


def percent(fraction: float) -> str:
    """A fraction as per cent with two decimals, '' where there is none."""
    return "" if pd.isna(fraction) else f"{fraction:.2%}"


def wan(yuan: float) -> str:
    """Yuan as 万元 with two decimals, '' where there is none."""
    return "" if pd.isna(yuan) else f"{yuan / YUAN_PER_WAN:,.2f}"


def signed_wan(yuan: float) -> str:
    """The same of a change, with its sign."""
    return f"{yuan / YUAN_PER_WAN:+,.2f}" if yuan and not pd.isna(yuan) else wan(yuan)

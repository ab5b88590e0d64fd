"""The charts of the workbook: a sheet for each of the four analyses, its figures at the left, drawn by Excel itself.

All bars of a chart have one axis, in a named unit and of a named base.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

import duckdb
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jcdata.analyses.frames import QUESTIONS, in_wan, read_rows
from jcdata.analyses.sentences import in_yuan, name_of, total
from jcdata.exports.formula_guard import neutralise
from jcdata.exports.workbook_cells import Formats, set_headings, set_printing, width_of, write_value
from jcdata.schema import CARRY_OVER_KINDS, CarryOver, Composition, Growth, ProjectCost
from jcdata.text import visible

MOST_BARS = 15
MOST_PARTS = 5  # of a bar; the others are one
LONGEST_LABEL = 18  # characters of what is drawn, beside the unit's name
WIDEST = 60  # columns, in half-width characters
# Okabe and Ito's colours, which all kinds of colour vision tell apart
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#666666")
_WIDTH, _BAR, _MARGIN = 860, 30, 150  # of a chart, in pixels
_MONEY = "#,##0.00"
_NOT_IN_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")

_Cells = Sequence[str | int | float | Decimal | None]


class ChartSheet(NamedTuple):
    """A sheet with a chart: its name, what the chart asks, what its axis is, and what it draws."""

    sheet: str
    question: str
    axis: str
    note: str
    read: Callable[[duckdb.DuckDBPyConnection], Drawn]
    subtype: str = ""


class Drawn(NamedTuple):
    """The figures of a chart: rows that begin with what a bar is called, and the columns that are bars.

    Money is in 万元. The rows are all that there are, the largest first.
    """

    headings: Sequence[str]
    codes: Sequence[str]
    rows: Sequence[_Cells]
    bars: Sequence[int]


def write_charts(
    book: Workbook, formats: Formats, con: duckdb.DuckDBPyConnection
) -> Iterator[tuple[ChartSheet, int]]:
    """Write the sheets, and give with each how many rows it has."""
    for one in CHART_SHEETS:
        found = one.read(con)
        drawn = found._replace(rows=found.rows[:MOST_BARS])
        sheet = book.add_worksheet(one.sheet)
        set_headings(sheet, drawn.headings, formats)
        for row, values in enumerate(drawn.rows, start=1):
            for no, (value, code) in enumerate(zip(values, drawn.codes, strict=True)):
                write_value(sheet, row, no, value, formats, code, "")
        for no, heading in enumerate(drawn.headings):
            widths = [width_of(heading) + 3, *(width_of(values[no]) for values in drawn.rows)]
            sheet.set_column(no, no, min(max(widths) + 1, WIDEST))
        sheet.autofilter(0, 0, len(drawn.rows), len(drawn.headings) - 1)
        set_printing(sheet)
        if drawn.rows:
            _draw(book, sheet, one, drawn, len(found.rows))
        yield one, len(drawn.rows)


def _draw(book: Workbook, sheet: Worksheet, one: ChartSheet, drawn: Drawn, count: int) -> None:
    """Put the chart below its figures, which it also holds itself, for programs that don't look them up.

    The title says how many there are, if these are not all.
    """
    chart = book.add_chart({"type": "bar", **({"subtype": one.subtype} if one.subtype else {})})
    for no, column in enumerate(drawn.bars):
        chart.add_series(
            {
                "name": [one.sheet, 0, column],
                "name_data": [_held(drawn.headings[column])],
                "categories": [one.sheet, 1, 0, len(drawn.rows), 0],
                "categories_data": [_held(str(row[0])) for row in drawn.rows],
                "values": [one.sheet, 1, column, len(drawn.rows), column],
                "values_data": [row[column] for row in drawn.rows],
                "fill": {"color": COLOURS[no]},
                "gap": 60,
            }
        )
    most = f"；{count} 项中的前 {len(drawn.rows)} 项" if count > len(drawn.rows) else ""
    chart.set_title({"name": f"{QUESTIONS[one.question].zh}（{one.note}{most}）", "name_font": {"size": 13}, "overlay": False})  # fmt: skip
    chart.set_y_axis(
        {"reverse": True, "label_position": "low", "interval_unit": 1, "num_font": {"size": 9}}
    )
    chart.set_x_axis(
        {
            "name": one.axis,
            "name_font": {"bold": False},
            "label_position": "high",  # at the bottom, as the first bar stands at the top
            "num_format": "0%" if one.subtype == "percent_stacked" else "General",
            "major_gridlines": {"visible": True, "line": {"color": "#D5DAE0"}},
        }
    )
    chart.set_legend({"position": "bottom"} if len(drawn.bars) > 1 else {"none": True})
    bars = len(drawn.rows) * (1 if one.subtype else len(drawn.bars))
    chart.set_size({"width": _WIDTH, "height": _MARGIN + _BAR * max(bars, 4)})
    sheet.insert_chart(len(drawn.rows) + 2, 0, chart, {"description": one.axis})


def _composition(con: duckdb.DuckDBPyConnection) -> Drawn:
    """A bar for each document, the largest first, its parts those of expenditure with most money in all."""
    rows = [
        row
        for row in read_rows(con, Composition, "composition")
        if row.dimension == "expenditure_type" and row.counts and row.base_yuan
    ]
    parts: defaultdict[str, Decimal] = defaultdict(Decimal)
    documents: defaultdict[str, list[Composition]] = defaultdict(list)
    for row in rows:
        parts[row.item_name] += in_yuan(row.amount_yuan)
        documents[row.document_id].append(row)
    named = sorted(parts, key=lambda name: -parts[name])[:MOST_PARTS]
    others = ["其他"] if len(parts) > len(named) else []
    largest = sorted(documents.values(), key=lambda own: -in_yuan(own[0].base_yuan))
    return Drawn(
        headings=("文件", *(neutralise(f"{name}（万元）") for name in [*named, *others]), "支出合计（万元）"),
        codes=("General", *[_MONEY] * (len(named) + len(others) + 1)),
        rows=[
            (
                name_of(own[0]),
                *(_wan(total(r.amount_yuan for r in own if r.item_name == name)) for name in named),
                *(_wan(total(r.amount_yuan for r in own if r.item_name not in named)) for _ in others),
                _wan(own[0].base_yuan),
            )
            for own in largest
        ],
        bars=range(1, 1 + len(named) + len(others)),
    )  # fmt: skip


def _growth(con: duckdb.DuckDBPyConnection) -> Drawn:
    """A bar for each change that a document states, the largest first."""
    rows = [
        row
        for row in read_rows(con, Growth, "growth")
        if row.basis == "stated" and row.counts and not row.is_repeated and row.change_yuan
    ]
    largest = sorted(rows, key=lambda row: -abs(in_yuan(row.change_yuan)))
    return Drawn(
        headings=(
            "对象",
            "增加（万元）",
            "减少（万元）",
            "本年（万元）",
            "上年（万元）",
            "增减率",
            "对象全称",
        ),
        codes=("General", _MONEY, _MONEY, _MONEY, _MONEY, "0.00%", "General"),
        rows=[
            (
                _label(name_of(row), row.subject),
                _wan(row.change_yuan) if in_yuan(row.change_yuan) > 0 else None,
                _wan(row.change_yuan) if in_yuan(row.change_yuan) < 0 else None,
                _wan(row.current_yuan),
                _wan(row.prior_yuan),
                row.rate,
                row.subject,
            )
            for row in largest
        ],
        bars=(1, 2),
    )


def _project_costs(con: duckdb.DuckDBPyConnection) -> Drawn:
    """A bar for each project, most money for an indicator first."""
    rows = [
        row
        for row in read_rows(con, ProjectCost, "project_costs")
        if row.counts and row.yuan_per_indicator is not None
    ]
    largest = sorted(rows, key=lambda row: -in_yuan(row.yuan_per_indicator))
    return Drawn(
        headings=("项目", "钱多、指标少的项目（万元/项）", "其他项目（万元/项）", "年度资金（万元）", "年度指标（项）", "项目全称"),
        codes=("General", _MONEY, _MONEY, _MONEY, "0", "General"),
        rows=[
            (
                _label(name_of(row), row.project_name),
                _wan(row.yuan_per_indicator) if row.much_money_few_indicators else None,
                None if row.much_money_few_indicators else _wan(row.yuan_per_indicator),
                _wan(row.amount_yuan),
                row.indicator_count,
                row.project_name,
            )
            for row in largest
        ],
        bars=(2, 1),
    )  # fmt: skip


def _carry_over(con: duckdb.DuckDBPyConnection) -> Drawn:
    """Two bars for each document, those with most money first; what is not printed has none."""
    documents: defaultdict[str, list[CarryOver]] = defaultdict(list)
    for row in read_rows(con, CarryOver, "carry_over"):
        if row.counts and not row.is_repeated:
            documents[row.document_id].append(row)
    largest = sorted(documents.values(), key=lambda own: -total(r.amount_yuan for r in own))
    return Drawn(
        headings=("文件", *(f"{zh}（万元）" for zh in CARRY_OVER_KINDS.values()), "总支出（万元）"),
        codes=("General", _MONEY, _MONEY, _MONEY),
        rows=[
            (
                name_of(own[0]),
                *(
                    _wan(total(amounts)) if (amounts := [r.amount_yuan for r in own if r.kind == kind]) else None
                    for kind in CARRY_OVER_KINDS
                ),
                _wan(own[0].base_yuan),
            )
            for own in largest
        ],
        bars=(1, 2),
    )  # fmt: skip


def _label(name: str, subject: str) -> str:
    """What a bar is called, short enough to stand beside it."""
    cut = subject if len(subject) <= LONGEST_LABEL else f"{subject[: LONGEST_LABEL - 1]}…"
    return f"{name}：{cut}"


def _held(text: str) -> str:
    """A text as the XML of a chart may hold it."""
    return visible(_NOT_IN_XML.sub("\ufffd", text))


def _wan(yuan: Decimal | None) -> Decimal | None:
    return None if yuan is None else in_wan(yuan)


CHART_SHEETS = (
    ChartSheet(
        sheet="构成图",
        question="expenditure_type",
        axis="占该文件支出合计的比重",
        note="占支出合计的比重，支出多的文件在前",
        read=_composition,
        subtype="percent_stacked",
    ),
    ChartSheet(
        sheet="增减图",
        question="growth_stated",
        axis="增减额（万元）",
        note="文件自述，万元；各项互有包含，不相加",
        read=_growth,
        subtype="stacked",
    ),
    ChartSheet(
        sheet="指标成本图",
        question="project_costs",
        axis="年度资金 ÷ 年度指标数（万元/项）",
        note="平均每项年度指标的资金，万元",
        read=_project_costs,
        subtype="stacked",
    ),
    ChartSheet(
        sheet="结转图",
        question="carry_over",
        axis="万元",
        note="万元；两笔账不相加，未列示者无条",
        read=_carry_over,
    ),
)

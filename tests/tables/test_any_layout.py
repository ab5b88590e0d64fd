"""Any layout of one table in any format: each figure is read as what it is, or the table is reported; never wrong and silent."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jcdata.documents.formats.rows import Cell
from jcdata.extraction.one_document import parse_document
from jcdata.schema import BudgetLine
from tests.making.files import Grid
from tests.tables.test_boundaries import FORMATS

WORDS = {
    "total": ["合计", "总计", "预算数", "2034年预算数"],
    "basic": ["基本支出", "基本支出合计"],
    "project": ["项目支出", "项目支出小计"],
    "prior_year_actual": ["2033年预算数", "上年执行数"],
    "change": ["增减额", "比上年增减"],
    "unknown": ["机动甲乙"],
}
UNITS = {"元": 1, "万元": 10_000}
ITEMS = [("201", "甲支出"), ("20101", "乙事务"), ("2010101", "丙运行")]


class Layout(NamedTuple):
    """How a table is printed: its columns with their words, which stand below one merged heading, and the rest."""

    columns: list[tuple[str, str]]
    grouped: bool
    codes: str  # "column", "parts", "name"
    unit: str
    unit_in_heading: bool
    total_first: bool
    index_row: bool
    blanks: set[tuple[int, int]]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    measures = draw(st.permutations(list(WORDS)))[: draw(st.integers(1, 5))]
    if "total" not in measures:
        measures = ["total", *measures]
    return Layout(
        columns=[(measure, draw(st.sampled_from(WORDS[measure]))) for measure in measures],
        grouped=draw(st.booleans()),
        codes=draw(st.sampled_from(["column", "parts", "name"])),
        unit=draw(st.sampled_from(list(UNITS))),
        unit_in_heading=draw(st.booleans()),
        total_first=draw(st.booleans()),
        index_row=draw(st.booleans()),
        blanks=draw(st.sets(st.tuples(st.integers(0, 2), st.integers(1, 5)), max_size=4)),
    )


def labels(layout: Layout, code: str, name: str) -> list[str]:
    if layout.codes == "column":
        return [code, name]
    if layout.codes == "parts":
        return [code[:3], code[3:5], code[5:7], name]
    return [f"{code}{name}" if code else name]


def printed(layout: Layout) -> tuple[list[str | Grid], dict[tuple[str, str], Decimal]]:
    """The document, and the yuan of each figure by the row's name and the measure."""
    heads = {"column": ["科目编码", "科目名称"], "parts": ["类", "款", "项", "科目名称"], "name": ["科目"]}[layout.codes]  # fmt: skip
    suffix = f"（{layout.unit}）" if layout.unit_in_heading else ""
    words = [word + suffix for _, word in layout.columns]
    rows: Grid = []
    if layout.grouped and len(words) > 1:
        rows.append([Cell("项目", len(heads), 1), Cell("支出", len(words), 1)])
        rows.append([Cell(text) for text in [*heads, *words]])
    else:
        rows.append([Cell(text) for text in [*heads, *words]])
    if layout.index_row:
        numbers = [str(n) for n in range(1, len(words) + 1)]
        rows.append([Cell(text) for text in ["栏次", *[""] * (len(heads) - 1), *numbers]])
    found: dict[tuple[str, str], Decimal] = {}
    body: Grid = []
    for row_no, (code, name) in enumerate([*ITEMS, ("", "合计")]):
        cells = [Cell(text) for text in labels(layout, code, name)]
        for column, (measure, _) in enumerate(layout.columns):
            text = "" if (row_no, column) in layout.blanks else f"{row_no + 1}{column}6.50"
            cells.append(Cell(text))
            if text:
                found[name, measure] = Decimal(text) * UNITS[layout.unit]
        body.append(cells)
    rows += [body[-1], *body[:-1]] if layout.total_first else body
    caption = [] if layout.unit_in_heading else [f"单位：{layout.unit}"]
    return ["某某市水务局2034年度部门预算公开", "支出预算总表", *caption, rows], found


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layout=layouts())
def test_a_figure_is_read_as_what_it_is_or_its_table_is_reported(name: str, layout: Layout) -> None:
    contents, expected = printed(layout)
    document = parse_document(FORMATS[name](contents), name)
    lines: list[BudgetLine] = document.records[BudgetLine]
    read = {(x.item_name, x.measure): x.amount_yuan for x in lines if x.measure != "other"}
    known = {key: yuan for key, yuan in expected.items() if key[1] != "unknown"}
    assert len(read) == len([x for x in lines if x.measure != "other"])
    assert read.items() <= known.items()
    assert read == known or document.troubles
    codes = dict((item, code) for code, item in ITEMS)
    assert all(x.item_code == codes.get(x.item_name, "") for x in lines)

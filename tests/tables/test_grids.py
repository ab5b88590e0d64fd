"""Any grid, rendered in either layout and read back, is the same grid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.sections import match_title
from jcdata.tables import spaced
from jcdata.tables.grids import find_grids
from jcdata.tables.interpretation import interpret_grid
from jcdata.tables.printed import PrintedRow
from jcdata.text import label_key
from tests.making.documents import document

TITLE = "2031年预算收入总表"
MEASURES = (
    "total",
    "general_public",
    "government_fund",
    "state_capital",
    "special_account",
    "unit_funds",
    "carry_over",
)
SPACED_HEADER = "项目 本年收入\n上年结转\n\n科目编码 科目名称 合计 一般公共预算 政府性基金\n国有资本经营预\n算\n\n财政专户管理资\n金\n\n单位资金\n\n"
TABBED_HEADER = "项目\t\t本年收入\t\t\t\t\t\t上年结转\n科目编码\t科目名称\t合计\t一般公共预算\t政府性基金\t国有资本经营预算\t财政专户管理资金\t单位资金\t\n"

Row = tuple[str, str, dict[str, str]]

amounts = st.integers(min_value=1, max_value=10**9).map(
    lambda cents: f"{Decimal(cents) / 100:,.2f}"
)
names = st.text(alphabet="甲乙丙丁戊己庚辛社会保障和就业支出、（）", min_size=2, max_size=24)
codes = st.integers(min_value=201, max_value=299).flatmap(
    lambda c: st.sampled_from([f"{c}", f"{c}01", f"{c}0199"])
)  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> Row:
    cells = draw(st.dictionaries(st.sampled_from(MEASURES), amounts, min_size=1))
    return draw(codes), draw(names), cells


def wrapped(name: str, width: int) -> str:
    return "\n".join(name[i : i + width] for i in range(0, len(name), width))


def spaced_row(row: Row, blank: str, width: int) -> str:
    """A row as a text layer has it: a blank cell leaves `blank`, a long name wraps and its figures follow below."""
    code, name, cells = row
    figures = " ".join(cells.get(m, blank) for m in MEASURES)
    if len(name) <= width:
        return f"{code} {name} {figures}\n"
    return f"{code}\n{wrapped(name, width)}\n\n{figures}\n"


def tabbed_row(row: Row) -> str:
    code, name, cells = row
    return "\t".join([code, name, *(cells.get(m, "") for m in MEASURES)]) + "\n"


def read_back(rows: Sequence[PrintedRow]) -> list[Row]:
    return [(row.code, row.name, {f.measure: f.text for f in row.figures}) for row in rows]


@given(
    st.lists(rows(), min_size=1, max_size=8),
    st.sampled_from(["", " "]),
    st.sampled_from([6, 12, 30]),
)
def test_a_spaced_grid_reads_back(grid: list[Row], blank: str, width: int) -> None:
    text = SPACED_HEADER + "\n".join(spaced_row(row, blank, width) for row in grid)
    lines = [line for line in document(text).lines if line.text.strip()]
    table = spaced.read_table(lines, match_title(label_key(TITLE)))
    read = read_back(table.rows)
    sure = [
        row for row in grid if "total" in row[2]
    ]  # else equal amounts may leave several columns
    assert len(read) + len(table.unplaced) == len(grid)
    assert all(row in read for row in sure) and all(row in grid for row in read)


@given(st.lists(rows(), min_size=1, max_size=8))
def test_a_tabbed_grid_reads_back(grid: list[Row]) -> None:
    text = f"{TITLE}\n{TABBED_HEADER}{''.join(map(tabbed_row, grid))}"
    (found,) = find_grids(document(text), set())
    table = interpret_grid(found, "万元", None, is_form=False)
    assert read_back(table.rows) == grid and not table.faults


@given(
    st.lists(
        st.text(alphabet="合计项目科目编码208 20805 1.00 2,345.67 -、一二三（）\t", max_size=40),
        max_size=20,
    )
)
def test_any_lines_are_read_without_an_exception(lines: list[str]) -> None:
    doc = document("\n".join(lines))
    found = [line for line, _ in doc.filled]
    for grid in find_grids(doc, set()):
        interpret_grid(grid, "万元", None, is_form=False)
    for title in (
        TITLE,
        "预算收支总表",
        "国有资本经营预算收支预算表",
        "一般公共预算基本支出表",
        "项目支出预算表",
    ):
        spaced.read_table(found, match_title(label_key(title)))

"""Extracted records, written out again as the grids that governments publish: the statutory tables and the forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from jcdata.documents.formats.rows import Cell
from jcdata.pipeline.batches import Records
from jcdata.schema import (
    BudgetLine,
    DocumentRecord,
    EconomicCrosswalk,
    FormFunding,
    Indicator,
    PerformanceForm,
    TableOccurrence,
)
from jcdata.text import strip_ordinal
from tests.making.files import Content, Grid, Headed
from tests.making.form_grids import form_grid

# Of each table its header, < going on with the cell to the left and ^ with the one above, and what its columns hold
LAYOUTS = {
    "overall_balance": (
        """收入|<|支出|<|<|<
           项目|{year}年|项目|{year}年合计|当年预算安排|上年结转安排""",
        "revenue.name revenue.total expenditure.name expenditure.total expenditure.current_year expenditure.carry_over",
    ),
    "revenue": (
        """项目|<|本年收入|<|<|<|<|<|上年结转
           科目编码|科目名称|合计|一般公共预算|政府性基金|国有资本经营预算|财政专户管理资金|单位资金|^""",
        "code name total general_public government_fund state_capital special_account unit_funds carry_over",
    ),
    "expenditure": (
        """项目|<|{year}年预算数|<|<
           科目编码|科目名称|合计|基本支出|项目支出""",
        "code name total basic project",
    ),
    "fiscal_appropriation_balance": (
        """收入|<|支出|<|<|<|<
           项目|金额|项目|金额|<|<|<
           ^|^|^|小计|一般公共预算|政府性基金预算|国有资本经营预算""",
        "revenue.name revenue.total expenditure.name expenditure.total expenditure.general_public "
        "expenditure.government_fund expenditure.state_capital",
    ),
    "general_public_expenditure": (
        """项目|<|{year}年预算数|<|<
           科目编码|科目名称|合计|基本支出|项目支出""",
        "code name total basic project",
    ),
    "general_public_basic_expenditure": (
        """部门预算支出经济科目名称|政府预算支出经济科目名称|{year}年预算数|<|<
           ^|^|合计|人员经费|公用经费""",
        "name governmental_item total personnel non_personnel",
    ),
    "government_fund_revenue": (
        """项目|<|政府性基金收入预算
           收入科目编码|科目名称|^""",
        "code name total",
    ),
    "government_fund_expenditure": (
        """项目|<|{year}年预算数|<|<
           科目编码|科目名称|合计|基本支出|项目支出""",
        "code name total basic project",
    ),
    "state_capital_balance": (
        """国有资本经营预算收入|<|<|国有资本经营预算支出|<|<|<|<
           项目|<|国有资本经营收入预算|项目|<|{year}年预算数|<|<
           收入科目编码|科目名称|^|科目编码|科目名称|合计|基本支出|项目支出""",
        "revenue.code revenue.name revenue.total "
        "expenditure.code expenditure.name expenditure.total expenditure.basic expenditure.project",
    ),
    "three_public_expenses": (
        """项目|{year}年预算数|<|<|<
           ^|合计|一般公共预算|政府性基金预算|国有资本经营预算""",
        "name total general_public government_fund state_capital",
    ),
    "agency_operating_expenses": (
        """单位名称|{year}年预算数|<|<|<
           ^|合计|一般公共预算|政府性基金预算|国有资本经营预算""",
        "name total general_public government_fund state_capital",
    ),
    "current_year_projects": (
        """项目名称|合计|{year}年财政拨款|<|<|财政专户管理资金|单位资金
           ^|^|一般公共预算|政府性基金预算|国有资本经营预算|^|^
           1|2|3|4|5|6|7""",
        "name total general_public government_fund state_capital special_account unit_funds",
    ),
    "carry_over_projects": (
        """项目名称|合计|{year}年财政拨款|<|<
           ^|^|一般公共预算|政府性基金预算|国有资本经营预算
           1|2|3|4|5""",
        "name total general_public government_fund state_capital",
    ),
}

_FUNDS = ["一、一般公共预算", "二、政府性基金预算", "三、国有资本经营预算"]
_FUNCTIONS = [
    "一、一般公共服务支出", "二、外交支出", "三、国防支出", "四、公共安全支出", "五、教育支出", "六、科学技术支出",
    "七、文化旅游体育与传媒支出", "八、社会保障和就业支出", "九、社会保险基金支出", "十、卫生健康支出", "十一、节能环保支出",
    "十二、城乡社区支出", "十三、农林水支出", "十四、交通运输支出", "十五、资源勘探工业信息等支出", "十六、商业服务业等支出",
    "十七、金融支出", "十八、援助其他地区支出", "十九、自然资源海洋气象等支出", "二十、住房保障支出", "二十一、粮油物资储备支出",
    "二十二、国有资本经营预算支出", "二十三、灾害防治及应急管理支出", "二十四、预备费", "二十五、其他支出", "二十六、转移性支出",
    "二十七、债务还本支出", "二十八、债务付息支出", "二十九、债务发行费用支出", "三十、抗疫特别国债安排的支出",
]  # fmt: skip
# The items of the balances, printed whether they have figures or not: above the sums and below them
BALANCES = {
    "overall_balance": (
        (
            [*_FUNDS, "四、财政专户管理资金", "五、单位资金"],
            ["本年收入合计", "上年结转", "收入总计"],
        ),
        (_FUNCTIONS, ["本年支出合计", "年终结转", "支出总计"]),
    ),
    "fiscal_appropriation_balance": (
        (_FUNDS, ["本年收入合计", "上年财政拨款结转", *_FUNDS, "收入总计"]),
        (_FUNCTIONS, ["本年支出合计", "年终结转", "", "", "", "支出总计"]),
    ),
}


class _PrintedRow(NamedTuple):
    side: str
    values: dict[str, str]


def disclosure(records: Records) -> Content:
    """A document's statutory tables and forms as its publisher lays them out."""
    (document,) = records[DocumentRecord]
    contents: list[str | Grid] = [document.title, f"第二部分 {document.fiscal_year}年单位预算报表"]
    for table in records[TableOccurrence]:
        contents += _statutory_table(document, table, records)
    contents += [f"第三部分 {document.fiscal_year}年度单位预算情况说明", "一、绩效目标情况"]
    for form in records[PerformanceForm]:
        funding = {
            (f.horizon, f.source): f.amount_text
            for f in records[FormFunding]
            if f.form_no == form.form_no
        }
        indicators = [i for i in records[Indicator] if i.form_no == form.form_no]
        printing = [
            "某某市市级预算部门（单位）项目支出绩效目标申报表",
            f"（{document.fiscal_year}年度）",
            form_grid(form, funding, indicators),
        ]
        contents += printing * form.printing_count
    return contents


def _statutory_table(
    document: DocumentRecord, table: TableOccurrence, records: Records
) -> Iterator[str | Grid]:
    header, columns = LAYOUTS[table.table_key]
    head = merged(header.format(year=document.fiscal_year))
    rows = list(_printed_rows(table.table_key, records))
    names = columns.split()
    if table.table_key in BALANCES:
        body = _balance(table.table_key, names, rows)
    elif "revenue.name" in names:
        body = _side_by_side(
            names,
            *([row for row in rows if row.side == side] for side in ("revenue", "expenditure")),
        )
    else:
        body = [[row.values.pop(name, "") for name in names] for row in rows]
    assert not any(row.values for row in rows), (
        f"not written: {[row for row in rows if row.values]}"
    )
    yield f"预算公开表{table.table_no}"
    yield table.title or ""
    yield f"单位名称：{document.unit_name}"
    yield f"单位：{document.source_unit}"
    blank = [["合计", *[""] * (len(names) - 1)]]
    yield Headed([*head, *([Cell(text) for text in row] for row in body or blank)], len(head))
    if not body:
        yield "注：本表无数据"


def merged(text: str) -> Grid:
    """A header from lines of cells separated by |, in which < and ^ go on with the cell to the left or above."""
    places = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    columns = len(places[0])
    grid: Grid = []
    for y, row in enumerate(places):
        cells = []
        for x, label in enumerate(row):
            if label in ("<", "^"):
                continue
            right = next((i for i in range(x + 1, columns) if row[i] != "<"), columns)
            down = next((i for i in range(y + 1, len(places)) if places[i][x] != "^"), len(places))
            cells.append(Cell(label, right - x, down - y))
        grid.append(cells)
    return grid


def _printed_rows(table_key: str, records: Records) -> Iterator[_PrintedRow]:
    lines = [line for line in records[BudgetLine] if line.table_key == table_key]
    crosswalk = (
        iter(records[EconomicCrosswalk])
        if table_key == "general_public_basic_expenditure"
        else iter(())
    )
    item = next(crosswalk, None)
    for _, figures in groupby(lines, key=lambda line: line.row_no):
        row = list(figures)
        values = {line.measure: line.amount_text for line in row} | {"name": row[0].item_name}
        if row[0].item_code:
            values["code"] = row[0].item_code
        if item and item.departmental_item == row[0].item_name:
            values["governmental_item"] = item.governmental_item
            item = next(crosswalk, None)
        yield _PrintedRow(row[0].side, values)
    assert item is None


def _side_by_side(
    names: Sequence[str], revenue: Sequence[_PrintedRow], expenditure: Sequence[_PrintedRow]
) -> list[list[str]]:
    return [
        [_take(dict(revenue=left, expenditure=right), name) for name in names]
        for left, right in zip_longest(revenue, expenditure)
    ]


def _take(rows: dict[str, _PrintedRow | None], name: str) -> str:
    side, _, column = name.partition(".")
    row = rows[side]
    return row.values.pop(column, "") if row else ""


def _balance(table_key: str, names: Sequence[str], rows: Sequence[_PrintedRow]) -> list[list[str]]:
    """The statutory items of both sides with the figures that they have."""
    sides = {}
    for side, (items, sums) in zip(("revenue", "expenditure"), BALANCES[table_key], strict=True):
        length = max(len(both[0]) for both in BALANCES[table_key])
        labels = [*items, *[""] * (length - len(items)), *sums]
        left = [row for row in rows if row.side == side]
        sides[side] = [_labelled(label, left) for label in labels]
    return _side_by_side(names, sides["revenue"], sides["expenditure"])


def _labelled(label: str, left: list[_PrintedRow]) -> _PrintedRow:
    """The next row if it is that of a label, else a row without figures."""
    if left and left[0].values["name"] == strip_ordinal(label):
        row = left.pop(0)
        row.values["name"] = label
        return row
    return _PrintedRow("", {"name": label})

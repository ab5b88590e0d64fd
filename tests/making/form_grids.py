"""A performance form, written out again as the grid of eight columns that governments publish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest

from jcdata.documents.formats.rows import Cell
from jcdata.schema import Indicator, PerformanceForm
from tests.making.files import Grid

SOURCES = {
    "central": "其中：中央财政资金", "provincial": "省级财政资金", "municipal": "市县（区）财政资金",
    "self_raised": "单位自筹", "other": "其他资金",
}  # fmt: skip
TEXTS = {
    "overview": "项目概况", "basis": "立项依据", "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施", "schedule": "项目实施计划",
}  # fmt: skip
LEVELS = [
    ("产出指标", ["数量指标", "质量指标", "时效指标", "成本指标"]),
    ("效益指标", ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"]),
    ("满意度指标", ["服务对象满意度指标"]),
]


def form_grid(
    form: PerformanceForm, funding: dict[tuple[str, str], str], indicators: Iterable[Indicator]
) -> Grid:
    """A form with the amounts of its funding by horizon and source, and its indicators."""
    department = "-".join(part for part in (form.department_code, form.department_name) if part)
    grid: Grid = [
        [Cell("项目名称", 2), Cell(form.project_name, 6)],
        [
            Cell("主管部门及代码", 2),
            Cell(department, 2),
            Cell("实施单位", 2),
            Cell(form.implementing_unit or "", 2),
        ],
        [
            Cell("项目属性", 2),
            Cell(form.property or "", 2),
            Cell("项目期", 2),
            Cell(form.period_text or "", 2),
        ],
        [
            Cell("项目资金（元）", 1, 1 + len(SOURCES)),
            *_amounts("实施期资金总额：", "年度资金总额：", "total", funding),
        ],
    ]
    grid += [_amounts(label, label, source, funding) for source, label in SOURCES.items()]
    grid += [
        [Cell(label, 2), Cell(getattr(form, field) or "", 6)] for field, label in TEXTS.items()
    ]
    grid.append([Cell("总体目标", 1, 2), Cell("实施期目标", 3), Cell("年度目标", 4)])
    grid.append([Cell(form.period_goal or "", 3), Cell(form.annual_goal or "", 4)])
    grid += _indicator_rows(indicators)
    signatures = [
        "负责人：",
        "",
        "经办人：",
        "",
        "联系电话：",
        "",
        "填报日期：",
        form.filed_on_text or "",
    ]
    grid.append([Cell(text) for text in signatures])
    return grid


def _amounts(
    period: str, annual: str, source: str, funding: dict[tuple[str, str], str]
) -> list[Cell]:
    amounts = [funding.get((horizon, source), "") for horizon in ("period", "annual")]
    return [Cell(period), Cell(amounts[0], 2), Cell(annual, 2), Cell(amounts[1], 2)]


def _indicator_rows(indicators: Iterable[Indicator]) -> Grid:
    """The grid of both halves; every level is printed, those without indicators too."""
    blocks: dict[tuple[str, str], dict[str, list[Indicator]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for indicator in indicators:
        blocks[indicator.level1, indicator.level2][indicator.horizon].append(indicator)
    header = ["一级指标", *["二级指标", "三级指标", "指标值"] * 2]
    rows: Grid = []
    for level1, below in LEVELS:
        of_level: Grid = []
        for level2 in below:
            of_level += _block(level2, blocks.pop((level1, level2), {}))
        of_level[0].insert(0, Cell(level1, 1, len(of_level)))
        rows += of_level
    assert not blocks, f"no place for {list(blocks)}"
    return [[Cell("绩效指标", 1, 1 + len(rows)), *(Cell(text) for text in header)], *rows]


def _block(level2: str, halves: dict[str, list[Indicator]]) -> Grid:
    pairs = list(zip_longest(halves.get("period", []), halves.get("annual", []))) or [(None, None)]
    rows: Grid = []
    for pair in pairs:
        row: list[Cell] = []
        for indicator in pair:
            if not rows:
                row.append(Cell(level2, 1, len(pairs)))
            row += [
                Cell(indicator.level3 if indicator else ""),
                Cell(indicator.value_text if indicator else ""),
            ]
        rows.append(row)
    return rows

"""Rows of tabbed forms as conversions leave them: whole, slipped, cut off, mixed with header words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import number_lines
from jcdata.forms.printed import PrintedForm
from jcdata.forms.tabbed import read_form

HEADER = "绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值"
END = "负责人:||经办人:||填报日期:|20250304162643"

Read = tuple[str, str, str, str, str]


def read(*rows: str) -> PrintedForm:
    """Read rows in which a stroke stands for a tab."""
    return read_form(list(number_lines("\n".join(row.replace("|", "\t") for row in rows))))


def indicators(*rows: str) -> list[Read]:
    form = read(*rows)
    assert form.unrecognised == []
    return [(i.horizon, i.level1, i.level2, i.level3, i.value_text) for i in form.indicators]


def both(level1: str, level2: str, name: str, value: str) -> list[Read]:
    return [(horizon, level1, level2, name, value) for horizon in ("period", "annual")]


def test_fields_stand_behind_their_labels() -> None:
    form = read(
        "项目名称||道路养护|||||",
        "主管部门及代码||333-某某市交通局||实施单位||某某市公路中心|",
        "项目属性|延续性项目||项目期||||",
        "|||3年|||",
        "项目概况|<p>养护道路 10 公里，</p>||||",
        "维修桥梁 2 座。",
        "填报日期：20230417",
    )
    assert {name: cell.text for name, cell in form.fields.items()} == {
        "project_name": "道路养护",
        "department": "333-某某市交通局",
        "implementing_unit": "某某市公路中心",
        "property": "延续性项目",
        "period_text": "3年",
        "overview": "养护道路10公里，维修桥梁2座。",
        "filed_on_text": "20230417",
    }
    assert form.fields["period_text"].line_no == 4
    assert form.unrecognised == []


LONG = "养护道路十公里，" * 8  # longer than any label


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("实施期目标||年度目标||", "总体目标|甲||乙|", {"period_goal": "甲", "annual_goal": "乙"}),
        (
            "实施期目标||||年度目标|",
            "总体目标|甲|||乙|",
            {"period_goal": "甲", "annual_goal": "乙"},
        ),
        ("实施期目标||年度目标||", "总体目标|甲||||", {"period_goal": "甲"}),
        ("实施期目标||||年度目标|", "总体目标||||乙|", {"annual_goal": "乙"}),
        (
            "总体目标|实施期目标||年度目标|",
            f"|{LONG}甲||{LONG}乙|",
            {"period_goal": LONG + "甲", "annual_goal": LONG + "乙"},
        ),
    ],
)
def test_goals_of_both_halves(header: str, row: str, expected: dict[str, str]) -> None:
    assert {name: cell.text for name, cell in read(header, row).fields.items()} == expected


def test_funding_of_both_halves() -> None:
    form = read(
        "项目资金(元)|实施期资金总额:|7E+06||年度资金总额:|2,500,000|",
        "|其中:中央财政资金|0||其中:中央财政资金||",
        "其他资金|||其他资金|5|||",
        "|||||市县(区)财政资|2,500,000|",
        "|单位自筹|12|",
    )
    assert [row[:3] for row in form.funding] == [
        ("period", "total", "7E+06"),
        ("annual", "total", "2,500,000"),
        ("period", "central", "0"),
        ("annual", "other", "5"),
        ("annual", "municipal", "2,500,000"),
        ("period", "self_raised", "12"),
    ]
    assert form.fields["money_unit"].text == "元"


def test_labels_count_for_the_rows_below_them() -> None:
    rows = (
        HEADER,
        "|产出指标|数量指标|甲|1个|数量指标|乙|2个",
        "||||||丙|3个",
        "||质量指标|||质量指标||",
        END,
    )
    assert indicators(*rows) == [
        ("period", "产出指标", "数量指标", "甲", "1个"),
        ("annual", "产出指标", "数量指标", "乙", "2个"),
        ("annual", "产出指标", "数量指标", "丙", "3个"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "|产出指标|时效指标|完工时间|5月前|时效指标|完工时间|5月前",
        "产出指标|时效指标|完工时间|5月前|时效指标|完工时间|5月前|",
        "|时效指标|时效指标|完工时间|5月前|时效指标|完工时间|5月前",
        "|产出|时效|完工时间|5月前|时效|完工时间|5月前",
        "时效指标|完工时间|5月前|||时效指标|完工时间|5月前",
        "一级指标|二级指标|时效指标|完工时间|5月前|二级指标|完工时间|5月前",
        "|时效指标|完工时间|5月前|完工时间||5月前||",
    ],
)
def test_level_2_tells_level_1_wherever_the_cells_slipped(row: str) -> None:
    assert indicators(HEADER, row, END) == both("产出指标", "时效指标", "完工时间", "5月前")


def test_a_slipped_row_without_labels_keeps_the_level() -> None:
    rows = (
        HEADER,
        "|效益指标|社会效益|甲|提高|社会效益|甲|提高",
        "减少隐患|减少|减少隐患|减少||||",
        END,
    )
    assert indicators(*rows)[2:] == both("效益指标", "社会效益指标", "减少隐患", "减少")


def test_a_misspelt_label_is_known_but_never_one_that_may_be_two() -> None:
    rows = (HEADER, "|效益指标|可持继影响|甲|长期|可持继影响|甲|长期", END)
    assert indicators(*rows) == both("效益指标", "可持续影响指标", "甲", "长期")
    # 数量指标 or 质量指标: the wrong character leaves it open
    assert all(
        i.level2 not in ("数量指标", "质量指标")
        for i in read(HEADER, "||教量指标|甲|1个|教量指标|甲|1个").indicators
    )


def test_levels_of_the_form_of_2021() -> None:
    rows = (HEADER, "|成本指标|经济成本指标|总成本|≤5万元|经济成本指标|总成本|≤5万元", END)
    assert indicators(*rows) == both("成本指标", "经济成本指标", "总成本", "≤5万元")


def test_a_name_may_read_like_a_label() -> None:
    rows = (
        HEADER,
        "|满意度指标|服务对象满意度|服务对象满意度|≥90%|服务对象满意度|服务对象满意度|≥90%",
        END,
    )
    assert indicators(*rows) == both("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥90%")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("||经济效益|甲|节约|经济效益||", [("period", "甲", "节约")]),
        ("||经济效益|||经济效益|甲|节约", [("annual", "甲", "节约")]),
        ("|||经济效益|节约资金支出||节约|经济效益", [("period", "节约资金支出", "节约")]),
        ("|提高应急监管能力和水平|||提高|保障日常工作||", [("period", "提高应急监管能力和水平", "提高"), ("annual", "保障日常工作", "")]),
    ],
)  # fmt: skip
def test_half_a_row(row: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(i[0], *i[3:]) for i in indicators(HEADER, row, END)] == expected


def test_what_cannot_be_told_apart_is_reported_and_the_sound_half_kept() -> None:
    form = read(HEADER, "|社会效益|保障工作|保障企业安全|减少|社会效益|减少安全隐患|减少", END)
    assert [(i.horizon, i.level3, i.value_text) for i in form.indicators] == [
        ("annual", "减少安全隐患", "减少")
    ]
    assert [line_no for line_no, _ in form.unrecognised] == [2]


def test_an_empty_block_does_not_lend_its_label() -> None:
    rows = (HEADER, "|效益指标|经济效益|||经济效益||", "|||群众知晓率|提高||群众知晓率|提高")
    assert indicators(*rows, END) == both("效益指标", "社会效益指标", "群众知晓率", "提高")
    # here no label is lost between the two, so nothing says where the row belongs
    following = "||社会效益|甲|提高|社会效益|甲|提高"
    assert indicators(*rows, following, END)[:2] == both("效益指标", "", "群众知晓率", "提高")


def test_a_label_that_is_skipped_leaves_the_rows_above_in_doubt() -> None:
    rows = (HEADER, "||数量指标|甲|1个|||", "|||乙|98%|||", "{}|丙|5月前|||", END)
    for label, doubts in (("||质量指标", [0, 0, 0]), ("||时效指标", [0, 1, 0])):
        assert [
            i.level_doubt for i in read(*(row.format(label) for row in rows)).indicators
        ] == doubts


@pytest.mark.parametrize(("end", "doubts"), [((), [0, 1, 2]), ((END,), [0, 0, 0])])
def test_a_page_break_leaves_the_last_labels_in_doubt(
    end: Sequence[str], doubts: list[int]
) -> None:
    rows = (
        HEADER,
        "||数量指标|甲|1个|||",
        "||质量指标|乙|100%|||",
        "|||丙|100%|||",
        "|||丁|及时|||",
        *end,
    )
    assert [i.level_doubt for i in read(*rows).indicators][1:] == doubts


def test_only_a_header_makes_two_halves() -> None:
    rows = ("产出指标|数量|小区数|6个", "影响力|长效管理|机制健全性|健全", "||责任制|健全")
    form = read(*rows)
    assert [(i.horizon, i.level1, i.level2, i.level3) for i in form.indicators] == [
        ("annual", "产出指标", "数量指标", "小区数"),
        ("annual", "", "", "责任制"),
    ]
    assert [line_no for line_no, _ in form.unrecognised] == [2]


def test_the_lines_around_a_form_do_not_enter_it() -> None:
    form = read("(2025年度)", "项目名称||甲", HEADER, END, "十一、国有资产占有使用情况")
    assert form.indicators == []
    assert [line_no for line_no, _ in form.unrecognised] == [5]
    assert form.last_line == 4


@given(st.lists(st.lists(st.sampled_from([
    "", "项目名称", "实施期资金总额:", "年度目标", "总体目标", "绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "产出指标", "数量指标",
    "社会效益", "检查次数", "≥3次", "及时", "负责人", "20230417", "其他资金",
]), max_size=10), max_size=25))  # fmt: skip
def test_no_form_is_too_damaged_to_be_read(table: list[list[str]]) -> None:
    form = read(*("|".join(row) for row in table))
    lines = range(1, max(len(table), 1) + 1)
    assert all(i.line_no in lines and i.level3 for i in form.indicators)
    assert all(line_no in lines for line_no, _ in form.unrecognised)

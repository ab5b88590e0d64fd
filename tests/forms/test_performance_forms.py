"""Printings become forms: what must come together, what must stay apart, and a real document read by eye."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from jcdata.documents.document import number_lines, read_document
from jcdata.documents.sections import Section, find_furniture, find_sections
from jcdata.forms.form_records import Forms, parse_filing_date, parse_years
from jcdata.forms.merged_indicators import merge_indicators
from jcdata.forms.performance_forms import read_forms
from jcdata.forms.printed import PrintedIndicator
from tests.making.checkout import RAW

REAL = RAW / "jincheng-dispatch-centre-2025.txt"
HEADER = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"
END = "负责人:\t经办人:\t填报日期:\t20230417"
OVERVIEW = "为改善群众出行条件，计划养护道路一百公里、维修桥梁两座，所需资金由市级财政统筹安排"


def printing(
    name: str,
    *grid: str,
    unit: str = "甲市公路中心",
    period: str = "3,000",
    annual: str = "1,000",
    overview: str = OVERVIEW,
) -> list[str]:
    return [
        f"项目名称\t{name}",
        f"主管部门及代码\t333-甲市交通局\t实施单位\t{unit}",
        "项目属性\t延续性项目\t项目期\t3年",
        f"项目资金(元)\t实施期资金总额:\t{period}\t年度资金总额:\t{annual}",
        f"项目概况\t{overview}",
        HEADER,
        *grid,
        END,
    ]


def row(level2: str, name: str, value: str) -> str:
    return f"\t\t{level2}\t{name}\t{value}\t{level2}\t{name}\t{value}"


def read(*printings: list[str]) -> Forms:
    sections, first_line = [], 1
    for lines in printings:
        numbered = [
            line._replace(no=line.no + first_line)
            for line in number_lines("\n".join(["标题", *lines]))
        ]
        sections.append(Section("form", "标题", numbered[0], numbered[0].no, tuple(numbered[1:])))
        first_line += len(numbered)
    return read_forms("d", "tabbed", sections)


def names(forms: Forms) -> list[tuple[str, int]]:
    return [(form.project_name, form.printing_count) for form in forms.forms]


# ---------------------------------------------------------------------------------------------------------
# Which printings are one form


def test_forms_are_numbered_by_first_appearance() -> None:
    forms = read(printing("道路养护工程"), printing("桥梁维修工程"), printing("道路养护工程"))
    assert names(forms) == [("道路养护工程", 2), ("桥梁维修工程", 1)]
    assert [p[1:3] for p in forms.printings] == [(1, 1), (1, 2), (2, 1)]
    assert (forms.forms[0].first_line, forms.forms[0].last_line) == (2, 25)


@pytest.mark.parametrize("slip", ["道路养互工程", "道路养护护工程", "道路 养护工程"])
def test_a_slip_makes_no_second_form(slip: str) -> None:
    assert names(read(printing("道路养护工程"), printing(slip), printing("道路养护工程"))) == [
        ("道路养护工程", 3)
    ]


def test_two_slips_make_no_second_form() -> None:
    forms = read(
        printing("道路养互工程"),
        printing("道路养护工程"),
        printing("道路养护工和"),
        printing("道路养护工程"),
    )
    assert names(forms) == [("道路养护工程", 4)]


def test_a_cut_name_is_completed() -> None:
    forms = read(
        printing("甲市农村公路道路养护"),
        printing("甲市农村公路道路养护工程"),
        printing("甲市农村公路道路养护"),
    )
    assert names(forms) == [("甲市农村公路道路养护工程", 3)]


@pytest.mark.parametrize(
    "other",
    [
        printing("道路养护工程", unit="乙县公路中心"),
        printing("道路养护二期", annual="1,000"),
        printing("桥路养护工程", annual="2,000"),
        printing("桥路养护工程", overview="修建停车场并购置充电设施"),
        printing(
            "道路养护工程", annual="2,000", period="9,000", overview="修建停车场并购置充电设施"
        ),
    ],
)
def test_different_projects_stay_apart(other: list[str]) -> None:
    assert len(read(printing("道路养护工程"), other).forms) == 2


def test_phases_of_a_project_that_cost_the_same_stay_apart() -> None:
    assert len(read(printing("道路养护工程一期"), printing("道路养护工程二期")).forms) == 2


def test_a_printing_without_a_name_goes_on_with_the_form_before() -> None:
    forms = read(
        printing("道路养护工程", row("数量指标", "里程", "5公里"))[:-1],
        [row("质量指标", "合格率", "98%"), END],
    )
    assert names(forms) == [("道路养护工程", 2)]
    assert [i.level3 for i in forms.indicators if i.horizon == "annual"] == ["里程", "合格率"]


def test_a_second_project_name_begins_a_form_whose_title_was_lost() -> None:
    forms = read(printing("道路养护工程")[:-1] + printing("桥梁维修工程"))
    assert names(forms) == [("道路养护工程", 1), ("桥梁维修工程", 1)]
    assert forms.unrecognised == []


# ---------------------------------------------------------------------------------------------------------
# Fields and amounts


def test_amounts_keep_what_the_print_lost() -> None:
    form = read(printing("道路养护工程", period="7E+06", annual="2,333,333.50")).forms[0]
    assert (form.period_total_text, form.period_total_yuan) == ("7E+06", Decimal("7000000.00"))
    assert form.period_total_is_exact is False
    assert form.annual_total_yuan == Decimal("2333333.50")
    assert (form.department_code, form.department_name, form.period_years) == (
        "333",
        "甲市交通局",
        3,
    )


def test_amounts_with_units_of_their_own() -> None:
    form = read(printing("道路养护工程", period="7E+06元", annual="2.5万元")).forms[0]
    assert (form.period_total_yuan, form.period_total_is_exact) == (Decimal("7000000.00"), False)
    assert form.annual_total_yuan == Decimal("25000.00")


def test_an_unreadable_amount_is_reported() -> None:
    forms = read(printing("道路养护工程", annual="约1千"))
    assert forms.forms[0].annual_total_yuan is None
    assert [f.horizon for f in forms.funding] == ["period"]
    assert [line_no for line_no, _ in forms.unrecognised] == [6]


def test_amounts_in_ten_thousands_are_yuan_too() -> None:
    lines = [line.replace("项目资金(元)", "项目资金(万元)") for line in printing("道路养护工程")]
    assert read(lines).forms[0].annual_total_yuan == Decimal("10000000.00")


def test_contradictions_between_printings_are_kept() -> None:
    forms = read(
        printing("道路养护工程"), printing("道路养护工程"), printing("道路养护工程", annual="1,001")
    )
    assert forms.forms[0].annual_total_yuan == Decimal("1000.00")
    assert [(c.subject, c.kept.text, c.other.text) for c in forms.contradictions] == [
        ("annual total", "1,000", "1,001")
    ]


def test_another_wording_is_no_contradiction_but_another_figure_is() -> None:
    other_wording = OVERVIEW.replace("群众", "市民")
    other_figure = OVERVIEW + "共计50万元"
    assert (
        read(
            printing("道路养护工程"), printing("道路养护工程", overview=other_wording)
        ).contradictions
        == []
    )
    forms = read(
        printing("道路养护工程", overview=OVERVIEW + "共计60万元"),
        printing("道路养护工程", overview=other_figure),
    )
    assert [c.subject for c in forms.contradictions] == ["overview"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("20221202181849", (2022, 12, 2)), ("20230417", (2023, 4, 17)), ("2023-4-17", (2023, 4, 17)), ("2023年4月17日", (2023, 4, 17)),
     ("2.02302E+13", None), ("20231345", None), ("", None)],
)  # fmt: skip
def test_filing_dates(text: str, day: tuple[int, int, int] | None) -> None:
    assert parse_filing_date(text) == (datetime.date(*day) if day else None)


def test_years_of_a_project() -> None:
    assert [parse_years(text) for text in ("3年", "三年", "长期", "2023年")] == [3, 3, None, None]


def test_a_layout_without_a_reader_is_reported() -> None:
    line = next(iter(number_lines("项目名称 甲")))
    forms = read_forms("d", "carved", [Section("form", "标题", line, 1, (line,))])
    assert forms.forms == [] and [line_no for line_no, _ in forms.unrecognised] == [1]


# ---------------------------------------------------------------------------------------------------------
# Indicators of several printings


def printed(
    horizon: str, level2: str, name: str, value: str, doubt: int = 0, line_no: int = 1
) -> PrintedIndicator:
    return PrintedIndicator(horizon, "产出指标", level2, name, value, False, line_no, doubt)


def merged(*printings: list[PrintedIndicator]) -> list[tuple[str, str, str, str, bool]]:
    return [
        (i.horizon, i.level2, i.level3, i.value_text, i.is_truncated)
        for i in merge_indicators(printings).indicators
    ]


def test_slices_come_together_in_the_order_of_levels() -> None:
    first = [
        printed("annual", "数量指标", "检查次数", "3次"),
        printed("annual", "质量指标", "合格率", "98%"),
    ]
    second = [
        printed("annual", "数量指标", "检查次数", "3次"),
        printed("annual", "数量指标", "培训人数", "9人"),
    ]
    assert [i[1:4] for i in merged(first, second)] == [
        ("数量指标", "检查次数", "3次"),
        ("数量指标", "培训人数", "9人"),
        ("质量指标", "合格率", "98%"),
    ]


def test_the_fuller_name_of_another_printing_wins_and_the_other_half_shows_a_cut() -> None:
    period = [printed("period", "质量指标", "各类设备运行正常率", "98%")]
    cut = [printed("annual", "质量指标", "各类设备运行", "98%")]
    fuller = [printed("annual", "质量指标", "各类设备运行正", "98%")]
    assert merged(period + cut)[1:] == [("annual", "质量指标", "各类设备运行", "98%", True)]
    assert merged(cut, fuller) == [("annual", "质量指标", "各类设备运行正", "98%", False)]
    assert merged(fuller, period + cut)[1:] == [
        ("annual", "质量指标", "各类设备运行正", "98%", True)
    ]


def test_a_name_is_known_again_whatever_its_punctuation_and_wherever_it_is_cut() -> None:
    whole = [
        printed("annual", "数量指标", name, "98%")
        for name in ("检查、培训次数", "平台运行维护费支付率")
    ]
    other = [
        printed("annual", "数量指标", name, "98%") for name in ("检查培训次数", "平台运行维护")
    ]
    assert [i[2] for i in merged(whole, other)] == ["检查、培训次数", "平台运行维护费支付率"]


def test_names_of_one_printing_are_never_each_other_cut() -> None:
    rows = [
        printed("annual", "数量指标", "检查企业", "9家"),
        printed("annual", "数量指标", "检查企业家数", "9家"),
    ]
    assert len(merged(rows, rows)) == 2


def test_a_cut_name_is_completed_from_the_other_half_where_only_one_fits() -> None:
    cut = printed("annual", "质量指标", "各类设备运行正", "≥98%")
    whole = printed("period", "质量指标", "各类设备运行正常率", "≥98%")
    (_, completed) = merge_indicators([[whole, cut]]).indicators
    assert completed.full_name and completed.full_name.text == "各类设备运行正常率"
    for other in (
        [printed("period", "质量指标", "各类设备运行正点率", "≥98%")],  # either may be meant
        [printed("annual", "质量指标", "各类设备运行正常率", "≥98%")],  # this half has it already
        [cut],  # two are cut alike
    ):
        rows = merge_indicators([[whole, cut, *other]]).indicators
        assert all(row.full_name is None for row in rows if row.level3 == cut.level3)
    for level2, value in (("质量指标", "≥95%"), ("时效指标", "≥98%")):
        rows = merge_indicators([[replace(whole, level2=level2, value_text=value), cut]]).indicators
        assert all(row.full_name is None for row in rows)


def test_what_a_printing_has_twice_is_two_indicators() -> None:
    row = printed("annual", "经济效益指标", "减少不必要的", "减少")
    other = printed("annual", "社会效益指标", "提升应急处置", "提升")
    assert len(merged([row, row, other])) == 3
    assert len(merged([row, row], [row, other], [row, row, other])) == 3


def test_another_value_of_a_name_is_a_contradiction_where_printings_share_rows() -> None:
    shared = [printed("annual", "数量指标", name, "1个") for name in ("设备台数", "培训期数")]
    one, other = (printed("annual", "质量指标", "合格率", value) for value in ("98%", "95%"))
    found = merge_indicators([[one, *shared], [*shared, other]])
    assert len(found.indicators) == 3
    assert [(kept.value_text, o.value_text) for kept, o in found.contradictions] == [("98%", "95%")]
    # a name that a printing has twice may be either
    assert merge_indicators([[one, other, *shared], [*shared, other]]).contradictions == []


def test_another_value_or_level_is_another_indicator() -> None:
    rows = [[printed("annual", level2, "一线人员尾款支付", value)] for level2, value in
            (("质量指标", "98%"), ("时效指标", "98%"), ("质量指标", "95%"))]  # fmt: skip
    assert len(merged(*rows)) == 3


def test_a_lost_value_is_filled_in() -> None:
    rows = [
        [printed("annual", "数量指标", "检查企业家数", "")],
        [printed("annual", "数量指标", "检查企业家数", "9家")],
    ]
    assert merged(*rows) == [("annual", "数量指标", "检查企业家数", "9家", False)]


def test_a_wrong_character_counts_only_beside_the_same_neighbour() -> None:
    neighbour = printed("annual", "数量指标", "培训人数", "9人")
    right, wrong = (
        printed("annual", "数量指标", "检查企业家数", "5家"),
        printed("annual", "数量指标", "巡查企业家数", "5家"),
    )
    assert [i[2] for i in merged([neighbour, right], [neighbour, wrong], [neighbour, right])] == [
        "培训人数",
        "检查企业家数",
    ]
    assert [i[2] for i in merged([wrong, neighbour], [right, neighbour], [right, neighbour])] == [
        "检查企业家数",
        "培训人数",
    ]
    assert len(merged([right], [wrong])) == 2
    assert len(merged([neighbour, printed("annual", "数量指标", "一季度检查次数", "5次")],
                      [neighbour, printed("annual", "数量指标", "二季度检查次数", "5次")])) == 3  # fmt: skip


def test_another_value_beside_the_same_neighbour_is_a_contradiction() -> None:
    neighbour = printed("annual", "数量指标", "培训人数", "9人")
    kept, other = (
        printed("annual", "数量指标", "检查次数", "5次"),
        printed("annual", "数量指标", "检查次数", "6次"),
    )
    result = merge_indicators([[neighbour, kept], [neighbour, kept], [neighbour, other]])
    assert [i.value_text for i in result.indicators] == ["9人", "5次"]
    assert [(a.value_text, b.value_text) for a, b in result.contradictions] == [("5次", "6次")]


def test_the_other_half_tells_the_level_that_a_page_break_cut_off() -> None:
    first = [printed("period", "数量指标", "检查完成率", "90%", doubt=6, line_no=7),
             printed("annual", "数量指标", "结余资金", "100%", doubt=6, line_no=7)]  # fmt: skip
    second = [printed("annual", "质量指标", "检查完成率", "90%")]
    assert {i[:3] for i in merged(first, second)} == {
        ("period", "质量指标", "检查完成率"),
        ("annual", "质量指标", "检查完成率"),
        ("annual", "质量指标", "结余资金"),  # on the same row, so in the same block
    }


def test_a_certain_level_stays_whatever_the_other_half_says() -> None:
    rows = [
        printed("period", "数量指标", "检查完成率", "90%"),
        printed("annual", "质量指标", "检查完成率", "90%"),
    ]
    assert [i[1] for i in merged(rows)] == ["数量指标", "质量指标"]


# ---------------------------------------------------------------------------------------------------------
# The document of 2025, in which twelve printings show two projects


@cache
def real() -> Forms:
    document = read_document(REAL.read_bytes(), REAL.name)
    return read_forms(
        document.document_id, document.layout, find_sections(document, find_furniture(document))
    )


def test_the_real_forms() -> None:
    forms = real().forms
    assert names(real()) == [("指挥中心项目质保到期新增运维费", 2), ("专项业务工作经费", 10)]
    assert [(f.period_total_text, f.annual_total_yuan, f.period_years) for f in forms] == [
        ("500,000", Decimal("250000.00"), 2),
        ("4,310,000", Decimal("2155000.00"), 2),
    ]
    assert [f.filed_on for f in forms] == [datetime.date(2025, 3, 4), datetime.date(2025, 1, 23)]
    assert {(f.department_code, f.department_name) for f in forms} == {("222", "晋城市应急管理局")}
    assert (forms[1].first_line, forms[1].last_line) == (440, 792)


def test_the_real_indicators_are_the_same_in_number_in_both_halves() -> None:
    counts = Counter((i.form_no, i.horizon) for i in real().indicators)
    assert counts == {(1, "period"): 6, (1, "annual"): 6, (2, "period"): 24, (2, "annual"): 24}
    levels = Counter((i.horizon, i.level2) for i in real().indicators if i.form_no == 2)
    for horizon in ("period", "annual"):
        assert {level: count for (half, level), count in levels.items() if half == horizon} == {
            "数量指标": 6, "质量指标": 5, "时效指标": 7, "成本指标": 1, "社会效益指标": 3, "服务对象满意度指标": 2,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("form_no", "horizon", "level2", "level3", "value", "is_truncated"),
    [
        (
            1,
            "annual",
            "质量指标",
            "各类设备运行正常率",
            "≥98%",
            False,
        ),  # cut in the first printing, whole in the second
        (
            2,
            "period",
            "质量指标",
            "检查工作完成率",
            ">90%",
            False,
        ),  # below the last label of a page
        (2, "annual", "质量指标", "结余资金足额支", "100%", True),
        (2, "period", "时效指标", "各项费用支付完成时间", "5月底前", False),
        (2, "annual", "时效指标", "水电费支付完成", "每月每月", False),  # in a row that slipped
        (2, "annual", "时效指标", "检查工作时间", "及时及时", False),  # once misread
        (2, "period", "社会效益指标", "提高应急监管能力和突发事件", "提高", False),
        (2, "annual", "社会效益指标", "减少煤矿企业安全", "减少", True),
        (2, "annual", "服务对象满意度指标", "煤矿企业满意度", "≥90%", False),
    ],
)
def test_a_real_indicator(
    form_no: int, horizon: str, level2: str, level3: str, value: str, is_truncated: bool
) -> None:
    found = [
        i
        for i in real().indicators
        if (i.form_no, i.horizon, i.level3) == (form_no, horizon, level3)
    ]
    assert [(i.level2, i.value_text, i.is_truncated) for i in found] == [
        (level2, value, is_truncated)
    ]


def test_what_the_real_printings_contradict_and_what_stays_unread() -> None:
    assert [(c.subject, c.other.line_no) for c in real().contradictions] == [("schedule", 582)]
    assert [line_no for line_no, _ in real().unrecognised] == [764]


def test_real_rows_are_on_their_lines() -> None:
    lines = {line.no: line.squeezed for line in read_document(REAL.read_bytes(), REAL.name).lines}
    assert all(i.level3 in lines[i.line_no] for i in real().indicators)
    assert all(f.amount_text in lines[f.line_no] for f in real().funding)
    assert all(t.text in lines[t.line_no] for t in real().texts)

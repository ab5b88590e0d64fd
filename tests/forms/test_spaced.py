"""Performance forms in a text layer: one test per way in which the print hides its cells, then the real document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import Line, number_lines
from jcdata.forms.printed import PrintedForm
from jcdata.forms.spaced import read_form
from jcdata.forms.spaced_cells import Piece, find_habits, width
from jcdata.forms.vocabulary import form_spec
from jcdata.schema import PerformanceForm
from tests.making.checkout import BUREAU
from tests.making.documents import sections_of_raw

HEADER = "一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值\n"


def lines_of(text: str) -> list[Line]:
    return [line for line in number_lines(dedent(text)) if line.text.strip()]


def read(text: str) -> PrintedForm:
    return read_form(lines_of(text))


def field(form: PrintedForm, name: str) -> str | None:
    return form.fields[name].text if name in form.fields else None


def halves(
    text: str, header: str = HEADER
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """(level 2, name, value) of the left and of the right half of a grid."""
    form = read(header + dedent(text))
    rows = [
        (i.horizon, (i.level2.removesuffix("指标"), i.level3, i.value_text))
        for i in form.indicators
    ]
    return [row for h, row in rows if h == "period"], [row for h, row in rows if h == "annual"]


# ---------------------------------------------------------------------------------------------------------
# Fields


def test_labels_of_goals_and_of_the_grid_are_no_text_of_a_goal() -> None:
    goals = "总体目标\n实施期目标 年度目标\n新购图书九千册 新购图书三千册\n绩效指标\n"
    form = read(goals + HEADER + "数量指标 图书 9册 数量指标 图书 3册")
    assert field(form, "period_goal") == "新购图书九千册"
    assert field(form, "annual_goal") == "新购图书三千册"


def test_wrapped_cells_are_joined() -> None:
    form = read("""\
        （2023年度）

        项目名称
        重点行业领域集中攻坚阶段检查验收第三方机构安

        全检查项目
        主管部门及代码 222-甲城市应急管
        理局
        实施单位 甲城市应急管理局

        项目属性 一次性项目（1年
        结束）

        项目期 1年
        """)
    assert {name: cell.text for name, cell in form.fields.items()} == {
        "project_name": "重点行业领域集中攻坚阶段检查验收第三方机构安全检查项目",
        "department": "222-甲城市应急管理局",
        "implementing_unit": "甲城市应急管理局",
        "property": "一次性项目（1年结束）",
        "period_text": "1年",
    }
    assert form.fields["project_name"].line_no == 4
    assert (form.first_line, form.last_line, form.unrecognised) == (1, 14, [])


def test_a_label_may_stand_behind_other_text_on_its_line() -> None:
    form = read("""\
        主管部门及代码 318-乙市水务局 实施单位 乙市水务局
        保证项目实施的制度、措施 内容包括：组织机构
        保证措施：设立服务电话，实行24小时项目实施计划 2023年5月份完成支付。
        """)
    assert field(form, "department") == "318-乙市水务局"
    assert field(form, "implementing_unit") == "乙市水务局"
    assert field(form, "safeguards") == "内容包括：组织机构保证措施：设立服务电话，实行24小时"
    assert field(form, "schedule") == "2023年5月份完成支付。"


def test_words_of_a_label_inside_prose_are_prose() -> None:
    form = read("""\
        项目概况
        按照立项依据 和项目实施计划执行，项目概况 如下，
        立项依据充分，年度目标明确。
        立项依据
        《条例》第十条。
        项目实施计划 全年实施。
        """)
    assert (
        field(form, "overview")
        == "按照立项依据和项目实施计划执行，项目概况如下，立项依据充分，年度目标明确。"
    )
    assert field(form, "basis") == "《条例》第十条。"


def test_each_label_belongs_to_a_field_of_the_published_table() -> None:
    assert set(form_spec().fields) - {"department", "funding", "both_goals", "goals"} <= set(
        PerformanceForm._fields
    )


# ---------------------------------------------------------------------------------------------------------
# Funding


FUNDING = """\
    项目期 3年
    项目资金
    （元）

    实施期资金
    总额：

    4,047,

    000
    年度资金总额： 1,349,000

    其中：中央
    财政资金

    0 其中：中央财政资金 0

    项目资金
    （元）
    省级
    财政资金

    507,90
    0 省级财政资金 169,300

    市县
    （区）财

    2E+06
    市县（区
    ）财政资
    金

    610000
    单位
    自筹

    0 单位自筹 0

    其他
    资金

    其他资金

    项目概况
    """


def test_amounts_broken_over_lines_keep_their_source_and_half() -> None:
    assert [(f.horizon, f.source, f.text) for f in read(FUNDING).funding] == [
        ("period", "total", "4,047,000"),
        ("annual", "total", "1,349,000"),
        ("period", "central", "0"),
        ("annual", "central", "0"),
        ("period", "provincial", "507,900"),
        ("annual", "provincial", "169,300"),
        ("period", "municipal", "2E+06"),
        ("annual", "municipal", "610000"),
        ("period", "self_raised", "0"),
        ("annual", "self_raised", "0"),
    ]


def test_an_amount_has_the_line_on_which_it_begins() -> None:
    assert [f.line_no for f in read(FUNDING).funding[:2]] == [8, 11]


@pytest.mark.parametrize("unit", ["元", "万元"])
def test_the_unit_of_money_of_the_funding_grid_is_that_which_it_names(unit: str) -> None:
    form = read(f"项目资金\n（{unit}）\n实施期资金总额： 8.00 年度资金总额： 8.00\n")
    assert form.fields["money_unit"].text == unit


def test_what_is_no_part_of_the_funding_grid_is_reported() -> None:
    form = read("""\
        项目资金
        （元）
        12
        实施期资金总额： 80,000 年度资金总额： 80,000
        见附件说明
        """)
    assert [f.text for f in form.funding] == ["80,000", "80,000"]
    assert [line_no for line_no, _ in form.unrecognised] == [3, 5]


# ---------------------------------------------------------------------------------------------------------
# Goals


def goals(text: str) -> tuple[str | None, str | None]:
    form = read("实施期目标 年度目标\n总体目标\n" + dedent(text) + "绩\n\n效\n指\n标\n" + HEADER)
    return field(form, "period_goal"), field(form, "annual_goal")


def test_goals_that_say_the_same_part_in_the_middle() -> None:
    goal = "有效防范风险，切实维护群众利益。确保按时完成。"
    assert goals("""\
        有效防范风险，切
        实维护群众利益。
        确保按时完成。
        有效防范风险，切实
        维护群众利益。确保
        按时完成。
        """) == (goal, goal)


def test_different_goals_part_after_a_sentence_on_an_unfilled_line_before_a_blank_one() -> None:
    assert goals("""\
        第一项工作按时完成。第二项
        工作按时完成。

        完成全部任务，维护社会的稳
        定。
        """) == ("第一项工作按时完成。第二项工作按时完成。", "完成全部任务，维护社会的稳定。")
    assert goals("按时完成有关的第一项工\n作任务\n\n维护社会稳定，推动工作开\n展\n") == (
        "按时完成有关的第一项工作任务",
        "维护社会稳定，推动工作开展",
    )


def test_a_longer_goal_that_begins_alike() -> None:
    assert goals(
        "完成支付，完成大检查\n行动任务。\n完成支付，完成大检查\n行动任务，维护稳定。\n"
    ) == (
        "完成支付，完成大检查行动任务。",
        "完成支付，完成大检查行动任务，维护稳定。",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("保障正常运营。 保障正常运营。\n", ("保障正常运营。", "保障正常运营。")),
        (
            "保障正常 保障正常运\n运营。 营，维护\n稳定。\n",
            ("保障正常运营。", "保障正常运营，维护稳定。"),
        ),
        (
            "保障正常 保障正常运\n运营，维 营。\n护稳定。\n",
            ("保障正常运营，维护稳定。", "保障正常运营。"),
        ),
    ],
)
def test_goals_side_by_side(text: str, expected: tuple[str, str]) -> None:
    assert goals(text) == expected


def test_the_header_may_stand_behind_the_last_goal() -> None:
    form = read(
        f"实施期目标 年度目标\n总体目标\n推动形势稳定。\n推动形势稳定。{HEADER}数量指标 人数 5人 数量指标 人数 5人"
    )
    assert (field(form, "period_goal"), field(form, "annual_goal")) == (
        "推动形势稳定。",
        "推动形势稳定。",
    )
    assert len(form.indicators) == 2


# ---------------------------------------------------------------------------------------------------------
# Indicators: where a cell ends


def test_a_name_fills_its_column_on_every_line_but_the_last() -> None:
    left, right = halves("""\
        产出指标

        数量指标

        全市危化品

        生产企业主
        要负责人和
        安管人员人
        数

        100人

        数量指标
        全市危化品
        生产企业主
        要负责人和
        安管人员人
        数
        100人
        组织开展培
        训类别

        8类 组织开展培
        训类别

        8类
        """)
    assert (
        left
        == right
        == [
            ("数量", "全市危化品生产企业主要负责人和安管人员人数", "100人"),
            ("数量", "组织开展培训类别", "8类"),
        ]
    )


def test_a_usual_word_behind_a_full_line_is_the_value() -> None:
    left, right = halves("""\
        社会效益指
        标
        提升企业本
        质安全水平
        提高
        社会效益指标
        提升企业本
        质安全水平
        提高
        保障企业安
        全平稳生产
        保障 保障企业安
        全平稳生产
        保障
        """)
    assert (
        left
        == right
        == [
            ("社会效益", "提升企业本质安全水平", "提高"),
            ("社会效益", "保障企业安全平稳生产", "保障"),
        ]
    )


def test_a_word_that_ends_a_run_is_known_as_a_value_elsewhere() -> None:
    left, right = halves("""\
        质量指标 业务操作流
        程执行情况
        群众认可 质量指标 业务操作流
        程执行情况
        群众认可
        重点设施设
        备运行情况
        群众认可 重点设施设
        备运行情况
        群众认可
        """)
    assert (
        left
        == right
        == [
            ("质量", "业务操作流程执行情况", "群众认可"),
            ("质量", "重点设施设备运行情况", "群众认可"),
        ]
    )


def test_only_what_follows_a_name_and_is_as_wide_as_a_word_is_learnt_as_a_value() -> None:
    def run(*texts: str) -> list[Piece]:
        return [Piece(text, width(text), 1, False) for text in texts]

    runs = [
        run("业务操作流程执行情况", "群众认可"),
        run("重点设施设备运行情况", "全员"),
        run("重点设施设备完好情况", "全"),
        run("设备巡查记录单"),
        run("业务操作流程执行次数", "巡查≥5次"),
        run("业务操作流程完善情况", "群众认可且没有提出新的意见"),
    ]
    assert find_habits(runs).wrap == width("业务操作流程执行情况")
    assert find_habits(runs).values == {"群众认可", "全员"}


def test_usual_words_inside_a_name_do_not_end_it() -> None:
    left, right = halves("""\
        质量指标 补助资金
        足额发放
        率
        100% 质量指标 补助资金
        足额发放
        率
        100%
        补助发放
        人员覆盖
        面 ≥90% 补助发放
        人员覆盖
        面 ≥90%
        """)
    assert (
        left
        == right
        == [("质量", "补助资金足额发放率", "100%"), ("质量", "补助发放人员覆盖面", "≥90%")]
    )


def test_brackets_that_cannot_end_or_begin_a_line_leave_it_short() -> None:
    left, _ = halves("""\
        数量指标
        安全生产监
        督次数
        （次）
        ≥120次
        数量指标 安全生产监
        督次数
        （次）
        ≥120次
        """)
    assert left == [("数量", "安全生产监督次数（次）", "≥120次")]


def test_names_may_begin_with_a_number() -> None:
    left, right = halves("""\
        数量指标 3支队伍应
        急救援总人
        数
        ≥45人 数量指标 3支队伍应
        急救援总人
        数
        ≥45人
        抽查2022年
        前达标企业
        数 35个 抽查2022年
        前达标企业
        数 35个
        """)
    assert (
        left
        == right
        == [("数量", "3支队伍应急救援总人数", "≥45人"), ("数量", "抽查2022年前达标企业数", "35个")]
    )


def test_values_wrap_in_columns_of_different_width() -> None:
    left, right = halves("""\
        时效指标 物资管理时
        间
        全年 时效指标 物资管理时
        间
        全年
        抽查2022年
        前达标企业
        时间

        2023年11月份之

        前

        抽查2022年
        前达标企业
        时间
        2023年11月份之前
        管理人员工
        资发放及时
        性
        按月足额发放按
        月足额发放
        管理人员工
        资发放及时
        性
        按月足额发放按月足额
        发放
        """)
    assert left == right
    assert left[1:] == [
        ("时效", "抽查2022年前达标企业时间", "2023年11月份之前"),
        ("时效", "管理人员工资发放及时性", "按月足额发放按月足额发放"),
    ]


def test_blanks_inside_a_value_do_not_part_it() -> None:
    left, _ = halves("数量指标 储备物资种类 ≥ 9 种 数量指标 储备物资种类 ≥ 9 种")
    assert left == [("数量", "储备物资种类", "≥9种")]


def test_a_cut_name_touches_its_value() -> None:
    form = read(
        HEADER
        + dedent("""\
            质量指标 项目验收合≥95% 质量指标 项目验收合≥95%
            时效指标 剩余资金支2023年4月 时效指标 剩余资金支付时
            间
            2023年4月
            满意度指标 服务对象满
            意度指标 项目完成满 （%）≥90% 服务对象满意度
            指标 项目完成满 （%）≥90%
            """)
    )
    assert [(i.horizon, i.level3, i.value_text, i.is_truncated) for i in form.indicators] == [
        ("period", "项目验收合", "≥95%", True),
        ("annual", "项目验收合", "≥95%", True),
        ("period", "剩余资金支", "2023年4月", True),
        ("annual", "剩余资金支付时间", "2023年4月", False),
        ("period", "项目完成满（%）", "≥90%", True),
        ("annual", "项目完成满（%）", "≥90%", True),
    ]


@pytest.mark.parametrize(
    "value", ["零发生", "逐年递增", "应保尽保", "符合规定", "常态化", "按合同约定", "95%", "8家"]
)
def test_a_value_without_a_sign_touches_a_cut_name(value: str) -> None:
    form = read(
        HEADER
        + "社会效益指标\n保障人民群众\n财产安全程度\n有效保障\n"
        + "社会效益指标\n保障人民群众\n财产安全程度\n有效保障\n"
        + "提升全民安全\n防范意识水平\n提升\n" * 2
        + f"救援能力提升{value}\n" * 2
    )
    assert [(i.horizon, i.level3, i.value_text) for i in form.indicators] == [
        (horizon, name, target)
        for name, target in (
            ("保障人民群众财产安全程度", "有效保障"),
            ("提升全民安全防范意识水平", "提升"),
            ("救援能力提升", value),
        )
        for horizon in ("period", "annual")
    ]


def test_a_whole_value_does_not_go_on_into_the_next_cut_name() -> None:
    left, right = halves("""\
        时效指标 按合同约
        定付款时
        间
        按季度支付 时效指标 按合同约按季度支付
        物资采购9月前
        物资采购9月前
        """)
    assert left == [("时效", "按合同约定付款时间", "按季度支付"), ("时效", "物资采购", "9月前")]
    assert right == [("时效", "按合同约", "按季度支付"), ("时效", "物资采购", "9月前")]


def test_halves_cut_at_different_widths() -> None:
    left, right = halves("""\
        数量指标 飞机看护时按实际计算 数量指标 飞机看护时间按实际计算
        时效指标 经费保障到及时 时效指标 经费保障到位及时
        社会效益指 保障飞机安安全
        社会效益指标 保障飞机安全安全
        提高应急救提高 提高应急救援提高
        可持续影响基地正常使≥20年 可持续影响指标基地正常使用≥20年
        """)
    assert left == [
        ("数量", "飞机看护时", "按实际计算"),
        ("时效", "经费保障到", "及时"),
        ("社会效益", "保障飞机安", "安全"),
        ("社会效益", "提高应急救", "提高"),
        ("可持续影响", "基地正常使", "≥20年"),
    ]
    assert right == [
        ("数量", "飞机看护时间", "按实际计算"),
        ("时效", "经费保障到位", "及时"),
        ("社会效益", "保障飞机安全", "安全"),
        ("社会效益", "提高应急救援", "提高"),
        ("可持续影响", "基地正常使用", "≥20年"),
    ]


def test_an_open_bracket_says_that_the_name_was_cut() -> None:
    form = read(
        HEADER + "数量指标\n前置报告评\n（安全风险\n5套 数量指标 前置报告评\n（安全风险\n5套"
    )
    assert [(i.level3, i.is_truncated) for i in form.indicators] == [
        ("前置报告评（安全风险", True)
    ] * 2


# ---------------------------------------------------------------------------------------------------------
# Indicators: labels and halves


def test_page_breaks_repeat_labels_and_the_characters_beside_the_grid() -> None:
    left, right = halves("""\
        数量指标 受益人数 5人 数量指标 受益人数 5人
         绩
        效
        指

        标

        产出指标

        数量指标 设备台数 6台 数量指标 设备台数 6台
        效益指标
        经济效益指
        标

        经济效益指标
         标

        效益指标

        社会效益指
        标
        奖补标准达
        标
        提高 社会效益指标 奖补标准达
        标
        提高
        """)
    assert (
        left
        == right
        == [
            ("数量", "受益人数", "5人"),
            ("数量", "设备台数", "6台"),
            ("社会效益", "奖补标准达标", "提高"),
        ]
    )


def test_levels_are_full_labels_however_they_are_printed() -> None:
    form = read(
        HEADER
        + dedent("""\
            满意度指标服务对象满基地人员≥90% 服务对象满意度基地人员≥90%
            """)
    )
    assert {(i.level1, i.level2) for i in form.indicators} == {("满意度指标", "服务对象满意度指标")}
    assert [i.level3 for i in form.indicators] == ["基地人员", "基地人员"]


def test_an_indicator_may_be_named_like_a_cut_label() -> None:
    left, right = halves("""\
        满意度指标 服务对象满
        意度指标
        服务对象满意
        度
        ≥98%
        服务对象满意度
        指标
        服务对象满意
        度
        ≥98%
        """)
    assert left == right == [("服务对象满意度", "服务对象满意度", "≥98%")]


def test_halves_may_differ_in_order_and_content() -> None:
    left, right = halves("""\
        数量指标 修缮面积 ≥300平方米 数量指标 改造数量 ≥6类
        改造数量 ≥6类 雨水管道长度 ≥100米
        雨水管道长度 ≥100米 修缮面积 ≥300平方米
        """)
    assert [name for _, name, _ in left] == ["修缮面积", "改造数量", "雨水管道长度"]
    assert [name for _, name, _ in right] == ["改造数量", "雨水管道长度", "修缮面积"]


def test_a_further_indicator_goes_to_the_half_that_lacks_it() -> None:
    left, right = halves("""\
        质量指标 设备满意率 ≥98% 质量指标 部门满意率 ≥97%
        部门满意率 ≥97%
        时效指标 开工时间 5月前 时效指标 完工时间 10月前
        完工时间 10月前 支付时间 11月前
        支付时间 11月前
        """)
    assert [name for _, name, _ in left] == [
        "设备满意率",
        "部门满意率",
        "开工时间",
        "完工时间",
        "支付时间",
    ]
    assert [name for _, name, _ in right] == ["部门满意率", "完工时间", "支付时间"]


def test_an_empty_half_stays_empty() -> None:
    left, right = halves("""\
        成本指标 成本指标
        经济效益指标 减少经济损失 减少 经济效益指标
        生态效益指标 生态效益指标 使用年限 ≥20年
        更新年限 ≥5年
        """)
    assert left == [("经济效益", "减少经济损失", "减少")]
    assert right == [("生态效益", "使用年限", "≥20年"), ("生态效益", "更新年限", "≥5年")]


def test_a_missing_right_label_does_not_merge_the_halves() -> None:
    left, right = halves(
        "质量指标 物资完好程度 良好 物资完好程度 良好\n时效指标 管理时间 全年 时效指标 管理时间 全年"
    )
    assert left == right == [("质量", "物资完好程度", "良好"), ("时效", "管理时间", "全年")]


def test_a_form_for_the_year_alone() -> None:
    left, right = halves(
        "产出指标 数量指标 受益人数 5人\n设备台数 6台\n质量指标 合格率 100%",
        "一级指标 二级指标 三级指标 指标值\n",
    )
    assert left == []
    assert right == [
        ("数量", "受益人数", "5人"),
        ("数量", "设备台数", "6台"),
        ("质量", "合格率", "100%"),
    ]


def test_cost_indicators_of_level_1() -> None:
    form = read(HEADER + "成本指标 经济成本指标 印刷费用 ≤5万元 经济成本指标 印刷费用 ≤5万元")
    assert [(i.level1, i.level2, i.level3) for i in form.indicators] == [
        ("成本指标", "经济成本指标", "印刷费用")
    ] * 2


def test_a_grid_without_header_begins_at_its_first_label() -> None:
    left, right = halves(
        "产出指标 数量指标 受益人数 5人 数量指标 受益人数 5人", header="总体目标 完成任务。\n"
    )
    assert left == right == [("数量", "受益人数", "5人")]


def test_a_cell_without_value_still_makes_an_indicator() -> None:
    left, right = halves("数量指标 受益人数 数量指标 受益人数 5人")
    assert (left, right) == ([("数量", "受益人数", "")], [("数量", "受益人数", "5人")])


# ---------------------------------------------------------------------------------------------------------
# Signatures, and what is not understood


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("填报日\n\n期：\n20221202181849", "20221202181849"),
        ("填报日\n\n期：\n2.02302E+13", "2.02302E+13"),
        ("填报日期： 2023年2月3日", "2023年2月3日"),
        ("填报日期：", None),
    ],
)
def test_the_date_of_filing(printed: str, date: str | None) -> None:
    form = read(
        HEADER
        + "数量指标 受益人数 5人 数量指标 受益人数 5人\n负责人： 经办人： ** 联系电话： ***\n"
        + printed
    )
    assert field(form, "filed_on_text") == date
    assert (len(form.indicators), form.unrecognised) == (2, [])


def test_lines_that_belong_to_nothing_are_reported() -> None:
    form = read(f"""\
        某某说明
        项目名称 某某项目
        {HEADER}
        无主文字
        数量指标 受益人数 5人 数量指标 受益人数 5人
        负责人： 经办人： 联系电话：无
        夹杂文字
        填报日期：20230417
        表后文字
        """)
    assert [line_no for line_no, _ in form.unrecognised] == [1, 5, 8, 10]


def test_a_form_cut_off_by_the_end_of_the_file() -> None:
    whole = lines_of(
        FUNDING
        + HEADER
        + "产出指标\n数量指标\n全市危化品\n企业数\n5个\n数量指标\n全市危化品\n企业数\n5个\n"
    )
    for length in range(len(whole) + 1):
        assert not unaccounted(whole[:length])


# ---------------------------------------------------------------------------------------------------------
# Every line is read or reported


@cache
def printed_words() -> str:
    """What a form prints beside its content."""
    spec = form_spec()
    labels = [
        "项目名称",
        "主管部门及代码",
        "实施单位",
        "项目属性",
        "项目期",
        "项目资金（元）",
        "项目概况",
        "立项依据",
    ]
    labels += [
        "项目设立必要性",
        "保证项目实施的制度、措施",
        "项目实施计划",
        "实施期目标",
        "年度目标",
        "总体目标",
    ]
    labels += [f"{half}资金总额：" for half in ("实施期", "年度")] + [
        "其中：中央财政资金",
        "省级财政资金",
    ]
    labels += [
        "市县（区）财政资金",
        "单位自筹",
        "其他资金",
        "（2023年度）",
        "负责人：经办人：联系电话：填报日期：",
    ]
    return "\n".join([*labels, *spec.header, *spec.level1, *spec.level1_of, spec.side_label])


def unaccounted(lines: Sequence[Line]) -> list[str]:
    """Pieces of print that are neither in what was read, nor words of the form, nor on a reported line."""
    form = read_form(lines)
    read_texts = [cell.text for cell in form.fields.values()] + [
        amount.text for amount in form.funding
    ]
    content = "\n".join(read_texts + [i.level3 + i.value_text for i in form.indicators])
    reported = {line_no for line_no, _ in form.unrecognised}
    reported |= {
        line.no for line in lines if form_spec().signature.match(line.text)
    }  # names are not read
    pieces = [piece for line in lines if line.no not in reported for piece in line.text.split()]
    return [piece for piece in pieces if piece.strip("*") and not is_accounted(piece, content)]


def is_accounted(piece: str, content: str) -> bool:
    """Whether a piece is content, words of the form, or content glued to such words."""
    if piece in content or piece in printed_words():
        return True
    cuts = range(1, len(piece))
    return any(
        piece[:cut] in printed_words() and is_accounted(piece[cut:], content) for cut in cuts
    ) or any(piece[:cut] in content and piece[cut:] in printed_words() for cut in cuts)


FRAGMENTS = [
    *[
        "项目名称",
        "项目资金",
        "（元）",
        "总额：",
        "其中：中央",
        "财政资金",
        "项目概况",
        "立项依据",
        "总体目标",
        "0",
        "4,047,",
        "000",
    ],
    *[
        "实施期目标 年度目标",
        HEADER.strip(),
        "产出指标",
        "数量指标",
        "社会效益指",
        "标",
        "服务对象满",
        "意度指标",
        "可持续影响",
    ],
    *[
        "绩",
        "效",
        "指",
        "满意度指标",
        "成本指标",
        "≥95%",
        "100",
        "提高",
        "全市安全生",
        "产演讲比赛",
        "活动场数",
        "≥",
        "5",
        "人",
    ],
    *[
        "项目验收合≥95%",
        "提升队伍专提高",
        "服务对象满意度指社会各界满意≥90%",
        "负责人： 经办人：",
        "填报日",
        "期：",
        "20230417",
    ],
]


@given(
    st.lists(
        st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=3).map(" ".join), max_size=40
    )
)
def test_every_fragment_of_any_form_is_read_or_reported(texts: list[str]) -> None:
    assert not unaccounted([Line(no, text, text) for no, text in enumerate(texts, start=1)])


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_lines_can_be_read(texts: list[str]) -> None:
    lines = [Line(no, text, text) for no, text in enumerate(texts, start=1) if text.strip()]
    form = read_form(lines)
    assert {cell.line_no for cell in form.fields.values()} | {
        no for no, _ in form.unrecognised
    } <= {n.no for n in lines}


@given(st.lists(st.text(alphabet="甲乙丙丁 0", min_size=1).filter(str.strip), max_size=20))
def test_text_without_any_label_is_reported_line_by_line(texts: list[str]) -> None:
    form = read_form([Line(no, text, text) for no, text in enumerate(texts, start=1)])
    assert [no for no, _ in form.unrecognised] == list(range(1, len(texts) + 1))


# ---------------------------------------------------------------------------------------------------------
# The real document

# Period total, annual total, indicators of the period and of the year: read in the document by eye.
FACTS = [
    ("4,047,000", "1,349,000", 15, 15),
    ("7E+06", "2337100", 18, 18),
    ("6E+06", "1560000", 10, 10),
    ("3,300,000", "1,100,000", 10, 10),
    ("2,151,000", "2,151,000", 9, 9),
    ("5,386,800", "1,335,300", 11, 9),
    ("5,220,000", "1,740,000", 17, 17),
    ("4,200,000", "1,400,000", 16, 16),
    ("507,900", "169,300", 9, 9),
    ("2,700,000", "900,000", 9, 9),
    ("1,500,000", "449,000", 14, 14),
    ("1,800,000", "600,000", 13, 13),
    ("80,000", "80,000", 6, 6),
    ("886,200", "295,400", 6, 6),
    ("9,000,000", "3,000,000", 18, 18),
    ("700,000", "592,200", 10, 10),
    ("145,000", "145,000", 7, 6),
    ("300,000", "100,000", 9, 9),
    ("100,000", "100,000", 8, 8),
    ("3,200,000", "800,000", 10, 10),
    ("653,200", "653,200", 8, 8),
    ("121,900", "121,900", 7, 7),
    ("105,000", "105,000", 11, 11),
    ("1,350,000", "450,000", 12, 12),
    ("800,800", "800,800", 6, 6),
]


@cache
def document_sections() -> list[tuple[Line, ...]]:
    return [s.lines for s in sections_of_raw(BUREAU) if s.kind == "form"]


@cache
def document_forms() -> list[PrintedForm]:
    return [read_form(lines) for lines in document_sections()]


def test_the_document_s_totals_and_numbers_of_indicators() -> None:
    found = []
    for form in document_forms():
        amounts = {(f.horizon, f.source): f.text for f in form.funding}
        horizons = [i.horizon for i in form.indicators]
        counts = horizons.count("period"), horizons.count("annual")
        found.append((amounts["period", "total"], amounts["annual", "total"], *counts))
    assert found == FACTS


def test_the_document_s_first_forms() -> None:
    names = [field(form, "project_name") for form in document_forms()[:13]]
    assert names[0] == "森林防灭火、防震减灾救灾、安全生产专题及媒体宣传费用"
    assert (
        names[4] == "重点行业领域“三大战役”集中攻坚阶段检查验收市级监管煤矿第三方机构安全检查项目"
    )
    assert names[10] == "局机关网络设备运维,“应急防范·一屏调度”联网汇接"
    assert names[12] == "晋城市应急管理局公开招聘工作人员经费"
    assert [field(form, "period_text") for form in document_forms()[:13]] == ["3年"] * 4 + [
        "1年"
    ] * 2 + ["3年"] * 6 + ["1年"]
    assert {field(form, "property") for form in document_forms()} == {
        "经常性项目（长期开展）",
        "一次性项目（1年结束）",
    }


def test_the_document_s_forms_are_whole() -> None:
    for form in document_forms():
        assert not form.unrecognised
        assert set(form_spec().fields) - {"funding", "both_goals", "goals"} <= set(form.fields) - {
            "filed_on_text"
        }
        assert field(form, "department") == "222-晋城市应急管理局"
        amounts = {(f.horizon, f.source): f.text for f in form.funding}
        assert all(
            amounts[half, "municipal"] == amounts[half, "total"] for half in ("period", "annual")
        )
        assert len(form.funding) == 10
        assert all(i.level3 and i.value_text for i in form.indicators)


def test_every_piece_of_the_document_s_forms_is_accounted_for() -> None:
    for lines in document_sections():
        assert not unaccounted(lines)


def test_the_document_s_goals() -> None:
    differing = [
        no
        for no, form in enumerate(document_forms(), 1)
        if field(form, "period_goal") != field(form, "annual_goal")
    ]
    assert differing == [17]
    assert (
        field(document_forms()[16], "annual_goal")
        == (field(document_forms()[16], "period_goal") or "")[:-1] + "，维护社会稳定。"
    )


def test_the_document_s_cut_names() -> None:
    cut = {
        no
        for no, form in enumerate(document_forms(), 1)
        if any(i.is_truncated for i in form.indicators)
    }
    assert cut == {21, 22, 23, 24, 25}
    assert [
        (i.level3, i.value_text) for i in document_forms()[23].indicators if i.horizon == "annual"
    ] == [
        ("演练种类", "≥3种"),
        ("编制演练秩序", "≥300套"),
        ("检验预案的科", "增强"),
        ("实用性和操作", "增强"),
        ("编制方案及时", "及时"),
        ("演练完成时间", "11月份之前"),
        ("演练项目成本", "≤45万元"),
        ("减少不必要的", "减少"),
        ("减少不必要的", "减少"),
        ("提升应急处置", "提升"),
        ("有效减少灾害", "减少"),
        ("社会各界满意", "≥90%"),
    ]


def test_the_document_s_halves_in_different_order() -> None:
    quantities = [i for i in document_forms()[14].indicators if i.level2 == "数量指标"]
    left = [i.level3 for i in quantities if i.horizon == "period"]
    right = [i.level3 for i in quantities if i.horizon == "annual"]
    assert left != right
    assert sorted(left) == sorted(right)

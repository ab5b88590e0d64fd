"""The checks of projects and forms: each finds its fault in a real document, and finds nothing where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.making.checkout import BUREAU, CENTRE, raw_text
from tests.making.failures import Failures

RUNNING = "绩效目标表1 指挥中心项目质保到期新增运维费"
TRAINING = "绩效目标表2 应急管理和安全生产及应急干部素质提升专题培训"
EXAMS = "绩效目标表3 特种作业人员安全技术考试收费"
EQUIPMENT = "绩效目标表6 森林防火应急抢险装备设备和执法记录设备、办公设备更新等购置"
PLANTS = "绩效目标表8 晋城市冶铸企业安全“体检”及危化品生产、储存企业专家指导服务暨安全“体检”项目"
NETWORK = "绩效目标表11 局机关网络设备运维,“应急防范·一屏调度”联网汇接"
RULES = "绩效目标表19 晋城市安全生产条例制定 安全生产条例制定成本"
CONTEST = "绩效目标表25 晋城市第二届应急救援队伍技能比武活动"
DAILY = "绩效目标表2 专项业务工作经费"

PROJECT_LINE = "指挥中心项目质保到期新增运维费\t25.00\t25.00"
ANNUAL = "年度资金总额:\t250,000"
MUNICIPAL = "市县(区)财政资金\t500,000\t\t市县(区)财政资金\t250,000"

# name: the document, what is printed, what is put in its place, what then fails
FAULTS = {
    "no_form": (CENTRE, PROJECT_LINE, "窗口服务\t25.00\t25.00", "project_without_form 项目 窗口服务"),
    "no_project": (CENTRE, PROJECT_LINE, "窗口服务\t25.00\t25.00", f"form_without_project {RUNNING}"),
    "name": (
        CENTRE, PROJECT_LINE, "指挥中心项目质保到期新增维护费\t25.00\t25.00",
        "project_name_differs 项目 指挥中心项目质保到期新增维护费",
    ),
    "amount": (
        CENTRE, PROJECT_LINE, "指挥中心项目质保到期新增运维费\t26.00\t26.00",
        "project_form_amount 项目 指挥中心项目质保到期新增运维费",
    ),
    "annual_sources": (CENTRE, MUNICIPAL, MUNICIPAL.replace("250", "251"), f"form_annual_sources {RUNNING}"),
    "period_sources": (CENTRE, MUNICIPAL, MUNICIPAL.replace("500", "501"), f"form_period_sources {RUNNING}"),
    "period": (CENTRE, "500,000", "501,000", f"form_period_years {RUNNING}"),
    "printing": (CENTRE, f"500,000\t\t{ANNUAL}", f"500,000\t\t{ANNUAL}".replace("500", "510"), f"form_printing {RUNNING} period total"),
    "cost_below": (CENTRE, "≤25万元", "≤24万元", f"form_cost_below {RUNNING} 年度指标 维护成本"),
    "cost_above": (CENTRE, "≤25万元", "≤26万元", f"form_cost_above {RUNNING} 年度指标 维护成本"),
    "scientific": (BUREAU, "7E+06", "9E+06", f"form_period_scientific {TRAINING}"),
    "components": (BUREAU, "专线链路费1.4万元", "专线链路费2.4万元", f"form_components {NETWORK}"),
    "price_shares": (BUREAU, "考试点112元/人", "考试点113元/人", f"form_price_shares {EXAMS} 项目概况 非煤类实际操作考试"),
}  # fmt: skip
# The same for what stands in the documents themselves; what is put in its place is right
REPAIRS = {
    "breakdown": (CENTRE, "61.2万元", "61万元", f"form_breakdown {DAILY} 项目概况 2025年专项业务费项目"),
    "dates_of_printings": (CENTRE, "预计6月底", "预计5月底", f"form_printing {DAILY} 实施计划"),
    "settlement": (BUREAU, "19.38万元", "19.92万元", f"form_breakdown {CONTEST} 项目概况 总金额"),
    "exams": (BUREAU, "考试点\n\n42元/人", "考试点\n\n43元/人", f"form_price_shares {EXAMS} 项目概况 收费标准为安全技术理论考试费"),
    "total_cost": (BUREAU, "≤194.4万元", "≤233.71万元", f"form_cost_below {TRAINING} 年度指标 项目总金额"),
    "hoses": (BUREAU, "8盘", "800盘", f"form_goal {EQUIPMENT} 购置高压水带"),
    "plants": (BUREAU, "2023年完成全市15家取得", "2023年完成全市6家取得", f"form_text {PLANTS} 家取得安全生产许…"),
    "halves": (BUREAU, "≤20万元 成本指标", "≤10万元 成本指标", f"form_halves {RULES}"),
    "filing_date": (BUREAU, "2.02302E+13", "20230217", f"form_filing_date {EXAMS}"),
    "vehicles": (CENTRE, "实有3辆", "实有2辆", "vehicles 情况说明（国有资产）公务用车实有"),
    "six_million": (BUREAU, "6E+06", "5E+06", f"form_period_scientific {EXAMS}"),
}  # fmt: skip


# Forms that are none of a project of the budget, and whose money is divided twice
OTHER_FORMS = """

部门整体支出绩效目标表

部门名称\t某中心\t\t\t
年度预算申请（万元）\t资金总额：\t310.00\t\t
\t其中：财政拨款\t300.00\t基本支出\t250.00
\t其他资金\t10.00\t项目支出\t60.00
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t值守天数\t365天

中央对地方转移支付绩效目标表

专项名称\t某项补助\t\t\t
资金情况（万元）\t年度金额：\t20.00\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t补助户数\t8户

项目支出绩效自评表

项目名称\t某项设备更新\t\t\t
项目资金（万元）\t\t全年预算数\t全年执行数\t
\t年度资金总额\t118.00\t115.00\t
\t其中：当年财政拨款\t100.00\t100.00\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t更新台数\t8台

项目支出绩效目标表

项目名称\t某项设备维护\t\t\t
项目资金（万元）\t年度资金总额：\t118.00\t\t
\t其中：财政拨款\t100.00\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t维护台数\t8台
"""


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    texts = {CENTRE: raw_text(CENTRE), BUREAU: raw_text(BUREAU)}
    for name, (document, printed, replacement, _) in (FAULTS | REPAIRS).items():
        assert printed in texts[document]
        once = (
            -1
            if name in REPAIRS or name in ("period", "cost_below", "cost_above", "scientific")
            else 1
        )
        texts[name] = texts[document].replace(printed, replacement, once)
    texts["other_forms"] = texts[CENTRE] + OTHER_FORMS
    return failures_of(texts)


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found(found: Failures, name: str) -> None:
    document, _, _, target = FAULTS[name]
    assert (target, "fail") in found[name]
    assert (target, "fail") not in found[document]


def test_other_kinds_of_forms_are_asked_for_no_project_and_a_part_of_the_money_is_not_all_of_it(
    found: Failures,
) -> None:
    new = set(found["other_forms"]) - set(found[CENTRE])
    # No project of the budget stands for the two forms of one, and the prose counts fewer
    keys = {target.split()[0] for target, _ in new} - {"document_twice"}  # they are copies
    assert keys == {"form_without_project", "prose_count"}


def test_a_share_of_all_is_no_more_than_all(
    failures_of: Callable[[dict[str, str]], Failures],
) -> None:
    targets = [
        ("服务对象满意度", "≥101%"),
        ("养护任务完成率", "≥120%"),
        ("抽检合格率（%）", "100%"),
    ]
    rows = [f"\t产出指标\t质量指标\t{name}\t{value}" for name, value in targets]
    form = OTHER_FORMS.replace("\t产出指标\t数量指标\t维护台数\t8台", "\n".join(rows))
    found = failures_of({"some": raw_text(CENTRE) + form})["some"]
    shares = [(target, status) for target, status in found if target.startswith("form_share")]
    assert [(target.split()[-1], status) for target, status in shares] == [
        ("服务对象满意度", "fail")
    ]


@pytest.mark.parametrize("name", REPAIRS)
def test_repaired_fault_is_no_longer_found(found: Failures, name: str) -> None:
    document, _, _, target = REPAIRS[name]
    assert (target, "fail") in found[document]
    assert (target, "fail") not in found[name]


def test_lost_digits_that_fit_are_no_failure(found: Failures) -> None:
    assert (f"form_period_scientific {TRAINING}", "rounding") in found[BUREAU]
    assert (f"form_period_scientific {EXAMS}", "rounding") in found["six_million"]


def test_parts_said_to_be_about_may_be_off_by_what_was_not_printed(found: Failures) -> None:
    assert (
        "form_components 绩效目标表16 安泰大厦消防、雨水管、污水管、资料室、办公室及空调等改造",
        "rounding",
    ) in found[BUREAU]


def test_open_list_of_parts_may_come_to_less(found: Failures) -> None:
    assert not any(target.startswith("form_breakdown 绩效目标表8 ") for target, _ in found[BUREAU])


def test_every_project_without_form_and_nothing_else(found: Failures) -> None:
    assert {
        target
        for target, _ in found[BUREAU]
        if target.startswith(("project_w", "form_w", "prose_count"))
    } == {
        "project_without_form 项目 晋城市航空应急救援服务费",
        "prose_count 情况说明（预算绩效）编制绩效目标的项目个数",
    }


def test_all_warnings_of_the_forms_of_the_centre(found: Failures) -> None:
    assert {
        target
        for target, status in found[CENTRE]
        if status == "fail" and not target.startswith(("prose", "table"))
    } >= {
        f"form_breakdown {DAILY} 项目概况 2025年专项业务费项目",
        f"form_printing {DAILY} 实施计划",
    }
    assert not any(RUNNING in target for target, _ in found[CENTRE])

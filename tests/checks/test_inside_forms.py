"""What the texts and indicators of one form say of the same thing: each fault is found, and what is alike but right is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from jcdata.pipeline.build import BuildResult
from tests.making.failures import Failures, failures_in

Indicator = tuple[str, str, str]  # level 2, level 3 and the target


def document(
    *indicators: Indicator,
    overview: str = "开展道路养护。",
    safeguards: str = "按制度实施。",
    schedule: str = "按计划实施。",
    goal: str = "保障道路畅通。",
    annual: int = 900_000,
    period: int = 900_000,
) -> str:
    """The budget of an invented unit with one form of a project of one year; money in yuan."""
    rows = [
        "某市公路中心2025年度部门预算公开", "", "项目支出绩效目标表", "(2025年度)", "",
        "项目名称\t\t道路养护\t\t\t\t\t",
        "主管部门及代码\t\t333-某市交通局\t\t实施单位\t\t某市公路中心\t",
        "项目属性\t\t一次性项目\t\t项目期\t\t1年\t",
        f"项目资金(元)\t实施期资金总额:\t{period:,}\t\t年度资金总额:\t{annual:,}\t\t",
        f"\t市县(区)财政资金\t{period:,}\t\t市县(区)财政资金\t{annual:,}\t\t",
        f"项目概况\t{overview}\t\t\t\t\t\t",
        f"保证项目实施的制度、措施\t{safeguards}\t\t\t\t\t\t",
        f"项目实施计划\t{schedule}\t\t\t\t\t\t",
        "实施期目标\t\t\t\t年度目标\t\t\t",
        f"总体目标\t{goal}\t\t\t{goal}\t\t\t",
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值",
    ]  # fmt: skip
    for level2, level3, target in indicators:
        rows.append(f"\t产出指标\t{level2}\t{level3}\t{target}\t{level2}\t{level3}\t{target}")
    return "\n".join([*rows, "负责人:\t经办人:\t\t联系电话:\t\t填报日期:\t20250304162643\t", ""])


class Case(NamedTuple):
    """A document, and the checks that fail in it, with blanks between; empty if nothing may be found."""

    text: str
    checks: str


COUNT, TIME, COST = "数量指标", "时效指标", "成本指标"
SURVEYED = "对全市6座特大桥梁、3座特长隧道进行定期结构检测。"
SURVEY = "特大桥梁、特长隧道定期结构检测数量"
PATROLLED = "开展为期5个月的巡查。"
TRAINED = "防汛抗旱业务骨干培训"
SIX, EIGHT = "对6家公路养护施工企业检查。", "对8家公路养护施工企业检查。"
SIX_AND_THREE = "对6家公路养护施工企业、3家设计院检查。"
DRILLED = "1、拟组织冬季除雪保畅桌面演练（已完成）；2、拟组织道路抢修演练。"
THREE = "委托某市甲乙养护有限公司、丙丁路桥有限公司、戊己工程有限公司，"
CONTEST, OTHER_COST = "全市桥梁检测比赛费用", (COST, "道路清扫费用", "≤80万元")
HELD = "全市桥梁检测比赛需2万元，其余用于清扫。"
BRIDGES, HELPERS = (COUNT, "桥梁检测座数", "8座"), (COUNT, "护工补贴人数", "8人")

CASES: dict[str, Case] = {
    "sum of a phrase": Case(document((COUNT, SURVEY, "≥12个"), overview=SURVEYED), "form_count"),
    "sum that is right": Case(document((COUNT, SURVEY, "9个"), overview=SURVEYED), ""),
    "part that is right": Case(document((COUNT, SURVEY, "6座"), overview=SURVEYED), ""),
    "bound that is kept": Case(document((COUNT, SURVEY, "≥8个"), overview=SURVEYED), ""),
    "bound far away": Case(
        document((COUNT, SURVEY, "≥100个"), overview="特大桥梁、特长隧道共定期结构检测约1万座。"),
        "form_count",
    ),
    "range that is kept": Case(document((COUNT, SURVEY, "8-12个"), overview=SURVEYED), ""),
    "wide range": Case(
        document((COUNT, SURVEY, "1-100个"), overview="特大桥梁、特长隧道共定期结构检测60座。"), ""
    ),
    "range that is not kept": Case(
        document((COUNT, SURVEY, "10-12个"), overview=SURVEYED), "form_count"
    ),
    "range of a goal": Case(
        document((COUNT, f"{TRAINED}人数", "10-12人"), goal=f"{TRAINED}11人。"), ""
    ),
    "goal beyond its range": Case(
        document((COUNT, f"{TRAINED}人数", "10-12人"), goal=f"{TRAINED}13人。"), "form_goal"
    ),
    "number that the goals compare": Case(
        document((COUNT, f"{TRAINED}人数（人）", "100人"), goal=f"{TRAINED}150人。"), "form_goal"
    ),
    "number that the goals do not compare": Case(
        document(
            (COUNT, "特大桥梁定期结构检测数量", "12座"), overview="6座特大桥梁定期结构检测3次。"
        ),
        "form_count",
    ),
    "persons and times": Case(
        document((COUNT, f"{TRAINED}数量", "100人"), overview=f"{TRAINED}班共150人次。"), ""
    ),
    "thousands with a comma": Case(
        document(overview="对1,200家公路养护施工企业检查。", goal="对1200家公路养护施工企业检查。"), ""
    ),
    "another measure": Case(
        document((COUNT, SURVEY, "≥12次"), overview=SURVEYED), ""
    ),
    "other words": Case(
        document((COUNT, SURVEY, "≥12个"), overview="对全市6座服务区开展保洁。"), ""
    ),
    "measures": Case(
        document(overview=SIX_AND_THREE, safeguards=EIGHT),
        "form_text",
    ),
    "measures that agree": Case(
        document(overview=SIX_AND_THREE, safeguards=SIX),
        "",
    ),
    "duration": Case(
        document((TIME, "开展巡查天数", "≥60天"), overview=PATROLLED), "form_duration"
    ),
    "duration in months": Case(
        document((TIME, "巡查期限", "5个月"), overview=PATROLLED), ""
    ),
    "duration within its bound": Case(
        document((TIME, "开展巡查天数", "≥120天"), overview=PATROLLED), ""
    ),
    "duration within its range": Case(
        document((TIME, "开展巡查天数", "120-160天"), overview=PATROLLED), ""
    ),
    "year in months": Case(
        document((TIME, "巡查期限", "1年"), overview="开展为期12个月的巡查。"), ""
    ),
    "months in a year": Case(
        document((TIME, "巡查期限", "12个月"), overview="开展为期1年的巡查。"), ""
    ),
    "month of 31 days": Case(
        document((TIME, "开展巡查天数", "31天"), overview="开展为期1个月的巡查。"), ""
    ),
    "working days of a month": Case(
        document((TIME, "巡查期限", "22个工作日"), overview="开展为期1个月的巡查。"), ""
    ),
    "weeks of a month": Case(
        document((TIME, "巡查期限", "1个月"), overview="开展为期4周的巡查。"), ""
    ),
    "days and days": Case(
        document((TIME, "开展巡查天数", "60天"), overview="开展为期62天的巡查。"), "form_duration"
    ),
    "two durations": Case(
        document(
            (TIME, "开展巡查天数", "≥10天"), overview="开展为期5个月的巡查，为期5天的培训。"
        ),
        "",
    ),
    "schedule after the goal": Case(
        document(schedule="2025年11月份之前完成。", goal="2025年10月份之前完成养护。"),
        "form_deadline",
    ),
    "step of the schedule": Case(
        document(schedule="10月底前完成施工，12月底前完成支付。", goal="10月份之前完成养护。"), ""
    ),
    "end after the indicator": Case(
        document((TIME, "养护完成时间", "10月底前"), schedule="1月开始实施，年底结束。"),
        "form_deadline",
    ),
    "end that agrees": Case(
        document((TIME, "养护完成时间", "12月底前"), schedule="1月开始实施，年底结束。"), ""
    ),
    "whole year": Case(
        document((TIME, "巡查时间", "全年"), schedule="2025年8月份之前完成。"), "form_deadline"
    ),
    "whole year, paid before": Case(
        document((TIME, "巡查时间", "全年"), schedule="2025年8月份之前完成支付。"), ""
    ),
    "cancelled": Case(
        document(
            overview="1、道路清扫，费用70万元；2、桥梁检测，费用20万元。（第2项不再实施）"
        ),
        "form_cancelled",
    ),
    "cancelled and not paid for": Case(
        document(
            overview="1、道路清扫，费用70万元；2、桥梁检测，费用20万元；3、绿化，费用15万元。（第2项不再实施）",
            annual=850_000, period=850_000,
        ),
        "",
    ),
    "companies": Case(
        document(
            overview="东片依托某市甲乙养护有限公司和丙丁路桥有限公司，西片依托某市戊己工程有限公司，拨付至2个公司。"
        ),
        "form_names",
    ),
    "companies that agree": Case(
        document(
            overview="依托某市甲乙养护有限公司和丙丁路桥有限公司，由某市甲乙养护有限公司牵头，拨付至2个公司。"
        ),
        "",
    ),
    "twelve companies": Case(document(overview=f"{THREE}拨付至十二家公司。"), ""),
    "a hundred companies": Case(document(overview=f"{THREE}服务100家企业。"), ""),
    "tens of companies": Case(
        document(
            overview="、".join(f"某市{name}路桥养护有限公司" for name in "甲乙丙丁戊己庚辛壬癸子")
            + "服务数十家企业。"
        ),
        "",
    ),
    "the second company": Case(document(overview=f"{THREE}第二家公司为备选。"), ""),
    "company in a sentence": Case(
        document(
            overview="拨付甲乙路桥有限公司，甲乙路桥有限公司和丙丁养护有限公司共2个公司。"
        ),
        "",
    ),
    "company for example": Case(
        document(overview="委托某市甲乙养护有限公司、丙丁路桥有限公司等5家公司养护。"), ""
    ),
    "estimate": Case(document(overview="养护道路，全年经费估计55万元。"), "form_estimate"),
    "estimate in yuan": Case(document(overview="养护道路，需资金1,200,000元。"), "form_estimate"),
    "estimate about right": Case(document(overview="养护道路，需资金约90万元。", annual=901_000, period=901_000), ""),
    "estimate of the period": Case(
        document(overview="养护道路，需资金120万元。", period=1_200_000), ""
    ),
    "money of other years": Case(
        document(overview="合同金额为120万元，2024年已支付30万元。"), ""
    ),
    "price of one kilometre": Case(document(overview="养护道路，每公里共计60万元/年。"), ""),
    "parts of the period": Case(
        document(
            overview="1、道路清扫，费用300万元；2、桥梁检测，费用95万元。", period=4_000_000
        ),
        "form_components",
    ),
    "part's cost": Case(
        document((COST, CONTEST, "≤10万元"), OTHER_COST, overview=HELD),
        "form_part_cost",
    ),
    "part's cost that agrees": Case(
        document((COST, CONTEST, "≤2万元"), OTHER_COST, overview=HELD),
        "",
    ),
    "cost of one": Case(
        document(
            (COST, CONTEST, "≤10万元"), OTHER_COST,
            overview="全市桥梁检测比赛需2万元/座，其余用于清扫。",
        ),
        "",
    ),
    "parts that are about the year's money": Case(
        document(
            (COST, "养护总成本", "≤50万元"),
            overview="1、道路清扫，费用约30万元；2、桥梁检测，费用约30万元。",
            annual=592_000, period=592_000,
        ),
        "form_components",
    ),
    "limit below the parts": Case(
        document(
            (COST, "养护总成本", "≤100万元"),
            overview="1、道路清扫，费用300万元；2、桥梁检测，费用40万元。",
            annual=1_000_000, period=3_390_000,
        ),
        "form_components form_cost_sum",
    ),
    "parts of the whole period": Case(
        document(
            (COST, "养护总成本", "≤100万元"),
            overview="1、道路清扫，费用90万元；2、桥梁检测，费用60万元。",
            annual=1_000_000, period=1_500_000,
        ),
        "",
    ),
    "price and number": Case(
        document(HELPERS, (COST, "人均补贴金额", "5000元")), "form_price"
    ),
    "price and number that agree": Case(
        document((COUNT, "护工补贴人数", "180人"), (COST, "人均补贴金额", "5000元")), ""
    ),
    "price of another thing": Case(
        document(HELPERS, (COST, "每座桥梁检测成本", "5000元")), ""
    ),
    "price of what is counted": Case(
        document(BRIDGES, (COST, "每座桥梁检测成本", "5000元")), "form_price"
    ),
    "price of what is counted by its unit": Case(
        document(BRIDGES, (COST, "平均每座桥梁检测成本", "5000元/座")), "form_price"
    ),
    "price of a kilometre": Case(document(BRIDGES, (COST, "每公里养护成本", "5000元")), ""),
    "price of a month": Case(document(BRIDGES, (COST, "每月养护费用", "5000元")), ""),
    "price of each month": Case(document(BRIDGES, (COST, "每个月养护费用", "5000元")), ""),
    "price of one for a day": Case(document(HELPERS, (COST, "每人每天补贴金额", "5000元")), ""),
    "price by the month": Case(document(HELPERS, (COST, "每人月补贴金额", "5000元")), ""),
    "price of one by the month": Case(
        document(HELPERS, (COST, "人均补贴金额", "5000元/人/月")), ""
    ),
    "price by the day": Case(document(HELPERS, (COST, "人均补贴金额", "5000元/天")), ""),
    "price without a limit": Case(document(HELPERS, (COST, "人均补贴金额", "≥5000元")), ""),
    "at least so many": Case(
        document((COUNT, "护工补贴人数", "≥5人"), (COST, "人均补贴金额", "5000元")), ""
    ),
    "money among times": Case(
        document((TIME, "桥梁检测费用", "≤10万元")), "form_indicator_level"
    ),
    "days": Case(document((COUNT, "开展巡查天数", "≥30天")), ""),
    "calendar days": Case(document((COUNT, "开展巡查天数", "≥30自然日")), ""),
    "days in hours": Case(document((COUNT, "开展巡查天数", "≥8小时")), ""),
    "days in months": Case(document((COUNT, "开展巡查天数", "≥3月")), "form_indicator_unit"),
    "done and planned": Case(
        document(
            overview=DRILLED,
            schedule="5月份前完成除雪桌面演练、8月份前完成道路抢修演练。",
        ),
        "form_done",
    ),
    "done and another planned": Case(
        document(
            overview=DRILLED,
            schedule="5月份前完成道路抢修演练。",
        ),
        "",
    ),
    "done and said to be done": Case(
        document(overview=DRILLED, schedule="3月已全部完成除雪桌面演练。"), ""
    ),
    "accepted and to be accepted": Case(
        document((TIME, "工程验收时间", "2025年3月已验收"), overview="2025年对绕城公路进行验收。"),
        "form_done",
    ),
    "accepted and paid": Case(
        document((TIME, "工程验收时间", "2025年3月已验收"), overview="2025年对绕城公路进行支付。"),
        "",
    ),
}  # fmt: skip
# What a form of so few words lacks besides
OTHERS = ("form_without_project", "form_cost_above", "form_cost_below", "form_period")


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    return failures_of({name: case.text for name, case in CASES.items()})


def checks(failures: set[tuple[str, str]]) -> set[str]:
    return {
        target.split()[0]
        for target, _ in failures
        if target.startswith("form_") and not target.startswith(OTHERS)
    }


@pytest.mark.parametrize("name", CASES)
def test_contradiction_is_found_and_nothing_else(found: Failures, name: str) -> None:
    assert checks(found[name]) == set(CASES[name].checks.split())


Rows = list[tuple[Any, ...]]


def asked(result: BuildResult, query: str) -> Rows:
    with duckdb.connect(str(result.database), read_only=True) as db:
        return db.execute(query).fetchall()


def test_a_finding_cites_the_lines_of_both_figures(build: Callable[..., BuildResult]) -> None:
    text = CASES["sum of a phrase"].text
    ((lines,),) = asked(
        build(a=text), "SELECT line_nos FROM findings WHERE check_key = 'form_count'"
    )
    printed = text.splitlines()
    assert [printed[line - 1].split("\t")[0] for line in lines] == ["项目概况", ""]
    assert "≥12个" in printed[lines[1] - 1]


def test_a_duration_said_twice_is_cited_with_both_texts_and_the_first_line(
    build: Callable[..., BuildResult],
) -> None:
    text = document((TIME, "开展巡查天数", "10天"), overview=PATROLLED, safeguards=PATROLLED)
    query = "SELECT message_zh, line_nos FROM findings WHERE check_key = 'form_duration'"
    ((message, lines),) = asked(build(a=text), query)
    assert "保证措施、项目概况" in message
    assert text.splitlines()[lines[0] - 1].startswith("项目概况")


def test_a_goal_that_contradicts_weighs_more_than_a_step_that_does(
    build: Callable[..., BuildResult],
) -> None:
    text = document(overview=SIX, schedule=EIGHT, goal=EIGHT)
    of_the_period = text.replace(f"\t\t\t{EIGHT}", "\t\t\t保障道路畅通。")
    assert asked(
        build(a=of_the_period), "SELECT severity FROM findings WHERE check_key = 'form_text'"
    ) == [("warning",)]


@pytest.mark.parametrize(
    ("limit", "said", "found"),
    [
        ("≤2.2万元", "约需2万元", [("rounding",)]),
        ("≤2.2万元", "需2万元", [("fail",)]),
        ("≤500元/人", "需2万元", []),
    ],
)
def test_the_cost_of_a_part_is_as_exact_as_it_is_said_to_be(
    build: Callable[..., BuildResult], limit: str, said: str, found: Rows
) -> None:
    text = document((COST, CONTEST, limit), OTHER_COST, overview=f"全市桥梁检测比赛{said}。")
    query = "SELECT status FROM check_results WHERE check_key = 'form_part_cost' AND target <> ''"
    assert asked(build(a=text), query) == found


def test_numbers_too_long_for_a_count_are_compared_with_nothing(tmp_path: Path) -> None:
    long = "9" * 15
    text = document(
        (COUNT, SURVEY, f"≥{long}个"),
        (COUNT, "护工补贴人数", f"{long}人"),
        (COST, "人均补贴金额", f"{long}元"),
        (TIME, "巡查天数", f"≥{long}天"),
        overview=f"对全市{long}9座特大桥梁、3座特长隧道进行定期结构检测，为期999年，需资金{long}亿元。",
    )
    assert checks(failures_in(tmp_path, {"a": text})["a"]) == set()

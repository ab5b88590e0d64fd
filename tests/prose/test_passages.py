"""Where prose stands and what its passages are about: by the words of headings and sentences, never by their numbers."""

from __future__ import annotations

import pytest

from jcdata.documents.formats.rows import Cell
from jcdata.extraction.one_document import parse_document
from jcdata.schema import Claim
from tests.making.files import as_excel

TITLE = "某某市水务局2034年度部门预算公开\n"
REVENUE = "2034年度收入预算80.00万元，其中：财政拨款收入80.00万元。\n"
SPENDING = "2034年度支出预算80.00万元，其中：基本支出50.00万元。\n"
THREE = "“三公”经费预算2.00万元，比上年减少0.50万元。\n"


def claims(text: str) -> list[Claim]:
    """The claims of a text document."""
    return parse_document((TITLE + text).encode(), "some.txt").records[Claim]


def passages(text: str) -> list[tuple[str, str]]:
    """Passage and printed number of each claim, in order, once where they repeat."""
    return list(dict.fromkeys((claim.passage, claim.section) for claim in claims(text)))


@pytest.mark.parametrize(
    "chapter",
    [
        "第三部分 2034年度部门预算情况说明\n",
        "第三部分\n2034年度部门预算情况说明\n",
        "第三部分 某某市水务局2034年度部门预算\n情况说明\n",
        "第三部分 某某省高原自治州某某经济技术开发区管理委员会综合行政执法大队2034年度部门预算情况说明\n",
        "2034年部门预算编制说明\n",
        "",
    ],
)
def test_explanations_begin_where_the_words_say_so(chapter: str) -> None:
    text = f"{chapter}一、收入预算情况说明\n{REVENUE}二、支出预算情况说明\n{SPENDING}三、“三公”经费情况\n{THREE}"
    assert passages(text) == [("revenue", "一"), ("expenditure", "二"), ("three_public", "三")]


def test_passages_may_be_numbered_below_a_chapter_with_an_ordinal() -> None:
    text = f"一、概况\n负责供水。\n二、预算表\n附后。\n三、2034年预算情况说明\n（一）收入预算情况\n{REVENUE}（二）支出情况\n{SPENDING}"
    assert passages(text) == [("revenue", "一"), ("expenditure", "二")]


def test_a_heading_may_end_with_a_stop_or_have_text_behind_it() -> None:
    text = f"四、其他重要事项的情况说明\n１．“三公”经费情况。{THREE}２.政府采购情况：政府采购预算3.00万元。\n"
    assert [(claim.passage, claim.section) for claim in claims(text)] == [
        ("three_public", "四"), ("three_public", "四"), ("procurement", "四"),
    ]  # fmt: skip


def test_a_heading_may_wrap() -> None:
    text = f"第三部分 预算情况说明\n十一、一般公共预算“三公”经费、会议费、培训费支出预算\n情况说明\n{THREE}"
    assert passages(text) == [("three_public", "十一")]


def test_without_headings_the_first_sentence_of_a_paragraph_says_what_it_is_about() -> None:
    text = f"2034年部门预算编制说明\n{REVENUE}{SPENDING}财政拨款支出主要内容如下：\n1.“教育支出（类）普通教育（款）小学教育（项）”5.00万元。\n"
    assert passages(text) == [("revenue", ""), ("expenditure", ""), ("fiscal_appropriation", "")]


def test_one_passage_more_changes_no_other() -> None:
    body = f"收入预算情况说明\n{REVENUE}"
    one = claims(f"第三部分 预算情况说明\n一、{body}")
    two = claims(f"第三部分 预算情况说明\n一、绩效情况\n项目绩效目标3个。\n二、{body}")
    assert [(c.passage, c.subject, c.value) for c in two[1:]] == [
        (c.passage, c.subject, c.value) for c in one
    ]


def test_the_name_of_the_unit_says_nothing_of_a_passage() -> None:
    text = (
        "部门：某某市国有资产监督管理委员会\n第三部分 预算情况说明\n一、某某市国有资产监督管理委员会收入预算情况\n"
        + REVENUE
    )
    assert passages(text) == [("revenue", "一")]


def test_duties_terms_and_contents_state_nothing() -> None:
    text = (
        "目录\n一、收入预算5.00万元说明 3\n第一部分 部门概况\n一、主要职能\n管理资金9.00万元。\n"
        "第四部分 名词解释\n一、财政拨款：指10万元以上的资金。\n"
    )
    assert claims(text) == []


def test_a_chart_beside_a_passage_states_nothing() -> None:
    text = f"三、支出预算情况说明\n{SPENDING}基本支出,\n62.50%\n项目支出,37.50%\n"
    assert [str(claim.value) for claim in claims(text)] == ["80.00", "50.00"]


def test_the_innermost_heading_of_a_passage_says_what_it_is_about() -> None:
    text = (
        "第三部分 预算情况说明\n一、2034年部门预算收支情况说明\n（一）收入预算情况\n"
        + REVENUE
        + "（六）机关运行经费情况\n机关运行经费预算5.00万元。\n（七）政府采购情况\n政府采购预算3.00万元。\n"
    )
    assert [passage for passage, _ in passages(text)] == [
        "revenue",
        "operating_expenses",
        "procurement",
    ]


@pytest.mark.parametrize(
    ("heading", "passage"),
    [
        ("收入预算总体情况说明", "revenue"),
        ("支出决算总体情况", "expenditure"),
        ("收入支出决算总体情况说明", "overview"),
        ("部门预算收支总体情况", "overview"),
    ],
)
def test_all_of_the_revenue_is_not_all_of_the_budget(heading: str, passage: str) -> None:
    assert passages(f"第三部分 情况说明\n二、{heading}\n合计5.00万元，比上年增加1.00万元。\n") == [
        (passage, "二")
    ]


def test_headings_of_items_and_below_special_matters_part_nothing() -> None:
    text = (
        "第三部分 预算情况说明\n五、一般公共预算支出情况说明\n（一）教育支出\n教育支出5.00万元。\n"
        "七、“三公”经费情况说明\n（二）车辆情况说明\n公务用车运行维护费1.00万元。\n"
    )
    assert [passage for passage, _ in passages(text)] == ["general_public", "three_public"]


def test_an_item_with_its_text_ends_the_passage_beside_it() -> None:
    text = f"三、“三公”经费情况\n{THREE}四、机关运行经费支出0.80万元，比上年增加0.10万元。\n"
    assert [claim.passage for claim in claims(text)] == ["three_public"] * 2 + [
        "operating_expenses"
    ] * 2


def test_duties_that_speak_of_assets_state_nothing() -> None:
    text = "第一部分 概况\n一、主要职责\n1.国有资产管理\n承担重大课题12项以上的组织协调。\n"
    assert claims(text) == []


def test_prose_in_a_sheet_below_a_table_is_read() -> None:
    grid = [[Cell("项目"), Cell("合计")], [Cell("合计"), Cell("5.00")]]
    data = as_excel([
        "支出预算总表", "单位：万元", grid, "第三部分 预算情况说明", "一、支出预算情况说明", "2034年支出预算5.00万元。",
    ])  # fmt: skip
    found = parse_document(data, "some.xlsx").records[Claim]
    assert [(claim.passage, str(claim.value)) for claim in found] == [("expenditure", "5.00")]


def test_overall_is_what_the_heading_above_says() -> None:
    text = (
        "五、一般公共预算财政拨款支出情况说明\n（一）总体情况。2034年度支出50.00万元。\n"
        "（二）财政拨款支出具体情况说明\n基本支出50.00万元。\n"
        "六、其他事项说明\n（一）一般性支出情况\n会议费2.00万元。\n"
    )
    assert passages(text) == [("general_public", "五"), ("other", "六")]


def test_revenue_and_spending_with_their_text_part_an_overview() -> None:
    text = f"二、收支总体情况\n（一）收入预算：{REVENUE}（二）支出预算：{SPENDING}"
    assert [passage for passage, _ in passages("第三部分 预算说明\n" + text)] == [
        "revenue",
        "expenditure",
    ]


def test_both_sides_of_the_appropriation_are_of_the_appropriation() -> None:
    text = (
        f"第三部分 预算说明\n四、财政拨款收支情况\n（一）收入情况\n{REVENUE}（二）支出：{SPENDING}"
    )
    assert passages(text) == [("fiscal_appropriation", "四")]


def test_the_name_of_the_unit_may_leave_out_its_province() -> None:
    text = (
        "部门：江川省青溪市政府采购中心\n第三部分 预算情况说明\n一、青溪市政府采购中心收入预算情况\n"
        + REVENUE
    )
    assert passages(text) == [("revenue", "一")]


def test_a_wrapped_heading_may_have_a_number_in_a_circle() -> None:
    text = "①一般公共预算财政拨款基本支出预算具体\n情况说明\n" + SPENDING
    assert passages(text) == [("basic_expenditure", "①")]


def test_a_heading_deeper_below_one_of_a_fund_goes_on_with_its_money() -> None:
    text = "五、2034年部门预算收支说明\n（一）收支预算总体情况。\n预算收入80.00万元。\n（三）一般公共预算拨款支出明细情况。\n"
    text += "2、支出按功能科目分类的明细情况。\n行政运行（2130101）50.00万元。\n"
    assert passages(text) == [("overview", "五"), ("general_public", "五")]


def test_basic_expenditure_below_all_expenditure_is_a_funds_only_where_its_heading_says_so() -> (
    None
):
    text = "二、支出预算情况说明\n（一）基本支出情况\n用于保障某某局机构正常运转的日常支出50.00万元。其中：人员经费40.00万元。\n"
    text += "（二）项目支出情况\n用于专项业务工作的经费支出30.00万元。\n（三）一般公共预算基本支出情况\n人员经费20.00万元。\n"
    assert [(claim.passage, claim.subject) for claim in claims(text)] == [
        ("expenditure", "基本支出"),
        ("expenditure", "人员经费"),
        ("expenditure", "项目支出"),
        ("basic_expenditure", "人员经费"),
    ]

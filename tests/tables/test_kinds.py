"""Titles as many places print them, and the statutory tables that they name."""

from __future__ import annotations

import pytest

from jcdata.tables.kinds import is_form_title, is_title, kind_of

TITLES = {
    "overall_balance": [
        "收支预算总表", "2034年部门财务收支预算总表", "2034年预算单位财务收支预算总表", "公开01表：收支预算总表", "部门收支总体情况表",
        "收入支出决算总表", "一、2034年度收支总表", "附表1 部门收支总表", "《部门收支预算总表》", "二〇二五年部门综合预算收支总表",
    ],
    "revenue": ["收入预算总表", "部门收入总体情况表", "收入决算表", "表二 2034年预算收入总表", "公开02表 部门收入总表（续表）"],
    "expenditure": [
        "支出预算总表", "部门支出总体情况表", "支出决算表", "一、2034年度某某省高级人民法院部门支出预算总表", "支出预算总表（按功能科目）",
    ],
    "fiscal_appropriation_balance": [
        "财政拨款收支预算总表", "2034年部门财政拨款收支预算总表", "财政拨款收入支出决算总表", "财政拨款收支总体情况表",
    ],
    "fiscal_appropriation_expenditure": ["财政拨款支出预算表", "财政拨款支出预算表（功能科目）", "公开05表：财政拨款支出预算表"],
    "fiscal_appropriation_basic_expenditure": ["财政拨款基本支出预算表", "财政拨款基本支出预算表（经济科目）"],
    "general_public_expenditure": [
        "一般公共预算支出预算表", "2034年部门一般公共预算支出功能分类预算表", "一般公共预算财政拨款支出决算表", "一般公共预算支出表（功能科目）",
        "一般公共预算支出情况表（按功能分类科目）",
    ],
    "general_public_basic_expenditure": [
        "一般公共预算基本支出预算表", "2034年部门一般公共预算基本支出部门预算经济分类预算表", "一般公共预算财政拨款基本支出决算表",
        "一般公共预算基本支出表（按经济分类科目）", "一般公共预算安排基本支出分经济科目表（不含上年结转）",
    ],
    "government_fund_revenue": ["政府性基金预算收入表", "政府性基金收入预算表（不含上年结转）"],
    "government_fund_expenditure": [
        "政府性基金预算支出表", "财政拨款政府性基金支出预算表", "政府性基金预算财政拨款收入支出决算表", "公开10表：政府性基金支出预算表",
    ],
    "state_capital_balance": ["国有资本经营预算收支预算表", "国有资本经营预算财政拨款收入支出决算表"],
    "state_capital_expenditure": ["国有资本经营预算支出功能分类预算表", "国有资本经营预算支出表"],
    "three_public_expenses": [
        "“三公”经费支出预算表", "一般公共预算“三公”经费、会议费、培训费支出预算表", "部门“三公”经费和机关运行经费预算表",
        "财政拨款“三公”经费支出决算表",
    ],
    "agency_operating_expenses": ["机关运行经费预算表", "一般公共预算机关运行经费支出预算表"],
    "procurement": ["政府采购支出预算表", "2034年政府采购预算表"],
    "service_purchases": ["政府购买服务预算表", "政府购买服务支出表"],
    "projects": ["项目支出表", "部门预算项目支出明细表", "部门综合预算专项业务经费支出表"],
    "current_year_projects": ["项目支出预算表（本年预算）"],
    "carry_over_projects": ["项目支出预算表（上年结转）", "上年结转项目支出预算表"],
    "assets": ["国有资产占用情况表", "国有资产占有使用情况表", "部门固定资产占用情况表"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "key"), [(title, key) for key, titles in TITLES.items() for title in titles]
)
def test_a_title_names_a_statutory_table_by_its_words(title: str, key: str) -> None:
    assert kind_of(title) == key


@pytest.mark.parametrize(
    "unit",
    [
        "某某市财政局", "某某省财政厅（本级）", "某某市国有资产监督管理委员会", "某某市政府采购中心", "某某市机关运行保障中心",
        "某某区公共资源交易和政府采购中心", "某某慈善基金会", "某某市项目建设服务中心", "某某市住房公积金管理中心", "某某市培训中心",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("{}2034年部门支出总表", "expenditure"),
        ("{}支出预算总表", "expenditure"),
        ("{}部门收入总表", "revenue"),
        ("公开01表：{}2034年收支总表", "overall_balance"),
        ("2034年度{}单位收支预算总表", "overall_balance"),
        ("一、2034年度{}财政拨款收支总表", "fiscal_appropriation_balance"),
        ("附表3 {}政府采购预算表", "procurement"),
        ("{}国有资产占用情况表", "assets"),
    ],
)
def test_the_name_of_a_unit_says_nothing_of_the_kind(unit: str, title: str, key: str) -> None:
    assert kind_of(title.format(unit)) == key


@pytest.mark.parametrize("title", [title for titles in TITLES.values() for title in titles])
def test_they_are_titles(title: str) -> None:
    assert is_title(title)


@pytest.mark.parametrize(
    "text",
    [
        "目录",
        "项目支出绩效目标申报表",
        "本年支出预算表如下：",
        "一、收支预算情况说明",
        "项目支出绩效自评表",
        "人员情况",
        "",
    ],
)
def test_what_is_no_title_of_one_names_none(text: str) -> None:
    assert kind_of(text) is None
    assert not is_title(text)


@pytest.mark.parametrize(
    "title",
    [
        "转移支付预算表",
        "支出经济分类汇总表",
        "一般公共预算支出明细表（按支出经济分类科目）",
        "一般公共预算项目支出情况表（按支出经济分类科目）",
        "本年项目支出表（按经济科目）",
        "财政专户管理资金预算支出表",
        "单位资金预算支出表",
        "基本支出预算表（工资福利支出）",
        "公用经费支出表",
        "债务还本付息支出表",
        "非税收入预算表",
        "一般公共预算结转资金支出表",
        "财政拨款上年结转资金支出表",
        "新增资产配置预算表",
        "机构运行信息表",
    ],
)
def test_a_table_of_another_kind_is_a_title_without_a_kind(title: str) -> None:
    assert is_title(title) and kind_of(title) is None


@pytest.mark.parametrize("title", ["项目支出绩效自评表", "部门整体支出绩效目标表（2034年度）"])
def test_a_form_has_a_title_of_its_own(title: str) -> None:
    assert is_form_title(title) and not is_title(title)

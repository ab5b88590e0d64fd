from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import read_document
from jcdata.documents.sections import Section, find_furniture, find_sections, match_title
from jcdata.errors import SpecError
from jcdata.numerals import chinese_number
from jcdata.schema import OF_THE_THIRTEEN
from jcdata.spec_files import patterns
from jcdata.text import label_key
from tests.making.checkout import BUREAU, CENTRE, RAW
from tests.making.documents import document


def sections_of(text: str) -> list[Section]:
    doc = document(text)
    return find_sections(doc, find_furniture(doc))


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("2023年预算收支总表", "overall_balance"),
        ("部门收支总体情况表", "overall_balance"),
        ("某某市财政局2024年收支总表", "overall_balance"),
        ("表一、2019年预算收支总表", "overall_balance"),
        ("2023年预算收入总表", "revenue"),
        ("2023年度部门支出总表", "expenditure"),
        ("2023年财政拨款收支总表", "fiscal_appropriation_balance"),
        ("2023年一般公共预算支出预算表（不含上年结转）", "general_public_expenditure"),
        (
            "2023年一般公共预算安排基本支出分经济科目表（不含上年结转）",
            "general_public_basic_expenditure",
        ),
        ("2023年政府性基金预算收入表（不含上年结转）", "government_fund_revenue"),
        ("2023年政府性基金预算支出表（不含上年结转）", "government_fund_expenditure"),
        ("2023年国有资本经营预算收支预算表（不含上年结转）", "state_capital_balance"),
        ("2023年一般公共预算“三公”经费支出预算表", "three_public_expenses"),
        ("2025年财政拨款安排“三公”经费支出预算表", "three_public_expenses"),
        ("2023年机关运行经费预算财政拨款情况统计表", "agency_operating_expenses"),
        ("2025年财政拨款安排机关运行经费预算表", "agency_operating_expenses"),
        ("2023年项目支出预算表（本年预算）", "current_year_projects"),
        ("2023年项目支出预算表（上年结转）", "carry_over_projects"),
        ("2023年项目支出预算表（上年结转）（续）", "carry_over_projects"),
        ("2023年预算支出总表 单位：万元", "expenditure"),
    ],
)
def test_titles(title: str, key: str) -> None:
    assert {spec.key for spec in match_title(label_key(title))} == {key}


@pytest.mark.parametrize(
    "line",
    [
        "附表：",
        "我单位涉及12个项目（相关表格附后）",
        "某市市级预算部门项目支出绩效目标申报表",
        "2023年预算收支总表见附件",
    ],
)
def test_other_lines_are_no_titles(line: str) -> None:
    assert match_title(label_key(line)) == ()


def test_a_title_in_the_contents_begins_no_table() -> None:
    found = sections_of(
        "目录\n第一部分 概况\n表三、2023年预算支出总表\n第一部分 概况\n2023年预算支出总表\n单位：万元\n合计 1.00"
    )
    assert [(s.kind, s.first_line) for s in found] == [
        ("contents", 1),
        ("chapter", 4),
        ("table", 5),
    ]


def test_chapters_may_be_called_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        patterns("sections"), "chapter", re.compile("(?P<number>第[一二三]章).{0,40}")
    )
    found = sections_of("目录\n第一章 概况\n第二章 附表\n第一章 概况\n说明\n第二章 附表\n说明")
    assert [(s.kind, s.first_line) for s in found] == [
        ("contents", 1),
        ("chapter", 4),
        ("chapter", 6),
    ]


def test_a_pattern_without_the_group_that_is_read_from_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(patterns("sections"), "chapter", re.compile("第[一二三]章.{0,40}"))
    with pytest.raises(SpecError, match="chapter has no group number"):
        sections_of("目录\n第一章 概况\n第一章 概况")


def test_a_title_alone_is_found_and_said_to_have_no_table() -> None:
    found = sections_of(
        "2023年预算支出总表\n单位：万元\n合计 1.00\n2023年预算收入总表\n第三部分 2023年度单位预算情况说明"
    )
    assert [(s.title, s.followed_by_table) for s in found if s.kind == "table"] == [
        ("2023年预算支出总表", True),
        ("2023年预算收入总表", False),
    ]


def test_a_chapter_heading_that_a_page_break_left_in_a_table_does_not_end_it() -> None:
    found = sections_of(
        "2023年预算支出总表\n单位：万元\n合计 1.00\n第二部分 2023年单位预算报表\n208 甲支出 1.00"
    )
    assert [(s.kind, s.last_line) for s in found] == [("table", 5)]


def test_a_wrapped_title_is_one_title() -> None:
    found = sections_of(
        "2023年一般公共预算安排基本支出分经济科目表（不含\n上年结转）\n单位：万元\n合计 1.00"
    )
    assert found[0].title == "2023年一般公共预算安排基本支出分经济科目表（不含上年结转）"


def test_the_mark_above_a_title_belongs_to_its_table() -> None:
    found = sections_of(
        "2023年预算支出总表\n单位：万元\n合计 1.00\n  预算公开表4\n2023年财政拨款收支总表\n单位：万元\n收入 支出"
    )
    assert [(s.first_line, s.last_line) for s in found] == [(1, 3), (4, 7)]


def test_page_numbers_headers_and_watermarks_belong_to_no_section() -> None:
    doc = document(
        "2023年预算支出总表\n单位：万元\n合计 1.00\n-16-\n某某局2023年单位预算公开报告\n仅供内部审核\n208 甲支出 1.00"
    )
    assert find_furniture(doc) == {4, 5, 6}
    assert [line.no for line in find_sections(doc, {4, 5, 6})[0].lines] == [2, 3, 7]


@pytest.mark.parametrize(
    "number", ["第 2 页，共 8 页", "第2页 共8页", "第 2 页/共 8 页", "共 8 页，第 2 页", "第2页"]
)
def test_a_page_number_with_the_number_of_pages_belongs_to_no_section(number: str) -> None:
    doc = document(f"2023年预算支出总表\n单位：万元\n合计 1.00\n{number}\n208 甲支出 1.00")
    assert find_furniture(doc) == {4}


def test_passages_are_numbered_headings_in_sequence() -> None:
    found = sections_of("第三部分 情况说明\n一、收支情况\n甲。\n五、不是标题\n二、收入情况\n乙。")
    assert [(s.number, s.first_line) for s in found if s.kind == "passage"] == [
        ("一", 2),
        ("二", 5),
    ]


def test_passages_may_be_left_out_but_lists_of_the_text_are_none() -> None:
    found = sections_of(
        "第三部分 情况说明\n一、收支情况\n甲。\n三、政府采购情况\n乙。\n五、加强宣传\n六、国有资产占有使用情况\n丙。"
    )
    assert [(s.number, s.first_line) for s in found if s.kind == "passage"] == [
        ("一", 2),
        ("三", 4),
        ("六", 7),
    ]


def test_a_title_with_its_unit_of_money_behind_it() -> None:
    found = sections_of("2023年预算支出总表   单位：万元\n\n合计 1.00")
    assert [(s.kind, s.title, s.followed_by_table) for s in found] == [
        ("table", "2023年预算支出总表", True)
    ]


@pytest.mark.parametrize(("name", "forms"), [(BUREAU, 25), (CENTRE, 12)])
def test_the_real_documents_have_all_parts(name: str, forms: int) -> None:
    doc = read_document((RAW / f"{name}.txt").read_bytes(), f"{name}.txt")
    found = find_sections(doc, find_furniture(doc))
    assert [s.specs[0].key for s in found if s.kind == "table"] == list(OF_THE_THIRTEEN)
    assert sum(s.kind == "form" for s in found) == forms
    assert [s.number for s in found if s.kind == "passage"] == [
        chinese_number(n) for n in range(1, 13)
    ]
    assert found[-1].kind == "glossary"
    assert found[-1].last_line == max(line.no for line in doc.lines if line.text.strip())


@given(
    st.lists(
        st.sampled_from(
            [
                "2023年预算支出总表",
                "单位：万元",
                "合计 1.00",
                "目录",
                "第三部分 情况说明",
                "一、甲",
                "-3-",
                "",
                "表五",
            ]
        ),
        max_size=30,
    )
)
def test_every_line_is_in_at_most_one_section(lines: list[str]) -> None:
    covered = [line.no for s in sections_of("\n".join(lines)) for line in (*s.lines, s.title_line)]
    assert len(covered) == len(set(covered))


def test_bare_page_numbers_are_furniture_only_where_the_pages_say_so() -> None:
    pages = [f"甲\n{page}\n乙\n{page + 2}" for page in range(1, 5)]
    assert find_furniture(document("\n\f".join(pages))) == {4, 8, 12, 16}
    assert find_furniture(document("\n\f".join(pages[:2]))) == set()
    assert find_furniture(document("\n".join(pages))) == set()

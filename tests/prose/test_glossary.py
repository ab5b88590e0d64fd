"""The glossary, one phenomenon a test."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import Line
from jcdata.documents.sections import Section
from jcdata.prose.glossary import read_glossary
from jcdata.schema import GlossaryTerm
from tests.making.checkout import BUREAU, CENTRE
from tests.making.documents import sections_of_raw


def terms(*lines: str) -> list[GlossaryTerm]:
    """The terms that the lines of a glossary give, numbered from 1."""
    numbered = tuple(Line(no, line, line) for no, line in enumerate(lines, start=1))
    return read_glossary("d", [Section("glossary", "名词解释", Line(0, "", ""), 0, numbered)])


def test_emergency_bureau_2023() -> None:
    glossary = read_glossary("d", sections_of_raw(BUREAU))
    assert [term.term for term in glossary] == [
        "基本支出", "项目支出", "“三公”经费", "机关运行经费", "政府购买服务", "财政专户管理资金", "单位资金", "上年结转", "一般公共预算",
        "政府性基金预算", "国有资本经营预算", "财政拨款",
    ]  # fmt: skip
    assert glossary[5].definition.startswith("专指教育收费") and glossary[5].line_no == 7838
    assert glossary[8].definition.startswith("是指以税收为主体") and glossary[
        8
    ].definition.endswith("收支预算。")


def test_dispatch_centre_2025() -> None:
    assert len(read_glossary("d", sections_of_raw(CENTRE))) == 12


def test_definition_goes_on_until_the_numbering_does() -> None:
    found = terms(
        "一、基本支出：指保障",
        "运转的支出。包括：",
        "一、人员经费",
        "三、公用经费",
        "二、项目支出是指其他支出。",
    )
    assert [(term.term, term.definition, term.line_no) for term in found] == [
        ("基本支出", "指保障运转的支出。包括：一、人员经费三、公用经费", 1),
        ("项目支出", "是指其他支出。", 5),
    ]


def test_glossary_with_other_numbers_and_without_any() -> None:
    assert [
        term.term for term in terms("1.绩效指标：指目标", "2. 财政拨款 是指资金", "（一）不算")
    ] == [
        "绩效指标",
        "财政拨款",
    ]
    assert [term.term for term in terms("基本支出：指运转", "项目支出：指其他")] == [
        "基本支出",
        "项目支出",
    ]


@given(
    st.lists(
        st.text(alphabet="AB01 \t公共服务（）()一二、.：指是录目级三四代码\n。", max_size=30),
        max_size=12,
    )
)
def test_any_lines_are_read(lines: list[str]) -> None:
    for term in terms(*lines):
        assert 1 <= term.line_no <= len(lines)

"""What a document says of itself."""

from __future__ import annotations

import pytest

from jcdata.documents.document import read_document
from jcdata.documents.metadata import Description, describe
from jcdata.documents.sections import find_furniture, find_sections
from jcdata.errors import DocumentError
from jcdata.schema import DocumentRecord

TITLE = "2031年预算支出总表\n"
UNIT_NAME = "单位名称：某某市水务局\n"
ROWS = "科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50 0.00\n"
REVENUE = "2031年预算收入总表\n{}科目编码 科目名称 合计 一般公共预算\n合计 5.50 5.50\n"
ACCOUNTS = "2032年一般公共预算财政拨款支出决算表\n"
COVER = "某某市水务局2031年度部门预算公开\n"
PROSE = "第三部分 情况说明\n一、收支情况\n"


def described(text: str, encoding: str = "utf-8", file_name: str = "some.txt") -> Description:
    document = read_document(text.encode(encoding), file_name)
    furniture = find_furniture(document)
    return describe(document, find_sections(document, furniture), furniture)


def record(text: str) -> DocumentRecord:
    return described(text).record


@pytest.mark.parametrize(
    ("prose", "unit"),
    [
        (
            "支出总计5.50万元，比上年增加3.10元，增加2.20元。",
            "万元",
        ),  # the others stand in no table
        (
            "支出总计5.50万元，其中项目支出0.00元，结转0.00元。",
            "万元",
        ),  # nothing is nothing in any unit
        ("项目支出0.00元。", None),
        ("支出总计7.10元。", None),
        ("支出总计5.50元，上年5.50万元，合计5.50元。", "元"),
    ],
)
def test_a_unit_that_no_table_prints_is_that_of_the_same_figures_in_the_prose(
    prose: str, unit: str | None
) -> None:
    assert record(TITLE + UNIT_NAME + ROWS + PROSE + prose).source_unit == unit


def test_only_figures_of_tables_tell_and_only_the_prose_tells_of_them() -> None:
    glossary = "第四部分 名词解释\n一、水费：指单价5.50元的费用。\n"
    assert (
        record(
            TITLE
            + UNIT_NAME
            + ROWS
            + PROSE
            + "支出总计5.50万元，预备费8.10元。\n备用8.10元。\n"
            + glossary
        ).source_unit
        == "万元"
    )


def test_the_unit_of_most_captions_is_the_document_s() -> None:
    tables = TITLE + "单位：元\n" + ROWS + REVENUE.format("单位：万元\n")
    assert record(tables + "2031年政府性基金预算收入表\n单位：万元\n" + ROWS).source_unit == "万元"
    assert (
        record(TITLE + "单位：万元\n" + ROWS + PROSE + "单位：元\n单位：元\n").source_unit == "万元"
    )
    assert record("单位：元\n" + TITLE + ROWS).source_unit == "元"


@pytest.mark.parametrize(
    ("cover", "unit_name", "title"),
    [
        ("某某市水务局2031年度部门预算公开\n", "某某市水务局", "某某市水务局2031年度部门预算公开"),
        ("2031年度部门预算公开\n", "某某市水务局", "某某市水务局2031年度部门预算公开"),
        (
            "某某市水文站2031年度\n单位预算公开\n某某市水文站2031年度单位预算公开\n",
            "某某市水务局",
            "某某市水文站2031年度单位预算公开",
        ),
        ("", "某某市水务局", None),
    ],
)
def test_the_unit_is_that_of_the_captions_and_completes_the_title(
    cover: str, unit_name: str, title: str | None
) -> None:
    found = record(cover + TITLE + UNIT_NAME + ROWS)
    assert (found.unit_name, found.title) == (unit_name, title)


def test_without_a_caption_the_cover_names_the_unit() -> None:
    assert record("某某市水文站2031年度单位预算公开\n" + TITLE + ROWS).unit_name == "某某市水文站"
    assert record(TITLE + ROWS).unit_name is None
    assert record("2031年度单位预算公开\n" + TITLE + ROWS).title == "2031年度单位预算公开"


@pytest.mark.parametrize(
    ("cover", "title", "unit_name"),
    [
        ("某某市水务局\n2031年度部门预算\n", "某某市水务局2031年度部门预算", "某某市水务局"),
        ("某某市水务局2031 年度部门\n\n预算公开\n", "某某市水务局2031年度部门预算公开", "某某市水务局"),
        ("某某市\n水务局\n2031年\n部门预算\n", "某某市水务局2031年部门预算", "某某市水务局"),
        ("2031年度\n某某市水务局部门预算公开\n", "2031年度某某市水务局部门预算公开", "某某市水务局"),
        ("2031年部门预算\n某某市水务局\n2031年2月\n", "某某市水务局2031年部门预算", "某某市水务局"),
        ("附件1\n某某市水务局\n2031年部门预算\n", "某某市水务局2031年部门预算", "某某市水务局"),
        ("仅供内部审核\n某某市水务局\n2031年部门预算\n", "某某市水务局2031年部门预算", "某某市水务局"),
        ("某某市水务局2031年部门预算及“三公”经费预算公开\n", "某某市水务局2031年部门预算及“三公”经费预算公开", "某某市水务局"),
        ("关于某某市水务局2031年部门预算的公告\n", "关于某某市水务局2031年部门预算的公告", "某某市水务局"),
        ("某某集团有限公司\n2031年单位预算\n", "某某集团有限公司2031年单位预算", "某某集团有限公司"),
        ("某某市水务局关于2031年部门预算公开的说明\n", "某某市水务局关于2031年部门预算公开的说明", "某某市水务局"),
        ("某某市甲区2031年区级部门预算\n预算主管部门：某某市甲区水务局\n", "某某市甲区2031年区级部门预算", "某某市甲区水务局"),
        ("某某省2031年度\n省级部门预算公开报表\n部 门:某某省水务厅\n", "某某省2031年度省级部门预算公开报表", "某某省水务厅"),
        ("某某市2031年市级单位预算\n预算主管部门：某某市水务局\n预算单位：某某市水文站（公章）\n", "某某市2031年市级单位预算", "某某市水文站"),
        ("某某市人民政府\n某某市水务局2031年部门预算\n", "某某市水务局2031年部门预算", "某某市水务局"),
        ("二〇三一年度部门预算\n单位名称：某某市水务局\n", "某某市水务局二〇三一年度部门预算", "某某市水务局"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("rest", ["目录\n" + TITLE, TITLE])
def test_a_cover_s_title_may_be_broken_over_lines_and_its_unit_labelled(
    cover: str, title: str, unit_name: str, rest: str
) -> None:
    found = record(cover + rest + ROWS)
    assert (found.title, found.unit_name, found.fiscal_year) == (title, unit_name, 2031)
    assert found.notes is None


def test_a_unit_s_name_is_broken_only_where_it_stands_elsewhere_whole() -> None:
    cover = "某某市人力资源和社会\n保障局2031年部门预算\n"
    whole = "某某市人力资源和社会保障局"
    assert record(cover + TITLE + ROWS + PROSE + f"{whole}的收支。\n").unit_name == whole
    assert record("政务公开\n保障局2031年部门预算\n" + TITLE + ROWS).unit_name == "保障局"


def test_the_cover_s_year_is_the_document_s() -> None:
    older = "第二部分 2030年度部门预算表\n" + TITLE.replace("2031", "2030") + ROWS
    assert record("某某市水务局\n2031年部门预算\n" + older).fiscal_year == 2031


def test_a_caption_that_no_table_of_a_template_has_names_the_unit_too() -> None:
    assert (
        record("编制部门：某某市水务局\t单位：万元\n目录\n" + TITLE + ROWS).unit_name
        == "某某市水务局"
    )
    below = TITLE + ROWS + PROSE + "部门：某某市水务局\n"
    assert record(below).unit_name == "某某市水务局"
    assert record(TITLE + ROWS + PROSE + "部门：见下\n").unit_name is None


def test_only_where_the_document_says_nothing_its_file_s_name_does_and_that_is_said() -> None:
    tables = "支出总表\n" + ROWS
    found = described(tables, file_name="水务-某某市水务局2031年部门预算.txt").record
    assert (found.title, found.unit_name, found.fiscal_year) == (
        "某某市水务局2031年部门预算",
        "某某市水务局",
        2031,
    )
    assert found.notes == (
        "taken from the name of the file: title, unit, fiscal year / 取自文件名：标题、单位名称、年度"
    )
    own = described("乙局2032年部门预算\n" + tables, file_name="某某局2031年部门预算.txt").record
    assert (own.unit_name, own.fiscal_year, own.notes) == ("乙局", 2032, None)


def test_what_is_found_nowhere_is_said() -> None:
    assert record("支出总表\n" + ROWS).notes == (
        "not found in the document: title, unit, fiscal year / 文件中未找到：标题、单位名称、年度"
    )
    assert record(UNIT_NAME + TITLE + ROWS).notes == (
        "not found in the document: title / 文件中未找到：标题"
    )


def test_the_lines_of_the_cover_are_those_of_title_and_unit() -> None:
    cover = "某某市水务局\n2031年部门预算\n预算主管部门：某某市水务局\n某某印制\n"
    assert described(cover + TITLE + ROWS).cover_lines == {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        (TITLE + ROWS, 2031, "budget"),
        (ACCOUNTS + ROWS, 2032, "final_accounts"),  # the fund's name says nothing
        ("某某市水务局2032年度部门决算公开\n" + ACCOUNTS + ROWS, 2032, "final_accounts"),
        (
            "第二部分 2032年度部门预算表\n"
            + TITLE
            + ROWS
            + REVENUE.format("")
            + PROSE
            + "2030年决算。\n" * 4,
            2031,
            "budget",
        ),
        ("支出总表\n" + ROWS + PROSE + "2030年预算比2029年多，\n2030年决算。", 2030, "budget"),
        ("支出总表\n科目名称 2030年执行数 2031年预算数\n合计 5.00 5.50\n", 2031, "budget"),
        ("支出总表\n" + ROWS + PROSE + "甲。", None, "budget"),
    ],
)
def test_titles_tell_the_year_and_whether_it_is_a_budget(
    text: str, year: int | None, kind: str
) -> None:
    found = record(text)
    assert (found.fiscal_year, found.document_kind) == (year, kind)


def test_the_name_of_the_file_says_the_year_before_the_lines_do() -> None:
    text = "支出总表\n" + ROWS + PROSE + "2030年执行数5.00万元。\n"
    found = described(text, file_name="某某市水务局2031年部门预算.txt").record
    assert found.fiscal_year == 2031
    assert found.notes and "fiscal year" in found.notes


def test_what_is_no_disclosure_is_refused() -> None:
    with pytest.raises(DocumentError, match="not a budget disclosure"):
        record("第四部分 名词解释\n一、基本支出：指保障运转的支出。\n")


LONG_TITLE = "2031年度某某市某某区某某路街道办事处部门预算公开\n"
SPENT = "2031年机关运行经费预算为10万元。\n"


@pytest.mark.parametrize(
    "text",
    [
        LONG_TITLE + "一、机关运行经费\n" + SPENT,
        LONG_TITLE.replace("部门预算公开", "单位\n决算") + "（一）政府采购\n" + SPENT,
        LONG_TITLE + "机构设置\n本部门中，事业单位1家，具体包括：\n1. 某某中心\n",
        LONG_TITLE + "项目经费情况说明\n某某项目\n一、项目概述\n开展建设。\n",
    ],
)
def test_explanations_below_the_title_of_a_department_s_budget_are_a_disclosure(text: str) -> None:
    found = record(text)
    assert (found.fiscal_year, found.unit_name) == (2031, "某某市某某区某某路街道办事处")


@pytest.mark.parametrize(
    "text",
    [
        LONG_TITLE + "日前，某某区公布了预算。\n一、让群众看得懂\n" + SPENT,
        "某某街道加强管理\n一、机关运行经费\n" + SPENT,
        "关于编制2031年度某某区某某路街道办事处及所属单位部门预算的通知\n一、政府采购\n各单位应当编制。\n",
        LONG_TITLE.replace("部门预算公开", "公务用车采购公告") + "一、采购预算\n" + SPENT,
        LONG_TITLE.replace("部门预算公开", "项目预算") + "一、绩效情况说明\n" + SPENT,
        LONG_TITLE + "会上强调，要做好部门预算公开，一、压减机关运行经费，二、规范政府采购。\n",
    ],
)
def test_neither_a_title_nor_headings_alone_are_a_disclosure(text: str) -> None:
    with pytest.raises(DocumentError, match="not a budget disclosure"):
        record(text)


def test_notes_are_joined_and_absent_where_nothing_was_done() -> None:
    assert record(COVER + TITLE + ROWS).notes is None
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in (COVER + TITLE + ROWS).splitlines())}</body></html>"
    notes = described(page, "gb18030").record.notes
    assert notes and [note.split(" / ")[0] for note in notes.split("; ")] == [
        "named as text, but is HTML",
        "read as GB18030",
    ]


def test_page_numbers_in_the_text_tell_the_pages_where_the_file_does_not() -> None:
    text = TITLE + ROWS + "- 1 -\n" + PROSE + "甲。\n- 2 -\n乙。\n"
    assert [line.page_no for line in described(text).source_lines] == [1] * 4 + [2] * 4 + [None]
    assert [line.page_no for line in described(TITLE + "\f" + ROWS).source_lines] == [1, 2, 2]


def test_a_disclosure_may_be_printed_in_traditional_characters() -> None:
    found = record("某某縣檔案館2034年度部門決算公開\n2034年支出決算總表\n單位：萬元\n" + ROWS)
    assert (found.title, found.unit_name) == ("某某縣檔案館2034年度部門決算公開", "某某縣檔案館")
    assert (found.fiscal_year, found.document_kind) == (2034, "final_accounts")

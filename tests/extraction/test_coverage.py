"""What no reader understood is listed, and what was understood is not."""

from __future__ import annotations

from pathlib import Path

from jcdata.extraction.one_document import parse_document
from jcdata.messages import read_message
from jcdata.pipeline.build import BuildResult
from jcdata.schema import Claim, DocumentFigures, PrintedTable, UnrecognisedLine
from tests.making.checkout import BUREAU, CENTRE
from tests.tables.test_meaning import HEAD, table

TABLE = "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50  \n"


def unrecognised(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    rows = parse_document(text.encode(), "some.txt").records[UnrecognisedLine]
    return [(row.line_no, row.reason.split(":")[0].split(" /")[0]) for row in rows]


def test_the_cover_and_page_furniture_are_understood(tmp_path: Path) -> None:
    assert (
        unrecognised(
            tmp_path, "某某局\n2031年度单位预算公开\n-1-\n某某局2031年单位预算公开报告\n" + TABLE
        )
        == []
    )


def test_a_filing_number_and_a_comprehensive_budget_s_title_are_understood(tmp_path: Path) -> None:
    cover = "监督索引号12345678901234567\n某某局\n2031年部门综合预算公开\n"
    assert unrecognised(tmp_path, cover + TABLE) == []


def test_a_line_before_any_part(tmp_path: Path) -> None:
    assert unrecognised(tmp_path, "今天天气很好\n" + TABLE) == [(1, "in no part of the disclosure")]


def test_text_between_the_rows_of_a_table(tmp_path: Path) -> None:
    assert unrecognised(tmp_path, TABLE + "此处应有说明文字\n201 甲支出 5.50 5.50  ") == [
        (6, "no row of the table")
    ]


def test_a_note_and_a_blank_row_are_understood(tmp_path: Path) -> None:
    assert unrecognised(tmp_path, TABLE + "201 甲支出    \n注：数据因四舍五入略有出入") == []


def test_the_note_below_a_table_with_cells_is_the_table_s() -> None:
    page = (
        "<h1>2031年度某某局部门预算公开</h1><h3>2031年部门政府性基金支出功能分类预算表</h3><p>单位：元</p><table>"
        "<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>"
        "<tr><td></td><td>合计</td><td></td><td></td><td></td></tr></table>{}"
    )
    note = "<p>注：本表为空表，本部门2031年度无政府性基金安排的支出。</p>"
    read = {}
    wrapped = "<p>注：本表为空表，因为本部门</p><p>2031年度未安排。</p>"
    for below in ("", note, "<p>今天天气很好</p>" + note, wrapped):
        records = parse_document(page.format(below).encode(), "some.html").records
        table = next(row for row in records[PrintedTable] if isinstance(row, PrintedTable))
        read[below] = (
            (table.row_count, table.last_line),
            [row.line_no for row in records[UnrecognisedLine]],
        )
    assert list(read.values()) == [((1, 5), []), ((1, 6), []), ((1, 5), [6, 7]), ((1, 5), [6, 7])]


def test_figures_of_the_prose_without_a_claim(tmp_path: Path) -> None:
    prose = "第三部分 2031年度单位预算情况说明\n一、收支情况\n2031年度预算收入总计5.50万元。\n"
    assert unrecognised(tmp_path, TABLE + prose) == []
    assert unrecognised(tmp_path, TABLE + prose + "会议费控制在3至5万元之间，增长近一成。") == [
        (9, "figures that no claim holds")
    ]


def test_the_reason_names_what_was_not_read_in_either_language(tmp_path: Path) -> None:
    prose = "第三部分 2031年度单位预算情况说明\n一、收支情况\n会议费控制在3至5.50万元。\n"
    document = parse_document((TABLE + prose).encode(), "some.txt")
    (line,) = document.records[UnrecognisedLine]
    said = read_message(line.reason)
    assert "5.50" in said.en and said.zh.startswith("未读取的数字：") and "5.50" in said.zh


def test_a_heading_below_another_keeps_the_languages_of_a_reason_apart() -> None:
    rows = "科目名称 | 支出 | ", " | 本年 | 上年", "甲支出 | 5.50 | 1.00", "乙支出 | 见附件 | 2.00"
    text = HEAD + table("支出预算总表", *rows, "丙支出 | 3.00 | 1.00")
    reasons = {read_message(t.reason) for t in parse_document(text.encode(), "some.md").troubles}
    assert "金额栏“支出/本年”中不是数字" in {said.zh for said in reasons}


def test_a_figure_of_the_prose_is_not_another_whose_digits_it_has(tmp_path: Path) -> None:
    prose = "第三部分 2031年度单位预算情况说明\n一、收支情况\n2031年度预算收入总计125.50万元。\n"
    assert unrecognised(tmp_path, TABLE + prose + "会议费控制在3至5.50万元。") == [
        (9, "figures that no claim holds")
    ]


def test_a_figure_of_the_prose_that_wraps_is_one(tmp_path: Path) -> None:
    prose = "第三部分 2031年度单位预算情况说明\n一、收支情况\n2031年度预算收入总计12\n5.50万元。\n"
    assert unrecognised(tmp_path, TABLE + prose) == []


def test_a_figure_that_could_not_be_read_is_listed_too(tmp_path: Path) -> None:
    assert [no for no, _ in unrecognised(tmp_path, TABLE + "201 甲支出 1,23.00 1.00  ")] == [6]


def test_the_real_documents_are_understood_but_for_one_line(built: BuildResult) -> None:
    assert [(line.document_id, line.line_no) for line in built.unrecognised] == [(CENTRE, 764)]
    assert built.understood_share
    assert built.understood_share > 0.999
    assert {document.document_id for document in built.documents} == {BUREAU, CENTRE}


def test_a_figure_of_prose_outside_every_passage_is_listed(tmp_path: Path) -> None:
    text = (
        "某某市水务局2034年度部门预算公开\n第一部分 部门概况\n本部门管理资金14321.50万元。\n"
        + TABLE
    )
    found = dict(unrecognised(tmp_path, text + "201 甲支出 5.50 5.50  "))
    assert found[3] == "figures that no claim holds"


def test_a_figure_of_prose_is_named_as_printed_wherever_it_stands() -> None:
    prose = "第一部分 部门概况\n本部门管理资金14，321.50万元，\n完成５６．５％。\n"
    text = "某某市水务局2034年度部门预算公开\n" + prose + TABLE + "201 甲支出 5.50 5.50  "
    lines = parse_document(text.encode(), "some.txt").records[UnrecognisedLine]
    assert [line.reason.partition(" / ")[0].partition(": ")[2] for line in lines] == [
        "14，321.50万元",
        "５６．５％",
    ]


def test_prose_that_states_claims_is_a_part_of_the_disclosure_whatever_its_chapter_is_called(
    tmp_path: Path,
) -> None:
    text = (
        "某某局2031年度部门决算公开\n一、概况\n三、2031年度部门决算情况说明\n（一）收入支出决算总体情况说明\n"
        "2031年度收入总计5.50万元，支出总计5.50万元。\n"
    )
    assert unrecognised(tmp_path, text) == [(2, "in no part of the disclosure")]


def test_a_table_of_unknown_title_is_not_lost_among_the_contents() -> None:
    text = (
        "某某局2031年单位预算\n目录\n一、预算表\n1.2031年预算单位收入预算总表\n2.2031年预算单位支出预算总表\n"
        "2031年预算单位收入预算总表\n编制单位：某某局 单位：元\n项目 收入预算\n功能分类科目名称 合计 财政拨款收入\n"
        "20105统计信息事务 403,000 403,000\n2010506统计管理 1,200 1,200\n"
    )
    records = parse_document(text.encode(), "some.txt").records
    assert [(row.line_no, row.reason[:11]) for row in records[UnrecognisedLine]] == [
        (6, "no template")
    ]
    (figures,) = records[DocumentFigures]
    assert (figures.printed_count, figures.not_understood_count) == (4, 4)


def test_a_sentence_below_a_table_that_a_claim_holds_is_no_stray_row() -> None:
    page = (
        "<p>某某局2031年部门预算</p><p>支出预算总表</p><p>单位：万元</p><table>"
        "<tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr><tr><td>201</td><td>甲支出</td><td>5.50</td></tr></table>"
        "<p>其他相关情况说明</p><p>一、政府采购预算情况</p>"
        "<p>2031年政府采购预算5.50万元，其中：货物预算5.00万元、服务预算 0.50</p><p>万元。</p>"
    )
    parsed = parse_document(page.encode(), "some.html")
    assert [str(claim.value) for claim in parsed.records[Claim]] == ["5.50", "5.00", "0.50"]
    assert (parsed.records[UnrecognisedLine], parsed.troubles) == ([], [])


def test_the_rest_of_a_table_in_whole_yuan_is_not_left_out_in_silence() -> None:
    def rows(*texts: str) -> str:
        cells = ("".join(f"<td>{cell}</td>" for cell in text.split("|")) for text in texts)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"

    page = (
        "<p>某某局2031年部门预算</p><p>支出预算总表</p><p>单位：元</p>"
        + rows("科目编码|科目名称|合计", "208|社会保障|12,345,678", "20805|养老|12,345,678")
        + "<p>支出</p>"
        + rows("210|卫生健康支出|4,567,890", "21011|行政事业单位医疗|4,567,890")
    )
    parsed = parse_document(page.encode(), "some.html")
    assert [trouble.reason.split(" / ")[0] for trouble in parsed.troubles] == [
        "a table without a title"
    ]


def test_a_claim_above_a_table_hides_nothing_below_it() -> None:
    page = (
        "<p>某某局2031年部门预算</p><p>二、部门预算编制说明</p><p>2031年基本支出5.50万元。</p>"
        "<p>支出预算总表</p><p>单位：万元</p><table>"
        "<tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr><tr><td>201</td><td>甲支出</td><td>5.50</td></tr></table>"
        "<p>部门“三公”经费和机关运行经费预算表</p><p>单位：万元</p><p>合计 公务接待费</p><p>154.65 28.82</p>"
    )
    parsed = parse_document(page.encode(), "some.html")
    reasons = [line.reason[:11] for line in parsed.records[UnrecognisedLine]]
    assert reasons == ["no template"]
    assert [figures.not_understood_count for figures in parsed.records[DocumentFigures]] == [2]

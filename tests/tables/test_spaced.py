"""Tables of space-separated text, one phenomenon a test."""

from __future__ import annotations

import pytest

from jcdata.documents.sections import find_sections, match_title
from jcdata.tables import spaced
from jcdata.tables.printed import PrintedTable, without_captions
from jcdata.tables.tokens import tokenise
from jcdata.text import label_key
from tests.making.documents import document


def read(title: str, text: str) -> PrintedTable:
    lines = [line for line in document(text).lines if line.text.strip()]
    return spaced.read_table(lines, match_title(label_key(title)))


def rows(table: PrintedTable) -> list[tuple[str, str, str, dict[str, str]]]:
    return [
        (row.side, row.code, row.name, {f.measure: f.text for f in row.figures})
        for row in table.rows
    ]


EXPENDITURE = "项目 2023年预算数\n\n科目编码 科目名称 合计 基本支出 项目支出\n\n"


def test_a_name_wrapped_over_lines_with_its_figures_below() -> None:
    table = read(
        "预算支出总表",
        EXPENDITURE
        + "合计 77.10 77.10  \n\n2080505\n机关事业单位基本养老保险缴费支\n出\n\n77.10 77.10  \n",
    )
    assert rows(table)[1] == (
        "",
        "2080505",
        "机关事业单位基本养老保险缴费支出",
        {"total": "77.10", "basic": "77.10"},
    )
    assert table.rows[1].figures[0].line_no == 11


def test_the_row_of_a_unit_right_below_the_header() -> None:
    table = read(
        "预算支出总表",
        EXPENDITURE
        + "某某市某某局 1,110.00 1,010.00 100.00\n2240103 机关服务 1,110.00 1,010.00 100.00",
    )
    assert rows(table)[0] == (
        "",
        "",
        "某某市某某局",
        {"total": "1,110.00", "basic": "1,010.00", "project": "100.00"},
    )


def test_a_blank_cell_between_figures() -> None:
    table = read(
        "预算支出总表",
        EXPENDITURE + "2240103 机关服务 110.00  110.00\n2240106 安全监管 10.00 10.00  ",
    )
    assert [row[3] for row in rows(table)] == [
        {"total": "110.00", "project": "110.00"},
        {"total": "10.00", "basic": "10.00"},
    ]


def test_the_header_repeated_by_a_page_break_is_no_row() -> None:
    text = EXPENDITURE + "201 甲支出 3.00 3.00  \n" + EXPENDITURE + "202 乙支出 4.00  4.00"
    assert [row[2] for row in rows(read("预算支出总表", text))] == ["甲支出", "乙支出"]


def test_a_chapter_heading_and_unit_fallen_between_rows() -> None:
    text = (
        EXPENDITURE
        + "201 甲支出 3.00 3.00  \n第二部分 2023年单位预算报表\n单位：万元\n202 乙支出 4.00  4.00"
    )
    assert [row[2] for row in rows(read("预算支出总表", text))] == ["甲支出", "乙支出"]


BALANCE = "收入 支出\n\n项目 2023年 项目 2023年合计 当年预算安排\n上年结转安\n排\n\n"


def test_two_sides_glued_together() -> None:
    text = (
        BALANCE
        + "一、一般公共预算 4,176.10一、一般公共服务支出 5.00 5.00  \n\n上年结转 551.01年终结转    "
    )
    assert rows(read("预算收支总表", text)) == [
        ("revenue", "", "一般公共预算", {"total": "4,176.10"}),
        ("expenditure", "", "一般公共服务支出", {"total": "5.00", "current_year": "5.00"}),
        ("revenue", "", "上年结转", {"total": "551.01"}),
    ]


def test_both_labels_wrapped_and_the_left_figure_blank() -> None:
    text = (
        BALANCE
        + "三、国有资本经营预\n算\n\n 三、国防支出    \n\n  \n八、社会保障和就业\n支出\n\n74.16 70.00 4.16\n"
    )
    assert rows(read("预算收支总表", text)) == [
        (
            "expenditure",
            "",
            "社会保障和就业支出",
            {"total": "74.16", "current_year": "70.00", "carry_over": "4.16"},
        )
    ]


def test_a_total_of_one_name_on_both_sides() -> None:
    text = BALANCE + "一、一般公共预算 5.00一、甲支出 5.00 5.00  \n总计 5.00总计 5.00 5.00  "
    assert [row[:3] for row in rows(read("预算收支总表", text))][2:] == [
        ("revenue", "", "总计"),
        ("expenditure", "", "总计"),
    ]


def test_codes_on_both_sides() -> None:
    header = "国有资本经营预算收入 国有资本经营预算支出\n\n项目\n国有资本经\n营收入预算\n\n科目编码 科目名称 合计 基本支出 项目支出\n收入科目编码 科目名称\n\n"
    text = (
        header
        + "合计 0.00   0.00 0.00 0.00\n\n208\n社会保障和就业\n支出\n\n0.00208\n社会保障和就\n业支出\n\n 0.00 0.00\n\n2080505\n养老\n\n 2080505\n养老\n\n"
    )
    assert rows(read("国有资本经营预算收支预算表", text)) == [
        ("revenue", "", "合计", {"total": "0.00"}),
        ("expenditure", "", "合计", {"total": "0.00", "basic": "0.00", "project": "0.00"}),
        ("revenue", "208", "社会保障和就业支出", {"total": "0.00"}),
        ("expenditure", "208", "社会保障和就业支出", {"basic": "0.00", "project": "0.00"}),
    ]


def test_an_item_of_revenue_needs_no_item_of_expenditure_beside_it() -> None:
    header = "国有资本经营预算收入 国有资本经营预算支出\n项目\n国有资本经\n营收入预算\n科目编码 科目名称 合计 基本支出 项目支出\n收入科目编码 科目名称\n"
    text = header + (
        "1030601 利润收入 4.00\n1030602 股利收入 5.00 2230101 解决遗留问题 2.00 2.00  \n"
        "1030603 清算收入 1.00 1030603 清算收入 1.00 1.00  \n合计 10.00   3.00 3.00  \n"
    )
    found = rows(read("国有资本经营预算收支预算表", text))
    assert [(side, code) for side, code, *_ in found] == [
        ("revenue", "1030601"),
        ("revenue", "1030602"),
        ("expenditure", "2230101"),
        ("revenue", "1030603"),
        ("expenditure", "1030603"),
        ("revenue", ""),
        ("expenditure", ""),
    ]


def test_totals_and_words_of_the_header_without_figures_are_no_stray_text() -> None:
    text = EXPENDITURE + "201 甲支出 3.00 3.00  \n小计\n科目名称\n202 乙支出 4.00 4.00  \n合计"
    table = read("预算支出总表", text)
    assert [row.name for row in table.rows] == ["甲支出", "乙支出"]
    assert table.stray == []


PROJECTS = "项目名称 合计\n2023年财政拨款\n一般公共预算\n政府性基金\n\n预算\n国有资本\n经营预算\n\n1 2 3 4 5\n\n"


def test_project_names_wrap_and_begin_with_an_indent() -> None:
    text = (
        PROJECTS
        + "某某局 551.01 551.01   \n\n　　2022年省级防汛抗旱资金(财建\n【2022】80-1号)\n\n20.00 20.00   \n\n　　平台（3处） 531.01  531.01  "
    )
    assert [(row[2], row[3]) for row in rows(read("项目支出预算表（上年结转）", text))] == [
        ("某某局", {"total": "551.01", "general_public": "551.01"}),
        (
            "2022年省级防汛抗旱资金(财建【2022】80-1号)",
            {"total": "20.00", "general_public": "20.00"},
        ),
        ("平台（3处）", {"total": "531.01", "government_fund": "531.01"}),
    ]


def test_white_space_inside_a_project_s_name_begins_no_row() -> None:
    text = PROJECTS + "　　甲项目 二期 3.00 3.00   \n　　乙项目 4.00 4.00   "
    assert [row[2] for row in rows(read("项目支出预算表（上年结转）", text))] == [
        "甲项目二期",
        "乙项目",
    ]


def test_where_items_have_codes_no_white_space_begins_a_row() -> None:
    text = EXPENDITURE + "201 一般公共   \n服务支出 3.00 3.00  \n202 外交   \n　　支出 4.00  4.00"
    assert [row[1:3] for row in rows(read("预算支出总表", text))] == [
        ("201", "一般公共服务支出"),
        ("202", "外交支出"),
    ]


def test_a_code_in_parts_ends_with_its_third() -> None:
    text = (
        EXPENDITURE
        + "合计 7.00 7.00  \n201 01 02 24 小时值守 3.00 3.00  \n201 05 甲支出 4.00 4.00  "
    )
    assert [row[1:3] for row in rows(read("预算支出总表", text))] == [
        ("", "合计"),
        ("2010102", "24小时值守"),
        ("20105", "甲支出"),
    ]


def test_a_code_begins_a_row_anywhere_and_a_total_only_a_line() -> None:
    text = (
        EXPENDITURE
        + "201 甲支出 20101 乙支出 3.00 3.00  \n20199 其他 小计 1.00 1.00  \n202 丙支出\n合计 4.00 4.00  "
    )
    table = read("预算支出总表", text)
    assert [row[1:3] for row in rows(table)] == [
        ("20101", "乙支出"),
        ("20199", "其他小计"),
        ("", "合计"),
    ]
    assert table.stray == []  # 201 and 202 are rows whose cells are blank


def test_what_looks_like_a_code_is_one_only_where_items_have_codes() -> None:
    table = read("项目支出预算表（上年结转）", PROJECTS + "　　120急救中心 3.00 3.00   ")
    assert [row[1:3] for row in rows(table)] == [("", "120急救中心")]


def test_a_code_alone_and_a_number_behind_a_name() -> None:
    text = EXPENDITURE + "合计 7.00 7.00  \n201 3.00 3.00  \n202乙支出 02 号 4.00 4.00  "
    assert [row[1:3] for row in rows(read("预算支出总表", text))][1:] == [
        ("201", ""),
        ("202", "乙支出02号"),
    ]


def test_a_code_in_brackets_begins_a_row() -> None:
    table = read(
        "预算支出总表",
        EXPENDITURE + "[207]文化旅游体育与传媒支出 3.10 2.50 0.60\n[2070104]图书馆 3.10 2.50 0.60",
    )
    assert [(row.code, row.name) for row in table.rows] == [
        ("207", "文化旅游体育与传媒支出"),
        ("2070104", "图书馆"),
    ]


def test_the_ordinal_of_a_listed_label_is_no_stray_text() -> None:
    table = read("“三公”经费支出预算表", "项目 2031年预算数\n合计 9.50\n2.公务接待费 1.50")
    assert [row.name for row in table.rows] == ["合计", "公务接待费"]
    assert table.stray == []


def test_a_project_begins_at_an_indent_or_after_blank_cells() -> None:
    text = (
        PROJECTS
        + "　　甲项目\n　　乙项目 3.00 3.00   \n丙项目    \n丁项目 4.00 4.00   \n戊项目   \n己项目 5.00 5.00   "
    )
    assert [row[2] for row in rows(read("项目支出预算表（上年结转）", text))] == [
        "乙项目",
        "丁项目",
        "戊项目己项目",
    ]


@pytest.mark.parametrize(("spaces", "stray"), [(4, []), (3, [13])])
def test_a_row_of_blank_cells_has_white_space_for_each(spaces: int, stray: list[int]) -> None:
    text = PROJECTS + "　　甲项目 3.00 3.00   \n　　乙项目" + " " * spaces
    table = read("项目支出预算表（上年结转）", text)
    assert [row.name for row in table.rows] == ["甲项目"]
    assert [line.no for line in table.stray] == stray


def test_text_among_items_with_codes_is_no_blank_row_whatever_white_space_follows() -> None:
    table = read(
        "预算支出总表", "注意事项     \n".join([EXPENDITURE + "201 甲支出 3.00 3.00  \n", ""])
    )
    assert [row.name for row in table.rows] == ["甲支出"]
    assert [line.text.strip() for line in table.stray] == ["注意事项"]


CROSSWALK = "部门预算支出经济科目名称\n政府预算支出经济科目名\n称\n\n2023年预算数\n\n合计 人员经费 公用经费\n\n"


def test_the_governmental_item_beside_the_departmental_one() -> None:
    text = (
        CROSSWALK
        + "合计 6.00 5.00 1.00\n\n工资福利支出  5.00 5.00  \n\n机关事业单位基本养老保险缴\n费\n\n社会保障缴费 5.00 5.00  \n\n维修（护）费 维修（护）费 1.00  1.00"
    )
    table = read("一般公共预算安排基本支出分经济科目表", text)
    assert [(row.name, row.governmental_item) for row in table.rows] == [
        ("合计", ""),
        ("工资福利支出", ""),
        ("机关事业单位基本养老保险缴费", "社会保障缴费"),
        ("维修（护）费", "维修（护）费"),
    ]
    assert rows(table)[1][3] == {"total": "5.00", "personnel": "5.00"}
    assert rows(table)[3][3] == {"total": "1.00", "non_personnel": "1.00"}


@pytest.mark.parametrize("name", ["维修(护)费", "维修（护）费"])
def test_known_economic_items_are_parted_whatever_their_brackets(name: str) -> None:
    text = CROSSWALK + f"合计 1.00 1.00  \n{name[:-1]}\n{name[-1]}\n{name} 1.00 1.00  "
    table = read("一般公共预算安排基本支出分经济科目表", text)
    assert (table.rows[1].name, table.rows[1].governmental_item) == (name, name)


def test_unknown_economic_items_are_parted_by_the_white_space() -> None:
    for words in (
        "甲类开支 乙类经费",
        "甲类\n开支 乙类\n经费",
        "甲类\n开支\n\n乙类\n经费",
        "甲类开支 乙类\n\n经费",
    ):
        text = CROSSWALK + f"合计 1.00 1.00  \n{words} 1.00 1.00  "
        table = read("一般公共预算安排基本支出分经济科目表", text)
        assert (table.rows[1].name, table.rows[1].governmental_item) == ("甲类开支", "乙类经费")


def test_listed_labels_part_even_where_white_space_is_trimmed() -> None:
    header = "项目\n2023年预算数\n\n合计 一般公共预算 政府性基金预算\n国有资本经营预\n\n算\n\n"
    text = (
        header
        + "因公出国（境）费\n公务接待费 1.00 1.00 0.00 0.00\n公务用车购置及运行费\n①公务用车购置费\n②公务用车运行维护费 2.00 2.00 0.00 0.00\n合计 3.00 3.00 0.00 0.00"
    )
    assert [row[2] for row in rows(read("“三公”经费支出预算表", text))] == [
        "公务接待费",
        "公务用车运行维护费",
        "合计",
    ]


def test_white_space_reduced_to_single_spaces_is_settled_by_the_sums() -> None:
    text = (
        EXPENDITURE
        + "合计 8.00 5.00 3.00\n201 甲支出 5.00 5.00\n20101 甲 5.00 5.00\n202 乙支出 3.00 3.00\n20201 乙 3.00 3.00"
    )
    table = read("预算支出总表", text)
    assert [sorted(row[3]) for row in rows(table)] == [
        ["basic", "project", "total"], ["basic", "total"], ["basic", "total"], ["project", "total"], ["project", "total"],
    ]  # fmt: skip
    assert {f.placed_by for f in table.rows[4].figures if f.measure == "project"} == {"arithmetic"}


def test_a_figure_that_neither_print_nor_sums_place_is_reported() -> None:
    table = read("预算支出总表", EXPENDITURE + "201 甲支出 3.00 3.00\n202 乙支出 4.00 1.00 3.00")
    assert [row[2:] for row in rows(table)] == [
        ("甲支出", {"total": "3.00"}),
        ("乙支出", {"total": "4.00", "basic": "1.00", "project": "3.00"}),
    ]
    assert [line.text for line, _ in table.unplaced] == ["201 甲支出 3.00 3.00"]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_columns_stand_in_the_order_in_which_they_are_printed(between: str) -> None:
    header = f"科目编码 科目名称\n{between.join(('合计', '项目支出', '基本支出'))}\n"
    table = read("预算支出总表", header + "201 甲支出 3.00 2.00 1.00")
    assert [row[3] for row in rows(table)] == [
        {"total": "3.00", "project": "2.00", "basic": "1.00"}
    ]


def test_no_row_of_amounts_is_taken_for_the_header() -> None:
    text = EXPENDITURE + "全部 5.00 5.00  \n201 甲支出 5.00 5.00  "
    assert [row[2:] for row in rows(read("预算支出总表", text))] == [
        ("全部", {"total": "5.00", "basic": "5.00"}),
        ("甲支出", {"total": "5.00", "basic": "5.00"}),
    ]
    text = EXPENDITURE + "本级 5.00\n201 甲支出 5.00 5.00 0.00"
    table = read("预算支出总表", text)
    assert [line.text for line, _ in table.unplaced] == ["本级 5.00"]


def test_the_last_line_of_a_name_in_brackets_stays_with_it() -> None:
    text = EXPENDITURE + "201 甲支出 3.00 3.00  \n（2025年）\n202 乙支出 4.00 4.00  \n（续发）"
    assert [row[1:3] for row in rows(read("预算支出总表", text))] == [
        ("201", "甲支出（2025年）"),
        ("202", "乙支出（续发）"),
    ]


def test_figures_in_whole_yuan_and_figures_broken_by_a_narrow_column() -> None:
    text = EXPENDITURE + "合计 9,629,880 9,629,880  \n\n201 甲支出 9,629,\n880 9,629,880  "
    assert rows(read("预算支出总表", text))[1][3] == {"total": "9,629,880", "basic": "9,629,880"}


def test_more_figures_than_columns_are_reported() -> None:
    table = read(
        "预算支出总表", EXPENDITURE + "201 甲支出 1.00 1.00 1.00 1.00\n202 乙支出 2.00 2.00  "
    )
    assert [row[2] for row in rows(table)] == ["乙支出"]
    assert [(line.no, reason.en.split(":")[0]) for line, reason in table.unplaced] == [
        (5, "more figures than columns")
    ]


def test_tokens_know_their_white_space() -> None:
    tokens = tokenise(document("  甲 1.00   2.00  ").lines)
    assert [(t.text, t.is_figure, t.gap.size, t.gap.begins_line, t.trailing) for t in tokens] == [
        ("甲", False, 2, True, 0),
        ("1.00", True, 1, False, 0),
        ("2.00", True, 3, False, 2),
    ]


def test_numbers_inside_names_are_no_figures() -> None:
    words = tokenise(document("软件V2.50 2023年 5G专网 1.00 3").lines)
    assert [t.text for t in words if t.is_figure] == ["1.00"]


def test_signs_for_blank_cells_hold_their_column() -> None:
    table = read("预算支出总表", EXPENDITURE + "201 甲支出 3.00 - 3.00\n202 乙支出 — — —")
    assert [row[3] for row in rows(table)] == [{"total": "3.00", "project": "3.00"}]


def test_a_misprinted_figure_holds_its_column_too() -> None:
    table = read(
        "预算支出总表", EXPENDITURE + "201 甲支出 1,23.00 1.00 2.00\n202 乙支出 4.5 4.50  "
    )
    assert rows(table)[0] == (
        "",
        "201",
        "甲支出",
        {"total": "1,23.00", "basic": "1.00", "project": "2.00"},
    )
    assert rows(table)[1] == ("", "202", "乙支出", {"total": "4.5", "basic": "4.50"})


def test_the_parts_of_a_code_each_on_its_own_line_are_one_code() -> None:
    text = "2031年预算支出总表\n单位：万元\n科目编码\n科目名称\n合计\n基本支出\n项目支出\n208\n05\n01\n行政单位离退休\n48.00\n40.00\n8.00\n"
    (section,) = [s for s in find_sections(document(text), set()) if s.kind == "table"]
    assert [
        (row.code, row.name) for row in spaced.read_table(section.lines, section.specs).rows
    ] == [("2080501", "行政单位离退休")]


def test_a_line_with_an_amount_is_no_caption() -> None:
    lines = document("单位：某某市水务局\n单位：某某市水务局 5.50\n注：某某 5.50").lines
    assert [line.no for line in without_captions(lines)] == [2, 3]


@pytest.mark.parametrize("amount", ["5.50", "5,500", "5．50", "-1,234,567"])
def test_an_amount_has_decimals_or_commas_and_no_year_or_page_has(amount: str) -> None:
    lines = document(f"单位：某某市水务局 {amount}\n单位：某某市水务局 2031 3").lines
    assert [line.no for line in without_captions(lines)] == [1]

"""What tables mean by the words of their print, however a place words and orders them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jcdata.documents.document import Document, read_document
from jcdata.documents.metadata import describe
from jcdata.documents.sections import find_furniture, find_sections
from jcdata.schema import STATUTORY_TABLES
from jcdata.tables.budget_lines import Tables, read_tables
from jcdata.tables.grids import Grid, find_grids
from tests.making.documents import document

HEAD = "某某市水务局2034年度部门预算公开\n\n"


def grids(text: str) -> list[Grid]:
    """The tables of a document in Markdown."""
    doc = document(HEAD + text)
    return find_grids(doc, find_furniture(doc))


def read(text: str) -> Tables:
    """What the tables of a document in Markdown mean."""
    return read_all(document(HEAD + text))


def read_all(doc: Document) -> Tables:
    """What the tables of a document mean."""
    furniture = find_furniture(doc)
    sections = find_sections(doc, furniture)
    record = describe(doc, sections, furniture).record
    return read_tables(
        record.document_id,
        sections,
        record.unit_name,
        record.source_unit,
        find_grids(doc, furniture),
    )


def figures(tables: Tables) -> list[tuple[str, str, str, str, str]]:
    """Side, code, name, measure and print of each budget line."""
    return [
        (x.side, x.item_code, x.item_name, x.measure, x.amount_text) for x in tables.budget_lines
    ]


def table(title: str, *rows: str, caption: str = "单位：万元") -> str:
    """A Markdown table below its title."""
    return "\n".join([title, caption, "", *(f"| {row} |" for row in rows), "", ""])


BALANCE = table(
    "收支预算总表",
    "收入 | | 支出 | | | ",
    "项目名称 | 金额 | 功能分类 | | 支出用途 | ",
    " | | 功能科目名称 | 金额 | 项目名称 | 金额",
    "一、财政拨款 | 700.00 | 一、一般公共服务支出 | 600.00 | 一、基本支出 | 450.00",
    "1.一般公共预算 | 700.00 | 二、外交支出 | | 二、项目支出 | 300.00",
    "当年收入小计 | 700.00 | 当年支出小计 | | | 750.00",
)


def test_a_column_of_rates_with_few_figures_is_no_money() -> None:
    text = table(
        "支出预算总表",
        "科目编码 | 科目名称 | 合计 | 增长率（%）",
        "201 | 一般公共服务支出 | 5.50 | 新增",
        "208 | 社会保障和就业支出 | 3.50 | 12.5",
        "210 | 卫生健康支出 | 1.00 | 新增",
    )
    assert {measure for *_, measure, _ in figures(read(text))} == {"total"}


def test_a_balance_in_three_blocks() -> None:
    assert figures(read(BALANCE)) == [
        ("revenue", "", "财政拨款", "total", "700.00"),
        ("expenditure", "", "一般公共服务支出", "total", "600.00"),
        ("expenditure", "", "基本支出", "total", "450.00"),
        ("revenue", "", "一般公共预算", "total", "700.00"),
        ("expenditure", "", "项目支出", "total", "300.00"),
        ("revenue", "", "当年收入小计", "total", "700.00"),
        ("expenditure", "", "当年支出小计", "total", "750.00"),
    ]


def test_headings_are_joined_from_top_to_bottom() -> None:
    (grid,) = grids(BALANCE)
    assert [" / ".join(texts) for texts in grid.headings] == [
        "收入 / 项目名称", "收入 / 金额", "支出 / 功能分类 / 功能科目名称", "支出 / 功能分类 / 金额",
        "支出 / 支出用途 / 项目名称", "支出 / 支出用途 / 金额",
    ]  # fmt: skip


def test_codes_in_parts_and_a_header_row_that_is_the_total_s_too() -> None:
    tables = read(
        table(
            "支出预算总表",
            "项目 | | | | 合计 | 基本支出 | 项目支出",
            "功能分类科目编码 | | | 科目名称 | | | ",
            "类 | 款 | 项 | 合计 | 206.00 | 200.00 | 6.00",
            "201 | 06 | 1 | 行政运行 | 206.00 | 200.00 | 6.00",
        )
    )
    assert figures(tables)[::3] == [
        ("", "", "合计", "total", "206.00"),
        ("", "2010601", "行政运行", "total", "206.00"),
    ]
    assert tables.faults == []


@pytest.mark.parametrize("name", ["[301]工资福利支出", "301 工资福利支出", "工资福利支出（301）"])
def test_a_code_before_or_behind_the_name(name: str) -> None:
    tables = read(table("一般公共预算基本支出表", "科目 | 金额", f"{name} | 220.00"))
    assert figures(tables) == [("", "301", "工资福利支出", "total", "220.00")]


@pytest.mark.parametrize("name", ["120急救中心运行", "维护热线12345", "110联动（301）"])
@pytest.mark.parametrize("title", ["项目支出表", "政府采购预算表", "国有资产占用情况表"])
def test_a_number_in_the_name_of_a_project_or_a_purchase_is_no_code(title: str, name: str) -> None:
    assert figures(read(table(title, "项目名称 | 金额", f"{name} | 220.00"))) == [
        ("", "", name, "total", "220.00")
    ]


def test_sources_of_revenue_with_their_parts() -> None:
    tables = read(
        table(
            "收入预算总表",
            "项目名称 | | 金额",
            "收入总计 | | 9.50",
            "一般公共预算资金 | 小计 | 9.00",
            " | 专项收入 | 9.00",
            "其他资金 | 小计 | 0.50",
        )
    )
    assert [name for _, _, name, _, _ in figures(tables)] == [
        "收入总计", "一般公共预算资金", "专项收入", "其他资金",
    ]  # fmt: skip


def test_a_part_that_reaches_down_from_the_row_above_is_of_the_same_group() -> None:
    """Its second row has a figure, and no text in any cell of its own."""
    cells = (
        "<tr><td>项目名称<td><td>金额</tr><tr><td>收入总计<td><td>9.50</tr>"
        "<tr><td rowspan=2>一般公共预算资金<td rowspan=2>小计<td></tr><tr><td>9.00</tr>"
        "<tr><td rowspan=2>其他资金<td>小计<td>0.50</tr><tr><td>其他收入<td>0.50</tr>"
    )
    text = f"<p>{HEAD}</p><p>收入预算总表</p><p>单位：万元</p><table>{cells}</table>"
    tables = read_all(read_document(text.encode(), "some.html"))
    assert [(name, amount) for _, _, name, _, amount in figures(tables)] == [
        ("收入总计", "9.50"), ("一般公共预算资金", "9.00"), ("其他资金", "0.50"), ("其他收入", "0.50"),
    ]  # fmt: skip


def test_a_code_and_a_name_that_reach_down_are_of_the_figure_in_the_row_below() -> None:
    cells = (
        "<tr><td>科目编码<td>科目名称<td>金额</tr><tr><td>213<td>农林水支出<td>9.00</tr>"
        "<tr><td rowspan=2>21303<td rowspan=2>水利<td></tr><tr><td>9.00</tr>"
    )
    text = f"<p>{HEAD}</p><p>一般公共预算支出预算表</p><p>单位：万元</p><table>{cells}</table>"
    assert figures(read_all(read_document(text.encode(), "some.html"))) == [
        ("", "213", "农林水支出", "total", "9.00"), ("", "21303", "水利", "total", "9.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("经济分类", ("30101-基本工资", "30201-办公费")),
        ("资金性质", ("当年", "结转")),
        ("单位名称", ("甲局本级", "甲局服务中心")),
    ],
)
@pytest.mark.parametrize("code", ["<td rowspan=2>2130101", "<td>2130101"])
def test_a_code_and_a_name_that_reach_down_are_of_rows_with_other_texts(
    heading: str, texts: tuple[str, str], code: str
) -> None:
    below = "" if "rowspan" in code else code
    cells = (
        f"<tr><td>科目编码<td>科目名称<td>{heading}<td>合计</tr>"
        f"<tr>{code}<td rowspan=2>行政运行<td>{texts[0]}<td>35.00</tr><tr>{below}<td>{texts[1]}<td>25.00</tr>"
        "<tr><td>合计<td><td><td>60.00</tr>"
    )
    text = f"<p>{HEAD}</p><p>一般公共预算支出预算表</p><p>单位：万元</p><table>{cells}</table>"
    assert figures(read_all(read_document(text.encode(), "some.html"))) == [
        ("", "2130101", "行政运行", "total", "35.00"), ("", "2130101", "行政运行", "total", "25.00"), ("", "", "合计", "total", "60.00"),
    ]  # fmt: skip


def test_an_expense_whose_heading_lines_cut_into_cells_is_one() -> None:
    tables = read(
        table(
            "“三公”经费、会议费预算表",
            "合计 | “三公”经费 | | | | 会议",
            " | 小计 | 因公出国 | 公务用车 | 公务接 | 费",
            " | | （境）费 | 运行维护费 | 待费 | ",
            "9.00 | 8.00 | 1.00 | 3.00 | 4.00 | 1.00",
        )
    )
    assert [(name, amount) for _, _, name, _, amount in figures(tables)] == [
        ("合计", "9.00"), ("“三公”经费", "8.00"), ("因公出国（境）费", "1.00"), ("公务用车运行维护费", "3.00"),
        ("公务接待费", "4.00"), ("会议费", "1.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(("amount", "fault_count"), [("", 0), ("5.00", 1)])
def test_a_column_of_counts_is_no_heading_to_be_understood(amount: str, fault_count: int) -> None:
    tables = read(
        table(
            "“三公”经费支出决算表",
            "项目 | 决算数 | 统计数",
            f"“三公”经费合计 | 11.00 | {amount}",
            "公务接待费 | 11.00 |",
            "国内公务接待批次（个） | | 32",
        )
    )
    assert len(tables.faults) == fault_count
    assert ("total", "11.00") in [(x.measure, x.amount_text) for x in tables.budget_lines]


@pytest.mark.parametrize("budget", ["预算数 | | |", "2034年预算数 | | |"])
def test_a_budget_above_the_account_in_one_table_is_what_was_budgeted(budget: str) -> None:
    head = "合计 | “三公”经费小计 | 公务接待费 | 会议费"
    tables = read(
        table(
            "“三公”经费、会议费支出决算表",
            *(budget, head, "16.00 | 13.00 | 5.00 | 3.00"),
            *("决算数 | | |", head, "13.40 | 11.00 | 4.15 | 2.40"),
        )
    )
    assert [(x.item_name, x.measure, x.amount_text) for x in tables.budget_lines] == [
        ("合计", "budgeted", "16.00"), ("“三公”经费小计", "budgeted", "13.00"), ("公务接待费", "budgeted", "5.00"),
        ("会议费", "budgeted", "3.00"), ("合计", "total", "13.40"), ("“三公”经费小计", "total", "11.00"),
        ("公务接待费", "total", "4.15"), ("会议费", "total", "2.40"),
    ]  # fmt: skip
    assert tables.faults == []


@pytest.mark.parametrize("mark", ["", "公开表一", "公开01表"])
@pytest.mark.parametrize("unit", ["部门：某某市水务局 ", "编制单位：某某市水务局 ", ""])
def test_a_title_in_one_cell_with_its_unit_and_unit_of_money_begins_a_table(
    mark: str, unit: str
) -> None:
    money = "单位：元"
    tables = read(
        f"\n| 收入预算总表{mark} {unit}{money} | | |\n| 项目名称 | 金额 | |\n| 收入总计 | 9.50 | |\n"
        f"| 支出预算总表{mark} {unit}{money} | | |\n| 合计 | 基本支出 | 项目支出 |\n| 9.50 | 9.00 | 0.50 |\n"
    )
    assert [(x.table_key, x.measure, x.amount_yuan) for x in tables.budget_lines] == [
        ("revenue", "total", Decimal("9.50")), ("expenditure", "total", Decimal("9.50")),
        ("expenditure", "basic", Decimal("9.00")), ("expenditure", "project", Decimal("0.50")),
    ]  # fmt: skip


def test_a_table_of_one_row_without_names_is_its_total() -> None:
    tables = read(
        table(
            "支出预算总表",
            "合计 | 基本支出 | 项目支出 | 单位预留机动经费",
            "9.00 | 5.00 | 3.00 | 1.00",
        )
    )
    assert figures(tables) == [
        ("", "", "合计", "total", "9.00"),
        ("", "", "合计", "basic", "5.00"),
        ("", "", "合计", "project", "3.00"),
        ("", "", "合计", "contingency_reserve", "1.00"),
    ]


def test_expenses_in_the_header_with_budget_and_account_side_by_side() -> None:
    tables = read(
        table(
            "财政拨款“三公”经费支出决算表",
            "合计 | | 公务用车购置及运行费 | | 公务接待费 | ",
            " | | 小计 | | | ",
            "预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数",
            "8.50 | 6.10 | 6.00 | 5.10 | 2.50 | 1.00",
        )
    )
    assert figures(tables) == [
        ("", "", "合计", "budgeted", "8.50"),
        ("", "", "合计", "total", "6.10"),
        ("", "", "公务用车购置及运行费", "budgeted", "6.00"),
        ("", "", "公务用车购置及运行费", "total", "5.10"),
        ("", "", "公务接待费", "budgeted", "2.50"),
        ("", "", "公务接待费", "total", "1.00"),
    ]


@pytest.mark.parametrize("heading", ["年度", "项目", ""])
def test_expenses_in_the_header_with_a_row_for_each_year(heading: str) -> None:
    tables = read(
        table(
            "财政拨款“三公”经费支出决算表",
            f"{heading} | 合计 | 公务接待费",
            "2032年 | 9.50 | 2.50",
            "2033年 | 8.50 | 2.00",
            "2034年决算数 | 6.50 | 1.00",
            "2034年比2033年增减% | -23.53 | -50.00",
            "增减额 | -2.00 | -1.00",
        )
    )
    assert figures(tables) == [
        ("", "", name, measure, amount)
        for measure, *amounts in (
            ("other", "9.50", "2.50"),
            ("prior_year_actual", "8.50", "2.00"),
            ("total", "6.50", "1.00"),
            ("change", "-2.00", "-1.00"),
        )
        for name, amount in zip(("合计", "公务接待费"), amounts, strict=True)
    ]


def test_expenses_in_the_header_of_two_years_side_by_side() -> None:
    above = "一般公共预算拨款安排的“三公”经费预算"
    tables = read(
        "一般公共预算拨款“三公”经费及会议费、培训费支出预算表\n\n单位：万元\n\n"
        "| 单位名称 | 2033年 | | | | 2034年 | | | |\n"
        f"| | 合计 | {above} | | 会议费 | 合计 | {above} | | 会议费 |\n"
        "| | | 小计 | 公务接待费 | | | 小计 | 公务接待费 | |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        "| 合计 | 6.00 | 5.00 | 5.00 | 1.00 | 6.10 | 4.00 | 4.00 | 2.10 |\n"
    )
    found = [(x.item_name, x.measure, x.amount_text) for x in tables.budget_lines]
    assert [line for line in found if line[1] == "total"] == [
        ("合计", "total", "6.10"),
        ("一般公共预算拨款安排的“三公”经费", "total", "4.00"),
        ("公务接待费", "total", "4.00"),
        ("会议费", "total", "2.10"),
    ]
    assert {(name, text) for name, measure, text in found if measure == "prior_year_actual"} == {
        ("合计", "6.00"),
        ("一般公共预算拨款安排的“三公”经费", "5.00"),
        ("公务接待费", "5.00"),
        ("会议费", "1.00"),
    }


def test_operating_expenses_beside_the_three_public_ones_are_of_their_own_table() -> None:
    tables = read(
        table(
            "“三公”经费和机关运行经费预算表",
            "2034年“三公”经费预算数 | | 2034年机关运行经费预算数",
            "合计 | 公务接待费 | ",
            "1.50 | 1.50 | 44.00",
        )
    )
    assert [(x.table_key, x.item_name, x.amount_text) for x in tables.budget_lines] == [
        ("three_public_expenses", "合计", "1.50"),
        ("three_public_expenses", "公务接待费", "1.50"),
        ("agency_operating_expenses", "机关运行经费", "44.00"),
    ]


def test_the_unit_of_money_of_a_heading_goes_before_that_of_the_caption() -> None:
    (line,) = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计（元）", "201 | 甲支出 | 55,000.00")
    ).budget_lines
    assert (line.amount_yuan, line.money_unit) == (Decimal("55000.00"), "元")


def test_a_table_without_a_unit_whose_amounts_are_thousands_of_times_the_others_is_not_guessed() -> (
    None
):
    tables = read(
        table(
            "收入预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 18,423,600.00", caption=""
        )
        + table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 1,842.36")
    )
    assert [x.table_key for x in tables.budget_lines] == ["expenditure"]
    assert [cell.amount_yuan for cell in tables.printed_cells if cell.column_no == 3] == [
        None,
        Decimal("18423600.00"),
    ]
    (fault,) = tables.faults
    assert "no unit of money" in fault.reason.en


def test_a_table_of_no_known_kind_is_kept_as_printed_and_reported_once() -> None:
    tables = read(table("转移支付预算表", "项目 | 金额", "甲 | 5.00", "乙 | 6.00"))
    assert tables.budget_lines == [] and len(tables.faults) == 1
    assert tables.printed_tables[0].table_key is None
    assert [(c.label, c.heading, c.text, c.amount_yuan) for c in tables.printed_cells] == [
        ("甲", "项目", "甲", None),
        ("甲", "金额", "5.00", Decimal("50000.00")),
        ("乙", "项目", "乙", None),
        ("乙", "金额", "6.00", Decimal("60000.00")),
    ]


@pytest.mark.parametrize(
    ("caption", "key"),
    [
        ("政府采购预算\n\n600012某某市水务局 单位：万元", "procurement"),
        ("部门政府采购支出预算\n\n单位：万元", "procurement"),
        ("部门政府采购预算如下\n\n单位：万元", None),
        ("部门收支总体情况\n\n部门：某某局\n\n单位：万元", "overall_balance"),
        ("部门收入总体情况\n\n部门：某某局 单位：万元", "revenue"),
        ("2031年部门支出总体情况\n\n单位：万元", "expenditure"),
        ("财政拨款收支总体情况\n\n单位：万元", "fiscal_appropriation_balance"),
        ("一般公共预算支出情况\n\n单位：万元", "general_public_expenditure"),
        ("一般公共预算基本支出情况\n\n单位：万元", "general_public_basic_expenditure"),
        ("政府性基金预算支出情况\n\n单位：万元", "government_fund_expenditure"),
        ("国有资本经营预算支出情况\n\n单位：万元", "state_capital_expenditure"),
        ("财政拨款“三公”经费支出情况\n\n单位：万元", "three_public_expenses"),
        ("三、收入支出决算总体情况说明\n\n单位：万元", None),
        ("部门收支总体情况\n\n2031年收入增加。\n\n单位：万元", None),
        ("单位：万元\n\n部门收支总体情况", None),
        ("（一）支出决算情况\n\n单位：万元", None),
        ("单位：万元\n\n六、政府采购预算情况", None),
    ],
)
def test_a_table_may_be_named_without_the_word(caption: str, key: str | None) -> None:
    rows = "| 项目名称 | 总计 |\n| --- | --- |\n| 甲 | 5.00 |\n| 乙 | 6.00 |\n"
    (printed,) = read(f"{caption}\n\n{rows}").printed_tables
    assert printed.table_key == key


def test_a_title_without_the_word_begins_another_table_of_a_sheet() -> None:
    head, item = "科目编码|科目名称|合计", "205|教育支出|"
    rows = [
        *("部门收入总体情况||", "单位：万元||", head, f"{item}5.00"),
        *("部门支出总体情况||", "单位：万元||", head, f"{item}6.00"),
    ]
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    content = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    tables = read_all(read_document(f"<p>某局2031年部门预算</p>{content}".encode(), "d.html"))
    assert [(x.table_key, x.amount_text) for x in tables.budget_lines] == [
        ("revenue", "5.00"),
        ("expenditure", "6.00"),
    ]


def test_an_empty_column_of_unknown_meaning_parts_no_table() -> None:
    head = "科目编码 | 科目名称 | 合计 | 一般公共预算 | 教育收费资金收入 | 其他收入"
    rows = ("| 合计 | 5.00 | 4.00 | | 1.00", "205 | 教育支出 | 5.00 | 4.00 | | 1.00")
    tables = read(table("收入预算总表", head, *rows))
    assert tables.faults == []
    assert [(x.item_name, x.measure) for x in tables.budget_lines if x.amount_text == "1.00"] == [
        ("合计", "other_revenue"), ("教育支出", "other_revenue"),
    ]  # fmt: skip


def test_money_of_schools_and_fees_in_a_special_account() -> None:
    head = "科目编码 | 科目名称 | 合计 | 纳入专户管理的非税收入拨款"
    tables = read(table("收入预算总表", head, "205 | 教育支出 | 5.00 | 5.00"))
    assert [x.measure for x in tables.budget_lines] == ["total", "special_account"]


def test_a_heading_that_is_not_understood_is_named_once_and_its_figures_are_kept_apart() -> None:
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | 科目名称 | 合计 | 机动甲乙",
            "201 | 甲支出 | 5.50 | 1.00",
            "208 | 乙支出 | 5.50 | 1.00",
        )
    )
    assert {x.heading: x.measure for x in tables.budget_lines} == {
        "合计": "total",
        "机动甲乙": "other",
    }
    assert "机动甲乙" in str(tables.printed_tables[0].reason)


@pytest.mark.parametrize("text", ["¥5.50", "￥5.50", "-¥5.50", "¥-5.50", "（¥5.50）"])
def test_a_figure_with_a_sign_of_currency_is_one(text: str) -> None:
    tables = read(table("支出预算总表", "科目编码 | 科目名称 | 合计", f"201 | 甲支出 | {text}"))
    (line,) = tables.budget_lines
    assert abs(line.amount_yuan) == 55_000 and tables.faults == []


def test_a_column_of_figures_without_a_heading_is_reported() -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计 | ", "201 | 甲支出 | 5.50 | 7.00")
    )
    assert [measure for *_, measure, _ in figures(tables)] == ["total", "other"]
    assert ["column 4 without one" in str(fault.reason) for fault in tables.faults] == [True]


def test_rows_without_a_name_are_reported_and_give_no_lines() -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", " | | 1.00")
    )
    assert [x.item_code for x in tables.budget_lines] == ["201"]
    assert [fault.text for fault in tables.faults] == ["1.00"]


def test_a_table_for_each_unit_names_the_unit_and_not_the_department() -> None:
    rows = ("科目编码 | 科目名称 | 合计", "201 | 甲支出 | {}")
    texts = [
        table("部门支出总表", rows[0], rows[1].format(amount), caption=f"部门：{unit} 单位：万元")
        for unit, amount in (
            ("某某市水务局", "9.00"),
            ("某某市水务站", "4.00"),
            ("某某市水库所", "5.00"),
        )
    ]
    lines = read("".join(texts)).budget_lines
    assert [(x.organisation, x.amount_text) for x in lines] == [
        (None, "9.00"), ("某某市水务站", "4.00"), ("某某市水库所", "5.00"),
    ]  # fmt: skip
    assert len({(x.row_no, x.measure) for x in lines}) == 3


def test_a_second_table_of_the_same_unit_is_reported_and_not_loaded() -> None:
    tables = read(
        "".join(
            table(f"{unit}2034年支出总表", "科目编码 | 科目名称 | 合计", f"201 | 甲支出 | {amount}")
            for unit, amount in (
                ("某某市水务局", "9.00"), ("某某市水务站", "4.00"), ("某某市水务站", "4.00"), ("某某市水务局", "9.00"),
            )
        )
    )  # fmt: skip
    assert [x.amount_text for x in tables.budget_lines] == ["9.00", "4.00"]
    assert ["second table" in str(fault.reason) for fault in tables.faults] == [True, True]


COLUMNS = {
    "total": ["合计", "总计", "金额合计", "2034年预算数"],
    "basic": ["基本支出", "基本支出合计"],
    "project": ["项目支出", "项目支出小计"],
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_order_and_wording_of_columns_never_misplace_a_figure(data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(COLUMNS)))
    labels = {measure: data.draw(st.sampled_from(COLUMNS[measure])) for measure in order}
    blank = data.draw(st.sets(st.sampled_from(order), max_size=2))
    printed = {
        measure: "" if measure in blank else f"{data.draw(st.integers(1, 9_999_999)) / 100:,.2f}"
        for measure in order
    }
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | 科目名称 | " + " | ".join(labels[measure] for measure in order),
            "201 | 甲支出 | " + " | ".join(printed[measure] for measure in order),
        )
    )
    assert {x.measure: x.amount_text for x in tables.budget_lines} == {
        measure: text for measure, text in printed.items() if text
    }


def test_several_rows_without_names_are_not_all_the_total() -> None:
    tables = read(table("支出预算总表", "合计 | 基本支出", "10.00 | 6.00", "20.00 | 5.00"))
    assert tables.budget_lines == [] and len(tables.faults) == 1
    assert tables.printed_tables[0].table_key is None


def test_rows_without_names_are_one_problem() -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", " | | 1.00", " | | 2.00")
    )  # fmt: skip
    (fault,) = tables.faults
    assert fault.text == "1.00" and "2 rows" in fault.reason.en


@pytest.mark.parametrize(
    "code", ["201-03-02", "[2010302]", "201 03 02", "（2010302）", "201.03.02"]
)
def test_signs_in_a_code_are_none_of_it(code: str) -> None:
    tables = read(table("支出预算总表", "科目编码 | 科目名称 | 合计", f"{code} | 甲支出 | 5.50"))
    assert figures(tables) == [("", "2010302", "甲支出", "total", "5.50")]


def test_revenue_beside_expenditure_of_a_fund_is_of_its_own_table() -> None:
    tables = read(
        table(
            "政府性基金预算收支表",
            "收入 | | 支出 | ",
            "项目 | 金额 | 项目 | 金额",
            "甲收入 | 10.00 | 城乡社区支出 | 8.00",
        )
    )
    assert [(x.table_key, x.item_name) for x in tables.budget_lines] == [
        ("government_fund_revenue", "甲收入"), ("government_fund_expenditure", "城乡社区支出"),
    ]  # fmt: skip


def test_the_revenue_beside_expenditure_is_a_table_of_its_own_whose_rows_have_one_side() -> None:
    beside = [STATUTORY_TABLES[x.revenue] for x in STATUTORY_TABLES.values() if x.revenue]
    assert beside and all(list(x.rows_are) == [""] for x in beside)


def test_years_alone_in_the_header() -> None:
    tables = read(table("支出预算总表", "科目编码 | 科目名称 | 2033年 | 2034年", "201 | 甲支出 | 9.00 | 8.00"))  # fmt: skip
    assert [(x.measure, x.amount_text) for x in tables.budget_lines] == [
        ("prior_year_actual", "9.00"), ("total", "8.00"),
    ]  # fmt: skip


def test_a_part_of_what_is_known_is_not_the_whole_of_it() -> None:
    tables = read(
        table(
            "部门支出总表",
            "科目编码 | 科目名称 | 合计 | 基本支出 | ",
            " | | | 工资福利支出 | 商品和服务支出",
            "201 | 甲支出 | 9.00 | 8.00 | 1.00",
        )
    )
    assert [x.measure for x in tables.budget_lines] == ["total", "other", "other"]
    assert len(tables.faults) == 1


def test_a_table_whose_figures_have_no_unit_is_not_empty_and_reported_once() -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", "202 | 乙支出 | 1.00", caption="")
    )  # fmt: skip
    assert tables.budget_lines == [] and len(tables.faults) == 1
    assert {o.status for o in tables.occurrences if o.table_key == "expenditure"} == {"found"}


def test_figures_without_a_unit_below_one_that_cannot_be_read_are_reported_too() -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 基本支出（万元） | 项目支出", "201 | 甲支出 | 1,23.00 | 5.50", "202 | 乙支出 | 1.00 | 4.50", caption="")
    )  # fmt: skip
    assert [x.amount_text for x in tables.budget_lines] == ["1.00"]
    assert [fault.text for fault in tables.faults] == ["1,23.00", "5.50"]


def test_the_unit_of_money_in_a_sentence() -> None:
    (line,) = read(
        "报表金额单位均为万元\n\n"
        + table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", caption="")
    ).budget_lines
    assert line.amount_yuan == Decimal("55000.00")


def test_a_table_for_each_unit_that_its_title_names() -> None:
    texts = [
        table(f"{unit}2034年支出总表", "科目编码 | 科目名称 | 合计", f"201 | 甲支出 | {amount}")
        for unit, amount in (("某某市水务局", "9.00"), ("某某市水务站", "4.00"))
    ]
    lines = read("".join(texts)).budget_lines
    assert [(x.organisation, x.amount_text) for x in lines] == [
        (None, "9.00"), ("某某市水务站", "4.00"),
    ]  # fmt: skip


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_below_only_under_the_same_header(repeated: bool) -> None:
    second = ["科目编码 | 科目名称 | 合计"] * repeated + ["202 | 乙支出 | 1.00"]
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50")
        + table("", *second, caption="").lstrip("\n")
    )
    assert [x.item_code for x in tables.budget_lines] == ["201", "202"][: 1 + repeated]
    assert bool(tables.faults) != repeated


@pytest.mark.parametrize("alone", ["其中：", "人员类项目"])
def test_a_row_of_one_cell_ends_no_table(alone: str) -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", alone, "202 | 乙支出 | 1.00")
    )  # fmt: skip
    assert [x.item_code for x in tables.budget_lines] == ["201", "202"] and tables.faults == []


def test_a_row_of_one_cell_that_is_a_title_begins_another_table() -> None:
    tables = read(
        table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", "收入预算总表", "科目名称 | 合计", "甲收入 | 1.00")
    )  # fmt: skip
    assert [(x.table_key, x.amount_text) for x in tables.budget_lines] == [
        ("expenditure", "5.50"), ("revenue", "1.00"),
    ]  # fmt: skip


def test_a_table_in_text_among_tables_that_keep_cells_is_read_too() -> None:
    text = table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50")
    spaced = (
        "2034年预算收入总表\n单位：万元\n科目编码 科目名称 合计 一般公共预算\n合计 5.50 5.50\n\n"
    )
    assert {line.table_key for line in read(spaced + text).budget_lines} == {
        "revenue",
        "expenditure",
    }


def test_a_table_in_text_with_a_table_that_keeps_cells_right_below_it_is_read_too() -> None:
    text = (
        "2034年预算收入总表\n单位：万元\n科目编码 科目名称 合计 一般公共预算\n合计 5.50 5.50\n\n"
        "| 甲 | 乙 |\n| 丙 | 丁 |\n"
    )
    tables = read(text)
    assert [(x.table_key, x.amount_text) for x in tables.budget_lines] == [("revenue", "5.50")]
    assert grids(text)[0].captions == ()


def test_a_table_below_a_paragraph_is_another_though_it_has_the_same_header() -> None:
    rows = ["科目编码 | 科目名称 | 合计", "202 | 乙支出 | 1.00"]
    tables = read(
        table("支出预算总表", rows[0], "201 | 甲支出 | 5.50")
        + "下面是另一个事项的情况，与上表无关，分别说明如下。\n\n"
        + table("", *rows, caption="").lstrip("\n")
    )
    assert [x.item_code for x in tables.budget_lines] == ["201"]
    assert len(tables.faults) == 1


def test_a_list_of_pages_is_no_money_and_no_problem() -> None:
    tables = read(
        "目录\n\n| 第一部分 概况 | 1 |\n| 第二部分 报表 | 12 |\n\n"
        + table("支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50")
    )
    assert [cell.amount_yuan for cell in tables.printed_cells[:4]] == [None] * 4
    assert tables.faults == []


def test_an_amount_in_a_column_of_names_is_reported() -> None:
    tables = read(
        table(
            "支出预算总表",
            "科目编码 | 科目名称 | 合计",
            "201 | 甲支出 | 5.50",
            "208 | 12.30 | 6.00",
        )
    )
    assert [fault.text for fault in tables.faults] == ["12.30"]


@pytest.mark.parametrize(
    ("caption", "yuan"), [("单位：元", 1), ("单位：万元", 10_000), ("", 1_000)]
)
def test_what_goes_on_below_is_in_its_own_unit_or_that_of_the_table_above(
    caption: str, yuan: int
) -> None:
    tables = read(
        table("收入预算总表", "科目名称 | 合计", "合计 | 1.00")
        + table(
            "支出预算总表",
            "科目编码 | 科目名称 | 合计",
            "201 | 甲支出 | 5.50",
            caption="单位：千元",
        )
        + table(
            "支出预算总表（续）",
            "科目编码 | 科目名称 | 合计",
            "202 | 乙支出 | 7.00",
            caption=caption,
        )
    )
    assert [int(x.amount_yuan) for x in tables.budget_lines] == [10_000, 5_500, 7 * yuan]
    amounts = [cell.amount_yuan for cell in tables.printed_cells if cell.amount_yuan is not None]
    assert amounts == [x.amount_yuan for x in tables.budget_lines]


def test_headings_and_totals_in_traditional_characters() -> None:
    tables = read(
        table(
            "支出預算總表",
            "科目編碼 | 科目名稱 | 合計 | 基本支出 | 項目支出",
            "201 | 一般公共服務支出 | 5.00 | 4.00 | 1.00",
            " | 本年支出合計 | 5.00 | 4.00 | 1.00",
            caption="單位：萬元",
        )
    )
    assert [(x.item_name, x.measure, x.is_total) for x in tables.budget_lines] == [
        (name, measure, is_total)
        for name, is_total in (("一般公共服務支出", False), ("本年支出合計", True))
        for measure in ("total", "basic", "project")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "measures"),
    [
        (("2033年", "2034年"), ("prior_year_actual", "total")),
        (("上年预算数", "本年预算数"), ("prior_year_actual", "total")),
        (("2034年预算数", "2034年决算数"), ("budgeted", "total")),
    ],
)
def test_expenses_in_the_header_whose_rows_are_years(
    labels: tuple[str, str], measures: tuple[str, str]
) -> None:
    tables = read(
        table(
            "“三公”经费支出表",
            "年度 | “三公”经费合计 | 公务接待费 | 公务用车购置及运行费 | ",
            " | | | 小计 | 公务用车运行费",
            f"{labels[0]} | 9.00 | 2.00 | 7.00 | 7.00",
            f"{labels[1]} | 8.00 | 1.00 | 7.00 | 7.00",
            "增减率 | -11.11 | -50.00 | 0.00 | 0.00",
        )
    )
    assert figures(tables) == [
        ("", "", name, measure, amount)
        for measure, amounts in zip(measures, (("9.00", "2.00"), ("8.00", "1.00")), strict=True)
        for name, amount in zip(
            ("“三公”经费合计", "公务接待费", "公务用车购置及运行费", "公务用车运行费"),
            (*amounts, "7.00", "7.00"),
            strict=True,
        )
    ]


def test_units_beside_expenses_in_the_header_whatever_their_column_has_in_other_tables() -> None:
    tables = read(
        table(
            "“三公”经费支出预算表",
            "单位编码 | 单位名称（科目） | 合计 | 公务接待费 | 因公出国（境）费用",
            " | 合计 | 3.00 | 1.00 | 2.00",
            "325301 | 某某市水务局 | 3.00 | 1.00 | 2.00",
        )
    )
    assert figures(tables) == [
        ("", "", "合计", "total", "3.00"),
        ("", "", "公务接待费", "total", "1.00"),
        ("", "", "因公出国（境）费用", "total", "2.00"),
    ]


def test_operating_expenses_beside_the_units_that_spend_them() -> None:
    tables = read(
        table(
            "机关运行经费预算表",
            "单位名称 | 机关运行经费",
            "某某市水务局本级 | 3.00",
            "合计 | 3.00",
        )
    )
    assert [(x.item_name, x.amount_text, x.is_total) for x in tables.budget_lines] == [
        ("某某市水务局本级", "3.00", False),
        ("合计", "3.00", True),
    ]


def test_a_zero_beside_a_blank_name_is_not_its_neighbours_and_no_problem() -> None:
    rows = (
        "收入 | | 支出 | | | ",
        "项目 | 预算数 | 项目（按功能分类） | 预算数 | 项目（按经济分类） | 预算数",
        "一、财政拨款 | 5.00 | 一、教育支出 | 5.00 | 一、工资福利支出 | 5.00",
        " | | 二、住房保障支出 | 1.00 | | 0.00",
    )
    tables = read(table("收支预算总表", *rows))
    assert ("expenditure", "", "住房保障支出", "total", "0.00") not in figures(tables)
    assert len(tables.budget_lines) == 4
    assert not tables.faults
    tables = read(table("收支预算总表", *rows[:-1], rows[-1].replace("0.00", "2.00")))
    assert len(tables.faults) == 1


def test_the_number_of_a_project_is_no_code_of_the_classification() -> None:
    tables = read(
        table(
            "项目支出预算表",
            "项目代码 | 项目名称 | 功能科目编码 | 合计 | 本年拨款 | | 单位资金",
            " | | | | 小计 | 一般公共预算 | ",
            "530123221100000567890 | 活动经费 | 2010301 | 3.00 | 2.00 | 2.00 | 1.00",
        )
    )
    assert figures(tables) == [
        ("", "2010301", "活动经费", "total", "3.00"),
        ("", "2010301", "活动经费", "current_year", "2.00"),
        ("", "2010301", "活动经费", "general_public", "2.00"),
        ("", "2010301", "活动经费", "unit_funds", "1.00"),
    ]


@pytest.mark.parametrize(
    ("titles", "header", "found"),
    [
        (("支出预算总表", "续表"), True, ["201", "202", ""]),
        (("支出预算总表", "续表1"), False, ["201", "202", ""]),
        (("支出预算总表", "支出预算总表（续）"), True, ["201", "202", ""]),
        (("支出预算总表", "支出预算总表"), True, ["201", "202", ""]),
        (("支出预算总表", "收入预算总表（续）"), True, ["201"]),
    ],
)
def test_a_table_that_says_so_goes_on_on_the_next_page(
    titles: tuple[str, str], header: bool, found: list[str]
) -> None:
    first = ["科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50"]
    second = [*first[:1] * header, "202 | 乙支出 | 1.00", "合计 | | 6.50"]
    tables = read(table(titles[0], *first) + table(titles[1], *second))
    lines = [x for x in tables.budget_lines if x.table_key == "expenditure"]
    assert [x.item_code for x in lines] == found


def test_a_table_of_the_same_title_whose_rows_come_again_is_another() -> None:
    rows = ["科目编码 | 科目名称 | 合计", "201 | 甲支出 | 5.50", "合计 | | 5.50"]
    tables = read(table("支出预算总表", *rows) * 2)
    assert len(tables.budget_lines) == 2
    assert [fault.text for fault in tables.faults] == ["支出预算总表"]


def test_expenses_of_another_kind_beside_a_table_s_own_are_loaded_once() -> None:
    text = table("机关运行经费支出表", "科目名称 | 合计", "办公费 | 5.00", "合计 | 5.00") + table(
        "“三公”经费和机关运行经费预算表",
        "“三公”经费预算数 | “三公”经费预算数 | 机关运行经费预算数",
        "合计 | 公务接待费 | 机关运行经费预算数",
        "2.00 | 2.00 | 5.00",
    )
    tables = read(text)
    lines = [(x.table_key, x.item_name, x.amount_text) for x in tables.budget_lines]
    assert [line for line in lines if line[0] == "agency_operating_expenses"] == [
        ("agency_operating_expenses", "办公费", "5.00"),
        ("agency_operating_expenses", "合计", "5.00"),
    ]
    assert "a second table of this kind, not loaded" in [fault.reason.en for fault in tables.faults]


def test_the_unit_of_money_may_stand_above_the_title() -> None:
    text = table(
        "支出预算总表", "科目编码 | 科目名称 | 合计", "201 | 甲支出 | 50", caption="单位：元"
    ) + table("单位：万元", "公务接待费 | 合计", "2.00 | 2.00", caption="“三公”经费支出预算表")
    assert [x.money_unit for x in read(text).budget_lines if x.table_key != "expenditure"] == [
        "万元",
        "万元",
    ]


def _other_table(title: str, total: str, unit: str) -> str:
    rows = ("科目编码 | 科目名称 | 合计", f"201 | 甲支出 | {total}")
    return table(title, *rows, caption=f"单位：{unit}")


IN_YUAN = _other_table("支出预算总表", "50,000,000.00", "元")
IN_WAN = _other_table("收入预算总表", "5,000.00", "万元")


@pytest.mark.parametrize(
    ("others", "amount", "is_doubtful"),
    [
        (IN_YUAN, "142.34", True),
        (IN_YUAN, "4,500.00", False),
        (IN_YUAN * 2 + IN_WAN, "4,500.00", True),
        (IN_YUAN * 2 + IN_WAN, "45,000.00", False),  # in 万元 more than all others
        (IN_YUAN, "0.00", False),
        (IN_WAN, "0.05", False),
    ],
)
def test_amounts_far_too_small_for_the_unit_of_other_tables_are_not_loaded(
    others: str, amount: str, is_doubtful: bool
) -> None:
    rows = ("公务接待费 | 合计", f"{amount} | {amount}")
    tables = read(others + table("“三公”经费支出预算表", *rows, caption=""))
    loaded = any(x.table_key == "three_public_expenses" for x in tables.budget_lines)
    cells = [x.amount_yuan is None for x in tables.printed_cells if x.text == amount]
    reported = any("no unit of money" in fault.reason.en for fault in tables.faults)
    assert (not loaded, reported, cells) == (is_doubtful, is_doubtful, [is_doubtful] * 2)


@pytest.mark.parametrize(
    "caption", ["<td>部门：某某局</td><td>单位：万元</td>", "<td></td><td>单位：万元</td>"]
)
def test_captions_in_a_table_of_their_own_belong_to_the_one_below(caption: str) -> None:
    text = (
        f"<h1>某某局2034年部门预算</h1><h3>部门支出总表</h3><table><tr>{caption}</tr></table>"
        "<table><tr><th>科目编码<th>科目名称<th>合计</tr><tr><td>205<td>教育支出<td>3.00</tr></table>"
    )
    tables = read_all(read_document(text.encode(), "some.html"))
    assert [(x.table_key, x.amount_yuan) for x in tables.budget_lines] == [("expenditure", 30_000)]
    assert not tables.faults

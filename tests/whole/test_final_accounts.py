"""Final accounts: the national template's nine tables, read in both layouts, and never mixed with budgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import jcdata
from jcdata.documents.metadata import describe
from jcdata.documents.sections import find_furniture, find_sections
from jcdata.errors import SelectionError
from jcdata.extraction.one_document import ParsedDocument, parse_document
from jcdata.pipeline.build import BuildResult
from jcdata.schema import BudgetLine, DocumentRecord
from tests.making.documents import document
from tests.making.files import Content, as_excel, as_html, as_pdf, as_spaced, as_word, contents_of

Build = Callable[..., BuildResult]

# Cells are separated by | here, by tabs or spaces in the tests
ACCOUNTS = """\
青石县水务局2024年度部门决算公开

第二部分 2024年度部门决算表

收入支出决算总表
公开01表
部门：青石县水务局|2024年度|金额单位：万元
收入|||支出||
项目|行次|金额|项目|行次|金额
栏次||1|栏次||2
一、一般公共预算财政拨款收入|1|900.00|一、农林水支出|10|830.00
二、政府性基金预算财政拨款收入|2|50.00|二、城乡社区支出|11|40.00
三、事业收入|3|30.00|三、住房保障支出|12|60.00
本年收入合计|4|980.00|本年支出合计|13|930.00
使用非财政拨款结余（含专用结余）|5||结余分配|14|
年初结转和结余|6|20.00|年末结转和结余|15|70.00
总计|7|1,000.00|总计|16|1,000.00
注：本表反映部门本年度的总收支和年末结转结余情况。

收入决算表
公开02表
部门：青石县水务局|2024年度|金额单位：万元
项目||||本年收入合计|财政拨款收入|上级补助收入|事业收入|经营收入|附属单位上缴收入|其他收入
功能分类科目编码|||科目名称|||||||
类|款|项|栏次|1|2|3|4|5|6|7
|||合计|980.00|950.00||30.00|||
213|||农林水支出|870.00|840.00||30.00|||
21303|||水利|870.00|840.00||30.00|||
2130301|||行政运行|870.00|840.00||30.00|||
212|||城乡社区支出|50.00|50.00|||||
21208|||国有土地使用权出让收入安排的支出|50.00|50.00|||||
2120801|||征地和拆迁补偿支出|50.00|50.00|||||
221|||住房保障支出|60.00|60.00|||||

支出决算表
公开03表
部门：青石县水务局|2024年度|金额单位：万元
项目||||本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出
功能分类科目编码|||科目名称||||||
类|款|项|栏次|1|2|3|4|5|6
|||合计|930.00|560.00|370.00|||
213|||农林水支出|830.00|500.00|330.00|||
21303|||水利|830.00|500.00|330.00|||
2130301|||行政运行|830.00|500.00|330.00|||
212|||城乡社区支出|40.00||40.00|||
21208|||国有土地使用权出让收入安排的支出|40.00||40.00|||
2120801|||征地和拆迁补偿支出|40.00||40.00|||
221|||住房保障支出|60.00|60.00||||

财政拨款收入支出决算总表
公开04表
部门：青石县水务局|2024年度|金额单位：万元
收入|||支出|||||
项目|行次|金额|项目|行次|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款
栏次||1|栏次||2|3|4|5
一、一般公共预算财政拨款|1|900.00|一、农林水支出|10|800.00|800.00||
二、政府性基金预算财政拨款|2|50.00|二、城乡社区支出|11|40.00||40.00|
三、国有资本经营预算财政拨款|3||三、住房保障支出|12|60.00|60.00||
本年收入合计|4|950.00|本年支出合计|13|900.00|860.00|40.00|
年初财政拨款结转和结余|5|20.00|年末财政拨款结转和结余|14|70.00|60.00|10.00|
一、一般公共预算财政拨款|6|20.00||15||||
二、政府性基金预算财政拨款|7|||16||||
总计|8|970.00|总计|17|970.00|920.00|50.00|

一般公共预算财政拨款支出决算表
公开05表
部门：青石县水务局|2024年度|金额单位：万元
项目||本年支出||
功能分类科目编码|科目名称|小计|基本支出|项目支出
栏次||1|2|3
合计||860.00|560.00|300.00
213|农林水支出|800.00|500.00|300.00
21303|水利|800.00|500.00|300.00
2130301|行政运行|800.00|500.00|300.00
221|住房保障支出|60.00|60.00|

一般公共预算财政拨款基本支出决算表
公开06表
部门：青石县水务局|2024年度|金额单位：万元
人员经费|||公用经费|||||
科目编码|科目名称|金额|科目编码|科目名称|金额|科目编码|科目名称|金额
301|工资福利支出|400.00|302|商品和服务支出|90.00|310|资本性支出|10.00
30101|基本工资|250.00|30201|办公费|50.00|31002|办公设备购置|10.00
30113|住房公积金|150.00|30211|差旅费|40.00|||
303|对个人和家庭的补助|60.00||||||
30302|退休费|60.00||||||
人员经费合计||460.00|公用经费合计|||||100.00

财政拨款“三公”经费支出决算表
公开07表
部门：青石县水务局|2024年度|金额单位：万元
预算数||||||决算数|||||
合计|因公出国（境）费|公务用车购置及运行维护费|||公务接待费|合计|因公出国（境）费|公务用车购置及运行维护费|||公务接待费
||小计|公务用车购置费|公务用车运行维护费||||小计|公务用车购置费|公务用车运行维护费|
1|2|3|4|5|6|7|8|9|10|11|12
12.00||9.00||9.00|3.00|8.50||7.50||7.50|1.00

政府性基金预算财政拨款收入支出决算表
公开08表
部门：青石县水务局|2024年度|金额单位：万元
项目||年初结转和结余|本年收入|本年支出|||年末结转和结余
功能分类科目编码|科目名称|||小计|基本支出|项目支出|
栏次||1|2|3|4|5|6
合计|||50.00|40.00||40.00|10.00
212|城乡社区支出||50.00|40.00||40.00|10.00
21208|国有土地使用权出让收入安排的支出||50.00|40.00||40.00|10.00
2120801|征地和拆迁补偿支出||50.00|40.00||40.00|10.00

国有资本经营预算财政拨款支出决算表
公开09表
部门：青石县水务局|2024年度|金额单位：万元
项目||本年支出||
功能分类科目编码|科目名称|合计|基本支出|项目支出
栏次||1|2|3
合计||||
注：本部门没有国有资本经营预算财政拨款支出，本表无数据。

第三部分 2024年度部门决算情况说明

一、收入支出决算总体情况说明

2024年度收入总计1,000.00万元，支出总计1,000.00万元。
""".replace("|", "\t")
LAYOUTS = {"tabbed": ACCOUNTS, "spaced": as_spaced(ACCOUNTS)}

BUDGET = """\
青石县水务局2024年度部门预算公开
支出总表
部门（单位）：青石县水务局 单位：万元
科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出|事业单位经营支出|对附属单位补助支出
合计||700.00|500.00|200.00|||
213|农林水支出|700.00|500.00|200.00|||
""".replace("|", "\t")

Row = tuple[int, str, str, str, bool]


def read(text: str) -> tuple[DocumentRecord, dict[Row, dict[str, str]], list[str]]:
    """The document, the figures of each row by their measures, and the reasons of what could not be read."""
    parsed = parse_document(text.encode(), "accounts.txt")
    return (
        parsed.records[DocumentRecord][0],
        figures_of(parsed),
        [trouble.reason for trouble in parsed.troubles],
    )


def figures_of(parsed: ParsedDocument) -> dict[Row, dict[str, str]]:
    """The printed figures of each row by their measures."""
    rows: dict[Row, dict[str, str]] = {}
    line: BudgetLine
    for line in parsed.records[BudgetLine]:
        row = (line.table_no, line.side, line.item_code, line.item_name, line.is_total)
        rows.setdefault(row, {})[line.measure] = line.amount_text
    return rows


@pytest.mark.parametrize("layout", LAYOUTS)
def test_final_accounts_are_known_as_such(layout: str) -> None:
    record, _, troubles = read(LAYOUTS[layout])
    assert (record.unit_name, record.fiscal_year, record.document_kind) == (
        "青石县水务局",
        2024,
        "final_accounts",
    )
    assert (record.layout, record.source_unit, troubles) == (layout, "万元", [])


def test_both_layouts_give_the_same_rows() -> None:
    assert read(LAYOUTS["tabbed"])[1] == read(LAYOUTS["spaced"])[1]


@pytest.mark.parametrize("publish", [as_html, as_excel, as_word, as_pdf])
def test_every_format_gives_the_same_rows(publish: Callable[[Content], bytes]) -> None:
    parsed = parse_document(publish(contents_of(document(ACCOUNTS))), "accounts")
    assert figures_of(parsed) == read(ACCOUNTS)[1]
    assert parsed.troubles == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("row", "figures"),
    [
        ((1, "revenue", "", "事业收入", False), {"total": "30.00"}),
        ((1, "revenue", "", "总计", True), {"total": "1,000.00"}),
        ((1, "expenditure", "", "总计", True), {"total": "1,000.00"}),
        ((1, "expenditure", "", "年末结转和结余", False), {"total": "70.00"}),
        ((2, "", "2130301", "行政运行", False), {"total": "870.00", "fiscal_appropriation": "840.00", "business_revenue": "30.00"}),
        ((3, "", "221", "住房保障支出", False), {"total": "60.00", "basic": "60.00"}),
        ((4, "expenditure", "", "城乡社区支出", False), {"total": "40.00", "government_fund": "40.00"}),
        ((6, "", "30113", "住房公积金", False), {"total": "150.00"}),
        ((6, "", "31002", "办公设备购置", False), {"total": "10.00"}),
        ((6, "", "", "公用经费合计", True), {"total": "100.00"}),
        ((8, "", "212", "城乡社区支出", False), {"current_revenue": "50.00", "total": "40.00", "project": "40.00", "carried_forward": "10.00"}),
        ((10, "", "", "公务用车购置及运行维护费", False), {"budgeted": "9.00", "total": "7.50"}),
    ],
)  # fmt: skip
def test_rows_of_final_accounts(layout: str, row: Row, figures: dict[str, str]) -> None:
    assert read(LAYOUTS[layout])[1][row] == figures


def test_a_table_that_no_template_has_is_reported_and_not_read_as_part_of_another() -> None:
    more = "\n公开10表\n机构运行信息表\n编制单位：青石县水务局\n项目\t统计数\n机关运行经费\t12.00\n"
    tables, notes = ACCOUNTS.split("\n第三部分")
    _, rows, troubles = read(tables + more + "\n第三部分" + notes)
    assert rows == read(ACCOUNTS)[1]
    assert [reason.split(" /")[0] for reason in troubles] == [
        "no template has a table of this title; nearest is agency_operating_expenses"
    ]


def test_titles_tell_the_kind_of_a_document_and_names_of_funds_do_not() -> None:
    def kind(text: str) -> str:
        doc = document(text)
        furniture = find_furniture(doc)
        return describe(doc, find_sections(doc, furniture), furniture).record.document_kind

    table = "单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 1.00 1.00  "
    assert (
        kind(f"一般公共预算支出表\n{table}\n第三部分 2031年度部门决算情况说明\n一、收支情况\n甲。")
        == "final_accounts"
    )
    assert kind(f"一般公共预算支出表\n{table}") == "budget"


def test_the_checks_find_nothing_in_sound_accounts_and_their_faults(build: Build) -> None:
    wrong = {
        "children": ACCOUNTS.replace("30101\t基本工资\t250.00", "30101\t基本工资\t251.00"),
        "personnel": ACCOUNTS.replace("人员经费合计\t\t460.00", "人员经费合计\t\t461.00"),
        "revenue": ACCOUNTS.replace("三、事业收入\t3\t30.00", "三、事业收入\t3\t31.00"),
    }
    result = build(**{f"sound-{layout}": text for layout, text in LAYOUTS.items()}, **wrong)
    found = {(f.document_id, f.check_key) for f in jcdata.check(result.database).itertuples()}
    copies = {"personnel", "revenue", "sound-spaced", "sound-tabbed"}  # of the first by name
    assert found == {
        ("children", "economic_items"), ("personnel", "basic_expenditure"), ("revenue", "balance_sum"),
        *((copy, "document_twice") for copy in copies),
    }  # fmt: skip


def test_a_budget_and_final_accounts_of_a_unit_and_year_stay_apart(build: Build) -> None:
    earlier = ACCOUNTS.replace("2024", "2023").replace(
        "221\t住房保障支出\t60.00\t60.00\t", "221\t住房保障支出\t50.00\t50.00\t"
    )
    result = build(accounts=ACCOUNTS, budget=BUDGET, earlier=earlier)
    with jcdata.connect(result.database) as db:
        shares = jcdata.composition(
            db, unit="青石县水务局", year=2024, dimension="expenditure_type"
        )
        kinds = {
            tuple(row)
            for row in shares[["document_id", "document_kind", "base_yuan"]].itertuples(index=False)
        }
        assert kinds == {
            ("accounts", "final_accounts", 9_300_000.0),
            ("budget", "budget", 7_000_000.0),
        }
        only = jcdata.composition(db, year=2024, kind="budget", dimension="expenditure_type")
        assert set(only["document_id"]) == {"budget"}
        with pytest.raises(SelectionError, match="no kind 'budget'; there is: final_accounts"):
            jcdata.composition(db, year=2023, kind="budget")
        growth = jcdata.growth(db)
        compared = growth[growth["basis"] == "documents"]
        assert set(compared["document_id"]) == {"accounts"}
        homes = compared[
            (compared["table_key"] == "general_public_expenditure")
            & (compared["item_code"] == "221")
        ].iloc[0]
        assert (homes["current_yuan"], homes["prior_yuan"]) == (600_000.0, 500_000.0)


def test_tables_that_final_accounts_never_have_are_no_findings(build: Build) -> None:
    result = build(accounts=ACCOUNTS)
    with jcdata.connect(result.database) as db:
        rows = db.execute(
            "SELECT table_no FROM table_occurrences WHERE status = 'missing'"
        ).fetchall()
        missing = {number for (number,) in rows}
    assert missing == {7, 11, 12, 13}
    assert [
        f for f in jcdata.check(result.database).itertuples() if f.check_key == "table_missing"
    ] == []

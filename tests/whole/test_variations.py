"""What documents print otherwise makes no difference: a changed document gives the rows of the unchanged one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from jcdata.extraction.one_document import parse_document
from jcdata.schema import BudgetLine, DocumentRecord
from tests.making.files import as_spaced

TABBED = """\
青石县水务局2031年部门预算公开

第三部分 2031年部门预算情况说明

一、收支情况

2031年收入总计4,100.00万元，其中：一般公共预算拨款收入3,900.00万元，事业收入100.00万元。

第四部分 2031年部门预算表

表1
收支总表
部门（单位）：青石县水务局 单位：万元
收入||支出|
项目|预算数|项目（按功能分类）|预算数
一、一般公共预算拨款收入|3,900.00|一、社会保障和就业支出|60.00
二、事业收入|100.00|二、农林水支出|4,040.00
本年收入合计|4,000.00|本年支出合计|4,100.00
上年结转|100.00|结转下年|
收入总计|4,100.00|支出总计|4,100.00

表2
收入总表
部门（单位）：青石县水务局 单位：万元
科目编码|科目名称|合计|上年结转|一般公共预算拨款收入|政府性基金预算拨款收入|国有资本经营预算拨款收入|财政专户管理资金|事业收入|事业单位经营收入|上级补助收入|附属单位上缴收入|其他收入
合计||4,100.00|100.00|3,900.00||||100.00||||
208|社会保障和就业支出|60.00||60.00||||||||
213|农林水支出|4,040.00|100.00|3,840.00||||100.00||||
2130301|行政运行|4,040.00|100.00|3,840.00||||100.00||||

表3
支出总表
部门（单位）：青石县水务局 单位：万元
科目编码|科目名称|合计|基本支出|项目支出|上缴上级支出|事业单位经营支出|对附属单位补助支出
合计||4,100.00|2,500.00|1,600.00|||
208|社会保障和就业支出|60.00|60.00||||
213|农林水支出|4,040.00|2,440.00|1,600.00|||
2130301|行政运行|4,040.00|2,440.00|1,600.00|||

表4
财政拨款收支总表
部门（单位）：青石县水务局 单位：万元
收入||支出||||
项目|预算数|项目|合计|一般公共预算|政府性基金预算|国有资本经营预算
一、本年收入|3,900.00|一、本年支出|4,000.00|4,000.00||
（一）一般公共预算拨款|3,900.00|（一）社会保障和就业支出|60.00|60.00||
（二）政府性基金预算拨款||（二）农林水支出|3,940.00|3,940.00||
二、上年结转|100.00|二、结转下年||||
收入总计|4,000.00|支出总计|4,000.00|4,000.00||

表7
财政拨款“三公”经费支出表
部门（单位）：青石县水务局 单位：万元
三公经费合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
||小计|公务用车购置费|公务用车运行费|
20.00||18.00||18.00|2.00
""".replace("|", "\t").replace("三公经费合计\t", "合计\t")
TEXTS = {"tabbed": TABBED, "spaced": as_spaced(TABBED)}

TITLES = "收支总表|收入总表|支出总表|财政拨款收支总表|财政拨款“三公”经费支出表"
FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?=[\s]|$)", re.M)
CAPTION = "部门（单位）：青石县水务局 单位：万元"
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
Row = tuple[str, str, str, str, str, Decimal]


def titles(template: str) -> Callable[[str], str]:
    """Print the titles in another way; {} is the title."""
    return lambda text: re.sub(rf"^({TITLES})$", lambda m: template.format(m[1]), text, flags=re.M)


def figures(change: Callable[[str], str]) -> Callable[[str], str]:
    """Print the figures of the tables in another way."""
    return lambda text: FIGURE.sub(lambda m: change(m[0]), text)


def caption(words: str) -> Callable[[str], str]:
    """Other words above each table."""
    return lambda text: text.replace(CAPTION, words)


def after(line: str, printed: str) -> Callable[[str], str]:
    """Something between the lines of a table."""
    return lambda text: re.sub(rf"^({line}.*)$", rf"\1\n\n{printed}\n", text, flags=re.M)


def mark(change: Callable[[int], str]) -> Callable[[str], str]:
    """Number the tables otherwise."""
    return lambda text: re.sub(r"^表(\d)$", lambda m: change(int(m[1])), text, flags=re.M)


def reordered(text: str) -> str:
    """The tables in the reverse order."""
    head, *tables = re.split(r"^(?=表\d$)", text, flags=re.M)
    return head + "\n".join(reversed(tables))


def in_yuan(text: str) -> str:
    """One of the tables in 元."""
    before, table, rest = re.split(r"(?=^表[34]$)", text, flags=re.M)
    yuan = FIGURE.sub(lambda m: f"{Decimal(m[0].replace(',', '')) * 10000:,.2f}", table)
    return before + yuan.replace("单位：万元", "单位：元") + rest


EITHER = {
    "单位 in the titles": titles("2031年单位{}"),
    "部门 in the titles": titles("2031年部门{}"),
    "the unit in the titles": titles("青石县水务局2031年度{}"),
    "收入支出总表": lambda text: text.replace("收支总表", "收入支出总表"),
    "titles in brackets": titles("《{}》"),
    "titles wrapped": lambda text: re.sub(rf"^({TITLES})$", r"2031年部门\n\1", text, flags=re.M),
    "characters of titles apart": lambda text: re.sub(
        rf"^({TITLES})$", lambda m: " ".join(m[1]), text, flags=re.M
    ),
    "预算公开表1": mark("预算公开表{}".format),
    "表一": mark(lambda n: "表" + "一二三四五六七"[n - 1]),
    "附表1-1": mark("附表1-{}".format),
    "公开01表": mark("公开{:02}表".format),
    "no number": mark(lambda n: ""),
    "number before the title": lambda text: re.sub(r"^(表\d)\n+", r"\1 ", text, flags=re.M),
    "tables in another order": reordered,
    "unit of money on the left": caption("单位：万元 部门（单位）：青石县水务局"),
    "unit of money in brackets": caption("部门（单位）：青石县水务局（单位：万元）"),
    "no unit of money": caption("部门（单位）：青石县水务局"),
    "a year in the caption": caption("部门（单位）：青石县水务局 2031年度 金额单位：人民币万元"),
    "a year on a line of its own": caption(f"（2031年度）\n{CAPTION}"),
    "one table in 元": in_yuan,
    "full-width digits": figures(lambda figure: figure.translate(FULL_WIDTH)),
    "full-width codes": lambda text: re.sub(
        r"^\d{3,7}(?=\s)", lambda m: m[0].translate(FULL_WIDTH), text, flags=re.M
    ),
    "full-width commas": figures(lambda figure: figure.replace(",", "，")),
    "no commas": figures(lambda figure: figure.replace(",", "")),
    "a unit behind each figure": figures(lambda figure: figure + "万元"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "合　　计": lambda text: re.sub(r"^合计(?=\s)", "合\u3000\u3000计", text, flags=re.M),
    "page numbers and running headers": after("208", "- 12 -\n青石县水务局2031年部门预算公开"),
    "no blank lines": lambda text: re.sub(r"\n\n+", "\n", text),
}
TABBED_ONLY = {
    "- in blank cells": lambda text: re.sub(r"(?<=\t)(?=\t|$)", "-", text, flags=re.M),
    "— in blank cells": lambda text: re.sub(r"(?<=\t)(?=\t|$)", "—", text, flags=re.M),
    "a blank first column": lambda text: re.sub(r"^(?=.*\t)", "\t", text, flags=re.M),
    "title and unit in one row": lambda text: re.sub(rf"^({TITLES})$", r"\1\t\t单位：万元", text, flags=re.M),
    "caption in two cells": caption("部门（单位）：青石县水务局\t\t\t单位：万元"),
    "a row of column numbers": lambda text: text.replace("\n合计\t\t", "\n栏次\t\t1\t2\t3\n合计\t\t"),
    "rows counted": lambda text: re.sub(r"^(?=\d{3,7}\t|合计\t\t)", "7\t", text.replace("\n科目编码", "\n序号\t科目编码"), flags=re.M),
    "a column of remarks": lambda text: re.sub(r"^(科目编码\t.*)$", r"\1\t备注", text, flags=re.M),
    "carry-over in the last column": lambda text: re.sub(
        r"^((?:科目编码|合计|\d{3,7})\t[^\t\n]*\t[^\t\n]*)(\t[^\t\n]*)((?:\t[^\t\n]*){9})$", r"\1\3\2", text, flags=re.M
    ),
    "code, parts in columns": lambda text: re.sub(
        r"^(\d{3})(\d\d)?(\d\d)?\t", r"\1\t\2\t\3\t",
        text.replace("\n科目编码\t", "\n科目编码\t\t\t").replace("\n合计\t\t", "\n类\t款\t项\t\n合计\t\t\t\t"), flags=re.M,
    ),
    "a continued table": lambda text: re.sub(
        r"(^支出总表\n(?:.*\n){2})((?:.*\n){2})(?=213)", lambda m: m[0] + "\n支出总表（续）\n" + m[1].split("\n", 1)[1], text, flags=re.M
    ),
}  # fmt: skip
SPACED_ONLY: dict[str, Callable[[str], str]] = {
    "code, parts apart": lambda text: re.sub(
        r"^(\d{3})(\d\d)(\d\d) ", r"\1 \2 \3 ", text, flags=re.M
    ),
    "units before the codes": lambda text: re.sub(
        r"^(?=\d{3,7} )",
        "101001 青石县水务局本级 ",
        text.replace("\n科目编码", "\n单位编码 单位名称 科目编码"),
        flags=re.M,
    ),
}
CASES = [
    pytest.param(layout, change, id=f"{layout}: {name}")
    for layout, changes in [
        ("tabbed", EITHER | TABBED_ONLY),
        ("spaced", EITHER | SPACED_ONLY),
    ]
    for name, change in changes.items()
]


def read(text: str) -> tuple[tuple[str | None, int | None, str], Counter[Row], list[str]]:
    """Unit, year and kind of a document, its figures, and what could not be read."""
    parsed = parse_document(text.encode(), "some.txt")
    record: DocumentRecord = parsed.records[DocumentRecord][0]
    lines: list[BudgetLine] = parsed.records[BudgetLine]
    rows = Counter(
        (x.table_key, x.side, x.item_code, x.item_name, x.measure, x.amount_yuan) for x in lines
    )
    return (
        (record.unit_name, record.fiscal_year, record.document_kind),
        rows,
        [t.reason for t in parsed.troubles],
    )


@pytest.mark.parametrize(("layout", "change"), CASES)
def test_the_rows_are_those_of_the_unchanged_document(
    layout: str, change: Callable[[str], str]
) -> None:
    changed = change(TEXTS[layout])
    assert changed != TEXTS[layout]
    assert read(changed) == read(TEXTS[layout])


def test_the_unchanged_document_is_read_alike_in_both_layouts() -> None:
    (about, rows, troubles), spaced = (read(TEXTS[layout]) for layout in TEXTS)
    assert (about, rows, troubles) == spaced
    assert about == ("青石县水务局", 2031, "budget")
    assert troubles == []
    assert rows.total() == 50


@pytest.mark.parametrize("negative", ["-{}", "－{}", "（{}）"])
def test_negative_amounts(negative: str) -> None:
    _, rows, troubles = read(figures(negative.format)(TABBED))
    assert troubles == []
    assert rows == Counter({(*key[:-1], -key[-1]): n for key, n in read(TABBED)[1].items()})


def test_zeros_in_place_of_blanks_make_rows_and_change_no_other() -> None:
    zeros = re.sub(
        r"^(\d{3,7}\t.*)$", lambda m: re.sub(r"\t(?=\t|$)", "\t0.00", m[1]), TABBED, flags=re.M
    )
    before, after = read(TABBED)[1], read(zeros)[1]
    assert before < after
    assert {key[-1] for key in after - before} == {Decimal(0)}


THREE_PUBLIC = "2031年部门预算公开\n“三公”经费支出表\n单位：万元\n"


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "项目\t2031年预算数\n合计\t3.00\n因公出国（境）费\t\n公务接待费\t3.00\n",
            {("合计", "total", "3.00"), ("公务接待费", "total", "3.00")},
        ),
        (
            "2030年预算数\t\t\t\t\t\t2031年预算数\n合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\n"
            "\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t\n4.00\t\t\t\t\t4.00\t3.00\t\t\t\t\t3.00\n",
            {("合计", "prior_year_actual", "4.00"), ("公务接待费", "prior_year_actual", "4.00"),
             ("合计", "total", "3.00"), ("公务接待费", "total", "3.00")},
        ),
    ],
    ids=["one column", "two years"],
)  # fmt: skip
def test_other_tables_of_the_three_public_expenses(
    table: str, rows: set[tuple[str, str, str]]
) -> None:
    parsed = parse_document((THREE_PUBLIC + table).encode(), "some.txt")
    lines: list[BudgetLine] = parsed.records[BudgetLine]
    assert {(x.item_name, x.measure, x.amount_text) for x in lines} == rows
    assert parsed.troubles == []

"""What is said of a line: what was seen there, what decided, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import jcdata
from jcdata.extraction.explaining import ROLES, Explanation
from jcdata.messages import BOTH
from jcdata.tables.columns import IGNORED, ITEM_NAME
from jcdata.tables.items import GOVERNMENTAL
from jcdata.tables.vocabulary import vocabulary

COVER = "某某市水务局\n2031年部门预算\n目录\n"
SPACED = (
    "2031年预算支出总表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 5.50 3.30 2.20\n201 一般公共服务支出 5.50 3.30 2.20\n202 外交支出 1.10   1.10\n"
)
PAGE = """<html><body><p>部门支出总表</p><table>
<tr><td rowspan=2>功能科目</td><td colspan=2>支出（万元）</td><td rowspan=2>占比</td></tr>
<tr><td>基本支出</td><td>奇怪栏</td></tr>
<tr><td>教育支出</td><td>3.30</td><td>2.20</td><td>甲</td></tr>
<tr><td>文化支出</td><td>1.10</td><td>0.20</td><td>丙</td></tr>
<tr><td>科学支出</td><td>无法</td><td>1.20</td><td>乙</td></tr></table>
<p>神秘情况表</p><table><tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>7.70</td></tr></table>
</body></html>"""

PROSE = """2031年某某局部门预算公开
第二部分 2031年部门预算表
项目支出绩效目标表
项目名称	购书项目
主管部门及代码	410 某县文化局	实施单位	某县图书馆
项目资金（万元）	年度资金总额：	60.00
年度总体目标	新购图书
绩效指标	一级指标	二级指标	三级指标	指标值
	产出指标	数量指标	新购图书	≥1234567.5册
	效益指标	社会效益指标	到馆人次	≥8万人次
莫名	其妙
第三部分 2031年部门预算情况说明
2031年支出预算1,234,567.89元。
"""

Explain = Callable[[str, int], Explanation]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    (folder / "raw").mkdir()
    (folder / "raw" / "spaced-2031.txt").write_text(COVER + SPACED, encoding="utf-8")
    (folder / "raw" / "page-2031.html").write_text(PAGE, encoding="utf-8")
    (folder / "raw" / "prose-2031.txt").write_text(PROSE, encoding="utf-8")
    jcdata.build(folder / "raw", folder / "x.duckdb", clean=None)
    return folder / "raw"


@pytest.fixture
def explain(raw: Path) -> Explain:
    return lambda document, line: jcdata.explain(raw.parent / "x.duckdb", document, line, raw=raw)


def said(explanation: Explanation, what: str, language: str = "en") -> list[str]:
    return [
        text
        for fact in explanation.facts
        if fact.what.en == what
        for text in fact.said.said([language])
    ]


def line_of(raw: Path, document: str, start: str) -> int:
    """The first line of a document that begins so."""
    with jcdata.connect(raw.parent / "x.duckdb") as con:
        query = (
            "SELECT min(line_no) FROM source_lines WHERE document_id = ? AND starts_with(text, ?)"
        )
        ((line_no,),) = con.execute(query, [document, start]).fetchall()
    return int(line_no)


def test_a_row_of_white_space_has_its_gaps_its_choices_and_what_decided(explain: Explain) -> None:
    found = explain("spaced", 9)
    assert found.text == "202 外交支出 1.10   1.10"
    assert said(found, "gaps") == ["外交支出: 1 3 | 0"]
    first, *others = said(found, "choice")
    assert first.startswith("✓ 合计 1.10, 项目支出 1.10 (") and others[0].startswith("- ")
    assert said(found, "decided")
    assert said(found, "kind")[0].startswith("expenditure, title and header fit")
    assert said(found, "unit of money") == ["万元, printed above the table"]
    assert "→ expenditure 202 外交支出 project 11000.00 yuan" in said(found, "column 6")[0]


def test_a_cell_has_its_heading_its_role_and_what_became_of_it(raw: Path, explain: Explain) -> None:
    row = explain("page", line_of(raw, "page-2031", "教育支出"))
    assert "by the words" in said(row, "kind")[0] and "of its title" in said(row, "kind")[0]
    assert said(row, "unit of money")[0].endswith("printed in the headings")
    assert "奇怪栏" in said(row, "not known")[0]
    assert said(row, "column 1")[0].startswith("功能科目 (item_name, ")
    (basic,) = said(row, "column 2")
    assert basic.startswith("支出（万元） / 基本支出 (money, most of its cells are figures")
    assert "教育支出 basic 33000.00 yuan" in basic
    assert "other 22000.00 yuan" in said(row, "column 3")[0]
    (unread,) = said(explain("page", line_of(raw, "page-2031", "科学支出")), "column 2")
    assert "无法 → " in unread and "yuan" not in unread
    header = explain("page", line_of(raw, "page-2031", "功能科目"))
    assert said(header, "column 1")[0].startswith("功能科目: item_name")
    unknown = explain("page", line_of(raw, "page-2031", "甲"))
    assert said(unknown, "kind") == [] and "nearest is" in said(unknown, "not known")[0]
    assert "kept as printed: the table's kind is not known" in said(unknown, "column 2")[0]


@pytest.mark.parametrize(
    ("document", "start"),
    [
        ("spaced-2031", "202 外交支出"),
        ("spaced-2031", "2031年预算支出总表"),
        ("spaced-2031", "某某市水务局"),
        ("page-2031", "功能科目"),
        ("page-2031", "教育支出"),
        ("page-2031", "科学支出"),
        ("page-2031", "甲"),
        ("prose-2031", "2031年支出预算"),
        ("prose-2031", "莫名"),
        ("prose-2031", "\t产出指标"),
        ("prose-2031", "项目资金"),
    ],
)
def test_one_language_has_no_word_of_the_other(
    raw: Path, explain: Explain, document: str, start: str
) -> None:
    found = explain(document, line_of(raw, document, start))
    first, *chinese = found.said(["zh"]).splitlines()
    assert chinese and not re.search("[A-Za-z]{2}", "".join(chinese).replace("thirteen-tables", ""))
    english = found.said(["en"])
    assert all(fact.what.en.isascii() for fact in found.facts)
    assert not re.search("依版面|依栏目|单元格|注明|仅按|行名或|未能", english)
    assert english.splitlines()[0] == first and found.said(BOTH) == str(found)


def test_in_chinese_codes_are_words_and_money_is_in_wan(raw: Path, explain: Explain) -> None:
    found = explain("spaced", 9)
    assert said(found, "kind", "zh") == ["预算支出总表，表名与表头符合模板 thirteen-tables"]
    outcome = "项目支出：1.10 → 预算支出总表 202 外交支出 项目支出 1.10 万元，依版面"
    assert said(found, "column 6", "zh") == [outcome]
    (row,) = said(found, "table_occurrences", "zh")
    assert row.startswith("报表代号 预算支出总表；报表序号 3；") and "；状态 有数据；" in row
    (claim,) = said(explain("prose", line_of(raw, "prose-2031", "2031年支出预算")), "claims", "zh")
    assert "；类别 金额；数值 1,234,567.89；单位 元；金额（万元） 123.46；是否推定 否；" in claim
    basic = said(explain("page", line_of(raw, "page-2031", "教育支出")), "column 2", "zh")[0]
    assert basic.startswith("支出（万元） / 基本支出（金额，单元格多为数字）：3.30 → ")
    target = explain("prose", line_of(raw, "prose-2031", "\t产出指标"))
    assert "下限 1234567.5；" in said(target, "indicators", "zh")[0]


def test_each_role_of_a_column_has_its_word() -> None:
    roles = {role for role, _ in vocabulary().texts} | {"money", ITEM_NAME, IGNORED, GOVERNMENTAL}
    assert roles <= ROLES.keys()


@pytest.mark.parametrize(("line", "part"), [(1, "the cover"), (3, "contents"), (4, "table")])
def test_every_line_stands_in_some_part(explain: Explain, line: int, part: str) -> None:
    assert said(explain("spaced-2031", line), "part")[0].startswith(part)


def test_it_is_printed_as_it_is_shown(explain: Explain) -> None:
    found = explain("spaced", 9)
    assert repr(found) == str(found)
    assert str(found).splitlines()[0] == "spaced-2031:9: 202 外交支出 1.10   1.10"
    assert len(str(found).splitlines()) == 1 + len(found.facts)


@pytest.mark.parametrize("content", [None, COVER + SPACED + "更多\n", ""])
def test_without_its_file_only_what_the_database_has_is_said(
    raw: Path, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "spaced-2031.txt").write_text(content, encoding="utf-8")
    found = jcdata.explain(raw.parent / "x.duckdb", "spaced", 9, raw=tmp_path)
    assert said(found, "not read again") and said(found, "part") == []
    assert len(said(found, "budget_lines")) == 2 and len(said(found, "printed_cells")) == 3
    assert "amount_yuan 11000.00" in said(found, "budget_lines")[0]


@pytest.mark.parametrize("name", ["../spaced-2031.txt", "{}/spaced-2031.txt"])
def test_no_file_outside_the_folder_is_read(raw: Path, tmp_path: Path, name: str) -> None:
    database = tmp_path / "x.duckdb"
    database.write_bytes((raw.parent / "x.duckdb").read_bytes())
    with duckdb.connect(str(database)) as con:  # as a database of another making may have it
        con.execute(
            "UPDATE input_files SET file_name = ? WHERE document_id = 'spaced-2031'",
            [name.format(raw)],
        )
        (tmp_path / "raw").mkdir()
        (tmp_path / "spaced-2031.txt").write_text(COVER + SPACED, encoding="utf-8")
        found = jcdata.explain(con, "spaced", 9, raw=tmp_path / "raw")
    assert said(found, "not read again")


@pytest.mark.parametrize(
    ("document", "line", "reason"),
    [
        ("2031", 1, "several documents: page-2031, prose-2031, spaced-2031"),
        ("nothing", 1, "no document 'nothing'; documents there are: "),
        ("page", 999, "page-2031 has no line 999"),
    ],
)
def test_what_is_not_there_is_said(explain: Explain, document: str, line: int, reason: str) -> None:
    with pytest.raises(jcdata.SelectionError, match=reason):
        explain(document, line)

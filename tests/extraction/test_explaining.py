"""What is said of a line: what was seen there, what decided, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import jcdata
from jcdata.extraction.explaining import Explanation

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

Explain = Callable[[str, int], Explanation]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    (folder / "raw").mkdir()
    (folder / "raw" / "spaced-2031.txt").write_text(COVER + SPACED, encoding="utf-8")
    (folder / "raw" / "page-2031.html").write_text(PAGE, encoding="utf-8")
    jcdata.build(folder / "raw", folder / "x.duckdb", clean=None)
    return folder / "raw"


@pytest.fixture
def explain(raw: Path) -> Explain:
    return lambda document, line: jcdata.explain(raw.parent / "x.duckdb", document, line, raw=raw)


def said(explanation: Explanation, what: str) -> list[str]:
    return [fact.said for fact in explanation.facts if fact.what.en == what]


def test_a_row_of_white_space_has_its_gaps_its_choices_and_what_decided(explain: Explain) -> None:
    found = explain("spaced", 9)
    assert found.text == "202 外交支出 1.10   1.10"
    assert said(found, "gaps") == ["外交支出: 1 3 | 0"]
    first, *others = said(found, "choice")
    assert first.startswith("✓ 合计 1.10, 项目支出 1.10 (") and others[0].startswith("- ")
    assert said(found, "decided")
    assert said(found, "kind")[0].startswith("expenditure, 预算支出总表, title and header fit")
    assert said(found, "unit of money") == ["万元, printed above the table / 表上注明"]
    assert "→ expenditure 202 外交支出 project 11000.00 yuan" in said(found, "column 6")[0]


def test_a_cell_has_its_heading_its_role_and_what_became_of_it(raw: Path, explain: Explain) -> None:
    with jcdata.connect(raw.parent / "x.duckdb") as con:
        lines = dict(
            con.sql(
                "SELECT split_part(text, chr(9), 1), line_no FROM source_lines"
                " WHERE document_id = 'page-2031'"
            ).fetchall()
        )
    row = explain("page", lines["教育支出"])
    assert "by the words" in said(row, "kind")[0] and "of its title" in said(row, "kind")[0]
    assert said(row, "unit of money")[0].endswith("printed in the headings / 栏目注明")
    assert "奇怪栏" in said(row, "not known")[0]
    assert said(row, "column 1")[0].startswith("功能科目 (item_name, ")
    (basic,) = said(row, "column 2")
    assert basic.startswith("支出（万元） / 基本支出 (money, most of its cells are figures")
    assert "教育支出 basic 33000.00 yuan" in basic
    assert "other 22000.00 yuan" in said(row, "column 3")[0]
    (unread,) = said(explain("page", lines["科学支出"]), "column 2")
    assert "无法 → " in unread and "yuan" not in unread
    assert said(explain("page", lines["功能科目"]), "column 1")[0].startswith("功能科目: item_name")
    unknown = explain("page", lines["甲"])
    assert said(unknown, "kind") == [] and "nearest is" in said(unknown, "not known")[0]
    assert "kept as printed: the table's kind is not known" in said(unknown, "column 2")[0]


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
        ("2031", 1, "several documents: page-2031, spaced-2031"),
        ("nothing", 1, "no document 'nothing'; documents there are: "),
        ("page", 999, "page-2031 has no line 999"),
    ],
)
def test_what_is_not_there_is_said(explain: Explain, document: str, line: int, reason: str) -> None:
    with pytest.raises(jcdata.SelectionError, match=reason):
        explain(document, line)

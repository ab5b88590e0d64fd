from __future__ import annotations

import pytest

from jcdata.documents.formats.html import read_rows
from jcdata.errors import DocumentError


def rows(content: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_rows(content)]


def test_blocks_and_line_breaks_are_lines_and_inline_elements_are_not() -> None:
    content = "<body><h1>标题</h1><p>第<b>一</b><span>部分</span> 概况<br>二</p>三<div>四<p>五</p>六</div>"
    assert rows(content) == [
        ("标题",),
        ("第一部分 概况",),
        ("二",),
        ("三",),
        ("四",),
        ("五",),
        ("六",),
    ]


def test_what_a_browser_does_not_show_is_not_read() -> None:
    content = (
        "<html><head><title>甲</title></head><body><script>var t = '<p>乙</p>'</script><style>p {}</style><!-- 丙 -->"
        "<p style='DISPLAY: none'>丁</p><table><tr style='display:none'><td>戊</td><td>己</td></tr></table><p>庚</p>"
    )
    assert rows(content) == [("庚",)]


def test_cells_that_cover_others_stand_first_and_leave_them_empty() -> None:
    content = """<table><tr><td rowspan=3>a</td><td colspan="2">b</td><td>c</td></tr>
        <tr><td>d</td><td rowspan='2'>e</td><td>f</td></tr><tr><td>g</td><td>h</td></tr><tr><td>i</td><td>j</td></tr></table>"""
    assert rows(content) == [
        ("a", "b", "", "c"),
        ("", "d", "e", "f"),
        ("", "g", "", "h"),
        ("i", "j"),
    ]


def test_a_line_end_in_a_cell_leaves_no_space_between_chinese_characters() -> None:
    assert rows(
        "<table><tr><td>一般公共\n   预算</td><td>1,000\n.50&nbsp;</td><td><p>甲</p><p>乙</p></td></tr></table>"
    ) == [("一般公共预算", "1,000 .50", "甲 乙")]


def test_tables_that_lay_out_the_page_are_no_rows() -> None:
    content = """<table><tr><td>菜单</td><td><p>2031年预算</p><table><tr><td>甲</td><td>1</td></tr></table><p>尾</p></td></tr>
        <tr><td><p>第一段</p><p>第二段</p></td></tr></table>"""
    assert rows(content) == [
        ("菜单",),
        ("2031年预算",),
        ("甲", "1"),
        ("尾",),
        ("第一段",),
        ("第二段",),
    ]


def test_a_lone_cell_beside_one_that_covers_several_rows_stays_in_its_column() -> None:
    assert rows("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>") == [
        ("a", "b"),
        ("", "c"),
    ]


def test_text_between_rows_is_kept() -> None:
    content = "<table><caption>表一</caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    assert rows(content) == [("表一",), ("a", "b")]


@pytest.mark.parametrize("tag", ["div", "font", "table><tr><td"])
def test_deep_nesting_is_read_or_refused(tag: str) -> None:
    assert rows(f"<{tag}>" * 200 + "甲") == [("甲",)]
    with pytest.raises(DocumentError, match="too deeply"):
        rows(f"<{tag}>" * 50_000 + "甲")


def test_absurd_spans_are_bounded() -> None:
    assert (
        len(rows("<table><tr><td colspan=999999 rowspan=999999>a</td><td>b</td></tr></table>")[0])
        < 2_000
    )


def test_a_page_without_content_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"without content|not readable"):
        rows("")

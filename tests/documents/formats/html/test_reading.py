from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import read_file
from jcdata.documents.formats.detection import Format, detect
from jcdata.documents.formats.html.reading import read_rows as read_file_rows
from jcdata.documents.formats.rows import Merged, Row
from jcdata.errors import DocumentError
from jcdata.text import fold
from tests.making.files import as_mail


def read_rows(content: str) -> list[Row]:
    return read_file_rows(content.encode())[0]


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
    with pytest.raises(DocumentError, match="empty"):
        rows("")
    with pytest.raises(DocumentError, match=r"without content|not readable"):
        rows("<!-- -->")


def kept(content: str) -> list[tuple[str, list[str]]]:
    return [("|".join(row.cells), sorted(row.left_out)) for row in read_rows(content)]


@pytest.mark.parametrize(
    ("sheet", "attributes"),
    [
        ("", "hidden"),
        ("", "style='visibility:hidden'"),
        ("", "style='opacity:0'"),
        ("", "style='font-size:0'"),
        ("", "style='font:0/0 a'"),
        ("", "style='color:#fff'"),
        ("", "style='color:rgba(0,0,0,0)'"),
        ("", "style='background:#000;color:black'"),
        ("", "style='position:absolute;left:-9999px'"),
        ("", "style='text-indent:-999em'"),
        ("", "style='width:0;height:0;overflow:hidden'"),
        ("", "style='mso-hide:all'"),
        (".h{display:none}", "class='a h'"),
        ("span.h , b { display : none !important }", "class=h style='display:inline'"),
        ("#x{color:white}", "id=x"),
        ("p > .h{visibility:hidden}", "class=h"),
        ("body .h{display:inline} p .h{display:none}", "class=h"),
        ("[data-x='1']{display:none}", "data-x=1"),
        ("@media screen{.h{display:none}}", "class=h"),
        (".h{color:white", "class=h"),
        ("/* .h{} */ @import 'x'; .h{display:none}", "class=h"),
        (
            ".sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}",
            "class=sr",
        ),
    ],
)
def test_what_style_sheets_hide_is_left_out_and_said(sheet: str, attributes: str) -> None:
    content = f"<html><head><style>{sheet}</style></head><body><p><span {attributes}>888.88</span>927.72</p></body></html>"
    assert kept(content) == [("927.72", ["hidden"])]


@pytest.mark.parametrize(
    ("sheet", "attributes"),
    [
        (".h{display:none}", "class=H"),
        (".h{display:none} .h{display:inline}", "class=h"),
        ("p .h{display:inline} .h{display:none}", "class=h"),
        ("div .h{display:none}", "class=h"),
        ("div > p.x .h{display:none}", "class=h"),
        ("@media print{.h{display:none}}", "class=h"),
        (".h:hover{display:none}", "class=h"),
        (".h::before{display:none}", "class=h"),
        ("@font-face{x:y} @media print{p{} .h{display:none}} p{color:black}", "class=h"),
        ("[hidden]{display:inline}", "hidden"),
        ("", "style='color:#fff;background:#1f4e79'"),
        ("", "style='color:#fff;background:url(a.png)'"),
        ("", "style='color:gray'"),
        ("", "style='font-size:smaller'"),
        ("", "style='overflow:hidden'"),
        ("p{visibility:hidden}", "style='visibility:visible'"),
        ("p{font-size:0} span{font-size:12px}", ""),
    ],
)
def test_what_style_sheets_show_is_read(sheet: str, attributes: str) -> None:
    content = f"<html><head><style>{sheet}</style></head><body><p><span {attributes}>927.72</span></p></body></html>"
    assert kept(content) == [("927.72", [])]


def test_white_text_is_seen_on_dark_cells_only() -> None:
    content = (
        "<table><tr bgcolor=#1f4e79><td><font color=white>合计</font><td style='color:#FFF'>1.00</tr>"
        "<tr><td><font color=#ffffff>隐</font><td>2.00</table>"
    )
    assert kept(content) == [("合计|1.00", []), ("|2.00", ["hidden"])]


@pytest.mark.parametrize(
    "tag", ["s", "strike", "del", "span style='text-decoration: red line-through'"]
)
def test_struck_text_is_left_out_and_said(tag: str) -> None:
    assert kept(f"<p><{tag}>888.88</{tag.split()[0]}><ins>927.72</ins></p>") == [
        ("927.72", ["struck"])
    ]
    assert kept("<p><s style='text-decoration:none'>927.72</s></p>") == [("927.72", [])]


def test_a_hidden_cell_moves_the_others_and_an_invisible_one_does_not() -> None:
    row = "<tr><td>甲<td style='{}'>888<td>1.00</tr><tr><td>乙<td>2.00</tr>"
    assert kept(f"<table>{row.format('display:none')}</table>")[0] == ("甲|1.00", ["hidden"])
    assert kept(f"<table>{row.format('visibility:hidden')}</table>")[0] == ("甲||1.00", ["hidden"])


def test_fields_for_input_show_their_values() -> None:
    content = (
        "<table><tr><td>甲<td><input value='12.00'><td><input type=hidden value=9><select><option>一<option selected>二</select>"
        "<td><textarea>说明\n二</textarea><td><input type=checkbox checked>是<input type=checkbox>否</table>"
    )
    assert rows(content) == [("甲", "12.00", "二", "说明 二", "☑是□否")]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("12.00<sup>1</sup>", "12.00"),
        ("12.00<sup>[1]</sup>", "12.00"),
        ("12.00<sup>①</sup>", "12.00"),
        ("12.00<sup><a href=#f>注1</a></sup>", "12.00"),
        ("12.00<sub>1</sub>", "12.00"),
        ("12.00<span style='vertical-align:super;font-size:8px'>*</span>", "12.00"),
        ("<sup>1</sup>12.00", "12.00"),
        ("12.00¹", "12.00"),
        ("收入<sup>2</sup>合计", "收入合计"),
    ],
)
def test_raised_and_lowered_marks_are_kept_apart_from_figures(content: str, shown: str) -> None:
    assert kept(f"<table><tr><td>甲<td>{content}</table>") == [(f"甲|{shown}", ["mark"])]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("12m<sup>2</sup>", "12m2"),
        ("CO<sub>2</sub>减排", "CO2减排"),
        ("<sup>12</sup>", "12"),
        ("12<sup>.50</sup>", "12.50"),
        ("12km²", "12km²"),
        ("甲<sub>1</sub>", "甲1"),
    ],
)
def test_raised_and_lowered_text_that_is_no_mark_is_read(content: str, shown: str) -> None:
    assert kept(f"<p>{content}</p>") == [(shown, [])]


def test_readings_above_words_are_not_read() -> None:
    assert rows("<p><ruby>预<rp>(</rp><rt>yu</rt><rp>)</rp>算<rt>suan</rt></ruby>总表</p>") == [
        ("预算总表",)
    ]


def test_row_groups_stand_where_a_browser_shows_them_and_end_what_covers_rows() -> None:
    content = (
        "<table><tfoot><tr><td>合计<td>3.00</tfoot><tbody><tr><td rowspan=9>甲<td>1.00</tbody>"
        "<tbody><tr><td>乙<td>2.00</tbody><thead><tr><th>项目<th>金额</thead><caption>表一</caption></table>"
    )
    expected = [("表一",), ("项目", "金额"), ("甲", "1.00"), ("乙", "2.00"), ("合计", "3.00")]
    assert rows(content) == expected


@pytest.mark.parametrize("span", ["0", "-3", "x", "999999999999", "1.9", "２", "", " +1 "])
def test_absurd_spans_leave_each_cell_in_its_column(span: str) -> None:
    table = f"<table><tr><td rowspan='{span}'>甲<td>1.00<td>2.00<tr><td>乙<td colspan='{span}'>3.00<td>4.00<tr><td>丙<td>5.00<td>6.00</table>"
    assert rows(table) == [("甲", "1.00", "2.00"), ("乙", "3.00", "4.00"), ("丙", "5.00", "6.00")]


def test_a_cell_that_covers_all_that_there_is_does_so() -> None:
    content = "<table><tr><td>项目<td>金额<td>上年<tr><td colspan=99 rowspan=99>合计<td>1.00<tr><td>2.00</table>"
    assert rows(content) == [("项目", "金额", "上年"), ("合计", "", "1.00"), ("", "", "2.00")]


def test_columns_in_which_nothing_begins_are_none() -> None:
    content = "<table><tr><td colspan=3>甲<td colspan=1000>1.00<tr><td colspan=3>乙<td>2.00</table>"
    assert rows(content) == [("甲", "1.00"), ("乙", "2.00")]


def test_a_table_tells_which_of_its_cells_cover_others() -> None:
    content = "<p>题</p><table><tr><td rowspan=2>项目<td colspan=2>金额<tr><td>本年<td>上年</table><table><tr><td>a<td>b</table>"
    assert [(row.cells, row.table, row.merged) for row in read_rows(content)] == [
        (("题",), None, ()),
        (("项目", "金额", ""), 1, (Merged(0, 1, 2), Merged(1, 2, 1))),
        (("", "本年", "上年"), 1, ()),
        (("a", "b"), 2, ()),
    ]


def test_a_line_of_text_inside_a_table_does_not_move_its_columns() -> None:
    content = "<table><tr><td colspan=2>项目<td>金额<tr><td colspan=3>单位：万元<tr><td>201<td>甲<td>1.00</table>"
    assert rows(content) == [("项目", "", "金额"), ("单位：万元",), ("201", "甲", "1.00")]


def test_a_table_of_one_cell_inside_a_cell_is_its_text() -> None:
    assert rows("<table><tr><td>甲<td><table><tr><td>12.00</table></table>") == [("甲", "12.00")]


def test_tables_that_are_made_of_other_elements() -> None:
    content = (
        "<style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style>"
        "<div class=t><div class=r><div class=c>甲</div><div class=c>1.00</div></div></div>"
    )
    assert rows(content) == [("甲", "1.00")]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", ["1. 甲", "2. 乙"]),
        ("start=3", ["3. 甲", "4. 乙"]),
        ("reversed", ["2. 甲", "1. 乙"]),
        ("type=a", ["a. 甲", "b. 乙"]),
        ("style='list-style-type:cjk-ideographic'", ["一、甲", "二、乙"]),
        ("style='list-style: simp-chinese-informal inside'", ["一、甲", "二、乙"]),
        ("style='list-style:none'", ["甲", "乙"]),
    ],
)
def test_the_numbers_of_lists(attributes: str, expected: list[str]) -> None:
    assert rows(f"<ol {attributes}><li>甲</li><li>乙</li></ol>") == [(text,) for text in expected]
    assert rows("<ul><li>甲</li></ul>") == [("甲",)]


def test_hidden_scripts_are_no_hidden_text() -> None:
    script = "<div style='display:none'><p><script>x = 1</script></p>{}</div>甲"
    assert kept(script.format("")) == [("甲", [])]
    assert kept(script.format("乙")) == [("甲", ["hidden"])]


def test_text_that_is_kept_as_it_stands_has_lines_and_tabs() -> None:
    assert rows("前\t<pre>甲\t<br>乙\t2.00</pre>尾\t") == [
        ("前",),
        ("甲",),
        ("乙", "2.00"),
        ("尾",),
    ]
    assert rows("<pre>科目\t合计\n甲\t1.00\n说明</pre>尾") == [
        ("科目", "合计"),
        ("甲", "1.00"),
        ("说明",),
        ("尾",),
    ]
    assert rows("<p style='white-space:pre-line'>甲\n乙</p>") == [("甲",), ("乙",)]


def test_several_pages_in_one_file_are_read_one_after_another() -> None:
    page = "<!DOCTYPE html><html><head><title>x</title></head><body><p>{}</p><table><tr><td>{}<td>1.00</table></body></html>\n"
    content = page.format("甲", "a") + page.format("乙", "b") + "<p>尾</p>"
    assert rows(content) == [("甲",), ("a", "1.00"), ("乙",), ("b", "1.00"), ("尾",)]


def test_a_page_that_goes_on_elsewhere_says_so() -> None:
    links = "<p>上一页 1 2 <a href='b.html'>下一页</a></p>"
    page = "<html><body><p>甲</p>{}</body></html>"
    assert kept(page.format(links))[-1] == ("上一页 1 2 下一页", ["elsewhere"])
    assert kept(page.format(links) + page.format(""))[-1] == ("甲", [])
    assert kept(page.format(links.replace("b.html", "#")))[-1][1] == []
    assert kept("<p>甲</p><iframe src='b.pdf'></iframe><p>乙</p>") == [
        ("甲", []),
        ("乙", ["elsewhere"]),
    ]


def test_a_page_that_is_pale_over_the_text_is_a_watermark() -> None:
    mark = "<div style='position:fixed;transform:rotate(-45deg);opacity:.15'>内部资料</div>"
    assert kept(f"{mark}<p>甲</p>") == [("甲", ["watermark"])]


def test_characters_that_are_named_or_numbered() -> None:
    content = "<p>&minus;1&nbsp;234.50 &lpar;2&rpar; &#150;3 &ensp;4 &#x2212;5 A&amp;lt;B</p>"
    assert fold(rows(content)[0][0]) == "−1 234.50 (2) –3  4 −5 A&lt;B"


def test_text_between_the_rows_of_a_table_stands_above_it() -> None:
    assert rows("<table>单位：万元<tr><td>甲<td>1.00</tr>注：乙</table>") == [
        ("单位：万元",),
        ("注：乙",),
        ("甲", "1.00"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<form><tr><td>甲<td>1.00</tr><tr><td>乙<td>2.00</tr></form>",
        "<center><tr><td>甲<td>1.00</tr><tr><td>乙<td>2.00</tr></center>",
        "<tbody><form><tr><td>甲<td>1.00</tr></form></tbody><tr><form><td>乙<td>2.00</form></tr>",
        "<tr><td>甲</td><form><td>1.00</td></form></tr><tr><td>乙<td>2.00</tr>",
    ],
)
def test_cells_inside_a_form_are_cells_of_the_table_around_it(table: str) -> None:
    expected = [("甲", "1.00"), ("乙", "2.00")]
    assert rows(f"<table>{table}</table>") == expected
    assert rows(f"<table><tr><td>表<td><table>{table}</table></table>") == [("表",), *expected]


@pytest.mark.parametrize("tag", ["b", "div", "p"])
def test_what_stands_between_cells_or_rows_is_shown_above_the_table(tag: str) -> None:
    stray = f"<{tag}>单位<i>：万元</i></{tag}>"
    table = "<table><tr><td rowspan=2>甲</td>{}<td>1.00</td></tr>{}<tr><td>2.00</td></tr></table>"
    expected = [("单位：万元",), ("甲", "1.00"), ("", "2.00")]
    assert rows(table.format(stray, "")) == rows(table.format("", stray)) == expected


def test_text_between_cells_is_read_once_and_as_its_row_is_shown() -> None:
    assert rows("<table><tr>题<td>甲</td></tr></table>") == [("题",), ("甲",)]
    hidden = "<table><tr style='{}'>密<td>甲<td>1.00</tr><tr><td>乙<td>2.00</tr></table>"
    assert kept(hidden.format("display:none")) == [("乙|2.00", ["hidden"])]
    assert [cells for cells, _ in kept(hidden.format("visibility:hidden"))] == ["|", "乙|2.00"]


def test_pages_of_a_mail_that_frame_each_other_are_one_file() -> None:
    page = "<html><body><table><tr><td>{}<td>1.00</table></body></html>"
    frames = "<frameset><frame src='a.htm'><frame src='b.htm'><noframes>无</noframes></frameset>"
    pages = {
        "http://x/": frames,
        "http://x/a.htm": page.format("甲"),
        "http://x/b.htm": page.format("乙"),
    }
    reading = read_file(
        as_mail({name: text.encode() for name, text in pages.items()}), Format.MHTML
    )
    assert [(row.cells, row.table) for row in reading.rows] == [
        (("甲", "1.00"), 1),
        (("乙", "1.00"), 2),
    ]
    assert reading.notes == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_pages_in_utf_16_are_read_with_or_without_a_mark(encoding: str) -> None:
    data = "<!DOCTYPE html><html><body><p>预算</p></body></html>".encode(encoding)
    assert detect(data) == Format.HTML
    found, notes = read_file_rows(data)
    assert [row.cells for row in found] == [("预算",)] and "UTF-16" in notes[0].en


def test_style_sheets_without_end_end() -> None:
    many = "".join(f"* * * .a{n} > b{{display:none}}" for n in range(30_000))
    with pytest.raises(DocumentError, match="style sheets"):
        rows(f"<style>{many}</style><p>甲</p>")
    deep = (
        "<style>"
        + "div " * 200
        + "b{display:none}</style>"
        + "<div>" * 200
        + "<i>x</i>" * 50
        + "甲"
    )
    assert "甲" in rows(deep)[0][0]


grids = st.lists(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=4),
    min_size=1,
    max_size=6,
)


@given(grids)
def test_each_cell_stands_where_a_browser_lays_it(grid: list[list[tuple[int, int]]]) -> None:
    """The table model of HTML, step by step: a cell takes the first free place of its row."""
    taken: dict[tuple[int, int], str] = {}
    begins: dict[str, int] = {}
    markup = ""
    for y, row in enumerate(grid):
        x = 0
        markup += "<tr>"
        for i, (across, below_too) in enumerate(row):
            down = min(below_too, len(grid) - y)
            name = f"{y}.{i}"
            markup += f"<td colspan={across} rowspan={down}>{name}</td>"
            while (x, y) in taken:
                x += 1
            begins[name] = x
            taken |= {
                (x + right, y + below): name for right in range(across) for below in range(down)
            }
            x += across
        markup += "</tr>"
    columns = sorted(set(begins.values()))
    for y, cells in enumerate(rows(f"<table>{markup}</table>")):
        shown = {text: columns[place] for place, text in enumerate(cells) if text}
        assert shown == {name: x for name, x in begins.items() if name.startswith(f"{y}.")}

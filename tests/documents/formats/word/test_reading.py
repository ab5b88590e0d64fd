from __future__ import annotations

import pytest

from jcdata.documents.formats import archive
from jcdata.documents.formats.detection import Format, detect
from jcdata.documents.formats.rows import Cell, Merged, Row
from jcdata.documents.formats.word import parts
from jcdata.documents.formats.word import reading as word
from jcdata.documents.formats.word.parts import W
from jcdata.errors import DocumentError
from tests.making.files import as_mail, as_word, word_bytes, word_paragraph, zip_bytes


def rows(body: str) -> list[tuple[str, ...]]:
    return [row.cells for row in word.read_rows(word_bytes(body))[0]]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{word_paragraph(text)}</w:tc>"


def table(*table_rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in table_rows)}</w:tbl>"


def test_paragraphs_and_tables_in_their_order() -> None:
    contents = [
        "第一部分",
        [[Cell("收入", 2), Cell("支出")], [Cell("项目"), Cell("金额"), Cell("项目")]],
        "尾",
    ]
    found = [row.cells for row in word.read_rows(as_word(contents))[0]]
    assert found == [("第一部分",), ("收入", "", "支出"), ("项目", "金额", "项目"), ("尾",)]


def test_the_text_of_a_paragraph_is_joined_and_split_at_its_breaks() -> None:
    body = "<w:p><w:r><w:t>2031</w:t></w:r><w:r><w:t>年</w:t><w:tab/><w:t>预算</w:t><w:br/><w:t>二</w:t></w:r></w:p>"
    assert rows(body) == [("2031年 预算",), ("二",)]


def test_cells_merged_downwards_hold_their_text_where_they_begin() -> None:
    body = table(
        cell("a", '<w:vMerge w:val="restart"/>') + cell("b"),
        cell("old", "<w:vMerge/>") + cell("c"),
        cell("d", '<w:vMerge w:val="restart"/>') + cell("e"),
    )
    assert rows(body) == [("a", "b"), ("", "c"), ("d", "e")]


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    body = table(
        cell("a") + cell("b") + cell("c"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("d") + cell("e"),
    )
    assert rows(body) == [("a", "b", "c"), ("", "d", "e")]


def test_a_row_that_holds_a_table_or_one_cell_is_layout() -> None:
    inner = f"<w:tc>{word_paragraph('乙')}{table(cell('c') + cell('d'))}</w:tc>"
    assert rows(table(cell("甲") + inner, cell("丙"))) == [("甲",), ("乙",), ("c", "d"), ("丙",)]


def test_content_controls_and_text_boxes_are_read_and_what_word_hides_is_not() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    deleted = "<w:del><w:r><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
    box = f"<w:r><w:txbxContent>{word_paragraph('框')}</w:txbxContent></w:r>"
    body = f"<w:sdt><w:sdtContent>{table(cell('a') + cell('b'))}</w:sdtContent></w:sdt><w:p>{hidden}{deleted}{box}</w:p>"
    assert rows(body) == [("a", "b"), ("框",), ("增",)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word_bytes("<w:p>"), "damaged Word file"),
        (b"PK\x03\x04 and no more", "damaged archive"),
        (zip_bytes({"word/document.xml": b""}), "damaged Word file"),
    ],
)
def test_damaged_files_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        list(word.read_rows(data))


def test_entities_that_multiply_are_refused() -> None:
    bomb = (
        b'<!DOCTYPE w [<!ENTITY a "' + b"x" * 1000 + b'">]><w:document xmlns:w="' + W[1:-1].encode()
    )
    bomb += (
        b'"><w:body><w:p><w:r><w:t>' + b"&a;" * 1000 + b"</w:t></w:r></w:p></w:body></w:document>"
    )
    with pytest.raises(DocumentError, match="damaged Word file"):
        list(word.read_rows(zip_bytes({"word/document.xml": bomb})))


def test_a_file_that_unpacks_to_an_absurd_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1024 * 1024)
    with pytest.raises(DocumentError, match="unpacks to more than 1 MiB"):
        list(word.read_rows(word_bytes(" " * 2 * 1024 * 1024)))


def test_nested_tables_without_end_are_read_or_refused() -> None:
    body = "甲"
    for _ in range(300):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    with pytest.raises(DocumentError, match="damaged Word file"):
        rows(body)


WHITE, PALE, USUAL = (
    '<w:color w:val="FFFFFF"/>', '<w:color w:val="D9D9D9"/>', '<w:sz w:val="21"/>'
)  # fmt: skip


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(body: str, **parts: str) -> list[Row]:
    return word.read_rows(word_bytes(body, **parts))[0]


def kept(row: Row) -> tuple[str, list[str]]:
    return "|".join(row.cells), sorted(row.left_out)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("<w:vanish/>", "hidden"),
        ('<w:vanish w:val="1"/>', "hidden"),
        ("<w:webHidden/>", "hidden"),
        ('<w:color w:val="FFFFFF"/>', "hidden"),
        ('<w:color w:val="FEFEFE" w:themeColor="background1"/>', "hidden"),
        ('<w:sz w:val="2"/>', "hidden"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "hidden"),
        (
            '<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>',
            "hidden",
        ),
        ("<w:strike/>", "struck"),
        ("<w:dstrike/>", "struck"),
        ('<w:rStyle w:val="Gone"/>', "hidden"),
        ('<w:rStyle w:val="Old"/>', "struck"),
    ],
)
def test_what_is_not_seen_or_struck_out_is_left_out_and_said(properties: str, kind: str) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Old"><w:basedOn w:val="Older"/></w:style>'
        '<w:style w:type="character" w:styleId="Older"><w:rPr><w:strike/></w:rPr></w:style>'
    )
    found = read(f"<w:p>{run('888.88', properties)}{run('927.72')}</w:p>", styles=styles)
    assert [kept(row) for row in found] == [("927.72", [kind])]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:strike w:val="false"/>',
        '<w:color w:val="auto"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct50" w:color="auto" w:fill="auto"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        '<w:color w:val="808080"/>',
        '<w:sz w:val="10"/>',
        '<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>',
    ],
)
def test_what_is_seen_is_read(properties: str) -> None:
    styles = '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    found = read(f"<w:p>{run('927.72', properties)}</w:p>", styles=styles)
    assert [kept(row) for row in found] == [("927.72", [])]


def test_white_text_is_seen_on_a_dark_cell_and_not_on_a_pale_one() -> None:
    white = f"<w:p>{run('合计', WHITE)}</w:p>"
    for fill, shown in (("1F4E79", "合计"), ("FFFFFF", ""), ("auto", ""), ("F2F2F2", "")):
        shade = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
        body = f"<w:tbl><w:tr><w:tc>{shade}{white}</w:tc>{cell('1.00')}</w:tr></w:tbl>"
        assert rows(body) == [(shown, "1.00")]


def test_white_text_is_read_where_the_style_of_a_table_or_a_box_may_lie_below() -> None:
    white = f"<w:p>{run('合计', WHITE)}</w:p>"
    styles = (
        '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr></w:style>'
    )
    named = '<w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>'
    body = f"<w:tbl>{named}<w:tr><w:tc>{white}</w:tc>{cell('1.00')}</w:tr></w:tbl>"
    assert [row.cells for row in read(body, styles=styles)] == [("合计", "1.00")]
    assert rows(f"<w:p><w:r><w:txbxContent>{white}</w:txbxContent></w:r></w:p>") == [("合计",)]


@pytest.mark.parametrize(
    ("before", "mark", "after", "shown"),
    [
        ("12.00", "1", "", "12.00"),
        ("12.00", "[2]", "", "12.00"),
        ("12.00", "①", "", "12.00"),
        ("12.00", "*", "", "12.00"),
        ("收入", "注1", "合计", "收入合计"),
        ("", "1", "12.00", "12.00"),
        ("面积12m", "2", "", "面积12m2"),
        ("", "12", "", "12"),
        ("12", ".50", "", "12.50"),
    ],
)
def test_raised_marks_are_kept_apart_from_figures(
    before: str, mark: str, after: str, shown: str
) -> None:
    texts = run(before) + run(mark, '<w:vertAlign w:val="superscript"/>') + run(after)
    (row,) = read(f"<w:p>{texts}</w:p>")
    is_mark = "".join((before, mark, after)) != shown
    assert kept(row) == (shown, ["mark"] if is_mark else [])


def test_a_small_lifted_sign_is_a_mark_and_one_of_full_size_is_none() -> None:
    for size, shown in (("14", "12.00"), ("21", "12.001")):
        mark = run("1", f'<w:position w:val="8"/><w:sz w:val="{size}"/>')
        assert rows(f"<w:p>{run('12.00', USUAL)}{mark}</w:p>") == [(shown,)]


def test_footnotes_follow_the_paragraph_or_table_that_refers_to_them() -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{run(f" 注文{n}。")}</w:p></w:footnote>'
        for n in (1, 2, 3)
    )
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    refer = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    body = f"<w:tbl><w:tr>{cell('甲')}<w:tc><w:p>{run('1.00')}{refer}</w:p></w:tc></w:tr></w:tbl>"
    found = read(body + f"<w:p>{run('收入')}{own}</w:p>", footnotes=notes)
    assert [kept(row) for row in found] == [
        ("甲|1.00", ["mark"]), ("注文1。", []), ("收入", ["mark"]), ("注文2。", [])
    ]  # fmt: skip


def test_tracked_changes_are_read_as_accepted() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('9.00')}</w:tr>"
    moved = f"<w:moveFrom>{run('从')}</w:moveFrom><w:moveTo>{run('到')}</w:moveTo>"
    merged = (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('收入')}</w:p><w:p>{run('合计')}</w:p>"
    )
    gone = "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p/></w:tc>"
    body = f"<w:p>{moved}</w:p>{merged}<w:tbl>{row}<w:tr>{cell('新')}{gone}{cell('1.00')}</w:tr></w:tbl>"
    assert rows(body) == [("到",), ("收入合计",), ("新", "1.00")]


def test_the_code_of_a_field_is_not_read_but_its_result_is() -> None:
    def sign(kind: str, properties: str = "") -> str:
        return f'<w:r><w:rPr>{properties}</w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = f"{sign('begin')}<w:r><w:instrText> B </w:instrText></w:r>{sign('separate')}{run('内')}{sign('end')}"
    outer = f"{sign('begin')}<w:r><w:instrText> IF </w:instrText></w:r>{inner}{sign('separate')}{run('12.00')}{sign('end')}"
    unended = f"<w:p>{sign('begin')}{run('码')}</w:p><w:p>{run('后')}</w:p>"
    assert rows(f"<w:p>{outer}</w:p>{unended}") == [("12.00",), ("后",)]
    hidden_end = (
        f"{sign('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>{sign('end', '<w:vanish/>')}"
    )
    assert rows(f"<w:p>{hidden_end}{run('13.00')}</w:p>") == [("13.00",)]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r" eq \o\ac(○,3) ", "③项"),
        (r"EQ \o\ac (□, 甲)", "甲项"),
        (r'SYMBOL 254 \f "Wingdings" \s 12', "☑项"),
        (r"SYMBOL 179 \f Symbol", "≥项"),
        ("XE 词条", "项"),
    ],
)
def test_fields_that_are_signs_are_read(code: str, shown: str) -> None:
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>'
        for part in (code[:half], code[half:])
    )
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    assert rows(f"<w:p>{begin}{codes}{end}{run('项')}</w:p>") == [(shown,)]


def test_older_forms_show_the_entry_that_is_chosen_and_boxes() -> None:
    def field(content: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{content}</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'
    boxes = field("<w:checkBox><w:checked/></w:checkBox>") + field(
        '<w:checkBox><w:default w:val="0"/></w:checkBox>'
    )
    assert rows(f"<w:p>{field(choice)}{boxes}</w:p>") == [("乙☑□",)]


def test_signs_of_fonts_and_readings_above_words() -> None:
    signs = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    )
    ruby = f"<w:r><w:ruby><w:rt>{run('yusuan')}</w:rt><w:rubyBase>{run('预算')}</w:rubyBase></w:ruby></w:r>"
    assert rows(f"<w:p>{signs}{run('95%')}{ruby}</w:p>") == [("☑≥95%预算",)]
    for code in ("F041", "D800", "F" * 40, "x", "-1"):
        unknown = f'<w:r><w:sym w:font="Nobody" w:char="{code}"/></w:r>'
        found = read(f"<w:p>{unknown}{run('甲')}</w:p>")
        assert [kept(row) for row in found] == [("\ufffd甲", ["unnamed"])]


def test_formulas_are_read_along_their_line() -> None:
    fraction = (
        "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    )
    assert rows(f"<w:p>{run('占')}<m:oMath>{fraction}</m:oMath></w:p>") == [("占1/2",)]


def test_the_text_of_both_drawing_languages_is_read_once() -> None:
    box = f"<w:txbxContent>{word_paragraph('框')}</w:txbxContent>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    old = f"<mc:AlternateContent><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert rows(f"<w:p><w:r>{both}</w:r></w:p><w:p><w:r>{old}</w:r></w:p>") == [("框",), ("框",)]


def test_a_table_in_a_text_box_has_its_cells() -> None:
    box = f"<w:txbxContent>{table(cell('a') + cell('1.00'))}<w:p/></w:txbxContent>"
    assert rows(f"<w:p><w:r>{box}</w:r>{run('尾')}</w:p>") == [("a", "1.00"), ("尾",)]


def test_a_box_that_floats_beside_a_cell_is_no_part_of_it() -> None:
    box = f"<w:txbxContent>{word_paragraph('单位：万元')}</w:txbxContent>"
    for frame, expected in (
        ("anchor", [("单位：万元",), ("甲", "12.00")]),
        ("inline", [("甲", "单位：万元 12.00")]),
    ):
        drawing = (
            f"<w:r><w:drawing><wp:{frame}><wps:wsp>{box}</wps:wsp></wp:{frame}></w:drawing></w:r>"
        )
        body = f"<w:tbl><w:tr>{cell('甲')}<w:tc><w:p>{drawing}{run('12.00')}</w:p></w:tc></w:tr></w:tbl>"
        assert rows(body) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<w:pict><v:shape style="position:absolute;rotation:315">', "</v:shape></w:pict>"),
        ('<w:drawing><wp:anchor><wps:wsp><wps:spPr><a:xfrm rot="18900000"/></wps:spPr>', "</wps:wsp></wp:anchor></w:drawing>"),
        ('<w:drawing><wp:anchor behindDoc="1"><wps:wsp>', "</wps:wsp></wp:anchor></w:drawing>"),
    ],
)  # fmt: skip
def test_watermarks_are_left_out(before: str, after: str) -> None:
    pale = f"<w:p>{run('内部资料', PALE)}</w:p>"
    body = (
        f"<w:p><w:r>{before}<w:txbxContent>{pale}</w:txbxContent>{after}</w:r>{run('12.00')}</w:p>"
    )
    assert [kept(row) for row in read(body)] == [("12.00", ["watermark"])]


def test_an_empty_box_behind_the_text_is_no_watermark() -> None:
    box = '<wp:anchor behindDoc="1"><wps:wsp><w:txbxContent><w:p/></w:txbxContent></wps:wsp></wp:anchor>'
    body = f"<w:p><w:r><w:drawing>{box}</w:drawing></w:r>{run('12.00')}</w:p>"
    assert [kept(row) for row in read(body)] == [("12.00", [])]


def test_pictures_as_large_as_tables_and_embedded_objects_are_named() -> None:
    def picture(width: int) -> str:
        return f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="2000000"/></wp:inline></w:drawing></w:r>'

    found = read(
        f"<w:p>{picture(900_000)}{run('徽')}</w:p><w:p>{picture(5_000_000)}{run('甲')}</w:p><w:p><w:r><w:object/></w:r></w:p>"
    )
    assert [kept(row) for row in found] == [("徽", []), ("甲", ["picture"])]
    old = '<w:pict><v:shape style="width:415pt;height:200pt"><v:imagedata/></v:shape></w:pict>'
    assert [kept(row) for row in read(f"<w:p><w:r>{old}</w:r>{run('乙')}</w:p>")] == [
        ("乙", ["picture"])
    ]


def test_files_that_are_taken_in_are_read_where_they_stand() -> None:
    inner = table(cell("a") + cell("1.00"))
    chunks = {
        "a.docx": word_bytes(inner),
        "b.html": b"<html><body><table><tr><td>b<td>2.00</table></body></html>",
        "c.txt": "丙\u2028丙\n丁".encode("gb18030"),
        "d.mht": as_mail({"http://x/": "<p>戊</p>".encode()}),
        "e.rtf": b"{\\rtf1 x}",
    }
    calls = "".join(f'<w:altChunk r:id="{name}"/>' for name in chunks)
    body = (
        table(cell("甲") + cell("0.00"))
        + calls
        + '<w:altChunk r:id="missing"/>'
        + word_paragraph("尾")
    )
    found, notes = word.read_rows(word_bytes(body, chunks=chunks))
    assert [(*kept(row), row.table) for row in found] == [
        ("甲|0.00", [], 1), ("a|1.00", [], 2), ("b|2.00", [], 3), ("丙\u2028丙", [], None), ("丁", [], None), ("戊", [], None),
        ("尾", ["elsewhere"], None),
    ]  # fmt: skip
    assert [note.en for note in notes] == ["word/c.txt: read as GB18030"]


def test_files_inside_files_without_end_end() -> None:
    data = word_bytes(word_paragraph("底"))
    for _ in range(9):
        data = word_bytes(
            '<w:altChunk r:id="a.docx"/>' + word_paragraph("层"), chunks={"a.docx": data}
        )
    assert {row.cells for row in word.read_rows(data)[0]} == {("层",)}


def test_a_table_tells_which_of_its_cells_cover_others() -> None:
    head = cell("项目", '<w:vMerge w:val="restart"/>') + cell("金额", '<w:gridSpan w:val="2"/>')
    second = cell("", "<w:vMerge/>") + cell("本年") + cell("上年")
    found = read(word_paragraph("题") + table(head, second) + table(cell("a") + cell("b")))
    assert [(row.cells, row.table, row.merged) for row in found] == [
        (("题",), None, ()),
        (("项目", "金额", ""), 1, (Merged(0, 1, 2), Merged(1, 2, 1))),
        (("", "本年", "上年"), 1, ()),
        (("a", "b"), 2, ()),
    ]


def test_cells_merged_as_older_programs_do() -> None:
    first = cell("甲", '<w:hMerge w:val="restart"/>') + cell("", '<w:hMerge w:val="continue"/>')
    found = read(table(first + cell("丙"), cell("a") + cell("b") + cell("c")))
    assert [(row.cells, row.merged) for row in found] == [
        (("甲", "", "丙"), (Merged(0, 2, 1),)), (("a", "b", "c"), ())
    ]  # fmt: skip


def test_what_merged_cells_cover_is_left_out_and_said() -> None:
    down = cell("甲", '<w:vMerge w:val="restart"/>') + cell("1.00")
    covered = cell("旧", "<w:vMerge/>") + cell("2.00")
    across = cell("乙", '<w:hMerge w:val="restart"/>') + cell("旧", "<w:hMerge/>")
    assert [kept(row) for row in read(table(down, covered, across))] == [
        ("甲|1.00", ["hidden"]), ("|2.00", []), ("乙|", ["hidden"])
    ]  # fmt: skip


def test_a_cell_that_continues_nothing_keeps_its_text() -> None:
    assert rows(table(cell("a", "<w:vMerge/>") + cell("b"))) == [("a", "b")]


def test_a_table_of_one_cell_inside_a_cell_is_its_text() -> None:
    inner = f"<w:tc>{table(cell('12.00'))}<w:p/></w:tc>"
    assert rows(table(cell("甲") + inner)) == [("甲", "12.00")]


def test_hidden_rows_are_left_out_and_said() -> None:
    hidden = f"<w:trPr><w:hidden/></w:trPr>{cell('隐')}{cell('9.00')}"
    shown = f'<w:trPr><w:hidden w:val="0"/></w:trPr>{cell("甲")}{cell("1.00")}'
    assert [kept(row) for row in read(table(hidden, shown))] == [("甲|1.00", ["hidden"])]


def test_a_paragraph_whose_end_is_hidden_goes_on_in_the_next() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{run('收入')}</w:p>"
    assert rows(f"{first}<w:p>{run('合计')}</w:p>{first}") == [("收入合计",), ("收入",)]


def test_a_file_that_is_saved_as_strict_is_read() -> None:
    strict = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006": "http://purl.oclc.org/ooxml/officeDocument",
    }
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{run("甲")}</w:p>'
    members = archive.unpack(word_bytes(body, numbering=numbering), lambda _: True)
    for old, new in strict.items():
        members = {
            name: content.replace(old.encode(), new.encode()) for name, content in members.items()
        }
    assert [row.cells for row in word.read_rows(zip_bytes(members))[0]] == [("1. 甲",)]


def test_more_tags_than_memory_holds_are_refused() -> None:
    with pytest.raises(DocumentError, match="tags"):
        rows("<w:p/>" * (parts.MAX_MARKS + 1))


def test_a_document_may_have_another_name() -> None:
    members = archive.unpack(word_bytes(word_paragraph("甲")), lambda _: True)
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    data = zip_bytes(
        {"_rels/.rels": relation.encode(), "word/document2.xml": members["word/document.xml"]}
    )
    assert detect(data) == Format.WORD
    assert [row.cells for row in word.read_rows(data)[0]] == [("甲",)]

from __future__ import annotations

import base64
import datetime
import io
import re
from collections.abc import Callable
from contextlib import suppress

import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

from jcdata.documents.formats import archive
from jcdata.documents.formats.excel import cells as cells_module
from jcdata.documents.formats.excel import reading
from jcdata.documents.formats.rows import Cell, Exact, Row
from jcdata.errors import DocumentError
from jcdata.messages import Message
from tests.making.files import (
    as_excel,
    as_strict,
    excel_bytes,
    xls_bytes,
    xml_workbook,
    zip_bytes,
)


def read(data: bytes) -> tuple[list[Row], list[Message]]:
    rows, notes = reading.read_rows(data)
    return list(rows), notes


def test_sheets_follow_one_another_and_number_their_rows() -> None:
    book = Workbook()
    book.worksheets[0].append(["甲", "1.00"])
    book.create_sheet("空")
    book.create_sheet("三").append(["乙"])
    rows, notes = read(excel_bytes(book))
    assert rows == [Row(("甲", "1.00"), 1, table=1), Row(("乙",), 3)] and notes == []


def test_hidden_sheets_are_left_out_and_named() -> None:
    book = Workbook()
    book.worksheets[0].append(["甲"])
    hidden = book.create_sheet("底稿")
    hidden.append(["乙"])
    hidden.sheet_state = "hidden"
    rows, notes = read(excel_bytes(book))
    assert rows == [Row(("甲",), 1)] and "底稿" in notes[0].en


def test_merged_cells_leave_what_they_cover_empty() -> None:
    contents = [[[Cell("收入", 2), Cell("支出", 1, 2)], [Cell("项目"), Cell("金额")]]]
    assert [row.cells for row in read(as_excel(contents))[0]] == [
        ("收入", "", "支出"),
        ("项目", "金额", ""),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2080505, "2080505"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (4813.790000000001, "4813.79"),
        (-5.0, "-5"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("一般公共\n预算 ", "一般公共预算"),
        ("007", "007"),
        (datetime.date(2031, 2, 8), "2031-02-08"),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    book = Workbook()
    book.worksheets[0].append([value])
    assert [row.cells for row in read(excel_bytes(book))[0]] == [(text,)]


def test_a_cell_far_away_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "甲"
    sheet["XFD1048576"].number_format = "0.00"
    assert read(excel_bytes(book))[0] == [Row(("甲",), 1)]
    sheet["A1048576"] = "乙"
    assert read(excel_bytes(book))[0] == [Row(("甲",), 1), Row(("乙",), 1)]
    sheet["XFD1048576"] = "丙"
    monkeypatch.setattr(cells_module, "MAX_CELLS", 30_000)
    with pytest.raises(DocumentError, match=r"more than .* cells"):
        read(excel_bytes(book))


@pytest.mark.parametrize(
    "data",
    [zip_bytes({"xl/workbook.xml": b"<workbook"}), b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 500],
    ids=["workbook", "archive", "compound file"],
)
def test_damaged_files_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read(data)


def test_an_archive_that_unpacks_to_an_absurd_size_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 4 * 1024 * 1024)
    parts = {f"xl/worksheets/sheet{i}.xml": bytes(1024 * 1024) for i in range(6)}
    with pytest.raises(DocumentError, match="unpacks to more than 4 MiB"):
        read(zip_bytes(parts))


PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def workbook_of(sheet: str) -> bytes:
    """A workbook of one sheet with this XML in it."""
    return zip_bytes(
        {
            "xl/workbook.xml": b"<workbook xmlns:r='r'><sheets><sheet name='S' r:id='a'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": b"<Relationships><Relationship Id='a' Type='x/worksheet' Target='/xl/s.xml'/></Relationships>",
            "xl/s.xml": f"<worksheet>{sheet}</worksheet>".encode(),
        }
    )


def as_xlsx(data: bytes) -> bytes:
    return data


@pytest.mark.parametrize("variant", [as_xlsx, as_strict])
def test_cells_are_read_as_they_are_shown(variant: Callable[[bytes], bytes]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    values = [0.985, 5, 18423612.3456, datetime.date(2026, 12, 20), "1,842.36"]
    for column, (value, code) in enumerate(
        zip(values, ["0.0%", "00", "#,##0.00", 'yyyy"年"m"月"', "@"], strict=True), start=1
    ):
        sheet.cell(1, column, value).number_format = code
    (row,) = read(variant(excel_bytes(book)))[0]
    assert row.cells == ("98.5%", "05", "18,423,612.35", "2026年12月", "1,842.36")
    assert row.exact == (Exact(2, "18423612.3456"), Exact(3, "2026-12-20"))


def test_strict_workbooks_store_dates_as_dates() -> None:
    book = Workbook(iso_dates=True)
    sheet = book.worksheets[0]
    sheet.append([datetime.date(2026, 12, 20), datetime.datetime(2026, 12, 20, 8, 30)])
    sheet["B1"].number_format = "yyyy/m/d h:mm"
    assert read(as_strict(excel_bytes(book)))[0][0].cells == ("2026-12-20", "2026/12/20 8:30")


def test_days_are_counted_from_the_year_that_the_workbook_says() -> None:
    book = Workbook()
    book.epoch = datetime.datetime(1904, 1, 1)
    book.worksheets[0].append([datetime.date(2026, 12, 20)])
    assert read(excel_bytes(book))[0][0].cells == ("2026-12-20",)


def test_texts_in_several_fonts_are_one_and_how_they_are_pronounced_is_not_shown() -> None:
    book = Workbook()
    book.worksheets[0].append([CellRichText("预算", "总表"), "a_x000D_\nb"])
    assert read(excel_bytes(book))[0][0].cells == ("预算总表", "a b")
    pronounced = "<c t='inlineStr'><is><t>户</t><rPh><t>hù</t></rPh></is></c>"
    data = workbook_of(f"<sheetData><row>{pronounced}</row></sheetData>")
    assert read(data)[0][0].cells == ("户",)


def filled() -> tuple[Workbook, Worksheet]:
    """A sheet whose cells say where they stand, A1 to D4."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 5):
        sheet.append([f"{column}{row}" for column in "ABCD"])
    return book, sheet


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def collapse_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions.group(2, 2, hidden=True)


@pytest.mark.parametrize("hide", [hide_row, collapse_rows])
def test_hidden_rows_are_left_out_and_named(hide: Callable[[Worksheet], None]) -> None:
    book, sheet = filled()
    hide(sheet)
    rows, notes = read(excel_bytes(book))
    assert [row.cells[0] for row in rows] == ["A1", "A3", "A4"]
    assert "hidden rows 2 left out" in notes[0].en and "行 2" in notes[0].zh


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def collapse_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("B", "B", hidden=True)


@pytest.mark.parametrize("hide", [hide_column, collapse_columns])
def test_hidden_columns_are_left_out_and_named(hide: Callable[[Worksheet], None]) -> None:
    book, sheet = filled()
    hide(sheet)
    rows, notes = read(excel_bytes(book))
    assert rows[0].cells == ("A1", "C1", "D1")
    assert [note.en for note in notes] == ["sheet 'Sheet': hidden columns B left out"]


def test_rows_without_height_and_columns_without_width_are_hidden() -> None:
    columns = "<cols><col min='2' max='2' width='0' customWidth='1'/></cols>"
    cells = "<c><v>1</v></c><c><v>2</v></c><c><v>3</v></c>"
    flat = f"<row ht='0' customHeight='1'>{cells}</row>"
    data = workbook_of(f"{columns}<sheetData>{flat}<row ht='1'>{cells}</row></sheetData>")
    rows, notes = read(data)
    assert [row.cells for row in rows] == [("1", "3")] and len(notes) == 2


def test_hidden_rows_and_columns_that_hold_nothing_are_no_news() -> None:
    book, sheet = filled()
    sheet.row_dimensions[9].hidden = sheet.column_dimensions["X"].hidden = True
    assert read(excel_bytes(book))[1] == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_formulas_use_what_is_hidden(state: str) -> None:
    book = Workbook()
    book.worksheets[0].append(["=底稿!A1*2"])
    hidden = book.create_sheet("底稿")
    hidden.append([2])
    hidden.sheet_state = state
    rows, notes = read(excel_bytes(book))
    assert [row.cells for row in rows] == [("4",)] and len(notes) == 1


def test_a_sheet_without_cells_is_named() -> None:
    book, _ = filled()
    book.create_chartsheet("图")
    rows, notes = read(excel_bytes(book))
    assert len(rows) == 4 and "sheet '图' without cells" in notes[0].en


def test_merged_cells_show_their_text_where_they_begin_to_be_seen() -> None:
    book, sheet = filled()
    sheet.merge_cells("A1:B2")
    hide_row_1_and_column_a(sheet)
    rows, _ = read(excel_bytes(book))
    assert [row.cells for row in rows] == [("A1", "C2", "D2"), ("B3", "C3", "D3"), ("B4", "C4", "D4")]  # fmt: skip


def hide_row_1_and_column_a(sheet: Worksheet) -> None:
    sheet.row_dimensions[1].hidden = sheet.column_dimensions["A"].hidden = True


def test_what_merged_cells_cover_is_left_out_and_named() -> None:
    sheet = "<sheetData><row r='1'><c t='str'><v>合计</v></c><c><v>7</v></c><c><v>8</v></c></row></sheetData>"
    merged = "<mergeCells><mergeCell ref='A1:B1'/></mergeCells>"
    rows, notes = read(workbook_of(sheet + merged))
    assert rows[0].cells == ("合计", "", "8") and "below merged ones B1" in notes[0].en


def test_values_that_a_format_hides_are_named() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["甲", 5, 0, "底稿", " "])
    for cell in sheet["B1:E1"][0]:
        cell.number_format = ";;;"
    rows, notes = read(excel_bytes(book))
    assert rows == [Row(("甲",), 1)]
    assert [note.en for note in notes] == [
        "sheet 'Sheet': cells whose format shows nothing B1, D1 left out"
    ]


def test_pictures_and_text_boxes_are_named() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("甲")
        sheet.write(0, 0, "乙")
        sheet.insert_textbox(2, 0, "附注 一")
        sheet.insert_image(5, 0, "x.png", {"image_data": io.BytesIO(PICTURE)})
    rows, notes = read(file.getvalue())
    assert rows == [Row(("乙",), 1)]
    assert [note.en for note in notes] == [
        "sheet '甲': pictures, which are not read, 1 left out",
        "sheet '甲': text boxes 附注 一 left out",
    ]


def test_what_a_drawing_holds_for_older_programs_is_counted_once() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("甲")
        sheet.write(0, 0, "乙")
        sheet.insert_textbox(2, 0, "附注")
        sheet.insert_image(5, 0, "x.png", {"image_data": io.BytesIO(PICTURE)})
    members = archive.unpack(file.getvalue(), lambda _: True)
    name = "xl/drawings/drawing1.xml"
    namespace = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    for tag in (b"xdr:sp", b"xdr:pic"):
        before, held, after = re.split(
            rb"(<%b>.*?</%b>|<%b .*?</%b>)" % ((tag,) * 4), members[name]
        )
        both = b"<mc:Choice>%b</mc:Choice><mc:Fallback>%b</mc:Fallback>" % (held, held)
        both = b'<mc:AlternateContent xmlns:mc="%b">%b</mc:AlternateContent>' % (
            namespace.encode(),
            both,
        )
        members[name] = before + both + after
    _, notes = read(zip_bytes(members))
    assert [note.en for note in notes] == [
        "sheet '甲': pictures, which are not read, 1 left out",
        "sheet '甲': text boxes 附注 left out",
    ]


def test_zeros_are_not_shown_where_the_sheet_says_so() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["甲", 0, 1])
    sheet.sheet_view.showZeros = False
    assert read(excel_bytes(book))[0][0].cells == ("甲", "", "1")


def test_error_cells_are_shown_and_reported() -> None:
    book = Workbook()
    book.worksheets[0].append(["甲", "#DIV/0!", "#N/A"])
    (row,) = read(excel_bytes(book))[0]
    assert row.cells == ("甲", "#DIV/0!", "#N/A")
    assert [fault.text for fault in row.faults] == ["#DIV/0!", "#N/A"]
    assert "'Sheet', cell B1 shows an error" in row.faults[0].reason.en


def styled(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def test_old_workbooks_are_read_as_they_are_shown() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("支出")
    for column, (value, code) in enumerate(
        [(0.985, "0.0%"), (5, "00"), (1234.5678, "#,##0.00"), (datetime.date(2026, 12, 20), 'yyyy"年"m"月"d"日"'), ("007", "@")]
    ):  # fmt: skip
        sheet.write(0, column, value, styled(code))
    sheet.write(1, 0, "藏")
    sheet.row(1).hidden = True
    sheet.write(2, 5, "藏")
    sheet.col(5).hidden = True
    sheet.write_merge(3, 4, 0, 1, "并")
    sheet.write(3, 2, True)
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, "x")
    hidden.visibility = 2
    rows, notes = read(xls_bytes(book))
    assert [row.cells for row in rows] == [
        ("98.5%", "05", "1,234.57", "2026年12月20日", "007"),
        ("并", "", "TRUE", "", ""),
    ]
    assert rows[0].exact == (Exact(2, "1234.5678"),)
    assert [note.en for note in notes] == [
        "sheet '支出': hidden rows 2 left out",
        "sheet '支出': hidden columns F left out",
        "hidden sheet '底稿' left out",
    ]


def test_formulas_of_old_workbooks_without_values_are_computed_or_reported() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("支出")
    sheet.write(0, 0, 1.25)
    sheet.write(0, 1, 2)
    sheet.write(1, 0, xlwt.Formula("SUM(A1:B1)"), styled("0.00"))
    sheet.write(1, 1, xlwt.Formula("LOOKUP(A1,A1:B1)"))
    rows, _ = read(xls_bytes(book))
    assert [row.cells for row in rows] == [("1.25", "2"), ("3.25", "")]
    assert [fault.text for fault in rows[1].faults] == ["=LOOKUP(A1,A1:B1)"]


@pytest.mark.parametrize("seed", range(20))
def test_damaged_old_workbooks_are_read_or_refused(seed: int) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("支出")
    sheet.write(0, 0, xlwt.Formula("SUM(A2:A3)"))
    sheet.write_merge(1, 2, 0, 1, "并", styled("0.00"))
    data = bytearray(xls_bytes(book))
    for place in range(seed * 37 % 97, len(data), 97):
        data[place] ^= 1 << seed % 8
    try:
        read(bytes(data))
    except DocumentError as error:
        assert "damaged" in error.reason.en or "encrypted" in error.reason.en


CELLS_2003 = """
<Table><Column ss:Index="2" ss:Hidden="1"/><Column ss:Index="5" ss:StyleID="code"/>
<Row><Cell><Data ss:Type="String">甲<B xmlns="http://www.w3.org/TR/REC-html40">乙</B>丙</Data><Comment><Data>批注</Data></Comment></Cell>
<Cell><Data ss:Type="Number">1</Data></Cell><Cell ss:StyleID="share"><Data ss:Type="Number">0.985</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="Number">5</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">藏</Data></Cell></Row>
<Row ss:Index="4" ss:StyleID="money"><Cell ss:MergeAcross="2"><Data ss:Type="Number">1234.5678</Data></Cell>
<Cell ss:StyleID="day"><Data ss:Type="DateTime">2026-12-20T00:00:00.000</Data></Cell></Row>
<Row ss:StyleID="money"><Cell ss:Formula="=R[-1]C*2"/><Cell ss:Index="4"><Data ss:Type="Error">#N/A</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table>
"""
STYLES_2003 = """
<Style ss:ID="Default"><NumberFormat/></Style>
<Style ss:ID="share"><NumberFormat ss:Format="0.0%"/></Style><Style ss:ID="code"><NumberFormat ss:Format="00"/></Style>
<Style ss:ID="money"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="day"><NumberFormat ss:Format="Long Date"/></Style>
"""


def test_workbooks_in_xml_are_read_as_they_are_shown() -> None:
    hidden = "<Table><Row><Cell><Data ss:Type='String'>x</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    rows, notes = read(xml_workbook(CELLS_2003, hidden, styles=STYLES_2003))
    assert [row.cells for row in rows] == [
        ("甲乙丙", "98.5%", "", "05"),
        ("1,234.57", "", "2026年12月20日", ""),
        ("2,469.14", "", "#N/A", "TRUE"),
    ]
    assert rows[1].exact == (Exact(0, "1234.5678"),)
    assert [fault.text for fault in rows[2].faults] == ["#N/A"]
    assert [note.en for note in notes] == [
        "sheet 'S1': hidden rows 2 left out",
        "sheet 'S1': hidden columns B left out",
        "hidden sheet 'S2' left out",
    ]


def test_damaged_workbooks_in_xml_are_refused() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read(xml_workbook(CELLS_2003)[:-40])


def _old_workbook() -> bytes:
    """An xls file with texts, numbers in two formats and formulas."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("甲")
    for row in range(20):
        sheet.write(row, 0, "甲" * row)
        sheet.write(row, 1, row * 1.5, xlwt.easyxf(num_format_str="0.00"))
        sheet.write(row, 2, xlwt.Formula("SUM(B1:B2)+1"))
    return xls_bytes(book)


XLS = _old_workbook()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_xls_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(XLS)
    for place, value in changes:
        data[place % len(data)] = value
    with suppress(DocumentError):
        read(bytes(data))

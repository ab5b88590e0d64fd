"""What workbooks hold beside what they show, from the file to the records."""

from __future__ import annotations

from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jcdata.extraction.one_document import ParsedDocument, parse_document
from jcdata.schema import BudgetLine, DocumentRecord, ExactValue
from tests.making.files import excel_bytes

ROWS = [
    ["2031年预算支出总表"],
    ["单位名称：某某局", "单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    [None, "合计", "=D4+E4", "=SUM(D5:D6)", "=SUM(E5:E6)"],
    ["201", "甲支出", 5.501234, 5.501234, None],
    ["208", "乙支出", 2.25, None, 2.25],
]


def parsed(sheet: Worksheet, book: Workbook) -> ParsedDocument:
    for cells in sheet["C4:E6"]:
        for cell in cells:
            cell.number_format = "#,##0.00"
    return parse_document(excel_bytes(book), "some.xlsx")


def book_of(rows: list[list[object]]) -> tuple[Worksheet, Workbook]:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    return sheet, book


def test_figures_are_those_shown_and_the_exact_values_are_kept() -> None:
    result = parsed(*book_of(ROWS))
    figures = {(x.item_code, x.measure): x.amount_yuan for x in result.records[BudgetLine]}
    assert figures["", "total"] == Decimal("77500.00")
    assert figures["201", "basic"] == Decimal("55000.00")
    assert result.records[ExactValue] == [
        ExactValue("some", 4, 3, "7.75", "7.751234", page_no=1),
        ExactValue("some", 4, 4, "5.50", "5.501234", page_no=1),
        ExactValue("some", 5, 3, "5.50", "5.501234", page_no=1),
        ExactValue("some", 5, 4, "5.50", "5.501234", page_no=1),
    ]
    assert result.troubles == []


def test_a_cell_that_cannot_be_read_is_one_problem_with_its_line() -> None:
    sheet, book = book_of(ROWS)
    sheet["C6"], sheet["E4"] = "#REF!", "=VLOOKUP(1,D5:E6,2)"
    result = parsed(sheet, book)
    assert [(trouble.line_no, trouble.text) for trouble in result.troubles] == [
        (4, "=D4+E4"),
        (4, "=VLOOKUP(1,D5:E6,2)"),
        (6, "#REF!"),
    ]
    assert "'Sheet', cell C6" in result.troubles[2].reason


def test_what_is_hidden_is_no_problem_but_noted() -> None:
    sheet, book = book_of([*ROWS, ["221", "丙支出", 9.99, 9.99, None]])
    sheet.row_dimensions[7].hidden = True
    result = parsed(sheet, book)
    (record,) = result.records[DocumentRecord]
    assert "hidden rows 7 left out" in record.notes and result.troubles == []
    assert "221" not in {line.item_code for line in result.records[BudgetLine]}


def test_a_masked_cell_does_not_show_its_exact_value() -> None:
    sheet, book = book_of([*ROWS, ["联系电话", 13900001234.5]])
    sheet["B7"].number_format = "0"
    assert [x.line_no for x in parsed(sheet, book).records[ExactValue]] == [4, 4, 5, 5]

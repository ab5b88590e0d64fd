from __future__ import annotations

import datetime

import pytest
from openpyxl import Workbook

from jcdata.documents.formats import archive, excel
from jcdata.documents.formats.rows import Cell, Row
from jcdata.errors import DocumentError
from jcdata.messages import Message
from tests.making.files import as_excel, excel_bytes, zip_bytes


def read(data: bytes) -> tuple[list[Row], list[Message]]:
    rows, notes = excel.read_rows(data)
    return list(rows), notes


def test_sheets_follow_one_another_and_number_their_rows() -> None:
    book = Workbook()
    book.worksheets[0].append(["甲", "1.00"])
    book.create_sheet("空")
    book.create_sheet("三").append(["乙"])
    rows, notes = read(excel_bytes(book))
    assert rows == [Row(("甲", "1.00"), 1), Row(("乙",), 3)] and notes == []


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
        (100 / 3, "33.333333"),
        (1.23e-9, "0"),
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
    assert read(excel_bytes(book))[0] == [Row((text,), 1)]


def test_a_cell_far_away_is_refused_and_a_format_far_away_is_not() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "甲"
    sheet["XFD1048576"].number_format = "0.00"
    assert read(excel_bytes(book))[0] == [Row(("甲",), 1)]
    sheet["XFD1048576"] = 1
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

from __future__ import annotations

import pytest

from jcdata.documents.formats import archive, word
from jcdata.documents.formats.rows import Cell
from jcdata.errors import DocumentError
from tests.making.files import as_word, word_bytes, word_paragraph, zip_bytes


def rows(body: str) -> list[tuple[str, ...]]:
    return [row.cells for row in word.read_rows(word_bytes(body))]


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
    found = [row.cells for row in word.read_rows(as_word(contents))]
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
        b'<!DOCTYPE w [<!ENTITY a "'
        + b"x" * 1000
        + b'">]><w:document xmlns:w="'
        + word._W[1:-1].encode()
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

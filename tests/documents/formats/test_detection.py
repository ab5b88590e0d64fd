from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from jcdata.documents.document import Document, read_document
from jcdata.documents.formats import rows as rows_module
from jcdata.documents.formats.detection import Format, detect, misnamed
from jcdata.errors import DocumentError
from jcdata.extraction.one_document import parse_document
from jcdata.schema import (
    BudgetLine,
    DocumentRecord,
    PrintedCell,
    PrintedTable,
    SourceLine,
    UnrecognisedLine,
)
from tests.making.checkout import CENTRE, RAW
from tests.making.files import (
    Content,
    as_excel,
    as_html,
    as_mail,
    as_pdf,
    as_word,
    contents_of,
    grid,
    word_bytes,
    word_paragraph,
    xls_bytes,
    xml_workbook,
    zip_bytes,
)

CONTENTS: Content = [
    "2031年预算支出总表",
    "单位名称：某某局 单位：万元",
    grid("科目编码|科目名称|合计|基本支出|项目支出\n合计||5.50|5.50|\n201|甲支出|5.50|5.50|"),
    f"经办人：王小明 联系电话：0350-{1234567}",
]
WRITERS: dict[Format, Callable[[Content], bytes]] = {
    Format.HTML: as_html,
    Format.EXCEL: as_excel,
    Format.WORD: as_word,
    Format.PDF: as_pdf,
    Format.MHTML: lambda contents: as_mail({"http://x/a.htm": as_html(contents)}),
}
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")


def read(tmp_path: Path, data: bytes, name: str = "some") -> Document:
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path.read_bytes(), name)


@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_gives_the_same_lines_with_contact_details_masked(
    tmp_path: Path, kind: Format
) -> None:
    read_lines = read(tmp_path, WRITERS[kind](CONTENTS)).lines
    assert ["".join(line.text.split(" ")).strip("\t") for line in read_lines] == [
        "2031年预算支出总表",
        "单位名称：某某局单位：万元",
        "科目编码\t科目名称\t合计\t基本支出\t项目支出",
        "合计\t\t5.50\t5.50",
        "201\t甲支出\t5.50\t5.50",
        "经办人：***联系电话：************",
    ]
    assert [line.no for line in read_lines] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_real_document_gives_the_same_records_in_every_format(
    tmp_path: Path, kind: Format
) -> None:
    name = f"{CENTRE}.txt"
    path = tmp_path / name
    contents = contents_of(read_document((RAW / name).read_bytes(), name))
    path.write_bytes(
        as_pdf(contents, split_rows=True) if kind == Format.PDF else WRITERS[kind](contents)
    )
    expected, found = (
        parse_document((RAW / name).read_bytes(), name).records,
        parse_document(path.read_bytes(), name).records,
    )
    for record in expected:
        if record not in (DocumentRecord, SourceLine, UnrecognisedLine, PrintedTable, PrintedCell):
            assert list(map(without_place, found[record])) == list(
                map(without_place, expected[record])
            ), record.__name__


# What a file says that keeps tables, and one that does not
OF_THE_FORMAT = ("page_no", "printed_table_no", "heading", "row_no", "placed_by")


def without_place(row: tuple[object, ...]) -> list[object]:
    names = getattr(row, "_fields", ())
    return [
        value
        for name, value in zip(names, row, strict=True)
        if "line" not in name and name not in OF_THE_FORMAT
    ]


def test_a_table_without_cells_is_read_beside_tables_that_have_them() -> None:
    text = [
        "2031年预算支出总表",
        "单位：万元",
        "项目 2031年预算数",
        "科目编码 科目名称 合计 基本支出 项目支出",
        "合计 3.50 1.50 2.00",
    ]
    table = grid(
        "项目名称|合计|一般公共预算|政府性基金|国有资本经营预算|财政专户管理资金|单位资金\n甲项目|2.00|2.00||||"
    )
    parsed = parse_document(
        as_html([*text, "2031年项目支出预算表（本年预算）", "单位：万元", table]), "some"
    )
    figures = [
        (line.item_name, line.measure, line.amount_text) for line in parsed.records[BudgetLine]
    ]
    assert figures == [
        ("合计", "total", "3.50"), ("合计", "basic", "1.50"), ("合计", "project", "2.00"),
        ("甲项目", "total", "2.00"), ("甲项目", "general_public", "2.00"),
    ]  # fmt: skip
    assert parsed.troubles == []


@pytest.mark.parametrize("kind", WRITERS)
def test_the_format_is_told_by_content(tmp_path: Path, kind: Format) -> None:
    data = WRITERS[kind](CONTENTS)
    assert detect(data) == kind
    assert misnamed("some", kind) == ()
    misnamed_document = read(tmp_path, data, "budget.txt")
    assert len(misnamed_document.lines) == 6
    assert f"named as text, but is {kind}" in misnamed_document.notes[0].en


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE html><HTML>",
        b"\xef\xbb\xbf<html xmlns:o='urn:x'>",
        b"<p>\xe9\xa2\x84\xe7\xae\x97</p><table><tr><td>1.00</table>",
        b"\r\n<!-- a --><table border=1>",
        b"<meta charset=gbk>",
        b"<!DOCTYPE html>\n",
        b'<%@ page contentType="text/html" %>\n<!DOCTYPE html PUBLIC ""><html>',
        b"<style>p{}</style>",
    ],
)
def test_a_web_page_is_told_by_its_markup(start: bytes) -> None:
    assert detect(start + b"<p>x</p>") == Format.HTML
    assert misnamed("a.XLS", Format.HTML) != () == misnamed("a.htm", Format.HTML)


def test_a_workbook_in_xml_is_told_by_its_root() -> None:
    assert detect(xml_workbook()) == Format.EXCEL == detect(b"\xef\xbb\xbf" + xml_workbook())
    assert misnamed("a.xls", detect(xml_workbook())) == ()
    prefixed = b"<ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'/>"
    assert detect(prefixed) == Format.EXCEL
    assert detect(b"<Workbook xmlns='urn:x'/>") == Format.TEXT


def test_text_with_some_markup_in_it_is_text() -> None:
    assert detect("预算<p>公开</p>".encode()) == Format.TEXT


def embedding(outer: str, inner: str) -> bytes:
    """A compound file with a stream, and a folder that holds another one."""
    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, "乙")
    data = bytearray(xls_bytes(book))
    place = data.index("Root Entry".encode("utf-16-le"))
    for number, (name, kind, right, child) in enumerate(
        [(outer, 2, 2, -1), ("ObjectPool", 1, -1, 3), (inner, 2, -1, -1)], start=1
    ):
        entry = place + 128 * number
        written = f"{name}\0".encode("utf-16-le")
        struct.pack_into(
            "<64sHBBiii", data, entry, written, len(written), kind, 1, -1, right, child
        )
    return bytes(data)


def test_an_object_that_is_embedded_in_an_old_file_is_not_its_format() -> None:
    assert detect(embedding("Workbook", "WordDocument")) == Format.EXCEL
    with pytest.raises(DocumentError, match="an old Word file"):
        detect(embedding("WordDocument", "Workbook"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zip_bytes({"a.txt": b"x"}), "neither Word nor Excel"),
        (b"PK\x03\x04", "damaged archive"),
        (COMPOUND_FILE + "EncryptedPackage\0".encode("utf-16-le"), "encrypted"),
        (
            COMPOUND_FILE + "WordDocument\0".encode("utf-16-le"),
            "an old Word file .* save it as .docx or PDF",
        ),
        (COMPOUND_FILE + "PowerPoint Document\0".encode("utf-16-le"), "old Office file"),
        (b"{\\rtf1\\ansi x}", "an RTF file, .* save it as .docx or PDF"),
        (COMPOUND_FILE + "Workbook\0".encode("utf-16-le"), "damaged Excel file"),
        (
            b"<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>",
            "a Word file in XML",
        ),
        (b"%PDF-1.7\n%%EOF", "damaged PDF file"),
        (b"<html><body></body></html>", "without text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        read(tmp_path, data)
    assert caught.value.reason.zh and str(caught.value) == str(caught.value.reason)


def test_an_encrypted_archive_is_said_to_be_one(tmp_path: Path) -> None:
    data = bytearray(word_bytes(word_paragraph("甲")))
    with zipfile.ZipFile(tmp_path / "x", "w"):
        pass
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + flags] |= 1
    with pytest.raises(DocumentError, match="encrypted"):
        read(tmp_path, bytes(data))


def test_more_cells_than_a_disclosure_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_module, "MAX_CELLS", 10)
    with pytest.raises(DocumentError, match="no disclosure"):
        read(tmp_path, as_html(CONTENTS))


def test_an_archive_inside_a_file_is_not_opened(tmp_path: Path) -> None:
    inner = zip_bytes({"zeros": bytes(64 * 1024 * 1024)})
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{word_paragraph("甲")}</w:body></w:document>'
    document = read(
        tmp_path, zip_bytes({"word/document.xml": body.encode(), "word/embeddings/a.zip": inner})
    )
    assert [line.text for line in document.lines] == ["甲"]


def test_entities_that_unfold_to_an_absurd_size_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))
    declared = f'<!DOCTYPE w [<!ENTITY e0 "甲">{entities}]>'
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'{declared}<w:document xmlns:w="{namespace}"><w:body>{word_paragraph("乙")}<w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body></w:document>'
    with pytest.raises(DocumentError, match="damaged Word file"):
        read(tmp_path, zip_bytes({"word/document.xml": xml.encode()}))

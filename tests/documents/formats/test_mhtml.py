from __future__ import annotations

from collections.abc import Callable
from email.encoders import encode_7or8bit, encode_base64, encode_quopri
from email.mime.base import MIMEBase

import pytest

from jcdata.documents.document import read_document
from jcdata.documents.formats.detection import Format, detect
from jcdata.errors import DocumentError
from tests.making.files import as_mail

PAGE = "<html><body><p>预算公开</p></body></html>".encode("gb18030")
BOOK = "http://x/5D9B/%E9%A2%84%E7%AE%97.htm"


def lines_of(data: bytes) -> list[str]:
    return [line.text for line in read_document(data, "some.doc").lines]


def sheet(text: str) -> bytes:
    return (
        f"<html><body><table><tr><td>{text}</td><td>1.00</td></tr></table></body></html>".encode()
    )


@pytest.mark.parametrize("encode", [encode_7or8bit, encode_base64, encode_quopri])
def test_a_page_in_any_encoding_is_read(encode: Callable[[MIMEBase], None]) -> None:
    data = as_mail({"http://x/a.htm": PAGE}, encode)
    document = read_document(data, "some.doc")
    assert [line.text for line in document.lines] == ["预算公开"]
    assert [note.en for note in document.notes] == [
        "named as Word, but is MHTML",
        "read as GB18030",
    ]


@pytest.mark.parametrize(
    "head",
    [
        b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n",
        b"From: <Saved by Blink>\nSubject: =?utf-8?Q?=E9=A2=84?=\n folded\nMIME-Version: 1.0\nContent-Type: text/html\n\n",
        b"\r\n\r\nContent-Type: text/html\nMIME-VERSION: 1.0\n\n",
    ],
)
def test_a_mail_is_told_by_its_headers(head: bytes) -> None:
    assert detect(head + PAGE) == Format.MHTML
    assert lines_of(head + PAGE) == ["预算公开"]


@pytest.mark.parametrize("text", ["单位：万元\nMIME-Version: 1.0\n", "MIME\nMIME-Version: 1.0", "Note: a\n\nMIME-Version: 1.0\n"])  # fmt: skip
def test_a_text_about_mails_is_none(text: str) -> None:
    assert detect(text.encode()) == Format.TEXT


def test_the_sheets_of_a_workbook_are_read_without_their_tabs() -> None:
    links = "".join(f'<link id="shLink" href="a.files/sheet00{n}.htm">' for n in (1, 2))
    frames = '<frameset><frame src="a.files/sheet001.htm"><frame src="a.files/tabs.htm"></frameset>'
    pages = {
        BOOK: f"<html><head>{links}</head>{frames}</html>".encode(),
        "http://x/5D9B/a.files/sheet002.htm": sheet("乙"),
        "http://x/5D9B/a.files/tabs.htm": b"<p>Sheet1</p>",
        "http://x/5D9B/A.files/Sheet001.htm": sheet("甲"),
    }
    assert lines_of(as_mail(pages)) == ["甲\t1.00", "乙\t1.00"]
    notes = read_document(as_mail(pages), "some.xls").notes
    assert any("a.files/tabs.htm" in note.en for note in notes)


def test_frames_are_read_and_a_page_that_nothing_shows_is_named() -> None:
    page = "<p>公开</p><iframe src='cid:in@x'></iframe><iframe src='b.htm'></iframe>".encode()
    pages = {"http://x/a.htm": page, "http://x/b.htm": sheet("乙"), "http://x/c.htm": sheet("丙")}
    data = as_mail(pages).replace(b"Content-Location: http://x/c.htm", b"Content-ID: <in@x>")
    assert lines_of(data) == ["公开", "丙\t1.00", "乙\t1.00"]
    pages = {"http://x/a.htm": PAGE, "http://x/b.htm": sheet("乙")}
    document = read_document(as_mail(pages), "some.mht")
    assert [line.text for line in document.lines] == ["预算公开"]
    assert document.notes[0].en.endswith("left out: http://x/b.htm")


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_frames_are_found_in_the_encoding_of_their_page(encoding: str) -> None:
    page = "<p>公开</p><iframe src='表.htm'></iframe>".encode(encoding)
    pages = {"http://x/a.htm": page, "http://x/%E8%A1%A8.htm": sheet("乙")}
    assert lines_of(as_mail(pages)) == ["公开", "乙\t1.00"]


def test_all_pages_are_read_where_the_frames_name_none_of_them() -> None:
    pages = {"a.htm": b"<iframe src='elsewhere.htm'></iframe>", "x:b": sheet("乙"), "": sheet("丙")}
    assert lines_of(as_mail(pages)) == ["乙\t1.00", "丙\t1.00"]


def test_the_mail_says_with_which_page_it_begins() -> None:
    data = as_mail({"http://x/a.htm": sheet("甲"), "http://x/b.htm": sheet("乙")})
    data = data.replace(b"Content-Location: http://x/b.htm", b"Content-ID: <b>")
    assert lines_of(data.replace(b'type="text/html"', b'start="<b>"', 1)) == ["乙\t1.00"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", "without a web page"),
        (as_mail({}), "without a web page"),
        (as_mail({"a": b" "}), "without a web page"),
    ],
    ids=["text", "no page", "an empty page"],  # where parts of a mail are parted is random
)
def test_a_mail_without_a_page_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_document(data, "some.doc")

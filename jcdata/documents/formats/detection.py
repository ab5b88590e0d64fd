"""Which format a file has, by its content: extensions are often wrong, an .xls may be a web page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePath

from jcdata.documents.formats.archive import member_names
from jcdata.documents.formats.decoding import as_utf_8
from jcdata.errors import DocumentError
from jcdata.messages import Message


class Format(StrEnum):
    """A format that is read."""

    TEXT = "text"
    HTML = "HTML"
    MHTML = "MHTML"
    PDF = "PDF"
    WORD = "Word"
    EXCEL = "Excel"


_EXTENSIONS = {
    ".pdf": Format.PDF, ".htm": Format.HTML, ".html": Format.HTML, ".shtml": Format.HTML, ".doc": Format.WORD,
    ".docx": Format.WORD, ".docm": Format.WORD, ".xls": Format.EXCEL, ".xlsx": Format.EXCEL, ".xlsm": Format.EXCEL,
    ".txt": Format.TEXT, ".md": Format.TEXT, ".mht": Format.MHTML, ".mhtml": Format.MHTML,
}  # fmt: skip
SAVE_AS = Message(
    "which is not read: open it in Word or WPS and save it as .docx or PDF",
    "请用 Word 或 WPS 打开后另存为 docx 或 PDF",
)
_HEAD = 1024  # bytes before which %PDF may stand
_MOST_HEADERS = 16 * 1024  # bytes in which a mail says that it is one
_RICH_TEXT = b"{\\rtf"
_ARCHIVE = b"PK\x03\x04"
_COMPOUND_FILE = bytes.fromhex(
    "d0cf11e0a1b11ae1"
)  # in which older Office files and encrypted new ones are stored
_BYTE_ORDER = "(?:\xef\xbb\xbf)?"
_PROLOGUE = rf"\s*+{_BYTE_ORDER}\s*+(?:<[!?%][^>]*>\s*+)*+"
_MARKUP = re.compile(
    rf"{_PROLOGUE}<(?:html|head|body|meta|title|style|script|link|form|frameset|table|div|p|h[1-6]|span|center|main|section|article)\b"
    rf"|\s*+{_BYTE_ORDER}\s*+<!doctype\s+html\b".encode("latin-1"),
    re.IGNORECASE,
)
_OFFICE_XML = re.compile(
    rf"{_PROLOGUE}<(?:[\w.-]+:)?(Workbook|wordDocument|package)\s[^>]*"
    rf"(?:urn:schemas-microsoft-com:office:spreadsheet|http://schemas\.microsoft\.com/office/)".encode(
        "latin-1"
    )
)
_MAIL = re.compile(
    rf"{_BYTE_ORDER}\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:".encode(
        "latin-1"
    ),
    re.IGNORECASE,
)
# What the names of their main parts begin with
_PARTS = {"word/document": Format.WORD, "xl/workbook": Format.EXCEL}


def detect(data: bytes) -> Format:
    """The format of a file; TEXT where it is none of the others.

    Raises DocumentError for a damaged archive, an encrypted Office file, and formats of Office that are not read.
    """
    if is_plain_text(data):
        return Format.TEXT
    if b"%PDF-" in data[:_HEAD]:
        return Format.PDF
    if is_archive(data):
        return _kind_of_archive(member_names(data))
    if data.startswith(_RICH_TEXT):
        raise DocumentError(
            Message(f"an RTF file, {SAVE_AS.en}", f"RTF 文件不能读取，{SAVE_AS.zh}")
        )
    if is_compound_file(data):
        return _kind_of_compound_file(data)
    if root := _OFFICE_XML.match(as_utf_8(data)):
        if root[1] == b"Workbook":
            return Format.EXCEL
        raise DocumentError(
            Message(
                f"a Word file in XML, {SAVE_AS.en}", f"XML 格式的 Word 文件不能读取，{SAVE_AS.zh}"
            )
        )
    return Format.MHTML if _MAIL.match(data[:_MOST_HEADERS]) else Format.HTML


def _kind_of_archive(names: Iterable[str]) -> Format:
    begins = {name.lower().partition(".xml")[0].rstrip("0123456789") for name in names}
    if found := next((kind for part, kind in _PARTS.items() if part in begins), None):
        return found
    raise DocumentError(
        Message("an archive that is neither Word nor Excel", "压缩包，不是 Word 或 Excel 文件")
    )


def _kind_of_compound_file(data: bytes) -> Format:
    if _has_stream(data, "EncryptedPackage"):
        raise DocumentError(Message("the file is encrypted", "文件已加密"))
    is_word = _has_stream(data, "WordDocument")
    is_excel = _has_stream(data, "Workbook") or _has_stream(data, "Book")
    if is_excel and not (is_word and _is_main_stream(data, "WordDocument")):
        return Format.EXCEL
    if is_word:
        raise DocumentError(
            Message(
                f"an old Word file (.doc), {SAVE_AS.en}",
                f"旧版 Word 文件（.doc）不能读取，{SAVE_AS.zh}",
            )
        )
    raise DocumentError(
        Message(
            "an old Office file that is not Excel; save it as .docx or PDF",
            "旧版 Office 文件，请另存为 docx 或 PDF",
        )
    )


def is_plain_text(data: bytes) -> bool:
    """Whether a file begins as none of the other formats does."""
    return not (
        b"%PDF-" in data[:_HEAD]
        or is_archive(data)
        or is_compound_file(data)
        or data.startswith(_RICH_TEXT)
        or _MARKUP.match(as_utf_8(data))
        or _OFFICE_XML.match(as_utf_8(data))
        or _MAIL.match(data[:_MOST_HEADERS])
    )


def is_archive(data: bytes) -> bool:
    """Whether a file is a zip archive, as Office files are since 2007."""
    return data.startswith(_ARCHIVE)


def is_compound_file(data: bytes) -> bool:
    """Whether a file is one in which Office stored its files before."""
    return data.startswith(_COMPOUND_FILE)


def misnamed(file_name: str, kind: Format) -> tuple[Message, ...]:
    """A note where a file's extension says another format than its content."""
    named = _EXTENSIONS.get(PurePath(file_name).suffix.lower(), kind)
    return (
        ()
        if named == kind
        else (Message(f"named as {named}, but is {kind}", f"扩展名为 {named}，内容为 {kind}"),)
    )


def _has_stream(data: bytes, name: str) -> bool:
    """Whether a compound file has a stream of this name: its directory holds names in UTF-16 with a closing zero."""
    return f"{name}\0".encode("utf-16-le") in data


def _is_main_stream(data: bytes, name: str) -> bool:
    """Whether a stream is the file's own: those of an object that is embedded in it lie in a folder. False if it is damaged."""
    from xlrd.compdoc import CompDoc  # takes time, and is rarely needed

    try:
        stream, _, _ = CompDoc(data, logfile=io.StringIO()).locate_named_stream(name)
    except MemoryError:
        raise
    except (
        Exception
    ):  # damaged bytes make the library raise anything; the reader of the workbook says it
        return False
    return stream is not None

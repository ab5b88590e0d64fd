"""How large the sheets of a workbook will be in memory, found before the library that reads them allocates it."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from jcdata.documents.formats.rows import MAX_CELLS
from jcdata.errors import DocumentError
from jcdata.messages import Message

MAX_TEXT = (
    64 * 1024 * 1024
)  # characters of a sheet's cells, each with the shared text that it names
_RELATIONS = "_rels", ".rels"
_LETTERS, _MOST_LETTERS = 26, 6


def check_cells(rows: int, columns: int) -> None:
    """Raise DocumentError for a sheet of more than MAX_CELLS cells, the blank ones too."""
    if rows * columns > MAX_CELLS:
        raise DocumentError(Message(f"a sheet of more than {MAX_CELLS} cells", "工作表过大"))


def check_size(parts: Mapping[str, bytes]) -> None:
    """Raise DocumentError where a cell far away or a text that many cells name would make a sheet huge.

    `parts` are the workbook's by their names; sheets and shared texts are those that a relationship names as such.
    """
    try:
        kinds = dict(_related(parts))
        texts = [
            length
            for name, content in parts.items()
            if kinds.get(name.lower()) == "sharedStrings"
            for length in _text_lengths(content)
        ]
        for name, content in parts.items():
            if kinds.get(name.lower()) == "worksheet":
                _check_sheet(content, texts)
    except etree.LxmlError as error:
        raise DocumentError(
            Message(f"a damaged Excel file: {error}", "Excel 文件已损坏")
        ) from error


def _related(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The names of parts, in lower case as they are compared, with the kinds that relationships give them."""
    for name, content in parts.items():
        folder, relations = posixpath.split(name)
        if not relations.endswith(_RELATIONS[1]) or posixpath.basename(folder) != _RELATIONS[0]:
            continue
        base = "/" + posixpath.dirname(folder)
        for element in _elements(content):
            if _local(element.tag) == "relationship":
                values = _attributes(element)
                target = posixpath.normpath(posixpath.join(base, values.get("target", "")))
                yield target.strip("/").lower(), posixpath.basename(values.get("type", ""))


def _text_lengths(content: bytes) -> Iterator[int]:
    """The number of characters of each shared text, in order."""
    length = 0
    for element in _elements(content):
        tag = _local(element.tag)
        if tag == "t":
            length += len(element.text or "")
        elif tag == "si":
            yield length
            length = 0


def _check_sheet(content: bytes, texts: list[int]) -> None:
    rows = columns = row = column = text = 0
    value: str | None = (
        None  # of the cell that is open; one that only has a format may stand anywhere
    )
    has_content = False  # the row that is open
    for element in _elements(content):
        tag = _local(element.tag)
        if tag in ("v", "is"):
            value = (element.text or "").strip()
        elif tag == "c":
            values = _attributes(element)
            column, own_row = _place(values.get("r", ""), column + 1)
            if value is not None:
                has_content = True
                rows, columns = max(rows, own_row), max(columns, column)
                if values.get("t") == "s" and value.isdecimal() and int(value[:9]) < len(texts):
                    text += texts[int(value[:9])]
            value = None
        elif tag == "row":
            row, column = _number(_attributes(element).get("r", "")) or row + 1, 0
            rows = max(rows, row if has_content else 0)
            has_content = False
        check_cells(rows, columns)
        if text > MAX_TEXT:
            raise DocumentError(
                Message(f"a sheet of more than {MAX_TEXT} characters", "工作表过大")
            )


def _place(reference: str, column: int) -> tuple[int, int]:
    """Column and row of a cell, from 1; `column` and row 0 where its reference doesn't say."""
    letters = reference.rstrip("0123456789")
    if letters.isascii() and letters.isalpha():
        column = 0
        for sign in letters[:_MOST_LETTERS].upper():
            column = column * _LETTERS + ord(sign) - ord("A") + 1
    return column, _number(reference[len(letters) :])


def _number(digits: str) -> int:
    return int(digits[:9]) if digits.isdecimal() else 0


def _elements(content: bytes) -> Iterator[etree._Element]:
    """The elements of a part as they end, without keeping them; nothing that the part declares is expanded."""
    found = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for _, element in found:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _attributes(element: etree._Element) -> dict[str, str]:
    return {_local(name): value for name, value in element.items()}

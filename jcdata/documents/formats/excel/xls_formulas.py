"""Formulas of binary workbooks without a stored value, which the library that reads the cells gives as blank texts."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.compdoc import CompDoc
from xlrd.formula import FMLA_TYPE_CELL, decompile_formula

from jcdata.documents.formats.excel.cells import Formula, Place

_STREAMS = ("Workbook", "Book")
_BOF, _EOF, _BOUNDSHEET, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0006
_WORKSHEET = 0
_HEAD = struct.Struct("<HH")  # of a record: its kind, and how many bytes follow
_SHEET = struct.Struct("<IBB")  # where it begins, whether it is visible, its kind
_STORED = struct.Struct(
    "<HHH8sHIH"
)  # row, column, format, value, flags, unused, length of the formula
_NO_NUMBER, _NO_TEXT = b"\xff\xff", 3


def formulas_without_value(data: bytes, book: xlrd.Book) -> dict[int, dict[Place, Formula]]:
    """The formulas that hold no value, by the index of their worksheet; none if any formula of the workbook holds one.

    For a file that was computed holds blank texts too, where these are what its formulas give.
    """
    stream = _stream(data)
    found: dict[int, dict[Place, Formula]] = {}
    for index, start in enumerate(_worksheets(stream)):
        formulas: dict[Place, Formula] = {}
        for content in _formulas(stream, start):
            row, column, _, value, _, _, length = _STORED.unpack_from(content)
            if value[6:] != _NO_NUMBER or value[0] != _NO_TEXT:
                return {}
            place = Place(row + 1, column + 1)
            code = content[_STORED.size : _STORED.size + length]
            formulas[place] = Formula(_text(book, code, place), place)
        found[index] = formulas
    return found


def _stream(data: bytes) -> bytes:
    """The part of a compound file that holds the workbook, b'' if there is none."""
    file = CompDoc(data, logfile=io.StringIO())
    for name in _STREAMS:
        content, base, length = file.locate_named_stream(name)
        if content:
            return bytes(content[base : base + length])
    return b""


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records from `start` to the end of what begins there, without what is embedded in it."""
    depth = 0
    while start + _HEAD.size <= len(stream):
        kind, length = _HEAD.unpack_from(stream, start)
        start += _HEAD.size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, stream[start : start + length]
        if depth <= 0:
            return
        start += length


def _worksheets(stream: bytes) -> Iterator[int]:
    for kind, content in _records(stream, 0):
        if kind == _BOUNDSHEET:
            start, _, sheet_kind = _SHEET.unpack_from(content)
            if sheet_kind == _WORKSHEET:
                yield start


def _formulas(stream: bytes, start: int) -> Iterator[bytes]:
    return (content for kind, content in _records(stream, start) if kind == _FORMULA)


def _text(book: xlrd.Book, code: bytes, place: Place) -> str:
    """A formula as it is written, '' if the library does not know what stands in it."""
    try:
        text = decompile_formula(
            book, code, len(code), FMLA_TYPE_CELL, browx=place.row - 1, bcolx=place.column - 1
        )
    except MemoryError:
        raise
    # A formula of damaged bytes, or with what the library does not know, makes it raise anything; '' is reported by its cell
    except Exception:
        return ""
    return text or ""

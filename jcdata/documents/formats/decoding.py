"""Bytes to text, in the encodings in which disclosures are published."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from jcdata.errors import DocumentError
from jcdata.messages import Message

BROKEN = "\ufffd"
FEWEST_WHOLE = 20  # characters beyond ASCII for each broken one; fewer mean another encoding
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROLS = (
    20  # bytes of text for each control character; more of them, or a NUL, mean a binary file
)


def as_utf_8(data: bytes) -> bytes:
    """A text in UTF-16 in UTF-8, any other as it is. Markup is known without a mark of its encoding too."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode()
    for encoding in ("utf-16-le", "utf-16-be"):
        if data.startswith("<".encode(encoding)):
            return data.decode(encoding, "replace").encode()
    return data


def decode(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """Bytes to text; a few broken characters, as in a damaged page, are shown as U+FFFD and noted.

    Raises DocumentError for what is empty, binary, or in no encoding that is read.
    """
    notes: tuple[Message, ...] = ()
    if (as_read := as_utf_8(data)) is not data:
        data = as_read
        notes = (Message("read as UTF-16", "按 UTF-16 编码读取"), *_broken_noted(data.decode()))
    if not data.strip():
        raise DocumentError(Message("the file is empty", "文件为空"))
    controls = _BINARY.findall(data)
    if (match := _BINARY.search(data)) and (
        b"\0" in controls or len(controls) * MOST_CONTROLS > len(data)
    ):
        raise DocumentError(
            Message("a binary file, not text", "二进制文件，不是文本"),
            _line_of(data, match.start()),
        )
    try:
        # Hardly any other text is valid UTF-8, whereas GB18030 takes almost any bytes.
        return _decode_as("utf-8-sig", data, notes)
    except UnicodeDecodeError as error:
        try:
            return _decode_as("gb18030", data, (Message("read as GB18030", "按 GB18030 编码读取"),))
        except UnicodeDecodeError:
            line_no = _line_of(data, error.start)
            raise DocumentError(
                Message("neither UTF-8 nor GB18030", "既非 UTF-8 也非 GB18030 编码"), line_no
            ) from error


def _decode_as(
    encoding: str, data: bytes, notes: tuple[Message, ...]
) -> tuple[str, tuple[Message, ...]]:
    """Raises UnicodeDecodeError if more than one in so many characters beyond ASCII are not of the encoding."""
    try:
        return data.decode(encoding), notes
    except UnicodeDecodeError:
        content = data.decode(encoding, "replace")
        if content.count(BROKEN) * (FEWEST_WHOLE + 1) > len(_BEYOND_ASCII.findall(content)):
            raise
        return content, (*notes, *_broken_noted(content))


def _broken_noted(content: str) -> Iterator[Message]:
    """How many characters are broken and where the first one is, if any are."""
    if broken := content.count(BROKEN):
        first = content.count("\n", 0, content.index(BROKEN)) + 1
        yield Message(
            f"{broken} broken characters, first in line {first}, shown as {BROKEN}",
            f"{broken} 处乱码，首见于第 {first} 行",
        )


def _line_of(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1

"""Parts of workbooks in XML, element by element: nothing is expanded, fetched or kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from jcdata.errors import DocumentError
from jcdata.messages import Message

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
_TRUE = frozenset({"1", "true", "on"})


def elements(content: bytes, kept: str = "") -> Iterator[tuple[str, etree._Element]]:
    """The elements of a part as they end, with their names without namespace, their children being empty already.

    Elements named `kept` still have theirs.

    Raises DocumentError for a part that is damaged, nested too deeply, or needs what it declares itself.
    """
    found = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in found:
            yield local(element.tag), element
            if kept and next(element.iterancestors(f"{{*}}{kept}"), None) is not None:
                continue
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.LxmlError as error:
        raise damaged(str(error)) from error


def damaged(reason: str) -> DocumentError:
    """The error of a file that can't be read as a workbook."""
    return DocumentError(Message(f"a damaged Excel file: {reason}", "Excel 文件已损坏"))


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def attributes(element: etree._Element) -> dict[str, str]:
    """An element's attributes by their names without namespace."""
    return {local(name): value for name, value in element.items()}


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text in _TRUE


def whole(text: str | None, default: int = 0) -> int:
    """A whole number of at most nine digits; `default` for another text."""
    return int(text) if text and len(text) < 10 and text.isdecimal() else default


def measure(text: str | None) -> float | None:
    """A height or width; None where none is given."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def unescape(text: str) -> str:
    """A text with the control characters that its XML writes as `_x000D_`."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _SURROGATES else chr(code)


def is_phonetic(element: etree._Element) -> bool:
    """Whether a text is not shown, but says how another one is pronounced."""
    parent = element.getparent()
    return parent is not None and local(parent.tag) == "rPh"

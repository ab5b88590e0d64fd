"""The parts of a Word file: its document, and what relationships name beside it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from jcdata.documents.formats.archive import unpack
from jcdata.errors import DocumentError
from jcdata.messages import Message

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_MARKS = (
    2_000_000  # of mark-up, tags and attributes, in all parts: each takes some 200 bytes of memory
)
# The namespaces of a file that is saved as "Strict", and what they are called else
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_MOST_DIGITS = 7  # of a number, with its sign
_DOCUMENT = "word/document.xml"  # where a file does not say which part it is
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Target(NamedTuple):
    """What a relationship names: its kind, such as `numbering`, and the name of the part."""

    kind: str
    name: str


class Parts:
    """The parts of a file, which have no more than `marks_left` tags and attributes, if that is given.

    Raises DocumentError for one that is damaged, encrypted, or unpacks to an absurd size.
    """

    def __init__(self, data: bytes, marks_left: int | None = None) -> None:
        self._data = data
        self.marks_left = max(MAX_MARKS, len(data)) if marks_left is None else marks_left
        of_file = self._targets_of("").values()
        self._main = next((to.name for to in of_file if to.kind == "officeDocument"), _DOCUMENT)

    @cached_property
    def targets(self) -> dict[str, Target]:
        """What the document names, by the ids of its relationships."""
        return self._targets_of(self._main)

    def document(self) -> etree._Element:
        """The document itself. Raises DocumentError for one that is damaged or missing."""
        return self._parse(self.content(self._main) or b"")

    def beside(self, kind: str) -> etree._Element | None:
        """The part of a kind that the document names; None if there is none. Raises DocumentError if it is damaged."""
        name = next((to.name for to in self.targets.values() if to.kind == kind), None)
        content = None if name is None else self.content(name)
        return None if content is None else self._parse(content)

    def content(self, name: str) -> bytes | None:
        """A part as it stands, whatever the case of its name; None if it is missing."""
        found = unpack(self._data, lambda member: member.lower() == name.lower())
        return next(iter(found.values()), None)

    def take_marks(self, count: int) -> None:
        """Count tags and attributes. Raises DocumentError where they become more than the file is worth."""
        self.marks_left -= count
        if self.marks_left < 0:
            raise DocumentError(Message("a Word file of absurdly many tags", "Word 文件标记过多"))

    def _targets_of(self, part: str) -> dict[str, Target]:
        folder, name = posixpath.split(part)
        content = self.content(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if content is None else dict(_read_targets(self._parse(content), folder))

    def _parse(self, content: bytes) -> etree._Element:
        self.take_marks(content.count(b"<") + content.count(b"="))
        for strict, transitional in _STRICT.items():
            content = content.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(content, parser)
        except etree.LxmlError as error:
            raise DocumentError(
                Message(f"a damaged Word file: {error}", "Word 文件已损坏")
            ) from error


def _read_targets(root: etree._Element, folder: str) -> Iterator[tuple[str, Target]]:
    for relation in root.iter(_RELATION):
        if relation.get("TargetMode") != "External":
            path = posixpath.join("/", folder, relation.get("Target", ""))
            kind = posixpath.basename(relation.get("Type", ""))
            yield relation.get("Id", ""), Target(kind, posixpath.normpath(path).lstrip("/"))


def value_of(element: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of the element at the end of a path of children of `element`; None where there is none."""
    for step in path:
        element = None if element is None else element.find(W + step)
    return None if element is None else element.get(W + "val", "")


def number_of(element: etree._Element | None, *path: str) -> int | None:
    """The same as a number."""
    text = (value_of(element, *path) or "").strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        return None
    return int(text[:_MOST_DIGITS])


def is_on(element: etree._Element | None, *path: str) -> bool | None:
    """Whether a property is switched on; None where it is not named."""
    value = value_of(element, *path)
    return None if value is None else value not in ("0", "false", "off")

"""Documents as the readers hand them on, and their sections."""

from __future__ import annotations

from jcdata.documents.document import Document, number_lines, read_document
from jcdata.documents.sections import Section, find_furniture, find_sections
from tests.making.checkout import RAW


def document(text: str, name: str = "some.txt") -> Document:
    """A document with this text."""
    return Document(name, "0" * 64, list(number_lines(text)))


def sections_of_raw(document_id: str) -> list[Section]:
    """The sections of one of the two real documents."""
    read = read_document((RAW / f"{document_id}.txt").read_bytes(), f"{document_id}.txt")
    return find_sections(read, find_furniture(read))

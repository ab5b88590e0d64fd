"""Workbooks in Office Open XML, transitional and strict: parts of an archive that name one another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jcdata.documents.formats.archive import unpack
from jcdata.documents.formats.excel.cells import Budget, Sheet, Workbook
from jcdata.documents.formats.excel.number_formats import numbered_format
from jcdata.documents.formats.excel.xlsx_sheets import Tables, read_sheet
from jcdata.documents.formats.excel.xml_parts import (
    attributes,
    damaged,
    elements,
    is_phonetic,
    is_true,
    unescape,
    whole,
)

_MAIN, _NO_RELATIONS = "xl/workbook.xml", b"<Relationships/>"


class _Related(NamedTuple):
    """A part that another one names: the last word of the kind of their relation, and its path."""

    kind: str
    path: str


def read_workbook(data: bytes) -> Workbook:
    """Read an archive. Raises DocumentError for one that is damaged, encrypted, or too large."""
    members = unpack(data, lambda name: name.lower().endswith((".xml", ".rels")))
    parts = {name.lower(): content for name, content in members.items()}
    main = next((r.path for r in _related(parts, "").values() if r.kind == "officeDocument"), _MAIN)
    related = _related(parts, main)
    tables = _tables(parts, related)
    workbook = Workbook(sheets=[])
    listed: list[dict[str, str]] = []
    for name, element in elements(_part(parts, main)):
        values = attributes(element)
        if name == "sheet":
            listed.append(values)
        elif name == "workbookPr":
            workbook.is_1904 = is_true(values.get("date1904"))
        elif name == "calcPr":
            workbook.is_computed = not is_true(values.get("fullCalcOnLoad"))
    for number, values in enumerate(listed, start=1):
        title, part = values.get("name", ""), related.get(values.get("id", ""))
        if part is None:
            raise damaged(f"no part for sheet {title!r}")
        if part.kind != "worksheet":
            workbook.others.append(title)
            continue
        sheet = Sheet(
            name=title, number=number, is_hidden=values.get("state", "visible") != "visible"
        )
        read_sheet(sheet, _part(parts, part.path), tables._replace(is_1904=workbook.is_1904))
        for drawing in _related(parts, part.path).values():
            if drawing.kind == "drawing":
                _read_drawing(sheet, _part(parts, drawing.path))
        workbook.sheets.append(sheet)
    return workbook


def _read_drawing(sheet: Sheet, content: bytes) -> None:
    """What lies above the cells of a sheet: its pictures are counted, what is written in boxes is kept."""
    text = ""
    for name, element in elements(content):
        fallback = next(element.iterancestors("{*}Fallback"), None)
        if fallback is not None and fallback.getprevious() is not None:
            continue  # the same once more, for programs that can't show the first
        if name == "pic":
            sheet.pictures += 1
        elif name == "t":
            text += element.text or ""
        elif name == "sp":
            sheet.text_boxes += [text] if text.strip() else []
            text = ""


def _related(parts: Mapping[str, bytes], path: str) -> dict[str, _Related]:
    """What a part names, by the ids that it uses; the archive itself is the part ''."""
    folder, name = posixpath.split(path)
    related: dict[str, _Related] = {}
    for tag, element in elements(
        parts.get(posixpath.join(folder, f"_rels/{name}.rels"), _NO_RELATIONS)
    ):
        if tag == "Relationship":
            values = attributes(element)
            target = posixpath.normpath(posixpath.join("/", folder, values.get("Target", "")))
            kind = posixpath.basename(values.get("Type", ""))
            related[values.get("Id", "")] = _Related(kind, target.strip("/").lower())
    return related


def _part(parts: Mapping[str, bytes], path: str) -> bytes:
    if path not in parts:
        raise damaged(f"no part {path}")
    return parts[path]


def _tables(parts: Mapping[str, bytes], related: Mapping[str, _Related]) -> Tables:
    """What cells name by numbers: shared texts, and formats."""
    texts: list[str] = []
    formats: list[str] = []
    for part in related.values():
        if part.kind == "sharedStrings":
            texts = [*_shared_texts(_part(parts, part.path))]
        elif part.kind == "styles":
            formats = _cell_formats(_part(parts, part.path))
    return Tables(texts=texts, formats=formats, is_1904=False, budget=Budget())


def _shared_texts(content: bytes) -> Iterator[str]:
    text = ""
    for name, element in elements(content):
        if name == "t" and not is_phonetic(element):
            text += element.text or ""
        elif name == "si":
            yield unescape(text)
            text = ""


def _cell_formats(content: bytes) -> list[str]:
    """The number format of each of the formats that cells have."""
    own: dict[int, str] = {}
    numbers: list[int] = []
    for name, element in elements(content):
        values = attributes(element)
        if name == "numFmt":
            own[whole(values.get("numFmtId"))] = values.get("formatCode", "")
        elif name == "xf":
            numbers.append(whole(values.get("numFmtId")))
        elif name == "cellStyleXfs":
            numbers.clear()
        elif name == "cellXfs":
            break
    return [own.get(number) or numbered_format(number) for number in numbers]

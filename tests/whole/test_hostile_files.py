"""Files made to exhaust a reader: each is one problem in time and memory, whatever the libraries make of it."""

from __future__ import annotations

import pytest

from jcdata.documents.formats import archive, rows
from jcdata.documents.formats.excel import cells
from jcdata.errors import DocumentError
from jcdata.extraction.one_document import parse_document
from jcdata.pipeline.batches import Limits, RawFile
from jcdata.pipeline.memory_limit import memory_limit
from jcdata.pipeline.processes import read_one
from jcdata.pipeline.time_limit import TimeLimit
from tests.making.files import zip_bytes

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def relations(**targets: str) -> bytes:
    """The part that says where parts lie, by their kinds."""
    listed = "".join(
        f"<Relationship Id='{kind}' Type='{_OFFICE}/{kind}' Target='{target}'/>"
        for kind, target in targets.items()
    )
    return f"<Relationships xmlns='{_PACKAGE}'>{listed}</Relationships>".encode()


def workbook(
    sheet: str, sheet_part: str = "worksheets/sheet1.xml", shared: str = "", head: str = ""
) -> bytes:
    """A workbook of one sheet with this content."""
    book = "<sheets><sheet name='S' sheetId='1' r:id='worksheet'/></sheets>"
    return zip_bytes(
        {
            "[Content_Types].xml": b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f"<workbook xmlns='{_MAIN}' xmlns:r='{_OFFICE}'>{book}</workbook>".encode(),
            "xl/_rels/workbook.xml.rels": relations(
                worksheet=sheet_part, sharedStrings="sharedStrings.xml"
            ),
            f"xl/{sheet_part}": f"{head}<worksheet xmlns='{_MAIN}'><sheetData><row><c r='A1'><v>1</v></c></row>{sheet}</sheetData></worksheet>".encode(),
            "xl/sharedStrings.xml": f"<sst xmlns='{_MAIN}'>{shared}</sst>".encode(),
        }
    )


def word(body: str) -> bytes:
    """A Word file with this content."""
    return zip_bytes(
        {
            "word/document.xml": f"<w:document xmlns:w='{_WORD}'><w:body>{body}</w:body></w:document>".encode()
        }
    )


def mail(parts: bytes) -> bytes:
    """A mail of these parts."""
    return b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + parts


def page(body: str) -> bytes:
    """A web page with this content."""
    return f"<html><body>{body}</body></html>".encode()


_ENTITIES = "<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
_FAR = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
_WIDE_CELL = (
    "<w:tc><w:tcPr><w:gridSpan w:val='999999'/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
)

HOSTILE = {
    "far_single_quotes.xlsx": workbook(_FAR),
    "far_double_quotes.xlsx": workbook(_FAR.replace("'", '"')),
    "far_lower_case.xlsx": workbook(_FAR.replace("XFD", "xfd")),
    "far_spaces.xlsx": workbook(_FAR.replace("=", " = ")),
    "far_greater_than.xlsx": workbook(_FAR.replace("<c ", "<c t='n>' ")),
    "far_row_only.xlsx": workbook("<row r='1048576'>" + "<c><v>1</v></c>" * 100 + "</row>"),
    "far_other_folder.xlsx": workbook(_FAR, "elsewhere/some.xml"),
    "far_prefixed.xlsx": workbook(
        f"<x:row xmlns:x='{_MAIN}' r='9'><x:c r='XFD1048576'><x:v>1</x:v></x:c></x:row>"
    ),
    "shared_text.xlsx": workbook(
        "<row>" + "<c t='s'><v>0</v></c>" * 1000 + "</row>",
        shared=f"<si><t>{'a' * 100_000}</t></si>",
    ),
    "entities_sheet.xlsx": workbook("<row><c t='str'><v>&a9;</v></c></row>", head=_ENTITIES),
    "nested_sheet.xlsx": workbook("<row>" * 100_000),
    "many_cells.xlsx": workbook("<row>" + "<c><v>1</v></c>" * 40_000 + "</row>"),
    "formulas_chained.xlsx": workbook(
        "".join(f"<row><c><f>SUM(A{n}:XFD1048576)</f></c></row>" for n in range(3, 9000))
    ),
    "formulas_doubled.xlsx": workbook(
        "".join(f"<row><c><f>A{n}&amp;A{n}</f></c></row>" for n in range(1, 5000))
    ),
    "formulas_powers.xlsx": workbook(
        "".join(f"<row><c><f>(A{n}+1.1)^99999</f></c></row>" for n in range(1, 5000))
    ),
    "merged.xlsx": workbook(
        "<row><c><v>1</v></c></row>" * 2000
        + "</sheetData><mergeCells>"
        + "<mergeCell ref='A2:XFD1048576'/>" * 5000
        + "</mergeCells><sheetData>"
    ),
    "parts.mht": mail(b"--b\n\n" * 100_000),
    "parameters.mht": mail(b"--b\nContent-Type: text/html; " + b"a=b; " * 50_000 + b"\n\n<p>x</p>"),
    "nested.mht": b"MIME-Version: 1.0\n"
    + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
    ),
    "nested.docx": word("<w:sdt>" * 100_000),
    "spans.docx": word(f"<w:tbl><w:tr>{_WIDE_CELL * 3000}</w:tr></w:tbl>"),
    "zip_bomb.docx": word(" " * 20_000_000),
    "attributes.html": page(f"<div {' '.join(f'a{n}=1' for n in range(3000))}>x</div>"),
    "attributes_hidden.html": page(
        f"""<div a' b='>' {"/".join(f'a{n}=">"' for n in range(3000))}>x</div>"""
    ),
    "colspan.html": page(f"<table><tr>{'<td colspan=1000000000>a</td>' * 5000}</tr></table>"),
    "rowspan.html": page(
        f"<table><tr><td colspan=900 rowspan=99999>a<td>b</tr>{'<tr><td>b<td>c</tr>' * 500}</table>"
    ),
    "nested.html": page("<div>" * 100_000),
}


REASONS = {
    ("far", ".xlsx"): "or 1000 in a row|not a budget disclosure",
    ("many_cells", ".xlsx"): "a workbook of more than 30000 cells",
    ("shared_text", ".xlsx"): "a workbook of more than 67108864 characters",
    ("formulas", ".xlsx"): "not a budget disclosure",
    ("merged", ".xlsx"): "a sheet of more than 400000 cells",
    ("parts", ".mht"): "more than 10000 parts",
    ("parameters", ".mht"): "not a budget disclosure",
    ("nested", ".mht"): "mail",
    ("nested", ".html"): "nested too deeply",
    ("nested", ""): "damaged",
    ("zip_bomb", ""): "unpacks to more than 4 MiB",
    ("attributes", ""): "a tag of more than 200 attributes",
    ("", "span.html"): "cells, or 1000 in a row|not a budget disclosure",
    ("spans", ""): "cells, or 1000 in a row",
    ("entities", ""): "damaged|no disclosure|not a budget disclosure",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_before_it_costs_anything(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 4 * 1024 * 1024)
    monkeypatch.setattr(cells, "MAX_FILLED", 30_000)
    for module in (rows, cells):
        monkeypatch.setattr(module, "MAX_CELLS", 400_000)
    reason = next(
        reason
        for (start, end), reason in REASONS.items()
        if name.startswith(start) and name.endswith(end)
    )
    with pytest.raises(DocumentError, match=reason), TimeLimit(60), memory_limit(2**28):
        parse_document(HOSTILE[name], name)


def test_what_no_check_foresees_ends_only_its_process() -> None:
    """A library that aborts as it can't allocate: here as the limit is too low for anything."""
    batch = read_one(RawFile("some.xlsx", workbook("")), Limits(memory=0))
    assert [trouble.file_name for trouble in batch.troubles] == ["some.xlsx"]
    assert batch.unreadable == {"some.xlsx"}

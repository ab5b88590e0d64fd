"""The statutory tables and forms of both real documents, written out in every format, give the same records again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page

from jcdata.extraction.one_document import ParsedDocument, parse_document
from jcdata.pipeline.batches import Records
from jcdata.schema import (
    BudgetLine,
    Claim,
    EconomicCrosswalk,
    FormFunding,
    FormPrinting,
    Indicator,
    PerformanceForm,
    Project,
    SourceLine,
)
from tests.making.checkout import BUREAU, CENTRE, RAW
from tests.making.disclosures import disclosure
from tests.making.files import Content, as_excel, as_html, as_printed, as_word

COMPARED = (BudgetLine, EconomicCrosswalk, Project, PerformanceForm, FormFunding, Indicator)
# What depends on where it is printed, and what only a print that cut cells or lost its grid says
PLACES = {
    "page_no", "printed_table_no", "heading", "line_no", "full_line_no", "first_line", "last_line", "row_no", "placed_by",
    "is_truncated", "level3_full",
}  # fmt: skip
WRITERS: dict[str, Callable[[Content], bytes]] = {
    "web page": as_html,
    "Excel": as_excel,
    "Word": as_word,
}


@cache
def published(document_id: str) -> Records:
    """The records of a real document."""
    return parse_document((RAW / f"{document_id}.txt").read_bytes(), f"{document_id}.txt").records


def rows(records: Records, record: type) -> list[dict[str, Any]]:
    """The rows of a table in order, without what depends on the format."""
    found = [
        {name: value for name, value in row._asdict().items() if name not in PLACES}
        for row in records[record]
    ]
    return (
        sorted(found, key=lambda row: (row["table_no"], row["side"]))
        if record is BudgetLine
        else found
    )


def differences(read: Records, expected: Records) -> list[str]:
    """What differs, cell by cell where the same number of rows is there."""
    found = []
    for record in COMPARED:
        left, right = rows(read, record), rows(expected, record)
        for number, (row, other) in enumerate(zip(left, right, strict=False), start=1):
            cells = (
                f"{name} {row[name]!r}, not {other[name]!r}"
                for name in row
                if row[name] != other[name]
            )
            found += [f"{record.__name__} {number}: {cell}" for cell in cells]
        if len(left) != len(right):
            found.append(f"{len(left)} {record.__name__}, not {len(right)}")
    return found


def assert_same(read: ParsedDocument, document_id: str) -> None:
    assert read.troubles == []
    assert differences(read.records, published(document_id)) == []


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("document_id", [BUREAU, CENTRE])
def test_every_format_gives_the_same_rows(document_id: str, kind: str) -> None:
    data = WRITERS[kind](disclosure(published(document_id)))
    assert_same(parse_document(data, document_id), document_id)


@pytest.mark.parametrize(("size", "paper"), [(9, "A4 landscape"), (7, "A4 portrait")])
@pytest.mark.parametrize("document_id", [BUREAU, CENTRE])
def test_what_a_browser_prints_gives_the_same_rows(
    page: Page, document_id: str, size: float, paper: str
) -> None:
    data = as_printed(page, disclosure(published(document_id)), size=size, paper=paper)
    assert_same(parse_document(data, document_id), document_id)


def test_every_row_names_the_page_of_its_line() -> None:
    lines = (RAW / f"{CENTRE}.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    pages = ["".join(lines[start : start + 50]) for start in range(0, len(lines), 50)]
    read = parse_document("\f".join(pages).encode(), "some.txt").records
    page_of = {line.line_no: line.page_no for line in read[SourceLine]}
    places = [
        (row.page_no, page_of[getattr(row, "line_no", None) or row.first_line])
        for record in (*COMPARED, FormPrinting, Claim)
        for row in read[record]
    ]
    assert len({page for page, _ in places}) > 5
    assert all(page == printed for page, printed in places)

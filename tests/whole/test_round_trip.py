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
    EconomicCrosswalk,
    FormFunding,
    Indicator,
    PerformanceForm,
    Project,
)
from tests.making.checkout import BUREAU, CENTRE, RAW
from tests.making.disclosures import disclosure
from tests.making.files import Content, as_excel, as_html, as_printed, as_word

COMPARED = (BudgetLine, EconomicCrosswalk, Project, PerformanceForm, FormFunding, Indicator)
# What depends on where it is printed, and what only a print that cut cells or lost its grid says
PLACES = {"line_no", "first_line", "last_line", "row_no", "placed_by", "is_truncated"}
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

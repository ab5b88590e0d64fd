from __future__ import annotations

import pytest

from jcdata.extraction.record_keys import set_aside_broken
from jcdata.pipeline import batches
from jcdata.pipeline.batches import RawFile, read_batch
from jcdata.schema import BudgetLine, Claim, PerformanceForm, TableOccurrence, document_tables
from tests.making.checkout import BUREAU, CENTRE, RAW


@pytest.fixture(params=[BUREAU, CENTRE])
def records(request: pytest.FixtureRequest) -> dict[type, list]:
    return batches.parse_document(
        (RAW / f"{request.param}.txt").read_bytes(), f"{request.param}.txt"
    ).records


def test_the_keys_of_the_real_documents_hold(records: dict[type, list]) -> None:
    before = {record: list(rows) for record, rows in records.items()}
    assert set_aside_broken(records) == [] and records == before


@pytest.mark.parametrize("table", ["claims", "budget_lines", "source_lines"])
def test_a_row_that_is_there_twice(records: dict[type, list], table: str) -> None:
    rows = next(records[t.record] for t in document_tables() if t.name == table)
    before = list(rows)
    rows.append(rows[0]._replace(line_no=7))
    ((line_no, reason),) = set_aside_broken(records)
    assert line_no == 7 and reason.startswith(f"{table}: (") and reason.endswith(") twice")
    assert next(records[t.record] for t in document_tables() if t.name == table) == before


def test_a_row_that_refers_to_nothing(records: dict[type, list]) -> None:
    lost = records[BudgetLine][0].table_key
    count = sum(row.table_key == lost for row in records[BudgetLine])
    records[TableOccurrence] = [row for row in records[TableOccurrence] if row.table_key != lost]
    broken = set_aside_broken(records)
    assert len(broken) == count and broken[0].reason.startswith(
        "budget_lines: no row of table_occurrences for ("
    )
    assert records[BudgetLine] and not any(row.table_key == lost for row in records[BudgetLine])


def test_what_refers_to_a_row_that_refers_to_nothing(records: dict[type, list]) -> None:
    records[PerformanceForm] = records[PerformanceForm][1:]
    assert set_aside_broken(records)
    assert set_aside_broken(records) == []


def test_a_row_that_breaks_a_key_is_reported_and_the_others_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parse(data: bytes, file_name: str, *_: object) -> batches.ParsedDocument:
        parsed = whole(data, file_name)
        if file_name == "bad.txt":
            parsed.records[Claim].append(parsed.records[Claim][0])
        return parsed

    whole = batches.parse_document
    monkeypatch.setattr(batches, "parse_document", parse)
    data = (RAW / f"{CENTRE}.txt").read_bytes()
    batch = read_batch([RawFile("bad.txt", data), RawFile("good.txt", data)])
    (trouble,) = batch.troubles
    name, line_no, reason = trouble.file_name, trouble.line_no, trouble.reason
    assert (
        name == "bad.txt"
        and line_no
        and reason.startswith("a fault of jcdata: claims: ('bad', 1) twice")
    )
    assert batch.unreadable == set()

from __future__ import annotations

import pytest
from conftest import BUREAU, CENTRE, RAW

from jcdata import batches
from jcdata.batches import RawFile, read_batch
from jcdata.keys import BrokenKeyError, require_keys
from jcdata.schema import BudgetLine, Claim, TableOccurrence, document_tables


@pytest.fixture(params=[BUREAU, CENTRE])
def records(request: pytest.FixtureRequest) -> dict[type, list]:
    return batches.parse_document((RAW / f"{request.param}.txt").read_bytes(), f"{request.param}.txt").records


def test_the_keys_of_the_real_documents_hold(records: dict[type, list]) -> None:
    require_keys(records)


@pytest.mark.parametrize(
    "table", [t.name for t in document_tables() if t.name in ("documents", "claims", "budget_lines", "source_lines")]
)
def test_a_row_that_is_there_twice(records: dict[type, list], table: str) -> None:
    rows = next(records[t.record] for t in document_tables() if t.name == table)
    rows.append(rows[0])
    with pytest.raises(BrokenKeyError, match=f"{table}: .* twice"):
        require_keys(records)


def test_a_row_that_refers_to_nothing(records: dict[type, list]) -> None:
    lost = records[BudgetLine][0].table_key
    records[TableOccurrence] = [row for row in records[TableOccurrence] if row.table_key != lost]
    with pytest.raises(BrokenKeyError, match="budget_lines: no row of table_occurrences"):
        require_keys(records)


def test_a_document_that_breaks_a_key_is_reported_and_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(data: bytes, file_name: str) -> batches.ParsedDocument:
        parsed = whole(data, file_name)
        if file_name == "bad.txt":
            parsed.records[Claim].append(parsed.records[Claim][0])
        return parsed

    whole = batches.parse_document
    monkeypatch.setattr(batches, "parse_document", parse)
    data = (RAW / f"{CENTRE}.txt").read_bytes()
    batch = read_batch([RawFile("bad.txt", data), RawFile("good.txt", data)])
    assert [t.reason.split("(")[0] for t in batch.troubles] == ["a fault of jcdata: BrokenKeyError"]
    assert batch.unreadable == {"bad.txt"} and "claims" in batch.parquet

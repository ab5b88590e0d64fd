"""Documents into records, and a batch of documents into columns: what runs in each process of a build.

A batch is read, corrected and checked by itself, as every check stays within one document, and handed on as one
Parquet file a table, so that nothing but columns travels between processes.
"""

from __future__ import annotations

import gc
import signal
import threading
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import duckdb

from jcdata.annexes import read_glossary, read_purchase_directory
from jcdata.checks.running import fill_check_results
from jcdata.database.warehouse import as_parquet
from jcdata.documents.document import BROKEN, DocumentError, read_document
from jcdata.documents.metadata import describe
from jcdata.documents.sections import find_furniture, find_sections
from jcdata.extraction.coverage import find_unrecognised
from jcdata.extraction.project_links import link_projects
from jcdata.extraction.record_keys import Records, set_aside_broken
from jcdata.forms.costs import read_costs
from jcdata.forms.performance_forms import number_contradictions, read_forms
from jcdata.pipeline.corrections import Correction, apply_corrections
from jcdata.prose.claims import read_claims
from jcdata.schema import (
    Arrears,
    BudgetLine,
    Claim,
    CorrectionApplied,
    CostBreakdown,
    CostComponent,
    DocumentRecord,
    EconomicCrosswalk,
    FormFunding,
    FormPrinting,
    GlossaryTerm,
    Indicator,
    PerformanceForm,
    PrintingContradiction,
    Project,
    PurchaseDirectoryEntry,
    SourceLine,
    TableOccurrence,
    UnrecognisedLine,
    tables,
)
from jcdata.tables.budget_lines import read_tables

_BROKEN_LINE = "a broken character: what stands in this line may be misread / 含乱码，本行内容可能误读"
MOST_SECONDS = 300  # that one document may take; a PDF of a thousand pages takes less


class Trouble(NamedTuple):
    """Something in a file that could not be read; `line_no` is None where it has no line."""

    file_name: str
    line_no: int | None
    text: str
    reason: str


class ParsedDocument(NamedTuple):
    """A document's records by their class, and what could not be read of it."""

    records: Records
    troubles: list[Trouble]


class RawFile(NamedTuple):
    """A file as it lies on the disk; the name is the path below the raw folder."""

    file_name: str
    data: bytes


class Batch(NamedTuple):
    """What a batch of files gives: the Parquet file of each table that has rows, and what could not be read.

    `unreadable` are the names of the files that could not be read at all.
    """

    parquet: dict[str, bytes]
    troubles: list[Trouble]
    unreadable: set[str]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A batch makes millions of records that all stay until its end: looking for garbage among them finds none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_without_collecting()
def read_batch(files: Sequence[RawFile], corrections: Sequence[Correction] = ()) -> Batch:
    """Read, correct and check some files. A file that can't be read, or not in time, is reported among the troubles."""
    parsed: dict[str, ParsedDocument] = {}
    failed: list[Trouble] = []
    for file in files:
        try:
            parsed[file.file_name] = _parse_in_time(file)
        except DocumentError as error:
            failed.append(Trouble(file.file_name, error.line_no, error.line_text, error.reason))
    try:
        with time_limit(MOST_SECONDS):
            parquet = _in_columns(parsed.values(), corrections)
    except DocumentError:
        for name in list(parsed):  # one document must not cost the others, so which is it?
            try:
                with time_limit(MOST_SECONDS):
                    _in_columns([parsed[name]], corrections)
            except DocumentError as error:
                failed.append(Trouble(name, None, "", error.reason))
                del parsed[name]
        parquet = _in_columns(parsed.values(), corrections)
    troubles = [trouble for document in parsed.values() for trouble in document.troubles]
    return Batch(parquet, [*failed, *troubles], {trouble.file_name for trouble in failed})


def _in_columns(documents: Iterable[ParsedDocument], corrections: Sequence[Correction]) -> dict[str, bytes]:
    """All rows, corrected and checked. Raises DocumentError for a value that no column or no check can take."""
    records: Records = {table.record: [] for table in tables()}
    for document in documents:
        for record, rows in document.records.items():
            records[record] += rows
    records[CorrectionApplied] = apply_corrections(corrections, records)
    try:
        return as_parquet(records, fill_check_results)
    except duckdb.Error as error:
        raise DocumentError(_fault_of_program(str(error).splitlines()[0])) from error


def _parse_in_time(file: RawFile) -> ParsedDocument:
    """An error of the program in one document must not cost the others: it becomes a DocumentError that says where."""
    try:
        with time_limit(MOST_SECONDS):
            parsed = parse_document(file.data, file.file_name)
            for line_no, reason in set_aside_broken(parsed.records):
                parsed.troubles.append(Trouble(file.file_name, line_no, "", _fault_of_program(reason)))
            return parsed
    except DocumentError:
        raise
    except Exception as error:  # whatever it is, the other documents of the batch are read
        place = traceback.extract_tb(error.__traceback__)[-1]
        raise DocumentError(_fault_of_program(f"{error!r} in {Path(place.filename).name}:{place.lineno}")) from error


def _fault_of_program(what: object) -> str:
    return f"a fault of jcdata: {what} / 程序错误，请反馈"


def parse_document(data: bytes, file_name: str) -> ParsedDocument:
    """Read the content of a file into records. Raises DocumentError for a file that can't be read at all."""
    document = read_document(data, file_name)
    furniture = find_furniture(document)
    sections = find_sections(document, furniture)
    description = describe(document, sections, furniture)
    record = description.record
    read = read_tables(record.document_id, record.layout, sections, record.unit_name, record.source_unit)
    forms = read_forms(record.document_id, record.layout, sections)
    costs = read_costs(document, forms, record.fiscal_year)
    claims = read_claims(record.document_id, sections)
    directory = read_purchase_directory(record.document_id, sections)
    glossary = read_glossary(record.document_id, sections)
    records: Records = {
        DocumentRecord: [record],
        SourceLine: description.source_lines,
        TableOccurrence: read.occurrences,
        BudgetLine: read.budget_lines,
        EconomicCrosswalk: read.crosswalk,
        Project: link_projects(read.projects, forms.forms),
        PerformanceForm: forms.forms,
        FormPrinting: forms.printings,
        FormFunding: forms.funding,
        Indicator: forms.indicators,
        PrintingContradiction: list(number_contradictions(record.document_id, forms.contradictions)),
        CostComponent: costs.components,
        CostBreakdown: costs.breakdowns,
        Arrears: costs.arrears,
        Claim: claims,
        PurchaseDirectoryEntry: directory,
        GlossaryTerm: glossary,
        UnrecognisedLine: find_unrecognised(
            document, sections, furniture, record.unit_name, read, forms, claims, [*directory, *glossary]
        ),
    }
    broken = [(line.no, line.text, _BROKEN_LINE) for line in document.lines if BROKEN in line.text]
    return ParsedDocument(records, [Trouble(file_name, *fault) for fault in [*broken, *read.faults]])


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raises DocumentError if what runs inside takes longer.

    Only a process's main thread can be interrupted, and not on Windows; elsewhere there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    reason = f"not read and checked within {seconds} seconds / 超过读取核对时限"
    is_over = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_over
        is_over = True
        raise DocumentError(reason)

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except RuntimeError as error:  # DuckDB's, which says that a query was interrupted, and not why
        if is_over:
            raise DocumentError(reason) from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)

"""Documents into records, and a batch of documents into columns: what runs in each process of a build.

A batch is read, corrected and checked by itself, as every check stays within one document, and handed on as one
Parquet file a table, so that nothing but columns travels between processes.
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from jcdata.checks.running import fill_check_results
from jcdata.database.warehouse import as_parquet
from jcdata.errors import DocumentError
from jcdata.extraction.one_document import ParsedDocument, Trouble, parse_document
from jcdata.extraction.record_keys import Records, set_aside_broken
from jcdata.messages import Message
from jcdata.pipeline.corrections import Correction, apply_corrections
from jcdata.pipeline.inputs import program_checksum
from jcdata.pipeline.memory_limit import MOST_MEMORY, memory_limit
from jcdata.pipeline.time_limit import MOST_SECONDS, SCAN_SECONDS, TimeLimit
from jcdata.schema import (
    CorrectionApplied,
    tables,
)


class RawFile(NamedTuple):
    """A file as it lies on the disk; the name is the path below the raw folder, its id the name alone if None."""

    file_name: str
    data: bytes
    document_id: str | None = None


class Batch(NamedTuple):
    """What a batch of files gives: the Parquet file of each table that has rows, and what could not be read.

    `unreadable` are the names of the files that could not be read at all, `program` is the checksum of what read them;
    older programs, on a worker of a cluster, give none.
    """

    parquet: dict[str, bytes]
    troubles: list[Trouble]
    unreadable: set[str]
    program: str = ""


class Limits(NamedTuple):
    """What a document may take: seconds to be read, and again to be checked, and bytes of memory to be read.

    A page that is recognised in a picture may take `scan_seconds` more.
    """

    seconds: int = MOST_SECONDS
    memory: int = MOST_MEMORY
    scan_seconds: int = SCAN_SECONDS


LIMITS = Limits()


class Task(NamedTuple):
    """What `read_batch` is asked: its temporary files go below `scratch`, or where the system puts them."""

    files: Sequence[RawFile]
    corrections: Sequence[Correction] = ()
    limits: Limits = LIMITS
    scratch: Path | None = None


def not_read(file_name: str, error: DocumentError) -> Trouble:
    """Why nothing of a file could be read."""
    return Trouble(
        file_name=file_name,
        line_no=error.line_no,
        text=error.line_text,
        reason=str(error.reason),
    )


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A batch makes millions of records that all stay until its end: looking for garbage among them finds none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_collecting()
def read_batch(
    files: Sequence[RawFile], corrections: Sequence[Correction] = (), limits: Limits = LIMITS,
    scratch: Path | None = None, begin: Callable[[str], None] = lambda file_name: None,
) -> Batch:  # fmt: skip
    """Read, correct and check some files. A file that can't be read, or not within limits, is among the troubles.

    Raises DocumentError for a fault of the program that is none of a single file, OSError where nothing can be written.
    `begin` is told the name of each file before it is read, before each of its pages that is recognised in a picture, and
    before it is checked by itself, and '' before all are checked.
    """
    parsed: dict[str, ParsedDocument] = {}
    failed: list[Trouble] = []
    for file in files:
        begin(file.file_name)
        try:
            parsed[file.file_name] = _parse(file, limits, begin)
        except DocumentError as error:
            failed.append(not_read(file.file_name, error))
    begin("")
    try:
        with TimeLimit(limits.seconds):
            parquet = _in_columns(parsed.values(), corrections, scratch)
    except DocumentError:
        for name in list(parsed):  # one document must not cost the others, so which is it?
            begin(name)
            try:
                with TimeLimit(limits.seconds):
                    _in_columns([parsed[name]], corrections, scratch)
            except DocumentError as error:
                failed.append(not_read(name, error))
                del parsed[name]
        begin("")
        parquet = _in_columns(parsed.values(), corrections, scratch)
    troubles = [trouble for document in parsed.values() for trouble in document.troubles]
    return Batch(
        parquet=parquet,
        troubles=[*failed, *troubles],
        unreadable={trouble.file_name for trouble in failed},
        program=program_checksum(),
    )


def _in_columns(
    documents: Iterable[ParsedDocument], corrections: Sequence[Correction], scratch: Path | None
) -> dict[str, bytes]:
    """All rows, corrected and checked. Raises DocumentError for what no column or no check can take."""
    records: Records = {table.record: [] for table in tables()}
    for document in documents:
        for record, rows in document.records.items():
            records[record] += rows
    records[CorrectionApplied] = apply_corrections(corrections, records)
    try:
        return as_parquet(records, fill_check_results, scratch)
    except (MemoryError, OSError):
        raise  # what the machine lacks is no fault of the program
    except Exception as error:  # whatever it is, the other documents are checked
        raise DocumentError(_fault_of_program(_where(error))) from error


def _parse(file: RawFile, limits: Limits, begin: Callable[[str], None]) -> ParsedDocument:
    """An error of the program in one document must not cost the others: it becomes a DocumentError that says where."""
    try:
        with TimeLimit(limits.seconds) as time_limit, memory_limit(limits.memory):

            def begin_scan() -> None:
                time_limit.extend(limits.scan_seconds)
                begin(file.file_name)

            parsed = parse_document(file.data, file.file_name, begin_scan, file.document_id)
            for line_no, reason in set_aside_broken(parsed.records):
                parsed.troubles.append(
                    Trouble(
                        file_name=file.file_name,
                        line_no=line_no,
                        text="",
                        reason=str(_fault_of_program(reason)),
                    )
                )
            return parsed
    except DocumentError:
        raise
    except Exception as error:  # whatever it is, the other documents of the batch are read
        raise DocumentError(_fault_of_program(_where(error))) from error


def _where(error: Exception) -> str:
    """An error, of SQL without the statement, and where it was raised."""
    said = str(error).splitlines()[0] if isinstance(error, duckdb.Error) else repr(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{said} in {Path(place.filename).name}:{place.lineno}"


def _fault_of_program(what: object) -> Message:
    return Message(f"a fault of jcdata: {what}", "程序错误，请反馈")

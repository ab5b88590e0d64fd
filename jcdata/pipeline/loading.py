"""What a build changes in the database: documents that left, are new, or are replaced by a corrected version."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import duckdb

from jcdata import paths
from jcdata.checks.across_documents import compare_documents, prepare_comparison
from jcdata.classification import classification
from jcdata.database import opening, warehouse
from jcdata.database.empty import create_database
from jcdata.database.records import read_records
from jcdata.errors import DatabaseError
from jcdata.extraction.one_document import Trouble
from jcdata.messages import Message
from jcdata.pipeline.corrected_versions import find_replaced
from jcdata.pipeline.corrections import Correction
from jcdata.pipeline.inputs import Inputs
from jcdata.pipeline.processes import Reading
from jcdata.schema import (
    BuiltWith,
    ClassificationItem,
    DocumentRecord,
    InputFile,
    Problem,
    Review,
)


class LastBuild(NamedTuple):
    """What a database says of its input: what read it, the files by name, what could not be read of them, and the reviews."""

    program: str
    files: dict[str, InputFile]
    troubles: list[Trouble]
    reviews: list[Review]

    @property
    def has_documents(self) -> bool:
        """Whether any file was loaded."""
        return any(file.document_id for file in self.files.values())

    @property
    def build_id(self) -> str:
        """The same for the same input and program; reviews are in no clean file."""
        return hashlib.sha256(
            repr((self.program, sorted(self.files.values()), self.troubles)).encode()
        ).hexdigest()

    def is_same(self, inputs: Inputs) -> bool:
        """Whether a build of these inputs would change nothing."""
        return (
            not inputs.to_read
            and sorted([*inputs.known, *inputs.left_out]) == sorted(self.files.values())
            and [t for t in self.troubles if t.file_name != paths.CORRECTIONS]
            == _in_order(self.remaining(inputs))
        )

    def remaining(self, inputs: Inputs) -> list[Trouble]:
        """What can't be read before anything is read: of the files that are as they were, and of finding the others."""
        known = {file.file_name for file in inputs.known}
        if inputs.given is not None:
            known |= {t.file_name for t in self.troubles} - inputs.given - {paths.CORRECTIONS}
        return list(
            dict.fromkeys([*(t for t in self.troubles if t.file_name in known), *inputs.troubles])
        )


NOTHING = LastBuild(program="", files={}, troubles=[], reviews=[])


class Changes(NamedTuple):
    """The documents that came, left or changed, and the fiscal years that they had and have."""

    document_ids: set[str]
    years: set[int | None]


def read_last_build(database: Path) -> LastBuild | None:
    """What a database says of its input; None if it can't be read, being damaged or made by a program with other tables."""
    if not database.exists():
        return NOTHING
    try:
        with opening.connect_own(database) as con:
            return read_state(con)
    except (duckdb.Error, TypeError, ValueError, DatabaseError):
        return None


def read_state(con: duckdb.DuckDBPyConnection) -> LastBuild:
    """What the database of a connection says of its input."""
    (built_with,) = read_records(con, BuiltWith, "built_with")
    files = {file.file_name: file for file in read_records(con, InputFile, "input_files")}
    return LastBuild(
        program=built_with.program,
        files=files,
        troubles=read_records(con, Trouble, "problems ORDER BY problem_no"),
        reviews=read_records(con, Review, "reviews ORDER BY finding_id"),
    )


def open_prepared(
    opened: ExitStack, old: Path | None, new: Path, cores: int
) -> duckdb.DuckDBPyConnection:
    """Open a new database, a copy of the old one or one without rows, with all in it that needs none of the files."""
    if old is None:
        create_database(new)
    else:
        shutil.copyfile(old, new)
    con = opened.enter_context(warehouse.open_new(new, cores))
    warehouse.replace_rows(con, ClassificationItem, classification())
    prepare_comparison(con, warehouse.BUILT)
    return con


def load(
    con: duckdb.DuckDBPyConnection, parts: Path, inputs: Inputs, last: LastBuild, reading: Reading,
    corrections: Sequence[Correction], program: str,
) -> Changes:  # fmt: skip
    """Bring a database that holds the known files, or nothing, up to date with what was read into `parts`.

    Raises duckdb.ConstraintException if a value is not one that its column allows.
    """
    kept = {file.document_id for file in inputs.known if file.document_id}
    before = {d.document_id: d for d in read_records(con, DocumentRecord, "documents")}
    read_parts = (
        read_records(con, DocumentRecord, files) for files in warehouse.parts_of(parts, "documents")
    )
    new = {d.document_id: d for documents in read_parts for d in documents}
    # The corrected version of a document may have come before it or now: so all are asked.
    present = {document_id: d for document_id, d in before.items() if document_id in kept} | new
    replaced = find_replaced(present.values())
    gone = before.keys() - kept | kept & replaced.keys()
    # Deleted before the new ones come, as these may have the same keys.
    warehouse.remove_documents(con, gone)
    warehouse.add_documents(con, parts, replaced.keys())
    read = [
        InputFile(
            file_name=f.file_name,
            sha256=f.sha256,
            outcome="loaded",
            document_id=f.document_id,
            other_file=None,
        )
        for f in inputs.to_read
    ]
    files = [_outcome(file, reading, replaced, present) for file in [*inputs.known, *read]]
    warehouse.replace_rows(con, InputFile, sorted([*files, *inputs.left_out]))
    troubles = [
        *last.remaining(inputs),
        *reading.troubles,
        *(
            Trouble(file_name=paths.CORRECTIONS, line_no=None, text=c.evidence, reason=_idle(c))
            for c in _not_applied(con, corrections)
        ),
    ]
    warehouse.replace_rows(con, Problem, _numbered(troubles))
    warehouse.replace_rows(con, BuiltWith, [BuiltWith(program)])
    changed = gone | new.keys() - replaced.keys()
    all_documents = [*before.values(), *new.values()]
    units = [(d.document_id, d.unit_name) for d in all_documents if d.document_id in changed]
    changed |= compare_documents(con, warehouse.BUILT, units)
    return Changes(changed, {d.fiscal_year for d in all_documents if d.document_id in changed})


def _outcome(
    file: InputFile, reading: Reading, replaced: dict[str, str], present: dict[str, DocumentRecord]
) -> InputFile:
    """What becomes of a file that was loaded before or that was to be read.

    One that could not be opened has no checksum, so that the next build tries again.
    """
    if file.file_name in reading.unopened:
        return file._replace(sha256="", outcome="refused", document_id=None)
    if file.file_name in reading.unreadable:
        return file._replace(outcome="unreadable", document_id=None)
    if file.document_id in replaced:
        return file._replace(
            outcome="replaced",
            document_id=None,
            other_file=present[replaced[file.document_id]].file_name,
        )
    return file


def _not_applied(
    con: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]
) -> list[Correction]:
    applied = con.sql(
        "SELECT document_id, table_name, line_no, column_name, printed_yuan FROM corrections_applied"
    )
    done = set(applied.fetchall())
    return [
        c
        for c in corrections
        if (c.document_id, c.table.name, c.line_no, c.column, c.expect) not in done
    ]


def _idle(c: Correction) -> str:
    place = f"{c.document_id}:{c.line_no}"
    return str(
        Message(
            f"correction {c.number} not applied: {place} prints no {c.expect}",
            "更正未执行，原文无此金额",
        )
    )


def _numbered(troubles: Iterable[Trouble]) -> list[Problem]:
    return [
        Problem(
            problem_no=number,
            file_name=t.file_name,
            line_no=t.line_no,
            text=t.text,
            reason=t.reason,
            page_no=t.page_no,
        )
        for number, t in enumerate(_in_order(troubles), start=1)
    ]


def _in_order(troubles: Iterable[Trouble]) -> list[Trouble]:
    return sorted(troubles, key=lambda t: (t.file_name, t.line_no or 0))

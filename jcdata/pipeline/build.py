"""From raw files to a database and clean files: the table of contents of the project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import duckdb

from jcdata import paths
from jcdata.classification import classification
from jcdata.database import warehouse
from jcdata.database.definitions import create_tables, create_views
from jcdata.database.records import read_records
from jcdata.exports.replacing import replace_file
from jcdata.extraction.one_document import Trouble
from jcdata.pipeline.clean_files import (
    is_current,
    mark_current,
    put_in_place,
    write_all,
    write_changed,
)
from jcdata.pipeline.corrections import read_corrections
from jcdata.pipeline.inputs import find_inputs, program_checksum
from jcdata.pipeline.loading import NOTHING, LastBuild, load, read_last_build, read_state
from jcdata.pipeline.processes import Processes, read_all
from jcdata.pipeline.staging import locked, staged
from jcdata.schema import ClassificationItem, DocumentRecord, InputFile, UnrecognisedLine

HERE = Processes()
Progress = Callable[[int, int], None]  # files that are read, of how many

MOST_SHOWN = 20  # lines that were not understood


class BuildResult(NamedTuple):
    """What the database holds after a build, and what could not be read.

    `files` says of each input file what became of it, `read_count` how many files had to be read. `unrecognised` are
    the first of the `unrecognised_count` lines that no reader understood, of `filled_lines` lines with content.
    """

    database: Path
    read_count: int
    files: list[InputFile]
    documents: list[DocumentRecord]
    table_counts: dict[str, int]
    figure_count: int
    filled_lines: int
    unrecognised_count: int
    unrecognised: list[UnrecognisedLine]
    troubles: list[Trouble]

    @property
    def understood_share(self) -> float:
        """The share of the lines with content that some reader understood."""
        return 1 - self.unrecognised_count / self.filled_lines if self.filled_lines else 1.0

    @property
    def exit_status(self) -> int:
        """0, or 2 when something could not be read."""
        return 2 if self.troubles else 0


def build_database(
    raw_dir: Path = paths.RAW_DIR, database: Path = paths.DATABASE, clean_dir: Path | None = paths.CLEAN_DIR,
    corrected: bool = False, full: bool = False, processes: Processes = HERE,
    progress: Progress = lambda done, total: None, waiting: Callable[[], None] = lambda: None,
) -> BuildResult:  # fmt: skip
    """Read the documents below `raw_dir` into the database and the clean files.

    Only what is new or changed since the last build is read, everything with `full`. With `corrected` the known errors
    that `corrections.toml` beside the folder declares are corrected. A file that can't be read is reported in the
    result, and the others are loaded all the same. Database and clean files are put in place at the end: an
    interrupted build leaves the old database whole. `waiting` is called if another build of the database is running.

    Raises FileNotFoundError if there is no such folder, DocumentError if it can't be opened or its list of
    sources is unreadable, CorrectionError if that of corrections is, DatabaseError if the database of the last build
    is damaged, OSError if nothing can be written.
    """
    corrections = read_corrections(raw_dir.parent / paths.CORRECTIONS) if corrected else []
    program = program_checksum(corrections)
    with locked(database, waiting), warehouse.damage_told(database):
        last = NOTHING if full else read_last_build(database)
        # Another program, or the same with other corrections, may read the same file otherwise.
        if last.program != program:
            last = NOTHING
        inputs = find_inputs(raw_dir, last.files)
        has_clean = clean_dir is not None and is_current(clean_dir, last.build_id)
        if last is not NOTHING and last.is_same(inputs) and (has_clean or clean_dir is None):
            with warehouse.connect(database) as con:
                return _summarise(con, database, last, 0)
        is_update = bool(inputs.known)
        with staged(database) as folder:
            new_database, new_clean = folder / "new.duckdb", folder / "clean"
            if is_update:
                shutil.copyfile(database, new_database)
            with (
                warehouse.open_new(new_database, processes.cores) as con,
                ThreadPoolExecutor(1) as aside,
            ):
                empty = (
                    None if is_update else aside.submit(_define_all, con)
                )  # while documents are read
                reading = read_all(
                    inputs.to_read, folder / "parts", corrections, processes, progress
                )
                if empty:
                    empty.result()
                changes = load(con, folder / "parts", inputs, last, reading, corrections, program)
                if clean_dir is not None:
                    if is_update and has_clean:
                        write_changed(
                            con, clean_dir, new_clean, changes.document_ids, changes.years
                        )
                    else:
                        write_all(con, new_clean)
                built = read_state(con)
                result = _summarise(con, database, built, len(inputs.to_read))
            if clean_dir is not None:
                put_in_place(new_clean, clean_dir, are_all=not (is_update and has_clean))
            # The mark of a build comes last: what one killed before it leaves is made again.
            replace_file(new_database, database)
        if clean_dir is not None:
            mark_current(clean_dir, built.build_id)
        return result


def _define_all(con: duckdb.DuckDBPyConnection) -> None:
    """All that a database holds before its documents."""
    create_tables(con)
    create_views(con)
    warehouse.replace_rows(con, ClassificationItem, classification())


def _summarise(
    con: duckdb.DuckDBPyConnection, database: Path, built: LastBuild, read_count: int
) -> BuildResult:
    ((figures, unrecognised, filled),) = con.sql(
        "SELECT (SELECT count(*) FROM budget_lines), (SELECT count(*) FROM unrecognised_lines), "
        "(SELECT count(*) FROM source_lines WHERE regexp_matches(text, '[^\\s\\x{A0}\\x{3000}]'))"
    ).fetchall()
    return BuildResult(
        database=database,
        read_count=read_count,
        files=list(built.files.values()),
        documents=read_records(con, DocumentRecord, "documents ORDER BY document_id"),
        table_counts=dict(
            con.sql("SELECT status, count(*) FROM table_occurrences GROUP BY status").fetchall()
        ),
        figure_count=figures,
        filled_lines=filled,
        unrecognised_count=unrecognised,
        unrecognised=read_records(
            con,
            UnrecognisedLine,
            f"unrecognised_lines ORDER BY document_id, line_no LIMIT {MOST_SHOWN}",
        ),
        troubles=built.troubles,
    )

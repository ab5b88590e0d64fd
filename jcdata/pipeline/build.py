"""From raw files to a database and clean files: the table of contents of the project."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import duckdb

from jcdata import paths
from jcdata.checks.reviews import read_reviews
from jcdata.classification import classification
from jcdata.database import opening, warehouse
from jcdata.database.built_file import is_built, require_unwritten, set_logs_aside
from jcdata.database.definitions import create_tables, create_views
from jcdata.database.records import read_records
from jcdata.errors import DamagedError, DocumentError, OutputError
from jcdata.extraction.one_document import Trouble
from jcdata.messages import Message
from jcdata.pipeline import clean_folder
from jcdata.pipeline.clean_files import write_all, write_changed
from jcdata.pipeline.corrections import Correction, read_corrections
from jcdata.pipeline.inputs import Inputs, find_inputs, program_checksum
from jcdata.pipeline.loading import NOTHING, LastBuild, load, read_last_build, read_state
from jcdata.pipeline.processes import Processes, read_all
from jcdata.pipeline.reviewing import reviews_beside
from jcdata.pipeline.staging import locked
from jcdata.replacing import hidden_beside, replace_file, require_replaceable, working_folder
from jcdata.schema import (
    ClassificationItem,
    DocumentRecord,
    InputFile,
    Review,
    StaleReview,
    UnrecognisedLine,
)

HERE = Processes()
Progress = Callable[[int, int], None]  # files that are read, of how many

MOST_SHOWN = 20  # lines that were not understood


class BuildResult(NamedTuple):
    """What the database holds after a build, and what could not be read.

    `files` says of each input file what became of it, `read_count` how many files had to be read. `unrecognised` are
    the first of the `unrecognised_count` lines that no reader understood. Of `printed_count` figures that the documents
    print, `meaning_count` became rows of a meaning. `stale_reviews` are the marks of reviewers that no longer apply.
    """

    database: Path
    read_count: int
    files: list[InputFile]
    documents: list[DocumentRecord]
    table_counts: dict[str, int]
    figure_count: int
    printed_count: int
    meaning_count: int
    unrecognised_count: int
    unrecognised: list[UnrecognisedLine]
    troubles: list[Trouble]
    stale_reviews: list[StaleReview]

    @property
    def understood_share(self) -> float:
        """The share of the printed figures that became rows of a meaning."""
        return self.meaning_count / self.printed_count if self.printed_count else 1.0

    @property
    def exit_status(self) -> int:
        """0, or 2 when something could not be read."""
        return 2 if self.troubles else 0


class Order(NamedTuple):
    """What is to be built, and how; as in `build_database`."""

    raw_dir: Path
    database: Path
    clean_dir: Path | None
    corrections: list[Correction]
    reviews: list[Review]
    program: str
    full: bool
    allow_empty: bool
    processes: Processes
    progress: Progress


def build_database(
    raw_dir: Path = paths.RAW_DIR, database: Path = paths.DATABASE, clean_dir: Path | None = paths.CLEAN_DIR,
    corrected: bool = False, full: bool = False, allow_empty: bool = False, processes: Processes = HERE,
    progress: Progress = lambda done, total: None, notice: Callable[[Message], None] = lambda message: None,
    reviews: Path | None = None,
) -> BuildResult:  # fmt: skip
    """Read the documents below `raw_dir` into the database and the clean files.

    Only what is new or changed since the last build is read, everything with `full`. With `corrected` the known errors
    that `corrections.toml` beside the folder declares are corrected. What reviewers decided about findings is read from
    `reviews`, or from `reviews.toml` beside the database. A file that can't be read is reported in the
    result, and the others are loaded all the same. Database and clean files are put in place at the end: an
    interrupted build leaves the old database whole. `notice` is told what somebody should know meanwhile: that another
    build is waited for, that the old database is damaged or of another version and built anew.

    Raises OutputError if anything but an earlier database or clean files stands where they go, or the three places lie
    in each other; DatabaseError if somebody has the database open for writing; FileNotFoundError if there is no raw
    folder; DocumentError if it can't be opened, its list of sources is unreadable, or documents would be lost because
    the folder is empty (unless `allow_empty`) or can't be read wholly, and for a fault of the program that is in no single
    file; CorrectionError if the list of corrections is unreadable; ReviewError if that of reviews is; WorkerError if a
    worker of the cluster has another program;
    OSError if nothing can be written.
    """
    corrections = read_corrections(raw_dir.parent / paths.CORRECTIONS) if corrected else []
    program = program_checksum(corrections)
    order = Order(
        raw_dir=raw_dir, database=database, clean_dir=clean_dir, corrections=corrections,
        reviews=read_reviews(reviews or reviews_beside(database)), program=program, full=full,
        allow_empty=allow_empty, processes=processes, progress=progress,
    )  # fmt: skip
    _require_places(raw_dir, database, clean_dir)
    with locked(database, notice):
        require_replaceable(database, is_built)  # again: another build may have been waited for
        _set_logs_aside(database, notice)
        last = read_last_build(database)
        if last is None:
            notice(Message(
                f"{database} is damaged or of another version of jcdata: it is built anew",
                "数据库已损坏或由其他版本生成，将重新构建",
            ))  # fmt: skip
        try:
            return _build(order, last, notice)
        except DamagedError as error:
            if last is None:
                raise
            notice(
                Message(f"{error.args[0].en}: it is built anew", f"{error.args[0].zh}，将重新构建")
            )
            return _build(order, None, notice)


def _require_places(raw_dir: Path, database: Path, clean_dir: Path | None) -> None:
    """Raises OutputError if what is written would take the place of anything but what a build wrote there."""
    raw, clean = raw_dir.resolve(), clean_dir and clean_dir.resolve()
    for written in (database.resolve(), clean):
        if written and (
            written.is_relative_to(raw) or (written == clean and raw.is_relative_to(clean))
        ):
            raise OutputError(Message(
                f"{written} and the raw folder {raw} lie in each other: choose another place",
                "输出位置与原始文件夹互相包含，请另选位置",
            ))  # fmt: skip
    require_replaceable(database, is_built)
    if clean_dir:
        clean_folder.require_ours(clean_dir)


def _set_logs_aside(database: Path, notice: Callable[[Message], None]) -> None:
    require_unwritten(database)
    for place in set_logs_aside(database):
        notice(Message(
            f"a log that another program left beside the database is now {place}", f"其他程序遗留的日志已改名为 {place}"
        ))  # fmt: skip


def _build(order: Order, last: LastBuild | None, notice: Callable[[Message], None]) -> BuildResult:
    """Bring the locked database up to date; without a last build, which is None where there is one to replace, anew."""
    database, clean_dir = order.database, order.clean_dir
    before = last or NOTHING
    with warehouse.damage_told(database):
        inputs = find_inputs(
            order.raw_dir, before.files, order.full or before.program != order.program
        )
        _require_documents(order, last, inputs)
        has_clean = clean_dir is not None and clean_folder.is_current(clean_dir, before.build_id)
        if (
            before is not NOTHING
            and before.program == order.program
            and before.is_same(inputs)
            and before.reviews == order.reviews
            and (has_clean or clean_dir is None)
        ):
            with opening.connect(database) as con:
                return _summarise(con, database, before, 0)
        is_update = bool(inputs.known)
        with working_folder(hidden_beside(database, "build")) as folder:
            new_database, new_clean = folder / "new.duckdb", folder / "clean"
            if is_update:
                shutil.copyfile(database, new_database)
            with (
                warehouse.open_new(new_database, order.processes.cores) as con,
                ThreadPoolExecutor(1) as aside,
            ):
                empty = (
                    None if is_update else aside.submit(_define_all, con)
                )  # while documents are read
                reading = read_all(
                    inputs.to_read,
                    folder / "parts",
                    order.corrections,
                    order.processes,
                    order.progress,
                )
                if empty:
                    empty.result()
                changes = load(
                    con, folder / "parts", inputs, before, reading, order.corrections, order.program
                )
                warehouse.replace_rows(con, Review, order.reviews)
                if clean_dir is not None:
                    if is_update and has_clean:
                        write_changed(
                            con, clean_dir, new_clean, changes.document_ids, changes.years
                        )
                    else:
                        write_all(con, new_clean)
                built = read_state(con)
                result = _summarise(con, database, built, len(inputs.to_read))
            _set_logs_aside(database, notice)
            if clean_dir is not None:
                clean_folder.put_in_place(
                    new_clean, clean_dir, are_all=not (is_update and has_clean)
                )
            # The mark of a build comes last: what one killed before it leaves is made again.
            replace_file(new_database, database)
            opening.connect(database).close()  # it can be opened, or the build has failed
        if clean_dir is not None:
            clean_folder.mark_current(clean_dir, built.build_id)
        return result


def _require_documents(order: Order, last: LastBuild | None, inputs: Inputs) -> None:
    """Raises DocumentError if documents would be lost that nobody removed."""
    has_documents = last is None or last.has_documents
    if has_documents and not inputs.to_read and not inputs.known and not order.allow_empty:
        raise DocumentError(Message(
            f"{order.raw_dir} has no document, {order.database} stays as it is; --allow-empty empties it",
            "原始文件夹中没有文件，数据库未作改动；确要清空请加 --allow-empty",
        ))  # fmt: skip
    if inputs.known and last and last.program != order.program:
        raise DocumentError(Message(
            f"another version of jcdata built {order.database}, and documents in it can't be opened now to be read again; "
            f"it stays as it is: {inputs.troubles[0].file_name}",
            "数据库由其他版本生成，其中部分文件现在无法打开重读，数据库未作改动",
        ))  # fmt: skip


def _define_all(con: duckdb.DuckDBPyConnection) -> None:
    """All that a database holds before its documents."""
    create_tables(con)
    create_views(con)
    warehouse.replace_rows(con, ClassificationItem, classification())


def _summarise(
    con: duckdb.DuckDBPyConnection, database: Path, built: LastBuild, read_count: int
) -> BuildResult:
    ((figures, unrecognised, printed, meaning),) = con.sql(
        "SELECT (SELECT count(*) FROM budget_lines), (SELECT count(*) FROM unrecognised_lines), "
        "coalesce(sum(printed_count), 0), coalesce(sum(meaning_count), 0) FROM document_figures"
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
        printed_count=int(printed),
        meaning_count=int(meaning),
        unrecognised_count=unrecognised,
        unrecognised=read_records(
            con,
            UnrecognisedLine,
            f"unrecognised_lines ORDER BY document_id, line_no LIMIT {MOST_SHOWN}",
        ),
        troubles=built.troubles,
        stale_reviews=read_records(con, StaleReview, "stale_reviews"),
    )

"""From raw files to a database and clean files: the table of contents of the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import NamedTuple

import duckdb

from jcdata import paths
from jcdata.checks.reviews import read_reviews
from jcdata.database import opening, warehouse
from jcdata.database.built_file import is_built, require_unwritten, set_logs_aside
from jcdata.database.definitions import store_views
from jcdata.database.records import read_records
from jcdata.errors import DamagedError, DocumentError, OutputError
from jcdata.extraction.one_document import Trouble
from jcdata.messages import Message
from jcdata.pipeline import clean_folder
from jcdata.pipeline.clean_files import write_all, write_changed
from jcdata.pipeline.corrections import Correction, read_corrections
from jcdata.pipeline.given import Given, as_given
from jcdata.pipeline.inputs import FileChanges, Inputs, changes_of, find_inputs, program_checksum
from jcdata.pipeline.loading import (
    NOTHING,
    LastBuild,
    load,
    open_prepared,
    read_last_build,
    read_state,
)
from jcdata.pipeline.processes import Processes, read_all
from jcdata.pipeline.reviewing import reviews_beside
from jcdata.pipeline.staging import locked
from jcdata.replacing import hidden_beside, replace_file, require_replaceable, working_folder
from jcdata.schema import (
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

    `files` says of each input file what became of it, `changes` what is new, changed or gone since the last build,
    `read_count` how many files had to be read. `unrecognised` are
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
    changes: FileChanges

    @property
    def understood_share(self) -> float | None:
        """The share of the printed figures that became rows of a meaning, 0 to 1; None where no figure was read."""
        return self.meaning_count / self.printed_count if self.printed_count else None

    @property
    def exit_status(self) -> int:
        """0, or 2 when something could not be read."""
        return 2 if self.troubles else 0


class Order(NamedTuple):
    """What is to be built, and how; as in `build_database`."""

    given: Given
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
    raw: Path | Sequence[Path] = paths.RAW_DIR, database: Path = paths.DATABASE, clean_dir: Path | None = paths.CLEAN_DIR,
    corrected: bool = False, full: bool = False, allow_empty: bool = False, processes: Processes = HERE,
    progress: Progress = lambda done, total: None, notice: Callable[[Message], None] = lambda message: None,
    reviews: Path | None = None,
) -> BuildResult:  # fmt: skip
    """Read the documents below the folder `raw`, or several folders and files, into the database and the clean files.

    With a folder the database has what is given and nothing else; single files alone are added to what it has, in place of
    those of the same names. Only what is new or changed since the last build is read, everything with `full`. With `corrected` the known errors
    that `corrections.toml` beside the (first) folder declares are corrected. What reviewers decided about findings is read from
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
    given = as_given(raw)
    corrections = _corrections(given, corrected)
    program = program_checksum(corrections)
    order = Order(
        given=given, database=database, clean_dir=clean_dir, corrections=corrections,
        reviews=read_reviews(reviews or reviews_beside(database)), program=program, full=full,
        allow_empty=allow_empty, processes=processes, progress=progress,
    )  # fmt: skip
    _require_places(given, database, clean_dir)
    with locked(database, notice):
        require_replaceable(database, is_built)  # again: another build may have been waited for
        _set_logs_aside(database, notice)
        last = read_last_build(database)
        _require_same_program(given, database, last, program)
        if last is None:
            notice(_built_anew(database))
        try:
            return _build(order, last, notice)
        except DamagedError as error:
            if last is None or given.is_addition:
                raise
            notice(
                Message(f"{error.args[0].en}: it is built anew", f"{error.args[0].zh}，将重新构建")
            )
            return _build(order, None, notice)


def plan_build(
    raw: Path | Sequence[Path] = paths.RAW_DIR, database: Path = paths.DATABASE,
    clean_dir: Path | None = paths.CLEAN_DIR, corrected: bool = False, full: bool = False, allow_empty: bool = False,
    notice: Callable[[Message], None] = lambda message: None,
) -> tuple[FileChanges, list[Trouble]]:  # fmt: skip
    """What a build would do with each file, and which it could not take; nothing is read of them but their checksums, nothing written.

    `notice` is told that the old database is damaged or of another version, so that all would be read again. Raises what
    `build_database` would raise before it reads, but for ReviewError: no reviews are read.
    """
    given = as_given(raw)
    program = program_checksum(_corrections(given, corrected))
    _require_places(given, database, clean_dir)
    require_unwritten(database)
    last = read_last_build(database)
    _require_same_program(given, database, last, program)
    if last is None:
        notice(_built_anew(database))
    before = last or NOTHING
    inputs = find_inputs(given, before.files, full or before.program != program)
    _require_documents(given, database, last, inputs, program, allow_empty)
    return changes_of(inputs, before.files), inputs.troubles


def _built_anew(database: Path) -> Message:
    return Message(
        f"{database} is damaged or of another version of jcdata: it is built anew",
        "数据库已损坏或由其他版本生成，将重新构建",
    )


def _corrections(given: Given, corrected: bool) -> list[Correction]:
    return read_corrections(given.home.parent / paths.CORRECTIONS) if corrected else []


def _require_same_program(
    given: Given, database: Path, last: LastBuild | None, program: str
) -> None:
    """Raises DocumentError where files are added to a database whose other documents would have to be read again."""
    if given.is_addition and (last is None or (last.files and last.program != program)):
        raise DocumentError(Message(
            f"{database} is damaged, or another version of jcdata or other corrections made it; it stays as it is: build it from "
            "its folder, then add files",
            "数据库已损坏，或由其他版本、其他更正清单生成，未作改动；请先用其文件夹重新构建，再添加文件",
        ))  # fmt: skip


def _require_places(given: Given, database: Path, clean_dir: Path | None) -> None:
    """Raises OutputError if what is written would take the place of anything but what a build wrote there."""
    clean = clean_dir and clean_dir.resolve()
    for written, raw in product((database.resolve(), clean), (f.resolve() for f in given.folders)):
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
            order.given, before.files, order.full or before.program != order.program
        )
        changes = changes_of(inputs, before.files)
        _require_documents(order.given, database, last, inputs, order.program, order.allow_empty)
        has_clean = clean_dir is not None and clean_folder.is_current(clean_dir, before.build_id)
        if (
            before is not NOTHING
            and before.program == order.program
            and before.is_same(inputs)
            and before.reviews == order.reviews
            and (has_clean or clean_dir is None)
        ):
            with opening.connect(database) as con:
                return _summarise(con, database, before, changes)
        is_update = bool(inputs.known)
        with working_folder(hidden_beside(database, "build")) as folder:
            new_database, new_clean = folder / "new.duckdb", folder / "clean"
            with ExitStack() as opened:
                with ThreadPoolExecutor(1) as aside:
                    prepared = aside.submit(
                        open_prepared,
                        opened,
                        database if is_update else None,
                        new_database,
                        order.processes.cores,
                    )
                    reading = read_all(
                        inputs.to_read,
                        folder / "parts",
                        order.corrections,
                        order.processes,
                        order.progress,
                    )
                con = prepared.result()
                loaded = load(
                    con, folder / "parts", inputs, before, reading, order.corrections, order.program
                )
                warehouse.replace_rows(con, Review, order.reviews)
                store_views(con)
                if clean_dir is not None:
                    if is_update and has_clean:
                        write_changed(con, clean_dir, new_clean, loaded.document_ids, loaded.years)
                    else:
                        write_all(con, new_clean)
                built = read_state(con)
                result = _summarise(con, database, built, changes)
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


def _require_documents(
    given: Given, database: Path, last: LastBuild | None, inputs: Inputs, program: str, allow_empty: bool
) -> None:  # fmt: skip
    """Raises DocumentError if documents would be lost that nobody removed."""
    has_documents = last is None or last.has_documents
    if has_documents and not inputs.to_read and not inputs.known and not allow_empty:
        raise DocumentError(Message(
            f"{given} has no document, {database} stays as it is; --allow-empty empties it",
            "原始文件夹中没有文件，数据库未作改动；确要清空请加 --allow-empty",
        ))  # fmt: skip
    if inputs.known and last and last.program != program:
        raise DocumentError(Message(
            f"another version of jcdata built {database}, and documents in it can't be opened now to be read again; "
            f"it stays as it is: {inputs.troubles[0].file_name}",
            "数据库由其他版本生成，其中部分文件现在无法打开重读，数据库未作改动",
        ))  # fmt: skip


def _summarise(
    con: duckdb.DuckDBPyConnection, database: Path, built: LastBuild, changes: FileChanges
) -> BuildResult:
    ((figures, unrecognised, printed, meaning),) = con.sql(
        "SELECT (SELECT count(*) FROM budget_lines), (SELECT count(*) FROM unrecognised_lines), "
        "coalesce(sum(printed_count), 0), coalesce(sum(meaning_count), 0) FROM document_figures"
    ).fetchall()
    return BuildResult(
        database=database,
        read_count=len(changes.new) + len(changes.changed) + len(changes.read_again),
        changes=changes,
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

"""A reviewer's mark: added to the file of reviews and to the database at once."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from jcdata import paths
from jcdata.checks.reviews import entry_of, parse_reviews, read_reviews
from jcdata.database import opening, warehouse
from jcdata.database.built_file import require_unwritten
from jcdata.database.records import read_records
from jcdata.errors import ReviewError, SelectionError
from jcdata.messages import Message
from jcdata.pipeline.staging import locked
from jcdata.replacing import hidden_beside, replace_file, working_folder
from jcdata.schema import Finding, Review


def reviews_beside(database: Path) -> Path:
    """Where the reviews of a database lie unless another place is named."""
    return database.with_name(paths.REVIEWS)


def add_review(
    database: Path, finding_id: str, verdict: str, reason: str, by: str | None = None, reviews: Path | None = None,
    notice: Callable[[Message], None] = lambda message: None,
) -> Finding:  # fmt: skip
    """Mark a finding: an entry more at the end of `reviews`, whose other bytes stay, and the verdict in the database.

    `reviews` is the file beside the database if not given. Gives the finding as it is now. File and database are as they
    were where anything is raised: DatabaseError if there is no database, SelectionError if it has no such finding,
    ReviewError for a verdict that there is not, an empty reason or a file that can't be read, OSError if nothing can be
    written.
    """
    path = reviews or reviews_beside(database)
    with opening.connect_own(database) as con:
        finding = _find(con, finding_id)
    with locked(database, notice):
        require_unwritten(database)
        read_reviews(path)  # says what is wrong with it
        content = path.read_bytes() if path.exists() else b""
        entry = entry_of(finding, verdict, reason, by, datetime.date.today())
        try:
            added = content + _ending(content) + entry.encode()
            marks = parse_reviews(added.decode().replace("\r\n", "\n"))
        except (UnicodeEncodeError, ReviewError) as error:
            raise ReviewError(Message(f"{path}: {error}", "无法添加复核")) from error
        # A copy, as by a build: whoever has the database open keeps it, and would keep this program from writing into it.
        with working_folder(hidden_beside(database, "build")) as folder:
            new_database, new_reviews = folder / "new.duckdb", folder / "reviews.toml"
            shutil.copyfile(database, new_database)
            with warehouse.open_new(new_database, 1) as con:
                warehouse.replace_rows(con, Review, marks)
                finding = _find(con, finding_id)
            new_reviews.write_bytes(added)
            replace_file(new_reviews, path)
            replace_file(new_database, database)
    return finding


def _ending(content: bytes) -> bytes:
    """What parts an entry from what stands before it."""
    if not content:
        return b""
    return b"\n" if content.endswith(b"\n") else b"\n\n"


def _find(con: duckdb.DuckDBPyConnection, finding_id: str) -> Finding:
    found = read_records(con, Finding, "findings WHERE finding_id = ?", [finding_id])
    if len(found) != 1:
        raise SelectionError(
            Message(f"no finding {finding_id!r}; `jcdata check` lists them", "没有这个核对发现，可用 jcdata check 查看")
        )  # fmt: skip
    return found[0]

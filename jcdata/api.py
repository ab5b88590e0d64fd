"""The public functions: `jcdata.NAME` is what to call them. Each imports what it needs when it is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from jcdata import paths
from jcdata.database.handles import Database, opened
from jcdata.deprecations import formerly_by_position, formerly_path_first
from jcdata.extras import require

if TYPE_CHECKING:
    from decimal import Decimal

    import duckdb
    import pandas as pd

    from jcdata.extraction.explaining import Explanation
    from jcdata.messages import Message
    from jcdata.pipeline.build import BuildResult
    from jcdata.schema import Finding


@formerly_by_position(2, "clean", "corrected", "full", "jobs", "dask")
def build(
    raw_dir: str | PathLike[str] | Sequence[str | PathLike[str]] = paths.RAW_DIR,
    db: str | PathLike[str] = paths.DATABASE,
    *,
    clean: str | PathLike[str] | None = paths.CLEAN_DIR,
    corrected: bool = False,
    full: bool = False,
    allow_empty: bool = False,
    jobs: int | None = None,
    dask: str | None = None,
    reviews: str | PathLike[str] | None = None,
) -> BuildResult:
    """Read every document below `raw_dir` into the database `db` and the folder of clean files `clean`.

    Does what `jcdata build` does. `raw_dir` may be several folders and files; single files alone are added to what the
    database has, in place of those of the same names. `clean=None` writes no files, `corrected` applies the known errors of the sources.
    Only what is new or changed since the last build is read, everything with `full`; in `jobs` processes (one for each
    processor if not given), or on the cluster of the Dask scheduler at the address `dask`. What
    reviewers decided about findings is read from `reviews`, or from `reviews.toml` beside the database. The result counts what was
    read and lists what was not. Warns if another build is waited for or the old database is damaged and built anew.

    Raises `jcdata.OutputError` if anything but what jcdata wrote stands where database and clean files go,
    `jcdata.DatabaseError` if the database is open for writing elsewhere, FileNotFoundError if there is no raw folder,
    `jcdata.DocumentError` if its list of sources is unreadable or it is empty while the database has documents (unless
    `allow_empty`) or for a fault of jcdata that is in no single file, `jcdata.CorrectionError` if the list of corrections is
    unreadable, `jcdata.ReviewError` if that of reviews is,
    `jcdata.WorkerError` if a worker of the cluster has another program, OSError if nothing can be written.
    """
    from jcdata.pipeline.build import build_database
    from jcdata.pipeline.processes import Processes

    clean_dir = None if clean is None else Path(clean)
    processes = Processes(jobs, dask)
    return build_database(
        Path(raw_dir) if isinstance(raw_dir, (str, PathLike)) else list(map(Path, raw_dir)),
        Path(db),
        clean_dir,
        corrected=corrected,
        full=full,
        allow_empty=allow_empty,
        processes=processes,
        notice=_warn,
        reviews=None if reviews is None else Path(reviews),
    )


def connect(
    db: str | PathLike[str] = paths.DATABASE, *, allow_folders: Iterable[str | PathLike[str]] = ()
) -> duckdb.DuckDBPyConnection:
    """Open a built database for questions.

    Queries can neither change it nor touch anything outside it: no files, no network, no extensions, no settings. Files
    of `allow_folders` and below can be read, and written with `COPY ... TO`; name them with their whole path.
    A frame becomes a table with `register`, or by its name in a `%%sql` cell.

    After a build, a new connection sees the new database, those of before still see the old one. Raises
    `jcdata.DatabaseError`, which says to run `jcdata build`, if there is no database, and for a folder that is not
    there or that holds the database.
    """
    from jcdata.database import opening

    return opening.connect(Path(db), [Path(folder) for folder in allow_folders])


def check(db: Database = paths.DATABASE) -> pd.DataFrame:
    """The findings of a built database, worst first: one row per contradiction or rounding, with its arithmetic in words.

    `db` is a path or an open connection. The columns are those of the view `findings`, which the data dictionary
    explains. Money is in yuan. `stated`, `computed`, `difference` and `tolerance` are exact, as Decimal objects and
    None where there is no figure, because the last digit decides what agrees; `.astype(float)` makes floats of them, for
    statistics. `line_nos` are lists. `finding_id` stays the same in every build, `consequence_of` is the id of the finding
    from which a finding follows, `verdict` and `review_reason` are what a reviewer decided; what was dismissed comes last.
    Raises `jcdata.DatabaseError` if there is no database at the path.
    """
    require("analysis")
    import pandas as pd

    from jcdata.checks import findings
    from jcdata.schema import Finding

    with opened(db) as con:
        return pd.DataFrame(findings.read_results(con), columns=Finding._fields)


def review(
    db: str | PathLike[str],
    finding_id: str,
    verdict: str,
    *,
    reason: str,
    by: str | None = None,
    reviews: str | PathLike[str] | None = None,
) -> Finding:
    """Mark a finding of the database at the path `db` as `accepted` or `dismissed`, as `jcdata review` does.

    `finding_id` is that of `jcdata.check`, `by` who decided. The mark is added at the end of `reviews`, or of `reviews.toml`
    beside the database, and survives every build. Gives the finding as it is now, its money in yuan; a new connection sees
    it, those of before still see the old database. Warns if a build is waited for. File and database are as they were where
    anything is raised: `jcdata.SelectionError` if there is no such finding, `jcdata.ReviewError` for a verdict that there is
    not, an empty reason or a file of reviews that can't be read, `jcdata.DatabaseError` if there is no database or it is open for
    writing elsewhere, OSError if nothing can be written.
    """
    from jcdata.pipeline import reviewing

    return reviewing.add_review(
        Path(db), finding_id, verdict, reason, by, None if reviews is None else Path(reviews), _warn
    )


def diff(db: Database, a: str | PathLike[str], b: str | PathLike[str]) -> pd.DataFrame:
    """What changed from document `a` to document `b`: one row per changed thing, the largest change of each kind first.

    Each is named by its id in `db`, a path or an open connection, or a part that only one id has, or by the path of a file,
    which is then read. The columns are the fields of `jcdata.Change`: money is in yuan, exact in `value_a` and `value_b`, as
    float in `change`; `matched_by` and `similarity` say how the names were matched. Warns if a plan is compared with a
    result, two units with each other, or a file was not read wholly. Raises `jcdata.ComparisonError` for a document that is
    not there, can't be read or is named twice, and `jcdata.DatabaseError` for the database.
    """
    require("analysis")
    import warnings

    import pandas as pd

    from jcdata.comparison import differences, printout, two_documents

    opened = Path(db) if isinstance(db, (str, PathLike)) else db
    compared, troubles = two_documents.compare_documents(opened, str(a), str(b))
    for message in (
        *printout.warnings_of(compared),
        *(f"{t.file_name}: {t.reason}" for t in troubles),
    ):
        warnings.warn(message, stacklevel=2)
    frame = pd.DataFrame(compared.changes, columns=differences.Change._fields)
    return frame.astype(
        {"similarity": float, "change": float, "rate": float, "line_a": "Int64", "line_b": "Int64"}
    )


def explain(
    db: Database, document: str, line: int, *, raw: str | PathLike[str] = paths.RAW_DIR
) -> Explanation:
    """What was seen in a line of a document, and what decided: its table, columns and cells, and what became of them.

    `db` is a path or an open connection, `document` the id of one of its documents or a part that only one id has, `raw` the
    folder from which it was built: the file is read again, for what reading knows and the database does not keep. Without the
    file only what the database has is said. Printed, or as `str`, the result is what `jcdata explain` prints in both languages,
    `said(["zh"])` or `said(["en"])` what it prints in one; `facts` are its parts, each with what it is about (`what`) and what
    is said of that (`said`), messages of both languages (`en`, `zh`). Money is in yuan in English, in 万元 with two decimals in
    Chinese. Raises `jcdata.SelectionError` if there is no such document or line, and
    `jcdata.DatabaseError` if there is no database.
    """
    from jcdata.extraction import explaining

    with opened(db) as con:
        return explaining.explain_line(con, document, line, Path(raw))


def trace(db: Database, asked: str | int | Decimal) -> pd.DataFrame:
    """Every place where a figure or words stand: one row per cell of a table or line, by document and line.

    `db` is a path or an open connection. `asked` is a figure as it is printed or words: without a unit (`156.00`,
    `1560000`) it is read as 万元 and as 元, and found wherever its digits stand; `156万元` is an amount, `8.19%` a
    percentage, `-5` less than nothing; words stand in names of items, projects and indicators and in lines. `what`
    names the row and column, and is empty for a line that no table holds. An empty frame means that it stands nowhere.
    Raises `jcdata.SelectionError` if nothing is asked for, and `jcdata.DatabaseError` if there is no database.
    """
    require("analysis")
    import pandas as pd

    from jcdata.database import tracing

    with opened(db) as con:
        frame = pd.DataFrame(tracing.find_places(con, str(asked)), columns=tracing.Place._fields)
    return frame.astype({"page_no": "Int64", "line_no": "int64"})


@formerly_path_first("folder")
def export_package(db: Database, folder: str | PathLike[str]) -> None:
    """Write every table and view into a folder as a Fiscal Data Package: CSV files and `datapackage.json`.

    `db` is a path or an open connection. Money is in yuan. An apostrophe guards text that a spreadsheet could run as a
    formula; `datapackage.json` says how to take it away. The folder is replaced as a whole if it holds an earlier
    package or nothing, else `jcdata.OutputError` is raised. Raises OSError if it can't be written, and
    `jcdata.DatabaseError` if there is no database or another version of jcdata built it.
    """
    from jcdata.exports import data_package

    with opened(db) as con:
        data_package.export_package(con, Path(folder))


@formerly_path_first("path")
def export_workbook(db: Database, path: str | PathLike[str]) -> None:
    """Write every view and table as a sheet of an Excel workbook, with Chinese headings.

    `db` is a path or an open connection. Money is in 万元 rounded to two decimals and, beside it, exactly in 元. An
    earlier workbook is replaced when the new one is whole. Raises OSError if it can't be written, `jcdata.OutputError`
    if anything else is at the path, and `jcdata.DatabaseError` if there is no database or another version of jcdata built it.
    """
    from jcdata.exports import workbook

    with opened(db) as con:
        workbook.export_workbook(con, Path(path))


def understood(
    db: Database = paths.DATABASE, unit: str | None = None, year: int | None = None
) -> pd.DataFrame:
    """How much of each document was understood and what of it could not be read, in Chinese: what a notebook begins with.

    `db` is a path or an open connection. Raises `jcdata.DatabaseError` if there is no database at the path.
    Files of which nothing could be read are named too, unless a unit or a year is chosen: theirs are not known.
    """
    require("analysis")
    from jcdata.notebook import understood as table

    with opened(db) as con:
        return table.understood(con, unit, year)


def in_chinese(frame: pd.DataFrame, view: str) -> pd.DataFrame:
    """A frame for reading: Chinese headings, 万元 and per cent as text, words for codes.

    `view` is the name of the analysis that gave the frame, or `findings` for a frame of `jcdata.check`.
    """
    from jcdata.analyses import frames

    return frames.in_chinese(frame, view)


@formerly_path_first("path")
def report(
    db: Database, path: str | PathLike[str], *, unit: str | None = None, year: int | None = None
) -> None:
    """Write key figures, analyses and findings as one HTML page that needs no network, as `jcdata report` does.

    `db` is a path or an open connection. Up to six documents, or all of one unit's year, are shown in full; more are
    compared in a table, and the page says how to choose. An earlier report is replaced, for
    anything else `jcdata.OutputError` is raised. Raises OSError if the page can't be written, the old one is then as it
    was, and what `jcdata.composition` raises.
    """
    from jcdata.exports import report

    with opened(db) as con:
        report.write(con, Path(path), unit, year)


def site(
    db: Database,
    folder: str | PathLike[str],
    *,
    files: str | PathLike[str] | None = None,
    address: str = "",
    jobs: int | None = None,
) -> int:
    """Write a site of static pages with a search into a folder, as `jcdata site` does; the number of its files.

    `db` is a path or an open connection. With `files`, the folder of raw documents, each document's file is copied beside
    its pages, contact details included. `address` is where the site will be published, for the citations on its pages.
    Only what changed since the last time is written, in `jobs` processes (one for each processor if not given). For a
    folder that holds anything but an earlier site `jcdata.OutputError` is raised, FileNotFoundError if there is no folder
    `files`. Raises OSError if the site can't be written, and what `jcdata.composition` raises.
    """
    from jcdata.website.writing import Options, write_site

    options = Options(address, None if files is None else Path(files))
    with opened(db) as con:
        return write_site(con, Path(folder), options, jobs).file_count


def _warn(message: Message) -> None:
    import warnings

    warnings.warn(str(message), stacklevel=4)

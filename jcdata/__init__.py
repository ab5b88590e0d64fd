"""Budget disclosures of China's government units as data that one can trust.

import jcdata
jcdata.build("data/raw")              # read the documents, write data/jcdata.duckdb and data/clean
jcdata.check()                        # what the documents contradict, worst first
db = jcdata.connect()                 # a read-only DuckDB connection
db.sql("SELECT item_name, amount_yuan FROM budget_lines WHERE table_no = 3").df()
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from jcdata import paths

if TYPE_CHECKING:
    import duckdb

    from jcdata.pipeline import BuildResult
    from jcdata.schema import CheckResult

__version__ = "0.1.0"
__all__ = ["build", "check", "connect"]


def build(
    raw_dir: str | PathLike[str] = paths.RAW_DIR,
    db: str | PathLike[str] = paths.DATABASE,
    clean: str | PathLike[str] | None = paths.CLEAN_DIR,
    corrected: bool = False,
) -> BuildResult:
    """Read every document below `raw_dir` into the database `db` and the folder of clean files `clean`.

    Does what `jcdata build` does; `clean=None` writes no files, `corrected` applies the known errors of the sources.
    The result counts what was read and lists what was not. Raises FileNotFoundError if there is no such folder.
    """
    from jcdata import pipeline

    return pipeline.build(Path(raw_dir), Path(db), None if clean is None else Path(clean), corrected=corrected)


def connect(db: str | PathLike[str] = paths.DATABASE) -> duckdb.DuckDBPyConnection:
    """Open a built database read-only.

    Raises `jcdata.warehouse.DatabaseError`, which says to run `jcdata build`, if there is none.
    """
    from jcdata import warehouse

    return warehouse.connect(Path(db))


def check(db: str | PathLike[str] | duckdb.DuckDBPyConnection = paths.DATABASE) -> list[CheckResult]:
    """The findings of a built database, worst first: what its documents contradict, and rounding.

    `db` is a path or an open connection. Each finding is a record of the table `check_results`, with its arithmetic in
    words and its lines, so that `pandas.DataFrame(jcdata.check())` is a table of them. Raises
    `jcdata.warehouse.DatabaseError` if there is no database at the path.
    """
    from jcdata import findings

    if isinstance(db, (str, PathLike)):
        with connect(db) as con:
            return findings.read_results(con)
    return findings.read_results(db)

"""A database without rows, whose definitions take longer than most documents: it is kept for the next process."""

from __future__ import annotations

from pathlib import Path

import duckdb

from jcdata.database.definitions import create_tables, create_views, literal
from jcdata.database.warehouse import BUILT, open_new
from jcdata.kept_files import keep, kept_file

KEPT = "empty", ".duckdb"


def create_database(path: Path) -> None:
    """Create a database without rows.

    One is copied within DuckDB, not as a file: each database is to have an identity of its own, by which DuckDB knows its log.
    """
    with open_new(path, 1) as con:
        is_known = _copy_kept(con)
        if not is_known:
            create_tables(con)
            create_views(con)
    if not is_known:
        keep(*KEPT, path.read_bytes())


def _copy_kept(con: duckdb.DuckDBPyConnection) -> bool:
    """Copy the definitions of the database that is kept, if one is and can be opened."""
    kept = kept_file(*KEPT)
    if kept is None:
        return False
    try:
        con.execute(f"ATTACH {literal(str(kept))} AS kept (READ_ONLY)")
    except duckdb.Error:  # gone just now
        return False
    con.execute(f"COPY FROM DATABASE kept TO {BUILT} (SCHEMA)")
    con.execute("DETACH kept")
    return True

"""A database as callers name it: by its path, or by a connection that they have opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    import duckdb

Database: TypeAlias = Union[str, PathLike[str], "duckdb.DuckDBPyConnection"]


@contextmanager
def opened(db: Database) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection itself, or one to the path that is closed afterwards."""
    if isinstance(db, (str, PathLike)):
        from jcdata.database import opening

        with opening.connect_own(Path(db)) as con:
            yield con
    else:
        yield db

"""What a shell completes from the database: nothing where it can't be opened, as nobody would see why."""

from __future__ import annotations

from pathlib import Path

import typer

from jcdata import paths


def unit_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """The names of units that begin with what is typed."""
    return _values(ctx, "unit_name", incomplete)


def years(ctx: typer.Context, incomplete: str) -> list[str]:
    """The fiscal years that begin with what is typed."""
    return _values(ctx, "fiscal_year", incomplete)


def document_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of documents that begin with what is typed."""
    return _values(ctx, "document_id", incomplete)


def finding_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of findings that begin with what is typed."""
    return _values(ctx, "finding_id", incomplete, "findings")


def _values(
    ctx: typer.Context, column: str, incomplete: str, source: str = "documents"
) -> list[str]:
    import duckdb

    from jcdata.database import opening
    from jcdata.errors import DatabaseError

    query = f"SELECT DISTINCT {column}::VARCHAR FROM {source} WHERE starts_with({column}::VARCHAR, ?) ORDER BY 1"
    try:
        with opening.connect(Path(ctx.params.get("db") or paths.DATABASE)) as con:
            return [value for (value,) in con.execute(query, [incomplete]).fetchall()]
    except (DatabaseError, duckdb.Error):
        return []

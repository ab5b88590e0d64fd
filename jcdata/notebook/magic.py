"""For notebooks: SQL cells on the connection that the notebook has in `db`, and frames shown as `frame_html` does.

%load_ext jcdata
db = jcdata.connect()

    %%sql                      the result is the cell's value, a frame
    SELECT * FROM zh.预算明细

    %%sql lines                the result is kept in the variable `lines`
    SELECT * FROM budget_lines

    %%sql --timeout 600 lines  a query may take ten minutes instead of one

Frames of the notebook can be used like tables, unless a table has the same name. Errors are raised, so that a notebook with a wrong query fails.
"""

from __future__ import annotations

import re
from decimal import Decimal

import duckdb
import pandas as pd
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from pandas.api.types import is_object_dtype

from jcdata.database import query_limits
from jcdata.database.access import explained
from jcdata.messages import Message
from jcdata.notebook import completion
from jcdata.notebook.frame_html import as_html

_TIMEOUT = re.compile(r"\s*--timeout[ =](\d+(?:\.\d+)?)(?!\S)\s*")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register `%sql` and `%%sql`, what the Tab key offers in them, and how frames are shown."""

    def sql(line: str, cell: str | None = None) -> pd.DataFrame | None:
        """Run a query; of `%%sql` the rest of the first line names the variable for the result.

        `--timeout SECONDS` before the rest lets it take longer than a minute; 0 is no limit.
        """
        seconds, line = _timeout(line)
        query, variable = (line, "") if cell is None else (cell, line.strip())
        if variable and not variable.isidentifier():
            raise UsageError(
                Message(
                    f"%%sql {variable}: not a name; the query begins on the next line",
                    "查询语句写在下一行",
                )
            )
        result = run(query, shell.user_ns, seconds)
        if not variable:
            return result
        shell.user_ns[variable] = result
        return None

    shell.magics_manager.register_function(sql, magic_kind="line_cell", magic_name="sql")
    if shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, as_html)
    completion.register(shell)


def _timeout(line: str) -> tuple[float, str]:
    """The seconds that the first line of a cell gives its query, and the rest of the line."""
    if match := _TIMEOUT.match(line):
        return float(match[1]), line[match.end() :]
    return query_limits.SECONDS, line


def run(
    query: str, namespace: dict[str, object], seconds: float = query_limits.SECONDS
) -> pd.DataFrame | None:
    """The result of a query on the connection `db` of a namespace, whose frames are tables in it.

    None for a statement without a result. Raises UsageError without a connection, duckdb.Error for a wrong query,
    DatabaseError for one that takes longer than `seconds`.
    """
    db = namespace.get("db")
    if not isinstance(db, duckdb.DuckDBPyConnection):
        raise UsageError(
            Message(
                "no connection: first run db = jcdata.connect()", "请先运行 db = jcdata.connect()"
            )
        )
    cursor = db.cursor()

    def ask() -> pd.DataFrame | None:
        with cursor:  # closed where it is used: a query that can't be stopped keeps it
            known = {
                name
                for (name,) in cursor.execute(
                    "SELECT table_name FROM information_schema.tables"
                ).fetchall()
            }
            for name, value in namespace.items():
                if (
                    isinstance(value, pd.DataFrame)
                    and name in query
                    and not name.startswith("_")
                    and name not in known
                ):
                    _require_no_decimals(name, value)
                    cursor.register(name, value)
            result = cursor.sql(query)
            return None if result is None else result.df()

    try:
        return query_limits.within(seconds, cursor, ask)
    except duckdb.Error as error:
        raise explained(error) from None


def _require_no_decimals(name: str, frame: pd.DataFrame) -> None:
    """DuckDB takes the type of such a column from a sample and rounds what does not fit, without a word."""
    for column, values in frame.items():
        if is_object_dtype(values) and any(isinstance(value, Decimal) for value in values):
            raise UsageError(
                Message(
                    f"{name}.{column} holds Decimal: convert it to float or str first",
                    "请先转换为浮点数或文本",
                )
            )

"""For notebooks: SQL cells on the connection that the notebook has in `db`, and frames shown as `frame_html` does.

%load_ext jcdata
db = jcdata.connect()

    %%sql                      the result is the cell's value, a frame
    SELECT * FROM zh.预算明细

    %%sql lines                the result is kept in the variable `lines`
    SELECT * FROM budget_lines

    %%sql --timeout 600 lines  a query may take ten minutes instead of one

    %%sql --exact              money as Decimal, not float

    %%sql                      {name} stands for the text of a variable; each of several statements is shown
    SELECT * FROM documents WHERE fiscal_year = {year};
    SELECT * FROM projects WHERE amount_yuan > {least}

Frames of the notebook can be used like tables, unless a table has the same name. Errors are raised, so that a notebook with a wrong
query fails, and shown in a sentence.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from decimal import Decimal
from string import Formatter
from typing import Any, NamedTuple

import duckdb
import pandas as pd
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import no_var_expand
from IPython.display import display
from pandas.api.types import is_object_dtype

from jcdata.analyses.frames import frame_of
from jcdata.database import opening, query_limits
from jcdata.database.access import explained
from jcdata.database.statements import execute_each
from jcdata.messages import Message
from jcdata.notebook import completion
from jcdata.notebook.frame_html import as_html

EXTENSIONS = "jcdata", __name__  # the names under which it is loaded

_OPTION = re.compile(r"\s*--(?:timeout[ =](?P<seconds>\d+(?:\.\d+)?)|(?P<exact>exact))(?!\S)\s*")
_FIELD = re.compile(r"\{((?P<name>[^\W\d]\w*)(?:\.[^\W\d]\w*|\[\w+\])*)\}")


class Options(NamedTuple):
    """What the first line of a cell says besides the name of its result."""

    seconds: float = query_limits.SECONDS
    exact: bool = False


USUAL = Options()


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register `%sql` and `%%sql`, what the Tab key offers in them, and how frames are shown."""

    @no_var_expand  # of which IPython's own way also takes the 4 of '\\d{4}' for a value
    def sql(line: str, cell: str | None = None) -> pd.DataFrame | None:
        """Run a query; of `%%sql` the rest of the first line names the variable for the result.

        `--timeout SECONDS` before the rest lets it take longer than a minute, 0 is no limit; `--exact` gives money as
        Decimal. `{name}` stands for the text of a variable. Of several statements each result is shown.
        """
        options, line = _options(line)
        query, variable = (line, "") if cell is None else (cell, line.strip())
        if variable and not variable.isidentifier():
            raise UsageError(
                Message(
                    f"%%sql {variable}: not a name; the query begins on the next line",
                    "查询语句写在下一行",
                )
            )
        *others, result = run(query, shell.user_ns, options) or [None]
        for other in others:
            display(other)
        if not variable:
            return result
        shell.user_ns[variable] = result
        return None

    shell.magics_manager.register_function(sql, magic_kind="line_cell", magic_name="sql")
    if shell.display_formatter is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, as_html)
    completion.register(shell)
    _load_silently(shell)


def _load_silently(shell: InteractiveShell) -> None:
    """Let `%load_ext` say nothing when it loads this a second time, as a cell does that is run again."""
    manager, extensions = shell.magics_manager, shell.extension_manager
    assert extensions is not None  # every shell has made it by then
    load_ext = manager.magics["line"]["load_ext"]
    if getattr(load_ext, "__module__", None) == __name__:
        return

    def load(line: str) -> None:
        name = line.strip()
        if name not in EXTENSIONS or name not in extensions.loaded:
            load_ext(line)

    load.__doc__ = load_ext.__doc__
    manager.register_function(load, magic_kind="line", magic_name="load_ext")


def _options(line: str) -> tuple[Options, str]:
    """The options on the first line of a cell, and the rest of the line."""
    options = USUAL
    while match := _OPTION.match(line):
        seconds = match["seconds"]
        options = options._replace(exact=True) if seconds is None else options._replace(seconds=float(seconds))  # fmt: skip
        line = line[match.end() :]
    return options, line


def filled(query: str, namespace: Mapping[str, Any]) -> str:
    """A query with the texts of variables in the places of `{name}`, `{name.attribute}` and `{name[key]}`.

    What names no variable stays, as in the pattern '\\p{Han}' or in a value like {'key': 1}.
    """

    def text(match: re.Match[str]) -> str:
        if match["name"] not in namespace:
            return match[0]
        try:
            value, _ = Formatter().get_field(match[1], (), namespace)
        except (AttributeError, LookupError, TypeError) as error:
            raise UsageError(Message(f"{match[0]}: {error}", "没有这个值")) from None
        return str(value)

    return _FIELD.sub(text, query)


def run(query: str, namespace: Mapping[str, Any], options: Options = USUAL) -> list[pd.DataFrame]:
    """The results of a query's statements on the connection `db` of a namespace, whose frames are tables in it.

    Nothing for a statement without a result. Raises UsageError without a connection, duckdb.Error for a wrong query,
    DatabaseError for one that takes longer than its seconds. Says so if the database was built anew after `db` was opened.
    """
    db = namespace.get("db")
    if not isinstance(db, duckdb.DuckDBPyConnection):
        raise UsageError(
            Message(
                "no connection: first run db = jcdata.connect()", "请先运行 db = jcdata.connect()"
            )
        )
    if opening.is_outdated(db):
        message = Message(
            "the database was built anew, `db` still shows the one of before: run db = jcdata.connect(...) again",
            "数据库已重新生成，db 仍是原来的内容，请重新运行 db = jcdata.connect(...)",
        )
        print(message, file=sys.stderr)
    query = filled(query, namespace)
    cursor = db.cursor()

    def ask() -> list[pd.DataFrame]:
        with cursor:  # closed where it is used: a query that can't be stopped keeps it
            _register_frames(cursor, query, namespace)
            return [frame_of(cursor, options.exact) for _ in execute_each(cursor, query)]

    try:
        return query_limits.within(options.seconds, cursor, ask)
    except duckdb.Error as error:
        raise _short(explained(error)) from None


def _short(error: duckdb.Error) -> duckdb.Error:
    """The same error, of which IPython shows what it says and no line of Python."""
    vars(error)["_render_traceback_"] = lambda: [f"{type(error).__name__}: {error}"]
    return error


def _register_frames(
    cursor: duckdb.DuckDBPyConnection, query: str, namespace: Mapping[str, Any]
) -> None:
    """Make tables of the frames that a query names, unless the database has a table of the name."""
    tables = cursor.execute("SELECT table_name FROM information_schema.tables").fetchall()
    known = {name for (name,) in tables}
    for name, value in namespace.items():
        if (
            isinstance(value, pd.DataFrame)
            and name in query
            and not name.startswith("_")
            and name not in known
        ):
            _require_no_decimals(name, value)
            cursor.register(name, value)


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

"""Calls of public functions that used to be right: they work until version 0.2, with a DeprecationWarning."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from os import PathLike
from pathlib import Path
from typing import ParamSpec, TypeVar

from jcdata import paths
from jcdata.messages import Message

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_DUCKDB_SIGN = b"DUCK"  # which every database file of DuckDB has after a checksum of eight bytes


def formerly_path_first(
    path_name: str,
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]:
    """For `function(db, path)`: takes `function(path, db)` too, and `function(path)` for the usual database."""

    def decorate(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
        by_name: Callable[..., _Result] = function

        @wraps(function)
        def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
            if not _is_path_first(path_name, args, kwargs):
                return function(*args, **kwargs)
            _warn(f"{function.__name__}(db, {path_name})")
            former = dict(zip((path_name, "db"), args, strict=False))
            return by_name(**{"db": paths.DATABASE, **former, **kwargs})

        return call

    return decorate


def formerly_by_position(
    count: int, *names: str
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]:
    """For a function that takes `count` arguments by position: takes those called `names` behind them too."""

    def decorate(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
        by_name: Callable[..., _Result] = function

        @wraps(function)
        def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
            if not count < len(args) <= count + len(names):
                return function(*args, **kwargs)
            former = dict(zip(names, args[count:], strict=False))
            _warn(f"{function.__name__}(..., {', '.join(f'{name}=...' for name in former)})")
            return by_name(*args[:count], **former, **kwargs)

        return call

    return decorate


def _is_path_first(path_name: str, args: tuple[object, ...], kwargs: Mapping[str, object]) -> bool:
    """Whether a call has the path where the database now stands. In doubt it has not: a path may be overwritten."""
    match args:
        case ():
            return path_name in kwargs and "db" not in kwargs
        case (only,):
            return path_name not in kwargs and not _is_database(only)
        case (first, second):
            return not _is_database(first) and _is_database(second)
    return False


def _is_database(value: object) -> bool:
    """Whether it is an open connection, a file that DuckDB wrote or a path that is named like one."""
    if not isinstance(value, (str, PathLike)):
        return True
    path = Path(value)
    if path.suffix == ".duckdb":
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(12).endswith(_DUCKDB_SIGN)


def _warn(call: str) -> None:
    warnings.warn(
        str(
            Message(
                f"write jcdata.{call}: the former order of its arguments works until version 0.2",
                "参数顺序已改，原写法仅保留到 0.2 版",
            )
        ),
        DeprecationWarning,
        stacklevel=3,
    )

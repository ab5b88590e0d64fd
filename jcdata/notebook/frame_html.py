"""Frames in notebooks as people read tables: words at the left, figures at the right, no row numbers, no broken words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any, TypeAlias

import pandas as pd
from pandas.api.types import is_bool_dtype, is_float_dtype, is_list_like, is_numeric_dtype
from pandas.io.formats.style import Styler

from jcdata.analyses.frames import exact_text
from jcdata.schema import tables, views

FIGURE = re.compile(r"[-+−]?[\d,]+(\.\d+)?%?")
MOST_UNBROKEN = 16  # characters that are not worth a second line
PADDING = "0.4em 0.25em"  # so that eight columns fit into a notebook in a window of 1,280 pixels
NO_ROWS = "已读出的内容中没有这样的行 / no such rows in what was read"
LEAST_WIDTH = "12em"  # of a column that has more

Rule: TypeAlias = dict[str, str]  # a CSS selector and its properties, as pandas takes them


def as_html(frame: pd.DataFrame) -> str:
    """The HTML of a frame's first rows, as many as the pandas option `display.max_rows` allows; the others are counted."""
    shown = frame.head(pd.get_option("display.max_rows"))
    shown = shown.set_axis(_named(shown.index), axis=0).set_axis(_named(shown.columns), axis=1)
    style = Styler(shown, cell_ids=False)
    rules = [
        *({"selector": cell, "props": f"padding: {PADDING}"} for cell in ("th", "td")),
        {"selector": "th.col_heading", "props": "white-space: nowrap"},
        {
            "selector": "th.row_heading",
            "props": "text-align: left; vertical-align: top; font-weight: normal",
        },
    ]
    for number, column in enumerate(shown.columns):
        values = shown.iloc[:, number]
        style = style.format(
            _writer_of(values, column), subset=pd.IndexSlice[:, [column]], na_rep=""
        )
        rules += _rules_of(number, values)
    style = style.format_index(_escaped, axis=0).format_index(_escaped, axis=1)
    if shown.index.nlevels == 1 and shown.index.name is None:
        style = style.hide(axis="index")
    # Tables have a name in common only if they are set alike, so that the rules of one can't disturb another.
    name = sha256(repr(rules).encode()).hexdigest()[:12]
    html: str = style.set_table_styles(rules).set_uuid(name).to_html()
    if frame.empty:
        return f"{html}<p>{NO_ROWS}</p>"
    left_out = len(frame) - len(shown)
    return html + (f"<p>……另有 {left_out:,} 行 / {left_out:,} more rows</p>" if left_out else "")


def _rules_of(number: int, values: pd.Series) -> Iterable[Rule]:
    """How the column with this number is set: by what stands in it."""
    texts = [text for value in values if (text := _text(value))]
    is_number = is_numeric_dtype(values) and not is_bool_dtype(values)
    is_figure = is_number or (bool(texts) and all(FIGURE.fullmatch(text) for text in texts))
    side = "right" if is_figure else "left"
    width = (
        "white-space: nowrap"
        if max(map(len, texts), default=0) <= MOST_UNBROKEN
        else f"min-width: {LEAST_WIDTH}"
    )
    yield {"selector": f"th.col_heading.col{number}", "props": f"text-align: {side}"}
    yield {"selector": f"td.col{number}", "props": f"text-align: {side}; {width}"}


@cache
def _fractions() -> frozenset[str]:
    """The names, in both languages, of the columns of tables and views that hold fractions."""
    fields = [f for t in tables() for f in t.fields] + [f for v in views() for f in v.fields]
    return frozenset(
        name for f in fields if f.column.unit == "fraction" for name in (f.name, f.column.zh)
    )


def _writer_of(values: pd.Series, name: Any) -> Callable[[Any], str]:
    """What writes the values of a column: shares as per cent, amounts with two decimals, other fractions with six digits."""
    known = values.dropna()
    if not all(isinstance(value, float | Decimal) for value in known):
        return _escaped
    numbers = known.astype(float)
    is_amount = ((numbers - numbers.round(2)).abs() < 1e-9).all()
    # A query may have made per cent of a share already and left it its name.
    if name in _fractions() and not (is_amount and (numbers.abs() > 1).any()):
        return "{:.2%}".format
    if not is_float_dtype(values):
        return _escaped
    return ("{:,.2f}" if is_amount else "{:.6g}").format


def _named(labels: pd.Index) -> pd.Index:
    """Labels whose names are escaped, which a Styler does not do."""
    return labels.set_names([None if name is None else _escaped(name) for name in labels.names])


def _escaped(value: Any) -> str:
    """A value as markup: pandas escapes what is a str already, not what becomes text here."""
    return escape(_text(value))


def _text(value: Any) -> str:
    """A value as text: lists and maps without their brackets, '' where there is none."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {content}" for key, content in value.items())
    if is_list_like(value):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return ""
    return exact_text(value) if isinstance(value, Decimal) else str(value)

"""The templates of pages: where they stand, and how figures are written in them."""

from __future__ import annotations

import jinja2

from jcdata import paths, schema
from jcdata.analyses.frames import in_wan, two_decimals
from jcdata.checks import not_read
from jcdata.messages import read_messages


def environment(*folders: str) -> jinja2.Environment:
    """The templates of these folders of the package; whatever a document prints is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([paths.PACKAGE / folder for folder in folders]),
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(schema=schema)
    made.filters.update(
        wan=lambda yuan: f"{in_wan(yuan):,}",
        change=lambda yuan: f"{in_wan(yuan):+,}" if yuan else "0.00",
        yuan=lambda yuan: f"{two_decimals(yuan):,}",
        percent=lambda fraction: f"{fraction:.2%}",
        rate=lambda fraction: f"{fraction:+.2%}" if fraction else "0.00%",
        problem_in_words=not_read.problem_in_words,
        not_compared_in_words=not_read.not_compared_in_words,
        read_messages=read_messages,
    )
    return made

"""The templates of pages: where they stand, and how figures are written in them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import jinja2

from jcdata import paths
from jcdata.analyses.frames import YUAN_PER_WAN
from jcdata.checks import not_read

GENERATOR = '<meta name="generator" content="jcdata">'  # the mark of a page that jcdata made


def environment(*folders: str) -> jinja2.Environment:
    """The templates of these folders of the package; whatever a document prints is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([paths.PACKAGE / folder for folder in folders]),
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(
        wan=lambda yuan: f"{_rounded(yuan / YUAN_PER_WAN):,}",
        change=lambda yuan: f"{_rounded(yuan / YUAN_PER_WAN):+,}" if yuan else "0.00",
        yuan=lambda yuan: f"{_rounded(yuan):,}",
        percent=lambda fraction: f"{fraction:.2%}",
        rate=lambda fraction: f"{fraction:+.2%}" if fraction else "0.00%",
        problem_in_words=not_read.problem_in_words,
        not_compared_in_words=not_read.not_compared_in_words,
    )
    return made


def _rounded(amount: Decimal) -> Decimal:
    """Two decimals, half rounded up as the database does."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)

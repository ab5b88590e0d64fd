"""The templates of pages: where they stand, and how figures are written in them."""

from __future__ import annotations

import jinja2
from jinja2.bccache import Bucket

from jcdata import paths, schema
from jcdata.analyses.frames import in_wan, two_decimals
from jcdata.checks import not_read
from jcdata.kept_files import keep, kept_content
from jcdata.messages import read_messages


class KeptTemplates(jinja2.BytecodeCache):
    """Compiled templates, kept for the next process: to compile them takes longer than to fill them."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept of a template."""
        if kept := kept_content(f"template-{bucket.key}", ".code"):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        keep(f"template-{bucket.key}", ".code", bucket.bytecode_to_string())


def environment(*folders: str) -> jinja2.Environment:
    """The templates of these folders of the package; whatever a document prints is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([paths.PACKAGE / folder for folder in folders]),
        bytecode_cache=KeptTemplates(), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
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

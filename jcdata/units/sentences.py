"""The running text of a document, paragraph by paragraph, and the patterns of `specs/units.toml` that look into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from jcdata.documents.document import Document, is_pipe_row
from jcdata.documents.joined_text import Prose
from jcdata.documents.sections import Section
from jcdata.spec_files import SPECS, read_toml

_OTHERS = ("contents", "form")
_SENTENCE = re.compile("[^。]*。?")
_GROUP = re.compile(r"\(\?P<([a-z_]+?)\d?>")


def find_prose(
    document: Document, sections: Sequence[Section], furniture: set[int]
) -> Iterator[Prose]:
    """The runs of lines that stand outside tables and forms."""
    has_tables = any(line.table is not None for line in document.lines)
    kinds = _OTHERS if has_tables else (*_OTHERS, "table")
    outside = {line.no for section in sections if section.kind in kinds for line in section.lines}
    run: list[tuple[int, str]] = []
    for line, _ in document.filled:
        if line.no in furniture:
            continue
        if line.no in outside or line.table is not None or is_pipe_row(line.raw):
            if run:
                yield Prose(run)
            run = []
        else:
            run.append((line.no, line.text))
    if run:
        yield Prose(run)


def sentence_at(prose: Prose, position: int) -> str:
    """The sentence around a position, as printed."""
    begin = prose.reading.rfind("。", 0, position) + 1
    match = _SENTENCE.match(prose.text, begin)
    return match[0] if match else ""


@cache
def patterns_of(part: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a part of `specs/units.toml` with those that they refer to written out."""
    spec: dict[str, Any] = read_toml(
        SPECS / "units.toml", {"headcounts", "assets", "organisations", "parts"}
    )
    compiled = {}
    for kind, pattern in spec[part].items():
        written = pattern.replace("{filler}", spec["parts"]["filler"])
        if part == "headcounts":
            written += spec["parts"]["people"] + spec["parts"]["counter"]
        compiled[kind] = re.compile(_numbered(written.replace("{number}", spec["parts"]["number"])))
    return compiled


def _numbered(pattern: str) -> str:
    """A pattern in which a group that comes again has a number of its own."""
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return f"(?P<{match[1]}{seen[match[1]] if seen[match[1]] > 1 else ''}>"

    return _GROUP.sub(rename, pattern)


def group(match: re.Match[str], name: str) -> str:
    """What a group holds, under whatever number."""
    found = (text for key, text in match.groupdict().items() if key.rstrip("0123456789") == name)
    return next(filter(None, found), "")

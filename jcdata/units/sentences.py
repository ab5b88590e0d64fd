"""The running text of a document, paragraph by paragraph, and the patterns of `specs/units.toml` that look into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from jcdata.documents.document import Document, Line
from jcdata.documents.joined_text import Prose
from jcdata.spec_files import SPECS, patterns, read_toml
from jcdata.text import opened_bracket

# Keys of [parts] that patterns refer to, those before others that refer to these
_WRITTEN_OUT = ("names", "list", "first_ordinal", "counted_behind", "count", "filler", "number")
_GROUP = re.compile(r"\(\?P<([a-z_]+)>")


def find_prose(document: Document, lines: Sequence[Line]) -> Iterator[Prose]:
    """The lines of the prose, those joined between which nothing else stands."""
    places = {line.no: place for place, (line, _) in enumerate(document.filled)}
    run: list[tuple[int, str]] = []
    last = -1
    for line in lines:
        if run and places[line.no] != last + 1:
            yield Prose(run)
            run = []
        run.append((line.no, line.text))
        last = places[line.no]
    if run:
        yield Prose(run)


def sentence_at(prose: Prose, position: int) -> slice:
    """Where the sentence around a position stands."""
    begin = prose.reading.rfind("。", 0, position) + 1
    return slice(begin, prose.reading.find("。", begin) + 1 or len(prose.reading))


@cache
def patterns_of(part: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a part of `specs/units.toml` with those that they refer to written out."""
    spec: dict[str, Any] = read_toml(
        SPECS / "units.toml", {"headcounts", "assets", "organisations", "duties", "parts"}
    )
    compiled = {}
    for kind, pattern in spec[part].items():
        written = pattern.replace("{unit_ending}", patterns("sections")["unit_ending"].pattern)
        for name in _WRITTEN_OUT:
            written = written.replace(f"{{{name}}}", spec["parts"][name])
        if part == "headcounts":
            written += spec["parts"]["people"] + spec["parts"]["counter"]
        compiled[kind] = re.compile(_numbered(written))
    return compiled


def find_matches(part: str, prose: Prose) -> Iterator[tuple[str, re.Match[str]]]:
    """What the patterns of a part find, in the order of the text; a place is read by the first that fits.

    Parts in brackets behind a figure of the same kind are none of their own.
    """
    found = [
        (match.start(), -match.end(), kind, match)
        for kind, pattern in patterns_of(part).items()
        for match in pattern.finditer(prose.reading)
    ]
    end = 0
    ends: dict[int, str] = {}  # of the figures so far, with their kinds
    for start, _, kind, match in sorted(found, key=lambda entry: entry[:2]):
        if start < end:
            continue
        end = match.end()
        opened = opened_bracket(prose.reading, sentence_at(prose, start).start, start)
        if ends.get(opened) != kind or not patterns_of("parts")["of_these"].match(
            prose.reading, opened
        ):
            ends[end] = kind
            yield kind, match


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

"""What the cover of a document says: its title, often broken over lines, its unit and its year."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from jcdata.documents.document import Document, Line
from jcdata.documents.sections import Section
from jcdata.spec_files import patterns
from jcdata.text import simplified, squeeze

FIRST_LINES = 60  # of a document, among which its title stands
_MOST_LINES = 4  # over which a title is broken
_BETWEEN_NAMES = re.compile(r"[-_—\s]+")  # the parts of a file's name


class Title(NamedTuple):
    """A title without white space, the unit or place that it names, its year, and its lines."""

    text: str
    name: str | None
    year: int
    line_nos: tuple[int, ...] = ()

    @property
    def unit_name(self) -> str | None:
        """The unit that it names; a place is none."""
        is_place = patterns("sections")["place"].fullmatch
        return self.name if self.name and not is_place(self.name) else None


class Cover(NamedTuple):
    """What a cover says. `labelled` is the unit behind a label, `unit_name` the one in the title or alone in a line.

    `department_name` is the department that is responsible for the unit. `line_nos` are the lines of all these.
    """

    title: Title | None
    labelled: str | None
    unit_name: str | None
    department_name: str | None
    line_nos: frozenset[int]


def find_cover(document: Document, sections: Sequence[Section], furniture: set[int]) -> Cover:
    """What stands before the first part of a document, and its title, which may run through it too."""
    end = sections[0].first_line if sections else len(document.lines) + 1
    lines = [
        line
        for line, key in document.filled[:FIRST_LINES]
        if key and line.no < end and (line.no not in furniture or _title_of(line.squeezed))
    ]
    texts = [line.squeezed for line in lines]
    spec = patterns("sections")
    title = max(
        [*_broken_titles(document, lines, texts), *_titles_with_word(document)],
        key=lambda found: (bool(found.name), found.line_nos[-1] < end, len(found.text)),
        default=None,
    )
    units = {line.no: text for line, text in zip(lines, texts, strict=True) if _is_unit(text)}
    labels = [
        line.no
        for line, text in zip(lines, texts, strict=True)
        if spec["unit_name"].match(text) or spec["department_name"].match(text)
    ]
    return Cover(
        title=title,
        labelled=find_name(texts, spec["unit_name"]),
        unit_name=(title and title.unit_name) or next(iter(units.values()), None),
        department_name=find_name(texts, spec["department_name"]),
        line_nos=frozenset([*(title.line_nos if title else ()), *units, *labels]),
    )


def find_name(texts: Iterable[str], label: re.Pattern[str]) -> str | None:
    """The name that stands most often behind a label; `texts` without white space."""
    names = Counter(match["name"] for text in texts if (match := label.match(text)))
    return names.most_common(1)[0][0] if names else None


def title_of_name(file_name: str) -> Title | None:
    """The title that the name of a file is, or the part of it that names the unit: 某某市-某某局2025年部门预算."""
    name = PurePath(file_name).stem
    found = [_title_of(text) for text in (*_BETWEEN_NAMES.split(name), squeeze(name))]
    titles = [title for title in found if title]
    return next((title for title in titles if title.name), titles[0] if titles else None)


def _is_unit(text: str) -> bool:
    spec = patterns("sections")
    return bool(spec["named_on_cover"].fullmatch(text) and not spec["place"].fullmatch(text))


def _broken_titles(
    document: Document, lines: Sequence[Line], texts: Sequence[str]
) -> Iterator[Title]:
    """The titles that lines of a cover make up, each together with those below it."""
    spec = patterns("sections")
    for begin in range(len(lines)):
        for end in range(begin + 1, min(begin + _MOST_LINES, len(lines)) + 1):
            title = _title_of("".join(texts[begin:end]))
            if not title or any(map(spec["cover_mark"].fullmatch, texts[begin:end])):
                continue
            rest = _title_of("".join(texts[begin + 1 : end]))
            if rest and title.name and not spec["named_on_cover"].fullmatch(title.name):
                continue
            # What stands above a title that has a unit may begin the unit's name, or be anything else on the page.
            may_be_other = rest and rest.name and not spec["place"].fullmatch(texts[begin])
            if may_be_other and not _is_named(title.name or "", document):
                continue
            yield title._replace(line_nos=tuple(line.no for line in lines[begin:end]))


def _is_named(name: str, document: Document) -> bool:
    """Whether a name stands in some line of a document."""
    return any(name in line.squeezed for line, _ in document.filled)


def _titles_with_word(document: Document) -> Iterator[Title]:
    """The lines anywhere that say of themselves that they are a disclosure's title."""
    says_so = patterns("sections")["cover_word"].search
    for line, key in document.filled:
        if says_so(key) and (title := _title_of(line.squeezed)):
            yield title._replace(line_nos=(line.no,))


def _title_of(text: str) -> Title | None:
    match = patterns("sections")["cover_title"].fullmatch(simplified(text))
    if not match:
        return None
    # A circle for 零 is no numeral
    year = int("".join(str(int(unicodedata.numeric(sign, 0))) for sign in match["year"]))
    return Title(
        text=text,
        name=_printed(text, match, "unit") or _printed(text, match, "unit_after"),
        year=year,
    )


def _printed(text: str, match: re.Match[str], group: str) -> str | None:
    """What stands in a text where its simplified form matches."""
    start, end = match.span(group)
    return text[start:end] or None

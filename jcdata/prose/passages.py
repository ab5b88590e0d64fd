"""Where the prose of a disclosure stands, and what each passage of it is about.

Prose is what belongs to no table, form, contents or annex. Its headings divide it into passages; what one is about say
the words of its heading, of a heading above it or, where these say nothing, of its first sentence; never its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jcdata.documents.document import Document, Line, is_pipe_row
from jcdata.documents.sections import Section
from jcdata.figures import reading_of
from jcdata.names import short_unit_name
from jcdata.schema import PASSAGES
from jcdata.spec_files import patterns
from jcdata.text import squeeze

PROFILE = "profile"  # duties, organisation: no explanation of the money
OTHER = "other"
_KEYS = (PROFILE, *(key for key in PASSAGES if key != OTHER))
# Matters whose headings are not parted by those below them
_SPECIAL = {
    "three_public", "operating_expenses", "procurement", "state_assets", "performance", "state_capital", "government_fund",
}  # fmt: skip
# What headings below another say of the same matter in fewer words: （一）总体情况, （一）财政拨款支出总体情况
_SIDES = {"overview", "revenue", "expenditure"}
_REPEATS = {key: {"overview"} for key in PASSAGES} | {
    "fiscal_appropriation": _SIDES,
    "general_public": _SIDES | {"fiscal_appropriation"},
}
_CHAPTER, _DEEPEST = 1, 6
_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』*#")
MAX_LABEL = 14  # characters of a line in a chart
_WRAPS_FROM = 12  # characters of a heading's first line


class Passage(NamedTuple):
    """Lines of prose about one thing: `key` as in `schema.PASSAGES`, `section` the ordinal of its heading, '' without one.

    Headings are among the lines.
    """

    key: str
    section: str
    title: str
    lines: tuple[Line, ...]


class Heading(NamedTuple):
    """A heading: its level (1 for a chapter, 2 for 一、, 3 for （一） ...), its ordinal, its words, and what they are about."""

    level: int
    ordinal: str
    words: str
    key: str


def find_passages(lines: Sequence[Line], unit_name: str | None) -> list[Passage]:
    """The passages of the lines of prose, in order, without those that say what the unit is and does."""
    divider = _Divider(unit_name or "")
    return [passage for passage in divider.divide(lines) if passage.key != PROFILE]


def key_of_words(words: str) -> str:
    """What the words of a heading are about, as in `schema.PASSAGES` or `PROFILE`; '' where they do not say it."""
    spec = patterns("passages")
    return next((key for key in _KEYS if spec[key].search(words)), "")


def prose_lines(
    document: Document,
    sections: Sequence[Section],
    left_out: set[int],
    tables: Iterable[tuple[int, int]],
) -> list[Line]:
    """The lines of a document that are prose.

    `left_out` are lines that are none, such as page numbers, the cover and the contents; `tables` the first and last
    lines of printed tables.
    """
    others = set(left_out)
    explained = {
        line.no
        for section in sections
        if section.kind in ("chapter", "passage")
        for line in (section.title_line, *section.lines)
    }
    rows = {no for first, last in tables for no in range(first, last + 1)}
    # In a sheet all lines are rows, also those of the prose below a table.
    others |= {
        line.no
        for line, _ in document.filled
        if line.no in rows
        and not (_is_one_cell(line) and (line.no in explained or "。" in line.text))
    }
    has_cells = any(line.table is not None for line in document.lines)
    for section in sections:
        all_lines = (section.title_line, *section.lines)
        if section.kind == "glossary" or (section.kind == "form" and not has_cells):
            others.update(line.no for line in all_lines)
        elif section.kind == "table" and not has_cells:
            others.update(line.no for line in _rows(all_lines, others))
    lines = [
        line
        for line, _ in document.filled
        if line.no not in others
        and _is_one_cell(line)
        and not is_pipe_row(line.raw)
        and not patterns("passages")["website"].fullmatch(line.squeezed)
    ]
    return list(_without_charts(lines))


def _is_one_cell(line: Line) -> bool:
    """Whether a line has no cells beside each other."""
    return line.table is None or sum(bool(cell.strip()) for cell in line.text.split("\t")) == 1


def _without_charts(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without what a chart prints beside its sectors, which repeats the sentence above it."""
    spec = patterns("passages")
    before = ""
    for line in lines:
        text = _plain(line)
        ended = before[-1:] in "。:;!?" or len(before) <= MAX_LABEL
        if not (ended and spec["chart_label"].fullmatch(text)):
            yield line
        before = text


def _rows(lines: Sequence[Line], tables: set[int]) -> Iterator[Line]:
    """Of the lines of a table in text those before its prose, which begins with a sentence below the last known row."""
    last = max((i for i, line in enumerate(lines) if line.no in tables), default=-1)
    for i, line in enumerate(lines):
        text = _plain(line)
        is_sentence = "。" in text or (
            "，" in text and patterns("passages")["has_figure"].search(text)
        )
        if i > last and is_sentence and " " not in line.text.strip():
            return
        yield line


def _plain(line: Line) -> str:
    return _plain_text(line.text)


@lru_cache(maxsize=1024)  # a line is looked at by several rules
def _plain_text(text: str) -> str:
    return reading_of(squeeze(text)).translate(_QUOTES)


class _Divider:
    """Goes through the lines of the prose and remembers the headings above."""

    def __init__(self, unit_name: str) -> None:
        self.spec = patterns("passages")
        self.unit_name = short_unit_name(unit_name.translate(_QUOTES))
        self.open: list[Heading] = []
        self.said = ""  # what the latest paragraph is about that said it itself

    def divide(self, lines: Sequence[Line]) -> Iterator[Passage]:
        begun: list[Line] = []
        about = (OTHER, "", "")
        ended = True  # whether the line before ended a sentence
        i = 0
        while i < len(lines):
            heading, count = self._heading_at(lines, i, ended)
            if heading:
                self.open = [h for h in self.open if h.level < heading.level] + [heading]
                self.said = ""
            elif ended:
                self._notice_item(_plain(lines[i]))
            now = self._about()
            if now != about and begun:
                yield self._passage(about, begun)
                begun = []
            about = now
            begun += lines[i : i + count]
            ended = bool(heading) or _plain(begun[-1])[-1:] in "。:!?"
            i += count
        if begun:
            yield self._passage(about, begun)

    def _notice_item(self, text: str) -> None:
        """What a paragraph says that it is about; one with an ordinal, 四、会议费0.8万元, ends what a heading beside it began."""
        ordinal = self.spec["ordinal"].match(text)
        level = (ordinal.lastindex or _DEEPEST) if ordinal else _DEEPEST
        if level == _CHAPTER + 1 and any(heading.level == level for heading in self.open):
            self.open = [heading for heading in self.open if heading.level < level]
            self.said = ""
        if level <= _CHAPTER + 1 or not ordinal:
            self.said = self._first_words(text[ordinal.end() :] if ordinal else text) or self.said

    @staticmethod
    def _passage(about: tuple[str, str, str], lines: Sequence[Line]) -> Passage:
        key, section, title = about
        return Passage(key=key, section=section, title=title, lines=tuple(lines))

    def _about(self) -> tuple[str, str, str]:
        """Key, ordinal and title of the passage: of the innermost heading below the chapter that says something.

        What is spoken of below a heading of a special matter, as 三公, belongs to it.
        """
        below = [heading for heading in self.open if heading.level > _CHAPTER]
        said = [heading for heading in below if heading.key]
        is_passage = self.spec["heading_of_passage"].search
        keyed = said[:1]
        for heading in said[1:]:
            if is_passage(heading.words) and not any(_says_again(heading, h) for h in keyed):
                keyed.append(heading)
        chapter = next((heading for heading in self.open if heading.level == _CHAPTER), None)
        special = [heading for heading in keyed if heading.key in (*_SPECIAL, PROFILE)]
        own = special[:1] or keyed[-1:]
        key = own[0].key if own else self.said or (chapter and chapter.key) or OTHER
        if not own and chapter and chapter.key == PROFILE:
            key = PROFILE
        # 三、部门决算情况说明 is the chapter of the passages below it.
        numbered = [heading for heading in below if not _is_explanation(heading)] or below
        first = numbered[0] if numbered else chapter
        return key, first.ordinal if first in below and first else "", first.words if first else ""

    def _heading_at(self, lines: Sequence[Line], i: int, ended: bool) -> tuple[Heading | None, int]:
        """The heading that begins at a line, if one does, and over how many lines it goes."""
        text = _plain(lines[i])
        ordinal = self.spec["ordinal"].match(text)
        if not ordinal:
            is_title = ended and self.spec["title"].fullmatch(text)
            return (self._heading(_CHAPTER, "", text), 1) if is_title else (None, 1)
        level = ordinal.lastindex or _DEEPEST
        rest = text[ordinal.end() :]
        joined = rest + _plain(lines[i + 1]) if i + 1 < len(lines) else rest
        if (
            len(text) >= _WRAPS_FROM
            and i + 1 < len(lines)
            and not self.spec["heading_goes_on"].search(rest[-4:])
            and self.spec["heading_goes_on"].fullmatch(_plain(lines[i + 1]))
            and self._is_heading(joined)
        ):
            return self._heading(level, ordinal[ordinal.lastindex or 0], joined), 2
        if self._is_heading(rest):
            return self._heading(level, ordinal[0], rest), 1
        before = self.spec["heading_before_text"].match(rest)
        if before and self._is_heading(before[0]) and self._key(before[0]):
            return self._heading(level, ordinal[0], before[0]), 1
        return None, 1

    def _is_heading(self, words: str) -> bool:
        return bool(
            self.spec["heading"].fullmatch(words) and not self.spec["has_figure"].search(words)
        )

    def _heading(self, level: int, ordinal: str, words: str) -> Heading:
        number = ordinal.strip("()、.") if level > _CHAPTER else ""
        return Heading(level=level, ordinal=number, words=words.rstrip("。:"), key=self._key(words))

    def _key(self, words: str) -> str:
        """What words are about, '' where they do not say it. The name of the unit says nothing."""
        said = words.replace(self.unit_name, "") if self.unit_name else words
        return key_of_words(said)

    def _first_words(self, text: str) -> str:
        """What a paragraph says that it is about before its first figure; '' for one that does not."""
        said = text.replace(self.unit_name, "") if self.unit_name else text
        rest = self.spec["before_first_words"].sub("", said, count=1)
        figure = self.spec["has_figure"].search(rest)
        if not figure and not self.spec["announces"].search(rest):
            return ""
        return self._key(rest[: figure.start() if figure else None].partition("，")[0])


def _says_again(heading: Heading, above: Heading) -> bool:
    """Whether a heading below another speaks of the same matter, or of a part of all money that no fund is named for."""
    if (above.key, heading.key) == ("expenditure", "basic_expenditure"):
        return not patterns("passages")["of_a_fund"].search(heading.words)
    return heading.key in _REPEATS.get(above.key, ())


def _is_explanation(heading: Heading) -> bool:
    """Whether a heading is that of all explanations: it names the budget, but nothing of it."""
    return not heading.key and bool(patterns("passages")["explanation"].fullmatch(heading.words))

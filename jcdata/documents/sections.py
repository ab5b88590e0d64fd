"""Where the parts of a disclosure begin and end: statutory tables, forms, chapters, numbered passages.

Every line belongs to at most one section; lines that a page carries with it (page numbers, running headers,
watermarks) belong to none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from jcdata.documents.document import MAX_LABEL, Document, Line
from jcdata.documents.numbered_headings import is_numbered_heading, is_sentence, passage_number
from jcdata.documents.table_titles import (
    captions_other_table,
    find_table_title,
    heads_kept_table,
    heads_rows,
    is_below_kept_table,
    is_followed_by_table,
    is_title_of_money,
    is_unknown_title,
    match_title,
    without_continued,
)
from jcdata.errors import SpecError
from jcdata.numerals import chinese_number
from jcdata.spec_files import patterns
from jcdata.table_templates import TableSpec
from jcdata.text import label_key

_BARE_NUMBER = re.compile(r"(\d{1,4})(?:/\d{1,4})?")
# What is read from the matches of a pattern, so that another print of it needs no change here
_GROUPS = {
    "chapter": {"number"},
    "cover_title": {"unit", "unit_after", "year"},
    "department_name": {"name"},
    "money_unit": {"unit"},
    "unit_name": {"name"},
}
FEWEST_PAGES = 3  # that a number alone on a line must count to be a page number


class Section(NamedTuple):
    """A run of lines with one meaning.

    `kind` is `contents`, `chapter`, `table`, `form`, `passage` (a numbered part of the prose chapter) or
    `glossary`. `title` is as printed, `specs` are the templates whose title matches, none for a table that no
    template knows, `number` a passage's ordinal. `lines` are the filled lines after the title, without page furniture.
    """

    kind: str
    title: str
    title_line: Line
    first_line: int
    lines: tuple[Line, ...]
    specs: tuple[TableSpec, ...] = ()
    number: str = ""
    followed_by_table: bool = True

    @property
    def last_line(self) -> int:
        """The last filled line of the section."""
        return self.lines[-1].no if self.lines else self.title_line.no


def find_furniture(document: Document) -> set[int]:
    """Numbers of the lines that pages repeat: page numbers, running headers, watermarks; and of filing numbers."""
    is_page_number = patterns("furniture")["page_number"].fullmatch
    words = ("watermarks", "filing_number", "running_header")
    is_watermark, is_filing_number, is_header = (patterns("furniture")[x].fullmatch for x in words)
    counts = Counter(key for _, key in document.filled)
    found: set[int] = set()
    previous_was_number = False
    for line, key in document.filled:
        number = bool(is_page_number(key))
        # The cover prints such a title too: it runs where it follows a page number or recurs.
        if (
            number
            or is_watermark(key)
            or is_filing_number(key)
            or ((previous_was_number or counts[key] > 2) and is_header(key))
        ):
            found.add(line.no)
        previous_was_number = number
    return found | _find_bare_page_numbers(document)


def _find_bare_page_numbers(document: Document) -> set[int]:
    """Where the pages are known: the numbers alone on a page's first or last line that count the pages."""
    pages: dict[int, list[Line]] = {}
    for line, _ in document.filled:
        if line.page_no is not None:
            pages.setdefault(line.page_no, []).append(line)
    # It may be a figure. One that counts keeps its distance to the number of the page.
    ends = {(page_no, line) for page_no, lines in pages.items() for line in (lines[0], lines[-1])}
    numbers = [
        (line.no, int(match[1]) - page_no)
        for page_no, line in ends
        if (match := _BARE_NUMBER.fullmatch(line.squeezed))
    ]
    offsets = Counter(offset for _, offset in numbers)
    return {no for no, offset in numbers if offsets[offset] >= FEWEST_PAGES}


def find_sections(document: Document, furniture: set[int]) -> list[Section]:
    """Divide a document into its sections, in order; `furniture` as `find_furniture` gives it."""
    lines = [line for line, _ in document.filled if line.no not in furniture]
    keys = [key for line, key in document.filled if line.no not in furniture]
    starts = _Divider(lines, keys).find_starts()
    sections: list[Section] = []
    for position, start in enumerate(starts):
        end = starts[position + 1].begin if position + 1 < len(starts) else len(lines)
        sections.append(
            Section(
                kind=start.kind,
                title=start.title,
                title_line=lines[max(0, start.title_end - 1)],
                first_line=lines[start.begin].no,
                lines=tuple(lines[start.title_end : end]),
                specs=start.specs,
                number=start.number,
                followed_by_table=start.has_table,
            )
        )
    return _join_continued(sections)


class _Start(NamedTuple):
    kind: str
    begin: int  # index of the first line, a mark such as 表五 included
    title_end: int  # index after the title
    title: str
    specs: tuple[TableSpec, ...] = ()
    number: str = ""
    has_table: bool = True


IGNORED: Final = "ignored"  # a line that only looks like the beginning of a section
_Verdict = _Start | Literal["ignored"] | None


class _Divider:
    """Goes through the lines of a document and finds where its sections begin.

    Each recogniser knows one kind of beginning. It gives the section that begins at a line, IGNORED for a line that
    only looks as if one did, and None for a line that says nothing to it: then the next one is asked.
    """

    def __init__(self, lines: Sequence[Line], keys: Sequence[str]) -> None:
        self.lines, self.keys, self.spec = lines, keys, _checked_patterns()
        self.has_cells = any(line.table is not None for line in lines)
        self.starts: list[_Start] = []
        self.kind = ""  # of the section that goes on
        self.chapter = ""  # what the chapter is about: prose, glossary, or anything else
        self.passage_number = 0  # of the latest passage of the chapter
        self.seen_table = False
        self._recognisers: tuple[Callable[[int, str], _Verdict], ...] = (
            self._begin_contents,
            self._begin_chapter,
            self._begin_form,
            self._begin_untitled_form,
            self._begin_table,
            self._begin_unknown_table,
            self._begin_passage,
            self._end_form,
        )

    def find_starts(self) -> list[_Start]:
        """Where the sections begin, in order."""
        title_end = 0
        for i, key in enumerate(self.keys):
            if not key or i < title_end:
                continue  # too long for a heading, or the second line of one
            found = self._recognise(i, key)
            if isinstance(found, _Start):
                self.starts.append(found)
                self.kind, title_end = found.kind, found.title_end
        return self.starts

    def _recognise(self, i: int, key: str) -> _Verdict:
        for recognise in self._recognisers:
            if verdict := recognise(i, key):
                return verdict
        return None

    def _begin_contents(self, i: int, key: str) -> _Verdict:
        """目录."""
        if not self.spec["contents"].fullmatch(key):
            return None
        return _Start(kind="contents", begin=i, title_end=i + 1, title=key)

    def _begin_chapter(self, i: int, key: str) -> _Verdict:
        """第二部分…, unless it is an entry of the contents."""
        heading = self.spec["chapter"].fullmatch(key)
        if not heading or is_sentence(key):
            return None
        if self.kind == "contents" and any(
            later.startswith(heading["number"]) for later in self.keys[i + 1 :]
        ):
            return IGNORED  # the chapter itself is headed further down
        if self.kind == "table" and self.spec["chapter_of_tables"].fullmatch(key):
            return IGNORED  # fallen between the rows of a table by a page break
        named = (
            name for name in ("prose", "glossary") if self.spec[f"chapter_of_{name}"].fullmatch(key)
        )
        self.chapter, self.passage_number = next(named, "chapter"), 0
        kind = "glossary" if self.chapter == "glossary" else "chapter"
        return _Start(kind=kind, begin=i, title_end=i + 1, title=key)

    def _begin_form(self, i: int, key: str) -> _Verdict:
        """项目支出绩效目标申报表, which the contents name too."""
        if not self.spec["form_title"].fullmatch(key):
            return None
        return (
            IGNORED
            if self.kind == "contents"
            else _Start(kind="form", begin=i, title_end=i + 1, title=key)
        )

    def _begin_untitled_form(self, i: int, key: str) -> _Verdict:
        """A form whose title says nothing of one: all rows of the table in which the header of a grid stands."""
        is_header = "\t" in self.lines[i].text and self.spec["form_header"].search(key)
        if not is_header or self.kind in ("form", "contents"):
            return None
        begin = i
        first = self.starts[-1].title_end if self.starts else 0
        while begin > first and "\t" in self.lines[begin - 1].text and self._is_one_table(begin):
            begin -= 1
        title = self.lines[begin - 1].squeezed if begin else ""
        return _Start(kind="form", begin=begin, title_end=begin, title=title[:MAX_LABEL])

    def _is_one_table(self, i: int) -> bool:
        """Whether a line belongs to the same table as the one above it."""
        return self.lines[i].table == self.lines[i - 1].table

    def _begin_table(self, i: int, key: str) -> _Verdict:
        """The title of a table that a template has.

        Without a table below, it counts only where tables came before and no other title follows: so that it is told
        that the table is missing. Else it stands in a list of the tables.
        """
        title = find_table_title(self.lines, self.keys, i)
        if not title:
            return None
        has_table = is_followed_by_table(self.keys, title.end) or bool(
            self.spec["unit_after_title"].search(key)
        )
        is_followed_by_title = title.end < len(self.keys) and bool(
            match_title(self.keys[title.end])
        )
        is_listed = self.kind == "contents" or is_followed_by_title
        if not has_table and (is_listed or not self.seen_table):
            return IGNORED
        self.seen_table = self.seen_table or has_table
        begin = i - 1 if i and self.spec["table_mark"].fullmatch(self.keys[i - 1]) else i
        return _Start(
            kind="table",
            begin=begin,
            title_end=title.end,
            title=title.text,
            specs=title.specs,
            has_table=has_table,
        )

    def _begin_unknown_table(self, i: int, key: str) -> _Verdict:
        """A table whose title no template has, and which would else be taken for rows of the table or form before it.

        In a text, which keeps no cells, it would else be lost among the contents or the prose.
        """
        begins_table = {"table": is_unknown_title, "form": heads_kept_table}.get(
            self.kind, None if self.has_cells else is_title_of_money
        )
        if not begins_table or not begins_table(self.lines, self.keys, i):
            return None
        return _Start(kind="table", begin=i, title_end=i + 1, title=self.lines[i].squeezed)

    def _begin_passage(self, i: int, key: str) -> _Verdict:
        """三、…: the heading that continues the numbering of the prose."""
        if self.chapter != "prose" or not (number := passage_number(key, self.passage_number)):
            return None
        self.passage_number = number
        return _Start(
            kind="passage", begin=i, title_end=i + 1, title=key, number=chinese_number(number)
        )

    def _end_form(self, i: int, key: str) -> _Verdict:
        """What stands below the table of a form and is none of it: prose below a heading, another table below its caption."""
        first = self.starts[-1].title_end if self.starts else i
        if self.kind != "form" or not is_below_kept_table(self.lines, first, i):
            return None
        if captions_other_table(self.lines, self.keys, i):
            return _Start(kind="table", begin=i, title_end=i + 1, title=self.lines[i].squeezed)
        is_heading = is_numbered_heading(key) and not heads_rows(self.lines, self.keys, i)
        return _Start(kind="passage", begin=i, title_end=i + 1, title=key) if is_heading else None


def _checked_patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of `specs/sections.toml`. Raises SpecError where one lacks a group that is read from its matches."""
    spec = patterns("sections")
    for name, groups in _GROUPS.items():
        if missing := groups - spec[name].groupindex.keys():
            raise SpecError(f"sections.toml: {name} has no group {', '.join(sorted(missing))}")
    return spec


def find_money_unit(lines: Sequence[Line]) -> str | None:
    """The unit of money named most often in some lines: 万元, 元."""
    search = patterns("sections")["money_unit"].search
    units = Counter(match["unit"] for line in lines if (match := search(label_key(line.text))))
    return units.most_common(1)[0][0] if units else None


def _join_continued(sections: list[Section]) -> list[Section]:
    """A table whose title a page break repeats is one table, unless it is in another unit of money."""
    joined: list[Section] = []
    unit: str | None = None  # of the last table
    for section in sections:
        last = joined[-1] if joined else None
        is_table = section.kind == "table"
        own = find_money_unit([section.title_line, *section.lines]) if is_table else None
        if (
            last
            and is_table
            and last.kind == section.kind
            and last.specs == section.specs
            and last.title == without_continued(section.title)
            and (unit is None or own is None or unit == own)
        ):
            joined[-1] = last._replace(lines=last.lines + section.lines)
            unit = unit or own
        else:
            joined.append(section)
            unit = own
    return joined

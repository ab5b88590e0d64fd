"""Where the parts of a disclosure begin and end: statutory tables, forms, chapters, numbered passages.

Every line belongs to at most one section; lines that a page carries with it (page numbers, running headers,
watermarks) belong to none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from jcdata.documents.document import Document, Line
from jcdata.documents.table_titles import (
    find_table_title,
    is_followed_by_table,
    is_unknown_title,
    match_title,
    without_continued,
)
from jcdata.spec_files import patterns
from jcdata.table_templates import TableSpec
from jcdata.text import ORDINAL_CHARS, squeeze

_NUMBERED = re.compile(rf"([{ORDINAL_CHARS}]{{1,3}})、(.{{2,40}})")
_SENTENCE = re.compile("[。；，,;]")
_BARE_NUMBER = re.compile(r"(\d{1,4})(?:/\d{1,4})?")
FEWEST_PAGES = 3  # that a number alone on a line must count to be a page number
MOST_LEFT_OUT = 3  # passages


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
    """Numbers of the lines that pages repeat: page numbers, running headers, watermarks."""
    is_page_number = patterns("furniture")["page_number"].fullmatch
    is_watermark = patterns("furniture")["watermarks"].fullmatch
    is_header = patterns("furniture")["running_header"].fullmatch
    counts = Counter(key for _, key in document.filled)
    found: set[int] = set()
    previous_was_number = False
    for line, key in document.filled:
        number = bool(is_page_number(key))
        if (
            number
            or is_watermark(key)
            or ("公开" in key and is_header(key) and (previous_was_number or counts[key] > 2))
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
    ends = {(page_no, line) for page_no, lines in pages.items() for line in (lines[0], lines[-1])}
    numbers = [
        (line.no, int(match[1]) - page_no) for page_no, line in ends if (match := _BARE_NUMBER.fullmatch(line.squeezed))
    ]
    offsets = Counter(offset for _, offset in numbers)
    return {no for no, offset in numbers if offsets[offset] >= FEWEST_PAGES}


def find_sections(document: Document, furniture: set[int]) -> list[Section]:
    """Divide a document into its sections, in order; `furniture` as `find_furniture` gives it."""
    lines = [line for line, _ in document.filled if line.no not in furniture]
    keys = [key for line, key in document.filled if line.no not in furniture]
    starts = _find_starts(lines, keys)
    sections: list[Section] = []
    for position, start in enumerate(starts):
        end = starts[position + 1].begin if position + 1 < len(starts) else len(lines)
        body = tuple(lines[start.title_end : end])
        title_line = lines[start.title_end - 1]
        first_line = lines[start.begin].no
        sections.append(
            Section(start.kind, start.title, title_line, first_line, body, start.specs, start.number, start.has_table)
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


def _find_starts(lines: Sequence[Line], keys: Sequence[str]) -> list[_Start]:
    spec = patterns("sections")
    starts: list[_Start] = []
    chapter = ""
    passage_number = 0
    seen_table = False
    for i, key in enumerate(keys):
        if not key or (starts and i < starts[-1].title_end):
            continue
        kind = starts[-1].kind if starts else ""
        if spec["contents"].fullmatch(key):
            starts.append(_Start("contents", i, i + 1, key))
        elif spec["chapter"].fullmatch(key) and not _SENTENCE.search(key):
            if kind == "contents" and _is_entry_of_contents(keys, i):
                continue
            if spec["chapter_of_tables"].fullmatch(key) and kind == "table":
                continue  # fallen between the rows of a table by a page break
            name = next((n for n in ("prose", "glossary") if spec[f"chapter_of_{n}"].fullmatch(key)), "chapter")
            chapter, passage_number = name, 0
            starts.append(_Start("glossary" if name == "glossary" else "chapter", i, i + 1, key))
        elif spec["form_title"].fullmatch(key):
            if kind != "contents":
                starts.append(_Start("form", i, i + 1, key))
        elif found := find_table_title(lines, keys, i):
            title, specs, title_end = found
            has_table = is_followed_by_table(keys, title_end) or bool(spec["unit_after_title"].search(key))
            is_listed = title_end < len(keys) and match_title(keys[title_end])
            if has_table or (seen_table and kind != "contents" and not is_listed):
                begin = i - 1 if i and spec["table_mark"].fullmatch(keys[i - 1]) else i
                starts.append(_Start("table", begin, title_end, title, specs, "", has_table))
                seen_table = seen_table or has_table
        elif kind == "table" and is_unknown_title(lines, keys, i):
            starts.append(_Start("table", i, i + 1, squeeze(lines[i].text)))
        elif chapter == "prose" and (number := _passage_number(key, passage_number)):
            passage_number = number
            starts.append(_Start("passage", i, i + 1, key, (), chinese_number(number)))
    return starts


def _is_entry_of_contents(keys: Sequence[str], i: int) -> bool:
    """Whether the chapter of this number is headed again further down."""
    return any(key.startswith(keys[i][: keys[i].index("分") + 1]) for key in keys[i + 1 :])


def _passage_number(key: str, previous: int) -> int:
    """The number of a heading that continues the numbering of the prose chapter, else 0.

    A unit may leave passages out: then the words of the heading must be those of one.
    """
    match = _NUMBERED.fullmatch(key)
    if not match or _SENTENCE.search(key):
        return 0
    reach = MOST_LEFT_OUT + 1 if patterns("sections")["passage_words"].search(match[2]) else 1
    return next((n for n in range(previous + 1, previous + 1 + reach) if match[1] == chinese_number(n)), 0)


def chinese_number(n: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(n, 10)
    digits = "零一二三四五六七八九"
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones or not tens else "")


def _join_continued(sections: list[Section]) -> list[Section]:
    """A table whose title a page break repeats is one table."""
    joined: list[Section] = []
    for section in sections:
        last = joined[-1] if joined else None
        is_table = last and last.kind == section.kind == "table"
        if last and is_table and last.specs == section.specs and last.title == without_continued(section.title):
            joined[-1] = last._replace(lines=last.lines + section.lines)
        else:
            joined.append(section)
    return joined

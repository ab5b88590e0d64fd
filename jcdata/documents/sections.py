"""Where the parts of a disclosure begin and end: statutory tables, forms, chapters, numbered passages.

Every line belongs to at most one section; lines that a page carries with it (page numbers, running headers,
watermarks) belong to none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from jcdata.documents.document import Document, Line
from jcdata.spec_files import patterns
from jcdata.table_templates import TableSpec, blank_signs, table_specs
from jcdata.text import ORDINAL_CHARS, chinese_number, label_key, squeeze

_NUMBERED = re.compile(rf"([{ORDINAL_CHARS}]{{1,3}})、(.{{2,40}})")
_SENTENCE = re.compile("[。；，,;]")
_BARE_NUMBER = re.compile(r"(\d{1,4})(?:/\d{1,4})?")
FEWEST_PAGES = 3  # that a number alone on a line must count to be a page number
LOOK_AHEAD = 8
MAX_TITLE = 80
MAX_NUMBER = 12  # characters of a table's number before its title, such as 预算公开表1、
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
        if number or is_watermark(key) or ((previous_was_number or counts[key] > 2) and is_header(key)):
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


@lru_cache(maxsize=20_000)  # the same titles stand in every document
def match_title(key: str) -> tuple[TableSpec, ...]:
    """The tables whose title this is, a title that says more before one that says less; empty if it is none."""
    if len(key) > MAX_TITLE or not patterns("sections")["table_word"].search(key):
        return ()
    key = patterns("sections")["unit_after_title"].sub("", key)
    is_number = patterns("sections")["table_number"].fullmatch
    starts = [0, *(end for end in range(2, MAX_NUMBER) if is_number(key[:end]))]
    best: list[TableSpec] = []
    best_start = len(key) + 1
    for start in starts:
        for begin in _possible_title_starts(key, start):
            body = _unwrapped(_without_continued(key[begin:]))
            bodies = {body, _without_bracket(body)}
            matches = [spec for spec in table_specs() if any(map(spec.titles.fullmatch, bodies))]
            if matches and begin < best_start:
                whole = [spec for spec in matches if spec.titles.fullmatch(body)]
                best, best_start = whole or matches, begin
    return tuple(best)


def _possible_title_starts(key: str, start: int) -> list[int]:
    spec = patterns("sections")
    starts = [start]
    for prefix in (spec["year_prefix"], spec["unit_prefix"]):
        if match := prefix.match(key, start):
            starts.append(match.end())
    starts += [match.end() for begin in list(starts) if (match := spec["scope_prefix"].match(key, begin))]
    return sorted(set(starts))


def _without_continued(title: str) -> str:
    """A title without the （续） of a table that goes on on a new page."""
    return patterns("sections")["table_continued"].sub("", title)


def _unwrapped(body: str) -> str:
    return body[1:-1] if (body[:1], body[-1:]) in (("(", ")"), ("《", "》")) else body


def _without_bracket(body: str) -> str:
    return body[: body.rindex("(")] if body.endswith(")") and "(" in body else body


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
        elif found := _table_title(lines, keys, i):
            specs, title_end, title = found
            has_table = _has_table(keys, title_end) or bool(spec["unit_after_title"].search(key))
            if has_table or (seen_table and kind != "contents" and not match_title(_next_key(keys, title_end))):
                begin = i - 1 if i and spec["table_mark"].fullmatch(keys[i - 1]) else i
                starts.append(_Start("table", begin, title_end, title, specs, "", has_table))
                seen_table = seen_table or has_table
        elif kind == "table" and _is_unknown_title(lines, keys, i):
            starts.append(_Start("table", i, i + 1, squeeze(lines[i].text)))
        elif chapter == "prose" and (number := _passage_number(key, passage_number)):
            passage_number = number
            starts.append(_Start("passage", i, i + 1, key, (), chinese_number(number)))
    return starts


def _is_entry_of_contents(keys: Sequence[str], i: int) -> bool:
    """Whether the chapter of this number is headed again further down."""
    number = patterns("sections")["chapter_number"].match(keys[i])
    return number is not None and any(key.startswith(number[0]) for key in keys[i + 1 :])


def _table_title(lines: Sequence[Line], keys: Sequence[str], i: int) -> tuple[tuple[TableSpec, ...], int, str] | None:
    spec = patterns("sections")
    if not spec["table_word"].search(keys[i]) and not spec["table_word"].search(_next_key(keys, i + 1)):
        return None
    text = _without_captions(lines[i].text)
    if "\t" in text:
        return None
    if specs := match_title(label_key(text)):
        return specs, i + 1, spec["unit_after_title"].sub("", squeeze(text))
    wraps = i + 1 < len(lines) and lines[i + 1].no == lines[i].no + 1 and spec["year_prefix"].match(keys[i])
    if wraps and (specs := match_title(keys[i] + keys[i + 1])):
        return specs, i + 2, squeeze(lines[i].text + lines[i + 1].text)
    return None


def _is_unknown_title(lines: Sequence[Line], keys: Sequence[str], i: int) -> bool:
    """Whether a table begins whose title no template has: named a table, and with the marks of one around."""
    spec = patterns("sections")
    if "\t" in lines[i].text.strip() or not spec["some_title"].fullmatch(keys[i]):
        return False
    marked = i > 0 and spec["table_word"].search(keys[i - 1]) and spec["table_mark"].fullmatch(keys[i - 1])
    return bool(marked) or any(spec["money_unit"].search(k) or spec["unit_name"].match(k) for k in keys[i + 1 : i + 3])


def _without_captions(text: str) -> str:
    """A row's cells without those that say the unit of money, the year or the table's number."""
    cells = [cell for cell in text.split("\t") if cell.strip() and cell.strip() not in blank_signs()]
    if len(cells) == 1:
        return cells[0]
    is_caption = _caption_pattern().fullmatch
    return "\t".join(cell for cell in cells if not is_caption(label_key(cell)))


@cache
def _caption_pattern() -> re.Pattern[str]:
    spec = patterns("sections")
    return re.compile(f"{spec['caption_rest'].pattern}|{spec['table_mark'].pattern}")


def _next_key(keys: Sequence[str], i: int) -> str:
    return keys[i] if i < len(keys) else ""


def _has_table(keys: Sequence[str], i: int) -> bool:
    """Whether a title is followed by a unit, a unit of money or a header before the next title."""
    spec = patterns("sections")
    for key in keys[i : i + LOOK_AHEAD]:
        if match_title(key) or spec["chapter"].fullmatch(key):
            return False
        if spec["money_unit"].search(key) or spec["unit_name"].match(key) or spec["table_head"].match(key):
            return True
    return False


def _passage_number(key: str, previous: int) -> int:
    """The number of a heading that continues the numbering of the prose chapter, else 0.

    A unit may leave passages out: then the words of the heading must be those of one.
    """
    match = _NUMBERED.fullmatch(key)
    if not match or _SENTENCE.search(key):
        return 0
    reach = MOST_LEFT_OUT + 1 if patterns("sections")["passage_words"].search(match[2]) else 1
    return next((n for n in range(previous + 1, previous + 1 + reach) if match[1] == chinese_number(n)), 0)


def _join_continued(sections: list[Section]) -> list[Section]:
    """A table whose title a page break repeats is one table."""
    joined: list[Section] = []
    for section in sections:
        last = joined[-1] if joined else None
        is_table = last and last.kind == section.kind == "table"
        if last and is_table and last.specs == section.specs and last.title == _without_continued(section.title):
            joined[-1] = last._replace(lines=last.lines + section.lines)
        else:
            joined.append(section)
    return joined

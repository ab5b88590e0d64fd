"""The titles of the statutory tables: which table one names, and whether a table follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from jcdata.documents.document import Line, is_text_row
from jcdata.spec_files import patterns
from jcdata.table_templates import TableSpec, blank_signs, table_specs
from jcdata.text import label_key, squeeze

LOOK_AHEAD = 8  # lines below a title in which its table must begin
MAX_TITLE = 80
MOST_CAPTIONS = 3  # lines between a title and its table
MAX_NUMBER = 12  # characters of a table's number before its title, such as 预算公开表1、


@lru_cache(maxsize=20_000)  # the same titles stand in every document
def match_title(key: str) -> tuple[TableSpec, ...]:
    """The tables whose title this is, a title that says more before one that says less; empty if it is none."""
    if len(key) > MAX_TITLE or not patterns("sections")["table_word"].search(key):
        return ()
    key = patterns("sections")["unit_after_title"].sub("", key)
    is_number = patterns("sections")["table_number"].fullmatch
    # The number of the table may stand before its title, and then the year and the unit.
    starts = [0, *(end for end in range(2, MAX_NUMBER) if is_number(key[:end]))]
    best: list[TableSpec] = []
    best_start = len(key) + 1
    for start in starts:
        for begin in _possible_title_starts(key, start):
            body = _unwrapped(without_continued(key[begin:]))
            bodies = {body, _without_bracket(body)}
            matches = [spec for spec in table_specs() if any(map(spec.titles.fullmatch, bodies))]
            if matches and begin < best_start:
                # A bracket like （不含上年结转） may be of the title, or of the document only.
                whole = [spec for spec in matches if spec.titles.fullmatch(body)]
                best, best_start = whole or matches, begin
    return tuple(best)


def _possible_title_starts(key: str, start: int) -> list[int]:
    spec = patterns("sections")
    starts = [start]
    for prefix in (spec["year_prefix"], spec["unit_prefix"]):
        if match := prefix.match(key, start):
            starts.append(match.end())
    starts += [
        match.end() for begin in list(starts) if (match := spec["scope_prefix"].match(key, begin))
    ]
    return sorted(set(starts))


def without_continued(title: str) -> str:
    """A title without the （续） of a table that goes on on a new page."""
    return patterns("sections")["table_continued"].sub("", title)


def _unwrapped(body: str) -> str:
    return body[1:-1] if (body[:1], body[-1:]) in (("(", ")"), ("《", "》")) else body


def _without_bracket(body: str) -> str:
    return body[: body.rindex("(")] if body.endswith(")") and "(" in body else body


class TableTitle(NamedTuple):
    """A title as printed, the tables of the templates that it names, and the index of the line after it."""

    text: str
    specs: tuple[TableSpec, ...]
    end: int


def find_table_title(lines: Sequence[Line], keys: Sequence[str], i: int) -> TableTitle | None:
    """The title that begins at a line, which may wrap, with captions in cells beside it."""
    spec = patterns("sections")
    if not spec["table_word"].search(keys[i]) and not spec["table_word"].search(
        _next_key(keys, i + 1)
    ):
        return None
    text = _without_captions(lines[i].text)
    if "\t" in text:
        return None
    if specs := match_title(label_key(text)):
        return TableTitle(spec["unit_after_title"].sub("", squeeze(text)), specs, i + 1)
    # Two lines are joined only if the first is a title's beginning for sure, so that no rows are.
    wraps = (
        i + 1 < len(lines)
        and lines[i + 1].no == lines[i].no + 1
        and spec["year_prefix"].match(keys[i])
        # The document's title may stand above that of its first table.
        and not (spec["cover_title"].fullmatch(keys[i]) and match_title(keys[i + 1]))
    )
    if wraps and (specs := match_title(keys[i] + keys[i + 1])):
        return TableTitle(squeeze(lines[i].text + lines[i + 1].text), specs, i + 2)
    return None


def is_unknown_title(lines: Sequence[Line], keys: Sequence[str], i: int) -> bool:
    """Whether a table begins whose title no template has: named a table, and with the marks of one around."""
    spec = patterns("sections")
    if "\t" in lines[i].text.strip() or not spec["some_title"].fullmatch(keys[i]):
        return False
    marked = (
        i > 0
        and spec["table_word"].search(keys[i - 1])
        and spec["table_mark"].fullmatch(keys[i - 1])
    )
    return bool(marked) or any(
        spec["money_unit"].search(k) or spec["unit_name"].match(k) for k in keys[i + 1 : i + 3]
    )


def is_title_of_money(lines: Sequence[Line], keys: Sequence[str], i: int) -> bool:
    """Whether a table begins whose title no template has, and the unit of its money stands below."""
    search = patterns("sections")["money_unit"].search
    return is_unknown_title(lines, keys, i) and any(map(search, keys[i + 1 : i + 3]))


def is_bare_title(keys: Sequence[str], i: int) -> bool:
    """Whether a line names a table without the word, right above the captions that say its unit of money."""
    spec = patterns("titles")
    if not spec["bare_title"].fullmatch(keys[i]) or spec["no_title"].fullmatch(keys[i]):
        return False
    return _says_money(keys[i + 1 : i + 1 + MOST_CAPTIONS])


def _says_money(captions: Sequence[str]) -> bool:
    """Whether a unit of money stands in a line, with nothing but captions above it."""
    says_money = patterns("sections")["money_unit"].search
    for key in captions:
        if says_money(key) or not _is_caption(key):
            return bool(says_money(key))
    return False


def _is_caption(key: str) -> bool:
    spec = patterns("sections")
    return bool(spec["unit_name"].match(key) or _caption_pattern().fullmatch(key))


def is_below_kept_table(lines: Sequence[Line], first: int, i: int) -> bool:
    """Whether a line stands outside a table that the file keeps as one, and below another that stands at `first` or further down."""
    return not _is_kept_row(lines[i]) and any(map(_is_kept_row, lines[first:i]))


def heads_rows(lines: Sequence[Line], keys: Sequence[str], i: int) -> bool:
    """Whether nothing but captions stands between a line and a table that the file keeps as one."""
    below = next((j for j in range(i + 1, len(keys)) if not _is_caption(keys[j])), None)
    return below is not None and _is_kept_row(lines[below])


def captions_other_table(lines: Sequence[Line], keys: Sequence[str], i: int) -> bool:
    """Whether a unit of money stands right above a kept table with a header of its own, which is none of a form."""
    spec = patterns("sections")
    if not spec["money_unit"].search(keys[i]) or not heads_rows(lines, keys, i):
        return False
    first = next(j for j in range(i + 1, len(lines)) if _is_kept_row(lines[j]))
    in_table = takewhile(lambda j: lines[j].table == lines[first].table, range(first, len(lines)))
    return bool(spec["money_head"].fullmatch(label_key(lines[first].text))) and not any(
        spec["form_header"].search(keys[j]) for j in in_table
    )


def heads_kept_table(lines: Sequence[Line], keys: Sequence[str], i: int) -> bool:
    """Whether a title stands above a table that the file keeps as one, or in its first row."""
    spec, key, line = patterns("titles"), keys[i], lines[i]
    is_bare = is_bare_title(keys, i)
    is_title = is_bare or (spec["title"].fullmatch(key) and not spec["no_title"].fullmatch(key))
    if not is_title or "\t" in line.text.strip():
        return False
    is_within = _is_kept_row(line) and line.table == lines[i - 1].table
    # A sheet is one table, where a cell of a form may read like a title.
    is_captioned = (
        is_bare
        or is_unknown_title(lines, keys, i)
        or patterns("sections")["unit_after_title"].search(key)
    )
    below = lines[i + 1 : i + 1 + MOST_CAPTIONS]
    return bool(not is_within or is_captioned) and any(map(_is_kept_row, below))


def _is_kept_row(line: Line) -> bool:
    """Whether a line is the row of a table that the file, or Markdown, keeps as one."""
    return line.table is not None or is_text_row(line)


def _without_captions(text: str) -> str:
    """A row's cells without those that say the unit of money, the year or the table's number."""
    cells = [
        cell for cell in text.split("\t") if cell.strip() and cell.strip() not in blank_signs()
    ]
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


def is_followed_by_table(keys: Sequence[str], i: int) -> bool:
    """Whether a title is followed by a unit, a unit of money or a header before the next title."""
    spec = patterns("sections")
    for key in keys[i : i + LOOK_AHEAD]:
        if match_title(key) or spec["chapter"].fullmatch(key):
            return False
        if (
            spec["money_unit"].search(key)
            or spec["unit_name"].match(key)
            or spec["table_head"].match(key)
        ):
            return True
    return False

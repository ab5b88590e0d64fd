"""What a document says of itself: title, unit, fiscal year, budget or final accounts, unit of money, pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.amounts import MONEY_UNIT
from jcdata.documents.document import Document, Line
from jcdata.documents.sections import Section
from jcdata.errors import DocumentError
from jcdata.messages import Message
from jcdata.schema import DocumentRecord, SourceLine
from jcdata.spec_files import patterns
from jcdata.text import label_key, squeeze

_MONEY = re.compile(rf"([\d,]*\d\.\d+)({MONEY_UNIT})")
_CAPTION_LINES = 6
FIRST_LINES = 60  # of a document, among which its title stands
_NUMBER = re.compile(r"\d+")


class Description(NamedTuple):
    """What a document says of itself."""

    record: DocumentRecord
    source_lines: list[SourceLine]


def describe(document: Document, sections: Sequence[Section], furniture: set[int]) -> Description:
    """Describe a document. Raises DocumentError if no part of it is that of a budget disclosure.

    One is a table, form or passage; or a table of money, or the words of a disclosure on its first lines.
    """
    if (
        not any(section.kind in ("table", "form", "passage") for section in sections)
        and not (
            any(line.table for line, _ in document.filled)
            and find_money_unit([line for line, _ in document.filled])
        )
        and not any(
            patterns("sections")["disclosure"].fullmatch(key)
            for _, key in document.filled[:FIRST_LINES]
        )
    ):
        raise DocumentError(
            Message(
                "not a budget disclosure: no statutory table, form or explanation found",
                "不是预决算公开文件",
            )
        )
    captions = [
        line
        for section in sections
        if section.kind == "table"
        for line in section.lines[:_CAPTION_LINES]
    ]
    cover = _find_cover(document)
    unit_name = find_unit_name(captions) or (cover.unit_name if cover else None)
    titles = [s.title for s in sections if s.kind in ("table", "chapter")] + (
        [cover.title] if cover else []
    )
    record = DocumentRecord(
        document_id=document.document_id,
        file_name=document.file_name,
        sha256=document.sha256,
        title=_whole_title(cover, unit_name),
        unit_name=unit_name,
        fiscal_year=_find_year(titles, document),
        document_kind=_find_kind(titles),
        layout=document.layout,
        source_unit=find_money_unit(captions)
        or find_money_unit([line for line, _ in document.filled])
        or _unit_of_same_figures(sections),
        line_count=len(document.lines),
        notes="; ".join(map(str, document.notes)) or None,
    )
    pages = dict(_find_pages(document, furniture))
    lines = [
        SourceLine(
            document_id=document.document_id,
            line_no=x.no,
            page_no=x.page_no or pages.get(x.no),
            text=x.raw,
            read_by="text" if x.confidence is None else "ocr",
            confidence=x.confidence,
        )
        for x in document.lines
    ]
    return Description(record, lines)


def find_money_unit(lines: Sequence[Line]) -> str | None:
    """The unit of money named most often in some lines: 万元, 元."""
    search = patterns("sections")["money_unit"].search
    units = Counter(match["unit"] for line in lines if (match := search(label_key(line.text))))
    return units.most_common(1)[0][0] if units else None


def _unit_of_same_figures(sections: Sequence[Section]) -> str | None:
    """The unit that the prose names most often behind figures that the tables print without one."""
    printed = {
        word
        for s in sections
        if s.kind == "table"
        for line in s.lines
        for word in line.text.split()
    }
    prose = "".join(line.squeezed for s in sections if s.kind == "passage" for line in s.lines)
    # A zero stands in every table and tells nothing.
    units = Counter(
        unit for figure, unit in _MONEY.findall(prose) if figure in printed and figure.strip("0.")
    )
    return units.most_common(1)[0][0] if units else None


def _find_kind(titles: Sequence[str]) -> str:
    """Budget or final accounts, as most titles say that say it; the names of the funds say nothing."""
    spec = patterns("sections")
    said = [spec["fund_budget"].sub("", title) for title in titles]
    accounts, budgets = (
        sum(bool(spec[word].search(title)) for title in said)
        for word in ("final_accounts_word", "budget_word")
    )
    return "final_accounts" if accounts > budgets else "budget"


def find_unit_name(captions: Sequence[Line]) -> str | None:
    """The unit that the captions of tables name most often."""
    match_unit, rest = patterns("sections")["unit_name"].match, patterns("sections")["caption_rest"]
    names = Counter(
        match["name"]
        for line in captions
        if (match := match_unit(rest.sub("", squeeze(line.text))))
    )
    return names.most_common(1)[0][0] if names else None


def find_unit_in_title(title: str) -> str | None:
    """The unit that the title of a table names before the year."""
    match = patterns("sections")["titled_unit"].fullmatch(squeeze(title))
    return match["name"] if match else None


def _find_year(titles: Sequence[str], document: Document) -> int | None:
    find_years = patterns("sections")["fiscal_year"].findall
    years = Counter(year for title in titles for year in find_years(title))
    if not years:
        years = Counter(year for line in document.lines for year in find_years(line.text)[:1])
    return int(years.most_common(1)[0][0]) if years else None


class _Cover(NamedTuple):
    """The title of a document as its cover or running header prints it, and the unit that it names."""

    title: str
    unit_name: str | None


def _find_cover(document: Document) -> _Cover | None:
    """The longest title that is printed, because a cover may break it over lines."""
    match_title = patterns("sections")["cover_title"].fullmatch
    may_be_title = patterns("sections")["cover_word"].search
    lines = (line for line, key in document.filled if may_be_title(key))
    titles = [match for line in lines if (match := match_title(squeeze(line.text)))]
    longest = max(titles, key=lambda match: len(match[0]), default=None)
    return _Cover(longest[0], longest["unit"]) if longest else None


def _whole_title(cover: _Cover | None, unit_name: str | None) -> str | None:
    """The title with the unit's name before it, which covers print in a line of its own."""
    if cover is None:
        return None
    return cover.title if cover.unit_name else (unit_name or "") + cover.title


def _find_pages(document: Document, furniture: set[int]) -> Iterator[tuple[int, int]]:
    """Line -> page for the lines between the numbers of one page and of the next."""
    is_page_number = patterns("furniture")["page_number"].fullmatch
    numbered = [
        line for line, key in document.filled if line.no in furniture and is_page_number(key)
    ]
    marks = [(line.no, int(match[0])) for line in numbered if (match := _NUMBER.search(line.text))]
    for (previous_no, previous_page), (no, page) in pairwise([(0, 0), *marks]):
        # Where a number is missing or misread, nothing is known of the lines around it.
        if page == previous_page + 1:
            yield from ((line_no, page) for line_no in range(previous_no + 1, no + 1))

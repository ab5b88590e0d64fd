"""What a document says of itself: title, unit, fiscal year, budget or final accounts, unit of money, pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.amounts import MONEY_UNIT
from jcdata.documents.cover import FIRST_LINES, Cover, Title, find_cover, find_name, title_of_name
from jcdata.documents.document import Document, Line
from jcdata.documents.sections import Section, find_money_unit
from jcdata.errors import DocumentError
from jcdata.messages import Message
from jcdata.schema import DocumentRecord, SourceLine
from jcdata.spec_files import patterns
from jcdata.text import simplified, squeeze

_MONEY = re.compile(rf"([\d,]*\d\.\d+)({MONEY_UNIT})")
_CAPTION_LINES = 6
_NUMBER = re.compile(r"\d+")
_TITLE, _UNIT, _YEAR = (
    Message("title", "标题"),
    Message("unit", "单位名称"),
    Message("fiscal year", "年度"),
)
_BY_NAME = Message("taken from the name of the file", "取自文件名")
_NOT_FOUND = Message("not found in the document", "文件中未找到")


class Description(NamedTuple):
    """What a document says of itself; `cover_lines` are the numbers of the lines on which its cover does."""

    record: DocumentRecord
    source_lines: list[SourceLine]
    cover_lines: frozenset[int]


def describe(document: Document, sections: Sequence[Section], furniture: set[int]) -> Description:
    """Describe a document. Raises DocumentError if no part of it is that of a budget disclosure.

    One is a table, form or passage; or a table of money, or the words of a disclosure on its first lines.
    """
    cover = find_cover(document, sections, furniture)
    if not _is_disclosure(document, sections, cover.title):
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
    said = _find_identity(document, sections, captions, cover)
    record = DocumentRecord(
        document_id=document.document_id,
        file_name=document.file_name,
        sha256=document.sha256,
        title=said.title,
        unit_name=said.unit_name,
        fiscal_year=said.fiscal_year,
        document_kind=_find_kind(said.titles),
        layout=document.layout,
        source_unit=find_money_unit(captions)
        or find_money_unit([line for line, _ in document.filled])
        or _unit_of_same_figures(sections),
        line_count=len(document.lines),
        notes="; ".join(map(str, (*document.notes, *said.notes))) or None,
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
    return Description(record, lines, said.line_nos)


def _is_disclosure(document: Document, sections: Sequence[Section], title: Title | None) -> bool:
    """Whether a part of a document is that of a disclosure; the words of one may also be divided between title and headings."""
    spec = patterns("sections")
    if any(section.kind in ("table", "form", "passage") for section in sections):
        return True
    lines = [line for line, _ in document.filled]
    if any(line.table for line in lines) and find_money_unit(lines):
        return True
    if any(spec["disclosure"].fullmatch(key) for _, key in document.filled[:FIRST_LINES]):
        return True
    is_titled = title and spec["department_title"].search(simplified(title.text))
    is_heading = spec["explanation_heading"].fullmatch
    return bool(is_titled and any(key and is_heading(key) for _, key in document.filled))


class _Identity(NamedTuple):
    """What a document is; `titles` are those of it and its parts, `line_nos` the lines of its cover that say it."""

    title: str | None
    unit_name: str | None
    fiscal_year: int | None
    titles: list[str]
    notes: tuple[Message, ...]
    line_nos: frozenset[int]


def _find_identity(
    document: Document,
    sections: Sequence[Section],
    captions: Sequence[Line],
    cover: Cover,
) -> _Identity:
    """Title, unit and year: of the cover, the captions, other titles; of the file's name where the document has none.

    Where neither a title nor the name says the year, the lines do.
    """
    named = title_of_name(document.file_name)
    titles = [s.title for s in sections if s.kind in ("table", "chapter")]
    if cover.title:
        titles.append(cover.title.text)
    title = cover.title
    unit_name = (
        cover.labelled
        or find_unit_name(captions)
        or cover.unit_name
        or cover.department_name
        or _unit_of_captions_anywhere(document)
    )
    year = cover.title.year if cover.title else _find_year(titles)
    if not year and not (named and named.year):
        year = _find_year([line.text for line in document.lines])
    missing = {
        what: in_name
        for what, own, in_name in (
            (_TITLE, title, named),
            (_UNIT, unit_name, named and named.unit_name),
            (_YEAR, year, named),
        )
        if not own
    }
    if named:
        title, unit_name, year = title or named, unit_name or named.unit_name, year or named.year
    return _Identity(
        title=_whole_title(title, unit_name),
        unit_name=unit_name,
        fiscal_year=year,
        titles=titles,
        notes=(
            *_listed(_BY_NAME, [what for what, in_name in missing.items() if in_name]),
            *_listed(_NOT_FOUND, [what for what, in_name in missing.items() if not in_name]),
        ),
        line_nos=cover.line_nos,
    )


def _listed(heading: Message, parts: Sequence[Message]) -> Iterator[Message]:
    if parts:
        yield Message(
            f"{heading.en}: {', '.join(part.en for part in parts)}",
            f"{heading.zh}：{'、'.join(part.zh for part in parts)}",
        )


def _whole_title(title: Title | None, unit_name: str | None) -> str | None:
    """The title with the unit's name before it, which covers print in a line of its own."""
    if title is None:
        return None
    return title.text if title.name else (unit_name or "") + title.text


def _unit_of_captions_anywhere(document: Document) -> str | None:
    """The unit that lines name as captions of tables do that no template knows."""
    name = find_unit_name([line for line, key in document.filled if key])
    return name if name and patterns("sections")["named_on_cover"].fullmatch(name) else None


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
    said = [spec["fund_budget"].sub("", simplified(title)) for title in titles]
    accounts, budgets = (
        sum(bool(spec[word].search(title)) for title in said)
        for word in ("final_accounts_word", "budget_word")
    )
    return "final_accounts" if accounts > budgets else "budget"


def find_unit_name(captions: Sequence[Line]) -> str | None:
    """The unit that the captions of tables name most often."""
    spec = patterns("sections")
    texts = (spec["caption_rest"].sub("", line.squeezed) for line in captions)
    return find_name(texts, spec["unit_name"])


def find_unit_in_title(title: str) -> str | None:
    """The unit that the title of a table names before the year."""
    match = patterns("sections")["titled_unit"].fullmatch(squeeze(title))
    return match["name"] if match else None


def _find_year(texts: Sequence[str]) -> int | None:
    """The year that most texts name, of several the latest: the year before stands beside it."""
    find_years = patterns("sections")["fiscal_year"].findall
    years = Counter(year for text in texts for year in set(find_years(text)))
    return int(max(years, key=lambda year: (years[year], year))) if years else None


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

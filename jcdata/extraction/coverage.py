"""Lines with content that no reader understood, so that the share of a document that was understood can be told."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby

from jcdata.documents.document import Document, is_text_row
from jcdata.documents.sections import Section
from jcdata.figures import reading_of
from jcdata.forms.form_records import Forms
from jcdata.messages import Message
from jcdata.prose.claim_patterns import PRINTED_FIGURE
from jcdata.prose.claims import Statements
from jcdata.prose.paragraphs import UnreadFigures
from jcdata.prose.passages import Passage
from jcdata.schema import (
    PARTS,
    GlossaryTerm,
    PrintedTable,
    PurchaseDirectoryEntry,
    UnrecognisedLine,
)
from jcdata.spec_files import patterns
from jcdata.tables.budget_lines import Tables
from jcdata.text import squeeze

Found = Iterator[tuple[int, str, Message]]


def find_unrecognised(
    document: Document, sections: Sequence[Section], furniture: set[int], unit_name: str | None, tables: Tables,
    forms: Forms, unread: Iterable[UnreadFigures], annexes: Sequence[PurchaseDirectoryEntry | GlossaryTerm],
    read: Set[int] = frozenset(),
) -> list[UnrecognisedLine]:  # fmt: skip
    """The lines of a document that no reader understood, one row a line.

    Narrative without figures counts as understood: it is kept as it stands. `unread` are the figures of the prose that
    no claim holds, `read` the lines of prose of which something was made, whatever part they stand in.
    """
    found: dict[int, tuple[str, str]] = {}
    for line_no, section, reason in (
        *_outside(document, sections, furniture | read, unit_name, tables),
        *(
            (no, title, Message("no row of the table", "不是表中的行"))
            for no, title in tables.stray
        ),
        *((fault.line_no, PARTS["table"], fault.reason) for fault in tables.faults),
        *((no, PARTS["form"], reason) for no, reason in forms.unrecognised),
        *(
            (
                line_no,
                title,
                Message(
                    f"figures that no claim holds: {' '.join(figures)}",
                    f"未读取的数字：{'、'.join(figures)}",
                ),
            )
            for line_no, title, figures in unread
        ),
        *_unread_glossary(sections, annexes),
    ):
        found.setdefault(line_no, (section, str(reason)))
    return [
        UnrecognisedLine(
            document_id=document.document_id, line_no=line_no, section=section, reason=reason
        )
        for line_no, (section, reason) in sorted(found.items())
    ]


def lines_of_claims(
    passages: Iterable[Passage], statements: Statements, tables: Iterable[PrintedTable]
) -> set[int]:
    """The lines of the passages that state a claim, with the headings right above them.

    A passage goes on below a table that stands in it, but what it states above the table is not of the lines below.
    """
    stated = {claim.line_no for claim in statements.claims}
    begins = sorted(table.first_line for table in tables)
    found: set[int] = set()
    heading: set[int] = set()  # a line alone, which may be that of what follows
    for passage in passages:
        for _, part in groupby(passage.lines, lambda line: bisect(begins, line.no)):
            lines = {line.no for line in part}
            if lines & stated:
                found |= heading | lines
            heading = lines if len(lines) == 1 else set()
    return found


def _outside(
    document: Document,
    sections: Sequence[Section],
    furniture: set[int],
    unit_name: str | None,
    tables: Tables,
) -> Found:
    covered = set(furniture)
    for table in tables.printed_tables:
        covered.update(range(table.first_line, table.last_line + 1))
    for section in sections:
        covered.update(
            range(section.first_line, section.title_line.no + 1),
            (line.no for line in section.lines),
        )
    is_title = patterns("sections")["cover_title"].fullmatch
    for line, key in document.filled:
        if line.no not in covered and squeeze(line.text) != unit_name and not is_title(key):
            yield line.no, "", Message("in no part of the disclosure", "不属于任何部分")


def find_unread_figures(
    document: Document,
    sections: Sequence[Section],
    passages: Sequence[Passage],
    statements: Statements,
    read: set[int],
    furniture: set[int],
) -> Iterator[UnreadFigures]:
    """Figures of the prose that no claim holds, by their lines.

    Prose is what stands outside tables, forms and annexes, whether or not it is a passage. `read` are lines of which
    another reader made something.
    """
    yield from (unread for unread in statements.unread if unread.line_no not in read)
    has_tables = any(line.table is not None for line in document.lines)
    others = ("form", "glossary") if has_tables else ("table", "form", "glossary")
    outside = set(furniture) | read
    for section in sections:
        if section.kind in others:
            outside.update(line.no for line in (section.title_line, *section.lines))
    for passage in passages:
        outside.update(line.no for line in passage.lines)
    for line, _ in document.filled:
        is_prose = line.no not in outside and line.table is None and not is_text_row(line)
        if is_prose and (unread := _printed_figures(line.squeezed)):
            yield UnreadFigures(line.no, "", unread)


def _printed_figures(text: str) -> list[str]:
    figures = PRINTED_FIGURE.finditer(reading_of(text))
    return [text[figure.start() : figure.end()] for figure in figures]


def _unread_glossary(
    sections: Sequence[Section], annexes: Sequence[PurchaseDirectoryEntry | GlossaryTerm]
) -> Found:
    terms = [entry.line_no for entry in annexes if isinstance(entry, GlossaryTerm)]
    for section in sections:
        if section.kind == "glossary":
            first = min(terms, default=section.last_line + 1)
            for line in section.lines:
                if line.no < first:
                    yield (
                        line.no,
                        section.title,
                        Message("no term of the glossary", "不是名词解释的条目"),
                    )

"""The tables that the contents (目录) of a document name, and whether each of them is printed.

Nothing is missing that may only be unread: wherever a table could stand that is not known, it can't be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.documents.document import MAX_LABEL, Document, Line
from jcdata.documents.sections import Section
from jcdata.documents.table_titles import match_title
from jcdata.messages import Message
from jcdata.schema import ContentsTable
from jcdata.spec_files import patterns
from jcdata.tables.budget_lines import Tables
from jcdata.tables.interpretation import InterpretedTable
from jcdata.tables.kinds import is_form_title, is_title, kind_of
from jcdata.tables.printed import is_note
from jcdata.tables.tokens import has_amount
from jcdata.text import label_key, squeeze, strip_ordinal

_SENTENCE_END = re.compile("[。；;]")
_CLAUSE_END = re.compile("[,，、:：]")
_FIGURES_OF_A_ROW = 2
_FEWEST_SIGNS = 3  # of a heading that another one ends with

_NOT_WHOLE = Message("not all of the file was read", "文件未全部读取")
_TROUBLE = Message("parts of the document could not be read", "文件有无法读取之处")
_PICTURE = Message("lines were recognised in pictures", "部分行由图片识别")
_ATTACHED = Message("its tables may be in another file", "报表可能另附")
_SAID_EMPTY = Message("the document says that there is nothing of it", "文件说明无此项")


class Entry(NamedTuple):
    """A table that the contents name: its line, its title, and the statutory tables that may be meant, likeliest first."""

    line: Line
    title: str
    keys: tuple[str, ...]


def read_contents(
    document: Document,
    sections: Sequence[Section],
    furniture: set[int],
    tables: Tables,
    has_trouble: bool,
) -> list[ContentsTable]:
    """The tables that the contents of a document name. `has_trouble` says that something of the document was unreadable."""
    section = next((section for section in sections if section.kind == "contents"), None)
    if section is None:
        return []
    own = [line for line, _ in document.filled if line.no not in furniture]
    lines = contents_lines(document, section, furniture)
    entries = list(_entries(lines))
    last_line = lines[-1].no if lines else section.title_line.no
    elsewhere = [line for line in own if not section.first_line <= line.no <= last_line]
    printed = {table.table_key for table in tables.occurrences if table.status != "missing"}
    doubt = _doubt(document, sections, tables, has_trouble, entries, elsewhere, last_line)
    found: list[ContentsTable] = []
    for entry in entries:
        key = next((key for key in entry.keys if key in printed), None)
        reason = None if key else doubt or _doubt_on(entry, elsewhere, tables)
        unprinted = "uncertain" if reason else "missing"
        found.append(
            ContentsTable(
                document_id=document.document_id,
                line_no=entry.line.no,
                title=entry.title,
                table_key=key or entry.keys[0],
                status="printed" if key else unprinted,
                reason=str(reason) if reason else None,
            )
        )
    return found


def contents_lines(document: Document, section: Section, furniture: set[int]) -> list[Line]:
    """Of the lines below 目录 the contents: up to the first sentence, amount, or heading that is named already."""
    is_sentence = patterns("sections")["sentence"].search
    named: set[str] = set()
    lines: list[Line] = []
    for line, _ in document.filled:
        if line.no <= section.title_line.no or line.no in furniture:
            continue
        title = title_without_page(line)
        names = {_bare(title), kind_of(title) if is_title(title) else None} - {None, ""}
        if len(line.text) > MAX_LABEL or is_sentence(title) or has_amount(line.text):
            break
        # 某某局主要职能 heads the chapter that the contents call 一、主要职能.
        is_chapter = strip_ordinal(title) == title and any(
            len(name) > _FEWEST_SIGNS and title.endswith(name) for name in named
        )
        if is_chapter or names & named:
            break
        named |= {name for name in names if name}
        lines.append(line)
    return lines


def _entries(lines: Sequence[Line]) -> Iterator[Entry]:
    """The entries that are titles of statutory tables; a title may wrap."""
    titles = [title_without_page(line) for line in lines]
    is_rest = False
    for line, title, following in zip(lines, titles, [*titles[1:], ""], strict=False):
        whole = title + following if _wraps(title, following) else title
        is_title_of_money = is_title(whole) and not is_form_title(whole)
        if is_title_of_money and not is_rest and not _is_heading(title, following):
            keys = [*(spec.key for spec in match_title(whole)), kind_of(whole)]
            if named := tuple(dict.fromkeys(key for key in keys if key)):
                printed = squeeze(line.text) + (following if whole != title else "")
                said = patterns("sections")["contents_page"].sub("", printed)
                yield Entry(line=line, title=said, keys=named)
        is_rest = whole != title


def _wraps(title: str, following: str) -> bool:
    """Whether the entry that begins so ends on the next line."""
    is_whole = is_title(title) or strip_ordinal(title) == title
    begins = strip_ordinal(following) != following or patterns("sections")["chapter"].fullmatch(
        following
    )
    return not is_whole and not begins and is_title(title + following)


def _is_heading(title: str, following: str) -> bool:
    """Whether an entry only heads those below it."""
    begins_list = patterns("sections")["first_entry"].fullmatch
    is_chapter = patterns("sections")["chapter"].fullmatch(title)
    return bool(is_chapter or (begins_list(following) and not begins_list(title)))


def title_without_page(line: Line) -> str:
    """An entry of the contents as titles are compared, without its page."""
    return patterns("sections")["contents_page"].sub("", label_key(line.text))


def _bare(title: str) -> str:
    """A title without its number and its year."""
    bare = strip_ordinal(title)
    year = patterns("sections")["year_prefix"].match(bare)
    return bare[year.end() :] if year else bare


def _doubt(
    document: Document,
    sections: Sequence[Section],
    tables: Tables,
    has_trouble: bool,
    entries: Sequence[Entry],
    elsewhere: Sequence[Line],
    last_line: int,
) -> Message | None:
    """Why no table of the document can be said to be missing, None if there is no reason."""
    if not document.is_whole:
        return _NOT_WHOLE
    if has_trouble or tables.stray:
        return _TROUBLE
    if any(line.recognised for line in document.lines):
        return _PICTURE
    others = [
        table for table in tables.interpreted if not table.is_form and table.first_line > last_line
    ]
    known = [table for table in others if table.key]
    if not known or patterns("sections")["attached"].search(_joined(elsewhere)):
        return _ATTACHED
    for table in others:
        if _may_be_another(table, entries):
            return Message(
                f"the table of line {table.first_line} may be it",
                f"第 {table.first_line} 行的表可能即是",
            )
    return next(_rows_outside(sections, tables, elsewhere), None)


def _may_be_another(table: InterpretedTable, entries: Sequence[Entry]) -> bool:
    """Whether a printed table may be one that the contents name by other words, or more than one of them."""
    if table.key is None:
        has_money = any(column.is_money for column in table.columns)
        return has_money or any(has_amount(cell.text) for cell in table.cells)
    title = _bare(label_key(table.title))
    names = [_bare(label_key(entry.title)) for entry in entries if table.key in entry.keys]
    several = patterns("sections")["several"].search
    is_named = any(title.endswith(name) or name.endswith(title) for name in names)
    return not names or not (is_named or not several(title) or any(map(several, names)))


def _rows_outside(
    sections: Sequence[Section], tables: Tables, elsewhere: Sequence[Line]
) -> Iterator[Message]:
    """Lines outside tables and forms that look like rows of a table which was not found."""
    read = _lines_of_tables(tables)
    for section in sections:
        if section.kind in ("table", "form"):
            read.update(line.no for line in section.lines)
    is_sentence = patterns("sections")["sentence"].search
    for line in elsewhere:
        if line.no in read or is_sentence(line.text):
            continue
        if sum(map(has_amount, line.text.split())) >= _FIGURES_OF_A_ROW:
            yield Message(f"line {line.no} may be of a table", f"第 {line.no} 行可能属于某表")


def _doubt_on(entry: Entry, elsewhere: Sequence[Line], tables: Tables) -> Message | None:
    """Why this table can't be said to be missing, None if there is no reason."""
    bare = _bare(label_key(entry.title))
    named = {bare, re.sub(f"{patterns('sections')['table_word'].pattern}$", "", bare)}
    for table in tables.printed_tables:
        if table.table_key is None and kind_of(table.title) in entry.keys:
            return Message(
                f"its title stands in line {table.first_line}", f"第 {table.first_line} 行印有表名"
            )
    read = _lines_of_tables(tables)
    outside = [line for line in elsewhere if line.no not in read]
    for line in outside:
        title = label_key(line.text)
        if _bare(title) in named or (is_title(title) and kind_of(title) in entry.keys):
            return Message(f"its title stands in line {line.no}", f"第 {line.no} 行印有表名")
    says_none = patterns("sections")["says_none"].search
    for sentence in _SENTENCE_END.split(_joined(outside)):
        if says_none(sentence):
            clauses = _CLAUSE_END.split(sentence)
            if any(kind_of(clause) in entry.keys for clause in clauses):
                return _SAID_EMPTY
    return None


def _lines_of_tables(tables: Tables) -> set[int]:
    return {
        no for table in tables.printed_tables for no in range(table.first_line, table.last_line + 1)
    }


def _joined(lines: Sequence[Line]) -> str:
    """The text of lines; a note below a table is a sentence of its own, whether or not it ends as one."""
    texts = [squeeze(line.text) for line in lines]
    return "".join(f"。{text}。" if is_note(label_key(text)) else text for text in texts)

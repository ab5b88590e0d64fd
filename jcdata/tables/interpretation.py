"""A table with what it means, however it was read: by its words, and in text that keeps no cells by a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import process

from jcdata.documents.document import Line
from jcdata.documents.metadata import find_unit_in_title, find_unit_name
from jcdata.documents.sections import Section, find_money_unit
from jcdata.messages import Message
from jcdata.schema import TABLE_NAMES
from jcdata.spec_files import patterns
from jcdata.tables import spaced
from jcdata.tables.cells import Cell, cells_of_grid, cells_of_rows
from jcdata.tables.columns import ITEM_CODE, ITEM_NAME, Column, heads_level, read_columns
from jcdata.tables.grids import Grid
from jcdata.tables.kinds import kind_of
from jcdata.tables.meaning import Meaning, read_meaning
from jcdata.tables.printed import Header, PlacedRow, PrintedRow, PrintedTable
from jcdata.tables.recognised import with_recognition, with_sums
from jcdata.tables.rows import has_figure
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.totals import total_rows
from jcdata.text import label_key, strip_ordinal

_FORM = Message("a performance form", "绩效目标表")
_DIGITS_AND_WORDS = re.compile(r"\d+\D+")
_AMOUNT_BEHIND = re.compile(r"(?<![\d,])(?!20\d\d\.)\d[\d,]*\.\d\d$")  # no year and month


class Fault(NamedTuple):
    """Something in a table that could not be read, and how many figures are lost with it."""

    line_no: int
    text: str
    reason: Message
    figures: int = 1


class InterpretedTable(NamedTuple):
    """A table as printed and what it means. `key` is None where that is not known, `reason` says why, or what is not known.

    `totals` are the indexes of the rows that sum up others. `unit_name` is that of its caption. `faults` are what could
    not be read, `stray` the lines that belong to no row. How it was read say `template`, '' where its words were enough,
    `columns` where the file keeps cells apart, and `placed` where white space does. One that `goes_on` is the rest of
    the table above it.
    """

    key: str | None
    title: str
    first_line: int
    last_line: int
    rows: tuple[PrintedRow, ...]
    totals: frozenset[int]
    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    money_unit: str | None
    money_unit_from: str
    unit_name: str | None
    faults: tuple[Fault, ...]
    stray: tuple[tuple[int, str], ...]
    reason: Message | None = None
    has_governmental_item: bool = False
    is_form: bool = False
    template: str = ""
    columns: tuple[Column, ...] = ()
    placed: tuple[PlacedRow, ...] = ()
    goes_on: bool = False


def interpret_section(
    section: Section, money_unit: str | None, unit_name: str | None
) -> InterpretedTable | Fault:
    """The table below a title in text that keeps no cells, or why nothing is known of it.

    `money_unit` and `unit_name` are those of the document, which count where the table names none.
    """
    if not section.followed_by_table:
        return Fault(
            line_no=section.title_line.no,
            text=section.title,
            reason=Message("a title without its table", "只有表名，没有表格"),
        )
    if not section.specs:
        return Fault(
            line_no=section.title_line.no, text=section.title, reason=_unknown(section.title)
        )
    printed = spaced.read_table(section.lines, section.specs)
    if not printed.header.fits:
        return Fault(
            line_no=section.title_line.no, text=section.title, reason=_misfit(printed.header)
        )
    unit, unit_from = _unit([section.title_line, *section.lines], money_unit)
    spec = printed.header.spec
    cut_off = [_cut_off(section, printed)] if _is_cut_off(printed) else []
    rows = with_recognition(printed.rows, section.lines)
    totals = total_rows(rows, spec.key, spec.has_codes, unit_name)
    rows = with_sums(rows, totals)
    return InterpretedTable(
        key=spec.key,
        title=section.title,
        first_line=section.first_line,
        last_line=section.last_line,
        rows=rows,
        totals=frozenset(totals),
        cells=tuple(cells_of_rows(printed.header, rows, unit)),
        row_count=len(printed.rows),
        column_count=len(printed.header.columns),
        money_unit=unit,
        money_unit_from=unit_from,
        unit_name=find_unit_name(section.lines),
        faults=tuple([*_unplaced(printed), *cut_off]),
        stray=tuple((line.no, section.title) for line in printed.stray),
        has_governmental_item=spec.has_governmental_item,
        template=spec.template,
        placed=printed.placed,
    )


def interpret_grid(
    grid: Grid, money_unit: str | None, unit_name: str | None, is_form: bool
) -> InterpretedTable:
    """What a table of a file that keeps tables means. A performance form is kept as it is printed: it is read as a form."""
    unit, unit_from = _unit(grid.captions, money_unit)
    columns = tuple(read_columns(grid))
    if any(column.is_money and column.unit for column in columns):
        unit_from = "column"
    meaning = (
        Meaning(key=None, rows=(), has_codes=False, reason=_FORM)
        if is_form
        else read_meaning(grid, columns)
    )
    is_unknown = meaning.key is None and kind_of(grid.title) is None
    if is_unknown and unit_from == "document" and not _prints_amounts(grid, columns):
        unit, unit_from = None, ""  # its numbers may be pages, or things that are counted
    rows = _with_headings(meaning.rows, grid, columns)
    rows = with_recognition(rows, (row.line for row in grid.rows))
    totals = total_rows(rows, meaning.key, meaning.has_codes, unit_name)
    rows = with_sums(rows, totals)
    return InterpretedTable(
        key=meaning.key,
        title=grid.title,
        first_line=grid.first_line,
        last_line=grid.last_line,
        rows=rows,
        totals=frozenset(totals),
        cells=tuple(cells_of_grid(grid, columns, rows, meaning.key, unit)),
        row_count=len(grid.rows),
        column_count=len(grid.headings),
        money_unit=unit,
        money_unit_from=unit_from,
        unit_name=find_unit_name(grid.captions) or find_unit_in_title(grid.title),
        faults=tuple(_faults(grid, columns, meaning, is_of_money=unit_from != "")),
        stray=(),
        reason=meaning.reason,
        has_governmental_item=meaning.has_governmental_item,
        is_form=is_form,
        columns=columns,
        goes_on=grid.goes_on,
    )


def _unit(captions: Sequence[Line], money_unit: str | None) -> tuple[str | None, str]:
    """The unit of money of a table, and where it was found."""
    own = find_money_unit(captions)
    if own:
        return own, "table"
    return money_unit, "document" if money_unit else ""


def _with_headings(
    rows: Sequence[PrintedRow], grid: Grid, columns: Sequence[Column]
) -> tuple[PrintedRow, ...]:
    """The rows, each figure with the heading of its column and the unit of money that it names."""
    return tuple(
        row._replace(
            figures=tuple(
                figure._replace(
                    heading=" / ".join(grid.headings[figure.column_no - 1]),
                    unit=columns[figure.column_no - 1].unit,
                )
                for figure in row.figures
            )
        )
        for row in rows
    )


def _prints_amounts(grid: Grid, columns: Sequence[Column]) -> bool:
    """Whether figures have decimals; in the rest of a table, which has no title of its own, commas tell it too."""
    signs = "." if grid.title else ".,，"
    return any(
        not set(signs).isdisjoint(row.cell(column.number))
        for row in grid.rows
        for column in columns
        if column.is_money
    )


def _faults(
    grid: Grid, columns: Sequence[Column], meaning: Meaning, is_of_money: bool
) -> Iterator[Fault]:
    if meaning.reason is _FORM:
        return
    for line, text, reason in meaning.unread:
        yield Fault(line_no=line.no, text=text, reason=reason)
    if meaning.key:
        yield from _misplaced(grid, columns)
    has_amounts = any(has_figure(grid, column.number) for column in columns if column.is_money)
    if meaning.reason and has_amounts and is_of_money:
        first = (grid.header or grid.rows)[0].line
        yield Fault(line_no=first.no, text=grid.title or first.text.strip(), reason=meaning.reason)


def _misplaced(grid: Grid, columns: Sequence[Column]) -> Iterator[Fault]:
    """The first text of each column of names or codes that does not belong there.

    That is an amount, also one that touches a name, as of columns that do, and what stands behind digits in a column of 款 or 项.
    """
    for column in columns:
        if column.role not in (ITEM_NAME, ITEM_CODE):
            continue
        said = "/".join(column.heading)
        is_level = column.role == ITEM_CODE and heads_level(column.heading)
        for row in grid.rows:
            cell = row.cell(column.number)
            if _has_amount(cell):
                reason = Message(
                    f"a figure in the column {said} of names or codes",
                    f"名称或编码栏“{said}”中的数字",
                )
            elif is_level and _DIGITS_AND_WORDS.fullmatch(label_key(cell)):
                reason = Message(f"words in the column {said} of codes", f"编码栏“{said}”中的文字")
            else:
                continue
            yield Fault(line_no=row.line.no, text=cell, reason=reason)
            break


def _has_amount(cell: str) -> bool:
    """Whether a name or code is an amount, ends in one, or touches one before it, which commas or an ordinal behind it tell."""
    if "." not in cell:
        return False
    before = patterns("tables")["amount_before_name"].search(cell)
    rest = cell[before.end() :] if before else ""
    return bool(
        LOOKS_LIKE_FIGURE.fullmatch(cell)
        or _AMOUNT_BEHIND.search(cell)
        or (before and ("," in before[0] or strip_ordinal(rest) != rest))
    )


def _unplaced(printed: PrintedTable) -> list[Fault]:
    return [
        Fault(line_no=line.no, text=line.text.strip(), reason=reason)
        for line, reason in printed.unplaced
    ]


def _unknown(title: str) -> Message:
    key = process.extractOne(title, TABLE_NAMES)[2]
    return Message(
        f"no template has a table of this title; nearest is {key}",
        f"没有此名称的报表模板，最接近{TABLE_NAMES[key]}",
    )


def _misfit(header: Header) -> Message:
    spec, missing, unknown = header.spec, "、".join(header.missing), "、".join(header.unknown)
    said = [Message(f"without {missing}", f"缺{missing}")] if missing else []
    said += [Message(f"with {unknown} besides", f"另有{unknown}")] if unknown else []
    return Message(
        f"the header fits no template; nearest is {spec.key} of {spec.template}, "
        + " and ".join(text.en for text in said),
        f"表头不符合任何模板，最接近{TABLE_NAMES[spec.key]}，{'，'.join(text.zh for text in said)}",
    )


def _is_cut_off(printed: PrintedTable) -> bool:
    last_row = printed.header.spec.last_row
    return (
        last_row is not None
        and any(row.figures for row in printed.rows)
        and all(label_key(row.name) != last_row for row in printed.rows)
    )


def _cut_off(section: Section, printed: PrintedTable) -> Fault:
    last = section.lines[-1]
    reason = Message(
        f"the table ends without its row {printed.header.spec.last_row}",
        f"表格不完整，缺末行“{printed.header.spec.last_row}”",
    )
    return Fault(line_no=last.no, text=last.text.strip(), reason=reason)

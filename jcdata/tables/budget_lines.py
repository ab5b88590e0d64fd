"""The statutory tables of a document: rows as printed become budget lines, the crosswalk and projects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import process

from jcdata.amounts import parse_amount
from jcdata.codes import level_of
from jcdata.documents.metadata import find_money_unit
from jcdata.documents.sections import Section
from jcdata.errors import AmountError
from jcdata.messages import Message
from jcdata.schema import (
    STATUTORY_TABLES,
    TABLE_NAMES,
    TABLE_NUMBERS,
    BudgetLine,
    EconomicCrosswalk,
    Project,
    TableOccurrence,
)
from jcdata.tables import spaced, tabbed
from jcdata.tables.printed import Header, PrintedTable
from jcdata.tables.totals import total_rows
from jcdata.text import label_key

_READERS = {"spaced": spaced.read_table, "tabbed": tabbed.read_table}


class Fault(NamedTuple):
    """Something in a table that could not be read."""

    line_no: int
    text: str
    reason: Message


class Tables(NamedTuple):
    """The records of a document's statutory tables, what could not be read in them, and lines that are no rows."""

    occurrences: list[TableOccurrence]
    budget_lines: list[BudgetLine]
    crosswalk: list[EconomicCrosswalk]
    projects: list[Project]
    faults: list[Fault]
    stray: list[tuple[int, str]]


def read_tables(
    document_id: str,
    layout: str,
    sections: Sequence[Section],
    unit_name: str | None,
    money_unit: str | None,
) -> Tables:
    """Read the tables of a document. `money_unit` counts where a table does not name its own."""
    occurrences: dict[str, TableOccurrence] = {}
    budget_lines: list[BudgetLine] = []
    crosswalk: list[EconomicCrosswalk] = []
    faults: list[Fault] = []
    stray: list[tuple[int, str]] = []
    for section in sections:
        if section.kind != "table":
            continue
        printed = _read_print(layout, section)
        if isinstance(printed, Fault):
            faults.append(printed)
            continue
        # Also of a table that is not loaded, because it is the second of its kind, it is told what could not be read.
        faults += [Fault(line.no, line.text.strip(), reason) for line, reason in printed.unplaced]
        stray += [(line.no, section.title) for line in printed.stray]
        unit = find_money_unit([section.title_line, *section.lines]) or money_unit
        lines, misprints = _budget_lines(document_id, printed, unit, unit_name)
        faults += misprints
        key = printed.header.spec.key
        if key not in occurrences:
            occurrences[key] = _occurrence(
                document_id, section, key, "found" if lines else "declared_empty"
            )
            budget_lines += lines
            crosswalk += _crosswalk(document_id, printed)
            if lines and _is_cut_off(printed):
                faults.append(_cut_off(section, printed))
        elif lines:
            reason = Message("a second table of this kind, not loaded", "同类报表重复，未载入")
            faults.append(Fault(section.title_line.no, section.title, reason))
    return Tables(
        occurrences=[occurrences.get(key) or _missing(document_id, key) for key in TABLE_NAMES],
        budget_lines=budget_lines,
        crosswalk=crosswalk,
        projects=_projects(document_id, budget_lines),
        faults=faults,
        stray=stray,
    )


def _read_print(layout: str, section: Section) -> PrintedTable | Fault:
    """The table of a section as it is printed, or why nothing is known of it."""
    if not section.followed_by_table:
        return Fault(
            section.title_line.no,
            section.title,
            Message("a title without its table", "只有表名，没有表格"),
        )
    if not section.specs:
        return Fault(section.title_line.no, section.title, _unknown(section.title))
    if not any("\t" in line.text for line in section.lines):
        layout = "spaced"  # a table without ruling lines among others that have them
    printed = _READERS[layout](section.lines, section.specs)
    return (
        printed
        if printed.header.fits
        else Fault(section.title_line.no, section.title, _misfit(printed.header))
    )


def _occurrence(document_id: str, section: Section, key: str, status: str) -> TableOccurrence:
    return TableOccurrence(
        document_id=document_id,
        table_key=key,
        table_no=TABLE_NUMBERS[key],
        title=section.title,
        status=status,
        first_line=section.first_line,
        last_line=section.last_line,
    )


def _missing(document_id: str, key: str) -> TableOccurrence:
    return TableOccurrence(
        document_id=document_id,
        table_key=key,
        table_no=TABLE_NUMBERS[key],
        title=None,
        status="missing",
        first_line=None,
        last_line=None,
    )


def _crosswalk(document_id: str, printed: PrintedTable) -> list[EconomicCrosswalk]:
    """The departmental items of a table beside the governmental ones, where it prints both."""
    if not printed.header.spec.has_governmental_item:
        return []
    return [
        EconomicCrosswalk(
            document_id=document_id,
            row_no=row_no,
            departmental_item=row.name,
            governmental_item=row.governmental_item,
            line_no=row.line_no,
        )
        for row_no, row in enumerate(printed.rows, start=1)
        if row.governmental_item
    ]


def _unknown(title: str) -> Message:
    key = process.extractOne(title, TABLE_NAMES)[2]
    return Message(
        f"no template has a table of this title; nearest is {key}",
        f"没有此名称的报表模板，最接近{TABLE_NAMES[key]}",
    )


def _misfit(header: Header) -> Message:
    spec, missing = header.spec, "、".join(header.missing)
    return Message(
        f"the header fits no template; nearest is {spec.key} of {spec.template}, without {missing}",
        "表头不符合任何模板，缺栏次",
    )


def _is_cut_off(printed: PrintedTable) -> bool:
    last_row = printed.header.spec.last_row
    return last_row is not None and all(label_key(row.name) != last_row for row in printed.rows)


def _cut_off(section: Section, printed: PrintedTable) -> Fault:
    last = section.lines[-1]
    reason = Message(
        f"the table ends without its row {printed.header.spec.last_row}", "表格不完整，缺末行"
    )
    return Fault(last.no, last.text.strip(), reason)


def _budget_lines(
    document_id: str, printed: PrintedTable, unit: str | None, unit_name: str | None
) -> tuple[list[BudgetLine], list[Fault]]:
    """The figures of a table as amounts, and those that are none."""
    spec = printed.header.spec
    lines: list[BudgetLine] = []
    faults: list[Fault] = []
    totals = total_rows(printed, unit_name)
    for row_no, row in enumerate(printed.rows, start=1):
        for figure in row.figures:
            try:
                amount = parse_amount(figure.text, unit or "")
            except AmountError as error:
                faults.append(
                    Fault(figure.line_no, figure.text, Message(f"{error}", "金额无法读取"))
                )
                continue
            lines.append(
                BudgetLine(
                    document_id=document_id,
                    table_key=spec.key,
                    table_no=spec.table_no,
                    row_no=row_no,
                    side=row.side,
                    item_code=row.code,
                    item_name=row.name,
                    item_level=level_of(row.code),
                    is_total=row_no - 1 in totals,
                    measure=figure.measure,
                    amount_yuan=amount.yuan,
                    amount_text=amount.text,
                    placed_by=figure.placed_by,
                    line_no=figure.line_no,
                )
            )
    return lines, faults


def _projects(document_id: str, lines: Sequence[BudgetLine]) -> list[Project]:
    """The projects among the rows of all tables, numbered through."""
    totals = (
        line
        for line in lines
        if STATUTORY_TABLES[line.table_key].funding
        and line.measure == "total"
        and not line.is_total
    )
    return [
        Project(
            document_id=document_id,
            project_no=number,
            project_name=line.item_name,
            funding=STATUTORY_TABLES[line.table_key].funding,
            amount_yuan=line.amount_yuan,
            form_no=None,
            name_similarity=None,
            line_no=line.line_no,
        )
        for number, line in enumerate(totals, start=1)
    ]

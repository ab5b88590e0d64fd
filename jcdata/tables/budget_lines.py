"""The statutory tables of a document: rows as printed become budget lines, the crosswalk and projects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import process

from jcdata.amounts import AmountError, parse_amount
from jcdata.codes import level_of
from jcdata.documents.metadata import find_money_unit
from jcdata.documents.sections import Section
from jcdata.schema import (
    TABLE_NAMES,
    BudgetLine,
    EconomicCrosswalk,
    Project,
    TableOccurrence,
)
from jcdata.table_templates import TABLE_NUMBERS
from jcdata.tables import spaced, tabbed
from jcdata.tables.printed import Header, PrintedTable
from jcdata.tables.totals import total_rows
from jcdata.text import label_key

_READERS = {"spaced": spaced.read_table, "tabbed": tabbed.read_table}


class Fault(NamedTuple):
    """Something in a table that could not be read."""

    line_no: int
    text: str
    reason: str


class Tables(NamedTuple):
    """The records of a document's statutory tables, what could not be read in them, and lines that are no rows."""

    occurrences: list[TableOccurrence]
    budget_lines: list[BudgetLine]
    crosswalk: list[EconomicCrosswalk]
    projects: list[Project]
    faults: list[Fault]
    stray: list[tuple[int, str]]


def read_tables(
    document_id: str, layout: str, sections: Sequence[Section], unit_name: str | None, money_unit: str | None
) -> Tables:
    """Read the tables of a document. `money_unit` counts where a table does not name its own."""
    tables = Tables([], [], [], [], [], [])
    for section in sections:
        if section.kind == "table":
            _read_table(document_id, layout, section, unit_name, money_unit, tables)
    found = {occurrence.table_key for occurrence in tables.occurrences}
    for key in TABLE_NAMES:
        if key not in found:
            tables.occurrences.append(
                TableOccurrence(document_id, key, TABLE_NUMBERS[key], None, "missing", None, None)
            )
    tables.occurrences.sort(key=lambda occurrence: occurrence.table_no)
    return tables


def _read_table(
    document_id: str, layout: str, section: Section, unit_name: str | None, money_unit: str | None, tables: Tables
) -> None:
    title_line = section.title_line
    if not section.followed_by_table:
        tables.faults.append(Fault(title_line.no, section.title, "a title without its table / 只有表名，没有表格"))
        return
    if not section.specs:
        tables.faults.append(Fault(title_line.no, section.title, _unknown(section.title)))
        return
    if not any("\t" in line.text for line in section.lines):
        layout = "spaced"  # a table without ruling lines among others that have them
    printed = _READERS[layout](section.lines, section.specs)
    if not printed.header.fits:
        tables.faults.append(Fault(title_line.no, section.title, _misfit(printed.header)))
        return
    tables.faults.extend(Fault(line.no, line.text.strip(), reason) for line, reason in printed.unplaced)
    tables.stray.extend((line.no, section.title) for line in printed.stray)
    key, number = printed.header.spec.key, printed.header.spec.table_no
    unit = find_money_unit([title_line, *section.lines]) or money_unit
    lines = _budget_lines(document_id, printed, unit, unit_name, tables.faults)
    if any(occurrence.table_key == key for occurrence in tables.occurrences):
        if lines:
            tables.faults.append(
                Fault(title_line.no, section.title, "a second table of this kind, not loaded / 同类报表重复，未载入")
            )
        return
    if lines and _is_cut_off(printed):
        last = section.lines[-1]
        reason = f"the table ends without its row {printed.header.spec.last_row} / 表格不完整，缺末行"
        tables.faults.append(Fault(last.no, last.text.strip(), reason))
    status = "found" if lines else "declared_empty"
    tables.occurrences.append(
        TableOccurrence(document_id, key, number, section.title, status, section.first_line, section.last_line)
    )
    tables.budget_lines.extend(lines)
    if printed.header.spec.has_governmental_item:
        tables.crosswalk.extend(
            EconomicCrosswalk(document_id, row_no, row.name, row.governmental_item, row.line_no)
            for row_no, row in enumerate(printed.rows, start=1)
            if row.governmental_item
        )
    if key in ("current_year_projects", "carry_over_projects"):
        _add_projects(document_id, key.removesuffix("_projects"), lines, tables.projects)


def _unknown(title: str) -> str:
    key = process.extractOne(title, TABLE_NAMES)[2]
    return f"no template has a table of this title; nearest is {key} / 没有此名称的报表模板，最接近{TABLE_NAMES[key]}"


def _misfit(header: Header) -> str:
    spec, missing = header.spec, "、".join(header.missing)
    return f"the header fits no template; nearest is {spec.key} of {spec.template}, without {missing} / 表头不符合任何模板，缺栏次"


def _is_cut_off(printed: PrintedTable) -> bool:
    last_row = printed.header.spec.last_row
    return last_row is not None and all(label_key(row.name) != last_row for row in printed.rows)


def _budget_lines(
    document_id: str, printed: PrintedTable, unit: str | None, unit_name: str | None, faults: list[Fault]
) -> list[BudgetLine]:
    spec = printed.header.spec
    lines = []
    totals = total_rows(printed, unit_name)
    for row_no, row in enumerate(printed.rows, start=1):
        for figure in row.figures:
            try:
                amount = parse_amount(figure.text, unit or "")
            except AmountError as error:
                faults.append(Fault(figure.line_no, figure.text, f"{error} / 金额无法读取"))
                continue
            lines.append(BudgetLine(
                document_id, spec.key, spec.table_no, row_no, row.side, row.code, row.name, level_of(row.code),
                row_no - 1 in totals, figure.measure, amount.yuan, amount.text, figure.placed_by, figure.line_no,
            ))  # fmt: skip
    return lines


def _add_projects(document_id: str, funding: str, lines: Sequence[BudgetLine], projects: list[Project]) -> None:
    for line in lines:
        if line.measure == "total" and not line.is_total:
            number = len(projects) + 1
            projects.append(
                Project(document_id, number, line.item_name, funding, line.amount_yuan, None, None, line.line_no)
            )

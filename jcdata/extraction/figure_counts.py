"""What became of the figures that a document prints: how many have a meaning, are kept only as printed, or are not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jcdata.extraction.record_keys import Records
from jcdata.forms.form_records import Forms
from jcdata.prose.paragraphs import UnreadFigures
from jcdata.schema import (
    BudgetLine,
    Claim,
    DocumentFigures,
    FormFunding,
    FormTask,
    Indicator,
    PrintedCell,
)
from jcdata.tables.budget_lines import Tables
from jcdata.tables.interpretation import Fault
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE


def count_figures(
    document_id: str,
    records: Records,
    unread: Iterable[UnreadFigures],
    tables: Tables,
    forms: Forms,
) -> DocumentFigures:
    """Count the figures of a document: cells of tables with amounts, fields and indicators of forms, figures of prose.

    A figure in a column of money whose unit is not known is kept only as printed, and not understood where its table is a
    statutory one. A line of a form that was not understood counts as one figure, and so does a cell of a table that was
    not. Of a table of which no cells are known each amount with decimals or commas counts.
    """
    of_tables = len(records[BudgetLine])
    amounts: list[PrintedCell] = [
        cell
        for cell in records[PrintedCell]
        if cell.amount_yuan is not None and cell.printed_table_no not in tables.forms
    ]
    statutory = {table.printed_table_no for table in tables.printed_tables if table.table_key}
    unitless = _figures_without_unit(tables)
    unknown = [cell for cell in unitless if cell.printed_table_no not in statutory]
    printed_only = len(amounts) - of_tables + len(unknown)
    of_tasks = sum(
        amount is not None
        for task in records[FormTask]
        for amount in (task.amount_yuan, task.fiscal_yuan, task.other_yuan)
    )
    of_indicators = sum(
        sum(any(map(str.isdigit, text or "")) for text in (row.value_text, row.actual_text))
        + sum(points is not None for points in (row.weight, row.score))
        for row in records[Indicator]
    )
    of_forms = len(records[FormFunding]) + of_tasks + of_indicators
    stated: list[Claim] = [claim for claim in records[Claim] if not claim.is_implied]
    meaning = of_tables + of_forms + len(stated)
    not_understood = (
        sum(len(line.figures) for line in unread)
        + (len(unitless) - len(unknown))
        + _unread_in_tables(tables, [*amounts, *unitless])
        + len(forms.unrecognised)
    )
    printed = meaning + printed_only + not_understood
    return DocumentFigures(
        document_id=document_id,
        printed_count=printed,
        meaning_count=meaning,
        printed_only_count=printed_only,
        not_understood_count=not_understood,
        share=meaning / printed if printed else None,
    )


def _figures_without_unit(tables: Tables) -> list[PrintedCell]:
    """The figures in columns of money that have no amount, as no unit of money is known.

    What has no heading, such as the pages in a table of contents, need be no money.
    """
    return [
        printed
        for printed, cell in zip(
            tables.printed_cells,
            (cell for table in tables.interpreted for cell in table.cells),
            strict=True,
        )
        if cell.is_money
        and printed.heading
        and not cell.unit
        and printed.printed_table_no not in tables.forms
        and printed.amount_yuan is None
        and LOOKS_LIKE_FIGURE.fullmatch(cell.text)
    ]


def _unread_in_tables(tables: Tables, amounts: Sequence[PrintedCell]) -> int:
    """What could not be read of the tables, but for what is said of figures that are among these cells."""
    cells = {(cell.line_no, cell.text) for cell in amounts}
    numbers = {cell.printed_table_no for cell in amounts}
    counted = [table for table in tables.printed_tables if table.printed_table_no in numbers]

    def is_counted(fault: Fault) -> bool:
        return (fault.line_no, fault.text) in cells or any(
            table.first_line <= fault.line_no <= table.last_line
            and table.reason == str(fault.reason)
            for table in counted
        )

    return sum(fault.figures for fault in tables.faults if not is_counted(fault))

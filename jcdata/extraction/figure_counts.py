"""What became of the figures that a document prints: how many have a meaning, are kept only as printed, or are not understood."""

from __future__ import annotations

from collections.abc import Sequence

from jcdata.documents.document import Document
from jcdata.documents.sections import Section
from jcdata.extraction.coverage import find_unread_figures
from jcdata.extraction.record_keys import Records
from jcdata.forms.performance_forms import Forms
from jcdata.schema import (
    BudgetLine,
    Claim,
    DocumentFigures,
    FormFunding,
    GlossaryTerm,
    Indicator,
    PrintedCell,
    PurchaseDirectoryEntry,
)
from jcdata.tables.budget_lines import Tables


def count_figures(
    document: Document,
    records: Records,
    sections: Sequence[Section],
    tables: Tables,
    forms: Forms,
    furniture: set[int],
) -> DocumentFigures:
    """Count the figures of a document: cells of tables with amounts, fields and indicators of forms, figures of prose.

    A line of a form that was not understood counts as one figure, and so does a cell of a table that was not.
    """
    of_tables = len(records[BudgetLine])
    amounts = sum(
        cell.amount_yuan is not None and cell.printed_table_no not in tables.forms
        for cell in records[PrintedCell]
    )
    printed_only = max(0, amounts - of_tables)
    of_forms = len(records[FormFunding]) + sum(
        any(sign.isdigit() for sign in indicator.value_text) for indicator in records[Indicator]
    )
    stated: list[Claim] = [claim for claim in records[Claim] if not claim.is_implied]
    read = {row.line_no for kind in (PurchaseDirectoryEntry, GlossaryTerm) for row in records[kind]}
    unread = sum(
        len(figures)
        for *_, figures in find_unread_figures(document, sections, records[Claim], read, furniture)
    )
    meaning = of_tables + of_forms + len(stated)
    not_understood = unread + len(tables.faults) + len(forms.unrecognised)
    printed = meaning + printed_only + not_understood
    return DocumentFigures(
        document_id=document.document_id,
        printed_count=printed,
        meaning_count=meaning,
        printed_only_count=printed_only,
        not_understood_count=not_understood,
        share=meaning / printed if printed else None,
    )

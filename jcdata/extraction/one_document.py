"""One document from bytes to records: the table of contents of reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jcdata.documents.document import Document, read_document
from jcdata.documents.formats.decoding import BROKEN
from jcdata.documents.metadata import describe
from jcdata.documents.sections import Section, find_furniture, find_sections
from jcdata.extraction.contents import contents_lines, read_contents
from jcdata.extraction.contents_passages import read_contents_passages
from jcdata.extraction.coverage import find_unread_figures, find_unrecognised, lines_of_claims
from jcdata.extraction.figure_counts import count_figures
from jcdata.extraction.project_links import link_projects
from jcdata.extraction.record_keys import Records
from jcdata.forms.costs import read_costs
from jcdata.forms.performance_forms import number_contradictions, read_forms
from jcdata.messages import Message
from jcdata.prose.claims import read_claims
from jcdata.prose.figure_claims import Source
from jcdata.prose.glossary import read_glossary
from jcdata.prose.passages import find_passages, prose_lines
from jcdata.prose.purchase_directory import read_purchase_directory
from jcdata.schema import (
    TABLE_NAMES,
    Arrears,
    Asset,
    BudgetLine,
    Claim,
    ContentsPassage,
    ContentsTable,
    CostBreakdown,
    CostComponent,
    DocumentFigures,
    DocumentRecord,
    Duty,
    EconomicCrosswalk,
    ExactValue,
    FormFunding,
    FormPrinting,
    FormTask,
    GlossaryTerm,
    Headcount,
    Indicator,
    Organisation,
    PerformanceForm,
    PrintedCell,
    PrintedTable,
    PrintingContradiction,
    Project,
    PurchaseDirectoryEntry,
    SourceLine,
    TableOccurrence,
    UnrecognisedLine,
)
from jcdata.tables.aligned import find_aligned
from jcdata.tables.budget_lines import Tables, missing_table, read_tables
from jcdata.tables.grids import find_grids
from jcdata.tables.interpretation import Fault
from jcdata.units.duties import read_duties
from jcdata.units.facts import read_unit_facts
from jcdata.units.sentences import find_prose

_BROKEN_LINE = Message(
    "a broken character: what stands in this line may be misread", "含乱码，本行内容可能误读"
)


class Trouble(NamedTuple):
    """Something in a file that could not be read; `line_no` is None where it has no line, `page_no` where no page."""

    file_name: str
    line_no: int | None
    text: str
    reason: str
    page_no: int | None = None


class ParsedDocument(NamedTuple):
    """A document's records by their class, and what could not be read of it."""

    records: Records
    troubles: list[Trouble]


class Reading(NamedTuple):
    """A document with what was found on the way to its records."""

    document: Document
    furniture: set[int]
    sections: list[Section]
    cover_lines: frozenset[int]
    tables: Tables
    parsed: ParsedDocument


def parse_document(
    data: bytes,
    file_name: str,
    begin_scan: Callable[[], None] = lambda: None,
    document_id: str | None = None,
) -> ParsedDocument:
    """Read the content of a file into records. Raises DocumentError for a file that can't be read at all.

    `begin_scan` is called before each page that takes long, as it is recognised in a picture. Without a `document_id` it
    is the name without its extension.
    """
    return read_in_steps(data, file_name, begin_scan, document_id).parsed


def read_in_steps(
    data: bytes,
    file_name: str,
    begin_scan: Callable[[], None] = lambda: None,
    document_id: str | None = None,
) -> Reading:
    """Read the content of a file into records and keep what is found before. Raises as `parse_document` does."""
    return interpret_document(read_document(data, file_name, begin_scan, document_id))


def interpret_document(document: Document) -> Reading:
    """Take the numbered lines of a document to records, and keep what is found on the way."""
    furniture = find_furniture(document)
    sections = find_sections(document, furniture)
    description = describe(document, sections, furniture)
    record = description.record
    read = read_tables(
        record.document_id,
        sections,
        record.unit_name,
        record.source_unit,
        find_grids(document, furniture),
        find_aligned(document, furniture, sections),
    )
    forms = read_forms(record.document_id, record.layout, sections, record.source_unit)
    costs = read_costs(document, forms, record.fiscal_year)
    cover = furniture | description.cover_lines
    contents = {
        line.no
        for section in sections
        if section.kind == "contents"
        for line in (section.title_line, *contents_lines(document, section, furniture))
    }
    prose = prose_lines(
        document,
        sections,
        cover | contents,
        [(table.first_line, table.last_line) for table in read.printed_tables],
    )
    passages = find_passages(prose, record.unit_name)
    statements = read_claims(
        Source(
            document_id=record.document_id,
            is_final_accounts=record.document_kind == "final_accounts",
            fiscal_year=record.fiscal_year,
            unit_name=record.unit_name or "",
        ),
        passages,
    )
    spoken = lines_of_claims(passages, statements, read.printed_tables)
    # A line below a table with a figure in it is no row of the table where a claim was read from it.
    read = read._replace(
        faults=[fault for fault in read.faults if fault.line_no not in spoken],
        stray=[(line_no, title) for line_no, title in read.stray if line_no not in spoken],
    )
    directory = read_purchase_directory(record.document_id, sections)
    glossary = read_glossary(record.document_id, sections)
    annexes: list[PurchaseDirectoryEntry | GlossaryTerm] = [*directory, *glossary]
    unread_figures = list(
        find_unread_figures(
            document, sections, passages, statements, {entry.line_no for entry in annexes}, cover
        )
    )
    unit = read_unit_facts(record.document_id, find_prose(document, prose))
    records: Records = {
        DocumentRecord: [record],
        SourceLine: list(_confirmed(description.source_lines, read.budget_lines)),
        ExactValue: [
            ExactValue(
                document_id=record.document_id,
                line_no=cell.line_no,
                cell_no=cell.cell_no,
                shown_text=cell.text,
                exact_value=cell.value,
            )
            for cell in document.exact_values
        ],
        PrintedTable: read.printed_tables,
        PrintedCell: read.printed_cells,
        TableOccurrence: read.occurrences,
        BudgetLine: read.budget_lines,
        EconomicCrosswalk: read.crosswalk,
        Project: link_projects(read.projects, forms.forms),
        PerformanceForm: forms.forms,
        FormPrinting: forms.printings,
        FormFunding: forms.funding,
        FormTask: forms.tasks,
        Indicator: forms.indicators,
        PrintingContradiction: list(
            number_contradictions(record.document_id, forms.contradictions)
        ),
        CostComponent: costs.components,
        CostBreakdown: costs.breakdowns,
        Arrears: costs.arrears,
        Claim: statements.claims,
        PurchaseDirectoryEntry: directory,
        GlossaryTerm: glossary,
        Organisation: unit.organisations,
        Duty: read_duties(record.document_id, prose),
        Headcount: unit.headcounts,
        Asset: unit.assets,
        UnrecognisedLine: find_unrecognised(
            document,
            sections,
            cover,
            record.unit_name,
            read,
            forms,
            unread_figures,
            annexes,
            spoken,
        ),
    }
    records[DocumentFigures] = [
        count_figures(record.document_id, records, unread_figures, read, forms)
    ]
    broken = [
        Fault(line_no=line.no, text=line.text, reason=_BROKEN_LINE)
        for line in document.lines
        if BROKEN in line.text
    ]
    pages = {line.no: line.page_no for line in document.lines if line.page_no is not None}
    unread = [
        Fault(line_no=line.no, text=cell.text, reason=cell.reason) for line, cell in document.faults
    ]
    said = {(fault.line_no, fault.text) for fault in unread}  # a table finds no figure there either
    troubles = [
        Trouble(
            file_name=document.file_name,
            line_no=fault.line_no,
            text=fault.text,
            reason=str(fault.reason),
            page_no=pages.get(fault.line_no),
        )
        for fault in (
            *broken,
            *unread,
            *(f for f in read.faults if (f.line_no, f.text) not in said),
        )
    ]
    records[ContentsTable] = read_contents(document, sections, furniture, read, bool(troubles))
    records[ContentsPassage] = read_contents_passages(
        document, sections, furniture, prose, passages, bool(troubles)
    )
    records[TableOccurrence] = list(_with_missing(read.occurrences, records[ContentsTable]))
    return Reading(
        document=document,
        furniture=furniture,
        sections=sections,
        cover_lines=description.cover_lines,
        tables=read,
        parsed=ParsedDocument(_on_pages(records, pages), troubles),
    )


def _with_missing(
    occurrences: Sequence[TableOccurrence], named: Sequence[ContentsTable]
) -> Iterator[TableOccurrence]:
    """The tables of a document, with those that only its contents name."""
    found = {table.table_key: table for table in occurrences}
    listed = {entry.table_key: entry.document_id for entry in named}
    for key in TABLE_NAMES:
        if key in found:
            yield found[key]
        elif key in listed:
            yield missing_table(listed[key], key)


def _on_pages(records: Records, pages: Mapping[int, int]) -> Records:
    """The records, each with the page of the line that it was read from."""
    if not pages:
        return records
    return {
        record: [row._replace(page_no=pages.get(getattr(row, place))) for row in rows]
        if (place := _place_of(record))
        else rows
        for record, rows in records.items()
    }


def _place_of(record: type) -> str:
    """The column that says on which line a record of this class begins, '' for one without a page of its own."""
    columns = getattr(record, "_fields", ())
    if "page_no" not in columns:
        return ""
    return "line_no" if "line_no" in columns else "first_line"


def _confirmed(lines: Iterable[SourceLine], figures: Iterable[BudgetLine]) -> Iterator[SourceLine]:
    """The lines, those read off pictures marked as confirmed if sums confirm all the figures of tables in them."""
    read_by: defaultdict[int, set[str]] = defaultdict(set)
    for figure in figures:
        read_by[figure.line_no].add(figure.read_by)
    for line in lines:
        is_confirmed = line.read_by == "ocr" and read_by[line.line_no] == {"sums"}
        yield line._replace(read_by="sums") if is_confirmed else line

"""From raw files to a database and clean files: the table of contents of the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jcdata import paths
from jcdata.annexes import read_glossary, read_purchase_directory
from jcdata.checks import fill_check_results
from jcdata.claims import read_claims
from jcdata.corrections import Correction, apply_corrections, read_corrections
from jcdata.costs import read_costs
from jcdata.coverage import find_unrecognised
from jcdata.documents import DocumentError, find_documents, read_document, read_sources
from jcdata.forms import number_contradictions, read_forms
from jcdata.linking import link_projects
from jcdata.metadata import describe
from jcdata.schema import (
    Arrears,
    BudgetLine,
    Claim,
    CorrectionApplied,
    CostBreakdown,
    CostComponent,
    DocumentRecord,
    EconomicCrosswalk,
    FormFunding,
    FormPrinting,
    GlossaryTerm,
    Indicator,
    PerformanceForm,
    PrintingContradiction,
    Problem,
    Project,
    PurchaseDirectoryEntry,
    SourceLine,
    TableOccurrence,
    UnrecognisedLine,
    tables,
)
from jcdata.sections import find_furniture, find_sections
from jcdata.tables import read_tables
from jcdata.warehouse import staged, write_csv, write_database

Records = dict[type, list[Any]]
Progress = Callable[[Iterable[Path]], Iterable[Path]]


class Trouble(NamedTuple):
    """Something in a file that could not be read; `line_no` is None where it has no line."""

    file_name: str
    line_no: int | None
    text: str
    reason: str


class ParsedDocument(NamedTuple):
    """A document's records by their class, and what could not be read of it."""

    records: Records
    troubles: list[Trouble]


class BuildResult(NamedTuple):
    """What a build loaded, and what it could not read."""

    database: Path
    documents: list[DocumentRecord]
    occurrences: list[TableOccurrence]
    figure_count: int
    filled_lines: int
    unrecognised: list[UnrecognisedLine]
    troubles: list[Trouble]

    @property
    def understood_share(self) -> float:
        """The share of the lines with content that some reader understood."""
        return 1 - len(self.unrecognised) / self.filled_lines if self.filled_lines else 1.0

    @property
    def exit_status(self) -> int:
        """0, or 2 when something could not be read."""
        return 2 if self.troubles else 0


def build(
    raw_dir: Path = paths.RAW_DIR, database: Path = paths.DATABASE, clean_dir: Path | None = paths.CLEAN_DIR,
    progress: Progress = iter, corrected: bool = False,
) -> BuildResult:  # fmt: skip
    """Read every document below `raw_dir`, write the database and the clean files.

    With `corrected` the known errors that `corrections.toml` beside the folder declares are corrected.

    A file that can't be read is reported in the result, and the others are loaded all the same. Database and clean
    files are put in place at the end: an interrupted build leaves the old ones whole. Raises FileNotFoundError if
    there is no such folder, DocumentError if its list of sources is unreadable, CorrectionError if that of corrections
    is, OSError if nothing can be written.
    """
    corrections = read_corrections(raw_dir.parent / paths.CORRECTIONS) if corrected else []
    checksums = read_sources(raw_dir)
    files = find_documents(raw_dir)
    records: Records = {table.record: [] for table in tables()}
    troubles = [Trouble(name, None, "", "listed but not there / 清单所列文件不存在") for name in sorted(_absent(checksums, raw_dir, files))]  # fmt: skip
    loaded: dict[str, str] = {}
    for path in progress(files):
        file_name = path.relative_to(raw_dir).as_posix()
        try:
            document_id = _claim_id(path, file_name, loaded)
            parsed = parse_document(path, file_name, checksums.get(file_name))
        except DocumentError as error:
            troubles.append(Trouble(file_name, error.line_no, error.line_text, error.reason))
            continue
        loaded[document_id] = file_name
        troubles += parsed.troubles
        for record, rows in parsed.records.items():
            records[record] += rows
    records[CorrectionApplied], idle = apply_corrections(corrections, records)
    troubles += [Trouble(paths.CORRECTIONS, None, c.evidence, _idle(c)) for c in idle]
    records[Problem] = [Problem(number, *trouble) for number, trouble in enumerate(troubles, start=1)]
    with staged(database, clean_dir) as (new_database, new_clean):
        for table in tables():
            if not table.is_derived:
                write_csv(new_clean / f"{table.name}.csv", table, records[table.record])
        write_database(new_database, new_clean, fill_check_results)
    return BuildResult(
        database=database,
        documents=records[DocumentRecord],
        occurrences=records[TableOccurrence],
        figure_count=len(records[BudgetLine]),
        filled_lines=sum(1 for line in records[SourceLine] if line.text.strip()),
        unrecognised=records[UnrecognisedLine],
        troubles=troubles,
    )


def parse_document(path: Path, file_name: str, expected_sha256: str | None = None) -> ParsedDocument:
    """Read one file into records. Raises DocumentError for a file that can't be read at all."""
    document = read_document(path, file_name, expected_sha256)
    furniture = find_furniture(document)
    sections = find_sections(document, furniture)
    description = describe(document, sections, furniture)
    record = description.record
    read = read_tables(record.document_id, record.layout, sections, record.unit_name, record.source_unit)
    forms = read_forms(record.document_id, record.layout, sections)
    costs = read_costs(document, forms, record.fiscal_year)
    claims = read_claims(record.document_id, sections)
    directory = read_purchase_directory(record.document_id, sections)
    glossary = read_glossary(record.document_id, sections)
    records: Records = {
        DocumentRecord: [record],
        SourceLine: description.source_lines,
        TableOccurrence: read.occurrences,
        BudgetLine: read.budget_lines,
        EconomicCrosswalk: read.crosswalk,
        Project: link_projects(read.projects, forms.forms),
        PerformanceForm: forms.forms,
        FormPrinting: forms.printings,
        FormFunding: forms.funding,
        Indicator: forms.indicators,
        PrintingContradiction: list(number_contradictions(record.document_id, forms.contradictions)),
        CostComponent: costs.components,
        CostBreakdown: costs.breakdowns,
        Arrears: costs.arrears,
        Claim: claims,
        PurchaseDirectoryEntry: directory,
        GlossaryTerm: glossary,
        UnrecognisedLine: find_unrecognised(
            document, sections, furniture, record.unit_name, read, forms, claims, [*directory, *glossary]
        ),
    }
    return ParsedDocument(records, [Trouble(file_name, *fault) for fault in read.faults])


def _idle(correction: Correction) -> str:
    place = f"{correction.document_id}:{correction.line_no}"
    return (
        f"correction {correction.number} not applied: {place} prints no {correction.expect} / 更正未执行，原文无此金额"
    )


def _absent(checksums: dict[str, str], raw_dir: Path, files: Sequence[Path]) -> set[str]:
    return set(checksums) - {path.relative_to(raw_dir).as_posix() for path in files}


def _claim_id(path: Path, file_name: str, loaded: dict[str, str]) -> str:
    """The document's id. Raises DocumentError if another file has it already."""
    if other := loaded.get(path.stem):
        raise DocumentError(f"has the same id {path.stem!r} as {other} / 与另一文件编号相同")
    return path.stem

"""The report: one page with key figures, analyses and findings, for people who open neither notebook nor database.

The page stands alone, without script and without anything to fetch: its words are in `pages/`, its look in
`pages/report.css`. The figures are the exact ones of the views; every printed one leads to its line in the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb

from jcdata import schema
from jcdata.analyses import frames
from jcdata.analyses.conclusions import conclude
from jcdata.checks import not_read
from jcdata.exports import templates
from jcdata.exports.report_contents import DocumentContents, DocumentRows
from jcdata.messages import Message
from jcdata.replacing import replaced_file
from jcdata.schema import DocumentRecord, KeyFigure

MOST_DOCUMENTS = 6  # in full on one page
MOST_COMPARED = 200  # documents on one page
MOST_ROWS = 30  # of a table; the others are summed up in one row
MOST_FINDINGS = 100  # of a document, the worst
MOST_FINDINGS_IN_BRIEF = 10
# The analyses that are concluded, with the question that each answers
CONCLUSIONS = {
    "composition": "composition",
    "growth": "growth_stated",
    "project_costs": "project_costs",
    "carry_over": "carry_over",
    "findings": "findings",
}
HEAD = 4096  # bytes of a page that hold its mark
GENERATOR = '<meta name="generator" content="jcdata">'  # the mark of a report
TITLE_END = " · 预算公开数据报告 / Budget report"


class Filter(NamedTuple):
    """What the reader may choose documents or findings by: each value with its words and how many have it."""

    name: str
    label: Message
    choices: list[tuple[Hashable, Message, int]]

    def place_of(self, value: Hashable) -> int:
        """The place of a value among the choices, from 1; 0 for what is none of them."""
        values = [choice for choice, *_ in self.choices]
        return values.index(value) + 1 if value in values else 0


def write(
    con: duckdb.DuckDBPyConnection, path: Path, unit: str | None = None, year: int | None = None
) -> None:
    """Write the report of a unit, a year or the whole database as one HTML file; an old one stays until all is written.

    Raises SelectionError if the database has no such unit or year, or no document at all, OutputError if
    anything but an earlier report is at the path, OSError if the file can't be written, and duckdb.CatalogException if an older jcdata built
    the database.
    """
    page = render(con, unit, year)
    with replaced_file(path, _is_report) as new:
        new.write_text(page, encoding="utf-8")


def _is_report(path: Path) -> bool:
    """Whether a file is a page that was written here; the first ones had no mark but their title."""
    with path.open("rb") as page:
        head = page.read(HEAD)
    return any(mark.encode() in head for mark in (GENERATOR, f"{TITLE_END}</title>"))


def render(con: duckdb.DuckDBPyConnection, unit: str | None = None, year: int | None = None) -> str:
    """The report as HTML.

    Up to `MOST_DOCUMENTS` documents, or all of one unit's year, are shown in full; of more each has its key figures,
    worst findings and their lines, up to `MOST_COMPARED`, those with most expenditure.
    """
    with con.cursor() as cursor:
        documents = frames.find_documents(cursor, unit=unit, year=year)
        in_full = len(documents) <= MOST_DOCUMENTS or None not in (unit, year)
        unread = not_read.find_not_read(cursor)
        ids = [document.document_id for document in documents]
        rows = DocumentRows(cursor, ids)
        shown = _largest_first(rows, documents)
        contents = [
            DocumentContents(
                rows,
                document,
                f"d{number}",
                not_read.of_document(unread, document.document_id, document.file_name),
            )
            for number, document in enumerate(shown if in_full else shown[:MOST_COMPARED], 1)
        ]
        known, files = set(ids), {document.file_name for document in documents}
        with_sections = {own.document.file_name for own in contents}
        # Those of files that are no documents belong to no unit or year.
        problems = [
            problem
            for problem in unread.problems
            if problem.file_name in files or (unit, year) == (None, None)
        ]
        template = templates.environment("exports/pages").get_template("report.html")
        return template.render(
            contents=contents, in_full=in_full, document_count=len(documents),
            most_rows=MOST_ROWS, most_findings=MOST_FINDINGS if in_full else MOST_FINDINGS_IN_BRIEF,
            schema=schema, questions=frames.QUESTIONS, filters=_filters(contents),
            read=conclude(cursor, "documents", unit, year),
            conclusions=[
                (frames.QUESTIONS[question], conclude(cursor, name, unit, year))
                for name, question in CONCLUSIONS.items()
            ],
            sections={own.document.document_id: own for own in contents},
            problem_count=len(problems),
            not_compared_count=sum(
                row.result_count
                for row in unread.not_compared
                if row.document_id in known
            ),
            problems_at_top=[p for p in problems if p.file_name not in with_sections],
        )  # fmt: skip


def _largest_first(rows: DocumentRows, documents: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """The documents with most expenditure first."""

    def size(document: DocumentRecord) -> Decimal:
        figures = rows.of(document.document_id, "key_figures", KeyFigure)
        return sum((f.amount_yuan for f in figures if f.figure == "expenditure"), Decimal())

    return sorted(documents, key=size, reverse=True)


def _filters(contents: Sequence[DocumentContents]) -> list[Filter]:
    """What divides the documents, and how much their findings weigh."""
    documents = [own.document for own in contents]
    units = Counter(document.unit_name for document in documents if document.unit_name)
    years = Counter(document.fiscal_year for document in documents if document.fiscal_year)
    kinds = Counter(document.document_kind for document in documents)
    weights = sum((own.finding_counts for own in contents), Counter[str]())
    filters = [
        Filter(
            "unit",
            Message("Unit", "单位"),
            [(unit, Message(unit, unit), units[unit]) for unit in sorted(units)],
        ),
        Filter(
            "year",
            Message("Year", "年度"),
            [(year, Message(str(year), str(year)), years[year]) for year in sorted(years)],
        ),
        Filter("kind", Message("Kind", "文件类别"), _counted(schema.DOCUMENT_KINDS, kinds)),
        Filter("severity", Message("Findings", "核对发现"), _counted(schema.SEVERITIES, weights)),
    ]
    return [one for one in filters if len(one.choices) > 1]


def _counted(words: Mapping[str, str], counts: Counter[str]) -> list[tuple[Hashable, Message, int]]:
    """The codes that occur, with their words and how often."""
    return [
        (code, Message(code.replace("_", " "), zh), counts[code])
        for code, zh in words.items()
        if counts[code]
    ]

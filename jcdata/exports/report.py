"""The report: one page with key figures, analyses and findings, for people who open neither notebook nor database.

The page stands alone, without script and without anything to fetch: its words are in `pages/`, its look in
`pages/report.css`. The figures are the exact ones of the views; every printed one leads to its line in the page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb
import jinja2

from jcdata import paths, schema
from jcdata.analyses import frames
from jcdata.checks import findings, not_read
from jcdata.checks.not_read import NotRead
from jcdata.database.records import read_records
from jcdata.replacing import replaced_file
from jcdata.schema import (
    CarryOver,
    CarryOverBalance,
    Composition,
    DocumentFigures,
    DocumentRecord,
    Finding,
    Growth,
    KeyFigure,
    ProjectCost,
    ProjectFunding,
    SourceLine,
    UnitCost,
)

MOST_DOCUMENTS = 6  # in full on one page
MOST_COMPARED = 200  # documents in the comparison
MOST_ROWS = 30  # of a table; the others are summed up in one row
MOST_FINDINGS = 100  # of a document, the worst
HEAD = 4096  # bytes of a page that hold its mark
GENERATOR = '<meta name="generator" content="jcdata">'
TITLE_END = " · 预算公开数据报告 / Budget report</title>"
CONTEXT = 2  # lines before and after a cited one

_Row = TypeVar("_Row", bound=NamedTuple)


class LineLink(NamedTuple):
    """Lines of a document in words, `7–9`, and their address on the page; no address where some are left out."""

    text: str
    address: str


class PlacedFinding(NamedTuple):
    """A finding, and how many causes stand above it on the page."""

    finding: Finding
    depth: int


class DocumentContents:
    """What the page shows of a document. `cited` collects the lines to which links were made, for `excerpts`."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        document: DocumentRecord,
        anchor: str,
        key_figures: dict[str, KeyFigure],
        finding_counts: Counter[str],
        unread: NotRead,
    ) -> None:
        self.document = document
        self.anchor = anchor
        self.key_figures = key_figures
        self.finding_counts = finding_counts
        self.not_read = unread
        self.cited: set[int] = set()
        self._con = con

    def cite(self, line_no: int) -> str:
        """The address of a line on the page."""
        self.cited.add(line_no)
        return f"#{self.anchor}-{line_no}"

    def cite_ranges(self, line_nos: Sequence[int]) -> list[LineLink]:
        """The lines of a finding as links, of many only the first and the last."""
        links = []
        for lines in findings.ranges_of(line_nos):
            self.cited.update(lines or ())
            links.append(
                LineLink(findings.range_in_words(lines), self.cite(lines[0]) if lines else "")
            )
        return links

    def compositions(self) -> dict[str, list[list[Composition]]]:
        """For each dimension, the rows of each of its levels, the topmost first."""
        levels: dict[str, list[list[Composition]]] = {
            dimension: [] for dimension in schema.DIMENSIONS
        }
        for (dimension, _), rows in groupby(
            self._rows("composition", Composition), key=lambda row: (row.dimension, row.item_level)
        ):
            levels[dimension].append(list(rows))
        return levels

    def growth(self) -> dict[str, list[Growth]]:
        """For each basis, the changes, the largest first."""
        rows = sorted(
            self._rows("growth", Growth),
            key=lambda row: abs(row.change_yuan or Decimal()),
            reverse=True,
        )
        return {basis: [row for row in rows if row.basis == basis] for basis in schema.BASES}

    def project_costs(self) -> list[ProjectCost]:
        """The projects: those without any indicator, then those with most money for each."""
        rows = self._rows("project_costs", ProjectCost)
        return sorted(
            rows, key=lambda row: (row.indicator_count > 0, -(row.yuan_per_indicator or 0))
        )

    def unit_costs(self) -> list[UnitCost]:
        """What one unit of each output costs."""
        return self._rows("unit_costs", UnitCost)

    def carry_over(self) -> list[CarryOver]:
        """What pays for earlier years, carried over openly or in arrears."""
        return self._rows("carry_over", CarryOver)

    def balances(self) -> list[CarryOverBalance]:
        """The balances between years, also those that are not printed."""
        return self._rows("carry_over_balances", CarryOverBalance)

    def project_funding(self) -> list[ProjectFunding]:
        """All project money, what has no performance form first."""
        return self._rows("project_funding", ProjectFunding)

    def results(self) -> list[PlacedFinding]:
        """The findings, worst first, each below its cause."""
        rows = self._rows("findings", Finding)
        return [
            PlacedFinding(row, depth)
            for row, depth in zip(rows, findings.depths(rows), strict=True)
        ]

    def figures(self) -> DocumentFigures:
        """How many of the document's figures were understood."""
        (figures,) = self._rows("document_figures", DocumentFigures)
        return figures

    def excerpts(self) -> list[list[SourceLine]]:
        """The lines cited so far with their context; what follows each other stands together. Empty lines are left out."""
        columns = ", ".join(SourceLine._fields)
        query = f"""
            WITH filled AS (
                SELECT *, row_number() OVER (ORDER BY line_no) AS place FROM source_lines
                WHERE document_id = $document AND (trim(text) <> '' OR list_contains($cited, line_no))
            ),
            wanted AS (
                SELECT DISTINCT place + unnest(range(-$context, $context + 1)) AS place FROM filled
                WHERE list_contains($cited, line_no)
            )
            SELECT place, {columns} FROM filled JOIN wanted USING (place) ORDER BY place
        """
        chosen = {
            "document": self.document.document_id,
            "cited": sorted(self.cited),
            "context": CONTEXT,
        }
        excerpts: defaultdict[int, list[SourceLine]] = defaultdict(list)
        for number, (place, *line) in enumerate(self._con.execute(query, chosen).fetchall()):
            # The key is the same for lines that follow each other.
            excerpts[place - number].append(
                SourceLine(**dict(zip(SourceLine._fields, line, strict=True)))
            )
        return list(excerpts.values())

    def _rows(self, view: str, record: type[_Row]) -> list[_Row]:
        return read_records(
            self._con, record, f"{view} WHERE document_id = ?", [self.document.document_id]
        )


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
    return any(mark.encode() in head for mark in (GENERATOR, TITLE_END))


def render(con: duckdb.DuckDBPyConnection, unit: str | None = None, year: int | None = None) -> str:
    """The report as HTML.

    Up to `MOST_DOCUMENTS` documents, or all of one unit's year, are shown in full; more are only compared.
    """
    with con.cursor() as cursor:
        documents = frames.find_documents(cursor, unit=unit, year=year)
        in_full = len(documents) <= MOST_DOCUMENTS or None not in (unit, year)
        unread = not_read.find_not_read(cursor)
        contents = _largest_first(cursor, documents, unread)
        files = {document.file_name for document in documents}
        with_documents = files if in_full else set()
        # Those of files that are no documents belong to no unit or year.
        at_top = [
            problem
            for problem in unread.problems
            if problem.file_name not in with_documents
            and ((unit, year) == (None, None) or problem.file_name in files)
        ]
        template = _environment().get_template("report.html")
        return template.render(
            contents=contents if in_full else contents[:MOST_COMPARED], in_full=in_full, document_count=len(documents),
            most_rows=MOST_ROWS, most_findings=MOST_FINDINGS, schema=schema, questions=frames.QUESTIONS,
            problems_at_top=at_top,
        )  # fmt: skip


def _largest_first(
    con: duckdb.DuckDBPyConnection, documents: Sequence[DocumentRecord], unread: NotRead
) -> list[DocumentContents]:
    """The documents with most expenditure first."""
    key_figures: defaultdict[str, dict[str, KeyFigure]] = defaultdict(dict)
    for figure in read_records(con, KeyFigure, "key_figures"):
        key_figures[figure.document_id][figure.figure] = figure
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counted = """
        SELECT document_id, if(verdict = 'dismissed', verdict, if(status = 'fail', severity, status)), count(*)
        FROM findings GROUP BY ALL
    """
    for document_id, kind, count in con.execute(counted).fetchall():
        counts[document_id][kind] = count

    def size(document: DocumentRecord) -> Decimal:
        figure = key_figures[document.document_id].get("expenditure")
        return figure.amount_yuan if figure else Decimal()

    return [
        DocumentContents(
            con,
            d,
            f"d{number}",
            key_figures[d.document_id],
            counts[d.document_id],
            not_read.of_document(unread, d.document_id, d.file_name),
        )
        for number, d in enumerate(sorted(documents, key=size, reverse=True), 1)
    ]


def _environment() -> jinja2.Environment:
    """The templates; whatever a document prints is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(paths.PACKAGE / "exports" / "pages"),
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        wan=lambda yuan: f"{_rounded(yuan / frames.YUAN_PER_WAN):,}",
        change=lambda yuan: f"{_rounded(yuan / frames.YUAN_PER_WAN):+,}" if yuan else "0.00",
        yuan=lambda yuan: f"{_rounded(yuan):,}",
        percent=lambda fraction: f"{fraction:.2%}",
        rate=lambda fraction: f"{fraction:+.2%}" if fraction else "0.00%",
        problem_in_words=not_read.problem_in_words,
        not_compared_in_words=not_read.not_compared_in_words,
    )
    return environment


def _rounded(amount: Decimal) -> Decimal:
    """Two decimals, half rounded up as the database does."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)

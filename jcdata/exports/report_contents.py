"""What the report shows of a document: rows of the views, links to printed lines, and the lines themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

import duckdb

from jcdata import schema
from jcdata.analyses.frames import read_rows_of
from jcdata.checks import findings
from jcdata.checks.not_read import NotRead
from jcdata.messages import Message
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
    TableOccurrence,
    UnitCost,
)

CONTEXT = 2  # lines before and after a cited one
# The table by whose totals two years' documents are compared, of the key figures that one has
_COMPARED_BY = {
    "expenditure": "expenditure",
    "three_public": "three_public_expenses",
    "operating_expenses": "agency_operating_expenses",
}

_Row = TypeVar("_Row", bound=NamedTuple)


class DocumentRows:
    """The rows of the views that belong to some documents; each view is asked once for all of them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, document_ids: Collection[str]) -> None:
        self.con = con
        self._ids = list(document_ids)
        self._read: dict[str, dict[str, list[Any]]] = {}

    def of(self, document_id: str, view: str, record: type[_Row]) -> list[_Row]:
        """The rows of one of the documents, in the order of the view."""
        if view not in self._read:
            by_document: defaultdict[str, list[Any]] = defaultdict(list)
            place = record._fields.index("document_id")
            for row in read_rows_of(self.con, record, view, self._ids):
                by_document[row[place]].append(row)
            self._read[view] = by_document
        return self._read[view].get(document_id, [])


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
        rows: DocumentRows,
        document: DocumentRecord,
        anchor: str,
        unread: NotRead,
    ) -> None:
        self.document = document
        self.anchor = anchor
        self.not_read = unread
        self.cited: set[int] = set()
        self._read = rows
        self.key_figures = {row.figure: row for row in self._rows("key_figures", KeyFigure)}
        self.finding_counts = Counter(map(_weight, self._rows("findings", Finding)))

    def tables_of(self, results: Sequence[Finding]) -> Message | None:
        """What the document itself calls the tables that its findings number."""
        return findings.tables_in_words(results, self._rows("table_occurrences", TableOccurrence))

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

    def change(self, figure: str) -> Growth | None:
        """How a key figure changed from the document of the year before, None where that is not told by a table of both."""
        known = self.key_figures.get(figure)
        changes = [
            row
            for row in self._rows("growth", Growth)
            if row.basis == "documents"
            and row.is_total
            and row.table_key == _COMPARED_BY.get(figure)
            and known is not None
            and row.current_yuan == known.amount_yuan
        ]
        return changes[0] if len(changes) == 1 else None

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
        for number, (place, *line) in enumerate(self._read.con.execute(query, chosen).fetchall()):
            # The key is the same for lines that follow each other.
            excerpts[place - number].append(
                SourceLine(**dict(zip(SourceLine._fields, line, strict=True)))
            )
        return list(excerpts.values())

    def _rows(self, view: str, record: type[_Row]) -> list[_Row]:
        return self._read.of(self.document.document_id, view, record)


def _weight(finding: Finding) -> str:
    """By what a finding is counted."""
    if findings.is_dismissed(finding):
        return "dismissed"
    return finding.severity if finding.status == "fail" else finding.status

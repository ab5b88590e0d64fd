"""The pages of one document: what was read, its tables, projects and findings, its lines, and its part of the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

import jinja2

from jcdata import schema
from jcdata.checks import findings
from jcdata.checks.declarations import check_specs
from jcdata.exports import templates
from jcdata.schema import (
    BudgetLine,
    Finding,
    PerformanceForm,
    SourceLine,
)
from jcdata.website import addresses, search_index
from jcdata.website.contents import DocumentRows
from jcdata.website.document_tables import bars_of, grid_of, parts_of
from jcdata.website.search_index import Place

ROOT = "../../"  # from a page of a document to the folder of the site
DeepFinding = tuple[Finding, int]  # with its depth below its cause
CONTEXT = 2  # lines before and after those of a finding


@cache
def site_templates() -> jinja2.Environment:
    """The templates of the site, with those of the report that they share."""
    made = templates.environment("website/pages", "exports/pages")
    made.globals.update(addresses=addresses)
    return made


class DocumentPages:
    """The pages of a document. `base` is the address at which the site will stand, '' where that is not known.

    `file` is the name of the document's file in its folder, None where it is not given.
    """

    def __init__(self, rows: DocumentRows, base: str, file: str | None) -> None:
        self.rows = rows
        self.document = rows.document
        self.base = f"{base.rstrip('/')}/" if base else ""
        self.file = file
        self.folder = addresses.document_folder(rows.document.document_id)
        self.tables: dict[str, list[BudgetLine]] = defaultdict(list)
        for line in rows.budget_lines:
            self.tables[line.table_key].append(line)
        self.titles = {
            o.table_key: o.title or schema.TABLE_NAMES[o.table_key] for o in rows.occurrences
        }
        self.occurrences = sorted(
            rows.occurrences, key=lambda o: (o.first_line is None, o.first_line or 0, o.table_no)
        )
        self.depths, self.infos = _parted(rows.findings)

    def texts(self) -> Iterator[tuple[str, str]]:
        """The name of each file of the document's folder with what is in it."""
        yield "index.html", self._page("document", "index.html")
        yield from self._lines_pages()
        for key in self.tables:
            name = addresses.table_page(key)
            yield (
                name,
                self._page(
                    "table", name, key=key, parts=parts_of(self.tables[key]), bars_of=bars_of
                ),
            )
        for table in self.rows.printed_tables:
            if table.table_key is None:
                name = addresses.printed_table_page(table.printed_table_no)
                own = [c for c in self.rows.cells if c.printed_table_no == table.printed_table_no]
                headings, grid = grid_of(own)
                yield name, self._page("printed", name, table=table, headings=headings, grid=grid)
        yield from self._project_pages()
        for finding in self.rows.findings:
            name = addresses.finding_page(finding.finding_id)
            check = next(c for c in check_specs() if c.key == finding.check_key)
            yield name, self._page(
                "finding", name, finding=finding, check=check, excerpts=self._excerpts(finding),
                consequences=[f for f in self.rows.findings if f.consequence_of == finding.finding_id],
                known={f.finding_id for f in self.rows.findings},
            )  # fmt: skip

    def chunks(self) -> Iterator[search_index.Chunk]:
        """The chunks in which the document is searched."""
        lines = [""] * max((line.line_no for line in self.rows.lines), default=0)
        for line in self.rows.lines:
            lines[line.line_no - 1] = line.text
        return search_index.cut(lines, self._amounts(), list(self._places()))

    def _page(self, template: str, name: str, **values: Any) -> str:
        return site_templates().get_template(f"{template}.html").render(
            root=ROOT, d=self.rows, document=self.document, pages=self, ranges=findings.ranges_of,
            range_in_words=findings.range_in_words, base=self.base, place=f"{self.folder}/{name}", **values,
        )  # fmt: skip

    @cached_property
    def lines_pages(self) -> dict[str, list[SourceLine]]:
        """The lines of each page of lines, by its name."""
        grouped = groupby(self.rows.lines, key=lambda line: addresses.lines_page(line.line_no))
        return {name: list(lines) for name, lines in grouped}

    def _lines_pages(self) -> Iterator[tuple[str, str]]:
        for name, lines in self.lines_pages.items():
            sheets = [list(own) for _, own in groupby(lines, key=lambda line: line.page_no)]
            yield (
                name,
                self._page("lines", name, sheets=sheets, names=list(self.lines_pages), here=name),
            )

    def _project_pages(self) -> Iterator[tuple[str, str]]:
        for form in self.rows.forms:
            name = addresses.form_page(form.form_no)
            projects = [p for p in self.rows.projects if p.form_no == form.form_no]
            ranges = [
                range(p.first_line, p.last_line + 1)
                for p in self.rows.printings
                if p.form_no == form.form_no
            ]
            yield name, self._page(
                "project", name, form=form, projects=projects, title=form.project_name,
                results=self._results([*ranges, *(range(p.line_no, p.line_no + 1) for p in projects)]),
            )  # fmt: skip
        for project in self.rows.projects:
            if project.form_no is None:
                name = addresses.project_page(project.project_no, None)
                results = self._results([range(project.line_no, project.line_no + 1)])
                yield name, self._page(
                    "project", name, form=None, projects=[project], title=project.project_name,
                    results=results,
                )  # fmt: skip

    def _results(self, ranges: list[range]) -> list[tuple[Finding, int]]:
        """The findings that cite a line of these, none of them below another."""
        return [
            (finding, 0)
            for finding in self.rows.findings
            if any(number in own for number in finding.line_nos for own in ranges)
        ]

    def _excerpts(self, finding: Finding) -> list[list[SourceLine]]:
        """The lines of a finding with their context; what follows each other stands together."""
        filled = [line for line in self.rows.lines if line.text.strip()]
        cited = {
            lines[place]
            for lines in findings.ranges_of(finding.line_nos)
            if lines
            for place in (0, -1)
        }
        near = {
            near
            for place, line in enumerate(filled)
            if line.line_no in cited
            for near in range(place - CONTEXT, place + CONTEXT + 1)
        }
        places = sorted(place for place in near if 0 <= place < len(filled))
        runs = groupby(enumerate(places), key=lambda numbered: numbered[1] - numbered[0])
        return [[filled[place] for _, place in run] for _, run in runs]

    def _amounts(self) -> Mapping[int, list[Decimal]]:
        """All amounts that stand in each line."""
        amounts: defaultdict[int, list[Decimal]] = defaultdict(list)
        rows = self.rows
        for own in (
            rows.budget_lines,
            rows.cells,
            rows.projects,
            rows.funding,
            rows.components,
            rows.arrears,
        ):
            for row in own:
                if row.amount_yuan is not None:
                    amounts[row.line_no].append(row.amount_yuan)
        for claim in rows.claims:
            if claim.amount_yuan is not None and not claim.is_implied:
                amounts[claim.line_no].append(claim.amount_yuan)
        return amounts

    def _places(self) -> Iterator[Place]:
        for printing in self.rows.printings:
            form = next(f for f in self.rows.forms if f.form_no == printing.form_no)
            yield _place(printing.first_line, printing.last_line, *_of_form(form))
        for project in self.rows.projects:
            page = addresses.project_page(project.project_no, project.form_no)
            yield _place(project.line_no, project.line_no, project.project_name, page)
        for table in self.rows.printed_tables:
            key = table.table_key
            page = (
                addresses.printed_table_page(table.printed_table_no)
                if key is None
                else addresses.table_page(key)
            )
            if key is None or key in self.tables:
                yield _place(
                    table.first_line,
                    table.last_line,
                    table.title or self.titles.get(key or "", ""),
                    page,
                )
        for occurrence in self.rows.occurrences:
            first, last, key = occurrence.first_line, occurrence.last_line, occurrence.table_key
            if first is not None and last is not None and key in self.tables:
                yield _place(first, last, self.titles[key], addresses.table_page(key))

    @property
    def file_name(self) -> str:
        """The name of the file without its folders."""
        return PurePosixPath(self.document.file_name).name


def _of_form(form: PerformanceForm) -> tuple[str, str]:
    return form.project_name, addresses.form_page(form.form_no)


def _place(first_line: int, last_line: int, label: str, page: str) -> Place:
    return Place(first_line=first_line, last_line=last_line, label=label or page, page=page)


def _parted(found: Sequence[Finding]) -> tuple[list[DeepFinding], list[DeepFinding]]:
    """The findings with their depths: those that weigh, and those of which all with what follows from them is info."""
    groups: list[list[DeepFinding]] = []
    for result, depth in zip(found, findings.depths(found), strict=True):
        if not depth:
            groups.append([])
        groups[-1].append((result, depth))
    parted: tuple[list[DeepFinding], list[DeepFinding]] = [], []
    for group in groups:
        parted[all(_is_information(result) for result, _ in group)].extend(group)
    return parted


def _is_information(result: Finding) -> bool:
    is_info = (result.status, result.severity) == ("fail", "info")
    return is_info and not findings.is_dismissed(result)

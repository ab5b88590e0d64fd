"""The pages over all documents: home, units with their years, and classification codes with all who budget for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from statistics import median
from typing import NamedTuple

import duckdb

from jcdata.database.records import read_records
from jcdata.schema import KEY_FIGURES, SCOPES, DocumentRecord, YearOfSeries, published
from jcdata.spec_files import patterns
from jcdata.website import addresses, search_index
from jcdata.website.document_pages import site_templates

MOST_LINES = 500  # on the page of a code; the downloads have all
_CODES = """(
    SELECT b.item_code, b.item_name, d.unit_name, d.fiscal_year, d.document_kind, b.document_id, b.table_key, b.amount_yuan, b.line_no,
        coalesce(p.counts, TRUE) AS counts
    FROM budget_lines b JOIN documents d USING (document_id)
    LEFT JOIN document_parts p ON (p.document_id, p.part) = (b.document_id, b.table_key)
    WHERE b.item_code <> ''
    QUALIFY row_number() OVER (
        PARTITION BY b.item_code, b.document_id
        ORDER BY b.organisation IS NOT NULL, b.table_no, b.measure <> 'total', b.row_no, b.measure, b.heading
    ) = 1
) ORDER BY item_code, amount_yuan DESC, document_id"""


class CodeLine(NamedTuple):
    """What a document budgets for a code, in the first of its tables that prints it."""

    item_code: str
    item_name: str
    unit_name: str | None
    fiscal_year: int | None
    document_kind: str
    document_id: str
    table_key: str
    amount_yuan: Decimal
    line_no: int
    counts: bool


class Year(NamedTuple):
    """A year of a figure, and its bars as parts of the longest."""

    row: YearOfSeries
    budget_share: float
    actual_share: float


class Series(NamedTuple):
    """A figure of a unit over the years; `years` has None for those without one."""

    measure: str
    table_key: str
    item_code: str
    item_name: str
    item_level: int | None
    years: list[YearOfSeries | None]


class ScopeSeries(NamedTuple):
    """The figures of a unit for those whom the documents cover: its key figures, and the items of each table."""

    scope: str
    years: list[int | None]
    key_figures: list[Series]
    items: dict[str, list[Series]]
    chart: list[Year]


def home_page(documents: Sequence[DocumentRecord]) -> str:
    """The page on which everything is found."""
    return _page(
        "home", "", units=_by_unit(documents), documents=documents,
        places=sorted({place_of(d) for d in documents} - {""}),
        years=sorted({d.fiscal_year for d in documents if d.fiscal_year}, reverse=True),
        kinds=sorted({d.document_kind for d in documents}),
    )  # fmt: skip


def unit_pages(
    con: duckdb.DuckDBPyConnection, documents: Sequence[DocumentRecord]
) -> Iterator[tuple[str, str]]:
    """The page of each unit, with its place in the site."""
    unit_of = dict(con.execute("SELECT document_id, unit FROM document_scopes").fetchall())
    series: defaultdict[str, list[YearOfSeries]] = defaultdict(list)
    for row in read_records(con, YearOfSeries, "timeseries"):
        series[unit_of[row.budget_document_id or row.actual_document_id]].append(row)
    for unit, own in _by_unit(documents).items():
        # Names that are written otherwise are one unit, so that each of their pages has all its years.
        same = {unit_of[d.document_id] for d in own if d.document_id in unit_of}
        scopes = list(_scopes([row for name in sorted(same) for row in series[name]]))
        yield (
            addresses.unit_page(unit),
            _page("unit", "../", unit=unit, documents=own, scopes=scopes, scope_names=SCOPES),
        )


def code_pages(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """The page of each code and the one that lists them, with their places in the site."""
    codes = []
    for code, grouped in groupby(
        read_records(con, CodeLine, _CODES), key=lambda line: line.item_code
    ):
        own = list(grouped)
        counted = [line for line in own if line.counts]
        codes.append((code, own[0].item_name, len(counted)))
        page = addresses.code_page(code)
        yield page, _page(
            "code", "../", code=code, names=list(dict.fromkeys(line.item_name for line in own)),
            lines=own[:MOST_LINES], count=len(own), years=_medians(counted),
        )  # fmt: skip
    yield "codes/index.html", _page("codes", "../", codes=codes)


def downloads_page(names: Iterable[str]) -> str:
    """The page that lists what can be downloaded, by the names of the files beside it."""
    return _page("downloads", "../", names=set(names), tables=published())


def documents_script(documents: Sequence[DocumentRecord], chunk_counts: Sequence[int]) -> str:
    """The script that tells the search which chunks are of which document."""
    units = _by_unit(documents)
    numbers = {unit: number for number, unit in enumerate(units)}
    kinds = {"budget": 0, "final_accounts": 1}
    rows = [
        [
            addresses.key_of(d.document_id), numbers[d.unit_name], d.fiscal_year,
            kinds[d.document_kind], place_of(d), count,
        ]
        for d, count in zip(documents, chunk_counts, strict=True)
    ]  # fmt: skip
    names = [[unit or "", addresses.key_of(unit or "")] for unit in units]
    return search_index.script("documents", [addresses.LINES_OF_PAGE, names, rows])


def place_of(document: DocumentRecord) -> str:
    """The place of a document: the folders of its file, or what the name of its unit begins with."""
    folders, _, _ = document.file_name.rpartition("/")
    match = patterns("site")["place"].match(document.unit_name or "")
    return folders or (match["place"] if match else "")


def _page(template: str, root: str, **values: object) -> str:
    return site_templates().get_template(f"{template}.html").render(root=root, **values)


def _by_unit(documents: Iterable[DocumentRecord]) -> dict[str | None, list[DocumentRecord]]:
    """The documents of each unit, units by name, the newest documents first."""
    units: defaultdict[str | None, list[DocumentRecord]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: (-(d.fiscal_year or 0), d.document_id)):
        units[document.unit_name].append(document)
    return {unit: units[unit] for unit in sorted(units, key=lambda unit: (unit is None, unit))}


def _scopes(rows: Sequence[YearOfSeries]) -> Iterator[ScopeSeries]:
    scopes = sorted({row.scope for row in rows}, key=list(SCOPES).index)
    for scope in scopes:
        own = [row for row in rows if row.scope == scope]
        years = sorted({row.fiscal_year for row in own}, key=lambda year: year or 0)
        grouped: defaultdict[tuple[str, str, str, str], dict[int | None, YearOfSeries]]
        grouped = defaultdict(dict)
        for row in own:
            # Another table may print a key figure in another year.
            key = (
                row.measure,
                row.table_key if row.measure == "item" else "",
                row.item_code,
                "" if row.item_code else row.item_name,
            )
            grouped[key][row.fiscal_year] = row
        series = [_series(by_year, years) for by_year in grouped.values()]
        items = {
            key: [s for s in series if (s.measure, s.table_key) == ("item", key)]
            for key in dict.fromkeys(s.table_key for s in series if s.measure == "item")
        }
        order = list(KEY_FIGURES)
        key_figures = sorted(
            (s for s in series if s.measure != "item"), key=lambda s: order.index(s.measure)
        )
        yield ScopeSeries(
            scope=scope, years=years, key_figures=key_figures, items=items, chart=_chart(key_figures),
        )  # fmt: skip


def _series(by_year: dict[int | None, YearOfSeries], years: Sequence[int | None]) -> Series:
    last = by_year[max(by_year, key=lambda year: year or 0)]
    return Series(
        measure=last.measure, table_key=last.table_key, item_code=last.item_code,
        item_name=last.item_name, item_level=last.item_level, years=[by_year.get(y) for y in years],
    )  # fmt: skip


def _chart(key_figures: Sequence[Series]) -> list[Year]:
    """The years of the unit's expenditure, if there are several."""
    rows = [row for s in key_figures if s.measure == "expenditure" for row in s.years if row]
    longest = max(
        [
            Decimal(1),
            *(row.budget_yuan or 0 for row in rows),
            *(row.actual_yuan or 0 for row in rows),
        ]
    )
    years = [
        Year(
            row=row,
            budget_share=float((row.budget_yuan or 0) / longest),
            actual_share=float((row.actual_yuan or 0) / longest),
        )
        for row in rows
    ]
    return years if len(years) > 1 else []


def _medians(lines: Sequence[CodeLine]) -> list[tuple[int | None, str, int, Decimal]]:
    """For each year and kind how many documents have a code, and the median of their amounts."""
    groups: defaultdict[tuple[int | None, str], list[CodeLine]] = defaultdict(list)
    for line in lines:
        groups[line.fiscal_year, line.document_kind].append(line)
    return [
        (year, kind, len(own), median(line.amount_yuan for line in own))
        for (year, kind), own in sorted(
            groups.items(), key=lambda group: (group[0][0] or 0, group[0][1])
        )
    ]

"""Which faults do the checks notice? One printed figure of a document is changed, the document read again and checked.

Each figure of a seeded sample is changed three times: 0.30 万元 more, 1.00 万元 more, two digits exchanged. A fault is
noticed when a finding of severity error or warning that was not there before names the line of the figure. It measures;
nothing fails here.

    python benchmarks/faults.py [--per-table N] [--escapes] [FOLDER ...]
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from jcdata import schema
from jcdata.amounts import UNITS, parse_number
from jcdata.checks import running
from jcdata.database.definitions import create_tables
from jcdata.database.warehouse import insert_rows
from jcdata.documents.document import find_documents
from jcdata.errors import AmountError, DocumentError
from jcdata.extraction.one_document import ParsedDocument, parse_document
from jcdata.paths import RAW_DIR
from jcdata.schema import BudgetLine, CheckResult, Claim, FormFunding

PER_TABLE = 6
FAULTS = {"+0.30": Decimal(3000), "+1.00": Decimal(10000), "digits": None}
# A figure counts as undetermined when, in the unchanged document, no check compares anything on its line.
OUTCOMES = ("noticed", "within rounding", "not read", "undetermined", "escaped")
_FIGURE = r"(?<![\d.,]){}(?![\d,]|\.\d)"


class Figure(NamedTuple):
    """A printed figure: where it stands, the how-manieth of its kind on the line, its unit in yuan."""

    group: str
    what: str
    line_no: int
    text: str
    occurrence: int
    unit: Decimal


class Fault(NamedTuple):
    """What became of a changed figure."""

    group: str
    outcome: str
    said: str


def find_figures(parsed: ParsedDocument) -> Iterator[Figure]:
    """All figures of tables, form amounts and prose, in the order of the document."""
    seen: Counter[tuple[int, str]] = Counter()
    for group, what, line_no, text, unit in _printed(parsed):
        yield Figure(group, what.strip(), line_no, text, seen[line_no, text], unit)
        seen[line_no, text] += 1


def _printed(parsed: ParsedDocument) -> Iterator[tuple[str, str, int, str, Decimal]]:
    wan, yuan = UNITS["万元"], UNITS["元"]
    for line in parsed.records[BudgetLine]:
        what = f"{line.item_code} {line.item_name} {line.measure}"
        yield (
            f"table {line.table_no:2}",
            what,
            line.line_no,
            line.amount_text,
            _unit(line.amount_text, line.amount_yuan, wan),
        )
    for row in parsed.records[FormFunding]:
        what = f"form {row.form_no} {row.horizon} {row.source}"
        yield (
            "forms",
            what,
            row.line_no,
            row.amount_text,
            _unit(row.amount_text, row.amount_yuan, yuan),
        )
    for claim in parsed.records[Claim]:
        if not claim.is_implied and claim.kind != "count":
            for text in re.findall(r"\d+(?:\.\d+)?", claim.sentence.replace(",", "")):
                if Decimal(text) == abs(claim.value):
                    yield (
                        "prose",
                        f"{claim.section} {claim.subject} {claim.kind}",
                        claim.line_no,
                        text,
                        wan,
                    )
                    break


def _unit(text: str, yuan: Decimal, of_zero: Decimal) -> Decimal:
    try:
        number = abs(parse_number(text))
    except AmountError:  # 7E+06
        return of_zero
    return abs(yuan) / number if number else of_zero


def change(figure: Figure, fault: str, dice: random.Random) -> str | None:
    """The figure with a fault, printed as before; None if it can't have this fault."""
    added = FAULTS[fault]
    if added is not None:
        try:
            number = parse_number(figure.text)
        except AmountError:
            return None
        decimals = len(figure.text.partition(".")[2])
        step = Decimal(1).scaleb(-decimals)
        return f"{max(number + added / figure.unit, number + step):{',' if ',' in figure.text else ''}.{decimals}f}"
    places = [i for i, sign in enumerate(figure.text) if sign.isdigit()]
    swaps = [(a, b) for a, b in pairwise(places) if figure.text[a] != figure.text[b]]
    if not swaps:
        return None
    a, b = dice.choice(swaps)
    signs = list(figure.text)
    signs[a], signs[b] = signs[b], signs[a]
    return "".join(signs)


class Bench:
    """A document with its faults; the database holds it as it was changed last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text(encoding="utf-8").split("\n")
        self.con = duckdb.connect(config={"threads": "1"})
        create_tables(self.con)
        self.loaded: dict[type, list[Any]] = {}
        self.parsed, results = self.check(self.lines)
        self.known = {_identity(r) for r in results}
        self.compared = {
            n for r in results if r.status in ("pass", "rounding", "fail") for n in r.line_nos
        }

    def check(self, lines: list[str]) -> tuple[ParsedDocument, list[CheckResult]]:
        """Read and check the document with these lines."""
        parsed = parse_document("\n".join(lines).encode(), self.path.name)
        for record, rows in parsed.records.items():
            if record not in self.loaded or (
                record is not schema.SourceLine and rows != self.loaded[record]
            ):
                table = schema.table_of(record)
                self.con.execute(f"DELETE FROM {table.name}")
                insert_rows(self.con, table.name, [field.sql_type for field in table.fields], rows)
                self.loaded[record] = rows
        self.con.execute("DELETE FROM check_results")
        running.fill_check_results(self.con)
        return parsed, [
            CheckResult(*row) for row in self.con.execute("FROM check_results").fetchall()
        ]

    def inject(self, figure: Figure, fault: str, dice: random.Random) -> Fault | None:
        """Change one figure and see who notices; None if it can't be changed or found on its line."""
        line = self.lines[figure.line_no - 1]
        places = list(re.finditer(_FIGURE.format(re.escape(figure.text)), line))
        wrong = change(figure, fault, dice)
        if wrong is None or figure.occurrence >= len(places):
            return None
        start, end = places[figure.occurrence].span()
        lines = [*self.lines]
        lines[figure.line_no - 1] = line[:start] + wrong + line[end:]
        said = f"{self.path.stem}:{figure.line_no} {figure.what}: {figure.text} -> {wrong}"
        try:
            parsed, results = self.check(lines)
        except DocumentError as error:
            return Fault(figure.group, "not read", f"{said}: {error}")
        new = [
            r for r in results if figure.line_no in r.line_nos and _identity(r) not in self.known
        ]
        if any(r.status == "fail" and r.severity in ("error", "warning") for r in new):
            outcome = "noticed"
        elif len(parsed.troubles) > len(self.parsed.troubles):
            outcome = "not read"
        elif figure.line_no not in self.compared:
            outcome = "undetermined"
        else:
            outcome = "within rounding" if any(r.status == "rounding" for r in new) else "escaped"
        return Fault(figure.group, outcome, said)


def _identity(result: CheckResult) -> tuple[Any, ...]:
    return result.check_key, result.target, result.status, result.stated, result.computed


def run(path: Path, per_table: int) -> list[Fault]:
    """All faults of the sample of one document."""
    dice = random.Random(zlib.crc32(path.name.encode()))
    bench = Bench(path)
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in find_figures(bench.parsed):
        groups[figure.group].append(figure)
    sample = [f for own in groups.values() for f in dice.sample(own, min(per_table, len(own)))]
    return [found for f in sample for fault in FAULTS if (found := bench.inject(f, fault, dice))]


def main() -> None:
    """Print the share of faults noticed, by table, and on request what escaped."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[RAW_DIR])
    parser.add_argument(
        "--per-table", type=int, default=PER_TABLE, help="figures of each document and table"
    )
    parser.add_argument("--escapes", action="store_true", help="list what was not noticed")
    options = parser.parse_args()
    documents = [path for folder in options.folders for path in find_documents(folder)]
    with ProcessPoolExecutor(2) as pool:
        results = pool.map(run, documents, [options.per_table] * len(documents))
        faults = [fault for found in results for fault in found]
    print_shares(faults)
    for fault in faults:
        if options.escapes and fault.outcome != "noticed":
            print(f"{fault.outcome}: {fault.group}: {fault.said}")


def print_shares(faults: list[Fault]) -> None:
    """A Markdown table: the share noticed among the figures that something determines."""
    print(f"| {'':12} | faults | share | " + " | ".join(OUTCOMES) + " |")
    print(
        f"| {'-' * 12} | -----: | ----: | "
        + " | ".join("-" * (len(o) - 1) + ":" for o in OUTCOMES)
        + " |"
    )
    tables = [f for f in faults if f.group.startswith("table")]
    rows = {"all tables": tables} | {
        name: [f for f in faults if f.group == name] for name in sorted({f.group for f in faults})
    }
    for name, own in rows.items():
        counts = Counter(f.outcome for f in own)
        determined = len(own) - counts["undetermined"]
        share = f"{counts['noticed'] / determined:5.1%}" if determined else "  –  "
        print(
            f"| {name:12} | {len(own):6} | {share} | "
            + " | ".join(f"{counts[o]:{len(o)}}" for o in OUTCOMES)
            + " |"
        )


if __name__ == "__main__":
    main()

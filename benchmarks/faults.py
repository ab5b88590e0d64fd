"""Which faults do the checks notice? Printed figures of documents are changed, one at a time, and what is found is counted.

Of each document a seeded sample of figures is drawn: so many of each table, of each part of the forms and of each kind of
figure of the prose. Each is changed once where it stands in the lines that were read, whatever the file is: 0.30 万元 more,
1.00 万元 more (in other units 0.3 and 1), or two of its digits exchanged. A fault is noticed when a finding of severity error
or warning that was not there before names its line, or another line of its table or form. It measures; nothing fails here.

    python benchmarks/faults.py [--documents N] [--each N] [--escapes] [FOLDER ...]
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from jcdata import schema
from jcdata.amounts import UNITS, parse_number
from jcdata.checks.running import fill_check_results
from jcdata.database.definitions import create_tables
from jcdata.database.records import read_records
from jcdata.database.warehouse import insert_rows
from jcdata.documents.document import Document, read_document
from jcdata.documents.raw_files import find_documents, read_bytes
from jcdata.errors import AmountError, DocumentError
from jcdata.extraction.one_document import ParsedDocument, interpret_document
from jcdata.extraction.record_keys import Records, set_aside_broken
from jcdata.paths import RAW_DIR
from jcdata.schema import (
    BudgetLine,
    CheckResult,
    Claim,
    CostBreakdown,
    CostComponent,
    FormFunding,
    FormPrinting,
    Indicator,
)

SEED = 17
DOCUMENTS = 16  # of a folder
EACH = 4  # figures of each table, part of the forms and kind of the prose, of each document
AT_ONCE = 60  # changed documents that are checked together
FAULTS = {"+0.30": Decimal(3000), "+1.00": Decimal(10000), "digits": None}
PLACES = ("tables", "forms", "prose")
# Still agrees: what was compared with it changed, but by less than rounding hides, or within a bound. Undetermined: in the
# unchanged document no check compares anything on its line.
OUTCOMES = ("noticed", "still agrees", "not read", "undetermined", "escaped")
_NUMERAL = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d,]|\.\d)")


class Figure(NamedTuple):
    """A printed figure: in which place and kind, where, its number, and the how-manieth of its number on the line.

    `unit` is what a 1 of it is worth in yuan, `around` are the lines of its table or form, or its own.
    """

    place: str
    kind: str
    line_no: int
    number: Decimal
    occurrence: int
    unit: Decimal
    around: frozenset[int]


class Fault(NamedTuple):
    """What became of a changed figure."""

    place: str
    kind: str
    outcome: str
    said: str


class Measured(NamedTuple):
    """The faults of a document, and the errors and warnings on it before anything was changed."""

    faults: list[Fault]
    errors: int
    warnings: int


def find_figures(records: Records) -> Iterator[Figure]:
    """All figures of tables, forms and prose that stand as digits, in the order of the records."""
    tables: dict[str, set[int]] = defaultdict(set)
    for line in records[BudgetLine]:
        tables[line.table_key].add(line.line_no)
    forms: dict[int, set[int]] = defaultdict(set)
    for printing in records[FormPrinting]:
        forms[printing.form_no] |= set(range(printing.first_line, printing.last_line + 1))
    seen: Counter[tuple[int, Decimal]] = Counter()
    for place, kind, row, number, unit in _printed(records):
        around = {"tables": tables[kind], "forms": forms[getattr(row, "form_no", 0)]}.get(
            place, set()
        )
        yield Figure(
            place=place,
            kind=kind,
            line_no=row.line_no,
            number=number,
            occurrence=seen[row.line_no, number],
            unit=unit,
            around=frozenset(around | {row.line_no}),
        )
        seen[row.line_no, number] += 1


def _printed(records: Records) -> Iterator[tuple[str, str, Any, Decimal, Decimal]]:
    wan = UNITS["万元"]
    for line in records[BudgetLine]:
        yield from _amount("tables", line.table_key, line)
    for amount in records[FormFunding]:
        yield from _amount("forms", "funding", amount)
    for cost in (*records[CostComponent], *records[CostBreakdown]):
        yield "forms", "costs in the overview", cost, cost.amount_yuan / wan, wan
    for indicator in records[Indicator]:
        for numeral in _NUMERAL.findall(indicator.value_text):
            yield "forms", "target values", indicator, _value(numeral), wan
    for claim in records[Claim]:
        if not claim.is_implied:
            yield "prose", claim.kind, claim, abs(claim.value), wan


def _amount(
    place: str, kind: str, row: BudgetLine | FormFunding
) -> Iterator[tuple[str, str, Any, Decimal, Decimal]]:
    try:
        number = abs(parse_number(row.amount_text))
    except AmountError:  # 7E+06, or with its own unit
        return
    unit = abs(row.amount_yuan) / number if number else UNITS["万元"]
    yield place, kind, row, number, unit


def _value(numeral: str) -> Decimal:
    return Decimal(numeral.replace(",", ""))


def sample(figures: Iterable[Figure], each: int, dice: random.Random) -> list[Figure]:
    """So many figures of each kind, in a different order for each seed."""
    kinds: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        kinds[figure.place, figure.kind].append(figure)
    return [f for own in kinds.values() for f in dice.sample(own, min(each, len(own)))]


def misprint(numeral: str, unit: Decimal, fault: str, dice: random.Random) -> str | None:
    """The numeral with a fault, printed as before; None if it can't have this fault."""
    added = FAULTS[fault]
    if added is not None:
        decimals = len(numeral.partition(".")[2])
        step = Decimal(1).scaleb(-decimals)
        wrong = max(_value(numeral) + added / unit, _value(numeral) + step)
        return f"{wrong:{',' if ',' in numeral else ''}.{decimals}f}"
    places = [i for i, sign in enumerate(numeral) if sign.isdigit()]
    swaps = [(a, b) for a, b in pairwise(places) if numeral[a] != numeral[b]]
    if not swaps:
        return None
    a, b = dice.choice(swaps)
    signs = list(numeral)
    signs[a], signs[b] = signs[b], signs[a]
    return "".join(signs)


def change(
    document: Document, figure: Figure, dice: random.Random, document_id: str
) -> tuple[Document, str] | None:
    """The document with the figure changed, and what was done; None where the digits do not stand on its line."""
    line = document.lines[figure.line_no - 1]
    found = [
        [m for m in _NUMERAL.finditer(text) if _value(m[0]) == figure.number]
        for text in (line.text, line.raw)
    ]
    if min(map(len, found)) <= figure.occurrence:
        return None
    shown, raw = (matches[figure.occurrence] for matches in found)
    drawn = dice.sample(list(FAULTS), len(FAULTS))
    wrong = next(filter(None, (misprint(shown[0], figure.unit, f, dice) for f in drawn)))
    lines = [*document.lines]
    lines[figure.line_no - 1] = line._replace(
        text=line.text[: shown.start()] + wrong + line.text[shown.end() :],
        raw=line.raw[: raw.start()] + wrong + line.raw[raw.end() :],
    )
    said = (
        f"{document.document_id}:{figure.line_no} {line.text.strip()[:60]}: {shown[0]} -> {wrong}"
    )
    return with_lines(document, lines, document_id), said


def with_lines(document: Document, lines: list[Any], document_id: str) -> Document:
    """The same document under another id, with other lines."""
    return Document(
        document.file_name,
        document.sha256,
        lines,
        document.notes,
        document.has_cells,
        document.faults,
        document.exact_values,
        document.is_whole,
        document_id,
    )


def check(documents: Sequence[ParsedDocument]) -> dict[str, list[CheckResult]]:
    """What the checks find, by document."""
    found: dict[str, list[CheckResult]] = defaultdict(list)
    with duckdb.connect(config={"threads": "1"}) as con:
        create_tables(con)
        for table in schema.document_tables():
            rows = [row for parsed in documents for row in parsed.records.get(table.record, [])]
            insert_rows(con, table.name, [field.sql_type for field in table.fields], rows)
        fill_check_results(con)
        for result in read_records(con, CheckResult, "check_results"):
            found[result.document_id].append(result)
    return found


def interpret(document: Document) -> ParsedDocument:
    """The records of a document, without those that a build would set aside."""
    parsed = interpret_document(document).parsed
    set_aside_broken(parsed.records)
    return parsed


def measure(path: Path, each: int) -> Measured | None:
    """All faults of the sample of one document; None for a file that can't be read."""
    dice = random.Random(zlib.crc32(path.name.encode()) + SEED)
    try:
        document = read_document(read_bytes(path), path.name)
    except DocumentError:
        return None
    unchanged = interpret(document)
    (before,) = check([unchanged]).values()
    changed = [
        (figure, *made)
        for number, figure in enumerate(sample(find_figures(unchanged.records), each, dice))
        if (made := change(document, figure, dice, str(number)))
    ]
    faults: list[Fault] = []
    for start in range(0, len(changed), AT_ONCE):
        some = changed[start : start + AT_ONCE]
        parsed = [interpret(other) for _, other, _ in some]
        results = check(parsed)
        faults += [
            Fault(
                place=figure.place,
                kind=figure.kind,
                outcome=outcome(figure, before, results[other.document_id], unchanged, read),
                said=said,
            )
            for (figure, other, said), read in zip(some, parsed, strict=True)
        ]
    severities = Counter(r.severity for r in before if r.status == "fail")
    return Measured(faults, severities["error"], severities["warning"])


def outcome(
    figure: Figure, before: list[CheckResult], after: list[CheckResult],
    unchanged: ParsedDocument, changed: ParsedDocument,
) -> str:  # fmt: skip
    """What became of a figure that was changed, by what was found before and after."""
    known = set(map(_identity, before))
    new = [r for r in after if figure.around & set(r.line_nos) and _identity(r) not in known]
    if any(r.status == "fail" and r.severity in ("error", "warning") for r in new):
        return "noticed"
    if len(changed.troubles) > len(unchanged.troubles):
        return "not read"
    if not any(
        figure.line_no in r.line_nos for r in before if r.status in ("pass", "rounding", "fail")
    ):
        return "undetermined"
    return "still agrees" if any(r.status in ("rounding", "pass") for r in new) else "escaped"


def _identity(result: CheckResult) -> tuple[Any, ...]:
    return result.check_key, result.target, result.status, result.stated, result.computed


def main() -> None:
    """Print the share of faults noticed for each folder, and on request what was not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[RAW_DIR])
    parser.add_argument(
        "--documents", type=int, default=DOCUMENTS, help="at most so many of a folder"
    )
    parser.add_argument("--each", type=int, default=EACH, help="figures of each kind and document")
    parser.add_argument("--escapes", action="store_true", help="list what was not noticed")
    options = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        for folder in options.folders:
            found = find_documents(folder)
            chosen = random.Random(SEED).sample(found, min(options.documents, len(found)))
            measured = list(pool.map(measure, chosen, [options.each] * len(chosen)))
            read = [one for one in measured if one]
            print_findings(folder, read, len(chosen))
            faults = [fault for one in read for fault in one.faults]
            print_shares(faults)
            for fault in faults:
                if options.escapes and fault.outcome != "noticed":
                    print(f"{fault.outcome}: {fault.kind}: {fault.said}")


def print_findings(folder: Path, read: Sequence[Measured], chosen: int) -> None:
    """What was found before anything was changed: each is true of the document, or a false alarm."""
    errors, warnings = sum(one.errors for one in read), sum(one.warnings for one in read)
    a_document = f"{(errors + warnings) / len(read):.1f}" if read else "none"
    print(
        f"\n{folder}: {len(read)} of {chosen} files read. Before anything was changed: "
        f"{errors} errors and {warnings} warnings, {a_document} a document.\n"
        "Of documents without contradictions these are false alarms; of others somebody has to read them.\n"
    )


def print_shares(faults: Sequence[Fault]) -> None:
    """A Markdown table: the share noticed of all figures, and of those that something determines."""
    heads = ["", "changed", "noticed, of all", "of determined", *OUTCOMES]
    print(f"| {' | '.join(heads)} |")
    print(f"| --- |{' ---: |' * (len(heads) - 1)}")
    kinds = sorted({(PLACES.index(f.place), f.kind) for f in faults})
    for place in PLACES:
        own = [f for f in faults if f.place == place]
        print(_row(f"**{place}**", own))
        for number, kind in kinds:
            if PLACES[number] == place:
                print(_row(kind, [f for f in own if f.kind == kind]))


def _row(name: str, faults: Sequence[Fault]) -> str:
    counts = Counter(f.outcome for f in faults)
    noticed = counts["noticed"]
    shares = [_share(noticed, n) for n in (len(faults), len(faults) - counts["undetermined"])]
    cells = [name, str(len(faults)), *shares, *(str(counts[o]) for o in OUTCOMES)]
    return f"| {' | '.join(cells)} |"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


if __name__ == "__main__":
    main()

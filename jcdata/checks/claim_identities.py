"""What the figures of the prose must agree with: `specs/claim_identities.toml` as rows that the checks join."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import duckdb

from jcdata.checks.identities import load_records
from jcdata.errors import SpecError
from jcdata.schema import MEASURES, TABLE_NUMBERS, has_side
from jcdata.spec_files import SPECS, read_toml

FILE = "claim_identities.toml"
_PROJECTS = TABLE_NUMBERS["current_year_projects"]
OPERANDS = {
    "projects": (f"the projects of table {_PROJECTS}", f"表{_PROJECTS}各项目"),
    "forms": ("the performance forms", "所附绩效目标表"),
    "expenditure": ("all expenditure", "支出总计"),
}


class ClaimCell(NamedTuple):
    """An amount of the prose and the cell that it must equal; `*支出` stands for every other subject that ends so.

    `unless` is a pattern of a row beside which the cell is something else, '' for none.
    """

    passage: str
    subject: str
    priority: int
    table_key: str
    table_no: int
    side: str
    measure: str
    item: str
    unless: str


class ClaimOperand(NamedTuple):
    """A count or an amount of the passage on performance and what it must equal: all projects, all forms, or the whole expenditure."""

    subject: str
    kind: str
    operand: str
    operand_en: str
    operand_zh: str


class ClaimSum(NamedTuple):
    """A part of a total; `sum_no` numbers the sums, and only those with every required part can be checked.

    `are_categories` says that the parts it names with `*` are the categories of the functional classification.
    """

    sum_no: int
    passage: str
    total: str
    part: str
    is_required: bool
    are_categories: bool


class ClaimBase(NamedTuple):
    """What the shares of a passage are shares of; `called` is a pattern of what else the prose calls that, '' for nothing."""

    passage: str
    priority: int
    base_passage: str
    base: str
    called: str


class SameClaim(NamedTuple):
    """Statements of one thing; those with the same `thing` must agree."""

    thing: str
    passage: str
    subject: str


def load_claim_identities(con: duckdb.DuckDBPyConnection) -> None:
    """Put the identities into tables. Raises SpecError for what the program does not know."""
    load_records(con, "claim_cells", ClaimCell, claim_cells())
    load_records(con, "claim_operands", ClaimOperand, claim_operands())
    load_records(con, "claim_sums", ClaimSum, claim_sums())
    load_records(con, "claim_bases", ClaimBase, claim_bases())
    load_records(con, "same_claims", SameClaim, same_claims())


def claim_cells() -> list[ClaimCell]:
    """The cells that amounts must equal."""
    return [
        _cell(passage, subject, priority, cell)
        for passage, subjects in _spec()["cells"].items()
        for subject, cells in subjects.items()
        for priority, cell in enumerate(cells, start=1)
    ]


def claim_operands() -> list[ClaimOperand]:
    """What the counts and amounts of the passage on performance must equal."""
    return [
        _operand(subject, kind, operand)
        for subject, kinds in _spec()["performance"].items()
        for kind, operands in kinds.items()
        for operand in operands
    ]


def claim_sums() -> list[ClaimSum]:
    """The parts of all totals."""
    return [
        part
        for sum_no, entry in enumerate(_spec()["sum"], start=1)
        for part in _parts(sum_no, entry)
    ]


def claim_bases() -> list[ClaimBase]:
    """What shares are shares of."""
    return [
        _base(passage, priority, place)
        for passage, bases in _spec()["bases"].items()
        for priority, place in enumerate(bases, start=1)
    ]


def same_claims() -> list[SameClaim]:
    """What is stated in several places."""
    return [_same(thing, place) for thing, places in _spec()["same"].items() for place in places]


@cache
def _spec() -> dict[str, Any]:
    return read_toml(SPECS / FILE, {"cells", "performance", "sum", "bases", "same"})


def _cell(passage: str, subject: str, priority: int, cell: dict[str, str]) -> ClaimCell:
    table_key, side, measure = (
        cell.get("table", ""),
        cell.get("side", ""),
        cell.get("measure", "total"),
    )
    is_known = has_side(table_key, side) and measure in MEASURES
    if not is_known or set(cell) - {"side", "measure", "unless"} != {"table", "item"}:
        raise SpecError(f"{FILE}: no such cell: {cell}")
    return ClaimCell(
        passage=passage,
        subject=subject,
        priority=priority,
        table_key=table_key,
        table_no=TABLE_NUMBERS[table_key],
        side=side,
        measure=measure,
        item=cell["item"],
        unless=cell.get("unless", ""),
    )


def _operand(subject: str, kind: str, operand: str) -> ClaimOperand:
    if kind not in ("count", "amount") or operand not in OPERANDS:
        raise SpecError(f"{FILE}: no such operand: {kind} of {operand!r}")
    english, chinese = OPERANDS[operand]
    return ClaimOperand(
        subject=subject, kind=kind, operand=operand, operand_en=english, operand_zh=chinese
    )


def _base(passage: str, priority: int, place: dict[str, str]) -> ClaimBase:
    base_passage, base = _statement({key: place[key] for key in place if key != "called"})
    return ClaimBase(
        passage=passage,
        priority=priority,
        base_passage=base_passage,
        base=base,
        called=place.get("called", ""),
    )


def _same(thing: str, place: dict[str, str]) -> SameClaim:
    passage, subject = _statement(place)
    return SameClaim(thing, passage, subject)


def _statement(place: dict[str, str]) -> tuple[str, str]:
    if set(place) != {"passage", "subject"}:
        raise SpecError(f"{FILE}: no such statement: {place}")
    return place["passage"], place["subject"]


def _parts(sum_no: int, entry: dict[str, Any]) -> Iterator[ClaimSum]:
    if unknown := set(entry) - {"passage", "total", "parts", "others", "are_categories"}:
        raise SpecError(f"{FILE}: unknown key {', '.join(sorted(unknown))}")
    for key in ("parts", "others"):
        for part in entry.get(key, []):
            yield ClaimSum(
                sum_no=sum_no,
                passage=entry["passage"],
                total=entry["total"],
                part=part,
                is_required=key == "parts",
                are_categories=entry.get("are_categories", False),
            )

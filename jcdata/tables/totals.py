"""Which rows of a table sum up others: totals by their names, units by the sum of what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from jcdata.amounts import IN_YUAN, parse_money
from jcdata.errors import AmountError
from jcdata.names import name_key
from jcdata.schema import STATUTORY_TABLES
from jcdata.spec_files import patterns
from jcdata.tables.printed import PrintedRow
from jcdata.text import simplified


@lru_cache(maxsize=4096)  # each column is asked which of its cells stand beside a total
def is_total_name(name: str) -> bool:
    """Whether a row without a code is called a total, of all rows or of some."""
    return _at_end().search(simplified(name)) is not None


def match_total(key: str) -> re.Match[str] | None:
    """The name of a total that a line begins with, if it does."""
    return _at_start().match(key)


@cache
def _at_end() -> re.Pattern[str]:
    return re.compile(f"(?:{_words()})$")


@cache
def _at_start() -> re.Pattern[str]:
    return re.compile(f"(?:{patterns('totals')['scope'].pattern})?(?:{_words()})")


def _words() -> str:
    return "|".join(patterns("totals")[kind].pattern for kind in ("whole", "part"))


def total_rows(
    rows: Sequence[PrintedRow], key: str | None, has_codes: bool, unit_name: str | None
) -> set[int]:
    """Indexes of the rows that sum up others: by their name, in tables of projects and of codes also those of units."""
    totals = {
        i for i, row in enumerate(rows) if row.sums_up or (not row.code and is_total_name(row.name))
    }
    if key and STATUTORY_TABLES[key].lists_projects:
        totals |= _unit_rows(rows, unit_name)
    elif has_codes:
        is_unit = patterns("sections")["organisation"].fullmatch
        totals |= {i for i, row in enumerate(rows) if not row.code and is_unit(row.name)}
    return totals


def _unit_rows(rows: Sequence[PrintedRow], unit_name: str | None) -> set[int]:
    """Rows of units above their projects: they bear a unit's name and are the sum of the rows below them."""
    is_unit = patterns("sections")["organisation"].fullmatch
    keys = [name_key(row.name) for row in rows]
    unit = name_key(unit_name) if unit_name else None
    found = set()
    for i in (i for i, row in enumerate(rows) if keys[i] == unit or is_unit(row.name)):
        repeats = i + 1 < len(rows) and keys[i + 1] == keys[i]
        if repeats or keys[i] == unit or _adds_up(rows, i):
            found.add(i)
    return found if len(found) < len(rows) else set()


def _adds_up(rows: Sequence[PrintedRow], i: int) -> bool:
    """Whether a row's total is that of some rows right below it."""
    try:
        wanted = parse_money(rows[i].figures[0].text, IN_YUAN) if rows[i].figures else None
        below = [parse_money(row.figures[0].text, IN_YUAN) for row in rows[i + 1 :] if row.figures]
    except AmountError:
        return False
    if wanted is None or not below:
        return False
    running = below[0]
    for amount in below[1:]:
        if running >= wanted:
            break
        running += amount
    return running == wanted

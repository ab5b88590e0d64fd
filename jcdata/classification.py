"""The Ministry of Finance's classification of expenditure (政府收支分类科目), from `specs/classifications/KIND.csv`.

A code has one name in each fiscal year. `first_year` and `last_year` are given where the name is known to have changed
or to have been introduced then; without them the name bounds nothing. `rests_on` says whether a published document was seen to
print code and name so. The Ministry gives no English names: they are translations of this project.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, groupby
from pathlib import Path

from jcdata.codes import LENGTHS, level_of, parent_of
from jcdata.errors import SpecError
from jcdata.names import name_key
from jcdata.schema import CLASSIFICATION_EVIDENCE, CLASSIFICATION_KINDS, ClassificationItem
from jcdata.spec_files import SPECS, patterns

FOLDER = SPECS / "classifications"
_COLUMNS = ["code", "name", "name_en", "first_year", "last_year", "rests_on"]
# Of each kind the digit that its codes begin with, and its deepest level
_CODES = {
    "functional": ("2", 3),
    "departmental_economic": ("3", 2),
    "governmental_economic": ("5", 2),
}
_YEAR = re.compile(r"20\d\d|")


def classification() -> list[ClassificationItem]:
    """All items of all kinds by their codes. Raises SpecError as `read_classification` does."""
    return [item for kind in CLASSIFICATION_KINDS for item in _items(kind)]


@cache
def item_names(kind: str) -> frozenset[str]:
    """The names of a kind of items in all years, as `name_key` gives them."""
    return frozenset(name_key(item.name) for item in _items(kind))


def find_code(names: Sequence[str | None], fiscal_year: int | None) -> str:
    """The code of the functional item with these names of 类, 款 and 项, None where one is not said.

    Those of that year go before others. '' if there is none, or several. A 类 may be said without 支出, and a 款 right
    before its 项: 人大事务行政运行.
    """
    return (
        _find_code(names, fiscal_year)
        or _find_code(names, None)
        or _find_joined(names, fiscal_year)
        or _find_joined(names, None)
    )


def _find_joined(names: Sequence[str | None], fiscal_year: int | None) -> str:
    """The code of an item whose name begins with that of its 款, which is not said apart."""
    first, division, name = names
    if division or not name:
        return ""
    found = {
        _find_code([first, name[:end], name[end:]], fiscal_year) for end in range(2, len(name) - 1)
    } - {""}
    return found.pop() if len(found) == 1 else ""


def _find_code(names: Sequence[str | None], fiscal_year: int | None) -> str:
    deepest = max((level for level, name in enumerate(names, start=1) if name), default=0)
    found = (
        [
            code
            for code in _codes_of(name_key(names[deepest - 1] or ""), deepest, fiscal_year)
            if all(
                not name
                or code[: LENGTHS[level - 1]] in _codes_of(name_key(name), level, fiscal_year)
                for level, name in enumerate(names, start=1)
            )
        ]
        if deepest
        else []
    )
    return found[0] if len(found) == 1 else ""


@cache
def _codes_of(key: str, level: int, fiscal_year: int | None) -> frozenset[str]:
    year = fiscal_year or 0
    ending = patterns("classification")["name_ending"]
    return frozenset(
        item.code
        for item in _items("functional")
        if item.level == level
        and ending.sub("", name_key(item.name)) == ending.sub("", key)
        and (not year or (item.first_year or 0) <= year <= (item.last_year or 9999))
    )


@cache
def _items(kind: str) -> list[ClassificationItem]:
    return read_classification(FOLDER / f"{kind}.csv")


def read_classification(path: Path) -> list[ClassificationItem]:
    """The items of one kind, which is the name of the file, by their codes and years.

    Raises SpecError for an unknown column, a code that is none of the kind, a year or an evidence that is none, two names of a code in
    one year, and a code whose parent is missing or not there in its years.
    """
    kind, where = path.stem, path.name
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, strict=True)
        _require(next(rows, None) == _COLUMNS, f"{where}: the columns are {', '.join(_COLUMNS)}")
        items = [_item(row, kind, f"{where}:{rows.line_num}") for row in rows]
    items.sort(key=lambda item: (item.code, item.first_year or 0))
    spans = dict(_spans(items, where))
    for item in items:
        _require_parent(item, spans, where)
    return items


def _item(row: list[str], kind: str, where: str) -> ClassificationItem:
    _require(len(row) == len(_COLUMNS), f"{where}: {len(row)} columns")
    code, name, name_en, *years, rests_on = row
    first_digit, deepest = _CODES[kind]
    level = level_of(code)
    if level is None or level > deepest or not code.startswith(first_digit):
        raise SpecError(f"{where}: {code!r} is no code of {kind}")
    _require(
        bool(name and name_en) and all(map(_YEAR.fullmatch, years)), f"{where}: no name or no year"
    )
    _require(rests_on in CLASSIFICATION_EVIDENCE, f"{where}: rests on {rests_on!r}")
    first_year, last_year = (int(year) if year else None for year in years)
    _require((first_year or 0) <= (last_year or 9999), f"{where}: ends before it begins")
    return ClassificationItem(
        code=code,
        kind=kind,
        level=level,
        name=name,
        name_en=name_en,
        parent_code=parent_of(code) or None,
        first_year=first_year,
        last_year=last_year,
        rests_on=rests_on,
    )


def _spans(items: list[ClassificationItem], where: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The first and the last year of each code; its names must not overlap."""
    for code, group in groupby(items, key=lambda item: item.code):
        years = [(item.first_year or 0, item.last_year or 9999) for item in group]
        for (_, last), (first, _) in combinations(years, 2):
            _require(last < first, f"{where}: {code} has two names in one year")
        yield code, (years[0][0], years[-1][1])


def _require_parent(
    item: ClassificationItem, spans: dict[str, tuple[int, int]], where: str
) -> None:
    if item.parent_code is None:
        return
    _require(item.parent_code in spans, f"{where}: {item.code} has no parent {item.parent_code}")
    first, last = spans[item.parent_code]
    years = (year for year in (item.first_year, item.last_year) if year)
    _require(
        all(first <= year <= last for year in years),
        f"{where}: {item.code} outlives {item.parent_code}",
    )


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise SpecError(what)

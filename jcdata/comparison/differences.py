"""What changed between two documents: two years of a unit, or two versions of one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from jcdata.comparison.matching import Item, Match, match
from jcdata.comparison.things import (
    MatchedForm,
    Records,
    Thing,
    Value,
    budget_lines_of,
    findings_of,
    forms_of,
    indicators_of,
    projects_of,
    tables_of,
    text_value,
)
from jcdata.names import ALIKE
from jcdata.schema import TABLE_NUMBERS, DocumentRecord
from jcdata.text import text_key

# How alike names must be if their amounts or values are equal. The statutory tables name their rows from closed lists
# in which different things are alike (对个人和家庭的补助, 其他对个人和家庭的补助: 0.90): their names are the same or not. Different
# indicators of one value are alike up to 0.78 in the documents at hand, as ≥95% says less than an amount.
_ALIKE = {"project": ALIKE, "form": ALIKE, "indicator": 0.8}


class Change(NamedTuple):
    """Something that differs. What is only in one document has no name, value and line in the other."""

    kind: str
    table_key: str
    side: str
    horizon: str
    level1: str
    level2: str
    project_a: str  # whose form an indicator stands in, '' if that is in one document only
    project_b: str
    code: str
    name_a: str
    name_b: str
    is_total: bool
    matched_by: str  # code, name, similarity; '' for what is only in one document
    similarity: float | None  # of both names as printed, 0 to 1
    field: (
        str  # name, status, value, comparator, a measure, or horizon and source of a form's money
    )
    value_a: str  # money in yuan
    value_b: str
    change: Decimal | None  # of money: b less a in yuan, where what is not printed counts nothing
    rate: float | None  # of the change over a, of what both documents have
    line_a: int | None
    line_b: int | None


class Count(NamedTuple):
    """How many things of a kind are the same, differ, or are only in one document."""

    same: int
    changed: int
    only_a: int
    only_b: int


class Comparison(NamedTuple):
    """Two documents, how much of each kind is the same, and the changes, the largest of each kind first."""

    a: DocumentRecord
    b: DocumentRecord
    counts: dict[str, Count]
    changes: list[Change]


class _Pair(NamedTuple):
    a: Thing | None
    b: Thing | None
    match: Match


def compare(a: Records, b: Records) -> Comparison:
    """Compare two documents, each given by its records of every class in `compared.COMPARED`.

    Findings are compared only between versions of one document: another year has its own. A blank cell and a printed
    zero are the same money. The narrative of the forms and the prose are not compared.
    """
    (document_a,), (document_b,) = a[DocumentRecord], b[DocumentRecord]
    # Forms first: indicators are compared only within forms that are one.
    forms = _pair("form", forms_of(a), forms_of(b))
    forms_a, forms_b = _matched_forms(forms)
    pairs = {
        "table": _pair("table", tables_of(a), tables_of(b)),
        "budget_line": _pair("budget_line", budget_lines_of(a), budget_lines_of(b)),
        "project": _pair("project", projects_of(a), projects_of(b)),
        "form": forms,
        "indicator": _pair("indicator", indicators_of(a, forms_a), indicators_of(b, forms_b)),
        "finding": _pair("finding", findings_of(a), findings_of(b))
        if is_same_disclosure(document_a, document_b)
        else [],
    }
    counts: dict[str, Count] = {}
    changes: list[Change] = []
    for kind, paired in pairs.items():
        differing = [list(_changes(pair.a, pair.b, pair.match)) for pair in paired]
        counts[kind] = _count(paired, differing)
        changes += sorted(chain.from_iterable(differing), key=_order)
    return Comparison(a=document_a, b=document_b, counts=counts, changes=changes)


def is_same_disclosure(a: DocumentRecord, b: DocumentRecord) -> bool:
    """Whether two documents are versions of one: of the same unit, year and kind."""
    return (a.unit_name, a.fiscal_year, a.document_kind) == (
        b.unit_name,
        b.fiscal_year,
        b.document_kind,
    )


def _pair(kind: str, a: Sequence[Thing], b: Sequence[Thing]) -> list[_Pair]:
    matches = match([_item(thing) for thing in a], [_item(thing) for thing in b], _ALIKE.get(kind))
    return [
        _Pair(None if m.a is None else a[m.a], None if m.b is None else b[m.b], m) for m in matches
    ]


def _item(thing: Thing) -> Item:
    content = tuple((field, value.key) for field, value in sorted(thing.values.items()))
    return Item(
        scope=thing.scope,
        code=thing.code,
        name=thing.name,
        evidence=thing.evidence,
        content=content,
        line_no=thing.line_no or 0,
        is_cut=thing.is_cut,
    )


def _matched_forms(forms: Iterable[_Pair]) -> tuple[dict[int, MatchedForm], dict[int, MatchedForm]]:
    """For the number of each form of either document, what it is one with."""
    of_a: dict[int, MatchedForm] = {}
    of_b: dict[int, MatchedForm] = {}
    for number, (a, b, _) in enumerate(forms):
        matched = MatchedForm(number, a.name if a else "", b.name if b else "")
        for form, of_document in ((a, of_a), (b, of_b)):
            if form and form.form_no is not None:
                of_document[form.form_no] = matched
    return of_a, of_b


def _count(paired: Sequence[_Pair], differing: Sequence[list[Change]]) -> Count:
    both = [changes for pair, changes in zip(paired, differing, strict=True) if pair.a and pair.b]
    return Count(
        same=both.count([]),
        changed=len(both) - both.count([]),
        only_a=sum(pair.b is None for pair in paired),
        only_b=sum(pair.a is None for pair in paired),
    )


# ---------------------------------------------------------------------------------------------------------
# Two things


def _changes(a: Thing | None, b: Thing | None, m: Match) -> Iterator[Change]:
    """What differs between two things that are one, or all that is printed of what is only in one document."""
    if a and b:
        if text_key(a.name) != text_key(b.name):
            yield _change(
                a, b, m, "name", text_value(a.name, a.line_no), text_value(b.name, b.line_no)
            )
        for field in sorted(a.values | b.values):
            one, other = a.values.get(field), b.values.get(field)
            if not _is_same(one, other):
                yield _change(a, b, m, field, one, other)
    elif thing := a or b:
        for field, value in (
            thing.values or {"name": text_value(thing.name, thing.line_no)}
        ).items():
            if field != "comparator":  # stands in the value too
                yield _change(a, b, m, field, value if a else None, value if b else None)


def _is_same(one: Value | None, other: Value | None) -> bool:
    if one and other and one.yuan is not None and other.yuan is not None:
        return abs(one.yuan - other.yuan) <= max(one.step, other.step) / 2
    if one and other:
        return one.key == other.key
    value = one or other
    return value is None or value.yuan == 0


class _Print(NamedTuple):
    """What one of the documents prints of a thing and of a value of it: nothing where it does not."""

    name: str
    text: str
    yuan: Decimal | None
    line_no: int | None


def _print_of(thing: Thing | None, value: Value | None) -> _Print:
    line_no = thing.line_no if thing else None  # where the value would stand
    return _Print(
        name=thing.name if thing else "",
        text=value.text if value else "",
        yuan=value.yuan if value else None,
        line_no=value.line_no if value else line_no,
    )


def _change(
    a: Thing | None, b: Thing | None, m: Match, field: str, one: Value | None, other: Value | None
) -> Change:
    things = [thing for thing in (a, b) if thing]
    place, form = things[0].place, things[0].form
    print_a, print_b = _print_of(a, one), _print_of(b, other)
    change = _difference(print_a.yuan, print_b.yuan)
    return Change(
        kind=things[0].kind,
        table_key=place.table_key,
        side=place.side,
        horizon=place.horizon,
        level1=place.level1,
        level2=place.level2,
        project_a=form.project_a if form else "",
        project_b=form.project_b if form else "",
        code=max(thing.code for thing in things),  # where only one of them has one
        name_a=print_a.name,
        name_b=print_b.name,
        is_total=any(thing.is_total for thing in things),
        matched_by=m.matched_by,
        similarity=m.similarity,
        field=field,
        value_a=print_a.text,
        value_b=print_b.text,
        change=change,
        rate=float(change / print_a.yuan)
        if a and b and change is not None and print_a.yuan
        else None,
        line_a=print_a.line_no,
        line_b=print_b.line_no,
    )


def _difference(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """The second amount less the first, where what is not printed counts nothing; None where neither is money."""
    if before is None and after is None:
        return None
    return (after or Decimal(0)) - (before or Decimal(0))


def _order(change: Change) -> tuple[Any, ...]:
    """The largest change first; those as large by place, name and line."""
    size = change.change or Decimal(0)
    table = TABLE_NUMBERS.get(change.table_key, 0)
    part = (change.side, change.horizon, change.level1, change.level2)
    names = sorted((change.name_a, change.name_b))
    return (
        -abs(size),
        table,
        part,
        change.code,
        names,
        change.field,
        change.line_a or 0,
        change.line_b or 0,
    )

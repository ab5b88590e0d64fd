"""What of a document is compared with another: its tables, rows, projects, forms, indicators and findings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from jcdata.forms.target_values import plain_value
from jcdata.schema import (
    BUDGETED,
    STATUTORY_TABLES,
    TABLE_NAMES,
    BudgetLine,
    CheckResult,
    DocumentRecord,
    FormFunding,
    Indicator,
    PerformanceForm,
    TableOccurrence,
)
from jcdata.text import text_key

Records = Mapping[type, Sequence[Any]]
# The classes of the records that are needed of both documents
COMPARED = (
    DocumentRecord,
    TableOccurrence,
    BudgetLine,
    PerformanceForm,
    FormFunding,
    Indicator,
    CheckResult,
)

_SCIENTIFIC = re.compile(r"\d(?:\.(\d*))?(?=[Ee])")


class Value(NamedTuple):
    """Something printed of a thing: exact text, what of it is compared, and the yuan if it is money."""

    text: str
    key: Hashable
    yuan: Decimal | None
    line_no: int | None
    step: Decimal = Decimal(
        0
    )  # of a figure in scientific notation, which lost digits: a unit of its last place in yuan


class Place(NamedTuple):
    """Where a thing stands: a table and its side, or the part of a form."""

    table_key: str = ""
    side: str = ""
    horizon: str = ""
    level1: str = ""
    level2: str = ""


class MatchedForm(NamedTuple):
    """A form as both documents name its project, '' where it is not; only forms that are one have the same number."""

    number: int
    project_a: str
    project_b: str


class Thing(NamedTuple):
    """What is compared, with the things of its scope in the other document."""

    kind: str
    scope: Hashable
    place: Place
    name: str
    line_no: int | None
    values: dict[str, Value]  # by a name for each
    code: str = ""
    is_total: bool = False
    form_no: int | None = None
    form: MatchedForm | None = None  # that an indicator stands in
    evidence: Hashable = None  # that makes alike names more credible if it is the same
    is_cut: bool = False  # the print cut the name


def tables_of(records: Records) -> list[Thing]:
    """The statutory tables with their status."""
    return [
        Thing(
            kind="table",
            scope=t.table_key,
            place=Place(table_key=t.table_key),
            name=TABLE_NAMES[t.table_key],
            line_no=t.first_line,
            values={"status": text_value(t.status, t.first_line)},
        )
        for t in records[TableOccurrence]
    ]


def budget_lines_of(records: Records) -> list[Thing]:
    """The rows of the tables but for projects, with an amount for each measure."""
    return _rows("budget_line", records, lambda line: not _is_project(line))


def projects_of(records: Records) -> list[Thing]:
    """The rows of the tables of projects that are projects, with an amount for each measure."""
    return _rows("project", records, _is_project)


def forms_of(records: Records) -> list[Thing]:
    """The performance forms with the amounts of their funding grid."""
    funds: defaultdict[int, dict[str, Value]] = defaultdict(dict)
    for row in records[FormFunding]:
        if row.basis == BUDGETED:
            funds[row.form_no][f"{row.horizon}_{row.source}"] = _money(row)
    return [
        Thing(
            kind="form",
            scope=None,
            place=Place(),
            name=f.project_name,
            line_no=f.first_line,
            values=funds[f.form_no],
            form_no=f.form_no,
            evidence=f.annual_total_yuan or f.period_total_yuan or None,
        )
        for f in records[PerformanceForm]
    ]


def indicators_of(records: Records, forms: Mapping[int, MatchedForm]) -> list[Thing]:
    """The indicators with value and comparator; `forms` says for the number of each form what it is one with."""
    things = []
    for row in records[Indicator]:
        form = forms[row.form_no]
        place = Place(horizon=row.horizon, level1=row.level1, level2=row.level2)
        values = {
            "value": Value(text=row.value_text, key=_meaning(row), yuan=None, line_no=row.line_no),
            "comparator": text_value(row.comparator or "", row.line_no),
        }
        things.append(
            Thing(
                kind="indicator",
                scope=(form.number, place),
                place=place,
                name=row.level3,
                line_no=row.line_no,
                values=values,
                form=form,
                evidence=plain_value(row.value_text),
                is_cut=row.is_truncated,
            )
        )
    return things


def findings_of(records: Records) -> list[Thing]:
    """What the document contradicts; two findings differ if they weigh differently."""
    things = []
    for r in records[CheckResult]:
        if r.status in ("fail", "rounding"):
            line_no = min(r.line_nos, default=None)
            message = Value(
                text=f"{r.message_zh} / {r.message}",
                key=(r.status, r.severity),
                yuan=None,
                line_no=line_no,
            )
            things.append(
                Thing(
                    kind="finding",
                    scope=r.check_key,
                    place=Place(),
                    name=r.target,
                    line_no=line_no,
                    values={"finding": message},
                )
            )
    return things


def text_value(text: str, line_no: int | None) -> Value:
    """A text as a value."""
    return Value(text=text, key=text_key(text), yuan=None, line_no=line_no)


def _money(row: BudgetLine | FormFunding) -> Value:
    yuan = row.amount_yuan
    step = Decimal(0)
    if (scientific := _SCIENTIFIC.search(row.amount_text)) and yuan:
        step = yuan / Decimal(scientific[0]) / 10 ** len(scientific[1] or "")
    return Value(text=f"{yuan:.2f}", key=yuan, yuan=yuan, line_no=row.line_no, step=step)


def _meaning(row: Indicator) -> Hashable:
    """The number with its unit, however it is written; what is no number, as it is written."""
    numbers = [number for number in (row.value_min, row.value_max) if number is not None]
    return (*numbers, row.unit, row.value_kind) if numbers else plain_value(row.value_text)


def _is_project(line: BudgetLine) -> bool:
    return STATUTORY_TABLES[line.table_key].lists_projects and not line.is_total


def _rows(kind: str, records: Records, is_meant: Callable[[BudgetLine], bool]) -> list[Thing]:
    rows: defaultdict[tuple[str, int, str], list[BudgetLine]] = defaultdict(list)
    for line in filter(is_meant, records[BudgetLine]):
        rows[line.table_key, line.row_no, line.side].append(line)
    return [_row(kind, cells) for cells in rows.values()]


def _row(kind: str, cells: Sequence[BudgetLine]) -> Thing:
    first = min(cells, key=lambda cell: (cell.line_no, cell.measure))
    place = Place(table_key=first.table_key, side=first.side)
    amounts = {cell.measure: _money(cell) for cell in cells}
    total = amounts.get("total")
    return Thing(
        kind=kind,
        scope=place,
        place=place,
        name=first.item_name,
        line_no=first.line_no,
        values=amounts,
        code=first.item_code,
        is_total=first.is_total,
        evidence=total.yuan or None if total else None,
    )

"""What of a document is compared with another: its tables, rows, projects, forms, indicators and findings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from jcdata.forms.target_values import plain_value
from jcdata.schema import (
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
COMPARED = (DocumentRecord, TableOccurrence, BudgetLine, PerformanceForm, FormFunding, Indicator, CheckResult)

_SCIENTIFIC = re.compile(r"\d(?:\.(\d*))?(?=[Ee])")
_PROJECT_TABLES = ("current_year_projects", "carry_over_projects")


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
        Thing("table", t.table_key, Place(t.table_key), TABLE_NAMES[t.table_key], t.first_line,
              {"status": text_value(t.status, t.first_line)})
        for t in records[TableOccurrence]
    ]  # fmt: skip


def budget_lines_of(records: Records) -> list[Thing]:
    """The rows of the tables but for projects, with an amount for each measure."""
    return _rows("budget_line", records, lambda line: not _is_project(line))


def projects_of(records: Records) -> list[Thing]:
    """The rows of tables 12 and 13 that are projects, with an amount for each measure."""
    return _rows("project", records, _is_project)


def forms_of(records: Records) -> list[Thing]:
    """The performance forms with the amounts of their funding grid."""
    funds: defaultdict[int, dict[str, Value]] = defaultdict(dict)
    for row in records[FormFunding]:
        funds[row.form_no][f"{row.horizon}_{row.source}"] = _money(row)
    return [
        Thing("form", None, Place(), f.project_name, f.first_line, funds[f.form_no], form_no=f.form_no,
              evidence=f.annual_total_yuan or f.period_total_yuan or None)
        for f in records[PerformanceForm]
    ]  # fmt: skip


def indicators_of(records: Records, forms: Mapping[int, MatchedForm]) -> list[Thing]:
    """The indicators with value and comparator; `forms` says for the number of each form what it is one with."""
    things = []
    for row in records[Indicator]:
        form = forms[row.form_no]
        place = Place(horizon=row.horizon, level1=row.level1, level2=row.level2)
        values = {
            "value": Value(row.value_text, _meaning(row), None, row.line_no),
            "comparator": text_value(row.comparator or "", row.line_no),
        }
        things.append(
            Thing("indicator", (form.number, place), place, row.level3, row.line_no, values, form=form,
                  evidence=plain_value(row.value_text), is_cut=row.is_truncated)
        )  # fmt: skip
    return things


def findings_of(records: Records) -> list[Thing]:
    """What the document contradicts; two findings differ if they weigh differently."""
    things = []
    for r in records[CheckResult]:
        if r.status in ("fail", "rounding"):
            line_no = min(r.line_nos, default=None)
            message = Value(f"{r.message_zh} / {r.message}", (r.status, r.severity), None, line_no)
            things.append(Thing("finding", r.check_key, Place(), r.target, line_no, {"finding": message}))
    return things


def text_value(text: str, line_no: int | None) -> Value:
    """A text as a value."""
    return Value(text, text_key(text), None, line_no)


def _money(row: BudgetLine | FormFunding) -> Value:
    yuan = row.amount_yuan
    step = Decimal(0)
    if (scientific := _SCIENTIFIC.search(row.amount_text)) and yuan:
        step = yuan / Decimal(scientific[0]) / 10 ** len(scientific[1] or "")
    return Value(f"{yuan:.2f}", yuan, yuan, row.line_no, step)


def _meaning(row: Indicator) -> Hashable:
    """The number with its unit, however it is written; what is no number, as it is written."""
    numbers = [number for number in (row.value_min, row.value_max) if number is not None]
    return (*numbers, row.unit, row.value_kind) if numbers else plain_value(row.value_text)


def _is_project(line: BudgetLine) -> bool:
    return line.table_key in _PROJECT_TABLES and not line.is_total


def _rows(kind: str, records: Records, is_meant: Callable[[BudgetLine], bool]) -> list[Thing]:
    rows: defaultdict[tuple[str, int, str], list[BudgetLine]] = defaultdict(list)
    for line in filter(is_meant, records[BudgetLine]):
        rows[line.table_key, line.row_no, line.side].append(line)
    return [_row(kind, cells) for cells in rows.values()]


def _row(kind: str, cells: Sequence[BudgetLine]) -> Thing:
    first = min(cells, key=lambda cell: (cell.line_no, cell.measure))
    place = Place(first.table_key, first.side)
    amounts = {cell.measure: _money(cell) for cell in cells}
    total = amounts.get("total")
    return Thing(
        kind, place, place, first.item_name, first.line_no, amounts, code=first.item_code, is_total=first.is_total,
        evidence=total.yuan or None if total else None,
    )  # fmt: skip

"""One performance form as records: what its printings say together."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from jcdata.amounts import IN_YUAN, MONEY_UNIT, parse_amount
from jcdata.errors import AmountError
from jcdata.forms.headings import match_cell
from jcdata.forms.merged_fields import Contradiction, FundingPlace, merge_fields, merge_funding
from jcdata.forms.merged_indicators import merge_indicators
from jcdata.forms.printed import TEXT_FIELDS, PrintedCell, PrintedForm, PrintedFunding, PrintedTask
from jcdata.forms.target_values import parse_value
from jcdata.forms.vocabulary import form_spec
from jcdata.messages import Message
from jcdata.schema import (
    BUDGETED,
    HORIZONS,
    FormFunding,
    FormPrinting,
    FormTask,
    Indicator,
    PerformanceForm,
)
from jcdata.text import NUMERAL_VALUES

_DEPARTMENT = re.compile(r"(\d{2,8})[-－—–_]*(.*)")
_SCIENTIFIC = re.compile(rf"(\d(?:\.\d{{1,12}})?[Ee]\+?\d{{1,2}})((?:{MONEY_UNIT})?)")


class FormText(NamedTuple):
    """A passage of a form, such as its overview, with the line on which it begins."""

    form_no: int
    field: str
    text: str
    line_no: int


class Forms(NamedTuple):
    """The performance forms of a document, or one of them, with all that hangs on them."""

    forms: list[PerformanceForm]
    printings: list[FormPrinting]
    funding: list[FormFunding]
    indicators: list[Indicator]
    tasks: list[FormTask]
    texts: list[FormText]
    contradictions: list[Contradiction]
    unrecognised: list[tuple[int, Message]]


def form_records(
    document_id: str, form_no: int, printings: Sequence[PrintedForm], money_unit: str = IN_YUAN
) -> Forms:
    """What the printings of one form say together; `money_unit` counts where they say none."""
    fields, field_contradictions = merge_fields(form_no, printings)
    printed_funding, funding_contradictions = merge_funding(form_no, printings)
    indicators, indicator_contradictions = _read_indicators(document_id, form_no, printings)
    unit = fields["money_unit"].text if "money_unit" in fields else money_unit
    funding, unrecognised = _read_funding(document_id, form_no, printed_funding.values(), unit)
    tasks, no_amounts = _read_tasks(document_id, form_no, printings, unit)
    return Forms(
        forms=[_form(document_id, form_no, printings, fields, printed_funding, unit)],
        printings=[
            FormPrinting(
                document_id=document_id,
                form_no=form_no,
                printing_no=number,
                first_line=printed.first_line,
                last_line=printed.last_line,
            )
            for number, printed in enumerate(printings, start=1)
        ],
        funding=funding,
        indicators=indicators,
        tasks=tasks,
        texts=[
            FormText(
                form_no=form_no, field=field, text=fields[field].text, line_no=fields[field].line_no
            )
            for field in TEXT_FIELDS
            if field in fields
        ],
        contradictions=[*field_contradictions, *funding_contradictions, *indicator_contradictions],
        unrecognised=unrecognised + no_amounts,
    )


def _read_funding(
    document_id: str, form_no: int, printed: Iterable[PrintedFunding], unit: str
) -> tuple[list[FormFunding], list[tuple[int, Message]]]:
    """The amounts of a funding grid in yuan, and the lines of what is no amount, with the reason."""
    funding: list[FormFunding] = []
    unrecognised: list[tuple[int, Message]] = []
    for row in printed:
        yuan = _yuan(row.text, unit)
        if yuan is None:
            unrecognised.append(_no_amount(row.line_no, row.text))
            continue
        funding.append(
            FormFunding(
                document_id=document_id,
                form_no=form_no,
                horizon=row.horizon,
                source=row.source,
                amount_yuan=yuan,
                amount_text=row.text,
                line_no=row.line_no,
                basis=row.basis,
            )
        )
    return funding, unrecognised


def _read_tasks(
    document_id: str, form_no: int, printings: Sequence[PrintedForm], unit: str
) -> tuple[list[FormTask], list[tuple[int, Message]]]:
    """The tasks of a form, and the lines of what is no amount; a printing has other tasks or repeats those before it."""
    printed: list[PrintedTask] = []
    for printing in printings:
        known = [row[:3] for row in printed]
        printed += [row for row in printing.tasks if row[:3] not in known]
    tasks: list[FormTask] = []
    unrecognised: list[tuple[int, Message]] = []
    for number, row in enumerate(printed, start=1):
        yuan = {part: _yuan(text, unit) for part, text in row.amounts.items()}
        unrecognised += [
            _no_amount(row.line_no, row.amounts[part])
            for part, amount in yuan.items()
            if amount is None
        ]
        tasks.append(
            FormTask(
                document_id=document_id,
                form_no=form_no,
                task_no=number,
                task=row.task,
                content=row.content or None,
                amount_yuan=yuan.get("total"),
                fiscal_yuan=yuan.get("fiscal"),
                other_yuan=yuan.get("other"),
                amount_text=row.amounts.get("total"),
                line_no=row.line_no,
            )
        )
    return tasks, unrecognised


def _no_amount(line_no: int, text: str) -> tuple[int, Message]:
    return line_no, Message(f"not an amount: {text}", "不是金额")


def _read_indicators(
    document_id: str, form_no: int, printings: Sequence[PrintedForm]
) -> tuple[list[Indicator], list[Contradiction]]:
    """The indicators of a form, numbered within each horizon, and where its printings give one of them two values."""
    merged = merge_indicators([printed.indicators for printed in printings])
    numbers: Counter[str] = Counter()
    indicators: list[Indicator] = []
    for row in merged.indicators:
        numbers[row.horizon] += 1
        indicators.append(
            Indicator(
                document_id=document_id,
                form_no=form_no,
                indicator_no=numbers[row.horizon],
                horizon=row.horizon,
                level1=row.level1,
                level2=row.level2,
                level3=row.level3,
                value_text=row.value_text,
                **parse_value(row.value_text)._asdict(),
                is_truncated=row.is_truncated,
                line_no=row.line_no,
                weight=_points(row.rating.weight),
                actual_text=row.rating.actual or None,
                score=_points(row.rating.score),
                deviation_reason=row.rating.deviation or None,
                level3_full=row.full_name.text if row.full_name else row.level3,
                full_line_no=row.full_name.line_no if row.full_name else None,
            )
        )
    contradictions = [
        Contradiction(
            form_no=form_no,
            subject=kept.level3,
            kept=PrintedCell(kept.value_text, kept.line_no),
            other=PrintedCell(other.value_text, other.line_no),
        )
        for kept, other in merged.contradictions
    ]
    return indicators, contradictions


def _form(
    document_id: str,
    form_no: int,
    printings: Sequence[PrintedForm],
    fields: dict[str, PrintedCell],
    funding: dict[FundingPlace, PrintedFunding],
    unit: str,
) -> PerformanceForm:
    texts: dict[str, str] = {field: cell.text for field, cell in fields.items()}
    department = _DEPARTMENT.fullmatch(texts.get("department", ""))
    total, annual = (funding.get((horizon, "total", BUDGETED)) for horizon in HORIZONS)
    total_yuan = _yuan(total.text, unit) if total else None
    days = [texts[field] for field in ("start_text", "end_text") if field in texts]
    period_text = texts.get("period_text") or "—".join(days) or None
    return PerformanceForm(
        document_id=document_id,
        form_no=form_no,
        project_name=texts.get("project_name", ""),
        department_code=department[1] if department else None,
        department_name=(department[2] or None) if department else texts.get("department"),
        implementing_unit=texts.get("implementing_unit") or texts.get("unit_name"),
        property=texts.get("property"),
        period_text=period_text,
        period_years=parse_years(period_text or ""),
        period_total_yuan=total_yuan,
        period_total_text=total.text if total else None,
        period_total_is_exact=not _SCIENTIFIC.fullmatch(total.text)
        if total and total_yuan is not None
        else None,
        annual_total_yuan=_yuan(annual.text, unit) if annual else None,
        overview=texts.get("overview"),
        basis=texts.get("basis"),
        necessity=texts.get("necessity"),
        safeguards=texts.get("safeguards"),
        schedule=texts.get("schedule"),
        period_goal=texts.get("period_goal"),
        annual_goal=texts.get("annual_goal"),
        filed_on=parse_filing_date(texts.get("filed_on_text", "")),
        filed_on_text=texts.get("filed_on_text"),
        printing_count=len(printings),
        first_line=min(printed.first_line for printed in printings),
        last_line=max(printed.last_line for printed in printings),
        form_kind=printings[0].kind,
        category=texts.get("category"),
        starts_on=parse_filing_date(texts.get("start_text", "")),
        ends_on=parse_filing_date(texts.get("end_text", "")),
        annual_result=texts.get("annual_result"),
        score=_points(texts.get("score", "")),
    )


def parse_years(text: str) -> int | None:
    """The years of `3年` or `三年`; None for anything else."""
    match = form_spec().years.fullmatch(text)
    return (NUMERAL_VALUES.get(match[1]) or int(match[1])) if match else None


def parse_filing_date(text: str) -> datetime.date | None:
    """The day of `20221202181849`, `20230417` or `2023-4-17`; None when unreadable, as `2.02302E+13` is."""
    match = form_spec().date.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _points(text: str) -> float | None:
    """The figure of a weight or a score."""
    match = match_cell("points", text)
    return float(match["figure"]) if match else None


def _yuan(text: str, unit: str) -> Decimal | None:
    """An amount of the funding grid; `7E+06` is seven million, as far as the print says."""
    if scientific := _SCIENTIFIC.fullmatch(text):
        text = format(Decimal(scientific[1]), "f") + scientific[2]
    try:
        return parse_amount(text, unit).yuan
    except AmountError:
        return None

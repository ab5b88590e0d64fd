"""Performance forms as records: the printings of a project's form become one form.

A form is printed up to ten times, each time with another slice of its indicators, with a name cut here and a
character misread there.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jcdata.amounts import IN_YUAN, MONEY_UNIT, parse_amount
from jcdata.documents.document import Line
from jcdata.documents.sections import Section
from jcdata.errors import AmountError
from jcdata.forms import spaced, tabbed
from jcdata.forms.merged_fields import Contradiction, merge_fields, merge_funding
from jcdata.forms.merged_indicators import merge_indicators
from jcdata.forms.printed import TEXT_FIELDS, PrintedCell, PrintedForm, PrintedFunding
from jcdata.forms.printings import group_printings
from jcdata.forms.target_values import parse_value
from jcdata.forms.vocabulary import form_spec, form_words
from jcdata.messages import Message
from jcdata.schema import (
    HORIZONS,
    FormFunding,
    FormPrinting,
    Indicator,
    PerformanceForm,
    PrintingContradiction,
)
from jcdata.text import NUMERAL_VALUES, label_key

READERS: dict[str, Callable[[Sequence[Line]], PrintedForm]] = {
    "spaced": spaced.read_form,
    "tabbed": tabbed.read_form,
}
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
    texts: list[FormText]
    contradictions: list[Contradiction]
    unrecognised: list[tuple[int, Message]]


def read_forms(document_id: str, layout: str, sections: Sequence[Section]) -> Forms:
    """Read the sections of kind `form` of a document in a layout; the others are left alone."""
    printings, unrecognised = _read_printings(layout, sections)
    read = [
        _read_form(document_id, form_no, group)
        for form_no, group in enumerate(group_printings(printings), start=1)
    ]
    unrecognised += [fault for one in read for fault in one.unrecognised]
    return Forms(
        forms=[form for one in read for form in one.forms],
        printings=[row for one in read for row in one.printings],
        funding=[row for one in read for row in one.funding],
        indicators=[row for one in read for row in one.indicators],
        texts=[text for one in read for text in one.texts],
        contradictions=[found for one in read for found in one.contradictions],
        unrecognised=sorted(dict(unrecognised).items()),
    )


def _read_printings(
    layout: str, sections: Sequence[Section]
) -> tuple[list[PrintedForm], list[tuple[int, Message]]]:
    """The printings of all forms, and the lines that were not understood, with the reason."""
    printings: list[PrintedForm] = []
    unrecognised: list[tuple[int, Message]] = []
    for section in sections:
        if section.kind != "form":
            continue
        if layout not in READERS:
            reason = Message(
                f"no reader of forms for this layout: {layout}", "没有该版式的目标表读取程序"
            )
            unrecognised += [(line.no, reason) for line in section.lines]
            continue
        for first_line, lines in _split_printings(section):
            printed = READERS[layout](lines)
            unrecognised += printed.unrecognised
            if printed.fields or printed.funding or printed.indicators:
                last_line = max(first_line, printed.last_line)
                printings.append(printed._replace(first_line=first_line, last_line=last_line))
            else:
                unrecognised.append(
                    (first_line, Message("a form without content", "没有内容的目标表"))
                )
    return printings, unrecognised


def _split_printings(section: Section) -> Iterator[tuple[int, Sequence[Line]]]:
    """The lines of each printing; a second project name begins another whose title was lost."""
    # The first one is that of the form whose title begins the section.
    names = tuple(form_words()["fields"]["project_name"])
    starts = [
        i for i, line in enumerate(section.lines) if label_key(line.text[:20]).startswith(names)
    ][1:]
    bounds = [0, *starts, len(section.lines)]
    for begin, end in pairwise(bounds):
        yield section.lines[begin].no if begin else section.first_line, section.lines[begin:end]


def _read_form(document_id: str, form_no: int, printings: Sequence[PrintedForm]) -> Forms:
    """What the printings of one form say together."""
    fields, field_contradictions = merge_fields(form_no, printings)
    printed_funding, funding_contradictions = merge_funding(form_no, printings)
    indicators, indicator_contradictions = _read_indicators(document_id, form_no, printings)
    unit = fields["money_unit"].text if "money_unit" in fields else IN_YUAN
    funding, unrecognised = _read_funding(document_id, form_no, printed_funding.values(), unit)
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
        texts=[
            FormText(
                form_no=form_no, field=field, text=fields[field].text, line_no=fields[field].line_no
            )
            for field in TEXT_FIELDS
            if field in fields
        ],
        contradictions=[*field_contradictions, *funding_contradictions, *indicator_contradictions],
        unrecognised=unrecognised,
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
            unrecognised.append((row.line_no, Message(f"not an amount: {row.text}", "不是金额")))
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
            )
        )
    return funding, unrecognised


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


def number_contradictions(
    document_id: str, contradictions: Iterable[Contradiction]
) -> Iterator[PrintingContradiction]:
    """What printings contradict, as records numbered within their form."""
    numbers: Counter[int] = Counter()
    for found in contradictions:
        numbers[found.form_no] += 1
        yield PrintingContradiction(
            document_id=document_id,
            form_no=found.form_no,
            contradiction_no=numbers[found.form_no],
            subject=found.subject,
            kept_text=found.kept.text,
            other_text=found.other.text,
            kept_line_no=found.kept.line_no,
            line_no=found.other.line_no,
        )


def _form(
    document_id: str,
    form_no: int,
    printings: Sequence[PrintedForm],
    fields: dict[str, PrintedCell],
    funding: dict[tuple[str, str], PrintedFunding],
    unit: str,
) -> PerformanceForm:
    texts: dict[str, str] = {field: cell.text for field, cell in fields.items()}
    department = _DEPARTMENT.fullmatch(texts.get("department", ""))
    total, annual = (funding.get((horizon, "total")) for horizon in HORIZONS)
    total_yuan = _yuan(total.text, unit) if total else None
    return PerformanceForm(
        document_id=document_id,
        form_no=form_no,
        project_name=texts.get("project_name", ""),
        department_code=department[1] if department else None,
        department_name=(department[2] or None) if department else texts.get("department"),
        implementing_unit=texts.get("implementing_unit"),
        property=texts.get("property"),
        period_text=texts.get("period_text"),
        period_years=parse_years(texts.get("period_text", "")),
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


def _yuan(text: str, unit: str) -> Decimal | None:
    """An amount of the funding grid; `7E+06` is seven million, as far as the print says."""
    if scientific := _SCIENTIFIC.fullmatch(text):
        text = format(Decimal(scientific[1]), "f") + scientific[2]
    try:
        return parse_amount(text, unit).yuan
    except AmountError:
        return None

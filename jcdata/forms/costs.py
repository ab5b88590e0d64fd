"""What a project's overview (项目概况) says about its cost: the parts that make it up, and debts of earlier years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from jcdata.documents.document import Document
from jcdata.documents.joined_text import Prose, find_pieces
from jcdata.forms.breakdowns import find_breakdowns
from jcdata.forms.form_records import Forms
from jcdata.forms.overviews import LEAD, Amount, Overview, find_amounts, load_patterns
from jcdata.schema import Arrears, CostBreakdown, CostComponent
from jcdata.text import squeeze


class NamedAmount(NamedTuple):
    """A part of a project's cost as its overview names it."""

    label: str
    yuan: Decimal
    line_no: int


class Debt(NamedTuple):
    """Money that is owed for work of earlier years, and the sentence that says so."""

    yuan: Decimal
    sentence: str
    line_no: int


class Costs(NamedTuple):
    """What the overviews of a document's forms say about cost."""

    components: list[CostComponent]
    breakdowns: list[CostBreakdown]
    arrears: list[Arrears]


_SENTENCE = re.compile("[^。]*。*")
_YEAR = re.compile(r"20\d\d(?!\d)")


def read_costs(document: Document, forms: Forms, fiscal_year: int | None) -> Costs:
    """The cost components, broken-down amounts and arrears that the forms' overviews name."""
    overviews = {text.form_no: text for text in forms.texts if text.field == "overview"}
    costs = Costs([], [], [])
    for form in forms.forms:
        text = overviews.get(form.form_no)
        pieces = list(find_pieces(text.text, text.line_no, document.lines)) if text else []
        document_id, form_no, total = form.document_id, form.form_no, form.annual_total_yuan
        for number, component in enumerate(find_cost_components(pieces, total), start=1):
            costs.components.append(
                CostComponent(
                    document_id=document_id,
                    form_no=form_no,
                    component_no=number,
                    label=component.label,
                    amount_yuan=component.yuan,
                    line_no=component.line_no,
                )
            )
        for number, breakdown in enumerate(find_breakdowns(pieces, total), start=1):
            costs.breakdowns.append(
                CostBreakdown(
                    document_id=document_id,
                    form_no=form_no,
                    breakdown_no=number,
                    label=breakdown.label,
                    amount_yuan=breakdown.yuan,
                    parts_yuan=breakdown.parts_yuan,
                    parts_text=breakdown.parts_text,
                    is_open=breakdown.is_open,
                    line_no=breakdown.line_no,
                )
            )
        if owed := find_arrears(pieces, total, (form.first_line, form.project_name), fiscal_year):
            costs.arrears.append(
                Arrears(
                    document_id=document_id,
                    form_no=form_no,
                    amount_yuan=owed.yuan,
                    sentence=owed.sentence,
                    line_no=owed.line_no,
                )
            )
    return costs


def find_cost_components(
    overview: Sequence[tuple[int, str]], annual_total_yuan: Decimal | None
) -> list[NamedAmount]:
    """The top-level parts of a project's cost, in order; empty where none are named.

    `overview` gives its lines as (line number, text). Neither the total is a part, nor what one thing costs, nor
    the parts of a part. Where all the money pays for earlier years, the parts named are not this year's: none, unless
    they add up to what was paid and what is owed. One part is all of them only if it is the whole.
    """
    prose = Prose(overview)
    found = Overview(prose.reading, annual_total_yuan)
    parts = found.find_parts()
    arrears = find_arrears(overview, annual_total_yuan)
    if arrears and arrears.yuan == annual_total_yuan:
        if sum(part.yuan for part, _ in parts) != arrears.yuan + found.paid_yuan():
            return []
    elif len(parts) < 2:
        parts = [] if parts else [(amount, 0) for amount in found.named_wholes()]
    if not parts or not (len(parts) > 1 or parts[0][0].kind == "whole"):
        return []
    components = []
    previous_end = 0
    for amount, start in parts:
        # What stands before the amount before names that one.
        words_start = max(start, previous_end, amount.start - LEAD)
        label = _label(prose.reading[words_start : amount.start])
        label_start = prose.reading.rindex(label, words_start, amount.start)
        printed = prose.text[label_start : label_start + len(label)]
        components.append(NamedAmount(printed, amount.yuan, prose.line_at(amount.start)))
        previous_end = amount.end
    # What has no name is no part, but the amount itself.
    is_nameless = all(load_patterns().no_label.fullmatch(part.label) for part in components)
    return [] if len(components) == 1 and is_nameless else components


def _label(words: str) -> str:
    """What an amount is for: of the words before it the last clause that is more than 预计费用 and holds no price."""
    patterns = load_patterns()
    words = words[_end(patterns.label_start.match(words)) :]
    for clause in reversed(re.split("[，,;。:]", words)):
        label = clause[_end(patterns.label_start.match(clause)) :]
        ending = patterns.label_end.search(label)
        label = label[: ending.start()] if ending else label
        if not patterns.no_label.fullmatch(label) and not patterns.figure.search(label):
            return label
    return words


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def find_arrears(
    texts: Sequence[tuple[int, str]],
    annual_total_yuan: Decimal | None,
    project_name: tuple[int, str] | None = None,
    fiscal_year: int | None = None,
) -> Debt | None:
    """The money of a project that is owed for work of earlier years, or None.

    `texts` are the lines of the overview as (line number, text), `project_name` the name with its line. A name
    that speaks of 尾款 says it of all the money; so does a sentence that names the debt without an amount. The
    sentence must tell of an earlier year: before `fiscal_year` where that is given, else of any year.
    """
    patterns = load_patterns()
    if (
        project_name
        and annual_total_yuan is not None
        and patterns.arrears_name.search(project_name[1])
    ):
        line_no, name = project_name
        return Debt(annual_total_yuan, squeeze(name), line_no)
    # An amount may be broken over two lines.
    prose = Prose(texts)
    for sentence in _SENTENCE.finditer(prose.reading):
        # What is quoted is a name, and says nothing of this project's money.
        words = patterns.quotation.sub(lambda quoted: "　" * len(quoted[0]), sentence[0])
        debt = patterns.arrears.search(words)
        if not debt or not _tells_of_earlier_year(sentence[0], fiscal_year):
            continue
        owed = _owed_amount(words, debt)
        printed = prose.text[sentence.start() : sentence.end()]
        if owed:
            return Debt(owed.yuan, printed, prose.line_at(sentence.start() + owed.start))
        if annual_total_yuan is not None:
            return Debt(annual_total_yuan, printed, prose.line_at(sentence.start() + debt.start()))
    return None


def _tells_of_earlier_year(sentence: str, fiscal_year: int | None) -> bool:
    if load_patterns().earlier.search(sentence):
        return True
    return any(fiscal_year is None or int(year) < fiscal_year for year in _YEAR.findall(sentence))


def _owed_amount(sentence: str, debt: re.Match[str]) -> Amount | None:
    """The amount after the words for the debt, else the one before them in the same clause."""
    clause_start = max(sentence.rfind(sign, 0, debt.start()) for sign in "，,;")
    amounts = [
        amount for amount in find_amounts(sentence, None) if amount.kind in ("part", "total")
    ]
    after = [amount for amount in amounts if amount.start >= debt.start()]
    before = [amount for amount in amounts if clause_start < amount.start < debt.start()]
    if after:
        return after[0]
    return before[-1] if before else None

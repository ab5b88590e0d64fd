"""What one figure of the prose states: its kind by its unit and the words right before it, its subject by those of its clause.

A change is about the subject that heads its statement (预算收入总计…，其中：…，比上年增加…), unless that one has been
compared already.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from jcdata.amounts import UNITS
from jcdata.codes import LEVELS
from jcdata.documents.joined_text import Prose
from jcdata.figures import Figure, last_place, reading_of
from jcdata.prose.claim_patterns import load_patterns
from jcdata.prose.passages import Passage
from jcdata.prose.spoken import Spoken
from jcdata.prose.subjects import Item, Subject, SubjectNames, find_item, known_subject
from jcdata.schema import Claim
from jcdata.text import opened_bracket, squeeze

MAX_SENTENCE = 600
_NEAR = 20  # signs behind a comparison in which it says with what

# Passages in which a name such as 教育支出 is that of a class
_OF_FUNCTIONS = {
    "overview", "expenditure", "fiscal_appropriation", "general_public", "government_fund", "state_capital", "other",
}  # fmt: skip
_CLAUSES = re.compile("[，,;。:()]")
_NOUN = re.compile(r"[^，,;。:()\d]{0,20}")


class Source(NamedTuple):
    """What a document says of itself, as far as the meaning of its prose depends on it."""

    document_id: str
    is_final_accounts: bool = False
    fiscal_year: int | None = None
    unit_name: str = ""


class FigureReader:
    """Reads the figures of a paragraph, one after another, as claims without a number.

    `sentence` is the span of the one that is read, `explains` whether it is an explanation; `headed` what figures
    are about that nothing else says it of.
    """

    def __init__(
        self, prose: Prose, passage: Passage, source: Source, above: Item | None, headed: str
    ) -> None:
        self.prose, self.reading, self.patterns = prose, prose.reading, load_patterns()
        self.passage, self.source = passage, source
        self.names = SubjectNames(reading_of(squeeze(source.unit_name)))
        self.spoken = Spoken(self.names)
        self.sentence, self.explains = (0, 0), False
        self._bases: dict[int, str] = {}  # end of an amount -> of what it is
        self._above, self.headed = above, headed
        self._compared_with = "prior_year"
        self._completed: tuple[str, Subject] | None = None  # what the rate behind a budget is
        self._kind_listed = "share"
        self._whole_listed = ""
        self._latest: Claim | None = None
        self._stated: list[str] = []  # what the amounts and counts so far are of, the latest last
        self._listed: list[str] = []  # names that 分别为 joins to the figures after it

    def claim(self, lead: str, figure: Figure, end: int) -> Claim | None:
        """What a figure states that `lead` leads to; `end` is that of its words. None where it is not said."""
        spec, unit = self.patterns.words, self._unit(figure)
        lead, is_negative = lead.removesuffix("-"), lead.endswith("-")  # 增加（减少）-0.50万元
        is_multiple = figure.unit in self.patterns.multiples
        is_rate = self.patterns.is_rate(figure)
        decrease = self.patterns.decrease.search(lead)
        change = decrease or self.patterns.increase.search(lead)
        value, amount = figure.value, figure.amount_yuan
        # 减少 says the sign that the figure does not print.
        if decrease or (change and is_negative):
            value, amount = -abs(value), None if amount is None else -abs(amount)
        basis = ""
        completed, self._completed = self._completed, None
        listed = self._listed_name(lead, figure) if is_rate or change else ""
        if listed:
            known = known_subject(listed) or listed
            kind, subject = self._kind_of_rate(lead, is_rate, bool(change)), Subject(known, unit)
        elif completed and is_rate and spec["of_it"].fullmatch(lead):
            kind, subject = completed
        elif lead == "(" and is_rate and self._latest and self._latest.kind == "delta":
            kind, subject = "growth", Subject(self._latest.subject, unit)  # 减少0.80万元(16%)
            value = value.copy_sign(self._latest.value)
        elif is_rate and (completion := spec["completion"].search(lead)):
            kind, subject = "completion", self._known_or_latest(lead[: completion.start()], unit)
        elif not is_rate and spec["completion_of"].search(lead):  # 完成全年预算46万元的69.9%
            kind, subject, basis = "amount", self.spoken.latest._replace(unit=unit), "budget"
            self._completed = "completion", self.spoken.latest
        elif change:
            kind = "growth" if is_rate else "delta"
            self._notice_comparison(lead)
            subject = self._changed(lead[: change.start()], is_rate or figure.is_money, end, unit)
        elif is_multiple:
            return None  # of what, is not said
        elif is_rate:
            kind, subject = "share", self._shared(lead, unit)
            if spec["share_of"].search(lead):  # 其他收入占比3%，金额为61万元
                self.spoken.go_on_with(subject.name)
        elif figure.is_money and self._is_compared_with(lead):  # 比2022年预算数19万元减少1万元
            kind, subject = "amount", self.spoken.find_compared()._replace(unit=unit)
            basis = self._basis(lead)
            self._notice_comparison(lead)
        else:
            kind = "amount" if figure.is_money else "count"
            subject = self._subject(lead, figure, end, unit)
            begin = max(self.sentence[0], figure.start - MAX_SENTENCE)
            opened = opened_bracket(self.reading, begin, figure.start)
            basis = self._bases[end] = self._basis(lead) or self._bases.get(opened, "")
            self._notice_comparison(lead)
            if spec["share_of"].search(lead):
                self._completed = "share", self.spoken.latest
            elif figure.is_money or not spec["part_of_name"].match(self.reading, end):
                self.spoken.name(subject)
                self._stated.append(subject.name)
            if score := spec["score"].search(subject.name):
                scored = subject.name[: score.start()]
                self.spoken.go_on_with("" if spec["same_subject"].fullmatch(scored) else scored)
        claim = self._claim(subject, kind, value, unit, amount, figure.start, basis)
        if kind == "share":
            claim = claim._replace(share_of=self._whole(lead))
        self._latest = claim
        return claim

    def unchanged(self, start: int, position: int) -> Claim | None:
        """What a comparison without a figure states (与上年持平), whose words begin at `start`; None if nothing was spoken of."""
        lead = self.reading[start:position]
        before = self.patterns.words["before_unchanged"].sub("", lead)
        name = self.names.known_before(lead) or self.names.known_before(before)
        if not (name or self.spoken.latest.name):
            return None
        own = Subject(name, self.spoken.latest.unit)
        subject = self.spoken.name_compared(own) if name else self.spoken.find_compared()
        self._notice_comparison(self.reading[start : position + _NEAR])
        amount = Decimal(0) if subject.is_money else None
        claim = self._claim(subject, "delta", Decimal(0), subject.unit, amount, position)
        return claim._replace(is_implied=True, step=Decimal(0))

    def _is_compared_with(self, lead: str) -> bool:
        """Whether words lead to what the change behind it is a change from, and name nothing."""
        words = _CLAUSES.split(lead)[-1]
        is_comparison = self.patterns.words["comparison"].fullmatch(words)
        return bool(is_comparison and not self.names.known_before(words))

    def _changed(self, lead: str, is_of_money: bool, end: int, unit: str) -> Subject:
        """What a change is about; one of a number of something, 岗位减少35个, is about no money."""
        subject = self.spoken.find_compared(lead)
        noun = _NOUN.match(self.reading, end)
        behind = noun[0] if noun else ""
        spec = self.patterns.words
        before = spec["comparison"].sub("", lead)
        words = self.names.words(before)
        # An explanation names what it likes: 教师补贴提标增加5万元
        is_own = spec["is_name"].search(words) and not spec["same_subject"].fullmatch(words)
        is_told = self.names.known_before(before) or subject.is_called(words)
        if self.explains and is_own and not is_told:
            return Subject(words, unit)
        if is_of_money or subject.unit not in ("", *UNITS):
            return subject if subject.name else Subject(behind, unit)
        return Subject(words or behind or subject.name, unit)

    def _kind_of_rate(self, lead: str, is_rate: bool, is_change: bool) -> str:
        """What the figures of a list are (分别占64%、36%): the first one says it for the others."""
        if self.patterns.words["only_joins"].fullmatch(lead):
            return self._kind_listed
        if is_rate and self.patterns.words["listed_completion"].search(lead):
            self._kind_listed = "completion"
        elif is_change:
            self._kind_listed = "growth" if is_rate else "delta"
        else:
            self._kind_listed = "share" if is_rate else "amount"
        return self._kind_listed

    def _known_or_latest(self, lead: str, unit: str) -> Subject:
        words, latest = self.names.words(lead), self.spoken.latest_expense
        is_latest = latest.name.startswith(words)
        name = self.names.known_before(lead) or ("" if is_latest else self.names.noun(words))
        return Subject(name, unit) if name else latest

    def _shared(self, lead: str, unit: str) -> Subject:
        """What a share is that of: 其中房屋占66%."""
        spec = self.patterns.words
        said = spec["share_of"].search(lead)
        lead = spec["share"].sub("", lead)
        words = self.names.words(lead)
        if not words and not (said and known_subject(said["whole"])):
            return self.spoken.latest  # 结果为“优”的项目8个，占比80%
        if self.names.known_before(lead) or spec["same_subject"].fullmatch(words):
            return self._known_or_latest(lead, unit)
        return Subject(words, unit)

    def _whole(self, lead: str) -> str:
        """What a share is said to be of, '' if that is not said: “三公”经费 of 占“三公”经费的8.75%."""
        spec = self.patterns.words
        if not spec["only_joins"].fullmatch(lead):
            said = spec["share_of"].search(lead)
            whole = said["whole"] if said else ""
            begun = None if whole else spec["whole_before"].match(self.reading, *self.sentence)
            whole = self.names.words(begun["whole"]) if begun else whole
            known = "" if spec["of_all"].match(whole) else known_subject(whole)
            self._whole_listed = known or whole
        return self._whole_listed

    def _unit(self, figure: Figure) -> str:
        """The unit as printed; 万元 where 万 stands alone."""
        if not figure.number:  # a rate in words
            return figure.unit
        printed = self.prose.text[figure.end - len(figure.unit) : figure.end].replace("％", "%")
        return figure.money_unit if figure.is_money else printed

    def _basis(self, lead: str) -> str:
        """Of what an amount is: '' unless it says that it is the budget's or that of the year before."""
        spec = self.patterns.words
        clause = re.split("[，,;。]", lead)[-1]
        year = spec["is_of_year"].search(clause)
        is_this_year = year and year[2] and int(year[2]) >= (self.source.fiscal_year or 0)
        if year and not is_this_year:
            return "prior_year"
        if not self.source.is_final_accounts:
            return "prior_year" if not year and spec["is_executed"].match(clause) else ""
        is_budget = spec["is_budget"].search(clause) and not spec["is_actual"].search(clause)
        return "budget" if is_budget else ""

    def _notice_comparison(self, lead: str) -> None:
        """Remember what a change is a change from, until another comparison says it."""
        spec, own = self.patterns.words, self.source.fiscal_year or 0
        budget = self.source.is_final_accounts and spec["compared_budget"].search(lead)
        if budget and int(budget["year"] or own) >= own:
            self._compared_with = "budget"
        elif any(int(c["year"] or -1) < own for c in spec["compared_year"].finditer(lead)):
            self._compared_with = "prior_year"

    def _claim(
        self, subject: Subject, kind: str, value: Decimal, unit: str, amount: Decimal | None, position: int, basis: str = ""
    ) -> Claim:  # fmt: skip
        item = subject.item
        if not item and kind != "count" and self.passage.key in _OF_FUNCTIONS:
            item = find_item(f"{subject.name}({LEVELS[0]})")
        code = item.code(self.source.fiscal_year) if item else ""
        return Claim(
            document_id=self.source.document_id,
            claim_no=0,
            section=self.passage.section,
            subject=subject.name,
            kind=kind,
            value=value,
            unit=unit,
            amount_yuan=amount,
            is_implied=False,
            step=last_place(value) * UNITS.get(unit, Decimal(1)),
            sentence=self._sentence_at(position),
            line_no=self.prose.line_at(position),
            passage=self.passage.key,
            basis=basis or ("actual" if self.source.is_final_accounts else ""),
            compared_with=self._compared_with if kind in ("delta", "growth") else "",
            item_code=code or None,
            item_name=item.name if item and (subject.item or code) else None,
            in_reason=self.explains,
        )

    def _sentence_at(self, position: int) -> str:
        start, end = self.sentence
        # Text without any full stop is one sentence: what stands around the figure is enough.
        if end - start > MAX_SENTENCE:
            start = max(start, position - MAX_SENTENCE // 2)
        return self.prose.text[start : min(end, start + MAX_SENTENCE)]

    def _subject(self, lead: str, figure: Figure, end: int, unit: str) -> Subject:
        if item := find_item(lead):
            item = item.below(self._above)
            return Subject(item.name, unit, item)
        words = self.names.words(lead)
        if end > figure.end:  # 单价100万元以上其他国有资产
            noun = _NOUN.match(self.reading, end)
            return Subject(
                words + self.prose.text[figure.start : noun.end() if noun else end], unit
            )
        name = self._listed_name(lead, figure)
        latest = self.spoken.latest
        if latest.item and self.patterns.words["own_spending"].fullmatch(words):
            return latest._replace(unit=unit)
        if name := (name and (known_subject(name) or name)) or self.names.known_before(lead):
            return Subject(name, unit)
        if not figure.is_money:
            for name, pattern in self.patterns.counted:
                if pattern.match(self.reading, end):
                    return Subject(name, unit)
            is_verb = self.patterns.words["only_verb"].fullmatch(words)
            is_behind = self.patterns.words["noun_behind"].fullmatch(figure.unit)
            noun = _NOUN.match(self.reading, end) if is_verb or is_behind else None
            name = self.patterns.words["verb_behind"].sub("", noun[0]) if noun else ""
            name = self.patterns.words["noun_ends"].sub("", name)
            if self.patterns.words["is_name"].search(name):
                return Subject(name, unit)
        spec = self.patterns.words
        if self.explains and (changed := spec["changed_money"].search(lead)):
            return Subject(changed["noun"], unit)
        if spec["sum"].fullmatch(words) and self.spoken.has_several:
            return Subject(words, unit)
        only_leads = spec["same_subject" if figure.is_money else "only_verb"]
        is_same = only_leads.fullmatch(words) and not latest.is_opposite(words)
        if latest.name and (is_same or not spec["is_name"].search(words)):
            of_sum = spec["sum_of_money"].search(_CLAUSES.split(lead)[-1])
            is_expense = figure.is_money and not (of_sum or spec["only_joins"].fullmatch(lead))
            return (self.spoken.latest_expense if is_expense else latest)._replace(unit=unit)
        if mean := spec["mean"].search(words):
            of = words[: mean.start()] or spec["mean"].sub("", latest.name)
            return Subject(of + mean["mean"], unit)
        return Subject(words or self.headed, unit)

    def _listed_name(self, lead: str, figure: Figure) -> str:
        """The name that 分别为 joins to a figure: A、B分别为1万元、2万元."""
        spec = self.patterns.words
        if several := spec["several"].search(lead):
            words = self.names.words(lead[: several.start()])
            count = self._count_joined(figure)
            is_named = not spec["those_before"].fullmatch(words)
            names = spec["listed"].split(words) if is_named else self._stated[-count:]
            if is_named and len(names) < count:
                names[-1:] = spec["last_listed"].split(names[-1], maxsplit=1)
            self._listed = names * count if len(names) == 1 else names  # 得分分别为96分、93分
        elif not spec["only_joins"].fullmatch(lead):
            self._listed = []
        return self._listed.pop(0) if self._listed else ""

    def _count_joined(self, figure: Figure) -> int:
        """How many figures follow each other from this one on."""
        count, end = 1, figure.end
        for later in self.patterns.figure.finditer(self.reading, end, self.sentence[1]):
            if not self.patterns.words["only_joins"].fullmatch(self.reading[end : later.start()]):
                break
            count, end = count + 1, later.end()
        return count

"""The figures that the prose of a disclosure states, each with its subject, its kind and its line.

A sentence is read clause by clause. What a figure is follows from its unit and the words right before it; what
it is about, from the vocabulary in `specs/claims.toml` or else from the words of its clause. A change is about
the subject that heads its statement (预算收入总计…，其中：…，比上年增加…), unless that one has been compared already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from jcdata.amounts import UNITS
from jcdata.documents.document import Line
from jcdata.documents.joined_text import Prose
from jcdata.documents.sections import Section
from jcdata.figures import Figure, find_figures, reading_of
from jcdata.prose.claim_patterns import load_patterns
from jcdata.schema import Claim
from jcdata.text import squeeze

LEAD = 60  # signs before a figure in which the words are looked for that say what it is
MAX_SENTENCE = 600

_SENTENCE = re.compile("[^。!?]*[。!?;]*")
_CLAUSE = re.compile(r"(?:[^，,;]|(?<=\d),(?=\d))*[，,;]*")
_LAST_CLAUSE = re.compile(r"[^，,;。:]*$")
_NOUN = re.compile(r"[^，,;。:()\d]{0,20}")


def read_claims(document_id: str, sections: Sequence[Section]) -> list[Claim]:
    """Every figure that the numbered passages of the prose state, in order, with what it is about.

    `value` is as printed, negative for a decrease; `unit` as printed; `amount_yuan` only for money. Comparisons
    without a figure (与上年持平) come as implied changes of 0. Figures in explanations (主要原因是…) are no claims.
    """
    numbers = count(1)
    return [
        claim
        for section in sections
        if section.kind == "passage"
        for paragraph in find_paragraphs(section.lines)
        for claim in _ParagraphReader(paragraph, document_id, section.number, numbers).read()
    ]


def find_paragraphs(lines: Sequence[Line]) -> Iterator[Prose]:
    """The lines of a passage joined; a heading (（一）…, 1、…) stands alone."""
    heading = load_patterns().heading
    pieces: list[tuple[int, str]] = []
    for line in lines:
        piece = (line.no, line.text)
        if heading.fullmatch(reading_of(squeeze(line.text))):
            yield from (Prose(pieces), Prose([piece]))
            pieces = []
        else:
            pieces.append(piece)
    yield Prose(pieces)


class _Subject(NamedTuple):
    """What figures are about, and the unit in which it is measured."""

    name: str
    unit: str


class _ParagraphReader:
    """Reads a paragraph from its first figure to its last, remembering what was spoken of.

    `numbers` counts the claims of the document.
    """

    def __init__(
        self, prose: Prose, document_id: str, section: str, numbers: Iterator[int]
    ) -> None:
        self.prose, self.reading, self.patterns = prose, prose.reading, load_patterns()
        self.document_id, self.section, self.numbers = document_id, section, numbers
        self.sentence = (0, 0)
        self.lead_start = 0  # where the words begin that lead to the next figure
        self.latest = _Subject("", "")
        self._begin_statement()

    def _begin_statement(self) -> None:
        self.head: _Subject | None = None
        self.head_is_compared = False
        self.compared: _Subject | None = (
            None  # what the last change was about, until another subject is stated
        )

    def read(self) -> Iterator[Claim]:
        for sentence in _SENTENCE.finditer(self.reading):
            self.sentence, self.lead_start = sentence.span(), sentence.start()
            self._begin_statement()
            explains = False
            for clause in _CLAUSE.finditer(self.reading, *sentence.span()):
                figures = list(find_figures(self.reading, self.patterns.figure, *clause.span()))
                # 主要原因是…: its figures explain, till a subject is given its own again.
                if explains and figures and self._ends_reason(clause.start(), figures[0].start):
                    explains = False
                    self._begin_statement()
                if not explains:
                    reason = self.patterns.reason.search(self.reading, *clause.span())
                    explains = reason is not None
                    yield from self._read_clause(
                        figures, clause.start(), reason.start() if reason else clause.end()
                    )
                if clause[0].endswith(";"):
                    self._begin_statement()

    def _ends_reason(self, start: int, end: int) -> bool:
        return bool(self.patterns.reason_end.match(self.reading[max(start, end - LEAD) : end]))

    def _read_clause(self, figures: Sequence[Figure], start: int, end: int) -> Iterator[Claim]:
        figures = [figure for figure in figures if figure.start < end]
        for position, figure in enumerate(figures):
            threshold = self.patterns.threshold.match(self.reading, figure.end, end)
            if threshold and position + 1 < len(figures):
                continue  # 价值50万元以上的通用设备3台: part of the name of what is counted
            yield self._read_figure(figure, threshold.end() if threshold else figure.end)
            self.lead_start = figure.end
        unchanged = self.patterns.unchanged.search(self.reading, start, end)
        if unchanged and self.latest.name:
            subject = self._find_compared()
            amount = Decimal(0) if subject.unit in UNITS else None
            yield self._state(
                subject,
                "delta",
                Decimal(0),
                subject.unit,
                amount,
                unchanged.start(),
                is_implied=True,
            )

    def _read_figure(self, figure: Figure, end: int) -> Claim:
        lead = self.reading[max(self.lead_start, figure.start - LEAD) : figure.start]
        unit = self.prose.text[figure.end - len(figure.unit) : figure.end].replace("％", "%")
        decrease = self.patterns.decrease.search(lead)
        change = decrease or self.patterns.increase.search(lead)
        value, amount = figure.value, figure.amount_yuan
        if decrease:
            # 减少 says the sign that the figure does not print.
            value, amount = -abs(value), None if amount is None else -abs(amount)
        if change:
            kind = "growth" if figure.unit in self.patterns.percentages else "delta"
            subject = self._find_compared(lead[: change.start()])
        elif figure.unit in self.patterns.percentages:
            kind = "share"
            name = self._known_subject(self.patterns.share.sub("", lead))
            subject = _Subject(name, unit) if name else self.latest
        else:
            kind = "count" if figure.unit not in UNITS else "amount"
            find_name = self._threshold_subject if end > figure.end else self._subject
            subject = self._speak_of(_Subject(find_name(lead, figure, end), unit))
        return self._state(subject, kind, value, unit, amount, figure.start)

    def _state(
        self, subject: _Subject, kind: str, value: Decimal, unit: str, amount: Decimal | None, position: int,
        is_implied: bool = False,
    ) -> Claim:  # fmt: skip
        start, end = self.sentence
        # Text without any full stop is one sentence: what stands around the figure is enough.
        if end - start > MAX_SENTENCE:
            start = max(start, position - MAX_SENTENCE // 2)
        sentence = self.prose.text[start : min(end, start + MAX_SENTENCE)]
        return Claim(
            document_id=self.document_id,
            claim_no=next(self.numbers),
            section=self.section,
            subject=subject.name,
            kind=kind,
            value=value,
            unit=unit,
            amount_yuan=amount,
            is_implied=is_implied,
            step=Decimal(0) if is_implied else _last_place(value) * UNITS.get(unit, Decimal(1)),
            sentence=sentence,
            line_no=self.prose.line_at(position),
        )

    def _speak_of(self, subject: _Subject) -> _Subject:
        self.head = self.head or subject
        self.latest, self.compared = subject, None
        return subject

    def _find_compared(self, lead: str = "") -> _Subject:
        """What a change is about: the subject named before it, or the head of the statement, or the latest subject."""
        if name := self._known_subject(self.patterns.comparison.sub("", lead)):
            self._speak_of(_Subject(name, self.latest.unit))
            self.compared = self.latest
        elif self.compared is None:
            self.compared = self.latest if self.head_is_compared or self.head is None else self.head
        self.head_is_compared = True
        return self.compared

    def _known_subject(self, lead: str) -> str:
        match = self.patterns.subject.search(lead)
        return self.patterns.subject_names[match.lastindex - 1] if match and match.lastindex else ""

    def _subject(self, lead: str, figure: Figure, end: int) -> str:
        if name := self._known_subject(lead):
            return name
        for name, pattern in self.patterns.counted:
            if figure.unit not in UNITS and pattern.match(self.reading, end):
                return name
        words = self._words(lead)
        if figure.unit not in UNITS and not words and (noun := _NOUN.match(self.reading, end)):
            words = noun[0]
        return self.latest.name if self.patterns.same_subject.fullmatch(words) else words

    def _threshold_subject(self, lead: str, figure: Figure, end: int) -> str:
        noun = _NOUN.match(self.reading, end)
        return self._words(lead) + self.prose.text[figure.start : noun.end() if noun else end]

    def _words(self, lead: str) -> str:
        """The words of the clause before a figure without what merely leads to it."""
        last = _LAST_CLAUSE.search(lead)
        words = last[0] if last else ""
        before = self.patterns.before_subject.match(words)
        words = self.patterns.inside_subject.sub("", words[before.end() :] if before else words)
        after = self.patterns.after_subject.search(words)
        return words[: after.start()] if after else words


def _last_place(value: Decimal) -> Decimal:
    """One unit of the last printed place: 0.01 for 3.90."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)

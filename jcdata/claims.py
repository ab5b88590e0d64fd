"""The figures that the prose of a disclosure states, each with its subject, its kind and its line.

A sentence is read clause by clause. What a figure is follows from its unit and the words right before it; what
it is about, from the vocabulary in `specs/claims.toml` or else from the words of its clause. A change is about
the subject that heads its statement (预算收入总计…，其中：…，比上年增加…), unless that one has been compared already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from jcdata.amounts import UNITS
from jcdata.documents import Line
from jcdata.prose import Figure, Prose, figure_pattern, find_figures
from jcdata.schema import Claim
from jcdata.sections import Section
from jcdata.specs import SPECS, read_toml

LEAD = 60  # signs before a figure in which the words are looked for that say what it is
MAX_SENTENCE = 600

_SENTENCE = re.compile("[^。!?]*[。!?;]*")
_CLAUSE = re.compile(r"(?:[^，,;]|(?<=\d),(?=\d))*[，,;]*")
_LAST_CLAUSE = re.compile(r"[^，,;。:]*$")
_NOUN = re.compile(r"[^，,;。:()\d]{0,20}")


class Patterns(NamedTuple):
    """The content of `specs/claims.toml`, compiled; the keys are explained there."""

    figure: re.Pattern[str]
    percentages: frozenset[str]
    heading: re.Pattern[str]
    increase: re.Pattern[str]
    decrease: re.Pattern[str]
    comparison: re.Pattern[str]
    unchanged: re.Pattern[str]
    reason: re.Pattern[str]
    reason_end: re.Pattern[str]
    threshold: re.Pattern[str]
    same_subject: re.Pattern[str]
    before_subject: re.Pattern[str]
    inside_subject: re.Pattern[str]
    after_subject: re.Pattern[str]
    subject: re.Pattern[str]
    subject_names: tuple[str, ...]
    counted: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def load_patterns() -> Patterns:
    """Read `specs/claims.toml`. Raises SpecError for a key that is not known."""
    spec = read_toml(
        SPECS / "claims.toml",
        {"percentages", "counts", "heading", "increase", "decrease", "change_ending", "comparison", "unchanged", "reason",
         "reason_end", "threshold", "same_subject", "before_subject", "inside_subject", "after_subject", "subjects", "counted"},
    )  # fmt: skip
    money = sorted(UNITS, key=len, reverse=True)
    subjects = "|".join(f"({_without_groups(pattern)})" for pattern in spec["subjects"].values())
    after_subject = f"(?:{_without_groups(spec['after_subject'])})$"
    subject = f"(?:{subjects}){after_subject}"
    return Patterns(
        figure=figure_pattern([*money, *spec["percentages"], *spec["counts"]]),
        percentages=frozenset(spec["percentages"]),
        heading=re.compile(spec["heading"]),
        increase=re.compile(f"(?:{'|'.join(spec['increase'])}){spec['change_ending']}$"),
        decrease=re.compile(f"(?:{'|'.join(spec['decrease'])}){spec['change_ending']}$"),
        comparison=re.compile(spec["comparison"]),
        unchanged=re.compile(spec["unchanged"]),
        reason=re.compile(spec["reason"]),
        reason_end=re.compile(_without_groups(spec["reason_end"]) + subject),
        threshold=re.compile(spec["threshold"]),
        same_subject=re.compile(spec["same_subject"]),
        before_subject=re.compile(spec["before_subject"]),
        inside_subject=re.compile(spec["inside_subject"]),
        after_subject=re.compile(after_subject),
        subject=re.compile(subject),
        subject_names=tuple(spec["subjects"]),
        counted=tuple((name, re.compile(pattern)) for name, pattern in spec["counted"].items()),
    )


def _without_groups(pattern: str) -> str:
    """The pattern with groups that capture nothing, so that the number of the captured group tells the subject."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def read_claims(document_id: str, sections: Sequence[Section]) -> list[Claim]:
    """Every figure that the numbered passages of the prose state, in order, with what it is about.

    `value` is as printed, negative for a decrease; `unit` as printed; `amount_yuan` only for money. Comparisons
    without a figure (与上年持平) come as implied changes of 0. Figures in explanations (主要原因是…) are no claims.
    """
    claims: list[Claim] = []
    for section in sections:
        if section.kind == "passage":
            for paragraph in find_paragraphs(section.lines):
                reader = _ParagraphReader(paragraph)
                claims += [
                    Claim(document_id, no, section.number, *statement)
                    for no, statement in enumerate(reader.read(), start=len(claims) + 1)
                ]
    return claims


def find_paragraphs(lines: Sequence[Line]) -> Iterator[Prose]:
    """The lines of a passage joined; a heading (（一）…, 1、…) stands alone."""
    heading = load_patterns().heading
    pieces: list[tuple[int, str]] = []
    for line in lines:
        alone = Prose([(line.no, line.text)])
        if heading.fullmatch(alone.reading):
            yield from (Prose(pieces), alone)
            pieces = []
        else:
            pieces.append((line.no, line.text))
    yield Prose(pieces)


class _Statement(NamedTuple):
    """A claim without its place in the document; the fields are those of Claim."""

    subject: str
    kind: str
    value: Decimal
    unit: str
    amount_yuan: Decimal | None
    is_implied: bool
    sentence: str
    line_no: int


class _ParagraphReader:
    """Reads a paragraph from its first figure to its last, remembering what was spoken of."""

    def __init__(self, prose: Prose) -> None:
        self.prose, self.reading, self.patterns = prose, prose.reading, load_patterns()
        self.sentence = (0, 0)
        self.lead_start = 0  # where the words begin that lead to the next figure
        self.latest = _Subject("", "")
        self._begin_statement()

    def _begin_statement(self) -> None:
        self.head: _Subject | None = None
        self.head_is_compared = False
        self.compared: _Subject | None = None  # what the last change was about, until another subject is stated

    def read(self) -> Iterator[_Statement]:
        for sentence in _SENTENCE.finditer(self.reading):
            self.sentence, self.lead_start = sentence.span(), sentence.start()
            self._begin_statement()
            explains = False
            for clause in _CLAUSE.finditer(self.reading, *sentence.span()):
                figures = list(find_figures(self.reading, self.patterns.figure, *clause.span()))
                if explains and figures and self._ends_reason(clause.start(), figures[0].start):
                    explains = False
                    self._begin_statement()
                if not explains:
                    reason = self.patterns.reason.search(self.reading, *clause.span())
                    explains = reason is not None
                    yield from self._read_clause(figures, clause.start(), reason.start() if reason else clause.end())
                if clause[0].endswith(";"):
                    self._begin_statement()

    def _ends_reason(self, start: int, end: int) -> bool:
        return bool(self.patterns.reason_end.match(self.reading[max(start, end - LEAD) : end]))

    def _read_clause(self, figures: Sequence[Figure], start: int, end: int) -> Iterator[_Statement]:
        figures = [figure for figure in figures if figure.start < end]
        for position, figure in enumerate(figures):
            threshold = self.patterns.threshold.match(self.reading, figure.end, end)
            if threshold and position + 1 < len(figures):
                continue  # 价值50万元以上的通用设备3台: part of the name of what is counted
            yield self._read_figure(figure, threshold.end() if threshold else 0)
            self.lead_start = figure.end
        if unchanged := self.patterns.unchanged.search(self.reading, start, end):
            subject = self._find_compared()
            zero = Decimal(0)
            amount = zero if subject.unit in UNITS else None
            yield self._state(subject, "delta", zero, subject.unit, amount, unchanged.start(), is_implied=True)

    def _read_figure(self, figure: Figure, threshold_end: int) -> _Statement:
        lead = self.reading[max(self.lead_start, figure.start - LEAD) : figure.start]
        unit = self.prose.text[figure.end - len(figure.unit) : figure.end].replace("％", "%")
        decrease = self.patterns.decrease.search(lead)
        change = decrease or self.patterns.increase.search(lead)
        value, amount = figure.value, figure.amount_yuan
        if decrease:
            value, amount = -abs(value), None if amount is None else -abs(amount)
        if change:
            kind = "growth" if figure.unit in self.patterns.percentages else "delta"
            subject = self._find_compared(lead[: change.start()])
        elif figure.unit in self.patterns.percentages:
            kind = "share"
            name = self._known_subject(lead.partition("占")[0])
            subject = _Subject(name, unit) if name else self.latest
        else:
            kind = "count" if figure.unit not in UNITS else "amount"
            name = (
                self._threshold_subject(lead, figure, threshold_end) if threshold_end else self._subject(lead, figure)
            )
            subject = self._speak_of(_Subject(name, unit))
        return self._state(subject, kind, value, unit, amount, figure.start)

    def _state(
        self, subject: _Subject, kind: str, value: Decimal, unit: str, amount: Decimal | None, position: int,
        is_implied: bool = False,
    ) -> _Statement:  # fmt: skip
        start = max(self.sentence[0], position - MAX_SENTENCE // 2)
        sentence = self.prose.text[start : min(self.sentence[1], start + MAX_SENTENCE)]
        return _Statement(
            subject.name, kind, value, unit, amount, is_implied, sentence, self.prose.line_at(position)
        )  # fmt: skip

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

    def _subject(self, lead: str, figure: Figure) -> str:
        if name := self._known_subject(lead):
            return name
        for name, pattern in self.patterns.counted:
            if figure.unit not in UNITS and pattern.match(self.reading, figure.end):
                return name
        words = self._words(lead)
        if figure.unit not in UNITS and not words and (noun := _NOUN.match(self.reading, figure.end)):
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


class _Subject(NamedTuple):
    """What figures are about, and the unit in which it is measured."""

    name: str
    unit: str

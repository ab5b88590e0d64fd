"""The figures of one paragraph of prose.

A sentence is read clause by clause. What a figure is follows from its unit and the words right before it; what
it is about, from the words of its clause, under a common name of `specs/claims.toml` if they have one. A change is about
the subject that heads its statement (预算收入总计…，其中：…，比上年增加…), unless that one has been compared already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from jcdata.documents.joined_text import Prose
from jcdata.figures import Figure, find_figures, find_worded_figures
from jcdata.prose.claim_patterns import PRINTED_FIGURE, load_patterns
from jcdata.prose.figure_claims import FigureReader, Source
from jcdata.prose.passages import Passage
from jcdata.prose.subjects import Item, Subject, find_item
from jcdata.schema import Claim

LEAD = 80  # signs before a figure in which the words are looked for that say what it is
MOST_EXPLAINED = (
    60  # claims before an explanation among which those are looked for that it explains
)

_AGAINST_BUDGET = {
    "more": "more_than_budget", "less": "less_than_budget", "equal": "equal_to_budget",
}  # fmt: skip
_SENTENCE = re.compile("[^。!?]*[。!?;]*")
_CLAUSE = re.compile(r"(?:[^，,;]|(?<=\d),(?=\d))*[，,;]*")


class UnreadFigures(NamedTuple):
    """Figures of the prose that no claim holds, with the line and the heading of the passage."""

    line_no: int
    title: str
    figures: list[str]


class ParagraphReader:
    """Reads a paragraph from its first figure to its last.

    `numbers` counts the claims of the document; `above` is the item of the classification that headings above name.
    `heading` is the 类 or 款 that this one names, of which the items below it are parts; `label` the subject that the
    heading right above it names, or else its own first words (公务接待费：…); `headed` the latest one further above, which
    figures are about that nothing else says it of (年度预算安排：2033年安排…).
    """

    def __init__(
        self,
        prose: Prose,
        passage: Passage,
        source: Source,
        numbers: Iterator[int],
        above: Item | None,
        label: str,
        headed: str,
    ) -> None:
        self.prose, self.reading, self.patterns = prose, prose.reading, load_patterns()
        self.passage, self.numbers = passage, numbers
        self._figures = FigureReader(prose, passage, source, above, headed)
        self.label, self.headed = label, headed
        self.spoken = self._figures.spoken
        self.heading: Item | None = None
        self._above = above
        self._claims: list[Claim] = []
        self._first = 0  # claim of the statement
        self._first_part = 0  # claim of the parts that it names
        self._lead_start = 0  # where the words begin that lead to the next figure
        self._is_read = bytearray(
            len(self.reading)
        )  # of each sign, whether a claim or a name holds it
        self._brackets = (0, 0)  # up to which sign they are counted, and how many of them are open

    def read(self) -> list[Claim]:
        """The claims of all sentences."""
        own = self.patterns.words["label"].match(self.reading)
        self.label = self._figures.names.label(own["words"]) if own else self.label
        self.headed = self.label or self.headed
        if self.label:
            self.spoken.name_item(Subject(self.label))
        for sentence in _SENTENCE.finditer(self.reading):
            if sentence[0]:
                self._read_sentence(*sentence.span())
        return self._claims

    def find_unread(self) -> Iterator[UnreadFigures]:
        """The printed figures that became no part of a claim, by their lines."""
        words = self.patterns.words
        found: dict[int, list[str]] = {}
        spans = {
            match.span()
            for pattern in (
                PRINTED_FIGURE,
                self.patterns.figure,
                words["vague"],
                words["uncounted"],
            )
            for match in pattern.finditer(self.reading)
        }
        for start, end in sorted(spans):
            if not any(self._is_read[start:end]):
                self._mark_read(start, end)
                found.setdefault(self.prose.line_at(start), []).append(self.prose.text[start:end])
        for line_no, figures in found.items():
            yield UnreadFigures(line_no, self.passage.title, figures)

    def _read_sentence(self, start: int, end: int) -> None:
        self._figures.sentence, self._lead_start = (start, end), start
        self.spoken.begin_sentence(
            in_parts=bool(self.patterns.words["parts_begin"].match(self.reading, start))
        )
        self._see_item(start, end)
        self._see_label(start, end)
        explained, reason_start, is_cause, before = "", -1, False, ""
        for clause in _CLAUSE.finditer(self.reading, start, end):
            # 主要原因是…: its figures explain, till a subject is given its own again.
            if reason_start >= 0 and self._ends_reason(*clause.span(), before[-1:] == ";"):
                self._keep_reason(explained, reason_start, clause.start(), is_cause)
                reason_start = -1
                self.spoken.begin_statement()
            figures, before = self._find(*clause.span()), clause[0]
            if reason_start >= 0:
                self._explain(figures)
                continue
            reason = self.patterns.words["reason"].search(self.reading, *clause.span())
            if reason and not self._explains_something(reason[0]):
                reason = None
            stop = reason.start() if reason else clause.end()
            self._read_clause([f for f in figures if f.start < stop], clause.start(), stop)
            if reason:
                explained = self.reading[clause.start() : stop]
                is_cause = bool(self.patterns.words["cause"].search(reason[0]))
                reason_start = self._lead_start = reason.end()
                self._explain([f for f in figures if f.start >= stop])
            elif clause[0].endswith(";"):
                self.spoken.end_statement(self.reading[clause.end() : end])
        if reason_start >= 0:
            self._keep_reason(explained, reason_start, end, is_cause)
        self._notice_brackets(end)
        self._compare_with_budget(start, end)

    def _find(self, start: int, end: int) -> list[Figure]:
        return sorted(
            [
                *find_figures(self.reading, self.patterns.figure, start, end),
                *find_worded_figures(self.reading, self.patterns.worded_figure, start, end),
            ]
        )

    def _see_item(self, start: int, end: int) -> None:
        """An item that the sentence names before its first figure is what the figures without another subject are about."""
        figure = self.patterns.figure.search(self.reading, start, end)
        item = find_item(self.reading[start : figure.start() if figure else end])
        if item:
            item = item.below(self._above)
            if item.names[-1] is None:
                self.heading = item
            self.spoken.name_item(Subject(item.name, "", item))

    def _see_label(self, start: int, end: int) -> None:
        """A numbered subject alone heads the sentences behind it: 2.公务接待费。 A summary names its project: “人民调解”项目绩效自评综述：…"""
        words = self.patterns.words
        label = words["label"].match(self.reading, start, end)
        if not label or not (
            words["score"].search(label["words"]) or (label[1] and label.end() == end)
        ):
            return
        if name := self._figures.names.label(label["words"]):
            self.spoken.name_item(Subject(name))

    def _ends_reason(self, start: int, end: int, is_new: bool) -> bool:
        """Whether a clause states something itself; `is_new` says that it stands behind a semicolon."""
        spec = self.patterns.words
        if spec["use_begins"].match(self.reading, start):
            return True
        figure = next(find_figures(self.reading, self.patterns.figure, start, end), None)
        if not figure:
            return False
        lead = self.reading[max(start, figure.start - LEAD) : figure.start]
        change = self.patterns.increase.search(lead) or self.patterns.decrease.search(lead)
        if change and not (figure.is_money or self.patterns.is_rate(figure)):
            return False  # 更新公务用车1辆，较上年减少2辆
        if spec["statement_begins"].match(lead) or self.patterns.reason_end.match(lead):
            return True
        names = self.spoken.names
        if is_new and names.known_before(lead):
            return True
        begins_line = start > 0 and self.prose.line_at(start) > self.prose.line_at(start - 1)
        is_compared = spec["statement_begins"].match(self.reading, end)
        if is_new and (begins_line or is_compared) and names.noun(names.words(lead)):
            return True
        if not (is_new and change) or spec["explanation_goes_on"].match(lead):
            return False
        before = spec["comparison"].sub("", lead[: change.start()])
        return bool(names.known_before(before) or names.noun(names.words(before)))

    def _explains_something(self, words: str) -> bool:
        """Whether 主要是 explains: where nothing changed, it only says what something is made of."""
        changes = any(c.kind in ("delta", "growth") for c in self._claims[self._first :])
        return changes or bool(self.patterns.words["cause"].search(words))

    def _keep_reason(self, explained: str, start: int, end: int, is_cause: bool) -> None:
        """Put the words of an explanation to the changes that it explains, else to what was stated last.

        `explained` are the words before it: 公务接待费减少的; `is_cause` says that it is introduced as one.
        """
        reason = self.prose.text[start:end].strip("：:，,；;。、 ")
        said = self.patterns.words["explained"].sub("", self.spoken.names.words(explained))
        recent = range(max(0, len(self._claims) - MOST_EXPLAINED), len(self._claims))
        own = self._explainable(i for i in recent if i >= self._first)
        if said:
            named = [
                i
                for i in self._explainable(recent)
                if Subject(self._claims[i].subject).is_called(said)
            ]
            own = named or own
        changes = [i for i in own if self._claims[i].kind in ("delta", "growth")]
        # 比上年减少…，其中：公务接待费减少…，主要原因是…: explains what was said last, the change of the part.
        changes = [i for i in changes if i >= self._first_part] or changes
        completions = [i for i in own if self._claims[i].kind == "completion"]
        stated = own[-1:] if is_cause else []  # 主要是 alone says what something is made of
        is_about_budget = any(
            self.patterns.words[words].search(explained) for words in _AGAINST_BUDGET.values()
        )
        for i in (completions if is_about_budget else changes) or completions or changes or stated:
            self._claims[i] = self._claims[i]._replace(reason=reason or None)
        self._first = len(self._claims)

    def _explainable(self, numbers: Iterable[int]) -> list[int]:
        claims = ((i, self._claims[i]) for i in numbers)
        return [i for i, claim in claims if not (claim.in_reason or claim.reason)]

    def _compare_with_budget(self, start: int, end: int) -> None:
        """Note what the sentence says of the latest actual amount beside its budget."""
        for said, words in _AGAINST_BUDGET.items():
            if not self.patterns.words[words].search(self.reading, start, end):
                continue
            for i in range(len(self._claims) - 1, -1, -1):
                claim = self._claims[i]
                if claim.kind == "amount" and claim.basis == "actual" and not claim.in_reason:
                    self._claims[i] = claim._replace(against_budget=said)
                    break

    def _explain(self, figures: Sequence[Figure]) -> None:
        self._figures.explains = True
        with self.spoken.aside():
            for figure in figures:
                self._read_figure(figure, figure.end)
        self._figures.explains = False

    def _read_clause(self, figures: Sequence[Figure], start: int, end: int) -> None:
        first = figures[0].start if figures else end
        if self.patterns.words["parts"].search(self.reading, start, first):
            self.spoken.begin_parts()
            self._first_part = len(self._claims)
        for figure, later in zip_longest(figures, figures[1:]):
            threshold = self._threshold(figure, end)
            if self._is_of_range(figure):
                continue
            if threshold and later:
                # 价值50万元以上的通用设备3台: part of the name of what is counted
                self._mark_read(figure.start, figure.end)
            else:
                self._notice_brackets(figure.start)
                self._read_figure(figure, threshold.end() if threshold else figure.end)
        unchanged = self.patterns.words["unchanged"].search(self.reading, start, end)
        if unchanged:
            self._notice_brackets(unchanged.start())
            self._read_unchanged(max(start, self._lead_start), unchanged.start())

    def _threshold(self, figure: Figure, end: int) -> re.Match[str] | None:
        """The words that make a figure part of the name of what is counted behind it: 50万元以上的, 超过50万元的."""
        spec = self.patterns.words
        behind = spec["threshold"].match(self.reading, figure.end, end)
        before = self.reading[max(0, figure.start - 3) : figure.start]
        if behind or not spec["threshold_before"].search(before):
            return behind
        return spec["threshold_of"].match(self.reading, figure.end, end)

    def _is_of_range(self, figure: Figure) -> bool:
        """Whether a figure is an end of a range: 3至5万元."""
        spec = self.patterns.words
        before = self.reading[max(0, figure.start - 3) : figure.start]
        return bool(
            spec["range_goes_on"].search(before)
            or spec["range_begins"].match(self.reading, figure.end)
        )

    def _notice_brackets(self, position: int) -> None:
        """What stands in brackets changes nothing of what is spoken of behind them."""
        counted, was_open = self._brackets
        begin = max(counted, self._figures.sentence[0])
        was_open = was_open if begin == counted else 0
        signs = self.reading[begin:position]
        is_open = max(0, was_open + signs.count("(") - signs.count(")"))
        if was_open and ")" in signs:
            self.spoken.end_aside()
        if is_open and (not was_open or ")" in signs):
            self.spoken.begin_aside()
        self._brackets = position, is_open

    def _mark_read(self, start: int, end: int) -> None:
        self._is_read[start:end] = b"\1" * (end - start)

    def _read_unchanged(self, start: int, position: int) -> None:
        claim = self._figures.unchanged(start, position)
        if not claim:
            return
        self._lead_start = position
        last = self._claims[-1] if self._claims else None
        is_said_again = (
            last
            and last.is_implied
            and last._replace(claim_no=0, line_no=0) == claim._replace(line_no=0)
        )
        if not is_said_again:
            self._add(claim)

    def _read_figure(self, figure: Figure, end: int) -> None:
        lead = self.reading[max(self._lead_start, figure.start - LEAD) : figure.start]
        has_head = self.spoken.head is not None
        claim = self._figures.claim(lead, figure, end)
        if not (has_head or self.spoken.head is None or self._figures.explains):
            self._first = len(self._claims)
        if claim:
            self._add(claim)
            self._mark_read(figure.start, figure.end)
        self._lead_start = figure.end
        if claim and claim.kind == "count":
            # 2家事业单位财政拨款的机关运行经费: what is counted leads to no figure behind it.
            counted = self.patterns.words["part_of_name"].match(self.reading, figure.end)
            self._lead_start = counted.end() if counted else figure.end

    def _add(self, claim: Claim) -> None:
        self._claims.append(claim._replace(claim_no=next(self.numbers)))

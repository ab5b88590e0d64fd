"""What a paragraph has spoken of, so that it is known what a figure without a subject of its own is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from jcdata.amounts import UNITS
from jcdata.prose.claim_patterns import load_patterns
from jcdata.prose.subjects import Subject, SubjectNames, known_subject


class _Said(NamedTuple):
    """What a `Spoken` remembers while something else is spoken of."""

    head: Subject | None
    head_is_compared: bool
    compared: Subject | None
    latest: Subject
    whole: Subject | None
    in_parts: bool
    parts: set[str]


class Spoken:
    """The subjects that a paragraph has named so far.

    `head` is the subject of the statement, `latest` that of the figure before, `whole` that of the latest statement which
    is not about parts of another, `compared` what the latest change is about, until another subject is stated.
    """

    def __init__(self, names: SubjectNames) -> None:
        self.names = names
        self.latest = Subject("")
        self._outside: _Said | None = None
        self.whole: Subject | None = None
        self._expense: Subject | None = None
        self._in_parts = False
        self._parts: set[str] = set()  # that the statement has named
        self.begin_statement()

    @property
    def has_several(self) -> bool:
        """Whether the statement has named another subject after its first one."""
        return self.head is not None and self.head.name != self.latest.name

    @property
    def latest_expense(self) -> Subject:
        """The latest subject that money was stated of, or that a heading names; counts are of something else."""
        return self.latest if self.latest.unit in ("", *UNITS) else self._expense or self.latest

    def go_on_with(self, name: str) -> None:
        """What is spoken of, where the last figure was of something about it."""
        self.latest = Subject(name) if name else self._expense or self.latest

    def begin_statement(self) -> None:
        """Begin a sentence, or what follows a semicolon."""
        self.head: Subject | None = None
        self._head_is_compared = False
        self.compared: Subject | None = None
        self._parts = set()

    def end_statement(self, behind: str) -> None:
        """Begin another statement with the words behind a semicolon, unless they only compare the same once more."""
        if not (self.compared and self._only_compares(behind)):
            self.begin_statement()

    def _only_compares(self, words: str) -> bool:
        """Whether words begin with a comparison that names no subject: 较上年减少…"""
        patterns = load_patterns()
        spec = patterns.words
        begun = spec["comparison_begins"].match(words)
        if not begun:
            return False
        ends = [p.search(words) for p in (patterns.figure, spec["unchanged"])]
        lead = words[begun.end() : min((end.start() for end in ends if end), default=None)]
        change = patterns.decrease.search(lead) or patterns.increase.search(lead)
        return not lead or bool(change and not change.start())

    def begin_sentence(self, in_parts: bool) -> None:
        """Begin a sentence, which is about parts of what was spoken of if it begins with 其中."""
        self.begin_statement()
        self._in_parts = in_parts

    def begin_parts(self) -> None:
        """What follows in the sentence are parts of what it is about."""
        self._in_parts, self._parts = True, set()

    def begin_aside(self) -> None:
        """What is named from here on, in brackets or an explanation, changes nothing of what is spoken of."""
        self._outside = _Said(
            head=self.head,
            head_is_compared=self._head_is_compared,
            compared=self.compared,
            latest=self.latest,
            whole=self.whole,
            in_parts=self._in_parts,
            parts=self._parts,
        )
        self.begin_statement()

    def end_aside(self) -> None:
        """Go on with what was spoken of before."""
        if said := self._outside:
            self.head, self._head_is_compared = said.head, said.head_is_compared
            self.compared, self.latest, self.whole = said.compared, said.latest, said.whole
            self._in_parts, self._parts = said.in_parts, said.parts
        self._outside = None

    @contextmanager
    def aside(self) -> Iterator[None]:
        """An aside that ends with the block."""
        self.begin_aside()
        yield
        self.end_aside()

    def name_item(self, subject: Subject) -> None:
        """An item of the classification that the sentence is about."""
        self.latest, self.head, self._expense = subject, None, subject

    def name(self, subject: Subject) -> Subject:
        """A subject that is given its figure."""
        if self.head is None or (subject.is_money and not self.head.is_money):
            self.head = subject  # what was counted before an amount is no head of its statement
            if not self._in_parts:
                self.whole = subject
        if self._in_parts:
            self._parts.add(subject.name)
        self.latest, self.compared = subject, None
        if subject.is_money:
            self._expense = subject
        return subject

    def name_compared(self, subject: Subject) -> Subject:
        """A subject that is named with its change."""
        self.name(subject)
        self.compared, self._head_is_compared = subject, True
        return subject

    def find_compared(self, lead: str = "") -> Subject:
        """What a change is about: the subject named before it, or the head of the statement, or the latest subject."""
        lead = load_patterns().words["comparison"].sub("", lead)
        words = self.names.words(lead)
        told = (self.compared, self.head, self.latest, self.whole)
        known = self.names.known_before(lead)
        called = next(
            (
                s
                for s in told
                if s and ((known and s.name == known) or self._is_called(s, words, known))
            ),
            None,
        )
        if not called and (name := known or self.names.noun(words)):
            return self.name_compared(Subject(name, self.latest.unit))
        if called and self.head is None:
            return self.name_compared(called)
        compared = called or self.compared or self._untold()
        self.compared, self._head_is_compared = compared, True
        return compared

    def _is_called(self, subject: Subject, words: str, known: str) -> bool:
        """Whether words are a shorter name of a subject; two that are known by other names are two."""
        return subject.is_called(words) and not (known and known_subject(subject.name))

    def _untold(self) -> Subject:
        """What a change is about that names no subject."""
        if self.head is None:
            return self.whole if self.whole and not self.latest.item else self.latest
        # With one part only, its own change follows it; with several, the change of the whole follows the last.
        return self.latest if self._head_is_compared or len(self._parts) == 1 else self.head

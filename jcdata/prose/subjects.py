"""What a figure of the prose is about, by the words of its clause."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from jcdata.amounts import UNITS
from jcdata.classification import find_code
from jcdata.codes import LENGTHS, LEVELS
from jcdata.names import short_unit_name
from jcdata.prose.claim_patterns import load_patterns

QUOTES = (("“", "”"), ('"', '"'))
LIKE = 75  # of 100, from which a shorter name is that of the same subject
_OPENED = re.compile(r"^\((?![^()]*\))")  # a bracket that is not closed


class Item(NamedTuple):
    """An item of the functional classification by the names of its 类, 款 and 项, None where they are not said."""

    names: tuple[str | None, str | None, str | None]

    printed_code: str = ""

    @property
    def name(self) -> str:
        """The deepest name."""
        return next(name for name in reversed(self.names) if name)

    def below(self, outer: Item | None) -> Item:
        """The item with what is said above it."""
        if outer is None:
            return self
        first = next(level for level, name in enumerate(self.names) if name)
        names = [*outer.names[:first], *self.names[first:]]
        return self._replace(names=(names[0], names[1], names[2]))

    def code(self, fiscal_year: int | None) -> str:
        """Its code, '' if the names are those of none or of several."""
        return self.printed_code or find_code(self.names, fiscal_year)


class Subject(NamedTuple):
    """What figures are about, and the unit in which it is measured."""

    name: str
    unit: str = ""
    item: Item | None = None

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money, no count."""
        return self.unit in UNITS

    def is_called(self, words: str) -> bool:
        """Whether words are a shorter name of it: 收入 of 收入预算."""
        if not self.name or not words or self.name[0] != words[0] or self.is_opposite(words):
            return False
        return self.name.startswith(words) or fuzz.ratio(self.name, words) >= LIKE

    def is_opposite(self, words: str) -> bool:
        """Whether words are those of the other side: 支出 beside 收入."""
        find = load_patterns().words["opposites"].findall
        own, other = set(find(self.name)), set(find(words))
        return bool(own and other and own.isdisjoint(other))


def find_item(text: str) -> Item | None:
    """The item that words name: 教育支出(类)普通教育(款)小学教育(项), “教育支出-普通教育-小学教育”科目, or with its code."""
    spec = load_patterns().words
    if path := spec["item_path"].search(text):
        parts = re.split(r"[-—－/]+", path["path"] or path["quoted"] or _name(path["unquoted"]))
        said = [name for part in parts if (name := _unmarked(part))]
        if said and len(parts) <= len(LEVELS):
            padded: list[str | None] = [*said, None, None]
            return Item((padded[0], padded[1], padded[2]))
    if coded := spec["item_with_codes"].search(text):
        digits = "".join(coded.group("class", "division", "item"))
        return Item((None, None, coded["name"]), digits)
    coded = spec["item_with_code"].search(text)
    if coded and (name := _name(coded["name"] or coded["name_behind"])):
        return Item((None, None, name), coded["code"] or coded["code_before"])
    digits = "".join(match["digits"] for match in spec["marked_digits"].finditer(text))
    text = spec["marked_digits"].sub(r"(\g<mark>)", text)
    names: list[str | None] = [None, None, None]
    end = 0
    for level, mark in enumerate(LEVELS):
        position = text.rfind(f"({mark})")
        if position < end:
            continue
        before = spec["item_begins_after"].search(text, end, position)
        lead = before[0] if before else ""
        if numbered := spec["level_before" if level else "class_before"].search(lead):
            digits += numbered["digits"]
            lead = lead[: numbered.start("digits")] + lead[numbered.end() :]
        names[level] = _name(lead) or None
        end = position + len(mark) + 2
    code = digits if len(digits) in LENGTHS else ""
    return Item((names[0], names[1], names[2]), code) if any(names) else None


def _unmarked(name: str) -> str:
    """行政运行(项) without what says its level."""
    return next((name[: -len(f"({m})")] for m in LEVELS if name.endswith(f"({m})")), name)


def _name(words: str) -> str:
    """The name of an item without its ordinal and what leads to its figure."""
    spec = load_patterns().words
    ordinal = spec["item_ordinal"].match(words)
    words = words[ordinal.end() :] if ordinal else words
    after = spec["leads_to_figure"].search(words)
    return _unquoted(words[: after.start()] if after else words)


def _unquoted(name: str) -> str:
    """A name without quotation marks around it, or one that is not closed in it."""
    for opening, closing in QUOTES:
        inner = name.removeprefix(opening).removesuffix(closing)
        is_around = name.startswith(opening) and name.endswith(closing) and closing not in inner
        if is_around:
            return inner
        if name.count(opening) > name.count(closing):
            name = name.removeprefix(opening)
        elif name.count(closing) > name.count(opening):
            name = name.removesuffix(closing)
    return name


@lru_cache(maxsize=4096)  # several rules ask it of the same words
def known_subject(words: str) -> str:
    """The common name of a subject, '' for one that is not known or has a qualifier that makes it another."""
    patterns = load_patterns()
    match = patterns.subject.search(words)
    if not match or not match.lastindex:
        return ""
    before = _last_clause(words[: match.start()])
    spec = patterns.words
    if spec["qualifier"].search(before) or not spec["before_known"].fullmatch(before):
        return ""
    return patterns.subject_names[match.lastindex - 1]


def _last_clause(text: str) -> str:
    clause = load_patterns().words["last_clause"].search(text)
    return clause[0] if clause else ""


class SubjectNames:
    """Reads the names of subjects in a document, whose own name is part of none."""

    def __init__(self, unit_name: str) -> None:
        self.unit_name, self.patterns = short_unit_name(unit_name), load_patterns()

    def words(self, lead: str) -> str:
        """The words of the clause before a figure without what merely leads to it."""
        spec = self.patterns.words
        words = re.sub("[，,]", "", _last_clause(self._without_unit(lead)))
        words = _OPENED.sub("", words)
        before = spec["before_subject"].match(words)
        words = spec["inside_subject"].sub("", words[before.end() :] if before else words)
        if known_subject(words):
            return words
        after = spec["leads_to_figure"].search(words)
        return _unquoted(words[: after.start()] if after else words)

    def label(self, words: str) -> str:
        """The subject that a heading or the first words of a paragraph name: 公务接待费 of 公务接待费情况."""
        score = self.patterns.words["score"].search(words)
        if score and not self.patterns.words["same_subject"].fullmatch(words[: score.start()]):
            return words[: score.start()]
        short = self.patterns.words["label_ending"].sub("", words)
        return self.known_before(words) or self.known_before(short) or self.noun(short)

    def noun(self, words: str) -> str:
        """The words if they are a subject, though none that is known."""
        spec = self.patterns.words
        is_one = spec["noun"].fullmatch(words) and not spec["same_subject"].fullmatch(words)
        return words if is_one else ""

    def known_before(self, lead: str) -> str:
        """The common name of the subject that the words before a figure name, '' if they name none that is known."""
        return known_subject(self._without_unit(lead)) or known_subject(self.words(lead))

    def _without_unit(self, lead: str) -> str:
        return lead.rpartition(self.unit_name)[2] if self.unit_name else lead

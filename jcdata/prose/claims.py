"""The figures that the prose of a disclosure states, each with its subject, its kind, its basis and its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.documents.joined_text import Prose
from jcdata.figures import reading_of
from jcdata.prose.claim_patterns import PRINTED_FIGURE, load_patterns
from jcdata.prose.figure_claims import Source
from jcdata.prose.paragraphs import ParagraphReader, UnreadFigures
from jcdata.prose.passages import Passage
from jcdata.prose.subjects import Item, Subject, SubjectNames, known_subject
from jcdata.schema import Claim
from jcdata.text import squeeze

_ENDS = ("。", ";", ":")


class Statements(NamedTuple):
    """What the prose of a document states, and what of it could not be read."""

    claims: list[Claim]
    unread: list[UnreadFigures]


def read_claims(source: Source, passages: Sequence[Passage]) -> Statements:
    """Every figure that the passages state, in order, with what it is about.

    `value` is as printed, negative for a decrease; `unit` as printed; `amount_yuan` only for money. Comparisons
    without a figure (与上年持平) come as implied changes of 0. Figures in explanations (主要原因是…) say `in_reason`.
    """
    numbers = count(1)
    claims: list[Claim] = []
    unread: list[UnreadFigures] = []
    spec = load_patterns().words
    for passage in passages:
        above: Item | None = None
        label = headed = ""
        wholes: list[Subject] = []  # whose parts were listed
        for paragraph in find_paragraphs(passage.lines):
            reader = ParagraphReader(paragraph, passage, source, numbers, above, label, headed)
            again = spec["whole_again"].match(paragraph.reading)
            if again and wholes and not label:
                called = (whole for whole in reversed(wholes) if whole.is_called(again["side"]))
                reader.spoken.whole = next(called, Subject(again["side"]))
            found = reader.read()
            claims += found
            unread += reader.find_unread()
            above = reader.heading or above
            label, headed = "" if found else reader.label, reader.headed
            if paragraph.reading.endswith(":") and reader.spoken.whole:
                wholes.append(reader.spoken.whole)
    return Statements(claims, unread)


def find_paragraphs(lines: Sequence[Line]) -> Iterator[Prose]:
    """The lines of a passage joined; a heading (（一）…, 1、…) stands alone; an item of a list begins another paragraph,
    as does what is said of their whole behind them.
    """
    spec, names = load_patterns().words, SubjectNames("")
    pieces: list[tuple[int, str]] = []
    ended, listed = False, set[str]()
    for line in lines:
        piece = (line.no, line.text)
        key = reading_of(squeeze(line.text))
        if spec["heading"].fullmatch(key) and not PRINTED_FIGURE.search(key):
            yield from (Prose(pieces), Prose([piece]))
            pieces = []
        elif (
            spec["item_begins"].match(key)
            or _has_label(key, names, ended)
            or (ended and (again := spec["whole_again"].match(key)) and again["side"] in listed)
        ):
            yield Prose(pieces)
            pieces = [piece]
        else:
            pieces.append(piece)
        ended = key[-1:] in _ENDS
        if key.endswith(":"):
            listed.update(spec["list_of"].findall(Prose(pieces).reading))
    yield Prose(pieces)


def _has_label(key: str, names: SubjectNames, ended: bool) -> bool:
    """Whether a line begins with the subject of its figures: 公务接待费：2024年安排…

    Behind a line that did not end a sentence (`ended`), only a subject that is known is one.
    """
    label = load_patterns().words["label"].match(key)
    is_subject = names.label if ended else known_subject
    return bool(label and key[label.end() - 1] == ":" and is_subject(label["words"]))

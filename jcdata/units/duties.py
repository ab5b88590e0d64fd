"""What a unit is there for: the list of duties (主要职责) below its heading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.figures import reading_of
from jcdata.numerals import chinese_value
from jcdata.schema import Duty
from jcdata.spec_files import patterns
from jcdata.text import squeeze
from jcdata.units.sentences import patterns_of

_MAX_HEADING = (
    30  # characters of a line above a heading without an ordinal, if no sentence ends there
)


class _Piece(NamedTuple):
    """A line, or a part of one that begins with an ordinal: its style and number, '' and 0 without one.

    `printed` is the text with the ordinal.
    """

    line_no: int
    printed: str
    text: str
    style: str
    number: int


def read_duties(document_id: str, lines: Sequence[Line]) -> list[Duty]:
    """The duties that the prose of a document lists below the first heading of such a list, in order.

    `lines` are those of the prose. Parts of a duty with ordinals of their own belong to it. Paragraphs without ordinals
    are duties where no list is; what stands before a list introduces it.
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    for place, piece in enumerate(pieces):
        if rest := _below_heading(pieces, place):
            found = _listed(rest, piece) or _paragraphs(rest, piece)
            if found:
                return [
                    Duty(document_id=document_id, duty_no=number, text=text, line_no=line_no)
                    for number, (text, line_no) in enumerate(found, start=1)
                ]
    return []


def _pieces(line: Line) -> Iterator[_Piece]:
    """A line, parted where an ordinal begins it or stands behind the end of a clause."""
    text = squeeze(line.text)
    ordinals = list(patterns_of("duties")["ordinal"].finditer(reading_of(text)))
    bounds = [*(match.start() for match in ordinals), len(text)]
    if first := bounds[0]:
        yield _Piece(line_no=line.no, printed=text[:first], text=text[:first], style="", number=0)
    for match, (_, end) in zip(ordinals, pairwise(bounds), strict=True):
        kind = match.lastgroup or ""
        yield _Piece(
            line_no=line.no,
            printed=text[match.start() : end],
            text=text[match.end() : end],
            style=match["mark"] + kind,
            number=_value(match[kind]),
        )


def _value(ordinal: str) -> int:
    """The number of an ordinal; 0 for what only looks like one."""
    if len(ordinal) == 1:
        return int(unicodedata.numeric(ordinal))
    return int(chinese_value(ordinal) or 0)


def _below_heading(pieces: Sequence[_Piece], place: int) -> Sequence[_Piece]:
    """What follows a heading of duties; nothing where a piece is none."""
    piece, spec = pieces[place], patterns_of("duties")
    before = pieces[place - 1].text if place else ""
    is_free = piece.style or len(before) <= _MAX_HEADING or spec["clause_end"].search(before)
    key = reading_of(piece.text)
    if is_free and spec["heading"].fullmatch(key):
        return pieces[place + 1 :]
    if announced := spec["announces"].match(key):
        text = piece.text[announced.end() :]
        rest = piece._replace(printed=text, text=text, style="", number=0)
        return [rest, *pieces[place + 1 :]] if text else pieces[place + 1 :]
    return []


def _ends(piece: _Piece, heading: _Piece, style: str) -> bool:
    """Whether a piece is a heading of something else than the duties, which have ordinals of a style."""
    words = reading_of(piece.text)
    spec = patterns_of("duties")
    if spec["next_part"].match(words):
        return True
    is_next = bool(heading.style) and (piece.style, piece.number) == (
        heading.style,
        heading.number + 1,
    )
    if is_next and style != heading.style:
        return True
    is_heading = patterns("passages")["heading"].fullmatch(words) and not spec["clause_end"].search(
        words
    )
    return bool(is_heading) and bool(
        patterns("passages")["title"].fullmatch(words)
        or (piece.style and patterns("passages")["profile"].search(words))
    )


def _listed(pieces: Sequence[_Piece], heading: _Piece) -> list[tuple[str, int]]:
    """The duties of a list with their lines: what follows an ordinal up to the next number of its style."""
    found: list[tuple[str, int]] = []
    style = ""
    for piece in pieces:
        if _ends(piece, heading, style):
            break
        if not found and piece.number == 1:
            style = piece.style
        if style and piece.style == style and piece.number == len(found) + 1:
            found.append((piece.text, piece.line_no))
        elif found and piece.style == style:
            break
        elif found:
            text, line_no = found[-1]
            found[-1] = text + piece.printed, line_no
    return found


def _paragraphs(pieces: Sequence[_Piece], heading: _Piece) -> list[tuple[str, int]]:
    """The paragraphs below a heading with their lines; each ends with a sentence."""
    found: list[tuple[str, int]] = []
    is_open = False
    for piece in pieces:
        if piece.style or _ends(piece, heading, ""):
            break
        if is_open:
            found[-1] = found[-1][0] + piece.text, found[-1][1]
        else:
            found.append((piece.text, piece.line_no))
        is_open = not patterns_of("duties")["sentence_end"].search(piece.text)
    return [] if is_open else found

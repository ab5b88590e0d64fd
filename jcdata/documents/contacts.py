"""Contact details, which are masked before anything is stored: numbers and addresses of persons, names of contact persons.

They are looked for in the line as people read it, with invisible signs and markup removed, and masked where they stand in
the line as it is stored, which keeps its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from jcdata.spec_files import patterns
from jcdata.text import fold, markup_spans

MASK = "*"
LABEL = 40  # characters of a label at the end of a line
_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９（）：，；／｜＋－—–‐‑−＠．　\xa0", "0123456789():,;/|+------@.  "
)
_LABELLED = (
    "after_phone_label",
    "after_name_label",
    "after_name",
    "after_account_label",
    "after_chat_label",
)
_AMOUNT = re.compile(r"\s*-?\d[\d,]*(?:\.\d+)?%?\s*")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_SIGNS = "10X98765432"

Span = tuple[int, int]


class _Reading(NamedTuple):
    """A line as patterns are written for, with the place in the line of each of its characters."""

    text: str
    places: Sequence[int]

    def span(self, begin: int, end: int) -> Span:
        """Where a part of the reading stands in the line, with what is invisible inside it."""
        return self.places[begin], self.places[end - 1] + 1


class ContactMask:
    """Masks the contact details of one line after another; a label may stand in the line before, or head a column."""

    def __init__(self) -> None:
        self._previous = ""
        # The columns of a table -> the pattern of what their headings announce
        self._columns: Mapping[int, str] = {}

    def __call__(self, line: str) -> str:
        """The line with its contact details masked by asterisks of the same length."""
        if not line or line.isspace():
            return line
        reading, columns, contacts = _see(line)
        spans = [*self._continued(reading)]
        if columns or ("\t" not in line and "|" not in line):
            self._columns = columns
        elif self._columns:
            spans += self._below_headings(reading)
        spans += contacts
        self._previous = reading.text[-LABEL:]
        return _masked(line, [reading.span(*span) for span in spans])

    def _continued(self, reading: _Reading) -> Iterator[Span]:
        """A number or name whose label ended the line before."""
        spec = patterns("contacts")
        if not spec["may_be_labelled"].search(self._previous):
            return
        for label, begin in (
            ("ends_with_phone_label", "begins_with_phone"),
            ("ends_with_name_label", "begins_with_name"),
        ):
            if spec[label].search(self._previous):
                match = spec[begin].match(reading.text)
                if match and not spec["years"].fullmatch(match["secret"]):
                    yield match.span("secret")

    def _below_headings(self, reading: _Reading) -> Iterator[Span]:
        """Names and numbers in the columns that a row above heads as such."""
        for number, cell in enumerate(_cells(reading.text)):
            pattern = self._columns.get(number)
            match = pattern and patterns("contacts")[pattern].fullmatch(cell[0])
            if match:
                yield cell[1] + match.start("secret"), cell[1] + match.end("secret")


def mask_contacts(text: str) -> str:
    """A text that stands alone, such as a remark or a file's name, with its contact details masked."""
    return ContactMask()(text)


@lru_cache(maxsize=20_000)  # labels and headings stand in every form and document
def _see(line: str) -> tuple[_Reading, Mapping[int, str], tuple[Span, ...]]:
    """What a line shows by itself: its reading, the columns that it heads, and its contact details."""
    reading = _read(line)
    return reading, _headed_columns(reading.text), tuple(_find_contacts(reading.text))


def _read(line: str) -> _Reading:
    """The line with look-alikes folded, half-width, without invisible signs and markup."""
    plain = fold(line).translate(_HALF_WIDTH)
    if (
        len(plain) == len(line)
        and plain.replace("\t", " ").isprintable()
        and not any(markup_spans(line))
    ):
        return _Reading(plain, range(len(line)))
    hidden = {place for begin, end in markup_spans(line) for place in range(begin, end)}
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(line):
        if place in hidden:
            continue
        folded = fold(sign).translate(_HALF_WIDTH)
        if (folded and folded.isprintable()) or folded == "\t":
            signs.append(folded)
            places.append(place)
    return _Reading("".join(signs), places)


def _cells(text: str) -> list[tuple[str, int]]:
    """The cells of a row, each with its place in the line."""
    cells: list[tuple[str, int]] = []
    begin = 0
    for end in [*(i for i, sign in enumerate(text) if sign in "\t|"), len(text)]:
        cells.append((text[begin:end], begin))
        begin = end + 1
    return cells


def _headed_columns(text: str) -> dict[int, str]:
    """The columns that a row heads as names or numbers; none where a name or number stands in the row itself."""
    spec = patterns("contacts")
    if ("\t" not in text and "|" not in text) or not spec["may_be_heading"].search(text):
        return {}
    cells = _cells(text)
    if any(sum(sign.isdigit() for sign in cell) > 4 for cell, _ in cells):
        return {}
    found = {}
    for number, (cell, _) in enumerate(cells):
        if spec["heads_phones"].fullmatch(cell):
            found[number] = "column_phone"
        elif spec["heads_names"].fullmatch(cell):
            found[number] = "column_name"
    return found


def _find_contacts(text: str) -> Iterator[Span]:
    """The contact details that a reading shows by their label or by their shape."""
    spec = patterns("contacts")
    if spec["may_be_labelled"].search(text):
        for key in _LABELLED:
            for match in spec[key].finditer(text):
                if not spec["years"].fullmatch(match["secret"]):
                    yield match.span("secret")
    if spec["may_be_shaped"].search(text):
        for match in spec["email"].finditer(text):
            yield match.span()
        for match in spec["identity"].finditer(text):
            if _is_identity(match[0]):
                yield match.span()
        phones = [match.span() for match in spec["phone"].finditer(text)]
        amounts = _amounts(text) if phones else frozenset()
        yield from (span for span in phones if text[slice(*span)] not in amounts)


def _is_identity(number: str) -> bool:
    """Whether the last sign of an identity number is the one that the others give (GB 11643)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(number, _IDENTITY_WEIGHTS, strict=False)
    )
    return _IDENTITY_SIGNS[total % 11] == number[-1].upper()


def _amounts(text: str) -> frozenset[str]:
    """The cells of bare digits that are rather amounts or codes: beside other figures or words of money, or repeated."""
    mark = next((sign for sign in "\t|" if sign in text), None)
    cells = {cell.strip() for cell in text.split(mark)}  # by blanks where no sign parts them
    numbers = frozenset(filter(str.isdecimal, cells))
    is_money = patterns("contacts")["money_words"].search
    telling = [cell for cell in cells if _AMOUNT.fullmatch(cell) or is_money(cell)]
    if len(telling) > 1:  # a number is one of them itself
        return numbers
    return frozenset(number for number in numbers if text.count(number) > 1)


def _masked(line: str, spans: Sequence[Span]) -> str:
    if not spans:
        return line
    signs = list(line)
    for begin, end in spans:
        signs[begin:end] = MASK * (end - begin)
    return "".join(signs)

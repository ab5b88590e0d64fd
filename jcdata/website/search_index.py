"""The index that pages search without a server: a script for each part of it, of which a query loads a few.

Chinese has no word breaks, so a document is found by the pairs of characters that stand in it, and by its figures.
A document is cut into chunks of lines; shards say which chunks hold a term, and the chunks are then searched exactly.
`pages/search.js` reads what is written here: what is a term, and where it stands, has to be the same in both.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

SHARDS = 256
CHUNK_BYTES = 16_000  # of text
HEAD = "jcdata("  # what a script of the index calls

_SPACES = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_BETWEEN_DIGITS = re.compile(r"\s+")
_GROUPING = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WORDS = re.compile(r"[a-z\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"  # of what is written in base 64


class Place(NamedTuple):
    """Lines of a document that are a table, a form or another part with a page of its own."""

    first_line: int
    last_line: int
    label: str
    page: str


class Chunk(NamedTuple):
    """Lines that follow each other, with the amounts in fen, without sign, of those that have any, by their number."""

    first_line: int
    lines: list[str]
    amounts: dict[int, list[int]]
    places: list[Place]


def cut(
    lines: Sequence[str], amounts: Mapping[int, Iterable[Decimal]], places: Sequence[Place]
) -> Iterator[Chunk]:
    """The chunks of a document's lines; `amounts` are in yuan by the number of their line, which begins with 1."""
    first, size, texts = 1, 0, list[str]()
    for number, line in enumerate([*lines, None], start=1):
        text = "" if line is None else " ".join(line.split())
        if texts and (line is None or size + len(text.encode()) > CHUNK_BYTES):
            yield Chunk(
                first_line=first,
                lines=texts,
                amounts={
                    n: sorted({abs(int(100 * yuan)) for yuan in amounts[n]})
                    for n in range(first, number)
                    if n in amounts
                },
                places=[p for p in places if p.first_line < number and p.last_line >= first],
            )
            first, size, texts = number, 0, []
        texts.append(text)
        size += len(text.encode())


def script(name: str, value: object) -> str:
    """A script that gives a page a value under a name; nothing in it ends an element of a page."""
    text = json.dumps([name, value], ensure_ascii=False, separators=(",", ":"))
    return f"{HEAD}...{_harmless(text)})\n"


def read_chunk(text: str) -> Chunk:
    """The chunk that a script gives."""
    _, fields = json.loads(text[len(HEAD) + 3 : text.rindex(")")])
    first_line, lines, amounts, places = fields
    return Chunk(
        first_line=first_line,
        lines=lines,
        amounts={int(n): own for n, own in amounts.items()},
        places=[
            Place(first_line=first, last_line=last, label=label, page=page)
            for first, last, label, page in places
        ],
    )


def terms_of(chunk: Chunk) -> set[str]:
    """The pairs of characters of a chunk, also over the end of a line, its numbers, and its amounts in fen.

    A number that is only the print of an amount in yuan or 万元 is left out: the amount is enough to find it.
    """
    terms = set[str]()
    texts = [normalised(line) for line in chunk.lines]
    for number, text in enumerate(texts, start=chunk.first_line):
        fen = set(chunk.amounts.get(number, ()))
        terms.update(f"¥{amount}" for amount in fen)
        for printed in _NUMBER.findall(text):
            value = Decimal(printed)
            if not fen & {100 * value, 1_000_000 * value}:
                terms.add(f"#{plain(printed)}")
    for word in _WORDS.findall("".join(texts)):
        terms.update(map("".join, pairwise(word)))
    return terms


def normalised(text: str) -> str:
    """The text in which is searched: of one width and case, without white space but between digits, digits ungrouped."""
    folded = unicodedata.normalize("NFKC", text).lower().strip()
    return _GROUPING.sub("", _BETWEEN_DIGITS.sub(" ", _SPACES.sub("", folded)))


def plain(number: str) -> str:
    """A number without zeros that do not count."""
    whole, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")


class Postings:
    """The chunks that hold each term, numbered in the order in which they are added."""

    def __init__(self) -> None:
        self._chunks: defaultdict[str, list[int]] = defaultdict(list)
        self._count = 0

    def add(self, terms: Iterable[str]) -> None:
        """Add the terms of the next chunk."""
        for term in terms:
            self._chunks[term].append(self._count)
        self._count += 1

    def shards(self) -> Iterator[tuple[int, str]]:
        """The scripts of the shards with their numbers: each term with the chunks that hold it."""
        lines: defaultdict[int, list[str]] = defaultdict(list)
        for term in sorted(self._chunks):
            lines[shard_of(term)].append(f"{term} {encoded(self._chunks[term])}\n")
        for shard in range(SHARDS):
            yield shard, script(f"shard-{shard}", "\n" + "".join(lines[shard]))


def shard_of(term: str) -> int:
    """The shard that holds a term."""
    value = 0
    for sign in term:
        value = (value * 31 + ord(sign)) & 0xFFFF_FFFF
    return (value ^ value >> 15) % SHARDS


def encoded(numbers: Sequence[int]) -> str:
    """Ascending numbers as runs: how many are left out before each, and how many more than one follow each other."""
    written = []
    start = end = 0
    for number in [*numbers, None]:
        if number is not None and start < end == number:
            end += 1
            continue
        if start < end:
            written.append(_in_base_32(end - start - 1))
        if number is not None:
            written.append(_in_base_32(number - end))
            start, end = number, number + 1
    return "".join(written)


def _in_base_32(value: int) -> str:
    """Five bits a sign, the lowest first; a sixth says that more follow."""
    signs = []
    while value > 31:
        signs.append(_DIGITS[32 | value & 31])
        value >>= 5
    return "".join(signs) + _DIGITS[value]


def _harmless(text: str) -> str:
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

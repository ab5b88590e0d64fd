"""The index of the search: its terms, chunks and shards."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.website import search_index
from jcdata.website.search_index import Chunk, Place, Postings, cut, encoded, normalised, terms_of

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def decoded(text: str) -> list[int]:
    """The numbers that `encoded` wrote."""
    values, value, shift = [], 0, 0
    for sign in text:
        digit = DIGITS.index(sign)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            values.append(value)
            value = shift = 0
    numbers: list[int] = []
    at = 0
    for gap, run in zip(values[::2], values[1::2], strict=True):
        numbers += range(at + gap, at + gap + run + 1)
        at += gap + run + 1
    return numbers


@given(st.sets(st.integers(0, 100_000)))
def test_numbers_are_kept(numbers: set[int]) -> None:
    assert decoded(encoded(sorted(numbers))) == sorted(numbers)


def test_what_all_chunks_hold_takes_no_room() -> None:
    assert len(encoded(range(100_000))) < 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合 计 ４，７２７．１１　1,143.68", "合计4727.11 1143.68"),
        ("ABC 12 34 项", "abc12 34项"),
        ("2，3", "2,3"),
        ("", ""),
    ],
)
def test_text_has_one_form(text: str, expected: str) -> None:
    assert normalised(text) == expected


def chunk(*lines: str, **amounts: int) -> Chunk:
    own = {int(number.removeprefix("l")): [fen] for number, fen in amounts.items()}
    return Chunk(first_line=1, lines=list(lines), amounts=own, places=[])


def test_words_are_found_over_the_end_of_a_line() -> None:
    assert {"数据", "据平", "平台"} <= terms_of(chunk("数据", "平台"))


def test_digits_of_two_lines_or_cells_are_no_number() -> None:
    assert terms_of(chunk("12 34", "56")) == {"#12", "#34", "#56"}


def test_an_amount_is_found_by_its_worth_and_no_second_time_by_its_print() -> None:
    assert terms_of(chunk("156.00 8.19%", l1=156_000_000)) == {"¥156000000", "#8.19"}
    assert terms_of(chunk("156.00", l1=15_600)) == {"¥15600"}


def test_chunks_hold_all_lines_once() -> None:
    lines = [f"{number} {'字' * 300}" for number in range(1, 101)]
    places = [Place(first_line=40, last_line=60, label="表", page="table-x.html")]
    chunks = list(cut(lines, {50: [Decimal("-1.50")]}, places))
    assert len(chunks) > 3
    assert [line for part in chunks for line in part.lines] == lines
    for part in chunks:
        last = part.first_line + len(part.lines) - 1
        assert sum(len(line.encode()) for line in part.lines) <= search_index.CHUNK_BYTES
        assert part.amounts == ({50: [150]} if part.first_line <= 50 <= last else {})
        assert part.places == (places if part.first_line <= 60 and last >= 40 else [])
        assert part.lines[0].startswith(f"{part.first_line} ")
        assert search_index.read_chunk(search_index.script("x", part)) == part


def test_a_script_ends_no_element() -> None:
    assert "<" not in search_index.script("x", "</script>\u2028")


def test_shards_say_which_chunks_hold_a_term() -> None:
    postings = Postings()
    for terms in ({"甲乙", "#1"}, {"甲乙"}, {"#1"}):
        postings.add(terms)
    shards = dict(postings.shards())
    assert len(shards) == search_index.SHARDS
    shard = shards[search_index.shard_of("甲乙")]
    assert f"\\n甲乙 {encoded([0, 1])}\\n" in shard
    assert f"\\n#1 {encoded([0, 2])}\\n" in shards[search_index.shard_of("#1")]

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.exports.formula_guard import ADDED_APOSTROPHES, MAX_TEXT, cut, is_formula, neutralise

texts = st.text(st.sampled_from("'=+-@＝－\t\r\n ;,\"a\u3000一"), max_size=12)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r'=1"),
        ("\n=1", "'\n'=1"),
        (" \u3000=1", "' \u3000=1"),
        ("＝1＋1", "'＝1＋1"),
        ("甲;=1", "甲;'=1"),  # where semicolons separate cells
        ("'=1", "''=1"),
        ("甲\n-1", "甲\n'-1"),
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str, shown: str) -> None:
    assert neutralise(text) == shown
    assert is_formula(text)


@pytest.mark.parametrize(
    "text", ["", "办公费", "1=1", "a-b", "'quoted'", "2023-04-17", "甲；=1", "（-1）"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutralise(text) == text
    assert not is_formula(text)


@given(texts)
def test_the_apostrophes_can_be_taken_away_again(text: str) -> None:
    assert re.sub(ADDED_APOSTROPHES, "", neutralise(text)) == text


@given(texts)
def test_no_cell_begins_with_a_sign_of_a_formula(text: str) -> None:
    for cell in re.split("[;\r\n]", neutralise(text)):
        assert not cell.strip().startswith(("=", "+", "-", "@", "＝", "－"))


@given(st.integers(MAX_TEXT - 3, MAX_TEXT + 3), st.sampled_from(["a", "一", "𠮷"]))
def test_what_is_longer_than_a_cell_is_cut_with_a_mark(length: int, sign: str) -> None:
    text = sign * length
    shown = cut(text, "原文第7行")
    units = len(text.encode("utf-16-le")) // 2
    assert len(shown.encode("utf-16-le")) // 2 <= MAX_TEXT
    if units <= MAX_TEXT:
        assert shown == text
    else:
        kept, mark = shown.split("……")
        assert text.startswith(kept) and len(kept) > MAX_TEXT // 2 - 100
        assert f"全文 {length} 字，见原文第7行" in mark and "cut here" in mark

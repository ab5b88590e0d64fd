"""Headings with a number, 三、…, and which of them continue the numbering of the prose."""

from __future__ import annotations

import re

from jcdata.numerals import chinese_number
from jcdata.spec_files import patterns
from jcdata.text import ORDINAL_CHARS

MOST_LEFT_OUT = 3  # passages
_NUMBERED = re.compile(rf"([{ORDINAL_CHARS}]{{1,3}})、(.{{2,40}})")
_SENTENCE = re.compile("[。；，,;]")


def is_sentence(key: str) -> bool:
    """Whether a line has signs of a sentence, so that it is no heading."""
    return _SENTENCE.search(key) is not None


def is_numbered_heading(key: str) -> bool:
    """Whether a line is a heading with a number, whichever."""
    return _NUMBERED.fullmatch(key) is not None and not is_sentence(key)


def passage_number(key: str, previous: int) -> int:
    """The number of a heading that continues the numbering of the prose chapter, else 0.

    A unit may leave passages out: then the words of the heading must be those of one.
    """
    match = _NUMBERED.fullmatch(key)
    if not match or is_sentence(key):
        return 0
    # A list in the text is numbered too, and would else take over the numbering.
    reach = MOST_LEFT_OUT + 1 if patterns("sections")["passage_words"].search(match[2]) else 1
    return next(
        (n for n in range(previous + 1, previous + 1 + reach) if match[1] == chinese_number(n)), 0
    )

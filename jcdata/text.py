"""Chinese text as the documents print it: folding, squeezing, markup, ordinals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from jcdata.spec_files import spec_words

ORDINAL_CHARS = "一二三四五六七八九十百"
NUMERALS = "0123456789一二三四五六七八九十百千万两"
# Numerals of one sign; 两 is the 二 of what is counted
NUMERAL_VALUES = {sign: value for value, sign in enumerate("一二三四五六七八九十", start=1)} | {
    "两": 2
}

CJK = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"  # a Chinese character or sign

# Kangxi radicals and compatibility ideographs stand in for ordinary characters in the text layer of some
# PDFs; NFKC of the single character gives the ordinary one. NFKC of a whole text would also change （）：％.
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for block in (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00))
    for code in block
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}
_RADICALS[0x2F3E] = "户"  # NFKC gives 戶, which simplified Chinese does not write
# Of the CJK Radicals Supplement only two signs have an NFKC form; these are the ones seen in practice.
_RADICALS.update(
    zip(
        map(ord, "⺟⻓⻔⻘⻚⻛⻜⻢⻥⻩⻬⻰⻄⻅⻉⻋⻝⻣⻆⻦⺠⺎⺕"),
        "母长门青页风飞马鱼黄齐龙西见贝车食骨角鸟民尢彐",
        strict=True,
    )
)
# Signs that fonts draw with the glyph of another, which a PDF then names.
_SIGNS = dict(zip((0x2329, 0x232A, 0x2215, 0x301C), "〈〉／～", strict=True))
# C0 but tab and line feed, DEL, C1, and what turns the direction of writing: nobody sees them, a terminal obeys them
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = dict.fromkeys((code for code in range(0x2070) if _CONTROL.match(chr(code))), "")
_CONTROLS |= dict.fromkeys(
    (0x07, 0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F, 0x85), " "
)  # which part what stands beside them
_FOLDED = (
    _CONTROLS
    | _RADICALS
    | _SIGNS
    | dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3164), " ")
    | dict.fromkeys((0xAD, 0x180E, *range(0x200B, 0x200E), *range(0x2060, 0x2065), 0xFEFF), "")
)
_LOOK_ALIKES = frozenset(map(chr, _FOLDED))

_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]{0,200})?/?>|\*\*")

_ORDINAL = re.compile(
    rf"(?:[{ORDINAL_CHARS}]+、|[（(][{ORDINAL_CHARS}]+[)）]|[①-⑳⑴-⒇]|\d{{1,2}}[、．.](?!\d)|[（(]\d{{1,2}}[)）])"
)


def fold(text: str) -> str:
    """Replace look-alike radicals, no-break spaces, zero-width signs and control characters by ordinary characters."""
    return text if _LOOK_ALIKES.isdisjoint(text) else text.translate(_FOLDED)


def count_controls(text: str) -> int:
    """How many control characters `fold` takes from a text."""
    return len(_CONTROL.findall(text))


def visible(text: str) -> str:
    """A text for a terminal: control characters as `\\x1b` and `\\u202e`."""
    return _CONTROL.sub(lambda match: _escape(match, "\\x{:02x}"), text)


def visible_json(json: str) -> str:
    """JSON that says the same with control characters as `\\u009b`."""
    return _CONTROL.sub(lambda match: _escape(match, "\\u{:04x}"), json)


def _escape(match: re.Match[str], short: str) -> str:
    code = ord(match[0])
    return (short if code < 0x100 else "\\u{:04x}").format(code)


def strip_markup(text: str) -> str:
    """Remove stray HTML tags and Markdown emphasis, keeping every other character."""
    return _MARKUP.sub("", text) if "<" in text or "**" in text else text


def markup_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where stray HTML tags and Markdown emphasis stand."""
    if "<" in text or "**" in text:
        yield from (match.span() for match in _MARKUP.finditer(text))


def squeeze(text: str) -> str:
    """Remove all white space, the ideographic space too."""
    return "".join(text.split())


MAX_REMEMBERED = 40  # characters of a label
# The traditional characters of the vocabulary, sign by sign
TRADITIONAL, SIMPLIFIED = (spec_words("traditional")[key] for key in ("traditional", "simplified"))
_SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLIFIED)
_KEY = str.maketrans(
    "（）：０１２３４５６７８９" + TRADITIONAL,
    "():0123456789" + SIMPLIFIED,
    "“”‘’\"'「」『』*# \t\u3000\xa0",
)


def simplified(text: str) -> str:
    """A text with the simplified characters of the vocabulary, sign by sign."""
    return text.translate(_SIMPLIFIED)


def label_key(text: str) -> str:
    """A label as patterns compare it: simplified, without white space, quotation marks and Markdown, brackets half-width."""
    return _short_label_key(text) if len(text) <= MAX_REMEMBERED else text.translate(_KEY)


@lru_cache(maxsize=50_000)  # the same few thousand labels stand in every document
def _short_label_key(text: str) -> str:
    return text.translate(_KEY)


@lru_cache(maxsize=4096)
def text_key(text: str) -> str:
    """What two texts have in common that say the same in the same words: NFKC, without white space and quotation marks.

    Names that are one are so more often, see `jcdata.names`.
    """
    return label_key(unicodedata.normalize("NFKC", text))


def strip_ordinal(name: str) -> str:
    """Remove one leading ordinal (一、 （一） ① 1、), unless nothing else is there."""
    match = _ORDINAL.match(name)
    return name[match.end() :] or name if match else name


def bare_name(name: str) -> str:
    """A row's name without one leading ordinal and the colon behind it (人员经费合计：), unless nothing else is there."""
    return strip_ordinal(name).rstrip(":：") or name


def opened_bracket(text: str, begin: int, position: int) -> int:
    """Where the bracket begins in which a place of a text stands, from `begin` on; -1 if in none."""
    closed = 0
    while (opening := text.rfind("(", begin, position)) >= 0:
        closed += text.count(")", opening, position)
        if not closed:
            return opening
        closed -= 1
        position = opening
    return -1

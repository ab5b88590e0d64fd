"""Chinese text as the documents print it: folding, squeezing, ordinals, masking of contact details."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ORDINAL_CHARS = "一二三四五六七八九十百"

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
_FOLDED = _RADICALS | _SIGNS | {0xA0: " ", 0x2002: " ", 0x2003: " ", 0x2009: " ", 0x200B: "", 0xFEFF: "", 0xAD: ""}
_LOOK_ALIKES = frozenset(map(chr, _FOLDED))

_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]{0,200})?/?>|\*\*")

_ORDINAL = re.compile(
    rf"(?:[{ORDINAL_CHARS}]+、|[（(][{ORDINAL_CHARS}]+[)）]|[①-⑳⑴-⒇]|\d{{1,2}}[、．](?!\d)|[（(]\d{{1,2}}[)）])"
)

_MAY_HOLD_CONTACT = re.compile(r"\d{3}[\d\- —－()（）]{4}|电\s?话|手\s?机|传\s?真|办\s?人|系\s?人")
_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[-—－ ]\d{7,8}(?:[-—－]\d{1,6})?"
    r"|(?:400|800)-\d{3,4}-\d{3,4})(?![\d.,]\d|\d)"
)
_AFTER_PHONE_LABEL = re.compile(
    r"((?:电\s?话|手\s?机|传\s?真)(?:号码)?[\s:：]*)([\d(（*][\d\-—－、/ ()（）*]{4,40}[\d*])"
)
_AFTER_NAME_LABEL = re.compile(r"((?:经\s?办\s?人|联\s?系\s?人)[\s:：]*[:：][\s]*)([^\s\d*:：,，。;；|]{1,12})")
_OTHER_LABEL = re.compile(r"(?:联系|电话|填报|负责|日期|经办|单位|审核)")
ENDS_WITH_PHONE_LABEL = re.compile(r"(?:电话|手机|传真)(?:号码)?[\s:：|]*$")
ENDS_WITH_NAME_LABEL = re.compile(r"(?:经办人|联系人)[\s]*[:：][\s|]*$")
_ONLY_PHONE = re.compile(r"^(\s*)([\d(（][\d\-—－、/ ()（）]{4,40}\d)(?=\s|$)")
_ONLY_NAME = re.compile(r"^(\s*)([\u4e00-\u9fff·]{2,6})(?=\s|$)")


def fold(text: str) -> str:
    """Replace look-alike radicals, no-break spaces and zero-width signs by their ordinary characters."""
    return text if _LOOK_ALIKES.isdisjoint(text) else text.translate(_FOLDED)


def strip_markup(text: str) -> str:
    """Remove stray HTML tags and Markdown emphasis, keeping every other character."""
    return _MARKUP.sub("", text) if "<" in text or "**" in text else text


def squeeze(text: str) -> str:
    """Remove all white space, the ideographic space too."""
    return "".join(text.split())


MAX_REMEMBERED = 40  # characters of a label
_KEY = str.maketrans("（）：０１２３４５６７８９", "():0123456789", "“”‘’\"'「」『』*# \t\u3000\xa0")


def label_key(text: str) -> str:
    """A label as patterns compare it: without white space, quotation marks and Markdown, brackets half-width."""
    return _short_label_key(text) if len(text) <= MAX_REMEMBERED else text.translate(_KEY)


@lru_cache(maxsize=50_000)  # the same few thousand labels stand in every document
def _short_label_key(text: str) -> str:
    return text.translate(_KEY)


def strip_ordinal(name: str) -> str:
    """Remove one leading ordinal (一、 （一） ① 1、), unless nothing else is there."""
    match = _ORDINAL.match(name)
    return name[match.end() :] or name if match else name


def mask_contacts(text: str) -> str:
    """Overwrite telephone numbers, and the name beside 经办人 or 联系人, with asterisks of the same length."""
    if not _MAY_HOLD_CONTACT.search(text):
        return text
    text = _PHONE.sub(lambda m: "*" * len(m[0]), text)
    text = _AFTER_PHONE_LABEL.sub(lambda m: m[1] + "*" * len(m[2]), text)
    return _AFTER_NAME_LABEL.sub(lambda m: m[0] if _OTHER_LABEL.match(m[2]) else m[1] + "*" * len(m[2]), text)


def mask_continued_contact(previous: str, text: str) -> str:
    """Mask a number or name whose label ended the line before."""
    if ENDS_WITH_PHONE_LABEL.search(previous):
        return _ONLY_PHONE.sub(lambda m: m[1] + "*" * len(m[2]), text)
    if ENDS_WITH_NAME_LABEL.search(previous) and not _OTHER_LABEL.match(text.strip()):
        return _ONLY_NAME.sub(lambda m: m[1] + "*" * len(m[2]), text)
    return text

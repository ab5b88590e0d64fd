"""What a web page shows of fields for input, and the numbers of its lists."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from jcdata.numerals import written_number

_WITHOUT_TEXT = frozenset(
    {"hidden", "password", "submit", "button", "reset", "image", "file", "color", "range"}
)
_BOXES = {"checkbox": ("□", "☑"), "radio": ("○", "●")}  # not chosen, chosen
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
}  # fmt: skip
_CHINESE_FORMATS = {
    "cjk-ideographic": "chineseCountingThousand", "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand", "japanese-informal": "japaneseCounting",
    "simp-chinese-formal": "chineseLegalSimplified", "trad-chinese-formal": "ideographLegalTraditional",
    "cjk-decimal": "ideographDigital", "cjk-heavenly-stem": "ideographTraditional", "cjk-earthly-branch": "ideographZodiac",
}  # fmt: skip
_MOST_DIGITS = 6


def shown_value(element: etree._Element) -> str:
    """What a field for input shows; '' for an element that is none."""
    if element.tag == "input":
        kind = (element.get("type") or "text").strip().lower()
        if kind in _BOXES:
            return _BOXES[kind][element.get("checked") is not None]
        return "" if kind in _WITHOUT_TEXT else element.get("value") or ""
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        return " ".join("".join(option.itertext()).strip() for option in chosen or options[:1])
    return ""


class Lists:
    """The ordered lists of a page, with how far each has counted."""

    def __init__(self) -> None:
        self._counts: Counter[etree._Element] = Counter()

    def label(self, item: etree._Element, style: str) -> str:
        """The number before the next item of a list (`li`), given its `list-style`; '' for none."""
        parent = item.getparent()
        if parent is None or parent.tag not in ("ol", "ul"):
            return ""
        step = -1 if parent.get("reversed") is not None else 1
        if parent not in self._counts:
            whole = sum(child.tag == "li" for child in parent) if step < 0 else 1
            self._counts[parent] = _integer(parent.get("start"), whole) - step
        number = self._counts[parent] = _integer(item.get("value"), self._counts[parent] + step)
        names = style.split()
        for name in names:
            if name in _CHINESE_FORMATS:
                return written_number(number, _CHINESE_FORMATS[name]) + "、"
        known = next((_FORMATS[name] for name in names if name in _FORMATS), None)
        if parent.tag == "ul" and known is None:
            return ""
        if known is None and names:  # none, or a sign
            return ""
        kind = item.get("type") or parent.get("type") or "1"
        return written_number(number, known or _FORMATS.get(kind, "decimal")) + ". "


def _integer(text: str | None, other: int) -> int:
    text = (text or "").strip()
    digits = text.removeprefix("-")
    return (
        int(text)
        if digits.isascii() and digits.isdecimal() and len(text) <= _MOST_DIGITS
        else other
    )

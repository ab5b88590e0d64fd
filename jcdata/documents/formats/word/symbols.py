"""Signs that Word keeps as places in a font of signs, not as characters."""

from __future__ import annotations

UNNAMED = "\ufffd"
_PRIVATE = 0xF000  # where such places stand among characters
_CHARACTERS = range(0x20, 0xD800)  # that need no font to be known
_SYMBOL = {
    0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB0: "°", 0xA5: "∞", 0x6D: "μ", 0xB7: "•",
    0x2D: "−", 0x57: "Ω", 0x44: "Δ", 0x53: "Σ", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xA1: "○", 0xA8: "◻", 0xB2: "☆", 0xAB: "★", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xD8: "➢", 0xE0: "→",
} | {0x81 + n: chr(ord("①") + n) for n in range(10)}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol(code: int, font: str) -> str:
    """The character that a font shows at a place; UNNAMED where that is not known."""
    place = code - _PRIVATE if code >= _PRIVATE else code
    signs = _FONTS.get(font.lower())
    if signs is not None:
        plain = chr(place) if font.lower() == "symbol" and 0x20 <= place < 0x40 else UNNAMED
        return signs.get(place, plain)
    return chr(code) if code in _CHARACTERS else UNNAMED


def with_symbols(text: str, font: str) -> str:
    """A text in which signs of such a font stand as characters of their own."""
    if not any(_PRIVATE <= ord(sign) <= _PRIVATE + 0xFF for sign in text):
        return text
    return "".join(
        symbol(ord(sign), font) if _PRIVATE <= ord(sign) <= _PRIVATE + 0xFF else sign
        for sign in text
    )

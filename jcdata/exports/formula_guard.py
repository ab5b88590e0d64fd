"""Text in cells of spreadsheets: it is never run as a formula, and what does not fit is cut visibly."""

from __future__ import annotations

import re

MAX_TEXT = 32_767  # UTF-16 units that a cell of Excel holds

# Where a spreadsheet may see the beginning of a formula, after any apostrophes: at the beginning of a cell and, because
# some countries separate cells by semicolons, after a semicolon or a line end. The full-width signs count as the
# ordinary ones where people write Chinese or Japanese. CWE-1236; OWASP, CSV Injection.
_SIGNS = "=+\\-@＝＋－＠"
_OUTSET = rf"(?='*\s*[{_SIGNS}\t\r\n])"
_INSIDE = rf"(?='*[^\S\r\n]*[{_SIGNS}])"
_FORMULA = re.compile(rf"^{_OUTSET}|(?<=[;\r\n]){_INSIDE}")
# What each text has that `neutralise` changes, and others may have: a pattern of DuckDB, whose \s is less than Python's
MAY_BE_FORMULA = rf"(^|[;\r\n])['\s\x0b\x1c-\x1f\x{{85}}\pZ]*[{_SIGNS}\t\r\n]"
ADDED_APOSTROPHES = rf"^'{_OUTSET}|(?<=[;\r\n])'{_INSIDE}"  # removing what matches gives the text before `neutralise`


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a part of the text for a formula."""
    return _FORMULA.search(text) is not None


def neutralise(text: str) -> str:
    """The text with an apostrophe before whatever could be taken for a formula.

    Apostrophes that a text has there itself get one more, so that removing `ADDED_APOSTROPHES` gives the text again.
    """
    return _FORMULA.sub("'", text)


def cut(text: str, where: str) -> str:
    """The text, or as much as a cell holds of it with a mark that says so and `where` the whole of it stands."""
    if len(text) <= MAX_TEXT // 2 or _units(text) <= MAX_TEXT:
        return text
    mark = (
        f"……【此处截断，全文 {len(text)} 字，见{where} / cut here, {len(text)} characters in all】"
    )
    kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - _units(mark))].decode(
        "utf-16-le", errors="ignore"
    )
    return kept + mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

"""What of a Word file or a web page is not read, and what is said of it. PDF files are told by their pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jcdata.documents.formats.rows import Row
from jcdata.messages import Message
from jcdata.spec_files import patterns

MOST_LINES = 20  # that a note names
NOTES = {
    "hidden": Message("text that can't be seen left out, lines", "未读取不可见文字，行"),
    "struck": Message("text that is struck out left out, lines", "未读取划去的文字，行"),
    "mark": Message("raised marks of footnotes left out, lines", "未读取脚注标号，行"),
    "watermark": Message("watermarks left out, lines", "未读取水印，行"),
    "picture": Message(
        "pictures and embedded objects, which are not read, lines", "未读取图片和嵌入对象，行"
    ),
    "unnamed": Message("signs that only a font names, lines", "部分符号无法识别，行"),
    "elsewhere": Message(
        "what is in another file, which is not read (embedded, in a frame or on a next page), lines",
        "另一文件中的内容未读取（嵌入、框架或下一页），行",
    ),
}
MAX_MARK = 6  # characters of a footnote's mark
_ENDS_LATIN = re.compile(r"[A-Za-zμΩ°]\s*$")  # as in m2 and CO2
_ENDS_FIGURE = re.compile(r"[\d%％)）]\s*$")
_TYPED_MARK = re.compile(r"(?<=[\d%％)）\u4e00-\u9fff])[¹²³⁰⁴-⁹]+")


class Piece(NamedTuple):
    """A part of a text, which may stand above or below the line in smaller signs."""

    text: str
    is_raised: bool = False
    is_lowered: bool = False


def without_marks(pieces: Sequence[Piece]) -> tuple[str, bool]:
    """The text of a paragraph without the raised marks of footnotes, and whether there are any.

    Raised digits behind a Latin letter are none, as in m2, nor is what stands alone.
    """
    if not any(piece.is_raised or piece.is_lowered for piece in pieces):
        return _without_typed("".join(piece.text for piece in pieces))
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1][1:] == piece[1:]:
            joined[-1] = piece._replace(text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    has_line = any(p.text.strip() for p in joined if not (p.is_raised or p.is_lowered))
    kept, has_marks = "", False
    for piece in joined:
        if has_line and _is_mark(piece, kept):
            has_marks = True
        else:
            kept += piece.text
    kept, has_typed = _without_typed(kept)
    return kept, has_marks or has_typed


def _is_mark(piece: Piece, before: str) -> bool:
    text = piece.text.strip()
    if (
        not 0 < len(text) <= MAX_MARK
        or not patterns("furniture")["raised_mark"].fullmatch(text)
        or _ENDS_LATIN.search(before)
    ):
        return False
    return piece.is_raised or (piece.is_lowered and bool(_ENDS_FIGURE.search(before)))


def _without_typed(text: str) -> tuple[str, bool]:
    kept = _TYPED_MARK.sub("", text)
    return kept, kept != text


def notes_on(rows: Iterable[Row]) -> Iterator[Message]:
    """What is to be said of the rows of a file, by their numbers from 1."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows, start=1):
        for kind in row.left_out:
            lines[kind].append(number)
    for kind, said in NOTES.items():
        if found := lines.get(kind):
            named = ", ".join(map(str, found[:MOST_LINES]))
            named += f", ... ({len(found)})" if len(found) > MOST_LINES else ""
            yield Message(f"{said.en} {named}", f"{said.zh} {named}")

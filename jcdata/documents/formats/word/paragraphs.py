"""A paragraph of a Word file: the text that is seen of it, without the marks of footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from jcdata.documents.formats.left_out import Piece
from jcdata.documents.formats.word.numbering import Numbering
from jcdata.documents.formats.word.parts import W, number_of, value_of
from jcdata.documents.formats.word.styles import Look, ParagraphStyle, Styles, ground_of, is_seen
from jcdata.documents.formats.word.symbols import symbol
from jcdata.numerals import written_number

SMALL = 0.8  # of the largest text of a paragraph, below which a raised one is a mark
_NO_LIST = "0"  # the list of a paragraph that has none, whatever its style says
_CIRCLES = "○〇◯"
_SIGN_OF_FONT = re.compile(r"SYMBOL\s+(\d{1,5})(?:\s.*?\\f\s+\"?([^\"\\]+)\"?.*)?", re.IGNORECASE)
_IN_CIRCLE = re.compile(r"EQ\\o\\ac\(([^,，]+)[,，]([^()]+)\)", re.IGNORECASE)
_GONE = (W + "del", W + "moveFrom")


class Text(NamedTuple):
    """A part of a paragraph's text and how it is shown."""

    text: str
    look: Look


class Paragraph:
    """A paragraph, filled while its element is walked through. `ground` is the luminance below it, None if unknown."""

    def __init__(self, element: etree._Element, styles: Styles, ground: float | None) -> None:
        self._properties = element.find(W + "pPr")
        self._mark = None if self._properties is None else self._properties.find(W + "rPr")
        self._styles = styles
        self._style: ParagraphStyle = styles.of_paragraph(self._properties)
        own = None if self._properties is None else ground_of(self._properties)
        below = self._style.ground if own is None else own
        self._ground = ground if below is None else below
        self._look = self._mark_look = self._style.look
        if self._mark is not None:
            self._mark_look = styles.look(self._style, self._mark)
        self._fields: list[
            str | None
        ] = []  # the codes of the open ones, None where the result has begun
        self.texts: list[Text] = []

    def begin_run(self, run: etree._Element) -> str | None:
        """Take the properties of a run; gives the kind of what is to be left out, if it is not to be read."""
        properties = run.find(W + "rPr")
        self._look = self._styles.look(self._style, properties)
        if not is_seen(self._look, self._ground):
            return "hidden"
        return "struck" if self._look.is_struck else None

    def add(self, text: str, is_raised: bool = False) -> None:
        """Add a text, if it is not the code of a field."""
        if all(code is None for code in self._fields):
            look = self._look._replace(is_raised=True) if is_raised else self._look
            self.texts.append(Text(text, look))

    def add_code(self, text: str) -> None:
        """Add to the code of the field that is open."""
        if self._fields and self._fields[-1] is not None:
            self._fields[-1] += text

    def take_field(self, field: etree._Element, is_shown: bool = True) -> None:
        """A field begins, its result does, or it ends, even where its mark is not seen. One without text may show something."""
        kind = field.get(W + "fldCharType")
        if kind == "begin":
            self.add(shown_form(field) if is_shown else "")
            self._fields.append("")
        elif self._fields and kind == "separate":
            self._fields[-1] = None
        elif self._fields and kind == "end":
            code = self._fields.pop() or ""
            self.add(shown_sign(code) if is_shown else "")

    @property
    def plain(self) -> Look:
        """How a text without properties of its own is shown."""
        return self._style.look

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to see: a paragraph whose end is hidden has only its text."""
        return not self._mark_look.is_hidden or any(text.text.strip() for text in self.texts)

    @property
    def is_joined(self) -> bool:
        """Whether the next paragraph goes on in the same line, as the end of this one is deleted or hidden."""
        return self._is_deleted or self._mark_look.is_hidden

    @property
    def _is_deleted(self) -> bool:
        return self._mark is not None and any(self._mark.find(tag) is not None for tag in _GONE)

    def label(self, numbering: Numbering) -> str:
        """The number that stands before the paragraph, which is counted."""
        if self._is_deleted or not self.is_shown:
            return ""
        named = None if self._properties is None else self._properties.find(W + "numPr")
        num_id = value_of(named, "numId") or self._style.num_id
        if num_id is None or num_id == _NO_LIST:
            return ""
        levels = (
            number_of(named, "ilvl"),
            *(numbering.level_of_style(num_id, style_id) for style_id in self._style.style_ids),
            self._style.level,
            0,
        )
        level = next(level for level in levels if level is not None)
        return numbering.label(num_id, level, is_shown=not self._mark_look.is_hidden)


def pieces_of(texts: list[Text]) -> Iterator[Piece]:
    """Texts as they stand on, above or below their line."""
    largest = max((text.look.size for text in texts), default=0)
    for text, look in texts:
        is_lifted = look.lift > 0 and look.size < SMALL * largest
        yield Piece(text, look.is_raised or is_lifted, look.is_lowered)


def shown_form(field: etree._Element) -> str:
    """What a field of an older form shows that has no text: the entry that is chosen, or a box."""
    form = field.find(W + "ffData")
    if form is None:
        return ""
    if (box := form.find(W + "checkBox")) is not None:
        is_said = box.find(W + "checked") is not None
        checked = value_of(box, "checked" if is_said else "default")
        return "☑" if checked not in (None, "0", "false", "off") else "□"
    if (choice := form.find(W + "ddList")) is not None:
        entries = choice.findall(W + "listEntry")
        chosen = number_of(choice, "result") or number_of(choice, "default") or 0
        return entries[chosen].get(W + "val", "") if 0 <= chosen < len(entries) else ""
    return ""


def shown_sign(code: str) -> str:
    """What a field shows that is nothing but its code: a sign of a font, or a number in a circle."""
    if (match := _SIGN_OF_FONT.fullmatch(code.strip())) is not None:
        return symbol(int(match[1]), (match[2] or "").strip())
    if (match := _IN_CIRCLE.fullmatch("".join(code.split()))) is not None:
        number = int(match[2]) if match[2].isdecimal() else 0
        is_round = match[1] in _CIRCLES and number
        return written_number(number, "decimalEnclosedCircle") if is_round else match[2]
    return ""

"""How Word shows paragraphs and text: their own properties over those of their styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from jcdata.documents.formats.legibility import LEAST_CONTRAST, SMALLEST, hex_luminance
from jcdata.documents.formats.word.parts import W, is_on, number_of, value_of

MAX_STYLES = 20  # of which one may be based on the other
PAPER = 1.0  # luminance
_SWITCHES = frozenset({"vanish", "webHidden", "strike", "dstrike"})
_NUMBERS, _WORDS = frozenset({"sz", "position"}), frozenset({"color", "vertAlign"})
_GROUNDS = frozenset({"shd", "highlight"})
_TOGGLES = (
    "vanish",
    "strike",
)  # switched on by the styles of paragraph and text both, they are off
_USUAL_SIZE = 20  # half points
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGray": "808080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "green": "00FF00",
    "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip
_SHARE_OF_PATTERN = {"clear": 0.0, "nil": 0.0, "solid": 1.0}  # that is in its colour
_USUAL_SHARE = 0.5  # of patterns of lines

Value = bool | int | float | str
Properties = Mapping[str, Value]


class Look(NamedTuple):
    """How a text is shown. `ink` and `ground` are luminances where it has colours of its own, sizes are half points."""

    is_hidden: bool
    is_struck: bool
    ink: float | None
    ground: float | None
    size: int
    lift: int  # half points above the line
    is_raised: bool
    is_lowered: bool


class ParagraphStyle(NamedTuple):
    """What a style gives a paragraph: the list that it belongs to, and how its text is shown."""

    style_ids: tuple[str, ...]  # its own first, then those that it is based on
    num_id: str | None
    level: int | None
    ground: float | None
    properties: Properties
    look: Look  # of a text without properties of its own


class _Style(NamedTuple):
    """What a style says itself, and the one that it is based on."""

    style_id: str
    based_on: str
    num_id: str | None
    level: int | None
    ground: float | None
    properties: Properties


class Styles:
    """The styles of a document, given its styles part."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self._styles: dict[str, _Style] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._texts: dict[str, Properties] = {}
        self._shaded: dict[str, bool] = {}
        self._defaults: Properties = {}
        if root is None:
            return
        for element in root.iter(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._elements.setdefault(style_id, element)
            is_default = element.get(W + "default") in ("1", "true", "on")
            if is_default and element.get(W + "type") == "paragraph":
                self._default = style_id
        self._defaults = read_properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def of_paragraph(self, properties: etree._Element | None) -> ParagraphStyle:
        """The style of a paragraph with these properties (`w:pPr`)."""
        style_id = value_of(properties, "pStyle") or self._default
        if style_id not in self._paragraphs:
            chain = list(self._chain(style_id))
            merged = _merged(chain)
            self._paragraphs[style_id] = ParagraphStyle(
                style_ids=tuple(style.style_id for style in chain),
                num_id=next((s.num_id for s in chain if s.num_id is not None), None),
                level=next((s.level for s in chain if s.level is not None), None),
                ground=next((s.ground for s in chain if s.ground is not None), None),
                properties=merged,
                look=_look({**self._defaults, **merged}),
            )
        return self._paragraphs[style_id]

    def look(self, style: ParagraphStyle, properties: etree._Element | None) -> Look:
        """How a text with these properties (`w:rPr`) is shown in a paragraph of a style."""
        named = self._of_text(value_of(properties, "rStyle"))
        own = read_properties(properties)
        if not named and not own:
            return style.look
        found = {**self._defaults, **style.properties, **named, **own}
        for toggle in _TOGGLES:
            if toggle not in own and toggle in named:
                found[toggle] = bool(named[toggle]) != bool(style.properties.get(toggle))
        return _look(found)

    def is_shaded(self, table: etree._Element) -> bool:
        """Whether a table's style may shade its cells, on conditions that are not read."""
        style_id = value_of(table, "tblPr", "tblStyle") or ""
        if style_id not in self._shaded:
            elements = (self._elements[style.style_id] for style in self._chain(style_id))
            self._shaded[style_id] = any(
                next(element.iter(W + "shd"), None) is not None for element in elements
            )
        return self._shaded[style_id]

    def _of_text(self, style_id: str | None) -> Properties:
        if not style_id:
            return {}
        if style_id not in self._texts:
            self._texts[style_id] = _merged(list(self._chain(style_id)))
        return self._texts[style_id]

    def _chain(self, style_id: str) -> Iterator[_Style]:
        """A style and those that it is based on, which may not end."""
        for _ in range(MAX_STYLES):
            element = self._elements.get(style_id)
            if element is None:
                return
            if style_id not in self._styles:
                self._styles[style_id] = _read_style(style_id, element)
            yield self._styles[style_id]
            style_id = self._styles[style_id].based_on


def _read_style(style_id: str, element: etree._Element) -> _Style:
    of_paragraph = element.find(W + "pPr")
    return _Style(
        style_id=style_id,
        based_on=value_of(element, "basedOn") or "",
        num_id=value_of(of_paragraph, "numPr", "numId"),
        level=number_of(of_paragraph, "numPr", "ilvl"),
        ground=ground_of(of_paragraph),
        properties=read_properties(element.find(W + "rPr")),
    )


def _merged(chain: list[_Style]) -> Properties:
    merged: dict[str, Value] = {}
    for style in reversed(chain):
        merged.update(style.properties)
    return merged


def _look(found: Properties) -> Look:
    colour, ground = found.get("color"), found.get("ground")
    size = int(found.get("sz", _USUAL_SIZE))
    return Look(
        is_hidden=bool(found.get("vanish") or found.get("webHidden")) or size < 2 * SMALLEST,
        is_struck=bool(found.get("strike") or found.get("dstrike")),
        ink=hex_luminance(str(colour)) if colour else None,
        ground=None if ground is None else float(ground),
        size=size,
        lift=int(found.get("position", 0)),
        is_raised=found.get("vertAlign") == "superscript",
        is_lowered=found.get("vertAlign") == "subscript",
    )


def read_properties(element: etree._Element | None) -> Properties:
    """What `w:rPr` says of how a text is seen."""
    found: dict[str, Value] = {}
    if element is None:
        return found
    for child in element:
        name = child.tag.removeprefix(W)
        value: Value | None = None
        if name in _SWITCHES:
            value = is_on(child)
        elif name in _NUMBERS:
            value = number_of(child)
        elif name in _WORDS:
            value = value_of(child)
        elif name in _GROUNDS:
            name, value = "ground", ground_of(element)
        if value is not None:
            found[name] = value
    return found


def ground_of(properties: etree._Element | None) -> float | None:
    """The luminance of what `w:shd` or `w:highlight` lays below a text; None where they lay nothing."""
    if properties is None:
        return None
    highlight = _HIGHLIGHTS.get(value_of(properties, "highlight") or "")
    if highlight:
        return hex_luminance(highlight)
    shading = properties.find(W + "shd")
    if shading is None:
        return None
    pattern = shading.get(W + "val", "clear")
    fill, colour = (hex_luminance(shading.get(W + name, "")) for name in ("fill", "color"))
    percent = pattern.removeprefix("pct")
    share = _SHARE_OF_PATTERN.get(
        pattern, int(percent) / 100 if percent.isdecimal() else _USUAL_SHARE
    )
    if share == 0.0:
        return fill
    return (1 - share) * (PAPER if fill is None else fill) + share * (colour or 0.0)


def is_seen(look: Look, ground: float | None) -> bool:
    """Whether a text is shown, and stands out from its own ground or the one below; from an unknown one it does."""
    if look.is_hidden:
        return False
    ground = ground if look.ground is None else look.ground
    return look.ink is None or ground is None or abs(look.ink - ground) >= LEAST_CONTRAST

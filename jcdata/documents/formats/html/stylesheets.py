"""The style sheets of a web page, as far as they say what is seen: which declarations count for an element."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from jcdata.errors import DocumentError
from jcdata.messages import Message

MAX_RULES = 20_000
MAX_TESTS = 20_000_000  # of a selector against an element or one that it is in
# What is read of a sheet; a shorthand counts for what it stands for
PROPERTIES = frozenset((
    "display", "visibility", "opacity", "color", "background", "background-color", "background-image", "font", "font-size",
    "text-decoration", "text-decoration-line", "vertical-align", "position", "left", "top", "right", "text-indent", "clip",
    "clip-path", "width", "height", "max-width", "max-height", "overflow", "transform", "rotate", "mso-hide", "white-space",
    "list-style", "list-style-type",
))  # fmt: skip
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[{};]")
_DECLARATION = re.compile(
    r"([\w-]+)\s*:\s*((?:[^;\"'()]|\"[^\"]*\"|'[^']*'|\([^()]*\)|[()])*+)", re.DOTALL
)
_IMPORTANT = re.compile(r"!\s*important\s*$", re.IGNORECASE)
_MEDIA = re.compile(r"@media\b(.*)", re.IGNORECASE | re.DOTALL)
_ELSEWHERE = re.compile(
    r"\b(?:print|speech|aural|braille|tty|tv|projection|handheld)\b|\bnot\b", re.IGNORECASE
)
_SHOWN = re.compile(r"\b(?:all|screen)\b", re.IGNORECASE)
_STEP = re.compile(r"\s*([>])\s*|\s+")
_COMPOUND = re.compile(
    r"(?P<tag>[A-Za-z][\w-]*|\*)?"
    r"(?P<rest>(?:#[\w-]+|\.[\w\u0080-\U0010ffff-]+|\[[^\[\]]*\])*)"
)
_PART = re.compile(
    r"([#.])([\w\u0080-\U0010ffff-]+)|\[\s*([\w:-]+)\s*(?:([~|^$*]?=)\s*(\"[^\"]*\"|'[^']*'|[^\]\s]*)[^\]]*)?\]"
)

Declarations = Mapping[str, str]


class _Compound(NamedTuple):
    """What an element must be: its tag ('' for any), id, classes and attributes."""

    tag: str
    element_id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]


class _Rule(NamedTuple):
    """A selector from right to left, `>` before what must be a parent, and what it declares."""

    compounds: tuple[tuple[str, _Compound], ...]
    rank: tuple[bool, int, int, int, int]
    declared: dict[str, str]


class Stylesheets:
    """The sheets of a page. Raises DocumentError for what is absurdly much."""

    def __init__(self, sheets: Iterator[str]) -> None:
        self._by_id: defaultdict[str, list[_Rule]] = defaultdict(list)
        self._by_class: defaultdict[str, list[_Rule]] = defaultdict(list)
        self._by_tag: defaultdict[str, list[_Rule]] = defaultdict(list)
        self._count = self._tests = 0
        for sheet in sheets:
            for selector, body in _read_blocks(_COMMENT.sub(" ", sheet)):
                self._add(selector, body)

    def _add(self, selectors: str, body: str) -> None:
        plain, important = read_declarations(body)
        for text in selectors.split(",") if plain or important else ():
            compounds = _read_selector(text.strip())
            if compounds is None:
                continue
            self._count += 1
            if self._count > MAX_RULES:
                raise _too_much()
            parts = [compound for _, compound in compounds]
            specificity = (
                sum(bool(part.element_id) for part in parts),
                sum(len(part.classes) + len(part.attributes) for part in parts),
                sum(bool(part.tag) for part in parts),
            )
            for is_important, declared in ((False, plain), (True, important)):
                if declared:
                    self._file(
                        _Rule(compounds, (is_important, *specificity, self._count), declared)
                    )

    def _file(self, rule: _Rule) -> None:
        last = rule.compounds[0][1]
        if last.element_id:
            self._by_id[last.element_id].append(rule)
        elif last.classes:
            self._by_class[min(last.classes)].append(rule)
        else:
            self._by_tag[last.tag].append(rule)

    def declarations(self, element: etree._Element) -> Declarations:
        """What the sheets and its own `style` declare for an element. Raises DocumentError for what takes too long."""
        found = [rule for rule in self._candidates(element) if self._matches(rule, element)]
        style = element.get("style")
        if not found and not style:
            return {}
        plain, important = read_declarations(style or "")
        declared: dict[str, str] = {}
        found.sort(key=lambda rule: rule.rank)
        for rule in found:
            if not rule.rank[0]:
                _declare(declared, rule.declared)
        _declare(declared, plain)
        for rule in found:
            if rule.rank[0]:
                _declare(declared, rule.declared)
        _declare(declared, important)
        return declared

    def _candidates(self, element: etree._Element) -> Iterator[_Rule]:
        if not self._count:
            return
        yield from self._by_id.get(element.get("id", ""), ())
        for name in set(element.get("class", "").split()):
            yield from self._by_class.get(name, ())
        yield from self._by_tag.get(element.tag, ())
        yield from self._by_tag.get("", ())

    def _matches(self, rule: _Rule, element: etree._Element) -> bool:
        """Whether an element is selected. What joins by `>` is one; of several such outer ones the nearest serves as well."""
        (_, last), *outer = rule.compounds
        if not self._is(element, last):
            return False
        place: etree._Element | None = element
        i = 0
        while i < len(outer):
            group = [outer[i]]
            while len(group) + i < len(outer) and outer[i + len(group)][0]:
                group.append(outer[i + len(group)])
            is_direct = bool(group[0][0])
            place = place.getparent() if place is not None else None
            while place is not None and not self._climbs(place, group):
                place = None if is_direct else place.getparent()
            for _ in group[1:]:
                place = place.getparent() if place is not None else None
            if place is None:
                return False
            i += len(group)
        return True

    def _climbs(self, element: etree._Element, group: list[tuple[str, _Compound]]) -> bool:
        place: etree._Element | None = element
        for _, compound in group:
            if place is None or not self._is(place, compound):
                return False
            place = place.getparent()
        return True

    def _is(self, element: etree._Element, compound: _Compound) -> bool:
        self._tests += 1
        if self._tests > MAX_TESTS:
            raise _too_much()
        return (
            compound.tag in ("", element.tag)
            and compound.element_id in ("", element.get("id"))
            and (not compound.classes or compound.classes <= set(element.get("class", "").split()))
            and all(_has_attribute(element, *wanted) for wanted in compound.attributes)
        )


def _too_much() -> DocumentError:
    return DocumentError(Message("style sheets that are too complicated", "网页样式过于复杂"))


def _declare(declared: dict[str, str], others: Declarations) -> None:
    """Let other declarations count, what came before them as if it stood before."""
    for name, value in others.items():
        declared.pop(name, None)
        declared[name] = value


@lru_cache(maxsize=10_000)  # the cells of a table say the same
def read_declarations(body: str) -> tuple[dict[str, str], dict[str, str]]:
    """What is declared of `PROPERTIES`, in lower case, and what of it is important."""
    plain: dict[str, str] = {}
    important: dict[str, str] = {}
    for match in _DECLARATION.finditer(body):
        name = match[1].lower()
        if name in PROPERTIES:
            value = match[2].strip().lower()
            shown = _IMPORTANT.sub("", value).strip()
            _declare(plain if shown == value else important, {name: shown})
    return plain, important


def _read_blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of a sheet, those for paper left out."""
    start = 0
    sheet += "}}"  # what is open at the end counts
    heads: list[
        tuple[str, bool]
    ] = []  # the open blocks: what stands before them, and whether they count
    for match in _BRACE.finditer(sheet):
        sign = match[0]
        if sign == "{":
            head = sheet[start : match.start()].strip()
            counts = not heads or heads[-1][1]
            heads.append((head, counts and _counts(head)))
            start = match.end()
        elif sign == "}" and heads:
            head, counts = heads.pop()
            if counts and not head.startswith("@"):
                yield head, sheet[start : match.start()]
            start = match.end()
        elif sign == ";" and not heads:
            start = match.end()  # an @import


def _counts(head: str) -> bool:
    if not head.startswith("@"):
        return True
    if media := _MEDIA.match(head):
        return not _ELSEWHERE.search(media[1]) or bool(
            _SHOWN.search(media[1]) and "not" not in media[1]
        )
    return head.lower().startswith(("@supports", "@layer"))


def _read_selector(text: str) -> tuple[tuple[str, _Compound], ...] | None:
    """A selector's parts from right to left; None for one that is not read, such as of what is pointed at."""
    compounds: list[tuple[str, _Compound]] = []
    place, joint = 0, ""
    while place < len(text):
        match = _COMPOUND.match(text, place)
        if match is None or match.end() == place:
            return None
        compounds.append((joint, _read_compound(match)))
        place = match.end()
        step = _STEP.match(text, place)
        if place < len(text) and step is None:
            return None
        joint = (step[1] or "") if step else ""
        place = step.end() if step else place
    if not compounds:
        return None
    # The sign between two belongs to the outer one, as it is looked up from inside
    signs = ["", *(joint for joint, _ in reversed(compounds[1:]))]
    return tuple(zip(signs, (compound for _, compound in reversed(compounds)), strict=True))


def _read_compound(match: re.Match[str]) -> _Compound:
    tag = (match["tag"] or "").lower()
    element_id, classes = "", set()
    attributes: list[tuple[str, str, str]] = []
    for kind, name, attribute, operator, value in _PART.findall(match["rest"]):
        if kind == "#":
            element_id = name
        elif kind == ".":
            classes.add(name)
        else:
            attributes.append((attribute.lower(), operator, value.strip("\"'")))
    return _Compound(
        tag="" if tag == "*" else tag,
        element_id=element_id,
        classes=frozenset(classes),
        attributes=tuple(attributes),
    )


def _has_attribute(element: etree._Element, name: str, operator: str, wanted: str) -> bool:
    value: str | None = element.get(name)
    if value is None:
        return False
    if not operator:
        return True
    if not wanted:
        return operator == "=" and not value
    return {
        "=": value == wanted, "~=": wanted in value.split(), "|=": value == wanted or value.startswith(f"{wanted}-"),
        "^=": value.startswith(wanted), "$=": value.endswith(wanted), "*=": wanted in value,
    }[operator]  # fmt: skip

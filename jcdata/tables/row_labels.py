"""Rows of a space-separated table by their labels: where one begins, what it is called, which side it is on.

Words up to the next figure are labels of rows, split where a code, an ordinal, a label of a closed list or an
indent begins; figures after a label belong to its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from jcdata.classification import item_names
from jcdata.codes import CODE, LENGTHS, PART
from jcdata.names import name_key
from jcdata.spec_files import patterns
from jcdata.table_templates import TableSpec
from jcdata.tables.printed import Header, is_header_text
from jcdata.tables.tokens import Token
from jcdata.tables.totals import is_total_name
from jcdata.tables.vocabulary import code_in, vocabulary
from jcdata.text import bare_name, label_key, squeeze, strip_ordinal


@dataclass(slots=True)
class Entry:
    """A label and the figures after it."""

    side: str
    words: list[Token] = field(default_factory=list)
    code: str = ""
    name: str = ""
    governmental_item: str = ""
    figures: list[Token] = field(default_factory=list)


def read_entries(tokens: Sequence[Token], header: Header) -> list[Entry]:
    """Divide the stream of tokens into labels with their figures, each with its side."""
    entries: list[Entry] = []
    words: list[Token] = []
    for token in tokens:
        if token.is_figure:
            words = _without_ends(words, entries)
            if words or not entries:
                entries += _split_labels(words, header) or [Entry(side="")]
                words = []
            entries[-1].figures.append(token)
        else:
            words.append(token)
    words = _without_ends(words, entries)
    return _give_sides(entries + _split_labels(words, header), header)


def _without_ends(words: Sequence[Token], entries: Sequence[Entry]) -> list[Token]:
    """The words after a row's figures without the end of its name, which stands on the next line in brackets: （2025年）."""
    rest = list(words)
    while rest and entries and entries[-1].figures and _is_end_of_name(rest[0]):
        entries[-1].name += squeeze(rest.pop(0).text)
    return rest


def _is_end_of_name(word: Token) -> bool:
    return (
        word.gap.begins_line
        and word.follows_line
        and word.text[0] in "（("
        and strip_ordinal(word.text) == word.text
    )


def _split_labels(words: Sequence[Token], header: Header) -> list[Entry]:
    """Rows begin at codes, at ordinals or listed labels, or at an indent; all but the last have no figures."""
    entries: list[Entry] = []
    for token in words:
        for part in _split_at_labels(token, header.spec):
            if not entries or _begins_row(part, entries[-1], header.spec):
                entries.append(Entry(side=""))
            entries[-1].words.append(part)
    return [_name_entry(entry, header.spec) for entry in entries]


def _split_at_labels(token: Token, spec: TableSpec) -> list[Token]:
    """Cut a word where a listed label begins in its middle: 五、单位资金五、教育支出; an ordinal before one is left out."""
    if spec.row_labels is None:
        return [token]
    cuts = [m.start() for m in spec.row_labels.finditer(token.text) if m.start()]
    if not cuts:
        return [token]
    pieces = [token.text[a:b] for a, b in zip([0, *cuts], [*cuts, len(token.text)], strict=True)]
    if cuts and strip_ordinal(token.text) == token.text[cuts[0] :]:
        pieces = pieces[1:]
    return [
        replace(token, text=piece, follows_line=token.follows_line and i == 0)
        for i, piece in enumerate(pieces)
    ]


def _begins_row(token: Token, entry: Entry, spec: TableSpec) -> bool:
    if spec.has_codes and (
        CODE.match(token.text)
        or vocabulary().code_before.fullmatch(token.text)
        or (is_total_name(token.text) and token.gap.begins_line)
    ):
        return True
    if spec.row_labels is not None:
        return bool(spec.row_labels.match(token.text))
    if not token.gap.begins_line or spec.has_codes:
        return False
    # A row begins at an indent, and below a label whose own cells are all blank.
    blank_cells = sum(not c.is_text for c in spec.columns)
    return (
        token.line.text.lstrip(" ").startswith("\u3000") or entry.words[-1].trailing >= blank_cells
    )


def _name_entry(entry: Entry, spec: TableSpec) -> Entry:
    words = entry.words
    if spec.has_codes and (match := CODE.match(words[0].text)):
        texts = [words[0].text[match.end() :], *(word.text for word in words[1:])]
        entry.code = label_key(match[0])
        # 类, 款 and 项 in columns of their own.
        while (
            len(texts) > 1
            and not texts[0]
            and len(entry.code) < LENGTHS[-1]
            and PART.fullmatch(texts[1])
        ):
            entry.code += label_key(texts.pop(1))
        entry.name = "".join(texts)
    elif spec.has_governmental_item:
        entry.name, entry.governmental_item = _split_economic_items(words)
    else:
        entry.name = "".join(word.text for word in words)
        if spec.has_codes:
            entry.code, entry.name = code_in(entry.name)
    entry.name = bare_name(squeeze(entry.name))
    return entry


def _split_economic_items(words: Sequence[Token]) -> tuple[str, str]:
    """A departmental item and the governmental one beside it: known names first, then gaps and blank lines."""
    if is_total_name(whole := "".join(word.text for word in words)):
        return whole, ""
    departmental, governmental = (
        item_names("departmental_economic"),
        item_names("governmental_economic"),
    )
    best, split = float("-inf"), len(words)
    for i in range(1, len(words) + 1):
        left, right = ("".join(w.text for w in part) for part in (words[:i], words[i:]))
        # A name that is known weighs more than any white space.
        score = 4.0 * (name_key(left) in departmental) + 4.0 * (name_key(right) in governmental)
        if i < len(words):
            score += _score_of_split(words[i])
        if score > best:
            best, split = score, i
    return "".join(w.text for w in words[:split]), "".join(w.text for w in words[split:])


def _score_of_split(word: Token) -> float:
    """How likely a word begins the governmental item: beside the departmental one, or below a blank line."""
    if not word.gap.begins_line:
        return 1.0
    return -1.0 if word.follows_line else 0.5


def _give_sides(entries: list[Entry], header: Header) -> list[Entry]:
    """Give each entry its side; in tables with codes on both sides, left and right alternate."""
    spec = header.spec
    sides = list(dict.fromkeys(c.side for c in header.columns))
    if spec.is_balance:
        is_revenue = patterns("balance")["revenue"].fullmatch
        for entry, beside in zip_longest(entries, entries[1:]):
            is_left = is_revenue(label_key(entry.name)) or (
                beside and beside.name == entry.name
            )  # 总计 on both sides
            entry.side = "revenue" if is_left else "expenditure"
    elif len(sides) == 2:
        _alternate_sides(entries)
    return entries


def _alternate_sides(entries: list[Entry]) -> None:
    left: Entry | None = None
    for entry in entries:
        # The right cell bears the left one's code, or one of expenditure: 1 begins revenue's.
        pairs = (
            left is not None
            and entry.code
            and (entry.code == left.code or not entry.code.startswith("1"))
        )
        if entry.code and pairs:
            entry.side, left = "expenditure", None
        else:
            entry.side, left = "revenue", entry if entry.code else None


def is_blank_row(entry: Entry, spec: TableSpec) -> bool:
    """Whether an entry without figures is a row whose cells are blank, and not some text between the rows."""
    name = label_key(entry.name)
    if entry.code or is_total_name(name) or is_header_text(name, spec):
        return True
    if spec.row_labels is not None:
        return bool(spec.row_labels.match(entry.words[0].text))
    blank_cells = sum(not column.is_text for column in spec.columns)
    return not spec.has_codes and entry.words[-1].trailing >= blank_cells

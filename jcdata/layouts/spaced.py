"""Tables of a PDF's text layer: the grid is gone, cells are separated by spaces and wrapped over lines.

The lines of a table become one stream of tokens (words and figures, each with the white space before it). Words
up to the next figure are labels of rows, split where a code, an ordinal or a label of a closed list begins;
figures after a label belong to its row, and `placement` decides their columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from jcdata.amounts import BLANK_SIGNS, AmountError, parse_number
from jcdata.documents import Line
from jcdata.layouts.printed_table import (
    Header,
    PrintedFigure,
    PrintedRow,
    PrintedTable,
    fit_columns,
    is_caption,
    is_index_row,
    is_note,
)
from jcdata.layouts.tokens import FIGURE, Token, tokenise
from jcdata.placement import Gap, Placement, decide, place, settle
from jcdata.specs import ColumnSpec, TableSpec, economic_items, patterns
from jcdata.text import ORDINAL_CHARS, label_key, squeeze, strip_ordinal

_CODE = re.compile(r"(?:\d{7}|\d{5}|\d{3})(?!\d)")
_TOTAL = re.compile(r"(?:部门|单位)?(?:合计|总计|小计)")
_ORDINAL_LABEL = rf"[{ORDINAL_CHARS}]{{1,3}}、|[（(][{ORDINAL_CHARS}]{{1,3}}[）)]"


@dataclass(slots=True)
class Entry:
    """A label and the figures after it."""

    side: str
    words: list[Token] = field(default_factory=list)
    code: str = ""
    name: str = ""
    governmental_item: str = ""
    figures: list[Token] = field(default_factory=list)


class Placed(NamedTuple):
    """An entry with the columns of its figures."""

    entry: Entry
    amounts: list[Decimal]
    placement: Placement


def read_table(lines: Sequence[Line], specs: Sequence[TableSpec]) -> PrintedTable:
    """Read the lines below a table's title by the template whose header fits best."""
    body = [line for line in lines if not is_caption(label_key(line.text)) and not is_note(label_key(line.text))]
    header, start = min((_read_header(body, spec) for spec in specs), key=lambda read: read[0].missing)
    head_keys = [label_key(line.text) for line in body[:start]]
    rows = _drop_repeated_header(body[start:], "".join(head_keys))
    tokens = tokenise(rows, header.spec.has_codes)
    entries = _split_sides(_read_entries(tokens, header), header)
    return _make_table(entries, header)


def _read_header(lines: Sequence[Line], spec: TableSpec) -> tuple[Header, int]:
    """The header by a template, and the index of the first line below it."""
    keys = [label_key(line.text) for line in lines]
    end = next((i for i, line in enumerate(lines) if _is_data(line.text, keys[i], spec)), len(lines))
    counted = next((i for i in range(end) if is_index_row(lines[i].text)), None)
    words = [match for match in spec.header_word.finditer("".join(keys[:end]))]
    start = counted + 1 if counted is not None else end
    if counted is None and not spec.has_codes:
        start = _last_header_line(keys[:end], words) + 1  # a name may wrap above its first figure
    return fit_columns([word[0] for word in words], spec), start


def _is_data(text: str, key: str, spec: TableSpec) -> bool:
    if is_index_row(text):
        return False
    if spec.has_codes:
        return bool(_CODE.match(key)) or bool(re.fullmatch(r"(?:合计|总计)[-\d,.]*\d", key))
    if spec.is_balance and re.match(_ORDINAL_LABEL, key):
        return True
    if spec.row_labels and spec.row_labels.match(key) and not _TOTAL.match(key):
        return True
    return any(FIGURE.fullmatch(word) and word not in "0123456789" for word in text.split())


def _last_header_line(keys: Sequence[str], words: Sequence[re.Match[str]]) -> int:
    """Index of the last line that consists of header words only, -1 if none does."""
    covered = {i for word in words for i in range(word.start(), word.end())}
    last, position = -1, 0
    for index, key in enumerate(keys):
        if key and all(i in covered for i in range(position, position + len(key))):
            last = index
        position += len(key)
    return last


def _drop_repeated_header(lines: Sequence[Line], header: str) -> list[Line]:
    """Leave out the header where a page break prints it again."""
    kept: list[Line] = []
    i = 0
    while i < len(lines):
        joined, end = "", i
        while header and end < len(lines) and len(joined) < len(header):
            key = label_key(lines[end].text)
            if not header.startswith(joined + key):
                break
            joined, end = joined + key, end + 1
        if header and joined == header:
            i = end
        else:
            kept.append(lines[i])
            i += 1
    return kept


def _read_entries(tokens: Sequence[Token], header: Header) -> list[Entry]:
    """Divide the stream into labels with their figures."""
    entries: list[Entry] = []
    words: list[Token] = []
    for token in tokens:
        if token.is_figure:
            if words or not entries:
                entries += _split_labels(words, header) or [Entry("")]
                words = []
            entries[-1].figures.append(token)
        else:
            words.append(token)
    return entries + _split_labels(words, header)


def _split_labels(words: Sequence[Token], header: Header) -> list[Entry]:
    """Rows begin at codes, at ordinals or listed labels, or at an indent; all but the last have no figures."""
    entries: list[Entry] = []
    for token in words:
        for part in _split_at_labels(token, header.spec):
            if not entries or _begins_row(part, entries[-1], header.spec):
                entries.append(Entry(""))
            entries[-1].words.append(part)
    return [entry for entry in map(lambda e: _name_entry(e, header.spec), entries)]


def _split_at_labels(token: Token, spec: TableSpec) -> list[Token]:
    """Cut a word where a listed label begins in its middle: 五、单位资金五、教育支出."""
    if spec.row_labels is None:
        return [token]
    cuts = [m.start() for m in spec.row_labels.finditer(token.text) if m.start()]
    if not cuts:
        return [token]
    pieces = [token.text[a:b] for a, b in zip([0, *cuts], [*cuts, len(token.text)], strict=True)]
    return [Token(p, token.line, token.gap, False, token.follows_line and not i, token.trailing) for i, p in enumerate(pieces)]


def _begins_row(token: Token, entry: Entry, spec: TableSpec) -> bool:
    if spec.has_codes and (_CODE.match(token.text) or (_TOTAL.fullmatch(token.text) and token.gap.begins_line)):
        return True
    if spec.row_labels is not None:
        return bool(spec.row_labels.match(token.text))
    if not token.gap.begins_line or spec.has_codes:
        return False
    blank_cells = sum(not c.is_text for c in spec.columns)
    return token.line.text.lstrip(" ").startswith("\u3000") or entry.words[-1].trailing >= blank_cells


def _name_entry(entry: Entry, spec: TableSpec) -> Entry:
    words = entry.words
    if spec.has_codes and (match := _CODE.match(words[0].text)):
        entry.code = match[0]
        rest = words[0].text[match.end() :]
        entry.name = rest + "".join(word.text for word in words[1:])
    elif spec.has_governmental_item:
        entry.name, entry.governmental_item = _split_economic_items(words)
    else:
        entry.name = "".join(word.text for word in words)
    entry.name = strip_ordinal(squeeze(entry.name))
    return entry


def _split_economic_items(words: Sequence[Token]) -> tuple[str, str]:
    """A departmental item and the governmental one beside it: known names first, then gaps and blank lines."""
    departmental, governmental = economic_items()
    best, split = float("-inf"), len(words)
    for i in range(1, len(words) + 1):
        left, right = ("".join(w.text for w in part) for part in (words[:i], words[i:]))
        score = 4.0 * (left in departmental) + 4.0 * (right in governmental)
        if i < len(words):
            score += 1.0 if not words[i].gap.begins_line else -1.0 if words[i].follows_line else 0.5
        if score > best:
            best, split = score, i
    return "".join(w.text for w in words[:split]), "".join(w.text for w in words[split:])


def _split_sides(entries: list[Entry], header: Header) -> list[Entry]:
    """Give each entry its side; in tables with codes on both sides, left and right alternate."""
    spec = header.spec
    sides = list(dict.fromkeys(c.side for c in header.columns))
    if spec.is_balance:
        is_revenue = patterns("balance")["revenue"].fullmatch
        for entry in entries:
            entry.side = "revenue" if is_revenue(label_key(entry.name)) else "expenditure"
    elif len(sides) == 2:
        _alternate_sides(entries)
    return entries


def _alternate_sides(entries: list[Entry]) -> None:
    left: Entry | None = None
    for entry in entries:
        pairs = left is not None and entry.code and (entry.code == left.code or not entry.code.startswith("1"))
        if entry.code and pairs:
            entry.side, left = "expenditure", None
        else:
            entry.side, left = "revenue", entry if entry.code else None


def _make_table(entries: Sequence[Entry], header: Header) -> PrintedTable:
    table = PrintedTable(header.spec, [], [])
    placed = []
    for entry in entries:
        if entry.figures:
            try:
                placed.append(_place(entry, header))
            except ValueError as error:
                table.unrecognised.append((entry.figures[0].line, f"{error}: {entry.name} / 数字多于栏次"))
    for row in _settle_by_sums(placed):
        table.rows.extend(_make_rows(row, header.columns))
    return table


def _cells_after_label(entry: Entry, header: Header) -> range:
    """Positions of the cells that may follow an entry's label: its side's figures, and after a shared total both sides'."""
    shared = header.spec.has_codes and not entry.code
    own = [i for i, c in enumerate(header.columns) if shared or c.side == entry.side]
    first = next((i for i in own if not header.columns[i].is_text), own[-1])
    if header.spec.has_governmental_item and not entry.governmental_item and not _TOTAL.fullmatch(entry.name):
        first -= 1  # the blank cell of the governmental item stands before the figures
    return range(first, own[-1] + 1)


def _place(entry: Entry, header: Header) -> Placed:
    cells = _cells_after_label(entry, header)
    gaps = [f.gap if i == 0 or not f.gap.begins_line else Gap(None) for i, f in enumerate(entry.figures)]
    amounts = [_number(f.text) for f in entry.figures]
    trailing = entry.figures[-1].trailing
    sums = [s for s in header.spec.sums if s.side == entry.side]
    return Placed(entry, amounts, place(gaps, trailing, cells, header.columns, amounts, sums))


def _number(text: str) -> Decimal:
    """The figure for comparing sums; one that is misprinted counts as nothing and is reported where it is parsed."""
    try:
        return parse_number(text)
    except AmountError:
        return Decimal(0)


def _settle_by_sums(placed: list[Placed]) -> list[Placed]:
    """Where several choices are left, take the only ones with which the children make up their parent."""
    if not any(p.placement.others for p in placed):
        return placed
    done = list(placed)
    for index in range(len(done)):
        parent, children = done[index], _children(done, index)
        options = [(done[i].amounts, (done[i].placement.columns, *done[i].placement.others)) for i in children]
        if all(len(choices) == 1 for _, choices in options):
            continue
        wanted = dict(zip(parent.placement.columns, parent.amounts, strict=True))
        if settle(wanted, [(amounts, choices[:1]) for amounts, choices in options]):
            continue
        for i, chosen in zip(children, settle(wanted, options) or (), strict=False):
            if chosen != done[i].placement.columns:
                decided = decide(chosen, options[children.index(i)][1])
                done[i] = done[i]._replace(placement=Placement(chosen, decided))
    return done


def _children(placed: Sequence[Placed], index: int) -> list[int]:
    """Indexes of the rows that make up a parent, of the same side.

    Below a code they are the codes one level deeper; below a 类 of table 6 the items that follow it; below a
    total the rows of the highest level.
    """
    parent = placed[index].entry
    rows = [(i, p.entry) for i, p in enumerate(placed) if p.entry.side == parent.side and i != index]
    if parent.code:
        return [i for i, e in rows if len(e.code) == len(parent.code) + 2 and e.code.startswith(parent.code)]
    has_items = any(e.governmental_item for _, e in rows)
    if _TOTAL.search(parent.name):
        top = min((len(e.code) for _, e in rows if e.code), default=0)
        return [i for i, e in rows if len(e.code) == top and not e.governmental_item and not _TOTAL.search(e.name)]
    if has_items and not parent.governmental_item:
        return [i for i, _ in takewhile(lambda row: row[1].governmental_item, (row for row in rows if row[0] > index))]
    return []


def _make_rows(row: Placed, columns: Sequence[ColumnSpec]) -> list[PrintedRow]:
    entry, placement = row.entry, row.placement
    rows = []
    for side in dict.fromkeys(columns[c].side for c in placement.columns):
        figures = tuple(
            PrintedFigure(columns[c].name, figure.text, figure.line.no, placed_by)
            for c, figure, placed_by in zip(placement.columns, entry.figures, placement.placed_by, strict=True)
            if columns[c].side == side and figure.text not in BLANK_SIGNS
        )
        line_no = entry.words[0].line.no if entry.words else entry.figures[0].line.no
        if figures:
            rows.append(PrintedRow(side, entry.code, entry.name, entry.governmental_item, figures, line_no))
    return rows

"""Tables of a PDF's text layer: the grid is gone, cells are separated by spaces and wrapped over lines.

The lines of a table become one stream of tokens (words and figures, each with the white space before it). Words
up to the next figure are labels of rows, split where a code, an ordinal or a label of a closed list begins;
figures after a label belong to its row, and `placement` decides their columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jcdata.amounts import AmountError, parse_number
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
from jcdata.placement import Gap, Placement, place, settle
from jcdata.specs import ColumnSpec, TableSpec, economic_items, patterns
from jcdata.text import ORDINAL_CHARS, label_key, squeeze, strip_ordinal

_WORD = re.compile(r"[^ \u3000]+")
_FIGURE = re.compile(r"[-－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_CODE = re.compile(r"(?:\d{7}|\d{5}|\d{3})(?!\d)")
_TOTAL = re.compile(r"(?:部门|单位)?(?:合计|总计|小计)")
_ORDINAL_LABEL = rf"[{ORDINAL_CHARS}]{{1,3}}、|[（(][{ORDINAL_CHARS}]{{1,3}}[）)]"


@dataclass(slots=True)
class Token:
    """A word or figure; `gap` is the white space before it, `trailing` the spaces after it to the line's end."""

    text: str
    line: Line
    gap: Gap
    is_figure: bool
    follows_line: bool  # its line follows the line of the token before without a blank one between
    trailing: int = 0


@dataclass(slots=True)
class Entry:
    """A label and the figures after it."""

    side: str
    words: list[Token] = field(default_factory=list)
    code: str = ""
    name: str = ""
    governmental_item: str = ""
    figures: list[Token] = field(default_factory=list)


def read_table(lines: Sequence[Line], specs: Sequence[TableSpec]) -> PrintedTable:
    """Read the lines below a table's title by the template whose header fits best."""
    body = [line for line in lines if not is_caption(label_key(line.text)) and not is_note(label_key(line.text))]
    header, start = min((_read_header(body, spec) for spec in specs), key=lambda read: read[0].missing)
    head_keys = [label_key(line.text) for line in body[:start]]
    rows = _drop_repeated_header(body[start:], "".join(head_keys))
    tokens = tokenise(rows)
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
    return any(_FIGURE.fullmatch(word) and word not in "0123456789" for word in text.split())


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


def tokenise(lines: Sequence[Line]) -> list[Token]:
    """Words and figures of a table's lines, in reading order."""
    decimals = _usual_decimals(lines)
    tokens: list[Token] = []
    previous: Line | None = None
    for line in lines:
        follows = previous is not None and line.no == previous.no + 1
        text, end = line.text, 0
        first = len(tokens)
        for word in _WORD.finditer(text):
            begins = end == 0 and len(tokens) == first
            for part, is_figure in _split_word(word[0], decimals):
                glued = len(tokens) > first and tokens[-1].line is line and end == word.start() + len(word[0])
                size = 0 if glued else word.start() - end
                tokens.append(Token(part, line, Gap(size, begins), is_figure, begins and follows))
                begins, end = False, word.end()
        if len(tokens) > first:
            tokens[-1].trailing = len(text) - end
        previous = line
    return _join_broken_figures(tokens)


def _usual_decimals(lines: Sequence[Line]) -> int | None:
    """How many decimals the table's figures have; None if they are whole numbers."""
    numbers = [w for line in lines for w in line.text.split() if _FIGURE.fullmatch(w)]
    decimals = Counter(len(n.rpartition(".")[2]) for n in numbers if "." in n)
    if not decimals:
        return None if numbers else 2
    return decimals.most_common(1)[0][0]


def _split_word(word: str, decimals: int | None) -> list[tuple[str, bool]]:
    """A run of characters as words and figures, cutting apart what is glued: 551.01年终结转, 0.00208, 收入合计4.00."""
    if _FIGURE.fullmatch(word):
        places = len(word.rpartition(".")[2]) if "." in word else 0
        if decimals is None or places == decimals or (places == 0 and ("," in word or word == "0")):
            return [(word, True)]
        if places < decimals:
            return [(word, False)]
    if decimals is None:
        return [(word, False)]
    glued = re.compile(
        rf"(?<![\dA-Za-z.,])([-－]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)\.\d{{{decimals}}})(?=\D|$|\d{{3}}(?:\d\d){{0,2}}(?!\d))"
    )
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in glued.finditer(word):
        if match.start() > end:
            parts.append((word[end : match.start()], False))
        parts.append((match[1], True))
        end = match.end()
    if end < len(word):
        parts.append((word[end:], False))
    return parts


def _join_broken_figures(tokens: list[Token]) -> list[Token]:
    """Put a figure together that a narrow column broke after a comma or point: `9,629,` / `880.71`."""
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if last and not last.is_figure and token.gap.begins_line and token.text[0].isdigit():
            whole = last.text + token.text
            if last.text[-1] in ",." and _FIGURE.fullmatch(whole):
                joined[-1] = Token(whole, last.line, last.gap, True, last.follows_line, token.trailing)
                continue
        joined.append(token)
    return joined


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
    before = entry.words[-1]
    return token.line.text.startswith("\u3000") or before.trailing > 1


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
    placed: list[tuple[Entry, list[ColumnSpec], Placement]] = []
    for entry in entries:
        if not entry.figures:
            continue
        columns = _columns_after_label(entry, header)
        try:
            placed.append((entry, columns, _place(entry, columns, header)))
        except ValueError as error:
            table.unrecognised.append((entry.figures[0].line, f"{error}: {entry.name} / 数字多于栏次"))
    for entry, columns, placement in _settle_by_sums(placed):
        table.rows.extend(_make_rows(entry, columns, placement))
    return table


def _columns_after_label(entry: Entry, header: Header) -> list[ColumnSpec]:
    """The cells that may follow an entry's label: its side's figures, and for a shared total both sides'."""
    spans = len({c.side for c in header.columns}) == 2 and header.spec.has_codes and not entry.code
    own = [c for c in header.columns if spans or c.side == entry.side]
    last_label = 0
    while last_label < len(own) and own[last_label].is_text:
        last_label += 1
    if header.spec.has_governmental_item and not entry.governmental_item and not _TOTAL.fullmatch(entry.name):
        last_label -= 1  # the blank cell of the governmental item stands before the figures
    return own[last_label:]


def _place(entry: Entry, columns: Sequence[ColumnSpec], header: Header) -> Placement:
    gaps = [f.gap if i == 0 or not f.gap.begins_line else Gap(None) for i, f in enumerate(entry.figures)]
    amounts = [_number(f.text) for f in entry.figures]
    candidates = [i for i, column in enumerate(columns) if not column.is_text]
    names = [column.name for column in columns]
    sums = [s for s in header.spec.sums if s.side == entry.side]
    return place(gaps, entry.figures[-1].trailing, candidates, len(columns), amounts, names, sums)


def _number(text: str) -> Decimal | None:
    try:
        return parse_number(text)
    except AmountError:
        return None


def _settle_by_sums(
    placed: list[tuple[Entry, list[ColumnSpec], Placement]],
) -> list[tuple[Entry, list[ColumnSpec], Placement]]:
    """Where white space and row leave several choices, take those with which the children make up their parent."""
    if not any(placement.others for _, _, placement in placed):
        return placed
    done = list(placed)
    for i, (entry, _, placement) in enumerate(done):
        if placement.others or not entry.figures:
            continue
        children = _children(done, i)
        if not any(done[c][2].others for c in children):
            continue
        parent = _by_column(entry, placement.columns)
        options = [([_number(f.text) or Decimal(0) for f in done[c][0].figures], (done[c][2].columns, *done[c][2].others)) for c in children]
        if way := settle(parent, options):
            for c, chosen in zip(children, way, strict=True):
                by = "arithmetic" if done[c][2].others else done[c][2].placed_by
                done[c] = (done[c][0], done[c][1], Placement(chosen, by))
    return done


def _children(placed: Sequence[tuple[Entry, list[ColumnSpec], Placement]], i: int) -> list[int]:
    parent = placed[i][0]
    same_side = [k for k, (entry, _, _) in enumerate(placed) if entry.side == parent.side and k != i]
    if parent.code:
        return [k for k in same_side if len(placed[k][0].code) == len(parent.code) + 2 and placed[k][0].code.startswith(parent.code)]
    if not _TOTAL.search(parent.name):
        return []
    shortest = min((len(placed[k][0].code) for k in same_side if placed[k][0].code), default=0)
    return [k for k in same_side if len(placed[k][0].code) == shortest and not _TOTAL.search(placed[k][0].name)]


def _by_column(entry: Entry, columns: Sequence[int]) -> dict[int, Decimal]:
    return {c: _number(f.text) or Decimal(0) for c, f in zip(columns, entry.figures, strict=True)}


def _make_rows(entry: Entry, columns: Sequence[ColumnSpec], placement: Placement) -> list[PrintedRow]:
    rows = []
    for side in dict.fromkeys(columns[c].side for c in placement.columns):
        figures = tuple(
            PrintedFigure(columns[c].name, figure.text, figure.line.no)
            for c, figure in zip(placement.columns, entry.figures, strict=True)
            if columns[c].side == side
        )
        line_no = entry.words[0].line.no if entry.words else figures[0].line_no
        rows.append(PrintedRow(side, entry.code, entry.name, entry.governmental_item, figures, placement.placed_by, line_no))
    return rows

"""Tables of a PDF's text layer: the grid is gone, cells are separated by spaces and wrapped over lines.

The lines of a table become one stream of tokens (words and figures, each with the white space before it). Words
up to the next figure are labels of rows, split where a code, an ordinal or a label of a closed list begins;
figures after a label belong to its row, and `placement` decides their columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from jcdata.amounts import MONEY_UNIT, parse_number
from jcdata.codes import parent_of
from jcdata.documents.document import Line
from jcdata.errors import AmountError
from jcdata.messages import Message
from jcdata.table_templates import LEADING, ROW_NUMBER, ColumnSpec, TableSpec, blank_signs
from jcdata.tables.placement import Gap, Placement, decide, place, settle
from jcdata.tables.printed import (
    Header,
    PlacedRow,
    PrintedFigure,
    PrintedRow,
    PrintedTable,
    by_item,
    without_captions,
)
from jcdata.tables.row_labels import Entry, is_blank_row, read_entries
from jcdata.tables.spaced_headers import read_header
from jcdata.tables.tokens import Token, drop_leading, drop_row_numbers, tokenise
from jcdata.tables.totals import is_total_name
from jcdata.text import label_key

_OWN_UNIT = re.compile(f"{MONEY_UNIT}$")

NO_CODE = "-"
_UNDECIDED = Message(
    "neither print nor sums tell the columns of the figures", "版面与勾稽关系均不能确定数字所在栏次"
)


class Placed(NamedTuple):
    """An entry with the columns of its figures and the white space by which they were found."""

    entry: Entry
    amounts: list[Decimal]
    placement: Placement
    gaps: tuple[Gap, ...]


def read_table(lines: Sequence[Line], specs: Sequence[TableSpec]) -> PrintedTable:
    """Read the lines below a table's title by the template whose header fits best."""
    body = without_captions(lines)
    header, start = min(
        (read_header(body, spec) for spec in specs), key=lambda read: read[0].misfit
    )
    if not header.fits:
        return PrintedTable(header=header, rows=[], unplaced=[], stray=[])
    head_keys = [label_key(line.text) for line in body[:start]]
    rows = _drop_repeated_header(body[start:], "".join(head_keys))
    tokens = tokenise(rows, header.spec.has_codes)
    if header.spec.has_codes and header.columns[0].name in LEADING:
        tokens = drop_leading(tokens)
    elif any(column.name == ROW_NUMBER for column in header.columns):
        tokens = drop_row_numbers(tokens)
    entries = read_entries(tokens, header)
    return _make_table(entries, header)


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


def _make_table(entries: Sequence[Entry], header: Header) -> PrintedTable:
    placed: list[Placed] = []
    unplaced: list[tuple[Line, Message]] = []
    stray: list[Line] = []
    blanks_show = any(
        figure.trailing or (figure.gap.size or 0) > 1
        for entry in entries
        for figure in entry.figures
        if not figure.gap.begins_line
    )
    for entry in entries:
        if entry.figures:
            try:
                placed.append(_place(entry, header, blanks_show))
            except ValueError as error:
                unplaced.append(
                    (entry.figures[0].line, Message(f"{error}: {entry.name}", "数字多于栏次"))
                )
        elif not is_blank_row(entry, header.spec):
            stray += dict.fromkeys(word.line for word in entry.words)
    rows: list[PrintedRow] = []
    all_settled = _settle_by_sums(placed)
    for settled in all_settled:
        sure, unsure = _parted(settled)
        rows += _make_rows(sure, header.columns)
        unplaced += [(line, _UNDECIDED) for line in dict.fromkeys(figure.line for figure in unsure)]
    return PrintedTable(
        header=header,
        rows=rows,
        unplaced=unplaced,
        stray=stray,
        placed=tuple(_explained(settled, header) for settled in all_settled),
    )


def _explained(row: Placed, header: Header) -> PlacedRow:
    figures = row.entry.figures
    return PlacedRow(
        name=row.entry.name or row.entry.code,
        line_nos=tuple(dict.fromkeys(token.line.no for token in (*row.entry.words, *figures))),
        figures=tuple(figure.text for figure in figures),
        gaps=row.gaps,
        trailing=figures[-1].trailing,
        columns=header.columns,
        placement=row.placement,
    )


def _cells_after_label(entry: Entry, header: Header) -> range:
    """Positions of the cells that may follow an entry's label: its side's figures, and after a shared total both sides'."""
    # A total of both sides is printed once, before the figures of both.
    shared = header.spec.has_codes and not entry.code
    own = [i for i, c in enumerate(header.columns) if shared or c.side == entry.side]
    if not own:
        raise ValueError("no columns of its side")
    if (
        len({header.columns[i].side for i in own}) == 1
    ):  # items in several rows of columns have the same cells
        own = [i for i in own if header.columns[i].block == header.columns[own[0]].block]
    first = next((i for i in own if not header.columns[i].is_text), own[-1])
    if (
        header.spec.has_governmental_item
        and not entry.governmental_item
        and not is_total_name(entry.name)
    ):
        first -= 1  # the blank cell of the governmental item stands before the figures
    return range(first, own[-1] + 1)


def _place(entry: Entry, header: Header, blanks_show: bool) -> Placed:
    cells = _cells_after_label(entry, header)
    gaps = [
        f.gap if i == 0 or not f.gap.begins_line else Gap(None) for i, f in enumerate(entry.figures)
    ]
    if (
        gaps[0].size == 2
        and header.spec.has_codes
        and not entry.code
        and len({c.side for c in header.columns}) == 1
    ):
        gaps[0] = Gap(None)  # a total has no name beside it: is that blank, or the cell after it?
    amounts = [_number(f.text) for f in entry.figures]
    trailing = entry.figures[-1].trailing
    sums = [s for s in header.spec.sums if s.side == entry.side]
    placement = place(gaps, trailing, cells, header.columns, amounts, sums, blanks_show)
    return Placed(entry=entry, amounts=amounts, placement=placement, gaps=tuple(gaps))


def _parted(row: Placed) -> tuple[Placed, list[Token]]:
    """A row with the figures whose column is decided: the same in every choice that is left; and the other figures."""
    entry, placement = row.entry, row.placement
    if placement.is_decided:
        return row, []
    sure = [
        i
        for i, column in enumerate(placement.columns)
        if all(other[i] == column for other in placement.others)
    ]
    kept = placement._replace(
        columns=tuple(placement.columns[i] for i in sure),
        placed_by=tuple(placement.placed_by[i] for i in sure),
    )
    figures = [entry.figures[i] for i in sure]
    unsure = [figure for i, figure in enumerate(entry.figures) if i not in sure]
    return row._replace(entry=replace(entry, figures=figures), placement=kept), unsure


def _number(text: str) -> Decimal:
    """The figure for comparing sums; one that is misprinted counts as nothing and is reported where it is parsed."""
    try:
        return parse_number(_OWN_UNIT.sub("", text))
    except AmountError:
        return Decimal(0)


def _settle_by_sums(placed: list[Placed]) -> list[Placed]:
    """Where several choices are left, take the only ones with which the children make up their parent."""
    if not any(p.placement.others for p in placed):
        return placed
    done = list(placed)
    for index, children in enumerate(_children(placed)):
        options = [
            (done[i].amounts, (done[i].placement.columns, *done[i].placement.others))
            for i in children
        ]
        if all(len(choices) == 1 for _, choices in options):
            continue
        parent = done[index]
        if not parent.placement.is_decided:
            continue
        wanted = dict(zip(parent.placement.columns, parent.amounts, strict=True))
        if all(done[i].placement.is_decided for i in children) and settle(
            wanted, [(amounts, choices[:1]) for amounts, choices in options]
        ):
            continue  # the likeliest choices make it up as they are
        settled = settle(wanted, options)
        if settled is None:
            continue
        for i, chosen, (_, choices) in zip(children, settled, options, strict=True):
            if chosen != done[i].placement.columns or not done[i].placement.is_decided:
                ranked = done[i].placement.ranked
                done[i] = done[i]._replace(
                    placement=Placement(
                        columns=chosen, placed_by=decide(chosen, choices), ranked=ranked
                    )
                )
    return done


def _children(placed: Sequence[Placed]) -> list[list[int]]:
    """For each row the indexes of the rows that make it up, of the same side; for a row printed twice only once.

    Below a code they are the codes one level deeper; below an economic 类 the items that follow it; below a
    total the rows of the highest level.
    """
    below: dict[tuple[str, str], list[int]] = {}  # (side, code above); '' above the highest level
    items: dict[int, list[int]] = {}  # economic items below the 类 that they follow
    entries = [row.entry for row in placed]
    shortest: dict[str, int] = {}  # code of each side, that of its highest level
    for entry in entries:
        if entry.code:
            shortest[entry.side] = min(len(entry.code), shortest.get(entry.side, len(entry.code)))
    latest_class = -1
    for i, entry in enumerate(entries):
        highest = shortest.get(entry.side, 0)
        if entry.governmental_item:
            items.setdefault(latest_class, []).append(i)
        elif not is_total_name(entry.name):
            latest_class = i
            parent = parent_of(entry.code) if len(entry.code) > highest else ""
            if len(entry.code) >= highest:
                below.setdefault((entry.side, parent), []).append(i)
    children: list[list[int]] = []
    for i, entry in enumerate(entries):
        key = (entry.side, "" if is_total_name(entry.name) else entry.code or NO_CODE)
        # Taken out of what is left, so that the second print of a row finds nothing more to be the sum of.
        children.append(items[i] if i in items else below.pop(key, []))
    return children


def _make_rows(row: Placed, columns: Sequence[ColumnSpec]) -> list[PrintedRow]:
    entry, placement = row.entry, row.placement
    rows = []
    for side in dict.fromkeys(columns[c].side for c in placement.columns):
        figures = tuple(
            PrintedFigure(
                measure=columns[c].name,
                text=figure.text,
                line_no=figure.line.no,
                placed_by=placed_by,
                item=columns[c].item,
            )
            for c, figure, placed_by in zip(
                placement.columns, entry.figures, placement.placed_by, strict=True
            )
            if columns[c].side == side and columns[c].is_money and figure.text not in blank_signs()
        )
        if figures:
            line_no = entry.words[0].line.no if entry.words else entry.figures[0].line.no
            printed = PrintedRow(
                side=side,
                code=entry.code,
                name=entry.name,
                governmental_item=entry.governmental_item,
                figures=figures,
                line_no=line_no,
            )
            rows += by_item(printed)
    return rows

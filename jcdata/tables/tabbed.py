"""Tables of tab-separated text: the columns are told by position, their meaning by the header."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from jcdata.codes import CODE, LEVELS
from jcdata.documents.document import Line
from jcdata.messages import Message
from jcdata.table_templates import ColumnSpec, TableSpec, blank_signs
from jcdata.tables.printed import (
    Header,
    PrintedFigure,
    PrintedRow,
    PrintedTable,
    by_item,
    is_header_text,
    is_index_row,
    name_item,
    without_captions,
)
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.totals import is_total_name
from jcdata.text import label_key, squeeze, strip_ordinal

Grid = Sequence[tuple[Line, list[str]]]


def read_table(lines: Sequence[Line], specs: Sequence[TableSpec]) -> PrintedTable:
    """Read the lines below a table's title by the template whose header fits best."""
    body = [line for line in without_captions(lines) if not is_index_row(line.text)]
    grid = [(line, line.text.split("\t")) for line in body]
    header, positions, top = _choose_template(grid, specs)
    rows: list[PrintedRow] = []
    unplaced: list[tuple[Line, Message]] = []
    stray: list[Line] = []
    for i, (line, cells) in enumerate(grid if header.fits else ()):
        if _is_header_row(cells, header.spec):
            continue  # a page break prints the header again
        if i < top or len(cells) == 1:
            stray.append(line)
            continue
        rows += _read_row(line, cells, positions)
        if beyond := [
            cell
            for i, cell in enumerate(cells)
            if i not in positions and not _is_blank(squeeze(cell))
        ]:
            unplaced.append((line, Message(f"no column for {' '.join(beyond)!r}", "无对应栏次")))
    return PrintedTable(header=header, rows=rows, unplaced=unplaced, stray=stray)


def _choose_template(
    grid: Grid, specs: Sequence[TableSpec]
) -> tuple[Header, dict[int, ColumnSpec], int]:
    fits = []
    for spec in specs:
        top = _find_top(grid, spec)
        positions = _map_columns(grid[:top], spec)
        found = [column._replace(item="") for column in positions.values()]
        missing = [
            c.labels[0] for c in spec.columns if not c.optional and c._replace(item="") not in found
        ]
        columns = tuple(dict.fromkeys(positions.values()))
        header = Header(spec=spec, columns=columns, missing=tuple(missing))
        fits.append((header, positions, top))
    return min(fits, key=lambda fit: fit[0].misfit)


def _find_top(grid: Grid, spec: TableSpec) -> int:
    """Index of the first row below the header; in a table without data, of the row below the last words of the header."""
    first = next((i for i, (_, cells) in enumerate(grid) if _is_data(cells, spec)), None)
    if first is not None:
        return first
    return 1 + max(
        (i for i, (_, cells) in enumerate(grid) if _is_header_row(cells, spec)), default=-1
    )


def _is_data(cells: Sequence[str], spec: TableSpec) -> bool:
    """Whether a row is the first below the header: a figure, a code or a label stands in it."""
    keys = [label_key(cell) for cell in cells]
    if any(LOOKS_LIKE_FIGURE.fullmatch(key) for key in keys):
        return True
    if _is_header_row(cells, spec):
        return False
    first = next(filter(None, keys))
    return bool(
        CODE.fullmatch(first)
        or is_total_name(first)
        or (spec.row_labels and spec.row_labels.match(first))
    )


def _is_header_row(cells: Sequence[str], spec: TableSpec) -> bool:
    keys = [label_key(cell) for cell in cells]
    return all(is_header_text(key, spec) for key in keys if not _is_blank(key))


def _is_blank(cell: str) -> bool:
    return not cell or cell in blank_signs()


def _map_columns(header: Grid, spec: TableSpec) -> dict[int, ColumnSpec]:
    """Position -> column, read off the rows of the header: in the template's order, then wherever else one stands."""
    labels: dict[int, list[str]] = {}
    for _, cells in header:
        for position, key in enumerate(map(label_key, cells)):
            if key:
                labels.setdefault(position, []).insert(0, key)
    found: dict[int, ColumnSpec] = {}
    used: set[int] = set()
    # In the template's order first, as labels recur (小计 of 基本支出, of 项目支出).
    for in_order in (True, False):
        for position in sorted(set(labels) - set(found)):
            first = max(used, default=-1) + 1 if in_order else 0
            for index in sorted(set(range(first, len(spec.columns))) - used):
                column = spec.columns[index]
                if label := next((x for x in labels[position] if column.label.fullmatch(x)), None):
                    found[position] = name_item(column, label, spec)
                    used.add(index)
                    break
    for position in sorted(set(labels) - set(found)):
        # 款 and 项 right of the column of 类, which is found as the code's.
        before = found.get(position - 1)
        if before and before.name == "item_code" and labels[position][0] in LEVELS:
            found[position] = before
    return found


def _read_row(
    line: Line, cells: Sequence[str], positions: Mapping[int, ColumnSpec]
) -> Iterator[PrintedRow]:
    """What each block of columns says in a row."""
    blocks: defaultdict[int, list[tuple[int, ColumnSpec, str]]] = defaultdict(list)
    for position, column in positions.items():
        blocks[column.block].append(
            (position, column, squeeze(cells[position]) if position < len(cells) else "")
        )
    name = ""
    for block in blocks.values():
        row = _read_block(line, block, name_beside=name)
        name = row.name
        if row.code or row.name or row.figures:
            yield from by_item(row)


def _read_block(
    line: Line, cells: Sequence[tuple[int, ColumnSpec, str]], name_beside: str
) -> PrintedRow:
    """One block of a row; without a label of its own it goes on with the one beside it."""
    filled = [(position, column, text) for position, column, text in cells if not _is_blank(text)]
    texts: dict[str, str] = {}
    for _, column, text in filled:  # a code may be printed in parts, each in a column of its own
        texts[column.name] = texts.get(column.name, "") + text
    code = label_key(texts.get("item_code", ""))
    name = next(
        (texts[column] for column in ("item_name", "unit_name", "note") if column in texts), ""
    )
    if not name and not code.isdigit():  # a total's label stands in the column of the codes
        code, name = "", code
    return PrintedRow(
        side=cells[0][1].side,
        code=code,
        name=strip_ordinal(name) or ("" if code else name_beside),
        governmental_item=texts.get("governmental_item", ""),
        figures=tuple(
            PrintedFigure(
                measure=column.name,
                text=text,
                line_no=line.no,
                item=column.item,
                column_no=position + 1,
            )
            for position, column, text in filled
            if column.is_money
        ),
        line_no=line.no,
    )

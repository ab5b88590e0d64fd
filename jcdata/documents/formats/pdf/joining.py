"""Tables that page breaks cut are put together again: their columns, and the row or merged cell that one divides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from jcdata.codes import CODE
from jcdata.documents.formats.pdf.cell_texts import UNSURE, find_unsure, on_one_line
from jcdata.documents.formats.pdf.order import Block
from jcdata.documents.formats.pdf.ruled_tables import RuledCell, RuledTable, columns_of
from jcdata.documents.formats.pdf.ruling_lines import TOLERANCE, place
from jcdata.documents.formats.pdf.text_lines import TextLine
from jcdata.documents.formats.rows import CellFault, Merged, Row, least_sure, tidy
from jcdata.spec_files import patterns
from jcdata.text import strip_ordinal

FEWEST_ROWS = 3  # of a table that goes on to the right on the next page
FURNITURE_PAGES = 3  # on which a line stands that is taken for a running header
_DIGITS = re.compile(r"\d+")


Run = list[
    tuple[int, Block]
]  # parts of one table and the furniture between them, each with its page
CellsByColumn = dict[int, RuledCell]


def join_pages(pages: Sequence[Sequence[Block]]) -> Iterator[Row]:
    """The rows of all pages, `pages` being the blocks of each from top to bottom."""
    runs = list(_find_runs(_join_sideways(pages)))
    shows_cuts = any(map(_has_open_break, runs))
    table_no = 0
    for run in runs:
        table_no += bool(_parts(run))
        yield from _write(run, shows_cuts and _is_framed(run), table_no)


def _find_runs(pages: Sequence[Sequence[Block]]) -> Iterator[Run]:
    is_page_number = patterns("furniture")["page_number_between"].fullmatch
    repeated = _repeated_lines(pages)
    run: Run = []
    for page_no, blocks in enumerate(pages, start=1):
        for block in blocks:
            if isinstance(block, RuledTable):
                may_go_on = _continues(run, block, page_no)
            else:
                may_go_on = (
                    bool(is_page_number(block.text))
                    or repeated[_place_of(block)] >= FURNITURE_PAGES
                )
            if not may_go_on:
                yield run
                run = []
            run.append((page_no, block))
    yield run


def _repeated_lines(pages: Sequence[Sequence[Block]]) -> Counter[tuple[int, str]]:
    """On how many pages a text, whatever its digits, stands first or last at the same height."""
    ends = (
        {_place_of(b) for b in (*page[:1], *page[-1:]) if isinstance(b, TextLine)} for page in pages
    )
    return Counter(place for places in ends for place in places)


def _place_of(line: TextLine) -> tuple[int, str]:
    return round(line.top / TOLERANCE), _DIGITS.sub("", line.text).strip()


def _parts(run: Run) -> list[tuple[int, RuledTable]]:
    return [(page_no, block) for page_no, block in run if isinstance(block, RuledTable)]


def _continues(run: Run, table: RuledTable, page_no: int) -> bool:
    """Whether a table may be that of the page before going on: as wide, and nothing but furniture between them."""
    parts = _parts(run)
    if not parts or parts[-1][0] != page_no - 1:
        return False
    last = parts[-1][1]
    return abs(last.x0 - table.x0) < TOLERANCE and abs(last.x1 - table.x1) < TOLERANCE


def _join_sideways(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """The pages with the tables that go on to the right on the next page put together, as wide sheets are printed.

    The part on the next page stands alone there, has the same rows at the same heights and says something else: not
    codes below codes, nor names below names, as what goes on below does on pages that hold as many rows.
    """
    joined = [list(page) for page in pages]
    for number in range(len(joined) - 1, 0, -1):
        above, page = joined[number - 1], joined[number]
        tables = [block for block in page if isinstance(block, RuledTable)]
        last = next((block for block in reversed(above) if isinstance(block, RuledTable)), None)
        if last and len(tables) == 1 and page[0] is tables[0] and _has_same_rows(last, tables[0]):
            above[above.index(last)] = _beside(last, tables[0])
            page.remove(tables[0])
    return joined


def _has_same_rows(left: RuledTable, right: RuledTable) -> bool:
    """Whether two parts of different width have the same rows, as high as each other and with other labels."""
    is_as_wide = abs(left.x0 - right.x0) < TOLERANCE and abs(left.x1 - right.x1) < TOLERANCE
    if is_as_wide or len(left.rows) != len(right.rows) or len(left.rows) < FEWEST_ROWS:
        return False
    shift = right.top - left.top
    if any(
        abs(one + shift - other) > TOLERANCE
        for one, other in zip(left.tops, right.tops, strict=True)
    ):
        return False
    labels, others = _first_texts(left), _first_texts(right)
    goes_on_below = (_are_codes(labels) and _are_codes(others)) or (
        len(columns_of([left])) == len(columns_of([right])) and _are_words(labels + others)
    )
    return labels != others and not goes_on_below


def _first_texts(table: RuledTable) -> list[str]:
    return [row[0].text for row in table.rows if row]


def _are_codes(labels: Sequence[str]) -> bool:
    """Whether most rows begin with codes."""
    return 2 * sum(CODE.fullmatch(label) is not None for label in labels) > len(labels)


def _are_words(labels: Sequence[str]) -> bool:
    return not any(any(map(str.isdigit, label)) for label in labels)


def _beside(left: RuledTable, right: RuledTable) -> RuledTable:
    shift = left.x1 - right.x0
    moved = [
        [cell._replace(x0=cell.x0 + shift, x1=cell.x1 + shift) for cell in row]
        for row in right.rows
    ]
    rows = [one + other for one, other in zip(left.rows, moved, strict=True)]
    return left._replace(x1=right.x1 + shift, rows=rows)


def _is_framed(run: Run) -> bool:
    """Whether a table has lines at its top and bottom, so that a cell without one at a page break is cut there."""
    parts = [part for _, part in _parts(run)]
    return bool(parts) and not parts[0].is_open_above and not parts[-1].is_open_below


def _has_open_break(run: Run) -> bool:
    """Whether a page break left a cell of a framed table open: the program that wrote the file shows what it cuts."""
    return _is_framed(run) and any(
        cell.is_open for _, part in _parts(run)[:-1] for row in part.rows for cell in row
    )


def _write(run: Run, shows_cuts: bool, table_no: int) -> Iterator[Row]:
    """The rows of a table's parts in the columns that they have together, and the lines between them."""
    parts = [part for _, part in _parts(run)]
    columns = columns_of(parts)
    right = max((part.x1 for part in parts), default=0.0)
    table = _JoinedTable(shows_cuts)
    written: list[tuple[int, TextLine | CellsByColumn]] = []
    for page_no, block in run:
        if isinstance(block, TextLine):
            written.append((page_no, block))
        else:
            part = [{place(cell.x0, columns): cell for cell in row} for row in block.rows]
            written += [(page_no, row) for row in table.add(part)]
    for page_no, item in written:
        if isinstance(item, TextLine):
            yield Row(
                cells=(item.text,),
                page_no=page_no,
                recognised=(item.recognised,) if item.recognised else (),
                faults=tuple(CellFault(text, UNSURE) for text in item.unsure),
            )
            continue
        texts = tuple(
            on_one_line(item[column]) if column in item else "" for column in range(len(columns))
        )
        if any(texts):
            recognised = tuple(
                item[column].recognised if column in item else None
                for column in range(len(columns))
            )
            yield Row(
                cells=texts,
                page_no=page_no,
                table=table_no,
                merged=tuple(_merged_cells(item, columns, right)),
                recognised=recognised if any(recognised) else (),
                faults=tuple(find_unsure(item.values())),
            )


def _merged_cells(row: CellsByColumn, columns: Sequence[float], right: float) -> Iterator[Merged]:
    for column, cell in sorted(row.items()):
        is_last = cell.x1 > right - TOLERANCE
        end = len(columns) if is_last else place(cell.x1, columns)
        if end - column > 1 or cell.row_span > 1:
            yield Merged(column, max(1, end - column), cell.row_span)


class _JoinedTable:
    """Takes a table's parts one after another, and gives what a page break cut off to the rows above.

    `shows_cuts` says that a cell is open where a break cuts it, so that a row with all its lines is whole.
    """

    def __init__(self, shows_cuts: bool) -> None:
        self._shows_cuts = shows_cuts
        self._first: list[list[tuple[int, str]]] = []  # the texts of the first part's rows
        self._last: CellsByColumn = {}  # row
        self._ends: dict[
            int, CellsByColumn
        ] = {}  # column -> the row where the cell begins that reaches the break

    def add(self, part: list[CellsByColumn]) -> list[CellsByColumn]:
        """The part's rows without a repeated header and without what belongs to the rows above, which change."""
        if not self._first:
            self._first = [_texts(row) for row in part]
        elif repeated := self._count_repeated(part):
            part = part[repeated:]
        if not part:
            return []
        following = part[0]
        cut = self._find_cut(following) if self._last else set()
        is_row_cut = bool(cut) and cut >= following.keys()
        ends: dict[int, CellsByColumn] = {}
        for number, row in enumerate(part):
            for column, cell in list(row.items()):
                # The cells that reach the break may have begun rows above it, each in another one.
                begins = row
                if number == 0 and column in cut:
                    begins = self._ends.get(column, self._last)
                    begun = begins.get(column)
                    begins[column] = _gone_on(begun, cell) if begun else cell
                    row[column] = cell._replace(text="", recognised=None)
                if number + cell.row_span == len(part):
                    ends[column] = begins
        self._ends = ends
        rows = part[1:] if is_row_cut else part
        self._last = rows[-1] if rows else self._last
        return rows

    def _count_repeated(self, part: Sequence[CellsByColumn]) -> int:
        """How many rows repeat the table's header; a row that stands alone does not."""
        same = (_texts(row) == texts for row, texts in zip(part, self._first, strict=False))
        repeated = sum(1 for _ in takewhile(bool, same))
        return repeated if len(part) > 1 else 0

    def _find_cut(self, following: CellsByColumn) -> set[int]:
        """The columns in which a page's first row goes on with what stands above: all of them if a row is cut."""
        if self._shows_cuts:
            cut = {column for column, row in self._ends.items() if row[column].is_open}
            if cut < self._ends.keys():
                return cut & following.keys()
            if not _is_another(self._last, following):
                return set(following)
            return {
                column for column, row in self._ends.items() if row is not self._last
            } & following.keys()
        if _is_cut(self._last, following):
            return set(following)
        return {
            column
            for column, row in self._ends.items()
            if _is_label_of(row[column], following.get(column))
        }


def _gone_on(begun: RuledCell, cell: RuledCell) -> RuledCell:
    """A cell that a page break cuts, as one."""
    return cell._replace(
        text=begun.text + cell.text,
        recognised=least_sure((begun.recognised, cell.recognised)),
        is_wrapped=begun.is_wrapped and cell.is_wrapped,
    )


def _texts(row: CellsByColumn) -> list[tuple[int, str]]:
    return [(column, tidy(cell.text)) for column, cell in row.items()]


def _is_label_of(above: RuledCell, below: RuledCell | None) -> bool:
    """Whether a text below a break is the label in the middle of a merged cell that began above.

    Its middle lies below the break only if more of its rows do.
    """
    return bool(
        below
        and below.text
        and not above.text
        and below.row_span > 1
        and below.row_span >= above.row_span
    )


def _is_another(last: CellsByColumn, following: CellsByColumn) -> bool:
    """Whether a row below an open one is no rest of it, as a break may fall into the blank space below a row's text.

    Several of its texts then stand below such as do not go on, or its only one begins an item.
    """
    both = _filled(last) & _filled(following)
    ended = [column for column in both if not _goes_on(last[column], following[column])]
    return len(ended) > 1 or any(
        strip_ordinal(following[column].text) != following[column].text for column in ended
    )


def _filled(row: CellsByColumn) -> set[int]:
    return {column for column, cell in row.items() if cell.text}


def _is_cut(last: CellsByColumn, following: CellsByColumn) -> bool:
    """Whether a page's first row is the rest of the last row above.

    It is where it fills nothing but cells that the row above leaves empty: their text found no room above the break.
    It also is where all its texts go on with those above, and its first columns are empty but not those above; or the first
    text alone goes on, as two labels below each other may both fill their cells; or only those above are numbered.
    """
    begun, rest = _filled(last), _filled(following)
    if (
        not begun
        or not rest
        or not all(_goes_on(last[column], following[column]) for column in begun & rest)
    ):
        return False
    are_numbered = all(
        column in begun and strip_ordinal(last[column].text) != last[column].text for column in rest
    )
    is_first_only = len(rest) == 1 and rest <= begun
    return begun.isdisjoint(rest) or min(begun) < min(rest) or is_first_only or are_numbered


def _goes_on(above: RuledCell, below: RuledCell) -> bool:
    """Whether a text may go on in the cell below: its last line is full, and what follows does not begin an item."""
    begins_item = strip_ordinal(below.text) != below.text and "\n" not in above.text
    return above.is_full and not begins_item

"""Performance forms in the tabbed layout: what a file or a conversion kept of the printed cells.

A form stands in cells behind their labels, with grids for the funding, the tasks and the indicators. The grids are read
by their headings; but of the form in two halves a conversion may have lost cells, so it has a reader that knows
how its cells slip. Above the grid of indicators a cell belongs to the label before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from jcdata.documents.document import Line
from jcdata.forms.headed_columns import Row, find_header
from jcdata.forms.headed_grid import HeadedGrid
from jcdata.forms.headings import heading_key, role_of
from jcdata.forms.printed import TEXT_FIELDS, PrintedCell, PrintedForm
from jcdata.forms.tabbed_funding import FundingReader, funding_label
from jcdata.forms.tabbed_grid import is_grid_row, is_plain_header, read_grid
from jcdata.forms.tasks import TaskReader
from jcdata.forms.vocabulary import form_words
from jcdata.messages import Message
from jcdata.spec_files import patterns
from jcdata.text import label_key, squeeze

LONGEST_LABEL = 24
_GOALS = ("period_goal", "annual_goal", "annual_result")


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The lines with content as rows of cells without white space."""
    rows = [
        Row(line.no, tuple(squeeze(cell) for cell in line.text.split("\t")), line.merged)
        for line in lines
    ]
    return [row for row in rows if row.filled]


def read_form(lines: Sequence[Line]) -> PrintedForm:
    """Read the lines of one printing. What is not understood is listed; never an exception."""
    return read_rows(rows_of(lines), lines[0].no if lines else 0)


def read_rows(printed: Sequence[Row], first_line: int) -> PrintedForm:
    """Read the rows of one printing, whatever they were taken from."""
    reader = _FormReader()
    is_year = patterns("sections")["form_year"].fullmatch
    rows = [row for row in printed if not is_year(label_key("".join(row.cells)))]
    skipped = 0
    for i, row in enumerate(rows):
        if skipped:
            skipped -= 1
            continue
        skipped = reader.read_row(row, rows[i + 1] if i + 1 < len(rows) else None) - 1
    return reader.printed(first_line)


class _FormReader:
    """Reads row after row: fields, funding and tasks, then the grid of indicators, then the signatures."""

    def __init__(self) -> None:
        self.fields: dict[str, PrintedCell] = {}
        self.funding = FundingReader()
        self.tasks = TaskReader()
        self.slipping: list[Row] = []  # of the grid in two halves
        self.grid: HeadedGrid | None = None
        self.unrecognised: list[tuple[int, Message]] = []
        self.is_closed = False
        self.last_line = 0
        self._last_field = ""
        self._goals: dict[
            str, int
        ] = {}  # goals that stand below their labels, with the columns of those

    def printed(self, first_line: int) -> PrintedForm:
        """What was read."""
        indicators, unrecognised = read_grid(self.slipping, is_cut=not self.is_closed)
        fields, funding = self.fields, list(self.funding.settled)
        known = {row[:2] for row in funding}
        funding += [row for row in self.tasks.totals if row[:2] not in known]
        if unit := self.funding.money_unit or self.tasks.money_unit:
            fields["money_unit"] = unit
        if self.grid:
            indicators += self.grid.indicators
            unrecognised += self.grid.unrecognised
            if self.grid.total:
                fields["score"] = self.grid.total
        return PrintedForm(
            fields=fields,
            funding=funding,
            indicators=indicators,
            first_line=first_line,
            last_line=max(self.last_line, first_line),
            unrecognised=sorted(self.unrecognised + unrecognised),
            tasks=tuple(self.tasks.tasks),
        )

    def read_row(self, row: Row, below: Row | None) -> int:
        """Read one row according to its labels and the part of the form that it stands in; how many rows were read."""
        keys = [_label(cell) for cell in row.cells]
        count = 1
        if not _signatures().isdisjoint(keys):
            self._read_fields(row, keys)
            self.is_closed = self.is_closed or bool(self.slipping or self.grid)
        elif self.is_closed:
            self._reject(row, Message("below the end of the form", "目标表结束之后的内容"))
            return 1
        elif self.slipping:
            self.slipping.append(row)
        elif self.grid:
            count = self.grid.read(row, below)
        elif not is_plain_header(row) and (header := find_header(row, below)):
            self.grid = HeadedGrid(header)
            count = header.depth
        else:
            self._read_above_grid(row, keys)
        self.last_line = row.line_no if count == 1 or below is None else below.line_no
        return count

    def _read_above_grid(self, row: Row, keys: Sequence[str]) -> None:
        has_field = not _fields().keys().isdisjoint(keys)
        is_task = self.tasks.has_begun and not has_field and not is_grid_row(row)
        if is_task or self.tasks.begins(row):
            self._reject_all(row, self.tasks.read(row))
        elif self.funding.begins(row, keys):
            fields, funding = _parted(row, keys)
            self._reject_all(row, self.funding.read(funding, list(map(_label, funding.cells))))
            if fields.filled:
                self._read_fields(fields, list(map(_label, fields.cells)))
        elif is_grid_row(row) and not has_field:
            self.slipping.append(row)
        else:
            self._read_fields(row, keys)

    def _reject(self, row: Row, reason: Message) -> None:
        self.unrecognised.append((row.line_no, reason))

    def _reject_all(self, row: Row, reasons: Sequence[Message]) -> None:
        self.unrecognised += [(row.line_no, reason) for reason in reasons]

    def _read_fields(self, row: Row, keys: Sequence[str]) -> None:
        """Cells behind their labels; a row without a label continues the field before it."""
        field = self._last_field
        if _is_all_headings(row, keys):
            self._reject(row, Message("headings that no grid is known by", "无法识别的表头"))
            return
        goals: list[tuple[int, str]] = []
        heads: dict[str, int] = {}
        for column, (cell, key) in enumerate(zip(row.cells, keys, strict=True)):
            if caption := patterns("sections")["money_unit"].fullmatch(key):
                self.fields.setdefault("money_unit", PrintedCell(caption["unit"], row.line_no))
                continue
            label, value = _split_label(cell, key)
            if label:
                field = self._last_field = label
                heads.setdefault(label, column)
                if label == "annual_goal" and column:
                    self.funding.annual_column = column
            if not value:
                continue
            heads.clear()
            if field == "goals":
                goals.append((column, value))
            elif not self._add(field, value, row.line_no):
                self._reject(row, Message("a cell without a label", "没有栏目名称的单元格"))
        self._add_goals(goals, row)
        below = {field: column for field, column in heads.items() if field in _GOALS}
        if len(below) > 1:
            self._goals, self._last_field = below, "goals"

    def _add(self, field: str, value: str, line_no: int) -> bool:
        """Put a value into its field, or add it to a text that goes on; whether it has a place."""
        present = self.fields.get(field)
        if not field or field == "ignored":
            return bool(field)
        if present is None:
            self.fields[field] = PrintedCell(value, line_no)
        elif field in TEXT_FIELDS and present.text != value:
            self.fields[field] = present._replace(text=present.text + value)
        return present is None or field in TEXT_FIELDS or present.text == value

    def _add_goals(self, goals: Sequence[tuple[int, str]], row: Row) -> None:
        """The goals in the order of their labels, those of the period and the year where none stood above; a lone one by its column."""
        places = list(self._goals) or list(_GOALS[:2])
        second = self._goals.get(places[1], self.funding.annual_column)
        # The left cell of a goal may be lost: only its column tells then.
        if len(goals) == 1 and second is not None and goals[0][0] >= second:
            places.reverse()
        for place, (_, value) in zip(places, goals, strict=False):
            self._add(place, value, row.line_no)
            self._last_field = place
        if len(goals) > len(places):
            self._reject(row, Message("more goals than two", "总体目标多于两项"))


def _is_all_headings(row: Row, keys: Sequence[str]) -> bool:
    """Whether a row heads columns of a grid, whichever, and holds nothing of a field."""
    headings = [key for key in keys if role_of("indicators", key) and not field_of(key)]
    return len(headings) == len(row.filled) > 1


@cache
def _fields() -> dict[str, str]:
    words = form_words()
    return {
        label_key(label): field
        for part in ("fields", "fields_in_cells")
        for field, labels in words[part].items()
        if field != "funding"
        for label in labels
    }


@cache
def _signatures() -> frozenset[str]:
    return frozenset(form_words()["signatures"]["labels"])


def _parted(row: Row, keys: Sequence[str]) -> tuple[Row, Row]:
    """A row with a label of the funding grid: its fields with their values, and what belongs to the grid."""
    fields, funding = list(row.cells), list(row.cells)
    is_field = False
    for place, key in enumerate(keys):
        if field_of(key):
            is_field = True
        elif funding_label(key):
            is_field = False
        (funding if is_field else fields)[place] = ""
    return row._replace(cells=tuple(fields)), row._replace(cells=tuple(funding))


@lru_cache(maxsize=4096)
def _label(cell: str) -> str:
    """A cell as labels are compared; '' where it is too long for one."""
    return label_key(cell).rstrip(":") if len(cell) <= LONGEST_LABEL else ""


def _split_label(cell: str, key: str) -> tuple[str, str]:
    """The field that a cell names and the value in it; 项目名称 and 项目名称:某某 are both in use."""
    if field := field_of(key):
        return field, ""
    head, colon, value = cell.partition(":") if ":" in cell else cell.partition("：")
    field = field_of(_label(head)) if colon else ""
    return (field, value) if field else ("", cell)


def field_of(key: str) -> str:
    """The field whose label a key is, `ignored` for a signature; '' if it is none."""
    return (
        _fields().get(key)
        or _fields().get(heading_key(key))
        or ("ignored" if key in _signatures() else "")
    )

"""Tables of projects with a row for each indicator: what a form prints above its grid stands in columns beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.forms.headed_columns import Header, Row, find_header
from jcdata.forms.headed_grid import HeadedGrid
from jcdata.forms.headings import bracketed_unit, heading_key, match_cell, role_of
from jcdata.forms.printed import TEXT_FIELDS, PrintedCell, PrintedForm, PrintedFunding
from jcdata.forms.tabbed import field_of, rows_of
from jcdata.messages import Message
from jcdata.schema import ANNUAL
from jcdata.spec_files import patterns
from jcdata.text import label_key

_AMOUNTS = "amount"
_NAMES = ("project_name", "unit_name")


class _Wide(NamedTuple):
    """The header of such a table: the columns of its fields, and the grid beside them."""

    fields: dict[int, str]
    header: Header
    money_unit: PrintedCell | None


def read_forms(lines: Sequence[Line]) -> list[PrintedForm]:
    """The forms of a table with a row for each indicator; none where the lines are anything else."""
    rows = rows_of(lines)
    reader: _Reader | None = None
    above: list[Row] = []
    skipped = 0
    for i, row in enumerate(rows):
        below = rows[i + 1] if i + 1 < len(rows) else None
        if skipped:
            skipped -= 1
        elif found := _find_wide(row, below):
            skipped = found.header.depth - 1
            if reader:
                reader.go_on_below(found)
            else:
                reader = _Reader(found)
        elif reader:
            reader.read(row)
        else:
            above.append(row)
    return list(reader.forms(above)) if reader else []


def _find_wide(row: Row, below: Row | None) -> _Wide | None:
    header = find_header(row, below)
    if header is None:
        return None
    fields: dict[int, str] = {}
    for column in header.columns:
        field = _field_of(column.heading) if column in header.unknown else ""
        if field:
            fields |= dict.fromkeys(range(column.begin, column.end), field)
    if not set(_NAMES) & set(fields.values()):
        return None
    kept = tuple(column for column in header.columns if column.begin not in fields)
    return _Wide(fields, header._replace(columns=kept), bracketed_unit(row.line_no, row.filled))


def _field_of(heading: str) -> str:
    """What a column of a field holds."""
    key = heading_key(heading)
    if field := field_of(key):
        return field
    is_amount = (
        role_of("tasks", heading) in ("amounts", "total") or role_of("funding", heading) == "budget"
    )
    return _AMOUNTS if is_amount else ""


class _Reader:
    """Reads row after row below a header; a row that names another project begins its form."""

    def __init__(self, wide: _Wide) -> None:
        self._wide = wide
        self._printed: list[tuple[dict[str, PrintedCell], HeadedGrid, list[int]]] = []
        self._beside: dict[str, PrintedCell] = {}  # units, which cover the rows of several projects
        self._name = ("", "")  # of the project and its unit

    def go_on_below(self, wide: _Wide) -> None:
        """Read on below a header that comes again or has other columns; a unit of money that it does not say stays."""
        self._wide = wide._replace(money_unit=self._wide.money_unit or wide.money_unit)
        for _, grid, _ in self._printed[-1:]:
            grid.go_on_below(wide.header)

    def read(self, row: Row) -> None:
        """Read a row below the header."""
        fields: dict[str, PrintedCell] = {}
        for place, field in self._wide.fields.items():
            if place < len(row.cells) and row.cells[place]:
                fields.setdefault(field, PrintedCell(row.cells[place], row.line_no))
        rest = Row(
            row.line_no,
            tuple("" if i in self._wide.fields else cell for i, cell in enumerate(row.cells)),
            row.merged,
        )
        if (name := fields.get("project_name")) and match_cell("total", name.text):
            return
        if self._names_another(fields) or not self._printed:
            for field in ("unit_name", "department", "implementing_unit"):
                if field in fields:
                    self._beside[field] = fields[field]
            self._printed.append((self._beside | fields, HeadedGrid(self._wide.header), []))
        known, grid, lines = self._printed[-1]
        for field, cell in fields.items():
            if field in TEXT_FIELDS or field not in known:
                known.setdefault(field, cell)
        lines.append(row.line_no)
        if rest.filled:
            grid.read(rest)

    def _names_another(self, fields: dict[str, PrintedCell]) -> bool:
        """Whether a row names another project or, in a table without projects, another unit."""
        has_projects = "project_name" in self._wide.fields.values()
        name = fields.get("project_name" if has_projects else "unit_name")
        if name is None:
            return False
        unit = fields.get("unit_name") or fields.get("implementing_unit")
        key = name.text, unit.text if unit else self._name[1]
        is_other, self._name = key != self._name, key
        return is_other

    def forms(self, above: Sequence[Row]) -> Iterator[PrintedForm]:
        """What was read, with the unit of money that a line above the table says."""
        said, strange = _captions(above)
        unit = self._wide.money_unit or said
        for number, (fields, grid, lines) in enumerate(self._printed):
            amount = fields.pop(_AMOUNTS, None)
            funding = []
            if amount:
                total = PrintedFunding(
                    horizon=ANNUAL, source="total", text=amount.text, line_no=amount.line_no
                )
                funding.append(total)
            yield PrintedForm(
                fields=fields | ({"money_unit": unit} if unit else {}),
                funding=funding,
                indicators=grid.indicators,
                first_line=lines[0],
                last_line=lines[-1],
                unrecognised=[*grid.unrecognised, *(strange if number == 0 else [])],
            )


def _captions(rows: Sequence[Row]) -> tuple[PrintedCell | None, list[tuple[int, Message]]]:
    """The unit of money that stands above a table, and lines there that are no captions."""
    spec = patterns("sections")
    unit, strange = None, []
    for row in rows:
        key = label_key("".join(row.filled))
        if match := spec["money_unit"].search(key):
            unit = PrintedCell(match["unit"], row.line_no)
        elif not spec["form_year"].fullmatch(key) and not spec["unit_name"].match(key):
            strange.append((row.line_no, Message("above the header", "表头之上的内容")))
    return unit, strange

"""The funding grid of a form with cells: amounts behind their labels, or below headings that say which amount it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from jcdata.forms.headed_columns import Row, columns_of
from jcdata.forms.headings import BRACKETED_UNIT, bracketed_unit, match_cell, role_of
from jcdata.forms.printed import PrintedCell, PrintedFunding
from jcdata.forms.target_values import is_figure
from jcdata.forms.vocabulary import form_words
from jcdata.messages import Message
from jcdata.schema import ANNUAL, BUDGETED, FUNDING_BASES, PERIOD
from jcdata.text import label_key, strip_ordinal

_NO_SOURCE = Message("an amount without its source", "没有资金来源的金额")


class FundingReader:
    """Collects the amounts of a funding grid; `annual_column` is where the annual half of the form begins."""

    def __init__(self) -> None:
        self.funding: list[PrintedFunding] = []
        self.money_unit: PrintedCell | None = None
        self.annual_column: int | None = None
        self._bases: dict[int, str] = {}  # column -> which amount its heading says
        self._is_explicit = False  # whether anything says which half an amount stands in

    @property
    def settled(self) -> list[PrintedFunding]:
        """The amounts; where nothing tells two halves they are the year's."""
        if self._is_explicit or self.annual_column is not None:
            return self.funding
        return [row._replace(horizon=ANNUAL) for row in self.funding]

    def begins(self, row: Row, keys: Sequence[str]) -> bool:
        """Whether a row belongs to the grid: a label of it stands there, or the headings of its columns."""
        has_label = any(funding_label(key) for _, _, key in _parted(row, keys))
        return has_label or _heads_amounts(row, keys)

    def read(self, row: Row, keys: Sequence[str]) -> list[Message]:
        """Read a row; a source without a horizon stands first for the period, then for the year."""
        cells = list(_parted(row, keys))
        labels = [
            cell
            for _, cell, key in cells
            if funding_label(key) or role_of("funding", cell) or _is_unit(key)
        ]
        self.money_unit = self.money_unit or bracketed_unit(row.line_no, labels)
        if self._read_headings(row, keys):
            return []
        problems: list[Message] = []
        horizon, source = "", ""
        seen: set[str] = set()
        known = [key for _, _, key in cells]
        for column, cell, key in cells:
            basis = self._bases.get(column, BUDGETED if not self._bases else "")
            if label := funding_label(key):
                if label[0] == "grid":
                    self._read_grid_label(key, column)
                    continue
                self._is_explicit = self._is_explicit or bool(label[1]) or label[0] in seen
                source, horizon = label
                if horizon == ANNUAL or source in seen:
                    self.annual_column = column
                is_alone = known.count(key) == 1
                is_annual = self._bases or source in seen or (is_alone and self._in_annual(column))
                horizon = horizon or (ANNUAL if is_annual else PERIOD)
                seen.add(source)
            elif not cell or role_of("funding", cell) or match_cell("none", cell) or _is_unit(key):
                continue
            elif source and (basis in FUNDING_BASES):
                self.funding.append(
                    PrintedFunding(
                        horizon=horizon, source=source, text=cell, line_no=row.line_no, basis=basis
                    )
                )
                source = source if self._bases else ""
            elif not (source and self._bases and basis == "rest"):
                problems.append(_NO_SOURCE)
        return problems

    def _read_headings(self, row: Row, keys: Sequence[str]) -> bool:
        """Whether a row heads columns of amounts."""
        if not _heads_amounts(row, keys):
            return False
        self.money_unit = self.money_unit or bracketed_unit(row.line_no, row.filled)
        found = [column for column in columns_of("funding", row) if column.role]
        self._bases = {
            place: column.role for column in found for place in range(column.begin, column.end)
        }
        for place, key in enumerate(keys):
            if (funding_label(key) or ("", ""))[0] == "grid":
                self._read_grid_label(key, place)
        return True

    def _in_annual(self, column: int) -> bool:
        """Whether a column stands in the annual half."""
        return self.annual_column is not None and column >= self.annual_column

    def _read_grid_label(self, key: str, column: int) -> None:
        """Note that the amounts are the year's, where the label of the grid says so."""
        if key.startswith(tuple(form_words()["horizons"][ANNUAL])):
            self.annual_column = column


def _parted(row: Row, keys: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Column, text and key of each cell; of one that holds a label and its amount (资金总额：310.00) first the one, then the other."""
    for column, (cell, key) in enumerate(zip(row.cells, keys, strict=True)):
        head, colon, amount = label_key(cell).partition(":")
        if colon and amount and not funding_label(key) and funding_label(head):
            yield column, head, head
            yield column, amount, ""
        else:
            yield column, cell, key


def _heads_amounts(row: Row, keys: Sequence[str]) -> bool:
    """Whether a row heads columns of amounts: it names two of them, no source beside them and no amount."""
    roles = {column.role for column in columns_of("funding", row)}
    return len(roles & FUNDING_BASES.keys()) > 1 and not any(
        is_figure(cell) or (_is_source(key) and not role_of("funding", cell))
        for cell, key in zip(row.cells, keys, strict=True)
    )


def _is_unit(key: str) -> bool:
    """Whether a cell is the end of a label that wraps, the unit of money: （万元）."""
    return BRACKETED_UNIT.fullmatch(key) is not None


def _is_source(key: str) -> bool:
    label = funding_label(key)
    return label is not None and label[0] != "grid"


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """Labels of the funding grid with their source and, for the totals, their horizon; a label that is listed has none."""
    words = form_words()
    labels = {
        before + total: ("total", horizon)
        for horizon, befores in words["horizons"].items()
        for before in befores
        for total in words["funding"]["total"]
    }
    labels |= {label: ("total", horizon) for horizon, of in words["totals"].items() for label in of}
    labels |= {
        label_key(label): (source, "") for source, of in words["funding"].items() for label in of
    }
    grids = (*words["fields"]["funding"], *words["fields_in_cells"]["funding"])
    return labels | {label_key(label): ("grid", "") for label in grids}


def funding_label(key: str) -> tuple[str, str] | None:
    """The source that a label names and its horizon, '' where it says none; `grid` for the label of all; None if neither."""
    if not key:
        return None
    plain = strip_ordinal(BRACKETED_UNIT.sub("", key).rstrip(":"))
    prefix: str = form_words()["funding_prefix"]
    return _labels().get(strip_ordinal(plain.removeprefix(prefix)))

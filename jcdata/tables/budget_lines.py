"""The tables of a document as records: as printed, and as budget lines, the crosswalk and projects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcdata.amounts import parse_amount
from jcdata.codes import level_of
from jcdata.documents.sections import Section
from jcdata.errors import AmountError
from jcdata.messages import Message
from jcdata.names import name_key
from jcdata.schema import (
    OF_THE_THIRTEEN,
    STATUTORY_TABLES,
    TABLE_NAMES,
    TABLE_NUMBERS,
    BudgetLine,
    EconomicCrosswalk,
    PrintedCell,
    PrintedTable,
    Project,
    TableOccurrence,
)
from jcdata.tables.gathering import gather_tables
from jcdata.tables.grids import Grid
from jcdata.tables.interpretation import Fault, InterpretedTable
from jcdata.tables.printed import PrintedRow
from jcdata.tables.together import kinds_of_units, yielding_tables, yuan_of

_SECOND = Message("a second table of this kind, not loaded", "同类报表重复，未载入")
_NO_UNIT = Message("no unit of money is printed for some figures of the table", "未注明金额单位")


class Tables(NamedTuple):
    """The records of a document's tables, what could not be read in them, and lines that are no rows.

    `forms` are the numbers of the printed tables that are performance forms, `interpreted` those tables as they were read.
    """

    printed_tables: list[PrintedTable]
    printed_cells: list[PrintedCell]
    occurrences: list[TableOccurrence]
    budget_lines: list[BudgetLine]
    crosswalk: list[EconomicCrosswalk]
    projects: list[Project]
    faults: list[Fault]
    stray: list[tuple[int, str]]
    forms: frozenset[int] = frozenset()
    interpreted: tuple[InterpretedTable, ...] = ()


def read_tables(
    document_id: str,
    sections: Sequence[Section],
    unit_name: str | None,
    money_unit: str | None,
    grids: Sequence[Grid] = (),
    aligned: Sequence[Grid] = (),
) -> Tables:
    """Read the tables of a document. `money_unit` counts where a table does not name its own.

    `grids` are the tables of a file that keeps them, `aligned` those of text whose cells stand in display columns; others
    are found below their titles.
    """
    tables, faults = gather_tables(sections, unit_name, money_unit, grids, aligned)
    reader = _Records(document_id, unit_name, kinds_of_units(tables), yielding_tables(tables))
    for number, table in enumerate(tables, start=1):
        reader.add(number, table)
    found = reader.occurrences
    return Tables(
        printed_tables=reader.printed_tables,
        printed_cells=reader.printed_cells,
        occurrences=[
            found.get(key) or missing_table(document_id, key)
            for key in TABLE_NAMES
            if key in found or key in OF_THE_THIRTEEN
        ],
        budget_lines=reader.budget_lines,
        crosswalk=reader.crosswalk,
        projects=_projects(document_id, reader.budget_lines),
        faults=[*faults, *reader.faults],
        stray=[line for table in tables for line in table.stray],
        forms=frozenset(number for number, table in enumerate(tables, start=1) if table.is_form),
        interpreted=tuple(tables),
    )


class _Records:
    """Takes the tables of a document in order and makes its records."""

    def __init__(
        self,
        document_id: str,
        unit_name: str | None,
        of_units: frozenset[str],
        yielding: frozenset[int],
    ) -> None:
        self._document_id, self._unit_name, self._of_units = document_id, unit_name, of_units
        self._yielding = yielding
        self._row_counts: dict[str, int] = {}
        self._loaded: set[tuple[str, str]] = set()  # kind and unit of the tables with rows
        self.printed_tables: list[PrintedTable] = []
        self.printed_cells: list[PrintedCell] = []
        self.occurrences: dict[str, TableOccurrence] = {}
        self.budget_lines: list[BudgetLine] = []
        self.crosswalk: list[EconomicCrosswalk] = []
        self.faults: list[Fault] = []

    def add(self, number: int, table: InterpretedTable) -> None:
        """Add a table's records; of a second table of a kind and unit only what is printed."""
        self.faults += table.faults
        key, reason = table.key, table.reason
        if key and table.rows and (number in self._yielding or self._is_second(key, table)):
            reason = _SECOND
            if any(row.figures for row in table.rows):
                self.faults.append(Fault(line_no=table.first_line, text=table.title, reason=reason))
            key = None
        lines: list[BudgetLine] = []
        if key:
            lines, misprints = self._budget_lines(number, key, table)
            self.faults += misprints
        self._add_print(number, table, key, reason)
        if key:
            self._add_occurrences(key, table, lines)
            self.budget_lines += lines
            if table.has_governmental_item:
                self.crosswalk += self._crosswalk(key, table.rows)

    def _is_second(self, key: str, table: InterpretedTable) -> bool:
        if key not in self._of_units:
            return key in self.occurrences
        of_unit = key, name_key(self._organisation(key, table) or "")
        is_second = of_unit in self._loaded
        self._loaded.add(of_unit)
        return is_second

    def _add_print(
        self, number: int, table: InterpretedTable, key: str | None, reason: Message | None
    ) -> None:
        self.printed_tables.append(
            PrintedTable(
                document_id=self._document_id,
                printed_table_no=number,
                title=table.title,
                money_unit=table.money_unit,
                money_unit_from=table.money_unit_from,
                first_line=table.first_line,
                last_line=table.last_line,
                row_count=table.row_count,
                column_count=table.column_count,
                table_key=key,
                reason=str(reason) if reason else None,
            )
        )
        self.printed_cells += [
            PrintedCell(
                document_id=self._document_id,
                printed_table_no=number,
                row_no=cell.row_no,
                column_no=cell.column_no,
                heading=cell.heading,
                code=cell.code,
                label=cell.label,
                text=cell.text,
                amount_yuan=yuan_of(cell.text, cell.unit) if cell.is_money else None,
                line_no=cell.line_no,
            )
            for cell in table.cells
        ]

    def _add_occurrences(
        self, key: str, table: InterpretedTable, lines: Sequence[BudgetLine]
    ) -> None:
        keys = dict.fromkeys([key, *(line.table_key for line in lines)])
        for each in keys:
            has_figures = any(line.table_key == each for line in lines) or (
                each == key and any(row.figures for row in table.rows)
            )
            if each not in self.occurrences:
                self.occurrences[each] = TableOccurrence(
                    document_id=self._document_id,
                    table_key=each,
                    table_no=TABLE_NUMBERS[each],
                    title=table.title,
                    status="found" if has_figures else "declared_empty",
                    first_line=table.first_line,
                    last_line=table.last_line,
                )

    def _budget_lines(
        self, number: int, key: str, table: InterpretedTable
    ) -> tuple[list[BudgetLine], list[Fault]]:
        """The figures of a table as amounts, and those that are none."""
        lines: list[BudgetLine] = []
        faults: list[Fault] = []
        lacks_unit = False
        begun = self._row_counts.get(key, 0)
        organisation = self._organisation(key, table)
        seconds = {row.table_key for row in table.rows} & self.occurrences.keys() - {key}
        for row_no, row in enumerate(table.rows, start=begun + 1):
            if row.table_key in seconds:
                if row.figures and not any(fault.reason is _SECOND for fault in faults):
                    faults.append(Fault(line_no=row.line_no, text=row.name, reason=_SECOND))
                continue
            for figure in row.figures:
                unit = figure.unit or table.money_unit
                if not unit:
                    if not lacks_unit:
                        faults.append(
                            Fault(line_no=figure.line_no, text=figure.text, reason=_NO_UNIT)
                        )
                    lacks_unit = True
                    continue
                try:
                    amount = parse_amount(figure.text, unit)
                except AmountError as error:
                    faults.append(
                        Fault(
                            line_no=figure.line_no,
                            text=figure.text,
                            reason=Message(f"{error}", "金额无法读取"),
                        )
                    )
                    continue
                of = row.table_key or key
                lines.append(
                    BudgetLine(
                        document_id=self._document_id,
                        table_key=of,
                        table_no=TABLE_NUMBERS[of],
                        row_no=row_no,
                        side=row.side,
                        item_code=row.code,
                        item_name=row.name,
                        item_level=level_of(row.code),
                        is_total=row_no - begun - 1 in table.totals,
                        measure=figure.measure,
                        amount_yuan=amount.yuan,
                        amount_text=amount.text,
                        placed_by=figure.placed_by,
                        read_by=figure.read_by,
                        confidence=figure.recognised.confidence if figure.recognised else None,
                        line_no=figure.line_no,
                        printed_table_no=number,
                        heading=figure.heading,
                        organisation=row.organisation or organisation,
                        money_unit=unit,
                    )
                )
        self._row_counts[key] = begun + len(table.rows)
        return lines, faults

    def _organisation(self, key: str, table: InterpretedTable) -> str | None:
        """The unit of a table that is printed once for each unit; None for the department's own, which has them all."""
        if key not in self._of_units or not table.unit_name:
            return None
        is_own = self._unit_name and name_key(table.unit_name) == name_key(self._unit_name)
        return None if is_own else table.unit_name

    def _crosswalk(self, key: str, rows: Sequence[PrintedRow]) -> list[EconomicCrosswalk]:
        """The departmental items of a table beside the governmental ones, where it prints both, numbered as its lines."""
        first = self._row_counts[key] - len(rows) + 1
        return [
            EconomicCrosswalk(
                document_id=self._document_id,
                row_no=row_no,
                departmental_item=row.name,
                governmental_item=row.governmental_item,
                line_no=row.line_no,
            )
            for row_no, row in enumerate(rows, start=first)
            if row.governmental_item
        ]


def missing_table(document_id: str, key: str) -> TableOccurrence:
    """A statutory table that a document does not print."""
    return TableOccurrence(
        document_id=document_id,
        table_key=key,
        table_no=TABLE_NUMBERS[key],
        title=None,
        status="missing",
        first_line=None,
        last_line=None,
    )


def _projects(document_id: str, lines: Sequence[BudgetLine]) -> list[Project]:
    """The projects among the rows of all tables, numbered through."""
    funded = (line for line in lines if STATUTORY_TABLES[line.table_key].funding)
    totals = (line for line in funded if line.measure == "total" and not line.is_total)
    return [
        Project(
            document_id=document_id,
            project_no=number,
            project_name=line.item_name,
            funding=STATUTORY_TABLES[line.table_key].funding,
            amount_yuan=line.amount_yuan,
            form_no=None,
            name_similarity=None,
            line_no=line.line_no,
        )
        for number, line in enumerate(totals, start=1)
    ]

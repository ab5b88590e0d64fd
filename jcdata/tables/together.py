"""What the tables of one document are to each other: one that goes on, one in another unit of money, one for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jcdata.amounts import IN_WAN, IN_YUAN, UNITS, parse_amount
from jcdata.documents.table_titles import without_continued
from jcdata.errors import AmountError
from jcdata.messages import Message
from jcdata.names import name_key
from jcdata.tables.interpretation import Fault, InterpretedTable
from jcdata.tables.kinds import yields
from jcdata.tables.printed import PrintedRow

OTHER_UNIT = (
    1_000  # times the largest amount of other tables, from which a table is in another unit
)
LEAST_IN_YUAN = 1_000  # below which the largest amount of a table of money is hardly in yuan


def join_continued(tables: Sequence[InterpretedTable]) -> list[InterpretedTable]:
    """The tables, one that goes on under its title and （续）, or is the rest of one otherwise, put together."""
    joined: list[InterpretedTable] = []
    for table in tables:
        last = joined[-1] if joined else None
        goes_on = last and (table.goes_on or is_continued(last.title, table.title))
        if last and goes_on and last.key == table.key:
            shift, rows = len(last.rows), last.row_count
            joined[-1] = last._replace(
                last_line=table.last_line,
                rows=last.rows + _in_own_unit(table),
                totals=last.totals | {shift + i for i in table.totals},
                cells=last.cells
                + tuple(cell._replace(row_no=cell.row_no + rows) for cell in table.cells),
                row_count=rows + table.row_count,
                faults=last.faults + table.faults,
                stray=last.stray + table.stray,
                placed=last.placed + table.placed,
            )
        else:
            joined.append(table)
    return joined


def is_continued(title: str, below: str) -> bool:
    """Whether a title is one that stands above with （续） behind it."""
    return title != below and title == without_continued(below)


def _in_own_unit(table: InterpretedTable) -> tuple[PrintedRow, ...]:
    """The rows of a table, whose figures keep its unit of money wherever they are put."""
    return tuple(
        row._replace(
            figures=tuple(
                figure._replace(unit=figure.unit or table.money_unit) for figure in row.figures
            )
        )
        for row in table.rows
    )


def set_aside_other_units(tables: Sequence[InterpretedTable]) -> list[InterpretedTable]:
    """Without the meaning of a table that names no unit of money and whose amounts do not fit that of the others."""
    sized = [(table, _largest(table)) for table in tables]
    usual = max(
        (size for table, size in sized if table.money_unit_from != "document"), default=Decimal(0)
    )
    named = {table.money_unit for table in tables if table.money_unit_from == "table"}
    return [
        _in_unknown_unit(table, than_others)
        if usual
        and not table.is_form
        and table.money_unit_from == "document"
        and (than_others := _misfit(table.money_unit, size, usual, is_mixed=len(named) > 1))
        else table
        for table, size in sized
    ]


def _misfit(unit: str | None, size: Decimal, usual: Decimal, is_mixed: bool) -> Message | None:
    """What the largest amount of a table is in a unit of money that hardly is its own, by that of other tables.

    In yuan it is doubtful where 万元 would do as well, if it is very small or other tables are in both units.
    """
    if size > OTHER_UNIT * usual:
        return Message("thousands of times those", "数千倍以上")
    is_small = size > 0 and size * UNITS[IN_WAN] <= usual and (is_mixed or size < LEAST_IN_YUAN)
    if unit == IN_YUAN and is_small:
        return Message("not a thousandth of those", "千分之一以下")
    return None


def _largest(table: InterpretedTable) -> Decimal:
    amounts = (yuan_of(cell.text, cell.unit) or Decimal(0) for cell in table.cells if cell.is_money)
    return max(map(abs, amounts), default=Decimal(0))


def _in_unknown_unit(table: InterpretedTable, than_others: Message) -> InterpretedTable:
    reason = Message(
        f"no unit of money is printed, and in {table.money_unit} its amounts are {than_others.en} of other tables",
        f"未注明金额单位，按{table.money_unit}计则为其他报表的{than_others.zh}",
    )
    fault = Fault(line_no=table.first_line, text=table.title, reason=reason)
    return table._replace(
        key=None,
        rows=(),
        totals=frozenset(),
        cells=tuple(cell._replace(unit=None) for cell in table.cells),
        money_unit=None,
        money_unit_from="",
        reason=reason,
        faults=(*table.faults, *([] if table.is_form else [fault])),
    )


def kinds_of_units(tables: Sequence[InterpretedTable]) -> frozenset[str]:
    """The kinds of tables that a department prints once for each of its units."""
    units: dict[str, list[str]] = {}
    for table in tables:
        if table.key and table.unit_name:
            units.setdefault(table.key, []).append(name_key(table.unit_name))
    return frozenset(key for key, names in units.items() if len(set(names)) > 1)


def yielding_tables(tables: Sequence[InterpretedTable]) -> frozenset[int]:
    """The numbers of tables whose titles say that another one of the document, of the same kind, counts instead."""
    filled = [
        (number, table) for number, table in enumerate(tables, start=1) if table.key and table.rows
    ]
    own = {table.key for _, table in filled if not yields(table.title)}
    return frozenset(number for number, table in filled if table.key in own and yields(table.title))


def yuan_of(text: str, unit: str | None) -> Decimal | None:
    """A cell as exact yuan; None where it is no figure or in no known unit of money."""
    try:
        return parse_amount(text, unit or "").yuan
    except AmountError:
        return None

"""The year's tasks in a form of a whole department, each with its money: a grid that is read by its headings."""

from __future__ import annotations

from jcdata.forms.headed_columns import Column, Row, columns_of, divide
from jcdata.forms.headings import bracketed_unit, match_cell, role_of
from jcdata.forms.printed import PrintedCell, PrintedFunding, PrintedTask
from jcdata.messages import Message
from jcdata.schema import ANNUAL
from jcdata.text import strip_ordinal

AMOUNTS = ("total", "fiscal", "other")
_NO_TASK = Message("amounts of no task", "没有任务名称的金额")
_NO_COLUMN = Message("a cell below no heading", "没有表头的单元格")


class TaskReader:
    """Reads the rows below the header of tasks; `totals` are the amounts of the row that sums them up."""

    def __init__(self) -> None:
        self.tasks: list[PrintedTask] = []
        self.totals: list[PrintedFunding] = []
        self.money_unit: PrintedCell | None = None
        self._columns: list[Column] = []

    @property
    def has_begun(self) -> bool:
        """Whether the header was read."""
        return bool(self._columns)

    def begins(self, row: Row) -> bool:
        """Whether a row is the header, which is then known; another page may print it again."""
        found = _headings(row)
        roles = [column.role for column in found]
        if "task" not in roles or not {"content", "amounts", "total"} & set(roles):
            return False
        # What stands beside the tasks may be called as they are: the last such heading is theirs.
        last = max(i for i, role in enumerate(roles) if role == "task")
        self._columns = found[last:]
        self.money_unit = self.money_unit or bracketed_unit(row.line_no, row.filled)
        return True

    def read(self, row: Row) -> list[Message]:
        """Read a row below the header; what could not be understood."""
        if self.begins(row) or self._divide(row):
            return []
        texts: dict[str, str] = {}
        problems: list[Message] = []
        for place, cell in enumerate(row.cells):
            role = next((c.role for c in self._columns if c.begin <= place < c.end), "")
            if cell and role:
                texts[role] = texts.get(role, "") + cell
            elif cell and match_cell("total", cell):
                texts["task"] = cell
            elif cell and role_of("tasks", cell) != "task":
                problems.append(_NO_COLUMN)
        amounts = {
            role: texts[role]
            for role in AMOUNTS
            if role in texts and not match_cell("none", texts[role])
        }
        if task := texts.get("task"):
            self._add(task, texts.get("content", ""), amounts, row.line_no)
        elif amounts:
            problems.append(_NO_TASK)
        return problems

    def _add(self, task: str, content: str, amounts: dict[str, str], line_no: int) -> None:
        if match_cell("total", task):
            self.totals += [
                PrintedFunding(horizon=ANNUAL, source=source, text=text, line_no=line_no)
                for source, text in amounts.items()
            ]
        else:
            self.tasks.append(
                PrintedTask(
                    task=strip_ordinal(task), content=content, amounts=amounts, line_no=line_no
                )
            )

    def _divide(self, row: Row) -> bool:
        """Whether a row divides the column of amounts into the whole and its sources."""
        below = _headings(row)
        if not below or not {column.role for column in below} <= {*AMOUNTS, "amounts"}:
            return False
        self._columns = divide(self._columns, below)
        self.money_unit = self.money_unit or bracketed_unit(row.line_no, row.filled)
        return True


def _headings(row: Row) -> list[Column]:
    """The headings of a row; none unless all of its cells are headings."""
    found = columns_of("tasks", row)
    return found if all(column.role for column in found) else []

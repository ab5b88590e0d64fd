"""A performance form as it is printed once, before printings are merged: what every reader hands on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from jcdata import names
from jcdata.forms.target_values import plain_value
from jcdata.messages import Message
from jcdata.schema import BUDGETED, PROJECT_GOALS
from jcdata.text import text_key

# Fields that hold running text
TEXT_FIELDS = (
    "overview",
    "basis",
    "necessity",
    "safeguards",
    "schedule",
    "period_goal",
    "annual_goal",
    "annual_result",
)


class PrintedCell(NamedTuple):
    """Text of a cell without white space, and the line on which it begins."""

    text: str
    line_no: int


class PrintedFunding(NamedTuple):
    """An amount of the funding grid as printed; `horizon`, `source` and `basis` as in `schema.FormFunding`."""

    horizon: str
    source: str
    text: str
    line_no: int
    basis: str = BUDGETED

    @property
    def figure_key(self) -> str:
        """The amount for a comparison: 7,000 and 7000 are the same."""
        return text_key(self.text).replace(",", "")


class PrintedTask(NamedTuple):
    """A task of a whole department with the amounts printed beside it: `total`, `fiscal` and `other`."""

    task: str
    content: str
    amounts: dict[str, str]
    line_no: int


class Rating(NamedTuple):
    """What stands beside a target in columns of its own, as printed, '' where nothing does."""

    weight: str = ""
    actual: str = ""
    score: str = ""
    deviation: str = ""


UNRATED = Rating()


@dataclass(frozen=True)
class PrintedIndicator:
    """An indicator of one half of the grid as printed, with the keys by which its name and its value are compared.

    `level1` and `level2` are '' where the print does not say them. `level_doubt` is 0 where it says them plainly;
    else the more, the less: a page break may have cut off the label of the last rows, a label may have slipped.
    """

    horizon: str
    level1: str
    level2: str
    level3: str
    value_text: str
    is_truncated: bool
    line_no: int
    level_doubt: int = 0
    rating: Rating = UNRATED
    full_name: PrintedCell | None = None  # of a name that is cut, where it stands whole

    @cached_property
    def name_key(self) -> str:
        """What names have in common that are one."""
        return names.name_key(self.level3)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The keys of what a cut may leave of the name, that of the whole name last."""
        return names.beginnings(self.level3)

    @cached_property
    def value_key(self) -> str:
        """What values have in common that are the same, '' where there is none."""
        return plain_value(self.value_text)


class PrintedForm(NamedTuple):
    """One printing of a form.

    `fields` maps names of `schema.PerformanceForm` (project_name, department, implementing_unit, property,
    period_text, overview, basis, necessity, safeguards, schedule, period_goal, annual_goal, filed_on_text ...) to
    their cells; a field that is not printed or empty is absent. `department` is 222-某某局 as printed. More
    fields may be there: `money_unit`, the unit of the funding grid where it says one (元), `unit_name`, whose form it
    is where it is no project's, and `start_text` and `end_text`, the days between which the project runs.
    `unrecognised` lists lines that were not understood, with the reason.
    """

    fields: dict[str, PrintedCell]
    funding: list[PrintedFunding]
    indicators: list[PrintedIndicator]
    first_line: int
    last_line: int
    unrecognised: list[tuple[int, Message]]
    tasks: tuple[PrintedTask, ...] = ()
    kind: str = PROJECT_GOALS

"""Budget disclosures of China's government units as data that one can trust.

import jcdata
jcdata.build("data/raw")              # read the documents, write data/jcdata.duckdb and data/clean
db = jcdata.connect()                 # a read-only DuckDB connection
jcdata.check(db)                      # what the documents contradict, worst first
db.sql("SELECT item_name, amount_yuan FROM budget_lines WHERE table_no = 3").df()
shares = jcdata.composition(db, dimension="function")   # and growth, project_costs, unit_costs, carry_over
jcdata.charts.composition(shares)
jcdata.diff(db, "bureau-2030", "bureau-2031")           # what changed from one document to the other
jcdata.report(db, "report.html")      # all of it as one page for people
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from jcdata.api import (
    build,
    carry_over,
    check,
    composition,
    connect,
    diff,
    export_package,
    export_workbook,
    growth,
    in_chinese,
    project_costs,
    report,
    unit_costs,
)
from jcdata.errors import (
    AmountError,
    ComparisonError,
    CorrectionError,
    DatabaseError,
    DocumentError,
    JcdataError,
    MissingFontWarning,
    OutputError,
    SelectionError,
    SpecError,
)

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__version__ = "0.1.0"
__all__ = [
    "AmountError",
    "ComparisonError",
    "CorrectionError",
    "DatabaseError",
    "DocumentError",
    "JcdataError",
    "MissingFontWarning",
    "OutputError",
    "SelectionError",
    "SpecError",
    "build",
    "carry_over",
    "check",
    "composition",
    "connect",
    "diff",
    "export_package",
    "export_workbook",
    "growth",
    "in_chinese",
    "project_costs",
    "report",
    "unit_costs",
]


def __getattr__(name: str) -> ModuleType:
    """`jcdata.analyses.charts`, imported when it is first used, because Altair takes a second."""
    if name == "charts":
        return import_module("jcdata.analyses.charts")
    raise AttributeError(f"module 'jcdata' has no attribute {name!r}")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """`%load_ext jcdata` brings SQL cells and readable tables into a notebook, see `jcdata.notebook.magic`."""
    from jcdata.notebook import magic

    magic.load_ipython_extension(shell)

"""Budget disclosures of China's government units as data that one can trust.

import jcdata
jcdata.build("data/raw")              # read the documents, write data/jcdata.duckdb and data/clean
db = jcdata.connect()                 # a read-only DuckDB connection
jcdata.check(db)                      # what the documents contradict, worst first
jcdata.review("data/jcdata.duckdb", "0123456789ab", "dismissed", reason="see the annex")   # a finding's id
db.sql("SELECT item_name, amount_yuan FROM budget_lines WHERE table_key = 'expenditure'").df()
shares = jcdata.composition(db, dimension="function")   # and the other analyses: dir(jcdata)
jcdata.charts.composition(shares)
jcdata.diff(db, "bureau-2030", "bureau-2031")           # what changed from one document to the other
jcdata.explain(db, "bureau-2030", 242)                  # what was seen in a line, and what decided
jcdata.trace(db, "156.00")             # every place where it stands; so 8.19%, 156万元, words
jcdata.report(db, "report.html")      # all of it as one page for people
jcdata.site(db, "site")                # pages for each unit, table, project and finding, with a search
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jcdata import extras
from jcdata.analyses.detail_functions import (
    carry_over_balances,
    carry_over_breakdown,
    carry_over_patterns,
    earlier_work,
    indicator_quality,
    price_ceilings,
    project_funding,
)
from jcdata.analyses.functions import (
    carry_over,
    composition,
    function_by_nature,
    growth,
    growth_decomposition,
    item_years,
    key_shares,
    peers,
    project_costs,
    timeseries,
    unit_costs,
)
from jcdata.api import (
    build,
    check,
    connect,
    diff,
    explain,
    export_package,
    export_workbook,
    in_chinese,
    report,
    review,
    site,
    trace,
    understood,
)
from jcdata.errors import (
    AmountError,
    ComparisonError,
    CorrectionError,
    DamagedError,
    DatabaseError,
    DocumentError,
    JcdataError,
    MissingExtraError,
    MissingFontWarning,
    OutputError,
    ReviewError,
    SelectionError,
    SpecError,
    UnopenedError,
    WorkerEndedError,
    WorkerError,
)

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from jcdata import schema as schema
    from jcdata.analyses import charts as charts
    from jcdata.analyses.conclusions import conclude
    from jcdata.checks.declarations import check_specs
    from jcdata.comparison.differences import Change
    from jcdata.extraction.explaining import Explanation
    from jcdata.notebook.choosing import choose
    from jcdata.pipeline.build import BuildResult

__version__ = "0.1.0"
__all__ = [
    "AmountError",
    "BuildResult",
    "Change",
    "ComparisonError",
    "CorrectionError",
    "DamagedError",
    "DatabaseError",
    "DocumentError",
    "Explanation",
    "JcdataError",
    "MissingExtraError",
    "MissingFontWarning",
    "OutputError",
    "ReviewError",
    "SelectionError",
    "SpecError",
    "UnopenedError",
    "WorkerEndedError",
    "WorkerError",
    "build",
    "carry_over",
    "carry_over_balances",
    "carry_over_breakdown",
    "carry_over_patterns",
    "check",
    "check_specs",
    "choose",
    "composition",
    "conclude",
    "connect",
    "diff",
    "earlier_work",
    "explain",
    "export_package",
    "export_workbook",
    "function_by_nature",
    "growth",
    "growth_decomposition",
    "in_chinese",
    "indicator_quality",
    "item_years",
    "key_shares",
    "peers",
    "price_ceilings",
    "project_costs",
    "project_funding",
    "report",
    "review",
    "site",
    "timeseries",
    "trace",
    "understood",
    "unit_costs",
]

# Imported when they are first used: what they need takes up to a second
_LATE = {
    "BuildResult": "jcdata.pipeline.build:BuildResult",
    "Change": "jcdata.comparison.differences:Change",
    "Explanation": "jcdata.extraction.explaining:Explanation",
    "charts": "jcdata.analyses.charts:",
    "choose": "jcdata.notebook.choosing:choose",
    "conclude": "jcdata.analyses.conclusions:conclude",
    "check_specs": "jcdata.checks.declarations:check_specs",
    "schema": "jcdata.schema:",
}


if not TYPE_CHECKING:  # which would take any name for public

    def __getattr__(name: str) -> object:
        from pkgutil import resolve_name

        if name in _LATE:
            if name == "charts":
                extras.require("analysis")
            return resolve_name(_LATE[name])
        raise AttributeError(f"module 'jcdata' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What is public; `charts` only where Altair is installed, since help() and completion look at all that is named here."""
    from importlib.util import find_spec

    late = _LATE if find_spec("altair") else _LATE.keys() - {"charts"}
    return sorted({*__all__, *late, "__version__"})


def load_ipython_extension(shell: InteractiveShell) -> None:
    """`%load_ext jcdata` brings SQL cells and readable tables into a notebook, see `jcdata.notebook.magic`."""
    extras.require("analysis")
    from jcdata.notebook import magic

    magic.load_ipython_extension(shell)

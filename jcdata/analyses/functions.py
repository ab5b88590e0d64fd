"""The public functions of the analyses; each imports what it needs when it is called.

Their docstrings and signatures are whole, so that help() and editors show what there is to choose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jcdata import paths
from jcdata.database.handles import Database, opened

if TYPE_CHECKING:
    import pandas as pd


def composition(
    db: Database = paths.DATABASE,
    *,
    dimension: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What the money is made of: one row per document, dimension and item, with its share and the stated one.

    `db` is a path or an open connection. `dimension` is one of `revenue_source`, `expenditure_type`, `function`,
    `economic`, `governmental_economic`, `project`, `three_public` and `procurement`, `unit` a unit's name, `year` a fiscal year, `kind` `budget`
    or `final_accounts`; what is not chosen is all in the frame, each document apart. Its columns are those of the view
    of the same name, which the data dictionary explains. Money is in yuan, as
    floats, or as Decimal objects with `exact`, for sums to the cent; charts and statistics take floats. Shares and rates
    are fractions. Where items have levels (`item_level`), add up one level at a time.

    Raises `jcdata.SelectionError`, which names what there is, when the database has no such unit, year, kind or
    dimension, and `jcdata.DatabaseError` if there is no database.
    """
    return read_analysis(
        "composition", db, unit=unit, year=year, kind=kind, dimension=dimension, exact=exact
    )


def growth(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What grew or shrank: one row per document, subject and basis, with its rate and the stated one.

    The basis is `stated` for a change that the document states itself, and `documents` for two documents of a unit.
    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("growth", db, unit=unit, year=year, kind=kind, exact=exact)


def project_costs(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What projects cost: one row per project with a performance form, with its money and number of indicators.

    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("project_costs", db, unit=unit, year=year, kind=kind, exact=exact)


def unit_costs(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What one unit of an output costs: one row per annual quantity indicator.

    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("unit_costs", db, unit=unit, year=year, kind=kind, exact=exact)


def carry_over(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """How much of the year's money pays for earlier years: one row per item or project, carried over or in arrears.

    Carried-over items and carried-over projects are the same money: rows with `is_repeated` are not to be added up.
    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("carry_over", db, unit=unit, year=year, kind=kind, exact=exact)


def peers(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """Units among their peers: one row per unit, fiscal year, kind of document and measure.

    Each has its value with the median and the quartiles of the documents of the same year, kind and scope, its place
    among them (`place`, 1 for the largest) and their number (`peer_count`). Money per head, vehicle and square metre is
    there where the document states how many. A unit that is chosen is still compared with all.
    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("peers", db, unit=unit, year=year, kind=kind, exact=exact)


def timeseries(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """Money over the years: one row per unit, measure or item, and fiscal year, budget and actual side by side.

    `measure` is a total of the document, or `item` for an item of a table; `actual_yuan` comes from final accounts.
    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("timeseries", db, unit=unit, year=year, exact=exact)


def function_by_nature(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """Of what nature the money of each function is: one row per document and functional item.

    Basic, project and carried-over money of the item, with their shares of its total; carried-over money is part of the
    other two. NaN is what is not printed. Items have levels: add up one at a time. What is chosen and raised is as in
    `jcdata.composition`.
    """
    return read_analysis("function_by_nature", db, unit=unit, year=year, kind=kind, exact=exact)


def key_shares(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """The shares asked for first: one row per document and share, where the document prints both amounts.

    Projects and procurement of expenditure, project money of what runs the office, staff and running of basic
    expenditure; `base` names the whole. What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("key_shares", db, unit=unit, year=year, kind=kind, exact=exact)


def growth_decomposition(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What the change of the total is made of: one row per document, basis and step from last year's total to this year's.

    Money is in yuan, `points` are fractions of last year's total; NaN where no amount is stated. The step `unexplained`
    is what no document says the amount of, `like_for_like` the change without carry-over and arrears. What is chosen and
    raised is as in `jcdata.composition`.
    """
    return read_analysis("growth_decomposition", db, unit=unit, year=year, kind=kind, exact=exact)


def item_years(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What was budgeted and spent: one row per unit, year and item of expenditure, with the execution rate.

    NaN where no document is there or it does not print the item. What is chosen and raised is as in
    `jcdata.composition`.
    """
    return read_analysis("item_years", db, unit=unit, year=year, exact=exact)


def read_analysis(
    view: str, db: Database, *, exact: bool, **chosen: str | int | None
) -> pd.DataFrame:
    """The rows of a view of the analyses, as `jcdata.composition` chooses them."""
    from jcdata.analyses import frames

    with opened(db) as con:
        return frames.read(con, view, exact=exact, **chosen)

"""The public functions of the analyses that take costs and carry-over apart, as `jcdata.NAME`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jcdata import paths
from jcdata.analyses.functions import read_analysis
from jcdata.database.handles import Database

if TYPE_CHECKING:
    import pandas as pd


def project_funding(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """All project money: one row per project of the tables of projects, those without a performance form first.

    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("project_funding", db, unit=unit, year=year, kind=kind, exact=exact)


def indicator_quality(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """How far indicators can be measured: one row per document and indicator of level 2, with counts.

    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("indicator_quality", db, unit=unit, year=year, kind=kind, exact=exact)


def price_ceilings(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """A form's own prices: one row per annual indicator that is a price, multiplied by its number, against the money.

    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("price_ceilings", db, unit=unit, year=year, kind=kind, exact=exact)


def earlier_work(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """Old bills: one row per form, and per amount of the prose, that this year's money pays for earlier years' work.

    Rows whose `stated_in` is `prose` may be the money of the forms again and are not to be added to theirs.
    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("earlier_work", db, unit=unit, year=year, kind=kind, exact=exact)


def carry_over_balances(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """The balances between years: one row per document and balance, also where it is not printed.

    They are never to be added; `status` tells what is not printed from what is nothing.
    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("carry_over_balances", db, unit=unit, year=year, kind=kind, exact=exact)


def carry_over_breakdown(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What the balances are made of: one row per document, balance, breakdown and item.

    The breakdowns of a balance are the same money: add up one of them only.
    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("carry_over_breakdown", db, unit=unit, year=year, kind=kind, exact=exact)


def carry_over_patterns(
    db: Database = paths.DATABASE,
    *,
    unit: str | None = None,
    year: int | None = None,
    kind: str | None = None,
    exact: bool = False,
) -> pd.DataFrame:
    """What to ask about money for earlier years: one row per document, pattern and project.

    What is chosen and raised is as in `jcdata.composition`.
    """
    return read_analysis("carry_over_patterns", db, unit=unit, year=year, kind=kind, exact=exact)

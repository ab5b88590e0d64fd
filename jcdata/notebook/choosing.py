"""The conclusion at the top of a notebook, with drop-downs for the unit and the year where ipywidgets is installed."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from jcdata.analyses.conclusions import conclude
from jcdata.messages import Message

if TYPE_CHECKING:
    import duckdb

ALL_UNITS, ALL_YEARS = "", 0  # in a drop-down, which takes None for no choice at all
HOW = Message(
    "The words below change at once; for tables and charts choose Run → Run Selected Cell and All Below.",
    "下面的结论随即更新；表格和图请再选菜单 Run → Run Selected Cell and All Below。",
)


def choose(
    db: duckdb.DuckDBPyConnection, analysis: str, namespace: MutableMapping[str, Any]
) -> None:
    """Show the conclusion of an analysis for the `UNIT` and `YEAR` of a namespace, and let both be chosen.

    `analysis` is `composition`, `growth`, `project_costs`, `carry_over`, `peers`, `timeseries`, `findings` or `documents`,
    `namespace` a notebook's `globals()`, into which the drop-downs write what is chosen. A notebook without `YEAR` has no
    drop-down for it. Without ipywidgets, or with nothing to choose from, the cell
    of the parameters serves. Raises `jcdata.SelectionError` for a unit or year that is not there.
    """
    from IPython.display import display

    said = conclude(db, analysis, namespace.get("UNIT"), namespace.get("YEAR"))
    query = "SELECT DISTINCT unit_name, fiscal_year FROM documents ORDER BY unit_name, fiscal_year"
    known = db.cursor().execute(query).fetchall()
    drop_downs = _drop_downs(known, namespace) if len(known) > 1 else None
    if drop_downs is None:
        display(said)
        return
    box, unit, year = drop_downs
    display(box)
    shown = display(said, display_id=True)

    def change(_: object) -> None:
        namespace["UNIT"] = unit.value or None
        if "YEAR" in namespace:
            namespace["YEAR"] = year.value or None
        shown.update(conclude(db, analysis, namespace["UNIT"], namespace.get("YEAR")))

    def change_unit(_: object) -> None:
        kept = year.value
        with year.hold_trait_notifications():
            year.options = _years(known, unit.value or None)
            year.value = kept if kept in dict(year.options).values() else ALL_YEARS
        change(_)

    unit.observe(change_unit, "value")
    year.observe(change, "value")


def _drop_downs(
    known: list[tuple[str | None, int | None]], namespace: MutableMapping[str, Any]
) -> tuple[Any, Any, Any] | None:
    """A box with drop-downs for unit and year, and both; None where ipywidgets is not installed."""
    try:
        import ipywidgets
    except ModuleNotFoundError:
        return None
    names = dict.fromkeys(name for name, _ in known if name is not None)
    units = [(str(Message("all units", "全部单位")), ALL_UNITS), *((name, name) for name in names)]
    chosen = namespace.get("UNIT")
    unit = ipywidgets.Dropdown(options=units, value=chosen or ALL_UNITS, layout={"width": "28em"})
    years = _years(known, chosen)
    year_chosen = namespace.get("YEAR") or ALL_YEARS
    year = ipywidgets.Dropdown(options=years, value=year_chosen, layout={"width": "14em"})
    how = ipywidgets.HTML(f"{HOW.zh}<br>{HOW.en}")  # a label would be cut where it is too long
    offered = [unit, year] if "YEAR" in namespace else [unit]
    return ipywidgets.VBox([ipywidgets.HBox(offered), how]), unit, year


def _years(known: list[tuple[str | None, int | None]], unit: str | None) -> list[tuple[str, int]]:
    """The years of a unit, or of all, as a drop-down offers them."""
    years = sorted({year for name, year in known if year is not None and unit in (None, name)})
    return [
        (str(Message("all years", "全部年度")), ALL_YEARS),
        *((str(year), year) for year in years),
    ]

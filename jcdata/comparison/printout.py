"""What changed between two documents, for a terminal and for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from jcdata.comparison.differences import Change, Comparison
from jcdata.comparison.matching import MATCHED_BY
from jcdata.messages import Message
from jcdata.schema import (
    DOCUMENT_KINDS,
    HORIZONS,
    MEASURES,
    SHOWN_TABLE_NAMES,
    SIDES,
    SOURCES,
    STATUSES,
    TABLE_NUMBERS,
    DocumentRecord,
)
from jcdata.text import visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

WIDTH = 100  # columns where nothing tells the width of the terminal
MOST_ROWS = 30  # of each kind, unless all are asked for

_TITLES = {"table": "报表 tables", "budget_line": "预算明细 budget lines", "project": "项目 projects",
           "form": "绩效目标表 performance forms", "indicator": "绩效指标 indicators", "finding": "核对发现 findings"}  # fmt: skip
_CHANGED = {"value": "指标值 value", "comparator": "比较符 comparator"}
_MEASURES = MEASURES | {
    f"{horizon}_{source}": f"{zh}{of}"
    for horizon, zh in HORIZONS.items()
    for source, of in SOURCES.items()
}


def warnings_of(comparison: Comparison) -> list[str]:
    """What speaks against comparing the two documents at all, in both languages."""
    a, b = comparison.a, comparison.b
    found = []
    if a.unit_name != b.unit_name:
        found.append(str(Message("documents of two different units", "两份文件属于不同单位")))
    if a.document_kind != b.document_kind:
        found.append(
            str(
                Message(
                    "a budget beside final accounts: plans and results differ by nature",
                    "预算与决算相比，口径不同",
                )
            )
        )
    return found


def as_json(comparison: Comparison) -> dict[str, Any]:
    """A comparison as JSON holds it: figures as text, so that they stay exact."""
    return {
        "a": comparison.a._asdict(),
        "b": comparison.b._asdict(),
        "warnings": warnings_of(comparison),
        "counts": {kind: count._asdict() for kind, count in comparison.counts.items()},
        "changes": [
            {k: str(v) if isinstance(v, Decimal) else v for k, v in change._asdict().items()}
            for change in comparison.changes
        ],
    }


def render(comparison: Comparison, show_all: bool = False) -> Iterator[RenderableType]:
    """A comparison for a terminal: the documents, how much is the same, then the changes, the largest first."""
    from rich.text import Text

    for side, document in (("A", comparison.a), ("B", comparison.b)):
        yield Text.assemble(
            (visible(f"{side}  {document.file_name}"), "bold"), visible(f"  {_described(document)}")
        )
    for warning in warnings_of(comparison):
        yield Text(f"警告 warning: {warning}", "yellow")
    yield ""
    yield _counts(comparison)
    most = None if show_all else MOST_ROWS
    of_kind = {
        kind: [change for change in comparison.changes if change.kind == kind] for kind in _TITLES
    }
    yield from _names(
        [change for change in comparison.changes if change.field == "name" and change.matched_by],
        most,
    )
    yield from _statuses(of_kind["table"], most)
    for kind in ("budget_line", "project", "form"):
        yield from _amounts(
            kind, [change for change in of_kind[kind] if change.change is not None], most
        )
    yield from _indicators(
        [change for change in of_kind["indicator"] if change.field != "name"], most
    )
    yield from _findings(of_kind["finding"], most)


def _described(document: DocumentRecord) -> str:
    unit = document.unit_name or "单位不明 unit unknown"
    year = f"{document.fiscal_year}年" if document.fiscal_year else "年度不明 year unknown"
    return f"{unit} {year} {DOCUMENT_KINDS[document.document_kind]} {document.document_kind.replace('_', ' ')}"


def _counts(comparison: Comparison) -> Table:
    table = _table(
        ("",), ("相同 same", 9), ("有变 changed", 12), ("仅A only in A", 13), ("仅B only in B", 13)
    )
    for kind, count in comparison.counts.items():
        if any(count):
            _add_row(table, _TITLES[kind], *(str(number) if number else "–" for number in count))
    return table


# ---------------------------------------------------------------------------------------------------------
# Sections; each is nothing where nothing differs


def _names(changes: Sequence[Change], most: int | None) -> Iterator[RenderableType]:
    """Things taken for one although their names differ, each once however many rows it has."""
    seen: defaultdict[tuple[Any, ...], list[Change]] = defaultdict(list)
    for change in changes:
        seen[change.kind, change.code, change.name_a, change.name_b, change.matched_by].append(
            change
        )
    table = _table(("A → B",), ("对应依据 matched by", -24), ("行 lines", -16))
    for rows in islice(seen.values(), most):
        how = f"{MATCHED_BY[rows[0].matched_by]} {rows[0].matched_by} {rows[0].similarity:.0%}"
        _add_row(
            table,
            _name(rows[0]),
            how,
            _lines(rows[0]) + (f" ×{len(rows)}" if len(rows) > 1 else ""),
        )
    yield from _section(
        "名称不同而视为同一 one although the names differ", [table], len(seen), most
    )


def _statuses(changes: Sequence[Change], most: int | None) -> Iterator[RenderableType]:
    """Tables that have figures in one document only."""
    table = _table(("",), ("A", -19), ("B", -19), ("行 lines", -11))
    for row in islice(changes, most):
        status_a, status_b = (
            f"{STATUSES[v]} {v}" if v else "–" for v in (row.value_a, row.value_b)
        )
        _add_row(table, _place(row), status_a, status_b, _lines(row))
    yield from _section(_TITLES["table"], [table], len(changes), most)


def _amounts(kind: str, changes: Sequence[Change], most: int | None) -> Iterator[RenderableType]:
    """Amounts that differ, those of a table together, the table with the largest change first.

    Columns of one row that say the same are shown once.
    """
    merged: defaultdict[Change, list[str]] = defaultdict(list)
    for change in changes:
        # 合计 and 本年预算 of a row mostly say the same.
        merged[change._replace(field="")].append(change.field)
    places: defaultdict[str, list[tuple[Change, list[str]]]] = defaultdict(list)
    for row, fields in islice(merged.items(), most):
        places[_place(row)].append((row, fields))
    parts: list[RenderableType] = []
    for number, (place, rows) in enumerate(places.items()):
        parts += [_bold(place)] if place else []
        table = _table(
            ("",),
            ("口径 amount", -21),
            ("A", 9),
            ("B", 9),
            ("增减 change", 11),
            ("增减率", 7),
            ("行 lines", -11),
        )
        table.show_header = number == 0
        for row, fields in rows:
            rate = "" if row.rate is None else f"{row.rate:+.1%}"
            difference = f"{(row.change or 0) / Decimal(10_000):+,.2f}"
            _add_row(
                table,
                _name(row),
                _measures(fields),
                _wan(row.value_a),
                _wan(row.value_b),
                difference,
                rate,
                _lines(row),
            )
        parts.append(table)
    yield from _section(
        f"{_TITLES[kind]}，万元 10,000 yuan，Σ 合计 total", parts, len(merged), most
    )


def _indicators(changes: Sequence[Change], most: int | None) -> Iterator[RenderableType]:
    """Indicators that differ, by form; of a form that is only in one document they are only counted."""
    shown = [change for change in changes if change.project_a and change.project_b]
    forms: defaultdict[str, list[Change]] = defaultdict(list)
    for row in islice(shown, most):
        forms[" → ".join(dict.fromkeys((row.project_a, row.project_b)))].append(row)
    parts: list[RenderableType] = []
    for number, (form, rows) in enumerate(forms.items()):
        table = _table(("",), ("", -17), ("A", -16), ("B", -16), ("行 lines", -11))
        table.show_header = number == 0
        for row in rows:
            what = _outcome(row, _CHANGED[row.field], "删除 dropped", "新增 added")
            place = f"{row.level2} {HORIZONS[row.horizon]} {row.horizon}"
            _add_row(
                table,
                _name(row).append(f"\n{place}", "dim"),
                what,
                row.value_a or "–",
                row.value_b or "–",
                _lines(row),
            )
        parts += [_bold(form), table]
    if others := len(changes) - len(shown):
        parts.append(f"{others} 项属于仅一方有的目标表 of forms that are only in one document")
    yield from _section(
        _TITLES["indicator"], parts, len(changes), None if most is None else most + others
    )


def _findings(changes: Sequence[Change], most: int | None) -> Iterator[RenderableType]:
    """What only one of two versions contradicts, or what weighs otherwise in the other."""
    table = _table(("", -12), ("",), ("行 lines", -11))
    for row in islice(changes, most):
        what = _outcome(row, "变动 changed", "消失 gone", "新增 new")
        _add_row(table, what, row.value_b or row.value_a, _lines(row))
    yield from _section(_TITLES["finding"], [table], len(changes), most)


# ---------------------------------------------------------------------------------------------------------
# Words and cells


def _section(
    title: str, parts: Iterable[RenderableType], count: int, most: int | None
) -> Iterator[RenderableType]:
    if count:
        yield ""
        yield _bold(f"{title} ({count})")
        yield from parts
        if most is not None and count > most:
            yield f"… 其余 {count - most} 项用 --all 列出 / {count - most} more with --all"


def _table(*columns: tuple[str] | tuple[str, int]) -> Table:
    """A table whose first column takes the space that is left; numbers have a width, texts a negative one."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True)
    for heading, *width in columns:
        if width and width[0] > 0:
            table.add_column(heading, justify="right", no_wrap=True, min_width=width[0])
        else:
            table.add_column(
                heading,
                overflow="fold",
                width=-width[0] if width else None,
                ratio=None if width else 1,
            )
    return table


def _add_row(table: Table, *cells: str | Text) -> None:
    """Add a row whose cells stand as they are, square brackets too."""
    from rich.text import Text

    table.add_row(*(Text(visible(cell)) if isinstance(cell, str) else cell for cell in cells))


def _bold(text: str) -> Text:
    from rich.text import Text

    return Text(visible(text), "bold")


def _outcome(change: Change, changed: str, gone: str, new: str) -> str:
    """What became of a thing, in the words of its kind."""
    if change.matched_by:
        return changed
    return gone if change.name_a else new


def _place(change: Change) -> str:
    if not change.table_key:
        return ""
    side = f"{SIDES[change.side]} {change.side}"
    return f"表{TABLE_NUMBERS[change.table_key]} {SHOWN_TABLE_NAMES[change.table_key]} {change.table_key} {side}".strip()


def _name(change: Change) -> Text:
    """Both names where they differ, with the code before them and a sign if it is a total."""
    from rich.text import Text

    names = " → ".join(dict.fromkeys(name for name in (change.name_a, change.name_b) if name))
    return Text.assemble(
        (visible(f"{change.code} ") if change.code else "", "dim"),
        "Σ " if change.is_total else "",
        visible(names),
    )


def _measures(fields: Iterable[str]) -> str:
    """Measures in both languages: 合计 total."""
    keys = sorted(fields, key=list(_MEASURES).index)
    separator = " " if len(keys) == 1 else "\n"
    return "、".join(_MEASURES[key] for key in keys) + separator + ", ".join(keys).replace("_", " ")


def _wan(yuan: str) -> str:
    return f"{Decimal(yuan) / 10_000:,.2f}" if yuan else "–"


def _lines(change: Change) -> str:
    return " | ".join("–" if line is None else str(line) for line in (change.line_a, change.line_b))

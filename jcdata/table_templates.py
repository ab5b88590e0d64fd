"""Loads what the government prints: templates of tables, headings, forms. Strict: an unknown key is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from jcdata.codes import LEVELS
from jcdata.errors import SpecError
from jcdata.schema import DOCUMENT_KINDS, MEASURES, STATUTORY_TABLES, TABLE_NUMBERS, has_side
from jcdata.spec_files import SPECS, _require_known, patterns, read_toml, spec_words
from jcdata.text import ORDINAL_CHARS, label_key, simplified

TEMPLATES = SPECS / "templates"
ROW_NUMBER = "row_number"  # 行次: the rows counted, as final accounts print it
LEADING = (
    ROW_NUMBER,
    "unit_code",
    "unit_name",
    "note",
)  # columns of text that may stand before the items
TEXT_COLUMNS = ("item_code", "item_name", "governmental_item", *LEADING)
IGNORED = "ignored"  # a column of figures that are not money


class ColumnSpec(NamedTuple):
    """A column of a template: its side, what it measures, the labels that head it.

    `item` is what its figures are about where the items stand in the header, else ''. Columns of one `block` make up
    a row: beside it may stand another, of the other side, or of items that are printed in two rows of columns.
    """

    side: str
    name: str
    label: re.Pattern[str]
    optional: bool
    labels: tuple[str, ...]
    item: str = ""
    block: int = 0

    @property
    def is_text(self) -> bool:
        """Whether codes or names stand in the column, not figures."""
        return self.name in TEXT_COLUMNS

    @property
    def is_money(self) -> bool:
        """Whether amounts of money stand in the column."""
        return not self.is_text and self.name != IGNORED


class RowSum(NamedTuple):
    """Within a row: total = sum of parts, on one side."""

    side: str
    total: str
    parts: tuple[str, ...]


class TableSpec(NamedTuple):
    """A statutory table as one template prints it."""

    key: str
    template: str
    document_kind: str
    titles: re.Pattern[str]
    columns: tuple[ColumnSpec, ...]
    header_word: re.Pattern[str]
    sums: tuple[RowSum, ...]
    row_labels: re.Pattern[str] | None
    last_row: str | None
    wide: bool

    @property
    def table_no(self) -> int:
        """Number of the statutory table, 1 to 13."""
        return TABLE_NUMBERS[self.key]

    @property
    def lists_projects(self) -> bool:
        """Whether its rows are projects."""
        return STATUTORY_TABLES[self.key].lists_projects

    @property
    def has_codes(self) -> bool:
        """Whether rows carry classification codes."""
        return any(c.name == "item_code" for c in self.columns)

    @property
    def is_balance(self) -> bool:
        """Whether revenue and expenditure stand side by side without codes."""
        return not self.has_codes and len({c.side for c in self.columns}) == 2

    @property
    def has_governmental_item(self) -> bool:
        """Whether a second economic item stands beside the name."""
        return any(c.name == "governmental_item" for c in self.columns)


def is_bare_total(name: str) -> bool:
    """Whether a text is nothing but the word of a total: 合计, 小计."""
    spec = patterns("totals")
    name = simplified(name)
    return bool(spec["whole"].fullmatch(name) or spec["part"].fullmatch(name))


@cache
def blank_signs() -> frozenset[str]:
    """What is printed in a cell without an amount."""
    return frozenset(spec_words("tables")["blank"])


@cache
def table_specs() -> tuple[TableSpec, ...]:
    """Every statutory table of every template."""
    found = []
    for path in sorted(TEMPLATES.glob("*.toml")):
        content = read_toml(path, {"template", "document_kind", "leading", "table"})
        found += [_table_spec(entry, content, path.name) for entry in content["table"]]
    return tuple(found)


def _table_spec(entry: dict[str, Any], content: dict[str, Any], where: str) -> TableSpec:
    _require_known(
        entry, {"key", "titles", "columns", "headings", "sums", "labels", "last_row", "wide"}, where
    )
    if entry["key"] not in STATUTORY_TABLES:
        raise SpecError(f"{where}: unknown table {entry['key']}")
    document_kind = content.get("document_kind", "budget")
    if document_kind not in DOCUMENT_KINDS:
        raise SpecError(f"{where}: unknown kind of document {document_kind}")
    leading, own = (
        [_column_spec(text, where) for text in texts]
        for texts in (content.get("leading", []), entry["columns"])
    )
    columns = tuple(_in_blocks([*_leading(own, leading), *own]))
    if unknown := [column.side for column in columns if not has_side(entry["key"], column.side)]:
        raise SpecError(f"{where}: {entry['key']} has no side {unknown[0]!r}")
    labels = [c.label.pattern for c in columns] + [
        _label_pattern(h) for h in entry.get("headings", [])
    ]
    labels += LEVELS if any(column.name == "item_code" for column in columns) else ()
    words = sorted({word for label in labels for word in label.split("|")}, key=len, reverse=True)
    return TableSpec(
        key=entry["key"],
        template=content["template"],
        document_kind=document_kind,
        titles=re.compile("|".join(f"(?:{title})" for title in entry["titles"])),
        columns=columns,
        header_word=re.compile("|".join(words)),
        sums=tuple(_row_sum(text, columns, where) for text in entry.get("sums", [])),
        row_labels=_row_labels(entry.get("labels", [])),
        last_row=entry.get("last_row"),
        wide=entry.get("wide", False),
    )


def _row_labels(labels: list[str]) -> re.Pattern[str] | None:
    """A pattern that begins a row; not inside an ordinal such as 二十一、 or right after one."""
    return (
        re.compile(rf"(?<![{ORDINAL_CHARS}])(?<![、)）])(?:{'|'.join(labels)})") if labels else None
    )


def _column_spec(text: str, where: str) -> ColumnSpec:
    head, _, labels = text.partition("=")
    optional = head.startswith("?")
    *side, name = head.lstrip("?").split()
    if name not in TEXT_COLUMNS and name not in MEASURES and name != IGNORED:
        raise SpecError(f"{where}: unknown column {name!r}")
    labels, _, item = labels.partition("@")
    words = tuple(word.strip() for word in labels.split("|"))
    heads = (*words, LEVELS[0]) if name == "item_code" else words
    label = re.compile("|".join(map(_label_pattern, heads)))
    return ColumnSpec(
        side=side[0] if side else "",
        name=name,
        label=label,
        optional=optional,
        labels=words,
        item=item.strip(),
    )


def _leading(own: Sequence[ColumnSpec], leading: Sequence[ColumnSpec]) -> list[ColumnSpec]:
    """The columns that may stand before a table's own, without those whose labels are its own."""
    labels = {label for column in own for label in column.labels}
    return [c for c in leading if own[0].side == own[-1].side == "" and labels.isdisjoint(c.labels)]


def _in_blocks(columns: Sequence[ColumnSpec]) -> Iterator[ColumnSpec]:
    """The columns with their blocks: one begins where the side changes or a column of text recurs."""
    block: list[ColumnSpec] = []
    number = 0
    for column in columns:
        if block and (
            column.side != block[0].side
            or (column.is_text and column.name in {c.name for c in block})
        ):
            block, number = [], number + 1
        block.append(column)
        yield column._replace(block=number)


def _label_pattern(label: str) -> str:
    return re.escape(label_key(label)).replace(r"\{year\}", patterns("tables")["year"].pattern)


def _row_sum(text: str, columns: tuple[ColumnSpec, ...], where: str) -> RowSum:
    left, _, right = text.partition("=")
    *side, total = left.split()
    spec = RowSum(side[0] if side else "", total, tuple(part.strip() for part in right.split("+")))
    names = {c.name for c in columns if c.side == spec.side}
    if unknown := {spec.total, *spec.parts} - names:
        raise SpecError(f"{where}: no column {', '.join(sorted(unknown))} for the sum {text!r}")
    return spec

"""The rows of a table as its columns give them: by the labels beside the figures, by the headings above them, or by neither."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jcdata.codes import LENGTHS, LEVELS
from jcdata.spec_files import patterns
from jcdata.table_templates import blank_signs
from jcdata.tables.blocks import Block
from jcdata.tables.columns import (
    ITEM_CODE,
    ITEM_NAME,
    ORGANISATION,
    PRIOR,
    TOTAL,
    is_basis,
)
from jcdata.tables.grid_rows import GridRow, is_basis_row
from jcdata.tables.grids import Grid
from jcdata.tables.items import GOVERNMENTAL, NOTE
from jcdata.tables.kinds import kind_of
from jcdata.tables.measures import BUDGETS, bases_of, columns_of_earlier_years
from jcdata.tables.printed import PrintedFigure, PrintedRow
from jcdata.tables.standing_labels import StandingLabels, code_part
from jcdata.tables.tokens import LOOKS_LIKE_FIGURE
from jcdata.tables.totals import is_total_name
from jcdata.tables.vocabulary import (
    IGNORED,
    code_in,
    counts_things,
    expense_of,
    says_only_basis,
    vocabulary,
)
from jcdata.text import bare_name, label_key, strip_ordinal

OPERATING = "agency_operating_expenses"
_PUNCTUATION = re.compile(r"(?<=\d)[-—–./](?=\d)|^[(（\[【](?=\d+[)）\]】]$)|(?<=\d)[)）\]】]$")


def rows_of_labels(grid: Grid, blocks: Sequence[Block]) -> list[PrintedRow]:
    """The rows of a table, block by block."""
    found: list[PrintedRow] = []
    labels = StandingLabels()
    for row in grid.rows:
        left: PrintedRow | None = None
        labels.add(row)
        for block in blocks:
            printed = _row(row, block, left, labels)
            left = printed if printed.name else left
            if printed.code or printed.name or printed.figures:
                found += _by_organisation(printed, block)
    return found


def _row(row: GridRow, block: Block, left: PrintedRow | None, labels: StandingLabels) -> PrintedRow:
    code_columns, name_columns = _numbers(block, ITEM_CODE), _numbers(block, ITEM_NAME)
    texts = _texts(row, block, labels.begin_code(row, code_columns))
    texts = _with_reaching(texts, code_columns, name_columns, labels)
    code = _PUNCTUATION.sub("", label_key("".join(texts.get(ITEM_CODE, ()))))
    names = texts.get(ITEM_NAME, [])
    if not code.isdigit():  # a total's label stands in the column of the codes
        names, code = [*([code] if code and not names else []), *names], ""
    name = bare_name(names[0] if names else labels.reaching(name_columns))
    if len(code) not in (0, *LENGTHS) and patterns("sections")["organisation"].fullmatch(name):
        texts, code = texts | {"unit_code": [code]}, ""
    if not code and name and not block.has_own_names:
        code, name = code_in(name)
    if name and vocabulary().part.fullmatch(name):
        name = _group(block, row, labels) or name
    has_names = bool(_numbers(block, ITEM_NAME) or _numbers(block, ITEM_CODE))
    sums_up = not name and (not code or block.lists_projects)
    if sums_up:
        name = _label_beside(texts)
        sums_up = has_names
    organisation = _unit(texts, code, name, block, labels) if has_names else ""
    if not name and not code and left and _is_named_by(left, block, has_names):
        name = left.name
    return PrintedRow(
        side=block.side,
        code=code,
        name=name,
        governmental_item="".join(texts.get(GOVERNMENTAL, ())),
        figures=tuple(
            figure
            for figure in _figures(row, block)
            if not (block.may_count and counts_things(name, figure.text))
        ),
        line_no=row.line.no,
        organisation=organisation,
        table_key=block.table_key,
        sums_up=sums_up,
    )


def _is_named_by(left: PrintedRow, block: Block, has_names: bool) -> bool:
    """Whether a block without a name of its own in a row is of what its neighbour names: a total, or what no column of it names."""
    return is_total_name(left.name) or (left.side == block.side and not has_names)


def _texts(row: GridRow, block: Block, above: Sequence[str]) -> dict[str, list[str]]:
    """The texts of a row by the roles of their columns, without levels and signs of blank cells, the code with the parts above it."""
    texts: dict[str, list[str]] = {ITEM_CODE: list(above)} if above else {}
    for column in block.texts:
        cell = row.cell(column.number)
        if cell and cell not in blank_signs() and cell not in LEVELS:
            part = code_part(cell, texts) if column.role == ITEM_CODE else cell
            texts.setdefault(column.role, []).append(part)
    return texts


def _with_reaching(
    texts: dict[str, list[str]], codes: Sequence[int], names: Sequence[int], labels: StandingLabels
) -> dict[str, list[str]]:
    """The texts of a row with the code and the name beside it that reach down from the row above, whatever stands right of them."""
    beside = [n for n in names if codes and n > codes[-1]][:1]
    name = labels.reaching(beside)
    code = labels.codes_reaching(codes) if name or not texts else []
    if code and ITEM_CODE not in texts:
        texts = texts | {ITEM_CODE: code}
    return texts | {ITEM_NAME: [name]} if name and ITEM_CODE in texts else texts


def _numbers(block: Block, role: str) -> list[int]:
    return [column.number for column in block.texts if column.role == role]


def _label_beside(texts: Mapping[str, Sequence[str]]) -> str:
    """What a row is called that no column of names does: a total's label in any other, else what it sums up."""
    labels = [text for role in texts for text in texts[role] if is_total_name(text)]
    labels += [*texts.get(NOTE, ()), *texts.get(ORGANISATION, ())]
    return labels[0] if labels else ""


def _unit(
    texts: Mapping[str, Sequence[str]], code: str, name: str, block: Block, labels: StandingLabels
) -> str:
    """The unit of a row: in a column of its own, by its code, or in a row above its items; a total is of none."""
    own = _organisation(texts.get(ORGANISATION, ())) or labels.reaching(
        _numbers(block, ORGANISATION)
    )
    unit_code = _organisation(texts.get("unit_code", ()))
    if own:
        labels.name_unit(unit_code, own)
        return own
    if not code and name and not is_total_name(name):
        is_unit = patterns("sections")["organisation"].fullmatch(name)
        if (block.has_codes and unit_code) or (is_unit and (block.has_codes or unit_code)):
            labels.name_unit(unit_code, name)
            return name
    if unit_code:
        return labels.unit_of(unit_code)
    if block.lists_projects and name and not is_total_name(name):
        return labels.unit
    if name and not code and is_total_name(name):
        labels.unit = ""
    goes_on = block.has_codes or bool(_numbers(block, "unit_code"))
    return labels.unit if goes_on and not _numbers(block, ORGANISATION) else ""


def _by_organisation(row: PrintedRow, block: Block) -> list[PrintedRow]:
    """A row as it is, or where units stand side by side one for each of them."""
    units = {column.number + 1: column.organisation for column in block.money}
    if not any(units.values()):
        return [row]
    return [
        row._replace(
            figures=tuple(f for f in row.figures if units[f.column_no] == unit),
            organisation=unit or row.organisation,
        )
        for unit in dict.fromkeys(units.values())
    ]


def _organisation(names: Sequence[str]) -> str:
    """The unit of a row; a total is none."""
    return " ".join(name for name in names if not is_total_name(name))


def _group(block: Block, row: GridRow, labels: StandingLabels) -> str:
    """What a 小计 sums up: the label that still stands to its left; it may reach down from a row above."""
    filled = (c.number for c in block.texts if row.cell(c.number))
    number = next(filled, labels.column_reaching(_numbers(block, ITEM_NAME)))
    left = [
        labels.latest[c.number]
        for c in block.texts
        if number is not None and c.number < number and c.number in labels.latest
    ]
    return strip_ordinal(left[-1]) if left else ""


def has_figure(grid: Grid, number: int) -> bool:
    """Whether a figure stands in a column."""
    return any(LOOKS_LIKE_FIGURE.fullmatch(row.cell(number)) for row in grid.rows)


def _cells_of(row: GridRow, block: Block, role: str) -> list[str]:
    cells = (row.cell(column.number) for column in block.texts if column.role == role)
    return [cell for cell in cells if cell]


def _figures(row: GridRow, block: Block) -> list[PrintedFigure]:
    """The figures of a row; of columns that share words and measure the first, as nothing tells the others from it."""
    told: dict[tuple[str, str], PrintedFigure] = {}
    for column in block.money:
        text = row.cell(column.number)
        if not LOOKS_LIKE_FIGURE.fullmatch(text):
            continue
        figure = PrintedFigure(
            measure=block.measures[column.number],
            text=text,
            line_no=row.line.no,
            heading=" / ".join(column.heading),
            unit=column.unit,
            column_no=column.number + 1,
        )
        told.setdefault((figure.measure, figure.heading), figure)
    return list(told.values())


def nameless_rows(grid: Grid, block: Block) -> list[PrintedRow]:
    """Rows of a table without a column of names: its total, alone, beside that label or one for each unit; no others."""
    filled = [row for row in grid.rows if _figures(row, block)]
    return [
        PrintedRow(
            side=block.side,
            code="",
            name=vocabulary().total_name
            if len(filled) == 1
            or _cells_of(row, block, ORGANISATION)
            or any(map(is_total_name, row.filled))
            else "",
            governmental_item="",
            figures=tuple(_figures(row, block)),
            line_no=row.line.no,
            organisation=_organisation(_cells_of(row, block, ORGANISATION)),
        )
        for row in grid.rows
    ]


def rows_of_headings(grid: Grid, blocks: Sequence[Block]) -> list[PrintedRow]:
    """One row for each expense that the header names, of those that are named by a year one for each expense and year."""
    found: list[PrintedRow] = []
    bases = [_bases(grid, block) for block in blocks]
    for row_no, row in enumerate(grid.rows):
        for block, of_rows in zip(blocks, bases, strict=True):
            basis = of_rows[row_no]
            earlier = columns_of_earlier_years(block.money)
            by_name: dict[str, list[PrintedFigure]] = {}
            for figure in _figures(row, block) if basis != IGNORED else []:
                of_column = _of_expense(figure.measure)
                if of_column == TOTAL and figure.column_no - 1 in earlier:
                    of_column = PRIOR
                by_name.setdefault(expense_of(figure.heading.split(" / ")), []).append(
                    figure._replace(measure=basis or of_column)
                )
            organisation = _organisation(_cells_of(row, block, ORGANISATION))
            found += [
                PrintedRow(
                    side="",
                    code="",
                    name=name,
                    governmental_item="",
                    figures=tuple(figures),
                    line_no=row.line.no,
                    organisation=organisation,
                    table_key=OPERATING if kind_of(name) == OPERATING else "",
                )
                for name, figures in by_name.items()
            ]
    return found


def _bases(grid: Grid, block: Block) -> list[str]:
    """For each row what its name measures, '' where names of a block say something else, or there are none."""
    names = [" ".join(_cells_of(row, block, ITEM_NAME)) for row in grid.rows]
    named = [name for name in names if name]
    if named:
        return bases_of(names) if all(map(is_basis, named)) else [""] * len(names)
    above = _bases_above(grid, block)
    distinct = list(dict.fromkeys(above))
    measures = dict(zip(distinct, bases_of(distinct), strict=True)) if len(distinct) > 1 else {}
    return [measures.get(name, "") for name in above]


def _bases_above(grid: Grid, block: Block) -> list[str]:
    """For each row whether it is of 预算数 or 决算数 by a row by itself above it, of the first rows in the header; '' if neither."""
    first = [*block.money[0].heading[:1], *(line.text for line in grid.captions[-1:])]
    above = next(filter(says_only_basis, first), "")
    bases = []
    for row in grid.rows:
        above = row.filled[0] if is_basis_row(row) else above
        bases.append(above)
    return bases


def _of_expense(measure: str) -> str:
    """What a figure of an expense measures: what its heading says besides, else its total."""
    return measure if measure in (*BUDGETS, PRIOR, "change") else TOTAL

"""Figures that were read off a picture, and the sums of their table."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import Line
from jcdata.documents.formats.rows import Recognised
from jcdata.tables.budget_lines import read_tables
from jcdata.tables.printed import PrintedFigure, PrintedRow
from jcdata.tables.recognised import with_recognition, with_sums
from tests.tables import test_meaning as meaning

MEASURES = ("total", "basic", "project")

Text = str | tuple[str, ...]  # a figure, with its other readings


def table(*rows: tuple[str, str, list[Text]]) -> list[PrintedRow]:
    """Rows of code, name and the figures of `MEASURES`; an empty one is a blank cell."""
    return [
        PrintedRow(
            side="",
            code=code,
            name=name,
            governmental_item="",
            figures=tuple(
                figure(measure, text, number)
                for measure, text in zip(MEASURES, texts, strict=True)
                if text
            ),
            line_no=number,
        )
        for number, (code, name, texts) in enumerate(rows, start=1)
    ]


def figure(measure: str, text: Text, line_no: int) -> PrintedFigure:
    first, *others = (text,) if isinstance(text, str) else text
    recognised = Recognised(0.5 if others else 0.99, tuple(others))
    return PrintedFigure(measure=measure, text=first, line_no=line_no, recognised=recognised)


def settled(rows: list[PrintedRow]) -> list[list[tuple[str, str]]]:
    totals = {i for i, row in enumerate(rows) if row.name == "合计"}
    return [[(f.text, f.read_by) for f in row.figures] for row in with_sums(rows, totals)]


def test_figures_of_a_files_own_text_are_as_they_are() -> None:
    rows = tuple(
        row._replace(figures=tuple(f._replace(recognised=None) for f in row.figures))
        for row in table(("208", "甲支出", ["3.00", "2.00", "2.00"]))
    )
    assert with_sums(rows, ()) == with_recognition(rows, []) == rows
    assert {f.read_by for row in rows for f in row.figures} == {"text"}


def test_a_figure_is_as_sure_as_its_cell_or_where_there_are_none_as_its_line() -> None:
    sure, doubtful = Recognised(0.99), Recognised(0.5, ("8.00",))
    line = Line(1, "", "", recognised=(None, sure, doubtful))
    (row,) = table(("208", "甲支出", ["3.00", "1.00", ""]))
    in_cells = row._replace(
        figures=tuple(f._replace(column_no=i) for i, f in enumerate(row.figures, start=2))
    )
    assert [f.recognised for f in with_recognition([in_cells], [line])[0].figures] == [
        sure,
        doubtful,
    ]
    assert {f.recognised for f in with_recognition([row], [line])[0].figures} == {Recognised(0.5)}


def test_a_sum_in_a_row_confirms_its_figures_and_one_that_does_not_hold_none() -> None:
    assert settled(
        table(
            ("208", "甲支出", ["3.00", "1.00", "2.00"]), ("210", "乙支出", ["5.00", "1.00", "2.00"])
        )
    ) == [
        [("3.00", "sums"), ("1.00", "sums"), ("2.00", "sums")],
        [("5.00", "ocr"), ("1.00", "ocr"), ("2.00", "ocr")],
    ]


def test_a_copy_confirms_nothing_but_is_as_sure_as_what_it_copies() -> None:
    assert settled(table(("208", "甲支出", ["3.00", "3.00", ""]))) == [
        [("3.00", "ocr"), ("3.00", "ocr")]
    ]
    rows = table(
        ("208", "甲支出", ["3.00", "1.00", "2.00"]),
        ("20805", "乙支出", ["3.00", "1.00", "2.00"]),
        ("2080501", "丙支出", ["3.00", "", ""]),
    )
    assert settled(rows)[2] == [("3.00", "sums")]


def test_codes_add_up_below_a_shorter_one_and_the_highest_below_the_total() -> None:
    rows = table(
        ("208", "甲支出", ["3.00", "", ""]),
        ("20805", "乙支出", ["1.00", "", ""]),
        ("20806", "丙支出", ["2.00", "", ""]),
        ("210", "丁支出", ["4.00", "", ""]),
        ("", "合计", ["7.00", "", ""]),
    )
    assert {read_by for row in settled(rows) for _, read_by in row} == {"sums"}


def test_the_sums_decide_a_doubtful_digit() -> None:
    rows = table(("208", "甲支出", [("8.00", "3.00", "6.00"), "1.00", "2.00"]))
    assert settled(rows)[0][0] == ("3.00", "sums")


def test_a_cell_as_printed_is_the_figure_that_the_sums_decided() -> None:
    text = meaning.table(
        "支出预算总表",
        "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
        "208 | 甲支出 | 8.00 | 1.00 | 2.00",
    )
    (grid,) = meaning.grids(text)
    (row,) = grid.rows
    sure = Recognised(0.99)
    cells = (sure, sure, Recognised(0.5, ("3.00",)), sure, sure)
    grid = grid._replace(rows=(row._replace(line=row.line._replace(recognised=cells)),))
    tables = read_tables("some", [], None, None, [grid])
    printed = [(c.text, c.amount_yuan) for c in tables.printed_cells if c.amount_yuan is not None]
    assert printed == [(x.amount_text, x.amount_yuan) for x in tables.budget_lines]
    assert printed[0] == ("3.00", Decimal(30_000))


def test_what_may_be_read_in_two_ways_is_left_and_marked() -> None:
    rows = table(("208", "甲支出", [("8.00", "3.00"), ("1.00", "6.00"), "2.00"]))
    assert settled(rows) == [[("8.00", "ocr"), ("1.00", "ocr"), ("2.00", "ocr")]]


def test_a_figure_that_a_sum_confirms_is_not_changed_for_another() -> None:
    rows = table(
        ("208", "甲支出", [("3.00", "4.00"), "1.00", "2.00"]),
        ("210", "乙支出", ["4.00", "1.00", "3.00"]),
        ("", "合计", ["8.00", "", ""]),
    )
    assert settled(rows)[0][0] == ("3.00", "sums") and settled(rows)[2] == [("8.00", "ocr")]


def test_a_contradiction_that_is_printed_clearly_stays() -> None:
    rows = table(("208", "甲支出", ["3.01", "1.00", "2.00"]))
    assert settled(rows) == [[("3.01", "ocr"), ("1.00", "ocr"), ("2.00", "ocr")]]


def test_what_is_no_figure_confirms_nothing() -> None:
    rows = table(("208", "甲支出", ["3.oo", "1.00", "2.00"]))
    assert {read_by for row in settled(rows) for _, read_by in row} == {"ocr"}


@given(
    parts=st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=2, max_size=5),
    row=st.integers(0, 5),
    column=st.integers(0, 2),
    error=st.integers(-500, 500).filter(bool),
)
def test_a_single_misread_figure_is_decided_rightly_or_marked(
    parts: list[tuple[int, int]], row: int, column: int, error: int
) -> None:
    true = [[a + b, a, b] for a, b in parts]
    true.append([sum(cells) for cells in zip(*true, strict=True)])
    row %= len(true)
    texts: list[list[Text]] = [[f"{Decimal(cell):.2f}" for cell in cells] for cells in true]
    right = f"{Decimal(true[row][column]):.2f}"
    texts[row][column] = (f"{Decimal(true[row][column] + error):.2f}", right)
    names = [(f"2{number:02}", "支出") for number in range(len(parts))] + [("", "合计")]
    found = settled(
        table(*((code, name, cells) for (code, name), cells in zip(names, texts, strict=True)))
    )
    assert found[row][column] == (right, "sums")
    without = [[cell if isinstance(cell, str) else cell[0] for cell in cells] for cells in texts]
    plain = settled(
        table(*((code, name, [*cells]) for (code, name), cells in zip(names, without, strict=True)))
    )
    assert plain[row][column][1] == "ocr"

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from jcdata.documents.formats.excel import formulas, reading
from jcdata.documents.formats.excel.cells import Cell, ErrorValue, Formula, Place, Sheet, Value
from jcdata.documents.formats.excel.cells import Workbook as Stored
from tests.making.files import excel_bytes

D = Decimal


def computed(formula: str, **cells: Value) -> Value:
    """The value of a formula in Z99 beside cells with these values or, with `=`, formulas."""
    return computed_all({"Z99": f"={formula}", **cells})["Z99"]


def computed_all(cells: Mapping[str, Value]) -> dict[str, Value]:
    sheet = Sheet("甲", 1)
    for name, value in cells.items():
        letter, row = name[0], int(name[1:])
        place = Place(row, ord(letter) - ord("A") + 1)
        cell = Cell(value)
        if isinstance(value, str) and value.startswith("="):
            cell = Cell(None, formula=Formula(value[1:], place))
        sheet.rows.setdefault(row, {})[place.column] = cell
    formulas.compute(Stored([sheet]))
    return {f"{chr(place.column + 64)}{place.row}": cell.value for place, cell in sheet.cells()}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1+2*3", D(7)),
        ("(1+2)*3", D(9)),
        ("2^3^2", D(64)),
        ("-2^2", D(4)),
        ("10-4-3", D(3)),
        ("50%*4", D(2)),
        ("1/3", D("0.333333333333333")),
        ("0.1+0.2", D("0.3")),
        ("1E3+.5", D("1000.5")),
        ('"a"&1.5&TRUE', "a1.5TRUE"),
        ('"a""b"', 'a"b'),
        ("1/0", ErrorValue("#DIV/0!")),
        ("#REF!+1", ErrorValue("#REF!")),
        ('"a"+1', ErrorValue("#VALUE!")),
        ('"1,200"+1', D(1201)),
        ("(-1)^0.5", ErrorValue("#NUM!")),
        ("9^999", ErrorValue("#NUM!")),
        ("SUM(1,2,,3)", D(6)),
        ("ROUND(2.345,2)", D("2.35")),
        ("ROUND(-2.5,0)", D(-3)),
        ("ROUND(1234,-2)", D(1200)),
        ("ROUNDDOWN(2.349,2)", D("2.34")),
        ("ROUNDUP(2.341,2)", D("2.35")),
        ("INT(-1.5)", D(-2)),
        ("ABS(-1.5)", D("1.5")),
        ("MAX(1,3,2)-MIN(1,3,2)", D(2)),
        ("AVERAGE(1,2)", D("1.5")),
        ("PRODUCT(2,3)", D(6)),
        ('IF(1>2,"a","b")', "b"),
        ("IF(2>=2,1/1,1/0)", D(1)),
        ("IF(FALSE,1)", False),
        ("IFERROR(1/0,5)", D(5)),
        ("AND(1=1,NOT(1<>1),OR(1>2,TRUE))", True),
        ('"A"="a"', True),
        ('CONCATENATE("合计",1)', "合计1"),
        ('TEXT(0.985,"0.0%")', "98.5%"),
        ('TEXT("1,200.5","0.00")', "1200.50"),
        ('TEXT("合计","0.00")', "合计"),
        ('TEXT("合计","0;-0;0;@：")', "合计："),
        ('TEXT(TRUE,"0")', "TRUE"),
        ('TEXT(5,"")', ""),
        ('TEXT(44927,"[$-804]yyyy/m/d")', "2023/1/1"),
        ("_xlfn.ABS(-1)", D(1)),
    ],
)
def test_a_formula_gives_what_excel_gives(formula: str, value: Value) -> None:
    assert computed(formula) == value


def test_references_and_blocks_of_cells() -> None:
    cells: dict[str, Value] = {"A1": D(1), "A2": D(2), "A3": "文", "B1": D(10), "B2": True}
    assert computed("SUM(A1:B3)", **cells) == D(13)
    assert computed("sum($a$1:a$2)+B1", **cells) == D(13)
    assert computed("SUM(A:A)", **cells) == D(3)
    assert computed("SUM(1:1)", **cells) == D(11)
    assert computed("SUM(A2:A1,甲!B1,'甲'!B1)", **cells) == D(23)
    assert computed("C7", **cells) == D(0)
    assert computed("A3", **cells) == "文"
    assert computed("SUM(A1:A2)", A1=ErrorValue("#REF!")) == ErrorValue("#REF!")


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(A1,B1:C2,2,0)", "NAME", "A1:A2+1", "[1]甲!A1", "'[x.xlsx]甲'!A1", "乙!A1", "SUM(A1", "1+", "{1,2}", "",
        "ROUND(1)", "IF(1)", "TEXT(1)", 'TEXT("2023-01-01","yyyy")', 'TEXT(-1,"yyyy")', 'TEXT(0.5,"# ?/?")',
        'TEXT(123,"[DBNum2]")', 'TEXT(123,"[DBNum1][$-804]0")', 'TEXT(123,"[$-30804]0")', 'TEXT(1,"[$-F800]")', "(" * 100 + "1" + ")" * 100, "-" * 100 + "1", "1+" * 5000 + "1", "A1 A2", "A0", "Z99",
    ],
)  # fmt: skip
def test_what_is_not_computed_stays_without_value(formula: str) -> None:
    assert computed(formula, A1=D(1)) is None


def test_what_needs_itself_or_what_is_not_computed_stays_without_value() -> None:
    cells = {"A1": "=B1+1", "B1": "=A1", "C1": "=A1+1", "D1": "=1+1", "E1": "=LOOKUP(1)", "F1": "=SUM(D1:E1)"}  # fmt: skip
    found = computed_all(cells)
    assert {name[0] for name, value in found.items() if value is None} == set("ABCEFZ") - {"Z"}
    assert found["D1"] == D(2)


def test_a_long_chain_is_computed_in_either_direction() -> None:
    down = {f"A{n}": f"=A{n + 1}+1" for n in range(1, 3000)} | {"A3000": D(1)}
    assert computed_all(down)["A1"] == D(3000)
    up = {f"A{n}": f"=A{n - 1}+1" for n in range(3000, 1, -1)} | {"A1": D(1)}
    assert computed_all(up)["A3000"] == D(3000)


def test_more_than_is_reasonable_is_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "MOST_VISITS", 250)
    cells = {f"A{n}": D(1) for n in range(1, 31)} | {f"B{n}": "=SUM(A:A)" for n in range(1, 4)}
    found = computed_all(cells)
    assert found["B1"] == D(30) and found["B3"] is None


def test_shared_formulas_move_with_their_cells() -> None:
    stored = Sheet("甲", 1)
    shared = Formula("A1*B$1", Place(1, 3))
    for row in (1, 2):
        stored.rows[row] = {1: Cell(D(row)), 2: Cell(D(row * 10)), 3: Cell(None, formula=shared)}
    formulas.compute(Stored([stored]))
    assert [stored.rows[row][3].value for row in (1, 2)] == [D(10), D(20)]


def test_dates_of_a_text_are_counted_from_the_year_of_the_workbook() -> None:
    stored = Sheet("甲", 1)
    stored.rows[1] = {1: Cell(None, formula=Formula('TEXT(1,"yyyy-mm-dd")', Place(1, 1)))}
    formulas.compute(Stored([stored], is_1904=True))
    assert stored.rows[1][1].value == "1904-01-02"


def test_relative_notation_counts_from_the_cell() -> None:
    stored = Sheet("甲", 1)
    sums = Formula("SUM(R[-2]C:R[-1]C)+R1C1+RC[-1]", Place(3, 2), is_relative=True)
    stored.rows = {
        1: {1: Cell(D(100)), 2: Cell(D(1))},
        2: {2: Cell(D(2))},
        3: {1: Cell(D(7)), 2: Cell(None, formula=sums)},
    }
    formulas.compute(Stored([stored]))
    assert stored.rows[3][2].value == D(110)


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=8))
def test_a_sum_is_exact(summands: list[Decimal]) -> None:
    cells = {f"A{n}": value for n, value in enumerate(summands, start=1)}
    assert computed(f"SUM(A1:A{len(summands)})", **cells) == sum(summands)
    assert computed("+".join(cells), **cells) == sum(summands)


@given(st.text("AB12+-*/^%&=<>(),:$!'\"# .RC[]SUMIF", max_size=25))
def test_no_formula_ends_the_reading(formula: str) -> None:
    computed(formula, A1=D(1), B2=D(2))


def test_formulas_without_stored_values_are_read_as_their_results() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["甲", 1.5, "=A1&B1"], ["乙", 2.25, "=VLOOKUP(1,A1:B2,2)"], ["合计", "=SUM(B1:B2)", None]):  # fmt: skip
        sheet.append(row)
    sheet["B3"].number_format = "0.00"
    rows, _ = reading.read_rows(excel_bytes(book))
    assert [row.cells for row in rows] == [("甲", "1.5", "甲1.5"), ("乙", "2.25", ""), ("合计", "3.75", "")]  # fmt: skip
    (fault,) = rows[1].faults
    assert fault.text == "=VLOOKUP(1,A1:B2,2)" and "'Sheet', cell C2" in fault.reason.en
    assert rows[0].faults == rows[2].faults == ()


def test_a_stored_zero_is_no_value_where_the_file_asks_to_be_computed() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("甲")
        sheet.write_row(0, 0, [1.5, 2])
        sheet.write_formula(1, 0, "=A1+B1")
        sheet.write_formula(1, 1, "=LOOKUP(A1,A1:B1)")
        sheet.write_formula(1, 2, "=LOOKUP(A1,A1:B1)", value=1.5)
    rows, _ = reading.read_rows(file.getvalue())
    assert rows[1].cells == ("3.5", "", "1.5")
    assert [fault.text for fault in rows[1].faults] == ["=LOOKUP(A1,A1:B1)"]

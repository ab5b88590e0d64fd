from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.amounts import parse_number
from jcdata.documents.formats.excel.dates import parse_date
from jcdata.documents.formats.excel.number_formats import (
    named_format,
    numbered_format,
    show_number,
    show_text,
)

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
DAY = "46376.5"  # noon of 2026-12-20


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("0.985", "0.0%", "98.5%"),
        ("0.1", "0%", "10%"),
        ("5", "00", "05"),
        ("5", "000", "005"),
        ("2080505", "000-00-00", "208-05-05"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("0.5", "#,##0.00", "0.50"),
        ("123", "0,000", "0,123"),
        ("12", "0?0", "012"),
        ("0", "#", ""),
        ("0", "#,###", ""),
        ("5", "0.##", "5"),
        ("0.5", "#.##", "0.5"),
        ("0.5", ".00", "0.50"),
        ("12.5", ".00", "12.50"),
        ("5.25", '0"点".00', "5点.25"),
        ("7.1", "0.0?", "7.1 "),
        ("-1234.5", "0.00", "-1234.50"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("-3", "0.00;[Red]0.00", "3.00"),
        ("-3", "[Red]0.00", "-3.00"),
        ("-3", "0.00_ ;[Red]\\-0.00\\ ", "-3.00 "),
        ("0", '0.00;-0.00;"无"', "无"),
        ("0", "0.00;-0.00;", ""),
        ("1234.5", ACCOUNTING, " 1,234.50 "),
        ("-1234.5", ACCOUNTING, " -1,234.50 "),
        ("0", ACCOUNTING, " -   "),
        ("1234.5", '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', " 1,234.50 "),
        ("1234.5", "#,##0.00元", "1,234.50元"),
        ("1234.5", '0.00"万元"', "1234.50万元"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("1234.5", "[$-804]#,##0.00", "1,234.50"),
        ("3", '"第"0"页"', "第3页"),
        ("1230000", "0.00,", "1230.00"),
        ("1230000", "0.00,,", "1.23"),
        ("123000", '0!.0,"万"', "12.3万"),
        ("123000", '0\\.0,"万"', "12.3万"),
        ("20000", '[>=10000]0!.0,"万";0', "2.0万"),
        ("5", '[>=10]"多";[<0]"负"0;0', "5"),
        ("-5", '[>=10]"多";[<0]"负"0;0', "负5"),
        ("-5", '[=0]"";0.00', "-5.00"),
        ("0", '[=0]"";0.00', ""),
        ("-5", "[>=0]0.0;(0.0)", "(5.0)"),
        ("12345", "0.0E+0", "1.2E+4"),
        ("99999", "0.0E+0", "1.0E+5"),
        ("0.00012", "0.0E-0", "1.2E-4"),
        ("12345", "##0.0E+0", "12.3E+3"),
        ("0.0625", "# ?/?", "0.0625"),
        ("1842.361234567", "General", "1842.361235"),
        ("0.1234567", "General", "0.123457"),
        ("18423612.345678", "General", "18423612.35"),
        ("310101199001", "General", "310101199001"),
        ("123456789012.5", "General", "1.23457E+11"),
        ("-2.5", "G/通用格式", "-2.5"),
        ("7", "", "7"),
        ("7", "[Blue]", "7"),
        ("7", "@", "7"),
        ("7", '0"上', "7上"),
        (DAY, "yyyy-mm-dd", "2026-12-20"),
        (DAY, 'yyyy"年"m"月"d"日";@', "2026年12月20日"),
        (DAY, 'yyyy"年"m"月"', "2026年12月"),
        (DAY, '[$-804]yyyy"年"m"月"d"日"aaaa', "2026年12月20日星期日"),
        (DAY, "yy/m/d h:mm", "26/12/20 12:00"),
        (DAY, "[$-F800]dddd, mmmm dd, yyyy", "Sunday, December 20, 2026"),
        (DAY, "d-mmm-yy", "20-Dec-26"),
        (DAY, "e/m", "2026/12"),
        ("0.52", "h:mm AM/PM", "12:28 PM"),
        ("0.02", '上午/下午h"时"mm"分"', "上午12时28分"),
        ("0.000694", "mm:ss", "01:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.00001", "ss.00", "00.86"),
        ("-1", "yyyy", "-1"),
        ("1", "yyyy-m-d", "1900-1-1"),
        ("61", "yyyy-m-d", "1900-3-1"),
    ],
)
def test_a_number_is_shown_as_its_format_says(number: str, code: str, text: str) -> None:
    assert show_number(Decimal(number), code).text == text


@pytest.mark.parametrize(
    ("number", "code", "exact"),
    [
        ("1234.5678", "#,##0.00", "1234.5678"),
        ("1234.56", "#,##0.00", ""),
        ("0.985", "0.0%", ""),
        ("0.9856", "0.0%", "0.9856"),
        ("18423612.3456", "0.00,", "18423612.3456"),
        ("5", ";;;", "5"),
        ("0", ";;;", ""),
        ("5", '"多"', "5"),
        ("100000.5", "General", ""),
        ("3.3333333333", "General", "3.3333333333"),
        (DAY, "yyyy-mm-dd", "2026-12-20 12:00:00"),
        ("46376", "yyyy-mm-dd", ""),
        ("46376", 'm"月"d"日"', "2026-12-20"),
        (DAY, "h:mm", "2026-12-20 12:00:00"),
        ("0.5", "h:mm", ""),
        ("1.5", "[h]:mm", ""),
    ],
)
def test_the_value_is_kept_where_less_is_shown(number: str, code: str, exact: str) -> None:
    assert show_number(Decimal(number), code).exact == exact


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("number", ["0", "59", "60", "2957003", "2958465", "2958466", "1E+300"])
def test_the_first_and_the_last_days_are_shown(number: str, is_1904: bool) -> None:
    assert show_number(Decimal(number), "yyyy-m-d", is_1904).text
    assert show_number(Decimal(number), f"[s].{'0' * 200}", is_1904).text


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    assert show_number(Decimal(44914), "yyyy-mm-dd", is_1904=True).text == "2026-12-20"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("05", "0.00", "05"),
        ("05", "@", "05"),
        ("05", '@"号"', "05号"),
        ("05", '0;0;0;"第"@', "第05"),
        ("05", ";;;", ""),
        ("05", "0.00;-0.00;0", "05"),
    ],
)
def test_a_text_is_shown_as_its_format_says(text: str, code: str, shown: str) -> None:
    assert show_text(text, code) == shown


def test_numbered_and_named_formats_are_those_of_chinese_excel() -> None:
    day = Decimal(46376)
    assert show_number(day, numbered_format(14)).text == "2026/12/20"
    assert show_number(day, numbered_format(57)).text == "2026年12月"
    assert show_number(day, named_format("Short Date")).text == "2026/12/20"
    assert show_number(Decimal("0.5"), named_format("Percent")).text == "50.00%"
    assert numbered_format(999) == "General" and named_format("0.0") == "0.0"


numbers = st.decimals(-(10**12), 10**12, places=6)


@given(
    numbers,
    st.sampled_from(
        ["0", "0.00", "#,##0.00", "#,##0.00_);(#,##0.00)", "0.00;-0.00", "#,##0.0_ ", "General"]
    ),
)
def test_a_figure_is_the_value_or_the_value_is_kept(number: Decimal, code: str) -> None:
    shown = show_number(number, code)
    if "E" in shown.text:  # more than eleven characters
        assert Decimal(shown.exact) == number
        return
    figure = parse_number(shown.text.strip())
    assert Decimal(shown.exact or str(figure)) == number
    assert abs(figure - number) <= (0 if not shown.exact else Decimal("0.5"))


@given(numbers, st.text('0#?.,%;@EehmsydaAP/*_\\"[]<>=-+ 元$年()Gral1', max_size=30))
def test_any_format_shows_something(number: Decimal, code: str) -> None:
    shown = show_number(number, code)
    assert isinstance(shown.text, str) and "\n" not in shown.text
    assert isinstance(show_text("甲", code), str)


@given(st.datetimes().map(lambda moment: moment.replace(microsecond=0)))
def test_a_date_is_the_same_from_its_number(moment: object) -> None:
    number = parse_date(str(moment))
    assert number is not None
    if number >= 1:  # Excel knows none before 1900
        shown = show_number(number, "yyyy-mm-dd hh:mm:ss").text
        assert shown == str(moment)

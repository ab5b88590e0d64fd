from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.amounts import parse_amount, parse_number
from jcdata.errors import AmountError


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("4,176.10", "万元", "41761000.00"),
        ("0.00", "万元", "0.00"),
        ("80", "万元", "800000.00"),
        ("-11.05", "万元", "-110500.00"),
        ("（11.05）", "万元", "-110500.00"),
        ("９，６２９，８８０．７１", "元", "9629880.71"),
        ("1.5", "亿元", "150000000.00"),
        ("20.981633", "万元", "209816.33"),
        ("1.50万元", "元", "15000.00"),
        ("1 842.36", "元", "1842.36"),
        ("1'842.36", "元", "1842.36"),
        ("１ ８ ４ ２ ． ３ ６", "元", "1842.36"),
        ("+32.68", "元", "32.68"),
        ("¥1,234.50", "元", "1234.50"),
        ("-￥1.50", "万元", "-15000.00"),
        ("(¥1.50)", "元", "-1.50"),
    ],
)
def test_figures_become_exact_yuan(text: str, unit: str, yuan: str) -> None:
    amount = parse_amount(text, unit)
    assert (amount.yuan, str(amount.yuan)) == (Decimal(yuan), yuan)
    assert amount.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7E+06",
        "1,23.00",
        "12,34",
        "1.2.3",
        "一百",
        "12万元",
        "nan",
        "--1",
        "-1-",
        "12 34.00",
        "1 2",
    ],
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match="not a figure"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("1.00", "美元", "unknown unit"),
        ("0.005", "元", "fen"),
        ("12,000,000,000,000.00", "万元", "too large"),
    ],
)
def test_what_the_database_cannot_hold_exactly_is_refused(
    text: str, unit: str, reason: str
) -> None:
    with pytest.raises(AmountError, match=reason):
        parse_amount(text, unit)


@pytest.mark.parametrize(
    "text",
    ["-1.5", "－1.5", "−1.5", "–1.5", "﹣1.5", "‑1.5", "△1.5", "▲ 1.5", "负1.5", "↓1.5", "(1.5)", "（ 1.5 ）", "1.5-", "1.5－"],
)  # fmt: skip
def test_a_minus_is_printed_in_many_ways(text: str) -> None:
    assert parse_number(text) == Decimal("-1.5")


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_any_amount_survives_printing_with_and_without_commas(cents: int) -> None:
    yuan = Decimal(cents).scaleb(-2)
    for printed in (f"{yuan:,.2f}", f"{yuan:.2f}"):
        assert parse_amount(printed, "元").yuan == yuan


@given(st.text(max_size=20))
def test_parsing_raises_nothing_else(text: str) -> None:
    try:
        number = parse_number(text)
    except AmountError:
        return
    assert isinstance(number, Decimal) and number.is_finite()

"""What target values say, and what they must never be made to say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.forms.target_values import DATE, QUALITATIVE, IndicatorValue, parse_value
from jcdata.schema import COMPARATORS, VALUE_KINDS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥20场/次", (">=", 20, None, "场/次", "quantity")),
        ("≥ 3 种", (">=", 3, None, "种", "quantity")),
        ("＞９５％", (">", 95, None, "%", "percentage")),
        (">=90%", (">=", 90, None, "%", "percentage")),
        ("（≥90%）", (">=", 90, None, "%", "percentage")),
        ("“≥90%”。", (">=", 90, None, "%", "percentage")),
        ("不低于90%", (">=", 90, None, "%", "percentage")),
        ("80%以上", (">=", 80, None, "%", "percentage")),
        ("≥3%以上", (">=", 3, None, "%", "percentage")),
        ("≤2.5%", ("<=", None, 2.5, "%", "percentage")),
        ("100%", (None, 100, 100, "%", "percentage")),
        ("60%-80%", (None, 60, 80, "%", "percentage")),
        ("=5家", ("=", 5, 5, "家", "quantity")),
        ("26人", (None, 26, 26, "人", "quantity")),
        ("0起", (None, 0, 0, "起", "quantity")),
        ("1", (None, 1, 1, None, "quantity")),
        ("11", (None, 11, 11, None, "quantity")),
        ("≥9", (">=", 9, None, None, "quantity")),
        ("≥1万份", (">=", 1, None, "万份", "quantity")),
        ("≥4,527平方米", (">=", 4527, None, "平方米", "quantity")),
        ("≥1500㎡", (">=", 1500, None, "m2", "quantity")),
        ("20人以内", ("<=", None, 20, "人", "quantity")),
        ("11万元", (None, 11, 11, "万元", "money")),
        ("80万元/年", (None, 80, 80, "万元/年", "money")),
        ("≤400元/人/次", ("<=", None, 400, "元/人/次", "money")),
        ("≤2天", ("<=", None, 2, "天", "duration")),
        ("≤30个工作日", ("<=", None, 30, "个工作日", "duration")),
        ("24小时内", ("<=", None, 24, "小时", "duration")),
        ("12个月", (None, 12, 12, "个月", "duration")),
        ("≥5年", (">=", 5, None, "年", "duration")),
    ],
)
def test_figures(
    text: str, expected: tuple[str | None, float | None, float | None, str | None, str]
) -> None:
    assert parse_value(text) == IndicatorValue(*expected)


@pytest.mark.parametrize(
    "text",
    ["5-11月", "6月前、11月前", "2023年11月份前", "2023年元月已验收", "9月份之前", "10月", "5月底前", "5月底前5月底前", "全年",
     "全年全年", "每月", "每季度末", "八一、春节", "2023年", "年底前", "第一季度"],
)  # fmt: skip
def test_times_of_the_calendar_are_no_amounts(text: str) -> None:
    assert parse_value(text) == DATE


@pytest.mark.parametrize(
    "text",
    ["", "≥", "%", "及时", "及时及时", "有效降低", "按月足额发放", "3项制度健全机制", "第1名", "80%-60%", "≥95%以下", "≥5-8人",
     "3人-5家", "7E+06", "1.2.3", "每年2次以上"],
)  # fmt: skip
def test_what_is_not_read_is_not_guessed(text: str) -> None:
    assert parse_value(text) == QUALITATIVE


@given(
    st.text(max_size=80)
    | st.text(alphabet="≥≤<>=0123456789.,%-~至万元年月日底前以上内个/、 ", max_size=70)
)
def test_any_text_gives_a_consistent_value(text: str) -> None:
    value = parse_value(text)
    assert value.value_kind in VALUE_KINDS
    assert value.comparator is None or value.comparator in COMPARATORS
    bounds = [bound for bound in (value.value_min, value.value_max) if bound is not None]
    assert bounds == sorted(bounds) and all(math.isfinite(bound) for bound in bounds)
    assert bool(bounds) == (value.value_kind not in ("date", "qualitative"))
    assert (len(bounds) == 1) == (value.comparator in (">=", ">", "<=", "<"))


@given(
    st.sampled_from(["", "≥", "≤", ">", "<", "="]),
    st.integers(0, 10**9) | st.decimals(0, 10**6, places=2),
    st.sampled_from(["", "人", "%", "万元", "元/人/次", "小时", "平方米"]),
)
def test_the_figure_is_the_one_printed(sign: str, number: object, unit: str) -> None:
    value = parse_value(f"{sign}{number}{unit}")
    assert float(str(number)) in (value.value_min, value.value_max)
    assert (value.unit or "") == unit
    assert (value.comparator is None) == (sign == "")


@given(st.text(max_size=30))
def test_white_space_and_full_width_signs_do_not_matter(text: str) -> None:
    assert parse_value(" ".join(text)) == parse_value("".join(text.split()))


def test_a_long_text_takes_no_time() -> None:
    assert parse_value("1" * 100_000 + "月前、" * 100_000) == QUALITATIVE

"""Frames in notebooks read like tables."""

from __future__ import annotations

import re
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from jcdata.notebook.frame_html import as_html


def cells(html: str) -> list[list[str]]:
    """The text of each row, headings too."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S) for row in rows]


def rule(html: str, selector: str) -> str:
    """The properties of a CSS rule of the table."""
    (found,) = re.findall(rf"#T_\w+ {re.escape(selector)} \{{(.*?)\}}", html, re.S)
    return " ".join(found.split())


def test_values_are_written_for_people() -> None:
    frame = pd.DataFrame(
        {
            "单位": ["甲<局>", None],
            "金额": [1234.5, None],
            "占比": [0.123456789, 0.5],
            "rate": [Decimal("-0.0819"), None],
            "增减率": [8.19, None],
            "比值": [0.123456789, 0.5],
            "年度": [2031, 2032],
            "行号": [np.array([1, 2]), [3]],
            "差额": [Decimal("-4435400.050000"), None],
        },
        index=[7, 7],
    )
    assert cells(as_html(frame)) == [
        ["单位", "金额", "占比", "rate", "增减率", "比值", "年度", "行号", "差额"],
        [
            "甲&lt;局&gt;",
            "1,234.50",
            "12.35%",
            "-8.19%",
            "8.19",
            "0.123457",
            "2031",
            "1, 2",
            "-4,435,400.05",
        ],
        ["", "", "50.00%", "", "", "0.5", "2032", "3", ""],
    ]


@pytest.mark.parametrize(
    ("values", "side"),
    [
        ([1.5, None], "right"),
        (["1,234.50", ""], "right"),
        ([Decimal("5500"), None], "right"),
        (["-3.2%", "+4%"], "right"),
        (["10 项", "2"], "left"),
        ([True, False], "left"),
        ([None, None], "left"),
    ],
)
def test_figures_stand_at_the_right_and_words_at_the_left(values: list[object], side: str) -> None:
    html = as_html(pd.DataFrame({"a": values}))
    assert rule(html, "td.col0").startswith(f"text-align: {side};")
    assert rule(html, "th.col_heading.col0") == f"text-align: {side};"


def test_only_long_texts_are_broken() -> None:
    html = as_html(pd.DataFrame({"short": ["警告"], "long": ["表内各项之和与合计不符" * 3]}))
    assert "white-space: nowrap" in rule(html, "td.col0")
    assert "min-width" in rule(html, "td.col1") and "nowrap" not in rule(html, "td.col1")


def test_an_index_is_shown_only_if_it_has_a_name() -> None:
    frame = pd.DataFrame({"序号": [1, 1, 2], "行号": [4, 5, 4], "原文": ["甲", "乙", "丙"]})
    assert cells(as_html(frame))[1] == ["1", "4", "甲"]
    assert cells(as_html(frame.set_index(["序号", "行号"])))[2:] == [
        ["1", "4", "甲"],
        ["5", "乙"],
        ["2", "4", "丙"],
    ]


def test_what_is_left_out_is_counted() -> None:
    frame = pd.DataFrame({"a": range(100)})
    with pd.option_context("display.max_rows", 10):
        html = as_html(frame)
    assert len(cells(html)) == 11 and "另有 90 行 / 90 more rows" in html
    assert "more rows" not in as_html(frame.head(10))


def test_a_table_without_rows_says_so() -> None:
    html = as_html(pd.DataFrame({"单位": [], "金额": []}))
    assert cells(html)[0] == ["单位", "金额"] and "已读出的内容中没有这样的行" in html
    assert "没有这样的行" not in as_html(pd.DataFrame({"单位": ["甲"]}))


def test_tables_share_a_name_only_if_they_are_set_alike() -> None:
    numbers, words = pd.DataFrame({"a": [1]}), pd.DataFrame({"a": ["甲"]})
    assert as_html(numbers) == as_html(numbers)
    names = {re.findall(r"#T_(\w+)", as_html(frame))[0] for frame in (numbers, words)}
    assert len(names) == 2


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(), pd.DataFrame({"a": []}), pd.DataFrame([[1, 2]], columns=["a", "a"])]
)
def test_odd_frames_are_shown_too(frame: pd.DataFrame) -> None:
    assert "<table" in as_html(frame)


class Spoken:
    """Something that is no text but becomes one."""

    def __str__(self) -> str:
        return EVIL

    __repr__ = __str__


EVIL = "<img src=x onerror=alert(1)>"
NESTED = pd.MultiIndex.from_tuples([(EVIL, "a"), (EVIL, "b")], names=[EVIL, "b"])


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [EVIL]}),
        pd.DataFrame({"a": [[EVIL]]}),
        pd.DataFrame({"a": [(EVIL, 1)]}),
        pd.DataFrame({"a": [{"key": [EVIL]}]}),
        pd.DataFrame({"a": [{EVIL: 1}]}),
        pd.DataFrame({"a": [np.array([EVIL], dtype=object)]}),
        pd.DataFrame({"a": [EVIL.encode()]}),
        pd.DataFrame({"a": [Spoken()]}),
        pd.DataFrame({"a": pd.Categorical([EVIL])}),
        pd.DataFrame({EVIL: [1.5]}),
        pd.DataFrame({Spoken(): [1]}),
        pd.DataFrame({"a": [1]}, index=pd.Index([EVIL], name="name")),
        pd.DataFrame({"a": [1]}, index=pd.Index([(EVIL, 1)], name="name", tupleize_cols=False)),
        pd.DataFrame({"a": [1]}, index=pd.Index([1], name=EVIL)),
        pd.DataFrame({"a": [1]}, index=pd.Index([1], name="name")).rename_axis(columns=EVIL),
        pd.DataFrame({"a": [1, 2]}, index=NESTED),
        pd.DataFrame([[1, 2]], columns=NESTED),
    ],
)
def test_nothing_in_a_frame_is_markup(frame: pd.DataFrame) -> None:
    html = as_html(frame)
    assert "<img" not in html and "img src=x onerror=alert(1)" in html
    assert as_html(frame) == html

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.numerals import chinese_number, written_number


@pytest.mark.parametrize(
    ("number_format", "numbers", "written"),
    [
        ("decimal", [1, 10, 0], "1 10 0"),
        ("chineseCounting", [1, 10, 11, 20, 99, 101], "一 十 十一 二十 九十九 一〇一"),
        ("chineseCountingThousand", [9, 100, 105, 110, 1005], "九 一百 一百零五 一百一十 一千零五"),
        ("taiwaneseCounting", [3, 12], "三 十二"),
        ("japaneseCounting", [10, 21, 101, 200], "十 二十一 百一 二百"),
        ("ideographDigital", [1, 10, 23], "一 一〇 二三"),
        ("chineseLegalSimplified", [1, 3, 10, 12, 105], "壹 叁 壹拾 壹拾贰 壹佰零伍"),
        ("ideographLegalTraditional", [2, 6], "貳 陸"),
        ("ideographTraditional", [1, 10, 11], "甲 癸 11"),
        ("ideographZodiac", [1, 12], "子 亥"),
        ("decimalEnclosedCircleChinese", [1, 20, 21], "① ⑳ 21"),
        ("decimalEnclosedParen", [2], "⑵"),
        ("decimalEnclosedFullstop", [3], "⒊"),
        ("decimalFullWidth", [1, 20], "１ ２０"),
        ("decimalZero", [1, 9, 10], "01 09 10"),
        ("lowerLetter", [1, 26, 27, 53], "a z aa aaa"),
        ("upperLetter", [2, 28], "B BB"),
        ("lowerRoman", [1, 4, 9, 40], "i iv ix xl"),
        ("upperRoman", [1994], "MCMXCIV"),
        ("ordinal", [1, 2, 3, 11, 21], "1st 2nd 3rd 11th 21st"),
        ("numberInDash", [5], "- 5 -"),
        ("a format of the future", [7], "7"),
    ],
)
def test_numbers_are_written_as_word_writes_them(
    number_format: str, numbers: list[int], written: str
) -> None:
    expected = [written] if number_format == "numberInDash" else written.split(" ")
    assert [written_number(n, number_format) for n in numbers] == expected


@given(st.lists(st.integers(1, 9_999), min_size=2, max_size=2, unique=True))
def test_different_numbers_are_written_differently(numbers: list[int]) -> None:
    for number_format in ("chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting"):
        assert len({written_number(n, number_format) for n in numbers}) == 2


def test_chinese_numbers() -> None:
    assert [chinese_number(n) for n in (1, 9, 10, 11, 20, 25, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十五",
        "九十九",
    ]

"""Characters become lines: of words, without the raised marks of footnotes, figures apart from the names that touch them."""

from __future__ import annotations

import pytest

from jcdata.documents.formats.pdf.page import TextRun
from jcdata.documents.formats.pdf.text_lines import find_lines


def chars(
    text: str, x0: float, top: float, size: float, width: float | None = None
) -> list[TextRun]:
    """Characters of one size side by side."""
    wide = width or size
    return [
        TextRun(
            text=sign,
            x0=x0 + i * wide,
            top=top,
            x1=x0 + (i + 1) * wide,
            bottom=top + size,
            first_x=x0 + (i + 0.5) * wide,
            last_x=x0 + (i + 0.5) * wide,
            y=top + size / 2,
            size=size,
        )
        for i, sign in enumerate(text)
    ]


def test_digits_that_are_smaller_than_chinese_characters_are_no_marks() -> None:
    title = chars("2022", 0, 12, 11.8, 8.5) + chars("年预算收支总表", 34, 10, 16)
    (line,) = find_lines(title)
    assert (line.text, line.marks) == ("2022年预算收支总表", "")


def test_characters_that_stand_between_those_of_a_run_are_read_where_they_stand() -> None:
    run = TextRun(
        text="甲乙",
        x0=0,
        top=10,
        x1=24,
        bottom=20,
        first_x=5,
        last_x=19,
        y=15,
        size=10,
        lefts=[100, 114],
        rights=[110, 124],
        shift=100,
    )
    assert [line.text for line in find_lines([run, *chars("、", 9, 10, 10, 5)])] == ["甲、乙"]


@pytest.mark.parametrize("mark", ["1", "①", "[1]", "*"])
def test_a_raised_mark_stands_apart_from_the_figure(mark: str) -> None:
    figure = chars("1842.36", 0, 10, 10, 5) + chars(mark, 35, 8, 5, 3)
    (line,) = find_lines(figure)
    assert (line.text, line.marks) == ("1842.36", mark)


def test_the_power_of_a_unit_is_no_mark() -> None:
    area = chars("100km", 0, 10, 10, 5) + chars("2", 25, 8, 5, 3)
    assert [line.text for line in find_lines(area)] == ["100km2"]


def test_a_gap_parts_words_and_a_figure_is_parted_from_the_name_it_touches() -> None:
    row = (
        chars("工资福利支出", 0, 10, 10)
        + chars("1,041.70", 60, 10, 10, 5)
        + chars("项", 130, 10, 10)
    )
    assert [word for *_, word in find_lines(row)[0].words] == ["工资福利支出", "1,041.70", "项"]


@pytest.mark.parametrize(
    ("sign", "top"), [("、", 18), ("，", 18.5), ("。", 17), ("“", 9.5), ("一", 14)]
)
def test_a_sign_whose_box_is_its_ink_stands_in_its_line(sign: str, top: float) -> None:
    name = chars("二", 0, 10, 10) + chars(sign, 10, top, 2.5) + chars("事业收入", 20, 10, 10)
    lines = find_lines(name + chars("三", 0, 22, 10))
    assert [line.text.replace(" ", "") for line in lines] == [f"二{sign}事业收入", "三"]


def test_a_small_page_number_below_large_text_is_one_line() -> None:
    lines = find_lines(chars("预算情况说明", 0, 10, 16) + chars("23", 40, 60, 8))
    assert [line.text for line in lines] == ["预算情况说明", "23"]

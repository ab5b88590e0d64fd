from __future__ import annotations

import pytest

from jcdata.checks.findings import line_ranges


@pytest.mark.parametrize(
    ("line_nos", "shown"),
    [
        ([], ""),
        ([3], "3"),
        ([3, 7, 8, 9], "3, 7–9"),
        ([1, 2, 4, 6, 7], "1–2, 4, 6–7"),
        (list(range(1, 60, 2)), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, …, 59"),
    ],
)
def test_lines_in_words(line_nos: list[int], shown: str) -> None:
    assert line_ranges(line_nos) == shown

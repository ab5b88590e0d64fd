"""When two names are one."""

from __future__ import annotations

import pytest

from jcdata.names import is_misspelling


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("应急演练费", "应急演炼费", True),
        ("应急演练费用", "应急演练费", True),
        ("应急演练费", "应急演练费", False),
        ("应急演练费", "应急训炼费", False),
        ("演练经费", "演炼经费", False),  # too short to tell a slip from another name
        ("应急演练", "应急演练费", False),
        ("水库加固一期", "水库加固二期", False),
        ("水库加固期", "水库加固2期", False),
        ("3处水库加固一期", "3处水库加因一期", True),
    ],
)
def test_a_misspelt_name_differs_in_one_character_that_is_no_numeral(one: str, other: str, expected: bool) -> None:
    assert is_misspelling(one, other) is is_misspelling(other, one) is expected

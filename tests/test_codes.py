from __future__ import annotations

import pytest

from jcdata.codes import CODE, level_of, parent_of


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("224", 1, ""),
        ("22401", 2, "224"),
        ("2240106", 3, "22401"),
        ("２２４０１", 2, "２２４"),
        ("2240", None, ""),
        ("224010", None, ""),
        ("224010601", None, ""),
        ("甲乙丙", None, ""),
        ("", None, ""),
    ],
)
def test_the_digits_of_a_code_tell_its_level_and_its_parent(
    code: str, level: int | None, parent: str
) -> None:
    assert (level_of(code), parent_of(code)) == (level, parent)


def test_a_code_is_found_before_a_name_but_not_in_a_longer_number() -> None:
    assert [match and match[0] for match in map(CODE.match, ("22401应急管理事务", "2240106", "20250101", "2025年"))] == [
        "22401", "2240106", None, None,
    ]  # fmt: skip

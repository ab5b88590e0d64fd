from __future__ import annotations

import pytest

from jcdata import text


def test_fold_replaces_radicals_and_leaves_full_width_signs() -> None:
    assert text.fold("⽬录（⽀出）：⾦额⼈员") == "目录（支出）：金额人员"
    assert text.fold("⻓期⻄部") == "长期西部"
    assert text.fold("财政专⼾管理资⾦") == "财政专户管理资金"
    assert text.fold("\u2329办法\u232a10元∕次2〜3月") == "〈办法〉10元／次2～3月"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("一、一般公共预算", "一般公共预算"),
        ("二十三、灾害防治及应急管理支出", "灾害防治及应急管理支出"),
        ("（二）政府性基金预算拨款", "政府性基金预算拨款"),
        ("①公务用车购置费", "公务用车购置费"),
        ("2021年采购项目尾款", "2021年采购项目尾款"),
        ("3、维修费", "维修费"),
        ("十五运会保障经费", "十五运会保障经费"),
        ("一、", "一、"),
    ],
)
def test_strip_ordinal(printed: str, name: str) -> None:
    assert text.strip_ordinal(printed) == name


def test_strip_markup_keeps_comparisons() -> None:
    assert text.strip_markup("<p>达到<b>90%</b></p>**重点**") == "达到90%重点"
    assert text.strip_markup("数量<5 且 >3") == "数量<5 且 >3"


def test_chinese_numbers() -> None:
    assert [text.chinese_number(n) for n in (1, 9, 10, 11, 20, 25, 99)] == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十五",
        "九十九",
    ]

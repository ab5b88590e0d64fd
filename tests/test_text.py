from __future__ import annotations

import json

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


CONTROLS = [
    "\0",
    "\x07",
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x7f",
    "\x85",
    "\x9b31m",
    "\r",
    "\u200e",
    "\u202e",
    "\u2066",
    "\u061c",
]


@pytest.mark.parametrize("control", CONTROLS)
def test_no_control_character_reaches_a_terminal_or_a_name(control: str) -> None:
    shown = text.visible(f"甲{control}乙\t丙\n")
    assert (
        shown.startswith("甲\\")
        and shown.endswith("乙\t丙\n")
        and shown.replace("\t", "").replace("\n", "").isprintable()
    )
    assert text.fold(f"甲{control}乙").replace(" ", "").isprintable()
    assert text.count_controls(control) >= 1


@pytest.mark.parametrize("control", CONTROLS)
def test_json_says_the_same_without_control_characters(control: str) -> None:
    shown = text.visible_json(json.dumps({"名称": control}, ensure_ascii=False, indent=1))
    assert json.loads(shown) == {"名称": control} and shown.replace("\n", "").isprintable()


def test_what_parts_cells_is_folded_to_a_space() -> None:
    assert (
        text.fold("1.00\x072.00\x0b3.00") == "1.00 2.00 3.00"
        and text.fold("档案馆\x1b") == "档案馆"
    )


@pytest.mark.parametrize(
    ("printed", "opened"),
    [
        ("8.45(其中:8.40", 4),
        ("8.45(因公出国(境)费8.40", 4),
        ("8.45(其中:8.40),7.90", -1),
        ("8.45(8.40(8.30", 9),
        ("8.45)8.40", -1),
        ("8.45", -1),
    ],
)
def test_the_bracket_in_which_a_place_stands(printed: str, opened: int) -> None:
    assert text.opened_bracket(printed, 0, len(printed)) == opened

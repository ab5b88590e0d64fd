"""The directory of purchasable services, one phenomenon a test."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import Line
from jcdata.documents.sections import Section
from jcdata.prose.purchase_directory import read_purchase_directory
from jcdata.schema import PurchaseDirectoryEntry
from tests.making.checkout import BUREAU, CENTRE
from tests.making.documents import sections_of_raw

HEAD = ["附表：", "代码 一级目", "录", "二级目录 三级目录 四级目录"]


def directory(*lines: str) -> list[PurchaseDirectoryEntry]:
    """The entries that the lines of a passage give, numbered from 1."""
    numbered = tuple(Line(no, line, line) for no, line in enumerate(lines, start=1))
    passage = Section("passage", "十二、其他说明", Line(0, "", ""), 0, numbered, number="十二")
    return read_purchase_directory("d", [passage])


def test_cells_wrap_over_lines() -> None:
    entries = directory(
        *HEAD, "A 公共服", "务", "A01 公共安全服", "务", "A0101 公共安全隐患排", "查治理服务", "安全风险隐患专家体检", "专家会诊服务",
        "应急预案、操作手册编制", "评审服务", "A0103 安全生产事故调", "查服务", "事故调查评估服务",
    )  # fmt: skip
    assert [entry[2:-1] for entry in entries] == [
        (
            "A0101",
            "公共服务",
            "公共安全服务",
            "公共安全隐患排查治理服务",
            "安全风险隐患专家体检专家会诊服务",
            11,
        ),
        (
            "A0101",
            "公共服务",
            "公共安全服务",
            "公共安全隐患排查治理服务",
            "应急预案、操作手册编制评审服务",
            13,
        ),
        ("A0103", "公共服务", "公共安全服务", "安全生产事故调查服务", "事故调查评估服务", 17),
    ]


def test_two_cells_on_a_line_and_spread_signs() -> None:
    entries = directory(
        *HEAD, "B 政 府 履", "职 辅 助", "服务", "B01 法律服务", "B0101 法律顾问服务 法律顾问服务"
    )
    assert [entry[2:-1] for entry in entries] == [
        ("B0101", "政府履职辅助服务", "法律服务", "法律顾问服务", "法律顾问服务", 9)
    ]


def test_name_may_stick_to_its_code() -> None:
    entries = directory(*HEAD, "A01就业服务", "A0101职业指导服", "务", "A级景区讲解服务")
    assert [entry[2:7] for entry in entries] == [
        ("A0101", "", "就业服务", "职业指导服务", "A级景区讲解服务")
    ]


def test_names_without_a_code_are_one_level_deeper_than_the_last_code_and_no_deeper_than_the_fourth() -> (
    None
):
    entries = directory(
        *HEAD,
        "A01 就业服务",
        "人才服务",
        "A0102 培训服务",
        "技能培训服务",
        "A010301 职业指导服务",
        "职业介绍服务",
    )
    assert [entry[2:7] for entry in entries] == [
        ("A01", "", "就业服务", "人才服务", ""),
        ("A0102", "", "就业服务", "培训服务", "技能培训服务"),
        ("A010301", "", "就业服务", "培训服务", "职业指导服务"),
        ("A0102", "", "就业服务", "培训服务", "职业介绍服务"),
    ]


def test_bracket_belongs_to_the_name_before_it() -> None:
    entries = directory(
        *HEAD, "B1102 物业管理服务 办公楼综合管理服务", "（水、电、保洁服务", "消防等）", "会务服务"
    )
    assert [entry.level4 for entry in entries] == [
        "办公楼综合管理服务（水、电、保洁服务消防等）",
        "会务服务",
    ]


def test_name_without_the_usual_end_stops_at_a_line_that_is_not_full() -> None:
    entries = directory(
        *HEAD,
        "A1406 灾情调查评估服务",
        "自然灾害救助评估服务",
        "灾情核查",
        "经济损失评估和统计调查",
    )
    assert [entry.level4 for entry in entries] == [
        "自然灾害救助评估服务",
        "灾情核查",
        "经济损失评估和统计调查",
    ]


def test_head_repeated_by_a_page_is_skipped() -> None:
    entries = directory(*HEAD, "A 公共服务", "A01 就业服务", "A0101 培训", *HEAD[1:], "服务")
    assert [(entry.level3, entry.level4) for entry in entries] == [("培训服务", "")]


def test_directory_ends_with_the_next_heading() -> None:
    entries = directory(*HEAD, "A01 就业服务", "（二）其他", "A02 无关服务")
    assert [entry.code for entry in entries] == ["A01"]


def test_tabs_keep_the_cells_apart() -> None:
    head = "代码\t一级目录\t二级目录\t三级目录\t四级目录"
    stepped = [
        head,
        "A\t公共服务",
        "A01\t\t公共安全服务",
        "A0101\t\t\t隐患排查\t专家体检",
        "\t\t\t\t专家会诊",
        "A0102\t\t\t事故调查",
    ]
    filled = [head, "A0101\t公共服务\t公共安全服务\t隐患排查\t专家体检", "A0101\t公共服务\t公共安全服务\t隐患排查\t专家会诊",
              "A0102\t公共服务\t公共安全服务\t事故调查\t"]  # fmt: skip
    expected = [
        ("A0101", "公共服务", "公共安全服务", "隐患排查", "专家体检"),
        ("A0101", "公共服务", "公共安全服务", "隐患排查", "专家会诊"),
        ("A0102", "公共服务", "公共安全服务", "事故调查", ""),
    ]
    assert [entry[2:7] for entry in directory(*stepped)] == expected
    assert [entry[2:7] for entry in directory(*filled)] == expected


def test_equal_names_under_different_ones_are_kept() -> None:
    rows = [
        "代码\t一级目录\t二级目录\t三级目录\t四级目录",
        "A0101\t甲\t乙\t其他\t丙",
        "A0201\t甲\t丁\t其他\t丙",
    ]
    assert [entry[2:7] for entry in directory(*rows)] == [
        ("A0101", "甲", "乙", "其他", "丙"),
        ("A0201", "甲", "丁", "其他", "丙"),
    ]


def test_no_directory() -> None:
    assert directory("（一）政府购买服务指导性目录", "我单位无政府购买服务") == []


def test_emergency_bureau_2023() -> None:
    entries = read_purchase_directory("d", sections_of_raw(BUREAU))
    assert len(entries) == 18
    assert entries[3][2:] == (
        "A1406",
        "公共服务",
        "灾害防治及应急管理服务",
        "灾情调查评估服务",
        "自然灾害救助评估服务",
        7712,
        None,
    )
    assert entries[7].level4 == "应急体系建设、安全生产和综合防灾减灾评估规划编制服务"
    assert entries[-1][2:] == (
        "B1106",
        "政府履职辅助服务",
        "后勤服务",
        "公务用车租赁服务",
        "执法执勤用车租赁服务",
        7801,
        None,
    )


def test_dispatch_centre_2025_has_no_directory() -> None:
    assert read_purchase_directory("d", sections_of_raw(CENTRE)) == []


NAME = st.text(alphabet="公共安全风险隐患评估调查编制", min_size=1, max_size=12).map(
    lambda name: name + "服务"
)


def wrapped(name: str, width: int) -> list[str]:
    """A cell as a text layer prints it."""
    return [name[i : i + width] for i in range(0, len(name), width)]


@given(st.lists(st.tuples(NAME, st.lists(NAME, min_size=1, max_size=3)), min_size=1, max_size=5))
def test_wrapped_names_are_read_back(entries: list[tuple[str, list[str]]]) -> None:
    lines = [*HEAD, "A 公共服", "务", "A01 公共安全服", "务"]
    for no, (level3, names) in enumerate(entries, start=1):
        first, *rest = wrapped(level3, 7)
        lines += [
            f"A01{no:02d} {first}",
            *rest,
            *(part for name in names for part in wrapped(name, 11)),
        ]
    expected = [
        (f"A01{no:02d}", level3, name)
        for no, (level3, names) in enumerate(entries, start=1)
        for name in names
    ]
    assert [(entry.code, entry.level3, entry.level4) for entry in directory(*lines)] == expected


@given(
    st.lists(
        st.text(alphabet="AB01 \t公共服务（）()一二、.：指是录目级三四代码\n。", max_size=30),
        max_size=12,
    )
)
def test_any_lines_are_read(lines: list[str]) -> None:
    for entry in directory("代码 一级目录 二级目录 三级目录", *lines) + directory(
        "代码\t一级目录\t二级目录\t三级目录", *lines
    ):
        assert 2 <= entry.line_no <= len(lines) + 1


def test_an_entry_that_stands_twice_in_a_line_is_two_entries() -> None:
    entries = directory("代码\t一级目录\t二级目录", "A\t公共服务\t", "A01\t\t就业服务 A01 就业服务")
    assert [entry.entry_no for entry in entries] == list(range(1, len(entries) + 1))

"""Staff, assets and parts of a unit, from sentences as documents print them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.joined_text import Prose
from jcdata.documents.sections import find_furniture, find_sections
from jcdata.prose.passages import prose_lines
from jcdata.units.facts import UnitFacts, read_unit_facts
from jcdata.units.sentences import find_prose
from tests.making.documents import document


def read(*lines: str) -> UnitFacts:
    return read_unit_facts("d", [Prose(enumerate(lines, start=1))])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某局2030年实际在编人员38名，其中行政工勤人员1名，退休人员43名。", [("in_service", 38), ("retired", 43)]),
        (
            "编制240名，其中行政编制 150名、行政附属编制60名、事业编制30名。实际在编在职人员210名，离退休人员90名。",
            [("posts", 240), ("administrative_posts", 150), ("attached_posts", 60), ("institution_posts", 30), ("in_service", 210), ("retired_all", 90)],
        ),
        ("核定编制50人，现有人员48人，离休人员2人，聘用人员5名。", [("posts", 50), ("in_service", 48), ("retired_cadres", 2), ("contract", 5)]),
        ("实有在职人员1,204人，退休人员12，043人。", [("in_service", 1204), ("retired", 12043)]),
        ("公务用车编制2辆，离退休人员补贴160.50万元，人均编制经费3万元。", []),
        (
            "某局编制数36，实有人数58人，其中：在职34人，减少1人；退休24人，增加1人；离休0人。",
            [("posts", 36), ("all_people", 58), ("in_service", 34), ("retired", 24), ("retired_cadres", 0)],
        ),
        ("事业编制数12；现有人员9人（其中：退休人员4人，在编人员5人）。", [("institution_posts", 12), ("all_people", 9), ("retired", 4), ("in_service", 5)]),
        ("现有人员9人，其中：行政人员4人，退休人员3人。", [("in_service", 9), ("retired", 3)]),
        ("事业编制18人（含参公事业编制3人、其他事业编制15人），行政编制9人（其中：工勤编制1人）。", [("institution_posts", 18), ("administrative_posts", 9), ("worker_posts", 1)]),
        ("编制30人（其中：行政编制12人，事业编制18人）。", [("posts", 30), ("administrative_posts", 12), ("institution_posts", 18)]),
        ("公务车编制数2，车辆核定编制数2，床位编制数90，编制数1,200张，编制数3.5万。", []),
    ],
)  # fmt: skip
def test_headcounts(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(row.kind, row.people) for row in read(text).headcounts] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "截至2030年12月31日，某局共有公务用车编制2辆，实有3辆，其中：机要通信用车1辆，其他公务用车2辆。",
            [("vehicle_posts", "公务用车编制", 2), ("vehicles", "实有", 3), ("vehicles_of_kind", "机要通信用车", 1), ("vehicles_of_kind", "其他公务用车", 2)],
        ),
        ("机关本级共有9辆公务用车，主要用于执法检查。", [("vehicles", "公务用车", 9)]),
        ("单位房产面积9369.5平方米（含办公用房）。", [("area", "单位房产面积", 9369.5)]),
        ("单位房屋面积12，369.5平方米，办公用房面积1,204,560平方米。", [("area", "单位房屋面积", 12369.5), ("area", "办公用房面积", 1204560)]),
        ("国有资产占用情况房屋面积450平方米。", [("area", "房屋面积", 450)]),
        (
            "共有车辆6辆，其中：副部（省）级及以上领导用车1辆、特种（专业）技术用车3辆。",
            [("vehicles", "车辆", 6), ("vehicles_of_kind", "副部(省)级及以上领导用车", 1), ("vehicles_of_kind", "特种(专业)技术用车", 3)],
        ),
        ("我单位（含本级）公务用车2辆。", []),
        ("单价500,000元以上设备1，204台（套）。", [("equipment", "设备", 1204)]),
        ("项目用地面积约为4200.5平方米。", []),
        ("单价100万元（含）以上设备（不含车辆）2台（套）。", [("equipment", "设备", 2)]),
        ("占有使用价值50万元（原值）以上的通用设备0台（套）。", [("equipment", "通用设备", 0)]),
    ],
)  # fmt: skip
def test_assets(text: str, expected: list[tuple[str, str, float]]) -> None:
    assert [(row.kind, row.label, row.quantity) for row in read(text).assets] == expected


def test_what_is_held_and_what_is_planned() -> None:
    facts = read(
        "截至2030年8月31日，某局共有车辆7辆，单价100万",
        "元（含）以上设备1台（套）。2031年预算安排购置车辆1辆，其中：其他用车1辆。",
    )
    assert [(row.kind, row.status, row.line_no) for row in facts.assets] == [
        ("vehicles", "held", 1),
        ("equipment", "held", 2),
        ("vehicles", "planned", 2),
        ("vehicles_of_kind", "planned", 2),
    ]
    held, equipment, planned, _ = facts.assets
    assert (held.as_of, planned.as_of) == (datetime.date(2030, 8, 31), None)
    assert equipment.unit_price_from_yuan == 1_000_000
    assert planned.sentence == "2031年预算安排购置车辆1辆，其中：其他用车1辆。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某局内设3个科室：办公室、救援协调和预案管理科、规划财务科。", ["办公室", "救援协调和预案管理科", "规划财务科"]),
        ("某局内设3个科室：办公室、教育科和财务科。", ["办公室", "教育科", "财务科"]),
        ("我单位设置资产科、党务科等2个科室，2030年末在编人员18名。", ["资产科", "党务科"]),
        ("本部门下属单位包括某某中心、某某馆。", ["某某中心", "某某馆"]),
        ("某局内设5个科室：办公室、教育科。", []),
    ],
)  # fmt: skip
def test_lists_of_parts_that_are_as_many_as_they_say(text: str, expected: list[str]) -> None:
    assert [row.name for row in read(text).organisations] == expected


@pytest.mark.parametrize(
    "text",
    [
        "（一）基本支出预算：是市级预算部门及所属预算单位为保障其机构正常运转、完成工作任务而编制的计划，包括人员经费和公用经费两部分。",
        "项目支出是指部门及所属单位为完成某某中心、某某馆的建设而编制的计划。",
        "运行经费：指部门及所属单位包括某某中心、某某馆的经费。",
        "本部门所属单位为完成接待任务、保障某某馆，增加了经费。",
        "本部门下属单位包括行政单位、事业单位。",
        "本部门所属单位有关科室、办公室参加了培训。",
    ],
)
def test_words_that_are_no_names_of_units_are_no_units(text: str) -> None:
    assert not read(text).organisations


def test_units_that_a_bare_word_announces() -> None:
    for text in (
        "本部门下属单位为：甲县图书馆、甲县档案中心本级。",
        "本部门下属单位2个，为甲县图书馆、甲县档案中心本级。",
        "本部门所属单位分别为甲县图书馆、甲县档案中心本级。",
        "本部门所属单位有甲县图书馆、甲县档案中心本级。",
    ):
        names = [(row.kind, row.name) for row in read(text).organisations]
        assert names == [("subordinate", "甲县图书馆"), ("subordinate", "甲县档案中心本级")]


@pytest.mark.parametrize(
    ("lines", "kind", "expected"),
    [
        (["本单位内设机构包括：办公室、应急科、法规科。本单位无下属单位。"], "internal", ["办公室", "应急科", "法规科"]),
        (["内设机构：办公室、财务科、机要室等3个科室和某某办。"], "internal", ["办公室", "财务科", "机要室"]),
        (["预算单位共计2家，具体包括：甲县水务局本级、甲县水务站。"], "subordinate", ["甲县水务局本级", "甲县水务站"]),
        (["预算单位共计一家，具体包括：甲县水务局本级。"], "subordinate", ["甲县水务局本级"]),
        (
            ["预算单位共计3家，其中：行政单位1家、事业单位2家，包括：甲局本级、乙中心、丙站。"],
            "subordinate",
            ["甲局本级", "乙中心", "丙站"],
        ),
        (
            ["本部门中，行政单位 1家，事业单位2家，具体包括（列示至基层单位）：", "1. 某街道办事处（本部）", "2. 某街道综合行政", "执法队", "3. 某街道中心", "二、主要工作。"],
            "subordinate",
            ["某街道办事处(本部)", "某街道综合行政执法队", "某街道中心"],
        ),
        (["某办设2个内设机构，包括：", "（一）秘书科（联络科）。组织活动。承担机要、", "保密。", "（二）督查科。负责督查。"], "internal", ["秘书科(联络科)", "督查科"]),
        (["本部门所属单位包括：", "1.某某中心；", "2.某某馆，不单列预算。", "3.预算编制情况"], "subordinate", ["某某中心", "某某馆"]),
        (["内设3个科室：1.综合、2.业务、3.财务。"], "internal", ["综合", "业务", "财务"]),
        (["预算单位共计3家，具体包括：", "1.某某中心", "2.某某馆"], "", []),
        (["行政单位1家，事业单位1家，具体包括：", "1.某局本级。", "2.某中心不单列预算，并入本部。"], "", []),
    ],
)  # fmt: skip
def test_lists_of_parts_on_one_line_or_on_numbered_ones(
    lines: list[str], kind: str, expected: list[str]
) -> None:
    found = [(row.kind, row.name) for row in read(*lines).organisations]
    assert found == [(kind, name) for name in expected]


def test_a_unit_that_two_lists_name_is_one() -> None:
    facts = read(
        "本部门下属单位包括：甲县水务站。预算单位共计2家，包括：甲县水务局本级、甲县水务站。"
    )
    assert [row.name for row in facts.organisations] == ["甲县水务站", "甲县水务局本级"]


def test_a_list_within_a_numbered_list() -> None:
    facts = read(
        "行政单位1家，事业单位1家，具体包括：",
        "1.某委本部，机关设2个内设机构，包括：办公室、调研科。",
        "2.某某服务中心，不单列预算。",
    )
    assert [(row.kind, row.name, row.line_no) for row in facts.organisations] == [
        ("subordinate", "某委本部", 2),
        ("subordinate", "某某服务中心", 3),
        ("internal", "办公室", 2),
        ("internal", "调研科", 2),
    ]


def test_only_running_text_counts() -> None:
    text = (
        "项目支出绩效目标申报表\n项目名称\t甲\n项目概况\t在职人员20名\n三级指标\t退休人员3名\n"
        "第三部分 情况说明\n一、人员情况\n在职人员5名。\n| 在职人员7名 | 1 |\n"
    )
    found = document(text)
    furniture = find_furniture(found)
    facts = read_unit_facts(
        "d", find_prose(found, prose_lines(found, find_sections(found, furniture), furniture, []))
    )
    assert [(row.people, row.line_no) for row in facts.headcounts] == [(5, 7)]


WORDS = [
    "在职人员", "编制", "退休人员", "5名", "10人", "人", "共有", "公务用车", "15辆", "单价", "100万元", "以上设备", "1台（套）",
    "内设2个科室：", "包括", "办公室", "财务科", "、", "和", "，", "。",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_any_text_is_read_and_nothing_invented(text: str) -> None:
    facts = read(text)
    digits = "".join(sign for sign in text if sign.isdigit())
    assert all(str(row.people) in digits for row in facts.headcounts if row.people)
    assert all(row.name in text for row in facts.organisations)
    assert all(row.line_no == 1 for row in (*facts.headcounts, *facts.assets))

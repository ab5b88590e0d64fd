"""Parts of a project's cost and debts of earlier years, from overviews as they are printed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.forms.costs import find_arrears, find_cost_components
from jcdata.pipeline.time_limit import TimeLimit
from tests.making.checkout import BUREAU, CENTRE
from tests.making.documents import sections_of_raw


def parts(*lines: str, total: int | None = None) -> list[tuple[str, str]]:
    """Label and amount in 万元 of the components of an overview."""
    found = find_cost_components(
        list(enumerate(lines, start=1)), None if total is None else Decimal(total)
    )
    return [(label, format((yuan / 10_000).normalize(), "f")) for label, yuan, _ in found]


def debt(*lines: str, total: int | None = None) -> Decimal | None:
    """The arrears of an overview in yuan."""
    found = find_arrears(list(enumerate(lines, start=1)), None if total is None else Decimal(total))
    return found[0] if found else None


def test_numbered_parts_without_their_own_parts_and_the_total() -> None:
    assert parts(
        "1、专题宣传19.5万元，包括：5月12日防灾日宣传等 2、安全生产类题宣传27万元，包括：①活动10万元；②讲堂",
        "活动需5万元。 3、媒体宣传73.5万元。 4、2022年未支付合同款15万",
        "元。 共计134.9万元。",
    ) == [("专题宣传", "19.5"), ("安全生产类题宣传", "27"), ("媒体宣传", "73.5"), ("2022年未支付合同款", "15")]  # fmt: skip


def test_parts_of_what_was_paid_and_what_is_owed() -> None:
    overview = "差旅费5万元、专家劳务费5万元、租赁费17.55万元。2022年已支付13.05万元，剩余资金14.5万元于2023年支付。"
    assert [amount for _, amount in parts(overview, total=145_000)] == ["5", "5", "17.55"]
    # what was paid is not said, or something else is missing
    for other in (overview.replace("13.05", "13"), overview.replace("13.05万元", "部分资金")):
        assert parts(other, total=145_000) == []


@pytest.mark.parametrize(
    ("overview", "expected"),
    [
        ("需新增指挥中心设备年度运维费25万元", [("新增指挥中心设备年度运维费", "25")]),
        ("设备年度运维费25万元，共需资金25万元。", [("设备年度运维费", "25")]),
        ("维护设备80项。需资金25万元。", []),
        ("设备年度运维费20万元", []),
        ("设备运维费25万元，机房维护费25万元", []),
        ("25万元", []),
        ("预计费用25万元", []),
    ],
)
def test_a_single_part_is_named_where_it_is_the_whole(
    overview: str, expected: list[tuple[str, str]]
) -> None:
    assert parts(overview, total=250_000) == expected


def test_line_of_a_part_is_the_line_of_its_figure() -> None:
    lines = [(5, "1、管理费，预计费用7"), (6, "0万元；2、抢险经费，"), (8, "预计需经费20万元。")]
    assert find_cost_components(lines, None) == [
        ("管理费", Decimal(700000), 5),
        ("抢险经费", Decimal(200000), 8),
    ]


def test_prices_are_no_parts() -> None:
    assert parts(
        "1、泵12台、每台8万元，水带800盘，每盘0.111万元，三通100个/0.045万元，合计131.3万元；"
        "2、办公设备，包括打印机5台，每台4000元，共计2万元；数码相机1台预计1万元；软件计9.85万元。"
        "3、评审费用120万元（40家企业按每企业3万元测算）、组织费用51万元，专线8万元/年，考试费55元/人。"
    )[1:] == [
        ("打印机5台", "2"),
        ("数码相机1台", "1"),
        ("软件", "9.85"),
        ("评审费用", "120"),
        ("组织费用", "51"),
        ("专线", "8"),
    ]


def test_range_is_a_price() -> None:
    overview = (
        "一般隐患每起奖励300元-500元，约计4万元；重大隐患每起奖励3000元至30万元，约计16万元。"
    )
    assert [amount for _, amount in parts(overview)] == ["4", "16"]


def test_breakdown_in_the_next_sentence() -> None:
    assert [amount for _, amount in parts(
        "1、体检服务，费用57万元、服务内容主要有检查。费用主要包括专家劳务7万元、报告编制30万元等。"
        "2、委托设计单位开展诊断。费用102.84万元，主要包括专家劳务20万元、报告70万元等。"
    )] == ["57", "102.84"]  # fmt: skip


def test_levels_of_an_overview() -> None:
    overview = (
        "需设立专项业务费项目215.5万元，具体如下：2025年专项业务费项目160万元，主要包括：一是保洁22万元。包括运维11台打印机。"
        "二是人员保障费9万元；三是网络费61.2万元，包括专线。 2024应支未支专项业务工作经费55.5万元，主要包括餐费，按照早5元，中7元。"
    )
    assert [amount for _, amount in parts(overview, total=2155000)] == ["160", "55.5"]
    assert debt(overview, total=2155000) == 555000


def test_parts_side_by_side() -> None:
    overview = "东部基地依托甲公司资金为20万元，中部基地，资金为20万元元，西部基地资金为20万元，拨至3个公司。"
    assert [amount for _, amount in parts(overview, total=600000)] == ["20", "20", "20"]


def test_annual_total_needs_no_word() -> None:
    assert parts("项目经费30万元，其中设备10万元，服务20万元。", total=300000) == [
        ("设备", "10"),
        ("服务", "20"),
    ]


def test_numbers_go_on_in_another_print() -> None:
    assert [a for _, a in parts("1.链路费2.5万元/年；2.链路费1万元/年；设备运维8万。3、26台终端，费用为8.4 万元。4、会议系统1.6万元，总计21.5万元。")] == [
        "2.5", "1", "8", "8.4", "1.6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "overview",
    [
        "需设立“值班值守、应急物资”项目496.9万元，具体如下：一是资料费用；二是人员补助；三是其他费用。",
        "计划：①完成招标；②完成主体内容；③完成验收和资金支付。费用测算：14家×1.2万元/家，合计约496.9万元。",
        "由中心负责，覆盖14个乡镇，涉及服务对象约500人，需资金496.9万元，资金用于材料费等。",
        "本项目包括大楼的日常管理。需资金110万元。",
        "检查费用为平均每座煤矿11万元、合计220万元，政府采购合同金额为215万元。",
        "",
    ],
)
def test_totals_alone_name_no_parts(overview: str) -> None:
    assert parts(overview, total=4969000) == []


def test_enumerated_costs_beside_totals() -> None:
    assert parts(
        "需设立“甲”项目496.9万元，具体如下：一是资料费用；二是人员补助。主要内容包括：1、前期调研、方案编制和专家论证，预计费用149.07万元；"
        "2、组织实施，预计费用273.3万元；3、验收和宣传，预计费用74.53万元。①完成招标；②支付。费用测算：14家×1.2万元/家，合计约496.9万元。"
    ) == [
        ("前期调研、方案编制和专家论证", "149.07"),
        ("组织实施", "273.3"),
        ("验收和宣传", "74.53"),
    ]


def test_parts_of_what_earlier_years_owe_are_not_this_years() -> None:
    overview = "上半年一批次19.50万元；下半年一批次19.50万元；全年费用共计39万元。2022年已支付部分资金，2023年需将剩余8万元尾款进行支付。"
    assert parts(overview, total=80000) == []
    assert debt(overview, total=80000) == 80000


@pytest.mark.parametrize(
    ("sentence", "yuan"),
    [
        ("2022年已完成该项目，资金未支付，结转至2023年支付。", 2151000),
        (
            "2022年预算批复15万元，当年已支付4.5万元，列入2023年预算10.5万元，对项目余款10.5万元进行支付。",
            105000,
        ),
        ("2021、2022年已支付合同款70%，2023年对项目剩余款项进行支付，共计65.32万元。", 653200),
        ("2022年已支付19.38万元，2023年还需支付80.08万元。", 800800),
        ("2022年已支付13.05万元，剩余资金14.5万元于2023年及时支付。", 145000),
        ("支付上年15万元尾款。", 150000),
        ("完成验收并支付尾款10万元。", None),
        ("2022年实施“应急度汛工程尾款”，预计费用1.08万元。", None),
        ("2022年完成前期准备，2023年计划支付30万元。", None),
        ("2022年起实施，剩余资金10万元用于购置设备。", None),
    ],
)
def test_arrears(sentence: str, yuan: int | None) -> None:
    assert debt("项目概述。", sentence, total=2151000) == yuan


def test_arrears_tell_sentence_and_line() -> None:
    found = find_arrears(
        [(7, "上年工作已完成。2022年"), (9, "未支付合 同款15"), (10, "万元。其他。")], None
    )
    assert found == (Decimal(150000), "2022年未支付合同款15万元。", 9)


def test_name_that_speaks_of_arrears() -> None:
    assert find_arrears([(2, "预计费用1.08万元")], Decimal(36000), (1, "2018年 推介会尾款")) == (Decimal(36000), "2018年推介会尾款", 1)  # fmt: skip


def test_year_of_the_debt_is_before_the_budget() -> None:
    text = [(1, "2023年11月底前支付尾款5万元。")]
    assert find_arrears(text, None, fiscal_year=2023) is None
    assert find_arrears(text, None, fiscal_year=2024) is not None


def overviews(document_id: str) -> list[tuple[Decimal | None, list[tuple[int, str]]]]:
    """Annual total and overview of every form of a document, read between their labels."""
    found = []
    for section in sections_of_raw(document_id):
        text = "\n".join(line.text for line in section.lines)
        total = re.search(r"年度资金总额[:：]\s*([\d,]+)", text)
        start = next(
            (i for i, line in enumerate(section.lines) if line.squeezed.startswith("项目概况")),
            None,
        )
        end = next(
            (i for i, line in enumerate(section.lines) if line.squeezed.startswith("立项依据")),
            None,
        )
        if section.kind == "form" and start is not None and end is not None:
            lines = [
                (line.no, line.text.strip().removeprefix("项目概况"))
                for line in section.lines[start:end]
            ]
            found.append((Decimal(total[1].replace(",", "")) if total else None, lines))
    return found


def test_emergency_bureau_2023() -> None:
    forms = overviews(BUREAU)
    assert len(forms) == 25
    amounts = {no: [float(yuan) / 10_000 for _, yuan, _ in find_cost_components(lines, total)]
               for no, (total, lines) in enumerate(forms, start=1)}  # fmt: skip
    assert {no: found for no, found in amounts.items() if found} == {
        1: [19.5, 27, 73.5, 15],
        6: [190.26, 2, 2.4, 1, 1.39, 9.85, 2, 328.78],
        7: [120, 51, 85.305],
        8: [57, 102.84],
        10: [70, 20],
        11: [2.5, 2.5, 1, 1, 2.5, 8, 8, 1.4, 8, 8.4, 1.6],
        12: [20, 20, 20],
        15: [70, 40, 67.2, 20, 50, 10, 10, 20, 12.8],
        16: [30, 30],
        17: [5, 5, 8.55, 8, 1],
        18: [4, 16],
    }
    arrears = {no: find_arrears(lines, total) for no, (total, lines) in enumerate(forms, start=1)}
    assert {no: (float(found[0]) / 10_000, found[2]) for no, found in arrears.items() if found} == {
        1: (15, 1236), 5: (215.1, 2507), 13: (8, 4921), 17: (14.5, 5952), 21: (65.32, 6899), 23: (10.5, 7175), 25: (80.08, 7540),
    }  # fmt: skip


def test_dispatch_centre_2025() -> None:
    forms = overviews(CENTRE)
    (total, lines), (_, other) = forms[1], forms[0]
    assert [(float(yuan) / 10_000, no) for _, yuan, no in find_cost_components(lines, total)] == [
        (160, 453),
        (55.5, 453),
    ]
    assert [(float(yuan), no) for _, yuan, no in find_cost_components(other, Decimal(250000))] == [
        (250_000, 421)
    ]
    owed = find_arrears(lines, total)
    assert owed and owed[0] == 555000 and owed[1].startswith("2024应支未支专项业务工作经费55.5万元")


OVERVIEW = "1、设备，费用57万元，包括台式机10万元；2、运维12.5万元（每年3万元）。3、专线8万元/年，合计77.5万元。2022年未支付合同款15万元。"


@given(st.lists(st.integers(1, len(OVERVIEW) - 1), max_size=20))
def test_lines_may_end_anywhere(breaks: list[int]) -> None:
    lines = "".join(("\n " if i in breaks else "") + sign for i, sign in enumerate(OVERVIEW)).split(
        "\n"
    )
    assert parts(*lines) == parts(OVERVIEW) == [("设备", "57"), ("运维", "12.5"), ("专线", "8")]
    assert debt(*lines) == 150000


@given(
    st.text(
        alphabet="1２.,，；。（）()、-/每共计包括一二是①②万元年尾款剩余2022未支付“”项目概况",
        max_size=120,
    ),
    st.sampled_from([None, Decimal(20000)]),
)
def test_any_overview_is_read(text: str, total: Decimal | None) -> None:
    found = find_cost_components([(1, text)], total)
    assert all(no == 1 and (label or len(found) > 1) for label, _, no in found)
    find_arrears([(1, text)], total, (1, text), 2023)


@pytest.mark.parametrize(
    "sign",
    [
        "1",
        "1,",
        "(",
        "一是",
        "1、2、",
        "1元",
        "1元包括",
        "每",
        "“",
        "2022",
        "尾款",
        "设立",
        "①1元；②",
    ],
)
def test_hostile_overviews_end_soon(sign: str) -> None:
    hostile = sign * (400_000 // len(sign))
    with TimeLimit(30):  # a few seconds are enough; in squared time it would be minutes
        find_cost_components([(1, hostile)], None)
        find_arrears([(1, hostile + "2022尾款")], None)


def test_a_part_that_is_named_twice_in_a_line_is_two_parts() -> None:
    assert parts("项目总计30万元，其中设备10万元，设备10万元，运维10万元。") == [
        ("设备", "10"),
        ("设备", "10"),
        ("运维", "10"),
    ]

"""The figures of the prose: one phenomenon a test, then the two real documents, then properties."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import Line
from jcdata.extraction.one_document import parse_document
from jcdata.pipeline.time_limit import TimeLimit
from jcdata.prose.claims import Statements, read_claims
from jcdata.prose.figure_claims import Source
from jcdata.prose.passages import Passage
from jcdata.schema import Claim
from tests.making.checkout import BUREAU, CENTRE, RAW

BUDGET = Source("d", fiscal_year=2025)
FINAL_ACCOUNTS = Source("d", is_final_accounts=True, fiscal_year=2034, unit_name="临河县档案馆")


def read(*lines: str) -> list[Claim]:
    """The claims of a budget's passage whose lines are numbered from 1."""
    return statements(BUDGET, *lines).claims


def statements(source: Source, *lines: str) -> Statements:
    """What a passage of a document states."""
    numbered = tuple(Line(no, line, line) for no, line in enumerate(lines, start=1))
    return read_claims(source, [Passage("overview", "一", "收支", numbered)])


def claims_of_raw(document_id: str) -> list[Claim]:
    """The claims of a seed document."""
    name = f"{document_id}.txt"
    return parse_document((RAW / name).read_bytes(), name).records[Claim]


def facts(*lines: str) -> list[tuple[str, str, str, str]]:
    """Subject, kind, value and unit of every printed figure."""
    return [(c.subject, c.kind, str(c.value), c.unit) for c in read(*lines) if not c.is_implied]


def test_change_is_about_the_head_of_the_statement() -> None:
    assert facts(
        "2023年度预算收入总计4,727.11万元，其中：本年收入4,176.10万元，上年结转551.01万元，比上年增加1148.93万元，增加32.11%，"
        "主要原因是2022年部分项目尾款列入；本年单位预算支出总计4,727.11万元，比上年减少2.00万元，下降0.04%。"
    ) == [
        ("预算收入总计", "amount", "4727.11", "万元"),
        ("本年收入", "amount", "4176.10", "万元"),
        ("上年结转", "amount", "551.01", "万元"),
        ("预算收入总计", "delta", "1148.93", "万元"),
        ("预算收入总计", "growth", "32.11", "%"),
        ("预算支出总计", "amount", "4727.11", "万元"),
        ("预算支出总计", "delta", "-2.00", "万元"),
        ("预算支出总计", "growth", "-0.04", "%"),
    ]


def test_second_change_is_about_the_latest_subject() -> None:
    assert facts("公务用车购置及运行费5万元，比上年减少1万元，其中：公务用车购置费0万元，公务用车运行维护费5万元，减幅16.7%。") == [
        ("公务用车购置及运行费", "amount", "5", "万元"),
        ("公务用车购置及运行费", "delta", "-1", "万元"),
        ("公务用车购置费", "amount", "0", "万元"),
        ("公务用车运行维护费", "amount", "5", "万元"),
        ("公务用车运行维护费", "growth", "-16.7", "%"),
    ]  # fmt: skip


def test_change_with_its_subject_before_it() -> None:
    assert facts("人员经费比上年增加5.00万元，公用经费较2022年减少3.00万元。") == [
        ("人员经费", "delta", "5.00", "万元"),
        ("公用经费", "delta", "-3.00", "万元"),
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("比上年增加", "1.50"), ("同比上升", "1.50"), ("较2022年同口径增长", "1.50"), ("上年无此项预算，新增", "1.50"),
        ("比上年少支", "-1.50"), ("较上年多支", "1.50"), ("较上年多支出", "1.50"), ("少支出", "-1.50"), ("超支", "1.50"), ("比年初预算节约", "-1.50"), ("较上年节省", "-1.50"),
        ("比上年减少", "-1.50"), ("与上年相比预算数减少", "-1.50"), ("同比下降", "-1.50"), ("减幅", "-1.50"),
        ("比上年预算数增加了", "1.50"), ("增幅为", "1.50"), ("比上年增加-", "-1.50"),
    ],
)  # fmt: skip
def test_words_of_change(words: str, value: str) -> None:
    assert facts(f"公务接待费9.00万元，{words}1.50万元。")[1:] == [
        ("公务接待费", "delta", value, "万元")
    ]


def test_a_rate_in_brackets_behind_a_change_is_that_of_the_change() -> None:
    text = "公务接待费0.70万元，较上年减少0.30万元（30%），减少的主要原因是批次减少；会议费0.60万元，较上年增加0.10万元（20%）。"
    assert [c for c in facts(text) if c[1] != "amount"] == [
        ("公务接待费", "delta", "-0.30", "万元"),
        ("公务接待费", "growth", "-30", "%"),
        ("会议费", "delta", "0.10", "万元"),
        ("会议费", "growth", "20", "%"),
    ]
    assert facts("公务接待费0.70万元（30%）。")[1] == ("公务接待费", "share", "30", "%")


def test_amount_reached_is_no_change() -> None:
    assert facts("机关运行经费增加到170.90万元。")[0][1:] == ("amount", "170.90", "万元")


def test_what_was_spent_of_a_budget_may_be_said_without_the_word() -> None:
    text = "年初预算20.00万元，支出决算19.00万元，完成95.00%。"
    assert facts("公务接待费" + text)[2] == ("公务接待费", "completion", "95.00", "%")


@pytest.mark.parametrize(
    "words", ["占88.34%", "占收入预算的88.34%", "占支出总预算88.34%", "占比88.34％", "占比 88.34 %"]
)
def test_share(words: str) -> None:
    assert facts(f"基本支出1.00万元，{words}；项目支出0.00万元。")[1] == (
        "基本支出",
        "share",
        "88.34",
        "%",
    )


def test_figures_of_an_explanation_are_claims_of_their_own() -> None:
    claims = read(
        "公务用车购置及运行费3.90万元,与上年相比预算数减少0.49万元,主要原因是0.49万元为上年应支未支公车维修费,"
        "2025年“三公”经费预算两辆公车3.9万元,公务用车运行维护费3.90万元,与上年相比预算数减少0.49万元;公务用车购置费0万元。"
    )
    assert [(c.subject, c.kind, str(c.value), c.unit) for c in claims if not c.in_reason] == [
        ("公务用车购置及运行费", "amount", "3.90", "万元"),
        ("公务用车购置及运行费", "delta", "-0.49", "万元"),
        ("公务用车运行维护费", "amount", "3.90", "万元"),
        ("公务用车运行维护费", "delta", "-0.49", "万元"),
        ("公务用车购置费", "amount", "0", "万元"),
    ]
    assert [(c.kind, str(c.value), c.unit) for c in claims if c.in_reason] == [
        ("amount", "0.49", "万元"),
        ("count", "2", "辆"),
        ("amount", "3.9", "万元"),
    ]


def test_an_explanation_stands_with_the_changes_that_it_explains() -> None:
    claims = read(
        "机关运行经费170.90万元，比上年增加0.54万元，增长0.31%。增加的主要原因是人员工资调整。公务接待费1.00万元，与上年持平。"
    )
    assert [(c.kind, c.reason) for c in claims] == [
        ("amount", None), ("delta", "人员工资调整"), ("growth", "人员工资调整"), ("amount", None), ("delta", None),
    ]  # fmt: skip


def test_an_explanation_of_another_subject_stands_with_that_one() -> None:
    claims = read(
        "基本支出5.00万元，比上年增加1.00万元。项目支出3.00万元，比上年减少1.00万元。基本支出增加的主要原因是增资；"
        "其他支出减少的主要原因是压缩。"
    )
    assert [(c.subject, c.kind, c.reason) for c in claims if c.kind == "delta"] == [
        ("基本支出", "delta", "增资；其他支出减少的主要原因是压缩"), ("项目支出", "delta", None),
    ]  # fmt: skip


def test_explanation_ends_with_its_sentence() -> None:
    claims = read("主要原因是新增5个项目；增加经费20万元。政府采购预算总额1.00万元。")
    assert [(c.subject, c.kind, c.in_reason) for c in claims] == [
        ("项目", "delta", True), ("经费", "amount", True), ("政府采购预算总额", "amount", False),
    ]  # fmt: skip


def test_heading_about_reasons_explains_nothing() -> None:
    assert len(facts("2023年机关运行经费增减变动原因说明：机关运行经费170.90万元。")) == 1


def test_comparison_without_a_figure() -> None:
    claims = read(
        "因公出国（境）费0.00万元，与上年预算数相同；公务用车2辆，与2022年持平；主要原因是人员与上年持平。"
    )
    assert [
        (c.subject, c.kind, c.value, c.unit, c.amount_yuan) for c in claims if c.is_implied
    ] == [
        ("因公出国（境）费", "delta", Decimal(0), "万元", Decimal(0)),
        ("公务用车", "delta", Decimal(0), "辆", None),
    ]


def test_counts() -> None:
    assert facts(
        "实行绩效目标管理的项目26个，涉及一般公共预算当年拨款3032.42万元。我局涉及28个项目已按要求编制绩效目标。",
        "机关本级共有9辆公务用车。单位房产面积9369平方米（含办公用房）。",
    ) == [
        ("实行绩效目标管理的项目", "count", "26", "个"),
        ("绩效目标管理项目一般公共预算当年拨款", "amount", "3032.42", "万元"),
        ("编制绩效目标的项目", "count", "28", "个"),
        ("公务用车", "count", "9", "辆"),
        ("房产面积", "count", "9369", "平方米"),
    ]


def test_amount_of_what_was_counted() -> None:
    assert facts("其他运转类项目2个，涉及金额240.05万元；特定目标类项目0个，涉及项目金额0万元。")[
        1::2
    ] == [
        ("其他运转类项目", "amount", "240.05", "万元"),
        ("特定目标类项目", "amount", "0", "万元"),
    ]


def test_threshold_is_part_of_the_name_of_what_is_counted() -> None:
    assert facts(
        "占有使用价值50万元（原值）以上的通用设备3台（套）；价值100万元以上专用设备0台（套）。"
    ) == [
        ("价值50万元以上通用设备", "count", "3", "台（套）"),
        ("价值100万元以上专用设备", "count", "0", "台（套）"),
    ]


def test_threshold_where_nothing_is_counted_is_stated() -> None:
    assert facts("本单位无单价100万元以上其他国有资产。") == [
        ("单价100万元以上其他国有资产", "amount", "100", "万元")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月31日",
        "《预算法》第32条",
        "（晋市安委发〔2022〕10号）",
        "24小时值班",
        "3个月",
        "1、车辆情况：",
        "12,34万元",
        "二级",
    ],
)
def test_other_numbers_are_no_claims(text: str) -> None:
    assert facts(text) == []


def test_yuan_and_ten_thousand_yuan() -> None:
    claims = read("基本支出1,143.68万元；项目支出35834300元；人员经费0.123456789万元。")
    assert [c.amount_yuan for c in claims] == [Decimal("11436800.00"), Decimal("35834300.00"), None]


def test_wrapped_figure_stands_on_the_line_of_its_first_digit() -> None:
    claims = read("单位资金 0.00万元，占0.00%；上年结", "转55", "1.01 万", "元，占11.66", "%。")
    assert [(c.subject, str(c.value), c.line_no) for c in claims[2:]] == [
        ("上年结转", "551.01", 2),
        ("上年结转", "11.66", 4),
    ]
    assert {c.sentence for c in claims} == {
        "单位资金0.00万元，占0.00%；上年结转551.01万元，占11.66%。"
    }


def test_heading_is_no_part_of_a_sentence() -> None:
    (claim,) = read("（一）一般公共预算当年拨款规模变化情况", "一般公共预算当年拨款4,176.10万元。")
    assert claim.sentence == "一般公共预算当年拨款4,176.10万元。"


def test_sentence_ends_at_its_stop() -> None:
    assert [
        claim.sentence for claim in read("人员经费2万元。公用经费1万", "元；其中水费1元。")
    ] == ["人员经费2万元。"] + ["公用经费1万元；其中水费1元。"] * 2


def test_long_sentence_is_cut_around_the_figure() -> None:
    (claim,) = read("甲" * 5000 + "，公用经费1.00万元，" + "乙" * 5000)
    assert "公用经费1.00万元" in claim.sentence and len(claim.sentence) <= 600


def test_full_width_digits_and_grouping_comma() -> None:
    assert facts("支出预算４，７２７．１１万元，占１００％。") == [
        ("支出预算", "amount", "4727.11", "万元"),
        ("支出预算", "share", "100", "%"),
    ]


def test_emergency_bureau_2023() -> None:
    claims = claims_of_raw(BUREAU)
    printed = [c for c in claims if not c.is_implied]
    assert len(printed) == 77 and len(claims) == 79
    assert [c.claim_no for c in claims] == list(range(1, 80))
    assert Counter(c.section for c in printed) == {
        "一": 10, "二": 13, "三": 5, "四": 11, "五": 14, "六": 3, "七": 8, "八": 3, "九": 4, "十": 3, "十一": 3,
    }  # fmt: skip
    carried = next(c for c in printed if c.subject == "上年结转")
    assert (carried.value, carried.line_no) == (Decimal("551.01"), 1052)
    three_public = [c for c in printed if c.subject == "“三公”经费"]
    assert [(str(c.value), c.line_no) for c in three_public] == [("40.95", 1129), ("-11.05", 1129)]


def test_dispatch_centre_2025() -> None:
    claims = claims_of_raw(CENTRE)
    printed = [c for c in claims if not c.is_implied]
    assert len(printed) == 101
    stated = [c for c in printed if c.section == "七" and not c.in_reason]
    assert [(c.subject, str(c.value)) for c in stated] == [
        ("“三公”经费", "3.90"), ("“三公”经费", "-0.49"), ("因公出国（境）费", "0"), ("公务接待费", "0"),
        ("公务用车购置及运行费", "3.90"), ("公务用车购置及运行费", "-0.49"), ("公务用车运行维护费", "3.90"),
        ("公务用车运行维护费", "-0.49"), ("公务用车购置费", "0"),
    ]  # fmt: skip
    assert sum(c.section == "八" for c in claims) == 0
    assert [str(c.value) for c in printed if c.section == "十一"] == [
        "2",
        "3",
        "0",
        "0",
        "0",
        "0",
        "0",
        "3",
        "0",
        "0",
        "0",
        "0",
    ]
    assert {c.amount_yuan for c in printed if c.subject == "纳入绩效目标管理的二级项目"} == {
        None,
        Decimal("2400500.00"),
    }


PROSE = (
    "2025年度预算收入985.73万元，主要包括一般公共预算拨款收入828.73万元，占收入预算的84.07%；上年结转157.00万元，占15.93%。"
    "“三公”经费预算22.18万元较上年减少3.78万元，下降14.6%，主要原因是减少2批次接待；公务接待费0.00万元，与上年持平。"
    "共有公务用车编制12辆，实有8辆；价值50万元（原值）以上的通用设备0台（套）。"
)


@given(
    st.lists(st.integers(1, len(PROSE) - 1), max_size=30),
    st.lists(st.integers(1, len(PROSE) - 1), max_size=30),
)
def test_line_ends_and_spaces_may_fall_anywhere(breaks: list[int], spaces: list[int]) -> None:
    text = "".join(
        ("\n" * (i in breaks)) + (" " * (i in spaces)) + sign for i, sign in enumerate(PROSE)
    )
    lines = text.split("\n")
    claims = read(*lines)
    assert [c[3:7] for c in claims] == [c[3:7] for c in read(PROSE)]
    for claim in claims:
        if not claim.is_implied:
            assert str(abs(claim.value))[0] in lines[claim.line_no - 1]


def test_punctuation_may_be_half_width() -> None:
    half = PROSE.translate(str.maketrans("，；：（）", ",;:()"))
    assert [(c.kind, c.value) for c in read(half)] == [(c.kind, c.value) for c in read(PROSE)]


@given(
    st.lists(
        st.text(
            alphabet="1２.,，;。:()（）-%万元个上年增加减少占比与持平原因是其中基本支出以上 \t",
            max_size=60,
        ),
        max_size=6,
    )
)
def test_any_text_is_read_and_every_claim_has_its_line(lines: list[str]) -> None:
    for claim in read(*lines):
        assert 1 <= claim.line_no <= len(lines)
        assert claim.kind in ("delta", "growth") or claim.value >= 0 or "-" in "".join(lines)


@pytest.mark.parametrize(
    "sign",
    [
        "1",
        "1,",
        "1.",
        "(",
        "（",
        "增加",
        "与上年",
        "原因",
        "中心单位",
        "元",
        "1，",
        "占1%",
        "以上",
        "房屋",
    ],
)
def test_hostile_lines_end_soon(sign: str) -> None:
    with TimeLimit(30):  # a second is enough; in squared time it would be minutes
        read(sign * (400_000 // len(sign)))


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("基本支出3.90万元", "100"),
        ("基本支出240.5万元", "1000"),
        ("基本支出7元", "1"),
        ("共有公务用车2辆", "1"),
    ],
)
def test_step_is_one_unit_of_the_last_printed_place(words: str, step: str) -> None:
    assert [claim.step for claim in read(f"{words}。")] == [Decimal(step)]


def test_step_of_rates_and_of_what_is_not_printed() -> None:
    assert [c.step for c in read("基本支出1.00万元，占5.0%，比上年增长0.31%。")[1:]] == [
        Decimal("0.1"),
        Decimal("0.01"),
    ]
    assert read("公务接待费0万元，与上年持平。")[1].step == 0


@pytest.mark.parametrize(
    ("words", "wholes"),
    [
        ("公务接待费4.00万元，占“三公”经费的7.50%", ["“三公”经费"]),
        ("财政拨款支出190.00万元，占本年支出合计的95.00%", ["本年支出"]),
        ("基本支出3.00万元，占比5.00%", [""]),
        ("基本支出3.00万元，占5.00%", [""]),
        ("基本支出3.00万元，占支出总预算5.00%", ["支出总预算"]),
        ("教育支出3.00万元，占全市教育支出的5.00%", ["全市教育支出"]),
        ("货物、服务分别占政府采购支出总额的60.00%、40.00%", ["政府采购预算总额"] * 2),
        ("货物占政府采购支出总额的60.00%，服务占40.00%", ["政府采购预算总额", ""]),
        ("本年收入中，一般公共预算9.00万元，占100.00%", ["本年收入"]),
        ("支出预算9.00万元中：基本支出3.00万元，占33.33%", ["支出预算"]),
        ("在上级转移支付中，教育支出3.00万元，占5.00%", ["上级转移支付"]),
        ("其中，基本支出3.00万元，占5.00%", [""]),
    ],
)
def test_what_a_share_is_said_to_be_of(words: str, wholes: list[str]) -> None:
    assert [claim.share_of for claim in read(f"{words}。") if claim.kind == "share"] == wholes
    assert all(claim.share_of == "" for claim in read(f"{words}。") if claim.kind != "share")


def final(*lines: str) -> list[tuple[str, str, str, str, str]]:
    """Subject, kind, value, basis and what a change is from, in final accounts."""
    return [
        (c.subject, c.kind, str(c.value), c.basis, c.compared_with)
        for c in statements(FINAL_ACCOUNTS, *lines).claims
    ]


def test_budget_actual_and_completion_of_one_subject() -> None:
    assert final(
        "2034年度“三公”经费财政拨款支出年初预算为14.00万元，支出决算为9.10万元，完成预算的65.00%。"
        "其中：公务接待费支出决算为0.70万元，完成预算的35.00%。"
        "2034年度“三公”经费支出决算数比2033年度减少0.40万元，降低4.21%。"
    ) == [
        ("“三公”经费", "amount", "14.00", "budget", ""),
        ("“三公”经费", "amount", "9.10", "actual", ""),
        ("“三公”经费", "completion", "65.00", "actual", ""),
        ("公务接待费", "amount", "0.70", "actual", ""),
        ("公务接待费", "completion", "35.00", "actual", ""),
        ("“三公”经费", "delta", "-0.40", "actual", "prior_year"),
        ("“三公”经费", "growth", "-4.21", "actual", "prior_year"),
    ]


@pytest.mark.parametrize("whole", ["财政拨款支出", "专户安排的经费"])
def test_completion_is_of_the_noun_before_it_known_or_not(whole: str) -> None:
    claims = final(
        f"{whole}90.00万元，其中：基本支出50.00万元，项目支出年初预算30.00万元，决算40.00万元。2034年度{whole}完成年初预算的110.00%，"
        "其中：项目支出完成年初预算的133.33%。公务接待费预算2.00万元，支出决算1.00万元，支出完成预算的50%。"
    )
    assert [(name, value) for name, kind, value, *_ in claims if kind == "completion"] == [
        (whole, "110.00"), ("项目支出", "133.33"), ("公务接待费", "50"),
    ]  # fmt: skip


def test_a_change_from_the_budget_is_none_from_the_year_before() -> None:
    found = final(
        "基本支出250.00万元，决算数大于预算数4.00万元；项目支出9.00万元，比上年调减1.00万元。"
    )
    assert [(kind, value, compared) for _, kind, value, _, compared in found if compared] == [
        ("delta", "4.00", "budget"),
        ("delta", "-1.00", "prior_year"),
    ]


@pytest.mark.parametrize(
    ("words", "compared"),
    [
        ("比2034年“三公”经费财政拨款年初预算28.60万元减少3.24万元，下降11.33%", "budget"),
        ("比2034年“三公”经费财政拨款年初预算减少3.24万元，下降11.33%", "budget"),
        ("比2034年度“三公”经费财政拨款预算数（28.60万元）减少3.24万元", "budget"),
        ("比“三公”经费调整预算数28.60万元减少3.24万元", "budget"),
        ("与2034年“三公”经费年初预算相比，减少3.24万元", "budget"),
        ("与2034年“三公”经费年初预算持平", "budget"),
        ("比2034年预算28.60万元减少3.24万元", "budget"),
        ("比本年度预算减少3.24万元", "budget"),
        ("比2034年初预算减少3.24万元", "budget"),
        ("比2033年“三公”经费财政拨款年初预算28.60万元减少3.24万元", "prior_year"),
        ("比2033年预算减少3.24万元", "prior_year"),
        ("比2033年一般公共预算28.60万元减少3.24万元", "prior_year"),
        ("比2034年初减少3.24万元", "prior_year"),
        ("比上年公务接待费年初预算减少3.24万元", "prior_year"),
    ],
)
def test_a_comparison_with_the_budget_may_name_its_year_and_subject(
    words: str, compared: str
) -> None:
    found = final(f"2034年度“三公”经费财政拨款支出决算数25.36万元，{words}。")
    assert {c for _, kind, _, _, c in found if kind in ("delta", "growth")} == {compared}


@pytest.mark.parametrize(
    "words", ["由于2034年公务接待任务增加，增加", "用于2034年公务接待费预算增加"]
)
def test_the_year_of_a_document_is_none_that_it_is_compared_with(words: str) -> None:
    found = final(f"会议费9.00万元，比上年减少1.00万元。{words}2.00万元。")
    assert [c for *_, c in found if c] == ["prior_year"] * 2
    found = final("会议费9.00万元，比年初预算减少1.00万元。按2034年的价格减少2.00万元。")
    assert [c for *_, c in found if c] == ["budget"] * 2


def test_amounts_of_the_year_before() -> None:
    claims = read("2024年当年预算执行数为61.50万元，2025年预算安排24.50万元，上年结转3.00万元。")
    assert [(str(c.value), c.basis) for c in claims] == [
        ("61.50", "prior_year"), ("24.50", ""), ("3.00", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "教育支出（类）普通教育（款）小学教育（项）。主要用于：日常教学。年初预算为52.00万元。",
        "1.“教育支出（类）普通教育（款）小学教育（项）”52.00万元，主要用于教学。",
        "2. “教育支出-普通教育-小学教育”科目52.00万元，主要用于教学。",
    ],
)
def test_items_of_the_classification(words: str) -> None:
    (claim,) = read(words)
    assert (claim.subject, claim.item_name, claim.item_code, str(claim.value)) == (
        "小学教育", "小学教育", "2050202", "52.00",
    )  # fmt: skip


def test_an_item_belongs_to_the_class_that_is_named_above_it() -> None:
    claims = read(
        "（一）教育支出（类）", "1．普通教育（款）小学教育（项）支出5.00万元，与上年一致。"
    )
    assert [(c.subject, c.item_code, c.kind) for c in claims] == [
        ("小学教育", "2050202", "amount"), ("小学教育", "2050202", "delta"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("财政拨款收入总计9.50万元", "财政拨款收入总计"),
        ("其他资金收入预算总计9.50万元", "其他资金收入预算总计"),
        ("一般公共预算财政拨款支出9.50万元", "一般公共预算财政拨款支出"),
        ("收入、支出预算总计9.50万元", "收入、支出预算总计"),
        ("临河县水务局2034年政府性基金支出预算9.50万元", "政府性基金支出预算"),
        ("2034年全县“三公”经费总支出为9.50万元", "“三公”经费"),
        ("我县地方一般公共预算收入累计完成9.50万元", "地方一般公共预算收入"),
        ("上缴上级支出9.50万元", "上缴上级支出"),
        ("政府集中采购预算9.50万元", "政府集中采购预算"),
        ("因公出国（境）经费9.50万元", "因公出国（境）费"),
        ("公用支出9.50万元", "公用经费"),
        ("其中：财政拨款9.50万元", "财政拨款"),
        ("（1）一般公共预算收入预算9.50万元", "一般公共预算收入预算"),
    ],
)
def test_a_subject_keeps_its_qualifiers_and_nothing_else(words: str, subject: str) -> None:
    assert facts(f"{words}。") == [(subject, "amount", "9.50", "万元")]


def test_several_amounts_are_distributed_in_order() -> None:
    assert facts("基本支出、项目支出分别为5.00万元、3.00万元。") == [
        ("基本支出", "amount", "5.00", "万元"),
        ("项目支出", "amount", "3.00", "万元"),
    ]


def test_the_change_of_the_whole_after_its_parts_is_the_whole_s() -> None:
    assert facts(
        "2041年收入预算310.00万元，其中：一般公共预算拨款300.00万元，其他收入10.00万元；收入较去年增加15.00万元，增长5.08%。",
    )[3:] == [("预算收入", "delta", "15.00", "万元"), ("预算收入", "growth", "5.08", "%")]
    assert facts(
        "“三公”经费预算为9.50万元。其中：公务接待费1.50万元。同口径比2040年减少0.50万元。"
    )[2:] == [("“三公”经费", "delta", "-0.50", "万元")]


def test_the_year_s_revenue_behind_a_list_is_its_whole() -> None:
    listed = [
        "（一）收入总计50.00万元，包括：",
        "1.事业收入45.00万元，占收入总计的90%。",
        "2.上年结转和结余5.00万元，其中：",
        "（1）基本支出结转5.00万元。",
        "与上年相比，今年收入减少10.00万元，降低16.67%，主要原因：项目减少。",
        "（二）支出总计50.00万元，包括：",
        "1.基本支出48.00万元。",
        "2.上缴上级支出2.00万元。",
        "与上年相比，今年支出减少10.00万元，降低16.67%。",
    ]
    assert [(c.subject, c.kind) for c in read(*listed) if c.kind in ("delta", "growth")] == [
        ("收入总计", "delta"), ("收入总计", "growth"), ("支出总计", "delta"), ("支出总计", "growth"),
    ]  # fmt: skip
    unknown = read("全部收入50.00万元，包括：", *listed[1:3], "与上年相比，全年收入减少10.00万元。")
    assert (unknown[-1].subject, unknown[-1].kind) == ("收入", "delta")


def test_the_year_s_spending_on_no_list_is_that_of_the_expense() -> None:
    lines = [
        "“三公”经费按规定使用，说明如下：",
        "1.公务接待费2.00万元。",
        "与上年相比，今年支出减少1.00万元。",
    ]
    assert read(*lines)[-1].subject == "公务接待费"
    behind = [
        "支出总计9.00万元，包括：",
        "1.基本支出9.00万元。",
        "2.公务接待费",
        "今年支出减少1.00万元。",
    ]
    assert read(*behind)[-1].subject == "公务接待费"


def test_the_change_of_the_only_part_is_the_part_s() -> None:
    assert facts(
        "收入预算9.00万元，其中：财政拨款收入8.00万元，比上年减少1.00万元；事业收入1.00万元。"
    )[2] == ("财政拨款收入", "delta", "-1.00", "万元")


@pytest.mark.parametrize(
    "words",
    [
        "其中：公务接待费0.40万元。公务接待费较预算减少0.10万元；较上年度减少0.20万元，降低20.00%。",
        "其中：公务接待费0.40万元，较预算减少0.10万元；较2033年执行数减少0.20万元，降低20.00%。",
        "其中公务接待费0.40万元较预算减少0.10万元；与上年相比，略有减少0.20万元，降低20.00%。",
        "其中：公务接待费0.40万元，与预算持平；比上年0.60万元减少0.20万元，降低20.00%。",
    ],
)
def test_a_second_comparison_behind_a_semicolon_is_about_the_same(words: str) -> None:
    found = final(f"“三公”经费7.90万元。{words}")
    assert {subject for subject, *_ in found[1:]} == {"公务接待费"}
    assert [(kind, value) for _, kind, value, *_ in found[-2:]] == [
        ("delta", "-0.20"), ("growth", "-20.00"),
    ]  # fmt: skip


def test_a_comparison_behind_a_semicolon_may_be_no_second_one_or_name_its_subject() -> None:
    parts = "“三公”经费7.90万元，其中：公务用车购置费7.50万元，公务接待费0.40万元"
    assert final(f"{parts}；较上年减少0.10万元。")[-1][0] == "“三公”经费"
    assert final(f"{parts}较预算减少0.20万元；比上年共减少0.10万元。")[-1][0] == "“三公”经费"
    for subject in ("会议费", "差旅费"):
        text = f"{parts}，较预算减少0.10万元；比上年，{subject}减少0.10万元；较预算减少0.30万元。"
        assert [s for s, *_ in final(text)[-3:]] == ["“三公”经费", subject, subject]


def test_a_comparison_in_the_next_sentence_is_about_the_subject_named_in_the_one_before() -> None:
    found = final(
        "“三公”经费7.90万元。其中：公务接待费0.40万元。公务接待费较预算减少0.10万元。较上年减少0.20万元。"
    )
    assert found[-1] == ("公务接待费", "delta", "-0.20", "actual", "prior_year")


def test_figures_in_words() -> None:
    assert facts(
        "培训费3.50万元，比上年减少百分之十二。政府采购预算120.00万元，较上年翻一番。固定资产四点一八亿元。共有两辆公务用车。"
        "其他收入较上年增长1.1倍。项目总预算70.00万，合计70.00万。"
    ) == [
        ("培训费", "amount", "3.50", "万元"),
        ("培训费", "growth", "-12", "%"),
        ("政府采购预算总额", "amount", "120.00", "万元"),
        ("政府采购预算总额", "growth", "100", "%"),
        ("固定资产", "amount", "4.18", "亿元"),
        ("公务用车", "count", "2", "辆"),
        ("其他收入", "growth", "1.1", "倍"),
        ("项目总预算", "amount", "70.00", "万元"),
        ("项目总预算", "amount", "70.00", "万元"),
    ]


def test_traditional_characters() -> None:
    assert facts("“三公”經費預算9.50萬元，比上年減少0.50萬元。") == [
        ("“三公”经费", "amount", "9.50", "万元"),
        ("“三公”经费", "delta", "-0.50", "万元"),
    ]


def test_what_no_claim_holds_is_listed_with_its_line() -> None:
    found = statements(
        BUDGET, "会议费控制在3至5万元之间。", "机关运行经费增长近一成。", "公用经费12,34万元。",
        "机关运行经费比上年减少一半。", "公用经费下降了约三分之一。", "全年举办培训1期、讲座12场。",
    )  # fmt: skip
    assert found.claims == []
    assert [(unread.line_no, unread.figures) for unread in found.unread] == [
        (1, ["5万元"]), (2, ["增长近一成"]), (3, ["12,34万元"]), (4, ["减少一半"]), (5, ["下降了约三分之一"]),
        (6, ["1期", "12场"]),
    ]  # fmt: skip


def test_an_ordinal_or_a_date_is_no_figure() -> None:
    found = statements(BUDGET, "第1期工程自2024年7月起，2024年第3场，执行2024年1号文件，公平米面。")
    assert (found.claims, list(found.unread)) == ([], [])


def test_what_stands_in_brackets_changes_nothing_of_what_is_spoken_of() -> None:
    assert facts("基本支出9.00万元（上年安排预留资金1.00万元），增长5%。") == [
        ("基本支出", "amount", "9.00", "万元"),
        ("上年安排预留资金", "amount", "1.00", "万元"),
        ("基本支出", "growth", "5", "%"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["因公出国（境）费用：2025年安排预算8万元。"],
        ["1.因公出国（境）费。2025年预算数8万元。"],
        ["（一）因公出国（境）费", "2025年预算安排8万元。"],
        ["因公出国（境）费2025年预算数8万元。"],
        ["一般公共预算财政拨款安排的因公出国（境）支出预算8万元。"],
    ],
)
def test_a_subject_may_stand_before_its_year_or_as_a_label(lines: list[str]) -> None:
    assert facts(*lines) == [("因公出国（境）费", "amount", "8", "万元")]


@pytest.mark.parametrize(
    ("words", "subject", "code"),
    [
        ("行政运行（2010101）：支出决算为5万元。", "行政运行", "2010101"),
        ("2080505养老保险缴费支出：支出决算数5万元。", "养老保险缴费支出", "2080505"),
        ("农林水支出（213）农业农村（01）事业运行（04）：支出决算为5万元。", "事业运行", "2130104"),
        ("“两庭”建设（项）支出决算为5万元。", "“两庭”建设", "2040506"),
        ("职业教育支出5万元。", "职业教育支出", None),
    ],
)
def test_codes_of_items(words: str, subject: str, code: str | None) -> None:
    (claim,) = statements(FINAL_ACCOUNTS, words).claims
    assert (claim.subject, claim.item_code, str(claim.value)) == (subject, code, "5")


def test_an_explanation_ends_where_something_is_stated_again() -> None:
    claims = read(
        "公务接待费3万元，主要原因是减少接待，比上年增加0.5万元，增长20%，主要原因是招商增多。"
        "基本支出增加5万元，主要原因是增资；政府性基金收支预算增加600万元。"
    )
    assert [(c.subject, c.kind, c.reason, c.in_reason) for c in claims] == [
        ("公务接待费", "amount", "减少接待", False),
        ("公务接待费", "delta", "招商增多", False),
        ("公务接待费", "growth", "招商增多", False),
        ("基本支出", "delta", "增资", False),
        ("政府性基金收支预算", "delta", None, False),
    ]


def test_a_change_is_about_its_own_noun_known_or_not() -> None:
    assert facts("资产总额增加35万元，其中固定资产增加26万元；差旅费比上年减少12.3万元。") == [
        ("资产总额", "delta", "35", "万元"),
        ("固定资产", "delta", "26", "万元"),
        ("差旅费", "delta", "-12.3", "万元"),
    ]


def test_a_part_of_the_budget_that_was_spent_gives_the_budget_too() -> None:
    assert final("“三公”经费支出决算32万元，完成全年预算46万元的69.9%。") == [
        ("“三公”经费", "amount", "32", "actual", ""),
        ("“三公”经费", "amount", "46", "budget", ""),
        ("“三公”经费", "completion", "69.9", "actual", ""),
    ]


@pytest.mark.parametrize(
    "words", ["比2033年480万元增加20万元", "由2033年的480万元增加到2034年的500万元"]
)
def test_what_is_compared_with_may_stand_in_the_comparison(words: str) -> None:
    found = final(f"支出总计500万元，{words}。")
    assert ("支出总计", "amount", "480", "prior_year", "") in found


def test_a_bound_is_no_change() -> None:
    assert facts("授予中小企业合同金额占比不低于60%，预留份额不超过5%。") == [
        ("授予中小企业合同金额", "share", "60", "%"), ("预留份额", "share", "5", "%"),
    ]  # fmt: skip


def test_a_change_printed_both_ways_keeps_its_sign() -> None:
    assert [str(c.value) for c in read("收入预算10万元，增加（减少）-0.50万元，减少（增加）0.20万元。")] == [
        "10", "-0.50", "-0.20",
    ]  # fmt: skip


def test_comparisons_in_brackets_are_about_what_stands_there() -> None:
    claims = read("公务用车购置及运行费6万元（公务用车购置费0万元，与上年持平），比上年减少1万元。")
    assert [(c.subject, c.kind, str(c.value)) for c in claims] == [
        ("公务用车购置及运行费", "amount", "6"),
        ("公务用车购置费", "amount", "0"),
        ("公务用车购置费", "delta", "0"),
        ("公务用车购置及运行费", "delta", "-1"),
    ]


def test_names_are_parted_only_as_often_as_there_are_figures() -> None:
    assert facts("商品和服务支出、对个人和家庭的补助分别为10万元、20万元。") == [
        ("商品和服务支出", "amount", "10", "万元"), ("对个人和家庭的补助", "amount", "20", "万元"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["年末结转和结余", "年初财政拨款结转和结余", "无形资产", "资产总额", "一般公共预算支出"]
)
def test_words_that_are_part_of_a_name_stay(name: str) -> None:
    assert facts(f"{name}5.00万元。") == [(name, "amount", "5.00", "万元")]


def test_a_count_within_a_name_is_no_head_of_the_statement() -> None:
    assert facts("2家事业单位的机关运行经费预算100万元，比上年增加5万元。")[1:] == [
        ("机关运行经费", "amount", "100", "万元"), ("机关运行经费", "delta", "5", "万元"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "subject", "code"),
    [
        ("2050101-行政运行386.20万元。", "行政运行", "2050101"),
        ("2.农林水支出（213）280.15万元。", "农林水支出", "213"),
        ("农林水支出（213类）水利（03款）行政运行（01项）：决算数600万元。", "行政运行", "2130301"),
        ("1.“公共安全支出”科目20万元，主要用于办案。", "公共安全支出", "204"),
        ("教育支出—普通教育—高中教育决算为30万元。", "高中教育", "2050204"),
        ("“教育支出(类)-普通教育（款）-高中教育（项）”2031年度预算30万元。", "高中教育", "2050204"),
    ],
)
def test_items_may_be_printed_in_many_ways(words: str, subject: str, code: str) -> None:
    (claim,) = read_claims(
        FINAL_ACCOUNTS, [Passage("general_public", "五", "", (Line(1, words, words),))]
    ).claims
    assert (claim.subject, claim.item_code) == (subject, code)


def test_an_item_without_any_name_is_none() -> None:
    (claim, *_) = final("“（类）-（款）-（项）”科目决算为30万元。")
    assert claim[1:3] == ("amount", "30")


def test_a_comparison_may_print_what_it_compares_with() -> None:
    assert final("公务接待费决算数0.60万元，比年初预算6.00万元减少5.40万元。") == [
        ("公务接待费", "amount", "0.60", "actual", ""),
        ("公务接待费", "amount", "6.00", "budget", ""),
        ("公务接待费", "delta", "-5.40", "actual", "budget"),
    ]


def test_two_comparisons_without_figures_are_two() -> None:
    assert [c[4] for c in final("公务接待费0.60万元，决算数与预算数一致，与上年持平。")] == [
        "", "budget", "prior_year",
    ]  # fmt: skip


def test_shares_and_rates_are_distributed_in_order_too() -> None:
    assert facts(
        "基本支出、项目支出分别为64万元、36万元，分别占支出合计的64.00%、36.00%，分别较上年增长5.2%、3.1%。"
    )[2:] == [
        ("基本支出", "share", "64.00", "%"), ("项目支出", "share", "36.00", "%"),
        ("基本支出", "growth", "5.2", "%"), ("项目支出", "growth", "3.1", "%"),
    ]  # fmt: skip


def test_a_line_may_begin_with_the_subject_of_its_figures() -> None:
    assert facts("“三公”经费预算30万元。", "公务接待费：2025年安排预算22.20万元。")[1] == (
        "公务接待费", "amount", "22.20", "万元",
    )  # fmt: skip


def test_a_sum_is_none_of_its_parts() -> None:
    assert facts("差旅费16万元，培训费4万元，合计20万元。")[2] == ("合计", "amount", "20", "万元")


def test_other_words_for_spending_name_no_other_subject() -> None:
    assert facts("公务接待费2.30万元。费用支出比上年减少2.70万元。")[1] == (
        "公务接待费", "delta", "-2.70", "万元",
    )  # fmt: skip


def test_money_is_of_the_expense_not_of_what_was_counted_for_it() -> None:
    assert facts("（一）因公出国（境）费", "因公出国（境）团组0个，0人次，预算为5万元。")[2] == (
        "因公出国（境）费", "amount", "5", "万元",
    )  # fmt: skip
    assert facts("编报绩效目标的项目25个，涉及项目预算资金11.60万元。")[1] == (
        "编报绩效目标的项目", "amount", "11.60", "万元",
    )  # fmt: skip


def test_what_a_score_is_of_goes_on_being_spoken_of() -> None:
    assert [c[:2] for c in final("“营养改善”项目自评得分为96分，预算数为180万元，完成预算的83.3%。")] == [
        ("“营养改善”项目自评得分", "count"), ("“营养改善”项目", "amount"), ("“营养改善”项目", "completion"),
    ]  # fmt: skip


def test_the_comparison_that_is_named_is_explained() -> None:
    claims = statements(
        FINAL_ACCOUNTS,
        "公务接待费8万元，完成预算80%，较上年减少1万元。决算数小于预算数的主要原因是厉行节约。",
    ).claims
    assert [(c.kind, c.reason) for c in claims] == [
        ("amount", None), ("completion", "厉行节约"), ("delta", None),
    ]  # fmt: skip


def test_what_something_is_made_of_is_no_explanation() -> None:
    assert facts("共有车辆5辆，其中其他用车主要是业务用车；单价50万元以上通用设备3台（套）。")[1] == (
        "单价50万元以上通用设备", "count", "3", "台（套）",
    )  # fmt: skip


def test_nouns_stand_behind_their_counts() -> None:
    assert [name for name, *_ in facts("下属1家机关和3家参公事业单位，共1个行政单位、2个参公单位。")] == [
        "机关", "参公事业单位", "行政单位", "参公单位",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["其中：", "其中，", "其中"])
def test_the_change_of_the_only_part_is_its_own_however_it_is_introduced(words: str) -> None:
    found = facts(f"本年收入500万元，{words}一般公共预算拨款收入400万元，比上年增加30万元。")
    assert found[2][:3] == ("一般公共预算拨款收入", "delta", "30")


def test_what_a_change_is_from_may_be_printed_after_the_parts() -> None:
    assert facts("培训费预算数20万元，其中：师资费5万元，资料费15万元，比2024年预算数21万元减少1万元。")[3:] == [
        ("培训费", "amount", "21", "万元"), ("培训费", "delta", "-1", "万元"),
    ]  # fmt: skip


@pytest.mark.parametrize("of", ["的", "财政拨款的"])
def test_counts_before_an_expense_are_no_head_of_its_statement(of: str) -> None:
    assert facts(
        f"2家行政单位和3家事业单位{of}机关运行经费财政拨款预算16万元，比上年减少1万元。"
    ) == [
        ("行政单位", "count", "2", "家"),
        ("事业单位", "count", "3", "家"),
        ("机关运行经费", "amount", "16", "万元"),
        ("机关运行经费", "delta", "-1", "万元"),
    ]


@pytest.mark.parametrize("words", ["，价值186万元", "，186万元", "、账面原值186万元"])
def test_value_of_what_was_counted(words: str) -> None:
    assert facts(f"固定资产总额621万元，其中：车辆9台{words}。")[2] == (
        "车辆", "amount", "186", "万元",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("单位价值50万元以上的通用设备2台（套）", "单位价值50万元以上通用设备"),
        ("其中200万元以上的重点项目6个", "200万元以上重点项目"),
        ("本年度实行绩效管理的项目9个", "实行绩效管理的项目"),
        ("拟召开3次会议", "会议"),
        ("全年使用一般公共预算财政拨款安排因公出国（境）团组2个", "因公出国(境)团组"),
        ("共接待国内来访团组35个", "国内来访团组"),
    ],
)
def test_what_is_counted(words: str, subject: str) -> None:
    (claim,) = read(f"{words}。")
    assert (claim.subject, claim.kind) == (subject, "count")


def test_a_share_of_a_whole_that_is_printed_with_its_figure() -> None:
    assert facts("填报绩效目标的项目36个，占本部门全部预算项目40个的90%。") == [
        ("填报绩效目标的项目", "count", "36", "个"),
        ("全部预算项目", "count", "40", "个"),
        ("填报绩效目标的项目", "share", "90", "%"),
    ]


def test_equal_to_the_budget_is_a_comparison_without_a_figure() -> None:
    assert final("公务接待费支出决算2万元，决算数等于年初预算数。")[1] == (
        "公务接待费", "delta", "0", "actual", "budget",
    )  # fmt: skip


def test_subjects_that_end_as_what_leads_to_a_figure() -> None:
    assert facts("（一）基本支出：2025年年初预算数5万元。")[0][0] == "基本支出"
    assert facts("机关运行经费当年一般公共预算拨款69万元。")[0][0] == "机关运行经费"
    assert final("团组2个。因公出国（境）支出决算与2033年持平。")[1][0] == "因公出国（境）费"


def test_an_explanation_of_a_part_is_none_of_the_whole() -> None:
    claims = read(
        "“三公”经费比上年减少3万元，其中：公务接待费减少2万元，主要原因是厉行节约；会议费减少1万元。"
    )
    assert [(c.subject, c.reason) for c in claims] == [
        ("“三公”经费", None), ("公务接待费", "厉行节约"), ("会议费", None),
    ]  # fmt: skip


def test_a_change_of_a_number_is_about_no_money() -> None:
    claims = read("就业补助48万元，比上年减少2万元，主要原因是岗位人数减少35人。")
    assert [(c.subject, c.unit) for c in claims] == [
        ("就业补助", "万元"), ("就业补助", "万元"), ("岗位人数", "人"),
    ]  # fmt: skip


def test_an_explanation_ends_where_the_next_line_states_an_amount() -> None:
    claims = read(
        "一般公共预算48万元，占96%，比上年增加3万元，主要原因是项目增加；",
        "政府性基金预算2万元，占4%。",
    )
    assert [(c.subject, c.reason, c.in_reason) for c in claims[2:]] == [
        ("一般公共预算", "项目增加", False),
        ("政府性基金预算", None, False),
        ("政府性基金预算", None, False),
    ]


def test_a_rate_of_the_budget_as_adjusted_is_one_of_completion() -> None:
    assert final(
        "会议费支出预算20万元，支出决算16万元，完成调整后预算的80%，比调整后预算减少4万元。"
    ) == [
        ("会议费", "amount", "20", "budget", ""),
        ("会议费", "amount", "16", "actual", ""),
        ("会议费", "completion", "80", "actual", ""),
        ("会议费", "delta", "-4", "actual", "budget"),
    ]


def test_parts_in_brackets_end_with_their_bracket() -> None:
    assert facts(
        "机关运行经费9万元（其中：一般公共预算支出8万元；政府性基金预算支出1万元）。与上年相比，减少2万元。"
    )[3] == ("机关运行经费", "delta", "-2", "万元")


def test_what_money_is_used_for_is_no_explanation() -> None:
    claims = read("基本支出5万元，比上年增加1万元，主要原因是增员，主要用于工资2万元。")
    assert [(c.subject, c.reason, c.in_reason) for c in claims[1:]] == [
        ("基本支出", "增员", False), ("工资", None, False),
    ]  # fmt: skip


def test_an_explanation_goes_on_with_changes_of_what_it_counts() -> None:
    claims = read("公务用车购置费25万元，比上年减少10万元，主要原因是更新车辆1辆，较上年减少1辆。")
    assert [(c.reason, c.in_reason) for c in claims[1:]] == [
        ("更新车辆1辆，较上年减少1辆", False), (None, True), (None, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("财政拨款支出决算9.50万元", "财政拨款支出"),
        ("财政拨款安排支出9.50万元", "财政拨款安排支出"),
        ("财政拨款安排支出主要用于教育支出9.50万元", "教育支出"),
        ("本级财力9.50万元", "本级财力"),
        ("公务用车购置支出预算9.50万元", "公务用车购置费"),
        ("公务用车运行支出9.50万元", "公务用车运行维护费"),
        ("（其中，一般公共预算拨款安排9.50万元）", "一般公共预算拨款"),
        ("实现资产处置收入9.50万元", "资产处置收入"),
        ("我局等单位使用财政拨款安排的出国（境）团组2个", "出国(境)团组"),
    ],
)
def test_words_before_and_after_a_subject(words: str, subject: str) -> None:
    assert [name for name, *_ in facts(f"本年支出1万元。{words}。")][1:] == [subject]


def test_a_summary_says_what_its_figures_are_about() -> None:
    found = final(
        "纳入自评的项目3个。",
        "粮食检测专项绩效自评综述：全年预算数28万元，执行数21万元，完成预算的75%。",
    )
    assert [c[:2] for c in found[1:]] == [
        ("粮食检测专项", "amount"), ("粮食检测专项", "amount"), ("粮食检测专项", "completion"),
    ]  # fmt: skip


def test_sums_and_nouns_of_what_is_counted() -> None:
    assert facts("纳入预算绩效管理的项目9个，预算金额合计19万元。保障全县1350名优抚对象。") == [
        ("纳入预算绩效管理的项目", "count", "9", "个"),
        ("纳入预算绩效管理的项目", "amount", "19", "万元"),
        ("优抚对象", "count", "1350", "名"),
    ]


def test_travel_abroad_may_be_named_without_its_expense() -> None:
    assert final("2034年度因公出国（境）预算3万元，支出决算2万元。") == [
        ("因公出国（境）费", "amount", "3", "budget", ""),
        ("因公出国（境）费", "amount", "2", "actual", ""),
    ]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("编报绩效目标的2025年度项目4个", "编报绩效目标的项目"),
        ("在其他采购项目中由中小企业成交的采购金额4万元", "其他采购项目中由中小企业成交的采购金额"),
        ("水务局（部门）支出预算4万元", "支出预算"),
        ("今年收支总计4万元", "收支总计"),
        ("在建工程4万元", "在建工程"),
    ],
)
def test_what_stands_before_a_subject_is_no_part_of_it(words: str, subject: str) -> None:
    found = statements(BUDGET._replace(unit_name="水务局"), f"{words}。").claims
    assert [claim.subject for claim in found] == [subject]


def test_one_name_may_be_distributed_to_several_figures() -> None:
    assert facts("对2个项目开展评价，涉及资金9万元，得分分别为96分、93分。")[2:] == [
        ("得分", "count", "96", "分"), ("得分", "count", "93", "分"),
    ]  # fmt: skip


def test_an_explanation_ends_where_vehicles_are_counted_that_are_kept() -> None:
    claims = read(
        "公务用车运行维护费5万元，比上年减少1万元，主要原因是加强管理，公务用车保有量11辆。"
    )
    assert [(c.subject, c.reason, c.in_reason) for c in claims[1:]] == [
        ("公务用车运行维护费", "加强管理", False), ("公务用车保有量", None, False),
    ]  # fmt: skip


def test_a_share_without_a_whole_is_that_of_what_was_counted() -> None:
    assert facts("涉及资金9万元。自评为“优”的项目8个，占比80%；自评为“良”的项目2个，占比20%。")[2::2] == [
        ("自评为“优”的项目", "share", "80", "%"), ("自评为“良”的项目", "share", "20", "%"),
    ]  # fmt: skip


def test_an_explanation_names_what_changed() -> None:
    claims = read(
        "基本支出9万元，比上年增加3万元，主要原因：一是教师补贴提标增加2万元；二是校舍改造增加1万元；三是相应增加1万元。"
    )
    assert [c.subject for c in claims[2:]] == ["教师补贴提标", "校舍改造", "基本支出"]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("上年预算数为4万元", "本年支出"),
        ("收入总计、支出总计均为4万元", "收入总计、支出总计"),
        ("对17个项目设定了绩效目标", "项目"),
        ("预计全年培训4批次", "培训"),
    ],
)
def test_words_that_name_no_other_subject(words: str, subject: str) -> None:
    assert facts(f"本年支出9万元。{words}。")[1][0] == subject


def test_an_explanation_ends_where_an_amount_is_compared_itself() -> None:
    claims = read(
        "本年支出9万元，比上年增加3万元，主要原因是救助增加；专户结余4万元，较2024年增加1万元。"
    )
    assert [(c.subject, c.reason, c.in_reason) for c in claims[1:]] == [
        ("本年支出", "救助增加", False),
        ("专户结余", None, False),
        ("专户结余", None, False),
    ]


def test_names_of_what_is_counted_end_before_what_is_done_with_it() -> None:
    assert [name for name, *_ in facts("1家行政单位以及2家参照管理的事业单位的机关运行经费预算9万元。")] == [
        "行政单位", "参照管理的事业单位", "机关运行经费",
    ]  # fmt: skip
    assert facts("对二级项目6个全面开展绩效自评，涉及资金4万元。")[0][0] == "二级项目"


def test_what_money_was_taken_from() -> None:
    claims = read("培训费4万元，比上年增加1万元，主要原因是从会议费预算中核减1万元。")
    assert [c.subject for c in claims] == ["培训费", "培训费", "会议费"]


@pytest.mark.parametrize(
    "unit_name", ["江川省青溪县人民法院", "青溪县人民法院", "江川省南岭市青溪县人民法院"]
)
def test_texts_leave_out_the_larger_places_of_their_unit(unit_name: str) -> None:
    (claim,) = statements(
        BUDGET._replace(unit_name=unit_name), "青溪县人民法院安排项目支出9万元。"
    ).claims
    assert claim.subject == "项目支出"


def test_shares_in_order_may_be_those_of_the_amounts_before() -> None:
    for words in ("分别占", "三者占比分别为"):
        assert facts(f"工资福利支出6万元、差旅费3万元，资本性支出1万元，{words}60%、30%和10%。")[3:] == [
            ("工资福利支出", "share", "60", "%"), ("差旅费", "share", "30", "%"),
            ("资本性支出", "share", "10", "%"),
        ]  # fmt: skip


def test_what_only_leads_to_a_count_names_no_other_subject() -> None:
    assert facts("外事接待6批次，累计接待38人次。补助项目9万元，惠及318人。")[1::2] == [
        ("外事接待", "count", "38", "人次"), ("补助项目", "count", "318", "人"),
    ]  # fmt: skip


def test_the_change_of_a_part_that_is_named_again_is_its_own() -> None:
    assert facts(
        "公务用车购置及运行费9万元，其中：公务用车运行维护费9万元，其中：燃料费5万元。公务用车运行维护费2025年预算数比2024年预算数减少2万元。"
    )[3] == ("公务用车运行维护费", "delta", "-2", "万元")


def test_money_that_a_count_involves_is_its_own() -> None:
    assert facts("绩效目标管理的项目涉及预算9万元。其中：运转类项目2个，涉及预算4万元。")[2] == (
        "运转类项目", "amount", "4", "万元",
    )  # fmt: skip


def test_what_a_heading_names_is_what_figures_without_a_name_are_about() -> None:
    assert facts(
        "1.“智慧平台”项目。",
        "（1）项目概述。建设内容包括6个模块。",
        "（2）年度预算安排。2025年安排126万元，其中硬件采购86万元。",
    )[1:] == [("“智慧平台”项目", "amount", "126", "万元"), ("硬件采购", "amount", "86", "万元")]


def test_labels_part_lines_without_stops() -> None:
    assert facts("项目名称：草原通道维护", "预算安排规模：180万元")[0][0] == "预算安排规模"


def test_counts_and_means_from_one_to_another() -> None:
    assert facts("监测站点由12个增加到18个。助学金由人均500元提高到人均700元。") == [
        ("监测站点", "count", "12", "个"), ("监测站点", "count", "18", "个"),
        ("助学金人均", "amount", "500", "元"), ("助学金人均", "amount", "700", "元"),
    ]  # fmt: skip


def test_an_amount_behind_a_share_is_of_the_same() -> None:
    assert facts("总收入9万元。其中：其他收入占比3%，金额为0.27万元。")[2] == (
        "其他收入", "amount", "0.27", "万元",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("所属二级机构“三公”经费预算数9万元", "“三公”经费"),
        ("一般公共预算拨款“三公”经费预算9万元", "“三公”经费"),
        ("机关运行经费一般公共预算拨款安排的支出9万元", "机关运行经费"),
        ("本年度收入、支出总计均为9万元", "收入支出总计"),
        ("外事接待费支出9万元", "外事接待费"),
        ("公务用车购置预算支出9万元", "公务用车购置费"),
        ("其他支出（上缴上级支出、对附属单位补助支出）9万元", "其他支出"),
        ("具体是国内接待费9万元", "国内接待费"),
        ("保障机关、下属单位正常运转的日常支出9万元", "日常支出"),
        ("办公费、办公设备购置等公用经费9万元", "公用经费"),
        ("涉及四本预算资金合计9万元", "四本预算资金"),
        ("“公共安全支出-法院-行政运行”2025年预算9万元", "行政运行"),
        ("纳入2025年部门整体支出绩效目标的金额9万元", "纳入部门整体支出绩效目标的金额"),
        ("年中追加中央资金9万元", "中央资金"),
        ("新购森林消防车9辆", "森林消防车"),
        ("计划安排出国（境）团组9个", "出国(境)团组"),
        ("上年末固定资产金额9万元", "固定资产金额"),
        ("本年新购走航车9辆", "走航车"),
        ("同时年中下达粮食资金9万元", "粮食资金"),
        ("9个项目支出全部开展了绩效自评", "项目支出"),
        ("其中自有9平方米", "自有"),
        ("9家参公单位机关运行经费预算1万元", "参公单位"),
        ("超过100万元的项目9个", "超过100万元的项目"),
        ("拟新增配置公务用车9辆", "新增配置公务用车"),
        ("9个项目自评等级为“优”", "项目"),
        ("9个项目中", "项目"),
        ("9个项目评价得分较高", "项目"),
        ("用于公益性岗位9名人员补贴", "公益性岗位"),
        ("共占用房屋9平方米", "房屋"),
        ("公务用车购置全年预算数为9万元", "公务用车购置费"),
        ("开支一般公共预算财政拨款的公务用车保有量9辆", "公务用车保有量"),
        ("使用一般公共预算财政拨款累计因公出国（境）9人次", "因公出国(境)"),
    ],
)
def test_what_is_no_part_of_a_name(words: str, subject: str) -> None:
    assert facts(f"{words}。")[0][0] == subject


def test_a_score_of_the_project_goes_on_with_the_one_that_was_named() -> None:
    text = "“人民调解”项目绩效自评综述：项目绩效自评得分为94.6分。全年预算数为300万元。"
    for before in ("", "二级项目17个，涉及资金900万元。"):
        assert final(before + text)[-1][:2] == ("“人民调解”项目", "amount")


def test_means_are_named_by_what_they_are_of() -> None:
    assert facts(
        "公务接待费按人均150元安排，人均支出60元。会议费按照每人每天450元的标准测算，按人均不超过400元控制。"
    ) == [
        ("公务接待费人均", "amount", "150", "元"), ("公务接待费人均支出", "amount", "60", "元"),
        ("会议费每人每天", "amount", "450", "元"), ("会议费人均", "amount", "400", "元"),
    ]  # fmt: skip


def test_names_that_are_alike_may_be_those_of_two_sides() -> None:
    assert [c[:3] for c in facts(
        "财政拨款收入总计9万元、支出总计9万元。财政拨款收入总计增加2万元，财政拨款支出总计增加2万元。"
    )][2:] == [
        ("财政拨款收入总计", "delta", "2"), ("财政拨款支出总计", "delta", "2"),
    ]  # fmt: skip
    assert facts("政府性基金预算收入9万元，支出6万元。")[1][0] == "支出"


def test_a_grade_is_a_name() -> None:
    assert [name for name, *_ in facts("自评结果为“优”43个、“良”4个。")] == ["自评结果为“优”", "良"]


def test_a_province_is_left_out_also_where_no_other_place_is_named() -> None:
    (claim,) = statements(
        BUDGET._replace(unit_name="江川省青溪大学"), "青溪大学固定资产总额9万元。"
    ).claims
    assert claim.subject == "固定资产总额"


def test_money_that_went_is_none_of_what_it_explains() -> None:
    claims = read("收支总预算9万元，比上年减少2万元，主要原因是项目竣工，减少资金4万元。")
    assert [(c.subject, c.in_reason) for c in claims][2:] == [("资金", True)]


def test_rates_of_both_and_large_counts() -> None:
    assert facts("收入总预算增加2万元，增幅均为5.44%，门诊量增加4.2万人次。")[1:] == [
        ("收入总预算", "growth", "5.44", "%"), ("门诊量", "delta", "4.2", "万人次"),
    ]  # fmt: skip


def test_what_was_executed_is_of_the_budget_before_it() -> None:
    text = "“地表水监测”项目自评得分97分，全年预算9万元，执行6万元，执行率66.7%。"
    assert [c[:2] for c in final(text)[1:]] == [
        ("“地表水监测”项目", "amount"), ("“地表水监测”项目", "amount"), ("“地表水监测”项目", "completion"),
    ]  # fmt: skip


def test_of_two_years_before_an_amount_the_latter_is_its_own() -> None:
    before, change = read("公务用车运行维护费2025年预算数比2024年预算数6.80万元减少0.40万元。")
    assert (before.subject, before.basis, change.kind) == (
        "公务用车运行维护费",
        "prior_year",
        "delta",
    )


def test_items_of_the_governmental_classification_are_others() -> None:
    text = "工资福利支出（301）35.00万元；机关工资福利支出（501）21.00万元；机关商品和服务支出（502）9.00万元。"
    assert [claim.subject for claim in read(text)] == [
        "工资福利支出", "机关工资福利支出", "机关商品和服务支出",
    ]  # fmt: skip


def test_a_numbered_subject_within_a_paragraph_heads_what_follows_it() -> None:
    claims = read(
        "1.因公出国（境）经费。2025年预算安排5.00万元，与上年持平。2.公务接待费。2025年预算安排3.00万元，比上年减少1.00万元。"
        "3.公务用车购置及运行费。2025年预算安排21.00万元。"
    )
    assert [(c.subject, c.kind, c.value) for c in claims] == [
        ("因公出国（境）费", "amount", Decimal(5)), ("因公出国（境）费", "delta", Decimal(0)),
        ("公务接待费", "amount", Decimal(3)), ("公务接待费", "delta", Decimal(-1)),
        ("公务用车购置及运行费", "amount", Decimal(21)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "name", "code"),
    [
        ("教育支出（205）进修及培训（08款）培训支出（03项）", "培训支出", "2050803"),
        ("教育支出（205类）进修及培训（08款）培训支出（03项）", "培训支出", "2050803"),
        ("1.201一般公共服务支出（类）03政府办公厅（室）及相关机构事务（款）01行政运行（项）", "行政运行", "2010301"),
        ("“201一般公共服务支出”（类）“03政府办公厅（室）及相关机构事务”（款）“01行政运行”（项）", "行政运行", "2010301"),
        ("10.教育支出（类）进修及培训（款）培训支出（项）", "培训支出", "2050803"),  # by the names
    ],
)  # fmt: skip
def test_the_code_of_an_item_whose_levels_print_their_digits(
    item: str, name: str, code: str
) -> None:
    text = f"某某局2034年度部门决算\n第三部分 决算情况说明\n五、一般公共预算财政拨款支出决算情况说明\n{item}。年初预算为10.00万元。\n"
    (claim,) = parse_document(text.encode(), "d.txt").records[Claim]
    assert (claim.item_name, claim.item_code) == (name, code)


def test_parts_in_brackets_behind_an_amount_are_of_the_same_budget_or_account() -> None:
    claims = statements(
        FINAL_ACCOUNTS,
        "因公出国（境）费支出预算8.45万元（其中：一般公共预算支出8.40万元；政府性基金预算支出（含结转）0.05万元），"
        "支出决算7.90万元（其中：一般公共预算支出7.90万元），公务接待费支出决算1.00万元。",
    ).claims
    assert [(c.value, c.basis) for c in claims] == [
        (Decimal("8.45"), "budget"), (Decimal("8.40"), "budget"), (Decimal("0.05"), "budget"),
        (Decimal("7.90"), "actual"), (Decimal("7.90"), "actual"), (Decimal("1.00"), "actual"),
    ]  # fmt: skip

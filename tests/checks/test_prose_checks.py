"""The checks of the prose: each finds its fault in a real document, and finds nothing where nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jcdata.checks import claim_identities
from jcdata.errors import SpecError
from jcdata.pipeline.batches import RawFile, read_batch
from jcdata.spec_files import read_toml, spec_words
from tests.making.checkout import CENTRE, raw_text
from tests.making.failures import Failures

# name: what is printed, what is put in its place, what then fails
FAULTS = {
    "amount": ("项目支出240.5万元，占35.16%", "项目支出240.8万元，占35.16%", "prose_cell 情况说明（支出）项目支出"),
    "category": ("卫生健康支出23.35万元、", "卫生健康支出23.65万元、", "prose_cell 情况说明（财政拨款）卫生健康支出"),
    "blank_cell": ("单位资金0万元", "单位资金0.30万元", "prose_sum 情况说明（收入）预算收入＝一般公共预算拨款收入等"),
    "share": ("占64.84%", "占64.94%", "prose_share 情况说明（支出）基本支出占比"),
    "share_by_one_unit": ("占64.84%", "占64.85%", "prose_share 情况说明（支出）基本支出占比"),
    "growth": ("增加51.77万元，增长8.19%。", "增加51.77万元，增长8.29%。", "prose_growth 情况说明（一般公共预算）一般公共预算当年支出增减率"),
    "sign": ("增加51.77万元，增长8.19%。", "增加51.77万元，下降8.19%。", "prose_growth 情况说明（一般公共预算）一般公共预算当年支出增减率"),
    "change": ("比上年增加51.77万元，增长8.19%。", "比上年增加52.77万元，增长8.19%。", "prose_growth 情况说明（一般公共预算）一般公共预算当年支出增减率"),
    "year_before": (
        "总计684.04万元，其中：本年预算安排684.04万元，上年结转0万元，比上年增加51.77万元",
        "总计684.04万元，其中：本年预算安排684.04万元，上年结转0万元，比上年增加52.77万元",
        "prose_same_prior 情况说明（收支总体）预算支出总计上年数",
    ),
    "said_twice": (
        "一般公共预算当年支出684.04万元,主要用于", "一般公共预算当年支出684.34万元,主要用于",
        "prose_same_amount 情况说明（一般公共预算）一般公共预算当年支出（第2处）",
    ),
    "parts": (
        "政府采购服务预算54.90万元", "政府采购服务预算55.90万元",
        "prose_sum 情况说明（政府采购）政府采购预算总额＝政府采购货物预算＋政府采购工程预算＋政府采购服务预算",
    ),
    "parts_of_a_change": (
        "公务接待费0万元,与上年预算数相同", "公务接待费0万元,比上年减少0.30万元",
        "prose_sum 情况说明（“三公”经费）“三公”经费增减额＝因公出国（境）费＋公务接待费＋公务用车购置及运行费",
    ),
    "count": ("的二级项目2个", "的二级项目3个", "prose_count 情况说明（预算绩效）纳入绩效目标管理的二级项目个数"),
    "count_of_parts": ("其他运转类项目2个，涉及金额", "其他运转类项目3个，涉及金额", "prose_sum 情况说明（预算绩效）纳入绩效目标管理的二级项目个数＝其他运转类项目＋特定目标类项目"),
    "vehicles": ("事业单位业务用车3辆", "事业单位业务用车2辆", "prose_sum 情况说明（国有资产）公务用车实有个数＝各类用车"),
    "project_total": ("240.5万元，占35.16%", "240.5万元，占35.16%", "prose_project_total 情况说明（预算绩效）纳入绩效目标管理的二级项目"),
    "shares": ("占3.41%", "占3.91%", "prose_share_sum 情况说明（一般公共预算）一般公共预算当年支出各项占比之和"),
}  # fmt: skip
KNOWN = "project_total"  # stands in the document itself: 240.05 for 240.50


@pytest.fixture(scope="module")
def found(failures_of: Callable[[dict[str, str]], Failures]) -> Failures:
    text = raw_text(CENTRE)
    texts = {name: _replaced(text, printed, fault) for name, (printed, fault, _) in FAULTS.items()}
    truncated = _replaced(text, "占35.16%", "占35.15%")
    return failures_of(
        texts
        | {"unchanged": text, "repaired": text.replace("240.05", "240.50"), "truncated": truncated}
    )


def _replaced(text: str, printed: str, fault: str) -> str:
    assert text.count(printed) == 1
    return text.replace(printed, fault)


@pytest.mark.parametrize(("other", "found"), [("0", set()), ("1.00", {"fail"})])
def test_the_revenue_is_the_fiscal_appropriation_and_all_else(
    failures_of: Callable[[dict[str, str]], Failures], other: str, found: set[str]
) -> None:
    text = (
        "某某局2031年部门预算\n2031年部门预算编制说明\n"
        "2031年，某某局收入预算910.68万元，其中：财政拨款收入910.68万元，比2030年预算减少23.52万元；"
        f"事业收入0万元；事业单位经营收入0万元；其他收入{other}万元。\n"
    )
    sums = {
        status
        for target, status in failures_of({"some": text})["some"]
        if "收入＝财政拨款收入" in target
    }
    assert sums == found


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found(found: Failures, name: str) -> None:
    assert (FAULTS[name][2], "fail") in found[name]


@pytest.mark.parametrize("name", [name for name in FAULTS if name != KNOWN])
def test_without_the_fault_nothing_is_found(found: Failures, name: str) -> None:
    assert (FAULTS[name][2], "fail") not in found["unchanged"]


def test_repaired_amount_is_no_longer_found(found: Failures) -> None:
    assert not any(target.startswith("prose_project_total") for target, _ in found["repaired"])


def test_truncated_share_is_no_failure(found: Failures) -> None:
    assert ("prose_share 情况说明（支出）项目支出占比", "rounding") in found["truncated"]
    assert not any(
        target.startswith("prose_share 情况说明（支出）") for target, _ in found["unchanged"]
    )


def test_parts_that_differ_by_rounding_are_no_failure(found: Failures) -> None:
    assert ("prose_sum 情况说明（财政拨款）财政拨款收支总预算＝各类支出等", "rounding") in found[
        "unchanged"
    ]


def test_all_that_is_wrong_with_the_prose_is_found_and_nothing_else(found: Failures) -> None:
    assert {
        target
        for target, status in found["unchanged"]
        if status == "fail" and target.startswith("prose")
    } == {
        "prose_cell 情况说明（基本支出）人员经费",  # table 6 is empty
        "prose_cell 情况说明（基本支出）公用经费",
        "prose_project_total 情况说明（预算绩效）整体绩效目标涉及资金",
        "prose_project_total 情况说明（预算绩效）纳入绩效目标管理的二级项目",
        "prose_project_total 情况说明（预算绩效）公开项目绩效目标",
    }


@pytest.mark.parametrize(
    ("load", "broken"),
    [
        (
            "claim_cells",
            {"cells": {"一": {"预算收入总计": [{"table": "no_such_table", "item": "收入总计"}]}}},
        ),
        (
            "claim_cells",
            {
                "cells": {
                    "一": {
                        "预算收入总计": [
                            {"table": "expenditure", "side": "revenue", "item": "合计"}
                        ]
                    }
                }
            },
        ),
        (
            "claim_cells",
            {
                "cells": {
                    "一": {"预算收入总计": [{"table": "revenue", "measure": "sum", "item": "合计"}]}
                }
            },
        ),
        (
            "claim_cells",
            {"cells": {"一": {"预算收入总计": [{"table": "revenue", "itme": "合计"}]}}},
        ),
        ("claim_operands", {"performance": {"公开项目绩效目标": {"count": ["houses"]}}}),
        ("claim_operands", {"performance": {"公开项目绩效目标": {"share": ["forms"]}}}),
        (
            "claim_sums",
            {"sum": [{"section": "一", "total": "预算收入总计", "parts": [], "part": []}]},
        ),
        ("claim_bases", {"bases": {"二": [{"section": "二"}]}}),
        (
            "same_claims",
            {"same": {"上年结转": [{"section": "一", "subject": "上年结转", "kind": "amount"}]}},
        ),
    ],
)
def test_what_is_not_known_is_an_error(
    monkeypatch: pytest.MonkeyPatch, load: str, broken: dict[str, object]
) -> None:
    spec = read_toml(
        claim_identities.SPECS / claim_identities.FILE,
        {"cells", "performance", "sum", "bases", "same"},
    )
    monkeypatch.setattr(claim_identities, "_spec", lambda: spec | broken)
    with pytest.raises(SpecError):
        getattr(claim_identities, load)()


def test_every_subject_of_the_identities_is_one_that_the_reader_knows() -> None:
    known = set(spec_words("claims")["subjects"])
    cells = {cell.subject for cell in claim_identities.claim_cells()}
    same = {claim.subject for claim in claim_identities.same_claims()}
    required = {part.part for part in claim_identities.claim_sums() if part.is_required}
    assert {subject for subject in cells | same | required if not subject.startswith("*")} <= known


@pytest.mark.parametrize(
    ("printed", "extreme"),
    [
        ("占64.84%", f"占64.{'8' * 40}%"), ("占64.84%", f"占{'8' * 12}%"), ("占64.84%", f"占{'8' * 30}.5%"),
        ("增加51.77万元，增长8.19%。", f"增加{'9' * 12}.99万元，增长{'9' * 12}.99%。"),
        ("增加51.77万元，增长8.19%。", f"增加0.01万元，增长8.{'0' * 30}1%。"), ("的二级项目2个", f"的二级项目{'9' * 18}个"),
        ("公务接待费0万元", "公务接待费999999999999.99万元"),
    ],
)  # fmt: skip
def test_no_figure_is_too_much_for_the_checks(printed: str, extreme: str) -> None:
    batch = read_batch(
        [RawFile("some.txt", _replaced(raw_text(CENTRE), printed, extreme).encode())]
    )
    assert [
        t for t in batch.troubles if "fault" in t.reason
    ] == [] and "check_results" in batch.parquet

"""Amounts that an overview breaks down: what they consist of, and whether all of it is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jcdata.forms.breakdowns import Breakdown, find_breakdowns


def find(text: str, annual_total: int | None = None) -> list[Breakdown]:
    return find_breakdowns([(7, text)], None if annual_total is None else Decimal(annual_total))


@pytest.mark.parametrize(
    ("text", "label", "yuan", "parts", "is_open"),
    [
        (
            "业务费160万元，主要包括：一是办公22万元，含打印机；二是保障9万元。",
            "业务费",
            160,
            "22万元 + 9万元",
            False,
        ),
        (
            "业务费160万元，主要包括：一是办公22万元；二是保障。三是水电9万元。",
            "业务费",
            160,
            "22万元 + 9万元",
            True,
        ),
        (
            "会议经费70万元，用于支付差旅费25万元、劳务费45万元。",
            "会议经费",
            70,
            "25万元 + 45万元",
            False,
        ),
        ("体检费57万元，主要包括劳务7万元、差旅20万元。", "体检费", 57, "7万元 + 20万元", True),
        ("体检费57万元，包括劳务7万元、差旅20万元等。", "体检费", 57, "7万元 + 20万元", True),
        (
            "总金额100万元。2022年已支付19.38万元，2023年还需支付80.08万元。",
            "总金额",
            100,
            "19.38万元 + 80.08万元",
            False,
        ),
    ],
)
def test_amount_and_its_parts(text: str, label: str, yuan: int, parts: str, is_open: bool) -> None:
    (found,) = find(text)
    assert (found.label, found.yuan, found.parts_text) == (label, Decimal(yuan * 10_000), parts)
    assert (found.is_open, found.line_no) == (is_open, 7)


def test_price_that_is_shared_out() -> None:
    (found,) = find("考试费55元/人、收费分成：部6元/人、省6元/人、考试点42元/人。实操120元/次。")
    assert (found.yuan, found.parts_yuan) == (Decimal(55), Decimal(54))


@pytest.mark.parametrize(
    "text",
    [
        "需资金110万元。",
        "费用57万元，包括专家劳务费等。",
        "仓库管理费70万元；抢险经费20万元。",
        "每家3万元，包括劳务1万元。",
        "14家×1.2万元/家，合计约16.8万元。",
    ],
)
def test_what_is_not_broken_down(text: str) -> None:
    assert find(text) == []


def test_only_the_parts_of_the_amount_itself_count() -> None:
    found = find(
        "1、宣传27万元，包括：①活动10万元；②讲堂17万元。2、媒体73.5万元，包括：电视70万元、微信3.5万元。共计100.5万元。",
        1_005_000,
    )
    assert [(b.yuan, b.parts_yuan) for b in found] == [
        (Decimal(270_000),) * 2,
        (Decimal(735_000),) * 2,
    ]

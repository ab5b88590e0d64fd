from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.contacts import mask_contacts, mask_continued_contact

MOBILE = "138" + "0013" + "8000"  # in parts, so that no telephone number stands in the tree
LANDLINE = "0356" + "-" + "2227815"


@pytest.mark.parametrize(
    ("line", "secrets"),
    [
        (f"负责人： 经办人： 张小三 联系电话： {LANDLINE}", ["张小三", "2227815"]),
        ("经办人:\t李四\t联系电话:\t2227815\t\t填报日期:\t20250304", ["李四", "2227815"]),
        (f"经办人：王五六联系电话{MOBILE}", ["王五六", MOBILE]),
        ("请致电 138 0013 " + "8000 咨询", ["0013 " + "8000"]),
        (f"电话：{LANDLINE}、2227816", ["2227815", "2227816"]),
        (f"联系人：赵钱孙，手机：+86 {MOBILE}", ["赵钱孙", MOBILE]),
        ("监督电话（传真）0351" + "-12345678", ["12345678"]),
        ("服务热线400" + "-123-4567", ["123-4567"]),
        ("经办人：联系人：张三", ["张三"]),
    ],
)
def test_contact_details_are_masked_in_place(line: str, secrets: list[str]) -> None:
    masked = mask_contacts(line)
    assert len(masked) == len(line)
    for secret in secrets:
        assert secret not in masked


@pytest.mark.parametrize(
    "line",
    [
        "填报日期： 20221202181849",
        "2080505 机关事业单位基本养老保险缴费支出 77.10 77.10",
        "实施期资金总额 13,500,000,000",
        "负责人： 经办人： 联系电话： 填报日期：20230417",
        f"合计 {MOBILE}.00",
        "电话费 12.50 邮电费 3.20",
    ],
)
def test_figures_and_labels_are_not_masked(line: str) -> None:
    assert mask_contacts(line) == line


def test_contact_details_on_the_line_after_their_label_are_masked() -> None:
    assert mask_continued_contact("联系电话：", " 2227815 ") == " ******* "
    assert mask_continued_contact("经办人：", "张三") == "**"
    assert mask_continued_contact("经 办 人：：", "张三") == "**"
    assert mask_continued_contact("经办人：", "联系电话：") == "联系电话："
    assert mask_continued_contact("合计", "2227815") == "2227815"


@given(st.text(alphabet="经办人联系电话：: 0123456789-张三\t（）", max_size=60))
def test_masking_keeps_the_length_and_settles(line: str) -> None:
    masked = mask_contacts(line)
    assert len(masked) == len(line)
    assert not re.search(r"(?<![\d.,])1[3-9]\d{9}(?![\d.,])", masked)

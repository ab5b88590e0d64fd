"""Contact details in the forms in which disclosures print them, and the amounts and codes that look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.contacts import ContactMask, mask_contacts
from jcdata.pipeline.time_limit import TimeLimit

# Put together here, so that no telephone number stands in the tree.
MOBILE, OTHER = "138" + "0013" + "8000", "139" + "0013" + "9000"
LOCAL, AREA = "222" + "5555", "0356"
WIDE = MOBILE.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
IDENTITY = "110101" + "19900307" + "7758"  # with the check digit that the others give
EMAIL = "zhang.san" + "@" + "example.org"

# A line, and what must not be left of it. Lines of two rows are parted by a line end.
SECRETS = [
    ("联系电话：" + MOBILE, MOBILE),
    ("联系电话:" + MOBILE, MOBILE),
    ("联系电话 " + MOBILE, MOBILE),
    ("联系电话\t" + MOBILE, MOBILE),
    ("联系电话\t\t" + LOCAL, LOCAL),
    ("| 联系电话 | " + LOCAL + " |", LOCAL),
    ("联系电话：\n" + LOCAL, LOCAL),
    ("联系电话\n" + LOCAL, LOCAL),
    ("联系电话是" + LOCAL, LOCAL),
    ("监督电话为 " + LOCAL, LOCAL),
    ("电话（办公室）：" + LOCAL, LOCAL),
    ("电话号码：" + LOCAL, LOCAL),
    ("联 系 电 话：" + LOCAL, LOCAL),
    ("咨询电话：" + LOCAL, LOCAL),
    ("办公电话：" + LOCAL, LOCAL),
    ("固定电话：" + LOCAL, LOCAL),
    ("座机：" + LOCAL, LOCAL),
    ("传真：" + LOCAL, LOCAL),
    ("传 真：" + LOCAL, LOCAL),
    ("手机：" + MOBILE, MOBILE),
    ("手机号码：" + MOBILE, MOBILE),
    ("联系方式：" + MOBILE, MOBILE),
    ("热线：" + LOCAL, LOCAL),
    ("Tel: " + AREA + "-" + LOCAL, LOCAL),
    ("TEL：" + LOCAL, LOCAL),
    ("Fax: " + LOCAL, LOCAL),
    ("**联系电话**：" + LOCAL, LOCAL),
    ("<b>联系电话</b>：" + LOCAL, LOCAL),
    ("联系⼈电话：" + LOCAL, LOCAL),
    ("联系电话：" + LOCAL + "、" + "2225556", "2225556"),
    ("联系电话：" + LOCAL + "，" + "2225556", "2225556"),
    ("联系电话：" + MOBILE + "," + OTHER, OTHER),
    ("联系电话：" + MOBILE + "/" + OTHER, OTHER),
    ("联系电话：" + LOCAL + "转8001", "8001"),
    ("联系电话：" + AREA + "-" + LOCAL + "-8001", LOCAL),
    ("联系电话：（" + AREA + "）" + LOCAL, LOCAL),
    ("如有疑问请致电" + MOBILE, MOBILE),
    ("请拨打" + MOBILE + "。", MOBILE),
    (MOBILE + "," + OTHER, MOBILE),
    (MOBILE + "，" + OTHER, OTHER),
    ("张某 " + MOBILE[:3] + " " + MOBILE[3:7] + " " + MOBILE[7:], MOBILE[3:7]),
    (MOBILE[:3] + "-" + MOBILE[3:7] + "-" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + " " + MOBILE[3:6] + " " + MOBILE[6:], MOBILE[6:]),
    (MOBILE[:3] + "-" + MOBILE[3:6] + "-" + MOBILE[6:], MOBILE[6:]),
    (MOBILE[:4] + " " + MOBILE[4:7] + " " + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "–" + MOBILE[3:7] + "–" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "－" + MOBILE[3:7] + "－" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "\u00a0" + MOBILE[3:7] + "\u00a0" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "\u3000" + MOBILE[3:7] + "\u3000" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "\u200b" + MOBILE[3:7] + "\u200b" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "\u00ad" + MOBILE[3:7] + "\u00ad" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "\u2060" + MOBILE[3:], MOBILE[3:]),
    (MOBILE[:3] + "**" + MOBILE[3:7] + "**" + MOBILE[7:], MOBILE[7:]),
    (MOBILE[:3] + "<b>" + MOBILE[3:7] + "</b>" + MOBILE[7:], MOBILE[7:]),
    (WIDE, WIDE[3:]),
    ("电话：" + WIDE, WIDE[3:]),
    ("+86 " + MOBILE, MOBILE),
    ("+86-" + MOBILE, MOBILE),
    ("+86" + MOBILE, MOBILE),
    ("0086" + MOBILE, MOBILE),
    ("(+86)" + MOBILE, MOBILE),
    ("0" + MOBILE, MOBILE),
    (AREA + "-" + LOCAL, LOCAL),
    (AREA + "—" + LOCAL, LOCAL),
    (AREA + " " + LOCAL, LOCAL),
    (AREA + "  " + LOCAL, LOCAL),
    (AREA + LOCAL, LOCAL),
    ("（" + AREA + "）" + LOCAL, LOCAL),
    ("(" + AREA + ")" + LOCAL, LOCAL),
    ("(" + AREA + ") " + LOCAL, LOCAL),
    ("+86-356-" + LOCAL, LOCAL),
    ("010-" + "6666" + "8888", "6666"),
    ("010-" + "6666" + "-8888", "8888"),
    ("021" + "62345678", "62345678"),
    ("0351-" + "2345678" + "-801", "2345678"),
    ("服务热线400" + "-123-4567", "123-4567"),
    ("400 " + "820" + " 8820", "8820"),
    ("400" + "-8208-820", "8208"),
    ("经办人：李四", "李四"),
    ("经办人:李四", "李四"),
    ("经办人： 李四", "李四"),
    ("经办人\t李四", "李四"),
    ("经办人\t\t李四", "李四"),
    ("经办人\t李四\t联系电话\t" + LOCAL, "李四"),
    ("经办人 李四 联系电话 " + LOCAL, "李四"),
    ("| 经办人 | 李四 |", "李四"),
    ("联系人\t张三", "张三"),
    ("| 联系人： | 张三 |", "张三"),
    ("联系⼈：张三", "张三"),
    ("联系\u200b人：张三", "张三"),
    ("**经办人**：李四", "李四"),
    ("<b>联系人</b>：张三", "张三"),
    ("联系人及联系电话：张三，" + LOCAL, "张三"),
    ("联系人及联系电话：张三，" + LOCAL, LOCAL),
    ("联系人及电话：张三 " + LOCAL, "张三"),
    ("联系人/电话：张三 " + LOCAL, "张三"),
    ("经办人（签字）：李四", "李四"),
    ("经办人（签字）：\n李四", "李四"),
    ("联系人姓名：张三丰", "张三丰"),
    ("联系人：张三、李四", "李四"),
    ("联系人：张三 李四光 王五", "张三"),
    ("联系人：张 三", "张 三"),
    ("联系人：欧阳明月", "欧阳明月"),
    ("联系人\n张三", "张三"),
    ("联系人：\n张三", "张三"),
    ("填报人：王五", "王五"),
    ("填表人\t王五", "王五"),
    ("经办人：联系人：张三", "张三"),
    ("经办人：王五六联系电话" + MOBILE, "王五六"),
    ("单位\t联系人\t联系电话\n某局\t张三\t" + LOCAL, "张三"),
    ("单位\t联系人\t联系电话\n某局\t张三\t" + LOCAL, LOCAL),
    ("单位\t联系人\t联系电话\n某局\t张三\t" + LOCAL + "\n某所\t李四\t2225556", "李四"),
    ("联系人：计划生", "计划生"),
    ("联系人\t金山\t金额", "金山"),
    ("邮箱：" + EMAIL, EMAIL),
    ("请发至" + EMAIL + "。", EMAIL),
    ("身份证号：" + IDENTITY, IDENTITY),
    ("李某（" + IDENTITY + "）", IDENTITY),
    ("账号：" + "6222 0200 1234 5678", "5678"),
    ("银行账号 " + "0512001009221012345", "9221012345"),
    ("QQ：" + "1234567", "1234567"),
    ("微信号：" + "zhangsan_1", "zhangsan_1"),
]

FIGURES = [
    "填报日期： 20221202181849",
    "2080505 机关事业单位基本养老保险缴费支出 77.10 77.10",
    "实施期资金总额 13,500,000,000",
    "负责人： 经办人： 联系电话： 填报日期：20230417",
    f"合计 {MOBILE}.00",
    "电话费 12.50 邮电费 3.20",
    f"合计\t{MOBILE}\t{MOBILE}",
    f"一、一般公共预算拨款收入\t{MOBILE}\t一、一般公共服务支出\t13,800,138,000",
    f"收入合计\t{MOBILE}",
    f"合计 {MOBILE} 元",
    f"2024年安排支出{MOBILE}元，比上年增加{OTHER}元",
    f"支出{MOBILE}万元",
    "0100 12345678",
    "采购手机 120000 元，传真机 3500000 元",
    "062 2010301 行政运行 100.00 100.00",
    "001 2240101 行政运行 100.00",
    "总计\t15234567890\t15234567890",
    "移动电话 150000.00 150000.00 0.00",
    "办公电话 150000 元",
    "联系人：财政拨款",
    "联系人\t项目",
    "联系人\t经费\t支出数",
    "联系人\t单价\t数量",
    "联系人|计划数|完成数",
    "联系人\t电话\t金额",
    "联系人 电话 金 额",
    "单位\t联系人\n某局\t余额",
    "资产编号 0351" + "-12345678",
    "传真 2023-2025 年",
    "传真2023-2025年",
    "400-500-600",
    "晋财〔2024〕138号",
    "晋市办函〔2021〕5号",
    "某政发0356-" + LOCAL + "号",
    "统一社会信用代码：91140500MA0H12345X",
    "12140500012345678T",
    "项目编码 140500220240000012345",
    "2024-01-01至2024-12-31",
    "2023年1月1日—2025年12月31日",
    "30201 办公费 46.30",
    "电话机 12 台",
    "电话亭维护 3000000 元",
    "手机卡 1200000",
    "热线接通率 ≥98%",
    "联系群众活动 12 次",
    "联系方式创新项目 350.00",
    "经办人员经费 120.00",
    "办公电话费\t1234567.89\t2345678.90",
    "213 农林水支出 1234567.89 2345678.12",
    "合计 1 842.36 1 206.81",
    "单价100万元以上设备 0 台",
    "占比 12.345678 %",
    "110101199003077751",  # eighteen digits without the check digit of an identity number
    "208\t社会保障和就业支出\t3808085\t3808085",
    "0.00 0.00 13800.00 1380013.80",
    "1,234,567,890.00",
]


def masked(text: str) -> str:
    mask = ContactMask()
    return "\n".join(mask(line) for line in text.split("\n"))


def test_contact_details_are_masked_in_all_these_forms() -> None:
    left = [(text, masked(text)) for text, secret in SECRETS if secret in masked(text)]
    assert len(SECRETS) >= 106
    assert left == []


@pytest.mark.parametrize("line", FIGURES)
def test_figures_codes_and_labels_are_not_masked(line: str) -> None:
    assert masked(line) == line


def test_amounts_and_codes_are_many() -> None:
    assert len(FIGURES) >= 44


@given(
    st.text(alphabet="经办联系人电话：: 0123456789-张三李四\t|（）@.**<b>\u200b０８", max_size=60)
)
def test_masking_keeps_the_length_and_settles(line: str) -> None:
    once = mask_contacts(line)
    assert len(once) == len(line)
    assert mask_contacts(once) == once


def test_what_stands_below_a_table_s_heading_is_masked_until_the_table_ends() -> None:
    text = "联系人\t联系电话\n张三\t" + LOCAL + "\n一、说明\n张三\t" + LOCAL
    assert masked(text).split("\n")[1] == "**\t*******"
    assert masked(text).split("\n")[3] == "张三\t" + LOCAL


@pytest.mark.parametrize("part", [MOBILE + " 张 ", "联系人 ", "联系电话：" + MOBILE + "。"])
def test_a_line_of_any_length_is_masked_soon(part: str) -> None:
    with TimeLimit(30):  # a second is enough; in squared time it would be minutes
        mask_contacts(part * 40_000)

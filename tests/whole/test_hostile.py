"""Long hostile lines and damaged documents: read or refused with a reason, never an exception, no line made up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jcdata.errors import DocumentError
from jcdata.extraction.one_document import ParsedDocument, parse_document
from tests.making.checkout import BUREAU, CENTRE, RAW

FRAMES = {
    "table": ("2031年预算收支总表\n单位：万元\n收入 支出\n项目 2031年 项目 2031年合计 当年预算安排 上年结转安排\n", "\n收入总计 1.00支出总计 1.00"),
    "tabbed table": ("2031年预算支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t", "\t1.00\t1.00\t\n"),
    "form": ("某某市项目支出绩效目标申报表\n项目名称 甲\n项目概况\n", "\n一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 甲 ≥5个"),
    "indicators": ("某某市项目支出绩效目标申报表\n项目名称 甲\n一级指标 二级指标 三级指标 指标值\n", "\n负责人： 经办人："),
    "prose": ("第三部分 情况说明\n一、收支情况\n", "\n二、收入情况\n预算收入1.00万元"),
    "glossary": ("第三部分 情况说明\n一、收支情况\n甲。\n第四部分 名词解释\n一、", "：指丙。"),
    "directory": ("第三部分 情况说明\n一、收支情况\n附表：\n代码 一级目录 二级目录 三级目录 四级目录\n", "\nA 公共服务"),
}  # fmt: skip
PIECES = [" ", "\t", "1", "1.00 ", "1,", "，", "一", "一、", "（", "“", "年", "万元", "增加", "占1%", "产出指标 ", "≥", "208 ",
          "合计", "项目名称", "0356-", "电话", "|", "<p>", "**", ".", "-", "\u3000", "\n", "\n\n", "2031年预算收入总表\n"]  # fmt: skip


def lines_of(parsed: ParsedDocument) -> list[int]:
    rows = [row for rows in parsed.records.values() for row in rows]
    return [row.line_no for row in rows if hasattr(row, "line_no")]


def parse(text: str) -> None:
    try:
        parsed = parse_document(text.encode(), "some.txt")
    except DocumentError as error:
        assert error.reason.en and error.reason.zh
        return
    assert all(1 <= no <= text.count("\n") + 1 for no in lines_of(parsed))


@given(
    st.sampled_from(sorted(FRAMES)),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3),
    st.sampled_from([1, 40, 5_000]),
)
def test_long_lines_of_repeated_signs(frame: str, pieces: list[str], times: int) -> None:
    before, after = FRAMES[frame]
    parse(before + "".join(pieces) * times + after)


@settings(max_examples=60)
@given(st.sampled_from([BUREAU, CENTRE]), st.data())
def test_damaged_documents(name: str, data: st.DataObject) -> None:
    lines = (RAW / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    start = data.draw(st.integers(0, len(lines) - 1))
    part = lines[start : start + data.draw(st.integers(1, 400))]
    for _ in range(data.draw(st.integers(0, 12))):
        i = data.draw(st.integers(0, len(part) - 1))
        at = data.draw(st.integers(0, len(part[i])))
        part[i] = (
            part[i][:at]
            + data.draw(st.sampled_from(PIECES))
            + part[i][at + data.draw(st.integers(0, 3)) :]
        )
    parse("\n".join(part))

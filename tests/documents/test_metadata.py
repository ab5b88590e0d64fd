"""What a document says of itself."""

from __future__ import annotations

import pytest

from jcdata.documents.document import read_document
from jcdata.documents.metadata import describe
from jcdata.documents.sections import find_furniture, find_sections

TABLE = "2031年预算支出总表\n单位名称：某某市水务局\n科目编码 科目名称 合计 基本支出 项目支出\n合计 5.50 5.50 0.00\n"
PROSE = "第三部分 情况说明\n一、收支情况\n"


@pytest.mark.parametrize(
    ("prose", "unit"),
    [
        (
            "支出总计5.50万元，比上年增加3.10元，增加2.20元。",
            "万元",
        ),  # the others stand in no table
        (
            "支出总计5.50万元，其中项目支出0.00元，结转0.00元。",
            "万元",
        ),  # nothing is nothing in any unit
        ("项目支出0.00元。", None),
        ("支出总计7.10元。", None),
        ("支出总计5.50元，上年5.50万元，合计5.50元。", "元"),
    ],
)
def test_a_unit_that_no_table_prints_is_that_of_the_same_figures_in_the_prose(
    prose: str, unit: str | None
) -> None:
    document = read_document((TABLE + PROSE + prose).encode(), "some.txt")
    furniture = find_furniture(document)
    assert (
        describe(document, find_sections(document, furniture), furniture).record.source_unit == unit
    )

"""What was understood of each document, as every notebook begins."""

from __future__ import annotations

from collections.abc import Callable

import jcdata
from jcdata.notebook.understood import understood
from jcdata.pipeline.build import BuildResult

TABLE = (
    "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 5.50 5.50  \n201 一般公共服务支出 5.50 5.50  \n"
)


def test_each_document_and_each_file_that_is_none_is_named_with_what_could_not_be_read(
    build: Callable[..., BuildResult],
) -> None:
    broken = TABLE.replace("2031", "2032") + "202 外\ufffd支出 5.50 5.50\n" * 4
    database = build(whole=TABLE, broken=broken, empty=b"", letter="并非公开文件\n").database
    with jcdata.connect(database) as db:
        everything = understood(db)
        chosen = understood(db, year=2031)
    assert list(everything["文件"]) == ["whole", "broken", "empty.txt", "letter.txt"]
    whole, unread, *others = everything.to_dict("records")
    assert (whole["识别率"], whole["未识别"]) == ("100.0%", "0")
    assert "第7行含乱码" in unread["未能读取及说明"] and "等4处" in unread["未能读取及说明"]
    assert all(row["识别率"] == "" and row["未能读取及说明"] for row in others)
    assert chosen.to_dict("records") == [whole]
    assert jcdata.understood(database).equals(everything)

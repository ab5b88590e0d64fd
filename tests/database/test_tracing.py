"""A trace finds what stands there and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

import jcdata
from jcdata.database.tracing import find_places
from jcdata.schema import SourceLine
from tests.making import databases

TEXT = """2031年某某局部门预算
二、2031年支出预算表
单位名称：某某局
单位：万元
科目编码 科目名称 合计 基本支出 项目支出
合计 260.00 100.00 160.00
2010301 行政运行 100.00 100.00
2010302 一般行政管理事务 160.00  160.00
第三部分 2031年部门预算情况说明
2031年支出预算260.00万元，比上年增加19.68万元，增长8.19%。
其中：公务接待费比上年减少5万元，下降5%，气温最低为-5度，编号300-5。
年末资金结存1,600,000元；上年结转与上年持平；课程共12节，后续工作由信
息中心办理；收入完成100.00%。
"""


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("traced")
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text(TEXT, encoding="utf-8")
    jcdata.build(folder / "raw", folder / "jcdata.duckdb", clean=None)
    with jcdata.connect(folder / "jcdata.duckdb") as con:
        yield con


def found(db: duckdb.DuckDBPyConnection, asked: str) -> set[int]:
    """The lines in which it stands."""
    return set(jcdata.trace(db, asked)["line_no"])


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ("160.00", {6, 8, 12}),
        ("160万元", {6, 8, 12}),
        ("1,600,000元", {6, 8, 12}),
        ("１６０．０", {6, 8, 12}),
        ("8.19", {10}),
        ("8.19%", {10}),
        ("8.19％", {10}),
        ("8.19万元", set()),
        ("100.00%", {13}),
        ("12", {12}),
        ("0", set()),
        ("999999", set()),
        ("0.000000001", set()),
        ("1" + "0" * 30, set()),
        ("-5", {11}),
        ("5%", {11}),
        ("260.004", set()),
    ],
)
def test_a_figure_is_found_where_it_stands(
    db: duckdb.DuckDBPyConnection, asked: str, lines: set[int]
) -> None:
    assert found(db, asked) == lines


@pytest.mark.parametrize(
    ("asked", "lines"),
    [("行政运行", {7}), ("信息中心", {12}), ("行政", {7, 8}), ("课程", {12}), ("某某某", set()), ("%", {10, 11, 13})],
)  # fmt: skip
def test_words_are_found_also_where_a_line_breaks(
    db: duckdb.DuckDBPyConnection, asked: str, lines: set[int]
) -> None:
    assert found(db, asked) == lines


def test_a_frame_names_row_and_column_and_the_line(db: duckdb.DuckDBPyConnection) -> None:
    frame = jcdata.trace(db, Decimal("8.19"))
    assert list(frame) == ["document_id", "page_no", "line_no", "table_name", "what", "text"]
    assert list(frame["table_name"]) == ["claims"] and "value" in frame["what"][0]
    assert frame["text"][0].startswith("2031年支出预算260.00万元")
    assert set(jcdata.trace(db, 160)["table_name"]) >= {"budget_lines"}
    assert len(jcdata.trace(db, "999999")) == 0


def test_places_are_named_in_either_language(db: duckdb.DuckDBPyConnection) -> None:
    english, chinese = (find_places(db, "8.19%", language) for language in ("en", "zh"))
    assert [place.line_no for place in english] == [place.line_no for place in chinese]
    assert (english[0].table_name, english[0].what.split()[-1]) == ("claims", "value")
    assert (chinese[0].table_name, chinese[0].what.split()[-1]) == ("文字陈述", "数值")
    assert not re.search("[a-z_]{3}", " ".join(p.what for p in find_places(db, "160", "zh")))


@pytest.mark.parametrize("asked", ["", " "])
def test_nothing_is_not_found_everywhere(db: duckdb.DuckDBPyConnection, asked: str) -> None:
    with pytest.raises(jcdata.SelectionError, match="nothing to look for"):
        jcdata.trace(db, asked)


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ("1234567.5", {1, 2, 3}),
        ("1234567.50元", {1, 2}),
        ("23", {5}),
        ("230000元", set()),  # as no unit stands behind it
        ("4567", set()),  # within another figure
        ("567.5", set()),
    ],
)
def test_a_figure_is_found_however_its_digits_are_printed(
    tmp_path_factory: pytest.TempPathFactory, asked: str, lines: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("prints")
    printed = (
        "结余1,234,567.5元。",
        "结余１，２３４，５６７．５０元。",
        "编号1234567.500，第二",
        "又1,234567.5不成数",
        "共,23,,其中",
    )
    rows = [
        {"document_id": "a", "line_no": line_no, "text": text}
        for line_no, text in enumerate(printed, start=1)
    ]
    databases.write(folder / "a.duckdb", (SourceLine, databases.rows_of(SourceLine, *rows)))
    with jcdata.connect(folder / "a.duckdb") as con:
        assert {place.line_no for place in find_places(con, asked)} == lines

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import number_lines, read_document
from jcdata.documents.formats.decoding import BROKEN
from jcdata.errors import DocumentError
from tests.making.documents import document


def test_lines_are_numbered_from_one_and_a_last_line_end_adds_none() -> None:
    for content in (b"a\nb\n", b"a\r\nb\r\n", b"a\rb", b"\xef\xbb\xbfa\nb"):
        lines = read_document(content, "some.txt").lines
        assert [(line.no, line.raw) for line in lines] == [(1, "a"), (2, "b")]


def test_only_line_ends_end_a_line() -> None:
    assert [line.raw for line in number_lines("甲\x0b乙\u2028丙\x85丁")] == [
        "甲\x0b乙\u2028丙\x85丁"
    ]


def test_form_feeds_count_pages() -> None:
    assert [(line.raw, line.page_no) for line in number_lines("甲\n\f乙\n丙")] == [
        ("甲", 1),
        ("乙", 2),
        ("丙", 2),
    ]


def test_gb18030_is_read_and_said() -> None:
    read = read_document("2023年预算收支总表".encode("gb18030"), "some.txt")
    assert read.lines[0].text == "2023年预算收支总表"
    assert "GB18030" in read.notes[0].en


LINES = [
    "2023年预算收支总表",
    "单位名称：某某市应急管理局",
    "合计 1,234.56 1,234.56",
    "一般公共服务支出 0.50 0.50",
] * 30


@pytest.mark.parametrize(
    ("encoding", "broken"),
    [
        ("utf-8", b"\xff"),
        ("utf-8", b"\x80"),
        ("utf-8", b"\xe9\x80"),
        ("gb18030", b"\xff"),
        ("gb18030", b"\x80"),
    ],
)
def test_a_broken_character_costs_no_more_than_its_place(encoding: str, broken: bytes) -> None:
    data = "\n".join(LINES).encode(encoding)
    at = data.index(b"1,234.56") - 1  # behind 合计
    read = read_document(data[:at] + broken + data[at:], "some.txt")
    assert [line.text for line in read.lines if BROKEN not in line.text] == LINES[:2] + LINES[3:]
    assert read.lines[2].text.endswith(" 1,234.56 1,234.56")
    assert "broken characters, first in line 3" in read.notes[-1].en and len(read.notes) == 1 + (
        encoding == "gb18030"
    )


@given(st.lists(st.integers(0, 10_000), max_size=3), st.sampled_from(["utf-8", "gb18030"]))
def test_bytes_broken_anywhere_leave_the_other_lines(places: list[int], encoding: str) -> None:
    data = bytearray("\n".join(LINES).encode(encoding))
    ends = {i for i, byte in enumerate(data) if byte == 10}
    hit = {place % len(data) for place in places} - ends
    for place in hit:
        data[place] = 0xFF
    lines = [line.raw for line in read_document(bytes(data), "some.txt").lines]
    touched = {bytes(data[:place]).count(b"\n") for place in hit}
    assert len(lines) == len(LINES)
    assert all(line == LINES[i] for i, line in enumerate(lines) if i not in touched)


def test_broken_utf_16_is_said() -> None:
    data = "预算\n合计 1.00".encode("utf-16") + "\ud800".encode("utf-16-le", "surrogatepass")
    read = read_document(data, "some.txt")
    assert [line.text for line in read.lines] == ["预算", "合计 1.00\ufffd"]
    assert read.notes[1].en.startswith("1 broken characters, first in line 2")


def test_utf_16_is_read_and_said() -> None:
    read = read_document("2023年预算收支总表\n合计 1.00".encode("utf-16"), "some.txt")
    assert [line.text for line in read.lines] == [
        "2023年预算收支总表",
        "合计 1.00",
    ] and "UTF-16" in read.notes[0].en


@pytest.mark.parametrize(
    ("content", "reason", "line_no"),
    [
        (b"", "empty", None),
        (b" \n\t\n", "empty", None),
        (b"\x89PNG\n\x00\x01", "binary", 2),
        (b"fine\n\xff\xff\xff", "neither UTF-8 nor GB18030", 2),
    ],
)
def test_unreadable_files_say_why_and_where(
    content: bytes, reason: str, line_no: int | None
) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        read_document(content, "some.txt")
    assert caught.value.line_no == line_no


def test_layouts_are_told_apart_by_content() -> None:
    assert document("项目\t金额\t合计\n甲\t1.00\t2.00").layout == "tabbed"
    assert (
        document("| 项目 | 金额 | 合计 |\n| --- | --- | --- |\n| 甲 | 1.00 | 2.00 |").layout
        == "tabbed"
    )
    assert document("项目 金额\n甲 1.00  2.00").layout == "spaced"


def test_markdown_rows_become_cells() -> None:
    lines = document("| 科目编码 | 合计 |\n|:---|---:|\n| 208 | **1.00** |").lines
    assert [line.text for line in lines] == ["科目编码\t合计", "", "208\t1.00"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("||合计|5.00|", ["", "合计", "5.00"]),
        ("| | | 合计 | 5.00 |", ["", "", "合计", "5.00"]),
        ("|合计|5.00||", ["合计", "5.00", ""]),
        (r"|甲\|乙|5.00|", ["甲|乙", "5.00"]),
    ],
)
def test_each_markdown_cell_stays_in_its_column(row: str, cells: list[str]) -> None:
    (line,) = document(row).lines
    assert line.text.split("\t") == cells


def test_a_few_control_characters_are_left_out_and_noted() -> None:
    read = read_document("某某局部门预算\x07\n收入 1.00\x1b[31m\u202e\n".encode(), "x.txt")
    assert [line.text for line in read.lines] == ["某某局部门预算 ", "收入 1.00[31m"]
    assert (
        str(read.notes[-1])
        == "3 control characters left out, first in line 1 / 略去 3 个控制字符，首见于第 1 行"
    )


@pytest.mark.parametrize("data", ["某某局部门预算".encode() * 9 + b"\0", b"\x01\x02ab" * 9])
def test_bytes_that_are_no_text_are_binary(data: bytes) -> None:
    with pytest.raises(DocumentError, match="a binary file"):
        read_document(data, "x.txt")

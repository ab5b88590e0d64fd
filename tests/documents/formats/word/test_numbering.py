"""The numbers of lists, as Word shows them."""

from __future__ import annotations

import pytest

from jcdata.documents.formats.word.reading import read_rows
from tests.making.files import word_bytes


def level(number: int, text: str, number_format: str = "chineseCounting", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def defined(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def used(num_id: int, by: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{by}"/>{overrides}</w:num>'


def item(text: str, num_id: int | None = 1, number: int | None = 0, more: str = "") -> str:
    place = "" if number is None else f'<w:ilvl w:val="{number}"/>'
    place += "" if num_id is None else f'<w:numId w:val="{num_id}"/>'
    return f"<w:p><w:pPr><w:numPr>{place}</w:numPr>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def lines(numbering: str, *items: str, styles: str = "") -> list[str]:
    data = word_bytes("".join(items), numbering=numbering, styles=styles)
    return ["|".join(row.cells) for row in read_rows(data)[0]]


TWO_LEVELS = defined(0, level(0, "%1、"), level(1, "（%2）")) + used(1, 0)


def test_the_levels_of_a_list_begin_anew_below_the_next_item_above() -> None:
    items = [
        item("甲"),
        item("乙", number=1),
        item("丙", number=1),
        item("丁"),
        item("戊", number=1),
    ]
    assert lines(TWO_LEVELS, *items) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]


def test_text_between_items_does_not_end_a_list_and_lists_count_on_their_own() -> None:
    numbering = (
        defined(0, level(0, "%1、")) + defined(1, level(0, "第%1部分")) + used(1, 0) + used(2, 1)
    )
    plain = "<w:p><w:r><w:t>说明。</w:t></w:r></w:p>"
    found = lines(numbering, item("概况", 2), item("职责"), plain, item("机构"), item("报表", 2))
    assert found == ["第一部分 概况", "一、职责", "说明。", "二、机构", "第二部分 报表"]


def test_two_lists_of_the_same_kind_count_on_unless_one_has_its_own_start() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = defined(0, level(0, "%1、")) + used(1, 0) + used(2, 0) + used(3, 0, restart)
    items = [item("甲"), item("乙", 2), item("丙", 3), item("丁", 3), item("戊", 1)]
    assert lines(numbering, *items) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]


def test_numbers_of_several_levels_and_of_levels_that_did_not_begin() -> None:
    numbering = defined(0, level(0, "%1.", "decimal"), level(1, "%1.%2", "decimal")) + used(1, 0)
    items = [item("甲", number=1), item("乙"), item("丙", number=1)]
    assert lines(numbering, *items) == ["1.1 甲", "1. 乙", "1.1 丙"]


def test_a_level_may_go_on_counting_or_begin_anew_below_a_certain_one_only() -> None:
    for restart, last in (("0", "（三）戊"), ("1", "（一）戊")):
        numbering = (
            defined(0, level(0, "%1、"), level(1, "（%2）", more=f'<w:lvlRestart w:val="{restart}"/>'))
            + used(1, 0)
        )  # fmt: skip
        items = [
            item("甲"),
            item("乙", number=1),
            item("丙", number=1),
            item("丁"),
            item("戊", number=1),
        ]
        assert lines(numbering, *items)[-1] == last


def test_legal_numbering_writes_all_levels_in_digits() -> None:
    numbering = defined(0, level(0, "%1、"), level(1, "%1.%2", more="<w:isLgl/>")) + used(1, 0)
    assert lines(numbering, item("甲"), item("乙", number=1)) == ["一、甲", "1.1 乙"]


@pytest.mark.parametrize(
    ("number_format", "text", "shown"),
    [
        ("chineseLegalSimplified", "%1、", "壹、甲"),
        ("decimalEnclosedCircleChinese", "%1", "① 甲"),
        ("none", "附件：", "附件：甲"),
        ("bullet", "\uf0b7", "甲"),
        ("bullet", "注：", "注：甲"),
        ("decimal", "", "甲"),
    ],
)
def test_formats_of_numbers(number_format: str, text: str, shown: str) -> None:
    numbering = defined(0, level(0, text, number_format)) + used(1, 0)
    assert lines(numbering, item("甲")) == [shown]


def test_what_parts_a_number_from_its_text() -> None:
    nothing = '<w:suff w:val="nothing"/>'
    numbering = defined(0, level(0, "%1.", "decimal", nothing), level(1, "%2.", "decimal")) + used(
        1, 0
    )
    assert lines(numbering, item("甲"), item("乙", number=1)) == ["1.甲", "1. 乙"]


def test_a_format_that_older_programs_do_not_know_is_read_as_they_do() -> None:
    newer = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert lines(defined(0, newer) + used(1, 0), item("甲")) == ["01 甲"]


def style(style_id: str, num_pr: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id}">{base}<w:pPr><w:numPr>{num_pr}</w:numPr></w:pPr></w:style>'
    )  # fmt: skip


def styled(text: str, style_id: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def test_styles_number_their_paragraphs_and_those_based_on_them_do_too() -> None:
    linked = [
        level(n, text, more=f'<w:pStyle w:val="{name}"/>')
        for n, text, name in ((0, "%1、", "One"), (1, "（%2）", "Two"))
    ]
    styles = style("One", '<w:numId w:val="1"/>') + style("Two", '<w:numId w:val="1"/>')
    styles += style("Three", based_on="Two")
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    items = [
        styled("甲", "One"),
        styled("乙", "Two"),
        styled("丙", "Three"),
        styled("丁", "One", none),
        styled("戊", "One"),
    ]
    numbering = defined(0, *linked) + used(1, 0)
    expected = ["一、甲", "（一）乙", "（二）丙", "丁", "二、戊"]
    assert lines(numbering, *items, styles=styles) == expected


def test_the_default_style_numbers_paragraphs_that_name_none() -> None:
    styles = style("Normal", '<w:numId w:val="1"/>').replace("<w:style ", '<w:style w:default="1" ')
    assert lines(TWO_LEVELS, "<w:p><w:r><w:t>甲</w:t></w:r></w:p>", styles=styles) == ["一、甲"]


def test_a_list_may_have_the_levels_of_a_list_style() -> None:
    numbering = (
        defined(0, '<w:styleLink w:val="Outline"/>', level(0, "%1、"))
        + defined(1, '<w:numStyleLink w:val="Outline"/>') + used(1, 0) + used(2, 1)
    )  # fmt: skip
    assert lines(numbering, item("甲", 2), item("乙", 1)) == ["一、甲", "二、乙"]


def test_levels_that_a_list_has_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "%1）", "decimal")}</w:lvlOverride>'
    assert lines(defined(0, level(0, "%1、")) + used(1, 0, own), item("甲")) == ["1）甲"]


def test_lists_that_link_to_each_other_end() -> None:
    numbering = (
        defined(0, '<w:styleLink w:val="A"/><w:numStyleLink w:val="B"/>')
        + defined(1, '<w:styleLink w:val="B"/><w:numStyleLink w:val="A"/>') + used(1, 0)
    )  # fmt: skip
    styles = style("A", based_on="B") + style("B", based_on="A")
    assert lines(numbering, item("甲"), styled("乙", "A"), styles=styles) == ["甲", "乙"]


def test_cells_of_tables_have_numbers_also_where_they_hold_nothing_else() -> None:
    numbering = (
        defined(0, level(0, "%1", "decimal"))
        + defined(1, level(0, "%1、"))
        + used(1, 0)
        + used(2, 1)
    )
    rows = "".join(
        f"<w:tr><w:tc>{item('')}</w:tc><w:tc>{item(name, 2)}</w:tc></w:tr>"
        for name in ("收入", "支出")
    )
    assert lines(numbering, f"<w:tbl>{rows}</w:tbl>") == ["1|一、收入", "2|二、支出"]


def test_paragraphs_that_are_deleted_or_hidden_are_not_counted() -> None:
    gone = (
        item("<!-- -->", more="<w:rPr><w:del/></w:rPr>")
        .replace("<w:r>", "<w:del><w:r>")
        .replace("</w:r></w:p>", "</w:r></w:del></w:p>")
    )
    hidden = item("隐", more="<w:rPr><w:vanish/></w:rPr>").replace(
        "<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"
    )
    assert lines(TWO_LEVELS, item("甲"), gone, hidden, item("乙")) == ["一、甲", "二、乙"]


def test_a_number_that_is_hidden_is_counted() -> None:
    numbering = defined(
        0, level(0, "%1、", more="<w:rPr><w:vanish/></w:rPr>"), level(1, "%1.%2", "decimal")
    ) + used(1, 0)
    assert lines(numbering, item("甲"), item("乙"), item("丙", number=1)) == ["甲", "乙", "二.1 丙"]


def test_a_list_that_is_not_defined_numbers_nothing() -> None:
    assert lines(TWO_LEVELS, item("甲", 7), item("乙", number=8)) == ["甲", "乙"]
    assert [row.cells for row in read_rows(word_bytes(item("甲")))[0]] == [("甲",)]

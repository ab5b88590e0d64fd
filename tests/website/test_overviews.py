"""The pages over all documents: a unit is one whatever spells its name, copies count once, places are places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

import jcdata
from jcdata.pipeline.build import BuildResult
from jcdata.schema import DocumentRecord
from jcdata.website import addresses, overviews

Build = Callable[..., BuildResult]

EXPENDITURE = (
    "{year}年预算支出总表\n单位名称：{unit}\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 {amount} {amount}  \n201 一般公共服务支出 {amount} {amount}  \n"
)
BALANCE = (
    "{year}年预算收支总表\n单位名称：{unit}\n单位：万元\n收入 支出\n项目 金额 项目 金额\n"
    "一、一般公共预算拨款收入 {amount} 一、一般公共服务支出 {amount}\n收入总计 {amount} 支出总计 {amount}\n"
)


def printed(table: str, unit: str, year: int, amount: str) -> str:
    return table.format(unit=unit, year=year, amount=amount)


def page_of(site: Path, place: str) -> html.HtmlElement:
    return html.parse(str(site / place)).getroot()


def made(build: Build, tmp_path: Path, **documents: str) -> Path:
    jcdata.site(build(**documents).database, tmp_path / "site", jobs=1)
    return tmp_path / "site"


def test_a_key_figure_is_one_row_whatever_table_prints_it(build: Build, tmp_path: Path) -> None:
    site = made(
        build, tmp_path,
        a=printed(EXPENDITURE, "甲市某某局", 2030, "5.50"), b=printed(BALANCE, "甲市某某局", 2031, "6.50"),
        c=printed(EXPENDITURE, "甲市某某局", 2032, "7.50"),
    )  # fmt: skip
    page = page_of(site, addresses.unit_page("甲市某某局"))
    (row,) = page.xpath("//section/div//tbody/tr[th/span[text()='支出总计']]")
    budgets = [cell.text_content() for cell in row.xpath("td")][::2]
    assert budgets == ["5.50", "6.50", "7.50"]
    assert page.xpath("//svg/text[@class='small']/text()") == ["5.50", "6.50", "7.50"]
    assert page.xpath("//svg/text[@y='185']/text()") == ["2030", "2031", "2032"]


def test_each_spelling_of_a_unit_has_all_its_years(build: Build, tmp_path: Path) -> None:
    names = ("甲市委某某部", "中共甲市委某某部")
    site = made(
        build, tmp_path,
        a=printed(EXPENDITURE, names[0], 2030, "5.50"), b=printed(EXPENDITURE, names[1], 2031, "6.50"),
    )  # fmt: skip
    for name in names:
        page = page_of(site, addresses.unit_page(name))
        assert page.xpath("//*[@class='nothing']") == []
        assert page.xpath("//svg/text[@class='small']/text()") == ["5.50", "6.50"]


def test_what_a_copy_prints_counts_once(build: Build, tmp_path: Path) -> None:
    own = printed(EXPENDITURE, "甲市某某局", 2031, "5.50")
    other = printed(EXPENDITURE, "甲市某某中心", 2031, "7.50")
    site = made(build, tmp_path, a=own, b=own + "（副本）\n", c=other)
    (row,) = page_of(site, addresses.code_page("201")).xpath(
        "//h2[@id='years']/following::tbody[1]/tr"
    )
    assert [cell.text_content() for cell in row.xpath("td")][1:] == ["2", "6.50"]
    (code,) = page_of(site, "codes/index.html").xpath("//tbody/tr[th/a[text()='201']]")
    assert code.xpath("td")[-1].text == "2"


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("甲省乙市丙县某某局", "甲省乙市丙县"),
        ("甲自治区乙盟丙旗某某局", "甲自治区乙盟丙旗"),
        ("甲省乙自治州丙自治县某某局", "甲省乙自治州丙自治县"),
        ("甲市乙区某某局", "甲市乙区"),
        ("甲市城区某某局", "甲市城区"),
        ("甲市社区服务中心", "甲市"),
        ("甲市园区建设中心", "甲市"),
        ("民盟甲市委员会", "甲市"),
        ("中国民主同盟甲市委员会", "甲市"),
        ("台湾民主自治同盟甲市委员会", "甲市"),
        ("共青团甲市委员会", "甲市"),
        ("甲市辖区服务中心", "甲市"),
        ("甲市青年联盟", "甲市"),
        ("甲市城市管理局", "甲市"),
        ("甲县城市管理局", "甲县"),
        ("甲省城市管理厅", "甲省"),
        ("城市管理局", ""),
        ("甲省农产品市场中心", "甲省"),
        ("某某局", ""),
    ],
)
def test_the_place_is_what_a_name_begins_with(unit: str, place: str) -> None:
    assert overviews.place_of(document(unit)) == place


def test_each_place_of_a_document_can_be_chosen() -> None:
    documents = [
        document("某某局", "乙/b.txt"),
        document("某某局", "甲/a.txt"),
        document(None, "c.txt"),
    ]
    page = html.fromstring(overviews.home_page(documents))
    assert page.xpath("//select[@name='place']/option/text()") == ["全部 all", "乙", "甲"]


def document(unit: str | None, file_name: str = "a.txt") -> DocumentRecord:
    return DocumentRecord(
        document_id=file_name, file_name=file_name, sha256="", title=None, unit_name=unit,
        fiscal_year=None, document_kind="budget", layout="spaced", source_unit=None, line_count=1,
        notes=None,
    )  # fmt: skip

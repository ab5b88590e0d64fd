"""What the pages of a document show of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

import jcdata
from jcdata.pipeline.build import BuildResult
from jcdata.schema import Finding
from jcdata.website import addresses
from jcdata.website.document_pages import _parted


def finding(
    finding_id: str, severity: str, cause: str | None = None, verdict: str | None = None
) -> Finding:
    return Finding(
        document_id="x", check_key="x", target="x", finding_id=finding_id, status="fail", severity=severity,
        stated=None, computed=None, difference=None, tolerance=None, message="", message_zh="", line_nos=[],
        consequence_of=cause, verdict=verdict,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "folded"),
    [
        ([finding("a", "info")], "a"),
        ([finding("a", "info"), finding("b", "info", "a")], "ab"),
        ([finding("a", "info"), finding("b", "warning", "a")], ""),
        ([finding("a", "error"), finding("b", "info", "a"), finding("c", "info")], "c"),
        ([finding("a", "info", verdict="dismissed")], ""),
    ],
)
def test_only_what_has_nothing_weighty_below_it_is_folded(
    found: list[Finding], folded: str
) -> None:
    weighty, infos = _parted(found)
    assert "".join(f.finding_id for f, _ in infos) == folded
    assert len(weighty) + len(infos) == len(found)


def test_notes_on_a_document_are_in_the_language_of_the_page(
    build: Callable[..., BuildResult], tmp_path: Path
) -> None:
    text = (
        "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        "合计 5.50 5.50\n201 一般公共服务支出 5.50 5.50\n\x07\n"
    )
    database = build(a=text).database
    with jcdata.connect(database) as con:
        ((notes,),) = con.execute("SELECT notes FROM documents").fetchall()
    (control, zh_control), (title, zh_title) = (note.split(" / ") for note in notes.split("; "))
    jcdata.site(database, tmp_path / "site", jobs=1)
    page = html.parse(str(tmp_path / "site" / addresses.document_folder("a") / "index.html"))
    (notice,) = page.xpath("//p[@class='notice']")
    assert [span.text for span in notice.xpath("span")] == [zh_control, control, zh_title, title]


def test_documents_of_one_unit_and_year_are_told_apart_by_their_files(
    build: Callable[..., BuildResult], tmp_path: Path
) -> None:
    table = (
        "{year}年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
        "合计 5.50 5.50\n201 一般公共服务支出 5.50 5.50\n"
    )
    titles = {"a": (2031, "部门"), "b": (2031, "单位"), "c": (2032, "部门")}
    texts = {
        name: f"某某局{year}年{scope}预算公开\n{table.format(year=year)}"
        for name, (year, scope) in titles.items()
    }
    jcdata.site(build(**texts).database, tmp_path / "site", jobs=1)
    home = html.parse(str(tmp_path / "site" / "index.html"))
    (listed,) = home.xpath("//ul[@class='units']//span[@class='where']")
    assert [span.text for span in listed.xpath("span[@lang]")] == ["a.txt", "b.txt"]

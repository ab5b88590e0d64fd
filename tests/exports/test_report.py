"""The report holds the views' figures, leads each printed one to its line, trusts no document and says what is missing."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from lxml import html
from typer.testing import CliRunner, Result

import jcdata
from jcdata.cli.commands import app
from jcdata.database.definitions import store_views
from jcdata.errors import SelectionError
from jcdata.exports import report
from jcdata.pipeline.build import BuildResult
from jcdata.pipeline.reviewing import add_review
from tests.making.checkout import BUREAU, CENTRE

Build = Callable[..., BuildResult]

BUREAU_UNIT, CENTRE_UNIT = "晋城市应急管理局", "晋城市应急管理调度指挥中心"
SMALL = (
    "2031年预算支出总表\n单位名称：{unit}\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 {amount} {amount}  \n201 {item} {amount} {amount}  \n"
)
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def small(unit: str = "某某局", item: str = "一般公共服务支出", amount: str = "5.50") -> str:
    return SMALL.format(unit=unit, item=item, amount=amount)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


@pytest.fixture(scope="module")
def db(built: BuildResult) -> Iterator[duckdb.DuckDBPyConnection]:
    with jcdata.connect(built.database) as con:
        yield con


@pytest.fixture(scope="module")
def page(db: duckdb.DuckDBPyConnection) -> html.HtmlElement:
    return html.document_fromstring(report.render(db))


def text(element: html.HtmlElement, language: str = "zh") -> str:
    """What stands in an element in one of the languages, with single spaces, also between cells."""
    other = {"zh": "en", "en": "zh"}[language]
    parts = element.xpath(
        f".//text()[not(ancestor::*[@class='{other}' or self::style])] | .//td | .//dd"
    )
    return " ".join("".join(part if isinstance(part, str) else " " for part in parts).split())


def numbers(line: str) -> set[Decimal]:
    found = re.findall(r"\d[\d,]*\.?\d*", line.translate(FULL_WIDTH))
    return {Decimal(number.replace(",", "").rstrip(".")) for number in found}


def test_the_key_figures_are_those_of_the_document(page: html.HtmlElement) -> None:
    cards = text(page.get_element_by_id("d1").xpath(".//dl")[0])
    for shown in (
        "收入总计 4,727.11 万元", "支出总计 4,727.11 万元", "基本支出 1,143.68 万元 占总支出 24.19%", "项目支出 3,583.43 万元 占总支出 75.81%",
        "上年结转 551.01 万元 占总支出 11.66%", "“三公”经费 40.95 万元 占总支出 0.87%", "绩效目标表 25 张 年度指标 266 项", "核对发现 58 处 错误 0，警告 18，提示 34，尾差 6",
    ):  # fmt: skip
        assert shown in cards
    assert "上年结转 文件未列" in text(page.get_element_by_id("d2").xpath(".//dl")[0])


def test_balances_stand_apart_and_money_without_a_form_is_named(page: html.HtmlElement) -> None:
    carry_over = text(page.xpath("//section[starts-with(@aria-labelledby, 'd1-carry-over')]")[0])
    for shown in (
        "上年结转 551.01 万元 占当年总额 11.66%",
        "408.50 万元 占当年总额 8.64%",
        "年末结转 未列示",
    ):
        assert shown in carry_over
    assert "959.51" not in carry_over
    costs = text(page.xpath("//section[starts-with(@aria-labelledby, 'd1-costs')]")[0])
    assert "项目资金 3,583.43 万元，其中 1,350.01 万元没有绩效目标表" in costs
    assert "无绩效目标表 晋城市航空应急救援服务费 799.00 万元" in costs


def test_every_link_leads_to_one_place_of_the_page(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//a/@href")
    assert len(links) > 300 and {link[0] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(ids)


def test_a_figure_leads_to_the_line_that_prints_it(
    page: html.HtmlElement, db: duckdb.DuckDBPyConnection
) -> None:
    without_number = {  # arrears of which a sentence says only that they are all of the project's money
        str(line_no)
        for (line_no,) in db.sql("SELECT line_no FROM carry_over WHERE kind = 'arrears'").fetchall()
    }
    checked = 0
    for link in page.xpath("//a[@class='figure']"):
        shown = link.text.lstrip("+-").rstrip("%").replace(",", "")
        if not re.fullmatch(r"[\d.]+", shown) or link.get("data-line") in without_number:
            continue
        line = page.get_element_by_id(link.get("href")[1:])
        printed = numbers(line.text_content())
        rounded = {(number / 10_000).quantize(Decimal("0.01")) for number in printed}
        assert Decimal(shown) in printed | rounded, (link.text, line.text_content())
        checked += 1
    assert checked > 200


def test_the_printed_lines_are_those_of_the_document_with_context(
    page: html.HtmlElement, db: duckdb.DuckDBPyConnection
) -> None:
    own = page.get_element_by_id("d2")
    shown = {int(line.get("value")): line.text_content() for line in own.xpath(".//ol/li[@value]")}
    lines = dict(
        db.execute(
            "SELECT line_no, text FROM source_lines WHERE document_id = ? ORDER BY 1", [CENTRE]
        ).fetchall()
    )
    assert shown == {line_no: lines[line_no].strip() for line_no in shown}
    cited = {int(line.get("value")) for line in own.xpath(".//li[@class='cited']")}
    filled = [line_no for line_no, line in lines.items() if line.strip(" ")]
    wanted = {
        filled[i]
        for n in cited
        for i in range(filled.index(n) - 2, filled.index(n) + 3)
        if 0 <= i < len(filled)
    }
    assert set(shown) == wanted and len(shown) < len(filled) / 2


def test_the_page_of_the_document_is_named_where_it_is_known(
    built: BuildResult, tmp_path: Path
) -> None:
    copy = tmp_path / "paged.duckdb"
    copy.write_bytes(built.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("UPDATE source_lines SET page_no = 3 WHERE line_no < 300")
        own = html.document_fromstring(report.render(con, unit=CENTRE_UNIT)).find_class("lines")[0]
    assert (
        {text(page) for page in own.xpath(".//p")} == {"第 3 页"}
        and own[0].tag == "p"
        and own[-2].tag == "ol"
    )


def test_stated_figures_stand_beside_the_recomputed_ones(page: html.HtmlElement) -> None:
    assert "灾害防治及应急管理支出 3,845.38 92.08% 92.08% ✓ 相符" in text(page)
    assert "预算收入总计 4,727.11 3,578.18 +1,148.93 +32.11% +32.11% ✓ 相符" in text(page)
    assert "机关运行经费 170.90 170.36 +0.54 +0.32% +0.31% ✓ agrees" in text(page, "en")


def test_what_differs_is_said(built: BuildResult, tmp_path: Path) -> None:
    copy = tmp_path / "differs.duckdb"
    copy.write_bytes(built.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("UPDATE claims SET value = value + 1 WHERE kind IN ('share', 'growth')")
        store_views(con)
        shown = html.document_fromstring(report.render(con))
    assert "项目支出 3,583.43 75.81% 76.81% ✗ 不符" in text(shown)
    assert "预算收入总计 4,727.11 3,578.18 +1,148.93 +32.11% +33.11% ✗ 不符" in text(shown)


def test_findings_have_their_arithmetic_and_lines(
    page: html.HtmlElement, db: duckdb.DuckDBPyConnection
) -> None:
    shown = [text(item) for item in page.xpath("//ol[@class='findings']/li")]
    assert len(shown) == len(jcdata.check(db))
    (empty,) = (f for f in jcdata.check(db).itertuples() if f.check_key == "empty_table")
    said = "警告 表6 本表无数据，按他表应列 443.54 万元（表5合计基本支出 443.54） 行 222, 238"
    assert f"{said} 编号 {empty.finding_id}" in shown
    assert set(page.xpath("//ol[@class='findings']/li/@id")) == {
        f"finding-{finding_id}" for finding_id in jcdata.check(db).finding_id
    }
    assert any("1167, 1229" in text(item, "en") for item in page.xpath("//li[@class='warning']"))


def test_the_report_begins_with_what_was_not_read_or_compared(
    page: html.HtmlElement, build: Build
) -> None:
    shown = text(page.get_element_by_id("d2"))
    not_compared = "1 处未能核对，表6 合计：无法核对，没有所列数，推算 443.54 行 222, 238"
    assert (
        shown.index("1 个未识别，未参与核对") < shown.index(not_compared) < shown.index("一眼看全")
    )
    result = build(good=small(), bad=b"")
    with jcdata.connect(result.database) as con:
        whole = html.document_fromstring(report.render(con))
    content = whole.get_element_by_id("content")
    in_chinese, in_english = text(content), text(content, "en")
    assert in_chinese.index("bad.txt: 文件为空") < in_chinese.index("一眼看全")
    assert "the file is empty" not in in_chinese and "bad.txt: the file is empty" in in_english


def test_what_follows_and_what_was_dismissed_is_shown_as_such(build: Build) -> None:
    wrong = small().replace("5.50 5.50  \n201", "5.50 5.40  \n201")
    wrong += "201 一般公共服务支出 5.50 5.20  \n"
    result = build(some=wrong)
    first, *_ = jcdata.check(result.database).itertuples()
    add_review(result.database, first.finding_id, "dismissed", "see the <b>annex</b>")
    with duckdb.connect(str(result.database)) as con:
        cause, result_of_it = con.execute(
            "SELECT DISTINCT finding_id FROM findings WHERE verdict IS NULL ORDER BY ALL LIMIT 2"
        ).fetchall()
        con.execute(
            "UPDATE check_results SET consequence_of = ? WHERE finding_id = ?",
            [*cause, *result_of_it],
        )
        standing = "FROM findings WHERE severity = 'error' AND verdict IS NULL"
        ((errors,),) = con.execute(f"SELECT count(*) {standing}").fetchall()
        page = html.document_fromstring(report.render(con))
    dismissed = page.get_element_by_id(f"finding-{first.finding_id}")
    assert dismissed.get("class") == "dismissed" and dismissed.xpath("ancestor::details")
    assert text(dismissed).startswith("不予采纳") and "see the <b>annex</b>" in text(dismissed)
    below = page.get_element_by_id(f"finding-{result_of_it[0]}")
    assert below.getprevious().get("id") == f"finding-{cause[0]}"
    assert "margin-left" in below.get("style") and f"起因 {cause[0]}" in text(below)
    assert f"错误 {errors}，" in text(page) and "经复核不予采纳 1" in text(page)


def test_what_is_cut_is_summed_up(
    db: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST_ROWS", 3)
    monkeypatch.setattr(report, "MOST_FINDINGS", 2)
    page = html.document_fromstring(report.render(db, unit=BUREAU_UNIT))
    costs = text(page.xpath("//section[starts-with(@aria-labelledby, 'd1-costs')]//tbody")[0])
    total, count = db.execute(
        "SELECT sum(amount_yuan) / 10000, sum(indicator_count) FROM project_costs WHERE document_id = ?",
        [BUREAU],
    ).fetchall()[0]
    shown = [Decimal(n) for n in ("215.10", "300.00", "156.00")]
    assert f"其余 22 项 {Decimal(total) - sum(shown):,.2f} {count - 9 - 18 - 10} 6.82" in costs
    assert max(len(body.xpath("./tr")) for body in page.xpath("//tbody")) == 4
    assert "以下为前 2 处，全部请运行 jcdata check" in text(page)
    assert [len(list_.xpath("./li")) for list_ in page.xpath("//ol[@class='findings']")] == [2, 2]


def test_the_page_needs_nothing_and_runs_nothing(page: html.HtmlElement) -> None:
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert "url(" not in page.xpath("string(//style)") and "@import" not in page.xpath(
        "string(//style)"
    )
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_tables_have_captions_and_scopes(page: html.HtmlElement) -> None:
    assert len(page.xpath("//table")) > 20
    assert (
        page.xpath("//table[not(normalize-space(caption))] | //th[not(@scope)] | //tbody[not(tr)]")
        == []
    )


def test_nothing_that_a_document_prints_is_markup(build: Build) -> None:
    script, image = "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"
    result = build(**{image: small(unit=f"{script}局", item=f"支出{script}{{{{ 7 * 7 }}}}")})
    with jcdata.connect(result.database) as con:
        page = report.render(con)
    tree = html.document_fromstring(page)
    assert tree.xpath("//script | //img") == [] and script not in page and image not in page
    assert image in text(tree) and f"支出{script}{{{{7*7}}}}" in text(tree).replace(" ", "")


def test_what_a_document_does_not_have_is_said_in_words(build: Build) -> None:
    with jcdata.connect(build(small=small()).database) as con:
        page = html.document_fromstring(report.render(con))
    for said in (
        "“三公”经费 文件未列", "文件中没有读到这些数据：收入来源、", "只有一项：基本支出，5.50 万元", "文件没有写与上年相比的增减。", "数据库中没有该单位上一年的同类文件", "没有读到绩效目标表。",
        "没有一项产出能算出单位成本。", "文件未列示结转", "年末结转 未列示",
    ):  # fmt: skip
        assert said in text(page)
    assert "No performance form was read." in text(page, "en")
    assert page.xpath("//tbody[not(tr)]") == []


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("5.50", "没有发现前后不符之处，另有 12 处提示，"),
        ("5.60", "2 处前后不符，另有 12 处提示，"),
    ],
)
def test_missing_tables_are_no_contradictions(build: Build, printed: str, said: str) -> None:
    text_of = small().replace("合计 5.50", f"合计 {printed}", 1)
    with jcdata.connect(build(small=text_of).database) as con:
        assert said in text(html.document_fromstring(report.render(con)))


def test_the_numbers_of_tables_are_told_by_their_own_titles(build: Build) -> None:
    text_of = (
        small().replace("合计 5.50", "合计 5.60", 1).replace("预算支出总表", "部门支出总体情况表")
    )
    with jcdata.connect(build(small=text_of).database) as con:
        page = html.document_fromstring(report.render(con))
    assert "表号为统一编号，在本文件中：表3 2031年部门支出总体情况表。" in text(page)
    assert "in this document: 表3 2031年部门支出总体情况表." in text(page, "en")


def test_two_years_of_a_unit_are_compared(build: Build) -> None:
    years = {
        f"y{year}": small(amount=f"{year - 2026}.50").replace("2031年", f"{year}年")
        for year in (2031, 2032)
    }
    with jcdata.connect(build(**years).database) as con:
        page = html.document_fromstring(report.render(con, year=2032))
    assert "预算支出总表 合计 6.50 5.50 +1.00 +18.18%" in text(page)


def test_the_change_from_last_years_document_stands_beside_the_expenditure(build: Build) -> None:
    years = {
        f"y{year}": small(amount=f"{year - 2026}.50").replace("2031年", f"{year}年")
        for year in (2031, 2032)
    }
    with jcdata.connect(build(**years).database) as con:
        page = html.document_fromstring(report.render(con))
    rows = [text(row) for row in page.find_class("comparison")[0].xpath(".//tbody/tr")]
    assert rows[0].startswith("某某局 2032 预算 – 6.50 +1.00 (+18.18%) 6.50")
    assert rows[1].startswith("某某局 2031 预算 – 5.50 – 5.50")
    assert "支出总计 6.50 万元 比上年文件 +1.00 (+18.18%)" in text(page.get_element_by_id("d1"))


def test_the_conclusions_are_those_of_the_notebooks_and_lead_to_their_lines(
    page: html.HtmlElement, db: duckdb.DuckDBPyConnection
) -> None:
    (section,) = page.xpath("//section[@aria-labelledby='conclusions']")
    said = [text(sentence) for sentence in section.find_class("conclusion")]
    wanted = [jcdata.conclude(db, analysis) for analysis in report.CONCLUSIONS]
    assert 3 <= len(said) <= 5 and len(said) == len(wanted)
    for shown, conclusion in zip(said, wanted, strict=True):
        assert shown.endswith(conclusion.said.zh)
    facts = [fact for conclusion in wanted for fact in conclusion.facts]
    items = section.xpath(".//li")
    assert len(items) == len(facts)
    for item, fact in zip(items, facts, strict=True):
        assert text(item).startswith(fact.said.zh)
        line = page.get_element_by_id(item.xpath("./a/@href")[0][1:])
        assert int(line.get("value")) == fact.line_no
    assert jcdata.conclude(db, "documents").said.zh in text(
        page.xpath("//section[@aria-labelledby='read']")[0]
    )


def test_a_share_names_its_base(page: html.HtmlElement) -> None:
    captions = [text(caption) for caption in page.xpath("//table/caption")]
    assert "支出类型，占支出合计的比重" in captions
    assert "功能分类，占一般公共预算支出（不含上年结转）的比重" in captions


def test_headings_leave_out_no_level(page: html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_part_of_the_page_has_a_name_of_its_own(page: html.HtmlElement) -> None:
    parts = page.xpath("//section | //article | //nav")
    names = [
        part.get("aria-label")
        or " ".join(
            text(page.get_element_by_id(label)) for label in part.get("aria-labelledby").split()
        )
        for part in parts
    ]
    assert len(names) > 15 and len(set(names)) == len(names)


def test_there_is_no_filter_where_there_is_nothing_to_choose(build: Build) -> None:
    with jcdata.connect(build(some=small()).database) as con:
        assert html.document_fromstring(report.render(con)).xpath("//select") == []


def test_a_document_that_counts_within_another_is_marked(build: Build) -> None:
    with jcdata.connect(build(a=small(), b=small() + "\n").database) as con:
        assert report.render(con).count("已含在 a 内") == 1


def test_of_more_documents_than_a_page_bears_each_has_its_figures_findings_and_lines(
    build: Build,
) -> None:
    texts = {f"d{n}": small(unit=f"第{n}局", amount=f"{n}.00") for n in range(1, 8)} | {
        "again": small(unit="第7局").replace("5.50 5.50  \n201", "5.50 5.40  \n201")
    }
    with jcdata.connect(build(**texts).database) as con:
        every = html.document_fromstring(report.render(con))
        unit = html.document_fromstring(report.render(con, unit="第7局"))
    assert len(every.xpath("//article")) == len(every.xpath("//tbody/tr")) == 8
    assert "共 8 份文件" in text(
        every
    ) and "jcdata report OUT.html --unit 第7局 --year 2031" in text(every)
    row = every.xpath("//tbody/tr")[0]
    assert text(row).startswith("第7局已含在 again 内 2031 预算 – 7.00 7.00")
    own = every.get_element_by_id(row.xpath("./th/a/@href")[0][1:])
    line = every.get_element_by_id(row.xpath("./td/a/@href")[0][1:])
    assert text(own).startswith("第7局 2031年 预算") and line.text == "合计 7.00 7.00"
    assert line in own.xpath(".//li") and own.xpath(".//h3/text() | .//h4") == []
    assert any(own.xpath(".//ol[@class='findings']") for own in every.xpath("//article"))
    assert {link[1:] for link in every.xpath("//a/@href")} <= set(every.xpath("//@id"))
    assert [text(title) for title in unit.xpath("//article/h2")] == ["第7局 2031年 预算"] * 2
    assert "放不下" not in text(unit)


def test_a_units_year_is_shown_in_full_however_many_documents_it_has(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST_DOCUMENTS", 1)
    with jcdata.connect(build(one=small(), two=small() + "\n").database) as con:
        assert report.render(con, unit="某某局").count('id="d2-composition"') == 0
        assert report.render(con, unit="某某局", year=2031).count('id="d2-composition"') == 1


def test_the_comparison_stays_small(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_DOCUMENTS", 1)
    monkeypatch.setattr(report, "MOST_COMPARED", 2)
    with jcdata.connect(
        build(**{f"d{n}": small(unit=f"第{n}局") for n in range(3)}).database
    ) as con:
        page = html.document_fromstring(report.render(con))
    assert len(page.xpath("//tbody/tr")) == 2 and "3 份中的前 2 份" in text(page)


def test_the_command_writes_what_the_function_writes(built: BuildResult, tmp_path: Path) -> None:
    done = run(
        tmp_path / "new" / "a.html", "--db", built.database, "--unit", CENTRE_UNIT, "--year", "2025"
    )
    assert done.exit_code == 0 and "a.html" in done.output
    jcdata.report(built.database, tmp_path / "b.html", unit=CENTRE_UNIT, year=2025)
    assert (tmp_path / "new" / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.html"]
    assert (tmp_path / "b.html").read_text(encoding="utf-8").count("<article") == 1


def test_what_can_not_be_reported_is_said_and_an_old_page_stays(
    built: BuildResult, tmp_path: Path
) -> None:
    out = tmp_path / "old.html"
    out.write_text("old")
    unknown = run(out, "--db", built.database, "--unit", "某某局")
    assert unknown.exit_code == 2 and "no unit '某某局'; there is: " in unknown.output
    assert run(out, "--db", tmp_path / "none.duckdb").exit_code == 2
    duckdb.connect(str(tmp_path / "older.duckdb")).close()
    older = run(out, "--db", tmp_path / "older.duckdb")
    assert older.exit_code == 2 and "jcdata build" in older.output
    assert run(out / "below.html", "--db", built.database).exit_code == 2
    (tmp_path / "folder.htm").mkdir()
    folder = run(tmp_path / "folder.htm", "--db", built.database)
    assert folder.exit_code == 1 and "is a folder" in folder.output
    assert out.read_text() == "old" and [path.name for path in tmp_path.glob("*.html")] == [
        "old.html"
    ]


def test_only_an_earlier_report_is_replaced(built: BuildResult, tmp_path: Path) -> None:
    database = tmp_path / "some.duckdb"
    database.write_bytes(built.database.read_bytes())
    (tmp_path / "some.html").write_bytes(database.read_bytes())
    page = '<head>\n<meta name="generator" content="jcdata site">\n<title>预算公开</title>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    for own in ("diary.html", "some.html", "page.html"):
        (tmp_path / own).touch()
        before = (tmp_path / own).read_bytes() or b"<html>mine</html>"
        (tmp_path / own).write_bytes(before)
        refused = run(tmp_path / own, "--db", database)
        assert refused.exit_code == 1 and f"{own} holds something else" in refused.output
        assert (tmp_path / own).read_bytes() == before
    out = tmp_path / "report.html"
    for _ in range(2):
        assert run(out, "--db", database).exit_code == 0
    page = out.read_text(encoding="utf-8")
    out.write_text(
        page.replace('<meta name="generator" content="jcdata">', ""), encoding="utf-8"
    )  # as before the mark
    assert run(out, "--db", database).exit_code == 0 and out.read_text(encoding="utf-8") == page


def test_a_page_may_have_a_long_name_and_be_a_link(built: BuildResult, tmp_path: Path) -> None:
    out, target = tmp_path / ("报" * 82 + ".html"), tmp_path / "target.html"
    out.symlink_to(target)
    assert run(out, "--db", built.database).exit_code == 0
    assert out.is_symlink() and "<html" in target.read_text(encoding="utf-8")


def test_a_database_without_documents_is_said(build: Build) -> None:
    with (
        jcdata.connect(build(bad=b"").database) as con,
        pytest.raises(SelectionError, match="no document"),
    ):
        report.render(con)


def test_the_command_needs_neither_pandas_nor_altair(built: BuildResult, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.argv = ['jcdata', 'report', {str(tmp_path / 'a.html')!r}, '--db', {str(built.database)!r}]\n"
        "import duckdb; con = duckdb.connect(); con.sql('SELECT 1').fetchall(); con.execute('SELECT unnest(?)', [['a']]).fetchall(); own = set(sys.modules)\n"  # 1.4 loads pandas itself
        "from jcdata.cli.commands import app\n"
        "app(standalone_mode=False)\n"
        "print('imported', sorted({'pandas', 'altair', 'pyarrow'} & set(sys.modules) - own))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "imported []"

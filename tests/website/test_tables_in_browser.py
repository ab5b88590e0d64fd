"""A table of the site in a browser, opened from the disk: each figure's citation, and the table to take along."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page

import jcdata
from jcdata.pipeline.build import BuildResult
from jcdata.schema import BudgetLine, DocumentFigures, DocumentRecord, TableOccurrence
from jcdata.website import addresses
from tests.making.checkout import BUREAU
from tests.making.databases import rows_of, write

TEXT = (
    "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "合计 100.00 100.00\n201 一般公共服务支出 100.00 100.00\n"
)


@pytest.fixture(scope="module")
def pages(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of the page of a statutory table, and of one of unknown meaning."""
    folder = tmp_path_factory.mktemp("site") / "网站 #1"
    jcdata.site(built.database, folder, jobs=1)
    table = folder / addresses.document_folder(BUREAU) / addresses.table_page("expenditure")
    printed = min((folder / "documents").glob("*/printed-*.html"))
    return {"table": table.as_uri(), "printed": printed.as_uri()}


def cite(page: Page, figure: Locator) -> str:
    """The citation of a figure of a table, got with the keyboard."""
    figure.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    return page.inner_text("#said")


def test_a_figure_is_cited_with_all_that_tells_it_from_others(
    page: Page, pages: dict[str, str]
) -> None:
    page.goto(pages["table"])
    row = page.locator("tr:has-text('行政运行')").first
    figure = row.locator(".figure").nth(1)
    said = cite(page, figure)
    cell = page.locator("td:target")
    assert cell.locator(".figure").inner_text() == figure.inner_text()
    heading = page.locator("thead th button").nth(3).inner_text()
    line = figure.get_attribute("data-line")
    for part in (
        "晋城市应急管理局",
        "2023年预算",
        "预算支出总表",
        f"行次 row {row.get_attribute('data-row')}“2240101 行政运行”",
        f"栏目 column“{heading}”，{figure.inner_text()} 万元，",
        f"原文第 {line} 行 line {line}，{pages['table']}#{cell.get_attribute('id')}",
    ):
        assert part in said
    assert page.url.endswith(f"#{cell.get_attribute('id')}")
    figure.click()
    assert page.url.endswith(f"#l{line}")


def test_each_figure_can_be_cited_and_none_on_paper(page: Page, pages: dict[str, str]) -> None:
    for kind in ("table", "printed"):
        page.goto(pages[kind])
        count = page.locator("main td .figure").count()
        assert page.locator("main td[id] > .figure + .quote").count() == count > 20
        page.locator("main td .figure").first.hover()
        page.emulate_media(media="print")
        assert page.locator(".quote:visible, .take:visible").count() == 0
        page.emulate_media(media="screen")


def test_the_address_of_a_figure_is_the_same_beside_other_documents(
    build: Callable[..., BuildResult], tmp_path: Path
) -> None:
    place = f"{addresses.document_folder('b')}/{addresses.table_page('expenditure')}"
    texts = {"b": TEXT, "a": TEXT.replace("某某局", "别的局")}
    written = []
    for names in ("b", "ab"):
        jcdata.site(
            build(**{name: texts[name] for name in names}).database, tmp_path / names, jobs=1
        )
        written.append((tmp_path / names / place).read_bytes())
    assert b'id="r2-total"' in written[0] and written[0] == written[1]


def written_page(folder: Path, *lines: dict[str, object], address: str = "") -> str:
    """The page of a table of these lines."""
    path = folder / "d.duckdb"
    own = {
        "table_key": "expenditure",
        "item_code": "",
        "item_level": None,
        "organisation": None,
        "money_unit": "万元",
    }
    occurrence = {"table_key": "expenditure", "table_no": 1}
    write(
        path,
        (DocumentRecord, rows_of(DocumentRecord, {})),
        (DocumentFigures, rows_of(DocumentFigures, {})),
        (TableOccurrence, rows_of(TableOccurrence, occurrence)),
        (BudgetLine, rows_of(BudgetLine, *(own | line for line in lines))),
    )
    jcdata.site(path, folder / "site", address=address, jobs=1)
    place = f"{addresses.document_folder('x')}/{addresses.table_page('expenditure')}"
    return (folder / "site" / place).as_uri()


def test_a_figure_is_cited_with_its_own_page_unit_and_side(page: Page, tmp_path: Path) -> None:
    first = {"row_no": 1, "line_no": 5, "page_no": 2, "side": "revenue", "amount_text": "5"}
    address = written_page(
        tmp_path,
        first | {"measure": "total", "heading": "合计"},
        first | {"measure": "basic", "heading": "基本支出", "line_no": 9, "page_no": 3},
        first | {"row_no": 2, "measure": "total", "heading": "合计", "money_unit": "元"},
        address="https://example.org/budgets",
    )
    page.goto(address)
    first_of_row, second, of_another_unit = page.locator("td .figure").all()
    at = f"https://example.org/budgets/{addresses.document_folder('x')}/table-expenditure.html"
    assert cite(page, first_of_row).endswith(
        f"，收入，行次 row 1“x”，栏目 column“合计”，5 万元，第 2 页 p. 2，原文第 5 行 line 5，{at}#r1-revenue-total"
    )
    assert cite(page, second).endswith(
        f"，栏目 column“基本支出”，5 万元，第 3 页 p. 3，原文第 9 行 line 9，{at}#r1-revenue-basic"
    )
    assert "，5 元，" in cite(page, of_another_unit)


def taken(page: Page, ending: str, folder: Path) -> Path:
    """The table of a page, taken along."""
    with page.expect_download() as waiting:
        page.locator(f"button[data-download={ending}]").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_table_is_taken_along_as_its_own_workbook(
    page: Page, pages: dict[str, str], tmp_path: Path
) -> None:
    page.goto(pages["table"])
    path = taken(page, "xlsx", tmp_path)
    assert path.name == "table-expenditure.xlsx"
    table, source = openpyxl.load_workbook(path)
    headings, *rows = table.iter_rows(values_only=True)
    assert headings[:3] == ("编码", "名称", page.locator("thead th button").nth(2).inner_text())
    assert headings[-4:] == ("金额单位 Unit of money", "行次 Row", "页码 Page", "原文行 Line")
    assert len(rows) == page.locator("tbody tr").count()
    shown = page.locator("tbody td.number .figure").all_inner_texts()
    held = [value for row in rows for value in row[2:-4] if value]
    assert held == [float(text.replace(",", "")) for text in shown]
    assert {type(row[0]) for row in rows} <= {str, type(None)}
    assert "SHA-256" in source["A2"].value and source["A4"].value == pages["table"]


def test_what_could_be_a_formula_is_taken_along_as_text(page: Page, tmp_path: Path) -> None:
    name = '=1+1 <&"x'
    page.goto(
        written_page(
            tmp_path,
            {"row_no": 1, "side": "revenue", "item_name": name, "amount_text": "-1,234.50"},
            {"row_no": 2, "side": "expenditure", "amount_text": "1,234,567,890,123,456.5"},
            {"row_no": 3, "side": "expenditure", "amount_text": "（5）"},
        )
    )
    book = openpyxl.load_workbook(taken(page, "xlsx", tmp_path))
    assert book.sheetnames == ["收入", "支出", "出处 Source"]
    cell = book["收入"]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")
    assert book["收入"]["B2"].value == -1234.5
    assert [book["支出"][place].value for place in ("B2", "B3")] == [
        "1,234,567,890,123,456.5",
        "（5）",
    ]


def test_a_table_of_unknown_meaning_is_taken_along(
    page: Page, pages: dict[str, str], tmp_path: Path
) -> None:
    page.goto(pages["printed"])
    page.evaluate("document.querySelector('td .figure').textContent = '=1+1;@x'")
    with taken(page, "csv", tmp_path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    table, _ = openpyxl.load_workbook(taken(page, "xlsx", tmp_path))
    assert len(rows) == table.max_row == page.locator("tbody tr").count() + 1
    assert {len(row) for row in rows} == {table.max_column}
    assert "'=1+1;'@x" in rows[1] and "=1+1;@x" in {cell.value for cell in table[2]}

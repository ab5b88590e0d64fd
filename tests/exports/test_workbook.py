"""The workbook, opened again: every figure is the database's, nothing is a formula, nothing is lost unseen."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

import jcdata
from jcdata import schema
from jcdata.errors import DatabaseError, OutputError
from jcdata.exports import workbook
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import BUREAU
from tests.making.databases import rows_of, write

HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "http://example.org/", "<r><t>x</t></r>", "a\x01\x0b\x1fb\ufffe", "_x0041_", "'=1", ""]  # fmt: skip


@pytest.fixture(scope="module")
def exported(built: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "data.xlsx"
    jcdata.export_workbook(built.database, path)
    return path


@pytest.fixture(scope="module")
def book(exported: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(exported)


def headings(sheet: Worksheet) -> list[str]:
    return [cell.value for cell in sheet[1]]


def expected_heading(name: str, names: list[str]) -> str:
    """The heading of a column of a Chinese view: money says its unit."""
    if name.endswith("_元"):
        return name.removesuffix("_元") + "（元）"
    return f"{name}（万元）" if f"{name}_元" in names else name


def as_cell(value: object) -> object:
    """A value of the database as a cell of Excel holds it; a number has 16 digits there."""
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal() | float() | int():
            return float(f"{value:.16g}")
        case datetime.date() if not isinstance(value, datetime.datetime):
            return datetime.datetime.combine(value, datetime.time())
        case list():
            return ", ".join(map(str, value)) or None
        case "":
            return None
    return value


@pytest.mark.parametrize("shown", schema.published(), ids=lambda shown: shown.name)
def test_every_cell_is_the_chinese_views(
    book: openpyxl.Workbook, built: BuildResult, shown: schema.Table
) -> None:
    sheet = book[shown.zh]
    with jcdata.connect(built.database) as con:
        view = con.sql(f'FROM zh."{shown.zh}"')
        names, rows = view.columns, view.fetchall()
    wanted = [expected_heading(name, names) for name in names]
    columns = [wanted.index(heading) for heading in headings(sheet)]
    left_out = {name for name in wanted if name not in headings(sheet)}
    assert left_out <= {
        "单位成本（万元）",
        "成本上限（万元）",
    }  # prices of single things say 元 only
    found = [tuple(map(as_cell, row)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    expected = [tuple(as_cell(row[no]) for no in columns) for row in rows]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_another_reader_sees_the_same_figures(exported: Path, book: openpyxl.Workbook) -> None:
    rows = CalamineWorkbook.from_path(exported).get_sheet_by_name("预算明细").to_python()
    column = rows[0].index("金额（元）")
    assert [row[column] for row in rows[1:]] == [
        row[column].value for row in book["预算明细"].iter_rows(min_row=2)
    ]


def test_money_shows_two_decimals_and_shares_are_per_cent(book: openpyxl.Workbook) -> None:
    sheet = book["构成分析"]
    formats = dict(zip(headings(sheet), (cell.number_format for cell in sheet[2]), strict=True))
    assert formats["金额（万元）"] == formats["金额（元）"] == "#,##0.00"
    assert formats["占比"] == "0.00%" and formats["预算年度"] == "0"


def test_analyses_and_findings_come_before_the_tables(book: openpyxl.Workbook) -> None:
    parts = [*schema.views(), *schema.tables()]
    assert book.sheetnames == ["说明", *(shown.zh for shown in parts)]


def test_tables_stand_in_the_order_of_reading(book: openpyxl.Workbook) -> None:
    for name in ("预算明细", "原文行", "绩效指标"):
        sheet = book[name]
        at = [headings(sheet).index(heading) for heading in ("文件编号", "行号")]
        places = [
            tuple(row[no] for no in at) for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
        assert places == sorted(places)


def test_every_sheet_can_be_used_at_once(book: openpyxl.Workbook) -> None:
    for shown in schema.published():
        sheet = book[shown.zh]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        comments = [cell.comment.text for cell in sheet[1] if cell.comment]
        assert len(comments) == sheet.max_column and all(
            f.column.comment in "".join(comments) for f in shown.fields
        )
        widths = [d.width for d in sheet.column_dimensions.values()]
        assert widths and all(8 <= width <= 50 for width in widths)


def test_the_first_sheet_explains_and_leads_to_every_other(book: openpyxl.Workbook) -> None:
    sheet = book["说明"]
    text = "\n".join(
        str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None
    )
    for word in ("万元", "is_total", "是否合计", "晋城市应急管理局", f"{BUREAU}.txt", "2023"):
        assert word in text
    links = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert list(links) == book.sheetnames[1:]
    for name, cell in links.items():
        assert cell.hyperlink.location == f"'{name}'!A1"
        assert cell.offset(column=1).value == book[name].max_row - 1


def test_the_first_sheet_begins_with_what_was_not_read_and_what_was_found(
    book: openpyxl.Workbook, built: BuildResult
) -> None:
    counts = {row[2]: row[1] for row in book["说明"].iter_rows(values_only=True) if row[1]}
    weights = list(jcdata.check(built.database).severity)
    assert list(counts)[:3] == ["个数字未识别，未参与核对", "处未能核对", "处警告"]
    assert [counts[said] for said in list(counts)[:3]] == [1, 1, weights.count("warning")]


def test_the_same_database_gives_the_same_bytes(
    exported: Path, built: BuildResult, tmp_path: Path
) -> None:
    with jcdata.connect(built.database) as con:
        jcdata.export_workbook(con, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == exported.read_bytes()


@pytest.fixture
def hostile(tmp_path: Path) -> Callable[[list[str]], Path]:
    """A workbook of documents whose names and texts are these."""

    def export(texts: list[str]) -> Path:
        changes = [
            {"document_id": f"../{n}'; DROP TABLE documents", "title": text, "unit_name": text}
            for n, text in enumerate(texts)
        ]
        lines = [
            {"document_id": c["document_id"], "line_no": 7, "text": c["title"]} for c in changes
        ]
        documents = (schema.DocumentRecord, rows_of(schema.DocumentRecord, *changes))
        write(
            tmp_path / "x.duckdb",
            documents,
            (schema.SourceLine, rows_of(schema.SourceLine, *lines)),
        )
        jcdata.export_workbook(tmp_path / "x.duckdb", tmp_path / "x.xlsx")
        return tmp_path / "x.xlsx"

    return export


def test_hostile_texts_are_never_formulas_links_or_markup(
    hostile: Callable[[list[str]], Path],
) -> None:
    path = hostile(HOSTILE)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert {
        name
        for name in parts
        if not name.startswith(("xl/", "docProps/", "_rels/", "[Content_Types]"))
    } == set()
    for name, content in parts.items():
        root = etree.parse(io.BytesIO(content)).getroot()
        assert not name.startswith("xl/worksheets/sheet") or root.find(".//{*}f") is None
    assert b"example.org" not in b"".join(
        content for name, content in parts.items() if name.endswith(".rels")
    )
    sheet = openpyxl.load_workbook(path)["原文行"]
    place = [cell.value for cell in sheet[1]].index("原文")
    cells = [row[place] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    shown = {cell.value: cell.quotePrefix for cell in cells if cell.value is not None}
    for text in ("=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "'=1"):
        assert shown[text] is True  # stays text although someone edits the cell
    assert shown["http://example.org/"] is False and "<r><t>x</t></r> " in shown
    assert len(cells) == len(HOSTILE)


def test_a_text_longer_than_a_cell_is_cut_visibly(hostile: Callable[[list[str]], Path]) -> None:
    sheet = openpyxl.load_workbook(hostile(["一" * 40_000]))["原文行"]
    assert len(sheet["D2"].value) == 32_767
    assert sheet["D2"].value.endswith(
        "……【此处截断，全文 40000 字，见原文第7行 / cut here, 40000 characters in all】"
    )


def test_more_rows_than_a_sheet_holds_go_on_in_another(
    built: BuildResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3_001)
    jcdata.export_workbook(built.database, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    parts = [name for name in book.sheetnames if name.startswith("原文行")]
    with jcdata.connect(built.database) as con:
        rows = con.sql("SELECT document_id, line_no FROM source_lines ORDER BY ALL").fetchall()
    assert parts == ["原文行", "原文行（2）", "原文行（3）"]
    assert [book[name].max_row - 1 for name in parts] == [3_000, 3_000, len(rows) - 6_000]
    assert all(headings(book[name]) == headings(book["原文行"]) for name in parts)
    found = [row[:2] for name in parts for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert found == rows


def test_a_figure_with_more_digits_than_excel_holds_is_kept_as_text(tmp_path: Path) -> None:
    changes = [{"project_no": n, "amount_yuan": Decimal(a), "name_similarity": None, "form_no": None} for n, a in enumerate(["9007199254740993.01", "12345678901.23"])]  # fmt: skip
    write(
        tmp_path / "x.duckdb",
        (schema.DocumentRecord, rows_of(schema.DocumentRecord, {})),
        (schema.Project, rows_of(schema.Project, *changes)),
    )
    jcdata.export_workbook(tmp_path / "x.duckdb", tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["项目"]
    at = headings(sheet).index("金额（元）") + 1
    assert [sheet.cell(row, at).value for row in (2, 3)] == ["9007199254740993.01", 12345678901.23]


def test_a_failed_export_leaves_the_old_file_and_nothing_else(
    built: BuildResult, exported: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(exported.read_bytes())
    with duckdb.connect(str(tmp_path / "old.duckdb")) as con:
        con.execute("CREATE TABLE check_results (document_id VARCHAR)")
    with pytest.raises(DatabaseError, match="jcdata build"):
        jcdata.export_workbook(tmp_path / "old.duckdb", path)
    assert path.read_bytes() == exported.read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"x.xlsx", "old.duckdb"}
    with pytest.raises(OutputError, match="is a folder"):
        jcdata.export_workbook(built.database, tmp_path)


def test_sheets_have_names_that_excel_takes() -> None:
    names = [shown.zh for shown in schema.published()]
    assert len({"说明", *names}) == len(names) + 1
    assert all(len(name) <= 25 and not set(name) & set("[]:*?/\\'") for name in names)


def test_only_an_earlier_workbook_is_replaced(
    built: BuildResult, exported: Path, tmp_path: Path
) -> None:
    own, text = tmp_path / "own.xlsx", tmp_path / "text.xlsx"
    openpyxl.Workbook().save(own)
    text.write_text("mine")
    for path in (own, text):
        before = path.read_bytes()
        with pytest.raises(OutputError, match=f"{path.name} holds something else"):
            jcdata.export_workbook(built.database, path)
        assert path.read_bytes() == before
    earlier = tmp_path / "earlier.xlsx"
    earlier.write_bytes(exported.read_bytes())
    jcdata.export_workbook(built.database, earlier)
    assert earlier.read_bytes() == exported.read_bytes()

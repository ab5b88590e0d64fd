"""The workbook, opened again: every figure is the database's, nothing is a formula, nothing is lost unseen."""

from __future__ import annotations

import datetime
import io
import re
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
from jcdata.analyses.frames import QUESTIONS
from jcdata.database.definitions import store_views
from jcdata.errors import DatabaseError, OutputError
from jcdata.exports import workbook
from jcdata.exports.workbook_charts import CHART_SHEETS, COLOURS, MOST_BARS
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
    shared = [heading for heading in headings(sheet) if heading in wanted]
    columns = [wanted.index(heading) for heading in shared]
    added = set(headings(sheet)) - set(wanted)
    assert added <= {"单位名称", "预算年度"} or shown.name == "findings"
    left_out = {name for name in wanted if name not in headings(sheet)}
    assert left_out <= {
        "单位成本（万元）",
        "成本上限（万元）",
    }  # prices of single things say 元 only
    at = [headings(sheet).index(heading) for heading in shared]
    found = [
        tuple(as_cell(row[no]) for no in at) for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
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


def test_what_people_open_first_stands_first_and_the_lines_last(book: openpyxl.Workbook) -> None:
    names = book.sheetnames
    assert names[:9] == [
        "说明",
        "核对发现",
        "未能核对",
        "问题",
        "关键数字",
        "构成图",
        "增减图",
        "指标成本图",
        "结转图",
    ]
    assert set(names[-2:]) == {t.zh for t in schema.tables() if t.name in workbook.LINES}
    assert sorted(names[1:]) == sorted(
        [*(shown.zh for shown in schema.published()), *(chart.sheet for chart in CHART_SHEETS)]
    )
    views = [
        names.index(view.zh)
        for view in schema.views()
        if view.name in ("composition", "growth", "carry_over")
    ]
    assert max(views) < min(names.index(name) for name in ("预算明细", "核对结果", "文件所见科目"))


def test_findings_name_unit_and_money_in_chinese_first(
    book: openpyxl.Workbook, built: BuildResult
) -> None:
    sheet = book["核对发现"]
    assert headings(sheet)[:10] == [
        "单位名称",
        "预算年度",
        "严重程度",
        "结果",
        "说明",
        "涉及金额（万元）",
        "涉及金额（元）",
        "所列数（万元）",
        "所列数",
        "推算数（万元）",
    ]
    assert headings(sheet)[-1] == "说明_英文"
    rows = [
        dict(zip(headings(sheet), row, strict=True))
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert [row["发现编号"] for row in rows] == list(jcdata.check(built.database).finding_id)
    assert {row["单位名称"] for row in rows} == {"晋城市应急管理局", "晋城市应急管理调度指挥中心"}
    money = [row for row in rows if row["涉及金额（元）"] is not None]
    others = [row for row in rows if row["涉及金额（元）"] is None]
    assert money and others
    for row in money:
        assert row["数字单位"] == "元" and row["所列数（万元）"] == pytest.approx(
            row["所列数"] / 10_000, abs=0.005
        )
    assert {(row["所列数（万元）"], row["差额（万元）"]) for row in others} == {(None, None)}
    assert {row["数字单位"] for row in others} <= {None, "见说明"}


def test_a_finding_leads_to_its_line(book: openpyxl.Workbook) -> None:
    sheet, lines = book["核对发现"], book["原文行"]
    at, document = (headings(sheet).index(name) for name in ("所在行", "文件编号"))
    links = 0
    for row in sheet.iter_rows(min_row=2):
        if row[at].value is None:
            continue
        target = re.fullmatch(r"'原文行'!A(\d+)", row[at].hyperlink.location)
        assert target is not None
        there = [cell.value for cell in lines[int(target[1])]]
        assert there[:2] == [row[document].value, int(row[at].value.split(", ")[0])]
        links += 1
    assert links > 50


def test_each_analysis_has_a_chart_of_the_figures_above_it(
    book: openpyxl.Workbook, built: BuildResult
) -> None:
    for chart in CHART_SHEETS:
        (drawn,) = book[chart.sheet]._charts
        words = "".join(
            run.t for paragraph in drawn.title.tx.rich.p for run in paragraph.r or () if run.t
        )
        most = f"；27 项中的前 {MOST_BARS} 项" if chart.sheet == "指标成本图" else ""
        assert words == f"{QUESTIONS[chart.question].zh}（{chart.note}{most}）" and "？" in words
        colours = [series.graphicalProperties.solidFill.srgbClr for series in drawn.series]
        assert len(set(colours)) == len(colours) and {f"#{c}" for c in colours} <= set(COLOURS)
        for series in drawn.series:
            assert series.val.numRef.f.startswith(f"{chart.sheet}!$")
            held = [point.v for point in series.cat.strRef.strCache.pt]
            assert held == [row[0].value for row in book[chart.sheet].iter_rows(min_row=2)]
            assert series.val.numRef.f.endswith(f"${book[chart.sheet].max_row}")
    shares = list(book["构成图"].iter_rows(min_row=2, values_only=True))
    assert shares[0] == ("晋城市应急管理局 2023", 3583.43, 1143.68, 4727.11)
    balances = list(book["结转图"].iter_rows(min_row=2, values_only=True))
    assert balances[1] == (
        "晋城市应急管理调度指挥中心 2025",
        None,
        55.5,
        684.04,
    )  # not printed, not 0
    with jcdata.connect(built.database) as con:
        ((most,),) = con.sql(
            "SELECT main.wan(max(yuan_per_indicator)) FROM project_costs"
        ).fetchall()
    assert float(most) in next(book["指标成本图"].iter_rows(min_row=2, values_only=True))


def test_an_analysis_without_figures_has_a_sheet_without_a_chart(
    build: Callable[..., BuildResult], tmp_path: Path
) -> None:
    table = "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    result = build(some=table + "合计 5.50 5.50  \n201 一般公共服务支出 5.50 5.50  \n")
    jcdata.export_workbook(result.database, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [len(book[chart.sheet]._charts) for chart in CHART_SHEETS] == [1, 0, 0, 0]
    assert book["增减图"].max_row == 1


def test_pages_are_numbered_and_repeat_the_headings(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
        assert sheet.oddHeader.right.text == "&A" and sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    for sheet in book.worksheets[1:]:
        assert sheet.print_title_rows == "$1:$1"


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


def test_a_chart_holds_no_sign_that_xml_has_not(
    build: Callable[..., BuildResult], tmp_path: Path
) -> None:
    table = "2031年预算支出总表\n单位名称：某某局\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    result = build(some=table + "合计 5.50 5.50  \n201 一般公共服务支出 5.50 5.50  \n")
    with duckdb.connect(str(result.database)) as con:
        con.execute(
            "UPDATE documents SET unit_name = chr(1) || '=1<某>&局' || chr(11) || chr(65534)"
        )
        store_views(con)
    jcdata.export_workbook(result.database, tmp_path / "x.xlsx")
    with ZipFile(tmp_path / "x.xlsx") as archive:
        charts = [archive.read(name) for name in archive.namelist() if "/charts/" in name]
    assert len(charts) == 1 and "=1<某>&局" in "".join(etree.fromstring(charts[0]).itertext())


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

"""The first sheet of the workbook: how to read it, what is on the other sheets, which documents it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import duckdb
from xlsxwriter.worksheet import Worksheet

from jcdata.database.warehouse import read_rows
from jcdata.exports.workbook_cells import Formats, set_printing, write_text
from jcdata.schema import DOCUMENT_KINDS

SHEET = "说明"
TITLE = "政府单位预算公开数据 / Budget disclosures of China's government units"
EXPLANATION = (
    ("金额", "“（万元）”列四舍五入到两位小数，供阅读；“（元）”列精确到分，计算请用此列。",
     "Columns with 万元 are rounded to two decimals for reading; those with 元 are exact: calculate with them."),
    ("合计行", "“是否合计”为“是”的行是同一张表其他行之和，加总前须先筛除，否则重复计算。同一笔钱列示于多张报表，加总时只取一张报表、"
     "一个指标口径。",
     "Rows where 是否合计 says 是 sum up others (is_total): filter them out before adding up. The same money stands in "
     "several statutory tables: add up one table and one 指标口径 at a time."),
    ("行号", "每个数字印在原文的第几行；在“原文行”表中按文件编号和行号筛选即可查看原文，核对发现的行号可直接点开。电话号码与经办人姓名已遮盖。",
     "Where a figure is printed: filter the sheet 原文行 by 文件编号 and 行号; those of findings are links. Contact details are masked."),
    ("核对", "“核对发现”列出文件前后矛盾之处，严重者在前，由其他发现引起者列于其起因之后；“核对结果”列出每项核对，相符者亦在内。",
     "核对发现 lists what the documents contradict, worst first, what follows from another finding below it; 核对结果 has "
     "every check, passes too."),
    ("表头", "鼠标移到表头上，即显示该列的含义。空白单元格表示文件未列示。",
     "Point at a heading to see what its column means. A blank cell: the document does not say."),
    ("文字", "以 = + - @ 开头的文字一律按文字保存，不会作为公式运行；超过单元格上限（32767字）的文字，截断处有注明。",
     "Texts that look like formulas are kept as text and never run; a text too long for a cell is cut with a mark."),
)  # fmt: skip
# How many there are, in each language, and the sheet that has them; what could not be read comes first
_COUNTS = (
    ("SELECT count(*) FROM problems", "处无法读取", "parts could not be read", "问题"),
    ("SELECT coalesce(sum(not_understood_count), 0) FROM document_figures", "个数字未识别，未参与核对",
     "figures were not understood and compared with nothing", "数字识别情况"),
    ("SELECT coalesce(sum(printed_only_count), 0) FROM document_figures", "个数字仅原样保留，未参与核对",
     "figures are kept only as printed and compared with nothing", "数字识别情况"),
    ("SELECT coalesce(sum(result_count), 0) FROM not_compared", "处未能核对", "comparisons could not be made", "未能核对"),
    ("SELECT count(*) FROM findings WHERE (status, severity) = ('fail', 'error') AND verdict IS DISTINCT FROM 'dismissed'",
     "处错误", "errors", "核对发现"),
    ("SELECT count(*) FROM findings WHERE (status, severity) = ('fail', 'warning') AND verdict IS DISTINCT FROM 'dismissed'",
     "处警告", "warnings", "核对发现"),
    ("SELECT count(*) FROM findings WHERE verdict = 'dismissed'", "处经复核不予采纳", "dismissed by a reviewer", "核对发现"),
    ("SELECT count(*) FROM stale_reviews", "条复核已失效", "reviews no longer apply", "失效复核"),
)  # fmt: skip
_WIDTHS = (26, 12, 90, 110)
_TWO_LINES = 32  # points
_DOCUMENTS = "SELECT document_id, unit_name, fiscal_year, document_kind, title, file_name FROM documents ORDER BY unit_name, fiscal_year, document_id"


class Entry(NamedTuple):
    """A sheet of the workbook: its name, what is on it in Chinese and English, its rows of data."""

    sheet: str
    comment_zh: str
    comment: str
    row_count: int


def write_cover(
    sheet: Worksheet, formats: Formats, con: duckdb.DuckDBPyConnection, contents: Sequence[Entry]
) -> None:
    """Write the sheet, from the first row to the last."""
    sheet.hide_gridlines(2)
    set_printing(sheet)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, TITLE, formats.bold)
    row = _write_counts(sheet, formats, 2, con)
    row = _write_explanation(sheet, formats, row + 1)
    row = _write_contents(sheet, formats, row + 1, contents)
    _write_documents(sheet, formats, row + 1, con)


def _write_counts(
    sheet: Worksheet, formats: Formats, first: int, con: duckdb.DuckDBPyConnection
) -> int:
    """What could not be read, then what was found."""
    for row, (query, zh, en, name) in enumerate(_COUNTS, start=first):
        ((count,),) = read_rows(con, query)
        sheet.write_string(row, 0, f"见“{name}”表", formats.bold)
        sheet.write_number(row, 1, int(count), formats.numbers["0"])
        sheet.write_string(row, 2, zh, formats.text)
        sheet.write_string(row, 3, en, formats.text)
    return first + len(_COUNTS)


def _write_explanation(sheet: Worksheet, formats: Formats, first: int) -> int:
    for row, (heading, zh, en) in enumerate(EXPLANATION, start=first):
        sheet.set_row(row, _TWO_LINES)
        sheet.write_string(row, 0, heading, formats.bold)
        sheet.write_string(row, 2, zh, formats.wrapped)
        sheet.write_string(row, 3, en, formats.wrapped)
    return first + len(EXPLANATION)


def _write_contents(
    sheet: Worksheet, formats: Formats, first: int, contents: Sequence[Entry]
) -> int:
    _write_headings(sheet, formats, first, ("工作表 Sheet", "行数 Rows", "含义", "Meaning"))
    for row, entry in enumerate(contents, start=first + 1):
        sheet.write_url(row, 0, f"internal:'{entry.sheet}'!A1", formats.link, entry.sheet)
        sheet.write_number(row, 1, entry.row_count, formats.numbers["0"])
        sheet.write_string(row, 2, entry.comment_zh, formats.text)
        sheet.write_string(row, 3, entry.comment, formats.text)
    return first + 1 + len(contents)


def _write_documents(
    sheet: Worksheet, formats: Formats, first: int, con: duckdb.DuckDBPyConnection
) -> None:
    _write_headings(
        sheet, formats, first, ("单位 Unit", "年度 Year", "文件 Document", "文件名 File")
    )
    documents = read_rows(con, _DOCUMENTS)
    for row, (document_id, unit, year, kind, title, file_name) in enumerate(
        documents, start=first + 1
    ):
        cells = (
            unit or "",
            str(year or ""),
            f"{title or document_id}（{DOCUMENT_KINDS[kind]}）",
            file_name,
        )
        for column, text in enumerate(cells):
            write_text(sheet, row, column, text, formats, "“文件”表")


def _write_headings(sheet: Worksheet, formats: Formats, row: int, headings: Sequence[str]) -> None:
    for column, heading in enumerate(headings):
        sheet.write_string(row, column, heading, formats.heading)

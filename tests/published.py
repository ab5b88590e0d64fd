"""A disclosure written in the formats in which governments publish it, for the tests of the readers."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from jcdata.documents import Document
from jcdata.readers.rows import Cell
from jcdata.sections import find_furniture

Grid = list[list[Cell]]
Content = Sequence[str | Grid]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FONT = "STSong-Light"
_FIGURE = re.compile(r"[\d,]+\.\d\d")
_CODE = re.compile(r"\d{3}|\d{5}|\d{7}")


def grid(text: str) -> Grid:
    """A table from lines of cells separated by |; an empty cell is one that the cell to its left covers."""
    rows = []
    for line in text.strip().split("\n"):
        rows.append([Cell(cell.strip()) for cell in line.split("|")])
    return rows


def contents_of(document: Document) -> list[str | Grid]:
    """A tabbed document's lines without what its pages repeat, those with tabs as tables."""
    contents: list[str | Grid] = []
    furniture = find_furniture(document)
    for line, _ in document.filled:
        if line.no in furniture:
            continue
        if "\t" not in line.text:
            contents.append(line.text)
        elif contents and not isinstance(contents[-1], str):
            contents[-1].append([Cell(text) for text in line.text.split("\t")])
        else:
            contents.append([[Cell(text) for text in line.text.split("\t")]])
    return contents


def as_spaced(text: str) -> str:
    """A tabbed text as the text layer of a PDF: a space between cells, a blank cell leaves one more, headers none."""
    lines = []
    for line in text.split("\n"):
        cells = line.split("\t")
        is_row = any(_FIGURE.fullmatch(cell) for cell in cells) or _CODE.fullmatch(cells[0])
        lines.append(" ".join(cells if is_row else filter(None, cells)).lstrip(" "))
    return "\n\n".join(lines)


def as_html(contents: Content) -> bytes:
    """A web page in GB18030 that says so."""
    return "".join(_html(contents)).encode("gb18030")


def _html(contents: Content) -> Iterator[str]:
    yield '<html><head><meta charset="gb2312"><title>公开</title></head><body>'
    for part in contents:
        if isinstance(part, str):
            yield f"<p>{html.escape(part)}</p>"
            continue
        yield "<table>"
        for row in part:
            cells = (f"<td colspan={c.column_span} rowspan={c.row_span}>{html.escape(c.text)}</td>" for c in row)
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</table>"
    yield "</body></html>"


def as_excel(contents: Content) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    row_no = 0
    for part in contents:
        if isinstance(part, str):
            row_no += 1
            sheet.cell(row_no, 1, part)
            continue
        for row, columns in zip(part, _columns(part), strict=True):
            row_no += 1
            for column, cell in zip(columns, row, strict=True):
                sheet.cell(row_no, column + 1, cell.text or None)
                if cell.column_span > 1 or cell.row_span > 1:
                    sheet.merge_cells(None, row_no, column + 1, row_no + cell.row_span - 1, column + cell.column_span)
    return excel_bytes(book)


def excel_bytes(book: Workbook) -> bytes:
    """A workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _columns(part: Grid) -> list[list[int]]:
    """The column of each cell."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row_no, row in enumerate(part):
        column, columns = 0, []
        for cell in row:
            while (row_no, column) in taken:
                column += 1
            columns.append(column)
            taken |= {
                (row_no + down, column + right) for down in range(cell.row_span) for right in range(cell.column_span)
            }
            column += cell.column_span
        found.append(columns)
    return found


def as_word(contents: Content) -> bytes:
    """A Word file with nothing but its text."""
    return word_bytes("".join(_word(contents)))


def word_bytes(body: str) -> bytes:
    """A Word file with this XML as its body."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    )
    return zip_bytes({"word/document.xml": document.encode()})


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """A packed archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word_paragraph(text: str) -> str:
    """A paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def _word(contents: Content) -> Iterator[str]:
    for part in contents:
        if isinstance(part, str):
            yield word_paragraph(part)
            continue
        yield "<w:tbl>"
        for row in part:
            assert all(cell.row_span == 1 for cell in row)
            cells = (
                f'<w:tc><w:tcPr><w:gridSpan w:val="{c.column_span}"/></w:tcPr>{word_paragraph(c.text)}</w:tc>'
                for c in row
            )
            yield f"<w:tr>{''.join(cells)}</w:tr>"
        yield "</w:tbl>"


def as_pdf(contents: Content, row_height: float | None = None, split_rows: bool = False) -> bytes:
    """A PDF file with ruled tables, cells wrapped; `split_rows` lets a page break cut a row."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK")
    parts: list[Flowable] = []
    for part in contents:
        if isinstance(part, str):
            parts.append(Paragraph(html.escape(part), style))
        else:
            parts.append(_pdf_table(part, style, row_height, split_rows))
    file = io.BytesIO()
    margin = 40
    frame = SimpleDocTemplate(
        file, pagesize=landscape(A4), leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin
    )
    frame.build(parts)
    return file.getvalue()


def _pdf_table(part: Grid, style: ParagraphStyle, row_height: float | None, split_rows: bool) -> Table:
    columns = _columns(part)
    width = max(
        column + cell.column_span
        for places, row in zip(columns, part, strict=True)
        for column, cell in zip(places, row, strict=True)
    )
    cells: list[list[Paragraph | str]] = [[""] * width for _ in part]
    rules: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    for row_no, (row, places) in enumerate(zip(part, columns, strict=True)):
        for cell, column in zip(row, places, strict=True):
            cells[row_no][column] = Paragraph(html.escape(cell.text), style)
            if cell.column_span > 1 or cell.row_span > 1:
                rules.append(("SPAN", (column, row_no), (column + cell.column_span - 1, row_no + cell.row_span - 1)))
    widest = [
        max((len(row[i].text) for row in cells if isinstance(row[i], Paragraph)), default=0) for i in range(width)
    ]
    weights = [min(n, 60) ** 0.7 + 4 for n in widest]
    room = (landscape(A4)[0] - 100) / sum(weights)
    return Table(
        cells, colWidths=[room * w for w in weights], rowHeights=row_height, style=rules, splitInRow=int(split_rows)
    )

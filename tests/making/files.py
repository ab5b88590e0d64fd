"""A disclosure written in the formats in which governments publish it, for the tests of the readers."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart

import docx
import pypdfium2
import xlwt
from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Page
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from jcdata.documents.document import Document
from jcdata.documents.formats.rows import Cell
from jcdata.documents.sections import find_furniture

Grid = list[list[Cell]]
Content = Sequence[str | Grid]


class Headed(Grid):
    """A grid whose first rows, its header, are printed again on each page."""

    def __init__(self, rows: Iterable[list[Cell]], header_rows: int) -> None:
        super().__init__(rows)
        self.header_rows = header_rows


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMESPACES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math" xmlns:a="{_DRAWING}/main"'
    f' xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
FONT = "STSong-Light"
DRAWN_SIZE = 10  # points
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
        header_rows = part.header_rows if isinstance(part, Headed) else 0
        yield "<table>"
        for tag, rows in (("thead", part[:header_rows]), ("tbody", part[header_rows:])):
            if rows:
                yield f"<{tag}>{''.join(map(_html_row, rows))}</{tag}>"
        yield "</table>"
    yield "</body></html>"


def _html_row(row: Iterable[Cell]) -> str:
    cells = (
        f"<td colspan={c.column_span} rowspan={c.row_span}>{html.escape(c.text)}</td>" for c in row
    )
    return f"<tr>{''.join(cells)}</tr>"


PRINTED = """
p { margin: 2pt 0 }
table { width: 100%; border-collapse: collapse; margin-bottom: 8pt }
td { border: 0.5pt solid black; padding: 1pt 3pt; word-break: break-all }
"""


def as_printed(
    page: Page, contents: Content, style: str = "", size: float = 9, paper: str = "A4 landscape"
) -> bytes:
    """A PDF file as a browser prints the web page, in type of `size` points; `style` is CSS that counts before its own."""
    page.set_content("".join(_html(contents)))
    page.add_style_tag(
        content=f"@page {{ size: {paper}; margin: 15mm }} body, td {{ font: {size}pt sans-serif }} {PRINTED} {style}"
    )
    return page.pdf(prefer_css_page_size=True)


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
                    sheet.merge_cells(
                        None,
                        row_no,
                        column + 1,
                        row_no + cell.row_span - 1,
                        column + cell.column_span,
                    )
    return excel_bytes(book)


def excel_bytes(book: Workbook) -> bytes:
    """A workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_strict(data: bytes) -> bytes:
    """An Office file in the strict variant of its format, whose parts have other namespaces."""
    replaced = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for transitional, strict in replaced.items():
        members = {name: content.replace(transitional, strict) for name, content in members.items()}
    return zip_bytes(members)


def xls_bytes(book: xlwt.Workbook) -> bytes:
    """A workbook of Excel 97 to 2003 as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xml_workbook(*sheets: str, styles: str = "") -> bytes:
    """A workbook in the XML of Excel 2003 from what stands in each of its sheets."""
    worksheets = "".join(
        f'<Worksheet ss:Name="S{number}">{sheet}</Worksheet>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"<Styles>{styles}</Styles>{worksheets}</Workbook>"
    ).encode()


def as_mail(
    pages: Mapping[str, bytes], encode: Callable[[MIMEBase], None] = encode_base64
) -> bytes:
    """Web pages by their addresses as the mail in which Office and browsers store them, the first one first."""
    mail = MIMEMultipart("related", type="text/html")
    for address, content in pages.items():
        part = MIMEBase("text", "html")
        part.set_payload(content)
        encode(part)
        part["Content-Location"] = address
        mail.attach(part)
    return mail.as_bytes()


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
                (row_no + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
            column += cell.column_span
        found.append(columns)
    return found


def _width(part: Grid, columns: list[list[int]]) -> int:
    return max(
        column + cell.column_span
        for places, row in zip(columns, part, strict=True)
        for column, cell in zip(places, row, strict=True)
    )


def as_word(contents: Content) -> bytes:
    """A Word file."""
    document = docx.Document()
    for part in contents:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        columns = _columns(part)
        table = document.add_table(len(part), _width(part, columns))
        places = [row.cells for row in table.rows]
        for row_no, (row, firsts) in enumerate(zip(part, columns, strict=True)):
            for cell, column in zip(row, firsts, strict=True):
                last = places[row_no + cell.row_span - 1][column + cell.column_span - 1]
                place = places[row_no][column]
                (place if last is place else place.merge(last)).text = cell.text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word_bytes(body: str, chunks: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A Word file with this XML as its body; `parts` are the contents of others, `numbering` of <w:numbering>.

    `chunks` are files that it takes in, by the names by which <w:altChunk r:id="..."/> calls them.
    """
    document = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    related = [(kind, kind, f"{kind}.xml") for kind in parts]
    related += [(name, "aFChunk", name) for name in chunks or {}]
    members = {"word/document.xml": document.encode()}
    for kind, content in parts.items():
        members[f"word/{kind}.xml"] = f"<w:{kind} {_NAMESPACES}>{content}</w:{kind}>".encode()
    members |= {f"word/{name}": content for name, content in (chunks or {}).items()}
    if related:
        relations = "".join(
            f'<Relationship Id="{part_id}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
            for part_id, kind, target in related
        )
        packages = "http://schemas.openxmlformats.org/package/2006/relationships"
        listed = f'<Relationships xmlns="{packages}">{relations}</Relationships>'
        members["word/_rels/document.xml.rels"] = listed.encode()
    return zip_bytes(members)


def word_paragraph(text: str) -> str:
    """A paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """A packed archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED
            )  # the same bytes at any time
    return file.getvalue()


def draw_pdf(*pages: Callable[[Canvas], object], encrypted: str | None = None) -> bytes:
    """A PDF whose pages are drawn by hand, (0, 0) being the lower left corner; `encrypted` with the password to open it."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(
        file, encrypt=None if encrypted is None else StandardEncryption(encrypted, "owner")
    )
    for page in pages:
        canvas.setFont(FONT, DRAWN_SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


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
        file,
        pagesize=landscape(A4),
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
    )
    frame.build(parts)
    return file.getvalue()


def as_scan(data: bytes, dpi: int = 150, degrees: float = 0.0, quality: int = 85) -> bytes:
    """A PDF file whose pages are grey JPEG pictures of another's, turned to the left by so many degrees."""
    pictures = [
        page.render(scale=dpi / 72)
        .to_pil()
        .convert("L")
        .rotate(degrees, resample=Image.Resampling.BICUBIC, expand=degrees % 90 == 0, fillcolor=255)
        for page in pypdfium2.PdfDocument(data)
    ]
    file = io.BytesIO()
    first, *others = pictures
    first.save(file, "PDF", save_all=True, append_images=others, resolution=dpi, quality=quality)
    return file.getvalue()


def _pdf_table(
    part: Grid, style: ParagraphStyle, row_height: float | None, split_rows: bool
) -> Table:
    columns = _columns(part)
    width = _width(part, columns)
    cells: list[list[Paragraph | str]] = [[""] * width for _ in part]
    rules: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    for row_no, (row, places) in enumerate(zip(part, columns, strict=True)):
        for cell, column in zip(row, places, strict=True):
            cells[row_no][column] = Paragraph(html.escape(cell.text), style)
            if cell.column_span > 1 or cell.row_span > 1:
                rules.append(
                    (
                        "SPAN",
                        (column, row_no),
                        (column + cell.column_span - 1, row_no + cell.row_span - 1),
                    )
                )
    widest = [
        max((len(row[i].text) for row in cells if isinstance(row[i], Paragraph)), default=0)
        for i in range(width)
    ]
    weights = [min(n, 60) ** 0.7 + 4 for n in widest]
    room = (landscape(A4)[0] - 100) / sum(weights)
    return Table(
        cells,
        colWidths=[room * w for w in weights],
        rowHeights=row_height,
        style=rules,
        splitInRow=int(split_rows),
    )

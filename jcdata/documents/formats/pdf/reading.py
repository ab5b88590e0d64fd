"""PDF files, page by page: ruled tables by their lines, other text a line as it is printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from jcdata.documents.formats.pdf.dotted_lines import with_dotted
from jcdata.documents.formats.pdf.drawn_text import UNNAMED
from jcdata.documents.formats.pdf.joining import join_pages
from jcdata.documents.formats.pdf.order import Block, in_reading_order
from jcdata.documents.formats.pdf.page import Page, Rule, read_page
from jcdata.documents.formats.pdf.ruled_tables import find_tables
from jcdata.documents.formats.pdf.scanned import MOST_BOXES, can_recognise, read_scan
from jcdata.documents.formats.pdf.text_lines import find_lines
from jcdata.documents.formats.pdf.unruled_pages import with_unruled_tables
from jcdata.documents.formats.rows import Row
from jcdata.errors import DocumentError
from jcdata.extras import install_command
from jcdata.messages import Message

MAX_PAGES = 3_000
MOST_SCANS = 200  # pages of a file that are recognised, each takes seconds
FEWEST_CHARS = 20  # on a page that is not only a picture
LEAST_PICTURE = 0.5  # share of a page that is a scan which its pictures cover
LEAST_BESIDE = 0.05  # share of a page with text from which its pictures may show a table
FILE_END = 2048  # bytes within which a whole file says where its contents are listed

INSTALL = install_command("ocr")
READS_THEM = Message(f"{INSTALL} reads them", f"{INSTALL} 后可识别")

_HALVES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")  # of a rare character, as PDFium gives it

# What is said of a file's pages
NOTES = {
    "damaged": Message("damaged pages that can't be opened:", "已损坏、无法打开的页"),
    "picture": Message(
        f"pages without text, only pictures ({READS_THEM.en}):", f"仅有图片的页（{READS_THEM.zh}）"
    ),
    "recognised": Message(
        "recognised in pictures (compare the figures that no sum confirms), pages",
        "由图片识别的页（未经勾稽印证的数字请核对原件）",
    ),
    "beyond": Message(
        f"pictures after the first {MOST_SCANS}, which were not recognised, on pages",
        "图片过多、未识别的页",
    ),
    "wordless": Message(
        "pictures in which no text was recognised, pages", "图片中未识别出文字的页"
    ),
    "crowded": Message(
        f"pictures of more than {MOST_BOXES} pieces of text, which were taken for photographs, pages",
        "文字块过多、按照片处理的页",
    ),
    "beside": Message("pictures beside text, which are not read, on pages", "未读取图片的页"),
    "unreadable": Message("the fonts do not name the characters of pages", "字体无法对应文字的页"),
    "unnamed": Message(
        "some characters are not named by their font on pages", "部分字符无法识别的页"
    ),
    "fontless": Message(
        "text lost, as its font is neither in the file nor on this machine (install a Chinese font), on pages",
        "字体未嵌入且本机没有中文字体、文字无法读取的页",
    ),
    "slanting": Message("slanting text (watermarks) left out on pages", "未读取倾斜文字"),
    "watermark": Message(
        "pale large text (watermarks) left out on pages", "未读取浅色大字（水印）"
    ),
    "hidden": Message("text that can't be seen left out on pages", "未读取不可见文字"),
    "struck": Message("text that is struck out left out on pages", "未读取划去的文字"),
    "drawing": Message(
        "more lines, areas or other objects than are read, as drawings have, on pages",
        "线条或图形过多、未全部读取的页",
    ),
    "mark": Message("raised marks of footnotes left out on pages", "未读取脚注标号"),
}

_ENCRYPTED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def read_rows(
    data: bytes, begin_scan: Callable[[], None] = lambda: None
) -> tuple[Iterator[Row], list[Message]]:
    """The rows of a file, and notes that name the pages that are pictures and those of which text is left out.

    `begin_scan` is called before each page that takes long, as it is recognised in a picture.
    Raises DocumentError for a file that is encrypted, damaged or absurdly large, or has no text.
    """
    if b"startxref" not in data[-FILE_END:]:
        raise DocumentError(
            Message("a damaged PDF file, its end is missing", "PDF 文件已损坏，缺文件尾")
        )
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            raise DocumentError(Message("the file is encrypted", "文件已加密")) from error
        raise DocumentError(Message(f"a damaged PDF file: {error}", "PDF 文件已损坏")) from error
    try:
        pages, notes = _read_pages(file, begin_scan)
    finally:
        file.close()
    return map(_with_whole_characters, join_pages(pages)), notes


def _with_whole_characters(row: Row) -> Row:
    if not any(map(_HALVES.search, row.cells)):
        return row
    return row._replace(
        cells=tuple(cell.encode("utf-16", "surrogatepass").decode("utf-16") for cell in row.cells)
    )


def _read_pages(
    file: pypdfium2.PdfDocument, begin_scan: Callable[[], None]
) -> tuple[list[list[Block]], list[Message]]:
    """What stands on each page, and the notes."""
    if len(file) > MAX_PAGES:
        raise DocumentError(Message(f"more than {MAX_PAGES} pages", "页数过多"))
    remarks: defaultdict[str, list[str]] = defaultdict(list)
    read: list[list[Block]] = []
    rules: list[list[Rule]] = []
    scans = 0
    for page_no in range(1, len(file) + 1):
        try:
            page = _open_page(file, page_no)
        except pypdfium2.PdfiumError:
            remarks["damaged"].append(str(page_no))
            read.append([])
            rules.append([])
            continue
        try:
            content = read_page(page.raw)
            if _is_picture(content) and scans < MOST_SCANS and can_recognise():
                begin_scan()
                content = read_scan(page)
                scans += 1
        finally:
            page.close()
        content = content._replace(rules=with_dotted(content.rules))
        blocks, left_out = _find_blocks(content)
        read.append(blocks)
        rules.append(content.rules)
        for what in left_out.union(_remarks_on(content)):
            remarks[what].append(str(page_no))
    pictures, unreadable = remarks["picture"] + remarks["wordless"], remarks["unreadable"]
    if len(remarks["damaged"]) == len(file):
        raise DocumentError(
            Message(
                "a damaged PDF file, no page of it can be opened", "PDF 文件已损坏，各页均无法打开"
            )
        )
    if not any(
        blocks
        for number, blocks in enumerate(read, start=1)
        if str(number) not in {*pictures, *unreadable}
    ):
        raise DocumentError(_no_text(pictures, unreadable))
    notes = [
        Message(
            f"{said.en} {', '.join(remarks[what])}",
            f"{said.zh}（第 {'、'.join(remarks[what])} 页）",
        )
        for what, said in NOTES.items()
        if remarks[what]
    ]
    return with_unruled_tables(read, rules), notes


def _open_page(file: pypdfium2.PdfDocument, page_no: int) -> pypdfium2.PdfPage:
    """A page with the fields of its form filled in, as they are shown."""
    page = file[page_no - 1]
    if pdfium.FPDFPage_GetAnnotCount(page.raw) and pdfium.FPDFPage_Flatten(
        page.raw, pdfium.FLAT_NORMALDISPLAY
    ):
        page.close()
        page = file[page_no - 1]
    return page


def _find_blocks(page: Page) -> tuple[list[Block], set[str]]:
    """The tables and lines of a page in the order in which they are read, and the kinds of what is left out of them."""
    tables, outside, is_drawn = find_tables(page.rules, page.runs)
    lines = find_lines(outside)
    has_marks = any(line.marks for line in lines) or any(
        cell.has_marks for table in tables for row in table.rows for cell in row
    )
    left_out = {what for what, is_so in (("mark", has_marks), ("drawing", is_drawn)) if is_so}
    return in_reading_order(tables, lines), left_out


def _is_picture(page: Page) -> bool:
    """Whether a page is a scan: a picture covers it, and it has hardly any text."""
    return page.picture_share > LEAST_PICTURE and _count_signs(page)[0] < FEWEST_CHARS


def _is_scan(page: Page) -> bool:
    """Whether the text of a page is that of its picture."""
    return page.is_recognised or any(run.reading for run in page.runs)


def _count_signs(page: Page) -> tuple[int, int]:
    """How many characters of a page are named, and how many are not."""
    text = "".join([run.text for run in page.runs])
    unnamed = text.count(UNNAMED)
    return len(text) - unnamed - text.count(" "), unnamed


def _remarks_on(page: Page) -> Iterator[str]:
    """What is to be said of a page."""
    named, unnamed = _count_signs(page)
    if page.is_recognised:
        yield "recognised" if named else "wordless"
    elif _is_picture(page):
        yield "beyond" if can_recognise() else "picture"
    elif unnamed > named:
        yield "unreadable"
    elif unnamed:
        yield "unnamed"
    if page.picture_share > LEAST_BESIDE and named and not _is_picture(page) and not _is_scan(page):
        yield "beside"
    yield from (what for what, count in page.left_out.items() if count)


def _no_text(pictures: Sequence[str], unreadable: Sequence[str]) -> Message:
    """Why there is nothing to read, pages that are pictures or bear unreadable text being named."""
    if pictures:
        hint = (
            Message("", "")
            if can_recognise()
            else Message(f"; {READS_THEM.en}", f"；{READS_THEM.zh}")
        )
        return Message(
            f"only pictures without text (a scan), from page {pictures[0]} on{hint.en}",
            f"扫描件，自第 {pictures[0]} 页起没有文字{hint.zh}",
        )
    if unreadable:
        return Message(
            f"the fonts do not name its characters, from page {unreadable[0]} on",
            f"自第 {unreadable[0]} 页起字体无法对应文字",
        )
    return Message("no text that runs from left to right", "没有横排文字")

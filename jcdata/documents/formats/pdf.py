"""PDF files, page by page: ruled tables by their lines, other text a line as it is printed."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.psparser import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from jcdata.documents.formats.cut_tables import Block, TextLine, join_pages
from jcdata.documents.formats.rows import Row
from jcdata.documents.formats.ruled_tables import Char, find_tables, middle
from jcdata.errors import DocumentError
from jcdata.messages import Message
from jcdata.text import fold

MAX_PAGES = 3_000
MAX_EDGES = 20_000  # ruling lines on a page; more are a drawing
MAX_UNPACKED = 1024 * 1024 * 1024  # bytes of all streams
FEWEST_CHARS = 20  # on a page that is not only a picture
_STREAM = re.compile(rb"stream\r?\n")
_UNNAMED = re.compile(
    r"\(cid:\d+\)"
)  # what stands for a character whose font does not say which it is
_SLANT = 0.1
_GAP = 0.3  # of a character's size, from which white space stands between two
_FAULTS = (
    PdfminerException, MalformedPDFException, PSException,
    # What pdfminer raises at a value that is not of the kind that it expects
    AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError, zlib.error,
)  # fmt: skip

logging.getLogger("pdfminer").setLevel(
    logging.ERROR
)  # it warns of each font without a bounding box


def read_rows(data: bytes) -> tuple[Iterator[Row], list[Message]]:
    """The rows of a file, and notes that name the pages that are pictures and those of which text is left out.

    Raises DocumentError for a file that is encrypted, damaged or absurdly large, or has no text.
    """
    _check_size(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages, notes = _read_pages(pdf.pages)
    except _FAULTS as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFEncryptionError):
            raise DocumentError(Message("the file is encrypted", "文件已加密")) from error
        raise DocumentError(Message(f"a damaged PDF file: {cause!r}", "PDF 文件已损坏")) from error
    return join_pages(pages), notes


def _read_pages(pages: Sequence[Page]) -> tuple[list[list[Block]], list[Message]]:
    """What stands on each page, and the notes."""
    if len(pages) > MAX_PAGES:
        raise DocumentError(Message(f"more than {MAX_PAGES} pages", "页数过多"))
    read: list[list[Block]] = []
    pictures: list[str] = []
    sideways: list[str] = []
    unnamed: list[str] = []
    for page in pages:
        level = [char for char in page.chars if _is_level(char)]
        chars = [char for char in level if not _UNNAMED.fullmatch(char["text"])]
        for is_so, numbers in (
            (len(level) < len(page.chars), sideways),
            (len(chars) < len(level), unnamed),
            (_is_picture(page, level), pictures),
        ):
            if is_so:
                numbers.append(str(page.page_number))
        read.append(_read_page(page, chars))
        # Else each page keeps all that was read of it until the file is closed.
        page.close()
    if not any(
        blocks for number, blocks in enumerate(read, start=1) if str(number) not in pictures
    ):
        raise DocumentError(_no_text(pictures, unnamed))
    notes = []
    if pictures:
        notes.append(
            Message(f"pages without text, only pictures: {', '.join(pictures)}", "仅有图片的页")
        )
    if unnamed:
        notes.append(
            Message(
                f"fonts do not name their characters on pages {', '.join(unnamed)}",
                "字体无法对应文字的页",
            )
        )
    if sideways:
        notes.append(
            Message(
                f"slanting text (watermarks) left out on pages {', '.join(sideways)}",
                "未读取倾斜文字",
            )
        )
    return read, notes


def _no_text(pictures: Sequence[str], unnamed: Sequence[str]) -> Message:
    """Why there is nothing to read, pages that are pictures or bear unreadable text being named."""
    if pictures:
        return Message(
            f"only pictures without text (a scan), from page {pictures[0]} on", "扫描件，没有文字"
        )
    if unnamed:
        return Message(
            f"the fonts do not name its characters, from page {unnamed[0]} on", "字体无法对应文字"
        )
    return Message("no text that runs from left to right", "没有横排文字")


def _read_page(page: Page, chars: Sequence[Char]) -> list[Block]:
    """The tables and lines of a page from top to bottom."""
    edges = page.edges
    if len(edges) > MAX_EDGES:
        return list(_find_lines(chars))
    tables, outside = find_tables(edges, chars)
    return sorted([*tables, *_find_lines(outside)], key=lambda block: block.top)


def _is_picture(page: Page, level: Sequence[Char]) -> bool:
    """Whether a page is a scan: images cover it, and no text but a page number stands upright on it."""
    covered = sum(image["width"] * image["height"] for image in page.images)
    return bool(len(level) < FEWEST_CHARS and covered * 2 > page.width * page.height)


def _is_level(char: Char) -> bool:
    """Whether a character stands upright on its page; pdfplumber's own mark lets slanting ones pass."""
    across, up = char["matrix"][:2]
    return bool(abs(up) < _SLANT * across)


def _find_lines(chars: Iterable[Char]) -> Iterator[TextLine]:
    """Characters as lines, one space for each gap: how wide it is does not tell how many blank cells it covers."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: middle(char)[1]):
        # Compared with the character before it, not with the first one, as a line may slope.
        if lines and middle(char)[1] - middle(lines[-1][-1])[1] < char["size"] / 2:
            lines[-1].append(char)
        else:
            lines.append([char])
    left = min(
        (char["x0"] for line in lines for char in line if not char["text"].isspace()), default=0.0
    )
    for line in lines:
        text, end, is_parted = "", left, False
        # Spaces stand where nothing shows and lack where a gap does, so gaps count too.
        for char in sorted(line, key=lambda char: float(char["x0"])):
            if char["text"].isspace():
                is_parted = True
                continue
            gap = (char["x0"] - end) / max(char["size"], 1.0)
            text += " " if is_parted or gap > _GAP else ""
            text += char["text"]
            end, is_parted = char["x1"], False
        if text:
            yield TextLine(min(char["top"] for char in line), fold(text))


def _check_size(data: bytes) -> None:
    """Raise DocumentError where the streams unpack to an absurd size, before a library unpacks them."""
    left = MAX_UNPACKED
    for start in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        try:
            left -= len(unpacker.decompress(memoryview(data)[start.end() :], left + 1))
        except zlib.error:
            continue  # not packed in this way, or damaged
        if left < 0:
            raise DocumentError(
                Message(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB", "解压后过大")
            )

"""Any input file becomes numbered lines here; everything after this module sees only those.

The raw stage changes nothing but contact details, which are masked before a line leaves this module.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jcdata import text
from jcdata.documents.contacts import ContactMask
from jcdata.documents.formats.decoding import decode
from jcdata.documents.formats.detection import Format, detect, misnamed
from jcdata.documents.formats.left_out import notes_on
from jcdata.documents.formats.rows import (
    CellFault,
    Merged,
    Recognised,
    Row,
    bounded,
    least_sure,
)
from jcdata.errors import DocumentError
from jcdata.messages import Message

MAX_LABEL = 160  # characters up to which a line may be a title, a caption or a heading
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_PICTURE_OF_PAGE = re.compile(rb"<(?:img|svg|canvas)\b", re.IGNORECASE)  # in a web page
_PIPE_RULE = re.compile(r"^[\s|:\-]+$")


class Line(NamedTuple):
    """A line of a document. `raw` is as it stands; `text` has markup and look-alike characters removed.

    In files that keep tables, `table` counts them and `merged` says which cells cover several columns or rows, as in `Row`.
    `recognised` goes with its cells, as in `Row`.
    """

    no: int
    raw: str
    text: str
    page_no: int | None = None
    table: int | None = None
    merged: tuple[Merged, ...] = ()
    recognised: tuple[Recognised | None, ...] = ()

    @property
    def confidence(self) -> float | None:
        """How sure its least sure character is, of a line that was read off a picture."""
        whole = least_sure(self.recognised) if self.recognised else None
        return whole.confidence if whole else None

    @property
    def squeezed(self) -> str:
        """The text without white space."""
        return text.squeeze(self.text)


class ExactCell(NamedTuple):
    """A cell that shows less than it holds: line and cell from 1, what it shows, and the number or the ISO 8601 date."""

    line_no: int
    cell_no: int
    text: str
    value: str


class Document:
    """A disclosure as numbered lines.

    `document_id` is the file name without its extension, `notes` says what was done to read it. `has_cells` says
    that the file itself keeps its cells apart, so that they need not be found. `faults` are the cells that could not be
    read, each with its line, `exact_values` what cells hold that show less. `is_whole` says that nothing of the file
    was left out that may be a table.
    """

    def __init__(
        self,
        file_name: str,
        sha256: str,
        lines: list[Line],
        notes: tuple[Message, ...] = (),
        has_cells: bool = False,
        faults: Sequence[tuple[Line, CellFault]] = (),
        exact_values: Sequence[ExactCell] = (),
        is_whole: bool = True,
        document_id: str | None = None,
    ) -> None:
        self.file_name, self.sha256, self.lines, self.notes = file_name, sha256, lines, notes
        self.has_cells = has_cells
        self.faults, self.exact_values, self.is_whole = faults, exact_values, is_whole
        self.document_id = document_id or Path(file_name).stem

    @cached_property
    def filled(self) -> list[tuple[Line, str]]:
        """The lines that are not blank, each with the key in which patterns compare it; '' for long ones."""
        return [
            (line, text.label_key(line.text) if len(line.text) <= MAX_LABEL else "")
            for line in self.lines
            if line.text and not line.text.isspace()
        ]

    @cached_property
    def layout(self) -> str:
        """`tabbed` where tabs keep the cells apart, else `spaced`."""
        if self.has_cells:
            return "tabbed"
        # The prose has no tabs, however the tables are kept: a small part of the lines is enough.
        tabbed = sum(line.text.count("\t") > 1 for line, _ in self.filled)
        return "tabbed" if tabbed * 10 > len(self.filled) else "spaced"


def read_document(
    data: bytes,
    file_name: str,
    begin_scan: Callable[[], None] = lambda: None,
    document_id: str | None = None,
) -> Document:
    """Read the content of a file of any format that is read; the format is told by content, whatever the file is named.

    `begin_scan` is called before each page that takes long, as it is recognised in a picture. Without a `document_id` it
    is the name without its extension. Raises DocumentError for a file that is empty, damaged, encrypted, wrongly encoded, or of a format that is not read.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    kind = detect(data)
    notes = misnamed(file_name, kind)
    if kind == Format.TEXT:
        content, decoding = decode(data)
        lines = list(number_lines(content))
        said = (*notes, *decoding, *_controls_noted(lines))
        return Document(file_name, sha256, lines, said, document_id=document_id)
    reading = read_file(data, kind, begin_scan)
    lines = list(number_rows(reading.rows))
    if not lines:
        raise DocumentError(Message("a file without text", "文件没有文字"))
    return Document(
        file_name,
        sha256,
        lines,
        (*notes, *reading.notes, *_controls_noted(lines)),
        reading.has_cells,
        [(line, f) for line, row in zip(lines, reading.rows, strict=True) for f in row.faults],
        [*_exact_values(lines, reading.rows)],
        reading.is_whole,
        document_id,
    )


def _exact_values(lines: Iterable[Line], rows: Iterable[Row]) -> Iterator[ExactCell]:
    """What cells hold that show less, unless what they show is masked."""
    for line, row in zip(lines, rows, strict=True):
        shown = line.raw.split("\t") if row.exact else []
        for column, value in row.exact:
            if shown[column : column + 1] == [row.cells[column]]:
                yield ExactCell(
                    line_no=line.no, cell_no=column + 1, text=row.cells[column], value=value
                )


def _controls_noted(lines: Iterable[Line]) -> Iterator[Message]:
    """That control characters were left out, if there are any."""
    counts = [(line.no, count) for line in lines if (count := text.count_controls(line.raw))]
    if counts:
        total, first = sum(count for _, count in counts), counts[0][0]
        yield Message(
            f"{total} control characters left out, first in line {first}",
            f"略去 {total} 个控制字符，首见于第 {first} 行",
        )


class Reading(NamedTuple):
    """What a reader made of a file; as in `Document`."""

    rows: list[Row]
    notes: tuple[Message, ...] = ()
    has_cells: bool = True
    is_whole: bool = True


def read_file(data: bytes, kind: Format, begin_scan: Callable[[], None] = lambda: None) -> Reading:
    """The rows of a file that is not text. The libraries are loaded only where such a file is met: they take time."""
    if kind == Format.HTML:
        from jcdata.documents.formats.html import reading as html

        page_rows, decoding = html.read_rows(data)
        left_out = tuple(notes_on(page_rows))
        is_whole = not left_out and not _PICTURE_OF_PAGE.search(data.replace(b"\0", b""))
        return Reading(rows=page_rows, notes=(*decoding, *left_out), is_whole=is_whole)
    if kind == Format.MHTML:
        from jcdata.documents.formats import mhtml

        mail_rows, mail_notes = mhtml.read_rows(data)
        mail_notes += notes_on(mail_rows)
        return Reading(rows=mail_rows, notes=tuple(mail_notes), is_whole=False)
    if kind == Format.WORD:
        from jcdata.documents.formats.word import reading as word

        word_rows, chunk_notes = word.read_rows(data)
        word_notes = (*chunk_notes, *notes_on(word_rows))
        return Reading(rows=word_rows, notes=word_notes, is_whole=not word_notes)
    if kind == Format.EXCEL:
        from jcdata.documents.formats.excel import reading as excel

        sheet_rows, sheet_notes = excel.read_rows(data)
        return Reading(
            rows=list(bounded(sheet_rows)), notes=tuple(sheet_notes), is_whole=not sheet_notes
        )
    from jcdata.documents.formats.pdf import reading as pdf

    pdf_rows, pdf_notes = pdf.read_rows(data, begin_scan)
    rows = list(bounded(pdf_rows))
    has_cells = any(len(row.cells) > 1 for row in rows)
    return Reading(rows=rows, notes=tuple(pdf_notes), has_cells=has_cells, is_whole=not pdf_notes)


def number_lines(content: str) -> Iterator[Line]:
    """Split a text at line ends only, mask contact details, and count pages by form feeds."""
    paged = "\f" in content
    page_no = 1
    mask = ContactMask()
    rows = re.split(r"\r\n|\n|\r", content)
    for no, raw in enumerate(rows[:-1] if rows[-1] == "" else rows, start=1):
        if paged:  # a form feed stands before the first line of the page that it begins
            page_no += raw.count("\f")
            raw = raw.replace("\f", "")
        masked = mask(raw)
        yield Line(no=no, raw=masked, text=plain(masked), page_no=page_no if paged else None)


def number_rows(rows: Iterable[Row]) -> Iterator[Line]:
    """A line for each row, its cells separated by tabs, contact details masked."""
    mask = ContactMask()
    for no, row in enumerate(rows, start=1):
        masked = mask("\t".join(row.cells))
        yield Line(
            no=no,
            raw=masked,
            text=text.fold(masked),
            page_no=row.page_no,
            table=row.table,
            merged=row.merged,
            recognised=row.recognised,
        )


def plain(raw: str) -> str:
    """The line as readers see it: without markup, Markdown table rows as tab-separated cells."""
    if not raw or raw.isspace():
        return ""
    line = text.strip_markup(text.fold(raw))
    if is_pipe_row(line):
        return "" if _PIPE_RULE.match(line) else "\t".join(_pipe_cells(line))
    return line.lstrip("#") if line.startswith("#") else line


def is_text_row(line: Line) -> bool:
    """Whether a line of text may be the row of a table: Markdown or tabs keep its cells apart."""
    return "\t" in line.text or is_pipe_row(line.raw)


def begins_text_table(line: Line) -> bool:
    """Whether a line of text is such a row for sure: a row of Markdown with several cells, or tabs part more than two words."""
    inner = line.text if is_pipe_row(line.raw) else line.text.strip()
    return inner.count("\t") > (0 if is_pipe_row(line.raw) else 1)


def _pipe_cells(line: str) -> list[str]:
    """The cells of a row of a Markdown table, also those at its ends that are empty."""
    inside = line.strip()[1:].removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(inside)]


def is_pipe_row(text: str) -> bool:
    """Whether a line is a row of a Markdown table."""
    return "|" in text and bool(_PIPE_ROW.match(text))

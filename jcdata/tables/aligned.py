"""Text tables whose cells stand in display columns, as `pdftotext -layout` prints them: the figures show the columns.

Figures that stand below each other share an edge. Where all figures of a table do, and the words of its header stand
above them, the table is a grid and read as any other; where one does not, it is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from jcdata.codes import CODE, LEVELS
from jcdata.documents.document import Document, Line
from jcdata.documents.formats.rows import Merged
from jcdata.documents.sections import Section
from jcdata.documents.table_titles import without_continued
from jcdata.schema import STATUTORY_TABLES
from jcdata.table_templates import blank_signs
from jcdata.tables.aligned_headers import Heading, read_headings
from jcdata.tables.aligned_rows import TextRow, join_wrapped, row_of
from jcdata.tables.columns import is_known_heading
from jcdata.tables.display import (
    WIDTHS,
    Span,
    Word,
    number_spans,
    text_spans,
    without_numbers_of_names,
    words_of,
)
from jcdata.tables.grid_headings import headings_of
from jcdata.tables.grid_rows import GridRow
from jcdata.tables.grids import Grid
from jcdata.tables.kinds import is_title, kind_of
from jcdata.tables.printed import is_caption, is_index_row, is_note, without_captions
from jcdata.tables.tokens import has_amount
from jcdata.tables.totals import is_total_name
from jcdata.text import label_key, squeeze, strip_ordinal

OTHER_KINDS = ("form", "contents", "passage", "glossary")
FEWEST_APART = 0.5  # of the lines of a table: those in which more than a space parts two words


class Block(NamedTuple):
    """The lines of a text from a table's title to the next: those of the title, and those below it."""

    title: str
    title_lines: tuple[Line, ...]
    lines: tuple[Line, ...]


class Part(NamedTuple):
    """A table as it stands on one page."""

    header: tuple[GridRow, ...]
    headings: tuple[tuple[str, ...], ...]
    rows: tuple[GridRow, ...]


def find_aligned(
    document: Document, furniture: set[int], sections: Sequence[Section]
) -> list[Grid]:
    """The tables of a text whose cells stand in display columns, in order."""
    grids = (_read_block(block) for block in _blocks(document, furniture, sections))
    return [grid for grid in grids if grid]


def _blocks(
    document: Document, furniture: set[int], sections: Sequence[Section]
) -> Iterator[Block]:
    """What stands below the titles of tables, those of sections and others that are known by their words."""
    lines = [line for line, _ in document.filled if line.no not in furniture]
    starts = {section.first_line: section for section in sections}
    title, above, below = "", list[Line](), list[Line]()
    kind, title_end = "", 0
    for i, line in enumerate(lines):
        section = starts.get(line.no)
        if section:
            kind, title_end = section.kind, section.title_line.no
        is_own = line.no > title_end and kind not in OTHER_KINDS
        if section or (is_own and _is_title(lines, i)):
            text = squeeze(line.text)
            if not section and without_continued(text) == title:
                continue  # printed again on the next page
            if title:
                yield Block(title, tuple(above), tuple(below))
            title = text
            if section:
                title = section.title if section.kind == "table" else ""
            above, below = [line], []
        elif line.no <= title_end:
            above.append(line)
        else:
            below.append(line)
    if title:
        yield Block(title, tuple(above), tuple(below))


def _is_title(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is the title of a statutory table with the caption of one below it."""
    text = squeeze(lines[i].text)
    return (
        is_title(text)
        and kind_of(text) is not None
        and any(is_caption(label_key(line.text)) for line in lines[i + 1 : i + 3])
    )


def _read_block(block: Block) -> Grid | None:
    if any("\t" in line.text.strip() for line in block.lines) or not _has_gaps(block.lines):
        return None
    captions, body, notes = _divided(block.lines)
    for widths in WIDTHS:
        pages = _pages([(line, words_of(line, widths)) for line in body])
        parts = [_read_part(header, data, block.title) for header, data in pages]
        read = [part for part in parts if part]
        if read and len(read) == len(parts) and len({part.headings for part in read}) == 1:
            return Grid(
                title=block.title,
                captions=(*block.title_lines, *captions),
                header=read[0].header,
                headings=read[0].headings,
                rows=tuple(row for part in read for row in part.rows),
                notes=tuple(notes),
            )
    return None


def _has_gaps(lines: Sequence[Line]) -> bool:
    """Whether more than single spaces part the words of a header, as these part words wherever they stand.

    Between figures blank cells leave more of them too.
    """
    header = takewhile(lambda text: not has_amount(text), (line.text.strip() for line in lines))
    return any("  " in text and not is_caption(label_key(text)) for text in header)


def _divided(lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """The captions above a table, its lines without those that a page break left between them, and the notes below."""
    first = 0
    while first < len(lines) and is_caption(label_key(lines[first].text)):
        first += 1
    last = max(
        (i + 1 for i, line in enumerate(lines) if any(w.is_number for w in words_of(line, (2, 2)))),
        default=first,
    )
    while last < len(lines) and _may_be_row(lines[last]):
        last += 1
    body = without_captions(lines[first:last])
    return (
        list(lines[:first]),
        body,
        [line for line in lines[last:] if is_note(label_key(line.text))],
    )


def _may_be_row(line: Line) -> bool:
    return not is_note(label_key(line.text)) and "。" not in line.text


Lines = list[tuple[Line, list[Word]]]


def _pages(lines: Lines) -> list[tuple[Lines, Lines]]:
    """Header and rows of a table, again for each page on which it is printed at other places."""
    if not lines:
        return []
    keys = [squeeze(line.text) for line, _ in lines]
    end = _repeated(keys, _end_of_header(lines))
    starts = [i for i in range(len(lines)) if i == 0 or keys[i : i + end] == keys[:end] != []]
    pages: list[tuple[Lines, Lines]] = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        header, data = lines[start : start + end], lines[start + end : stop]
        data = [(line, words) for line, words in data if not is_index_row(line.text)]
        if pages and [words for _, words in pages[-1][0]] == [words for _, words in header]:
            pages[-1][1].extend(data)
        else:
            pages.append((header, data))
    return pages


def _repeated(keys: list[str], end: int) -> int:
    """Index up to which the header is the same wherever it is printed again: a name of two lines may begin below it."""
    pages = [i for i in range(1, len(keys)) if keys[i] == keys[0]]
    differing = (
        next((n for n in range(len(keys) - i) if keys[n] != keys[i + n]), end) for i in pages
    )
    return min([end, *differing])


def _end_of_header(lines: Lines) -> int:
    """Index of the first line that is not of the header: the numbers of the columns, one with figures, or a row's label."""
    return next(
        (
            i
            for i, (line, words) in enumerate(lines)
            if is_index_row(line.text)
            or any(word.is_number for word in words)
            or (i and all(map(_begins_row, words)))
        ),
        len(lines),
    )


def _begins_row(word: Word) -> bool:
    return strip_ordinal(word.text) != word.text or is_total_name(word.text)


def _names_below(header: Lines, spans: Sequence[Span]) -> int:
    """How many of a header's last lines are the beginning of the first row's name, which wraps above its figures."""
    count = 0
    while count + 1 < len(header):
        *before, (_, words) = header[: len(header) - count]
        above = [word for _, line in before for word in line]
        if not all(_is_of_name(word, above, spans) for word in words):
            break
        count += 1
    return count


def _is_of_name(word: Word, above: Sequence[Word], spans: Sequence[Span]) -> bool:
    span = max(spans, key=lambda span: word.overlap(span.start, span.end))
    heading = "".join(w.text for w in above if w.overlap(span.start, span.end) > 0)
    return (
        not span.has_numbers
        and word.overlap(span.start, span.end) > 0
        and bool(heading)
        and heading.count("（") == heading.count("）")
        and word.text not in LEVELS
        and not is_known_heading(word.text)
        and not is_known_heading(heading + word.text)
    )


def _read_part(header: Lines, data: Lines, title: str) -> Part | None:
    known = without_numbers_of_names([words for _, words in data])
    data = [(line, words) for (line, _), words in zip(data, known, strict=True)]
    spans = _spans([words for _, words in header], [words for _, words in data])
    if not header or not spans or not _stands_apart([words for _, words in data]):
        return None
    end = len(header) - _names_below(header, spans)
    header, data = header[:end], header[end:] + data
    headed = read_headings([words for _, words in header], spans)
    if not headed:
        return None
    rows = [row_of(line, words, headed.spans) for line, words in data]
    read = [row for row in rows if row]
    if len(read) < len(rows):
        return None
    key = kind_of(title)
    names_wrap = bool(key and STATUTORY_TABLES[key].lists_projects) or any(
        CODE.fullmatch(cell) for row in read for cell in row.cells[:2]
    )
    width = len(headed.spans)
    printed = tuple(_header_rows(headed.headings, [line for line, _ in header], width))
    return Part(
        header=printed,
        headings=headings_of(printed, width),
        rows=tuple(map(_grid_row, join_wrapped(read, headed.spans, names_wrap))),
    )


def _stands_apart(rows: Sequence[Sequence[Word]]) -> bool:
    """Whether cells are parted by more than a space, as they are where they stand in columns."""
    several = [row for row in rows if len(row) > 1]
    apart = [row for row in several if any(b.start - a.end > 1 for a, b in pairwise(row))]
    return bool(several) and len(apart) >= FEWEST_APART * len(several)


def _spans(header: Sequence[Sequence[Word]], rows: Sequence[Sequence[Word]]) -> list[Span] | None:
    """The columns of numbers and of texts; None where they do not stand apart."""
    numbers = number_spans(rows)
    if not numbers:
        return None
    firm = [
        word
        for row in rows
        for word in row
        if not word.is_number
        and word.text not in blank_signs()
        and not is_total_name(word.text)
        and not word.overlap(numbers[0].start, numbers[0].start + 1) > 0
    ]
    texts = text_spans(firm, [word for line in header for word in line])
    if any(text.start < n.end and n.start < text.end for text in texts for n in numbers):
        return None
    return sorted([*numbers, *texts])


def _header_rows(
    headings: Sequence[Heading], lines: Sequence[Line], width: int
) -> Iterator[GridRow]:
    """The lines of a header as rows of cells that say what they cover."""
    for number, line in enumerate(lines):
        cells = [""] * width
        merged = []
        for heading in headings:
            if heading.line == number:
                cells[heading.first] = heading.text
                merged.append(Merged(heading.first, heading.last - heading.first + 1, 1))
        if merged:
            tabbed = line._replace(text="\t".join(cells), merged=tuple(merged))
            yield GridRow(tabbed, tuple(cells))


def _grid_row(row: TextRow) -> GridRow:
    return GridRow(row.line._replace(text="\t".join(row.cells)), row.cells)

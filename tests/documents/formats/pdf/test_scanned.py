from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pypdfium2
import pytest

from jcdata.documents.formats.pdf import reading, scanned
from jcdata.documents.formats.pdf.page import Page
from jcdata.documents.formats.pdf.picture import Grey
from jcdata.documents.formats.pdf.recognition import Sign
from jcdata.documents.formats.rows import Recognised, Row
from tests.making.files import as_pdf, as_scan, grid

TABLE = grid(
    "科目编码|科目名称|合计|基本支出|项目支出\n208|甲类支出|1,234.56|1,000.00|234.56\n合计||1,234.56|1,000.00|234.56"
)


def scan(degrees: float = 0.0) -> bytes:
    return as_scan(as_pdf(["某某局2031年预算", "单位：万元", TABLE]), degrees=degrees)


def sign(text: str, place: float, confidence: float = 0.99, others: str = "") -> Sign:
    return Sign(text=text, place=place, confidence=confidence, others=others)


def read(data: bytes, recognise: Callable[[Sequence[Grey]], list[list[Sign]]]) -> Page:
    return scanned.read_scan(pypdfium2.PdfDocument(data)[0], recognise)


def cells(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return [row.cells for row in rows]


@pytest.mark.parametrize("degrees", [0.0, 1.0, 90.0, 180.0])
def test_a_scanned_page_reads_as_the_page_itself(degrees: float) -> None:
    expected, _ = reading.read_rows(as_pdf(["某某局2031年预算", "单位：万元", TABLE]))
    rows, notes = reading.read_rows(scan(degrees))
    found = list(rows)
    assert cells(found) == cells(list(expected))
    assert all(0.5 < r.confidence <= 1 for row in found for r in row.recognised if r)
    assert [bool(r) for r in found[-1].recognised] == [True, False, True, True, True]
    assert str(notes[0]).startswith("recognised in pictures") and ", pages 1 " in str(notes[0])


def test_a_picture_without_text_is_said_to_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        reading, "read_scan", lambda page: read(scan(), lambda lines: [[] for _ in lines])
    )
    with pytest.raises(reading.DocumentError, match=r"only pictures without text .* page 1 on /"):
        reading.read_rows(scan())


def test_pages_beyond_those_that_are_recognised_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(scan(), lambda lines: [[sign("甲", 0.5)] * 20 for _ in lines])
    monkeypatch.setattr(reading, "read_scan", lambda _: page)
    monkeypatch.setattr(reading, "MOST_SCANS", 1)
    begun: list[str] = []
    two = pypdfium2.PdfDocument.new()
    for _ in range(2):
        two.import_pages(pypdfium2.PdfDocument(scan()))
    two.save(file := io.BytesIO())
    _, notes = reading.read_rows(file.getvalue(), lambda: begun.append("page"))
    assert begun == ["page"]
    assert [note.en.partition("pages ")[2] for note in notes] == ["1", "2"]


def test_what_a_character_may_be_instead_reaches_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(lines: Sequence[Grey]) -> list[list[Sign]]:
        return [[sign("4", 0.2), sign("3", 0.5, 0.6, "85"), sign("0", 0.8)] for _ in lines]

    monkeypatch.setattr(reading, "read_scan", lambda page: scanned.read_scan(page, recognise))
    monkeypatch.setattr(reading, "FEWEST_CHARS", 1)
    rows = list(reading.read_rows(scan())[0])
    assert rows[-1].recognised[0] == Recognised(0.6, ("480", "450"))


def test_a_page_of_which_little_is_understood_is_turned() -> None:
    shapes: list[int] = []

    def recognise(lines: Sequence[Grey]) -> list[list[Sign]]:
        shapes.append(max(line.shape[1] for line in lines))
        return [[sign("甲", 0.5, 0.97 if len(shapes) == 2 else 0.3)] for _ in lines]

    page = read(scan(), recognise)
    assert len(shapes) == 2 and page.height > page.width  # the sheet is wider than it is high


def test_a_photograph_is_not_read_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "MOST_BOXES", 3)
    asked: list[int] = []

    def recognise(lines: Sequence[Grey]) -> list[list[Sign]]:
        asked.append(len(lines))
        return [[sign("甲", 0.5)] for _ in lines]

    page = read(scan(), recognise)
    assert page.runs == [] and asked == [0, 0, 0, 0]
    monkeypatch.setattr(reading, "read_scan", lambda _: page)
    file = pypdfium2.PdfDocument(as_pdf(["某某局2031年预算，其后一页是照片"]))
    file.import_pages(pypdfium2.PdfDocument(scan()))
    file.save(whole := io.BytesIO())
    _, notes = reading.read_rows(whole.getvalue())
    assert any(
        "more than 2000 pieces of text" in note.en and "pages 2" in note.en for note in notes
    )


@pytest.mark.parametrize("degrees", [0.0, 90.0])
def test_a_turn_that_is_read_counts_more_than_one_of_too_many_pieces(
    monkeypatch: pytest.MonkeyPatch, degrees: float
) -> None:
    monkeypatch.setattr(scanned, "MOST_BOXES", 20)  # the table on its side falls into more
    page = read(scan(degrees), lambda lines: [[sign("甲", 0.5, 0.5)] for _ in lines])
    assert len(page.runs) == 16 and not page.left_out


def test_white_space_after_full_width_punctuation_parts_no_words() -> None:
    def recognise(lines: Sequence[Grey]) -> list[list[Sign]]:
        return [[sign("一", 0.3), sign("、", 0.7)] for _ in lines]

    plain = read(scan(), lambda lines: [[sign("一", 0.5)] for _ in lines])
    longer = read(scan(), recognise)
    assert longer.runs[1].x1 > plain.runs[0].x1 and longer.runs[0].x0 == plain.runs[0].x0


@pytest.mark.parametrize("shape", [(1, 1), (5, 400), (31, 31)])
def test_a_tiny_page_has_nothing_to_read(shape: tuple[int, int]) -> None:
    new = pypdfium2.PdfDocument.new()
    height, width = shape
    page = scanned.read_scan(new.new_page(width * 0.36, height * 0.36), lambda lines: [])
    assert page.runs == [] and page.is_recognised

"""How well pages that are pictures are recognised: pictures of pages that have text, whose text is the truth.

    python benchmarks/ocr.py [FOLDER] [--pages 5] [--at 200:0 150:1 ...]

Without a folder of PDF files both documents are printed by a browser, as the tests do.
"""

from __future__ import annotations

import argparse
import io
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from jcdata.documents.formats.pdf.reading import read_rows
from jcdata.errors import DocumentError
from jcdata.extraction.one_document import parse_document
from jcdata.schema import BudgetLine, SourceLine
from tests.making.files import as_scan

AT = ("150:0", "150:1", "200:0", "200:1", "300:0", "300:1")  # dots an inch, degrees
_FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")


class Score(NamedTuple):
    """Figures of the pages, those that were recognised in their place; figures of tables that sums confirm, those of them
    that are wrong; and seconds of a processor."""

    figures: int = 0
    right: int = 0
    confirmed: int = 0
    wrong_confirmed: int = 0
    pages: int = 0
    seconds: float = 0.0

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


class Content(NamedTuple):
    """What is read of a file: the figures of each page in their order, and those of its statutory tables by where they stand."""

    figures: dict[int, list[str]]
    lines: dict[tuple[str, ...], BudgetLine]


def read(data: bytes) -> Content:
    """Read a file; one without any part of a disclosure has no statutory tables."""
    try:
        records = parse_document(data, "some.pdf").records
    except DocumentError:
        texts = [(row.page_no, "\t".join(row.cells)) for row in read_rows(data)[0]]
        return Content(_figures(texts), {})
    lines: list[BudgetLine] = records[BudgetLine]
    return Content(
        figures=_figures((line.page_no, line.text) for line in records[SourceLine]),
        lines={
            (line.table_key, line.side, line.item_code, line.item_name, line.measure): line
            for line in lines
        },
    )


def _figures(texts: Iterable[tuple[int | None, str]]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for page_no, text in texts:
        for cell in text.split("\t"):
            found[page_no or 0] += _FIGURE.findall(re.sub(r"\s", "", cell))
    return found


def richest_pages(data: bytes, count: int) -> bytes:
    """The pages of a file with the most figures, in their order, as a file."""
    figures = read(data).figures
    chosen = sorted(sorted(figures, key=lambda page: -len(figures[page]))[:count])
    new = pypdfium2.PdfDocument.new()
    new.import_pages(pypdfium2.PdfDocument(data), [page - 1 for page in chosen])
    buffer = io.BytesIO()
    new.save(buffer)
    return buffer.getvalue()


def compare(data: bytes, dpi: int, degrees: float) -> Score:
    """How well pictures of a file's pages are recognised."""
    pictures = as_scan(data, dpi, degrees)
    begin = time.process_time()
    recognised = read(pictures)
    seconds = time.process_time() - begin
    truth = read(data)
    right = 0
    for page, figures in truth.figures.items():
        found = recognised.figures.get(page, [])
        matcher = SequenceMatcher(None, figures, found, autojunk=False)
        right += sum(block.size for block in matcher.get_matching_blocks())
    confirmed = {
        place: line.amount_yuan
        for place, line in recognised.lines.items()
        if line.read_by == "sums"
    }
    printed = {place: line.amount_yuan for place, line in truth.lines.items()}
    return Score(
        figures=sum(map(len, truth.figures.values())),
        right=right,
        confirmed=len(confirmed),
        wrong_confirmed=sum(
            printed.get(place, amount) != amount for place, amount in confirmed.items()
        ),
        pages=len(truth.figures),
        seconds=seconds,
    )


def documents(folder: Path | None) -> Iterator[bytes]:
    """The files of a folder, or both documents as a browser prints them."""
    if folder:
        yield from (path.read_bytes() for path in sorted(folder.glob("*.pdf")))
        return
    from pdf import print_documents

    yield from print_documents().values()


def main() -> None:
    """Print the results as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument(
        "--pages", type=int, default=5, help="of each file, those with most figures"
    )
    parser.add_argument("--at", nargs="+", default=AT, help="dots an inch : degrees")
    options = parser.parse_args()
    chosen = [richest_pages(data, options.pages) for data in documents(options.folder)]
    print(
        "| dots an inch | degrees | pages | figures | right | share | confirmed by sums | of them wrong | seconds a page |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for at in options.at:
        dpi, _, degrees = at.partition(":")
        score = Score()
        for data in chosen:
            score = score.plus(compare(data, int(dpi), float(degrees)))
        print(
            f"| {dpi} | {degrees} | {score.pages} | {score.figures} | {score.right} | {score.right / score.figures:.4f} "
            f"| {score.confirmed} | {score.wrong_confirmed} | {score.seconds / score.pages:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

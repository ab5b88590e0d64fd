"""How fast PDF files are read, beside plain pdfplumber looking for the tables of the same files, in time of the processor.

Without arguments both documents are printed by a browser, as the tests do.
"""

from __future__ import annotations

import io
import sys
import time
from functools import partial
from pathlib import Path

import pdfplumber
from bench import measure

from jcdata.documents.formats.pdf.reading import read_rows
from jcdata.extraction.one_document import parse_document
from jcdata.paths import RAW_DIR

REPEATS = 5


def print_documents() -> dict[str, bytes]:
    """The statutory tables and forms of the raw documents as PDF files."""
    from tests.making.browser import launched
    from tests.making.disclosures import disclosure
    from tests.making.files import as_printed

    with launched() as browser:
        page = browser.new_page()
        paths = sorted(RAW_DIR.glob("*.txt"))
        return {
            path.stem: as_printed(
                page, disclosure(parse_document(path.read_bytes(), path.name).records)
            )
            for path in paths
        }


def read(data: bytes) -> None:
    """What jcdata does: every table and line, in rows."""
    rows, _ = read_rows(data)
    for _ in rows:
        pass


def extract(data: bytes) -> None:
    """What pdfplumber does: the cells of each table, each page on its own."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()


def main() -> None:
    """Print the results as a Markdown table."""
    files = {Path(name).stem: Path(name).read_bytes() for name in sys.argv[1:]} or print_documents()
    print(
        "| | pages | seconds a page | noise | pdfplumber | noise | ratio |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    for name, data in files.items():
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
        ours, plain = measure(
            partial(read, data), partial(extract, data), repeats=REPEATS, clock=time.process_time
        )
        print(
            f"| {name} | {pages} | {ours.seconds / pages:.3f} | {ours.noise:.0%} | {plain.seconds / pages:.3f} "
            f"| {plain.noise:.0%} | {ours.seconds / plain.seconds:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

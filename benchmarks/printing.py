"""Generated disclosures as PDF files of about forty pages, printed by a browser: ruled, shaded, cells wrapped."""

from __future__ import annotations

import sys
from pathlib import Path

from generator import document

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.making.browser import launched
from tests.making.documents import document as numbered
from tests.making.files import as_printed, contents_of

PRINTED = 20  # different ones; others are copies of their bytes that differ in a comment, so that each is read
STYLE = """
table { break-after: page } p { margin: 6pt 0; line-height: 1.8 } td { padding: 6pt 4pt; print-color-adjust: exact }
tr:nth-child(-n+2) td { background: #d9e2f3; font-weight: bold } tr:nth-child(6n) td { background: #f2f2f2 }
"""


def write_prints(count: int, folder: Path) -> None:
    """Files of so many generated disclosures."""
    folder.mkdir(parents=True)
    with launched() as browser:
        page = browser.new_page()
        prints = [
            as_printed(page, contents_of(numbered(document(2 * number + 1))), STYLE, size=15)
            for number in range(min(count, PRINTED))
        ]
    for number in range(count):
        copy = b"%% %d\n" % number
        (folder / f"{number:06}.pdf").write_bytes(prints[number % len(prints)] + copy)

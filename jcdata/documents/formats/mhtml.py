"""Web pages stored as a mail (MHTML), mostly named .doc or .xls: the page itself, and the pages that it frames."""

from __future__ import annotations

import email
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from jcdata.documents.formats.decoding import decode
from jcdata.documents.formats.html import reading as html
from jcdata.documents.formats.rows import Row, bounded, counted_on
from jcdata.errors import DocumentError
from jcdata.messages import Message

MOST_PARTS = 10_000
_BOUNDARY = b"\n--"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SHEET = "shLink"  # what Excel calls its links to the sheets of a workbook


class _Page(NamedTuple):
    """A page of the mail: where it is from, its id, its HTML."""

    location: str
    content_id: str
    content: bytes


def read_rows(data: bytes) -> tuple[list[Row], list[Message]]:
    """The rows of the pages that a person sees, in order, and what was done to read them.

    Raises DocumentError for a mail that is damaged, or has no page or too many parts.
    """
    pages, notes = read_pages(data)
    rows: list[Row] = []
    for page in pages:
        page_rows, decoding = html.read_rows(page, has_frames=len(pages) > 1)
        rows += counted_on(page_rows, max((row.table or 0 for row in rows), default=0))
        notes += decoding
    return list(bounded(rows)), notes


def read_pages(data: bytes) -> tuple[list[bytes], list[Message]]:
    """The HTML of the pages that a person sees, in order, and a note on those left out.

    Raises DocumentError for a mail that is damaged, or has no page or too many parts.
    """
    root, others = _pages(data)
    framed = _framed(root, others)
    unseen = ", ".join(page.location or page.content_id for page in others if page not in framed)
    note = Message(
        f"pages that the first one does not show left out: {unseen}",
        f"未读取首页未显示的网页：{unseen}",
    )
    return [page.content for page in (root, *framed)], [note] if unseen else []


def _pages(data: bytes) -> tuple[_Page, list[_Page]]:
    """The page with which the mail begins, and the others."""
    if data.count(_BOUNDARY) > MOST_PARTS:
        raise DocumentError(Message(f"a mail of more than {MOST_PARTS} parts", "邮件部分过多"))
    try:
        mail = email.message_from_bytes(data.lstrip())
        pages = [
            _Page(
                location=str(part.get("Content-Location", "")).strip(),
                content_id=str(part.get("Content-ID", "")).strip().strip("<>"),
                content=bytes(part.get_payload(decode=True) or b""),
            )
            for part in mail.walk()
            if part.get_content_type() in _PAGES
        ]
        start = str(mail.get_param("start", "")).strip().strip("<>")
    except (RecursionError, ValueError, LookupError) as error:
        raise DocumentError(Message("a damaged mail", "邮件格式的文件已损坏")) from error
    pages = [page for page in pages if page.content.strip()]
    if not pages:
        raise DocumentError(Message("a mail without a web page", "邮件格式的文件中没有网页"))
    root = next((page for page in pages if start and page.content_id == start), pages[0])
    return root, [page for page in pages if page is not root]


def _framed(root: _Page, others: Sequence[_Page]) -> list[_Page]:
    """The pages that the first one shows beside itself; all of them if it shows some that it doesn't name as they do."""
    if not others:
        return []
    named = _Links(decode(root.content)[0]).found
    found = [
        page for name in named if (page := _find(urljoin(root.location, name), others)) is not None
    ]
    return found if found or not named else [*others]


def _find(name: str, pages: Sequence[_Page]) -> _Page | None:
    places = (unquote(name).casefold(), name.removeprefix("cid:"))
    return next(
        (
            p
            for p in pages
            if unquote(p.location).casefold() == places[0] or p.content_id == places[1]
        ),
        None,
    )


class _Links(HTMLParser):
    """The pages that a page shows: the sheets of a workbook, or what is in its frames."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self._sheets: list[str] = []
        self._frames: list[str] = []
        self.feed(content)

    @property
    def found(self) -> list[str]:
        """Their addresses, in order, each once."""
        return [*dict.fromkeys(self._sheets or self._frames)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and values.get("id") == _SHEET and values.get("href"):
            self._sheets.append(values["href"])
        elif tag in ("frame", "iframe") and values.get("src"):
            self._frames.append(values["src"])

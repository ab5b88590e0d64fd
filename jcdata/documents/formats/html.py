"""Web pages: what a browser shows, table rows as cells, other text a line for each block."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from jcdata.documents.formats.rows import Cell, Row, place_cells, tidy
from jcdata.errors import DocumentError
from jcdata.messages import Message

_INVISIBLE = frozenset(
    {"head", "script", "style", "template", "noscript", "select", "textarea", "object", "iframe"}
)
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
_PARTS_OF_TABLE = frozenset({"thead", "tbody", "tfoot"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
MAX_NESTED_TABLES = 40
MAX_ATTRIBUTES = 200  # of a tag; the parser compares each with all before it
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
# What follows what may be an attribute too many; a browser finds no tags in comments and scripts
_TAG = re.compile(
    rf"<!--(?:.*?-->|.*)|<(script|style)\b(?:.*?</\1|.*)"
    rf"|<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?P<surplus>{_ATTRIBUTE})?+",
    re.IGNORECASE | re.DOTALL,
)


def read_rows(content: str) -> Iterator[Row]:
    """Read a page. Raises DocumentError for one without content, or with a tag of absurdly many attributes."""
    if any(tag["surplus"] for tag in _TAG.finditer(content)):
        raise DocumentError(
            Message(f"a tag of more than {MAX_ATTRIBUTES} attributes", "网页标签属性过多")
        )
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(content.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise DocumentError(
            Message(f"not readable as a web page: {error}", "网页无法解析")
        ) from error
    if root is None:
        raise DocumentError(Message("a web page without content", "网页没有内容"))
    if any(
        "depth" in entry.message for entry in parser.error_log
    ):  # what lies deeper is not in the tree
        raise DocumentError(Message("a web page nested too deeply", "网页嵌套过深"))
    yield from _flow(root, 0)


def _flow(root: etree._Element, depth: int) -> Iterator[Row]:
    """The blocks and tables inside an element, one after another."""
    parts: list[str] = []

    def paragraph() -> Iterator[Row]:
        if text := tidy("".join(parts)):
            yield Row(cells=(text,))
        parts.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BLOCKS:
            yield from paragraph()
        if event == "end":
            if element is not root:
                parts.append(element.tail or "")
        elif _is_invisible(element):
            walk.skip_subtree()
        elif element.tag == "table" and element is not root and depth < MAX_NESTED_TABLES:
            yield from _read_table(element, depth + 1)
            walk.skip_subtree()
        else:
            parts.append(element.text or "")
    yield from paragraph()


def _read_table(table: etree._Element, depth: int) -> Iterator[Row]:
    """A table's rows. A row that holds another table, or one cell only, is layout: its blocks follow one another."""
    rows: list[list[Cell]] = []
    has_spans = False
    for row in _own_rows(table):
        cells = [cell for cell in row if cell.tag in ("td", "th") and not _is_invisible(cell)]
        # A row of one cell beside a cell from above is a row of that table.
        is_alone = len(cells) < 2 and not has_spans
        if row.tag != "tr" or is_alone or next(row.iter("table"), None) is not None:
            yield from map(Row, place_cells(rows))
            rows, has_spans = [], False
            yield from _flow(row, depth)
        else:
            rows.append([_read_cell(cell) for cell in cells])
            has_spans = has_spans or any(cell.row_span > 1 for cell in rows[-1])
    yield from map(Row, place_cells(rows))


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table itself, in order; anything else in it (a caption, stray text) as it stands there."""
    for child in table:
        if _is_invisible(child):
            continue
        if child.tag in _PARTS_OF_TABLE:
            yield from _own_rows(child)
        elif child.tag not in ("colgroup", "col"):
            yield child


def _read_cell(cell: etree._Element) -> Cell:
    text = " ".join(row.cells[0] for row in _flow(cell, 0))
    return Cell(text, _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: etree._Element, name: str) -> int:
    digits = (cell.get(name) or "").strip()[:6]
    return max(1, int(digits)) if digits.isdecimal() else 1


def _is_invisible(element: etree._Element) -> bool:
    return element.tag in _INVISIBLE or bool(_HIDDEN.search(element.get("style") or ""))

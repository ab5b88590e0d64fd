"""Word files: paragraphs and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from jcdata.documents.formats.archive import unpack
from jcdata.documents.formats.rows import MAX_COLUMNS, Cell, Row, place_cells, tidy
from jcdata.errors import DocumentError
from jcdata.messages import Message

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text once more
_PARAGRAPH, _TABLE, _ROW, _CELL = (_W + tag for tag in ("p", "tbl", "tr", "tc"))
_SIGNS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_SKIPPED = frozenset(
    {_FALLBACK, *(_W + tag for tag in ("pPr", "rPr", "del", "moveFrom", "tblPr", "trPr", "tcPr"))}
)
MAX_NESTED_TABLES = 40


def read_rows(data: bytes) -> Iterator[Row]:
    """Read a document. Raises DocumentError for one that is damaged, encrypted, or unpacks to an absurd size."""
    content = unpack(data, lambda name: name == _BODY)[_BODY].replace(_STRICT, _W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise DocumentError(Message(f"a damaged Word file: {error}", "Word 文件已损坏")) from error
    yield from _flow(root, 0)


def _flow(root: etree._Element, depth: int) -> Iterator[Row]:
    """The paragraphs and tables inside an element, one after another; a paragraph's text boxes follow it."""
    paragraphs: list[list[str]] = [[]]  # the open ones: a text box holds paragraphs inside one
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            if tag == _PARAGRAPH:
                for line in "".join(paragraphs.pop()).split("\n"):
                    if text := tidy(line):
                        yield Row(cells=(text,))
        elif tag in _SKIPPED or (tag == _W + "r" and _is_hidden(element)):
            walk.skip_subtree()
        elif tag == _TABLE and depth < MAX_NESTED_TABLES:
            yield from _read_table(element, depth + 1)
            walk.skip_subtree()
        elif tag == _PARAGRAPH:
            paragraphs.append([])
        elif tag == _W + "t":
            paragraphs[-1].append(element.text or "")
        elif tag in _SIGNS:
            paragraphs[-1].append(_SIGNS[tag])


def _read_table(table: etree._Element, depth: int) -> Iterator[Row]:
    """A table's rows. A row that holds another table, or one cell only, is layout: its blocks follow one another."""
    for row in _inside(table, _ROW):
        cells = list(_inside(row, _CELL))
        if len(cells) < 2 or next(row.iter(_TABLE), None) is not None:
            yield from _flow(row, depth)
            continue
        indent = [Cell("")] * min(_number(row, "trPr/gridBefore"), MAX_COLUMNS)
        yield from map(Row, place_cells([[*indent, *map(_read_cell, cells)]]))


def _read_cell(cell: etree._Element) -> Cell:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    is_continued = merge is not None and merge.get(_W + "val", "continue") == "continue"
    text = "" if is_continued else " ".join(row.cells[0] for row in _flow(cell, 0))
    return Cell(text, max(1, _number(cell, "tcPr/gridSpan")))


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, those in content controls and revisions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _inside(child, tag)


def _number(element: etree._Element, path: str) -> int:
    found = element.find("/".join(_W + step for step in path.split("/")))
    digits = "" if found is None else found.get(_W + "val", "")[:6]
    return int(digits) if digits.isdecimal() else 0


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(_W + "val", "true") not in ("0", "false", "off")

"""What stands in a cell as one text, and where it may be one figure or several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jcdata.documents.formats.pdf.ruled_tables import RuledCell
from jcdata.documents.formats.pdf.text_rows import BREAK
from jcdata.documents.formats.rows import CellFault, tidy
from jcdata.messages import Message

UNSURE = Message(
    "one amount broken over lines, or several: the print does not tell",
    "断行的数字：是一个数还是几个数，版面不能确定",
)

_GROUPED = re.compile(
    r"-?\d{1,3}(?: \d{3})+(?:\.\d+)?|\d(?: \d){3,}"
)  # as one figure may be printed
_FIGURE = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")


def on_one_line(cell: RuledCell) -> str:
    """A cell's text; a figure or code that is wrapped is one, several below each other are not."""
    lines = cell.text.split("\n")
    joined = "".join(lines)
    are_figures = all(map(_FIGURE.fullmatch, lines))
    if _FIGURE.fullmatch(joined) and (cell.is_wrapped or not are_figures):
        return joined
    text = tidy(cell.text)
    return BREAK.join(lines) if are_figures and _GROUPED.fullmatch(text) else text


def find_unsure(cells: Iterable[RuledCell]) -> Iterator[CellFault]:
    """What may be one figure or several, of the cells of a row."""
    for cell in cells:
        text = on_one_line(cell)
        if cell.is_unsure or ("\n" in cell.text and text == cell.text.replace("\n", BREAK)):
            yield CellFault(text, UNSURE)

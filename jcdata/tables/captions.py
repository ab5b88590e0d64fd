"""What stands above a table: its title, which may wrap, the unit, the unit of money, the year."""

from __future__ import annotations

from collections.abc import Sequence

from jcdata.documents.document import Line
from jcdata.documents.table_titles import is_bare_title
from jcdata.spec_files import patterns
from jcdata.tables.kinds import is_form_title, is_title
from jcdata.tables.printed import is_caption
from jcdata.tables.tokens import has_amount
from jcdata.text import label_key, squeeze

MOST_CAPTIONS = 8  # lines above a table


def title_of(captions: Sequence[Line]) -> str:
    """The title among the lines above a table, wrapped or not; '' if there is none."""
    texts = [_title_in(line) for line in captions]
    for i in range(len(texts) - 1, -1, -1):
        if begin := _begin_of_title(texts, i):
            return "".join(texts[i + 1 - begin : i + 1])
    return ""


def captions_above(above: Sequence[Line]) -> list[Line]:
    """Of the lines before a table those that belong to it: back to the title, or those that say unit and year.

    These may also stand right above a title below which no unit of money does. Above a line with an amount stands another table.
    """
    near: list[Line] = []
    for line in reversed(above[-MOST_CAPTIONS:]):
        if has_amount(line.text):
            break
        near.insert(0, line)
    texts = [_title_in(line) for line in near]
    first = len(near)
    for i in range(len(near) - 1, -1, -1):
        if begin := _begin_of_title(texts, i):
            first = i + 1 - begin
            break
    says_unit = patterns("sections")["money_unit"].search
    if any(says_unit(label_key(line.text)) for line in near[first:]):
        return near[first:]
    while first and is_caption(label_key(near[first - 1].text)):
        first -= 1
    return near[first:]


def _begin_of_title(texts: Sequence[str], i: int) -> int:
    """How many lines a title has whose last one this is, as it may wrap in the middle of its name; 0 if none ends here."""
    begun = i > 0 and _is_begun(texts[i - 1])
    if (
        is_title(texts[i])
        or is_form_title(texts[i])
        or is_bare_title(list(map(label_key, texts)), i)
    ):
        return 2 if begun else 1
    return (
        2
        if begun and not is_caption(label_key(texts[i])) and is_title(texts[i - 1] + texts[i])
        else 0
    )


def title_in(text: str) -> str:
    """The title of a table that a text is, alone or with the unit and the unit of money behind it; '' if it is none."""
    if is_title(text):
        return text
    both = patterns("titles")["title_with_captions"].fullmatch(text)
    is_titled = both and is_title(both["title"]) and is_caption(label_key(both["captions"]))
    return both["title"] if both and is_titled else ""


def _title_in(line: Line) -> str:
    """A line's text without white space; the cell that is a title, if others beside it say unit and year."""
    cells = [squeeze(cell) for cell in line.text.split("\t")]
    titles = [title for cell in cells if (title := title_in(cell))]
    return titles[0] if len(titles) == 1 else "".join(cells)


def _is_begun(text: str) -> bool:
    """Whether a title that begins so goes on on the next line."""
    key = label_key(text)
    spec = patterns("titles")
    return bool(
        spec["begins_title"].fullmatch(key)
        and not is_title(text)
        and not spec["no_title"].fullmatch(key)
        and not spec["heading"].fullmatch(key)
        and not is_caption(key)
    )

"""The lines of a row that no ruling lines part from others, put together to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jcdata.documents.formats.pdf.broken_amounts import Amount, Place, find_broken, is_piece
from jcdata.documents.formats.pdf.text_lines import TextLine, Word, as_one_line
from jcdata.documents.formats.rows import tidy

BREAK = "/"  # stands for a line's end where one amount goes on, or another begins
BESIDE = 0.25  # of the lower line's height, which lines beside each other share


def with_whole_rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines from top to bottom, each row being one over whose lines an amount is broken or beside which a name is wrapped."""
    amounts = find_broken(lines)
    words: dict[Place, tuple[Word, bool] | None] = {}
    for amount in amounts:
        words |= _joined(amount) if amount.is_row else _marked(amount)
    lines = [_with_words(line, number, words) for number, line in enumerate(lines)]
    groups = _with_names(_groups(lines, [a.lines for a in amounts if a.is_row]))
    return [_as_one(group) for group in groups]


def _joined(amount: Amount) -> dict[Place, tuple[Word, bool] | None]:
    """An amount in place of its first piece."""
    first, *others = amount.pieces
    begin = min(piece.word[0] for piece in amount.pieces)
    end = max(piece.word[1] for piece in amount.pieces)
    text = ("" if amount.is_sure else BREAK).join(piece.text for piece in amount.pieces)
    return {
        first.place: ((begin, end, text), not amount.is_sure),
        **{piece.place: None for piece in others},
    }


def _marked(amount: Amount) -> dict[Place, tuple[Word, bool] | None]:
    """The pieces of what may be several amounts, each with a sign where it may go on."""
    last = len(amount.pieces) - 1
    marked: dict[Place, tuple[Word, bool] | None] = {}
    for i, piece in enumerate(amount.pieces):
        text = (BREAK if i else "") + piece.text + (BREAK if i < last else "")
        marked[piece.place] = (*piece.word[:2], text), True
    return marked


def _with_words(
    line: TextLine, number: int, words: Mapping[Place, tuple[Word, bool] | None]
) -> TextLine:
    """A line with other words in their places; one that has none left is blank."""
    found = [words.get((number, word), (word, False)) for word in line.words]
    kept = [entry for entry in found if entry]
    return line._replace(
        words=tuple(word for word, _ in kept),
        unsure=tuple(word[2] for word, is_unsure in kept if is_unsure),
    )


def _groups(lines: Sequence[TextLine], spans: Iterable[tuple[int, int]]) -> list[list[TextLine]]:
    """The lines, together where the spans of amounts say so."""
    reach = list(range(len(lines)))  # the last line that each must share its row with
    for first, last in spans:
        reach[first] = max(reach[first], last)
    groups: list[list[TextLine]] = []
    end = -1
    for number, line in enumerate(lines):
        if number > end:
            groups.append([])
        groups[-1].append(line)
        end = max(end, reach[number])
    return groups


def _with_names(groups: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """The groups with the lines of names that stand beside their amounts, but not with one between two rows."""
    named: list[list[TextLine]] = []
    goes_on = False
    for number, group in enumerate(groups):
        above = named[-1] if named else []
        below = groups[number + 1] if number + 1 < len(groups) else []
        is_above = goes_on or _is_name_of(group, above)
        goes_on = _is_name_of(group, below) and not (is_above and _share_columns(above, below))
        if is_above and (goes_on or not _is_name_of(group, below)):
            above += group
        else:
            named.append(list(group))
    return named


def _is_name_of(group: Sequence[TextLine], row: Sequence[TextLine]) -> bool:
    """Whether a line of text stands beside amounts, to their left."""
    if len(group) > 1 or not row or any(is_piece(word[2]) for word in group[0].words):
        return False
    line = group[0]
    pieces = [word for other in row for word in other.words if is_piece(word[2])]
    return any(_is_beside(line, other) for other in row) and any(
        line.x0 < begin for begin, *_ in pieces
    )


def _is_beside(one: TextLine, other: TextLine) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > BESIDE * min(one.bottom - one.top, other.bottom - other.top)


def _share_columns(above: Sequence[TextLine], below: Sequence[TextLine]) -> bool:
    """Whether two rows have amounts below each other."""
    upper, lower = (
        [word for line in row for word in line.words if is_piece(word[2])] for row in (above, below)
    )
    return any(one[0] < other[1] and other[0] < one[1] for one in upper for other in lower)


def _as_one(group: Sequence[TextLine]) -> TextLine:
    """The lines of a row as one: what stands below each other is one word."""
    if len(group) == 1:
        return group[0]
    columns: list[list[Word]] = []
    end = float("-inf")
    for word in sorted(word for line in group for word in line.words):
        if word[0] >= end:
            columns.append([])
        columns[-1].append(word)
        end = max(end, word[1])
    height = {word: line.top for line in group for word in line.words}
    words: list[Word] = []
    unsure: list[str] = []
    for column in columns:
        texts = [text for *_, text in sorted(column, key=height.__getitem__)]
        pieces = [text.strip(BREAK) for text in texts]
        is_one = len(texts) == 1 or not all(map(is_piece, pieces))
        text = tidy("\n".join(texts)) if is_one else BREAK.join(pieces)
        unsure += [] if is_one else [text]
        words.append((column[0][0], max(word[1] for word in column), text))
    return as_one_line(group, words, unsure)

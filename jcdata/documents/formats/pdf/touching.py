"""Tables without ruling lines whose columns touch: where an amount ends and a name begins, though no gap parts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jcdata.documents.formats.pdf.broken_amounts import is_piece
from jcdata.documents.formats.pdf.text_lines import TextLine, Word
from jcdata.documents.formats.pdf.unruled_columns import LEAST_GAP

ALIGNED = 1.0  # points between the ends of amounts of one column


def with_parted(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines with each amount apart from the name that begins right behind it, if amounts of other lines end there too.

    So that these are columns of their own, the amounts end as far before the names as columns are from each other.
    """
    if not any(line.touching for line in lines):
        return list(lines)
    ends = [[*_ends(line)] for line in lines]
    parted: list[TextLine] = []
    places: list[float] = []  # where a column of amounts ends
    for number, line in enumerate(lines):
        others = [end for other in (*ends[:number], *ends[number + 1 :]) for end in other]
        cut = [
            parts
            for parts in line.touching
            if all(any(abs(x - end) < ALIGNED for end in others) for x in _amounts(parts[:-1]))
        ]
        places += [end for parts in cut for end in _amounts(parts[:-1])]
        parted.append(line._replace(words=tuple(_with_parts(line, cut)), touching=()))
    return [
        line._replace(words=tuple(_shortened(word, places) for word in line.words))
        for line in parted
    ]


def _ends(line: TextLine) -> Iterator[float]:
    yield from _amounts(line.words)
    for parts in line.touching:
        yield from _amounts(parts)


def _amounts(words: Sequence[Word]) -> Iterator[float]:
    """Where amounts end."""
    return (end for _, end, text in words if _is_amount(text))


def _with_parts(line: TextLine, cut: Sequence[Sequence[Word]]) -> Iterator[Word]:
    for word in line.words:
        parts = next((parts for parts in cut if parts[0][0] == word[0]), [word])
        yield from parts


def _shortened(word: Word, places: Sequence[float]) -> Word:
    begin, end, text = word
    is_beside = _is_amount(text) and any(abs(end - place) < ALIGNED for place in places)
    return (begin, max(begin, end - ALIGNED - LEAST_GAP), text) if is_beside else word


def _is_amount(text: str) -> bool:
    return is_piece(text) and "." in text

"""The header above the rows of a table without ruling lines: which lines it has, and its headings, wrapped ones as one."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import combinations, pairwise

from jcdata.documents.formats.pdf.broken_amounts import share_a_place
from jcdata.documents.formats.pdf.page import Rule
from jcdata.documents.formats.pdf.text_lines import TextLine, Word, as_one_line
from jcdata.documents.formats.pdf.unruled_columns import Span, place_of
from jcdata.documents.formats.rows import tidy
from jcdata.spec_files import patterns

MOST_LINES = 8
MOST_APART = 3.0  # heights between two lines of a header
NEAR = 0.6  # of a line's height, between the lines of a heading
TIGHT = 0.25  # of a line's height; lines of a heading that are not may be headings of several columns and of one
CENTRED = 0.5  # of a line's height
GROUP_NEAR = 1.5  # heights, between the heading of several columns alone on its line and theirs

EVEN = 0.15  # of a line's height, by which the lines of a heading may be further apart than others
FARTHEST = 1.0  # heights between them
ALIGNED = 0.15  # of a line's height, by which headings that begin at one place may be apart

_Heading = list[tuple[TextLine, Word]]  # its lines


def header_begin(lines: Sequence[TextLine], begin: int, first: int, columns: Sequence[Span]) -> int:
    """Index of the first line of the header above the first row: up to a caption, or a text that is no heading."""
    top = first
    while top > begin and first - top < MOST_LINES:
        line = lines[top - 1]
        gap = lines[top].top - line.bottom
        height = line.bottom - line.top
        if gap > MOST_APART * height or any(is_caption(text) for *_, text in line.words):
            break
        if len(line.words) == 1 and top < first:
            is_of_group = line.x0 > columns[0][1] and gap < GROUP_NEAR * height
            if gap > NEAR * height and not is_of_group:
                break
        top -= 1
    return top


def is_caption(text: str) -> bool:
    """Whether a text names a table or its unit, so stands above its header."""
    return bool(patterns("sections")["caption_word"].fullmatch(text))


def headings(header: Sequence[TextLine], columns: Sequence[Span], apart: float) -> list[TextLine]:
    """The lines of a header with wrapped headings as one: the last has that of each column, those above the groups'.

    Rows below it are so far `apart`.
    """
    cells: list[_Heading] = []
    near = _nearest(header, apart)
    for line in header:
        above = list(cells)
        for word in line.words:
            over = [cell for cell in above if share_a_place(_whole(cell), word)]
            lowest = max(over, key=lambda cell: cell[-1][0].bottom, default=None)
            if (
                lowest
                and line.top - lowest[-1][0].bottom < near
                and _goes_on(lowest, line, word, above, columns)
            ):
                lowest.append((line, word))
            else:
                cells.append([(line, word)])
    levels: dict[int, list[_Heading]] = {}
    above_of: list[int] = []
    blocks = _blocks(sorted(header[-1].words)) if header else []
    for number in range(len(cells) - 1, -1, -1):
        place = _place(cells[number], cells[number + 1 :], blocks)
        below = [
            level
            for other, level in zip(cells[:number:-1], above_of, strict=True)
            if share_a_place(_whole(other), place)
        ]
        above_of.append(max(below, default=-1) + 1)
        levels.setdefault(above_of[-1], []).append(cells[number])
    own = sorted(map(_whole, levels.get(0, [])))
    return [_as_line(levels[level], own if level else []) for level in sorted(levels, reverse=True)]


def _nearest(header: Sequence[TextLine], apart: float) -> float:
    """How near to each other the lines of a heading are: as near as any that stand above each other.

    Far lines are of several headings if even the nearest are as far apart as rows.
    """
    gaps = [
        (below.top - above.bottom, below.bottom - below.top)
        for number, below in enumerate(header)
        for above in header[:number]
        if any(share_a_place(one, other) for one in above.words for other in below.words)
    ]
    gap, height = min(gaps, default=(0.0, 0.0))
    if gap > max(NEAR * height, apart - EVEN * height):
        return 0.0
    return min(max(gap, 0.0) + EVEN * height, FARTHEST * height)


def _goes_on(
    heading: _Heading,
    line: TextLine,
    word: Word,
    above: Sequence[_Heading],
    columns: Sequence[Span],
) -> bool:
    """Whether a word is the next line of a heading, not that of one of several columns below it."""
    upper, text = heading[-1]
    gap, height = line.top - upper.bottom, line.bottom - line.top
    under = sorted(part for part in line.words if share_a_place(part, text))
    if any(right[0] - left[1] > height for left, right in pairwise(under)):
        return False  # headings below that of their group
    if gap < TIGHT * height:
        return True
    places = [_whole(other) for other in above if other is not heading]
    below = [part for part in line.words if not any(share_a_place(part, place) for place in places)]
    return _over_several(text, below, height) == text and all(
        sum(begin < part[1] and part[0] < end for begin, end in columns) < 2
        for part in (text, word)
    )


def _over_several(text: Word, below: Sequence[Word], height: float) -> Word:
    """A heading with the place of those beside each other above whose middle it stands, its own if there are none."""
    spans = [(first[0], last[1]) for first, last in combinations(below, 2)]
    around = [(b, e) for b, e in spans if b < text[1] and text[0] < e]
    middle = text[0] + text[1]
    span = min(around, key=lambda span: abs(sum(span) - middle), default=text[:2])
    if abs(sum(span) - middle) > 2 * CENTRED * height:
        return text
    return min(span[0], text[0]), max(span[1], text[1]), text[2]


def _place(cell: _Heading, later: Sequence[_Heading], blocks: Sequence[Word]) -> Word:
    """Where a heading stands: over headings below it; if it touches none, over several in whose middle it is or over its block."""
    line, _ = cell[-1]
    lower = [_whole(other) for other in later if other[0][0].top >= line.bottom]
    own = _whole(cell)
    if not lower or any(share_a_place(own, other) for other in lower):
        return own
    block = next((each for each in blocks if each[0] <= own[0] and own[1] <= each[1]), own)
    several = _over_several(own, lower, line.bottom - line.top)
    return block if several == own else several


def _blocks(lowest: Sequence[Word]) -> list[Word]:
    """Where the blocks of a table side by side stand by their lowest headings, which begin with the same one in each."""
    firsts = [i for i, word in enumerate(lowest) if word[2] == lowest[0][2]]
    if len(firsts) < 2:
        return []
    return [
        (lowest[first][0], lowest[after - 1][1], "")
        for first, after in pairwise([*firsts, len(lowest)])
    ]


def _whole(cell: _Heading) -> Word:
    """A heading with the place that its lines take."""
    return (
        min(begin for _, (begin, _, _) in cell),
        max(end for _, (_, end, _) in cell),
        tidy("\n".join(text for _, (_, _, text) in cell)),
    )


def _as_line(cells: Sequence[_Heading], below: Sequence[Word]) -> TextLine:
    """Headings of a level as a line, those of several columns as wide as these."""
    lines = [line for cell in cells for line, _ in cell]
    height = min(line.bottom - line.top for line in lines)
    words = sorted(_over_several(_whole(cell), below, height) for cell in cells)
    return as_one_line(lines, words)


def with_whole_headings(
    header: Sequence[Sequence[TextLine]], columns: Sequence[Span], rules: Sequence[Rule]
) -> list[Sequence[TextLine]]:
    """The rows of a header between level lines, each heading whole beside which only its neighbours are parted."""
    rows: list[list[TextLine]] = []
    for row in header:
        left: list[TextLine] = []
        for line in row:
            own: list[Word] = []
            for word in line.words:
                begun = _row_of_beginning(rows, line, word, columns, rules)
                if begun is None:
                    own.append(word)
                else:
                    begun.append(as_one_line([line], [word]))
            if own:
                left.append(as_one_line([line], own))
        if left:
            rows.append(left)
    return [*rows]


def _row_of_beginning(
    rows: Sequence[list[TextLine]],
    line: TextLine,
    word: Word,
    columns: Sequence[Span],
    rules: Sequence[Rule],
) -> list[TextLine] | None:
    """The row with the beginning of a heading whose next line a word is: right above it, in the same column, without a line between."""
    above = [
        (upper, text, row)
        for row in rows
        for upper in row
        for text in upper.words
        if share_a_place(text, word)
    ]
    if not above:
        return None
    upper, text, row = max(above, key=lambda found: found[0].bottom)
    place = place_of(text, columns)
    is_next = (
        line.top - upper.bottom < NEAR * (line.bottom - line.top)
        and place[0] == place[1]
        and place == place_of(word, columns)
        and sum(share_a_place(text, other) for other in line.words) == 1
    )
    is_parted = any(
        upper.top + upper.bottom < 2 * rule.top < line.top + line.bottom
        and any(rule.x0 < end and begin < rule.x1 for begin, end, _ in (text, word))
        for rule in rules
    )
    return row if is_next and not is_parted else None


def with_groups(
    header: Sequence[Sequence[TextLine]], columns: Sequence[Span]
) -> list[Sequence[TextLine]]:
    """The rows of a header, those whose headings begin where headings below them do with these as wide as their groups.

    A group ends before the next heading of its row. Where no heading reaches over several columns all are left as they are,
    but for those of blocks side by side.
    """
    rows = _over_blocks(header, columns)
    words = [[word for line in row for word in line.words] for row in rows]
    if not any(len(_columns_of(word, columns)) > 1 for row in words for word in row):
        return rows
    for number, row in enumerate(rows[:-1]):
        below = [word for other in words[number + 1 :] for word in other]
        near = ALIGNED * (row[0].bottom - row[0].top)
        places = [_columns_of(word, columns) for word in words[number]]
        is_first = len(words[number]) > 1 and all(len(other) < 2 for other in words[:number])
        # In other rows a wide heading shows that headings beside it, in rows below, are of no group
        is_told = all(map(len, places)) and (is_first or max(map(len, places)) == 1)
        if is_told and all(
            any(abs(word[0] - other[0]) < near for other in below) for word in words[number]
        ):
            headed = {place for word in below for place in _columns_of(word, columns)}
            begins = {over[0] for over in places}
            rows[number] = [_widened(line, begins, headed, columns) for line in row]
    return rows


def _over_blocks(
    header: Sequence[Sequence[TextLine]], columns: Sequence[Span]
) -> list[Sequence[TextLine]]:
    """The rows of a header, those with a heading for each of the blocks side by side with these as wide as their blocks.

    The headings of each block begin with the same one.
    """
    rows = list(header)
    lowest = sorted(word for line in rows[-1] for word in line.words) if rows else []
    firsts = [_columns_of(word, columns)[:1] for word in lowest if word[2] == lowest[0][2]]
    ends = pairwise([*(first[0] for first in firsts if first), len(columns)])
    blocks = [(columns[first][0], columns[after - 1][1], "") for first, after in ends]
    if len(blocks) < 2:
        return rows
    for number, row in enumerate(rows[:-1]):
        words = [word for line in row for word in line.words]
        above = [[word for word in words if share_a_place(word, block)] for block in blocks]
        if sum(map(len, above)) == len(words) and all(map(_is_one_heading, above)):
            rows[number] = [_as_wide(line, blocks) for line in row]
    return rows


def _is_one_heading(words: Sequence[Word]) -> bool:
    """Whether words stand one below the other."""
    return bool(words) and all(share_a_place(words[0], word) for word in words)


def _as_wide(line: TextLine, blocks: Sequence[Word]) -> TextLine:
    """A line with each heading as wide as its block."""
    over = [
        (min(block[0], word[0]), max(block[1], word[1]), word[2])
        for word in line.words
        for block in blocks
        if share_a_place(word, block)
    ]
    return line._replace(words=tuple(over))


def _widened(
    line: TextLine, begins: Set[int], headed: Set[int], columns: Sequence[Span]
) -> TextLine:
    """A line with each heading up to the column before the next that begins, or that has no heading."""
    words: list[Word] = []
    for begin, end, text in line.words:
        own = _columns_of((begin, end, text), columns)
        last = own[-1]
        while last + 1 in headed and last + 1 not in begins:
            last += 1
        words.append((begin, end if last == own[-1] else columns[last][1], text))
    return line._replace(words=tuple(words))


def _columns_of(word: Word, columns: Sequence[Span]) -> list[int]:
    """The columns that a heading reaches into."""
    return [i for i, (begin, end) in enumerate(columns) if begin < word[1] and word[0] < end]

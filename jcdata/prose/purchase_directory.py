"""The annexes of the prose: the directory of services that a unit may purchase, and the glossary.

The directory is a table of codes and four levels of names. With tabs its cells are plain; in a text layer each
cell wraps over lines of its own, and a name ends where it says 服务, as every name in these directories does, or
where its line leaves the width of the column unfilled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jcdata.documents.document import Line
from jcdata.documents.sections import Section
from jcdata.schema import PurchaseDirectoryEntry
from jcdata.spec_files import patterns
from jcdata.text import label_key, squeeze

LEVELS = 4
HEAD_LINES = 5  # lines over which the head of the directory may wrap
MAX_HEAD = 60
MAX_NAME = 120

_BRACKETS = str.maketrans("（）", "()")


class _Name(NamedTuple):
    """A name of the directory: the code printed for it or '', its level (1 to 4), its text and first line."""

    code: str
    level: int
    text: str
    line_no: int


def read_purchase_directory(
    document_id: str, sections: Sequence[Section]
) -> list[PurchaseDirectoryEntry]:
    """The entries of the 政府购买服务指导性目录: its deepest names, each with the names above it.

    `code` is the deepest code printed for the entry; a level that the directory doesn't go down to is ''.
    """
    directories = (names for section in sections for names in _find_directories(section.lines))
    paths = (path for names in directories for path in _paths(names))
    return [_entry(document_id, number, path) for number, path in enumerate(paths, start=1)]


def _find_directories(lines: Sequence[Line]) -> Iterator[Sequence[_Name]]:
    """The names of each directory among these lines, in order of print."""
    i = 0
    while i < len(lines):
        head = _head_length(lines, i)
        i += head or 1
        if head:
            end = i
            while end < len(lines) and not _ends_directory(lines[end]):
                end += 1
            is_tabbed = "\t" in lines[i - 1].text
            yield tuple(
                _tabbed_names(lines[i - head : end])
                if is_tabbed
                else _wrapped_names(_without_heads(lines[i:end]))
            )
            i = end


def _head_length(lines: Sequence[Line], i: int) -> int:
    """How many lines the head of a directory takes that begins here, 0 if none does."""
    if not patterns("annexes")["directory_head_start"].match(lines[i].text):
        return 0
    head = patterns("annexes")["directory_head"]
    joined = ""
    found = 0
    for count, line in enumerate(lines[i : i + HEAD_LINES], start=1):
        joined += label_key(line.text) if len(line.text) <= MAX_HEAD else "。"
        if len(joined) > MAX_HEAD:
            break
        if head.fullmatch(joined):
            found = count
    return found


def _without_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines without the heads that pages repeat."""
    kept: list[Line] = []
    i = 0
    while i < len(lines):
        head = _head_length(lines, i)
        kept += [] if head else [lines[i]]
        i += head or 1
    return kept


def _ends_directory(line: Line) -> bool:
    return bool(patterns("annexes")["directory_ends"].fullmatch(label_key(line.text)))


def _level_of_code(code: str) -> int:
    """Level by the digits of a code: A 1, A01 2, A0101 3, A010101 4; 0 if it is no code."""
    is_code = patterns("annexes")["code"].fullmatch(code)
    return min((len(code) - 1) // 2 + 1, LEVELS) if is_code else 0


def _tabbed_names(lines: Sequence[Line]) -> Iterator[_Name]:
    """Names in a table with tabs: its head says which column is which; a cell may repeat the one above."""
    spec = patterns("annexes")
    code_column = 0
    columns: dict[int, int] = {}
    above: dict[int, str] = {}
    for line in lines:
        cells = [squeeze(cell) for cell in line.text.split("\t")]
        heads = {
            i: head.lastindex or 0
            for i, cell in enumerate(cells)
            if (head := spec["level_head"].fullmatch(cell))
        }
        if heads:
            columns = heads
            code_column = next(
                (i for i, cell in enumerate(cells) if spec["code_head"].fullmatch(cell)), 0
            )
            continue
        code = cells[code_column] if code_column < len(cells) else ""
        filled = {columns[i]: cell for i, cell in enumerate(cells) if cell and i in columns}
        new: dict[int, str] = {}
        for level, cell in sorted(filled.items()):
            # A higher level is printed again in each row below it, but names only one entry.
            if above.get(level) != cell or level == max(filled):
                above = {upper: text for upper, text in above.items() if upper < level} | {
                    level: cell
                }
                new[level] = cell
        coded_level = _level_of_code(code) if _level_of_code(code) in new else min(new, default=0)
        for level, cell in new.items():
            yield _Name(
                code=code if level == coded_level else "", level=level, text=cell, line_no=line.no
            )


def _wrapped_names(lines: Sequence[Line]) -> Iterator[_Name]:
    """Names in a text layer: a code begins one, and so does what follows a name that is complete."""
    lines = [line for line in lines if line.text.strip()]
    rows = [patterns("annexes")["stuck_code"].sub(r"\1 ", line.text).split() for line in lines]
    # Where a full line ends, which lets a name go on, is seen at the longest one.
    width = max((len("".join(row)) for row in rows if not _level_of_code(row[0])), default=0)
    name: _Name | None = None
    coded_level = 0
    is_full = True
    for line, row in zip(lines, rows, strict=True):
        for i, cell in enumerate(row):
            if i == 0 and (level := _level_of_code(cell)):
                yield from [name] if name else []
                coded_level, name = level, _Name(code=cell, level=level, text="", line_no=line.no)
            elif name and not _is_complete(name, cell, is_full or i > 0):
                name = name._replace(text=name.text + cell)
            else:
                yield from [name] if name else []
                name = _Name(
                    code="", level=min(coded_level + 1, LEVELS), text=cell, line_no=line.no
                )
        is_full = len("".join(row)) >= width - 1
    yield from [name] if name else []


def _is_complete(name: _Name, following: str, is_full: bool) -> bool:
    """Whether a name ends before the words that follow. `is_full` says whether its line fills the last column."""
    text = name.text.translate(_BRACKETS)
    if len(text) > MAX_NAME:
        return True
    if (
        not text
        or text.count("(") > text.count(")")
        or following.translate(_BRACKETS).startswith("(")
    ):
        return False
    return bool(patterns("annexes")["name_end"].search(text)) or (not name.code and not is_full)


def _paths(names: Sequence[_Name]) -> Iterator[list[_Name]]:
    """Each deepest name, with the names above it before it."""
    path: list[_Name] = []
    for i, name in enumerate(names):
        path = [upper for upper in path if upper.level < name.level] + [name]
        is_deepest = i + 1 == len(names) or names[i + 1].level <= name.level
        if is_deepest and name.text:
            yield path


def _entry(document_id: str, number: int, path: Sequence[_Name]) -> PurchaseDirectoryEntry:
    texts = {name.level: name.text for name in path}
    return PurchaseDirectoryEntry(
        document_id=document_id,
        entry_no=number,
        code=next((name.code for name in reversed(path) if name.code), ""),
        level1=texts.get(1, ""),
        level2=texts.get(2, ""),
        level3=texts.get(3, ""),
        level4=texts.get(4, ""),
        line_no=path[-1].line_no,
    )

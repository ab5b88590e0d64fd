"""What was seen in a line of a document, and what decided: read again with all that is found on the way to the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from jcdata.analyses.selection import find_document_id
from jcdata.documents.raw_files import read_bytes
from jcdata.errors import DocumentError, SelectionError
from jcdata.extraction.facts import Fact, budget_line_in_words, facts_of_database, listed
from jcdata.extraction.one_document import Reading, read_in_steps
from jcdata.messages import BOTH, Message, read_message
from jcdata.schema import TABLE_NAMES, BudgetLine, EconomicCrosswalk, PrintedTable, table_of
from jcdata.tables.cells import Cell
from jcdata.tables.columns import Column
from jcdata.tables.interpretation import InterpretedTable
from jcdata.tables.kinds import deciding_words
from jcdata.tables.placement import Choice
from jcdata.tables.printed import PlacedRow

if TYPE_CHECKING:
    import duckdb

_MOST_CHOICES = 5
_OF_TABLES = {"printed_tables", "printed_cells", "budget_lines"}  # told by the steps of reading
_PARTS = {
    "contents": Message("contents", "目录"),
    "chapter": Message("chapter", "部分"),
    "table": Message("table", "报表"),
    "form": Message("performance form", "绩效目标表"),
    "passage": Message("passage of the explanations", "情况说明"),
    "glossary": Message("glossary", "名词解释"),
}
ROLES = {
    field.name: Message(field.name, field.column.zh)
    for record in (EconomicCrosswalk, BudgetLine)
    for field in table_of(record).fields
} | {
    "money": Message("money", "金额"),
    "ignored": Message("ignored", "非金额数字"),
    "note": Message("note", "备注"),
    "row_number": Message("row_number", "行次"),
    "project_code": Message("project_code", "项目编码"),
    "unit_code": Message("unit_code", "单位编码"),
}
_UNIT_FROM = {
    "table": Message("printed above the table", "表上注明"),
    "column": Message("printed in the headings", "栏目注明"),
    "document": Message("that of the document's other tables or prose", "依文件其他部分"),
}
_PLACED_BY = {
    "print": Message("by the print", "依版面"),
    "arithmetic": Message("by arithmetic", "依勾稽"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """What is known of a line of a document. As text, `str` in both languages, a fact on each line."""

    document_id: str
    line_no: int
    page_no: int | None
    text: str
    facts: tuple[Fact, ...]

    def said(self, languages: Sequence[str] = BOTH) -> str:
        """The text in some languages: in Chinese money is in 万元 and codes are words, in English as in the database."""
        page = Message(f"p. {self.page_no}", f"第 {self.page_no} 页").text_in(languages)
        place = f" ({page})" if self.page_no else ""
        facts = [
            f"  {fact.what.text_in(languages)}: {fact.said.text_in(languages)}"
            for fact in self.facts
        ]
        return "\n".join([f"{self.document_id}:{self.line_no}{place}: {self.text}", *facts])

    def __str__(self) -> str:
        return self.said()

    __repr__ = __str__


def explain_line(
    con: duckdb.DuckDBPyConnection, document: str, line_no: int, raw_dir: Path
) -> Explanation:
    """What was seen in a line of a document of the database, and what became of it.

    `document` is its id, or a part that only one id has; its file is looked for below `raw_dir` and read again. Without
    it only what the database knows is said. Raises SelectionError if there is no such document or line.
    """
    document_id = find_document_id(con, document)
    ((file_name, sha256),) = con.execute(
        "SELECT file_name, sha256 FROM input_files WHERE document_id = ? AND outcome = 'loaded'",
        [document_id],
    ).fetchall()
    found = con.execute(
        "SELECT page_no, text FROM source_lines WHERE document_id = ? AND line_no = ?",
        [document_id, line_no],
    ).fetchone()
    if not found:
        missing = Message(f"{document_id} has no line {line_no}", f"没有第 {line_no} 行")
        raise SelectionError(str(missing))
    page_no, text = found
    reading = _read_again(raw_dir, file_name, sha256)
    steps = (
        [Fact(Message("not read again", "未重新读取"), reading)]
        if isinstance(reading, Message)
        else [*_facts_of_reading(reading, line_no)]
    )
    left_out = set() if isinstance(reading, Message) else _OF_TABLES
    return Explanation(
        document_id=document_id,
        line_no=line_no,
        page_no=page_no,
        text=text.strip(),
        facts=(*steps, *facts_of_database(con, document_id, file_name, line_no, left_out)),
    )


def _read_again(raw_dir: Path, file_name: str, sha256: str) -> Reading | Message:
    """The document as it is read now, or why it is not: then the database alone can tell."""
    path = raw_dir / file_name
    name = PurePath(file_name)
    if name.is_absolute() or ".." in name.parts or not path.is_file():
        problem = f"no file {path}: name its folder with --raw"
        return Message(problem, "没有原始文件，请用 --raw 指明其文件夹")
    try:
        reading = read_in_steps(read_bytes(path), file_name)
    except DocumentError as error:
        return error.reason
    if reading.document.sha256 != sha256:
        return Message(f"{path} has changed since it was built", "原始文件在构建后已改动")
    return reading


def _facts_of_reading(reading: Reading, line_no: int) -> Iterator[Fact]:
    yield Fact(Message("part", "部分"), _part(reading, line_no))
    printed = {table.printed_table_no: table for table in reading.parsed.records[PrintedTable]}
    for number, table in enumerate(reading.tables.interpreted, start=1):
        if table.first_line <= line_no <= table.last_line:
            yield from _facts_of_table(number, table, printed[number])
            yield from _facts_of_white_space(table.placed, line_no)
            yield from _facts_of_cells(reading, number, table, line_no)


def _part(reading: Reading, line_no: int) -> Message:
    """The part of the document in which a line stands."""
    section = next(
        (
            section
            for section in reading.sections
            if section.first_line <= line_no <= section.title_line.no
            or any(line.no == line_no for line in section.lines)
        ),
        None,
    )
    if section:
        lines = f"{section.first_line}–{section.last_line}"
        return listed(_PARTS[section.kind], section.title, lines)
    if line_no in reading.cover_lines:
        return Message("the cover", "封面")
    if line_no in reading.furniture:
        return Message("printed around the pages", "页眉、页码或水印")
    return Message("none", "无")


def _facts_of_table(number: int, table: InterpretedTable, printed: PrintedTable) -> Iterator[Fact]:
    yield Fact(
        Message("table", "表格"),
        listed(str(number), table.title or "-", f"{table.first_line}–{table.last_line}"),
    )
    if table.key:
        words = deciding_words(table.title)
        decided = (
            Message(
                f"title and header fit the template {table.template}",
                f"表名与表头符合模板 {table.template}",
            )
            if table.template
            else Message(
                f"by the words {', '.join(words)} of its title", f"依表名中的{'、'.join(words)}"
            )
        )
        kind = Message(table.key, TABLE_NAMES[table.key])
        yield Fact(Message("kind", "报表"), listed(kind, decided))
    if printed.reason:
        own = table.reason if table.key == printed.table_key else None
        yield Fact(Message("not known", "未明之处"), own or read_message(printed.reason))
    source = _UNIT_FROM.get(table.money_unit_from, Message("none is printed", "未注明"))
    unit = [table.money_unit] if table.money_unit else []
    yield Fact(Message("unit of money", "金额单位"), listed(*unit, source))


def _facts_of_white_space(rows: Iterable[PlacedRow], line_no: int) -> Iterator[Fact]:
    """The gaps of a row that only white space divides, and in which columns its figures may stand."""
    for row in rows:
        if line_no not in row.line_nos:
            continue
        gaps = " ".join("?" if gap.size is None else str(gap.size) for gap in row.gaps)
        yield Fact(Message("gaps", "空白"), listed(f"{row.name}: {gaps} | {row.trailing}"))
        placement = row.placement
        for choice in placement.ranked[:_MOST_CHOICES]:
            mark = "✓" if choice.columns == placement.columns else "-"
            yield Fact(Message("choice", "可选栏次"), listed(f"{mark} {_choice(row, choice)}"))
        decided = [_PLACED_BY[by] for by in dict.fromkeys(placement.placed_by)]
        yield Fact(Message("decided", "定栏依据"), listed(*decided))


def _choice(row: PlacedRow, choice: Choice) -> str:
    places = (
        f"{row.columns[column].labels[0]} {figure}"
        for column, figure in zip(choice.columns, row.figures, strict=True)
    )
    return f"{', '.join(places)} ({choice.cost:.2f})"


def _facts_of_cells(
    reading: Reading, number: int, table: InterpretedTable, line_no: int
) -> Iterator[Fact]:
    """What each cell of a line is and became; of a line above the rows what the columns are."""
    cells = [cell for cell in table.cells if cell.line_no == line_no]
    if not cells:
        for column in table.columns:
            heading, role = " / ".join(column.heading) or "-", _role(column)
            yield Fact(
                _column_no(column.number + 1),
                Message(f"{heading}: {role.en}", f"{heading}：{role.zh}"),
            )
    lines = [
        line
        for line in reading.parsed.records[BudgetLine]
        if line.line_no == line_no and line.printed_table_no == number
    ]
    for cell in cells:
        line = _line_of(cell, lines)
        if line:
            lines.remove(line)
        en = zh = cell.heading or "-"
        if table.columns:
            role = _role(table.columns[cell.column_no - 1])
            en, zh = f"{en} ({role.en})", f"{zh}（{role.zh}）"
        became = _outcome(cell, line, table)
        yield Fact(
            _column_no(cell.column_no),
            Message(f"{en}: {cell.text} → {became.en}", f"{zh}：{cell.text} → {became.zh}"),
        )


def _column_no(number: int) -> Message:
    return Message(f"column {number}", f"第 {number} 栏")


def _role(column: Column) -> Message:
    return listed(ROLES[column.role], column.told_by)


def _line_of(cell: Cell, lines: Sequence[BudgetLine]) -> BudgetLine | None:
    """The budget line that a cell became, of those of its line that no cell to its left became."""
    return next(
        (
            line
            for line in lines
            if cell.is_money
            and line.amount_text == cell.text
            and line.heading in ("", cell.heading)
        ),
        None,
    )


def _outcome(cell: Cell, line: BudgetLine | None, table: InterpretedTable) -> Message:
    """What became of a cell, or why nothing did."""
    if line:
        return listed(budget_line_in_words(line), _PLACED_BY[line.placed_by])
    fault = next(
        (f.reason for f in table.faults if (f.line_no, f.text) == (cell.line_no, cell.text)), None
    )
    if fault:
        return fault
    if not cell.is_money:
        return Message("says what the row is, or is no money", "行名或非金额")
    if not table.key:
        return Message("kept as printed: the table's kind is not known", "报表不明，仅按原文保存")
    return Message("kept as printed only", "仅按原文保存")

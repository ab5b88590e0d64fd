"""Links of the workbook: from the lines that a finding names to the rows where they are printed."""

from __future__ import annotations

from typing import TypeAlias

import duckdb

from jcdata.database.warehouse import read_rows
from jcdata.schema import SourceLine, table_of

MAX_LINKS = 65_530  # of a sheet of Excel
LineLinks: TypeAlias = dict[tuple[object, ...], str]  # by document and line

_CITED = """
    SELECT document_id, line_no, place
    FROM (
        SELECT document_id, line_no, row_number() OVER (ORDER BY document_id, line_no) AS place FROM source_lines
    )
    SEMI JOIN (
        SELECT document_id, line_nos[1] AS line_no FROM findings
        UNION ALL
        SELECT document_id, line_nos[1] FROM not_compared
    ) USING (document_id, line_no)"""


def part_name(name: str, part: int) -> str:
    """The name of a sheet, or of one on which it goes on, from part 2."""
    return name if part == 1 else f"{name}（{part}）"


def find_line_links(con: duckdb.DuckDBPyConnection, max_rows: int) -> LineLinks:
    """The address of the row of each line that a finding, or a comparison that was not made, names first.

    Sheets have up to `max_rows` rows, the first of which are the headings.
    """
    links: LineLinks = {}
    for document_id, line_no, place in read_rows(con, _CITED):
        part, row = divmod(int(place) - 1, max_rows - 1)
        sheet = part_name(table_of(SourceLine).zh, part + 1)
        links[document_id, line_no] = f"internal:'{sheet}'!A{row + 2}"
    return links

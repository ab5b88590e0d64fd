"""What sqlfluff does not look for in the files of jcdata/sql: what they say of themselves, and how they name tables."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

import pytest

from jcdata import schema
from jcdata.database.definitions import SQL

FILES = sorted(SQL.rglob("*.sql"))
QUERIES = [path for path in FILES if path.name != "macros.sql" and path.parent.name != "macros"]
LONGEST_STEP = 60  # lines, which fit on a screen
WIDTH = 120


def name_of(path: Path) -> str:
    return path.relative_to(SQL).as_posix()


def head(path: Path) -> str:
    """The comment at the beginning of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return " ".join(
        line.removeprefix("--").strip()
        for line in takewhile(lambda line: line.startswith("--"), lines)
    )


def steps(path: Path) -> list[str]:
    """The steps of a query, which empty lines part."""
    return path.read_text(encoding="utf-8").split("\n\n")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_begins_with_what_it_is(path: Path) -> None:
    assert head(path)


@pytest.mark.parametrize("path", QUERIES, ids=name_of)
def test_a_query_says_what_a_row_is_and_each_step_fits_on_a_screen(path: Path) -> None:
    assert re.search(r"\bGrain: |\b[Oo]ne row per ", head(path))
    assert max(len(step.splitlines()) for step in steps(path)) <= LONGEST_STEP


@pytest.mark.parametrize("view", [view.name for view in schema.views() if view.name != "findings"])
def test_a_view_says_its_question_and_caveat(view: str) -> None:
    said = head(SQL / "views" / f"{view}.sql")
    assert "?" in said.partition("Grain:")[0] and "Caveat:" in said


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_lines_are_no_wider_than_a_page_and_name_no_table_by_its_number(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    assert [line for line in sql.splitlines() if len(line) > WIDTH] == []
    assert not re.search(r"\btable_no\s*(?:[=<>]|!=|(?:NOT )?IN\b|BETWEEN\b)", sql)
    assert not re.search(r"\btables? \d", sql)

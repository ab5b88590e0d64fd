"""The worked example of docs/en/adding-a-template.md does what the page says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from jcdata import table_templates
from jcdata.documents.sections import match_title
from jcdata.errors import SpecError
from jcdata.extraction.one_document import parse_document
from jcdata.schema import BudgetLine
from tests.making.checkout import ROOT

PAGE, CHINESE_PAGE = (
    (ROOT / "docs" / language / "adding-a-template.md").read_text(encoding="utf-8")
    for language in ("en", "zh")
)
Row = tuple[str, str, str, Decimal, bool]


def block(language: str, page: str = PAGE) -> str:
    """The page's one code block in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", page, re.M | re.S)
    return str(found)


def rows_shown(page: str = PAGE) -> list[Row]:
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in page.splitlines()
        if line.startswith("|")
    ]
    return [
        (code, name, measure, Decimal(yuan), total == "true")
        for code, name, measure, yuan, total in cells[2:]
    ]


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the folder of templates that the program reads for the time of a test."""
    folder = tmp_path / "templates"
    shutil.copytree(table_templates.TEMPLATES, folder)
    monkeypatch.setattr(table_templates, "TEMPLATES", folder)
    table_templates.table_specs.cache_clear()
    match_title.cache_clear()
    yield folder
    table_templates.table_specs.cache_clear()
    match_title.cache_clear()


def test_the_example_is_read_with_its_template_and_not_without(templates: Path) -> None:
    document = block("text").encode()
    assert parse_document(document, "example.txt").records[BudgetLine] == []
    (templates / "example-county.toml").write_text(block("toml"), encoding="utf-8")
    table_templates.table_specs.cache_clear()
    match_title.cache_clear()
    parsed = parse_document(document, "example.txt")
    lines: list[BudgetLine] = parsed.records[BudgetLine]
    assert [
        (x.item_code, x.item_name, x.measure, x.amount_yuan, x.is_total) for x in lines
    ] == rows_shown()
    assert parsed.troubles == []


def test_the_page_shows_the_same_in_both_languages() -> None:
    assert rows_shown(CHINESE_PAGE) == rows_shown()
    for language in ("text", "toml"):
        assert block(language, CHINESE_PAGE) == block(language)


@pytest.mark.parametrize(
    ("shown", "instead", "complaint"),
    [
        ("key =", 'colour = "red"\nkey =', "colour"),
        ("template =", 'document_kind = "plan"\ntemplate =', "plan"),
        ('"total =', '"revenue total =', "expenditure has no side 'revenue'"),
    ],
)
def test_what_the_program_does_not_know_is_an_error(
    templates: Path, shown: str, instead: str, complaint: str
) -> None:
    content = block("toml").replace(shown, instead, 1)
    (templates / "example-county.toml").write_text(content, encoding="utf-8")
    table_templates.table_specs.cache_clear()
    match_title.cache_clear()
    with pytest.raises(SpecError, match=rf"example-county.toml.*{complaint}"):
        table_templates.table_specs()

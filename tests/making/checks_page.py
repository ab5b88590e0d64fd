"""The catalogue of checks with their arithmetic, from the specs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from jcdata.checks import claim_identities, identities
from jcdata.checks.declarations import ACROSS_DOCUMENTS, CheckSpec, check_specs
from jcdata.schema import MEASURES, TABLE_NUMBERS
from jcdata.spec_files import SPECS, read_toml
from tests.making.checkout import ROOT

QUERIES = ROOT / "jcdata" / "sql"
SEVERITIES_ZH = {"error": "错误", "warning": "警告", "info": "提示"}
SIDES_ZH = {"revenue": "收入", "expenditure": "支出"}

CHECKS_HEAD = {
    "en": """# Catalogue of checks

What is compared, with which arithmetic, and how much a failure weighs. {count} checks; each gives a row of `check_results` for
each document and thing that it applies to. In Python: `jcdata.check_specs()`.

`error` is arithmetic that cannot be right, `warning` a contradiction that a reader must resolve, `info` rounding and wording.
A difference that the printed decimals explain, half of the last place for each figure of a sum, is `info` whatever
the check. Where an operand was not read, or not surely, the result is `missing` and no finding.

In the arithmetic, `table 5` is the statutory table of that number ([which is which](tables.md)), `?` marks a term that may be absent and then counts as
nothing, and *perhaps* one that some documents count in. *Only if 0* are cells that must add up to nothing for the comparison to
be made: money carried over explains many differences that are none.
""",
    "zh": """# 核对事项

核对什么、怎样计算、不符时有多严重。共 {count} 项；每份文件的每个核对对象在 `check_results`（`zh.核对结果`）中各有一行。\
Python 中为 `jcdata.check_specs()`。

`error` 错误：数字必有一错；`warning` 警告：前后矛盾，须核实；`info` 提示：尾差与措辞。差异在印出位数的容差（每个数字末位的一半之和）以内者，\
不论哪项核对，一律为提示。所需数字未读出或不能确定者，结果为“缺数”（`missing`），不作为核对发现。

算式中“表5”为该序号的法定报表（[各表序号](tables.md)）；? 表示可以没有的项，没有时按零计；“或含”为部分文件计入的项；\
“限于为零”的各项合计为零时才作此核对，因为上年结转可以解释许多并非错误的差异。
""",
}
FILES = {
    "tables.toml": ("Within and across the statutory tables", "法定报表之内与报表之间"),
    "classification.toml": ("Codes and names of the classification", "收支分类科目的编码与名称"),
    "forms_and_prose.toml": (
        "Projects, performance forms and the prose",
        "项目、绩效目标表与情况说明",
    ),
    "inside_forms.toml": (
        "What one performance form says of one thing",
        "同一张绩效目标表内对同一事项的说法",
    ),
    ACROSS_DOCUMENTS: ("Between documents", "文件之间"),
}
WORDS = {
    "en": (
        "severity",
        "why",
        "says",
        "query",
        "perhaps",
        "only if 0",
        "compared",
        "must be",
        "cells",
    ),
    "zh": ("严重程度", "理由", "提示语", "查询", "或含", "限于为零", "核对对象", "应", "单元格"),
}
COMPOSED = {  # where the query puts the key together
    "economic_items": "children.sql",
    "units": "children.sql",
    "projects": "children.sql",
    "form_annual_sources": "form_sources.sql",
    "form_period_sources": "form_sources.sql",
    "prose_share": "prose_rates.sql",
    "prose_growth": "prose_rates.sql",
}
RELATIONS = {
    "equal": ("=", "＝"),
    "at_most": ("≤", "≤"),
    "all_of_unit": ("= (in a department's document ≤)", "＝（部门文件中 ≤）"),
    "empty": ("is declared empty, so nothing:", "为空表，故为零："),
    "if_printed": ("where printed =", "列示者 ＝"),
}


def checks_page(language: str) -> Iterator[str]:
    """The lines of the catalogue in a language."""
    zh = language == "zh"
    yield CHECKS_HEAD[language].format(count=len(check_specs()))
    by_key = {spec.key: spec for spec in check_specs()}
    for file, titles in FILES.items():
        yield f"## {titles[zh]}\n"
        for entry in read_toml(SPECS / "checks" / file, {"check"})["check"]:
            yield from _check(by_key[entry["key"]], language)


def _check(spec: CheckSpec, language: str) -> Iterator[str]:
    zh = language == "zh"
    severity, why, says, query, *_ = WORDS[language]
    yield f"### {spec.key}\n"
    yield f"**{spec.title_zh if zh else spec.title}**\n"
    weight = f"{spec.severity} {SEVERITIES_ZH[spec.severity]}" if zh else spec.severity
    yield f"- {severity}: {weight}"
    yield f"- {why}: {spec.reason_zh if zh else spec.reason}"
    yield f"- {says}: `{spec.message_zh if zh else spec.message}`"
    path, question = _query_of(spec.key)
    yield f"- {query}: `{path}`" + (f". {question}" if question and not zh else "")
    yield ""
    yield from _identities(spec.key, language)
    if spec.key == "prose_cell":
        yield from _cells(language)
    if spec.key == "prose_sum":
        yield from _sums(language)


def _query_of(key: str) -> tuple[str, str]:
    """The query that makes the results of a check, and the question at its head; none where a table says it all."""
    if key in {operand.check_key for operand in identities.operands()}:
        return "jcdata/sql/checks/identities.sql", ""
    path = next(
        path
        for path in _queries()
        if path.name == COMPOSED.get(key) or f"'{key}'" in path.read_text(encoding="utf-8")
    )
    head = re.match(r"(?:-- .*\n)+", path.read_text(encoding="utf-8"))
    said = " ".join(line.removeprefix("-- ") for line in head[0].splitlines()) if head else ""
    return path.relative_to(ROOT).as_posix(), said


def _queries() -> list[Path]:
    folders = (QUERIES / "checks", QUERIES / "across" / "checks")
    return [path for folder in folders for path in sorted(folder.glob("*.sql"))]


def _identities(key: str, language: str) -> Iterator[str]:
    """The identities of a check as a table: what is compared, and which cells it equals."""
    zh = language == "zh"
    mine = [operand for operand in identities.operands() if operand.check_key == key]
    if not mine:
        return
    *_, perhaps, only_if, compared, must, equals = WORDS[language]
    yield f"| {compared} | {must} | {equals} |"
    yield "| --- | --- | --- |"
    for _, group in groupby(mine, key=lambda operand: operand.identity_no):
        stated, *others = group
        of = {
            use: [operand for operand in others if operand.use == use]
            for use in ("terms", "perhaps", "zero")
        }
        right = _sum_of(of["terms"], zh)
        right += "".join(
            f"; *{word}* {_sum_of(of[use], zh)}"
            for use, word in (("perhaps", perhaps), ("zero", only_if))
            if of[use]
        )
        relation = RELATIONS[stated.relation][zh]
        only = f" (`{stated.document_kind}`)" if stated.document_kind else ""
        yield f"| {_cell(stated, zh)}{only} | {relation} | {right} |"
    yield ""


def _sum_of(operands: list[identities.Operand], zh: bool) -> str:
    parts = [
        ("− " if operand.sign < 0 else "+ " if number else "") + _cell(operand, zh)
        for number, operand in enumerate(operands)
    ]
    return " ".join(parts)


def _cell(operand: identities.Operand, zh: bool) -> str:
    """What an operand adds up, in words: table, side, row, columns."""
    measures = (
        [MEASURES[name] for name in operand.measures]
        if zh
        else [name.replace("_", " ") for name in operand.measures]
    )
    columns = (
        ("＋" if zh else " + ").join(measures)
        if len(measures) < 6
        else ("各来源栏" if zh else "each column of sources")
    )
    number = TABLE_NUMBERS[operand.table_key]
    rows = {
        "every": ("each row", "各行"),
        "code": ("each code", "各编码"),
        "category": ("each 类", "各类"),
    }
    side = SIDES_ZH.get(operand.side, "") if zh else operand.side
    row = (
        rows[operand.row][zh]
        if operand.row in rows
        else identities.row_names()[operand.row]
        if zh
        else operand.row.replace("_", " ")
    )
    optional = "?" if operand.is_optional else ""
    parts = [
        f"{optional}表{number}" if zh else f"{optional}table {number}",
        side,
        row,
        f"[{columns}]",
    ]
    return " ".join(filter(None, parts))


def _cells(language: str) -> Iterator[str]:
    """The amounts of the prose and the cells that they must equal."""
    zh = language == "zh"
    passage, subject, cell = (
        ("段落", "主体", "所在单元格") if zh else ("passage", "subject", "cell")
    )
    yield f"| {passage} | {subject} | {cell} |"
    yield "| --- | --- | --- |"
    cells = [cell for cell in claim_identities.claim_cells() if cell.table_no]
    for place, group in groupby(cells, key=lambda cell: (cell.passage, cell.subject)):
        names = "; ".join(
            f"{'表' if zh else 'table '}{cell.table_no} `{cell.item}` "
            f"[{MEASURES[cell.measure] if zh else cell.measure.replace('_', ' ')}]"
            for cell in group
        ).replace("|", "\\|")
        yield f"| {place[0]} | {place[1]} | {names} |"
    yield ""


def _sums(language: str) -> Iterator[str]:
    """The totals of the prose and their parts."""
    zh = language == "zh"
    passage, total, parts = ("段落", "合计", "各部分") if zh else ("passage", "total", "parts")
    yield f"| {passage} | {total} | {parts} |"
    yield "| --- | --- | --- |"
    for _, group in groupby(claim_identities.claim_sums(), key=lambda part: part.sum_no):
        found = list(group)
        named = " + ".join(part.part + ("" if part.is_required else "?") for part in found)
        yield f"| {found[0].passage} | {found[0].total} | {named} |"
    yield ""

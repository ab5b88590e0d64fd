"""How tables are recognised, from the specs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from jcdata.schema import MEASURES, TABLE_NAMES, TABLE_NUMBERS
from jcdata.spec_files import SPECS, read_toml, spec_words
from jcdata.table_templates import table_specs

TABLES_HEAD = {
    "en": """# How tables are recognised

Where a file keeps the cells of a table apart (PDF with lines or columns, Excel, Word, web pages, tabs), a table is known by the words
of its title, and its columns by the words of their headings, so that no place needs a template. Where only single blanks divide the cells of a
text, nobody can tell which words make up a heading but who knows the header: there a [template](adding-a-template.md) says it. What is recognised neither
way is kept as it is printed, in `printed_tables` and `printed_cells`. `jcdata explain DOCUMENT LINE` says for any line what decided.

## Which table a title names

A title is compared without white space, quotation marks and the name of the unit. The kinds are tried in this order, and the first that
fits counts: one of the alternatives of each group of words stands in the title, and none of the words of the last column. From `jcdata/specs/kinds.toml`.
Of the same money in two cuts (基本支出 by function and by economic item, 收入支出决算表 beside 支出决算表) the one that the kind is about counts.
""",
    "zh": """# 报表如何识别

凡文件自带单元格者（有表格线或分栏的 PDF、Excel、Word、网页、制表符分隔的文本），报表按表名的用语识别，各栏按栏目的用语识别，\
任何地方的报表都无需另写模板。单元格之间只有一个空格的文本，不知道表头的人无从判断哪些字合成一个栏目，须由[模板](adding-a-template.md)说明。\
两种办法都识别不了的表，按原样保留在 `printed_tables`、`printed_cells`（`zh.印出单元格`）。某一行如何识别，用 `jcdata explain 文件 行号` 查看。

## 表名属于哪张表

比较表名时不计空白、引号和单位名称。自上而下逐一比对，以最先符合者为准：每组用语至少出现一个，且不出现最后一栏的用语。取自 `jcdata/specs/kinds.toml`。\
同一资金按两种口径各列一表的（基本支出分功能科目与分经济科目、收入支出决算表与支出决算表），取该类报表本来的口径。
""",
}
COLUMNS_HEAD = {
    "en": """## What a heading says

The headings of a column are compared without white space, from the last words to those above them; patterns from
`jcdata/specs/headings.toml`, tried in this order, `{{year}}` being a year. `measure` of `budget_lines` has the key.
""",
    "zh": """## 栏目表示什么

栏目不计空白，先看最下一层，再看上层；自上而下逐一比对，`{{year}}` 表示年度。取自 `jcdata/specs/headings.toml`，\
结果记在 `budget_lines.measure`（`zh.预算明细` 的 `指标口径`）。
""",
}
TEMPLATES_HEAD = {
    "en": """## Templates, for text without cells

From `jcdata/specs/templates`: the columns of each table in print order, with the labels that may head them. `?` marks a column that
some documents leave out.
""",
    "zh": """## 模板：没有单元格的文本

取自 `jcdata/specs/templates`：各表的栏目按印出的先后排列，列出可能的写法；? 为部分文件没有的栏目。
""",
}
FORMS_HEAD = {
    "en": """## Performance forms

A form is known by its title, one of the patterns below, and its columns by their headings (`jcdata/specs/form_headings.toml`), its fields by their labels
(`jcdata/specs/forms.toml`).
""",
    "zh": """## 绩效目标表

按表名识别，须符合下列写法之一；各列按表头识别（`jcdata/specs/form_headings.toml`），各栏按标签识别（`jcdata/specs/forms.toml`）。
""",
}


def tables_page(language: str) -> Iterator[str]:
    """The lines of the page in a language."""
    zh = language == "zh"
    yield TABLES_HEAD[language]
    yield (
        "| 序号 | 报表 | 表名含有 | 且不含 |"
        if zh
        else "| no. | table | words of the title | none of |"
    )
    yield "| --- | --- | --- | --- |"
    for kind in read_toml(SPECS / "kinds.toml", {"kind"})["kind"]:
        key = kind["key"]
        words = " + ".join(f"({_alternatives(word)})" for word in kind["words"])
        without = " / ".join(_alternatives(word) for word in kind.get("without", []))
        name = f"{TABLE_NAMES[key]}<br>`{key}`"
        yield f"| {TABLE_NUMBERS[key]} | {name} | {words} | {without} |"
    yield ""
    yield COLUMNS_HEAD[language].replace("{{", "{").replace("}}", "}")
    yield "| 口径 | 代号 | 栏目写法 |" if zh else "| measure | key | headings |"
    yield "| --- | --- | --- |"
    for measure, pattern in spec_words("headings")["measures"].items():
        ignored = "（不是金额）" if zh else "(no money)"
        yield f"| {MEASURES.get(measure, ignored)} | `{measure}` | {_alternatives(pattern)} |"
    yield ""
    yield FORMS_HEAD[language]
    yield from (
        f"- {pattern}" for pattern in _alternatives(spec_words("titles")["form"]).split(" / ")
    )
    yield ""
    yield TEMPLATES_HEAD[language]
    for template, specs in groupby(table_specs(), key=lambda spec: spec.template):
        yield f"### {template}\n"
        yield "| 报表 | 栏目 |" if zh else "| table | columns |"
        yield "| --- | --- |"
        for spec in specs:
            columns = "; ".join(
                ("?" if column.optional else "") + " / ".join(f"`{x}`" for x in column.labels)
                for column in spec.columns
                if column.labels
            ).replace("|", "\\|")
            yield f"| {TABLE_NAMES[spec.key]}<br>`{spec.key}` | {columns} |"
        yield ""


def _alternatives(pattern: str) -> str:
    """The alternatives of a pattern as code, divided by slashes: a bar would end the cell of a table."""
    found, depth = [""], 0
    for character in re.findall(r"\\.|.", pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            found.append("")
        else:
            found[-1] += character
    return " / ".join(f"`{part}`".replace("|", "\\|") for part in found)

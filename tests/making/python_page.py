"""What is public in Python, from the docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import jcdata

PYTHON_HEAD = """# Python

所有公开的名称，取自程序自身的说明；在 Python 中用 `help(jcdata.build)` 查看。凡查询数据库的函数，第一个参数 `db` 可为数据库路径或连接。\
数据框各列的含义见[数据字典](data-dictionary.md)。

All that is public, from the program's own help, which `help(jcdata.build)` shows too. What a column of a frame means is in the
[data dictionary](data-dictionary.md). Where a function takes `db` first, it is a path or an open connection.
"""
GROUPS = {
    "数据 / Data": [
        "build",
        "connect",
        "check",
        "review",
        "diff",
        "explain",
        "trace",
        "understood",
        "in_chinese",
        "check_specs",
    ],
    "分析 / Analyses": [],
    "笔记本 / Notebooks": ["choose", "conclude"],
    "带走 / Take along": ["report", "export_workbook", "export_package", "site"],
    "结果 / Results": ["BuildResult", "Change", "Explanation"],
    "错误 / Errors": [],
}


def python_page() -> Iterator[str]:
    """The lines of the page."""
    public = set(jcdata.__all__)
    errors = sorted(name for name in public if name.endswith(("Error", "Warning")))
    analyses = sorted(public - set(errors) - {name for names in GROUPS.values() for name in names})
    yield PYTHON_HEAD
    for title, names in (GROUPS | {"分析 / Analyses": analyses, "错误 / Errors": errors}).items():
        yield f"## {title}\n"
        for name in names:
            yield from _described(name, getattr(jcdata, name))
    yield "## 图表 / Charts: `jcdata.charts`\n"
    for name in jcdata.charts.__all__:
        yield from _described(f"charts.{name}", getattr(jcdata.charts, name))


def _described(name: str, thing: object) -> Iterator[str]:
    """The heading, signature and help of a public name."""
    yield f"### {name}\n"
    if inspect.isfunction(thing):
        yield f"```python\n{_called(name, inspect.signature(thing))}\n```\n"
    yield f"{inspect.cleandoc(thing.__doc__ or '')}\n"
    if isinstance(thing, type) and issubclass(thing, tuple):
        for field, kind in inspect.get_annotations(thing).items():
            yield f"- `{field}: {getattr(kind, '__forward_arg__', kind)}`"
        yield ""


def _called(name: str, signature: inspect.Signature) -> str:
    """How a function is called, an argument a line."""
    lines, is_keyword = [], False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not is_keyword:
            lines.append("    *,")
            is_keyword = True
        default = parameter.default
        given = str(default) if isinstance(default, Path) else default
        preset = "" if default is parameter.empty else f" = {given!r}"
        lines.append(f"    {parameter.name}: {parameter.annotation}{preset},")
    return "\n".join([f"jcdata.{name}(", *lines, f") -> {signature.return_annotation}"])

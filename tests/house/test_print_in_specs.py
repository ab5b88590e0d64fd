"""What governments print stands in jcdata/specs, not in Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from jcdata import spec_files
from jcdata.paths import PACKAGE

HAN = re.compile(r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")

# Where Chinese characters stand in Python beside docstrings and messages, and why. A module that reads documents has
# no place here: what it looks for is print.
SHOWN = {
    "schema": "the Chinese names of tables, columns and codes",
    "analyses": "questions, headings and labels of frames and charts",
    "checks": "what a message calls the operands of a check",
    "cli": "help and headings",
    "comparison": "headings and labels of a printed comparison",
    "database": "headings of the dictionary, names of the columns of Chinese views",
    "exports": "headings and cover of the workbook, the description of a package",
    "notebook": "what stands below a table that is cut, headings of what was understood",
}
WRITTEN = {
    "text": "numerals and look-alike characters are the writing, whoever writes",
    "numerals": "the numbers of lists are the writing, whoever writes",
    "amounts": "units of money have values",
    "codes": "the levels of a classification are called so, with so many digits",
}

MATCHING = {
    "compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer", "startswith", "endswith", "removeprefix",
    "removesuffix", "partition", "rpartition", "find", "rfind", "index", "rindex", "count", "strip", "lstrip", "rstrip", "replace",
}  # fmt: skip


SOURCES = {
    path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
}


def room_of(name: str) -> str:
    """The folder or module at the top of jcdata in which a file stands."""
    return name.partition("/")[0].removesuffix(".py")


def print_in(source: str) -> list[str]:
    """The texts with Chinese characters of a module that are neither docstrings nor parts of a Message."""
    tree = ast.parse(source)
    said = {part for node in ast.walk(tree) if is_said(node) for part in ast.walk(node)}
    return [text for node in ast.walk(tree) if node not in said for text in chinese(node)]


def compared_print_in(source: str) -> list[str]:
    """Those of a module's texts that are matched or compared with something, as they stand or by the name of a constant."""
    tree = ast.parse(source)
    operands = [
        part
        for node in ast.walk(tree)
        for operand in operands_of(node)
        for part in ast.walk(operand)
    ]
    names = {part.id for part in operands if isinstance(part, ast.Name)}
    operands += [
        part
        for node in tree.body
        if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Dict)
        if any(isinstance(target, ast.Name) and target.id in names for target in node.targets)
        for part in ast.walk(node.value)
    ]
    return [text for part in operands for text in chinese(part)]


def operands_of(node: ast.AST) -> list[ast.expr]:
    """What a comparison compares, or what is given to a method that matches."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in MATCHING
    ):
        return list(node.args)
    return []


def is_said(node: ast.AST) -> bool:
    """Whether a node is a docstring or makes a Message."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message"
    )


def chinese(node: ast.AST) -> list[str]:
    """The text of a node, if it is one with Chinese characters."""
    return (
        [node.value]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value)
        else []
    )


@pytest.mark.parametrize("name", [name for name in SOURCES if room_of(name) not in SHOWN | WRITTEN])
def test_a_module_that_reads_knows_no_print(name: str) -> None:
    assert list(print_in(SOURCES[name])) == []


@pytest.mark.parametrize("name", [name for name in SOURCES if room_of(name) in SHOWN])
def test_what_is_shown_is_compared_with_nothing(name: str) -> None:
    assert list(compared_print_in(SOURCES[name])) == []


def test_each_exception_is_needed() -> None:
    assert {
        room_of(name) for name in SOURCES if any(print_in(SOURCES[name]))
    } == SHOWN.keys() | WRITTEN.keys()


@pytest.mark.parametrize(
    ("source", "found", "compared"),
    [
        ('is_unit = re.compile(".*局")', [".*局"], [".*局"]),
        ('"表" in title', ["表"], ["表"]),
        ('FIRST = "项目名称"\nline.startswith(FIRST)', ["项目名称"], ["项目名称"]),
        ('ENDINGS = frozenset(["局", "x"])\nline[-1] in ENDINGS', ["局"], ["局"]),
        ('re.match(rf"(\\d+)(?:{number}年)", text)', ["年)"], ["年)"]),
        ('axis(title="占比")', ["占比"], []),
        ('NAMES = {"total": "合计"}\nname in NAMES', ["合计"], []),
        ('def f():\n    """Whether 合计 stands there."""', [], []),
        ('raise DocumentError(Message("no table", f"没有表{number}"))', [], []),
        ('re.split("[，。；]", "a，b")', [], []),
    ],
)
def test_print_is_found(source: str, found: list[str], compared: list[str]) -> None:
    assert (list(print_in(source)), list(compared_print_in(source))) == (found, compared)


def test_a_pattern_may_stand_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec_files, "SPECS", tmp_path)
    (tmp_path / "some.toml").write_text(
        "ending = '局|{words}'\nunit = '.{2,4}{ending}本级'\nwords = ['中心', '(院)']\n",
        encoding="utf-8",
    )
    is_unit = spec_files.patterns("some")["unit"].fullmatch
    names = ["青禾局本级", "青禾中心本级", "青禾(院)本级", "青禾院本级", "青禾局", "{ending}本级"]
    assert [name for name in names if is_unit(name)] == names[:3]
    assert spec_files.spec_words("some")["words"] == ["中心", "(院)"]


def test_a_pattern_that_is_not_there_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spec_files, "SPECS", tmp_path)
    (tmp_path / "another.toml").write_text("unit = '.{2,4}{ending}'\n", encoding="utf-8")
    with pytest.raises(spec_files.SpecError, match=r"another\.toml.*ending"):
        spec_files.patterns("another")

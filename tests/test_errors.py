"""The exceptions: one base, one place, public names, and what they could be caught as before."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

import jcdata
from jcdata import errors
from jcdata.messages import Message

PACKAGE = Path(errors.__file__).parent
DECLARED = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, Exception)
]


def exceptions_in(source: str) -> list[str]:
    """The classes of a source that are exceptions or warnings by the name of a base."""
    classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    bases = {
        node.name: [ast.unparse(base).rpartition(".")[2] for base in node.bases] for node in classes
    }
    return [
        name
        for name, of in bases.items()
        if any(b == "Exception" or b.endswith(("Error", "Warning")) for b in of)
    ]


def test_every_exception_is_declared_in_one_place() -> None:
    found = {
        path: exceptions_in(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")
    }
    assert {path.name: names for path, names in found.items() if names} == {
        "errors.py": [declared.__name__ for declared in DECLARED],
        # caught where formulas are computed: whoever reads a workbook never sees them
        "formula_parsing.py": ["UncomputableError"],
        "functions.py": ["FormulaError"],
    }


def test_an_exception_elsewhere_is_found() -> None:
    source = "class A(builtins.ValueError): ...\nclass B: ...\ndef f():\n    class C(B, UserWarning): ...\nclass D(Exception): ..."
    assert exceptions_in(source) == ["A", "D", "C"]


@pytest.mark.parametrize("declared", DECLARED)
def test_every_exception_is_public_and_has_the_one_base(declared: type[Exception]) -> None:
    assert getattr(jcdata, declared.__name__) is declared and declared.__name__ in jcdata.__all__
    assert issubclass(declared, jcdata.JcdataError) != issubclass(declared, Warning)


@pytest.mark.parametrize(
    ("declared", "builtin"),
    [
        (jcdata.AmountError, ValueError),
        (jcdata.CorrectionError, ValueError),
        (jcdata.SpecError, ValueError),
        (jcdata.SelectionError, LookupError),
    ],
)
def test_what_was_a_builtin_exception_is_one_still(
    declared: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(declared, builtin)


def test_a_document_error_comes_whole_from_another_process() -> None:
    reason = Message("no text", "没有文字")
    error = pickle.loads(pickle.dumps(jcdata.DocumentError(reason, 3, "line")))
    assert (str(error), error.reason, error.line_no, error.line_text) == (
        "no text / 没有文字",
        reason,
        3,
        "line",
    )


def test_the_base_catches_what_a_user_meets(tmp_path: Path) -> None:
    with pytest.raises(jcdata.JcdataError, match="jcdata build"):
        jcdata.growth(tmp_path / "none.duckdb")
    with pytest.raises(jcdata.JcdataError, match="the same document"):
        jcdata.diff(tmp_path / "none.duckdb", "one", "one")
    (tmp_path / "corrections.toml").write_text("correction = [{}]", encoding="utf-8")
    (tmp_path / "raw").mkdir()
    with pytest.raises(jcdata.JcdataError, match=r"corrections\.toml"):
        jcdata.build(tmp_path / "raw", tmp_path / "x.duckdb", clean=None, corrected=True)

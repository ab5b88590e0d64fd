"""What an extra brings is asked for by its name, in one sentence, where it is missing."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from jcdata.extras import EXTRAS
from jcdata.pipeline.build import BuildResult
from tests.making.checkout import RAW, ROOT

DISTRIBUTIONS = {"vl_convert": "vl-convert-python"}  # where it is not called as its module
BLOCKED = {"analysis": (*EXTRAS["analysis"], "numpy"), "cluster": EXTRAS["cluster"]}


@pytest.mark.parametrize("extra", EXTRAS)
def test_extras_are_those_of_pyproject(extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {Requirement(r).name for r in project["optional-dependencies"][extra]}
    names = {canonicalize_name(DISTRIBUTIONS.get(name, name)) for name in EXTRAS[extra]}
    assert names == declared - {project["name"]}


@pytest.mark.parametrize(
    ("extra", "statement"),
    [
        ("analysis", "jcdata.composition(db)"),
        ("analysis", "jcdata.peers(db)"),
        ("analysis", "jcdata.check(db)"),
        ("analysis", "jcdata.trace(db, '1.00')"),
        ("analysis", "jcdata.diff(db, 'a', 'b')"),
        ("analysis", "jcdata.understood(db)"),
        ("analysis", "jcdata.charts"),
        ("analysis", "jcdata.load_ipython_extension(None)"),
        ("cluster", f"jcdata.build({str(RAW)!r}, 'x.duckdb', clean=None, dask='tcp://x')"),
    ],
)
def test_a_missing_extra_is_one_sentence(
    built: BuildResult, tmp_path_factory: pytest.TempPathFactory, extra: str, statement: str
) -> None:
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({BLOCKED[extra]!r}))\n"
        "import jcdata\n"
        f"db = {str(built.database)!r}\n"
        f"try:\n    {statement}\n"
        "except jcdata.MissingExtraError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path_factory.mktemp("work"),
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert f"pip install 'jcdata[{extra}]'" in done.stdout, done.stderr

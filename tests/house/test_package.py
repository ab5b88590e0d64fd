"""The wheel alone, as `pip install` gives it: it holds all that the program reads, and runs outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from jcdata.table_templates import table_specs
from tests.making.checkout import ROOT

BUILD = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory")
INSTALL = (sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--python")


def run(folder: Path, *command: str | Path) -> str:
    """Standard output of a command, run in a folder, that must succeed."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout, built by the build backend that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    run(ROOT, *BUILD, folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it; only the dependencies come from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    run(folder, *INSTALL, folder / "bin" / "python", wheel)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    # The .pth files of a folder that is named in a .pth file are not read, so the checkout stays out of sight.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def test_wheel_holds_the_package_the_notebooks_and_nothing_else(wheel: Path) -> None:
    files = {
        path.relative_to(ROOT).as_posix(): path
        for path in (ROOT / "jcdata").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    notebooks = {
        f"jcdata/notebook/originals/{path.name}": path
        for path in (ROOT / "notebooks").iterdir()
        if path.is_file()
    }
    with ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
        copies = {name: archive.read(name) for name in found & notebooks.keys()}
    assert found == files.keys() | notebooks.keys()
    assert copies == {name: path.read_bytes() for name, path in notebooks.items()}


def test_installed_wheel_reads_its_own_specs(environment: Path) -> None:
    code = "from jcdata import table_templates as read; print(read.__file__); [print(t.key) for t in read.table_specs()]"
    file, *keys = run(environment, environment / "bin" / "python", "-c", code).splitlines()
    assert Path(file).is_relative_to(environment)
    assert keys == [spec.key for spec in table_specs()]


def test_installed_package_copies_its_notebooks(environment: Path, tmp_path: Path) -> None:
    code = "from pathlib import Path; from jcdata.notebook.copying import copy_notebooks; copy_notebooks(Path('notebooks'))"
    run(tmp_path, environment / "bin" / "python", "-c", code)
    names = {path.name for path in (ROOT / "notebooks").iterdir() if path.is_file()}
    assert {path.name for path in (tmp_path / "notebooks").iterdir()} == names


def test_installed_command_reads_documents(environment: Path) -> None:
    jcdata = environment / "bin" / "jcdata"
    assert "Usage: jcdata" in run(environment, jcdata, "--help")
    run(environment, jcdata, "build", ROOT / "data" / "raw")
    committed = (ROOT / "data" / "clean" / "budget_lines.csv").read_bytes()
    assert (environment / "data" / "clean" / "budget_lines.csv").read_bytes() == committed

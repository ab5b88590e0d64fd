"""In the folder of clean files only those that builds wrote are replaced or removed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jcdata.errors import OutputError
from jcdata.pipeline.build import BuildResult
from jcdata.pipeline.clean_folder import STATE, is_current, mark_current, put_in_place, require_ours


@pytest.fixture
def clean(built: BuildResult, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built.database.parent / "clean", tmp_path / "clean"))


def put(folder: Path, *places: str) -> None:
    """Put new files in place, which are all that there shall be."""
    new = folder.parent / "new"
    for place in places:
        (new / place).parent.mkdir(parents=True, exist_ok=True)
        (new / place).write_text("new")
    put_in_place(new, folder, are_all=True)


def without_state(folder: Path) -> None:
    (folder / STATE).unlink()


def as_checked_out(folder: Path) -> None:
    without_state(folder)
    for parquet in folder.glob("*/"):
        shutil.rmtree(parquet)


@pytest.mark.parametrize("broken", ["", "{", "[]", "null", '{"build": 1}'])
def test_a_folder_of_clean_files_is_ours_whatever_its_list_says(clean: Path, broken: str) -> None:
    require_ours(clean)
    (clean / STATE).write_text(broken)
    require_ours(clean)
    assert not is_current(clean, "")


@pytest.mark.parametrize("change", [without_state, as_checked_out])
def test_an_older_version_and_a_checkout_leave_no_list(
    clean: Path, change: Callable[[Path], None]
) -> None:
    change(clean)
    require_ours(clean)


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("projects/thesis.docx", "mine"),
        ("documents/some.txt", "mine"),
        ("projects.csv", "mine"),
        ("projects/fiscal_year=2031/projects.parquet", "PAR1 mine PAR1"),
        ("photos/one.jpg", "mine"),
        (STATE, '{"name": "of another program"}'),
    ],
)
def test_a_folder_that_holds_anything_else_is_refused_by_name(
    tmp_path: Path, place: str, content: str
) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text(content)
    with pytest.raises(OutputError, match=f"{place} holds something else"):
        require_ours(tmp_path)


def test_a_file_at_the_place_of_a_clean_one_that_no_build_wrote_is_refused(clean: Path) -> None:
    own = clean / "projects" / "fiscal_year=1999" / "projects.parquet"
    own.parent.mkdir()
    own.write_text("mine")
    with pytest.raises(
        OutputError, match=r"fiscal_year=1999/projects\.parquet holds something else"
    ):
        require_ours(clean)


def test_what_the_user_puts_into_the_folder_stays(clean: Path) -> None:
    own = [
        clean / place
        for place in ("notes.txt", "claims/own.parquet", "claims/fiscal_year=2025/notes.txt")
    ]
    for path in own:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    require_ours(clean)
    put(clean, "documents.csv")
    assert sorted(p for p in clean.rglob("*") if p.is_file()) == sorted(
        [*own, clean / "documents.csv", clean / STATE]
    )
    assert {path.read_text() for path in own} == {"mine"}


def test_a_build_that_is_killed_while_files_are_put_in_place_leaves_a_folder_of_ours(
    clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    mark_current(clean, "some")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("jcdata.pipeline.clean_folder.replace_file", killed)
        put(clean, "documents.csv", "claims/fiscal_year=2040/claims.parquet")
    assert not is_current(clean, "some")
    assert (
        "claims/fiscal_year=2040/claims.parquet" in json.loads((clean / STATE).read_text())["files"]
    )
    require_ours(clean)


def test_files_keep_their_mode_and_links_lead_where_they_did(clean: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.csv"
    (clean / "claims.csv").rename(target)
    (clean / "claims.csv").symlink_to(target)
    (clean / "documents.csv").chmod(0o600)
    put(clean, "documents.csv", "claims.csv")
    assert (clean / "documents.csv").stat().st_mode & 0o777 == 0o600
    assert (clean / "claims.csv").is_symlink() and target.read_text() == "new"

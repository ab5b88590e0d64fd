"""What one process keeps for the next: taken only if it is what this program kept, and only from where nobody else can write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jcdata import kept_files, paths
from jcdata.kept_files import keep, kept_content, kept_file

NAME = "sums", ".txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv(paths.CACHE, str(folder))
    return folder


@pytest.fixture
def another_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is kept is kept by one program, then another one asks."""
    keep(*NAME, b"old")
    monkeypatch.setattr(kept_files, "package_checksum", lambda: "another")
    kept_files._key.cache_clear()
    yield
    monkeypatch.undo()
    kept_files._key.cache_clear()


def test_what_is_kept_is_found_by_its_name(folder: Path) -> None:
    assert kept_file(*NAME) is None and kept_content(*NAME) is None
    keep(*NAME, b"one")
    keep("others", ".txt", b"two")
    path = kept_file(*NAME)
    assert path and path.parent == folder and path.read_bytes() == b"one"
    assert kept_content(*NAME) == b"one"
    assert kept_content("others", ".txt") == b"two"
    assert kept_content("sums", ".csv") is None


def test_what_is_kept_anew_takes_the_place_of_the_old(folder: Path) -> None:
    keep(*NAME, b"one")
    keep(*NAME, b"two")
    assert kept_content(*NAME) == b"two"
    assert len(list(folder.iterdir())) == 1


def test_nobody_but_the_user_may_look_or_write_into_the_folder(folder: Path) -> None:
    keep(*NAME, b"one")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_another_program_kept_is_not_taken_and_goes(
    folder: Path, another_program: None
) -> None:
    assert kept_content(*NAME) is None
    keep(*NAME, b"new")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"new"]


def test_files_of_others_stay(folder: Path, another_program: None) -> None:
    others = [folder / name for name in ("sums-2031.txt", "sums-x.new", "notes.txt", "a-sums.txt")]
    for other in others:
        other.write_text("somebody's")
    left = folder / "sums-12345.new"  # of a process that was killed
    left.touch()
    keep(*NAME, b"new")
    assert all(other.read_text() == "somebody's" for other in others)
    assert not left.exists() and len(list(folder.iterdir())) == len(others) + 1


@pytest.mark.parametrize("change", ["cut off", "other content", "folder of others", "not there"])
def test_what_is_not_as_it_was_kept_is_not_taken(folder: Path, change: str) -> None:
    keep(*NAME, b"one")
    kept = kept_file(*NAME)
    assert kept
    if change == "cut off":
        os.truncate(kept, 1)
    elif change == "other content":
        kept.write_bytes(b"two")
    elif change == "folder of others":
        folder.chmod(0o777)
    else:
        kept.unlink()
    assert kept_file(*NAME) is None and kept_content(*NAME) is None


@pytest.mark.parametrize("place", ["none", "a file"])
def test_without_a_folder_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv(paths.CACHE, "" if place == "none" else str(file))
    keep(*NAME, b"one")
    assert kept_content(*NAME) is None
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_of_others_is_not_written_into(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    keep(*NAME, b"one")
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/some/where"}, "/some/where/jcdata"),
        ("linux", {"XDG_CACHE_HOME": "", "HOME": "/one"}, "/one/.cache/jcdata"),
        ("darwin", {"HOME": "/one"}, "/one/Library/Caches/jcdata"),
        ("win32", {"LOCALAPPDATA": "/one"}, "/one/jcdata"),
        ("win32", {"LOCALAPPDATA": ""}, None),
        ("linux", {"JCDATA_CACHE": "given"}, "given"),
        ("linux", {"JCDATA_CACHE": ""}, None),
    ],
)
def test_the_folder_is_that_of_the_system_or_the_given_one(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], expected: str | None
) -> None:
    monkeypatch.delenv(paths.CACHE)
    monkeypatch.setattr("sys.platform", system)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert paths.cache_folder() == (None if expected is None else Path(expected))

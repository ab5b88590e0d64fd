from __future__ import annotations

from pathlib import Path

import pytest

from jcdata.errors import OutputError
from jcdata.exports.replacing import hidden_beside, replaced_file, replaced_folder


class Broken(Exception):
    pass


def test_a_file_is_replaced_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "some.txt"
    for content in ("old", "new"):
        with replaced_file(path) as new:
            new.write_text(content)
    assert path.read_text() == "new"
    with pytest.raises(Broken), replaced_file(path) as new:
        new.write_text("half")
        raise Broken
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    link, target = tmp_path / "link.txt", tmp_path / "elsewhere" / "target.txt"
    target.parent.mkdir()
    target.write_text("old")
    link.symlink_to(target)
    with replaced_file(link) as new:
        new.write_text("new")
    assert link.is_symlink() and target.read_text() == "new"


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 82 + ".html")
    with replaced_file(path) as new:
        new.write_text("some")
    assert path.read_text() == "some" and list(tmp_path.iterdir()) == [path]


def test_a_hidden_place_is_told_by_the_whole_name_that_it_stands_beside(tmp_path: Path) -> None:
    long, alike = (tmp_path / ("长" * 81 + end + ".duckdb") for end in "长短")
    assert hidden_beside(tmp_path / "some.duckdb", "lock") == tmp_path / ".some.duckdb.lock"
    places = [
        hidden_beside(long, "lock"),
        hidden_beside(long, "build"),
        hidden_beside(alike, "lock"),
    ]
    for place in places:
        place.touch()
    assert hidden_beside(long, "lock") == places[0] and len(list(tmp_path.iterdir())) == 3


def test_a_folder_is_replaced_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "some"
    for name in ("old", "new"):
        with replaced_folder(path, lambda folder: True) as new:
            (new / name).touch()
    with pytest.raises(Broken), replaced_folder(path, lambda folder: True) as new:
        (new / "half").touch()
        raise Broken
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")] == ["some", "some/new"]


def test_only_an_empty_folder_or_our_own_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "some"
    path.mkdir()
    with replaced_folder(path, lambda folder: False) as new:
        (new / "a").touch()
    with (
        pytest.raises(OutputError, match="holds something else"),
        replaced_folder(path, lambda folder: False),
    ):
        pass
    assert [p.name for p in path.iterdir()] == ["a"]


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError), replaced_folder(tmp_path / "file", lambda folder: True):
        pass
    with pytest.raises(OutputError, match="is a folder"), replaced_file(tmp_path):
        pass


def test_the_old_folder_comes_back_if_the_new_one_can_not_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "some"
    path.mkdir()
    (path / "old").touch()
    rename = Path.rename

    def fail_for_new(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_new)
    with pytest.raises(OSError, match="no"), replaced_folder(path, lambda folder: True) as new:
        (new / "new").touch()
    assert [p.name for p in path.iterdir()] == ["old"]

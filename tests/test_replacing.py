from __future__ import annotations

import os
from pathlib import Path

import pytest

from jcdata.errors import OutputError
from jcdata.replacing import hidden_beside, replaced_file, replaced_folder, working_folder


class Broken(Exception):
    pass


def ours(path: Path) -> bool:
    return True


def foreign(path: Path) -> bool:
    return False


def test_a_file_is_replaced_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "some.txt"
    for content in ("old", "new"):
        with replaced_file(path, ours) as new:
            new.write_text(content)
    assert path.read_text() == "new"
    with pytest.raises(Broken), replaced_file(path, ours) as new:
        new.write_text("half")
        raise Broken
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    link, target = tmp_path / "link.txt", tmp_path / "elsewhere" / "target.txt"
    target.parent.mkdir()
    target.write_text("old")
    link.symlink_to(target)
    with replaced_file(link, ours) as new:
        new.write_text("new")
    assert link.is_symlink() and target.read_text() == "new"


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 82 + ".html")
    with replaced_file(path, ours) as new:
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
        with replaced_folder(path, ours) as new:
            (new / name).touch()
    with pytest.raises(Broken), replaced_folder(path, ours) as new:
        (new / "half").touch()
        raise Broken
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")] == ["some", "some/new"]


def test_only_an_empty_folder_or_our_own_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "some"
    path.mkdir()
    with replaced_folder(path, foreign) as new:
        (new / "a").touch()
    with pytest.raises(OutputError, match="holds something else"), replaced_folder(path, foreign):
        pass
    assert [p.name for p in path.iterdir()] == ["a"]


def test_a_file_is_no_folder_and_a_folder_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError), replaced_folder(tmp_path / "file", ours):
        pass
    with pytest.raises(OutputError, match="is a folder"), replaced_file(tmp_path, ours):
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
    with pytest.raises(OSError, match="no"), replaced_folder(path, ours) as new:
        (new / "new").touch()
    assert [p.name for p in path.iterdir()] == ["old"]


def test_only_nothing_an_empty_file_or_our_own_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "diary.docx"
    for content in ("", "a diary"):
        path.write_text(content)
        if content:
            with (
                pytest.raises(OutputError, match=r"diary\.docx holds something else"),
                replaced_file(path, foreign),
            ):
                pass
        else:
            with replaced_file(path, foreign) as new:
                new.write_text("new")
    assert path.read_text() == "a diary"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError), replaced_file(tmp_path / "pipe", ours):
        pass


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_what_is_replaced_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path, folder = tmp_path / "some.txt", tmp_path / "some"
    path.touch()
    path.chmod(mode)
    folder.mkdir()
    folder.chmod(mode | 0o100)
    with replaced_file(path, ours) as new:
        new.touch()
    with replaced_folder(folder, ours):
        pass
    assert [p.stat().st_mode & 0o777 for p in (path, folder)] == [mode, mode | 0o100]


def test_a_working_folder_is_removed_only_if_it_is_marked(tmp_path: Path) -> None:
    folder = tmp_path / ".some.build"
    with pytest.raises(Broken), working_folder(folder):
        assert folder.stat().st_mode & 0o077 == 0
        raise Broken
    assert not folder.exists()
    with working_folder(folder) as left, working_folder(folder):  # as if the first had been killed
        assert [p.name for p in left.iterdir()] == ["made-by-jcdata"]
    folder.mkdir()
    (folder / "thesis").touch()
    with (
        pytest.raises(OutputError, match=r"some\.build holds something else"),
        working_folder(folder),
    ):
        pass
    assert [p.name for p in folder.iterdir()] == ["thesis"]

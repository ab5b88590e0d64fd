"""What a build is given to read: folders, as a whole, or single files, which are added to what the database has."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from jcdata.documents.raw_files import find_documents, read_sources
from jcdata.errors import DocumentError
from jcdata.messages import Message


class Given(NamedTuple):
    """Folders and single files. What is no longer in the folders leaves the database, if any folder is given."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]

    @property
    def is_addition(self) -> bool:
        """Whether only single files are given, so that all other documents stay."""
        return not self.folders

    @property
    def home(self) -> Path:
        """The folder beside which the lists of the user stand."""
        return self.folders[0] if self.folders else self.files[0].parent

    def __str__(self) -> str:
        return ", ".join(map(str, (*self.folders, *self.files)))


def as_given(places: Path | Sequence[Path]) -> Given:
    """Folders and files apart, each once. Raises FileNotFoundError for what is neither."""
    different = {
        place.resolve(): place for place in ([places] if isinstance(places, Path) else places)
    }
    for place in different.values():
        if not os.path.lexists(place):
            raise FileNotFoundError(
                str(Message(f"no such folder or file: {place}", "没有这个文件夹或文件"))
            )
    folders = tuple(place for place in different.values() if place.is_dir())
    files = tuple(place for place in different.values() if not place.is_dir())
    return Given(folders=folders, files=files)


def find_files(given: Given) -> list[tuple[Path, str]]:
    """The files of all that is given, with their names: the path below the folder, after its name where there are several.

    Raises DocumentError if two would have the same name or a folder can't be opened, FileNotFoundError if one is not there.
    """
    found = [
        (path, prefix + stored_name(path.relative_to(folder)))
        for folder, prefix in _with_prefixes(given)
        for path in find_documents(folder)
    ]
    below = {path.resolve() for path, _ in found}
    found += [
        (path, stored_name(Path(path.name))) for path in given.files if path.resolve() not in below
    ]
    ((name, count),) = Counter(name for _, name in found).most_common(1) or [("", 0)]
    if count > 1:
        raise DocumentError(
            Message(
                f"{count} of the given files are called {name}, rename one or its folder",
                "给出的文件中有重名，请重新命名文件或其所在文件夹",
            )
        )
    return sorted(found, key=lambda file: PurePosixPath(file[1]).parts)


def expected_checksums(given: Given) -> dict[str, str]:
    """The SHA-256 of the files that lists of sources in the folders name; raises DocumentError for a list that is unreadable."""
    return {
        prefix + name: sha256
        for folder, prefix in _with_prefixes(given)
        for name, sha256 in read_sources(folder).items()
    }


def stored_name(name: Path) -> str:
    """A name as the database can hold it: bytes that are no UTF-8 as escapes."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")


def _with_prefixes(given: Given) -> list[tuple[Path, str]]:
    """The folders, with what stands before the names of their files."""
    if len(given.folders) == 1:
        return [(given.folders[0], "")]
    return [(folder, f"{stored_name(Path(folder.resolve().name))}/") for folder in given.folders]

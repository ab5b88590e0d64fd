"""The folder of a site: which files in it are ours, and what of them is written, left or removed.

`.site.json` lists what was written beside it and below, with a checksum of each file; a document's folder has a list of
its own. Nothing else is replaced or removed. What will be written is listed before, so that it is ours after a failure
too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from jcdata.replacing import hidden_beside, refusal, replace_file

STATE = ".site.json"
MADE_BY = "jcdata site"
UNFINISHED = ""  # the checksum of what is being written


class FolderState(NamedTuple):
    """What was written into a folder: a checksum of what it was made from, one of each file by place.

    `folders` are those below it that have a list of their own.
    """

    checksum: str
    files: dict[str, str]
    folders: list[str]


NOTHING = FolderState(UNFINISHED, {}, [])


def read_state(folder: Path) -> FolderState:
    """What was written into the folder. Raises OutputError if anything but what was written here is there."""
    noting = hidden_beside(folder / STATE, "new").name  # which a failure may leave
    if not folder.exists() or (folder.is_dir() and {p.name for p in folder.iterdir()} <= {noting}):
        return NOTHING
    try:
        noted = json.loads((folder / STATE).read_text(encoding="utf-8"))
        if noted.pop("made_by") != MADE_BY:
            raise ValueError
        state = FolderState(**noted)
        if not all(map(_is_inside, [*state.files, *state.folders])):
            raise ValueError
        return state
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise refusal(folder) from error


def write_state(folder: Path, state: FolderState) -> None:
    """Note what was written into the folder, or will be."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / STATE, json.dumps({"made_by": MADE_BY, **state._asdict()}).encode())


def is_current(folder: Path, state: FolderState, checksum: str) -> bool:
    """Whether all of a folder stands there as it would be written again."""
    return checksum == state.checksum and all((folder / place).is_file() for place in state.files)


def require_free(folder: Path, places: Iterable[str]) -> None:
    """Raises OutputError if something is at one of the places."""
    for place in places:
        if (folder / place).exists():
            raise refusal(folder / place)


def write_files(
    folder: Path, contents: Mapping[str, bytes], before: FolderState, after: FolderState
) -> FolderState:
    """Write files of which the content is not as before and remove those that are no more; what was written.

    `after` is what will be noted, without the files. Raises OutputError, before anything is written, if something else
    stands at the place of a file.
    """
    require_free(folder, contents.keys() - before.files.keys())
    expected = dict.fromkeys([*before.files, *contents], UNFINISHED)
    write_state(folder, FolderState(UNFINISHED, expected, after.folders))
    checksums = {place: checksum_of(content) for place, content in contents.items()}
    for place, content in contents.items():
        path = folder / place
        if checksums[place] != before.files.get(place) or not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
    _remove(folder, before.files.keys() - contents.keys())
    written = after._replace(files=checksums)
    write_state(folder, written)
    return written


def remove_written(folder: Path, place: str) -> None:
    """Remove what was written into a folder below `folder`, and the folders that are empty without it."""
    if (folder / place / STATE).is_file():
        files = read_state(folder / place).files
        _remove(folder, [*(f"{place}/{name}" for name in files), f"{place}/{STATE}"])


def checksum_of(content: bytes) -> str:
    """What changes whenever the content does."""
    return blake2b(content, digest_size=16).hexdigest()


def _remove(folder: Path, places: Iterable[str]) -> None:
    for place in places:
        path = folder / place
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()


def _replace(path: Path, content: bytes) -> None:
    new = hidden_beside(path, "new")
    new.write_bytes(content)
    replace_file(new, path)


def _is_inside(place: str) -> bool:
    path = PurePosixPath(place)
    return not path.is_absolute() and ".." not in path.parts and path.parts[:1] != ()

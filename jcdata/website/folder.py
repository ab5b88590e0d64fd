"""The folder of a site: which files in it are ours, and what of them is written, left or removed.

`.site.json` lists what was written, with a checksum of each file. Nothing else in the folder is replaced or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from jcdata.replacing import refusal

STATE = ".site.json"
MADE_BY = "jcdata site"
UNFINISHED = ""  # the checksum of what is being written


class DocumentState(NamedTuple):
    """What was written of a document: a checksum of its rows, and one of each file in its folder by name."""

    checksum: str
    files: dict[str, str]


class SiteState(NamedTuple):
    """What was written of a site: a checksum of all that it was made from, documents by folder, other files by place."""

    checksum: str
    documents: dict[str, DocumentState]
    files: dict[str, str]


def read_state(folder: Path) -> SiteState:
    """What was written in the folder. Raises OutputError if anything but a site is there."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return SiteState(UNFINISHED, {}, {})
    try:
        noted = json.loads((folder / STATE).read_text(encoding="utf-8"))
        if noted.pop("made_by") != MADE_BY:
            raise ValueError
        documents = {place: DocumentState(**own) for place, own in noted["documents"].items()}
        state = SiteState(noted["checksum"], documents, noted["files"])
        if not all(map(_is_inside, [*state.documents, *state.files, *_names(documents)])):
            raise ValueError
        return state
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise refusal(folder) from error


def write_state(folder: Path, state: SiteState) -> None:
    """Note what was written in the folder, or will be."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = {place: own._asdict() for place, own in state.documents.items()}
    noted = {"made_by": MADE_BY, **state._asdict(), "documents": documents}
    text = json.dumps(noted)
    _replace(folder / STATE, text.encode())


def require_free(folder: Path, places: Iterable[str], own: Mapping[str, object]) -> None:
    """Raises OutputError if something is at one of the places that was not written there before."""
    for place in places:
        if place not in own and (folder / place).exists():
            raise refusal(folder / place)


def write_files(
    folder: Path, contents: Mapping[str, bytes], before: Mapping[str, str]
) -> dict[str, str]:
    """Write files of which the content is not as before; the checksum of each."""
    checksums = {place: _checksum(content) for place, content in contents.items()}
    for place, content in contents.items():
        path = folder / place
        if checksums[place] != before.get(place) or not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
    return checksums


def remove_files(folder: Path, places: Iterable[str]) -> None:
    """Remove files, and the folders that are empty without them."""
    for place in places:
        path = folder / place
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


def _checksum(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def _names(documents: Mapping[str, DocumentState]) -> list[str]:
    return [f"{place}/{name}" for place, own in documents.items() for name in own.files]


def _is_inside(place: str) -> bool:
    path = PurePosixPath(place)
    return not path.is_absolute() and ".." not in path.parts and path.parts[:1] != ()

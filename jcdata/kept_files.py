"""What takes long to make and is the same for all processes of this program: kept for the next one in the user's cache folder.

The folder is the one that `paths.cache_folder` names. Only what this program, with these libraries, kept is taken from there, whole, and
only where nobody but the user can write; where nothing can be kept, it is made again.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jcdata import paths
from jcdata.program import package_checksum

_LIBRARIES = ("duckdb", "jinja2")


def kept_file(name: str, ending: str) -> Path | None:
    """The file that is kept under a name; None if there is none, or not as it was kept."""
    return next((path for path, _ in _kept(name, ending)), None)


def kept_content(name: str, ending: str) -> bytes | None:
    """What the file holds; None likewise."""
    return next((content for _, content in _kept(name, ending)), None)


def _kept(name: str, ending: str) -> Iterator[tuple[Path, bytes]]:
    folder = paths.cache_folder()
    if folder is None or not _is_private(folder):
        return
    for path in sorted(folder.glob(f"{name}-{_key()}-*{ending}")):
        try:
            content = path.read_bytes()
        except OSError:
            continue
        if path.name == _file_name(name, ending, content):
            yield path, content


def keep(name: str, ending: str, content: bytes) -> None:
    """Keep a file under a name, and none of another program under it, as far as that is possible."""
    folder = paths.cache_folder()
    if folder is None:
        return
    new, kept = folder / f"{name}-{os.getpid()}.new", _file_name(name, ending, content)
    is_own = re.compile(
        rf"{re.escape(name)}-(?:[0-9a-f]{{16}}-[0-9a-f]{{64}}{re.escape(ending)}|\d+\.new)"
    ).fullmatch
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder):
            return
        new.write_bytes(content)
        new.replace(folder / kept)
        for other in folder.iterdir():
            if is_own(other.name) and other.name != kept:
                other.unlink()
    except OSError:  # no room, no right, or another process has it open
        return


@cache
def _key() -> str:
    """What made it: this program and the libraries whose work is kept."""
    made_by = " ".join([package_checksum(), *map(version, _LIBRARIES)])
    return hashlib.sha256(made_by.encode()).hexdigest()[:16]


def _file_name(name: str, ending: str, content: bytes) -> str:
    """The name of its file, with the checksum of what is in it."""
    return f"{name}-{_key()}-{hashlib.sha256(content).hexdigest()}{ending}"


def _is_private(folder: Path) -> bool:
    """Whether nobody but the user can write into a folder; Windows keeps those of users apart."""
    getuid: Callable[[], int] | None = getattr(os, "getuid", None)
    try:
        status = folder.stat()
    except OSError:
        return False
    return getuid is None or (
        status.st_uid == getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )

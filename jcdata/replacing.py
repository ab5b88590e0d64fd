"""What is written takes its place when it is whole, and only where nothing of anybody else's stands.

A failure leaves nothing half-written, and the old as it was. What jcdata makes carries a mark by which it is known
again; whoever writes something says how, as a predicate `is_ours`. Nothing else is replaced or removed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from jcdata.errors import OutputError
from jcdata.messages import Message

LONGEST_NAME = 255  # bytes of the name of a file
MARKER = "made-by-jcdata"  # a file in folders that are worked in
IsOurs = Callable[[Path], bool]


def refusal(path: Path) -> OutputError:
    """That something stands at a path which is not ours to replace."""
    return OutputError(
        Message(
            f"{path} holds something else and is left as it is: choose another place, or remove it yourself",
            "该位置已有其他内容，未作改动，请另选位置或自行删除",
        )
    )


def require_replaceable(path: Path, is_ours: IsOurs) -> None:
    """Raises OutputError unless nothing is at the path, an empty file, or a file that `is_ours` says is."""
    if path.is_dir():
        raise OutputError(Message(f"{path} is a folder", "是文件夹，不能写成文件"))
    # A device has no size either.
    if path.exists() and not (path.is_file() and (path.stat().st_size == 0 or is_ours(path))):
        raise refusal(path)


@contextmanager
def replaced_file(path: Path, is_ours: IsOurs) -> Iterator[Path]:
    """A path beside `path` to write to; the file takes the place of `path` if all goes well.

    What is there is replaced only if it is empty or `is_ours` says so, else OutputError is raised. Raises OSError if
    nothing can be written.
    """
    require_replaceable(path, is_ours)
    with _beside(path) as new:
        yield new
        replace_file(new, path)


@contextmanager
def replaced_folder(path: Path, is_ours: IsOurs) -> Iterator[Path]:
    """A new folder beside `path` to write into; it takes the place of `path` if all goes well.

    What is there is replaced only if it is an empty folder or `is_ours` says so, else OutputError is raised. Raises
    OSError if nothing can be written.
    """
    if path.exists() and not (path.is_dir() and (is_ours(path) or not any(path.iterdir()))):
        raise refusal(path)
    with _beside(path) as new:
        new.mkdir()
        yield new
        old = new.with_name("old")
        if path.exists():
            shutil.copymode(path, new)
            path.resolve().rename(old)
        try:
            new.rename(path.resolve())
        except OSError:
            if old.exists():
                old.rename(path.resolve())
            raise


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """An empty folder that nobody else can look into and that is gone afterwards, always at the same path.

    So what a process that was killed has left there is removed. Raises OutputError if somebody else's folder is there,
    OSError if there can't be one.
    """
    if folder.exists():
        if not (folder / MARKER).is_file() and (not folder.is_dir() or any(folder.iterdir())):
            raise refusal(folder)
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    try:
        (folder / MARKER).touch()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replace_file(new: Path, path: Path) -> None:
    """Let a file take the place and the mode of `path`, of what it leads to if it is a symbolic link.

    On the same disk readers see the old file or the new one, never a part.
    """
    place = path.resolve()
    if place.exists():
        shutil.copymode(place, new)
    shutil.move(new, place)


def hidden_beside(path: Path, ending: str) -> Path:
    """The place `.NAME.ending` beside what `path` leads to, always the same one; a name that is too long for it is cut."""
    place = path.resolve()
    name = os.fsencode(place.name)
    if len(name) + len(ending) + 2 > LONGEST_NAME:
        return place.with_name(
            f".{place.name[:32]}-{blake2b(name, digest_size=8).hexdigest()}.{ending}"
        )
    return place.with_name(f".{place.name}.{ending}")


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A place on the same disk, so that moving is a renaming; it is gone afterwards, whatever happens."""
    place = path.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name[:32]}-") as folder:
        yield Path(folder) / "new"

"""What is written takes its place when it is whole: a failure leaves nothing half-written, and the old as it was."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from jcdata.errors import OutputError
from jcdata.messages import Message

LONGEST_NAME = 255  # bytes of the name of a file


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; the file takes the place of `path` if all goes well.

    Raises OutputError if a folder is there, OSError if nothing can be written.
    """
    if path.is_dir():
        raise OutputError(Message(f"{path} is a folder", "是文件夹，不能写成文件"))
    with _beside(path) as new:
        yield new
        replace_file(new, path)


@contextmanager
def replaced_folder(path: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """A new folder beside `path` to write into; it takes the place of `path` if all goes well.

    What is there is replaced only if it is an empty folder or `is_ours` says so, else OutputError is raised. Raises
    OSError if nothing can be written.
    """
    if path.exists() and not (path.is_dir() and (is_ours(path) or not any(path.iterdir()))):
        raise OutputError(
            Message(
                f"{path} holds something else and is left as it is: choose another folder",
                "该位置已有其他内容，未作改动，请另选文件夹",
            )
        )
    with _beside(path) as new:
        new.mkdir()
        yield new
        old = new.with_name("old")
        if path.exists():
            path.resolve().rename(old)
        try:
            new.rename(path.resolve())
        except OSError:
            if old.exists():
                old.rename(path.resolve())
            raise


def replace_file(new: Path, path: Path) -> None:
    """Let a file on the same disk take the place of `path`, of what it leads to if it is a symbolic link."""
    os.replace(new, path.resolve())


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

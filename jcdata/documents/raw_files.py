"""The files that a build is given: found below a folder, listed with their checksums, opened."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from jcdata import paths
from jcdata.errors import DocumentError, UnopenedError
from jcdata.messages import Message

MAX_BYTES = 64 * 1024 * 1024  # of a file
# Hidden files, those by which Office locks a document that is open, and its copies of one while it works on it
_IS_TEMPORARY = re.compile(r"\.|~\$|~WR[A-Z]\d*\.tmp$", re.IGNORECASE).match


def find_documents(raw_dir: Path) -> list[Path]:
    """All files below a folder that may be documents, and what can't be opened there, sorted by name.

    Raises FileNotFoundError if there is no such folder, DocumentError if it can't be opened itself.
    """
    if not raw_dir.is_dir():
        raise FileNotFoundError(f"no such folder: {raw_dir}")
    if not os.access(raw_dir, os.R_OK | os.X_OK):
        raise DocumentError(Message(f"can't be opened: {raw_dir}", "无法打开"))
    closed: list[OSError] = []
    found = [
        Path(folder, name)
        for folder, _, names in os.walk(raw_dir, onerror=closed.append)
        for name in names
    ]
    found += [Path(error.filename) for error in closed]
    return sorted(
        p for p in found
        if (os.path.isfile(p) or not os.access(p, os.R_OK)) and not _IS_TEMPORARY(p.name) and p.name != paths.SOURCES
    )  # fmt: skip


def read_sources(raw_dir: Path) -> dict[str, str]:
    """File name -> SHA-256 of the files that `sources.toml` lists; empty without one. Raises DocumentError."""
    listing = raw_dir / paths.SOURCES
    if not listing.exists():
        return {}
    try:
        listed = tomllib.loads(listing.read_text(encoding="utf-8"))["document"]
        return {entry["file"]: entry["sha256"] for entry in listed}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise DocumentError(
            Message(f"{paths.SOURCES} is not readable: {error}", "来源清单无法读取")
        ) from error


def read_bytes(path: Path) -> bytes:
    """The content of a file that may be a document.

    Raises UnopenedError for one that can't be opened, DocumentError for one of more than `MAX_BYTES`.
    """
    with _opened(path) as file:
        return file.read()


def checksum_of(path: Path) -> tuple[str, int]:
    """The SHA-256 of such a file, of which only a part is in memory, and its size; raises as `read_bytes`."""
    with _opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(Message(f"larger than {MAX_BYTES // 2**20} MiB", "文件过大"))
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UnopenedError(
            Message(f"can't be opened: {error.strerror or error}", "无法打开")
        ) from error

"""The folder of the clean files: which files in it are ours, how new ones take their places, whether they are current.

`.build.json` lists what builds wrote there. Nothing else in the folder is replaced or removed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jcdata import schema
from jcdata.replacing import refusal, replace_file
from jcdata.schema import Table

STATE = ".build.json"  # what the files were made from, and how they were left
UNFINISHED = ""  # the build of files that are being put in place
FOOTER = 2**16  # bytes at the end of a Parquet file that name its columns
_PLACE = re.compile(r"(?P<csv>\w+)\.csv|(?P<table>\w+)/(?:fiscal_year=\w+/)?(?P=table)\.parquet")
_Stamps = dict[
    str, list[int]
]  # place below the folder -> size in bytes, time of change in nanoseconds


class _State(NamedTuple):
    """What a build noted of the folder: its id, and the files as it left them."""

    build: str
    files: _Stamps


def require_ours(folder: Path) -> None:
    """Raises OutputError if files are in the folder, or at the places of clean files, that no build wrote there.

    A folder without a list of ours must hold clean files only, as a version before the list or a checkout leaves them.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise refusal(folder)
    state = _read_state(folder)
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.is_dir() and not _is_place(place):
            continue
        if state is None:
            is_foreign = not place.name.startswith(".") and not _looks_clean(folder, place)
        else:
            is_foreign = (
                _is_place(place)
                and place.as_posix() not in state.files
                and not _looks_clean(folder, place)
            )
        if is_foreign:
            raise refusal(path)
    if state is None and (folder / STATE).exists() and not any(_files(folder)):
        raise refusal(folder / STATE)


def put_in_place(new: Path, folder: Path, are_all: bool) -> None:
    """Move new files to their places in the folder of clean files, where those of empty partitions go.

    With `are_all` no file of before stays. Until `mark_current` the files are noted as unfinished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(path.relative_to(new) for path in new.rglob("*") if path.is_file())
    old = set(_stamps(folder))
    coming = {place.as_posix() for place in files}
    _write_state(folder, _State(UNFINISHED, {place: [] for place in sorted(old | coming)}))
    empty = {
        place.relative_to(new).as_posix()
        for place in new.glob("*/*")
        if place.is_dir() and not any(place.iterdir())
    }
    for place in sorted(old - coming):
        if are_all or place.rpartition("/")[0] in empty:
            _remove(folder / place, folder)
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        replace_file(new / file, folder / file)


def is_current(folder: Path, build_id: str) -> bool:
    """Whether a folder holds the files of the build, untouched."""
    return _read_state(folder) == _State(build_id, _stamps(folder))


def mark_current(folder: Path, build_id: str) -> None:
    """Note that a folder holds the files of the build."""
    _write_state(folder, _State(build_id, _stamps(folder)))


def _read_state(folder: Path) -> _State | None:
    """What a build noted; None if nothing did, or something else than a build."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        noted = _State(**state)
        return noted if all(_is_place(Path(name)) for name in dict(noted.files)) else None
    except (OSError, ValueError, TypeError):
        return None


def _write_state(folder: Path, state: _State) -> None:
    (folder / STATE).write_text(json.dumps(state._asdict()), encoding="utf-8")


def _stamps(folder: Path) -> _Stamps:
    return {
        path.relative_to(folder).as_posix(): [path.stat().st_size, path.stat().st_mtime_ns]
        for path in _files(folder)
    }


def _files(folder: Path) -> Iterator[Path]:
    for table in schema.clean_tables():
        yield from (path for path in [folder / f"{table.name}.csv"] if path.exists())
        yield from (
            path
            for path in sorted((folder / table.name).rglob("*.parquet"))
            if path.is_file() and _is_place(path.relative_to(folder))
        )


def _table_at(place: Path) -> Table | None:
    """The table of which a clean file may stand at a place below the folder."""
    match = _PLACE.fullmatch(place.as_posix())
    return next(
        (t for t in schema.clean_tables() if match and t.name in match.group("csv", "table")), None
    )


def _is_place(place: Path) -> bool:
    return _table_at(place) is not None


def _looks_clean(folder: Path, place: Path) -> bool:
    """Whether a file names the columns of the key of the table at whose place it stands."""
    table, path = _table_at(place), folder / place
    if table is None or not path.is_file():
        return False
    with path.open("rb") as file:
        if place.suffix == ".parquet":
            file.seek(max(path.stat().st_size - FOOTER, 0))
            names = file.read()
        else:
            names = file.readline(FOOTER)
    return all(column.encode() in names for column in table.key)


def _remove(path: Path, folder: Path) -> None:
    """Remove a file, and the folders below `folder` that are empty without it."""
    path.unlink()
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()

"""Which files a build has to read: what is new or changed since the last build, and what is there twice.

A file is not read again if its content and the program are those of the last build, by checksum.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.metadata import distributions, version
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from jcdata import paths
from jcdata.documents.raw_files import checksum_of
from jcdata.errors import DocumentError, UnopenedError
from jcdata.extraction.one_document import Trouble
from jcdata.messages import Message
from jcdata.pipeline.given import Given, expected_checksums, find_files
from jcdata.program import package_checksum
from jcdata.schema import InputFile

# In bytes of text: so that a batch takes some seconds and little memory, and is worth a process of its own
MOST_IN_BATCH, LEAST_IN_BATCH = 4_000_000, 1_000_000
LEAST_OF_FILE = 16_000
TIMES_TEXT = {".pdf": 0.5}  # how much longer a byte takes than one of text
# Libraries that decide what is read out of a file
_LIBRARIES = ("duckdb", "lxml", "pypdfium2", "rapidfuzz", "xlrd")
_OF_EXTRAS = ("onnxruntime", "opencv-python-headless", "rapidocr")  # which may be missing
_HASHED_AT_ONCE = 4  # files


NOT_THERE = Message("listed but not there", "清单所列文件不存在")
HELD = (
    "loaded",
    "unreadable",
    "replaced",
)  # outcomes of which the database knows all that there is


class FoundFile(NamedTuple):
    """A file that has to be read; the name is the path below the raw folder.

    Its document's id is the file's name without its extension, or with it where another file differs in that alone.
    """

    path: Path
    file_name: str
    sha256: str
    size: int
    document_id: str


class Inputs(NamedTuple):
    """The files before a build.

    `to_read` are new or changed, in the order of their document ids; `known` are as the last build found them;
    `left_out` are there twice or can't be taken; `troubles` says why, and which listed files are not there. `given` are the
    names of the files if only single ones are, so that of all others what the last build said is still true.
    """

    to_read: list[FoundFile]
    known: list[InputFile]
    left_out: list[InputFile]
    troubles: list[Trouble]
    given: frozenset[str] | None = None

    def refuse(self, file_name: str, sha256: str, reason: Message) -> None:
        """Leave out a file that can't be taken, and say why."""
        self.left_out.append(
            InputFile(
                file_name=file_name,
                sha256=sha256,
                outcome="refused",
                document_id=None,
                other_file=None,
            )
        )
        self.troubles.append(
            Trouble(file_name=file_name, line_no=None, text="", reason=str(reason))
        )


class FileChanges(NamedTuple):
    """What a build does with each file, by name, compared with the last build.

    `read_again` are unchanged files that another program, or a full build, reads again; `gone` are those that are no longer there.
    """

    new: list[str]
    changed: list[str]
    read_again: list[str]
    unchanged: list[str]
    gone: list[str]
    duplicate: list[str]
    refused: list[str]


def changes_of(inputs: Inputs, last: Mapping[str, InputFile]) -> FileChanges:
    """What becomes of the files of a build and of those of the last one."""
    held = {name: file.sha256 for name, file in last.items() if file.outcome in HELD}
    read = {file.file_name: file.sha256 for file in inputs.to_read}
    known = {file.file_name: file.outcome for file in inputs.known}
    left_out = known | {file.file_name: file.outcome for file in inputs.left_out}
    return FileChanges(
        new=[name for name in read if name not in held],
        changed=[name for name in read if name in held and held[name] != read[name]],
        read_again=[name for name in read if held.get(name) == read[name]],
        unchanged=[name for name, outcome in known.items() if outcome in HELD],
        gone=[name for name in held if name not in read and name not in left_out],
        duplicate=[name for name, outcome in left_out.items() if outcome == "duplicate"],
        refused=[name for name, outcome in left_out.items() if outcome == "refused"],
    )


def find_inputs(given: Given, last: Mapping[str, InputFile], full: bool = False) -> Inputs:
    """Compare the files that are given with `last`, those of the last build by their names; with `full` all are read.

    A file that is given singly takes the place of the one with its name, wherever that lay; if nothing but such files is given, all
    others of the last build are as they were.

    What can't be opened, or is in a folder that can't, is not gone: it is as the last build found it. Of two files of
    the same content or the same id the first by name is taken; one whose id changed is read again. Raises FileNotFoundError if there is no such folder,
    DocumentError if it can't be opened or its list of sources is unreadable.
    """
    found = find_files(given)
    if given.is_addition:
        # Of several of one name it is the one that was loaded.
        names = sorted(last, key=lambda name: last[name].outcome in HELD)
        by_name = {name.rpartition("/")[2]: name for name in names}
        found = [(path, by_name.get(name, name)) for path, name in found]
    expected = expected_checksums(given)
    given_names = {name for _, name in found}
    others = [f for n, f in last.items() if given.is_addition and n not in given_names]
    inputs = Inputs(
        to_read=[], known=[], left_out=[], troubles=[],
        given=frozenset(given_names) if given.is_addition else None,
    )  # fmt: skip
    opened, closed = _open(found, others, inputs)
    kept = [
        file
        for name, file in last.items()
        if file.outcome in HELD and any(name == c or name.startswith(f"{c}/") for c in closed)
    ]
    there = given_names | {file.file_name for file in kept}
    inputs.troubles.extend(
        Trouble(file_name=name, line_no=None, text="", reason=str(NOT_THERE))
        for name in sorted(expected.keys() - there)
    )
    staying = [*kept, *(file for file in others if file.outcome in HELD)]
    by_content = {file.sha256: file.file_name for file in staying if file.sha256}
    by_id = {file.document_id: file.file_name for file in staying if file.document_id}
    taken: list[FoundFile] = []
    for file in opened:
        document_id = file.document_id
        if other := by_content.get(file.sha256):
            inputs.left_out.append(
                InputFile(
                    file_name=file.file_name,
                    sha256=file.sha256,
                    outcome="duplicate",
                    document_id=None,
                    other_file=other,
                )
            )
        elif reason := _refusal(file, expected.get(file.file_name), by_id.get(document_id)):
            inputs.refuse(file.file_name, file.sha256, reason)
        else:
            by_content[file.sha256] = by_id[document_id] = file.file_name
            taken.append(file)
    same = {} if full else {file.file_name: file for file in taken}
    inputs.known.extend(_as_before(same, kept, last))
    inputs.known.extend(others)
    known = {file.file_name for file in inputs.known}
    inputs.left_out[:] = [file for file in inputs.left_out if file.file_name not in known]
    inputs.to_read.extend(
        sorted((f for f in taken if f.file_name not in known), key=lambda f: f.document_id)
    )
    inputs.troubles.extend(_left_out_for(inputs.to_read, others))
    return inputs


def _left_out_for(read: Iterable[FoundFile], others: Iterable[InputFile]) -> Iterator[Trouble]:
    """Files that are not looked at, and were left out for one that is now read: nobody knows whether they still should be."""
    changed = {file.file_name for file in read}
    for other in others:
        if other.other_file in changed:
            reason = Message(
                f"left out for {other.other_file}, which is another now: build its folder again",
                "曾因另一文件未载入，该文件已改动，请重新构建其所在文件夹",
            )
            yield Trouble(file_name=other.file_name, line_no=None, text="", reason=str(reason))


def _open(
    found: Sequence[tuple[Path, str]], others: Iterable[InputFile], inputs: Inputs
) -> tuple[list[FoundFile], list[str]]:
    """The files that can be taken, and the names of files and folders that can't be opened; `inputs` is told of others.

    `others` are files that stay in the database beside them.
    """
    opened: list[FoundFile] = []
    closed: list[str] = []
    for (path, name), checksum in zip(found, _checksums([path for path, _ in found]), strict=True):
        try:
            sha256, size = checksum.result()
        except UnopenedError as error:
            closed.append(name)
            inputs.refuse(name, "", error.reason)
        except DocumentError as error:
            inputs.refuse(name, "", error.reason)
        else:
            opened.append(
                FoundFile(
                    path=path, file_name=name, sha256=sha256, size=size, document_id=path.stem
                )
            )
    return list(_told_apart(opened, others)), closed


def _checksums(files: Sequence[Path]) -> Generator[Future[tuple[str, int]]]:
    """The checksum and size of each file, some worked out ahead; those that nobody waits for are not begun."""
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as threads:
        try:
            yield from [threads.submit(checksum_of, path) for path in files]
        finally:
            threads.shutdown(cancel_futures=True)


def _told_apart(files: Sequence[FoundFile], others: Iterable[InputFile]) -> Iterator[FoundFile]:
    """The files, those that differ in their extensions alone with these in their ids: a text beside its tables."""
    all_paths = [*(f.path for f in files), *(Path(f.file_name) for f in others)]
    names = Counter(stem for stem, _ in {(path.stem, path.name) for path in all_paths})
    for file in files:
        yield file._replace(document_id=file.path.name) if names[file.path.stem] > 1 else file


def _as_before(
    taken: Mapping[str, FoundFile], kept: Iterable[InputFile], last: Mapping[str, InputFile]
) -> Iterator[InputFile]:
    """The files that are as the last build found them, by checksum; a replaced one only if what replaces it is.

    Those that can't be opened lose their checksum, so that they are read when they can be.
    """
    same = {
        name: last[name]
        for name, file in taken.items()
        if name in last
        and last[name].sha256 == file.sha256
        and last[name].document_id in (None, file.document_id)
    }
    same |= {file.file_name: file._replace(sha256="") for file in kept}
    for before in same.values():
        other = same.get(before.other_file or "")
        if before.outcome in HELD and (before.outcome != "replaced" or other):
            yield before


def _refusal(file: FoundFile, expected: str | None, same_id: str | None) -> Message | None:
    """Why a file is not taken; None if it is."""
    if not file.file_name.endswith(file.path.name):
        return Message("its name is not UTF-8, rename it", "文件名不是 UTF-8 编码，请重新命名")
    if not file.path.name.isprintable():
        return Message("control characters in the file's name", "文件名含控制字符")
    if expected is not None and expected != file.sha256:
        return Message(
            f"checksum differs from {paths.SOURCES}: {file.sha256}", "校验和与来源清单不符"
        )
    if same_id:
        return Message(f"has the same id {file.document_id!r} as {same_id}", "与另一文件编号相同")
    return None


def in_batches(files: Sequence[FoundFile], processes: int) -> list[list[FoundFile]]:
    """Files, in their order, in batches of bounded and nearly equal work, so many that all processes end together."""
    work = [
        max(file.size, LEAST_OF_FILE) * TIMES_TEXT.get(file.path.suffix.lower(), 1)
        for file in files
    ]
    rounds = math.ceil(sum(work) / (processes * MOST_IN_BATCH))
    share = max(sum(work) / (processes * rounds), LEAST_IN_BATCH) if files else 1
    ends = accumulate(work)
    batches: dict[int, list[FoundFile]] = {}
    for file, own, end in zip(files, work, ends, strict=True):
        batches.setdefault(int((end - own / 2) / share), []).append(file)
    return list(batches.values())


def program_checksum(*settings: object) -> str:
    """SHA-256 of this package, the libraries that read, and settings that change what is read."""
    extras = [
        distribution.version for name in _OF_EXTRAS for distribution in distributions(name=name)
    ]
    libraries = [version(library) for library in _LIBRARIES]
    read_by = repr([package_checksum(), libraries, extras, *settings])
    return hashlib.sha256(read_by.encode()).hexdigest()

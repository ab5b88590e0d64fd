"""Which files a build has to read: what is new or changed since the last build, and what is there twice.

A file is not read again if its content and the program are those of the last build, by checksum.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import distributions, version
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from jcdata import paths
from jcdata.documents.document import find_documents, read_bytes, read_sources
from jcdata.errors import DocumentError, UnopenedError
from jcdata.extraction.one_document import Trouble
from jcdata.messages import Message
from jcdata.schema import InputFile

# In bytes of text: so that a batch takes some seconds and little memory, and is worth a process of its own
MOST_IN_BATCH, LEAST_IN_BATCH = 4_000_000, 1_000_000
LEAST_OF_FILE = 16_000
TIMES_TEXT = {".pdf": 8}  # how much longer a byte takes than one of text
# Libraries that decide what is read out of a file
_LIBRARIES = ("duckdb", "lxml", "pypdfium2", "rapidfuzz", "xlrd")
_OF_EXTRAS = ("onnxruntime", "opencv-python-headless", "rapidocr")  # which may be missing


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
    `left_out` are there twice or can't be taken; `troubles` says why, and which listed files are not there.
    """

    to_read: list[FoundFile]
    known: list[InputFile]
    left_out: list[InputFile]
    troubles: list[Trouble]

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


def find_inputs(raw_dir: Path, last: Mapping[str, InputFile], full: bool = False) -> Inputs:
    """Compare the files below a folder with `last`, those of the last build by their names; with `full` all are read.

    What can't be opened, or is in a folder that can't, is not gone: it is as the last build found it. Of two files of
    the same content or the same id the first by name is taken; one whose id changed is read again. Raises FileNotFoundError if there is no such folder,
    DocumentError if it can't be opened or its list of sources is unreadable.
    """
    found = [(path, _stored_name(path.relative_to(raw_dir))) for path in find_documents(raw_dir)]
    expected = read_sources(raw_dir)
    inputs = Inputs(to_read=[], known=[], left_out=[], troubles=[])
    opened, closed = _open(found, inputs)
    kept = [
        file
        for name, file in last.items()
        if file.outcome in HELD and any(name == c or name.startswith(f"{c}/") for c in closed)
    ]
    for name in sorted(
        set(expected) - {name for _, name in found} - {file.file_name for file in kept}
    ):
        inputs.troubles.append(
            Trouble(
                file_name=name,
                line_no=None,
                text="",
                reason=str(Message("listed but not there", "清单所列文件不存在")),
            )
        )
    by_content = {file.sha256: file.file_name for file in kept if file.sha256}
    by_id = {file.document_id: file.file_name for file in kept if file.document_id}
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
    inputs.known.extend(_as_before({} if full else {f.file_name: f for f in taken}, kept, last))
    known = {file.file_name for file in inputs.known}
    inputs.left_out[:] = [file for file in inputs.left_out if file.file_name not in known]
    inputs.to_read.extend(
        sorted((f for f in taken if f.file_name not in known), key=lambda f: f.document_id)
    )
    return inputs


def _stored_name(name: Path) -> str:
    """A name below the raw folder as the database can hold it: bytes that are no UTF-8 as escapes."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")


def _open(found: Iterable[tuple[Path, str]], inputs: Inputs) -> tuple[list[FoundFile], list[str]]:
    """The files that can be taken, and the names of files and folders that can't be opened; `inputs` is told of others."""
    opened: list[FoundFile] = []
    closed: list[str] = []
    for path, name in found:
        try:
            data = read_bytes(path)
        except UnopenedError as error:
            closed.append(name)
            inputs.refuse(name, "", error.reason)
        except DocumentError as error:
            inputs.refuse(name, "", error.reason)
        else:
            sha256 = hashlib.sha256(data).hexdigest()
            opened.append(
                FoundFile(
                    path=path, file_name=name, sha256=sha256, size=len(data), document_id=path.stem
                )
            )
    return list(_told_apart(opened)), closed


def _told_apart(files: Sequence[FoundFile]) -> Iterator[FoundFile]:
    """The files, those that differ in their extensions alone with these in their ids: a text beside its tables."""
    names = Counter(stem for stem, _ in {(f.path.stem, f.path.name) for f in files})
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
    digest = hashlib.sha256()
    for path in sorted(
        p for p in paths.PACKAGE.rglob("*") if p.suffix in {".py", ".toml", ".csv", ".sql"}
    ):
        digest.update(path.relative_to(paths.PACKAGE).as_posix().encode() + path.read_bytes())
    extras = [
        distribution.version for name in _OF_EXTRAS for distribution in distributions(name=name)
    ]
    digest.update(repr([[version(library) for library in _LIBRARIES], extras, *settings]).encode())
    return digest.hexdigest()

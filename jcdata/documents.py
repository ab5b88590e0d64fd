"""Any input file becomes numbered lines here; everything after this module sees only those.

The raw stage changes nothing but contact details, which are masked before a line leaves this module.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jcdata import paths, text

MAX_BYTES = 64 * 1024 * 1024
MAX_LABEL = 160  # characters up to which a line may be a title, a caption or a heading
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^[\s|:\-]+$")


class DocumentError(Exception):
    """A file that can't be read. `line_no` is None where the fault has no line."""

    def __init__(self, reason: str, line_no: int | None = None, line_text: str = "") -> None:
        super().__init__(reason)
        self.reason, self.line_no, self.line_text = reason, line_no, line_text


class Line(NamedTuple):
    """A line of a document. `raw` is as it stands; `text` has markup and look-alike characters removed."""

    no: int
    raw: str
    text: str
    page_no: int | None = None

    @property
    def squeezed(self) -> str:
        """The text without white space."""
        return text.squeeze(self.text)


class Document:
    """A disclosure as numbered lines.

    `document_id` is the file name without its extension, `notes` says what was done to read it.
    """

    def __init__(self, file_name: str, sha256: str, lines: list[Line], notes: tuple[str, ...] = ()) -> None:
        self.file_name, self.sha256, self.lines, self.notes = file_name, sha256, lines, notes
        self.document_id = Path(file_name).stem

    @cached_property
    def filled(self) -> list[tuple[Line, str]]:
        """The lines that are not blank, each with the key in which patterns compare it; '' for long ones."""
        return [
            (line, text.label_key(line.text) if len(line.text) <= MAX_LABEL else "")
            for line in self.lines
            if line.text and not line.text.isspace()
        ]

    @cached_property
    def layout(self) -> str:
        """`tabbed` where tabs keep the cells apart, else `spaced`."""
        tabbed = sum(line.text.count("\t") > 1 for line, _ in self.filled)
        return "tabbed" if tabbed * 10 > len(self.filled) else "spaced"


def find_documents(raw_dir: Path) -> list[Path]:
    """All files below a folder that may be documents, sorted by name.

    Raises FileNotFoundError if there is no such folder.
    """
    if not raw_dir.is_dir():
        raise FileNotFoundError(f"no such folder: {raw_dir}")
    return sorted(
        p for p in raw_dir.rglob("*")
        if p.is_file() and not p.name.startswith(".") and p.name != paths.SOURCES
    )  # fmt: skip


def read_sources(raw_dir: Path) -> dict[str, str]:
    """File name -> SHA-256 of the files that `sources.toml` lists; empty without one."""
    listing = raw_dir / paths.SOURCES
    if not listing.exists():
        return {}
    try:
        listed = tomllib.loads(listing.read_text(encoding="utf-8"))["document"]
        return {entry["file"]: entry["sha256"] for entry in listed}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise DocumentError(f"{paths.SOURCES} is not readable: {error} / 来源清单无法读取") from error


def read_document(path: Path, file_name: str, expected_sha256: str | None = None) -> Document:
    """Read a text file of UTF-8 or GB18030.

    Raises DocumentError for a file that is empty, binary, too large, wrongly encoded, or not the listed one.
    """
    if path.stat().st_size > MAX_BYTES:
        raise DocumentError(f"larger than {MAX_BYTES // 2**20} MiB / 文件过大")
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if expected_sha256 is not None and sha256 != expected_sha256:
        raise DocumentError(f"checksum differs from {paths.SOURCES}: {sha256} / 校验和与来源清单不符")
    content, notes = decode(data)
    return Document(file_name, sha256, list(number_lines(content)), notes)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Bytes to text. Raises DocumentError for what is empty, binary, or in no encoding that is read."""
    if not data.strip():
        raise DocumentError("the file is empty / 文件为空")
    if match := _BINARY.search(data):
        raise DocumentError("a binary file, not text / 二进制文件，不是文本", data.count(b"\n", 0, match.start()) + 1)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line_no = data.count(b"\n", 0, error.start) + 1
        try:
            return data.decode("gb18030"), ("read as GB18030 / 按 GB18030 编码读取",)
        except UnicodeDecodeError:
            raise DocumentError("neither UTF-8 nor GB18030 / 既非 UTF-8 也非 GB18030 编码", line_no) from error


def number_lines(content: str) -> Iterator[Line]:
    """Split a text at line ends only, mask contact details, and count pages by form feeds."""
    paged = "\f" in content
    page_no, previous = 1, ""
    rows = re.split(r"\r\n|\n|\r", content)
    for no, raw in enumerate(rows[:-1] if rows[-1] == "" else rows, start=1):
        if not raw or raw.isspace():
            page_no += raw.count("\f")
            yield Line(no, raw.replace("\f", ""), "", page_no if paged else None)
            continue
        page_no += raw.count("\f")
        masked = previous = text.mask_continued_contact(previous, text.mask_contacts(raw.replace("\f", "")))
        yield Line(no, masked, plain(masked), page_no if paged else None)


def plain(raw: str) -> str:
    """The line as readers see it: without markup, Markdown table rows as tab-separated cells."""
    line = text.strip_markup(text.fold(raw))
    if "|" in line and _PIPE_ROW.match(line):
        return "" if _PIPE_RULE.match(line) else "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    return line.lstrip("#") if line.startswith("#") else line

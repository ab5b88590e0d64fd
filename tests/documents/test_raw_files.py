from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from jcdata.documents import raw_files
from jcdata.documents.raw_files import checksum_of, find_documents, read_bytes, read_sources
from jcdata.errors import DocumentError, UnopenedError
from tests.making.checkout import RAW


def test_the_raw_files_are_those_that_the_list_of_sources_names() -> None:
    sources = read_sources(RAW)
    assert set(sources) == {path.name for path in find_documents(RAW)}
    for name, sha256 in sources.items():
        assert hashlib.sha256((RAW / name).read_bytes()).hexdigest() == sha256


def test_a_broken_list_of_sources_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("[[document]]\nfile = 'a.txt'\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"sources\.toml"):
        read_sources(tmp_path)


def test_what_office_leaves_beside_a_document_is_none(tmp_path: Path) -> None:
    names = ["~$预算.xlsx", ".~预算.xls", ".~lock.预算.xlsx#", "~WRL0001.tmp", "~wrd3.tmp", "预算~$1.xlsx", "~预算.docx", "a.tmp"]  # fmt: skip
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    assert {path.name for path in find_documents(tmp_path)} == set(names[5:])


def test_a_checksum_is_that_of_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 300_000)
    content = read_bytes(tmp_path / "a.txt")
    assert checksum_of(tmp_path / "a.txt") == (hashlib.sha256(content).hexdigest(), 300_000)


def test_what_is_not_read_has_no_checksum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_files, "MAX_BYTES", 1)
    (tmp_path / "a.txt").write_bytes(b"xx")
    for opened in (read_bytes, checksum_of):
        with pytest.raises(DocumentError, match="larger than"):
            opened(tmp_path / "a.txt")
        with pytest.raises(UnopenedError, match="can't be opened: No such file"):
            opened(tmp_path / "b.txt")

"""Word and Excel files are zip archives: their parts are unpacked within limits."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable

from jcdata.errors import DocumentError
from jcdata.messages import Message

MAX_MEMBERS = 10_000
MAX_UNPACKED = 256 * 1024 * 1024  # bytes, of all parts that are wanted together
_ENCRYPTED = 0x1
_CHUNK = 1024 * 1024
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


def member_names(data: bytes) -> list[str]:
    """The names of an archive's members. Raises DocumentError for one that is damaged or has too many."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _FAULTS as error:
        raise _damaged(error) from error
    if len(names) > MAX_MEMBERS:
        raise DocumentError(
            Message(f"an archive of more than {MAX_MEMBERS} files", "压缩包内文件过多")
        )
    return names


def unpack(data: bytes, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The wanted members of an archive by their names.

    Raises DocumentError for an archive that is damaged, encrypted, or unpacks to more than `MAX_UNPACKED` bytes.
    """
    members: dict[str, bytes] = {}
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if not is_wanted(member.filename):
                    continue
                if member.flag_bits & _ENCRYPTED:
                    raise DocumentError(Message("the file is encrypted", "文件已加密"))
                content = bytearray()
                with archive.open(member) as stream:  # sizes that an archive declares may be wrong
                    while chunk := stream.read(_CHUNK):
                        content += chunk
                        if len(content) > left:
                            raise DocumentError(
                                Message(
                                    f"unpacks to more than {MAX_UNPACKED // 2**20} MiB",
                                    "解压后过大",
                                )
                            )
                left -= len(content)
                members[member.filename] = bytes(content)
    except _FAULTS as error:
        raise _damaged(error) from error
    return members


def _damaged(error: Exception) -> DocumentError:
    return DocumentError(Message(f"a damaged archive: {error}", "压缩包已损坏"))

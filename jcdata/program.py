"""Which program this is: what its files are, by checksum."""

from __future__ import annotations

import hashlib
from functools import cache

from jcdata import paths


@cache
def package_checksum() -> str:
    """SHA-256 of this package, with its specs and queries."""
    digest = hashlib.sha256()
    for path in sorted(
        p for p in paths.PACKAGE.rglob("*") if p.suffix in {".py", ".toml", ".csv", ".sql"}
    ):
        digest.update(path.relative_to(paths.PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()

"""Whether the lock files hold a version with a known hole: `python security/audit.py`; exit status 1 if one does."""

from __future__ import annotations

import datetime
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-lowest.lock")
_PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


class Hole(NamedTuple):
    """Versions of a package below `before` have what the advisory says."""

    package: str
    before: str
    advisory: str
    since: datetime.date

    def concerns(self, package: str, version: str) -> bool:
        """Whether this version has the hole."""
        is_same = canonicalize_name(package) == canonicalize_name(self.package)
        return is_same and Version(version) < Version(self.before)


def known_holes() -> list[Hole]:
    """The list that is kept beside this file. Raises TypeError for an entry with other fields."""
    text = (Path(__file__).parent / "known-holes.toml").read_text(encoding="utf-8")
    return [Hole(**entry) for entry in tomllib.loads(text)["hole"]]


def pinned(lock: str) -> list[tuple[str, str]]:
    """Packages and versions of a lock file's text."""
    return _PINNED.findall(lock)


def lower_bounds(pyproject: str) -> list[tuple[str, str]]:
    """Packages and the lowest versions that the project and its extras allow."""
    project = tomllib.loads(pyproject)["project"]
    extras = project["optional-dependencies"].values()
    stated = map(Requirement, [*project["dependencies"], *(line for e in extras for line in e)])
    return [(r.name, s.version) for r in stated for s in r.specifier if s.operator == ">="]


def faults(versions: list[tuple[str, str]]) -> list[str]:
    """What is known of these versions, a sentence for each hole."""
    return [
        f"{package} {version}: {hole.advisory}, fixed in {hole.before}"
        for package, version in versions
        for hole in known_holes()
        if hole.concerns(package, version)
    ]


def main() -> None:
    """Say what the lock files hold."""
    found = [
        f"{name}: {fault}"
        for name in LOCKS
        for fault in faults(pinned((ROOT / name).read_text(encoding="utf-8")))
    ]
    print("\n".join(found) or "no known hole in the lock files")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

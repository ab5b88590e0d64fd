"""What governments print, as data: TOML files read strictly, an unknown key is an error; patterns by their keys."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from jcdata.errors import SpecError
from jcdata.paths import PACKAGE

SPECS = PACKAGE / "specs"
YEAR = r"(?:20\d\d年?度?)"


def read_toml(path: Path, known: set[str]) -> dict[str, Any]:
    """Read a TOML file. Raises SpecError for a key at its top level that is not known."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    _require_known(content, known, path.name)
    return content


def _require_known(mapping: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := set(mapping) - known:
        raise SpecError(f"{where}: unknown key {', '.join(sorted(unknown))}")


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The patterns of `specs/NAME.toml` by their keys; a list of words becomes one pattern."""
    content = tomllib.loads((SPECS / f"{name}.toml").read_text(encoding="utf-8"))
    return {
        key: re.compile("|".join(map(re.escape, value)) if isinstance(value, list) else value)
        for key, value in content.items()
    }  # fmt: skip

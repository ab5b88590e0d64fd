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
_REFERENCE = re.compile(r"\{([a-z_]+)\}")


def read_toml(path: Path, known: set[str]) -> dict[str, Any]:
    """Read a TOML file. Raises SpecError for a key at its top level that is not known."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    _require_known(content, known, path.name)
    return content


def _require_known(mapping: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := set(mapping) - known:
        raise SpecError(f"{where}: unknown key {', '.join(sorted(unknown))}")


@cache
def spec_words(name: str) -> dict[str, Any]:
    """The content of `specs/NAME.toml` as it stands there."""
    return tomllib.loads((SPECS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The patterns of `specs/NAME.toml` by their keys; a list of words becomes one pattern.

    `{key}` in a pattern stands for the pattern of that key in the same file. Raises SpecError if there is none.
    """
    return {key: re.compile(text) for key, text in written_patterns(name).items()}


@cache
def written_patterns(name: str) -> dict[str, str]:
    """The same as texts, for SQL: compiling those that Python does not ask takes its time. Raises SpecError likewise."""
    return {key: _written_out(key, spec_words(name), name) for key in spec_words(name)}


def _written_out(key: str, content: dict[str, str | list[str]], name: str) -> str:
    if key not in content:
        raise SpecError(f"{name}.toml: no pattern {key}")
    value = content[key]
    if isinstance(value, list):
        return "|".join(map(re.escape, value))
    return _REFERENCE.sub(
        lambda reference: f"(?:{_written_out(reference[1], content, name)})", value
    )

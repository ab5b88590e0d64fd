"""What `specs/checks` declares of each check."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jcdata.errors import SpecError
from jcdata.schema import SEVERITIES
from jcdata.spec_files import SPECS, read_toml


class CheckSpec(NamedTuple):
    """A check as declared: its words in both languages, and how much it weighs when it fails."""

    key: str
    severity: str
    title: str
    title_zh: str
    reason: str
    reason_zh: str
    message: str
    message_zh: str


ACROSS_DOCUMENTS = "across_documents.toml"  # the checks that compare documents with each other


@cache
def check_specs() -> tuple[CheckSpec, ...]:
    """All checks in the order of their declaration. Raises SpecError for an incomplete or doubled declaration."""
    return (*specs_of_one_document(), *specs_across_documents())


@cache
def specs_of_one_document() -> tuple[CheckSpec, ...]:
    """Those of the checks that stay within a document."""
    paths = sorted((SPECS / "checks").glob("*.toml"))
    return _read_specs([path for path in paths if path.name != ACROSS_DOCUMENTS])


@cache
def specs_across_documents() -> tuple[CheckSpec, ...]:
    """Those of the checks that compare documents with each other."""
    return _read_specs([SPECS / "checks" / ACROSS_DOCUMENTS])


def _read_specs(paths: Iterable[Path]) -> tuple[CheckSpec, ...]:
    specs: dict[str, CheckSpec] = {}
    for path in paths:
        for entry in read_toml(path, {"check"})["check"]:
            if set(entry) != set(CheckSpec._fields):
                raise SpecError(
                    f"{path.name}: {entry.get('key')}: {sorted(set(entry) ^ set(CheckSpec._fields))}"
                )
            spec = CheckSpec(**entry)
            if spec.severity not in SEVERITIES or spec.key in specs:
                raise SpecError(
                    f"{path.name}: {spec.key}: doubled, or of unknown severity {spec.severity}"
                )
            specs[spec.key] = spec
    return tuple(specs.values())
